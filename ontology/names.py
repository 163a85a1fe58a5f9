"""Names made comparable: folding, legal forms taken off, and the question whether a name needs its very capitals.

The original name is always kept elsewhere; what these functions return are keys.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# A full stop inside an abbreviation of single letters ("U.S.", "S.p.A.") vanishes; any other one separates.
_ABBREVIATION_STOP = re.compile(r"(?<![^\W_]{2})(?<=[^\W\d_])\.")
_APOSTROPHE = re.compile(r"['’‘ʼ`´]")
# The point of a decimal ("1.4nm") is no punctuation.
_NO_LETTER = re.compile(r"(?!(?<=\d)\.\d)[^\w+]|_")
_PLAIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
_TOKEN = re.compile(r"[^\s,]+")
_BRACKETED = re.compile(r"\s*[(（]([A-Z]{2,6})[)）]\s*$")
_SHORT = 4
# No legal form ends in a longer word than this; only the end of a name is looked at before its words are.
_LAST_WORD = 24


@dataclass(frozen=True, slots=True)
class LegalForms:
    """The table of legal forms.

    latin: frozenset of folded forms; last_words: frozenset of the words they end in; longest: int, how many words the
    longest has; native: tuple of forms in Chinese, Japanese and Korean letters, longest first; never_alone: frozenset
    of words that are no name by themselves.
    """

    latin: frozenset[str]
    last_words: frozenset[str]
    longest: int
    native: tuple[str, ...]
    never_alone: frozenset[str]


@cache
def legal_forms() -> LegalForms:
    """The shipped table, read once."""
    table = tomllib.loads(files("ontology").joinpath("legal_forms.toml").read_text(encoding="utf-8"))
    native = tuple(sorted(table["native"], key=lambda form: (-len(form), form)))
    longest = max(form.count(" ") + 1 for form in table["latin"])
    last_words = frozenset(form.split()[-1] for form in table["latin"])
    return LegalForms(frozenset(table["latin"]), last_words, longest, native, frozenset(table["never_alone"]))


@cache
def common_words() -> frozenset[str]:
    """Folded names that are also ordinary English words ("apple", "screen"): they count only with their capitals."""
    text = files("ontology").joinpath("actors", "common_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def fold(name: str) -> str:
    """The name in the form in which two spellings of it are equal.

    name: str, in any script. Returns it compatibility-normalised, case-folded, with "and" for "&", without
    punctuation and with single spaces; empty where nothing but punctuation was given. Folding twice changes nothing.

    >>> fold("AT&T  Inc."), fold("U.S."), fold("Sk-Hynix")
    ('at and t inc', 'us', 'sk hynix')
    """
    if name.isascii():
        folded = name.lower()
        # Most names are plain words: nothing to take out, and every question of the registry folds thousands of them.
        if _PLAIN.fullmatch(folded):
            return folded
    else:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    folded = _APOSTROPHE.sub("", folded)
    folded = _ABBREVIATION_STOP.sub("", folded).replace("&", " and ")
    return " ".join(_NO_LETTER.sub(" ", folded).split())


def strip_legal_form(name: str) -> str:
    """The name without the legal forms at its end, and without its own acronym in brackets after them.

    name: str. Returns what is left, spelt as given; the whole name where nothing that names anybody would be left.
    A place in brackets stays: "NXP (Tianjin)" is another company than NXP. Stripping twice changes nothing.

    >>> strip_legal_form("Taiwan Semiconductor Manufacturing Co., Ltd.")
    'Taiwan Semiconductor Manufacturing'
    >>> strip_legal_form("Semiconductor Co., Ltd.")
    'Semiconductor Co., Ltd.'
    """
    current = name.strip()
    while True:
        shorter = _strip_once(current).strip()
        if shorter == current or not _names_somebody(shorter):
            return current
        current = shorter


def needs_exact_case(text: str) -> bool:
    """True for a name that must match in its very case: up to four letters, or an ordinary English word too.

    text: str, a name as the registry writes it; one without a capital ("foundry") never needs it.

    >>> needs_exact_case("Arm"), needs_exact_case("Apple"), needs_exact_case("Synopsys"), needs_exact_case("wafer")
    (True, True, False, False)
    """
    lower = text.lower()
    if text == lower:
        return False
    return lower in common_words() or (len(text) <= 2 * _SHORT and sum(map(str.isalpha, text)) <= _SHORT)


def _strip_once(name: str) -> str:
    return _strip_acronym(_strip_native(_strip_latin(name)))


def _strip_latin(name: str) -> str:
    """Without the longest legal form that its last words make; forms before the last come off in the next round."""
    forms = legal_forms()
    if fold(name[-_LAST_WORD:]).rpartition(" ")[2] not in forms.last_words:
        return name
    tokens = list(_TOKEN.finditer(name))
    for words in range(min(forms.longest, len(tokens) - 1), 0, -1):
        start = tokens[-words].start()
        if fold(name[start:]) in forms.latin:
            rest = name[:start].rstrip(" ,&(（-")
            return rest if _names_somebody(rest) else name
    return name


def _strip_native(name: str) -> str:
    if name.isascii():
        return name
    for form in legal_forms().native:
        for rest in (name.removesuffix(form), name.removeprefix(form)):
            if rest != name and _names_somebody(rest):
                return rest.strip()
    return name


def _strip_acronym(name: str) -> str:
    """Without a bracketed acronym at the end whose letters stand, in order, in the name before it."""
    match = _BRACKETED.search(name) if name.endswith((")", "）")) else None
    if match is None:
        return name
    rest = name[: match.start()]
    letters = iter(rest.casefold())
    own = rest[:1].casefold() == match[1][0].casefold() and all(c in letters for c in match[1].casefold())
    return rest if own and _names_somebody(rest) else name


def _names_somebody(name: str) -> bool:
    """True where a word of its own is left, or two that together make a name ("ON Semiconductor")."""
    forms = legal_forms()
    words = [word for word in fold(name).removeprefix("the ").split() if word not in forms.latin]
    return len(words) > 1 or any(word not in forms.never_alone for word in words)
