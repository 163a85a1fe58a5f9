"""The graph as a still picture for papers and slides: SVG, PNG or PDF, by matplotlib, in the page's shapes and colours.

matplotlib is no dependency of the package: `pip install chipgraph[pictures]`.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from graph.view import palette, vocabulary
from graph.view.layout import WHOLE_UP_TO, lay_out
from graph.view.outline import outline
from graph.view.scene import build
from ontology.errors import MissingPackage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from extract.model import Statement
    from graph.view.layout import Layout
    from graph.view.scene import Edge, Scene

FORMATS = ("svg", "png", "pdf")
GROUND, INK, MUTED = "#ffffff", "#1b2230", "#5b6475"
# Pixels of the layout that become an inch, and the most inches that a side takes.
PIXELS, MOST, LEAST = 96.0, 18.0, 4.0
NAMES_IN_A_CROWD = 40
# Sizes of type in points, in a picture of the usual width in inches.
TITLE, LEGEND, USUAL = 10.0, 7.5, 9.0
DOTTED = (0, (1, 3))
_FONTS = ("Noto Sans", "DejaVu Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "sans-serif")


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A figure being drawn: axes; scene; layout; number of each node; the factor from pixels to points; by how much
    title, legend and the few names of a crowd grow, so that they can be read where a large picture is printed small.
    """

    axes: Axes
    scene: Scene
    layout: Layout
    at: dict[str, int]
    points: float
    growth: float

    @property
    def crowded(self) -> bool:
        return len(self.at) > WHOLE_UP_TO

    def place(self, key: str) -> tuple[float, float]:
        return self.layout.x[self.at[key]], self.layout.y[self.at[key]]

    def radius(self, key: str) -> float:
        """In pixels of the layout."""
        rank = self.layout.rank[self.at[key]]
        return 7 + 11 * rank if self.crowded else 10 + 9 * rank


def picture(statements: Iterable[Statement], kind: str, *, title: str) -> bytes:
    """The claims as a still picture, whole.

    statements: claims and observations, in any order; kind: str, one of `FORMATS`; title: str, set above the picture,
    empty for none. The same statements give the same bytes with the same matplotlib. Raises `MissingPackage` where
    matplotlib is missing.
    """
    try:
        import matplotlib as mpl
    except ModuleNotFoundError as error:
        raise MissingPackage("Still pictures are drawn by matplotlib: pip install 'chipgraph[pictures]'.") from error
    # Text stays text in an SVG: it can be searched, and the reader's fonts have scripts that this machine's lack.
    settings: Any = {
        "svg.hashsalt": "chipgraph",
        "svg.fonttype": "none",
        "font.family": _installed(),
        "font.size": 8.0,
        # A dollar sign in a name is no formula.
        "text.parse_math": False,
    }
    # A reader's fonts may have what this machine's lack; a warning for every sign would help nobody.
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")
        figure = _figure(build(statements), title)
        written = io.BytesIO()
        metadata = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind)
        figure.savefig(written, format=kind, dpi=200, metadata=metadata, facecolor=GROUND)
    return written.getvalue()


def _installed() -> list[str]:
    from matplotlib.font_manager import fontManager

    known = set(fontManager.get_font_names())
    return [font for font in _FONTS if font in known or font == "sans-serif"]


def _figure(scene: Scene, title: str) -> Figure:
    from matplotlib.figure import Figure

    at = {node.id: number for number, node in enumerate(scene.nodes)}
    pairs = [(at[edge.key.subject], at[edge.key.object]) for edge in scene.edges]
    layout = lay_out(len(at), pairs, [7.0 * min(len(node.label), 18) + 14 for node in scene.nodes])
    left, right, top, bottom = _box(layout)
    shrink = min(1.0, MOST * PIXELS / max(right - left, bottom - top))
    size = [max(LEAST, (high - low) * shrink / PIXELS) for low, high in ((left, right), (top, bottom))]
    figure = Figure(figsize=(size[0], size[1] + 1.2), layout="constrained")
    axes = figure.add_subplot()
    drawing = _Drawing(axes, scene, layout, at, 72 / PIXELS * shrink, max(1.0, size[0] / USUAL))
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
    figure.suptitle(title, fontsize=TITLE * drawing.growth)
    axes.axis("off")
    (_thicket if drawing.crowded else _lines)(drawing)
    _shapes(drawing)
    _names(drawing)
    _legend(figure, drawing)
    return figure


def _box(layout: Layout) -> tuple[float, float, float, float]:
    xs, ys = layout.x or (0,), layout.y or (0,)
    return min(xs) - 80, max(xs) + 80, min(ys) - 50, max(ys) + 60


def _thicket(drawing: _Drawing) -> None:
    """The lines of a crowd: straight, thin, without arrowheads."""
    from matplotlib.collections import LineCollection

    edges = drawing.scene.edges
    families = [palette.families([vocabulary.relation(edge.key.relation).family])[0] for edge in edges]
    ends = [[drawing.place(edge.key.subject), drawing.place(edge.key.object)] for edge in edges]
    colours = [family.light for family in families]
    drawing.axes.add_collection(LineCollection(ends, colors=colours, linewidths=0.4, alpha=0.35, zorder=1))


def _lines(drawing: _Drawing) -> None:
    def pair(edge: Edge) -> tuple[str, str]:
        return min(edge.key.subject, edge.key.object), max(edge.key.subject, edge.key.object)

    for _, group in groupby(sorted(drawing.scene.edges, key=lambda edge: (pair(edge), edge.key)), key=pair):
        parallel = list(group)
        for number, edge in enumerate(parallel):
            _line(drawing, edge, (number - (len(parallel) - 1) / 2) * 0.22)


