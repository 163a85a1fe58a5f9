"""Filling roles: the arguments of a verb or a noun after the usual normalisations.

Passive to active, conjuncts distributed, relative and participle clauses given their head noun, light verbs and
copulas folded into the noun that they carry. `extract.syntax` tells what the roles are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon, sites
from extract.clauses import (
    RELATIVE,
    agents,
    bare_particle,
    conjuncts,
    is_amount,
    is_passive,
    misread_doer,
    preposition,
    surface_subjects,
)
from extract.morphology import lemma

if TYPE_CHECKING:
    from spacy.tokens import Token

Roles = dict[str, list["Token"]]

_PRENOMINAL = frozenset({"compound", "amod", "nmod:unmarked", "obl:unmarked", "nmod", "nummod", "flat", "advmod"})
# What a further phrase may give to a role that nothing nearer fills.
_FURTHER = ("from", "for", "to", "by", "with", "in")


def of_verb(verb: Token) -> Roles:
    """The arguments of a verb or an adjective, by role."""
    roles: Roles = {}
    passive = is_passive(verb)
    for child in verb.children:
        _argument(child, verb, roles, passive=passive)
    _put(roles, "obj" if passive else "subj", _doers(verb, roles))
    if verb.dep_ == "acl:relcl":
        _relative_gap(verb, roles, passive=passive)
    if verb.dep_ == "conj" and verb.head.pos_ == verb.pos_:
        _shared(verb, roles)
    _listed(verb, roles)
    _through_object(verb, roles)
    _put(roles, "subj-with", [c for t in roles.get("subj", ()) for c in t.children if _is_companion(c, t)])
    _put(roles, "advmod", [c for c in verb.children if c.dep_ == "advmod"])
    _around(verb, roles)
    _inside_object(roles)
    if verb.dep_ in ("advcl", "parataxis"):
        _put(roles, "context", surface_subjects(verb.head))
    return roles


def _is_companion(phrase: Token, subject: Token) -> bool:
    """True for who acts beside the subject: "Bosch, together with imec, develops ...", "Bosch, with imec, ..."."""
    behind = phrase.dep_ == "nmod" and phrase.i > subject.i and phrase.doc[subject.i + 1].text == ","
    return behind and preposition(phrase) in ("with", "together_with", "alongside", "along_with")


def _doers(verb: Token, roles: Roles) -> list[Token]:
    """The surface subjects; of a participle before a noun that noun, what stands before the participle its `mod`."""
    if verb.dep_ != "amod" or verb.pos_ not in ("VERB", "ADJ"):
        return surface_subjects(verb)
    if (doer := misread_doer(verb)) is not None:
        _put(roles, "obj", [verb.head])
        return [doer]
    roles.setdefault("mod", []).extend(c for c in verb.children if c.i < verb.i and c.dep_ != "punct")
    # "Hsinchu-based Realtek designs chips": the parser may hang the participle on the verb behind the name.
    named = verb.head.pos_ in ("NOUN", "PROPN") or verb.i + 1 >= len(verb.doc)
    return [verb.head if named else verb.nbor(1)]


def _around(verb: Token, roles: Roles) -> None:
    """The clauses above and below a verb: what it is done for and who ordered it."""
    below = [*verb.children, *(c for noun in roles.get("obj", ()) for c in noun.children if c.dep_ == "acl")]
    purposes = [c for c in below if c.dep_ in ("advcl", "xcomp", "acl") and c.tag_ == "VB"]
    _put(roles, "purpose", purposes)
    _put(roles, "purpose-in", [t for c in purposes for t in _places(c)])
    means = [c for head in (verb, *roles.get("obj", ())) for c in head.children if c.tag_ == "VBG"]
    used = [c for m in means if lemma(m) in _USING for c in m.children if c.dep_ == "obj"]
    _put(roles, "using", used)  # "makes chips using a 40nm process"
    if verb.dep_ in ("xcomp", "advcl", "acl", "ccomp") and lemma(verb.head) in lexicon.words("verbs", "ordering"):
        _put(roles, "ordered-by", surface_subjects(verb.head))
    if verb.dep_ in ("advcl", "acl") and any(c.dep_ == "mark" and c.lower_ == "from" for c in verb.children):
        _put(roles, "barred-by", _barring(verb.head))
        _put(roles, "barred-to", [t for t in verb.subtree if t.i > verb.i and preposition(t) == "to"])


def _barring(head: Token) -> list[Token]:
    """Who bars what a "from" clause says, by the verb above it or by one that was misread beside the noun above it."""
    if head.pos_ in ("VERB", "AUX"):
        return surface_subjects(head) if not is_passive(head) else agents(head)
    verbs = [head.head, *(c for c in head.children if c.dep_ == "amod")]
    return [t for verb in verbs if verb.pos_ == "VERB" for t in surface_subjects(verb)]


_USING = frozenset({"use", "utilize", "utilise", "employ", "utilizing", "utilising", "using", "employing"})


def _inside_object(roles: Roles) -> None:
    """What the object's own phrase holds, as `obj-owner`, `obj-mod`, `obj-to`, `obj-of` and `obj-in`."""
    objects = roles.get("obj", [])
    before = [c for noun in objects for c in noun.children if c.i < noun.i]
    _put(roles, "obj-owner", [c for c in before if c.dep_ in ("nmod:poss", "compound")])
    _put(roles, "obj-mod", [t for c in before if c.dep_ in _PRENOMINAL for t in _prenominal(c)])
    deep = _deeper(objects)
    for name in ("to", "of", "in", "for", "from", "with", "between"):
        _put(roles, f"obj-{name}", deep.get(name, []))
    for name, inner in (("under", "of"), ("over", "within"), ("over", "at")):
        _put(roles, f"{name}-{inner}", _deeper(roles.get(name, [])).get(inner, []))


