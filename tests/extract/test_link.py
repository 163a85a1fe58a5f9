from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.language


@pytest.mark.parametrize(
    ("text", "mention", "id_", "reason"),
    [
        (
            "Taiwan Semiconductor Manufacturing Company grew.",
            "Taiwan Semiconductor Manufacturing Company",
            "tsmc",
            "alias",
        ),
        ("TSMC grew.", "TSMC", "tsmc", "alias"),
        ("It moved to 28nm in May.", "28nm", "node-28nm", "node"),
        ("Kaldorix Devices makes sensors.", "sensors", "sensors", "concept"),
        (
            "The company Kaldorix Devices Inc. grew in Austin.",
            "Kaldorix Devices Inc.",
            "kaldorix-devices",
            "provisional",
        ),
    ],
)
def test_reasons(text_of: Callable, text: str, mention: str, id_: str, reason: str) -> None:
    read = text_of(text)
    assert (read.id_of(mention), read.reason(mention)) == (id_, reason)


@pytest.mark.parametrize(
    ("text", "mention", "id_"),
    [
        ("Micron cut prices.", "Micron", "micron"),
        ("The line is 2 micron wide at a pitch of 5 micron.", "micron", None),
        ("ST and Infineon sell chips to carmakers.", "ST", "stmicroelectronics"),
        ("ON Semiconductor put pressure on suppliers.", "ON Semiconductor", "onsemi"),
        ("The company put pressure on suppliers.", "on", None),
        ("Arm licenses cores to Apple.", "Arm", "arm"),
        ("The robot arm places wafers.", "arm", None),
        ("Samsung Display supplies panels to Apple.", "Samsung Display", "samsung-display"),
        ("Samsung Electronics makes memory.", "Samsung Electronics", "samsung-electronics"),
        ("Samsung Foundry makes chips for Tesla.", "Samsung Foundry", "samsung-foundry"),
        ("Georgia and Armenia signed an agreement with Russia.", "Georgia", "georgia"),
        ("Georgia gave SK Group a tax credit for a plant in Covington, Georgia.", "Georgia", "georgia-us-state"),
        ("Washington restricted exports to China.", "Washington", "united-states"),
        ("A plant in Washington state makes wafers.", "Washington state", "washington-state"),
        ("Intel shared the intel with its partners.", "Intel", "intel"),
        ("The company shared the intel with its partners.", "intel", None),
        ("SK On builds batteries in Hungary.", "SK On", "sk-on"),
        ("Amazon designs chips with Marvell.", "Amazon", "amazon"),
        ("Lam supplies etch tools to TSMC.", "Lam", "lam-research"),
        ("TI sells analog chips to Bosch.", "TI", "texas-instruments"),
        ("Global Foundries supplies AMD.", "Global Foundries", "globalfoundries"),
        ("Screen makes cleaning tools for TSMC.", "Screen", "screen"),
        ("The screen is made by BOE.", "screen", None),
        ("Rapidus makes chips with IBM.", "Rapidus", "rapidus"),
        ("It is an honor to work with TSMC.", "honor", None),
        ("The cadence of launches slowed at Intel.", "cadence", None),
        ("Apple buys chips from TSMC.", "Apple", "apple"),
        ("An apple orchard supplies the town.", "apple", None),
    ],
)
def test_context_decides_among_bearers_of_a_name(text_of: Callable, text: str, mention: str, id_: str | None) -> None:
    read = text_of(text)
    named = [m for m in read.reading.index.mentions if m.kind == "name" and m.text == mention]
    assert ({read.discourse.entity(read.reading, m).id for m in named} or {None}) == {id_}


def test_an_acronym_that_the_document_introduces(text_of: Callable) -> None:
    read = text_of("Norland Silicon Works (NSW) opened a plant. Intel supplies tools to NSW.")
    assert (read.id_of("NSW"), read.reason("NSW")) == ("norland-silicon-works", "acronym")


def test_a_shorter_form_of_a_name(text_of: Callable) -> None:
    read = text_of("Kaldorix Devices opened a plant in Austin. The firm Kaldorix sold chips to Intel.")
    assert read.id_of("Kaldorix Devices") == "kaldorix-devices"
    assert (read.id_of("Kaldorix"), read.reason("Kaldorix")) == ("kaldorix-devices", "short")


