"""A served graph: the command in a process of its own, on loopback."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest
from serving import Served, serving

from extract.model import Claim, Document, Entity, Evidence, Observation
from graph.build import Builder
from graph.example import market

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HOSTILE = "</script><script>window.pwned=1</script>"


def fill(folder: Path) -> None:
    graph = market()
    told = {source.id: source for source in graph.documents()}
    texts: dict[str, list[Any]] = {key: [] for key in told}
    for statement in graph.reader.statements():
        texts[statement.document].append(statement)
    with Builder(folder) as builder:
        for key, statements in texts.items():
            text = " ".join(dict.fromkeys(s.evidence.text for s in statements))
            source = told[key]
            paper = Document(text, source.paths[0], source.title, source.publisher, None, source.date)
            for s in statements:
                start = text.index(s.evidence.text)
                evidence = Evidence(start, start + len(s.evidence.text), s.evidence.text)
                builder_statement = _moved(s, paper, evidence)
                texts.setdefault(paper.id + "!", []).append(builder_statement)
            builder.add(paper, texts.pop(paper.id + "!"))
        add_hostile(builder)


def _moved(s: Any, paper: Document, evidence: Evidence) -> Any:
    from dataclasses import replace

    return replace(s, document=paper.id, source=paper.source, evidence=evidence, support=())


def add_hostile(builder: Builder) -> None:
    text = f"{HOSTILE} supplies Evil {HOSTILE}."
    paper = Document(text, "evil.txt", HOSTILE, HOSTILE, HOSTILE, "2025-02-02", "javascript:window.pwned=1")
    evil = Entity("evil", f"Evil {HOSTILE}", "Company", HOSTILE)
    other = Entity("other-evil", f"<img src=x onerror=window.pwned=1>{HOSTILE}", "Company", HOSTILE)
    quote = Evidence(0, len(text), text)
    said = (paper.id, paper.source)
    number = Observation(*said, evil, "revenue", 1, HOSTILE, "USD", quote, "example", period="2024")
    builder.add(paper, [Claim(*said, evil, "suppliesTo", other, quote, "example", confidence=0.9), number])


@pytest.fixture(scope="session")
def market_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "output"
    fill(folder)
    return folder


@pytest.fixture(scope="session")
def server(market_folder: Path) -> Iterator[Served]:
    pytest.importorskip("starlette", reason="needs chipgraph[serve]")
    pytest.importorskip("uvicorn", reason="needs chipgraph[serve]")
    with serving(market_folder, market_folder.parent / "log", "--timeout", "2", "--max-rows", "1000") as served:
        yield served


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    with contextlib.ExitStack() as stack:

        def start(folder: Path, *options: str) -> Served:
            return stack.enter_context(serving(folder, tmp_path / "log", *options))

        yield start
