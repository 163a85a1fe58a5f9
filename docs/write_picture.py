"""Writes docs/images/graph.png, the picture in the README: the page of the example documents, in Debian's chromium.

python docs/write_picture.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import chipgraph

ROOT = Path(__file__).parent.parent
CHROMIUM = "/usr/bin/chromium"
# One actor with its neighbours, and the sentences behind one of its edges.
STATE = "focus=stmicroelectronics&hops=1&edge=hua-hong~partnersWith~stmicroelectronics~fact"
SIZE = {"width": 1360, "height": 800}


def main() -> None:
    """Builds the examples and takes the picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chipgraph.build([ROOT / "examples" / "articles"], folder)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(f"{(Path(folder) / 'graph.html').as_uri()}#{STATE}")
        page.wait_for_selector("html[data-ready=true]", state="attached")
        page.wait_for_timeout(500)
        page.screenshot(path=ROOT / "docs" / "images" / "graph.png")
        browser.close()


if __name__ == "__main__":
    main()
