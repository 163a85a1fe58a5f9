"""Connections as uvicorn and httptools make them, bounded where those are not, and answers sent as one piece."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio

_LONGEST_HEAD = 65_536  # bytes of a request beside its body; what comes in one piece with its first line is not counted
_TOO_LONG = json.dumps({"status": 431, "error": "The head of the request is too long: send a long query by POST."})
_REFUSAL = (
    "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Type: application/json\r\n"
    f"Content-Length: {len(_TOO_LONG)}\r\nConnection: close\r\n\r\n{_TOO_LONG}"
).encode()


class Connection(HttpToolsProtocol):
    """One connection. The parser keeps the head of a request whole, so one without end would fill the memory."""

    _beside = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins."""
        super().connection_made(cast("asyncio.Transport", _InOnePiece(transport, self.loop)))

    def on_message_begin(self) -> None:
        """A request begins."""
        self._beside = 0
        super().on_message_begin()

    def on_body(self, body: bytes) -> None:
        """A part of a body, which `graph.server.sparql.read_body` counts."""
        self._beside -= len(body)
        super().on_body(body)

    def data_received(self, data: bytes) -> None:
        """Takes what was sent; answers 431 where too much of it is no body."""
        self._beside += len(data)
        super().data_received(data)
        if self._beside > _LONGEST_HEAD and not self.transport.is_closing():
            self.transport.write(_REFUSAL)
            self.transport.close()


class _InOnePiece:
    """A transport that sends at the end of a turn of the loop what was written in it.

    An answer's head and body are written one after the other: sent apart, each would wake its reader.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._written: list[bytes] = []

    def write(self, data: bytes) -> None:
        if not self._written:
            self._loop.call_soon(self._send)
        self._written.append(data)

    def close(self) -> None:
        self._send()
        self._transport.close()

    def _send(self) -> None:
        written, self._written = self._written, []
        if written:
            self._transport.write(b"".join(written))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
