"""What holds for every request: who may ask, what browsers may do with an answer, what is counted and logged."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import re
import time
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from graph.server.answers import Refused
from graph.server.as_json import dumps
from graph.server.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from graph.server.metrics import Metrics

LOG = logging.getLogger("chipgraph.serve")
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_OPEN = ("/health",)
_PORT = re.compile(r":\d*\Z")
_ELSEWHERE = Refusal(400, "The request is addressed to a host that this server does not go by: see --trusted-host.")


class Guarding:
    """The outermost layer of the application.

    app: the rest of it; metrics: Metrics; hosts: sequence of str, the names that requests may be addressed to; token:
    str, what requests must bring where it is not empty; the health check needs none; write_token: str, which then does
    too.
    """

    def __init__(
        self, app: ASGIApp, metrics: Metrics, hosts: Sequence[str], token: str = "", write_token: str = ""
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._hosts = frozenset(host.casefold() for host in hosts)
        self._domains = tuple(host[1:] for host in self._hosts if host.startswith("*"))
        self._tokens = tuple(filter(None, (token, write_token))) if token else ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status, size = time.perf_counter(), 0, 0

        async def watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in {**_ALWAYS, "Content-Security-Policy": POLICY}.items():
                    headers.setdefault(name, value)
            size += len(message.get("body", b""))
            await send(message)

        headers = Headers(scope=scope)
        try:
            if not self._is_addressed(headers):
                await _refuse(_ELSEWHERE, scope, receive, watched)
            elif not self._admits(scope, headers):
                await _refuse(unknown(), scope, receive, watched)
            else:
                await self._app(scope, receive, watched)
        finally:
            self._note(scope, status or 500, size, time.perf_counter() - started)

    def _is_addressed(self, headers: Headers) -> bool:
        """True where the request names a host that this server goes by: pages elsewhere may only name their own."""
        host = _PORT.sub("", headers.get("host", "")).casefold()
        return host in self._hosts or host.endswith(self._domains)

    def _admits(self, scope: Scope, headers: Headers) -> bool:
        if not self._tokens or scope["path"] in _OPEN:
            return True
        return any(brings(headers, token) for token in self._tokens)

    def _note(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "name", None) or "none"
        self._metrics.note(route, status, seconds)
        # Without the query string: what analysts ask is theirs.
        told = {
            "method": scope["method"],
            "route": route,
            "status": status,
            "bytes": size,
            "seconds": round(seconds, 4),
        }
        LOG.info(json.dumps({"time": round(time.time(), 3), **told}))


def brings(headers: Headers, token: str) -> bool:
    """True where a request brings a token as `Authorization: Bearer`."""
    kind, _, given = headers.get("authorization", "").partition(" ")
    # Hashes of one length, compared in the same time whatever they are: timing tells nothing of the token.
    return kind.casefold() == "bearer" and hmac.compare_digest(_hashed(given.strip()), _hashed(token))


def unknown() -> Refusal:
    """The refusal of who brings no token, or another."""
    return Refusal(
        401, "Send the token of this server as `Authorization: Bearer TOKEN`.", {"WWW-Authenticate": "Bearer"}
    )


async def _refuse(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    body = dumps(Refused(refusal.status, refusal.text))
    await Response(body, refusal.status, refusal.headers, "application/json")(scope, receive, send)


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
