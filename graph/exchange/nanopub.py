"""Nanopublications in TriG: each claim with its provenance as four graphs that can be published and cited alone.

Follows the Nanopublication Guidelines (nanopub.net): head, assertion, provenance and publication info. A claim that
holds is asserted as its plain triple; one that is negated, planned or the like must not be, so its assertion is what
the claim node says. They are unsigned, and the date is that of the document, so that the same graph gives the same
bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import terms as t
from graph.exchange import _reading as reading
from graph.exchange._rdf import written
from graph.literals import decimal, time
from graph.rdf import qualifier
from ontology.iri import claim_iri, document_iri, entity_iri, evidence_iri, local_name
from ontology.namespaces import CR_BASE, PREFIXES, PROV

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.model import Claim
    from graph.exchange._reading import Contents
    from graph.store import Store

    Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]

TITLE = "Nanopublications in TriG"
_NP = "http://www.nanopub.org/nschema#"
_CREATED = ox.NamedNode("http://purl.org/dc/terms/created")
_TITLE = ox.NamedNode("http://purl.org/dc/terms/title")
_ATTRIBUTED = ox.NamedNode(PROV.wasAttributedTo)
_PREFIXES = {"np": _NP, "dct": "http://purl.org/dc/terms/", **PREFIXES}
_PARTS = ("assertion", "provenance", "pubinfo")


def files(store: Store) -> dict[str, list[bytes]]:
    """The one file of the format."""
    of = reading.contents(store)
    quads = (quad for claim in of.claims for quad in _publication(claim, of))
    return {"nanopubs.trig": [written(quads, ox.RdfFormat.TRIG, _PREFIXES)]}


def _publication(claim: Claim, of: Contents) -> Iterator[ox.Quad]:
    base = f"{CR_BASE}np/{claim.id}"
    whole, head, *graphs = (ox.NamedNode(base + part) for part in ("", "/head", *(f"/{part}" for part in _PARTS)))
    yield ox.Quad(whole, t.TYPE, ox.NamedNode(_NP + "Nanopublication"), head)
    for name, graph in zip(("hasAssertion", "hasProvenance", "hasPublicationInfo"), graphs, strict=True):
        yield ox.Quad(whole, ox.NamedNode(_NP + name), graph, head)
    assertion, provenance, about = graphs
    parts = (_assertion(claim, of), _provenance(claim, of, assertion), _about(claim, of, whole))
    for graph, triples in zip((assertion, provenance, about), parts, strict=True):
        for triple in triples:
            yield ox.Quad(*triple, graph)


def _assertion(claim: Claim, of: Contents) -> Iterator[Triple]:
    subject, object_ = (ox.NamedNode(entity_iri(end.id)) for end in (claim.subject, claim.object))
    if claim.is_fact:
        yield subject, t.ck(claim.relation), object_
    node = ox.NamedNode(claim_iri(claim.id))
    yield node, t.TYPE, t.CLAIM
    yield node, t.SUBJECT, subject
    yield node, t.PREDICATE, t.ck(claim.relation)
    yield node, t.OBJECT, object_
    yield node, t.POLARITY, t.ck(claim.polarity.value)
    yield node, t.MODALITY, t.ck(claim.modality.value)
    if claim.time:
        yield node, t.TIME, time(claim.time)
    for key, value in sorted(claim.qualifiers.items()):
        yield node, t.ck(key), _standing(qualifier(key, value), of)


def _standing(term: ox.NamedNode | ox.Literal, of: Contents) -> ox.NamedNode | ox.Literal:
    """A qualifier's value, an entity under the id that it goes by now."""
    if isinstance(term, ox.NamedNode) and term.value.startswith(CR_BASE):
        return ox.NamedNode(entity_iri(of.reader.standing(local_name(term.value))))
    return term


def _provenance(claim: Claim, of: Contents, assertion: ox.NamedNode) -> Iterator[Triple]:
    yield assertion, t.CONFIDENCE, decimal(claim.confidence)
    yield assertion, t.RULE, ox.Literal(claim.rule)
    if speaker := of.speaker(claim):
        yield assertion, _ATTRIBUTED, ox.NamedNode(entity_iri(speaker))
    document = ox.NamedNode(document_iri(claim.document))
    for passage in of.evidence(claim):
        node = ox.NamedNode(evidence_iri(claim.document, passage.start, passage.end))
        yield assertion, t.DERIVED_FROM, node
        yield node, t.HAS_SOURCE, document
        yield node, t.EXACT, ox.Literal(passage.text)
    source = of.reader.source(claim.document)
    for predicate, value in ((t.HEADLINE, source.title), (t.URL, source.url), (t.AUTHOR, source.author)):
        if value:
            yield document, predicate, ox.Literal(value)
    if source.publisher_id:
        yield document, t.PUBLISHER, ox.NamedNode(entity_iri(source.publisher_id))


def _about(claim: Claim, of: Contents, whole: ox.NamedNode) -> Iterator[Triple]:
    yield whole, _TITLE, ox.Literal(f"{claim.subject.label} {claim.relation} {claim.object.label}")
    yield whole, t.DERIVED_FROM, ox.NamedNode(claim_iri(claim.id))
    if date := of.reader.source(claim.document).date:
        yield whole, _CREATED, time(date)
