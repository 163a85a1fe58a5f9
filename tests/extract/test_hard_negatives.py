"""Sentences that put two names side by side without stating, as a fact, what a careless reader would take from them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from extract.model import Claim, Document
from extract.pipeline import extract

pytestmark = pytest.mark.language


@dataclass(frozen=True, slots=True)
class Trap:
    """A text with facts that it does not state.

    text: str; forbidden: tuples of subject id, relation and object id, "*" for any.
    """

    text: str
    forbidden: tuple[tuple[str, str, str], ...]


def trap(text: str, *forbidden: str) -> Trap:
    parts = [tuple(f.split(" ")) for f in forbidden]
    return Trap(text, tuple((a, b, c) for a, b, c in parts))


TRAPS = {
    # Names side by side
    "both-spoke": trap(
        "Intel and Nvidia both presented at a trade fair in Berlin.",
        "* partnersWith *",
        "* competesWith *",
        "* hasFacilityIn *",
    ),
    "met": trap(
        "The head of Infineon met the head of Bosch in Munich on Friday.",
        "* partnersWith *",
        "* hasFacilityIn *",
        "* suppliesTo *",
    ),
    "shares-rose": trap(
        "Shares of ASML rose 3% while Micron fell 2%.", "* suppliesTo *", "* competesWith *", "* ownsStakeIn *"
    ),
    "two-clauses": trap(
        "TSMC raised its forecast, and Apple opened a shop in Paris.",
        "tsmc suppliesTo apple",
        "apple hasFacilityIn taiwan",
    ),
    "compared": trap("Unlike Samsung, Micron reported a profit.", "* suppliesTo *", "* acquires *", "* partnersWith *"),
    "listed": trap(
        "The panel heard from Qualcomm, Arm and SK hynix.", "* partnersWith *", "* suppliesTo *", "* memberOf *"
    ),
    "prices-both": trap(
        "NXP raised prices in May. Texas Instruments opened a plant in June.",
        "nxp hasFacilityIn *",
        "nxp buildsFacility *",
    ),
    # Negation
    "not-supply": trap("Micron does not supply memory to Huawei.", "micron suppliesTo huawei"),
    "never-acquired": trap("Qualcomm never acquired NXP.", "qualcomm acquires nxp"),
    "without-partner": trap(
        "Nexperia builds the plant without any help from Bosch.", "* partnersWith *", "bosch suppliesTo *"
    ),
    "refused": trap("ASML refused to sell its machines to SMIC.", "asml suppliesTo smic", "asml exportsTo *"),
    "blocked": trap(
        "Germany blocked the takeover of Aixtron by Fujian Grand Chip.", "fujian-grand-chip acquires aixtron"
    ),
    "banned": trap("The rules prohibit Nvidia from exporting its accelerators to China.", "nvidia exportsTo china"),
    "called-off": trap("Nvidia called off its acquisition of Arm.", "nvidia acquires arm"),
    "failed-to": trap("Intel failed to buy Tower Semiconductor.", "intel acquires tower-semiconductor"),
    "no-longer": trap("Apple no longer buys modems from Intel.", "intel suppliesTo apple"),
    "no-longer-supplies": trap("Micron no longer supplies memory to Huawei.", "micron suppliesTo huawei"),
    "barred": trap("The US barred Nvidia from selling chips to Huawei.", "nvidia suppliesTo huawei"),
    "yet-to": trap("TSMC has yet to build a fab in India.", "tsmc buildsFacility *", "tsmc hasFacilityIn india"),
    "false-that": trap("It is false that Intel supplies Huawei.", "intel suppliesTo huawei"),
    "no-one": trap("No chipmaker in Japan supplies Huawei.", "* suppliesTo huawei"),
    # Denial
    "denied-talks": trap("Renesas denied that it would acquire Rohm.", "renesas acquires rohm"),
    "denied-report": trap("SMIC denied reports that it supplies the Chinese army.", "smic suppliesTo *"),
    "rejected-claim": trap(
        "Huawei rejected the claim that it is owned by China.", "china ownsStakeIn huawei", "huawei subsidiaryOf china"
    ),
    # Plans
    "plans-fab": trap("Micron plans to build a fab in India.", "micron buildsFacility *", "micron hasFacilityIn india"),
    "will-acquire": trap("Onsemi will acquire Allegro next year.", "onsemi acquires *"),
    "agreed-to-buy": trap("Infineon has agreed to buy the sensor business of Bosch.", "infineon acquires *"),
    "intends": trap("Wolfspeed intends to supply wafers to Renesas from 2030.", "wolfspeed suppliesTo renesas"),
    "proposal": trap(
        "The proposed merger of Kioxia and Western Digital drew criticism.", "kioxia mergesWith western-digital"
    ),
    "expects-to-open": trap(
        "Texas Instruments expects to open a plant in Malaysia in 2031.",
        "texas-instruments hasFacilityIn malaysia",
        "* buildsFacility *",
    ),
    # Hypotheticals
    "could": trap("Intel could sell its networking unit to Marvell.", "marvell acquires *"),
    "if": trap("If Qualcomm acquired Intel, regulators would object.", "qualcomm acquires intel"),
    "talks": trap("Broadcom is in talks to acquire SanDisk.", "broadcom acquires *"),
    "reportedly": trap("GlobalFoundries is reportedly considering a merger with UMC.", "* mergesWith *"),
    "rumour": trap("There were rumours that Samsung might buy ARM Holdings.", "* acquires arm"),
    "had": trap(
        "Had Intel bought Tower, it would own a fab in Israel.", "intel acquires *", "intel hasFacilityIn israel"
    ),
    "was-to": trap("Intel was to acquire Tower Semiconductor.", "intel acquires *"),
    "would-have": trap("Intel would have acquired Tower but for China.", "intel acquires *"),
    "would-need": trap("Japan would need a deal with TSMC to make such chips.", "japan partnersWith tsmc"),
    # Ended
    "former-supplier": trap("Intel was formerly a supplier of modems to Apple.", "intel suppliesTo apple"),
    "ended-venture": trap(
        "STMicroelectronics ended its partnership with Hua Hong in 2019.", "stmicroelectronics partnersWith hua-hong"
    ),
    "former-chief": trap("Pat Gelsinger is a former chief executive of Intel.", "pat-gelsinger leads intel"),
    # Questions
    "question-will": trap("Will Apple buy Intel?", "apple acquires intel"),
    "question-does": trap("Does TSMC supply chips to Huawei?", "tsmc suppliesTo huawei"),
    "question-who": trap("Is Infineon a rival of Nvidia?", "* competesWith *"),
    # Look-alike names and words
    "applied-verb": trap(
        "Researchers applied materials from Kyoto to a new battery.", "applied-materials * *", "* * applied-materials"
    ),
    "arm-limb": trap("The robot's arm moves wafers between chambers.", "arm * *", "* * arm"),
    "wavelength": trap("ASML's scanner uses light of 193 nm.", "* usesNode *"),
    "apple-fruit": trap(
        "Farmers supply apples and micron-sized filters to Taiwan.", "* suppliesTo apple", "micron * *"
    ),
    "vendor-of-name": trap(
        "The Intel Museum in Santa Clara shows wafers from 1971.", "intel produces *", "* usesNode *"
    ),
    # Page furniture
    "author-bio": trap(
        "Chip demand cools\n\nDemand for chips fell in March, dealers said, and prices followed within a week.\n\n"
        "Makers cut output in the same month.\n\nAbout the author\n\n"
        "Jo Berg worked for Intel and founded Arm. She leads Qualcomm.",
        "jo-berg * *",
        "* leads qualcomm",
    ),
    "url-slug": trap("Prices fell in May.\n\nhttps://example.com/nvidia-acquires-arm-for-40-billion", "* acquires *"),
    "related-story": trap("Prices fell in May.\n\nRelated: Nvidia acquires Arm\n", "* acquires *"),
    "photo": trap("Prices fell in May.\n\nPhoto: TSMC supplies Apple from this fab.\n", "* suppliesTo *"),
    "safe-harbour": trap(
        "This release contains forward-looking statements within the meaning of the law: Intel acquires Tower, "
        "TSMC supplies Apple.",
        "* acquires *",
        "* suppliesTo *",
    ),
}


# More of them, by kind: id = [text, what it does not state, ...].
_MORE: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("hard_negatives.toml").read_text("utf-8")
)
WIDER = {name: trap(text, *forbidden) for kind in _MORE.values() for name, (text, *forbidden) in kind.items()}


def facts(text: str) -> set[tuple[str, str, str]]:
    """The affirmed and asserted triples of a text that are not marked as ended."""
    claims = [s for s in extract(Document(text, "trap")) if isinstance(s, Claim) and s.is_fact]
    return {(c.subject.id, c.relation, c.object.id) for c in claims if c.qualifiers.get("status") != "ended"}


def fits(pattern: tuple[str, str, str], triple: tuple[str, str, str]) -> bool:
    return all(wanted in ("*", given) for wanted, given in zip(pattern, triple, strict=True))


@pytest.mark.parametrize(
    "trap",
    [pytest.param(t, id=name) for name, t in {**TRAPS, **WIDER}.items()],
)
def test_trap_gives_no_fact(trap: Trap) -> None:
    found = facts(trap.text)
    assert [triple for triple in sorted(found) if any(fits(f, triple) for f in trap.forbidden)] == []


def test_no_trap_is_laid_twice() -> None:
    assert len(WIDER) == sum(len(kind) for kind in _MORE.values())
    assert not WIDER.keys() & TRAPS.keys()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Micron supplies memory to Huawei.", ("micron", "suppliesTo", "huawei")),
        ("Intel bought Tower Semiconductor.", ("intel", "acquires", "tower-semiconductor")),
        ("Samsung holds a stake in ASML.", ("samsung-electronics", "ownsStakeIn", "asml")),
        ("Infineon is a rival of Nvidia.", ("infineon", "competesWith", "nvidia")),
        ("Pat Gelsinger is the chief executive of Intel.", ("pat-gelsinger", "leads", "intel")),
        ("Gelsinger said that Altera was a subsidiary of Intel.", ("altera", "subsidiaryOf", "intel")),
        ("Bosch operates a plant in Reutlingen.", ("bosch", "hasFacilityIn", "reutlingen")),
        ("Bosch will close its plant in Reutlingen.", ("bosch", "hasFacilityIn", "reutlingen")),
        ("After a vote, Renesas acquired Sequans.", ("renesas", "acquires", "sequans")),
        ("Nvidia confirmed reports that it has bought Arm.", ("nvidia", "acquires", "arm")),
        ("In 2014 IBM sold its fab to GlobalFoundries, which supplies AMD.", ("globalfoundries", "suppliesTo", "amd")),
        ("Customers: Nokia, Siemens are named by Infineon, which supplies Nokia.", ("infineon", "suppliesTo", "nokia")),
        ("Micron, which sued Netlist, supplies memory to Apple.", ("micron", "suppliesTo", "apple")),
        ("Not only Micron supplies memory to Huawei.", ("micron", "suppliesTo", "huawei")),
    ],
)
def test_plain_twin_of_a_trap_is_a_fact(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in facts(text)
