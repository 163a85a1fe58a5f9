"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


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
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.writelines(_pieces(content))
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o644)  # mkstemp makes files that only their owner can read
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
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
