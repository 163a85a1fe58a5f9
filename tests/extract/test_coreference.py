from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.arguments import fillers
from extract.coreference import referents

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.language


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Infineon grew last year. It opened a plant in Dresden.", "It", ["infineon"]),
        ("Infineon said that its plant in Dresden is full.", "its", ["infineon"]),
        ("Infineon grew last year. The company opened a plant.", "company", ["infineon"]),
        ("ASML and Micron met. The Dutch toolmaker shipped a scanner.", "toolmaker", ["asml"]),
        ("TSMC met ASML in Taipei. The Taiwanese foundry opened a plant.", "foundry", ["tsmc"]),
        ("Infineon and Bosch opened a plant. The two companies share its output.", "companies", ["infineon", "bosch"]),
        ("Infineon and Bosch opened a plant. They share its output.", "They", ["infineon", "bosch"]),
        ("China exports chips to Japan. The country buys tools.", "country", ["china"]),
        ("AMEC tools are used by TSMC in its fab.", "its", ["tsmc"]),
    ],
)
def test_whom_a_word_means(text_of: Callable, text: str, word: str, wanted: list[str]) -> None:
    read = text_of(text)
    assert [e.id for e in referents(read.discourse, read.reading, read.word(word))] == wanted


def test_a_measure_is_met_again(text_of: Callable) -> None:
    read = text_of("U.S. export controls hurt ASML. The measures hit Micron as well.")
    assert [e.id for e in referents(read.discourse, read.reading, read.word("measures"))] == ["us-export-controls"]


def test_its_industry_is_the_industry_of_the_country(text_of: Callable) -> None:
    read = text_of("Japan grew. The controls hinder its chip industry.")
    found = fillers(read.discourse, read.reading, read.word("industry"))
    assert [f.entity.id for f in found] == ["japan-semiconductor-industry"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It rained in Dresden.", "It"),
        ("Prices fell. They fell again.", "They"),
        ("Infineon grew. A company opened a plant.", "company"),
        ("Infineon grew. Its rivals did not.", "rivals"),
        ("ASML shipped a scanner. The Japanese toolmaker did not.", "toolmaker"),
        ("Infineon grew. The weather improved.", "weather"),
    ],
)
def test_nothing_is_better_than_a_wrong_answer(text_of: Callable, text: str, word: str) -> None:
    read = text_of(text)
    assert referents(read.discourse, read.reading, read.word(word)) == []


def test_a_person_is_met_again(text_of: Callable) -> None:
    read = text_of("Lisa Su spoke in Taipei. She leads AMD.")
    assert [e.id for e in referents(read.discourse, read.reading, read.word("She"))] == ["lisa-su"]


def test_a_paragraph_further_down_still_knows_whom_the_document_is_about(text_of: Callable) -> None:
    read = text_of(
        "Infineon opens plant\n\nInfineon opened a plant in Dresden in May.\n\nThe company has 5,000 engineers there."
    )
    assert [e.id for e in referents(read.discourse, read.reading, read.word("company"))] == ["infineon"]


def test_a_noun_without_an_owner_is_the_topics(claims_of: Callable) -> None:
    text = "Soitec is a French maker of wafers.\n\nKey competitors include Okmetic and Siltronic."
    found = {(c.subject.id, c.object.id) for c in claims_of(text, "competesWith")}
    assert found == {("okmetic", "soitec"), ("siltronic", "soitec")}


@pytest.mark.parametrize(
    "text",
    ["Competitors include Okmetic.", "Soitec is a maker of wafers.\n\nAt Shin-Etsu, competitors include Okmetic."],
)
def test_a_noun_without_an_owner_is_nobodys_where_another_is_near(claims_of: Callable, text: str) -> None:
    found = {(c.subject.id, c.object.id) for c in claims_of(text, "competesWith")}
    assert ("okmetic", "soitec") not in found
    assert all(c.rule.endswith(".encoder") for c in claims_of(text, "competesWith"))


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("Infineon and Bosch opened a plant. A third of it belongs to the latter.", "latter", ["bosch"]),
        ("Infineon and Bosch opened a plant. It is run by the former.", "former", ["infineon"]),
        ("Infineon met Bosch. Both makes and models were shown to the two.", "two", ["infineon", "bosch"]),
        ("Infineon denied that Bosch was making chips for it.", "it", ["infineon"]),
        ("In its new plant, STMicroelectronics makes sensors.", "its", ["stmicroelectronics"]),
        ("Intel sold a plant to Bosch. The company kept the land.", "company", ["intel"]),
        ('"We sell chips to Apple," the president of Infineon said.', "We", ["infineon"]),
        ("The Blackwell was shown by Nvidia in May. It is made by TSMC.", "It", ["blackwell"]),
    ],
)
def test_what_else_words_mean(text_of: Callable, text: str, word: str, wanted: list[str]) -> None:
    read = text_of(text)
    assert [e.id for e in referents(read.discourse, read.reading, read.word(word))] == wanted
