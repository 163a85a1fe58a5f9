"""Iterators of the engine for programs with several threads."""

from __future__ import annotations

import threading
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

_PART = 256
_here = threading.local()  # its own object in each thread, of which no other ever has the same
_left: list[Iterator[Any]] = []


def in_any_thread(begin: Callable[[], Iterator[T]]) -> Iterator[T]:
    """What an iterator of the engine gives, read some hundred items ahead, whichever thread asks for the next.

    begin: function that gives the iterator from its start, the same each time. An iterator of pyoxigraph that another
    thread goes on with ends the whole process, so there it is begun again and passed over what was given.

    >>> list(in_any_thread(lambda: iter("abc")))
    ['a', 'b', 'c']
    """
    given, reader = 0, None
    source: Iterator[T] = iter(())
    while True:
        if reader is not _thread():
            if given:
                _left.append(source)  # to drop it in a thread that is not its own is an error on standard error
            reader, source = _thread(), islice(begin(), given, None)
        part = list(islice(source, _PART))
        given += len(part)
        if len(part) < _PART:
            source = iter(())
            yield from part
            return
        yield from part


def _thread() -> object:
    if not hasattr(_here, "mark"):
        _here.mark = object()
    return _here.mark
