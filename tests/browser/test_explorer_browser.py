"""The explorer in a real browser: what an analyst sees and does, with hostile data and nothing from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from serving import serving

from extract.model import Claim, Document, Entity, Evidence, Observation
from graph.build import Builder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser
BAD = "</script><img src=x onerror=window.pwned=1>"
LINES = (
    "Aster Fab supplies Elm Motors.",
    f"Cedar Gas supplies Aster Fab {BAD}.",
    "Revenue rose from $1 billion to $2 billion.",
)
WHY = {"found by": "rule", "places": "subject 0-9; trigger 10-18; object 19-29"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("starlette", reason="needs chipgraph[serve]")
    folder = tmp_path_factory.mktemp("explorer")
    fill(folder / "output")
    with serving(folder / "output", folder / "log") as served:
        yield served.url


def fill(folder: Path) -> None:
    text = " ".join(LINES)
    paper = Document(text, "market.txt", f"A market {BAD}", "Chip Gazette", None, "2025-03-01")
    aster = Entity("aster-fab", "Aster Fab", "Company", "Aster Fab", ("紫苑半导体",))
    elm = Entity("elm-motors", "Elm Motors", "Company", "Elm Motors")
    cedar = Entity("cedar-gas", f"Cedar Gas {BAD}", "Company", "Cedar Gas")
    quotes = [Evidence(text.index(line), text.index(line) + len(line), line) for line in LINES]
    said = (paper.id, paper.source)
    with Builder(folder) as builder:
        builder.add(
            paper,
            [
                Claim(*said, aster, "suppliesTo", elm, quotes[0], "example", time="2024", confidence=0.9, reasons=WHY),
                Claim(*said, cedar, "suppliesTo", aster, quotes[1], "example", confidence=0.8),
                *(
                    Observation(
                        *said, aster, "revenue", n * 10**9, f"${n} billion", "USD", quotes[2], "example", period=p
                    )
                    for n, p in ((1, "2023"), (2, "2024"))
                ),
            ],
        )


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    contexts = []

    def open_(path: str, scheme: str = "light") -> Any:
        context = browser.new_context(viewport={"width": 1100, "height": 800}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.requests, page.troubles = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.goto(address + path)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    "path", ["/", "/entity/aster-fab", "/documents", "/sources", "/compare?a=aster-fab&b=cedar-gas", "/query"]
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_need_nothing_from_elsewhere_and_run_nothing_of_documents(visit, address, path, scheme):
    page = visit(path, scheme)
    page.wait_for_load_state("networkidle")
    assert page.troubles == []
    assert page.evaluate("window.pwned") is None
    assert {url.split("/")[2] for url in page.requests if not url.startswith("data:")} == {address.split("/")[2]}
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert dark == (scheme == "dark")


def test_pages_fit_a_telephone(visit, address):
    page = visit("/")
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ("/", "/entity/aster-fab", "/sources", "/compare?a=aster-fab&b=elm-motors", "/query", "/documents"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, path


def test_searches_as_you_type_by_keyboard_alone(visit):
    page = visit("/")
    page.keyboard.press("/")
    page.keyboard.type("紫苑")
    page.wait_for_selector("#found li")
    assert page.get_by_role("status").inner_text() == "1 found"
    page.keyboard.press("ArrowDown")
    assert page.locator("#search").get_attribute("aria-activedescendant") == "found-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/entity/aster-fab")
    assert page.locator("h1").inner_text() == "Aster Fab"


def test_an_entity_shows_relations_with_sentences_numbers_and_neighbours(visit):
    page = visit("/entity/aster-fab")
    assert page.locator("h3").all_inner_texts() == ["is a customer of 1", "supplies 1"]
    page.locator("summary").last.click()
    assert page.locator("blockquote p").last.inner_text() == LINES[0]
    assert page.locator("svg circle title").all_text_contents() == ["2023: $1 billion", "2024: $2 billion"]
    frame = page.frame_locator("iframe")
    page.locator("iframe").scroll_into_view_if_needed()
    frame.locator("html[data-ready=true]").wait_for(state="attached", timeout=20_000)
    assert frame.locator("canvas").count() > 0


def test_a_comparison_says_which_way_a_relation_reads(visit):
    page = visit("/compare?a=aster-fab&b=elm-motors")
    assert page.locator(".compared tr").all_inner_texts() == [
        "\tAster Fab\tElm Motors",
        "is a\tcompany\tcompany",
        "How many claims, those that negate it too",
        "is a customer of\t1\t1",
        "supplies\t1\t–",
    ]


def test_a_document_has_its_claims_marked_in_its_text(visit):
    page = visit("/documents")
    page.locator("main li a").first.click()
    page.wait_for_url("**/document/*")
    assert page.locator("article").inner_text() == " ".join(LINES)
    assert page.locator("mark").all_inner_texts() == list(LINES)
    names = page.locator("mark a.name")
    assert names.all_inner_texts() == ["Aster Fab", "Elm Motors"]
    assert names.last.get_attribute("href") == "/entity/elm-motors"
    page.locator("mark a:not(.name)").first.click()
    page.wait_for_url("**/statement/*")
    assert page.locator("blockquote p").inner_text() == LINES[0]


ROWS = ["cr:aster-fab", "cr:aster-fab", "cr:cedar-gas", "cr:elm-motors"]


def test_asks_sparql_in_an_editor_and_says_what_is_wrong(visit):
    page = visit("/query")
    editor = page.get_by_role("textbox", name="Query")
    assert editor.evaluate("node => node.classList.contains('cm-content')")
    editor.press("Control+Enter")
    page.wait_for_selector("#answer table")
    assert sorted(page.locator("#answer td").all_inner_texts()) == ROWS
    editor.fill("SELECT ?x { ?x ck:supp")
    page.wait_for_timeout(300)
    editor.press("End")
    editor.press("Control+ ")
    page.locator(".cm-tooltip-autocomplete", has_text="ck:suppliesTo").wait_for()
    editor.press("Escape")
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("alert").filter(has_text="cannot be read").wait_for()
    assert page.locator("#answer table").count() == 0
    assert editor.inner_text().startswith("SELECT ?x { ?x ck:supp")
    # Beside the refusal: Chromium wants to keep the colour of a word that was deleted, and the policy lets it not.
    assert [t for t in page.troubles if "400" not in t and "inline style" not in t] == []


def test_named_queries_are_examples_that_can_be_asked(visit):
    page = visit("/query")
    page.get_by_label("Example").select_option("customers-of")
    page.get_by_role("button", name="Load").click()
    page.get_by_text("Facts of supply that lead from an actor").wait_for()
    page.get_by_role("button", name="Ask").click()
    page.wait_for_selector("#answer table")
    assert "customer_label" in page.locator("#answer th").all_inner_texts()
    assert page.get_by_label("Example").input_value() == "customers-of"
    assert page.locator("nav [aria-current=page]").inner_text() == "SPARQL"


def test_sparql_is_asked_without_scripts_too(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/query")
    page.get_by_role("textbox", name="Query").fill("SELECT * { ?s ck:suppliesTo ?o }")
    page.get_by_role("button", name="Ask").click()
    assert sorted(page.locator("#answer td").all_inner_texts()) == ROWS
    context.close()
