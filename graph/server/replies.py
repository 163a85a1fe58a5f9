"""Replies of processes read by the event loop: a thread a question would take turns with it for the interpreter."""

from __future__ import annotations

import asyncio
import io
import os
from typing import TYPE_CHECKING

from graph.engine_process import receive

if TYPE_CHECKING:
    from graph.engine_process import Reply
    from graph.process import Process

_AT_ONCE = 1 << 16  # bytes that an empty pipe takes without waiting for its reader
_CHUNK = 1 << 18
_HEAD = 8  # bytes that say how long a message is


def can_wait_for(request: bytes) -> bool:
    """True where a message can be sent without waiting, and the loop can watch a pipe, which it cannot on Windows."""
    return os.name != "nt" and len(request) <= _AT_ONCE


def exchanged(process: Process, request: bytes) -> asyncio.Future[Reply | None]:
    """The reply to a message for which `can_wait_for` holds; None where the process ended instead.

    process: Process, one that has answered before, so that it reads at once.
    """
    loop, got, file = asyncio.get_running_loop(), bytearray(), process.output
    done: asyncio.Future[Reply | None] = loop.create_future()

    def read() -> None:
        try:
            chunk = os.read(file, _CHUNK)
        except OSError:  # it was ended
            chunk = b""
        got.extend(chunk)
        if not chunk or _is_whole(got):
            loop.remove_reader(file)
            done.set_result(receive(io.BytesIO(got)))

    process.begin(request)
    loop.add_reader(file, read)
    return done


def _is_whole(got: bytearray) -> bool:
    return len(got) >= _HEAD and len(got) - _HEAD >= int.from_bytes(got[:_HEAD], "big")
