"""The arguments of a verb or an adjective after the usual normalisations.

Passive to active, conjuncts distributed, relative and participle clauses given their head noun. `extract.role_names`
tells what the roles are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon, sites
from extract.clauses import (
    RELATIVE,
    agents,
    bare_particle,
    conjuncts,
    doers,
    gap_subject,
    is_amount,
    is_passive,
    misread_doer,
    owner_meant,
    surface_subjects,
    turned,
)
from extract.phrases import PRENOMINAL, Roles, below, further_amounts, prenominal, put
from extract.role_names import INSIDE_OBJECT, INSIDE_PHRASE

if TYPE_CHECKING:
    from extract.tree import Token


def of_verb(verb: Token) -> Roles:
    """The arguments of a verb or an adjective, by role."""
    roles: Roles = {}
    passive = is_passive(verb)
    for child in verb.children:
        _argument(child, verb, roles, passive=passive)
        for phrase in turned(child) if child.dep_.startswith(("obl", "nmod", "obj")) else ():
            _phrase(phrase, roles, passive=passive)
    put(roles, "obj" if passive else "subj", _doers(verb, roles))
    if verb.dep_ == "acl:relcl":
        _relative_gap(verb, roles, passive=passive)
    if verb.dep_ == "conj" and verb.head.pos_ == verb.pos_:
        _shared(verb, roles)
    _receiver(verb, roles)
    _listed(verb, roles)
    _through_object(verb, roles)
    if verb.lemma in lexicon.words("verbs", "giving"):
        put(roles, "iobj", _gapped_receivers(verb))
    plants = [t for role in ("subj", "obj") for t in roles.get(role, ()) if t.lemma in _PLANTS]
    put(roles, "site-holder", [owner for plant in plants for owner in sites.holder(plant)])
    put(roles, "subj-with", [c for t in roles.get("subj", ()) for c in t.children if _is_companion(c, t)])
    put(roles, "in", _place_before_where(verb, roles))
    put(roles, "advmod", [c for c in verb.children if c.dep_ == "advmod"])
    _around(verb, roles)
    inside_object(roles)
    if verb.dep_ in ("advcl", "parataxis"):
        put(roles, "context", surface_subjects(verb.head))
    return roles


_PLANTS = frozenset({"fab", "plant", "line", "foundry", "factory", "facility", "site", "megafab", "gigafab"})


def _is_companion(phrase: Token, subject: Token) -> bool:
    """True for who acts beside the subject: "Bosch, together with imec, develops ...", "Bosch, with imec, ..."."""
    behind = phrase.dep_ == "nmod" and phrase.i > subject.i and phrase.doc[subject.i + 1].text == ","
    return behind and phrase.preposition in ("with", "together_with", "alongside", "along_with")


def _doers(verb: Token, roles: Roles) -> list[Token]:
    """The surface subjects; of a participle before a noun that noun, what stands before the participle its `mod`."""
    if verb.dep_ != "amod" or verb.pos_ not in ("VERB", "ADJ"):
        return surface_subjects(verb)
    if (doer := misread_doer(verb)) is not None:
        put(roles, "obj", [verb.head])
        return [doer]
    before = [c for c in verb.children if c.i < verb.i and c.dep_ != "punct"]
    roles.setdefault("mod", []).extend(before)
    # "Hsinchu-based Realtek designs chips": the parser may hang the participle on the verb behind the name.
    named = verb.head.pos_ in ("NOUN", "PROPN") or verb.i + 1 >= len(verb.doc)
    return [verb.head if named else verb.nbor(1)]


def _around(verb: Token, roles: Roles) -> None:
    """The clauses above and below a verb: what it is done for and who ordered it."""
    below = [*verb.children, *(c for noun in roles.get("obj", ()) for c in noun.children if c.dep_ == "acl")]
    purposes = [c for c in below if c.dep_ in ("advcl", "xcomp", "acl") and c.tag_ == "VB"]
    put(roles, "purpose", purposes)
    put(roles, "purpose-in", [t for c in purposes for t in _places(c)])
    means = [c for head in (verb, *roles.get("obj", ())) for c in head.children if c.tag_ == "VBG"]
    used = [c for m in means if m.lemma in _USING for c in m.children if c.dep_ == "obj"]
    put(roles, "using", used)  # "makes chips using a 40nm process"
    if verb.dep_ in ("xcomp", "advcl", "acl", "ccomp") and verb.head.lemma in lexicon.words("verbs", "ordering"):
        put(roles, "ordered-by", surface_subjects(verb.head))
    if verb.dep_ in ("advcl", "acl") and any(c.dep_ == "mark" and c.lower_ == "from" for c in verb.children):
        put(roles, "barred-by", _barring(verb.head))
        put(roles, "barred-to", [t for t in verb.subtree if t.i > verb.i and t.preposition == "to"])


def _barring(head: Token) -> list[Token]:
    """Who bars what a "from" clause says, by the verb above it or by one that was misread beside the noun above it."""
    if head.pos_ in ("VERB", "AUX"):
        return doers(head)
    verbs = [head.head, *(c for c in head.children if c.dep_ == "amod")]
    return [t for verb in verbs if verb.pos_ == "VERB" for t in surface_subjects(verb)]


_USING = frozenset({"use", "utilize", "utilise", "employ", "utilizing", "utilising", "using", "employing"})


def inside_object(roles: Roles) -> None:
    """What the object's own phrase holds, as `obj-owner`, `obj-mod` and `obj-of`, and phrases in phrases."""
    objects = roles.get("obj", [])
    before = [(c, noun) for noun in objects for c in noun.children if c.i < noun.i]
    put(roles, "obj-owner", [owner_meant(c, noun) for c, noun in before if c.dep_ in ("nmod:poss", "compound")])
    put(roles, "obj-mod", [t for c, _ in before if c.dep_ in PRENOMINAL for t in prenominal(c)])
    deep = below(objects)
    for name in INSIDE_OBJECT:
        put(roles, f"obj-{name}", deep.get(name, []))
    for outer, inner in INSIDE_PHRASE:
        put(roles, f"{outer}-{inner}", below(roles.get(outer, [])).get(inner, []))


