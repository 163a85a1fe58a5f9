"""Names taken apart for comparison: keys under which equal names meet, words without their common endings, initials."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ontology.names import fold, strip_legal_form

# Words that say what kind of firm it is and stand or fall with the writer's mood: "Technology" and "Technologies".
_ENDINGS = (("ies", "y"), ("ses", "s"), ("s", ""))
_SHORT_WORD = 3
# Words that many names share, so that they tell little; "Semiconductor" is one here.
GENERIC = frozenset(
    (
        *("technology", "semiconductor", "microelectronic", "electronic", "system", "device", "industry", "material"),
        *("solution", "product", "circuit", "integrated", "science", "international", "global", "the", "of", "and"),
        *("company", "corporation", "enterprise", "chip", "micro", "silicon", "power", "digital", "advanced"),
    )
)
# Words that part an owner from what it owns, or one unit from another: they must be in both names or in neither.
PARTING = frozenset(
    (
        *("group", "holding", "display", "foundry", "capital", "venture", "investment", "research", "institute"),
        *("university", "ministry", "department", "bank", "insurance", "automotive", "memory", "energy", "solar"),
        *("software", "medical", "logic", "storage", "mobile", "cloud", "lighting", "battery", "packaging", "test"),
        *("north", "south", "east", "west", "europe", "asia", "america", "usa", "china", "japan", "korea", "taiwan"),
        *("india", "germany", "malaysia", "singapore", "vietnam", "shanghai", "beijing", "shenzhen", "wuxi", "tianjin"),
        *("nanjing", "chengdu", "wuhan", "dalian", "suzhou", "xian", "hefei", "hangzhou", "guangzhou", "dresden"),
        *("foundation", "association", "fund", "partner", "equipment", "design", "eda", "sensor", "photonic", "optic"),
        *("network", "communication", "security", "financial", "service", "logistic", "trading", "chemical", "gas"),
    )
)
# Legal forms that tell a country: the same name under two of them is two firms as a rule.
_SEATS = {
    **dict.fromkeys(("gmbh", "ag", "kgaa", "kg"), frozenset(("DE", "AT", "CH"))),
    **dict.fromkeys(("inc", "incorporated", "corp", "llc", "co"), frozenset(("US", "CN", "TW", "KR", "JP"))),
    **dict.fromkeys(("nv", "bv"), frozenset(("NL", "BE"))),
    **dict.fromkeys(("spa", "srl"), frozenset(("IT",))),
    **dict.fromkeys(("sas", "sarl"), frozenset(("FR",))),
    **dict.fromkeys(("oy", "oyj"), frozenset(("FI",))),
    "plc": frozenset(("GB", "IE")),
    "kk": frozenset(("JP",)),
}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart.

    text: str; folded: str, without case, punctuation, accents and legal form; words: tuple of str, its words without
    plural endings; squashed: str, folded without spaces; numbers: frozenset of str; initials: str, of its words; seats:
    frozenset of str, the countries whose law knows its legal form, none where many countries do.
    """

    text: str
    folded: str
    words: tuple[str, ...]
    squashed: str
    numbers: frozenset[str]
    initials: str
    seats: frozenset[str] = frozenset()

    @property
    def own(self) -> tuple[str, ...]:
        """The words that are not generic; all of them where every word is."""
        kept = tuple(word for word in self.words if word not in GENERIC)
        return kept or self.words

    @property
    def parting(self) -> frozenset[str]:
        """The words that part it from relatives."""
        return PARTING.intersection(self.words)


@lru_cache(maxsize=1 << 16)
def parse(text: str) -> Name:
    """A name taken apart.

    >>> parse("Société Nord Technologies Co., Ltd.").words
    ('societe', 'nord', 'technology')
    >>> parse("Taiwan Semiconductor Manufacturing Company").initials
    'tsmc'
    """
    folded = _plain(fold(strip_legal_form(text))).removeprefix("the ")
    words = tuple(map(_stem, folded.split()))
    long = _plain(fold(text)).removeprefix("the ").split()
    initials = "".join(word[0] for word in long if word not in ("of", "and", "the", "for"))
    numbers, forms = frozenset(_NUMBER.findall(folded)), set(fold(text).split()) - set(folded.split())
    seats = frozenset().union(*(_SEATS.get(form, ()) for form in forms))
    return Name(text, folded, words, folded.replace(" ", ""), numbers, initials, seats)


def _plain(folded: str) -> str:
    """Without the accents of Latin letters."""
    if folded.isascii():
        return folded
    parts = unicodedata.normalize("NFKD", folded)
    return unicodedata.normalize("NFKC", "".join(c for c in parts if not unicodedata.combining(c)))


def _stem(word: str) -> str:
    if len(word) > _SHORT_WORD:
        for ending, instead in _ENDINGS:
            if word.endswith(ending) and not word.endswith(("ss", "us", "is")):
                return word.removesuffix(ending) + instead
    return word


def similarity(a: str, b: str) -> float:
    """How alike two words are, from 0 to 1: Jaro's measure, raised for a common beginning as Winkler does.

    >>> round(similarity("semiconductor", "semicondcutor"), 2), similarity("arm", "arm"), similarity("abc", "xyz")
    (0.98, 1.0, 0.0)
    """
    if a == b:
        return 1.0
    jaro = _jaro(a, b)
    start = 0
    while start < min(4, len(a), len(b)) and a[start] == b[start]:
        start += 1
    return jaro + start * 0.1 * (1 - jaro)


def _jaro(a: str, b: str) -> float:
    if not a or not b:
        return 0.0
    reach = max(0, max(len(a), len(b)) // 2 - 1)
    free, hits = [True] * len(b), []
    for i, c in enumerate(a):
        for j in range(max(0, i - reach), min(len(b), i + reach + 1)):
            if free[j] and b[j] == c:
                free[j] = False
                hits.append(c)
                break
    if not hits:
        return 0.0
    other = [c for j, c in enumerate(b) if not free[j]]
    swapped = sum(x != y for x, y in zip(hits, other, strict=True)) / 2
    n = len(hits)
    return (n / len(a) + n / len(b) + (n - swapped) / n) / 3
