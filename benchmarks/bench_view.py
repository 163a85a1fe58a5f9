"""What a view costs beside pyvis' own page: seconds to write, bytes, seconds to the first picture, frames a second.

python benchmarks/bench_view.py [--browser] [SIZE ...]

--browser opens every file in Debian's chromium without a network, drags the picture for two seconds and counts frames.
"picture" is the time on the clock from opening to the first picture, "of it work" what the page's main thread computed
until then: on a busy machine the first says what else runs there, the second what the page costs.
The stock page is the same nodes and edges in a plain `pyvis.network.Network` with everything inlined; what it takes
longer than a minute for counts as no picture.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.model import Claim, Document, Entity, Evidence, Modality
from graph.view import write_html

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--proxy-server=127.0.0.1:9"]
SIZES = (60, 1000, 3000, 10_000)
# Stock pyvis simulates in the browser: above this it freezes the tab for longer than anybody waits.
STOCK_UP_TO = 1000
PATIENCE = 60.0
RELATIONS = ("suppliesTo", "partnersWith", "competesWith", "produces", "restricts", "investsIn")
TYPES = ("Company", "Company", "Country", "ChipProduct", "ProcessNode", "ExportControl")
MODALITIES = (*[Modality.ASSERTED] * 8, Modality.PLANNED, Modality.FORECAST)
OURS_READY = "html[data-ready=true]"
FRAMES = """() => new Promise((done) => {
  const start = performance.now();
  let count = 0;
  const frame = (now) => {
    count += 1;
    if (now - start < 2000) requestAnimationFrame(frame);
    else done(count / ((now - start) / 1000));
  };
  requestAnimationFrame(frame);
})"""
STOCK_PICTURE = """() => typeof network !== "undefined" && network.body.nodeIndices.length > 0 &&
  (!document.getElementById("loadingBar") || document.getElementById("loadingBar").style.display === "none")"""


@dataclass(frozen=True, slots=True)
class Row:
    """One page: name; seconds to write it; bytes; and where it was looked at: seconds to its first picture, seconds of
    work of its main thread until then, frames a second.
    """

    name: str
    seconds: float
    size: int
    picture: float | None = None
    work: float | None = None
    frames: float | None = None

    def __str__(self) -> str:
        picture, work = ("-" if s is None else f"{s:.2f} s" for s in (self.picture, self.work))
        frames = "-" if self.frames is None else f"{self.frames:.0f}"
        return f"{self.name:28} {self.seconds:7.2f} s {self.size / 1000:8.0f} kB {picture:>10} {work:>11} {frames:>5}"


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
        date = f"2025-{1 + number % 12:02}-11"
        text = " ".join(sentences) + f" {number}"
        paper = Document(text, f"{number}.txt", f"News {number}", f"Paper {number % 12}", date=date)
        documents[paper.id] = paper
        for (a, b), text in zip(pairs, sentences, strict=True):
            start = paper.text.index(text)
            evidence = Evidence(start, start + len(text), text)
            said = {"modality": draw.choice(MODALITIES), "confidence": draw.randrange(50, 100) / 100}
            ends = entities[a], draw.choice(RELATIONS), entities[b]
            claims.append(Claim(paper.id, paper.source, *ends, evidence, "bench", **said))
    return claims, documents


def draw_pair(draw: random.Random, size: int) -> tuple[int, int]:
    a = draw.randrange(size)
    near = min(size - 1, a // 25 * 25 + draw.randrange(25))
    b = near if draw.random() < 0.75 else int(size * draw.random() ** 4)
    return (a, b) if a != b else (a, (a + 1) % size)


def stock(path: Path, claims: list[Claim]) -> None:
    """The same graph as pyvis writes it by itself, in the one mode that opens without a network."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    for claim in claims:
        for entity in (claim.subject, claim.object):
            network.add_node(entity.id, label=entity.label)
        network.add_edge(claim.subject.id, claim.object.id, title=f"{claim.relation}: {claim.evidence.text}")
    path.write_text(network.generate_html(), encoding="utf-8")