def _places(verb: Token) -> list[Token]:
    """Where a purpose clause is to happen: "invest $1 billion to build a plant in India"."""
    objects = [c for c in verb.children if c.dep_ == "obj"]
    return [c for head in (verb, *objects) for c in head.children if c.preposition in ("in", "at", "near")]


def _phrase(phrase: Token, roles: Roles, *, passive: bool) -> None:
    """A phrase that the parser hung on another: "made in Taiwan and by Samsung", "sells to A and also to B"."""
    put(roles, phrase.preposition, [phrase])
    if passive and phrase.preposition == "by":
        put(roles, "subj", [phrase])


def _argument(child: Token, verb: Token, roles: Roles, *, passive: bool) -> None:
    dep = child.dep_
    if dep == "conj" and child.preposition in _FURTHER and child.pos_ in ("NOUN", "PROPN"):
        _phrase(child, roles, passive=passive)
    elif dep.startswith("obl") and not passive and child.preposition in bare_particle(verb):
        put(roles, "obj", [child])
    elif dep == "obj" and child.preposition:
        put(roles, child.preposition, [child])
    elif dep == "obj" and gap_subject(child) is not None:
        return  # another's: "Zeiss makes the mirrors and Trumpf the lasers"
    elif dep.endswith(":unmarked") and child.lemma in ("percent", "%") and child.i > verb.i:
        put(roles, "obj", [child])  # "in which ASML owns 24.9 percent"
    elif dep == "xcomp" and child.pos_ == "PROPN" and verb.lemma in lexicon.words("verbs", "making"):
        put(roles, "obj", [child])  # "is said to make Huawei's Ascend 910C"
    elif dep in ("obj", "iobj", "xcomp", "ccomp", "advcl"):
        target = _relative_target(child, verb)
        put(roles, dep, [target] if target is not None else [])
    elif dep == "obl:agent" or (dep == "obl" and passive and child.preposition == "by"):
        put(roles, "subj", [child])
        put(roles, "by", [child])
    elif dep == "obl" and _is_sum(child) and child.preposition in _LIMITS:
        put(roles, "obj", [child])  # "invest up to $4 billion", "spend over $2 billion"
    elif dep.startswith(("obl", "nmod")):
        put(
            roles,
            child.preposition or ("tmod" if child.i > verb.i or ":" in dep else "mod"),
            [_relative_target(child, verb) or child],
        )


# Prepositions of phrases that belong to a verb though they are coordinated with it: a place may belong to another one.
_FURTHER = frozenset({"to", "from", "by", "with", "on", "for"})
_LIMITS = frozenset({"to", "up_to", "up", "over", "about", "around", "above", "under", "below", "as", "of"})
_CURRENCIES = frozenset({"$", "€", "£", "¥", "dollar", "euro", "yen", "won", "yuan", "rupee", "pound"})


def _is_sum(token: Token) -> bool:
    return token.lemma in _CURRENCIES or token.text in _CURRENCIES or token.text.endswith("$")


def _relative_target(child: Token, verb: Token) -> Token | None:
    """What an argument stands for: a relative pronoun for the noun before its clause, any other word for itself."""
    if child.lower_ not in RELATIVE:
        return child
    return verb.head if verb.dep_ == "acl:relcl" else None