def _deeper(nouns: list[Token]) -> Roles:
    """The phrases behind some nouns, at whatever depth, by their prepositions."""
    deeper: Roles = {}
    for noun in nouns:
        _inner(noun, deeper, 0)
    return deeper


def _places(verb: Token) -> list[Token]:
    """Where a purpose clause is to happen: "invest $1 billion to build a plant in India"."""
    objects = [c for c in verb.children if c.dep_ == "obj"]
    return [c for head in (verb, *objects) for c in head.children if preposition(c) in ("in", "at", "near")]


def _argument(child: Token, verb: Token, roles: Roles, *, passive: bool) -> None:
    dep = child.dep_
    if dep.startswith("obl") and not passive and preposition(child) in bare_particle(verb):
        _put(roles, "obj", [child])
    elif dep == "obj" and preposition(child):
        _put(roles, preposition(child), [child])
    elif dep in ("obj", "iobj", "xcomp", "ccomp", "advcl"):
        target = _relative_target(child, verb)
        _put(roles, dep, [target] if target is not None else [])
    elif dep == "obl:agent" or (dep == "obl" and passive and preposition(child) == "by"):
        _put(roles, "subj", [child])
        _put(roles, "by", [child])
    elif dep == "obl" and _is_sum(child) and preposition(child) in _LIMITS:
        _put(roles, "obj", [child])  # "invest up to $4 billion", "spend over $2 billion"
    elif dep.startswith(("obl", "nmod")):
        _put(
            roles,
            preposition(child) or ("tmod" if child.i > verb.i or ":" in dep else "mod"),
            [_relative_target(child, verb) or child],
        )


_LIMITS = frozenset({"to", "up_to", "up", "over", "about", "around", "above", "under", "below", "as", "of"})
_CURRENCIES = frozenset({"$", "€", "£", "¥", "dollar", "euro", "yen", "won", "yuan", "rupee", "pound"})


def _is_sum(token: Token) -> bool:
    return lemma(token) in _CURRENCIES or token.text in _CURRENCIES or token.text.endswith("$")


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
        _put(roles, stranded[0].lower_, [head])
    elif "obj" not in roles and not passive:
        _put(roles, "obj", [head])
    elif any(c.lower_ == "where" for c in verb.children):
        _put(roles, "in", [head])


def _shared(verb: Token, roles: Roles) -> None:
    """What follows the last of several verbs belongs to the others as well: "designs and sells chips"."""
    if "obj" not in roles and not is_passive(verb):
        _put(roles, "obj", [c for c in verb.head.children if c.dep_ == "obj" and c.i > verb.i])
    if "subj" not in roles and is_passive(verb) and is_passive(verb.head):
        _put(roles, "subj", agents(verb.head))  # "developed by IBM and licensed to Rapidus"


def _listed(verb: Token, roles: Roles) -> None:
    """The rest of a list of objects, which the parser hangs on the verb: "makes logic chips - CPUs, GPUs and FPGAs"."""
    objects = roles.get("obj", [])
    if objects and not is_passive(verb):
        verbs = [verb, verb.head] if verb.dep_ == "conj" else [verb]
        below = [c for v in verbs for c in v.children if c.dep_ in ("conj", "parataxis") and c.i > objects[-1].i]
        rest = [c for c in below if c.pos_ in ("NOUN", "PROPN")]
        _put(roles, "obj", [c for c in rest if not any(k.dep_ in _CLAUSAL for k in c.children)])


