from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from extract.model import Observation
from extract.quantities import quantities

Numbers = Callable[..., list[Observation]]


@pytest.mark.parametrize(
    ("text", "value", "unit", "printed"),
    [
        ("It paid $4.2 billion.", 4_200_000_000, "USD", "$4.2 billion"),
        ("It paid US$ 300 million.", 300_000_000, "USD", "US$ 300 million"),
        ("It paid 1,250 million euros.", 1_250_000_000, "EUR", "1,250 million euros"),
        ("It paid €5bn.", 5_000_000_000, "EUR", "€5bn"),
        ("It paid $117B.", 117_000_000_000, "USD", "$117B"),
        ("It paid $1.5M.", 1_500_000, "USD", "$1.5M"),
        ("It paid $3.6 Billion.", 3_600_000_000, "USD", "$3.6 Billion"),
        ("It is worth $1.2T.", 1_200_000_000_000, "USD", "$1.2T"),
        ("It spent $5 M&A lawyers hated.", 5, "USD", "$5"),
        ("It paid NT$60 billion.", 60_000_000_000, "TWD", "NT$60 billion"),
        ("It paid 3 trillion yen.", 3_000_000_000_000, "JPY", "3 trillion yen"),
        ("It paid 90 billion won.", 90_000_000_000, "KRW", "90 billion won"),
        ("It paid 2.5 billion yuan.", 2_500_000_000, "CNY", "2.5 billion yuan"),
        ("It paid INR 760 crore.", 7_600_000_000, "INR", "INR 760 crore"),
        ("It paid $12,345.", 12_345, "USD", "$12,345"),
        ("It rose 17.4%.", Decimal("17.4"), "PERCENT", "17.4%"),
        ("It rose 3 percent.", 3, "PERCENT", "3 percent"),
        ("It rose 3 per cent.", 3, "PERCENT", "3 per cent"),
        ("It makes 40,000 wafers a month.", 40_000, "WaferPerMonth", "40,000 wafers a month"),
        ("It makes 1.2 million wafers per year.", 1_200_000, "WaferPerYear", "1.2 million wafers per year"),
        ("It makes 20,000 300mm wafers.", 20_000, "Wafer", "20,000 300mm wafers"),
        ("A 10,000 wafer-per-month line.", 10_000, "WaferPerMonth", "10,000 wafer-per-month"),
        ("It makes 45,000 wspm.", 45_000, "WaferPerMonth", "45,000 wspm"),
        ("It grew for 14 consecutive months.", 14, "MONTH", "14 consecutive months"),
        ("It grew for 3 straight quarters.", 3, "QUARTER", "3 straight quarters"),
        ("It will create 1,200 new jobs.", 1_200, "COUNT", "1,200 new jobs"),
    ],
)
def test_a_quantity_has_value_and_unit(text: str, value: Decimal | int, unit: str, printed: str) -> None:
    assert [(q.value, q.unit, q.printed) for q in quantities(text)] == [(value, unit, printed)]


@pytest.mark.parametrize(
    "text",
    [
        "It has 14 fabs.",
        "in 2024",
        "Fab 21",
        "a 40nm node",
        "12-inch",
        "version 2.0",
        "1,2,3",
        "B200",
        "It won 3 awards.",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert quantities(text) == []


def test_quantities_come_in_the_order_of_the_text_and_quote_it() -> None:
    text = "Sales rose 8% to $5 billion, and 300 jobs followed."
    found = quantities(text)
    assert [q.printed for q in found] == ["8%", "$5 billion", "300 jobs"]
    assert all(text[q.start : q.end] == q.printed for q in found)


def row(o: Observation) -> tuple[str, str, float | int, str, str | None]:
    return o.about.id, o.metric, o.value, o.unit, o.period


@pytest.mark.language
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("TSMC reported revenue of $90 billion in 2024.", ("tsmc", "revenue", 90_000_000_000, "USD", "2024")),
        ("Micron reported a profit of $778 million in 2024.", ("micron", "profit", 778_000_000, "USD", "2024")),
        ("SMIC held 6 percent of the foundry market in 2024.", ("smic", "marketShare", 6, "PERCENT", "2024")),
        ("Intel has 110,000 employees.", ("intel", "headcount", 110_000, "COUNT", None)),
        ("Intel employs 110,000 people.", ("intel", "headcount", 110_000, "COUNT", None)),
        ("UMC makes 90,000 wafers a month.", ("umc", "capacity", 90_000, "WaferPerMonth", None)),
        ("Japan granted TSMC a subsidy of 476 billion yen.", ("tsmc", "subsidyAmount", 476_000_000_000, "JPY", None)),
        ("Germany's exports rose 4% in 2023.", ("germany", "exportGrowth", 4, "PERCENT", "2023")),
    ],
)
def test_a_number_is_said_of_somebody(numbers_of: Numbers, text: str, wanted: tuple[object, ...]) -> None:
    assert wanted in [row(o) for o in numbers_of(text)]


@pytest.mark.language
def test_from_a_to_b_is_two_levels(numbers_of: Numbers) -> None:
    found = numbers_of(
        "SEMI expects Taiwan's share of capacity to grow from 41 percent in 2024 to 46 percent by 2028.",
        date="2025-02-01",
    )
    assert [(o.about.id, o.value, o.period, o.forecast) for o in found] == [
        ("taiwan", 41, "2024", False),
        ("taiwan", 46, "2028", True),
    ]
    assert "growth" not in {o.metric for o in found}


@pytest.mark.language
@pytest.mark.parametrize(
    ("text", "forecast"),
    [
        ("UMC expects revenue of $8 billion in 2027.", True),
        ("UMC will spend $8 billion on a fab in 2027.", True),
        ("UMC had revenue of $8 billion in 2021.", False),
    ],
)
def test_a_forecast_is_marked(numbers_of: Numbers, text: str, forecast: bool) -> None:
    assert [o.forecast for o in numbers_of(text, date="2025-06-01")] == [forecast]


@pytest.mark.language
@pytest.mark.parametrize(("word", "approx"), [("about ", True), ("nearly ", True), ("", False)])
def test_an_approximate_number_is_marked(numbers_of: Numbers, word: str, approx: bool) -> None:
    assert [o.approx for o in numbers_of(f"UMC had revenue of {word}$8 billion in 2021.")] == [approx]


@pytest.mark.language
@pytest.mark.parametrize(("verb", "direction"), [("rose", "increase"), ("fell", "decrease")])
def test_growth_has_a_direction_and_a_base(numbers_of: Numbers, verb: str, direction: str) -> None:
    (found,) = numbers_of(f"Sales at Micron {verb} 12% in 2023.")
    assert (found.metric, found.direction, found.period, found.base_period) == ("growth", direction, "2023", "2022")


@pytest.mark.language
def test_a_number_of_nobody_is_left_out(numbers_of: Numbers) -> None:
    assert numbers_of("Temperatures rose 4%.") == []


@pytest.mark.parametrize(
    "text",
    ["It makes 300 mm wafers.", "It cuts 8-inch wafers.", "The #2 silicon wafer maker.", "A T-1000 wafer bonder."],
)
def test_the_size_of_a_wafer_is_no_number_of_wafers(text: str) -> None:
    assert quantities(text) == []
