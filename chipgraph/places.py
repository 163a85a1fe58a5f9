"""Places that are watched: a folder whose files come and change, an address that answers something else than before."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from extract.read import Mark, is_address, paths, read_all, read_anew
from ontology.errors import ChipgraphError
from ontology.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from extract.model import Document
    from ontology.errors import DocumentRefused

NAME = "WATCHED"


@dataclass(frozen=True, slots=True)
class Fresh:
    """Something new or changed.

    name: str, the file or address; mark: str, what its version is told by; documents: what is read there, lazily.
    """

    name: str
    mark: str
    documents: Iterator[Document | DocumentRefused]


class Place(Protocol):
    """What can be looked at again and again.

    pause: float, seconds between two looks; unsettled: tuple of str, what the last look left for the next one.
    """

    pause: float
    unsettled: tuple[str, ...]

    def look(self, marks: Mapping[str, str]) -> Iterable[Fresh]:
        """What is new; marks: by name, of what was read before. Raises `DocumentRefused` where it cannot be seen."""


def place(where: str, built: Path, pause: float | None) -> Place:
    """The place that an argument names.

    where: str, a folder or an http(s) address; built: Path, the folder that is built; pause: float or None, which is
    one that suits the kind of place. Raises `ChipgraphError` where there is no such folder, or the built one is in it.

    >>> place("no/such/folder", Path("output"), None)
    Traceback (most recent call last):
    ontology.errors.ChipgraphError: There is no folder no/such/folder to watch: make it, or give an http(s) address.
    """
    if is_address(where):
        return Address(where) if pause is None else Address(where, pause)
    if not Path(where).is_dir():
        raise ChipgraphError(f"There is no folder {where} to watch: make it, or give an http(s) address.")
    if built.resolve().is_relative_to(Path(where).resolve()):
        raise ChipgraphError(f"The graph in {built} lies in {where}, which is watched: choose another with -o.")
    return Folder(where) if pause is None else Folder(where, pause)


class Folder:
    """The files of a folder and of those in it, without hidden ones.

    A file is read when it has the same size and times as at the look before: one that is still being written is left
    for later. That works on every file system, as notices of changes do not.
    """

    def __init__(self, folder: str, pause: float = 2.0) -> None:
        self.pause = pause
        self.unsettled: tuple[str, ...] = ()
        self._folder = folder
        self._before: dict[str, str] = {}

    def look(self, marks: Mapping[str, str]) -> Iterable[Fresh]:
        """The files that are other than at their mark, and have been so for a pause."""
        now = {path: mark for path in paths([self._folder]) if (mark := _mark(path)) != marks.get(path)}
        settled = [path for path, mark in now.items() if mark and self._before.get(path) == mark]
        self.unsettled = tuple(path for path in now if path not in set(settled))
        self._before = now
        return [Fresh(path, now[path], read_all(path)) for path in settled]


class Address:
    """What an address answers, asked for only where it has changed as far as its host can tell."""

    def __init__(self, url: str, pause: float = 900.0) -> None:
        self.pause = pause
        self.unsettled: tuple[str, ...] = ()
        self._url = url

    def look(self, marks: Mapping[str, str]) -> Iterable[Fresh]:
        """The whole answer where it is another one; what is in it and was read before is known by its text."""
        found = read_anew(self._url, Mark(**json.loads(marks.get(self._url, "{}"))))
        if found is None:
            return []
        mark, documents = found
        return [Fresh(self._url, json.dumps(asdict(mark)), documents)]


class Marks(dict[str, str]):
    """The file `WATCHED` of a built folder: the marks of what was read, so that a new start need not read it again.

    folder: Path; fingerprint: str, of the extractor: where another one stands in the file, all is read anew.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     marks = Marks(Path(folder), "first")
    ...     marks["a.txt"] = "1"
    ...     marks.save()
    ...     Marks(Path(folder), "first"), Marks(Path(folder), "other")
    ({'a.txt': '1'}, {})
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        super().__init__()
        self._path = folder / NAME
        self._fingerprint = fingerprint
        if self._path.exists():
            try:
                found = json.loads(self._path.read_bytes())
                if found["fingerprint"] == fingerprint:
                    self.update(found["marks"])
            except (ValueError, KeyError, TypeError):  # damaged: what it would have saved is read again
                self.clear()

    def save(self) -> None:
        """Writes the file."""
        write_whole(self._path, json.dumps({"fingerprint": self._fingerprint, "marks": self}, indent=0) + "\n")


def _mark(path: str) -> str:
    """What tells a version of a file from another; empty where it is gone."""
    try:
        found = Path(path).stat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
