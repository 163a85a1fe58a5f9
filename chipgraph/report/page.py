"""The report as one HTML page that needs no network; every text in it is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CSS = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
dl { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; } dd { margin: 0; font-size: 1.6rem; }
div.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8885; overflow-wrap: anywhere; }
td.n { font-variant-numeric: tabular-nums; white-space: nowrap; }
"""
_MOST_REFUSED = 200


def html(report: dict[str, Any]) -> str:
    """The page of a report, as `Account.report` gives it.

    >>> from chipgraph.report.account import Account
    >>> "<h1>Build report</h1>" in html(Account("chipgraph").report())
    True
    """
    left = len(report["refused"]) - _MOST_REFUSED
    refused = [(one["source"], one["reason"]) for one in report["refused"][:_MOST_REFUSED]]
    slowest = [(one["source"], one["characters"], one["claims"], one["seconds"]) for one in report["slowest"]]
    parts = [
        _head(report),
        _section("Seconds by stage (parse and relations summed over workers)", ("stage", "seconds"), report["stages"]),
        _section("Why documents were refused", ("reason", "documents"), _values(report["refused_for"])),
        _section("Refused documents", ("document", "reason"), refused),
        f"<p>And {left:,} more: report.json has them all.</p>" if left > 0 else "",
        _section("Claims per document", ("claims", "documents"), report["claims_per_document"]),
        _section("Slowest documents", ("document", "characters", "claims", "seconds"), slowest),
        _section("Names that the registry lacks", ("name", "mentions"), _values(report["unlinked"])),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Build report</title>\n<style>{_CSS}</style>\n" + "\n".join(parts) + "\n</html>\n"
    )


def _head(report: dict[str, Any]) -> str:
    documents = report["documents"]
    figures = {
        "documents read": documents["read"],
        "there already": documents["kept"],
        "copies of them": documents["copies"],
        "refused": documents["refused"],
        "claims found": report["claims"],
        "numbers found": report["numbers"],
        "seconds": round(report["seconds"], 1),
    }
    items = "".join(f"<div><dt>{name}</dt><dd>{figure:,}</dd></div>" for name, figure in figures.items())
    return f"<h1>Build report</h1>\n<p>{escape(report['software'])}</p>\n<dl>{items}</dl>"


def _values(found: Iterable[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [tuple(one.values()) for one in found]


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[Any]] | dict[str, Any]) -> str:
    listed = list(rows.items()) if isinstance(rows, dict) else rows
    if not listed:
        return f"<h2>{title}</h2>\n<p>None.</p>"
    names = "".join(f"<th>{name}</th>" for name in head)
    lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>\n" for row in listed)
    return f'<h2>{title}</h2>\n<div class="wide"><table><tr>{names}</tr>\n{lines}</table></div>'


def _cell(value: Any) -> str:
    return f"<td>{escape(value)}</td>" if isinstance(value, str) else f'<td class="n">{value:,}</td>'
