"""The IRIs of the graph as addresses of this server: a page for people, triples for programs (Cool URIs, 303)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from graph.server.negotiation import choose
from graph.server.refusal import Refusal
from graph.server.sparql import GRAPH_TYPES, MEDIA, client_of
from ontology.iri import claim_iri, document_iri, entity_iri, observation_iri

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from graph.server.lookup import Lookups

_KINDS: dict[str, tuple[Callable[[str], str], str]] = {
    "/id/{key}": (entity_iri, "entity_page"),
    "/id/doc/{key}": (document_iri, "document_page"),
    "/id/claim/{key}": (claim_iri, "statement_page"),
    "/id/obs/{key}": (observation_iri, "statement_page"),
}


def routes(lookups: Lookups) -> list[Route]:
    """A route for each kind of thing."""

    def answering(minted: Callable[[str], str], page: str) -> Callable[[Request], object]:
        async def answer(request: Request) -> Response:
            key = request.path_params["key"]
            accept = ", ".join(request.headers.getlist("accept"))
            syntax = choose(accept, {"text/html": "html", **GRAPH_TYPES})
            if syntax is None:
                raise Refusal(406, f"Choose one of text/html, {', '.join(GRAPH_TYPES)}.")
            wanted = None if syntax == "html" else syntax
            found = await lookups.found("described", client_of(request), iri=minted(key), syntax=wanted)
            if wanted is None:
                return RedirectResponse(request.url_for(page, key=key), 303, {"Vary": "Accept"})
            return Response(found["triples"], headers={"Content-Type": MEDIA[wanted], "Vary": "Accept"})

        return answer

    return [Route(path, answering(*kind), name=path) for path, kind in _KINDS.items()]
