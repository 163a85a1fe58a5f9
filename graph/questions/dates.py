"""Dates as people write them in questions."""

from __future__ import annotations

import re

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november")
_NUMBERS = {month: f"{i:02}" for i, month in enumerate((*_MONTHS, "december"), 1)}
_NUMBERS |= {month[:3]: number for month, number in _NUMBERS.items()} | {"sept": "09"}
_MONTH = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_FORMS = (
    re.compile(r"(?P<year>\d{4})(-(?P<month>0[1-9]|1[0-2])(-(?P<day>0[1-9]|[12]\d|3[01]))?)?"),
    re.compile(rf"(?P<named>{_MONTH})( of)? (?P<year>\d{{4}})"),
    re.compile(rf"(?P<named>{_MONTH}) (?P<day>[12]?\d|3[01])(st|nd|rd|th)? (?P<year>\d{{4}})"),
    re.compile(rf"(?P<day>[12]?\d|3[01])(st|nd|rd|th)?( of)? (?P<named>{_MONTH}) (?P<year>\d{{4}})"),
    re.compile(r"(q(?P<quarter>[1-4])|(the )?(?P<ordinal>first|second|third|fourth) quarter)( of)? (?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})[- ]q(?P<quarter>[1-4])"),
)
_ORDINALS = ("first", "second", "third", "fourth")


def date(text: str) -> str | None:
    """The date of a phrase as queries take it; None where it is none, or one that only a calendar could tell.

    >>> date("March 2024"), date("January 5, 2025"), date("the third quarter of 2024"), date("last year")
    ('2024-03', '2025-01-05', '2024-Q3', None)
    """
    plain = " ".join(text.casefold().replace(",", " ").replace(".", " ").split())
    found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    if found is None:
        return None
    told = found.groupdict()
    if quarter := _quarter(told):
        return f"{told['year']}-Q{quarter}"
    month = told.get("month") or _NUMBERS.get(told.get("named") or "")
    day = told.get("day")
    return "-".join(filter(None, (told["year"], month, f"{int(day):02}" if day else None)))


def _quarter(told: dict[str, str | None]) -> str | None:
    ordinal = told.get("ordinal")
    return str(_ORDINALS.index(ordinal) + 1) if ordinal else told.get("quarter")
