"""Whose a product is: "AMD's MI300X", "GPUs from Nvidia", "the A17 Pro, designed by Apple", "the iPhone 16".

Who reads "AMD's MI300X competes with Nvidia's H100" learns something of AMD and Nvidia. A rule asks for them by a role
such as `obj-maker`. For brands that everybody knows the maker is in a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon
from extract.arguments import Filler
from extract.coreference import referents
from extract.model import Entity
from extract.syntax import agents, conjuncts
from ontology import registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.discourse import Discourse, Reading
    from extract.tree import Token

_PRODUCTS = ("Product", "Technology", "Material")
_UNITS = frozenset({"gigawatt", "megawatt", "dozen", "hundred", "billion", "pair", "shipment", "worth", "shipload"})
_WEIGHT = 0.9
_KNOWN_WEIGHT = 0.8


def whose(discourse: Discourse, reading: Reading, token: Token) -> list[Filler]:
    """The actors whose products a phrase and its conjuncts name; none where they name no products.

    token: the head of the phrase.
    """
    found: dict[str, Filler] = {}
    for part in conjuncts(token):
        for filler in _makers(discourse, reading, part):
            found.setdefault(filler.entity.id, filler)
    return list(found.values())


def _makers(discourse: Discourse, reading: Reading, token: Token) -> Iterator[Filler]:
    mention = reading.index.at(token)
    if mention is not None and not any(is_a(mention.type, type_) for type_ in _PRODUCTS):
        return
    if mention is None and token.pos_ not in ("NOUN", "PROPN"):
        return
    if (mention is None or mention.kind == "concept") and (inner := _content(token)):
        yield from (filler for head in inner for filler in whose(discourse, reading, head))
        return
    if owners := _owners(discourse, reading, token) or _such(discourse, reading, token):
        yield from (Filler(owner, token, "owner", _WEIGHT) for owner in owners)
    elif mention is not None and mention.kind == "name" and (maker := of_brand(mention.text)) is not None:
        yield Filler(maker, token, "owner", _KNOWN_WEIGHT)


def _content(token: Token) -> list[Token]:
    """What a noun of quantity is of: "six gigawatts of AMD GPUs", "all of Nvidia's parts"."""
    if token.pos_ != "NUM" and token.lemma not in lexicon.words("descriptions", "transparent") | _UNITS:
        return []
    return [c for c in token.children if c.dep_ == "nmod" and c.i > token.i and c.preposition == "of"]


def _owners(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    """The organisations that the phrase itself names as the product's."""
    if reading.index.at(token) is None and not _is_thing(token) and not _is_code(token):
        return []
    for child in _candidates(token):
        found = [e for part in conjuncts(child) for e in _named(discourse, reading, part)]
        if found:
            return found
    return []


def _named(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    mention = reading.index.at(token)
    if mention is not None:
        entities = [discourse.entity(reading, mention)]
    else:
        entities = referents(discourse, reading, token) if token.tag_ == "PRP$" else []
    return [e for e in entities if is_a(e.type, "Organization") and e.type != "MediaOrganization"]


def _such(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    """The subject of the sentence before, for "two such tools", "these scanners": they are what it has spoken of."""
    if not any(c.lower_ in ("such", "these", "those") and c.i < token.i for c in token.children):
        return []
    for earlier, sentence, mentions in discourse.before(reading, token, blocks=1):
        if sentence.start <= token.i < sentence.end and earlier is reading:
            continue
        for mention in mentions:
            entity = discourse.entity(earlier, mention)
            if earlier.doc[mention.root].dep_.startswith("nsubj") and is_a(entity.type, "Company"):
                return [entity]
        return []
    return []


def _is_thing(token: Token) -> bool:
    """True for what a company makes or offers, though it is no concept: "TSMC's packaging", "AMD's parts"."""
    return token.lemma in lexicon.words("nouns", "offer")


def _is_code(token: Token) -> bool:
    """True for what looks like the code of a product, though nothing took it for a name: "H100"."""
    return token.text[:1].isupper() and any(c.isdigit() for c in token.text)


def _candidates(token: Token) -> Iterator[Token]:
    """Where an owner may stand, the surest first: before the noun, behind "from", behind "designed by"."""
    children = list(token.children)
    yield from (c for c in children if c.dep_ == "nmod:poss" and c.i < token.i)
    yield from (c for c in children if c.dep_ in ("compound", "nmod", "nmod:desc") and c.i < token.i)
    yield from (c for c in children if c.dep_ == "nmod" and c.i > token.i and c.preposition in ("from", "of", "by"))
    for clause in children:
        if clause.dep_ == "acl" and clause.lower_ in ("designed", "developed"):
            yield from agents(clause)


def of_brand(name: str) -> Entity | None:
    """The maker of a brand that everybody knows, or whose name the product bears.

    >>> of_brand("iPhone 16").id, of_brand("Qualcomm Snapdragon 875").id, of_brand("GB10")
    ('apple', 'qualcomm', None)
    """
    words = name.lower().split()
    for maker, brands in lexicon.table("makers").items():
        if any(" ".join(words[:n]) in brands for n in (1, 2)):
            entry = registry.load().entries.get(maker)
            if entry is not None:
                return Entity(entry.id, entry.label, entry.type, name)
    borne = [e for n in (1, 2) for e in registry.load().lookup(" ".join(name.split()[:n])) if n < len(words)]
    firm = next((entry for entry in borne if is_a(entry.type, "Organization")), None)
    return Entity(firm.id, firm.label, firm.type, name) if firm is not None else None
