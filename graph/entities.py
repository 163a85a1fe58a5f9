"""What the graph knows of each entity beside claims: its type and names, and the facts of the registry."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from extract.model import Claim
from graph import terms as t
from graph.described import Trait, countries, traits
from graph.literals import decimal
from graph.rdf import known_entity
from ontology.iri import entity_iri, run_iri
from ontology.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.model import Entity, Statement
    from graph.identity.canonical import Canon
    from graph.rdf import Origin
    from ontology.registry import Entry

_LAYOUT = 2  # of a summary; raised when it holds something else
_WIKIDATA = "http://www.wikidata.org/entity/"
# A mention that opens with one of these points back at a name instead of being one.
_POINTERS = frozenset(
    (
        *("the", "a", "an", "it", "its", "he", "she", "his", "her", "they", "their", "them", "we", "our", "us", "this"),
        *("that", "these", "those", "both", "all", "such", "who", "which", "one", "another", "other", "others", "some"),
        *("many", "most", "several", "each", "every"),
    )
)


@dataclass(slots=True)
class Known:
    """What the statements say of one entity: how often each label and type, its names, its seats and trades."""

    labels: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    traits: set[Trait] = field(default_factory=set)

    def take(self, other: Known) -> None:
        """Takes in the names and traits of another one, but not what it is called and what kind of thing it is."""
        self.names |= other.names
        self.traits |= other.traits


class Gazetteer:
    """The entities of a set of documents; fed statement by statement, it does not depend on their order.

    >>> from graph.example import statements
    >>> gazetteer = Gazetteer()
    >>> gazetteer.see(statements())
    >>> sorted(gazetteer.entities)[:2]
    ['hua-hong', 'huawei']
    """

    def __init__(self) -> None:
        self.entities: dict[str, Known] = {}
        self.software: set[str] = set()
        self.replaced: dict[str, str] = {}

    def see(self, statements: Iterable[Statement]) -> None:
        """Takes in the entities of the statements."""
        for statement in statements:
            for entity in entities_of(statement):
                self._see(entity)
            for key, trait in traits(statement):
                self.entities[key].traits.add(trait)
            for key in _qualifying(statement):
                self.entities.setdefault(key, Known())

    def see_origin(self, origin: Origin) -> None:
        """Takes in the publisher of a document and the software that read it."""
        self.software.add(origin.software)
        if origin.publisher_id and origin.document.publisher:
            known = self.entities.setdefault(origin.publisher_id, Known())
            known.labels[origin.document.publisher] += 1
            known.types["MediaOrganization"] += 1

    def summary(self) -> str:
        """All that it has taken in, as JSON for `recall`."""
        entities = {
            key: (k.labels, k.types, sorted(k.names), sorted(k.traits)) for key, k in sorted(self.entities.items())
        }
        held = {"layout": _LAYOUT, "software": sorted(self.software), "entities": entities}
        return json.dumps(held, ensure_ascii=False)

    def recall(self, summary: str) -> bool:
        """Takes in what another one had, from its `summary`; nothing, and False, where another version wrote it."""
        given = json.loads(summary)
        if given.get("layout") != _LAYOUT:
            return False
        self.software.update(given["software"])
        for key, (labels, types, names, told) in given["entities"].items():
            known = self.entities.setdefault(key, Known())
            for counted, more in ((known.labels, labels), (known.types, types)):
                for value, count in more.items():  # Counter.update takes five times as long for so few
                    counted[value] += count
            known.names.update(names)
            known.traits.update(Trait(*trait) for trait in told)
        return True

    def named(self) -> Iterator[tuple[str, str, str]]:
        """Each entity as id, label and type, as the documents have it."""
        for key, known in self.entities.items():
            yield key, _most(known.labels, key), _most(known.types, "Entity")

    def merged(self, canon: Canon) -> Gazetteer:
        """The same under the ids that stand for each; a merged entity lends its names, not its label or type."""
        made = Gazetteer()
        made.software = self.software
        made.replaced = {old: canon(old) for old in self.entities if canon(old) != old}
        for key, known in self.entities.items():
            if key not in made.replaced:
                made.entities[key] = Known(known.labels.copy(), known.types.copy(), set(known.names), set(known.traits))
        for old, new in sorted(made.replaced.items()):
            into, known = made.entities.setdefault(new, Known()), self.entities[old]
            into.take(known)
            into.names.update(known.labels)
            if new not in self.entities:  # a node may go by an id that no document has
                into.labels.update(known.labels)
                into.types.update(known.types)
        if made.replaced:
            for known in made.entities.values():
                known.traits = {trait._replace(object=canon(trait.object)) for trait in known.traits}
        return made

    def take(self, other: Gazetteer) -> None:
        """Takes in what another one has."""
        self.software |= other.software
        for key, more in other.entities.items():
            known = self.entities.setdefault(key, Known())
            for counted, counts in ((known.labels, more.labels), (known.types, more.types)):
                for value, count in counts.items():
                    counted[value] += count
            known.take(more)

    def quads(self) -> Iterator[Quad]:
        """The shared graph, subject by subject.

        Entities by id, with the concepts that the registry ties them to and the ids merged into them; the runs.
        """
        replaced: defaultdict[str, list[str]] = defaultdict(list)
        for old, new in self.replaced.items():
            replaced[new].append(old)
        for key in sorted(self._with_concepts()):
            node = NamedNode(entity_iri(key))
            for predicate, value in _described(key, self.entities.get(key) or Known()):
                yield Quad(node, predicate, value, t.SHARED)
            for old in sorted(replaced.get(key, ())):
                yield Quad(node, t.REPLACES, NamedNode(entity_iri(old)), t.SHARED)
        for software in sorted(self.software):
            run = NamedNode(run_iri(software))
            yield Quad(run, t.TYPE, t.RUN, t.SHARED)
            yield Quad(run, t.SOFTWARE_VERSION, Literal(software), t.SHARED)

    def _see(self, entity: Entity) -> None:
        known = self.entities.setdefault(entity.id, Known())
        known.labels[entity.label] += 1
        known.types[entity.type] += 1
        known.names.update(name for name in (entity.mention, *entity.aliases) if is_name(name))

    def _with_concepts(self) -> set[str]:
        entries, found, open_ = load().entries, set(self.entities), list(self.entities)
        while open_:
            entry = entries.get(open_.pop())
            fresh = {key for key in (*entry.broader, *entry.business_models) if key in entries} if entry else set()
            open_.extend(fresh - found)
            found |= fresh
        return found


def entities_of(statement: Statement) -> Iterator[Entity]:
    """The entities that a statement ties: subject and object, or what a number is about; then who says so."""
    yield from (statement.subject, statement.object) if isinstance(statement, Claim) else (statement.about,)
    if statement.attributed_to:
        yield statement.attributed_to


def is_name(mention: str) -> bool:
    """True where a mention names its entity; "the company" or "its rival" only points at it.

    >>> is_name("Hua Hong"), is_name("the company"), is_name("华虹半导体"), is_name("chipmaker")
    (True, False, True, False)
    """
    words = mention.split()
    capitals = bool(words) and words[0].casefold() not in _POINTERS and mention != mention.lower()
    return capitals or _uncased(mention)


def _uncased(mention: str) -> bool:
    """True for scripts without capitals, such as Chinese."""
    return any(c.isalpha() for c in mention) and mention.lower() == mention.upper()


def _qualifying(statement: Statement) -> Iterator[str]:
    pairs: Iterable[tuple[str, str | None]]
    if isinstance(statement, Claim):
        pairs = [(key, value) for key, value in statement.qualifiers.items() if key in t.ENTITY_QUALIFIERS]
    else:
        pairs = [("product", statement.product), ("scope", statement.scope), ("geo", statement.geo)]
    for key, value in pairs:
        if value and (known := known_entity(key, value)):
            yield known


def _described(key: str, known: Known) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    entry = load().entries.get(key)
    label = entry.label if entry else _most(known.labels, key)
    names = known.names | set(known.labels) | {alias.text for alias in (entry.aliases if entry else ())}
    yield t.TYPE, t.ck(entry.type if entry else _most(known.types, "Entity"))
    yield t.LABEL, Literal(label)
    for name in sorted(names - {label}):
        yield t.ALT_LABEL, Literal(name)
    if entry:
        yield from _registered(entry)
    elif said := countries(known.traits):
        yield t.ck("country"), Literal(said[0].value)
        yield t.EXPLANATION, Literal(f"country: {'; '.join(map(str, said))}")


def _registered(entry: Entry) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
    plain = {"country": entry.country, "iso3": entry.iso3, "ticker": entry.ticker, "isin": entry.isin, "lei": entry.lei}
    if entry.type == "Country":
        plain["iso2"] = entry.country
    for name, value in sorted(plain.items()):
        if value:
            yield t.ck(name), Literal(value)
    if entry.nanometres is not None:
        yield t.ck("nanometres"), decimal(entry.nanometres)
    for model in entry.business_models:
        yield t.BUSINESS_MODEL, NamedNode(entity_iri(model))
    for wider in entry.broader:
        yield t.BROADER, NamedNode(entity_iri(wider))
    if entry.wikidata:
        relied_on = t.EXACT_MATCH if entry.id_status == "verified" else t.ck("candidateId")
        yield relied_on, NamedNode(_WIKIDATA + entry.wikidata)


def _most(counted: Counter[str], otherwise: str) -> str:
    """The most frequent value, the first in the alphabet where several are."""
    return min(counted, key=lambda value: (-counted[value], value), default=otherwise)
