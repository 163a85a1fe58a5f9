"""Pairs that the text parts, though one predicate holds both ends: another's town, another's product.

"Infineon runs fabs in Villach, Bosch in Reutlingen" puts nobody but Bosch in Reutlingen, and "TSMC makes Groq's chips"
leaves the chips Groq's. The tree hangs such ends on one verb; what stands right beside them tells whose they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.clauses import conjuncts
from extract.coreference import referents
from extract.makers import of_brand
from ontology import registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from extract.arguments import Filler
    from extract.discourse import Discourse, Reading
    from extract.mention_index import Mention
    from extract.model import Entity
    from extract.relations.rules import Rule
    from extract.syntax import Frame
    from extract.tree import Token

_BASED = frozenset({"based", "headquartered"})
_PLACED = frozenset({"hasFacilityIn", "expandsIn", "headquarteredIn", "investsIn"})
_WHERE = frozenset({"in", "at", "near", "outside", "into"})
_JOINTS = frozenset({",", ";", "and", "or", "&", "while", "whereas", "but"})
# Business models of those who make to order.
_CONTRACT = frozenset({"foundry", "osat"})
# How many words a firm may leave between itself and its town: "Bosch almost 1 billion euros into Reutlingen".
_REACH = 6


def is_crossed(discourse: Discourse, reading: Reading, rule: Rule, subject: Filler, obj: Filler) -> bool:
    """True where the object is said to be another's than the subject's.

    discourse, reading: where the two stand; rule: which ties them; subject, obj: its ends.
    """
    if rule.relation == "headquarteredIn" and _is_anothers_seat(subject.token, obj.token):
        return True
    if rule.relation in _PLACED:
        return is_a(obj.entity.type, "Place") and _stands_elsewhere(discourse, reading, subject, obj.token)
    if rule.relation != "produces":
        return False
    owners = _owners(discourse, reading, subject, obj.token)
    if owners:
        return subject.entity.id not in owners
    # "The GB10 is made by TSMC": who makes to order has no named products, and these are somebody's.
    product = reading.index.at(obj.token)
    if product is None or product.kind != "name":
        return False
    maker = of_brand(product.text)
    return _is_contract_maker(subject.entity.id) or (maker is not None and _is_other_maker(maker, subject.entity))


def parted(found: list[Filler], predicate: Frame, role: str) -> list[Filler]:
    """Of coordinated names those that a role really holds: what stands right behind one of them is of that one alone.

    found: all that the tree coordinates, in the order of the text; predicate: the frame; role: which the names fill.
    """
    trigger = predicate.trigger
    if len(found) < 2:
        return found
    if role == "is" and trigger.dep_ == "appos" and trigger.tag_ in ("NN", "NNP"):
        # "Zeiss and UMC, a foundry, and Vanguard" describes one.
        return [f for f in found if f.token.i < trigger.i][-1:]
    if trigger.dep_ == "acl:relcl" and trigger.head in predicate.get(role):
        return _of_antecedent(found, trigger)
    return found


def _of_antecedent(found: list[Filler], trigger: Token) -> list[Filler]:
    """The name right before a clause that goes with one: "TSMC, UMC, which supplies X, and Vanguard"."""
    inside = [f for f in found if f.how != "name" or f.token.i < trigger.i]
    names = [f for f in inside if f.how == "name"]
    single = len(inside) < len(found) or trigger.tag_ == "VBZ"
    return [f for f in inside if f.how != "name"] + names[-1:] if single else found


def _stands_elsewhere(discourse: Discourse, reading: Reading, subject: Filler, place: Token) -> bool:
    """True where another firm has the town right behind it: "..., Bosch in Reutlingen and NXP in Nijmegen"."""
    town = reading.index.at(place)
    firm = _firm_before(reading, town) if town is not None else None
    if firm is None or (firm.start and reading.doc[firm.start - 1].lower_ not in _JOINTS):
        return False
    if discourse.entity(reading, firm).id == subject.entity.id:
        return False
    return not _is_listed_with(reading, subject.token, firm)


def _is_anothers_seat(firm: Token, place: Token) -> bool:
    """True where a seat before one name of a list was taken for that of the next: "Japan-based A and U.S.-based B"."""
    based = next((t for t in (place.head, *place.doc[place.i + 1 : place.i + 3]) if t.lower_ in _BASED), None)
    if based is None or not place.i < based.i < firm.i:
        return False
    return any(t.lower_ in _BASED for t in firm.doc[based.i + 1 : firm.i])


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


def _owners(discourse: Discourse, reading: Reading, subject: Filler, product: Token) -> set[str]:
    """The ids of those whose a product is said to be: Ambiq in "Ambiq has its chips made by TSMC"."""
    nouns = (product, product.head) if product.dep_ == "appos" else (product,)
    owners = [c for noun in nouns for c in noun.children if c.dep_ == "nmod:poss" or c.preposition == "of"]
    # "TSMC makes its own wafers": the pronoun of an object is the subject's, but "our" is no named one's.
    told = [o for o in owners if o.tag_ != "PRP$" or subject.token.i > product.i or o.lower_ == "our"]
    parts = [part for owner in told for part in conjuncts(owner)]
    return {entity.id for part in parts for entity in _actors(discourse, reading, part)}


def _is_other_maker(maker: Entity, subject: Entity) -> bool:
    """True for another firm than the brand's, not for a part or the parent of it: "Samsung makes the Snapdragon 8"."""
    entries = registry.load().entries
    own = entries.get(subject.id)
    above = {entry.parent for entry in (own, entries.get(maker.id)) if entry is not None}
    return own is not None and own.type == "Company" and maker.id != subject.id and not above & {maker.id, subject.id}


def _is_contract_maker(entity_id: str) -> bool:
    """True for a firm of which the registry knows that it makes chips for others and none of its own."""
    entry = registry.load().entries.get(entity_id)
    return entry is not None and bool(entry.business_models) and _CONTRACT.issuperset(entry.business_models)


def _actors(discourse: Discourse, reading: Reading, owner: Token) -> list[Entity]:
    mention = reading.index.at(owner)
    entities = [discourse.entity(reading, mention)] if mention is not None else []
    if mention is None and owner.tag_ == "PRP$":
        entities = referents(discourse, reading, owner)
    return [entity for entity in entities if is_a(entity.type, "Organization")]
