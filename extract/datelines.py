"""Where a report begins behind its dateline: "SAN JOSE, Calif., Nov. 3, 2025 /PRNewswire/ -- ".

A parser takes the town for the subject of the sentence that follows.
"""

from __future__ import annotations

import re
from functools import cache

from extract import lexicon
from ontology import registry
from ontology.classes import is_a

_LONGEST = 160
_TOWN = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}"


def length(words: str) -> int:
    """How many characters of a paragraph its dateline takes; 0 where there is none.

    >>> words = "HSINCHU, Taiwan, June 3 (Reuters) - MediaTek unveiled a chip."
    >>> words[length(words):]
    'MediaTek unveiled a chip.'
    >>> [length(words) for words in ("TSMC - the foundry - grew.", "NXP, Bosch -- both grew.", "Reno, Nev.-based")]
    [0, 0, 0]
    """
    match = _pattern().match(words[:_LONGEST])
    if match is None:
        return 0
    region = match["region"]
    told = match["wire"] or match["date"] or (region is not None and _is_place(region))
    return match.end() if told and not _is_firm(match["town"]) else 0


@cache
def _pattern() -> re.Pattern[str]:
    table = lexicon.table("datelines")
    wires, months = ("|".join(re.escape(word) for word in table[name]["words"]) for name in ("wires", "months"))
    date = rf"(?:(?:{months}) \d{{1,2}}|\d{{1,2}} (?:{months}))(?:,? \d{{4}})?"
    place = rf"(?P<town>{_TOWN})(?:, (?P<region>(?!(?:{months}) \d){_TOWN}))?(?: ?(?:&|and|/) {_TOWN}(?:, {_TOWN})?)?"
    wire = rf"(?P<wire>\((?:{wires})\)|/(?:{wires})/)"
    return re.compile(
        rf"\s*{place}(?:,? ?[–—-]{{0,2}} ?(?P<date>{date}))?,?\s*{wire}?(?:\s*(?:--|—)\s*|\s+[–-]\s+)(?=\w|[\"“'‘])"
    )


def _is_place(name: str) -> bool:
    return any(is_a(entry.type, "Place") for entry in registry.load().lookup(name))


def _is_firm(name: str) -> bool:
    found = registry.load().lookup(name)
    return bool(found) and is_a(found[0].type, "Organization")
