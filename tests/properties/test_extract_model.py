"""Laws of the data types and of the claims file, on arbitrary statements."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.claims_io import dumps, loads, read_claims, write_claims
from extract.model import (
    Claim,
    Document,
    Entity,
    Evidence,
    Modality,
    Observation,
    Polarity,
    Span,
    Statement,
    digest,
    merge,
)

words = st.text(max_size=12)
names = st.text(min_size=1, max_size=8)
optional = st.none() | words
probability = st.floats(0, 1, allow_nan=False)
offsets = st.integers(0, 10**6)

entities = st.builds(Entity, names, words, words, words, st.lists(words, max_size=2).map(tuple))
evidence = st.builds(Evidence, offsets, offsets, words)
support = st.lists(evidence, max_size=3).map(tuple)
claims = st.builds(
    Claim,
    words,
    words,
    entities,
    words,
    entities,
    evidence,
    words,
    polarity=st.sampled_from(Polarity),
    modality=st.sampled_from(Modality),
    time=optional,
    attributed_to=st.none() | entities,
    qualifiers=st.dictionaries(words, words, max_size=3),
    confidence=probability,
    support=support,
    reasons=st.dictionaries(words, words, max_size=3),
)
observations = st.builds(
    Observation,
    words,
    words,
    entities,
    words,
    st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    words,
    words,
    evidence,
    words,
    period=optional,
    base_period=optional,
    product=optional,
    scope=optional,
    geo=optional,
    forecast=st.booleans(),
    approx=st.booleans(),
    direction=optional,
    attributed_to=st.none() | entities,
    confidence=probability,
    support=support,
)
statements = claims | observations

# Few ids and few sentences, so that statements meet.
few = st.builds(Entity, st.sampled_from("ab"), st.just("L"), st.just("Company"))
close = st.builds(
    Claim,
    st.just("d"),
    st.just("s"),
    few,
    st.just("r"),
    few,
    st.builds(Evidence, st.integers(0, 3), st.just(4), st.just("x")),
    st.sampled_from(["r1", "r2"]),
    confidence=st.sampled_from([0.2, 0.5, 0.9]),
    support=st.lists(st.builds(Evidence, st.integers(0, 3), st.just(4), st.just("x")), max_size=2).map(tuple),
    reasons=st.dictionaries(st.just("trigger"), st.sampled_from("ab"), max_size=1),
)


@given(offsets, offsets)
def test_a_span_holds_itself_and_what_it_holds_it_overlaps(a: int, b: int) -> None:
    span = Span(min(a, b), max(a, b))
    assert span.contains(span)
    assert span.overlaps(span) is (a != b)


@given(st.lists(st.integers(0, 20), min_size=4, max_size=4))
def test_overlap_is_symmetric_and_is_a_shared_character(at: list[int]) -> None:
    a, b = Span(*sorted(at[:2])), Span(*sorted(at[2:]))
    assert a.overlaps(b) is b.overlaps(a)
    shared = set(range(a.start, a.end)) & set(range(b.start, b.end))
    # An empty span between two characters of another shares none of them, and is no part of a document's text.
    if a.start < a.end and b.start < b.end:
        assert a.overlaps(b) is bool(shared)
    if a.contains(b) and b.start < b.end:
        assert a.overlaps(b)


@given(st.text(), st.data())
def test_a_span_covers_as_many_characters_as_it_is_long(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    assert len(span.of(text)) == span.end - span.start


@given(st.text(), words, words)
def test_the_id_of_a_document_depends_on_its_text_only(text: str, source: str, title: str) -> None:
    assert Document(text, source, title).id == Document(text, "other").id == digest(text)
    assert Document(text + "x", source).id != Document(text, source).id


@given(claims, evidence, words, probability, support)
def test_the_id_of_a_claim_depends_on_what_it_says_only(
    claim: Claim, quote: Evidence, rule: str, confidence: float, more: tuple[Evidence, ...]
) -> None:
    turned = dict(reversed(list(claim.qualifiers.items())))
    same = replace(
        claim, evidence=quote, rule=rule, confidence=confidence, support=more, qualifiers=turned, source=rule
    )
    assert same.id == claim.id


@given(observations, evidence, words, probability, st.booleans())
def test_the_id_of_an_observation_depends_on_what_it_says_only(
    observation: Observation, quote: Evidence, rule: str, confidence: float, approx: bool
) -> None:
    same = replace(observation, evidence=quote, rule=rule, confidence=confidence, approx=approx, printed=rule)
    assert same.id == observation.id


@given(st.lists(statements | close, max_size=6))
def test_merging_twice_is_merging_once(found: list[Statement]) -> None:
    assert merge(merge(found)) == merge(found)


@given(st.lists(close, max_size=8), st.randoms(use_true_random=False))
def test_merging_does_not_depend_on_the_order(found: list[Statement], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge(shuffled) == merge(found)


@given(st.lists(close, max_size=5), st.lists(close, max_size=5))
def test_merging_in_parts_is_merging_at_once(a: list[Statement], b: list[Statement]) -> None:
    assert merge([*merge(a), *merge(b)]) == merge([*a, *b])


@given(st.lists(close, max_size=8))
def test_merging_loses_and_invents_no_evidence(found: list[Statement]) -> None:
    for merged in merge(found):
        same = [s for s in found if s.id == merged.id]
        assert {merged.evidence, *merged.support} == {e for s in same for e in (s.evidence, *s.support)}
        assert merged.confidence == max(s.confidence for s in same)
        if len(same) > 1:
            assert [merged.evidence, *merged.support] == sorted({merged.evidence, *merged.support})


@given(st.lists(close, max_size=8))
def test_merged_statements_are_sorted_and_alone_of_their_id(found: list[Statement]) -> None:
    merged = merge(found)
    assert [s.id for s in merged] == [s.id for s in sorted(merged, key=lambda s: (s.document, s.evidence, s.id))]
    assert len({s.id for s in merged}) == len(merged)


@given(statements)
def test_a_line_gives_back_the_statement(statement: Statement) -> None:
    line = dumps(statement)
    assert "\n" not in line
    assert loads(line) == statement
    assert loads(line).id == statement.id


@settings(max_examples=25)
@given(st.lists(statements, max_size=4))
def test_a_file_gives_back_the_statements(found: list[Statement]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.jsonl"
        assert write_claims(path, found) == len(found)
        assert list(read_claims(path)) == found
        first = path.read_bytes()
        write_claims(path, read_claims(path))
        assert path.read_bytes() == first
