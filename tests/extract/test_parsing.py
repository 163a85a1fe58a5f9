from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract import language
from extract.gazetteer import Gazetteer
from extract.parsing import Parsed, parse

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.language

TEXTS = [
    "Hua Hong Semiconductor and Western Digital supply chips to Texas Instruments.",
    "",
    "The U.S. Department of Commerce warned firms.",
]


@pytest.fixture(scope="module")
def parsed() -> Callable[[list[str]], list[Parsed]]:
    nlp = language.load()
    gazetteer = Gazetteer(nlp)
    return lambda texts: parse(nlp, gazetteer, texts)


def test_texts_come_back_whole_and_in_order(parsed: Callable) -> None:
    assert [p.doc.text for p in parsed(TEXTS)] == TEXTS


def test_a_known_name_is_one_token_under_its_own_words(parsed: Callable) -> None:
    (first,) = parsed(TEXTS[:1])
    words = [t.text for t in first.doc]
    assert {"Hua Hong Semiconductor", "Western Digital", "Texas Instruments"} <= set(words)
    assert {t.lemma_ for t in first.doc if t.pos_ == "PROPN"} >= {"Hua Hong Semiconductor", "Western Digital"}


def test_no_standin_is_left_in_the_text(parsed: Callable) -> None:
    (first,) = parsed(TEXTS[:1])
    assert "Google" not in first.doc.text
    assert "Google" not in {t.lemma_ for t in first.doc}


def test_a_name_does_not_depend_on_its_own_words_for_its_place_in_the_tree(parsed: Callable) -> None:
    trees = []
    for name in ("Hua Hong Semiconductor", "Western Digital", "Applied Materials", "Intel"):
        (one,) = parsed([f"{name} supplies wafers to Sony."])
        trees.append([(t.head.i, t.dep_, t.pos_) for t in one.doc])
    assert trees[1:] == trees[:1] * 3


def test_one_text_alone_reads_as_it_does_among_others(parsed: Callable) -> None:
    alone = parsed(TEXTS[2:])[0].doc
    among = parsed(TEXTS)[2].doc
    assert [(t.text, t.dep_, t.head.i) for t in alone] == [(t.text, t.dep_, t.head.i) for t in among]


def test_a_verb_taken_for_a_plural_noun_is_a_verb(parsed: Callable) -> None:
    (read,) = parsed(["Broadcom designs and manufactures a broad range of semiconductor products."])
    assert [t.pos_ for t in read.doc if t.text in ("designs", "manufactures")] == ["VERB", "VERB"]


def test_words_never_met_before_leave_nothing_behind(parsed: Callable) -> None:
    (read,) = parsed(["Quorvexa supplies zentrilium wafers to Obliquor."])
    assert [t.text for t in read.doc if t.text in ("Quorvexa", "zentrilium", "Obliquor")] == [
        "Quorvexa", "zentrilium", "Obliquor",
    ]  # fmt: skip
    vocab = language.load().vocab
    assert not [word for word in ("Quorvexa", "zentrilium", "Obliquor") if word in vocab.strings or word in vocab]
