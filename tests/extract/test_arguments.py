from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.arguments import fillers

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.language


@pytest.mark.parametrize(
    ("text", "head", "wanted"),
    [
        (
            "TSMC supplies chips to Apple, Nvidia and Sony.",
            "Apple",
            [("apple", "name"), ("nvidia", "name"), ("sony", "name")],
        ),
        (
            "Samsung supplies phone makers such as Apple and Sony.",
            "makers",
            [("apple", "example"), ("sony", "example")],
        ),
        ("Sony pays chip designer Arm.", "Arm", [("arm", "name")]),
        ("Infineon halted production of wafers.", "production", [("wafers", "transparent")]),
        ("Infineon grew. It opened a plant in Dresden.", "It", [("infineon", "coreference")]),
        ("Apple sells a processor, the Exynos 2600.", "processor", [("exynos-2600", "apposed")]),
        ("The Exynos 2600 is a processor.", "processor", [("exynos-2600", "apposed")]),
        ("Apple sells the Exynos 2600 processor.", "processor", [("exynos-2600", "apposed")]),
        (
            "TSMC has two nodes for cars, 16nm and 12nm.",
            "nodes",
            [("node-16nm", "transparent"), ("node-12nm", "transparent")],
        ),
        ("Rapidus began 2nm production.", "production", [("node-2nm", "transparent")]),
    ],
)
def test_fillers(text_of: Callable, text: str, head: str, wanted: list[tuple[str, str]]) -> None:
    read = text_of(text)
    assert [(f.entity.id, f.how) for f in fillers(read.discourse, read.reading, read.word(head))] == wanted


def test_the_owner_stands_for_a_part_without_a_name(text_of: Callable) -> None:
    read = text_of("Huawei's phone unit sued Intel.")
    assert ("huawei", "owner") in [
        (f.entity.id, f.how) for f in fillers(read.discourse, read.reading, read.word("unit"))
    ]


def test_a_more_roundabout_way_is_trusted_less(text_of: Callable) -> None:
    weights = {}
    for text, head in [
        ("Infineon grew.", "Infineon"),
        ("Infineon halted production of wafers.", "production"),
        ("Infineon grew. It opened a plant.", "It"),
        ("Huawei's phone unit sued Intel.", "unit"),
    ]:
        read = text_of(text)
        (first, *_) = fillers(read.discourse, read.reading, read.word(head))
        weights[first.how] = first.weight
    assert weights["name"] == 1.0 > weights["transparent"] > weights["coreference"] > weights["owner"] > 0.5


def test_one_entity_fills_a_role_once(text_of: Callable) -> None:
    read = text_of("Sony pays TSMC and Taiwan Semiconductor Manufacturing Company.")
    assert [f.entity.id for f in fillers(read.discourse, read.reading, read.word("TSMC"))] == ["tsmc"]


def test_what_stands_for_nothing_fills_nothing(text_of: Callable) -> None:
    read = text_of("The weather helped Intel.")
    assert fillers(read.discourse, read.reading, read.word("weather")) == []
