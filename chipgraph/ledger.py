"""Which documents of a folder the extractor of today has read, so that a build goes on where the last one ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

NAME = "EXTRACTED"


class Ledger:
    """The file `EXTRACTED` of a built folder: the extractor's fingerprint, then the id of each document, a line each.

    folder: Path; fingerprint: str, of `extract.fingerprint`: where another one stands in the file, all is extracted
    anew. A document is noted after it is stored, so a build that is killed at worst extracts one again.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with Ledger(Path(folder), "first") as ledger:
    ...         ledger.note("abc")
    ...     with Ledger(Path(folder), "first") as same, Ledger(Path(folder), "other") as other:
    ...         "abc" in same, "abc" in other
    (True, False)
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        path = folder / NAME
        lines = path.read_text(encoding="ascii", errors="replace").split("\n") if path.exists() else [""]
        # What stands behind the last line end was cut off by a kill.
        self._known = set(lines[1:-1]) if lines[0] == fingerprint else set()
        if lines[0] != fingerprint or lines[-1]:
            write_whole(path, "".join(f"{line}\n" for line in (fingerprint, *sorted(self._known))))
        self._file = path.open("a", encoding="ascii")

    def __contains__(self, document_id: str) -> bool:
        return document_id in self._known

    def note(self, document_id: str) -> None:
        """Notes that the statements of a document are stored."""
        if document_id not in self._known:
            self._known.add(document_id)
            self._file.write(f"{document_id}\n")
            self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
