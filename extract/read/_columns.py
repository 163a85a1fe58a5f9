"""Rows of news dumps: which column holds the text, and what the others say of it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from extract.read._dates import iso_date
from extract.read._member import Member
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@cache
def columns() -> dict[str, list[str]]:
    """The names that each part of an article goes by, from `columns.toml`."""
    return tomllib.loads(files("extract.read").joinpath("columns.toml").read_text(encoding="utf-8"))


def names_text(names: Iterable[str]) -> bool:
    """True where one of the names is that of a text, and another tells something of it.

    >>> names_text(["Headline", "Body"]), names_text(["company", "country"])
    (True, False)
    """
    known = {name.strip().lower() for name in names}
    return any(n in known for n in columns()["text"]) and sum(n in known for c in columns().values() for n in c) > 1


def member_of(row: Mapping[str, Any], place: str, source: str) -> Member | DocumentRefused:
    """The article that a row is; a refusal where it has no text.

    row: mapping of column or key to value; place: str, what to call it where it has no id or address; source: str, of
    the file.
    """
    named = {str(key).strip().lower(): value for key, value in row.items()}
    said = {part: _first(named, names) for part, names in columns().items()}
    text = said.pop("text")
    name = said.pop("id") or said["url"] or place
    if text is None:
        return DocumentRefused(
            f"{source}#{name}", f"it has no text under any name for it, such as {', '.join(columns()['text'][:5])}"
        )
    return Member.of_text(
        name, text, said | {"date": iso_date((said["date"] or "")[:10]) or iso_date(said["date"] or "")}
    )


def _first(named: Mapping[str, Any], names: Iterable[str]) -> str | None:
    return next((told for name in names if (told := _told(named.get(name)))), None)


def _told(value: object) -> str | None:
    """A value as text: that of an object its name, of a list its parts."""
    if isinstance(value, dict):
        return _told(value.get("name") or value.get("title"))
    if isinstance(value, list):
        return ", ".join(told for part in value if (told := _told(part))) or None
    if value is None or isinstance(value, bool):
        return None
    return str(value).strip() or None
