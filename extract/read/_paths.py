"""What the arguments of a command name: files, folders, globs, addresses, standard input."""

from __future__ import annotations

import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING

from extract.read._fetch import is_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def paths(arguments: Iterable[str]) -> Iterator[str]:
    """The paths of single documents that the arguments stand for, each once, folders in the order of names.

    arguments: iterable of str: a file, a folder (searched through, hidden files left out), a glob, an http(s) address,
    or `-`. A path that leads nowhere is given back as it is, so that reading it says so.

    >>> list(paths(["-", "nowhere.txt", "-"]))
    ['-', 'nowhere.txt']
    """
    seen: set[str] = set()
    for argument in arguments:
        for path in _expand(argument):
            if path not in seen:
                seen.add(path)
                yield path


def _expand(argument: str) -> Iterator[str]:
    if argument == "-" or is_address(argument):
        yield argument
    elif Path(argument).is_dir():
        yield from _files(argument)
    elif glob.has_magic(argument) and not Path(argument).exists():
        yield from _matches(argument)
    else:
        yield argument


def _matches(pattern: str) -> Iterator[str]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (Path.glob refuses absolute patterns)
    yield from (path for path in found if Path(path).is_file())
    if not found:
        yield pattern


def _files(folder: str) -> Iterator[str]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if not name.startswith(".") and path.is_file():  # a pipe in a folder would wait for ever
                yield str(path)
