"""What a description beside a new name says of its bearer: "Dutch equipment supplier X", "X, a German maker of lasers".

Only names that the registry lacks are described here: of the others it knows seat and trade better. The words are
read as they stand, for a name that nobody has seen is often parsed wrongly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract import lexicon
from extract.arguments import Filler
from extract.model import Entity
from extract.relations.matcher import Candidate
from extract.relations.rules import of_kind
from extract.syntax import Frame
from ontology import registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.discourse import Discourse, Reading
    from extract.mention_index import Mention
    from extract.tree import Token, Tree

_LONGEST = 8
_ARTICLES = frozenset({"a", "an", "the"})
_INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_SEATED = frozenset({"based", "headquartered"})
# What somebody makes -> what he is, by class; words of the table `makers_of` go before.
_BY_CLASS = {
    "Equipment": "equipment-maker",
    "Material": "materials-supplier",
    "DesignTool": "eda-vendor",
    "ChipProduct": "semiconductor-company",
}


@dataclass(frozen=True, slots=True)
class _Description:
    """A noun with what stands before it. start: int, its first token; head: int, the noun; made: nouns behind "of"."""

    start: int
    head: int
    made: tuple[int, ...] = ()


def described_candidates(discourse: Discourse, reading: Reading, told: list[Candidate]) -> Iterator[Candidate]:
    """The seat and the business models that descriptions give to new names, in the order of the text.

    told: what other rules found in the text, which is not said again.
    """
    known = {(c.subject.entity.id, c.rule.relation, c.object.entity.id) for c in told}
    for candidate in _described(discourse, reading):
        if (candidate.subject.entity.id, candidate.rule.relation, candidate.object.entity.id) not in known:
            yield candidate


def _described(discourse: Discourse, reading: Reading) -> Iterator[Candidate]:
    for mention in reading.index.mentions:
        if mention.kind != "name" or mention.entries or not is_a(mention.type, "Organization"):
            continue
        found = [d for d in (_before(reading.doc, mention), _behind(reading.doc, mention)) if d is not None]
        if found and (entity := discourse.entity(reading, mention)).id not in registry.load().entries:
            subject = Filler(entity, reading.doc[mention.root], "name", 1.0)
            for description in found:
                yield from _candidates(discourse, reading, subject, description)


def _candidates(
    discourse: Discourse, reading: Reading, subject: Filler, description: _Description
) -> Iterator[Candidate]:
    head = reading.doc[description.head]
    for rule in of_kind("described"):
        objects = _seat(discourse, reading, description) if "place" in rule.lemmas else _models(reading, description)
        for entity, token in objects:
            if entity.id != subject.entity.id:
                yield Candidate(rule, Frame(head, "surface", {}), subject, Filler(entity, token, "name", 1.0))


def _before(doc: Tree, mention: Mention) -> _Description | None:
    """The description right before a name: "the Shenzhen-based EDA start-up X"."""
    start = at = mention.start
    while at > 0 and mention.start - at < _LONGEST and _continues(doc[at - 1]) and not doc[at].is_sent_start:
        at -= 1
        start = at
    described = start < mention.start and _is_firm(doc[mention.start - 1])
    return _Description(start, mention.start - 1) if described else None


def _behind(doc: Tree, mention: Mention) -> _Description | None:
    """The description behind a name: "X, a German maker of lasers", "X is a French foundry"."""
    at = mention.end
    if at + 2 >= len(doc) or not (doc[at].text == "," or doc[at].lower_ in ("is", "was")):
        return None
    if doc[at + 1].lower_ not in _ARTICLES:
        return None
    start = end = at + 2
    while end < min(len(doc), start + _LONGEST) and _continues(doc[end]):
        end += 1
    heads = [i for i in range(start, end) if _is_firm(doc[i])]
    return _Description(start, heads[-1], _made(doc, heads[-1])) if heads and heads[-1] == end - 1 else None


def _made(doc: Tree, head: int) -> tuple[int, ...]:
    """The nouns of what somebody is a maker of."""
    if head + 2 >= len(doc) or doc[head + 1].lower_ != "of":
        return ()
    end = head + 2
    while end < min(len(doc), head + 2 + _LONGEST) and (_continues(doc[end]) or doc[end].lower_ in ("and", "for")):
        end += 1
    return tuple(i for i in range(head + 2, end) if doc[i].pos_ in ("NOUN", "PROPN"))


def _continues(token: Token) -> bool:
    return token.pos_ in _INSIDE or token.text == "-" or token.lower_ in _SEATED


def _is_firm(token: Token) -> bool:
    words = lexicon.words("nouns", "organization") - lexicon.words("descriptions", "relative")
    return token.lemma in words or token.lower_ in words


def _seat(discourse: Discourse, reading: Reading, d: _Description) -> Iterator[tuple[Entity, Token]]:
    """The country that opens a description, or the place that it says somebody is based in."""
    place = reading.index.covering.get(d.start)
    if place is None or place.start != d.start or not is_a(place.type, "Place") or place.end > d.head:
        return
    based = any(reading.doc[i].lower_ in _SEATED for i in range(place.end, min(place.end + 2, d.head)))
    if based or place.type == "Country":
        yield discourse.entity(reading, place), reading.doc[place.root]


def _models(reading: Reading, d: _Description) -> Iterator[tuple[Entity, Token]]:
    entries, head = registry.load().entries, reading.doc[d.head]
    for key in dict.fromkeys(_trades(reading, d)):
        if key in entries:
            yield Entity(key, entries[key].label, entries[key].type, reading.doc[d.start : d.head + 1].text), head


def _trades(reading: Reading, d: _Description) -> Iterator[str]:
    """The ids of the business models that the words of a description name, the surest way of reading them first."""
    doc = reading.doc
    head = doc[d.head].lower_
    if head in ("startup", "start-up"):
        yield "start-up"
    if named := _named([t.lower_ for t in doc[d.start : d.head]], head):
        yield named
        return
    for at in (*range(d.head - 1, d.start - 1, -1), *d.made):
        if told := _told(reading, at):
            yield told
            return


def _named(words: list[str], head: str) -> str | None:
    """The business model that goes by the words: "fabless chip designer", "equipment supplier", "foundry"."""
    for start in range(len(words) + 1):
        for entry in registry.load().lookup(" ".join([*words[start:], head])):
            if entry.type == "BusinessModel" and entry.id != "start-up":
                return entry.id
    models = lexicon.table("descriptions")["business_models"].get(head, ())
    return models[0] if len(models) == 1 else None


def _told(reading: Reading, at: int) -> str | None:
    """The business model that a word before the noun or behind its "of" gives away: "EDA firm", "maker of resists"."""
    token = reading.doc[at]
    table = lexicon.table("descriptions")["makers_of"]
    if (model := table.get(token.lower_) or table.get(token.lemma)) is not None:
        return str(model)
    mention = reading.index.by_root.get(at)
    if mention is None or mention.kind == "name":
        return None
    return next((model for kind, model in _BY_CLASS.items() if is_a(mention.type, kind)), None)
