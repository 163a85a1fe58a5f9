"""Numbers as a text writes them: sums, percentages, wafers a month, runs of months, head counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extract import lexicon

_UNITS = {"percent": "PERCENT", "count": "COUNT"}
_CAPACITY = {"month": "WaferPerMonth", "year": "WaferPerYear", "": "Wafer"}
_SPANS = {"months": "MONTH", "quarters": "QUARTER", "years": "YEAR"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written.

    start, end: int, character offsets in the text; value: Decimal, "billion" and the like multiplied out; unit: str,
    ISO 4217 code, PERCENT, WaferPerMonth, WaferPerYear, Wafer, MONTH, QUARTER, YEAR or COUNT; kind: "money", "percent",
    "capacity", "months" or "count"; printed: str, the words.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    kind: str
    printed: str


def quantities(text: str) -> list[Quantity]:
    """The quantities that a text states, in its order.

    >>> [(q.value, q.unit) for q in quantities("Exports hit $159.5 billion, up 17.4%.")]
    [(Decimal('159500000000.0'), 'USD'), (Decimal('17.4'), 'PERCENT')]
    """
    found: list[Quantity] = []
    for kind, pattern in _patterns().items():
        for match in pattern.finditer(text):
            if not any(q.start < match.end() and match.start() < q.end for q in found):
                found.append(_quantity(kind, match))
    return sorted(found, key=lambda q: q.start)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Kind -> what is a quantity of it; of two that overlap the earlier kind wins."""
    scale = "|".join(sorted(lexicon.table("quantities")["scales"], key=len, reverse=True))
    number = r"(?P<{0}>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    single = rf"(?<![\w.,]){number.format('n1')}"
    # "300 mm wafers" tells of their size, "the #2 wafer maker" and "the T-1000 wafer bonder" of none.
    wafers = (
        rf"(?<![#-]){single}(?!\s?-?(?:mm|inch|nm|micron)\b)(?:\s(?P<s1>{scale}))?\s(?:[\w-]+\s){{0,2}}?"
        r"(?:wafers|wafer starts?|wafer(?=-per-)|(?P<short>ws?pm\b))(?:\sstarts)?"
        r"(?:[\s-](?:a|per|each)[\s-](?P<per>month|year))?\b"
    )
    people = r"(?:employees|jobs|workers|people|engineers|staff)\b"
    patterns = {
        "percent": rf"{single}\s?-?(?:%|percent\b|per cent\b|percentage points?\b)",
        "capacity": wafers,
        "months": rf"{single}\s(?:consecutive|straight)\s(?P<of>months|quarters|years)\b",
        "count": rf"{single}(?:\s(?P<s1>{scale}))?\s(?:[a-z-]+\s){{0,2}}?{people}",
    }
    folded = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in patterns.items()}
    return {"money": re.compile(_money(number, scale)), **folded}


def _money(number: str, scale: str) -> str:
    """The pattern of a sum, its currency before the number or behind it."""
    signs = sorted(lexicon.table("quantities")["currencies"], key=len, reverse=True)
    before = "|".join(re.escape(s) for s in signs if not s.islower())
    after = "|".join(s for s in signs if s.islower() or (s.isalpha() and len(s) == 3))
    return (
        rf"(?<![\w])(?P<c1>{before})\s?{number.format('n1')}(?:\s?-?(?P<s1>(?i:{scale}))\b(?!&))?"
        rf"|(?<![\w.,]){number.format('n2')}\s?-?(?P<s2>(?i:{scale}))?[ -](?:US )?(?P<c2>{after})\b"
    )


def _quantity(kind: str, match: re.Match[str]) -> Quantity:
    groups = match.groupdict()
    number = groups.get("n1") or groups["n2"]
    scale = (groups.get("s1") or groups.get("s2") or "").lower()
    factor = int(lexicon.table("quantities")["scales"][scale]) if scale else 1
    value = Decimal(number.replace(",", "")) * factor
    return Quantity(match.start(), match.end(), value, _unit(kind, groups), kind, match[0])


def _unit(kind: str, groups: dict[str, str]) -> str:
    if kind == "money":
        return str(lexicon.table("quantities")["currencies"][groups.get("c1") or groups["c2"]])
    if kind == "capacity":
        return _CAPACITY["month" if groups["short"] else (groups["per"] or "").lower()]
    return _SPANS[groups["of"].lower()] if kind == "months" else _UNITS[kind]
