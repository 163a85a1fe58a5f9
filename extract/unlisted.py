"""Firms that neither the registry nor the recogniser knows, where their form or what stands beside them tells.

Capitals alone tell nothing. A trade or a legal form at the end does ("Orrery AI"), a description of a firm behind
("Cobaltine is an IP vendor"), a seat ("Iceblick, of Odesa"), a list of firms, and a verb that only firms
are subject of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon
from extract.mention_index import Mention
from extract.name_types import is_called_firm, is_trade, name_type
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.parsing import Parsed
    from extract.tree import Span, Token, Tree

_HELD = frozenset({"ORG", "PERSON", "PLACE", "PRODUCT"})
# Capitalised words that stand before "of" and a place and are no firms.
_OFFICES = frozenset({
    "Bank", "Bay", "Board", "City", "County", "Government", "Gulf", "House", "Isle", "Kingdom", "Port", "Province",
    "Republic", "Sea", "State", "States", "Strait", "Town", "Union", "University", "Valley",
})  # fmt: skip
_SEAT_MARKS = frozenset({"of", "("})


def unlisted(parsed: Parsed) -> Iterator[Mention]:
    """The firms of a text that only their form or their company gives away, in the order of the text."""
    doc = parsed.doc
    known = {i for name in parsed.names for i in range(name.start, name.end)}
    firms = {name.start for name in parsed.names if is_a(name.type, "Organization")}
    towns = {name.start for name in parsed.names if is_a(name.type, "Place")}
    for span in _runs(doc, known):
        if name_type(span.text, "Company") != "Company" or _is_heading(span):
            continue
        if _ends_as_firm(span) or (_may_be_name(span) and _is_shown(span, firms, towns)):
            yield Mention(span.start, span.end, _root(span), "Company", "name", span.text)


def _runs(doc: Tree, known: set[int]) -> Iterator[Span]:
    """The stretches of capitalised words that nothing else has claimed."""
    start = None
    for token in doc:
        free = token.idx not in known and token.ent_type_ not in _HELD and _is_capital(token)
        if free and start is not None and not doc[token.i - 1].whitespace_:
            free = False
        if free and start is None:
            start = token.i
        elif not free and start is not None:
            yield doc[start : token.i]
            start = None
    if start is not None:
        yield doc[start : len(doc)]


def _is_capital(token: Token) -> bool:
    letters = token.text.replace("-", "").replace(".", "")
    return letters.isalpha() and token.text[:1].isupper() and token.pos_ not in ("DET", "PRON", "ADP", "CCONJ", "SCONJ")


def _is_heading(span: Span) -> bool:
    """True where capitals say nothing: most words of the sentence have them."""
    others = [t for t in span.sent if t.is_alpha and len(t.text) > 3 and not span.start <= t.i < span.end]
    return not others or 2 * sum(t.text[:1].isupper() for t in others) > len(others)


def _ends_as_firm(span: Span) -> bool:
    """True for "Orrery AI" and "Sable Test Corporation"."""
    if not 2 <= len(span) <= 4 or (span[0].tag_ not in ("NNP", "NNPS") and span[0].ent_type_ != "MISC"):
        return False
    return is_trade(span[-1].text) or name_type(span.text, "") == "Company"


def _may_be_name(span: Span) -> bool:
    """True for one or two proper nouns that are no title, no month and no code."""
    if len(span) > 2 or len(span.text) < 3 or any(t.tag_ not in ("NNP", "NN", "JJ") for t in span):
        return False
    words = lexicon.words("nouns", "organization") | lexicon.words("nouns", "person")
    return not any(t.lemma.lower() in words or t.text in _OFFICES for t in span)


def _is_shown(span: Span, firms: set[int], towns: set[int]) -> bool:
    token = span.doc[_root(span)]
    if is_called_firm(span):
        return True
    proper = all(t.tag_ == "NNP" for t in span)
    return proper and (_has_seat(span, towns) or _is_listed(token, firms) or _does_business(token))


def _has_seat(span: Span, towns: set[int]) -> bool:
    """True for "Iceblick, of Odesa" and "IQM of Espoo"."""
    doc, at = span.doc, span.end
    comma = at < len(doc) and doc[at].text == ","
    at += comma
    if at + 1 >= len(doc) or doc[at].lower_ not in _SEAT_MARKS or doc[at + 1].idx not in towns:
        return False
    return comma or doc[at].text == "(" or doc[span.end - 1].dep_ in ("nsubj", "nsubj:pass", "conj", "obj")


def _is_listed(token: Token, firms: set[int]) -> bool:
    """True for a member of a list that has a known firm in it: "Renesas, Espressif and Autotalks"."""
    first = token.head if token.dep_ == "conj" else token
    parts = [first, *(c for c in first.children if c.dep_ == "conj")]
    others = [t for t in parts if t != token]
    return bool(others) and any(t.idx in firms for t in others)


def _does_business(token: Token) -> bool:
    """True for the subject of a verb that only firms do: "Lumetra no longer competes with Himax"."""
    return token.dep_ == "nsubj" and token.head.lemma in lexicon.words("verbs", "business")


def _root(span: Span) -> int:
    return [t.i for t in span if t.head.i < span.start or t.head.i >= span.end or t.head == t][-1]
