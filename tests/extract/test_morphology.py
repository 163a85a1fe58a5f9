from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.morphology import known_words, lemma, plural, verb_forms

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("acquire", ["acquire", "acquires", "acquired", "acquiring"]),
        ("rely", ["rely", "relies", "relied", "relying"]),
        ("employ", ["employ", "employs", "employed", "employing"]),
        ("ship", ["ship", "ships", "shipped", "shipping"]),
        ("launch", ["launch", "launches", "launched", "launching"]),
        ("buy", ["buy", "buys", "bought", "buying"]),
        ("withdraw", ["withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"]),
        ("deter", ["deter", "deters", "deterred", "deterring"]),
        ("offer", ["offer", "offers", "offered", "offering"]),
        ("tax", ["tax", "taxes", "taxed", "taxing"]),
    ],
)
def test_verb_forms(verb: str, forms: list[str]) -> None:
    assert verb_forms(verb) == forms


@pytest.mark.parametrize(
    ("noun", "wanted"),
    [
        ("supplier", "suppliers"),
        ("subsidy", "subsidies"),
        ("ban", "bans"),
        ("batch", "batches"),
        ("person", "people"),
        ("equipment", "equipment"),
    ],
)
def test_plural(noun: str, wanted: str) -> None:
    assert plural(noun) == wanted


@pytest.mark.parametrize(
    ("form", "wanted"), [("supplies", "supply"), ("sold", "sell"), ("banning", "ban"), ("relies", "rely")]
)
def test_forms_of_known_verbs_are_looked_up(form: str, wanted: str) -> None:
    assert known_words("verb")[form] == wanted


@pytest.mark.parametrize(
    ("word", "pos", "guess", "wanted"),
    [
        ("relies", "VERB", "relie", "rely"),
        ("Chips", "NOUN", "Chip", "chip"),
        ("supplies", "VERB", "x", "supply"),
        ("supplies", "NOUN", "x", "supply"),
        ("Entity List", "PROPN", "Entity List", "list"),
        ("Frobnicated", "VERB", "Frobnicate", "frobnicate"),
    ],
)
def test_a_known_form_goes_before_the_guess(word: str, pos: str, guess: str, wanted: str) -> None:
    assert lemma(word, pos, guess) == wanted


def test_every_form_has_one_dictionary_form_that_is_its_own() -> None:
    for kind in ("verb", "noun"):
        table = known_words(kind)
        assert {base for base in table.values() if table[base] != base} == set()


@pytest.mark.language
@pytest.mark.parametrize("word", ["spin-off", "spin-offs", "tie-up"])
def test_hyphenated_words_are_one_token(text_of: Callable, word: str) -> None:
    read = text_of(f"Infineon announced the {word} of its unit on Monday.")
    assert read.word(word).pos_ == "NOUN"
