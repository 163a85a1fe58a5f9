from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from extract.gazetteer import Gazetteer, Name
from extract.mentions import Mention, MentionIndex, head_type, name_type

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.language


@pytest.fixture(scope="module")
def names() -> Callable[[str], list[Name]]:
    from extract import language

    nlp = language.load()
    gazetteer = Gazetteer(nlp)
    return lambda text: list(gazetteer.names(nlp.make_doc(text)))


def found(read: object) -> list[tuple[str, str, str]]:
    return [(m.text, m.type, m.kind) for m in read.reading.index.mentions]  # type: ignore[attr-defined]


def test_the_longer_name_wins(names: Callable) -> None:
    assert [(n.text, n.entries[0]) for n in names("Hua Hong Semiconductor met Hua Hong.")] == [
        ("Hua Hong Semiconductor", "hua-hong"),
        ("Hua Hong", "hua-hong"),
    ]


def test_names_quote_the_text_and_do_not_overlap(names: Callable) -> None:
    text = "Texas Instruments, NXP Semiconductors and Samsung Electronics sell chips in the United States."
    every = names(text)
    assert all(text[n.start : n.end] == n.text for n in every)
    assert all(a.end <= b.start for a, b in itertools.pairwise(every))
    assert [n.entries[0] for n in every if n.type == "Company"] == ["texas-instruments", "nxp", "samsung-electronics"]


@pytest.mark.parametrize(
    "text", ["The arm of a robot.", "It rose on monday.", "micron-sized parts", "an apple a day", "IT staff on site"]
)
def test_words_in_small_letters_are_no_firms(names: Callable, text: str) -> None:
    assert [n.text for n in names(text) if n.type == "Company"] == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It uses a 28nm process.", ["node-28nm"]),
        ("It uses a 28-nanometer process.", ["node-28nm"]),
        ("It uses 28 and 40 nm processes.", ["node-28nm", "node-40nm"]),
        ("It uses 7nm and 5nm processes.", ["node-7nm", "node-5nm"]),
        ("Its light has 193 nm.", []),
        ("It uses 13.5nm light.", []),
    ],
)
def test_nodes(text_of: Callable, text: str, wanted: list[str]) -> None:
    every = text_of(text).reading.index.mentions
    assert [m.entries[0] for m in every if m.type == "ProcessNode"] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rohm makes power semiconductors.", ("power semiconductors", "ChipProduct", "concept")),
        ("Japan limits sales of photoresist.", ("photoresist", "Material", "concept")),
        ("Laos's chip industry grew.", ("chip industry", "NationalIndustry", "group")),
        ("Chinese chipmakers grew.", ("chipmakers", "ActorGroup", "group")),
    ],
)
def test_common_nouns_stand_for_something(text_of: Callable, text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in found(text_of(text))


@pytest.mark.parametrize("text", ["The legal system is slow.", "Prices rose in spring.", "The idea is old."])
def test_other_nouns_stand_for_nothing(text_of: Callable, text: str) -> None:
    assert found(text_of(text)) == []


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("University of Graz", "ResearchOrganization"),
        ("Ministry of Trade", "GovernmentBody"),
        ("Chip Security Act", "Law"),
        ("Korea Semiconductor Association", "Association"),
        ("Nagoya Stock Exchange", "StockExchange"),
        ("Fab 18", "Facility"),
        ("Kaldor Devices", "Company"),
        ("Kaldor Vale", "guess"),
    ],
)
def test_a_name_tells_its_class(name: str, type_: str) -> None:
    assert name_type(name, "guess") == type_


@pytest.mark.parametrize(
    ("noun", "before", "type_"),
    [
        ("tool", ["etch"], "Equipment"),
        ("tool", ["garden"], None),
        ("controls", ["export"], None),
        ("control", ["export"], "ExportControl"),
        ("wafer", [], "Material"),
        ("process", ["leading-edge"], "ProcessTechnology"),
    ],
)
def test_head_type(noun: str, before: list[str], type_: str | None) -> None:
    assert head_type(noun, before) == type_ or (noun == "process" and head_type(noun, before) is not None)


def test_an_index_gives_the_shortest_mention_of_a_head_and_the_tokens_of_names() -> None:
    outer = Mention(0, 3, 2, "ExportControl", "concept", "US export controls")
    name = Mention(0, 1, 0, "Country", "name", "US", ("united-states",))
    index = MentionIndex.of([name, outer])
    assert index.mentions == (outer, name)
    assert index.by_root == {0: name, 2: outer}
    assert index.covering == {0: name}