# A noun with one of these below it heads a clause of its own.
_CLAUSAL = frozenset({"nsubj", "nsubj:pass", "cop", "orphan", "obj"})


def _through_object(verb: Token, roles: Roles) -> None:
    """Phrases that the parser hung on the object may belong to the verb: both are offered, the verb's own first."""
    objects = [
        noun for first in roles.get("obj", ()) for noun in (first, conjuncts(first)[-1], *_further_amounts(first))
    ]
    for noun in dict.fromkeys([*objects, *_further_amounts(verb)]):
        for child in noun.children:
            if child.dep_ == "nmod" and child.i > noun.i and (name := preposition(child)) and name != "of":
                found = roles.setdefault(name, [])
                if child not in found:
                    found.append(child)
    _put(
        roles, "place", _deeper([t for role in ("on", "in", "into", "for") for t in roles.get(role, ())]).get("in", [])
    )
    returns = [t for t in roles.get("in", ()) if lemma(t) in ("exchange", "return")]
    deeper = _deeper([*(t for role in ("on", "to") for t in roles.get(role, ())), *returns])
    for role in ("for", "from"):
        if role in deeper and role not in roles:
            roles[role] = deeper[role]


_LISTED = ("conj", "appos", "list", "parataxis")


def _further_amounts(head: Token) -> list[Token]:
    """The other amounts of a list, each with its receiver: "$6.6 billion to TSMC, $4.7 billion to Samsung"."""
    listed = [c for c in head.children if c.i > head.i and c.dep_ in _LISTED and is_amount(c)]
    return [amount for c in listed for amount in (c, *_further_amounts(c))]


def of_noun(noun: Token) -> tuple[Roles, Token | None]:
    """The arguments of a noun, by role, and the verb that carries it, as in "sign a deal", or None."""
    roles: Roles = {}
    _put(roles, "self", [noun])
    for child in noun.children:
        _beside_noun(child, noun, roles)
    _named_beside(noun, roles)
    _through_nouns(roles)
    carrier = _carried(noun, roles)
    for name in ("for", "against", "to", "of"):
        _put(roles, f"{name}-owner", _owners(roles.get(name, [])))
    _put(roles, "context", _main_subject(noun))
    _put(roles, "owner", sites.owner(noun))
    _put(roles, "holder", sites.holder(noun))
    _put(roles, "site", sites.site(noun))
    _put(roles, "builder", sites.builder(noun))
    _put(roles, "clause", _clause_subject(noun))
    return roles, carrier


def _owners(nouns: list[Token]) -> list[Token]:
    """Whose some nouns are: "in retaliation for Japan's failure", "in response to American curbs"."""
    return [c for noun in nouns for c in noun.children if c.i < noun.i and c.dep_ in ("nmod:poss", "amod", "compound")]


def _beside_noun(child: Token, noun: Token, roles: Roles) -> None:
    dep = child.dep_
    if dep == "nmod:poss":
        _put(roles, "poss", [_whose(child, noun)])
    elif dep == "obl:agent":
        _put(roles, "by", [child])
    elif dep in ("nmod", "obl", "nmod:desc", "nmod:unmarked") and (name := preposition(child)):
        _put(roles, name, [child])
    elif dep in _PRENOMINAL and child.i < noun.i:
        _put(roles, "mod", _prenominal(child))
        # The first of several nouns has the owner of all: "Micron's LPDDR5X and DDR5 memory".
        _put(roles, "poss", [c for c in child.children if c.dep_ == "nmod:poss"])
    elif dep == "acl" and child.tag_ == "VBN":
        _put(roles, "by", agents(child))
    elif dep == "advmod" and child.i > noun.i:
        _put_compared(child, roles)


def _put_compared(adverb: Token, roles: Roles) -> None:
    """The phrase of an adverb that forms a preposition with it: "the largest maker, ahead of X" is `ahead_of`."""
    for child in adverb.children:
        if child.dep_ == "obl" and (name := preposition(child)):
            _put(roles, f"{adverb.lower_}_{name}", [child])


