"""A tiny graph of invented claims: what the examples in the docstrings and in the documentation run on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

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


def _evidence(sentence: str) -> Evidence:
    start = document().text.index(sentence)
    return Evidence(start, start + len(sentence), sentence)
