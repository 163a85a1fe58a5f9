"""The graph in the formats of others, one file a format: whoever adds a file here adds a format.

A module has `TITLE`, a str, and `files(store)`, which gives the content of each file of the format by its name, in
pieces of bytes; the same graph gives the same bytes. The file of a format that has one only may be called anything.
"""

from __future__ import annotations

import pkgutil
import tempfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from ontology.errors import InvalidData
from ontology.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graph.store import Store


class Format(Protocol):
    """What the module of a format offers."""

    @property
    def TITLE(self) -> str:  # noqa: N802
        """What the format is, for people who choose one."""
        ...

    def files(self, store: Store) -> Mapping[str, Iterable[bytes]]:
        """The content of each file by its name."""
        ...


def names() -> tuple[str, ...]:
    """The formats, found by listing the folder.

    >>> "graphml" in names(), "turtle" in names()
    (True, True)
    """
    found = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.replace("_", "-") for name in found if not name.startswith("_")))


def format_of(name: str) -> Format:
    """The format of a name; raises `InvalidData` where there is none."""
    if name not in names():
        raise InvalidData(f"No export is called {name!r}: the formats are {', '.join(names())}.")
    return cast("Format", import_module(f"{__name__}.{name.replace('-', '_')}"))


def export(store: Store, form: str, to: Path | str | None = None) -> bytes | None:
    """Writes a graph in a format, or returns the bytes where `to` is None and the format has one file.

    store: Store; form: str, one of `names()`; to: Path or str, the file, or the folder of a format that has several.
    Raises `InvalidData` for a format that there is not, or that has several files where `to` is None.

    >>> from graph.example import knowledge
    >>> export(knowledge().store, "ntriples").splitlines()[0].split()[0]
    b'<https://w3id.org/chipgraph/id/chip-gazette>'
    """
    found = format_of(form).files(store)
    if len(found) == 1:
        content = next(iter(found.values()))
        if to is None:
            return b"".join(content)
        write_whole(Path(to), content)
        return None
    if to is None:
        raise InvalidData(f"The format {form} is {len(found)} files ({', '.join(found)}): say into which folder.")
    _write_all(Path(to), found)
    return None


def _write_all(folder: Path, files: Mapping[str, Iterable[bytes]]) -> None:
    """All files of a format, none before all could be written."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".export.") as apart:
        for name, content in files.items():
            write_whole(Path(apart) / name, content)
        for name in files:
            (Path(apart) / name).replace(folder / name)
