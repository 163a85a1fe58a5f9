"""The graph to look at: parts of it, and the page of all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.asking.wanted import wanted
from graph.face.asking import Asking

if TYPE_CHECKING:
    from typing import Unpack

    from graph.asking.subgraph import Subgraph
    from graph.asking.wanted import Filters
    from graph.view.notebook import View


class Views(Asking):
    """Parts of the graph, and pictures."""

    def subgraph(self, *names: str, hops: int = 1, **filters: Unpack[Filters]) -> Subgraph:
        """What lies within so many hops of some entities, with all claims between what lies there.

        names: str, one entity or several; hops: int; filters: as for `relations`. A notebook shows it as a page;
        `.view().save("part.html")` keeps it (or .svg, .png, .pdf), `.to_networkx()` hands it on.

        >>> from graph.example import market
        >>> part = market().subgraph("Aster Fab", "Elm Motors", facts_only=True)
        >>> len(part), [entity.label for entity in part.starts]
        (14, ['Aster Fab', 'Elm Motors'])
        """
        from graph.asking.subgraph import Subgraph

        return Subgraph(self._access, [self._names.find(name) for name in names], hops, wanted(**filters))

    def view(self, title: str = "Semiconductor knowledge graph", min_confidence: float = 0.0) -> View:
        """The whole graph as the page that `chipgraph view` writes; a notebook shows it, `.save(path)` keeps it.

        >>> from graph.example import market
        >>> market().view("An invented market")
        <View: An invented market, 22 claims>
        """
        from graph.view.notebook import View, cited

        found = [statement for statement in self.reader.statements() if statement.confidence >= min_confidence]
        return View(found, cited(found, self.reader), title=title)
