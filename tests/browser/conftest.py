"""Graphs of our own invention, three sizes, and a browser that reaches nothing but the file."""

from __future__ import annotations

import os
import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from extract.model import Claim, Document, Entity, Evidence, Modality, Observation, Polarity
from graph.view import ViewReport, write_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).resolve().parent.parent.parent
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

ENTITIES = {
    "hua-hong": ("Hua Hong Semiconductor", "Company"),
    "stmicroelectronics": ("STMicroelectronics", "Company"),
    "nordlicht": ("Nordlicht Halbleiter", "Company"),
    "brightwater": ("Brightwater Foundry", "Company"),
    "helvia": ("Helvia Instruments", "Company"),
    "tamar-group": ("Tamar Group", "Company"),
    "lowland-litho": ("Lowland Litho", "Company"),
    "china": ("China", "Country"),
    "netherlands": ("Netherlands", "Country"),
    "lens-export-rule": ("Lens export rule", "ExportControl"),
    "node-40nm": ("40 nm", "ProcessNode"),
    "mcu": ("Microcontroller", "ChipProduct"),
    "port-meridian-fab": ("Port Meridian fab", "Fab"),
    "ida-castell": ("Ida Castell", "Person"),
}

# (document, subject, relation, object, sentence, confidence, what else)
SAID = [
    (
        0,
        "stmicroelectronics",
        "partnersWith",
        "hua-hong",
        "{s} and {o} will build microcontrollers together.",
        0.94,
        {},
    ),
    (
        1,
        "hua-hong",
        "partnersWith",
        "stmicroelectronics",
        "The tie between {s} and {o} holds, both firms said.",
        0.9,
        {},
    ),
    (
        0,
        "hua-hong",
        "manufacturesFor",
        "stmicroelectronics",
        "{s} makes 40 nm wafers for {o}.",
        0.88,
        {"node": "node-40nm"},
    ),
    (0, "hua-hong", "usesNode", "node-40nm", "{s} runs a {o} line.", 0.91, {}),
    (0, "stmicroelectronics", "produces", "mcu", "{s} sells the {o} to carmakers.", 0.86, {}),
    (1, "nordlicht", "suppliesTo", "stmicroelectronics", "{s} ships power modules to {o}.", 0.82, {}),
    (1, "nordlicht", "competesWith", "helvia", "{s} and {o} court the same buyers.", 0.77, {}),
    (2, "netherlands", "imposes", "lens-export-rule", "{s} has put the {o} into force.", 0.93, {}),
    (2, "lens-export-rule", "restricts", "lowland-litho", "The {o} scanners fall under the {s}.", 0.84, {}),
    (2, "lens-export-rule", "restricts", "china", "The {s} is aimed at {o}.", 0.8, {}),
    (2, "lowland-litho", "suppliesTo", "hua-hong", "{s} supplies {o} with scanners.", 0.79, {}),
    (2, "lowland-litho", "headquarteredIn", "netherlands", "{s} is based in the {o}.", 0.95, {}),
    (
        3,
        "brightwater",
        "buildsFacility",
        "port-meridian-fab",
        "{s} wants to build the {o}.",
        0.7,
        {"modality": "planned"},
    ),
    (3, "tamar-group", "ownsStakeIn", "brightwater", "{s} holds a third of {o}.", 0.87, {"percent": "33"}),
    (
        3,
        "tamar-group",
        "acquires",
        "helvia",
        "{s} has not bought {o}, a spokesman said.",
        0.72,
        {"polarity": "negated"},
    ),
    (1, "tamar-group", "acquires", "helvia", "{s} might buy {o} next year.", 0.55, {"modality": "possible"}),
    (3, "brightwater", "suppliesTo", "helvia", "{s} makes sensor wafers that {o} buys.", 0.81, {}),
    (3, "ida-castell", "leads", "brightwater", "{s} leads {o}.", 0.97, {}),
    (3, "brightwater", "usesNode", "node-40nm", "{s} will offer {o} by 2028.", 0.66, {"modality": "forecast"}),
    (0, "hua-hong", "headquarteredIn", "china", "{s} is a foundry in {o}.", 0.96, {}),
    (
        2,
        "netherlands",
        "subsidises",
        "lowland-litho",
        "The {s} denied that it subsidises {o}.",
        0.6,
        {"modality": "denied"},
    ),
    (3, "helvia", "expandsIn", "netherlands", "{s} is adding staff in the {o}.", 0.83, {}),
]
PAPERS = [
    ("A foundry tie for small chips", "Harbour Wire", "2025-01-14"),
    ("Power modules and their buyers", "Silicon Ledger", "2025-02-03"),
    ("What the lens rule changes", "The Wafer Post", "2025-03-21"),
    ("Port Meridian waits for its fab", "Harbour Wire", "2025-04-09"),
]


