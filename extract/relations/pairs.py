"""Key-value lines of profiles: "Headquarters: Taoyuan" says something of whom the section is about."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extract import lexicon
from extract.arguments import Filler
from extract.blocks import Kind
from extract.relations.matcher import Candidate
from extract.relations.rules import of_kind
from extract.syntax import Frame
from ontology.classes import is_a
from ontology.relations import allows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.discourse import Discourse, Reading
    from extract.mention_index import Mention
    from extract.model import Entity
    from extract.relations.rules import Rule

_COMMITMENTS = {"possible": "possible", "planned": "planning"}


def pair_candidates(discourse: Discourse, reading: Reading) -> Iterator[Candidate]:
    """The candidates that a key-value line states, in the order of its value's mentions."""
    # An item that is a sentence of its own says for itself what it says.
    listed = reading.block.kind is Kind.ITEM and not any(t.pos_ in ("VERB", "AUX") for t in reading.doc)
    under = reading.block.heading if listed else None
    key = reading.block.key if reading.block.kind in (Kind.PAIR, Kind.CELL) else under
    if key is None:
        return
    # What stands in a list under "Customers" is a value, whatever it goes on to say of itself.
    subject = discourse.heading_subject(reading) if listed else discourse.section_subject(reading)
    if subject is None:
        return
    for rule in of_kind("key"):
        if _is_key(_folded(key), rule.lemmas):
            meant = _as_meant(rule, _folded(key))
            for mention in _values(reading, len(key) if reading.block.kind is Kind.PAIR else -1):
                yield from _candidate(discourse, reading, meant, subject, mention)


def _is_key(key: str, known: frozenset[str]) -> bool:
    """True for a known key or a kind of one: in "core product" the last words decide."""
    words = key.split()
    return any(" ".join(words[at:]) in known for at in range(len(words)))


def _as_meant(rule: Rule, key: str) -> Rule:
    """The rule with what the key says of all its values: "former customers", "planned sites"."""
    words = set(key.split())
    status = "ended" if words & lexicon.words("factuality", "ending") or words & {"past", "closed"} else rule.status
    modality = next((m for m, name in _COMMITMENTS.items() if words & lexicon.words("factuality", name)), rule.modality)
    return (
        rule if (status, modality) == (rule.status, rule.modality) else replace(rule, status=status, modality=modality)
    )


def _folded(key: str) -> str:
    return re.sub(r"[^a-z ]+", " ", key.lower()).strip()


def _values(reading: Reading, key_length: int) -> Iterator[Mention]:
    """The outermost mentions behind the colon, of its first sentence only."""
    end = -1
    colon = -1
    if key_length >= 0:
        colon = next((t.i for t in reading.doc if t.text == ":" and t.idx >= key_length), 0)
    for mention in reading.index.mentions:
        if mention.start > colon and mention.start >= end and reading.doc[mention.root].sent.start <= colon + 1:
            end = mention.end
            yield mention


def _candidate(
    discourse: Discourse, reading: Reading, rule: Rule, subject: Entity, mention: Mention
) -> Iterator[Candidate]:
    entity = discourse.entity(reading, mention)
    a, b = (entity, subject) if rule.reverse else (subject, entity)
    fits = not rule.object_types or any(is_a(entity.type, t) for t in rule.object_types)
    if a.id == b.id or not fits or not allows(rule.relation, a.type, b.type):
        return
    token = reading.doc[mention.root]
    value, whose = Filler(entity, token, "name", 0.95), Filler(subject, token, "topic", 0.95)
    ends = (value, whose) if rule.reverse else (whose, value)
    yield Candidate(rule, Frame(token, "surface", {}), *ends)
