"""Screenshots of the view to look at: three sizes, light and dark, desktop and phone. CI keeps them as files.

python benchmarks/shoot_view.py FOLDER [SIZE ...]
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from bench_view import ARGUMENTS, CHROMIUM, OURS_READY, industry

from graph.view import write_html

SIZES = (60, 1000, 10_000)
SCREENS = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
VIEWS = ("graph", "table", "timeline", "matrix")


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    sizes = [int(argument) for argument in arguments[1:]] or SIZES
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        for size in sizes:
            page_file = folder / f"{size}.html"
            write_html(page_file, *industry(size), title="A made-up industry")
            for scheme, screen, view in product(("light", "dark"), SCREENS, VIEWS):
                page = browser.new_page(viewport=SCREENS[screen], color_scheme=scheme)
                page.goto(f"{page_file.resolve().as_uri()}#view={view}")
                page.wait_for_selector(OURS_READY, state="attached")
                page.wait_for_timeout(300)
                page.screenshot(path=folder / f"{size}-{scheme}-{screen}-{view}.png")
                page.close()
            page_file.unlink()
        browser.close()
    print(f"Wrote {len(list(folder.glob('*.png')))} pictures into {folder}.")


if __name__ == "__main__":
    main(sys.argv[1:])
