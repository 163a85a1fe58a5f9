"""From statements to the file on disk."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.view.columns import encode
from graph.view.layout import lay_out
from graph.view.memory import fingerprint
from graph.view.page import page
from graph.view.scene import build
from ontology.errors import UnknownEntity
from ontology.files import write_whole
from ontology.namespaces import CK_BASE, CR_BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from extract.model import Document, Statement
    from graph.view.layout import Layout
    from graph.view.memory import Memory
    from graph.view.scene import Scene

CHARACTER = 7.0
LINE = 18
OVERVIEW_ABOVE = 3000


@dataclass(frozen=True, slots=True)
class ViewReport:
    """What a view holds: nodes, edges: int; hidden: int, nodes that its first picture leaves out."""

    nodes: int
    edges: int
    hidden: int


def write_html(
    path: Path,
    statements: Iterable[Statement],
    documents: Mapping[str, Document],
    *,
    title: str,
    focus: str | None = None,
    hops: int = 1,
    earlier: Memory | None = None,
) -> ViewReport:
    """Writes the view, whole or not at all, as UTF-8; the arguments are those of `render`.

    path: Path, its folder is made where it is missing. Returns a `ViewReport`; raises `UnknownEntity` where `focus` is
    no entity of the statements.
    """
    html, report = _render(statements, documents, title, focus, hops, earlier)
    write_whole(path, html)
    return report


def render(
    statements: Iterable[Statement],
    documents: Mapping[str, Document],
    *,
    title: str,
    focus: str | None = None,
    hops: int = 1,
    earlier: Memory | None = None,
) -> str:
    """The view as text: one HTML document that asks for nothing from elsewhere.

    statements: claims and observations, in any order; documents: mapping of document id to `Document`, those missing
    are named by their source; title: str, the page's heading; focus: str or None, id of the entity to open on, with
    what lies up to `hops` steps away; earlier: what the page before remembers (`memory.remember`): places stay, what
    it lacks is marked as new, and a page whose graph has not changed stays as it was. The same arguments give the same
    text. Raises `UnknownEntity` where `focus` is no entity of the statements.

    >>> render([], {}, title="Nothing yet").startswith("<!doctype html>")
    True
    """
    return _render(statements, documents, title, focus, hops, earlier)[0]


def _render(
    statements: Iterable[Statement],
    documents: Mapping[str, Document],
    title: str,
    focus: str | None,
    hops: int,
    earlier: Memory | None,
) -> tuple[str, ViewReport]:
    scene = build(statements, focus)
    at = {node.id: number for number, node in enumerate(scene.nodes)}
    pairs = [(at[e.key.subject], at[e.key.object]) for e in scene.edges]
    if focus is not None and focus not in at:
        raise UnknownEntity(focus, _near(focus, scene))
    content = encode(scene, documents)
    mark = fingerprint(content)
    before = {at[key]: place for key, place in earlier.places.items() if key in at} if earlier else {}
    layout = lay_out(len(at), pairs, [_label_width(node.label) for node in scene.nodes], before)
    data = _placed(content, scene, layout, earlier, mark) | _settings(title, focus, hops)
    shown = len(at) if focus is None else len(_within(at[focus], hops, pairs))
    hidden = len(at) if focus is None and len(at) > OVERVIEW_ABOVE else len(at) - shown
    return page(scene, layout, data, _heading(title, scene)), ViewReport(len(at), len(pairs), hidden)


def _placed(content: dict[str, Any], scene: Scene, layout: Layout, earlier: Memory | None, mark: str) -> dict[str, Any]:
    """What a page says with where it stands and what of it is new."""
    same = earlier is not None and earlier.fingerprint == mark
    compared = earlier is not None and (earlier.compared or not same)

    def is_new(key: Any, known: Mapping[Any, bool]) -> int:
        return int(compared and (known[key] if same else key not in known))

    nodes, edges = (earlier.nodes, earlier.edges) if earlier else ({}, {})
    content["nodes"] |= {
        "community": list(layout.community),
        "rank": list(layout.rank),
        "new": [is_new(node.id, nodes) for node in scene.nodes],
    }
    content["edges"]["new"] = [is_new(edge.key, edges) for edge in scene.edges]
    return content | {"compared": compared, "fingerprint": mark}


def _settings(title: str, focus: str | None, hops: int) -> dict[str, Any]:
    return {
        "title": title,
        "focus": focus,
        "hops": hops,
        "overviewAbove": OVERVIEW_ABOVE,
        "prefixes": dict(PREFIXES),
        "base": {"entity": CR_BASE, "term": CK_BASE},
    }


def _heading(title: str, scene: Scene) -> str:
    """The page's heading, which says what the page leaves out."""
    if not scene.left_out:
        return title
    shown = sum(len(edge.claims) for edge in scene.edges) + len(scene.numbers)
    return f"{title}: the {shown:,} surest of {shown + scene.left_out:,} statements"


def _label_width(label: str) -> float:
    """Pixels that a name takes when it is set in lines of about 18 characters, wide scripts counting double."""
    length = sum(2 if ord(c) > 0x2E80 else 1 for c in label)
    return CHARACTER * min(length, LINE) + 14


def _near(name: str, scene: Scene) -> tuple[str, ...]:
    return tuple(difflib.get_close_matches(name, [node.id for node in scene.nodes], n=3))


def _within(start: int, hops: int, pairs: list[tuple[int, int]]) -> set[int]:
    neighbours: defaultdict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        neighbours[a].add(b)
        neighbours[b].add(a)
    seen = frontier = {start}
    for _ in range(hops):
        frontier = {other for node in frontier for other in neighbours[node]} - seen
        seen = seen | frontier
    return seen
