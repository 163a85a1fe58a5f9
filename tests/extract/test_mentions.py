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

    def read(text: str) -> list[Name]:
        gazetteer.prepare(text)
        return list(gazetteer.names(nlp.make_doc(text)))

    return read


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


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("MCST sells the Elbrus 2SM.", ("Elbrus 2SM", "ChipProduct")),
        ("Huawei launched the Mate 60 Pro in August.", ("Mate 60 Pro", "EndDevice")),
        ("ASML shipped a Twinscan NXE:3600D to Intel.", ("Twinscan NXE:3600D", "Equipment")),
        ("Nvidia may not sell its A800 and H800 to China.", ("H800", "ChipProduct")),
        ("The chips, the K710 and the K720, were banned.", ("K720", "ChipProduct")),
        ("SkyWater runs the SKY130 process.", ("SKY130", "ProcessNode")),
        ("GlobalFoundries hires at Fab 8a in Malta.", ("Fab 8a", "Fab")),
        ("TSMC opened the Japan Design Center in Yokohama.", ("Japan Design Center", "ResearchCentre")),
        ("The Federal Office for Trade Matters refused.", ("Federal Office for Trade Matters", "GovernmentBody")),
        ("Skyworks bought Infineon's Wireless Power business.", ("Wireless Power business", "OrganizationalUnit")),
        ("Soitec acquired Umicore's germanium wafer business.", ("germanium wafer business", "OrganizationalUnit")),
        ("Hallstatt Crystal and Sundby GaN got orders.", ("Sundby GaN", "Company")),
        ("The firm hired Dr. Kaia Lind from Intel.", ("Kaia Lind", "Person")),
    ],
)  # fmt: skip
def test_names_that_nobody_lists_tell_what_they_are(text_of: Callable, text: str, wanted: tuple[str, str]) -> None:
    assert wanted in [(text, type_) for text, type_, _ in found(text_of(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Sales rose in Q3 2024.",
        "The 5G rollout and a 3D model helped in H2.",
        "Phase 2 of the plan starts in May 2025.",
        "Section 232 duties hit 300 firms.",
        "It emits CO2 and SiO2 dust, 20K tons of it.",
    ],
)
def test_numbers_and_letters_that_are_no_products(text_of: Callable, text: str) -> None:
    assert [t for t, type_, _ in found(text_of(text)) if type_ in ("ChipProduct", "EndDevice", "Fab")] == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("UMC offers 22, 28, 40, and 55 nm processes.", {"node-22nm", "node-28nm", "node-40nm", "node-55nm"}),
        ("Older lines run 0.35, 0.25 and 0.18 micron.", {"node-350nm", "node-250nm", "node-180nm"}),
        ("It sells five-nanometre chips.", {"node-5nm"}),
    ],
)
def test_lists_of_nodes(text_of: Callable, text: str, wanted: set[str]) -> None:
    every = text_of(text).reading.index.mentions
    assert {m.entries[0] for m in every if m.type == "ProcessNode"} == wanted


def test_a_known_firm_is_no_part_of_a_longer_find(text_of: Callable) -> None:
    names = [text for text, _, kind in found(text_of("Legendary TSMC R&D chief Burn Lin teaches.")) if kind == "name"]
    assert names == ["TSMC", "Burn Lin"]
