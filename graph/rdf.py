"""Statements and documents as RDF 1.1 quads: n-ary claims with their evidence, one named graph a document.

Nothing here is a blank node, and every literal has the spelling that a store keeps, so the quads of the same
statements are the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from extract.model import Claim
from graph import terms as t
from graph.identity.canonical import NOBODY
from graph.literals import decimal, integer, time
from ontology.errors import InvalidData
from ontology.iri import claim_iri, document_iri, entity_iri, evidence_iri, observation_iri, run_iri, slug
from ontology.measures import metrics, units
from ontology.namespaces import CK
from ontology.registry import load
from ontology.relations import relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.model import Document, Evidence, Observation, Statement
    from graph.identity.canonical import Canon

    Term = NamedNode | Literal
    Triple = tuple[NamedNode, NamedNode, Term]

CONTEXT = 32  # characters of prefix and suffix, enough to find a quote again in a text that moved
_TIME_QUALIFIERS = frozenset(("validFrom", "validTo", "after", "before", "period"))
# What every statement has of itself; a qualifier of that name would be taken for it.
RESERVED = frozenset(("polarity", "modality", "confidence", "attributedTo", "time", "rule", "explanation"))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the statements of a document come from, as far as the statements do not say so themselves.

    id: str, of the document; document: Document, its text empty where only the statements are at hand; sources: tuple
    of str, all paths and addresses that this text was read from; software: str, what recognised the statements.
    """

    id: str
    document: Document
    sources: tuple[str, ...]
    software: str = "chipgraph"

    @property
    def publisher_id(self) -> str | None:
        """Id of the publisher: that of the registry where the name is known and not shared, else a slug."""
        name = self.document.publisher
        return publisher_id(name) if name else None


def publisher_id(name: str) -> str | None:
    """The id of a publisher's name, or None where the name holds no letter."""
    known = load().lookup(name)
    return known[0].id if len(known) == 1 else slug(name) or None


def document_quads(origin: Origin, statements: Iterable[Statement], canon: Canon = NOBODY) -> Iterator[Quad]:
    """All quads of a document's named graph: what the document is, and every statement with its evidence.

    canon: gives the id that stands for each; the ids of statements stay as claims.jsonl has them.

    >>> from graph.example import document, statements
    >>> quads = set(document_quads(Origin(document().id, document(), (document().source,)), statements()))
    >>> {quad.graph_name.value for quad in quads} == {document_iri(document().id)}
    True
    """
    graph = NamedNode(document_iri(origin.id))
    for triple in sorted(set(_document(origin, graph, canon)), key=str):
        yield Quad(*triple, graph)
    seen: set[Evidence] = set()
    for statement in statements:
        for triple in statement_triples(statement, origin, canon):
            yield Quad(*triple, graph)
        for evidence in _behind(statement):
            if evidence not in seen:
                seen.add(evidence)
                for triple in _evidence(evidence, origin):
                    yield Quad(*triple, graph)


def statement_triples(statement: Statement, origin: Origin, canon: Canon = NOBODY) -> Iterator[Triple]:
    """The triples of one claim or observation, those of its evidence apart."""
    if isinstance(statement, Claim):
        node = NamedNode(claim_iri(statement.id))
        yield from _claim(node, statement, canon)
    else:
        node = NamedNode(observation_iri(statement.id))
        yield from _observation(node, statement, canon)
    yield node, t.CONFIDENCE, decimal(statement.confidence)
    yield node, t.RULE, Literal(statement.rule)
    yield node, t.ATTRIBUTED_TO, _speaker(statement, origin, canon)
    yield node, t.GENERATED_BY, NamedNode(run_iri(origin.software))
    for evidence in _behind(statement):
        yield node, t.DERIVED_FROM, NamedNode(evidence_iri(statement.document, evidence.start, evidence.end))


def check_statement(statement: Statement) -> None:
    """Raises `InvalidData` where a statement uses a term that the vocabulary lacks: it could not be read back."""
    if isinstance(statement, Claim):
        relation(statement.relation)
        bad = sorted(key for key in statement.qualifiers if key not in CK or key in RESERVED)
        if bad:
            raise InvalidData(f"The claim {statement.id} has the qualifier {bad[0]!r}, which chip.ttl does not know.")
    elif statement.metric not in metrics():
        raise InvalidData(f"The observation {statement.id} has the metric {statement.metric!r}, unknown to chip.ttl.")


def in_order(statement: Statement) -> Statement:
    """The statement with its earliest sentence first, as every built graph keeps it."""
    first, *rest = _behind(statement)
    return replace(statement, evidence=first, support=tuple(rest))


def qualifier(key: str, value: str, canon: Canon = NOBODY) -> Term:
    """The value of a qualifier as a node where it is a known entity, status, metric or time, else as text.

    key, value: str, as the claim has them.

    >>> qualifier("status", "completed").value.rsplit("#")[-1], qualifier("purpose", "lower costs").value
    ('completed', 'lower costs')
    """
    if key in t.ENTITY_QUALIFIERS and (known := known_entity(key, value)):
        return NamedNode(entity_iri(canon(known)))
    if (key == "status" and value in CK) or (key == "metric" and value in metrics()):
        return t.ck(value)
    return time(value) if key in _TIME_QUALIFIERS else Literal(value)


