"""Common nouns that stand for something the ontology holds: "lithography systems", "European chipmakers".

A noun's class comes from its head and, where the head alone says too little, from the words before it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extract import lexicon
from extract.mention_index import Mention
from ontology import registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from extract.tree import Token, Tree

    Covered = Mapping[int, Mention]

_UNITS = frozenset({
    "nm", "mm", "inch", "class", "nanometer", "nanometre", "micron", "um", "µm", "square", "percent", "dollar", "euro",
    "pound", "yen", "won", "yuan", "rupee",
})  # fmt: skip
_MEASURE = re.compile(r"\d+(?:\.\d+)?(?:mm|nm|G|D|V|inch|bit)?")
_FUNCTION_WORDS = frozenset({"DET", "PRON", "ADP", "SCONJ", "CCONJ", "AUX"})
_STOPS = frozenset({"POS", "PRP$", "WP$", "RB", "CD"})
_MODIFIERS = frozenset({
    "amod", "compound", "nmod", "nmod:unmarked", "obl:unmarked", "advmod", "flat", "conj", "punct", "nummod", "case",
})  # fmt: skip
_RULERS = ("government", "administration", "authority")
_LOCAL = frozenset({"local", "domestic", "foreign", "homegrown"})
_PLACES = ("Country", "Region")
_ISSUERS = ("Country", "GovernmentBody")


def noun_phrases(doc: Tree, names: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions that common nouns head, in the order of the text.

    doc: the parsed text; names: the mentions found in it before, none overlapping another.
    """
    covered = {i: m for m in names for i in range(m.start, m.end)}
    for token in doc:
        if not _heads_phrase(token):
            continue
        name = covered.get(token.i)
        if name is None:
            mention = _noun_phrase(token, covered)
        elif name.kind == "concept" and name.root == token.i:
            mention = _widened(token, covered, name)
        else:
            continue
        if mention is not None:
            yield mention


def _heads_phrase(token: Token) -> bool:
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    within = token.dep_ in ("compound", "flat") and token.head.pos_ in ("NOUN", "PROPN")
    return not (within and token.head.i > token.i)


def _widened(head: Token, covered: Covered, known: Mention) -> Mention | None:
    """A known concept with the modifiers before it, which is another thing; None where there are none."""
    start = _left_edge(head, covered, known.start)
    if start >= known.start:
        return None
    return Mention(start, known.end, known.root, known.type, "concept", head.doc[start : known.end].text)


def _noun_phrase(head: Token, covered: Covered) -> Mention | None:
    start = _left_edge(head, covered, head.i)
    if government := _government(head, covered):
        return government
    if unit := _unit(head, start, covered):
        return unit
    doc, word = head.doc, head.lemma
    if group := _group_type(head, start, covered):
        return Mention(start, head.i + 1, head.i, group, "group", doc[start : head.i + 1].text)
    issuer = _issuer_start(head, start, covered)
    before = [*(t.lower_ for t in doc[issuer : head.i]), *_complement(head), *_shared(head)]
    type_ = head_type(word, before)
    if type_ is None:
        return None
    first = issuer if is_a(type_, "PolicyInstrument") else start
    return Mention(first, head.i + 1, head.i, type_, "concept", doc[first : head.i + 1].text)


def _government(head: Token, covered: Covered) -> Mention | None:
    """A country's government is the country: "the Japanese government", "the government of Japan"."""
    doc, word = head.doc, head.lemma
    if word in _RULERS and (place := _place_before(head, covered)):
        text = doc[place.start : head.i + 1].text
        return Mention(place.start, head.i + 1, head.i, "Country", "name", text, place.entries)
    if word == "government" and (town := _place_before(head, covered, ("City",))):
        text = doc[town.start : head.i + 1].text
        return Mention(town.start, head.i + 1, head.i, "GovernmentBody", "name", text)
    if word == "administration" and (ruler := _ruler(head, covered)):
        return ruler
    if word == "government" and (place := _place_after(head, covered)):
        return Mention(head.i, place.end, head.i, "Country", "name", doc[head.i : place.end].text, place.entries)
    return None


