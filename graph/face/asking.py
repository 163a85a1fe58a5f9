"""What all questions share: the entity of a name, and the claims that fit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph import terms as t
from graph.asking.access import Access
from graph.asking.wanted import wanted
from graph.claims import Reader
from ontology.errors import AmbiguousName, UnknownEntity
from ontology.iri import local_name
from ontology.relations import relations as all_relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Unpack

    from extract.model import Claim, Entity, Modality, Polarity
    from graph.asking.relations import Relations
    from graph.asking.wanted import Filters
    from graph.names import Match
    from graph.store import Store


class Asking:
    """A store that can be asked for entities and claims.

    store: Store. `reader` has its statements, entities and documents by their ids.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.reader = Reader(store)
        self._names = self.reader.names
        self._access = Access(store, self.reader)

    def __contains__(self, name: object) -> bool:
        """True where the graph knows a name, as people write it, of one entity or of several.

        >>> from graph.example import market
        >>> "aster fab" in market(), "Nobody Ltd" in market()
        (True, False)
        """
        try:
            return isinstance(name, str) and bool(self._names.find(name))
        except AmbiguousName:
            return True
        except UnknownEntity:
            return False

    def entity(self, name: str) -> Entity:
        """The entity of a name, as people write it.

        name: str, an id, label, alias, ticker or country code, in any case and script, with or without accents and
        legal form, or the beginning of one name only. Raises `UnknownEntity` with suggestions where none fits,
        `AmbiguousName` where several do.

        >>> from graph.example import market
        >>> [market().entity(name).label for name in ("aster fab co ltd", "ASTER-FAB", "紫苑半导体", "elm motors s.a.")]
        ['Aster Fab', 'Aster Fab', 'Aster Fab', 'Elm Motors']
        """
        return self.reader.entity(local_name(self._names.find(name).value))

    def matches(self, name: str, limit: int = 5) -> tuple[Match, ...]:
        """The entities that a name may stand for, the likeliest first, with how it was matched; never an error.

        >>> from graph.example import market
        >>> for match in market().matches("cedr gas"):
        ...     print(match)
        Cedar Gas (near, 0.93)
        """
        return self._names.matches(name, limit)

    def relations(
        self,
        entity: str | None = None,
        relation: str | Iterable[str] | None = None,
        *,
        other: str | None = None,
        polarity: Polarity | str | None = None,
        modality: Modality | str | None = None,
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
        min_confidence: float = 0.0,
        facts_only: bool = False,
    ) -> Relations:
        """The claims that fit, facts or not, strongest first; nothing is read before it is looked at.

        entity: str, a name, subject or object; relation: str or several, by id or label, with the relations that imply
        it; other: str, the name of the other end; polarity, modality: str; since, until: str, such as 2024 or 2024-10,
        compared with the time of the claim, else with the date of its document; source: str, a publisher, speaker, path
        or document id; min_confidence: float; facts_only: bool, True leaves out what is negated, planned, possible,
        forecast, denied, over or less than 0.5 sure. Raises `UnknownEntity`; `InvalidData` for an unknown relation.

        >>> from graph.example import knowledge
        >>> [claim.object.label for claim in knowledge().relations("Hua Hong", modality="planned")]
        ['Wuxi']
        """
        fitting = wanted(
            relation,
            polarity=polarity,
            modality=modality,
            since=since,
            until=until,
            source=source,
            min_confidence=min_confidence,
            facts_only=facts_only,
        )
        node = self._names.find(entity) if entity is not None else None
        far = self._names.find(other) if other is not None else None
        claims = self._access.claims(fitting, node, far)
        if far is None or node is None:
            return self._access.relations(claims)
        ids = {local_name(node.value), local_name(far.value)}
        return self._access.relations(claim for claim in claims if {claim.subject.id, claim.object.id} == ids)

    def counts(self, entity: str) -> dict[str, int]:
        """How many claims of each relation an entity has part in, as the relation reads from there.

        entity: str, a name. Raises `UnknownEntity`. Quicker than reading the claims.

        >>> from graph.example import market
        >>> market().counts("Elm Motors")
        {'has chips made by': 1, 'is a customer of': 2, 'owns a stake in': 1}
        """
        node, known = self._names.find(entity), all_relations()
        counts: Counter[str] = Counter()
        for name, number in self._access.counts(node, t.SUBJECT).items():
            counts[known[name].label] += number
        for name, number in self._access.counts(node, t.OBJECT).items():
            counts[known[name].inverse_label] += number
        return dict(sorted(counts.items()))

    def iter_relations(self, entity: str | None = None, **filters: Unpack[Filters]) -> Iterator[Claim]:
        """The claims that fit one by one, unsorted and none kept: for more of them than memory should hold.

        entity, filters: as for `relations`.

        >>> from graph.example import market
        >>> sum(claim.confidence > 0.8 for claim in market().iter_relations(facts_only=True))
        12
        """
        node = self._names.find(entity) if entity is not None else None
        return self._access.claims(wanted(**filters), node)

    def between(self, a: str, b: str) -> Relations:
        """All claims that tie two entities, facts or not, either way round.

        >>> from graph.example import market
        >>> print(market().between("Aster Fab", "Elm Motors"))
        Aster Fab makes chips for Elm Motors [0.70]
        Aster Fab supplies Elm Motors (negated) [0.80]
        """
        return self.relations(a, other=b)