def _relative_gap(verb: Token, roles: Roles, *, passive: bool) -> None:
    """The head noun fills the role that its clause leaves empty: "the chips (that) TSMC makes"."""
    head = verb.head
    if any(head in found for found in roles.values()):
        return
    stranded = [c for c in verb.children if c.dep_ in ("case", "obl") and c.pos_ == "ADP"]
    if stranded:
        put(roles, stranded[0].lower_, [head])
    elif "obj" not in roles and not passive:
        put(roles, "obj", [head])
    elif any(c.lower_ == "where" for c in verb.children):
        put(roles, "in", [head])


def _place_before_where(verb: Token, roles: Roles) -> list[Token]:
    """The place that "where" means, whatever its clause hangs from: "invested in Kulim, where it makes modules"."""
    for child in verb.children:
        if child.lower_ == "where" and child.i < verb.i and child.i > verb.sent.start:
            before = child.nbor(-1)
            place = before.nbor(-1) if before.text == "," and before.i > verb.sent.start else before
            return [place] if place.ent_type_ == "PLACE" and place not in roles.get("in", ()) else []
    return []


def _gapped_receivers(verb: Token) -> list[Token]:
    """Who gets which sum where the verb is said but once: "gave X $5 million, Y $3 million and Z $2 million"."""
    words = verb.sent[verb.i - verb.sent.start :]
    found = [
        (before, name)
        for before, name, behind in zip(words, words[1:], words[2:], strict=False)
        if name.ent_type_ == "ORG" and (before == verb or before.text in (",", "and", ";")) and is_amount(behind)
    ]
    return [name for _, name in found] if found and found[0][0] == verb else []


def _shared(verb: Token, roles: Roles) -> None:
    """What follows the last of several verbs belongs to the others as well: "designs and sells chips"."""
    if "obj" not in roles and not is_passive(verb):
        put(roles, "obj", [c for c in verb.head.children if c.dep_ == "obj" and c.i > verb.i])
    if "subj" not in roles and is_passive(verb) and is_passive(verb.head):
        put(roles, "subj", agents(verb.head))  # "developed by IBM and licensed to Rapidus"


def _receiver(verb: Token, roles: Roles) -> None:
    """The name right before the object is whom it is done for: "which sells Apple its codecs"."""
    objects = roles.get("obj", [])
    if len(objects) != 2 or "iobj" in roles or verb.lemma not in lexicon.words("verbs", "giving"):
        return
    name, thing = objects
    opener = thing.left_edge
    if name.pos_ == "PROPN" and name.i == opener.i - 1 and thing.pos_ == "NOUN" and opener.dep_ in ("det", "nmod:poss"):
        roles["iobj"], roles["obj"] = [name], [thing]


def _listed(verb: Token, roles: Roles) -> None:
    """The rest of a list of objects, which the parser hangs on the verb: "makes logic chips - CPUs, GPUs and FPGAs"."""
    objects = roles.get("obj", [])
    if objects and not is_passive(verb):
        verbs = [verb, verb.head] if verb.dep_ == "conj" else [verb]
        below = [c for v in verbs for c in v.children if c.dep_ in ("conj", "parataxis") and c.i > objects[-1].i]
        rest = [c for c in below if c.pos_ in ("NOUN", "PROPN")]
        put(roles, "obj", [c for c in rest if not any(k.dep_ in _CLAUSAL for k in c.children)])


# A noun with one of these below it heads a clause of its own.
_CLAUSAL = frozenset({"nsubj", "nsubj:pass", "cop", "orphan", "obj"})


_UNMARKED = frozenset({"obl:unmarked", "nmod:unmarked"})
_TIMES = frozenset({"day", "week", "month", "quarter", "year"})


def _through_object(verb: Token, roles: Roles) -> None:
    """Phrases that the parser hung on the object may belong to the verb: both are offered, the verb's own first."""
    objects = [
        noun for first in roles.get("obj", ()) for noun in (first, conjuncts(first)[-1], *further_amounts(first))
    ]
    # "adds 20,000 wafers a month in Ensdorf": the parser hangs the place on the month.
    times = [c for head in (verb, *objects) for c in head.children if c.dep_ in _UNMARKED and c.lemma in _TIMES]
    for noun in dict.fromkeys([*objects, *further_amounts(verb), *times]):
        for child in noun.children:
            behind = child.dep_ == "nmod" or (child.dep_ == "obl" and noun.dep_ == "conj")
            if behind and child.i > noun.i and (name := child.preposition) and name != "of":
                found = roles.setdefault(name, [])
                if child not in found:
                    found.append(child)
    put(roles, "place", below([t for role in ("on", "in", "into", "for") for t in roles.get(role, ())]).get("in", []))
    returns = [t for t in roles.get("in", ()) if t.lemma in ("exchange", "return")]
    deeper = below([*(t for role in ("on", "to") for t in roles.get(role, ())), *returns])
    for role in ("for", "from"):
        if role in deeper and role not in roles:
            roles[role] = deeper[role]
