"""Pairs that the text parts, though one predicate holds both ends: another's town, another's product.

"Infineon runs fabs in Villach, Bosch in Reutlingen" puts nobody but Bosch in Reutlingen, and "TSMC makes Groq's chips"
leaves the chips Groq's. The tree hangs such ends on one verb; what stands right beside them tells whose they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.clauses import conjuncts
from extract.coreference import referents
from ontology.classes import is_a

if TYPE_CHECKING:
    from extract.arguments import Filler
    from extract.discourse import Discourse, Reading
    from extract.mention_index import Mention
    from extract.model import Entity
    from extract.relations.rules import Rule
    from extract.tree import Token

_PLACED = frozenset({"hasFacilityIn", "expandsIn", "headquarteredIn", "investsIn"})
_WHERE = frozenset({"in", "at", "near", "outside", "into"})
_JOINTS = frozenset({",", ";", "and", "or", "&", "while", "whereas", "but"})
# How many words a firm may leave between itself and its town: "Bosch almost 1 billion euros into Reutlingen".
_REACH = 6


def is_crossed(discourse: Discourse, reading: Reading, rule: Rule, subject: Filler, obj: Filler) -> bool:
    """True where the object is said to be another's than the subject's.

    discourse, reading: where the two stand; rule: which ties them; subject, obj: its ends.
    """
    if rule.relation in _PLACED:
        return is_a(obj.entity.type, "Place") and _stands_elsewhere(discourse, reading, subject, obj.token)
    if rule.relation == "produces":
        return _is_of_another(discourse, reading, subject, obj.token)
    return False


def _stands_elsewhere(discourse: Discourse, reading: Reading, subject: Filler, place: Token) -> bool:
    """True where another firm has the town right behind it: "..., Bosch in Reutlingen and NXP in Nijmegen"."""
    town = reading.index.at(place)
    firm = _firm_before(reading, town) if town is not None else None
    if firm is None or (firm.start and reading.doc[firm.start - 1].lower_ not in _JOINTS):
        return False
    if discourse.entity(reading, firm).id == subject.entity.id:
        return False
    return not _is_listed_with(reading, subject.token, firm)


def _firm_before(reading: Reading, town: Mention) -> Mention | None:
    """The firm before a town's preposition, behind which nothing but a bare phrase may stand."""
    doc, at = reading.doc, town.start - 1
    if at < 1 or doc[at].lower_ not in _WHERE:
        return None
    for i in range(at - 1, max(-1, at - 1 - _REACH), -1):
        mention = reading.index.covering.get(i)
        if mention is not None and mention.kind == "name" and is_a(mention.type, "Organization"):
            return mention
        if doc[i].pos_ in ("VERB", "AUX", "PUNCT", "CCONJ", "SCONJ", "PRON") or (
            doc[i].pos_ == "ADP" and doc[i].lower_ != "of"
        ):
            return None
    return None


def _is_listed_with(reading: Reading, subject: Token, firm: Mention) -> bool:
    """True where only other names and joints stand between the two: both are in the town, "Infineon and Bosch in X"."""
    between = reading.doc[subject.i + 1 : firm.start]
    return subject.i < firm.start and all(t.lower_ in _JOINTS or t.i in reading.index.covering for t in between)


def _is_of_another(discourse: Discourse, reading: Reading, subject: Filler, product: Token) -> bool:
    """True where the product has an owner, none of whom is the subject: "Ambiq has its chips made by TSMC"."""
    nouns = (product, product.head) if product.dep_ == "appos" else (product,)
    owners = [c for noun in nouns for c in noun.children if c.dep_ == "nmod:poss" or c.preposition == "of"]
    # "TSMC makes its own wafers": the pronoun of an object is the subject's.
    told = [owner for owner in owners if owner.tag_ != "PRP$" or subject.token.i > product.i]
    parts = [part for owner in told for part in conjuncts(owner)]
    found = {entity.id for part in parts for entity in _actors(discourse, reading, part)}
    return bool(found) and subject.entity.id not in found


def _actors(discourse: Discourse, reading: Reading, owner: Token) -> list[Entity]:
    mention = reading.index.at(owner)
    entities = [discourse.entity(reading, mention)] if mention is not None else []
    if mention is None and owner.tag_ == "PRP$":
        entities = referents(discourse, reading, owner)
    return [entity for entity in entities if is_a(entity.type, "Organization")]
