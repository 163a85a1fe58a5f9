"""The projection: claims that are affirmed, asserted, not over and confident enough, as plain triples.

They stand in the default graph.

`update` says in SPARQL what it is. `rebuild` makes the same entity by entity, as one update of a whole graph takes the
engine more time, and memory for all of it; `refresh` keeps it right when a document comes or goes, which touches only
the pairs of entities that the document speaks of: every rule of the projection (a relation implies its parents, a
symmetric one holds both ways) ties the same two entities as the claim.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from pyoxigraph import Literal, NamedNode, Quad, Store

from extract.model import THRESHOLD
from graph import terms as t
from graph.store import as_node, matching
from ontology.namespaces import CK_BASE, PREFIXES
from ontology.relations import closure, relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.store import PlainQuad

    Pair = tuple[NamedNode, NamedNode]
    Fact = tuple[NamedNode, NamedNode, NamedNode]

_HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())

_CLEAR = "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"
_HELD = f"""GRAPH ?g {{
  ?c ck:confidence ?confidence ; ck:polarity ck:affirmed ; ck:modality ck:asserted ;
     rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
  FILTER(?confidence >= {THRESHOLD} && ?s != ?o)
  FILTER NOT EXISTS {{ ?c ck:status ?status . FILTER(?status IN (ck:ended, ck:cancelled)) }}
}}"""
_DIRECT = f"INSERT {{ ?s ?p ?o }} WHERE {{ {_HELD} }}"
# The same of one entity, with whom it is tied as `?other`. What is asked of the entity stands first: of patterns that
# look alike to it the engine begins with the first, and all claims are affirmed, or nearly so.
_OF_ONE = f"""{_HEAD}SELECT DISTINCT ?p ?other WHERE {{{{ GRAPH ?g {{{{
  ?c {{end}} <{{iri}}> ; {{other_end}} ?other ; rdf:predicate ?p ;
     ck:polarity ck:affirmed ; ck:modality ck:asserted ; ck:confidence ?confidence .
  FILTER(?confidence >= {THRESHOLD} && ?other != <{{iri}}>)
  FILTER NOT EXISTS {{{{ ?c ck:status ?status . FILTER(?status IN (ck:ended, ck:cancelled)) }}}}
}}}} }}}}"""
_SUBJECTS = f"{_HEAD}SELECT DISTINCT ?e WHERE {{ GRAPH ?g {{ ?c rdf:subject ?e }} }}"
_OBJECTS = f"""{_HEAD}SELECT DISTINCT ?e WHERE {{{{
  GRAPH ?g {{{{ ?c rdf:predicate ?p ; rdf:object ?e FILTER(?p IN ({{both_ways}})) }}}}
}}}}"""
_AT_ONCE = 50_000  # facts that are added at once


def rules() -> Iterator[str]:
    """The rules of the projection as SPARQL updates: first each relation implies its parents, then symmetry.

    >>> next(rules())
    'INSERT { ?s ck:partnersWith ?o } WHERE { ?s ck:jointVentureWith ?o }'
    """
    for name in relations():
        for above in closure(name)[1:]:
            yield f"INSERT {{ ?s ck:{above} ?o }} WHERE {{ ?s ck:{name} ?o }}"
    for name, relation in relations().items():
        if relation.symmetric:
            yield f"INSERT {{ ?o ck:{name} ?s }} WHERE {{ ?s ck:{name} ?o }}"


def update() -> str:
    """The whole projection as one SPARQL update."""
    return _HEAD + " ;\n".join((_CLEAR, _DIRECT, *rules()))


def rebuild(engine: Store) -> None:
    """Makes the projection of a store right, whatever there was of it."""
    fresh: list[Quad] = []
    subjects = {entity for (entity,) in _rows(engine, _SUBJECTS)}
    objects = {entity for (entity,) in _rows(engine, _OBJECTS.format(both_ways=", ".join(_both_ways())))}
    spoken_of = subjects | objects
    for entity in spoken_of:
        wanted = set(_facts_of(engine, entity, entity in subjects, entity in objects))
        found = {(entity, q.predicate, as_node(q.object)) for q in matching(engine, entity, None, None, t.FACTS)}
        _remove(engine, found - wanted)
        fresh.extend(Quad(*fact, t.FACTS) for fact in wanted - found)
        if len(fresh) > _AT_ONCE:
            engine.bulk_extend(fresh)
            fresh.clear()
    engine.bulk_extend(fresh)
    every = matching(engine, None, None, None, t.FACTS)
    _remove(engine, [(q.subject, q.predicate, as_node(q.object)) for q in every if q.subject not in spoken_of])


def _facts_of(engine: Store, entity: NamedNode, is_subject: bool, is_object: bool) -> Iterator[Fact]:
    """The facts that the projection should have with an entity as their subject.

    is_subject, is_object: whether claims have it as their subject, and as their object where relations hold both ways.
    """
    if is_subject:
        about = {"iri": entity.value, "end": "rdf:subject", "other_end": "rdf:object"}
        for relation, other in _rows(engine, _OF_ONE.format_map(about)):
            yield from (fact for fact in consequences((entity, relation, other)) if fact[0] == entity)
    if is_object:
        turned = {"iri": entity.value, "end": "rdf:object", "other_end": "rdf:subject"}
        for relation, other in _rows(engine, _OF_ONE.format_map(turned)):
            yield from (fact for fact in consequences((other, relation, entity)) if fact[0] == entity)


@cache
def _both_ways() -> tuple[str, ...]:
    """The relations of which something follows that holds both ways."""
    return tuple(f"ck:{name}" for name in relations() if any(relations()[above].symmetric for above in _implied(name)))


def _rows(engine: Store, query: str) -> Iterator[tuple[NamedNode, ...]]:
    """What a query selects, all of it IRIs."""
    return (tuple(row) for row in cast("Iterable[tuple[NamedNode, ...]]", engine.query(query)))


def _remove(engine: Store, facts: Iterable[Fact]) -> None:
    for fact in facts:
        engine.remove(Quad(*fact, t.FACTS))


def refresh(engine: Store, pairs: Iterable[Pair]) -> None:
    """Makes the projection right again for pairs of entities.

    engine: the store, its claims already as they should be; pairs: subject and object of each claim that came or went,
    in either order.
    """
    for a, b in sorted({_ordered(pair) for pair in pairs}, key=str):
        before = set(_projected(engine, a, b))
        after = {fact for claim in _facts(engine, a, b) for fact in consequences(claim)}
        _remove(engine, before - after)
        engine.extend(Quad(*fresh, t.FACTS) for fresh in after - before)


def pairs(engine: Store, graph: NamedNode) -> set[Pair]:
    """The pairs of entities that the claims of a document's graph speak of."""
    found: set[Pair] = set()
    for quad in matching(engine, None, t.SUBJECT, None, graph):
        ends = matching(engine, quad.subject, t.OBJECT, None, graph)
        found.update(_ordered((as_node(quad.object), as_node(end.object))) for end in ends)
    return found


