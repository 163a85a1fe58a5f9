"""Who says what a clause says: by the verbs above it, by "according to", by a verb of saying beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.embedding import layers, words_of
from extract.syntax import agents, doers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.tree import Token


def sources(trigger: Token) -> Iterator[Token]:
    """The heads of the phrases that name who says what the trigger's clause says, nearest first."""
    for token in trigger.sent:
        if token.lower_ == "citing" and token.dep_ == "advcl":
            yield from (c for c in token.children if c.dep_ == "obj")  # who was cited knows, who cites passes it on
    for layer, below in layers(trigger):
        if below is not None and layer.lemma in words_of("reporting") and layer.pos_ == "VERB":
            yield from doers(layer)
    yield from _sentence_sources(trigger)


def _sentence_sources(trigger: Token) -> Iterator[Token]:
    for token in trigger.sent:
        if token.preposition in ("according_to", "per") and token.dep_.startswith(("obl", "nmod")):
            yield token
        elif token.lemma in words_of("reporting") and token.pos_ == "VERB" and token != trigger:
            yield from _reporters(token, trigger)


def _reporters(verb: Token, trigger: Token) -> Iterator[Token]:
    """Who says it, by a reporting verb elsewhere in the sentence: "as X reported", "..., X said"."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    if verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "as" for c in verb.children):
        yield from agents(verb)
        yield from subjects
        yield from (c for c in verb.children if c.dep_ == "obl" and c.preposition in ("in", "by"))
    elif verb.dep_ == "parataxis" or (verb.dep_ in ("ROOT", "root") and _embeds(verb, trigger)):
        turned = (c for c in verb.children if c.dep_ == "obj" and c.i == verb.i + 1)  # ", says Reuters"
        yield from subjects or turned


def _embeds(verb: Token, trigger: Token) -> bool:
    return any(c.dep_ in ("ccomp", "parataxis") and trigger in c.subtree for c in verb.children)
