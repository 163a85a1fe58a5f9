"""Arguments that stand outside the word's own sentence: whom the item, the heading or the document is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon
from extract.arguments import Filler, fillers
from extract.blocks import Kind
from extract.syntax import is_passive
from ontology.classes import is_a

if TYPE_CHECKING:
    from extract.discourse import Discourse, Reading
    from extract.syntax import Frame
    from extract.tree import Token

# How far it can be trusted that a word without a subject is about whom its item or its line is about, and that a noun
# without an owner belongs to the document's topic.
_SECTION, _TOPIC = 0.75, 0.7
# Roles that say whose a noun is; where one is filled, the document's topic is not asked for.
_OWNING = ("poss", "of", "by", "subj", "is", "from")
# What parts the statements of a line: "Soitec (France): SOI wafers; supplies X".
_DIVIDING = frozenset({":", ";", "\u2013", "\u2014", "|"})
_OPEN_ROLE = {"verb": "subj", "adj": "subj", "noun": "is"}


def resolve(discourse: Discourse, reading: Reading, predicate: Frame, role: str) -> list[Filler]:
    """The fillers of a role of `extract.role_names.BEYOND`; none where the text does not tell.

    discourse, reading: where the predicate stands; predicate: the trigger with its arguments; role: which of them.
    """
    if role == "section":
        return section(discourse, reading, predicate.trigger) if reading.block.kind in (Kind.ITEM, Kind.PAIR) else []
    if role == "heading":
        return _headed(discourse, reading, predicate.trigger)
    if role == "topic":
        return _topic(discourse, reading, predicate)
    return _undertakers(discourse, reading, predicate)


def section(discourse: Discourse, reading: Reading, trigger: Token, trust: float = _SECTION) -> list[Filler]:
    """Whom the part of the document that a word stands in is about. trust: how sure it is that the word means that."""
    subject = discourse.section_subject(reading)
    return [Filler(subject, trigger, "topic", trust)] if subject is not None else []


def opens_line(reading: Reading, predicate: Frame, role: str) -> bool:
    """True for the word that opens a line of a list or a profile: "Operates two fabs", "Role: Supplier to X".

    role: the one that would hold whom the line is about; with any other the answer is no.
    """
    trigger = predicate.trigger
    if reading.block.kind not in (Kind.ITEM, Kind.PAIR) or role != (
        "obj" if is_passive(trigger) else _OPEN_ROLE[predicate.kind]
    ):
        return False
    colon = next((t.i for t in reversed(trigger.doc) if t.text[-1] in _DIVIDING and t.i < trigger.i), -1)
    found = predicate.get(role)
    apart = colon >= 0 and all(t.i < colon and not _is_actor(reading, t) for t in found)
    if found and not apart and (predicate.kind != "noun" or colon < 0):
        return False
    lead = [t for t in trigger.doc if max(colon, trigger.sent.start - 1) < t.i < trigger.i]
    return all(t.is_punct or t.like_num or t.pos_ in ("ADV", "NUM", "DET", "ADJ") or t.dep_ == "compound" for t in lead)


def _is_actor(reading: Reading, token: Token) -> bool:
    mention = reading.index.at(token)
    return mention is not None and _is_owner(mention.type)


def _topic(discourse: Discourse, reading: Reading, predicate: Frame) -> list[Filler]:
    """Whose a noun without an owner is: in an article on Soitec, "Competitors include Okmetic" speaks of Soitec's.

    A sentence that names an actor before the noun speaks of that one instead, and then this is nobody.
    """
    trigger = predicate.trigger
    if predicate.kind != "noun" or any(predicate.get(role) for role in _OWNING):
        return []
    if any(m.root < trigger.i and _is_owner(m.type) for m in reading.index.mentions if m.root >= trigger.sent.start):
        return []
    return section(discourse, reading, trigger, _TOPIC)


def _is_owner(type_: str) -> bool:
    return is_a(type_, "Organization") or type_ in ("Country", "Person", "ActorGroup", "NationalIndustry")


def _headed(discourse: Discourse, reading: Reading, trigger: Token) -> list[Filler]:
    """Whom the heading above names: under "Tower Semiconductor", "the takeover by Intel" is that of Tower."""
    headings = (Kind.TITLE, Kind.HEADING)
    if reading.block.kind in headings or all(r.block.kind not in headings for r in discourse.readings[: reading.place]):
        return []
    return section(discourse, reading, trigger, _TOPIC)


def _undertakers(discourse: Discourse, reading: Reading, predicate: Frame) -> list[Filler]:
    """Whose a project is that the object points back to: "X and Y build a fab, and Japan supports this effort"."""
    if not any(_points_back(noun) for noun in predicate.get("obj")):
        return []
    own = {token.i for token in predicate.get("subj")}
    for earlier, _, mentions in discourse.before(reading, predicate.trigger, blocks=2):
        for mention in mentions:
            root = earlier.doc[mention.root]
            doing = root.dep_ == "nsubj" and not (earlier is reading and root.i in own)
            if doing and is_a(mention.type, "Organization"):
                return list(fillers(discourse, earlier, root))
    return []


def _points_back(noun: Token) -> bool:
    """True for "this project", "the effort"."""
    definite = any(c.lower_ in ("this", "the", "that") and c.dep_ == "det" for c in noun.children)
    return definite and noun.lemma in lexicon.words("nouns", "undertaking")
