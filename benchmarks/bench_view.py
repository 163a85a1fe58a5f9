"""What a view costs: seconds to write, bytes, seconds to the first picture. Run as a script; --browser adds the last.

python benchmarks/bench_view.py [--browser] [SIZE ...]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from extract.model import Claim, Document, Entity, Evidence
from graph.view import write_html

CHROMIUM = Path("/usr/bin/chromium")
SIZES = (12, 150, 1000, 3000)
RELATIONS = ("suppliesTo", "partnersWith", "competesWith", "produces", "restricts", "investsIn")
TYPES = ("Company", "Company", "Country", "ChipProduct", "ProcessNode", "ExportControl")


def industry(size: int) -> tuple[list[Claim], dict[str, Document]]:
    """A random graph of a size: 2.5 claims an entity, two a document, clusters of 25."""
    draw = random.Random(size)
    entities = [Entity(f"e{i}", f"Firm {i}", TYPES[i % len(TYPES)]) for i in range(size)]
    documents: dict[str, Document] = {}
    claims: list[Claim] = []
    for number in range(size * 5 // 4):
        pairs = [draw_pair(draw, size) for _ in range(2)]
        sentences = [
            f"{entities[a].label} has dealt with {entities[b].label} for {number % 9} years." for a, b in pairs
        ]
        paper = Document(" ".join(sentences) + f" {number}", f"{number}.txt", f"News {number}", f"Paper {number % 12}")
        documents[paper.id] = paper
        for (a, b), text in zip(pairs, sentences, strict=True):
            start = paper.text.index(text)
            evidence = Evidence(start, start + len(text), text)
            relation = draw.choice(RELATIONS)
            claims.append(Claim(paper.id, paper.source, entities[a], relation, entities[b], evidence, "bench"))
    return claims, documents


def draw_pair(draw: random.Random, size: int) -> tuple[int, int]:
    a = draw.randrange(size)
    near = min(size - 1, a // 25 * 25 + draw.randrange(25))
    b = near if draw.random() < 0.75 else int(size * draw.random() ** 4)
    return (a, b) if a != b else (a, (a + 1) % size)


def first_picture(path: Path) -> float:
    """Seconds from opening the file to the first frame after the picture is drawn."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready=true]", state="attached")
        milliseconds = page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => done(performance.now())))"
        )
        browser.close()
    return float(milliseconds) / 1000


def main(arguments: list[str]) -> None:
    with_browser = "--browser" in arguments
    sizes = [int(a) for a in arguments if a.isdigit()] or SIZES
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            claims, documents = industry(size)
            path = Path(folder) / f"{size}.html"
            start = time.perf_counter()
            report = write_html(path, claims, documents, title="Benchmark")
            seconds = time.perf_counter() - start
            picture = f"{first_picture(path):6.2f} s to the picture" if with_browser else ""
            kilobytes = path.stat().st_size / 1000
            print(f"{report.nodes:6} nodes {report.edges:6} edges {seconds:6.2f} s {kilobytes:8.0f} kB {picture}")


if __name__ == "__main__":
    main(sys.argv[1:])
