"""The view inside a notebook's page, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pixels import PIXELS

from graph.example import knowledge

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser

# What VS Code, where it is told to, lets the outputs of notebooks do; a frame inside has to keep to it too.
NOTEBOOK_POLICY = (
    "default-src 'none'; script-src https: 'unsafe-inline' 'unsafe-eval'; style-src https: 'unsafe-inline'; "
    "img-src https: http: data:; font-src https:; connect-src https:; child-src https: data:"
)


@pytest.mark.parametrize(
    ("policy", "body", "theme"),
    [
        ("", 'data-jp-theme-light="false"', "dark"),
        ("", 'data-jp-theme-light="true"', "light"),
        (NOTEBOOK_POLICY, 'class="vscode-dark"', "dark"),
    ],
)
def test_a_notebook_cell_shows_the_view_in_the_theme_around_it(
    browser: Any, tmp_path: Path, policy: str, body: str, theme: str
) -> None:
    cell = tmp_path / "cell.html"
    head = f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{policy}">'
    cell.write_text(f"{head}<body {body}>{knowledge().subgraph('Hua Hong')._repr_html_()}</body>", encoding="utf-8")
    page = browser.new_page(viewport={"width": 900, "height": 700}, color_scheme="null")
    page.goto(cell.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator(f"html[data-ready=true][data-theme={theme}]").wait_for(state="attached", timeout=20_000)
    assert "4 entities" in frame.locator("#status").inner_text()
    assert frame.locator("#graph canvas").evaluate(PIXELS.replace("() =>", "(_) =>")) >= 0.005
    # Two columns in what a notebook has room for; the filters come up on request.
    assert frame.locator("#panel").is_visible()
    assert not frame.locator("#facets").is_visible()
    frame.get_by_role("button", name="Filters").click()
    assert frame.locator("#facets").is_visible()
    page.close()


def test_a_notebook_that_nobody_trusts_says_what_is_missing(browser: Any) -> None:
    page = browser.new_page()
    page.set_content(knowledge().subgraph("Hua Hong")._repr_html_())
    assert not page.locator(".chipgraph-note").is_visible()
    page.evaluate("document.querySelectorAll('style, iframe').forEach((dropped) => dropped.remove())")
    assert "Hua Hong Semiconductor, 3 claims" in page.locator(".chipgraph-note").inner_text()
    page.close()
