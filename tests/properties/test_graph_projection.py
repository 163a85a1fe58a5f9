"""Laws of the graph: the projection kept up to date equals the one built anew, whatever comes and goes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from extract.model import Claim, Document, Entity, Evidence, Modality, Polarity
from graph import projection
from graph import terms as t
from graph.index import in_memory
from graph.literals import decimal, number
from graph.rdf import Origin, document_quads, in_order
from ontology.iri import document_iri
from ontology.namespaces import CK

KEYS = ("alpha", "beta", "gamma")
RELATIONS = ("partnersWith", "jointVentureWith", "manufacturesFor", "suppliesTo", "competesWith", "acquires")
QUALIFIERS = ("product", "node", "status", "purpose", "validFrom", "percent", "place")


@st.composite
def claims(draw: st.DrawFn, document: Document) -> Claim:
    subject, object_ = (Entity(key, key, "Company") for key in draw(st.tuples(*[st.sampled_from(KEYS)] * 2)))
    return Claim(
        document.id,
        document.source,
        subject,
        draw(st.sampled_from(RELATIONS)),
        object_,
        Evidence(0, 1, document.text[:1]),
        "test",
        draw(st.sampled_from([*Polarity, Polarity.AFFIRMED])),
        draw(st.sampled_from([*Modality, Modality.ASSERTED])),
        qualifiers=draw(
            st.dictionaries(st.sampled_from(QUALIFIERS), st.sampled_from(("mcu", "40nm", "2024", "x y")), max_size=2)
        ),
        confidence=draw(st.sampled_from((0.2, 0.5, 0.9))),
    )


@st.composite
def libraries(draw: st.DrawFn) -> list[tuple[Origin, list[Claim]]]:
    found = []
    for name in "abc":
        document = Document(f"{name} text", f"{name}.txt")
        found.append((Origin(document.id, document, (document.source,)), draw(st.lists(claims(document), max_size=4))))
    return found


def facts(engine: Store) -> set[tuple[str, str, str]]:
    quads = engine.quads_for_pattern(None, None, None, t.FACTS)
    return {(str(quad.subject), quad.predicate.value, str(quad.object)) for quad in quads}


@settings(deadline=None, max_examples=60)
@given(libraries(), st.data())
def test_incremental_equals_rebuilt(library: list[tuple[Origin, list[Claim]]], data: st.DataObject) -> None:
    engine = in_memory([]).engine
    for origin, statements in library:
        engine.extend(document_quads(origin, statements))
        projection.refresh(engine, projection.pairs(engine, NamedNode(document_iri(origin.id))))
    gone = data.draw(st.sampled_from(library))
    graph = NamedNode(document_iri(gone[0].id))
    touched = projection.pairs(engine, graph)
    engine.remove_graph(graph)
    projection.refresh(engine, touched)
    kept = facts(engine)
    projection.rebuild(engine)
    assert kept == facts(engine)
    engine.update(projection.update())
    assert kept == facts(engine)
    engine.remove_graph(t.FACTS)
    projection.rebuild(engine)
    assert kept == facts(engine)
    said = {
        (c.subject.id, CK[c.relation], c.object.id)
        for o, found in library
        if o != gone[0]
        for c in found
        if c.is_fact
        and c.confidence >= 0.5
        and c.subject.id != c.object.id  # of a merged one nothing holds with itself
    }
    for subject, relation, object_ in said:
        assert any(s.endswith(f"/{subject}>") and p == relation and o.endswith(f"/{object_}>") for s, p, o in kept)


@settings(deadline=None, max_examples=60)
@given(libraries())
def test_quads_survive_a_store_and_do_not_depend_on_order(library: list[tuple[Origin, list[Claim]]]) -> None:
    forwards, backwards = in_memory(library), in_memory((o, found[::-1]) for o, found in library[::-1])
    assert set(forwards.engine) == set(backwards.engine)
    for origin, statements in library:
        assert set(document_quads(origin, statements)) <= set(forwards.engine)


@given(st.one_of(st.integers(-(10**15), 10**15), st.floats(-1e12, 1e12, allow_nan=False)))
def test_decimals_are_kept_and_exact(value: float) -> None:
    literal = decimal(value)
    assert "e" not in literal.value
    assert not literal.value.endswith(".0")
    assert number(literal) == value
    assert isinstance(literal, Literal)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_in_order_is_idempotent(starts: list[int]) -> None:
    document = Document("0123456789", "x.txt")
    first, *rest = (Evidence(start, start + 1, str(start)) for start in starts)
    ends = (Entity("a", "A", "Company"), "partnersWith", Entity("b", "B", "Company"))
    claim = Claim(document.id, document.source, *ends, first, "test", support=tuple(rest))
    once = in_order(claim)
    assert (
        in_order(once)
        == once
        == in_order(replace(claim, evidence=claim.support[-1] if rest else first, support=(first, *rest)))
    )