SALES = (("2024", 4, False), ("2025", 5, False), ("2026", 6, True))


def entity(key: str) -> Entity:
    label, cls = ENTITIES[key]
    return Entity(key, label, cls, label)


def small() -> tuple[list[Claim | Observation], dict[str, Document]]:
    """The hand-made graph of 14 entities: every stance, parallel edges, numbers."""
    lines: dict[int, list[str]] = {}
    for paper, s, _, o, sentence, _, _ in SAID:
        lines.setdefault(paper, []).append(sentence.format(s=ENTITIES[s][0], o=ENTITIES[o][0]))
    lines[0].append("Hua Hong Semiconductor took in USD 2.0 billion in 2024.")
    papers = [
        Document(" ".join(lines[i]), f"paper-{i}.txt", title, publisher, date=date, url=f"https://example.org/{i}")
        for i, (title, publisher, date) in enumerate(PAPERS)
    ]
    statements: list[Claim | Observation] = [_said(papers[row[0]], row) for row in SAID]
    where = papers[0].text.index(lines[0][-1])
    statements.append(
        Observation(
            papers[0].id, papers[0].source, entity("hua-hong"), "revenue", 2_000_000_000, "USD 2.0 billion", "USD",
            Evidence(where, where + len(lines[0][-1]), lines[0][-1]), "demo", period="2024", confidence=0.9,
        )
    )  # fmt: skip
    statements += [_sales(papers[3], *row) for row in SALES]
    return statements, {paper.id: paper for paper in papers}


def _sales(paper: Document, period: str, billions: int, forecast: bool) -> Observation:
    about, printed = entity("brightwater"), f"USD {billions} billion"
    evidence = Evidence(0, len(paper.text), paper.text)
    return Observation(
        paper.id, paper.source, about, "revenue", billions * 10**9, printed, "USD", evidence, "demo",
        period=period, forecast=forecast, confidence=0.8,
    )  # fmt: skip


def _said(paper: Document, row: tuple[int, str, str, str, str, float, dict[str, str]]) -> Claim:
    _, s, relation, o, sentence, confidence, more = row
    text = sentence.format(s=ENTITIES[s][0], o=ENTITIES[o][0])
    start = paper.text.index(text)
    rest = {key: value for key, value in more.items() if key not in {"modality", "polarity"}}
    return Claim(
        paper.id, paper.source, entity(s), relation, entity(o), Evidence(start, start + len(text), text), "demo",
        Polarity(more.get("polarity", "affirmed")), Modality(more.get("modality", "asserted")),
        qualifiers=rest, confidence=confidence,
    )  # fmt: skip


RELATIONS = ("suppliesTo", "partnersWith", "competesWith", "ownsStakeIn", "investsIn", "produces", "restricts", "leads")
TYPES = ("Company", "Company", "Company", "Country", "ChipProduct", "ProcessNode", "ExportControl", "Fab", "Person")


