"""Dates as documents print them, to ISO 8601; an ambiguous one is no date."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_MONTH_FIRST = re.compile(rf"\b({MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH}),?\s+(\d{{4}})\b", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"^\s*({MONTH})\s+(\d{{4}})\s*$", re.IGNORECASE)
_YEAR_ONLY = re.compile(r"^\s*(\d{4})(?:-(\d{2}))?\s*$")


def iso_date(text: str) -> str | None:
    """The one date that the text names, as ISO 8601 (day, month or year); None where there is none or several.

    >>> iso_date("Published on 4 March 2025"), iso_date("March 2025"), iso_date("03/04/2025")
    ('2025-03-04', '2025-03', None)
    """
    found = {d for d in (*_days(text), *_coarse(text)) if d}
    return found.pop() if len(found) == 1 else None


def _days(text: str) -> list[str | None]:
    iso = [_day(y, m, d) for y, m, d in _ISO.findall(text)]
    named = [_day(y, _month(m), d) for m, d, y in _MONTH_FIRST.findall(text)]
    return iso + named + [_day(y, _month(m), d) for d, m, y in _DAY_FIRST.findall(text)]


def _coarse(text: str) -> list[str | None]:
    if match := _MONTH_ONLY.match(text):
        return [f"{match[2]}-{_month(match[1]):02}"]
    if match := _YEAR_ONLY.match(text):
        valid = match[2] is None or 1 <= int(match[2]) <= 12
        return [match[0].strip() if valid else None]
    return []


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _day(year: str, month: str | int, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:  # the 31st of June, a month 13
        return None
