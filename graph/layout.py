"""Where things lie in a built folder.

Imports little, since every look-up from the command line begins here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ontology.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from ontology.registry import Registry

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of a built folder.

    root: Path.

    >>> from pathlib import Path
    >>> Layout(Path("output")).claims.as_posix()
    'output/claims.jsonl'
    """

    root: Path

    @property
    def claims(self) -> Path:
        """All statements, sorted."""
        return self.root / "claims.jsonl"

    @property
    def trig(self) -> Path:
        """All quads, sorted."""
        return self.root / "graph.trig"

    @property
    def documents(self) -> Path:
        """The truth: texts, statements and metadata by document."""
        return self.root / "documents"

    @property
    def decisions(self) -> Path:
        """What people decided to be the same or not; read with every build."""
        return self.root / "decisions.csv"

    @property
    def users(self) -> Path:
        """The graphs of users' own (`graph.users`), which builds leave alone."""
        return self.root / "users.trig"

    @property
    def registry(self) -> Path:
        """Files of actors that this graph knows beside the shipped ones."""
        return self.root / "registry"

    def known_actors(self, without: str = "") -> Registry:
        """The registry in use with the actors of this folder; raises `InvalidData` where a file of them is wrong.

        without: str, the name of a file that is about to be made again.
        """
        from ontology.additions import extended
        from ontology.registry import load

        found = [path for path in self.actor_files() if path.name != without]
        return extended(load(), found) if found else load()

    def actor_files(self) -> list[Path]:
        """The files of actors in the folder, in the order in which they count."""
        from ontology.additions import SUFFIXES

        return [path for path in sorted(self.registry.glob("[!.]*")) if path.suffix in SUFFIXES]

    @property
    def store(self) -> Path:
        """The index, which can be made again from the documents."""
        return self.root / "store"

    @property
    def version(self) -> Path:
        """The file that holds the number of this layout."""
        return self.root / "VERSION"

    def check_version(self) -> None:
        """Raises `StoreError` where the folder was made by a newer Chipgraph, or its version cannot be read."""
        if not self.version.exists():
            return
        found = self.version.read_text(encoding="utf-8").strip()
        if not found.isdecimal():
            raise StoreError(f"{self.version} holds {found[:20]!r} instead of a number: put {FORMAT} there.")
        if int(found) > FORMAT:
            raise StoreError(f"The graph at {self.root} has format {found}, newer than {FORMAT}: update Chipgraph.")


def current(folder: Path) -> Path | None:
    """The snapshot that readers open, or None where there is none."""
    pointer = folder / "CURRENT"
    path = folder / pointer.read_text(encoding="utf-8").strip() if pointer.exists() else None
    return path if path and path.is_dir() and path != folder else None


def identity(snapshot: Path) -> str:
    """What tells a snapshot from all others, those of the same number that were deleted before too.

    snapshot: Path, its directory. Raises `OSError` where it is gone.
    """
    status = snapshot.stat()
    return hashlib.sha256(f"{snapshot.name} {status.st_ino} {status.st_mtime_ns}".encode()).hexdigest()[:16]
