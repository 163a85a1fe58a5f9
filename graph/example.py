"""Two small graphs of invented claims: what the examples in the docstrings and in the documentation run on."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from extract.model import Claim, Document, Entity, Evidence, Modality, Observation, Polarity

if TYPE_CHECKING:
    from extract.model import Statement
    from graph.knowledge import KnowledgeGraph

_SENTENCES = (
    "Hua Hong makes 40 nm microcontrollers for STMicroelectronics.",
    "STMicroelectronics supplies Northwind Motors with microcontrollers.",
    "Hua Hong does not supply Huawei.",
    "Hua Hong plans to expand in Wuxi.",
    "Revenue of Hua Hong came to $2 billion in 2024.",
)
_HUA_HONG = Entity("hua-hong", "Hua Hong", "Company", "Hua Hong")
_ST = Entity("stmicroelectronics", "STMicroelectronics", "Company", "STMicroelectronics", ("ST Micro",))
_NORTHWIND = Entity("northwind-motors", "Northwind Motors", "Company", "Northwind Motors")
_HUAWEI = Entity("huawei", "Huawei", "Company", "Huawei")
_WUXI = Entity("wuxi", "Wuxi", "City", "Wuxi")


_WHY = {
    "found by": "rule",
    "trigger": "makes",
    "subject": "name; alias",
    "subject words": "Hua Hong",
    "object": "name; alias",
    "object words": "STMicroelectronics",
    "product": "microcontrollers",
    "node": "40 nm",
    "places": "subject 0-8; trigger 9-14; object 42-60",
}


def document() -> Document:
    """The invented document that the statements below are found in."""
    text = " ".join(_SENTENCES)
    return Document(text, "examples/invented.txt", "An invented note", "Chip Gazette", None, "2025-01-20")


def statements() -> list[Statement]:
    """Four claims (a fact with qualifiers, a fact, a denial, a plan) and one observation."""
    common = (document().id, document().source)
    quote = [_evidence(sentence) for sentence in _SENTENCES]
    made = {"product": "mcu", "node": "40nm"}
    return [
        replace(
            Claim(*common, _HUA_HONG, "manufacturesFor", _ST, quote[0], "example", qualifiers=made, confidence=0.9),
            reasons=_WHY,
        ),
        Claim(*common, _ST, "suppliesTo", _NORTHWIND, quote[1], "example", time="2024", confidence=0.8),
        Claim(*common, _HUA_HONG, "suppliesTo", _HUAWEI, quote[2], "example", Polarity.NEGATED, confidence=0.9),
        Claim(*common, _HUA_HONG, "expandsIn", _WUXI, quote[3], "example", modality=Modality.PLANNED, confidence=0.7),
        Observation(
            *common, _HUA_HONG, "revenue", 2_000_000_000, "$2 billion", "USD", quote[4], "example", period="2024"
        ),
    ]


def knowledge() -> KnowledgeGraph:
    """The graph of these statements, in memory."""
    from graph.knowledge import KnowledgeGraph

    return KnowledgeGraph.from_claims(statements(), [document()])


@cache
def market() -> KnowledgeGraph:
    """The graph of an invented market, `example.toml`: 22 claims and 4 numbers of 3 documents, in memory.

    >>> market().statistics().claims
    22
    """
    from graph.knowledge import KnowledgeGraph

    told = [(_market_document(given), given["statements"]) for given in _market()["documents"]]
    found = [_market_statement(document, row) for document, rows in told for row in rows]
    return KnowledgeGraph.from_claims(found, [document for document, _ in told])


@cache
def _market() -> dict[str, Any]:
    return tomllib.loads(files("graph").joinpath("example.toml").read_text(encoding="utf-8"))


def _market_document(given: dict[str, Any]) -> Document:
    text = " ".join(dict.fromkeys(row["text"] for row in given["statements"]))
    return Document(text, given["source"], given["title"], given["publisher"], None, given["date"])


def _market_statement(document: Document, row: dict[str, Any]) -> Statement:
    said = (document.id, document.source)
    quote = _evidence(row["text"], document)
    if "metric" in row:
        number = (row["metric"], row["value"], row["printed"], row["unit"])
        return Observation(*said, _market_entity(row["about"]), *number, quote, "example", row["period"])
    ends = (_market_entity(row["subject"]), row["relation"], _market_entity(row["object"]))
    return Claim(
        *(*said, *ends, quote, "example"),
        polarity=Polarity(row.get("polarity", "affirmed")),
        modality=Modality(row.get("modality", "asserted")),
        time=row.get("time"),
        attributed_to=_market_entity(row["speaker"]) if "speaker" in row else None,
        qualifiers=row.get("qualifiers", {}),
        confidence=row["confidence"],
    )


def _market_entity(key: str) -> Entity:
    given = _market()["entities"][key]
    return Entity(key, given["label"], given["type"], given["label"], tuple(given.get("names", ())))


def _evidence(sentence: str, of: Document | None = None) -> Evidence:
    start = (of or document()).text.index(sentence)
    return Evidence(start, start + len(sentence), sentence)
