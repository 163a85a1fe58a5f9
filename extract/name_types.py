"""The class of a name that nobody lists: what its own words or those beside it tell, else the recogniser's guess."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from extract import lexicon
from extract.coined import product_beside

if TYPE_CHECKING:
    from extract.tree import Span, Token

_GUESSES = {
    "ORG": "Company",
    "PERSON": "Person",
    "PLACE": "City",
    "GPE": "City",
    "LOC": "Region",
    "PRODUCT": "ChipProduct",
}
TITLES = frozenset({
    "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "Prof", "Prof.", "Professor", "Sir", "Dame", "Sen.", "Rep.",
    "Gov.", "Senator", "Representative", "Governor", "Justice", "Judge",
})  # fmt: skip
_BARE_CODE = re.compile(r"[A-Z]{1,5}-?\d{1,4}[A-Z]{0,2}")


@lru_cache(maxsize=4096)
def name_type(name: str, guess: str) -> str:
    """The class that a name's own words tell, else the guess.

    >>> name_type("Ministry of Economic Affairs", "Company")
    'GovernmentBody'
    """
    for type_, pattern in _name_patterns():
        if pattern.search(name):
            return type_
    return guess


@cache
def _name_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = lexicon.table("names")
    return tuple((type_, re.compile("|".join(entry["patterns"]))) for type_, entry in lists.items())


def recognised_type(span: Span, label: str) -> str | None:
    """The class of a name that the recogniser found; None for one that stands for nothing that we hold.

    span: the name; label: str, the recogniser's.
    """
    guess = _GUESSES.get(label)
    if guess is None or _ends_in_sum(span):
        return None
    if (own := name_type(span.text, "")) != "":
        return own
    if guess != "Person" and _has_title(span):
        return "Person"
    if guess in ("Person", "City", "ChipProduct") and (
        _is_trade_name(span) or is_called_firm(span) or _trades_goods(span)
    ):
        return "Company"
    if guess in ("ChipProduct", "Company") and (product := _product(span, guess)) is not None:
        return product
    return guess


def _ends_in_sum(span: Span) -> bool:
    """True for a name that a sum was taken along with: "fined Qualcomm 200 million euros"."""
    behind = span.doc[span.end] if span.end < len(span.doc) else None
    return behind is not None and span[-1].like_num and behind.lower_ in ("million", "billion", "trillion", "percent")


def _has_title(span: Span) -> bool:
    """True for "Mr. Okafor" and "analyst Maria Brandt", but not for "customer Nokia" or "the chief of Nokia"."""
    before = span.doc[span.start - 1] if span.start else None
    if before is None:
        return False
    return before.text in TITLES or (
        before.pos_ == "NOUN"
        and before.lemma in lexicon.words("nouns", "person")
        and all(t.text[:1].isupper() and t.is_alpha for t in span)
        and len(span) > 1
    )


def _is_trade_name(span: Span) -> bool:
    """True for several words of which the last is a trade: "Hallstatt Crystal"."""
    return len(span) > 1 and is_trade(span[-1].text)


def is_trade(word: str) -> bool:
    """True for a word that ends the names of firms and of nothing else: "Optronics".

    >>> is_trade("Optronics"), is_trade("Verona")
    (True, False)
    """
    return word in _trades()


@cache
def _trades() -> frozenset[str]:
    return frozenset(lexicon.table("coined")["trades"]["words"])


def is_called_firm(span: Span) -> bool:
    """True where a description of a firm stands beside: "start-up Kelvaro", "Kelvaro is a maker of ion sources"."""
    doc = span.doc
    before = doc[span.start - 1] if span.start else None
    if before is not None and before.pos_ == "NOUN" and _describes_firm(before):
        return True
    if span.end + 1 < len(doc) and (doc[span.end].text == "," or doc[span.end].lower_ in ("is", "was")):
        return any(_describes_firm(t) for t in _after_comma(span))
    return False


def _trades_goods(span: Span) -> bool:
    """True for one word that does, or to which is done, what is no person's: "Kelvaro ships tools", "was founded"."""
    word = span[0]
    lists = {"nsubj": "trading", "nsubj:pass": "incorporating"}
    return len(span) == 1 and word.dep_ in lists and word.head.lemma in lexicon.words("verbs", lists[word.dep_])


def _after_comma(span: Span) -> list[Token]:
    """The head of "a Dutch maker of ion sources" behind a name: the first noun that no other follows at once."""
    doc = span.doc
    found: list[Token] = []
    if doc[span.end + 1].lower_ not in ("a", "an", "the", "one"):
        return found
    words = doc[span.end + 2 : span.end + 9]
    seat = next((i for i, token in enumerate(words) if token.lower_ in ("based", "headquartered")), -1)
    for token in words[seat + 1 :]:
        if token.pos_ in ("NOUN", "PROPN"):
            found = [token]
        elif found or token.pos_ not in ("ADJ", "NUM", "PUNCT", "ADV", "VERB"):
            break
    return found


def _describes_firm(token: Token) -> bool:
    return token.lemma in lexicon.words("nouns", "organization")


def _is_presented(token: Token) -> bool:
    """True for what somebody brings out: "introduced the M4", "the M4 was unveiled"."""
    return token.dep_ in ("obj", "nsubj:pass") and token.head.lemma in lexicon.table("coined")["presenting"]["words"]


def _product(span: Span, guess: str) -> str | None:
    """What a product is by the noun beside it: "the Halo headset"; a bare code behind an owner is a product too."""
    before = span.doc[span.start - 1] if span.start else None
    if guess == "ChipProduct":
        return product_beside(span)
    if before is not None and before.tag_ in ("POS", "PRP$"):
        nation = before.i and before.nbor(-1).ent_type_ == "PLACE"
        beside = product_beside(span) if not nation else None
        return beside or ("ChipProduct" if _BARE_CODE.fullmatch(span.text) else None)
    if before is not None and before.lower_ in ("the", "its", "their") and len(span) <= 2:
        if _BARE_CODE.fullmatch(span.text) and _is_presented(span[-1]):
            return "ChipProduct"
        return product_beside(span, singular=True)
    return None