def grown(count: int) -> tuple[list[Claim | Observation], dict[str, Document]]:
    """A random graph of a size, about 2.5 claims an entity, clustered, a few hubs; the same one every time."""
    random_ = random.Random(count)
    entities = [
        Entity(f"e{i}", f"{random_.choice(SYLLABLES)}{random_.choice(ENDINGS)} {i}", TYPES[i * 7 % 9])
        for i in range(count)
    ]
    documents: dict[str, Document] = {}
    statements: list[Claim | Observation] = []
    sources = [f"Paper {i}" for i in range(12)]
    for number in range(count * 5 // 2):
        a = number % count
        near = [(a // 25) * 25 + random_.randrange(25), random_.randrange(a + 1), int(count * random_.random() ** 4)]
        b = near[0] if random_.random() < 0.75 else random_.choice(near[1:])
        if a == b or b >= count:
            continue
        s, o = entities[a], entities[b]
        relation = random_.choice(RELATIONS)
        text = f"{s.label} has a tie of the kind {relation} with {o.label}, as papers of the week {number % 60} had it."
        paper = Document(
            text, f"doc-{number}", f"News {number}", random_.choice(sources), date=f"2025-0{1 + number % 9}-11"
        )
        documents[paper.id] = paper
        modality = Modality(random_.choice(["asserted"] * 9 + ["planned", "forecast", "possible"]))
        evidence = Evidence(0, len(text), text)
        statements.append(
            Claim(
                paper.id,
                paper.source,
                s,
                relation,
                o,
                evidence,
                "demo",
                modality=modality,
                confidence=round(0.5 + random_.random() / 2, 2),
            )
        )
    return statements, documents


SYLLABLES = ("Al", "Bor", "Cal", "Den", "Er", "Fal", "Gor", "Hel", "Is", "Jun", "Kor", "Lum", "Mar", "Nor", "Or", "Pel")
ENDINGS = ("tec", "vion", "sem", "chip", "nova", "wafer", "litho", "dyne", "core", "silica")

PAYLOADS = (
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    '"><img src=x onerror="window.pwned=1">',
    "{{ 7*7 }}<svg/onload=window.pwned=1>",
    "href='javascript:window.pwned=1'",
    "=1+1\u0007\u2028\ud800 end",
)


def hostile() -> tuple[list[Claim | Observation], dict[str, Document]]:
    """Every field of every type holds something that would like to run."""
    statements: list[Claim | Observation] = []
    documents: dict[str, Document] = {}
    for i, bad in enumerate(PAYLOADS):
        text = f"{bad} says {bad} {i}"
        paper = Document(text.encode("utf-8", "replace").decode(), bad, bad, bad, bad, bad, "javascript:window.pwned=1")
        documents[paper.id] = paper
        s, o = Entity(f"{bad}{i}", bad, bad, bad, (bad,)), Entity(f"o{bad}", f"{bad} o", bad, bad)
        evidence = Evidence(0, len(text), text)
        statements.append(
            Claim(paper.id, bad, s, "suppliesTo", o, evidence, bad, time=bad, attributed_to=o, qualifiers={bad: bad})
        )
        statements.append(Claim(paper.id, bad, s, bad, o, evidence, bad))
        statements.append(Observation(paper.id, bad, s, bad, 1, bad, bad, evidence, bad, bad, bad, bad, bad, bad))
    return statements, documents


def graph(size: int | str) -> tuple[list[Claim | Observation], dict[str, Document]]:
    if size == "hostile":
        return hostile()
    return small() if size == 12 else grown(int(size))


@pytest.fixture
def small_graph() -> tuple[list[Claim | Observation], dict[str, Document]]:
    """The hand-made graph."""
    return small()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's chromium, with every name resolving to nothing."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: install Debian's chromium")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int | str], tuple[Path, ViewReport]]:
    """The file of a size, written once a session."""

    @cache
    def write(size: int | str) -> tuple[Path, ViewReport]:
        path = tmp_path_factory.mktemp("view") / f"{size}.html"
        statements, documents = graph(size)
        title = PAYLOADS[1] if size == "hostile" else "A made-up industry"
        return path, write_html(path, statements, documents, title=title)

    return write


@pytest.fixture(scope="session")
def keep() -> Callable[[Any, str], None]:
    """Writes what a page shows under a name, for people to look at."""
    folder = Path(os.environ.get("CHIPGRAPH_SCREENSHOTS", ROOT / "output" / "screenshots"))

    def write(page: Any, name: str) -> None:
        page.screenshot(path=folder / f"{name}.png")

    return write


@pytest.fixture
def open_view(browser: Any, written: Callable[[int | str], tuple[Path, ViewReport]]) -> Iterator[Callable[..., Any]]:
    """Opens the view of a size; the page carries its report, its requests and what went wrong on it."""
    contexts = []

    def open_(size: int | str, state: str = "", *, scheme: str = "light", width: int = 1280, height: int = 800) -> Any:
        path, report = written(size)
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.report, page.requests, page.troubles = report, [], []
        page.links = [f"node={quote(f'{bad}{i}')}" for i, bad in enumerate(PAYLOADS[:5])]
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.goto(f"{path.as_uri()}#{state}")
        page.wait_for_selector("html[data-ready=true]", state="attached", timeout=20_000)
        page.wait_for_timeout(150)
        return page

    yield open_
    for context in contexts:
        context.close()
