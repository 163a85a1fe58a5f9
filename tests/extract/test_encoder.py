"""The encoder beside the rules: same answers twice, and its own findings with their words."""

from __future__ import annotations

import numpy as np
import pytest

from extract.encoder import network
from extract.encoder.reading import Shown, added, seen, shown, spots
from extract.encoder.scenes import learned
from extract.model import Claim, Document
from extract.pipeline import by_rules, extract, read
from extract.verifier.loose import key_of

pytestmark = pytest.mark.language

TEXT = (
    "Ampere, which has been partnering Oracle and Japan's Fujitsu for years, buys its wafers from TSMC. "
    "In 2023 it was bought by SoftBank."
)

UNFORESEEN = "At the heart of the tablet is a processor that Samsung dreamt up and TSMC fabs on N3P."


def test_the_same_text_gets_the_same_scores() -> None:
    discourse = read(Document(TEXT, "t"))
    reading = discourse.readings[0]
    (first,), (again,) = (seen([shown(discourse, reading)]) for _ in range(2))
    assert first
    assert {says: one.score for says, one in first.items()} == {says: one.score for says, one in again.items()}


def test_texts_that_are_read_together_get_the_scores_that_each_gets_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    discourse = read(Document(TEXT + "\n\nMedia said so.\n\n" + UNFORESEEN, "t"))
    texts = [shown(discourse, reading) for reading in discourse.readings]
    together = seen([*texts, Shown(discourse.readings[0], [], [], [])])
    monkeypatch.setattr(network, "_AT_ONCE", 1)
    alone = [seen([text])[0] for text in texts]
    assert [set(found) for found in together] == [*map(set, alone), set()]
    assert sum(map(len, together)) > 5
    for found, other in zip(together, alone, strict=False):
        assert all(one.score == pytest.approx(other[says].score, abs=1e-3) for says, one in found.items())


def test_scores_do_not_depend_on_how_many_threads_there_are() -> None:
    from threadpoolctl import threadpool_limits

    discourse = read(Document(TEXT, "t"))
    reading = discourse.readings[0]
    text = shown(discourse, reading)
    ((plain, stances), *_), *_ = network.load().answers([(text.scenes, text.places)])
    with threadpool_limits(2, user_api="blas"):
        ((other, _), *_), *_ = network.load().answers([(text.scenes, text.places)])
    assert np.array_equal(plain, other)
    pairs = len(text.scenes[0].pairs)
    assert plain.shape == (pairs, len(learned()))
    assert stances.shape[0] == pairs


def test_an_end_is_told_with_its_words() -> None:
    discourse = read(Document(TEXT, "t"))
    reading = discourse.readings[0]
    places, ends = spots(discourse, reading)
    words = {reading.doc.text[p.start : p.end] for p in places if p.how == "name"}
    assert {"Ampere", "Oracle", "Fujitsu", "TSMC", "SoftBank"} <= words
    assert [place.who for place in places] == [end.entity.id for end in ends]


def test_it_adds_what_no_rule_says_and_nothing_else() -> None:
    discourse = read(Document(TEXT, "t"))
    reading = discourse.readings[0]
    ruled = {key_of(one) for one, _ in by_rules(discourse, reading)}
    (found,) = added(discourse, [(reading, ruled)])
    assert ruled
    assert all(one.by == "model" and key_of(one.candidate) not in ruled for one in found)


def test_what_only_the_encoder_finds_has_sentence_trigger_and_words() -> None:
    document = Document(UNFORESEEN, "t")
    alone = [c for c in extract(document) if isinstance(c, Claim) and c.reasons["found by"] == "model"]
    assert alone, "the encoder found nothing that the rules did not"
    for claim in alone:
        assert claim.rule == f"{claim.relation}.encoder"
        assert document.text[claim.evidence.start : claim.evidence.end] == claim.evidence.text
        assert claim.reasons["trigger"]
        assert 0.5 <= claim.confidence <= 1


def test_a_rule_that_has_read_a_relation_of_an_end_has_read_all_of_it() -> None:
    text = "Intel purchased GlobalFoundries' Fab 8."
    found = {
        (c.subject.label, c.relation, c.object.label) for c in extract(Document(text, "t")) if isinstance(c, Claim)
    }
    assert ("Intel", "acquires", "Fab 8") in found
    assert ("Intel", "acquires", "GlobalFoundries") not in found


@pytest.mark.parametrize("word", ["no longer gets", "denies that it gets", "may get"])
def test_in_doubt_no_fact_is_stated(word: str) -> None:
    def facts(verb: str) -> list[Claim]:
        text = f"For its scanners ASML {verb} lasers from Trumpf of Ditzingen."
        found = [c for c in extract(Document(text, "t")) if isinstance(c, Claim)]
        return [c for c in found if c.is_fact and c.relation == "suppliesTo"]

    assert facts("gets") != []
    assert facts(word) == []


@pytest.mark.parametrize("text", ["Reuters asked Rohm.", "Bosch, Infineon and Rohm rose."])
def test_ends_that_may_not_be_tied_are_not_read(text: str) -> None:
    discourse = read(Document(text, "t"))
    reading = discourse.readings[0]
    assert shown(discourse, reading).scenes
    assert shown(discourse, reading, ruled=()).scenes == []
