"""The SPARQL endpoint: requests of the protocol in, whole answers out."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from starlette.responses import RedirectResponse, Response

from graph.reasons import unreadable
from graph.server import protocol
from graph.server.description import describe
from graph.server.guarding import brings, unknown
from graph.server.negotiation import choose
from graph.server.query_process import GRAPHS
from graph.server.refusal import Refusal
from graph.worker import too_many, unanswerable
from ontology.namespaces import PREFIXES

if TYPE_CHECKING:
    from starlette.requests import Request

    from graph.server.kept import Kept
    from graph.server.protocol import Asked, Update
    from graph.server.settings import Settings
    from graph.server.snapshot import Live, Snapshot

TABLE_TYPES = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPH_TYPES = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "text/plain": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
}
MEDIA = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8; header=present",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_SLOWEST_BODY = 10.0


class Endpoint:
    """Answers at `/sparql`.

    live: Live; settings: Settings; kept: Kept.
    """

    def __init__(self, live: Live, settings: Settings, kept: Kept) -> None:
        self._live = live
        self._settings = settings
        self._kept = kept
        self._writable = bool(settings.write_token)

    async def __call__(self, request: Request) -> Response:
        """The answer to a request; raises a `Refusal` where there is none."""
        if request.method == "OPTIONS":
            accepted = _accepted(self._writable)
            return Response(status_code=204, headers={"Allow": ", ".join(METHODS), "Accept-Post": accepted})
        body = await read_body(request, self._settings.max_body) if request.method == "POST" else b""
        query = request.scope["query_string"]
        asked = protocol.read(request.method, query, request.headers.get("content-type", ""), body)
        if isinstance(asked, protocol.Update):
            return await self._updated(request, asked)
        with self._live.use() as snapshot:
            if asked is None:
                return await self._described(request, snapshot)
            return await self._answered(request, asked, snapshot)

    async def _updated(self, request: Request, update: Update) -> Response:
        if not self._writable:
            raise protocol.read_only()
        if not brings(request.headers, self._settings.write_token):
            may_read = self._settings.token and brings(request.headers, self._settings.token)
            raise Refusal(403, "This token is for reading: an update needs the other one.") if may_read else unknown()
        protocol.admit_update(update)
        await self._live.update(update, client_of(request))
        return Response(status_code=204)

    async def _answered(self, request: Request, asked: Asked, snapshot: Snapshot) -> Response:
        protocol.admit(asked, self._writable)
        accept = ", ".join(request.headers.getlist("accept"))
        table, graph = choose(accept, TABLE_TYPES), choose(accept, GRAPH_TYPES)
        if table is None and graph is None:
            raise _unacceptable()
        headers = {"Cache-Control": "no-cache", "Vary": "Accept"}
        if asked.lasts:
            tag = headers["ETag"] = _tag(snapshot.key, asked, table, graph)
            if has(request, tag):
                return Response(status_code=304, headers=headers)
        form, content = await self.ask(asked, snapshot, client_of(request), table, graph)
        return Response(content, headers=headers | {"Content-Type": _media(form, table, graph)})

    async def ask(
        self, asked: Asked, snapshot: Snapshot, client: str, table: str | None, graph: str | None
    ) -> tuple[str, bytes]:
        """The kind of an answer (table or graph) and its bytes.

        table, graph: str or None, the format of each kind that will do. Raises a `Refusal` where there is no answer.
        """
        key = _tag(snapshot.key, asked, table, graph)
        if kept := self._kept.get(key):
            return kept
        job = {
            "query": asked.query,
            "union": asked.union,
            "dataset": asked.dataset,
            "read": snapshot.read,
            "table": table,
            "graph": graph,
        }
        head, content = await snapshot.queries.ask(job, client, asked.kind)
        if head["kind"] not in ("table", "graph"):
            raise self._refusal(asked.query, head)
        if asked.lasts:
            self._kept.put(key, head["kind"], content)
        return head["kind"], content

    def _refusal(self, text: str, head: dict[str, Any]) -> Refusal:
        kind = head["kind"]
        if kind == "unacceptable":
            return _unacceptable()
        if kind == "rows":
            return Refusal(422, too_many(self._settings.max_rows))
        if kind == "bytes":
            return Refusal(422, f"The answer has over {self._settings.max_bytes} bytes: ask for less of it.")
        if kind == "syntax":
            return Refusal(400, str(unreadable(text, SyntaxError(head["text"]))))
        if kind == "refused":
            return Refusal(400, unanswerable(head["text"]))
        return Refusal(500, "The graph cannot be read: who runs the server finds out why with `chipgraph check`.")

    async def _described(self, request: Request, snapshot: Snapshot) -> Response:
        syntax = choose(", ".join(request.headers.getlist("accept")), {**GRAPH_TYPES, "text/html": "html"})
        if syntax is None:
            raise _unacceptable()
        if syntax == "html":
            return RedirectResponse(request.url_for("query_page"), 303, {"Vary": "Accept"})
        counting = protocol.Asked("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        _, content = await self.ask(counting, snapshot, client_of(request), "csv", None)
        triples = describe(str(request.url.replace(query="")), int(content.split()[1]), self._writable)
        text = ox.serialize(triples, format=GRAPHS[syntax], prefixes={"rdf": PREFIXES["rdf"]})
        return Response(text, headers={"Content-Type": MEDIA[syntax], "Vary": "Accept"})


async def read_body(request: Request, most: int) -> bytes:
    """The body of a request; raises a `Refusal` where it is too long (413) or does not come (408)."""
    too_long = Refusal(413, f"The request has over {most} bytes: make the query shorter.", {"Connection": "close"})
    if (
        request.headers.get("content-length", "0").isdecimal()
        and int(request.headers.get("content-length", "0")) > most
    ):
        raise too_long
    body = bytearray()
    try:
        async with asyncio.timeout(_SLOWEST_BODY):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise too_long
    except TimeoutError as error:
        raise Refusal(408, "The request did not arrive in time.", {"Connection": "close"}) from error
    return bytes(body)


def client_of(request: Request) -> str:
    """Who asks, as far as fairness goes: an address."""
    return request.client.host if request.client else ""


def has(request: Request, tag: str) -> bool:
    """True where who asks has the answer of an entity tag already (RFC 9110, 13.1.2)."""
    return request.method != "POST" and tag.removeprefix("W/") in request.headers.get("if-none-match", "")


def _tag(key: str, asked: Asked, table: str | None, graph: str | None) -> str:
    """The entity tag of an answer: weak, since it is the same in substance, not in the order of rows."""
    parts = (key, asked.query, str(asked.dataset), str(table), str(graph))
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode("utf-8", "replace")).hexdigest()[:32]}"'


def _media(form: str, table: str | None, graph: str | None) -> str:
    return MEDIA[str(graph if form == "graph" else table)]


def _unacceptable() -> Refusal:
    offered = ", ".join(dict.fromkeys((*TABLE_TYPES, *GRAPH_TYPES)))
    return Refusal(406, f"No format that the request accepts fits the answer: choose one of {offered}.")


def _accepted(writable: bool) -> str:
    return ", ".join((protocol.FORM, protocol.DIRECT, *((protocol.UPDATE,) if writable else ())))
