"""What servers differ in, read from `servers.toml`: their addresses, and how a query reads all graphs together."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a server listens.

    query: str; update, graphs: str or None, of SPARQL Update and of the Graph Store Protocol, where known.
    """

    query: str
    update: str | None = None
    graphs: str | None = None


def addresses(query: str) -> Addresses:
    """The addresses of a server by that of its queries; the others are None where the address is of no known form.

    >>> addresses("http://localhost:7878/query").graphs
    'http://localhost:7878/store'
    >>> addresses("https://db.example/repositories/chips").update
    'https://db.example/repositories/chips/statements'
    >>> addresses("https://qlever.example/api").update is None
    True
    """
    given = query.rstrip("/")
    for pattern, row in _endpoints():
        if match := pattern.search(given):
            name, base = match.groupdict().get("name", ""), given[: match.start()]
            return Addresses(query, *(base + row[key].replace("{name}", name) for key in ("update", "graphs")))
    return Addresses(query)


@cache
def unions() -> tuple[Parameters, ...]:
    """What can be sent with a query so that it reads all graphs together, in the order of trying."""
    return tuple(tuple((name, value) for name, value in row["parameters"]) for row in _read()["unions"])


@cache
def _endpoints() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    # A dataset's name follows a host or another folder, never the two slashes before the host.
    name = r"(?<!/)/(?P<name>[^/?#:]+)"
    return tuple(
        (re.compile(re.escape(row["query"]).replace(r"/\{name\}", name) + "$"), row) for row in _read()["endpoints"]
    )


def _read() -> dict[str, Any]:
    return tomllib.loads(files("graph").joinpath("remote/servers.toml").read_text(encoding="utf-8"))