def _unit(head: Token, start: int, covered: Covered) -> Mention | None:
    """A part of a firm that words before it name: "Infineon's Wireless Solutions business".

    In small letters it is a part of its own only where it is bought or sold; else what is said of it is its owner's.
    """
    if head.lemma not in _coined("units") or any(
        c.i > head.i and c.dep_ in ("appos", "flat") and c.i in covered for c in head.children
    ):
        return None
    owner = next((m for c in head.children if (m := covered.get(c.i)) is not None and _owns(c, m)), None)
    first = start
    if owner is not None and owner.end <= head.i:
        first = owner.end + (head.doc[owner.end].tag_ == "POS")
    words = head.doc[first : head.i]
    if not len(words) or words[0].lower_ in lexicon.words("nouns", "evaluative") or words[0].pos_ in _FUNCTION_WORDS:
        return None
    inside = covered.get(words[-1].i)
    free = inside is None or (owner is not None and not inside.entries)
    named = words[-1].text[:1].isupper() and words[-1].pos_ != "ADJ" and free
    owned = owner is not None or any(c.tag_ == "PRP$" for c in head.children)
    if not named and not (owned and _is_dealt(head)):
        return None
    return Mention(first, head.i + 1, head.i, "OrganizationalUnit", "concept", head.doc[first : head.i + 1].text)


def _owns(token: Token, mention: Mention) -> bool:
    """True where a firm's name beside the noun for a part says whose part it is."""
    return mention.kind == "name" and is_a(mention.type, "Organization") and token.i == mention.root


def _is_dealt(head: Token) -> bool:
    """True where a noun is the object of a purchase or a sale."""
    return head.dep_ in ("obj", "nsubj:pass", "nmod", "obl", "conj") and head.head.lemma in _coined("deals")


@cache
def _coined(list_: str) -> frozenset[str]:
    return lexicon.words("coined", list_)


def _ruler(head: Token, covered: Covered) -> Mention | None:
    """The administration of a president: "the administration under President Biden" is the Biden administration."""
    after = (covered.get(c.i) for c in head.children if c.i > head.i and c.dep_ == "nmod")
    person = next((m for m in after if m is not None and m.type == "Person"), None)
    if person is None:
        return None
    known = tuple(e.id for e in registry.load().lookup(f"{person.text.split()[-1]} administration"))
    if not known:
        return None
    text = head.doc[head.i : person.end].text
    return Mention(head.i, person.end, head.i, "GovernmentBody", "name", text, known)


def _issuer_start(head: Token, start: int, covered: Covered) -> int:
    """Whose measure it is belongs to its name: "U.S. chip restrictions", "Japan's export curbs"."""
    at = start
    while _is_place(covered.get(at - 1), (*_ISSUERS, "Region")) or (
        at > 1 and head.doc[at - 1].tag_ == "POS" and _is_place(covered.get(at - 2), _ISSUERS)
    ):
        at -= 1
    return at


def _is_place(mention: Mention | None, types: tuple[str, ...]) -> bool:
    return mention is not None and mention.type in types


def _complement(head: Token) -> list[str]:
    """What a noun is for says what it is: "equipment for making chips"."""
    after = [
        c
        for c in head.children
        if c.i > head.i and any(k.lower_ == "for" for k in c.children if k.dep_ in ("case", "mark"))
    ]
    return [t.lemma for c in after[:1] for t in head.doc[c.i : min(len(head.doc), c.i + 4)]]


def _shared(head: Token) -> list[str]:
    """A bare conjunct has the modifiers of the first: "chip components and equipment"."""
    if head.dep_ != "conj" or any(c.dep_ in ("amod", "compound") for c in head.children):
        return []
    return [c.lower_ for c in head.head.children if c.dep_ in ("amod", "compound") and c.i < head.head.i]


def _left_edge(head: Token, covered: Covered, start: int) -> int:
    """How far a phrase's name reaches to the left: its own modifiers, but no determiner, judgement or possessor.

    start: where the phrase begins for certain.
    """
    doc, at = head.doc, start
    while at > 0 and _belongs(doc[at - 1], head, covered):
        at -= 1
    while at < head.i and (doc[at].text in ("-", "&", "/") or _is_tail(doc[at])):
        at += 1
    return at


def _is_tail(token: Token) -> bool:
    """True for the end of a word that is no part of the phrase: "based" in "Arm-based server chips"."""
    if token.i == 0 or token.nbor(-1).whitespace_:
        return False
    before = token.nbor(-1).text
    return before == "-" or before[-1].isalnum()


