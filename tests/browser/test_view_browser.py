"""The view in a real browser: what an analyst sees and does, with no network and hostile data."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
import rdflib
from exports import exported
from pixels import PIXELS

from graph.view import remember, write_html

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graph.view import ViewReport

pytestmark = pytest.mark.browser

# Keeps what is on the canvas when the page says that its first picture is there.
AT_FIRST_PICTURE = """
const canvas = () => document.querySelector('#graph canvas');
const pixels = () => canvas().getContext('2d').getImageData(0, 0, canvas().width, canvas().height).data;
const mark = performance.mark.bind(performance);
performance.mark = (name) => { window.early = { loaded: typeof vis, pixels: pixels() }; return mark(name); };
window.changed = () => pixels().filter((value, i) => Math.abs(value - window.early.pixels[i]) > 8).length;
"""


def rows(page: Any) -> int:
    return int(page.locator("#table tbody tr").count())


def all_rows(page: Any) -> int:
    while page.locator("#table > .more").count():
        page.locator("#table > .more").click()
    return rows(page)


def status(page: Any) -> str:
    return str(page.locator("#status").inner_text())


@pytest.mark.parametrize("size", [12, 150, 1000])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_draws_offline_without_errors(
    open_view: Callable[..., Any], keep: Callable[[Any, str], None], size: int, scheme: str
) -> None:
    page = open_view(size, scheme=scheme)
    keep(page, f"graph-{size}-{scheme}")
    assert page.evaluate(PIXELS) >= 0.005
    assert page.troubles == []
    assert len(page.requests) == 1


@pytest.mark.parametrize("size", [12, 1000])
def test_the_first_picture_comes_before_the_library_and_stays_as_it_is(
    browser: Any, written: Callable[..., tuple[Path, ViewReport]], size: int
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script(AT_FIRST_PICTURE)
    page.goto(written(size)[0].as_uri())
    page.wait_for_selector("html[data-ready=true]", state="attached", timeout=20_000)
    page.wait_for_timeout(300)
    assert page.evaluate("window.early.loaded") == "undefined"
    assert page.evaluate("typeof vis") == "object"
    assert page.evaluate(PIXELS) >= 0.005
    assert page.evaluate("window.changed()") == 0
    page.close()


@pytest.mark.parametrize("size", [12, 150, 1000])
def test_table_holds_every_edge(open_view: Callable[..., Any], size: int) -> None:
    page = open_view(size, "view=table")
    assert all_rows(page) == page.report.edges
    page.locator(".tabs button", has_text="Entities").click()
    assert all_rows(page) == page.report.nodes


def test_finds_by_native_name_and_shows_facts(open_view: Callable[..., Any]) -> None:
    page = open_view(12)
    page.keyboard.press("/")
    page.keyboard.type("华虹")
    page.keyboard.press("Enter")
    assert page.locator("#panel .title").inner_text() == "Hua Hong Semiconductor"
    assert page.locator("#panel .names").inner_text().count("·") >= 2
    page.locator("#panel summary").click()
    assert "USD 2.0 billion" in page.locator("#panel details blockquote").inner_text()


def test_edge_shows_each_sentence_with_both_names_marked(
    open_view: Callable[..., Any], keep: Callable[[Any, str], None]
) -> None:
    page = open_view(12, "edge=hua-hong~partnersWith~stmicroelectronics~fact")
    keep(page, "evidence")
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


def test_hostile_texts_stay_texts(open_view: Callable[..., Any]) -> None:
    page = open_view("hostile")
    for state in ("", "view=table", "view=timeline", "view=matrix", *page.links):
        page.goto(f"{page.url.split('#')[0]}#{state}")
        page.wait_for_timeout(60)
    page.keyboard.press("/")
    page.keyboard.type("<")
    for label in ("CSV", "GraphML", "GEXF", "SVG", "Turtle"):
        page.keyboard.press("Escape")
        text = exported(page, label).read_text("utf-8-sig")
        assert "<script" not in text or label in {"CSV", "Turtle"}
        if label == "Turtle":
            assert len(rdflib.Graph().parse(data=text, format="turtle")) > 50
        elif label != "CSV":
            ET.fromstring(text)
    assert page.evaluate("typeof window.pwned") == "undefined"
    assert page.locator('a[href^="javascript:"]').count() == 0
    assert page.troubles == []


def test_phone_opens_evidence_as_a_sheet(open_view: Callable[..., Any], keep: Callable[[Any, str], None]) -> None:
    page = open_view(12, "edge=tamar-group~acquires~helvia~negated", width=390, height=844)
    assert not page.locator("#panel blockquote").first.is_visible()
    page.get_by_role("button", name="Details").click()
    keep(page, "evidence-phone")
    assert page.locator("#panel blockquote").first.is_visible()
    assert "Also said otherwise" in page.locator("#panel h3").all_text_contents()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("view", ["graph", "table", "timeline", "matrix"])
def test_every_control_has_a_name_and_a_place_in_the_order_of_keys(
    open_view: Callable[..., Any], keep: Callable[[Any, str], None], view: str
) -> None:
    page = open_view(12, f"node=hua-hong&view={view}")
    keep(page, f"{view}-actor")
    unnamed = page.evaluate(
        "() => [...document.querySelectorAll('button, input, a, [role=button]')]"
        ".filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.[0]?.textContent.trim()))"
        ".map(e => e.outerHTML)"
    )
    assert unnamed == []
    assert page.locator("button[tabindex='-1'], a[tabindex='-1'], [role=button]:not([tabindex])").count() == 0
    assert page.evaluate(f"document.querySelector('#as-{view}').getAttribute('aria-pressed')") == "true"


def test_large_graph_opens_on_its_groups(open_view: Callable[..., Any], keep: Callable[[Any, str], None]) -> None:
    page = open_view(3200)
    keep(page, "groups")
    assert "3,200 of 3,200 entities" in status(page)
    assert page.evaluate(PIXELS) >= 0.005
    groups = int(status(page).split()[1])
    page.locator("#panel .entity").first.click()
    page.locator("#chips").get_by_text("Open:").wait_for(timeout=5000)
    keep(page, "groups-one-open")
    assert status(page).startswith(f"Drawn: {groups - 1} of ")
    assert "and 1" in status(page) or "entities, the strongest" in status(page)
    page.locator("#chips").get_by_text("Open:").click()
    assert status(page).startswith(f"Drawn: {groups} of ")
    assert page.troubles == []


@pytest.mark.parametrize("width", [390, 700, 1280])
def test_groups_keep_clear_of_each_other_and_of_the_edges(open_view: Callable[..., Any], width: int) -> None:
    page = open_view(3200, width=width, height=844)
    drawing = ET.fromstring(exported(page, "SVG").read_text("utf-8"))
    discs = [tuple(float(each.attrib[key]) for key in ("cx", "cy", "r")) for each in drawing.findall(".//{*}circle")]
    assert len(discs) >= 12
    assert status(page).startswith(f"Drawn: {len(discs)} of ")
    assert min(math.dist(a[:2], b[:2]) - a[2] - b[2] for a, b in combinations(discs, 2)) > 0
    assert all(r < x < float(drawing.attrib["width"]) - r for x, _, r in discs)
    assert all(r < y < float(drawing.attrib["height"]) - r for _, y, r in discs)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390), (1280, 800)])
def test_the_picture_takes_the_shape_of_its_canvas(open_view: Callable[..., Any], width: int, height: int) -> None:
    page = open_view(1000, width=width, height=height)
    drawing = ET.fromstring(exported(page, "SVG").read_text("utf-8"))
    moves = [each.attrib["transform"] for each in drawing.findall(".//{*}path") if each.find("{*}title") is not None]
    spots = [tuple(map(float, move.split("(")[1].split(")")[0].split())) for move in moves]
    assert len(spots) == page.report.nodes
    for axis, side in enumerate(("width", "height")):
        taken = max(s[axis] for s in spots) - min(s[axis] for s in spots)
        assert 0.5 < taken / float(drawing.attrib[side]) < 1


def test_timeline_lists_all_statements_and_a_bar_picks_its_month(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "view=timeline")
    events = page.locator("#timeline .events li")
    assert events.count() == 22
    times = page.locator("#timeline time").all_inner_texts()
    assert times == sorted(times, reverse=True)
    bar = page.locator("#timeline [data-bin='2025-03']")
    assert "6 statements" in bar.get_attribute("aria-label")
    bar.focus()
    page.keyboard.press("Enter")
    assert events.count() == 6
    assert set(page.locator("#timeline time").all_inner_texts()) == {"2025-03-21"}
    events.first.locator("button").click()
    assert page.locator("#panel blockquote").count() >= 1


def test_matrix_cells_hold_every_relation(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "view=matrix")
    ties = page.locator("#matrix .tie")
    assert sum(map(int, ties.all_inner_texts())) == page.report.edges
    assert page.locator("#matrix th[scope=row]").count() == 14
    page.locator("#matrix .tie", has_text="2").first.click()
    assert page.locator("#panel .step").count() == 2
    assert "pair=" in page.url


def test_years_sources_and_business_models_filter_with_counts(open_view: Callable[..., Any]) -> None:
    page = open_view(12)
    assert page.locator(".facet-publisher li").count() == 3
    page.locator(".facet-publisher li", has_text="Harbour Wire").locator(".only").click(force=True)
    shown = int(status(page).split(" · ")[1].split()[0])
    assert 0 < shown < 21
    assert page.locator(".facet-publisher li", has_text="Wafer Post").locator(".count").inner_text() != "0"
    page.keyboard.press("r")
    page.locator(".facet-business li", has_text="foundry").locator("input").uncheck()
    assert status(page).startswith("13 of 14")


def test_what_is_pinned_stays_whatever_else_goes(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "node=china")
    page.keyboard.press("p")
    assert "1 pinned" in page.locator("#chips").inner_text()
    page.locator(".facet-kind li", has_text="Countries").locator("input").uncheck()
    assert status(page).startswith("13 of 14")
    again = open_view(12, page.url.split("#", 1)[1] + "&focus=ida-castell&hops=1")
    assert status(again).startswith("3 of 14")


def test_dragging_is_kept_in_the_link_and_undone(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "node=helvia")
    page.keyboard.press("Escape")
    where = "() => { const d = document.querySelector('#graph').getBoundingClientRect(); return [d.x, d.y]; }"
    left, top = page.evaluate(where)
    svg = ET.fromstring(exported(page, "SVG").read_text("utf-8"))
    spot = next(
        s for s in svg.findall(".//{*}path") if (t := s.find("{*}title")) is not None and t.text == "Ida Castell"
    )
    x, y = map(float, spot.attrib["transform"].split("(")[1].split(")")[0].split())
    page.mouse.move(left + x, top + y)
    page.mouse.down()
    page.mouse.move(left + x - 60, top + y + 40, steps=4)
    page.mouse.up()
    page.wait_for_timeout(100)
    assert "ida-castell" in page.url
    assert "1 moved" in page.locator("#chips").inner_text()
    page.keyboard.press("u")
    assert "moved" not in page.locator("#chips").inner_text()
    page.keyboard.press("y")
    assert "1 moved" in page.locator("#chips").inner_text()


def test_numbers_of_several_years_become_a_chart(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "node=brightwater")
    heights = page.locator("#panel .chart rect.bar").evaluate_all(
        "bars => bars.map(b => b.getBoundingClientRect().height)"
    )
    assert len(heights) == 3
    assert 10 < heights[0] < heights[1] < heights[2]
    assert page.locator("#panel .chart rect.forecast").count() == 1
    assert "2026 USD 6 billion (forecast)" in page.locator("#panel .chart svg").get_attribute("aria-label")


def test_a_longer_way_is_shown_on_request(open_view: Callable[..., Any]) -> None:
    page = open_view(12, "path=hua-hong&path=helvia")
    few = page.locator("#panel .step").count()
    page.get_by_role("button", name="One step longer too").click()
    assert page.locator("#panel .step").count() > few
    assert "detour=1" in page.url


def test_what_is_new_since_the_last_build_is_listed_and_filtered(
    browser: Any, small_graph: tuple[list[Any], dict[str, Any]], tmp_path: Path
) -> None:
    statements, documents = small_graph
    path = tmp_path / "graph.html"
    write_html(path, statements[:-6], documents, title="Before")
    report = write_html(path, statements, documents, title="After", earlier=remember(path))
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=true]", state="attached")
    listed = page.locator("#panel section", has_text="New since the last build").locator("li")
    new = listed.count()
    assert 0 < new < report.edges
    page.locator(".facet-novelty li", has_text="Known before").locator("input").uncheck()
    assert f"{new} of {report.edges} relations" in status(page)
    page.close()


def test_a_thousand_entities_with_their_evidence_take_less_than_a_megabyte(
    written: Callable[[int], tuple[Path, ViewReport]],
) -> None:
    path, report = written(1000)
    assert report.edges > 2400
    assert path.stat().st_size < 1_000_000