def look(browser: Any, path: Path, *, ours: bool) -> tuple[float | None, float | None, float | None]:
    """Seconds to the first picture, of them work, and frames a second while it is dragged; None: no picture in time."""
    from playwright.sync_api import Error

    page = browser.new_page(viewport={"width": 1280, "height": 800})
    browser.start_tracing(page=page, categories=["disabled-by-default-devtools.timeline", "blink.user_timing"])
    traced = True
    try:
        page.goto(path.as_uri(), wait_until="commit")
        if ours:
            page.wait_for_selector(OURS_READY, state="attached", timeout=PATIENCE * 1000)
        else:
            page.wait_for_function(STOCK_PICTURE, timeout=PATIENCE * 1000, polling=100)
            page.evaluate("performance.mark('picture')")
        first = page.evaluate("performance.getEntriesByName('picture')[0].startTime") / 1000
        trace, traced = json.loads(browser.stop_tracing()), False
        return first, _work(trace["traceEvents"]), _frames(page, "#graph" if ours else "#mynetwork")
    except Error:
        return None, None, None
    finally:
        if traced:
            browser.stop_tracing()
        page.close()


def _work(events: list[dict[str, Any]]) -> float:
    """Seconds of a processor that the page's main thread took up to the mark of the first picture."""
    mark = next(e for e in events if e["name"] == "picture" and e["cat"] == "blink.user_timing")
    thread = (mark["pid"], mark["tid"])
    # A task that was under way when the trace ended has no length.
    tasks = (e for e in events if e["name"] == "RunTask" and (e["pid"], e["tid"]) == thread and "dur" in e)
    return float(sum(e.get("tdur", 0) for e in tasks if e["ts"] + e["dur"] <= mark["ts"])) / 1e6


def _frames(page: Any, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    left, top = box["x"] + box["width"] - 30, box["y"] + 30
    page.mouse.move(left, top)
    page.mouse.down()
    page.evaluate(f"() => {{ window.counted = ({FRAMES})(); }}")
    end = time.perf_counter() + 1.9
    step = 0
    while time.perf_counter() < end:
        step += 1
        page.mouse.move(left - step % 40 * 4, top + step % 30 * 3)
    frames = page.evaluate("() => window.counted")
    page.mouse.up()
    return float(frames)


def rows(size: int, folder: Path, browser: Any) -> Iterator[Row]:
    claims, documents = industry(size)
    ours, theirs = folder / f"{size}.html", folder / f"{size}-stock.html"
    start = time.perf_counter()
    report = write_html(ours, claims, documents, title="Benchmark")
    seconds = time.perf_counter() - start
    seen = look(browser, ours, ours=True) if browser else ()
    yield Row(f"{report.nodes} / {report.edges} ours", seconds, ours.stat().st_size, *seen)
    start = time.perf_counter()
    stock(theirs, claims)
    seconds = time.perf_counter() - start
    seen = look(browser, theirs, ours=False) if browser and size <= STOCK_UP_TO else ()
    yield Row(f"{report.nodes} / {len(claims)} stock pyvis", seconds, theirs.stat().st_size, *seen)


def main(arguments: list[str]) -> None:
    sizes = [int(argument) for argument in arguments if argument.isdigit()] or SIZES
    print(f"{'nodes / edges':28} {'written':>9} {'file':>11} {'picture':>10} {'of it work':>11} {'fps':>5}")
    with tempfile.TemporaryDirectory() as folder:
        if "--browser" not in arguments:
            for size in sizes:
                print(*rows(size, Path(folder), None), sep="\n", flush=True)
            return
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
            for size in sizes:
                print(*rows(size, Path(folder), browser), sep="\n", flush=True)
            browser.close()
    print(f"Load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")


if __name__ == "__main__":
    main(sys.argv[1:])
