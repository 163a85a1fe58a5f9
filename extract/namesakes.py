"""Whether a known name means its bearer where it stands: "the Amazon" and "Lattice constants" are no firms.

Words right beside the name tell, in any text (`misleads`); so does the tree, for names that are ordinary words too:
capitals say nothing where they open a sentence, and a firm's name takes no article (`is_ordinary`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extract import lexicon
from extract.language import verbs
from extract.name_types import TITLES
from ontology import registry
from ontology.classes import is_a
from ontology.names import common_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.tree import Span, Token
    from ontology.registry import Entry

_ARTICLES = frozenset({"the", "a", "an"})
# What stands behind a member of a list or the first part of a compound: the article is not the name's own there.
_JOINING = frozenset({",", "and", "or", "/", "-", "–", "(", "&"})
_OPENING = frozenset({'"', "“", "‘", "'", "(", "•", "-", "–", "—", ":"})
_REACH = 60  # characters before a name that are looked at
_YEAR = re.compile(r"(?:19|20)\d\d")
_MARK, _MARKS = "'", "['’]"
_BEFORE_NOUN = frozenset({"compound", "amod", "nmod", "nmod:unmarked"})
_PLURAL_VERBS = frozenset({"are", "were", "have"})


def misleads(text: str, start: int, end: int, entry: Entry) -> bool:
    """True where the words right before or behind a name show that it means something else than the entry.

    text: str, all of it; start, end: int, where the name stands; entry: Entry that bears the name.

    >>> amazon = registry.load().entries["amazon"]
    >>> misleads("Along the Amazon river", 10, 16, amazon), misleads("Amazon buys chips", 0, 6, amazon)
    (True, False)
    """
    if is_a(entry.type, "Company") and _pattern_behind(_words("places_and_venues")).match(text, end):
        return True
    if entry.not_before and _pattern_behind(entry.not_before).match(text, end):
        return True
    return (
        bool(entry.not_after)
        and _pattern_before(entry.not_after).search(text[max(0, start - _REACH) : start]) is not None
    )


def is_ordinary(span: Span, entry: Entry) -> bool:
    """True for a word of a parsed text that is no firm's name although the entry, a firm, is called so.

    span: the name; entry: Entry that bears it.
    """
    if len(span) != 1 or not is_a(entry.type, "Company"):
        return False
    token = span[0]
    before = span.doc[token.i - 1] if token.i else None
    behind = span.doc[token.i + 1] if token.i + 1 < len(span.doc) else None
    titled = before is not None and (before.text in TITLES or before.lower_ in _words("titles"))
    if titled or (before is not None and _is_unit(token, before, behind)):
        return True
    if span.text.lower() not in common_words():
        return False
    return _has_article(token, before, behind) or (_opens(token) and behind is not None and _is_word(token, behind))


def means_nobody(span: Span) -> bool:
    """True where no entry of the registry that bears a name can be meant by it here, and one would be elsewhere."""
    found = registry.load().lookup(span.text)
    start = span[0].idx
    here = (misleads(span.doc.text, start, start + len(span.text), e) or is_ordinary(span, e) for e in found)
    return bool(found) and all(here)


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(lexicon.table("namesakes")[name]["words"])


@cache
def _pattern_behind(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What stands behind a name; a phrase that begins with a letter has a blank before it; it may be plural."""
    plain = (f" {p}" if p[0].isalnum() else p for p in phrases)
    return re.compile(_any(f"{re.escape(p).replace(_MARK, _MARKS)}(?:e?s)?" for p in plain), re.IGNORECASE)


@cache
def _pattern_before(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_any(map(re.escape, phrases))}[ -]$", re.IGNORECASE)


def _any(patterns: Iterable[str]) -> str:
    return rf"(?:{'|'.join(patterns)})(?!\w)"


def _is_unit(token: Token, before: Token, behind: Token | None) -> bool:
    """True for "a magnet of 3 Tesla", but not for "in 2026 Tesla" and "4,000 Tesla cars"."""
    if not before.like_num or token.lower_ not in _words("units"):
        return False
    return _YEAR.fullmatch(before.text) is None and (behind is None or not _is_common_noun(behind))


def _has_article(token: Token, before: Token | None, behind: Token | None) -> bool:
    """True for "the Amazon" alone; "the Amazon deal" and "the Amazon and Google deal" have the article of the deal."""
    own = before is not None and before.lower_ in _ARTICLES and before.head == token
    return own and (behind is None or behind.text not in _JOINING)


def _opens(token: Token) -> bool:
    """True where a sentence, a quotation or a line begins, and a capital says nothing."""
    return token.is_sent_start or token.doc[token.i - 1].text in _OPENING


def _is_word(token: Token, behind: Token) -> bool:
    """True for "Cadence of launches", "Lattice constants", "Mentor and friend", "Diodes are"."""
    if behind.lower_ == "of":
        return behind.i + 1 < len(token.doc) and token.doc[behind.i + 1].text.islower()
    if token.lower_ in _words("well_known"):
        return False
    if behind.lower_ in ("and", "or"):
        return behind.i + 1 < len(token.doc) and _is_common_noun(token.doc[behind.i + 1])
    if token.text.endswith("s") and (behind.lower_ in _PLURAL_VERBS or behind.tag_ == "VBP"):
        return True
    return token.dep_ in _BEFORE_NOUN and token.head.i > token.i and _is_common_noun(behind)


def _is_common_noun(token: Token) -> bool:
    """True for a word in small letters that is a noun or describes one, and is nothing that firms have."""
    if token.pos_ not in ("NOUN", "ADJ") or not token.text.islower() or _is_missed_verb(token):
        return False
    return token.lemma not in lexicon.words("namesakes", "beside_firms")


def _is_missed_verb(token: Token) -> bool:
    """True for "Flex assembles servers" where the parser saw no verb."""
    return token.text in verbs.lemmas() and not any(t.pos_ in ("VERB", "AUX") for t in token.sent)
