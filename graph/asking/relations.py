"""Sets of claims: what most questions are answered with."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from extract.model import Claim
from graph.asking.frame import Frame
from graph.asking.wanted import Wanted, holds
from graph.asking.wording import implying, phrase, relation_called
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import networkx as nx

    from extract.model import Entity, Modality, Polarity
    from graph.analysis import Network
    from graph.asking.contradictions import Contradictions
    from graph.asking.corroboration import Corroborations
    from graph.asking.timeline import Timeline
    from graph.claims import Passage, Reader
    from graph.names import Names
    from graph.view.notebook import View


class Relations(Frame[Claim]):
    """An unchanging set of claims, strongest first, each with its sentences.

    >>> from graph.example import knowledge
    >>> known = knowledge().relations("Hua Hong")
    >>> len(known), [claim.relation for claim in known.facts()]
    (3, ['manufacturesFor'])
    >>> known.evidence[0].text
    'Hua Hong makes 40 nm microcontrollers for STMicroelectronics.'
    """

    columns: ClassVar[tuple[str, ...]] = (
        *("subject", "relation", "object", "polarity", "modality", "time", "confidence"),
        *("publisher", "date", "source", "sentence", "subject_id", "object_id", "id"),
    )
    glance: ClassVar[tuple[str, ...]] = (
        *("subject", "relation", "object", "polarity", "modality", "time"),
        *("sentence", "publisher", "date", "confidence"),
    )
    nouns = ("claim", "claims")

    def __init__(self, claims: Iterable[Claim], reader: Reader) -> None:
        super().__init__(_strongest(claims))
        self._reader = reader

    @property
    def names(self) -> Names:
        """What finds the entities of the graph by name."""
        return self._reader.names

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims."""
        return tuple(self)

    @property
    def evidence(self) -> tuple[Passage, ...]:
        """The sentences behind the claims, each once."""
        return tuple(dict.fromkeys(p for claim in self for p in self.evidence_of(claim)))

    @property
    def entities(self) -> tuple[str, ...]:
        """The labels of all subjects and objects, sorted."""
        return tuple(sorted({e.label for claim in self for e in (claim.subject, claim.object)}))

    def others(self, entity: Entity) -> tuple[Entity, ...]:
        """The entities at the other end of the claims that an entity has part in, each once, in their order."""
        ends = ((claim.subject, claim.object) for claim in self)
        found = {e.id: e for pair in ends if entity.id in {x.id for x in pair} for e in pair if e.id != entity.id}
        return tuple(found.values())

    def evidence_of(self, claim: Claim) -> tuple[Passage, ...]:
        """The sentences behind one claim."""
        return self._reader.evidence(claim)

    def qualifiers_of(self, claim: Claim) -> tuple[tuple[str, str], ...]:
        """The qualifiers of one claim by name, ids of entities as their labels."""
        return self._reader.qualifiers(claim)

    def facts(self) -> Relations:
        """Those that the graph holds as plain facts: affirmed, asserted, not over and at least 0.5 sure."""
        return self.where(holds)

    def of(self, relation: str) -> Relations:
        """Those of one relation, with the relations that imply it."""
        wanted = implying(relation_called(relation))
        return self.where(lambda claim: claim.relation in wanted)

    def at_least(self, confidence: float) -> Relations:
        """Those with a confidence of at least that."""
        return self.where(lambda claim: claim.confidence >= confidence)

    def during(self, since: str | None = None, until: str | None = None) -> Relations:
        """Those of a time; since, until: str, such as 2024 or 2024-10, both included."""
        return self._admitted(Wanted(since=since, until=until))

    def said_by(self, source: str) -> Relations:
        """Those of a publisher, speaker, path or document id."""
        return self._admitted(Wanted(source=source))

    def that_are(self, *, polarity: Polarity | str | None = None, modality: Modality | str | None = None) -> Relations:
        """Those of a polarity (affirmed, negated) and a modality (asserted, planned, possible, forecast, denied)."""
        return self._admitted(Wanted(polarity=polarity, modality=modality))

    def by_relation(self) -> dict[str, Relations]:
        """The claims by the label of their relation, sorted.

        >>> from graph.example import market
        >>> {label: len(claims) for label, claims in market().relations("Elm Motors").by_relation().items()}
        {'makes chips for': 1, 'owns a stake in': 1, 'supplies': 2}
        """
        labels = sorted({relations()[claim.relation].label for claim in self})
        return {label: self._labelled(label) for label in labels}

    def timeline(self) -> Timeline:
        """The claims in the order of time; what has no time at all is left out."""
        from graph.asking.timeline import timeline

        return timeline(self, self._reader)

    def corroboration(self, min_sources: int = 1) -> Corroborations:
        """How many independent sources stand behind each relation of the claims, most first."""
        from graph.asking.corroboration import corroborations

        return corroborations(self, self._reader, min_sources)

    def contradictions(self) -> Contradictions:
        """Where one claim says what another denies."""
        from graph.asking.contradictions import contradictions

        return contradictions(self, self._reader)

    def view(self, title: str = "Claims") -> View:
        """The claims as a page that a notebook shows; `.save(path)` keeps it as .html, .svg, .png or .pdf.

        >>> from graph.example import market
        >>> market().partners("Aster Fab").view("Partners of Aster Fab")
        <View: Partners of Aster Fab, 1 claim>
        """
        from graph.view.notebook import View, cited

        return View(self, cited(self, self._reader), title=title)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The claims as a networkx graph: nodes by entity id, an edge a claim, its key the claim's id."""
        from graph.analysis import claims_graph

        return claims_graph(self)

    def network(self, *, actors_only: bool = True, directed: bool = False) -> Network:
        """The claims as a network to analyse, one weighted tie a pair; see `graph.analysis.Network`."""
        from graph.analysis import Network

        return Network(self, actors_only=actors_only, directed=directed)

    def _labelled(self, label: str) -> Relations:
        return self.where(lambda claim: relations()[claim.relation].label == label)

    def _line(self, item: Claim) -> str:
        return f"{phrase(item)} [{item.confidence:.2f}]"

    def _row(self, item: Claim) -> tuple[object, ...]:
        document = self._reader.source(item.document)
        ends = (item.subject.label, relations()[item.relation].label, item.object.label)
        marks = (item.polarity.value, item.modality.value, item.time or "", item.confidence)
        said = (document.publisher or "", document.date or "", item.source, item.evidence.text)
        return (*ends, *marks, *said, item.subject.id, item.object.id, item.id)

    def _admitted(self, wanted: Wanted) -> Relations:
        return self.where(lambda claim: wanted.admits(claim, self._reader))


def strongest_first(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims, each once: facts before the rest, then by confidence, then by document and place."""
    unique = {claim.id: claim for claim in claims}.values()
    return tuple(sorted(unique, key=lambda c: (not c.is_fact, -c.confidence, c.document, c.evidence, c.id)))


def _strongest(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The same, and nothing is read before the first is asked for."""
    yield from strongest_first(claims)