def _whose(owner: Token, noun: Token) -> Token:
    """The noun before the clause for "whose", any other owner for itself: "Disco, whose customers include TSMC"."""
    above = noun
    for _ in range(4):
        if owner.lower_ != "whose" or above.dep_ == "acl:relcl":
            break
        above = above.head
    return above.head if owner.lower_ == "whose" and above.dep_ == "acl:relcl" else owner


def _named_beside(noun: Token, roles: Roles) -> None:
    """What stands before a description is its own, though it hangs on the name: "Micron's rival Samsung"."""
    if noun.dep_ in ("compound", "nmod:desc") and noun.head.i > noun.i:
        before = [c for c in noun.head.children if c.i < noun.i]
        _put(roles, "poss", [c for c in before if c.dep_ == "nmod:poss"])
        _put(roles, "mod", [t for c in before if c.dep_ in _PRENOMINAL for t in _prenominal(c)])


def _main_subject(noun: Token) -> list[Token]:
    """The subject of the sentence's main clause, where the noun is not in it: "TSMC leads, while rivals like X ..."."""
    root = noun.sent.root
    found = surface_subjects(root) if root != noun else []
    return [t for t in found if t != noun and noun not in t.subtree]


# Prepositions of phrases that say when or how a clause's subject did something.
_AROUND = ("after", "before", "since", "following", "upon", "with", "through", "via", "until", "besides", "despite")


def _clause_subject(noun: Token) -> list[Token]:
    """The subject of the clause that a phrase belongs to: "After the acquisition of X in 2011, Y ..."."""
    at = noun
    for _ in range(4):
        head = at.head
        around = at.dep_ in ("obl", "nmod") and preposition(at) in (*_AROUND, "in")
        if at.dep_ not in ("acl", "advcl") and not around:
            return []
        found = surface_subjects(head) if head.pos_ in ("VERB", "AUX") and head.dep_ != "acl" else []
        if found:
            return [t for t in found if noun not in t.subtree]
        at = head
    return []


def _through_nouns(roles: Roles) -> None:
    """Phrases further in count for a role that nothing nearer fills: "a ban on the sale of chips from X"."""
    nouns = [noun for role in ("on", "of", "for", "to", "in") for noun in roles.get(role, ())]
    nouns = [part for noun in nouns for part in (noun, *_further_amounts(noun))]
    nouns.extend(amount for noun in roles["self"] for amount in _further_amounts(noun))
    deeper = _deeper(nouns)
    _put(roles, "place", deeper.get("in", []))
    for role, tokens in deeper.items():
        if role in _FURTHER and role not in roles:
            roles[role] = tokens


def _inner(noun: Token, deeper: Roles, depth: int) -> None:
    for child in noun.children:
        if depth < 3 and child.dep_ == "nmod" and child.i > noun.i and (name := preposition(child)):
            _put(deeper, name, [child])
            _inner(child, deeper, depth + 1)


def _prenominal(child: Token) -> list[Token]:
    if child.tag_ == "VBN":
        return [child]  # "a Chinese-owned chipmaker" is not a Chinese one
    return [child, *(t for c in child.children if c.dep_ in _PRENOMINAL and c.i < child.i for t in _prenominal(c))]


def _carried(noun: Token, roles: Roles) -> Token | None:
    """Gives a noun the arguments of what carries it; returns the verb that does.

    `is` holds whom the noun describes (copula, apposition, "as"), `subj` who does it, by the verb whose object it is.
    """
    head, dep = noun.head, noun.dep_
    if dep == "conj" and head.pos_ in ("NOUN", "PROPN"):
        return _conjoined(noun, head, roles)
    if _described(noun, roles):
        return None
    if dep in ("obj", "nsubj:pass", "obl", "xcomp") and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        _from_verb(noun, head, roles)
        return head
    if dep == "nsubj" and lemma(head) in lexicon.words("verbs", "enumerating"):
        _put(roles, "include", [c for verb in _repeated(head) for c in verb.children if c.dep_ == "obj"])
    elif _is_topped(noun) and any(c.dep_ == "cop" for c in head.children):
        _put(roles, "include", [head])
    elif dep in ("nsubj", "nsubj:pass"):
        _put(roles, "include", _held_to_be(head))
    return None


def _is_topped(noun: Token) -> bool:
    """True for what a copula identifies: "their rival is X", "among their rivals are X and Y"."""
    return noun.dep_ == "nsubj" or (noun.dep_ == "obl" and preposition(noun) == "among")


