"""What a description of an actor demands of whom it means: "the Dutch toolmaker", "the Pune designer"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon
from ontology import registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Callable

    from extract.discourse import Discourse, Reading
    from extract.mention_index import Mention
    from extract.model import Entity
    from extract.tree import Token

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "both"})
# Kinds of organisation that "the company" never means, and the nouns that mean one of those.
_NO_COMPANIES = ("MediaOrganization", "GovernmentBody", "Association", "StockExchange")
_BODIES = {
    "institute": ("ResearchOrganization",),
    "lab": ("ResearchOrganization", "Company"),
    "university": ("ResearchOrganization",),
    "agency": ("GovernmentBody",),
    "ministry": ("GovernmentBody",),
    "department": ("GovernmentBody",),
    "bureau": ("GovernmentBody",),
    "regulator": ("GovernmentBody",),
    "commission": ("GovernmentBody",),
    "consortium": ("Association", "ResearchOrganization", "JointVenture"),
    "association": ("Association",),
    "alliance": ("Association",),
    "organization": ("Organization",),
    "organisation": ("Organization",),
    "entity": ("Organization",),
}


def is_definite(token: Token) -> bool:
    """True where a noun has a determiner that points back: "the company", "this firm", "its chips"."""
    # "the consortium members": the article stands by the noun that the description is part of.
    if token.dep_ == "compound" and "Association" in _BODIES.get(token.lemma, ()):
        token = token.head
    return any(c.lower_ in _DEFINITE and c.i < token.i for c in token.children if c.dep_ in ("det", "nmod:poss"))


def compatible(discourse: Discourse, reading: Reading, token: Token, *, surely: bool) -> Callable[[Entity], bool]:
    """The test that a description sets: class, place before the noun, business model in the noun.

    surely: True where it must be known that an actor is from the place; False where nothing may speak against it.
    """
    place = _place(reading, token)
    country = _country(place)
    town = place.text if place is not None and place.type != "Country" else None
    model = lexicon.table("descriptions")["business_models"].get(token.lemma)
    bodies = _BODIES.get(token.lemma)

    def fits(entity: Entity) -> bool:
        if not _is_of(entity, bodies):
            return False
        entry = registry.load().entries.get(entity.id)
        if place is not None and not _is_from(discourse, entity, country, town, surely=surely):
            return False
        known = entry.business_models if entry is not None else ()
        return not (model and known and set(known).isdisjoint(model))

    return fits


def _is_of(entity: Entity, bodies: tuple[str, ...] | None) -> bool:
    if bodies is not None:
        return any(is_a(entity.type, body) for body in bodies) and entity.type != "MediaOrganization"
    return is_a(entity.type, "Organization") and not any(is_a(entity.type, other) for other in _NO_COMPANIES)


def _is_from(discourse: Discourse, entity: Entity, country: str | None, town: str | None, *, surely: bool) -> bool:
    """True where an entity may be from a place: by the registry's country, else by the places its phrases name."""
    entry = registry.load().entries.get(entity.id)
    beside = discourse.places_beside(entity)
    if entry is not None and entry.country is not None:
        return (country is None and not surely) or entry.country == country or town in beside
    if not beside:
        return not surely
    return town in beside if town is not None else country in beside


def _country(place: Mention | None) -> str | None:
    if place is None or not place.entries:
        return None
    return registry.load().entries[place.entries[0]].country


def _place(reading: Reading, token: Token) -> Mention | None:
    """The country or town before a noun: "the Dutch toolmaker", "the Eindhoven-based firm"."""
    for child in token.subtree:
        mention: Mention | None = reading.index.at(child)
        if child.i < token.i and mention is not None and is_a(mention.type, "Place") and mention.kind == "name":
            return mention
    return None