def known_entity(key: str, value: str) -> str | None:
    """The registry id that a qualifier's value stands for: the value itself, or `node-40nm` for the node `40nm`."""
    entries = load().entries
    candidates = (value, f"node-{value}") if key == "node" else (value,)
    return next((candidate for candidate in candidates if candidate in entries), None)


def unit_node(code: str) -> Term:
    """The unit of a code, or the code as text where the vocabulary does not know it."""
    return NamedNode(units()[code].iri) if code in units() else Literal(code)


def _behind(statement: Statement) -> list[Evidence]:
    """The sentences behind a statement, in the order of the text."""
    return sorted({statement.evidence, *statement.support}) if statement.support else [statement.evidence]


def _claim(node: NamedNode, claim: Claim, canon: Canon) -> Iterator[Triple]:
    yield node, t.TYPE, t.CLAIM
    yield node, t.SUBJECT, NamedNode(entity_iri(canon(claim.subject.id)))
    yield node, t.PREDICATE, t.ck(claim.relation)
    yield node, t.OBJECT, NamedNode(entity_iri(canon(claim.object.id)))
    yield node, t.POLARITY, t.ck(claim.polarity.value)
    yield node, t.MODALITY, t.ck(claim.modality.value)
    if claim.time:
        yield node, t.TIME, time(claim.time)
    for key, value in sorted(claim.qualifiers.items()):
        yield node, t.ck(key), qualifier(key, value, canon)
    for part, words in sorted(claim.reasons.items()):
        yield node, t.EXPLANATION, Literal(f"{part}: {words}")


def _observation(node: NamedNode, o: Observation, canon: Canon) -> Iterator[Triple]:
    yield node, t.TYPE, t.OBSERVATION
    yield node, t.ABOUT, NamedNode(entity_iri(canon(o.about.id)))
    yield node, t.METRIC, t.ck(o.metric)
    yield node, t.VALUE, decimal(o.value)
    yield node, t.PRINTED, Literal(o.printed)
    yield node, t.UNIT, unit_node(o.unit)
    yield node, t.FORECAST, _boolean(o.forecast)
    yield node, t.APPROX, _boolean(o.approx)
    for predicate, text in ((t.PERIOD, o.period), (t.BASE_PERIOD, o.base_period)):
        if text:
            yield node, predicate, time(text)
    for key, value in (("product", o.product), ("scope", o.scope), ("geo", o.geo)):
        if value:
            yield node, t.ck(key), qualifier(key, value, canon)
    if o.direction:
        yield node, t.DIRECTION, t.ck(o.direction)


def _evidence(evidence: Evidence, origin: Origin) -> Iterator[Triple]:
    iri = evidence_iri(origin.id, evidence.start, evidence.end)
    node, position, quote = NamedNode(iri), NamedNode(f"{iri}/position"), NamedNode(f"{iri}/quote")
    yield node, t.TYPE, t.EVIDENCE
    yield node, t.HAS_SOURCE, NamedNode(document_iri(origin.id))
    yield node, t.HAS_SELECTOR, position
    yield node, t.HAS_SELECTOR, quote
    yield position, t.TYPE, t.POSITION_SELECTOR
    yield position, t.START, integer(evidence.start)
    yield position, t.END, integer(evidence.end)
    yield quote, t.TYPE, t.QUOTE_SELECTOR
    yield quote, t.EXACT, Literal(evidence.text)
    if text := origin.document.text:
        yield quote, t.PREFIX, Literal(text[max(0, evidence.start - CONTEXT) : evidence.start])
        yield quote, t.SUFFIX, Literal(text[evidence.end : evidence.end + CONTEXT])


def _document(origin: Origin, node: NamedNode, canon: Canon) -> Iterator[Triple]:
    document = origin.document
    yield node, t.TYPE, t.DOCUMENT
    for source in origin.sources:
        yield node, t.SOURCE_PATH, Literal(source)
    texts = (
        (t.HEADLINE, document.title),
        (t.AUTHOR, document.author),
        (t.URL, document.url),
        (t.LANGUAGE, document.language),
    )
    for predicate, text in texts:
        if text:
            yield node, predicate, Literal(text)
    if document.date:
        yield node, t.PUBLISHED, time(document.date)
    if origin.publisher_id:
        yield node, t.PUBLISHER, NamedNode(entity_iri(canon(origin.publisher_id)))


def _speaker(statement: Statement, origin: Origin, canon: Canon) -> NamedNode:
    """Who says so: the source that the text names, else the publisher, else the document itself."""
    named = statement.attributed_to.id if statement.attributed_to else origin.publisher_id
    return NamedNode(entity_iri(canon(named)) if named else document_iri(statement.document))


def _boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", datatype=t.BOOLEAN)
