"""What a sentence speaks of: its mentions, pronouns and descriptions that stand for somebody, and its topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract import lexicon
from extract.coreference import referents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.discourse import Discourse, Reading
    from extract.model import Entity
    from extract.tree import Span, Token

_PRONOUNS = frozenset({"it", "its", "they", "their", "them", "we", "our", "he", "she", "his", "her"})


@dataclass(frozen=True, slots=True)
class End:
    """Something that a sentence speaks of.

    entity: Entity; token: Token, its head, None for the topic that goes unsaid; how: str, "name", "concept",
    "coreference" or "topic".
    """

    entity: Entity
    token: Token | None
    how: str


def ends(discourse: Discourse, reading: Reading, sentence: Span) -> Sequence[End]:
    """The ends that a sentence offers, in the order of the text, the topic last."""
    if sentence.start not in reading.ends:
        reading.ends[sentence.start] = _ends(discourse, reading, sentence)
    return reading.ends[sentence.start]


def _ends(discourse: Discourse, reading: Reading, sentence: Span) -> list[End]:
    found: list[End] = []
    heads: set[int] = set()
    for mention in reading.mentions_in(sentence):
        how = "name" if mention.kind in ("name", "node") else "concept"
        found.append(End(discourse.entity(reading, mention), reading.doc[mention.root], how))
        heads.update(range(mention.start, mention.end))
    for token in sentence:
        if token.i not in heads and _may_refer(token):
            found.extend(End(entity, token, "coreference") for entity in referents(discourse, reading, token)[:2])
    topic = discourse.section_subject(reading)
    if topic is not None and all(end.entity.id != topic.id for end in found):
        found.append(End(topic, None, "topic"))
    return found


def _may_refer(token: Token) -> bool:
    if token.lower_ in _PRONOUNS:
        return True
    return token.pos_ == "NOUN" and token.lemma in lexicon.words("nouns", "organization")