def consequences(fact: Fact) -> Iterator[Fact]:
    """A fact and what follows from it: the parents of its relation, and both ways round for symmetric ones.

    >>> a, b = NamedNode("x:a"), NamedNode("x:b")
    >>> sorted(p.value.rsplit("#")[1] for _, p, _ in consequences((a, t.ck("jointVentureWith"), b)))
    ['jointVentureWith', 'jointVentureWith', 'partnersWith', 'partnersWith']
    """
    subject, relation, object_ = fact
    for name in _implied(relation.value.removeprefix(CK_BASE)):
        yield subject, t.ck(name), object_
        if relations()[name].symmetric:
            yield object_, t.ck(name), subject


@cache
def _implied(name: str) -> tuple[str, ...]:
    return closure(name) if name in relations() else ()


def _ordered(pair: Pair) -> Pair:
    a, b = pair
    return (a, b) if a.value <= b.value else (b, a)


def _projected(engine: Store, a: NamedNode, b: NamedNode) -> Iterator[Fact]:
    for subject, object_ in {(a, b), (b, a)}:
        for quad in matching(engine, subject, None, object_, t.FACTS):
            yield quad.subject, quad.predicate, as_node(quad.object)


def _facts(engine: Store, a: NamedNode, b: NamedNode) -> Iterator[Fact]:
    """What the claims of all documents hold as a fact between two entities; a merged one has none with itself."""
    if a == b:
        return
    for subject, object_ in {(a, b), (b, a)}:
        for quad in matching(engine, None, t.SUBJECT, subject):
            if Quad(quad.subject, t.OBJECT, object_, quad.graph_name) in engine and _holds(engine, quad):
                yield subject, as_node(_one(engine, quad, t.PREDICATE)), object_


def _holds(engine: Store, claim: PlainQuad) -> bool:
    node, graph = claim.subject, claim.graph_name
    return (
        Quad(node, t.POLARITY, t.AFFIRMED, graph) in engine
        and Quad(node, t.MODALITY, t.ASSERTED, graph) in engine
        and not any(Quad(node, t.STATUS, over, graph) in engine for over in t.OVER)
        and float(_one(engine, claim, t.CONFIDENCE).value) >= THRESHOLD
    )


def _one(engine: Store, claim: PlainQuad, predicate: NamedNode) -> NamedNode | Literal:
    return next(matching(engine, claim.subject, predicate, None, claim.graph_name)).object
