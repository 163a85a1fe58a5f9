"""The view without a mouse and without sight of its picture: what keys reach, and what a screen reader is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser
SPOKEN = {"button", "link", "checkbox", "combobox", "slider", "image", "option", "menuitem", "columnheader", "dialog"}


def focused(page: Any) -> str:
    """The name of what has the focus, as it is read out."""
    return str(page.evaluate("(() => { const e = document.activeElement; return e.ariaLabel || e.innerText; })()"))


def tree(page: Any) -> list[tuple[str, str]]:
    """Roles and names of all that a screen reader meets."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    known = (node for node in nodes if not node["ignored"] and "role" in node)
    return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in known]


def test_the_first_stop_skips_the_picture_and_a_relation_is_read_from_the_table(open_view: Callable[..., Any]) -> None:
    page = open_view(12)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip the picture: show the table"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "table"
    for _ in range(100):
        page.keyboard.press("Tab")
        if focused(page) == "partners with":
            break
    page.keyboard.press("Enter")
    assert page.locator("#panel blockquote").count() == 2
    page.keyboard.press("Escape")
    assert page.locator("#panel blockquote").count() == 0


def test_focus_path_pin_hide_filter_and_export_need_no_mouse(open_view: Callable[..., Any]) -> None:
    page = open_view(12)
    page.keyboard.type("/tamar")
    page.keyboard.press("Enter")
    page.keyboard.press("p")
    assert "1 pinned" in page.locator("#chips").inner_text()
    page.locator("#panel").get_by_role("button", name="Path to…").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("China")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == "Tamar Group to China"
    page.keyboard.press("r")
    box = page.locator(".facet-stance li", has_text="Negated").locator("input")
    box.focus()
    page.keyboard.press(" ")
    assert not box.is_checked()
    # The panel was made anew; the focus is where it was.
    assert page.evaluate("document.activeElement.dataset.key") == "stance/negated"
    page.locator("#export").focus()
    page.keyboard.press("Enter")
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="CSV").press("Enter")
    assert download.value.suggested_filename.endswith(".csv")


@pytest.mark.parametrize(
    "state",
    ["", "node=brightwater", "edge=tamar-group~acquires~helvia~negated", "view=table", "view=timeline", "view=matrix"],
)
def test_all_that_is_spoken_has_a_name(open_view: Callable[..., Any], state: str) -> None:
    page = open_view(12, state)
    met = tree(page)
    assert [role for role, name in met if role in SPOKEN and not name.strip()] == []
    assert ("checkbox", "Companies") in met
    if "view=" not in state:
        assert ("image", "Picture of 14 entities and 21 relations; the table view holds the same.") in met


BANNER = """
- banner:
  - heading "A made-up industry" [level=1]
  - search:
    - combobox "Find by any name"
  - group "View":
    - button "Graph"
    - button "Table" [pressed]
    - button "Timeline"
    - button "Matrix"
  - button "Export"
"""
FIRST_ROW = """
- table:
  - rowgroup:
    - row:
      - columnheader "Subject"
      - columnheader "Relation"
      - columnheader "Object"
      - columnheader "Sentence"
"""


def test_a_screen_reader_meets_the_parts_in_their_order(open_view: Callable[..., Any]) -> None:
    expect = pytest.importorskip("playwright.sync_api").expect
    page = open_view(12, "view=table&off-kind=country")
    expect(page.locator("body")).to_match_aria_snapshot(BANNER)
    expect(page.locator("#table")).to_match_aria_snapshot(FIRST_ROW)
    met = set(tree(page))
    assert {("complementary", "Filters and legend"), ("complementary", "Details and evidence")} <= met
    assert {("region", "Graph and table"), ("group", "Active filters"), ("group", "View")} <= met


def test_each_choice_says_how_much_it_would_leave(open_view: Callable[..., Any]) -> None:
    page = open_view(12)
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    said = {
        n["name"]["value"]: n.get("description", {}).get("value") for n in nodes if n["role"]["value"] == "checkbox"
    }
    assert said["Companies"] == "7"


def test_what_changes_is_said(open_view: Callable[..., Any]) -> None:
    page = open_view(12)
    assert page.locator("#status").get_attribute("role") == "status"
    page.keyboard.press("?")
    assert ("dialog", "Help") in tree(page)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body || document.activeElement.id === 'help'")
