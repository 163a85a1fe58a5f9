"""A view that a notebook shows by itself and that saves itself as a page or a still picture."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from extract.model import Claim, Document
from graph.view.static import FORMATS, picture
from graph.view.write import render
from ontology.errors import InvalidData
from ontology.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extract.model import Statement
    from graph.claims import Reader, Source

HEIGHT = 640
# The page follows the theme of the notebook, not of the system, where Jupyter, VS Code or Colab say which it is.
# A notebook that nobody has trusted drops frame and style alike, and then the note is what is left.
STYLE = """
.chipgraph-note { display: none; }
:is(body[data-jp-theme-light="true"], body.vscode-light) .chipgraph-view { color-scheme: light; }
:is(body[data-jp-theme-light="false"], body.vscode-dark, html[theme="dark"]) .chipgraph-view { color-scheme: dark; }
"""
NOTE = "The picture shows itself once this notebook is trusted or the cell is run again."


def cited(statements: Iterable[Statement], reader: Reader) -> dict[str, Document]:
    """The documents that statements come from, by id, as far as a view tells of them: without their texts."""
    return {key: _document(reader.source(key)) for key in sorted({statement.document for statement in statements})}


def _document(source: Source) -> Document:
    path = source.paths[0] if source.paths else source.id
    return Document("", path, source.title, source.publisher, date=source.date, url=source.url)


class View:
    """Statements to look at: the last line of a notebook cell shows it, `save` writes it to a file.

    statements: claims and observations; documents: mapping of document id to `Document`; title: str, the heading;
    focus: str or None, id of the entity to open on, with what lies up to `hops` steps away.

    >>> from graph.example import knowledge
    >>> view = knowledge().subgraph("Hua Hong").view()
    >>> view
    <View: Hua Hong Semiconductor, 3 claims>
    >>> "sandbox" in view._repr_html_()
    True
    """

    def __init__(
        self,
        statements: Iterable[Statement],
        documents: Mapping[str, Document],
        *,
        title: str,
        focus: str | None = None,
        hops: int = 1,
    ) -> None:
        self._statements = tuple(statements)
        self._documents = documents
        self._title = title
        self._focus = focus
        self._hops = hops

    @property
    def html(self) -> str:
        """The page as text: one HTML document that needs nothing from elsewhere."""
        return render(self._statements, self._documents, title=self._title, focus=self._focus, hops=self._hops)

    def picture(self, kind: str = "svg") -> bytes:
        """The view as a still picture; kind: str, svg, png or pdf. Needs matplotlib: `chipgraph[pictures]`."""
        return picture(self._statements, kind, title=self._title)

    def save(self, path: Path | str) -> Path:
        """Writes the view, whole or not at all, in the format that the name ends in: html, svg, png or pdf."""
        path = Path(path)
        kind = path.suffix.lower().removeprefix(".")
        if kind not in {"html", *FORMATS}:
            raise InvalidData(f"{path}: a view is saved as .html, .{', .'.join(FORMATS)}; give such a name.")
        write_whole(path, self.html if kind == "html" else self.picture(kind))
        return path

    def __repr__(self) -> str:
        claims = sum(isinstance(statement, Claim) for statement in self._statements)
        return f"<View: {self._title}, {claims} claim{'' if claims == 1 else 's'}>"

    def _repr_html_(self) -> str:
        # The frame has an origin of its own: the page can read nothing of the notebook around it.
        style = f"width:100%;height:{HEIGHT}px;border:1px solid #8884;border-radius:8px"
        sandbox = "allow-scripts allow-downloads allow-popups"
        named = f'class="chipgraph-view" title="{escape(self._title)}" sandbox="{sandbox}" style="{style}"'
        note = f'<p class="chipgraph-note">{escape(repr(self))} {NOTE}</p>'
        return f'<style>{STYLE}</style>{note}<iframe {named} srcdoc="{escape(self.html)}"></iframe>'
