"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def write_whole(path: Path, content: bytes | str | Iterable[bytes]) -> None:
    """Writes a file by way of a temporary one beside it, so that a reader never sees half of it.

    path: its folder is made where it is missing; content: bytes, a text (written as UTF-8) or pieces of bytes. Raises
    `OSError` where the disk refuses; what stood at the path is then still there.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "a" / "b.txt", "wafers")
    ...     (Path(folder) / "a" / "b.txt").read_text()
    'wafers'
    """
    write_together({path: content})


def write_together(files: Mapping[Path, bytes | str | Iterable[bytes]]) -> None:
    """Writes several files, each whole or not at all, and puts them in their places one after the other.

    files: mapping of path to content, as for `write_whole`; in its order they come to be there, after the disk has
    what is in all of them: asked for several at once, it takes little longer than for one. Raises `OSError` where the
    disk refuses.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_together({Path(folder) / "a.txt": "wafers", Path(folder) / "a.done": b""})
    ...     sorted(path.name for path in Path(folder).iterdir())
    ['a.done', 'a.txt']
    """
    drafts: dict[Path, Path] = {}
    try:
        with ExitStack() as opened:
            written = []
            for path, content in files.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
                drafts[path] = Path(name)
                out = opened.enter_context(os.fdopen(handle, "wb"))
                out.writelines(_pieces(content))
                out.flush()
                written.append(handle)
            for handle in written:
                os.fsync(handle)
        for path, draft in drafts.items():
            draft.chmod(0o644)  # mkstemp makes files that only their owner can read
            draft.replace(path)
    except BaseException:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Has the disk keep which files a folder holds, so that they are there after a loss of power too."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders, and keeps their entries by itself
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pieces(content: bytes | str | Iterable[bytes]) -> Iterable[bytes]:
    if isinstance(content, str):
        return [content.encode()]
    return [content] if isinstance(content, bytes) else content
