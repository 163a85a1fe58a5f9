"""What extraction costs beside bare parsing, on the same text in the same process; and what starting costs.

`pytest benchmarks/bench_extraction.py --benchmark-only -s` prints words a second of both, and their ratio in processor
time. The text is
the sample articles, each read as a document of its own.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extract import language
from extract.blocks import blocks
from extract.pipeline import extract
from extract.read import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_benchmark.fixture import BenchmarkFixture

    from extract.model import Document

ARTICLES = Path(__file__).resolve().parents[1] / "examples" / "articles"
PROGRAMS = {
    "python": "pass",
    "import extract.claims_io": "import extract.claims_io",
    "import extract.pipeline": "import extract.pipeline",
    "load the language pipeline": "from extract import language; language.load()",
    "first document": (
        "from extract.model import Document; from extract.pipeline import extract; "
        "extract(Document('TSMC supplies Apple.', 'x'))"
    ),
}


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [read(str(path)) for path in sorted(ARTICLES.iterdir())]


@pytest.fixture(scope="module")
def words(documents: list[Document]) -> int:
    return sum(len(document.text.split()) for document in documents)


def parse_alone(documents: list[Document]) -> None:
    nlp = language.load()
    for document in documents:
        for _ in nlp.pipe([block.body.text for block in blocks(document.text)]):
            pass


def extract_all(documents: list[Document]) -> None:
    for document in documents:
        extract(document)


def fastest(actions: list[Callable[[], None]], rounds: int = 9) -> list[float]:
    """Processor seconds of the fastest round of each: they take turns, as what else the machine does only ever adds."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds + 1):
        for action, spent in zip(actions, times, strict=True):
            started = time.process_time()
            action()
            spent.append(time.process_time() - started)
    return [min(spent[1:]) for spent in times]


def test_bare_parsing(benchmark: BenchmarkFixture, documents: list[Document], words: int) -> None:
    benchmark.pedantic(parse_alone, args=(documents,), rounds=5, warmup_rounds=1)
    print(f"\nparsing alone: {words / benchmark.stats['min']:,.0f} words a second")


def test_extraction(benchmark: BenchmarkFixture, documents: list[Document], words: int) -> None:
    benchmark.pedantic(extract_all, args=(documents,), rounds=5, warmup_rounds=1)
    bare, whole = fastest([lambda: parse_alone(documents), lambda: extract_all(documents)])
    benchmark.extra_info["rate beside parsing alone"] = round(bare / whole, 2)
    print(f"\nextraction: {words / whole:,.0f} words a second, {bare / whole:.2f} of the rate of parsing alone")
    assert bare / whole > 0.3


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_start(benchmark: BenchmarkFixture, program: str) -> None:
    benchmark.pedantic(lambda: subprocess.run([sys.executable, "-c", program], check=True), rounds=3)
