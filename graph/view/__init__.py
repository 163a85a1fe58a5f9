"""The knowledge graph as one HTML file that opens anywhere, offline: picture, table, the sentence behind each edge.

    from graph.view import write_html
    write_html(Path("graph.html"), statements, documents, title="Chips")

One duty a module: `scene` groups statements into nodes and edges, `vocabulary` and `palette` say how they read and
look, `layout` places them, `memory` knows where the page before had them, `columns` encodes them, `page` joins
everything into the file. `js/` and `css/` hold the browser's side, one file a duty, joined at write time. pyvis and
networkx are imported where they are used, not here.
"""

from __future__ import annotations

from graph.view.memory import remember
from graph.view.write import ViewReport, render, write_html

__all__ = ["ViewReport", "remember", "render", "write_html"]
