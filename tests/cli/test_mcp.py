"""`chipgraph mcp`: a process of its own over a built folder, asked by the client of the official SDK."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from extract.model import Claim, Document, Entity, Evidence
from graph.agents.bounded import bounded
from graph.build import Builder
from graph.example import statements

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

mcp = pytest.importorskip("mcp", reason="needs chipgraph[mcp]")
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "search": ("search", {"name": "st micro"}),
    "entity": ("entity", {"name": "Hua Hong"}),
    "relations": ("relations", {"name": "Hua Hong", "relation": "makes chips for"}),
    "page": ("relations", {"name": "Hua Hong", "limit": 1}),
    "paths": ("paths", {"start": "Hua Hong", "end": "Northwind Motors"}),
    "evidence": ("evidence", {"key": statements()[0].id}),
    "ask": ("ask", {"question": "Who makes STMicroelectronics' chips?"}),
    "sparql": ("sparql", {"query": "SELECT ?customer { cr:hua-hong ck:suppliesTo ?customer }"}),
    "yes": ("sparql", {"query": "ASK { cr:hua-hong ck:suppliesTo cr:stmicroelectronics }"}),
    "unknown": ("entity", {"name": "Hua Hnog"}),
    "strange": ("ask", {"question": "Why is the sky blue?"}),
    "writes": ("sparql", {"query": "INSERT DATA { <x:a> <x:b> <x:c> }"}),
    "reaches out": ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}),
    "too much": ("relations", {"name": "Hua Hong", "limit": 100_000}),
}


@pytest.fixture(scope="module")
def told(folder: Path, root: Path) -> dict[str, Any]:
    """The tools that the server lists, and what it answers to each call, over one connection."""

    async def talk(session: Any) -> dict[str, Any]:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        return {"tools": tools} | {key: await session.call_tool(*call) for key, call in CALLS.items()}

    return over_one_connection(folder, root, talk)


def over_one_connection(folder: Path, root: Path, talk: Callable[[Any], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    """What a client learns that talks to one server."""

    async def connected() -> dict[str, Any]:
        command = mcp.StdioServerParameters(
            command=sys.executable, args=["-m", "chipgraph", "mcp", "-g", str(folder)], cwd=str(root)
        )
        async with mcp.stdio_client(command) as streams, mcp.ClientSession(*streams) as session:
            await session.initialize()
            return await talk(session)

    # In a thread of its own: the browser tests leave a loop running in this one.
    with ThreadPoolExecutor(1) as other:
        return other.submit(lambda: asyncio.run(connected())).result()


def data(answer: Any) -> dict[str, Any]:
    assert not answer.is_error, answer.content[0].text
    assert json.loads(answer.content[0].text) == answer.structured_content
    found: dict[str, Any] = answer.structured_content
    return found


def test_the_tools_are_described_and_read_only(told):
    assert sorted(told["tools"]) == ["ask", "entity", "evidence", "paths", "relations", "search", "sparql"]
    for tool in told["tools"].values():
        assert tool.description
        assert tool.annotations.read_only_hint
        assert all(p.get("description") for p in tool.input_schema["properties"].values())


def test_names_and_entities_are_found(told):
    assert data(told["search"])["matches"][0]["id"] == "stmicroelectronics"
    assert data(told["entity"])["relations"]["makes chips for"] == 1


def test_answers_bring_their_sentences_and_sources(told):
    sentence = "Hua Hong makes 40 nm microcontrollers for STMicroelectronics."
    said = [
        data(told["relations"])["relations"][0],
        data(told["paths"])["paths"][0]["hops"][0],
        data(told["evidence"]),
        data(told["ask"])["rows"][0]["evidence"][0],
    ]
    for found in said:
        assert found["sentences"][0]["text"] == sentence
        assert found["sentences"][0]["document"]["publisher"] == "Chip Gazette"
    assert data(told["ask"])["command"].startswith("chipgraph query claims")


def test_sparql_is_answered(told):
    (row,) = data(told["sparql"])["rows"]
    assert row["values"]["customer"]["label"] == "STMicroelectronics"
    assert data(told["yes"]) == {"answer": True}


def test_what_is_cut_is_said(told):
    page = data(told["page"])
    assert len(page["relations"]) == 1
    assert page["cut"].startswith("relations: 1 of 3 shown")


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("unknown", "did you mean 'Hua Hong Semiconductor'"),
        ("strange", "I do not understand 'Why is the sky blue?'"),
        ("writes", "INSERT is not allowed"),
        ("reaches out", "SERVICE is not allowed"),
        ("too much", "less than or equal to 100"),
    ],
)
def test_errors_are_sentences(told, call, says):
    assert told[call].is_error
    assert says in told[call].content[0].text
    assert "Traceback" not in told[call].content[0].text


def test_a_graph_that_is_built_anew_is_seen_over_the_same_connection(root, tmp_path):
    folder = tmp_path / "output"

    def build(name: str) -> None:
        text = f"{name} supplies Buyer."
        paper, quote = Document(text, f"{name}.txt"), Evidence(0, len(text), text)
        ends = [Entity(n.casefold(), n, "Company", n) for n in (name, "Buyer")]
        with Builder(folder) as builder:
            builder.add(paper, [Claim(paper.id, paper.source, ends[0], "suppliesTo", ends[1], quote, "test")])

    async def talk(session: Any) -> dict[str, Any]:
        found = {}
        for name in ("One", "Two", "Three"):
            build(name)
            found[name] = await session.call_tool("relations", {"name": "Buyer"})
            query = "SELECT ?a { ?a ck:suppliesTo cr:buyer }"
            found[f"{name} by SPARQL"] = await session.call_tool("sparql", {"query": query})
        return found

    build("None")
    found = over_one_connection(folder, root, talk)
    assert [data(found[name])["total"] for name in ("One", "Two", "Three")] == [2, 3, 4]
    assert [data(found[f"{name} by SPARQL"])["total"] for name in ("One", "Two", "Three")] == [2, 3, 4]


def test_nothing_but_the_protocol_is_on_standard_output(folder, root):
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "0"}},
    }
    command = [sys.executable, "-m", "chipgraph", "mcp", "-g", str(folder)]
    done = subprocess.run(command, input=f"{json.dumps(hello)}\nnonsense\n", cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["jsonrpc"] for line in done.stdout.splitlines()][:1] == ["2.0"]
    assert all(json.loads(line) for line in done.stdout.splitlines())


def test_a_folder_without_a_graph_is_an_error_in_a_sentence(chipgraph, tmp_path):
    ran = chipgraph("mcp", "-g", tmp_path / "none")
    assert (ran.status, ran.out) == (2, "")
    assert "chipgraph build" in ran.err


def test_a_long_answer_is_cut_and_says_so():
    cut = bounded({"rows": [{"text": "x" * 1_000}] * 100}, 10_000)
    assert len(json.dumps(cut["rows"])) < 10_000
    assert cut["cut"].startswith("rows: 9 of 100 shown")
