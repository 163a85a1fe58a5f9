"""The documents of a built folder, which are the truth that all else follows.

A document is three files in `documents/`: `ID.txt` (the text), `ID.jsonl` (its statements) and `ID.json` (what it says
of itself). The last is written last and removed first, so a document is there whole or not at all. Where one changes,
what it shall be stands in `ID.next` before its files are touched, and the next writer ends what was begun.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.claims_io import dumps, read_claims
from extract.model import Document, merge
from graph.rdf import Origin, in_order
from ontology.errors import InvalidData, UnknownDocument
from ontology.files import write_together, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.model import Statement

STANDARD_INPUT = "-"  # no place that a new version could come from: what is read there stands for itself
_ID = re.compile(r"[\w-]+")  # a path is no id
_FIELDS = ("source", "title", "publisher", "author", "date", "url", "language")


class Library:
    """The documents of a built folder.

    folder: Path, the `documents` folder; it need not exist yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ids(self) -> list[str]:
        """The ids of the documents, sorted."""
        return sorted(path.stem for path in self.folder.glob("*.json"))

    def origin(self, key: str, with_text: bool = True) -> Origin:
        """What a document says of itself; raises `InvalidData` where its files do not hold what they should."""
        record = self._record(key)
        try:
            copies = [{field: copy.get(field) for field in _FIELDS} for copy in record["copies"]]
            text = self.text(key) if with_text else ""
            document = Document(text, **{field: _first(copies, field) for field in _FIELDS})
            return Origin(key, document, tuple(copy["source"] for copy in copies), record["software"])
        except (KeyError, TypeError, AttributeError) as error:
            raise InvalidData(
                f"{self._path(key, '.json')} lacks or misstates {error}: build the document again."
            ) from error

    def text(self, key: str) -> str:
        """The text of a document."""
        return self._path(key, ".txt").read_bytes().decode("utf-8", "surrogatepass")

    def statements(self, key: str) -> list[Statement]:
        """The statements of a document, sorted."""
        return list(read_claims(self._path(key, ".jsonl")))

    def lines(self, key: str) -> bytes:
        """The statements of a document as claims.jsonl has them."""
        return self._path(key, ".jsonl").read_bytes()

    def digest(self, key: str) -> str:
        """A hash of a document's files; the text is in it by its id."""
        content = hashlib.sha256(self._path(key, ".json").read_bytes())
        content.update(self.lines(key))
        return content.hexdigest()

    def put(self, document: Document, statements: Iterable[Statement], software: str) -> bool:
        """Adds or replaces a document; returns whether anything changed.

        The same text from another source keeps the earlier sources and gains one. Another text from the same source is
        a new version of it: the document that it was loses that source, and goes when it has no other.
        """
        key, source = document.id, document.source
        copies = {copy["source"]: copy for copy in self._record(key)["copies"]} if self.has(key) else {}
        copies[source] = _copy(document)
        changed = self._write(key, document.text, copies, software, statements)
        # After the new version is there: a build that is killed in between has both, and the next one ends it.
        return self.supersede(key, source) or changed

    def supersede(self, key: str, source: str) -> bool:
        """Takes a source from all documents but the one that it holds now; returns whether any had it."""
        earlier = self._versions.get(source, set()) if source != STANDARD_INPUT else set()
        outdated = [old for old in sorted(earlier - {key}) if self.has(old)]
        for old in outdated:
            self._withdraw(old, source)
        self._versions[source] = {key}
        return bool(outdated)

    def holds(self, document: Document) -> bool:
        """True where the document is there, read from the same source with the same said of it."""
        return self.has(document.id) and _copy(document) in self._record(document.id)["copies"]

    def says_otherwise(self, document: Document) -> bool:
        """True where the document is there, read from the same source with something else said of it."""
        if not self.has(document.id):
            return False
        copies = {copy["source"]: copy for copy in self._record(document.id)["copies"]}
        return bool(copies.get(document.source, _copy(document)) != _copy(document))

    def remove(self, key: str) -> None:
        """Removes a document; raises `UnknownDocument` where there is none of that id."""
        if not self.has(key):
            raise UnknownDocument(key)
        for suffix in (".next", ".json", ".jsonl", ".txt"):
            self._path(key, suffix).unlink(missing_ok=True)

    def find(self, name: str) -> str:
        """The id of a document by what people call it.

        name: str, an id, or a path or address that it was read from, as given then or as it is written from here; the
        name of a file alone where one document has it. Raises `UnknownDocument` with suggestions.
        """
        if self.has(name):
            return name
        known = self._called()
        for called in (name, _resolved(name), Path(name).name):
            if len(found := known.get(called, set())) == 1:
                return next(iter(found))
        raise UnknownDocument(name, tuple(get_close_matches(name, sorted(known.keys() - {""}), n=3)))

    def has(self, key: str) -> bool:
        """True where the document is there."""
        return bool(_ID.fullmatch(key)) and self._path(key, ".json").exists()

    def sweep(self) -> None:
        """Ends what a killed build began, and removes what it left half-written."""
        for path in self.folder.glob("[!.]*.next"):
            self._settle(path.stem)
        known = set(self.ids())
        for path in self.folder.glob("*"):
            if path.name.startswith(".") or path.stem not in known:
                path.unlink()

    def _called(self) -> dict[str, set[str]]:
        """The ids of the documents that each id, path, address and file name stands for."""
        found: dict[str, set[str]] = {}
        for key in self.ids():
            origin = self.origin(key, with_text=False)
            for source in (*origin.sources, origin.document.url or ""):
                for called in (key, source, _resolved(source), Path(source).name):
                    found.setdefault(called, set()).add(key)
        return found

    @cached_property
    def _versions(self) -> dict[str, set[str]]:
        """The ids of the documents that came from each source: one, but where a build was killed between two."""
        found: dict[str, set[str]] = {}
        for key in self.ids():
            for source in self.origin(key, with_text=False).sources:
                found.setdefault(source, set()).add(key)
        return found

    def _withdraw(self, key: str, source: str) -> None:
        """Takes a source from a document, and the document away where that was its last."""
        record = self._record(key)
        copies = {copy["source"]: copy for copy in record["copies"] if copy["source"] != source}
        if copies:
            self._write(key, self.text(key), copies, record["software"], self.statements(key))
        else:
            self.remove(key)

    def _write(
        self, key: str, text: str, copies: dict[str, dict[str, Any]], software: str, statements: Iterable[Statement]
    ) -> bool:
        """Writes the files of a document, the one that makes it count last; returns whether anything changed."""
        ordered = [copies[source] for source in sorted(copies)]
        lines = _lines(key, ordered[0]["source"], statements)
        record = {"id": key, "software": software, "copies": ordered}
        about = json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass") + b"\n"
        if self.has(key) and (self._path(key, ".json").read_bytes(), self.lines(key)) == (about, lines):
            return False
        if self.has(key):
            following = {".jsonl": lines, ".json": about}
            said = {suffix: content.decode("utf-8", "surrogatepass") for suffix, content in following.items()}
            write_whole(self._path(key, ".next"), json.dumps(said).encode())
            self._settle(key)
            return True
        files = {".txt": text.encode("utf-8", "surrogatepass"), ".jsonl": lines, ".json": about}
        write_together({self._path(key, suffix): content for suffix, content in files.items()})
        return True

    def _settle(self, key: str) -> None:
        """Makes a document what its `ID.next` says; done twice it does no harm."""
        following = self._path(key, ".next")
        said = json.loads(following.read_bytes()).items()
        write_together({self._path(key, suffix): text.encode("utf-8", "surrogatepass") for suffix, text in said})
        following.unlink()

    def _path(self, key: str, suffix: str) -> Path:
        return self.folder / (key + suffix)

    def _record(self, key: str) -> dict[str, Any]:
        path = self._path(key, ".json")
        try:
            record = json.loads(path.read_bytes())
        except ValueError as error:
            raise InvalidData(f"{path} is not JSON: build the document again.") from error
        if not isinstance(record, dict):
            raise InvalidData(f"{path} is not a JSON object: build the document again.")
        return record


def _lines(document: str, source: str, statements: Iterable[Statement]) -> bytes:
    """The statements as their file holds them: merged, sorted, all under the document's first source."""
    placed = (replace(statement, source=source) for statement in statements)
    lines = [dumps(in_order(statement)) + "\n" for statement in merge(placed) if statement.document == document]
    return "".join(lines).encode("utf-8", "surrogatepass")


def _copy(document: Document) -> dict[str, Any]:
    """What a document says of itself where it was read."""
    return {field: getattr(document, field) for field in _FIELDS}


def _resolved(source: str) -> str:
    """A path as it is from the root, however it is written; an address stays one."""
    # Path.resolve would follow links.
    return source if "://" in source else os.path.abspath(source)  # noqa: PTH100


def _first(copies: list[dict[str, Any]], field: str) -> Any:
    """What the first copy that says anything of a field says."""
    return next((copy[field] for copy in copies if copy[field] is not None), None)


def pieces(library: Library) -> Iterator[bytes]:
    """claims.jsonl, document by document."""
    for key in library.ids():
        yield library.lines(key)
