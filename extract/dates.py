"""Dates in a text as ISO 8601, relative ones against the document's own date."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<{0}>(?:19[5-9]|20[0-4])\d)"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# What is still to be done "on Monday" is done on the next one, and how far that is the text does not say.
_AHEAD = re.compile(r"\b(?:will|would|to|due|scheduled|expects?)\b", re.IGNORECASE)
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_DATE = re.compile(
    r"(?<![\w$€¥£.,])(?:"
    rf"(?P<iso>(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?)"
    rf"|{_MONTH.format('m1')}\s+(?P<d1>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR.format('y1')}"
    rf"|(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.format('m2')},?\s+{_YEAR.format('y2')}"
    rf"|{_MONTH.format('m3')},?\s+(?:of\s+)?{_YEAR.format('y3')}"
    r"|(?:Q(?P<q1>[1-4])|(?P<q2>first|second|third|fourth|1st|2nd|3rd|4th)[- ]quarter)"
    rf"(?:\s+of)?[ ,]*(?:FY\s?|fiscal\s+)?{_YEAR.format('y4')}"
    rf"|(?:(?P<h1>first|second)\s+half(?:\s+of)?|(?P<h2>[12])H|H(?P<h3>[12]))[ ,]*{_YEAR.format('y5')}"
    rf"|{_YEAR.format('y6')}(?!\s*(?:nm|mm|wafers|jobs|employees|people|%))"
    rf"|(?P<rel>last|this|next)\s+(?P<unit>year|month)|(?P<day>yesterday|today)"
    rf"|(?<=\bon\s)(?P<weekday>{'|'.join(_WEEKDAYS)})"
    rf"|(?P<ago>{'|'.join(_COUNTS)}|[1-9]\d?)\s+years\s+ago"
    rf"|{_MONTH.format('m7')}\s+(?P<d7>[0-3]?\d)(?:st|nd|rd|th)?(?![\d,]*\d)"
    r")(?![\w%])",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\b(in|by|since|from|to|until|till|during|for|before|after|on|of|through|between|around|late|early|mid-?|end of)"
    r"\s+(?:(?:the|late|early|mid|fiscal|end of|about)[ -]*)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date in a text.

    start, end: int, character offsets; value: str, ISO 8601 (2024, 2024-10, 2024-10-07) or a part of a year (2024-Q3,
    2024-H1); lead: str, the preposition before it in small letters, empty where there is none.
    """

    start: int
    end: int
    value: str
    lead: str


def dates(text: str, anchor: str | None = None) -> list[Date]:
    """The dates of a text, in its order.

    anchor: the document's own date (ISO 8601) or None; without it "last year" has no value and is left out.

    >>> [d.value for d in dates("From Q3 2024 to March 4, 2025, and in October 2026")]
    ['2024-Q3', '2025-03-04', '2026-10']
    >>> [d.value for d in dates("It opened last year.", anchor="2024-05-02")]
    ['2023']
    """
    found = []
    for match in _DATE.finditer(text):
        ahead = match["weekday"] is not None and _AHEAD.search(text, max(0, match.start() - 60), match.start())
        value = None if ahead else _value(match, anchor)
        if value is not None:
            lead = _LEAD.search(text, max(0, match.start() - 30), match.start())
            found.append(Date(match.start(), match.end(), value, lead[1].lower() if lead else ""))
    return found


def _value(match: re.Match[str], anchor: str | None) -> str | None:
    g = match.groupdict()
    if g["iso"]:
        return _valid(g["iso"])
    for n in ("1", "2"):
        if g[f"y{n}"]:
            return _valid(f"{g[f'y{n}']}-{_month(g[f'm{n}']):02d}-{int(g[f'd{n}']):02d}")
    if g["y3"]:
        return f"{g['y3']}-{_month(g['m3']):02d}"
    if g["y4"]:
        return f"{g['y4']}-Q{g['q1'] or _ORDINAL[g['q2'].lower()]}"
    if g["y5"]:
        half = g["h2"] or g["h3"] or str(_ORDINAL[g["h1"].lower()])
        return f"{g['y5']}-H{half}"
    return g["y6"] or _relative(g, anchor)


def _relative(g: dict[str, str | None], anchor: str | None) -> str | None:
    if anchor is None or not re.match(r"\d{4}", anchor):
        return None
    year = int(anchor[:4])
    if g["m7"] and g["d7"] and g["m7"][:1].isupper():
        return _valid(f"{year}-{_month(g['m7']):02d}-{int(g['d7']):02d}")
    step = {"last": -1, "this": 0, "next": 1}.get((g["rel"] or "").lower())
    if step is not None and (g["unit"] or "").lower() == "year":
        return str(year + step)
    if step is not None and len(anchor) >= 7:
        months = year * 12 + int(anchor[5:7]) - 1 + step
        return f"{months // 12}-{months % 12 + 1:02d}"
    if g["ago"]:
        count = g["ago"].lower()
        return str(year - (_COUNTS.index(count) + 2 if count in _COUNTS else int(count)))
    return _day(g, datetime.date.fromisoformat(anchor)) if len(anchor) == 10 else None


def _day(g: dict[str, str | None], anchor: datetime.date) -> str | None:
    """Yesterday, today, or the last day of that name up to the document's own."""
    if g["weekday"]:
        back = (anchor.weekday() - _WEEKDAYS.index(g["weekday"].capitalize())) % 7
    elif g["day"]:
        back = int(g["day"].lower() == "yesterday")
    else:
        return None
    return (anchor - datetime.timedelta(days=back)).isoformat()


def _month(name: str | None) -> int:
    return _MONTHS.index((name or "")[:3].lower()) + 1


def _valid(value: str) -> str | None:
    """The value, if it is a day or month that the calendar has."""
    try:
        datetime.date.fromisoformat(value if len(value) == 10 else f"{value}-01")
    except ValueError:
        return None
    return value