def _belongs(token: Token, head: Token, covered: Covered) -> bool:
    """True where the word before a phrase is part of its name."""
    if token.pos_ in _FUNCTION_WORDS or token.lower_ in lexicon.words("nouns", "evaluative"):
        return False
    if _stops(token) and not _counts(token):
        return False
    inside = covered.get(token.i)
    if (inside is not None and inside.kind in ("name", "node")) or token.lower_ in _UNITS:
        return False
    if token.text == "-":
        return _joins(token, covered)
    return _counts(token) or _modifies(token, head)


def _counts(token: Token) -> bool:
    """True for the number of "16-bit processors" and "218-layer flash", but not of "40-nm chips"."""
    if not token.text.isdigit() or token.i + 2 >= len(token.doc) or token.nbor(1).text != "-":
        return False
    return not token.whitespace_ and token.nbor(2).is_alpha and token.nbor(2).lower_ not in _UNITS


def _stops(token: Token) -> bool:
    """True for spaces, punctuation, possessors and numbers, other than a measure such as "300mm"."""
    if token.is_space or (token.is_punct and token.text != "-"):
        return True
    if token.lower_ == "including":
        return True  # "memory chips, including DRAM"
    return token.tag_ in _STOPS and token.text != "R&D" and not (token.tag_ == "CD" and _is_measure(token.text))


def _joins(hyphen: Token, covered: Covered) -> bool:
    """True where a hyphen ties two words of the phrase: "high-performance", but not "40-nm"."""
    before = hyphen.nbor(-1)
    inside = covered.get(before.i)
    return (before.is_alpha or _counts(before)) and not (inside is not None and inside.kind in ("name", "node"))


def _is_measure(word: str) -> bool:
    return _MEASURE.fullmatch(word) is not None and any(c.isalpha() for c in word)


def _modifies(token: Token, head: Token) -> bool:
    if token.tag_ == "VBG" and token.dep_ == "compound" and token.i + 1 < head.i:
        return False  # "equipment for manufacturing leading-edge chips"
    at = token
    for _ in range(4):
        if at.head == head:
            return token.dep_ in _MODIFIERS
        at = at.head
    return False


def _group_type(head: Token, start: int, covered: Covered) -> str | None:
    """The class of a noun that stands for many actors: "China's chip industry", "domestic chipmakers"."""
    word, has_place = head.lemma, _place_before(head, covered) is not None
    if has_place and word in lexicon.words("nouns", "industry"):
        return "NationalIndustry"
    if head.tag_ not in ("NNS", "NNPS") or word not in lexicon.words("nouns", "group"):
        return None
    local = any(t.lower_ in _LOCAL for t in head.doc[start : head.i])
    return "ActorGroup" if local or has_place else None


def _place_after(head: Token, covered: Covered) -> Mention | None:
    """The country behind a noun: "the government of Japan"."""
    after = (covered.get(c.i) for c in head.children if c.i > head.i and c.dep_ == "nmod")
    return next((m for m in after if m is not None and m.type in _PLACES), None)


def _place_before(head: Token, covered: Covered, types: tuple[str, ...] = _PLACES) -> Mention | None:
    """The country or region before a noun: "Chinese fabs", "the Japanese government"."""
    before = (covered.get(c.i) for c in head.children if c.i < head.i)
    return next((m for m in before if m is not None and m.type in types), None)


def head_type(noun: str, modifiers: Iterable[str]) -> str | None:
    """The class that a common noun with the words before it stands for; None where it stands for nothing we hold.

    noun: its lemma; modifiers: the words that say more, in small letters, hyphenated ones whole.

    >>> head_type("system", ["lithography"]), head_type("system", ["legal"])
    ('Equipment', None)
    """
    before = {part for word in modifiers for part in (word, *word.split("-"))}
    for type_, needs in _heads().get(noun, ()):
        if not needs or before & needs:
            return type_
    return None


@cache
def _heads() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Head -> the classes that it may stand for, each with the words one of which it needs; bare heads come last."""
    entries = lexicon.table("heads").items()
    rows = [(type_, e["needs"]["heads"], frozenset(e["needs"]["needs"])) for type_, e in entries if "needs" in e]
    rows += [(type_, e["heads"], frozenset[str]()) for type_, e in entries if "heads" in e]
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for type_, heads, needs in rows:
        for head in heads:
            found.setdefault(head, []).append((type_, needs))
    return found
