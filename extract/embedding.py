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

_CARRYING = frozenset({"into", "in", "on", "of", "for", "to", "from", "off", "as"})
# Prepositions that tie a clause to what is said of it: "accused of evading", "barred from selling".
_TYING = frozenset({"from", "of"})
# Who does not do these "in" doing something does not do that either: "has not joined Japan in curbing exports".
# What the products of a firm are called together.
_OFFERS = frozenset({"range", "portfolio", "lineup", "line-up", "line", "offering", "product", "catalogue", "catalog"})
_JOINING = frozenset({"follow", "join", "succeed"})


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
    if dep == "nsubj" and token.pos_ == "NOUN" and (_undoes(head) or _is_of_events(head) or _lists(head, token)):
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
    if f"{noun.head.lemma}_{noun.preposition}" in _phrases():
        return True
    return noun.preposition in _CARRYING or (noun.preposition == "with" and noun.head.lemma in ("answer", "respond"))


def is_tied(clause: Token) -> bool:
    """True for a clause that hangs from a preposition, or from the verb that the clause behind "that" is said by."""
    marks = {c.lower_ for c in clause.children if c.dep_ == "mark"}
    said = "that" in marks and clause.head.lemma in ("confirm", *words_of("denying"))
    alike = "in" in marks and (clause.head.pos_ == "ADJ" or clause.head.lemma in _JOINING)
    spoken = bool(marks) and embedder(clause.head) in _phrases()  # "came close to buying", "decided against buying"
    return said or alike or spoken or not _TYING.isdisjoint(marks)


def _undoes(head: Token) -> bool:
    """True for what is said of a plan that came to nothing: "fell apart", "blocked" in a headline, "are false"."""
    word = embedder(head)
    transitive = any(c.dep_ in ("obj", "ccomp", "xcomp", "advcl") for c in head.children)
    undone = head.tag_ in ("VBD", "VBN", "JJ") and not transitive and word in words_of("negating")
    return word in words_of("failing") or undone


def _is_of_events(head: Token) -> bool:
    """True for a verb that says of an event, its subject, whether it came to be: "did not go ahead", "awaits"."""
    word = embedder(head)
    return word in words_of("happening") or word in words_of("pending")


def _lists(head: Token, noun: Token) -> bool:
    """True for a verb that says who is among some: "its customers do not include X", "the members may include X"."""
    kinds = ("organization", "relational", "person")
    several = noun.tag_ == "NNS" and any(noun.lemma in lexicon.words("nouns", kind) for kind in kinds)
    named = several or noun.lemma in _OFFERS
    return named and head.lemma in lexicon.words("verbs", "enumerating")


def came_to_nothing(noun: Token) -> Token | None:
    """The verb that says so of an event that the parser took for the main word: "A takeover of X, a rival, failed"."""
    behind = (c for c in noun.children if c.i > noun.i and c.dep_ in ("acl", "advcl") and c.tag_ in ("VBN", "VBD"))
    return next((c for c in behind if embedder(c) in words_of("failing")), None) if noun.pos_ == "NOUN" else None


def embedder(token: Token) -> str:
    """A word with the one below it that makes another word of it: "fall_apart", "come_nothing", "decide_against"."""
    if token.lemma in _openers():
        for child in token.children:
            marks = (c.lower_ for c in child.children if c.dep_ == "mark")
            for word in (child.lemma, child.lower_, child.preposition, *marks):
                if (phrase := f"{token.lemma}_{word}") in _phrases():
                    return phrase
    return particle(token)


@cache
def _phrases() -> frozenset[str]:
    """The words of `factuality.toml` that are two, a verb or an adjective and what stands below it in the tree."""
    return frozenset(word for kind in lexicon.table("factuality") for word in words_of(kind) if "_" in word)


@cache
def _openers() -> frozenset[str]:
    return frozenset(phrase.split("_")[0] for phrase in _phrases())