def _line(drawing: _Drawing, edge: Edge, bend: float) -> None:
    from matplotlib.patches import FancyArrowPatch

    relation = vocabulary.relation(edge.key.relation)
    (family,) = palette.families([relation.family])
    fact = edge.key.stance == "fact"
    turn = bend if edge.key.subject < edge.key.object else -bend
    sources = len({claim.document for claim in edge.claims})
    drawing.axes.add_patch(
        FancyArrowPatch(
            drawing.place(edge.key.subject),
            drawing.place(edge.key.object),
            arrowstyle="-" if relation.symmetric else "-|>",
            connectionstyle=f"arc3,rad={turn}",
            linestyle=((0, family.dash) if family.dash else "solid") if fact else DOTTED,
            linewidth=min(3.0, 1.0 + 0.5 * (sources - 1)),
            color=family.light,
            alpha=0.9,
            mutation_scale=7,
            shrinkA=drawing.radius(edge.key.subject) * drawing.points,
            shrinkB=(drawing.radius(edge.key.object) + 2) * drawing.points,
            zorder=1,
        )
    )
    if not fact:
        _stance(drawing, edge, turn, family.light)


def _stance(drawing: _Drawing, edge: Edge, turn: float, colour: str) -> None:
    """How a line is said that is no plain fact, at its middle: where matplotlib's arc of that bend has it."""
    (x, y), (to_x, to_y) = drawing.place(edge.key.subject), drawing.place(edge.key.object)
    middle = (x + to_x) / 2 - turn * (to_y - y) / 2, (y + to_y) / 2 + turn * (to_x - x) / 2
    plate = {"boxstyle": "round,pad=0.15", "facecolor": GROUND, "edgecolor": "none"}
    drawing.axes.text(
        *middle,
        edge.key.stance,
        ha="center",
        va="center",
        color=colour,
        fontsize=6,
        style="italic",
        bbox=plate,
        zorder=1,
    )


def _shapes(drawing: _Drawing) -> None:
    from matplotlib.patches import PathPatch

    kinds = {kind.id: kind for kind in palette.KINDS}
    for node in drawing.scene.nodes:
        kind, (x, y), radius = kinds[node.kind], drawing.place(node.id), drawing.radius(node.id)
        path = _path(kind.shape, x, y, radius)
        drawing.axes.add_patch(PathPatch(path, facecolor=kind.light, edgecolor=INK, linewidth=0.7, zorder=2))


def _path(shape: str, x: float, y: float, radius: float) -> Any:
    from matplotlib.path import Path

    rings = [[(x + radius * px, y + radius * py) for px, py in ring] for ring in outline(shape)]
    return Path.make_compound_path(*(Path([*ring, ring[0]], closed=True) for ring in rings))


def _names(drawing: _Drawing) -> None:
    # A plate and no halo: matplotlib turns text with a halo into paths, which nobody can search.
    plate = {"boxstyle": "square,pad=0.12", "facecolor": GROUND, "edgecolor": "none", "alpha": 0.75}
    for number in _named(drawing):
        node = drawing.scene.nodes[number]
        x, y = drawing.place(node.id)
        drawing.axes.text(
            x,
            y + drawing.radius(node.id) + 5,
            node.label,
            ha="center",
            va="top",
            color=INK,
            fontsize=7 * drawing.growth if drawing.crowded else 8,
            bbox=plate,
            zorder=3,
        )


def _named(drawing: _Drawing) -> Iterator[int]:
    """The nodes whose names are set: all of a small graph, the best connected of a crowd that keep off each other."""
    order = sorted(range(len(drawing.at)), key=lambda number: (-drawing.layout.rank[number], number))
    if not drawing.crowded:
        yield from order
        return
    taken: list[tuple[float, float, float]] = []
    high = 16 / drawing.points * 72 / PIXELS * drawing.growth
    for number in order:
        half = len(drawing.scene.nodes[number].label) * high * 0.27
        x, y = drawing.layout.x[number], drawing.layout.y[number]
        if any(abs(x - ox) < half + other and abs(y - oy) < high for ox, oy, other in taken):
            continue
        taken.append((x, y, half))
        yield number
        if len(taken) == NAMES_IN_A_CROWD:
            return


def _legend(figure: Figure, drawing: _Drawing) -> None:
    """Kinds, families and what a dotted line means, as far as the picture has them."""
    from matplotlib.lines import Line2D

    used = {node.kind for node in drawing.scene.nodes}
    relations = [vocabulary.relation(edge.key.relation).family for edge in drawing.scene.edges]
    handles: list[Line2D] = [
        Line2D([], [], linestyle="", marker=_marker(kind.shape), markersize=8 * drawing.growth, label=kind.label,
               markerfacecolor=kind.light, markeredgecolor=INK, markeredgewidth=0.7)
        for kind in palette.KINDS if kind.id in used
    ]  # fmt: skip
    for family in palette.families(relations):
        dash: Any = (0, family.dash) if family.dash else "solid"
        handles.append(Line2D([], [], color=family.light, linestyle=dash, label=family.label))
    if any(edge.key.stance != "fact" for edge in drawing.scene.edges):
        handles.append(Line2D([], [], color=MUTED, linestyle=DOTTED, label="No plain fact: as the line says"))
    if handles:
        figure.legend(
            handles=handles,
            loc="outside lower center",
            ncols=5,
            frameon=False,
            fontsize=LEGEND * drawing.growth,
            handlelength=3.2,
        )


def _marker(shape: str) -> Any:
    """The shape as a marker: those point up where the picture's axis points down."""
    from matplotlib.path import Path

    rings: Sequence[Sequence[tuple[float, float]]] = outline(shape)
    flipped = [[(x, -y) for x, y in ring] for ring in rings]
    return Path.make_compound_path(*(Path([*ring, ring[0]], closed=True) for ring in flipped))
