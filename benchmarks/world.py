"""An invented world with something of everything: claims of each relation, numbers, dates, countries, policies.

Unlike the firms of bench_store.py, which only trade with each other, these have seats, products and figures, so that
most named queries have rows. Drawn with a fixed seed; a few entities have many claims and most have few.
"""

from __future__ import annotations

import random
from itertools import accumulate
from typing import TYPE_CHECKING

from extract.model import Claim, Document, Entity, Evidence, Modality, Observation, Polarity
from ontology.classes import is_a
from ontology.iri import slug
from ontology.registry import load
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from extract.model import Statement

CLAIMS, NUMBERS = 10, 4  # of a document
METRICS = (("revenue", "USD"), ("exportValue", "USD"), ("capacityShare", "PERCENT"), ("marketShare", "PERCENT"))
_QUALIFIERS = {"product": ("mcu", "wafer", "integrated-circuits"), "node": ("40nm", "7nm"), "status": ("announced",)}


class World:
    """Documents with their statements, by number.

    busy: the names of entities that many claims speak of, groups where the registry has none; seed: int.
    """

    def __init__(self, busy: Collection[str] = (), seed: int = 1) -> None:
        self._draw = random.Random(seed)
        first = {entry.id for name in busy for entry in load().lookup(name)} | set(map(slug, busy))
        known = [Entity(e.id, e.label, e.type, e.label) for e in load().entries.values()]
        known += [Entity(slug(name), name, "ActorGroup", name) for name in sorted(busy) if not load().lookup(name)]
        self._draw.shuffle(known)
        self._relations = [relation for relation in relations().values() if "Text" not in relation.range]
        sides = {kinds for relation in self._relations for kinds in (relation.domain, relation.range)}
        self._ends = {kinds: _weighted(known, kinds, first) for kinds in sides}
        self._about = _weighted(known, frozenset(("Company", "Country")), first)
        self._press = [entity for entity in known if entity.type == "MediaOrganization"][:20]

    def documents(self, count: int) -> Iterator[tuple[Document, list[Statement]]]:
        """So many documents of fourteen sentences, each with a claim or a number."""
        for number in range(count):
            lines = [f"Note {number}, line {line}: an invented sentence." for line in range(CLAIMS + NUMBERS)]
            date = f"{self._draw.randint(2018, 2026)}-{self._draw.randint(1, 12):02}-15"
            publisher = self._draw.choice(self._press).label
            document = Document("\n".join(lines), f"world/{number}.txt", publisher=publisher, date=date)
            places = list(_places(lines))
            claims = [self._claim(document, place) for place in places[:CLAIMS]]
            yield document, [*claims, *(self._number(document, place) for place in places[CLAIMS:])]

    def _claim(self, document: Document, evidence: Evidence) -> Claim:
        relation = self._draw.choice(self._relations)
        named = self._draw.choice(tuple(_QUALIFIERS))
        return Claim(
            document.id,
            document.source,
            self._one(relation.domain),
            relation.id,
            self._one(relation.range),
            evidence,
            "bench",
            Polarity.NEGATED if self._draw.random() < 0.1 else Polarity.AFFIRMED,
            self._draw.choice((Modality.ASSERTED, Modality.ASSERTED, Modality.ASSERTED, Modality.PLANNED)),
            self._draw.choice((None, str(self._draw.randint(2018, 2026)))),
            qualifiers={named: self._draw.choice(_QUALIFIERS[named])},
            confidence=round(0.4 + 0.6 * self._draw.random(), 2),
        )

    def _number(self, document: Document, evidence: Evidence) -> Observation:
        metric, unit = self._draw.choice(METRICS)
        value = self._draw.randint(1, 90)
        about, totals = self._about
        return Observation(
            document.id,
            document.source,
            self._draw.choices(about, cum_weights=totals)[0],
            metric,
            value,
            str(value),
            unit,
            evidence,
            "bench",
            period=str(self._draw.randint(2022, 2027)),
            forecast=self._draw.random() < 0.3,
        )

    def _one(self, kinds: frozenset[str]) -> Entity:
        entities, totals = self._ends[kinds]
        return self._draw.choices(entities, cum_weights=totals)[0]


def _weighted(known: list[Entity], kinds: frozenset[str], busy: set[str]) -> tuple[list[Entity], list[float]]:
    """The entities of some classes, with the running sum of how often each is named."""
    found = [entity for entity in known if any(is_a(entity.type, kind) for kind in kinds)]
    weights = (1 if entity.id in busy else 1 / (n + 1) ** 0.7 for n, entity in enumerate(found))
    return found, list(accumulate(weights))


def _places(lines: list[str]) -> Iterator[Evidence]:
    start = 0
    for line in lines:
        yield Evidence(start, start + len(line), line)
        start += len(line) + 1
