"""The view in a real browser: what an analyst sees and does, with no network and hostile data."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.browser

PIXELS = """() => {
  const canvas = document.querySelector('#graph canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let drawn = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) drawn += 1;
  return drawn / (canvas.width * canvas.height);
}"""


def rows(page: Any) -> int:
    return int(page.locator("#table tbody tr").count())


def status(page: Any) -> str:
    return str(page.locator("#status").inner_text())


@pytest.mark.parametrize("size", [12, 150, 1000])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_draws_offline_without_errors(open_view: Callable[..., Any], size: int, scheme: str) -> None:
    page = open_view(size, scheme=scheme)
    assert page.evaluate(PIXELS) >= 0.005
    assert page.troubles == []
    assert len(page.requests) == 1


@pytest.mark.parametrize("size", [12, 150, 1000])
def test_table_holds_every_edge(open_view: Callable[..., Any], size: int) -> None:
    page = open_view(size)
    page.click("#as-table")
    assert rows(page) == page.report.edges
    page.get_by_role("button", name="Entities").click()
    assert rows(page) == page.report.nodes


def test_finds_by_native_name_and_shows_facts(open_view: Callable[..., Any]) -> None:
    page = open_view(12)
    page.keyboard.press("/")
    page.keyboard.type("华虹")
    page.keyboard.press("Enter")
    assert page.locator("#panel .title").inner_text() == "Hua Hong Semiconductor"
    assert page.locator("#panel .names").inner_text().count("·") >= 2
    page.locator("#panel summary").click()
    assert "USD 2.0 billion" in page.locator("#panel details blockquote").inner_text()


def test_edge_shows_each_sentence_with_both_names_marked(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "edge=hua-hong~partnersWith~stmicroelectronics~fact")
    assert "Reported by 2 sources in 2 documents" in page.locator("#panel").inner_text()
    quotes = page.locator("#panel blockquote")
    assert quotes.count() == 2
    assert page.locator("#panel mark").all_inner_texts().count("Hua Hong Semiconductor") == 2
    assert page.locator("#panel .evidence a").first.get_attribute("href") == "https://example.org/0"


def test_focus_undo_and_steps(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "node=helvia")
    page.get_by_role("button", name="Focus", exact=True).click()
    one = status(page)
    page.get_by_role("button", name="2 steps").click()
    two = status(page)
    assert int(one.split()[0]) < int(two.split()[0]) < 14
    page.keyboard.press("u")
    assert status(page) == one
    page.keyboard.press("u")
    assert status(page).startswith("14 of 14")


def test_path_between_two(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "node=ida-castell")
    page.get_by_role("button", name="Path to…").click()
    page.keyboard.type("China")
    page.keyboard.press("Enter")
    steps = page.locator("#panel .step")
    assert steps.count() == 4
    assert all(text.strip() for text in page.locator("#panel .step blockquote").all_inner_texts())


def test_escape_steps_back_from_path_to_focus_to_all(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "focus=brightwater&hops=1&path=ida-castell&path=china")
    assert page.locator("#panel .step").count() == 4
    page.keyboard.press("Escape")
    assert "Brightwater Foundry" in page.locator("#chips").inner_text()
    page.keyboard.press("Escape")
    assert status(page).startswith("14 of 14")


def test_facets_filter_and_count(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "view=table")
    before = rows(page)
    page.locator(".facet-stance li", has_text="Negated").locator("input").uncheck()
    assert rows(page) == before - 1
    assert "20 of 21 relations shown" in status(page)
    page.locator(".facet-family li", has_text="Ownership").locator("input").uncheck()
    left = rows(page)
    assert left == before - 3
    assert page.locator(".facet-family li", has_text="Ownership").locator(".count").inner_text() == "2"
    page.get_by_role("button", name="Reset").click()
    assert rows(page) == before


def test_hide_is_counted_and_undone(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "node=ida-castell")
    page.get_by_role("button", name="Hide").click()
    assert status(page).startswith("13 of 14")
    assert "1 hidden" in page.locator("#chips").inner_text()
    page.keyboard.press("u")
    assert status(page).startswith("14 of 14")


def test_deep_link_brings_the_view_back(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "node=hua-hong")
    page.get_by_role("button", name="Focus", exact=True).click()
    page.locator(".facet-stance li", has_text="Forecast").locator("input").uncheck()
    link, seen = page.url, status(page)
    again = open_view(12, link.split("#", 1)[1])
    assert status(again) == seen
    assert again.locator("#panel .title").inner_text() == "Hua Hong Semiconductor"


def test_theme_switch_repaints(open_view: Callable[..., Any]) -> None:
    page = open_view(12, scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def exported(page: Any, label: str) -> Path:
    page.click("#export")
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=label).click()
    return download.value.path()  # type: ignore[no-any-return]


def test_exports_hold_what_is_shown(open_view: Callable[..., Any]) -> None:
    page = open_view(12)
    table = list(csv.DictReader(io.StringIO(exported(page, "CSV").read_text("utf-8-sig"))))
    assert len(table) == 21
    assert {row["stance"] for row in table} == {"fact", "planned", "forecast", "possible", "denied", "negated"}
    graph = nx.parse_graphml(exported(page, "GraphML").read_text("utf-8"), force_multigraph=True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (14, 21)
    drawing = ET.fromstring(exported(page, "SVG").read_text("utf-8"))
    assert len(drawing.findall(".//{*}title")) == 14
    assert exported(page, "PNG").read_bytes().startswith(b"\x89PNG")


def test_hostile_texts_stay_texts(open_view: Callable[..., Any]) -> None:
    page = open_view("hostile")
    for state in ("", "view=table", *page.links):
        page.goto(f"{page.url.split('#')[0]}#{state}")
        page.wait_for_timeout(60)
    page.keyboard.press("/")
    page.keyboard.type("<")
    for label in ("CSV", "GraphML", "SVG"):
        page.keyboard.press("Escape")
        text = exported(page, label).read_text("utf-8-sig")
        assert "<script" not in text or label == "CSV"
        if label != "CSV":
            ET.fromstring(text)
    assert page.evaluate("typeof window.pwned") == "undefined"
    assert page.locator('a[href^="javascript:"]').count() == 0
    assert page.troubles == []


def test_phone_opens_evidence_as_a_sheet(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "edge=tamar-group~acquires~helvia~negated", width=390, height=844)
    assert not page.locator("#panel blockquote").first.is_visible()
    page.get_by_role("button", name="Details").click()
    assert page.locator("#panel blockquote").first.is_visible()
    assert "Also said otherwise" in page.locator("#panel h3").all_text_contents()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_every_control_has_a_name(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "node=hua-hong")
    unnamed = page.evaluate(
        "() => [...document.querySelectorAll('button, input, a')].filter(e => !(e.getAttribute('aria-label')"
        " || e.textContent.trim() || e.labels?.[0]?.textContent.trim())).map(e => e.outerHTML)"
    )
    assert unnamed == []


def test_large_graph_opens_on_its_groups(open_view: Callable[..., Any]) -> None:
    page = open_view(3200)
    assert "groups: 3,2" in status(page)
    assert page.evaluate(PIXELS) >= 0.005
    page.goto(f"{page.url.split('#')[0]}#group=0")
    page.locator("#chips").get_by_text("Group 1").wait_for(timeout=5000)
    assert "groups:" not in status(page)
    assert page.troubles == []
