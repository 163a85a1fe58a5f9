from __future__ import annotations

import importlib.util

from graph.catalogue import queries


def test_the_page_is_what_the_headers_say(root):
    spec = importlib.util.spec_from_file_location("write_queries", root / "docs" / "write_queries.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (root / "docs" / "queries.md").read_text(encoding="utf-8")
    assert written == module.page(), "run: python docs/write_queries.py"
    assert all(f"### {name}\n" in written for name in queries())
