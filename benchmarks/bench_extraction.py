"""What extraction costs beside bare parsing, on the same text in the same process; and what starting costs.

`pytest benchmarks/bench_extraction.py --benchmark-only -s` prints words a second of both, their ratio in processor
time, and what each stage takes. The pipeline is the one that is shipped, as spaCy loads it and as extraction runs it,
which computes the same with faster products on many processors (decision 0030). The texts are the sample articles, each
a document of its own, and paragraphs of the annotated corpus, those of one topic put together: longer texts of many
kinds, denser with statements than real ones.
"""

from __future__ import annotations

import subprocess
import sys
import time
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spacy

from corpus.tools.reader import read_corpus
from extract import language, pipeline
from extract.blocks import Kind, blocks
from extract.encoder.reading import added
from extract.model import Document
from extract.pipeline import extract
from extract.read import read
from extract.threads import one_thread
from extract.verifier.judge import judged
from extract.verifier.loose import key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_benchmark.fixture import BenchmarkFixture
    from spacy.language import Language

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
# How many paragraphs of a topic make a document, and of how many documents one is read.
PARAGRAPHS, SPARSE = 6, 18
STAGES = ("parse, names and mentions", "rules", "encoder", "verifier")


def articles() -> list[Document]:
    return [read(str(path)) for path in sorted(ARTICLES.iterdir())]


def corpus() -> list[Document]:
    """Some hundred paragraphs of all topics, several of one topic a document."""
    by_topic = groupby(read_corpus(), key=lambda paragraph: (paragraph.part, paragraph.topic))
    texts = [[paragraph.text for paragraph in every] for _, every in by_topic]
    parts = [every[start : start + PARAGRAPHS] for every in texts for start in range(0, len(every), PARAGRAPHS)]
    return [Document("\n\n".join(part), f"corpus {number}") for number, part in enumerate(parts[::SPARSE])]


TEXTS = {"sample articles": articles, "corpus": corpus}


@pytest.fixture(scope="module", params=TEXTS.values(), ids=TEXTS)
def documents(request: pytest.FixtureRequest) -> list[Document]:
    made: Callable[[], list[Document]] = request.param
    return made()


@pytest.fixture(scope="module")
def words(documents: list[Document]) -> int:
    return sum(len(document.text.split()) for document in documents)


@cache
def as_spacy_loads_it() -> Language:
    language.load()  # registers the components of our own
    return spacy.load(language.PIPELINE)


def parse_alone(nlp: Language, documents: list[Document]) -> None:
    with one_thread():
        for document in documents:
            for _ in nlp.pipe([block.body.text for block in blocks(document.text)]):
                pass


def extract_all(documents: list[Document]) -> None:
    for document in documents:
        extract(document)


def fastest(documents: list[Document], rounds: int = 5) -> tuple[float, float, float, list[float]]:
    """Processor seconds of parsing alone, in both ways, of all, and of each of `STAGES`, of the fastest round of each.

    They take turns, as what else the machine does only ever adds.
    """
    times: list[list[float]] = []
    for _ in range(rounds):
        at = [time.process_time()]
        for nlp in (as_spacy_loads_it(), language.load()):
            parse_alone(nlp, documents)
            at.append(time.process_time())
        extract_all(documents)
        at.append(time.process_time())
        stages = [sum(stage) for stage in zip(*map(_stages, documents), strict=True)]
        times.append([*(end - start for start, end in pairwise(at)), *stages])
    bare, ours, whole, *each = (min(spent) for spent in zip(*times, strict=True))
    return bare, ours, whole, each


def _stages(document: Document) -> list[float]:
    at = [time.process_time()]
    discourse = pipeline.read(document)
    prose = [one for one in discourse.readings if one.block.kind not in (Kind.ROW, Kind.CELL)]
    at.append(time.process_time())
    found = [pipeline.offered(discourse, reading) for reading in prose]
    at.append(time.process_time())
    added(discourse, [(one, {key_of(c) for c in offers}) for one, offers in zip(prose, found, strict=True)])
    at.append(time.process_time())
    judged(discourse, [(one, pipeline.counting(one, offers)) for one, offers in zip(prose, found, strict=True)])
    at.append(time.process_time())
    return [end - start for start, end in pairwise(at)]


def test_bare_parsing(benchmark: BenchmarkFixture, documents: list[Document], words: int) -> None:
    benchmark.pedantic(parse_alone, args=(as_spacy_loads_it(), documents), rounds=2, warmup_rounds=1)
    print(f"\nparsing alone: {words / benchmark.stats['min']:,.0f} words a second")


def test_extraction(benchmark: BenchmarkFixture, documents: list[Document], words: int) -> None:
    benchmark.pedantic(extract_all, args=(documents,), rounds=1, warmup_rounds=1)
    bare, ours, whole, stages = fastest(documents)
    benchmark.extra_info["rate beside parsing alone"] = round(bare / whole, 2)
    print(f"\nextraction: {words / whole:,.0f} words a second, {bare / whole:.2f} of the rate of parsing alone, and")
    print(f"{ours / whole:.2f} where that too computes with numpy; {len(documents)} documents, {words:,} words")
    print("parsing alone taken as one (the rest are claims and numbers):")
    print(f"  {'the same with numpy':<26} {ours / bare:5.2f}")
    for name, seconds in zip(STAGES, stages, strict=True):
        print(f"  {name:<26} {seconds / bare:5.2f}")
    assert bare / whole > 0.4


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_start(benchmark: BenchmarkFixture, program: str) -> None:
    benchmark.pedantic(lambda: subprocess.run([sys.executable, "-c", program], check=True), rounds=3)