def _held_to_be(verb: Token) -> list[Token]:
    """What the subject is said to be: "the maker is believed to be SMIC", "its main rival seems to be AMD"."""
    clauses = [c for c in verb.children if c.dep_ == "xcomp"]
    return [c for c in clauses if any(g.dep_ == "cop" for g in c.children) and not preposition(c)]


def _repeated(verb: Token) -> list[Token]:
    """The verb and its repetitions that take its subject: "rivals in etch include A, and in cleaning include B"."""
    further = [c for c in verb.children if c.dep_ == "conj" and lemma(c) == lemma(verb)]
    return [verb, *(c for c in further if not any(g.dep_ == "nsubj" for g in c.children))]


def _described(noun: Token, roles: Roles) -> bool:
    """Fills `is` where the noun says what somebody is; False where it does not."""
    head, dep = noun.head, noun.dep_
    if dep == "appos":
        _put(roles, "is", [head])
    elif any(c.dep_ == "cop" for c in noun.children):
        _put(roles, "is", surface_subjects(noun))
    elif dep in ("obj", "xcomp") and lemma(head) in lexicon.words("verbs", "copular"):
        _put(roles, "is", surface_subjects(head))
        _beside(noun, head, roles)
    elif dep == "nmod" and preposition(noun) == "of" and head.lower_ == "one":
        # "X is one of the largest makers of Y", "X, one of the largest makers of Y"
        return _described_as_one(head, roles)
    elif dep == "obl" and preposition(noun) == "as":
        objects = [c for c in head.children if c.dep_ == "obj"] or _appointed(noun, head)
        _put(roles, "as-is" if objects else "is", objects or surface_subjects(head))
        _put(roles, "as-by", surface_subjects(head) if objects else [])
    else:
        return False
    return True


def _described_as_one(one: Token, roles: Roles) -> bool:
    if any(c.dep_ == "cop" for c in one.children):
        _put(roles, "is", surface_subjects(one))
    elif one.dep_ == "appos":
        _put(roles, "is", [one.head])
    return "is" in roles


def _appointed(noun: Token, verb: Token) -> list[Token]:
    """Who is taken for what "its" says, without an object: "moved ahead with ASML as its vendor"."""
    if not any(c.dep_ == "nmod:poss" for c in noun.children):
        return []
    return [c for c in verb.children if c.dep_ == "obl" and verb.i < c.i < noun.i and preposition(c) == "with"]


def _conjoined(noun: Token, head: Token, roles: Roles) -> Token | None:
    """The second noun shares what the first has: "a supplier and partner of X"."""
    upper, carrier = of_noun(head)
    for role, tokens in upper.items():
        if role not in ("self", "mod") and role not in roles:
            _put(roles, role, [t for t in tokens if t != noun])
    return carrier


def _from_verb(noun: Token, verb: Token, roles: Roles) -> None:
    adjunct = noun.dep_ == "obl" and preposition(noun) in _AROUND
    if is_passive(verb):
        # "after the acquisition of X it was bought by Y": Y does what the verb says, not what the noun says
        _put(roles, "subj", agents(verb) if not adjunct else [])
        if _is_party(noun, verb):
            _put(roles, "subj", surface_subjects(verb))
    elif noun.dep_ != "obl" or preposition(noun) in ("into", "in", "to", "on", "for") or _answers_with(noun, verb):
        _put(roles, "subj", surface_subjects(verb))
    _beside(noun, verb, roles)


def _answers_with(noun: Token, verb: Token) -> bool:
    """True where the verb's subject does what the noun names: "retaliated with export controls"."""
    return preposition(noun) == "with" and lemma(verb) in lexicon.words("verbs", "answering")


def _is_party(noun: Token, verb: Token) -> bool:
    """True where the subject takes part in what the noun says: "is locked in a battle with X"."""
    return noun.dep_ == "obl" and preposition(noun) == "in" and lemma(verb) in lexicon.words("verbs", "involving")


def _beside(noun: Token, verb: Token, roles: Roles) -> None:
    """What hangs on the verb may belong to its noun: "signed a deal on Monday with X"."""
    for child in verb.children:
        doer = is_passive(verb) and preposition(child) == "by"  # "tools are used by TSMC": TSMC does not make them
        if doer or child == noun or not child.dep_.startswith("obl") or not (name := preposition(child)):
            continue
        if name not in roles:
            _put(roles, name, [child])
        elif name == "in" and child.i > noun.i:
            _put(roles, "place", [child])


def _put(roles: Roles, role: str, tokens: list[Token]) -> None:
    if tokens:
        roles.setdefault(role, []).extend(tokens)
