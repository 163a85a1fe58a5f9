"""The page: pyvis writes it, from our template, with its bundled vis-network inside and nothing from elsewhere.

pyvis' own template needs the network and lets names run as HTML, so only its mechanism is used: its lists of nodes and
edges, its options, its call of the template.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from graph.view.memory import pack

if TYPE_CHECKING:
    from pyvis.network import Network

    from graph.view.layout import Layout
    from graph.view.scene import Scene

# Joined in this order: each file may use those before it.
SCRIPTS = (
    *("dom", "data", "shapes", "state", "facts", "filters", "theme"),
    *("stage", "fitting", "places", "overview", "lines", "looks"),
    *("strokes", "labels", "captions", "picture", "opening"),
    *("facets", "chips", "evidence", "charts", "parts", "about_entity", "about_relation", "panel", "search"),
    *("table", "timeline", "matrix"),
    *("picture_files", "graph_files", "turtle", "exports", "app"),
)
STYLES = ("base", "frame", "facets", "panel", "views", "small")
VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
OPTIONS = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 10_000, "multiselect": False},
    "nodes": {"shape": "custom", "labelHighlightBold": False},
}


def page(scene: Scene, layout: Layout, data: dict[str, Any], title: str) -> str:
    """The whole file as text; data: what `columns.encode` made of the scene, with the page's own settings added."""
    style, library, script = _style(), _vis(), _script()
    network = _network(title)
    _fill(network, scene, layout)
    network.templateEnv.globals.update(
        title=title,
        # Our own texts, never data: the data goes through `pack` or autoescape.
        style=_safe(style),
        library=_safe(library),
        script=_safe(script),
        island=lambda nodes, edges, options: _island(data, nodes, edges, options),
        policy=_policy(style, library, script),
    )
    return str(network.generate_html("page.html"))


def _network(title: str) -> Network:
    from jinja2 import Environment, FunctionLoader
    from pyvis.network import Network

    network = Network(directed=True, heading=title, cdn_resources="in_line")
    network.path = "template.html"
    network.templateEnv = Environment(loader=FunctionLoader(_package_text), autoescape=True)
    network.set_options(json.dumps(OPTIONS))
    return network


def _fill(network: Network, scene: Scene, layout: Layout) -> None:
    for number, node in enumerate(scene.nodes):
        network.add_node(number, label=node.label, shape="custom", color=None, x=layout.x[number], y=layout.y[number])
    at = {node.id: number for number, node in enumerate(scene.nodes)}
    # pyvis looks both ends of every edge up in a list: in a range that takes no time.
    network.node_ids = range(len(at))
    for number, edge in enumerate(scene.edges):
        network.add_edge(at[edge.key.subject], at[edge.key.object], id=number)


def _island(data: dict[str, Any], nodes: list[dict[str, Any]], edges: list[dict[str, Any]], options: str) -> Any:
    """The data with what pyvis hands to the template, as columns: what all nodes or edges share is in the options."""
    drawing = {
        "nodes": {key: [node[key] for node in nodes] for key in ("label", "x", "y")},
        "edges": {key: [edge[key] for edge in edges] for key in ("from", "to")},
        "options": options,
    }
    return _safe(pack(data | {"drawing": drawing}))


def _policy(style: str, *scripts: str) -> str:
    """A content security policy that lets exactly our own style and scripts run, and nothing be fetched or sent."""
    allowed = " ".join(_hash(script) for script in scripts)
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _safe(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


@cache
def _package_text(name: str) -> str:
    return (files("graph.view") / name).read_text(encoding="utf-8")


@cache
def _style() -> str:
    return "\n".join(_package_text(f"css/{name}.css") for name in STYLES)


@cache
def _script() -> str:
    parts = "\n".join(_package_text(f"js/{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(async () => {{\n{parts}}})();\n'


@cache
def _vis() -> str:
    """The library, with "next line" written as an escape.

    Notebooks are saved as lists of lines. Where Python sees a line end VS Code puts another one, and a script that has
    one character more is no longer the one that the policy lets run.
    """
    return (files("pyvis") / VIS).read_text(encoding="utf-8").replace("\x85", "\\x85")
