"""Literals in the one spelling that Oxigraph keeps: its store rewrites `1.0` to `1` and the like when it loads them."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from pyoxigraph import Literal

from graph.terms import DATE, DECIMAL, INTEGER, YEAR, YEAR_MONTH
from ontology.errors import InvalidData

_MONTH = r"(?:0[1-9]|1[0-2])"
_TIMES = (
    (re.compile(r"[0-9]{4}"), YEAR),
    (re.compile(rf"[0-9]{{4}}-{_MONTH}"), YEAR_MONTH),
    (re.compile(rf"[0-9]{{4}}-{_MONTH}-(?:0[1-9]|1[0-9]|2[0-8])"), DATE),
    (re.compile(r"[0-9]{4}-(?:0[13-9]|1[0-2])-(?:29|30)"), DATE),
    (re.compile(r"[0-9]{4}-(?:0[13578]|1[02])-31"), DATE),
    (re.compile(r"(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"), DATE),
)


def decimal(value: float) -> Literal:
    """A number as xsd:decimal, without exponent and without idle zeros.

    value: int or float. Raises `InvalidData` for infinity and not-a-number.

    >>> decimal(0.90).value, decimal(159499000000).value, decimal(1e-7).value
    ('0.9', '159499000000', '0.0000001')
    """
    if not math.isfinite(value):
        raise InvalidData(f"The number {value} is not finite and cannot stand in the graph: mend the claim.")
    text = format(Decimal(repr(value)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal("0" if text == "-0" else text, datatype=DECIMAL)


def integer(value: int) -> Literal:
    """A whole number as xsd:integer."""
    return Literal(str(value), datatype=INTEGER)


def time(text: str) -> Literal:
    """A year, month or day with its datatype; anything else (a quarter, an impossible date) as a plain string.

    >>> time("2024-10").datatype.value.rsplit("#")[-1], time("2024-Q3").datatype.value.rsplit("#")[-1]
    ('gYearMonth', 'string')
    """
    for pattern, datatype in _TIMES:
        if pattern.fullmatch(text):
            return Literal(text, datatype=datatype)
    return Literal(text)


def number(literal: Literal) -> float | int:
    """The number that `decimal` wrote, whole numbers as int."""
    return float(literal.value) if "." in literal.value else int(literal.value)