def test_a_provisional_id_is_the_same_in_every_document(text_of: Callable) -> None:
    ids = {
        text_of(t).id_of("Kaldorix Devices")
        for t in ("Kaldorix Devices grew in Austin.", "Intel sued Kaldorix Devices.")
    }
    assert ids == {"kaldorix-devices"}


def test_the_same_mention_gets_the_same_answer(text_of: Callable) -> None:
    read = text_of("Intel sued Kaldorix Devices.")
    mention = read.mention("Kaldorix Devices")
    first = read.discourse.linker.link(read.reading.doc, mention, read.reading.index)
    assert read.discourse.linker.link(read.reading.doc, mention, read.reading.index) is first


@pytest.mark.parametrize(
    "text",
    [
        "China's chip industry grew.",
        "China's semiconductor sector grew.",
        "The Chinese chip industry grew.",
        "China's IC industry grew.",
    ],
)
def test_an_industry_has_one_id_whatever_its_words(text_of: Callable, text: str) -> None:
    read = text_of(text)
    industries = [m for m in read.reading.index.mentions if m.type == "NationalIndustry"]
    assert [read.discourse.entity(read.reading, m).id for m in industries] == ["china-semiconductor-industry"]


@pytest.mark.parametrize(
    "words", ["U.S. export controls", "American export restrictions", "Washington's chip export curbs"]
)
def test_a_measure_has_one_id_whatever_its_words(text_of: Callable, words: str) -> None:
    assert text_of(f"{words} hurt ASML.").id_of(words) == "us-export-controls"


def test_the_label_of_a_known_entity_is_the_registry_s(text_of: Callable) -> None:
    read = text_of("Taiwan Semiconductor Manufacturing Company grew.")
    mention = read.mention("Taiwan Semiconductor Manufacturing Company")
    entity = read.discourse.entity(read.reading, mention)
    assert (entity.label, entity.mention) == ("TSMC", "Taiwan Semiconductor Manufacturing Company")


@pytest.mark.parametrize(
    ("text", "mention", "id_"),
    [
        ("Brussels extended its levy on chips.", "Brussels", "european-union"),
        ("imec opened an office in Brussels.", "Brussels", "brussels"),
        ("The step was a response to Tokyo.", "Tokyo", "japan"),
        ("Renesas built a laboratory in Tokyo.", "Tokyo", "tokyo"),
        ("Washington sanctioned SMIC.", "Washington", "united-states"),
        ("Georgia and Turkey signed a deal.", "Georgia", "georgia"),
        ("SkyWater runs plants in Texas, Florida and Georgia.", "Georgia", "georgia-us-state"),
        ("Absolics built a plant in Covington, Georgia.", "Georgia", "georgia-us-state"),
        ("Wolfspeed runs a fab in Marcy, New York.", "New York", "new-york-state"),
        ("The bank met investors in New York.", "New York", "new-york-city"),
        ("Samsung is building a fab in Taylor, TX.", "TX", "texas"),
        ("ST supplies Tesla.", "ST", "stmicroelectronics"),
        ("Micron grew.", "Micron", "micron"),
        ("Samsung Display grew.", "Samsung Display", "samsung-display"),
        ("Samsung Foundry grew.", "Samsung Foundry", "samsung-foundry"),
        ("Samsung Electronics grew.", "Samsung Electronics", "samsung-electronics"),
        ("Engineers of SCL in Mohali left.", "SCL", "scl-india"),
        ("TSMC's Arizona fab grew.", "fab", "tsmc-fab-21"),
    ],
)
def test_the_context_decides_among_bearers_of_a_name(text_of: Callable, text: str, mention: str, id_: str) -> None:
    assert text_of(text).id_of(mention) == id_


@pytest.mark.parametrize("text", ["The arm of the robot moved by a micron.", "Sales on the day went on."])
def test_ordinary_words_link_to_no_firm(text_of: Callable, text: str) -> None:
    assert [m.text for m in text_of(text).reading.index.mentions if m.type == "Company"] == []


def test_a_part_of_a_firm_is_told_by_its_owner(text_of: Callable) -> None:
    read = text_of("Soitec acquired Umicore's germanium wafer business.")
    mention = next(m for m in read.reading.index.mentions if m.type == "OrganizationalUnit")
    assert read.discourse.entity(read.reading, mention).label == "Umicore germanium wafer business"
