"""Actors that a user adds to the registry or overrides in it: files with its columns, as CSV, YAML, JSON or TOML.

A row whose id the registry has says only what differs: its names are added to those known, other columns replace what
was there. A row with a new id needs a label and a type.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
import tomllib
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from ontology import yaml_rows
from ontology.entries import COLUMNS, Entry, entry, numbered_rows
from ontology.errors import InvalidData
from ontology.registry import Registry
from ontology.registry_check import row_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

SUFFIXES = (".csv", ".yaml", ".yml", ".json", ".toml")
_YAML = (".yaml", ".yml")
_LISTS = ("actors", "actor")


def extended(registry: Registry, files: Iterable[Path]) -> Registry:
    r"""The registry with the actors of some files, a later file over an earlier one.

    Raises `InvalidData`, one sentence, for a file that cannot be read and for the first row that is wrong.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from ontology.registry import load
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     mine = Path(folder) / "mine.csv"
    ...     _ = mine.write_text("id,label,type,short\n" "acme-chips,Acme Chips,Company,ACME\n" "tsmc,,,Tee Es\n")
    ...     registry = extended(load(), [mine])
    >>> [found.id for name in ("acme", "Tee Es", "TSMC") for found in registry.lookup(name)]
    ['acme-chips', 'tsmc', 'tsmc']
    """
    return with_rows(registry, ((f"{file}, {place}", row) for file in files for place, row in _read(file)))


def with_rows(registry: Registry, placed: Iterable[tuple[str, Mapping[str, str]]]) -> Registry:
    """The registry with some rows of actors, each given with the place that a fault is told to be at.

    Raises `InvalidData`, one sentence, for the first row that is wrong.
    """
    entries, where = dict(registry.entries), {}
    for place, row in placed:
        key = row.get("id", "")
        entries[key] = _entry(place, row, entries.get(key))
        where[key] = place
    made = Registry(dict(sorted(entries.items())), registry.not_same)
    for key, place in where.items():
        for fault in row_faults(entries[key], made):
            raise InvalidData(f"{place}, {key}: {fault}.")
    return made


def read(file: Path) -> list[dict[str, str]]:
    """The rows of a file of actors, column to value; raises `InvalidData` where it is not one."""
    return [row for _, row in _read(file)]


def dumps(actors: Iterable[Mapping[str, str]]) -> str:
    """Rows as CSV, sorted by id, with the columns that they use.

    >>> print(dumps([{"id": "b", "label": "B"}, {"id": "a", "label": "A", "note": "x"}]), end="")
    id,label,note
    a,A,x
    b,B,
    """
    found = sorted(actors, key=lambda row: row["id"])
    used = [column for column in COLUMNS if any(row.get(column) for row in found)]
    out = io.StringIO()
    writer = csv.DictWriter(out, used, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


def _read(file: Path) -> list[tuple[str, dict[str, str]]]:
    """The rows of a file, each with its place: its line, or its number where the format has no lines."""
    if file.suffix.lower() not in SUFFIXES:
        raise InvalidData(f"{file}: actors come as {', '.join(SUFFIXES)}, not {file.suffix or 'so'}.")
    try:
        found = list(_parse(file, file.read_text(encoding="utf-8-sig")))
    except FileNotFoundError as error:
        raise InvalidData(f"{file}: there is no such file of actors.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidData(f"{file} cannot be read as UTF-8 text ({error}).") from error
    except ValueError as error:  # JSON and TOML alike
        raise InvalidData(f"{file} is not well-formed {file.suffix[1:].upper()} ({error}).") from error
    for place, row in found:
        _check_columns(f"{file}, {place}", row)
    return found


def _parse(file: Path, text: str) -> Iterator[tuple[str, dict[str, str]]]:
    suffix = file.suffix.lower()
    if suffix == ".csv" or suffix in _YAML:
        lined = numbered_rows(text, str(file)) if suffix == ".csv" else yaml_rows.rows(text, str(file), _LISTS)
        yield from ((f"line {number}", row) for number, row in lined)
        return
    given = json.loads(text) if suffix == ".json" else tomllib.loads(text)
    if isinstance(given, dict):
        given = next((given[name] for name in _LISTS if name in given), None)
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise InvalidData(f"{file} holds no list of actors: give a list of objects, or one under the name 'actors'.")
    for number, row in enumerate(given, start=1):
        yield f"actor {number}", {str(column): _text(value) for column, value in row.items() if value}


def _text(value: Any) -> str:
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)


def _check_columns(place: str, row: Mapping[str, str]) -> None:
    for column in row:
        if column not in COLUMNS:
            near = difflib.get_close_matches(column, COLUMNS, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f": the columns are {', '.join(COLUMNS)}."
            raise InvalidData(f"{place}: no actor has a column {column!r}{hint}")
    if not row.get("id"):
        raise InvalidData(f"{place}: it has no id: give one, such as 'acme-chips'.")


def _entry(place: str, row: Mapping[str, str], known: Entry | None) -> Entry:
    if known is None:
        if not row.get("label") or not row.get("type"):
            raise InvalidData(f"{place}: {row['id']!r} is new to the registry and needs label and type.")
        has_id = any(row.get(column) for column in ("wikidata", "isin", "lei"))
        return entry(place, {"sources": "user", "id_status": "unverified" if has_id else "none", **row})
    sources = "|".join(dict.fromkeys((*known.sources, "user")))
    full = {"label": known.label, "type": known.type, "sources": sources, **row}
    given = entry(place, full)
    aliases = tuple(dict.fromkeys((*known.aliases, *given.aliases)))
    plain = [f.name for f in fields(Entry) if f.name in row and f.name not in ("aliases", "ticker")]
    changed = {name: getattr(given, name) for name in (*plain, "sources")}
    return replace(known, aliases=aliases, ticker=given.ticker or known.ticker, **changed)
