"""The tools that an agent is offered, and the server that offers them over standard input and output."""

# No `from __future__ import annotations`: the SDK makes schemas of the annotations as they stand.

import json
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from graph.agents.bounded import bounded
from graph.agents.newest import Newest
from graph.knowledge import KnowledgeGraph
from graph.results import Verdict
from graph.server import asked, lookups
from graph.server.as_json import dumps
from ontology.errors import ChipgraphError

_MAX_ROWS = 10_000
_TIMEOUT = 10.0
_INSTRUCTIONS = """A knowledge graph of the semiconductor industry, extracted from documents. Every claim has the
sentence and document that it rests on: cite them. A claim that is negated, planned, possible, forecast or denied is no
fact. An empty answer means that no document says so, not that it is false. Names are taken as people write them;
`search` finds ids. Where an answer has `cut`, it is not whole."""

Name = Annotated[str, Field(description="A name as people write it, or an id", min_length=1, max_length=200)]
Limit = Annotated[int, Field(description="How many at most", ge=1, le=100)]
Offset = Annotated[int, Field(description="How many to leave out", ge=0, le=1_000_000)]


def server(folder: Path) -> MCPServer[Any]:
    """The server of a built folder.

    folder: Path. Raises `StoreError` where there is no graph.
    """
    tools = Tools(Newest(folder))
    made: MCPServer[Any] = MCPServer("chipgraph", instructions=_INSTRUCTIONS, version=_version(), log_level="WARNING")
    hints = ToolAnnotations(read_only_hint=True, open_world_hint=False, idempotent_hint=True)
    for tool in (tools.search, tools.entity, tools.relations, tools.paths, tools.evidence, tools.ask, tools.sparql):
        made.add_tool(tool, annotations=hints)
    return made


class Tools:
    """The tools; each is a look-up that changes nothing, and its docstring is what the agent reads.

    graph: Newest. They are coroutines so that one runs after the other, in the thread that opened the graph.
    """

    def __init__(self, graph: Newest) -> None:
        self._graph = graph

    async def search(self, name: Name, limit: Limit = 8) -> dict[str, Any]:
        """Find the entities that a name may stand for: ids, labels, classes and other names, the likeliest first."""
        return self._told(lambda place: lookups.search(place, name, limit))

    async def entity(self, name: Name) -> dict[str, Any]:
        """What an entity is: its class, names and properties, and how many claims of each relation there are of it."""
        return self._told(lambda place: lookups.entity(place, name))

    async def relations(
        self,
        name: Name,
        relation: Annotated[
            str | None, Field(description="Only this relation, by id or label, such as supplies")
        ] = None,
        other: Annotated[str | None, Field(description="Only with this entity at the other end")] = None,
        facts_only: Annotated[bool, Field(description="Leave out what is negated, planned, forecast, unsure")] = False,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> dict[str, Any]:
        """The claims about an entity, the surest first, each with its sentences and documents."""
        chosen: dict[str, Any] = {"relation": relation, "other": other, "facts_only": facts_only}
        return self._told(lambda place: lookups.claims(place, name, offset, limit, **chosen))

    async def paths(
        self,
        start: Name,
        end: Name,
        max_hops: Annotated[int, Field(description="The longest chain", ge=1, le=4)] = 3,
        limit: Annotated[int, Field(description="How many chains at most", ge=1, le=20)] = 5,
    ) -> dict[str, Any]:
        """How two entities are tied: chains of facts, the shortest first, each step with its sentences."""
        return self._told(lambda place: lookups.paths(place, start, end, max_hops, limit, True))

    async def evidence(
        self, key: Annotated[str, Field(description="The id of a claim or number", min_length=1, max_length=100)]
    ) -> dict[str, Any]:
        """All sentences behind a claim or number, who says so, and what else says the same or the opposite."""
        return self._told(lambda place: lookups.statement(place, key))

    async def ask(
        self,
        question: Annotated[str, Field(description="One question in plain English", min_length=1, max_length=300)],
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> dict[str, Any]:
        """Answer a common question ("who supplies EUV systems to Intel?") by a named query: the query, rows, sentences.

        It understands patterns, not everything: where it refuses, use the other tools.
        """
        return self._told(lambda place: asked.ask(place, question, offset, limit))

    async def sparql(
        self,
        query: Annotated[str, Field(description="SPARQL 1.1; the prefixes ck, cr, rdf, rdfs, prov are known")],
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> dict[str, Any]:
        """Run a read-only SPARQL query: 10 seconds and 10,000 rows at most. `evidence` has the sentences of a claim."""
        return self._told(lambda place: _queried(place.graph, query, limit, offset))

    def _told(self, look_up: Callable[[lookups.Place], object]) -> dict[str, Any]:
        """The answer of a look-up, cut to size; what it refuses becomes an error that the agent reads."""
        try:
            with self._graph.place() as place:
                return bounded(json.loads(dumps(look_up(place))))
        except ChipgraphError as error:
            raise ToolError(" ".join(str(error).split())) from error


def _queried(graph: KnowledgeGraph, query: str, limit: int, offset: int) -> object:
    answer = graph.sparql(query, max_rows=_MAX_ROWS, timeout=_TIMEOUT)
    if isinstance(answer, Verdict):
        return {"answer": answer.value}
    return asked.answer_data(graph, answer, lambda _: (), offset, limit)


def _version() -> str:
    try:
        return version("chipgraph")
    except PackageNotFoundError:
        return "0"
