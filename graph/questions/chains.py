"""Questions that chains of claims answer, which no SPARQL query gives: how two are tied, and how one is exposed."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from graph.literals import decimal, integer
from graph.results import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from extract.model import Statement
    from graph.asking.chains import Chain
    from graph.backing import Row
    from graph.knowledge import KnowledgeGraph

_MOST = 10  # chains
ENDS = frozenset("ab")
COLUMNS = ("steps", "chain", "confidence")


@dataclass(frozen=True, slots=True)
class LookUp:
    """A question that chains answer.

    title: str; asking: str, the Python or command line that asks it, `a` and `b` in place of the two ends; find:
    function of a graph and the two ends.
    """

    title: str
    asking: str
    find: Callable[[KnowledgeGraph, str, str], Iterable[Chain]]

    def asked(self, given: Mapping[str, str]) -> str:
        """How to ask it of two entities."""
        return self.asking.format(**given)


@dataclass(frozen=True)
class Chained:
    """Chains as an answer; each row is a chain, and rests on the claims of its hops."""

    answer: Table
    _found: Mapping[Row, tuple[Statement, ...]] = field(repr=False)

    def behind(self, row: Row) -> tuple[Statement, ...]:
        """The claims of a chain, from its start to its end."""
        return self._found.get(row, ())


def chained(graph: KnowledgeGraph, look_up: str, given: Mapping[str, str]) -> Chained:
    """The chains that a look-up finds, the shortest first.

    graph: KnowledgeGraph; look_up: str, a key of `LOOK_UPS`; given: mapping of parameter to name.

    >>> from graph.example import market
    >>> found = chained(market(), "path", {"a": "Cedar Gas", "b": "Birch Devices"})
    >>> found.answer.column("chain")
    ['Cedar Gas supplies Aster Fab; Aster Fab makes chips for Birch Devices']
    """
    chains = islice(LOOK_UPS[look_up].find(graph, given["a"], given["b"]), _MOST)
    found = {_row(chain): chain.claims for chain in chains if chain}
    return Chained(Table(COLUMNS, tuple(found)), found)


def _row(chain: Chain) -> Row:
    text = "; ".join(hop.wording for hop in chain)
    return integer(len(chain)), Literal(text), decimal(chain.confidence)


LOOK_UPS: Mapping[str, LookUp] = MappingProxyType(
    {
        "path": LookUp(
            "How two entities are tied, by facts, the shortest way",
            "chipgraph path {a} {b}",
            lambda graph, a, b: [graph.path(a, b)],
        ),
        "exposure": LookUp(
            "Through which facts an actor is exposed, within 3 steps",
            "graph.exposure({a!r}, {b!r})",
            lambda graph, a, b: graph.exposure(a, b),
        ),
    }
)
