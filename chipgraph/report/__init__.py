"""What a build did, counted and timed as it goes, and written beside the graph as JSON and as a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from chipgraph.report.account import Account, Tell
from chipgraph.report.page import html
from ontology.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["HTML", "JSON", "Account", "Tell", "html", "write_report"]

JSON, HTML = "report.json", "report.html"


def write_report(folder: Path, report: dict[str, Any]) -> None:
    """Writes what `Account.report` gives into a built folder, for programs and for people."""
    text = json.dumps(report, ensure_ascii=False, indent=1)
    write_whole(folder / JSON, text.encode("utf-8", "backslashreplace") + b"\n")
    write_whole(folder / HTML, html(report).encode("utf-8", "backslashreplace"))
