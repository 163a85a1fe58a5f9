"""The registry in a form that loads in milliseconds: one file, named after a hash of all it was made from.

It is kept beside the package where Python keeps compiled modules, else in the user's cache folder; where neither can be
written the registry is read from its files each time. A changed file changes the name, so nothing stale is ever read,
and a file that is not what it should be counts as missing. It is text, parted line by line and entry by entry as it is
asked and decoded then, because taking thousands of entries apart at once is what costs.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ontology.entries import Alias, Entry
from ontology.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

# What decides what the registry holds: its data, and the code that reads them.
_FOLDERS = ("actors", "schemes")
_FILES = ("chip.ttl", "legal_forms.toml", "compiled.py", "concepts.py", "entries.py", "names.py", "registry.py")
_PREFIX = "registry-"
_END = b"end"


class Compiled(NamedTuple):
    """The registry as read back: entries, pairs never to be merged, and the ids behind each folded name."""

    entries: Mapping[str, Entry]
    not_same: frozenset[frozenset[str]]
    outright: Mapping[str, tuple[str, ...]]
    stripped: Mapping[str, tuple[str, ...]]


class Ids(Mapping[str, tuple[str, ...]]):
    """Ids by folded name, taken apart at the first question.

    section: bytes, a line a name.
    """

    def __init__(self, section: bytes) -> None:
        self._section = section

    def __getitem__(self, key: str) -> tuple[str, ...]:
        return tuple(self._raw[key.encode("utf-8", "surrogatepass")].decode().split("|"))

    def __iter__(self) -> Iterator[str]:
        return (key.decode() for key in self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    @cached_property
    def _raw(self) -> dict[bytes, bytes]:
        return _pairs(self._section)


class Entries(Mapping[str, Entry]):
    """Entries by id, each made when it is first asked for; thousands are known and a question needs a few.

    raw: dict of id to the fields of an entry, as a JSON array in UTF-8.
    """

    def __init__(self, raw: dict[bytes, bytes]) -> None:
        self._raw = raw
        self._made: dict[str, Entry] = {}

    def __getitem__(self, key: str) -> Entry:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = _entry(json.loads(self._raw[key.encode("utf-8", "surrogatepass")]))
        return found

    def __iter__(self) -> Iterator[str]:
        return (key.decode() for key in self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key.encode("utf-8", "surrogatepass") in self._raw


def read() -> Compiled | None:
    """The compiled registry, or None where there is none that fits the files as they are now."""
    name = _name()
    for folder in folders():
        with suppress(OSError, ValueError):
            entries, not_same, outright, stripped, end = (folder / name).read_bytes().split(b"\n\n")
            if end == _END:
                pairs = frozenset(frozenset(line.split("\t")) for line in not_same.decode().split("\n") if line)
                return Compiled(Entries(_pairs(entries)), pairs, Ids(outright), Ids(stripped))
    return None


def write(
    entries: Mapping[str, Entry],
    not_same: Iterable[frozenset[str]],
    outright: Mapping[str, tuple[str, ...]],
    stripped: Mapping[str, tuple[str, ...]],
) -> Path | None:
    """Keeps the registry in its compiled form, whole or not at all; returns where, None where no folder takes it."""
    sections = (
        [f"{key}\t{_dumps(astuple(found))}" for key, found in entries.items()],
        sorted("\t".join(sorted(pair)) for pair in not_same),
        ["\t".join((key, "|".join(ids))) for key, ids in outright.items()],
        ["\t".join((key, "|".join(ids))) for key, ids in stripped.items()],
        [_END.decode()],
    )
    text = "\n\n".join("\n".join(lines) for lines in sections)
    for folder in folders():
        with suppress(OSError):
            write_whole(folder / _name(), text)
            _remove_older(folder)
            return folder / _name()
    return None


def folders() -> tuple[Path, ...]:
    """Where the compiled form may lie, the first choice first.

    >>> [folder.name for folder in folders()]
    ['__pycache__', 'chipgraph']
    """
    user = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return Path(__file__).with_name("__pycache__"), Path(user) / "chipgraph"


def _name() -> str:
    content = hashlib.sha256()
    for path in _sources():
        data = path.read_bytes()
        content.update(f"{path.name} {len(data)}\n".encode())
        content.update(data)
    return f"{_PREFIX}{content.hexdigest()[:32]}.txt"


def _sources() -> Iterator[Traversable]:
    root = files("ontology")
    for folder in _FOLDERS:
        yield from sorted((p for p in root.joinpath(folder).iterdir() if p.is_file()), key=lambda p: p.name)
    yield from (path for path in map(root.joinpath, _FILES) if path.is_file())


def _remove_older(folder: Path) -> None:
    """Leaves the newest few, for several versions may share the user's cache."""
    found = sorted(folder.glob(f"{_PREFIX}*.txt"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[3:]:
        path.unlink(missing_ok=True)


def _pairs(section: bytes) -> dict[bytes, bytes]:
    """Key -> value of lines with a tab between the two."""
    return dict(line.split(b"\t", 1) for line in section.split(b"\n") if line)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _entry(fields: list[Any]) -> Entry:
    """An entry from its fields in their order; JSON has lists where it has tuples."""
    values: list[Any] = [tuple(value) if isinstance(value, list) else value for value in fields]
    made = Entry(*values)
    object.__setattr__(made, "aliases", tuple(Alias(*alias) for alias in made.aliases))
    return made
