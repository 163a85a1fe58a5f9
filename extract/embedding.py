"""The words above a trigger that decide how it is meant: "plans to buy", "denied reports that it supplies"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extract import lexicon
from extract.clauses import misread_doer
from extract.syntax import particle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.tree import Token

_CARRYING = frozenset({"into", "in", "on", "of", "for", "to", "from", "off"})
# Prepositions that tie a clause to what is said of it: "accused of evading", "barred from selling".
_TYING = frozenset({"from", "of"})


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a class of `factuality.toml`."""
    return lexicon.words("factuality", name)


def layers(trigger: Token) -> Iterator[tuple[Token, Token | None]]:
    """The trigger and the words above it that decide on it, each with the one below."""
    at, below = trigger, None
    for _ in range(8):
        yield at, below
        higher = above(at)
        if higher is None:
            return
        at, below = higher, at


def above(token: Token) -> Token | None:
    """The next word up that decides on it, or None."""
    head, dep = token.head, token.dep_
    if head == token:
        return None
    if dep == "acl" and any(c.dep_ == "mark" and c.lower_ == "from" for c in token.children):
        return next((c for c in head.children if misread_doer(c) is not None), head)  # "barred firms from selling"
    if dep in ("xcomp", "ccomp", "csubj", "csubj:pass", "acl"):
        participle = dep == "acl" and token.tag_ in ("VBN", "VBG") and not any(c.dep_ == "mark" for c in token.children)
        return None if participle else head
    if dep == "acl:relcl" and head.lemma in words_of("content") and any(c.lower_ == "that" for c in token.children):
        return head  # "rumours that X buys Y"
    if dep == "advcl" and is_tied(token):
        return head  # "barred Nvidia from selling", "accused of evading"
    if dep == "nsubj" and token.pos_ == "NOUN" and _undoes(head):
        return head
    if token.pos_ in ("NOUN", "PROPN") and dep in ("obj", "nsubj:pass", "obl") and head.pos_ in ("VERB", "ADJ", "AUX"):
        return head if dep != "obl" or _carries(token) else None
    if dep == "nmod" and head.pos_ in ("NOUN", "NUM") and token.preposition in ("of", "for", "to", "on", "about"):
        return head
    if dep == "compound" and head.pos_ == "NOUN":
        return head
    if dep == "conj" and not any(c.dep_ in ("nsubj", "nsubj:pass", "aux", "aux:pass", "cop") for c in token.children):
        return head
    return None


def _carries(noun: Token) -> bool:
    """True for a noun that its verb is about: "entered into a deal", "threatened to answer with curbs"."""
    return noun.preposition in _CARRYING or (noun.preposition == "with" and noun.head.lemma in ("answer", "respond"))


def is_tied(clause: Token) -> bool:
    """True for a clause that hangs from a preposition, or from the verb that the clause behind "that" is said by."""
    marks = {c.lower_ for c in clause.children if c.dep_ == "mark"}
    said = "that" in marks and clause.head.lemma in ("confirm", *words_of("denying"))
    return said or not _TYING.isdisjoint(marks) or ("in" in marks and clause.head.pos_ == "ADJ")


def _undoes(head: Token) -> bool:
    """True for what is said of a plan that came to nothing: "fell apart", "blocked" in a headline, "are false"."""
    word = embedder(head)
    transitive = any(c.dep_ in ("obj", "ccomp", "xcomp", "advcl") for c in head.children)
    undone = head.tag_ in ("VBD", "VBN", "JJ") and not transitive and word in words_of("negating")
    return word in words_of("failing") or undone


def embedder(token: Token) -> str:
    """A word with its particle, adverbs that make another word of it among them: "fall_apart"."""
    aside = next((c.lower_ for c in token.children if c.dep_ == "advmod" and c.lower_ in ("apart", "through")), None)
    return f"{token.lemma}_{aside}" if aside else particle(token)
