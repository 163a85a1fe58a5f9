"""Whose a plant, an office or a laboratory is and where it stands, wherever the sentence says so.

"Its fab in Dresden", "a Dresden fab of X-Fab", "X-Fab broke ground on a fab in Dresden", "with fabs in Dresden, X-Fab
...", "a fab to be built in Dresden, which X-Fab owns": owner and place hang from different words each time. Here they
become two roles of the noun, `owner` and `site`, so that one rule serves all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon
from extract.clauses import doers, is_amount, owner_meant, surface_subjects

if TYPE_CHECKING:
    from extract.tree import Token

_DEPTH = 4
_WHERE = frozenset({"in", "at", "near", "outside", "around", "across", "within", "on"})
_BEFORE = frozenset({"compound", "amod", "nmod", "nmod:desc", "nmod:unmarked", "nmod:poss"})
_AFTER = frozenset({"appos", "parataxis", "dep", "nmod:unmarked", "obl:unmarked", "list"})
_UPWARDS = frozenset({"of", "for", "on", "at", "in", "to", "with"})
_BEFORE_VERB = frozenset({"in", "at", "near", "outside"})
# What money is spent on or given for.
_PURPOSES = frozenset({"for", "on", "in", "into", "towards", "toward"})


def roles(noun: Token) -> dict[str, list[Token]]:
    """What stands in each of the roles of a thing that has a place and an owner."""
    built_by, possessor = builder(noun), _possessor(noun)
    held_by = [] if built_by else possessor
    owned_by = [] if held_by else possessor or _user(noun) or _above(noun, 0)
    return {"owner": owned_by, "holder": held_by, "site": _site(noun), "builder": built_by}


def _site(noun: Token) -> list[Token]:
    """The heads of the phrases that may say where a thing stands, the nearest first."""
    found = [c for c in noun.children if c.i > noun.i and c.preposition in _WHERE]
    found += [c for c in noun.children if c.i < noun.i and c.dep_ in _BEFORE]
    found += _listed_before(noun)
    for clause in noun.children:
        if clause.dep_ in ("acl", "acl:relcl"):
            found += _located(clause)
    found += _around(noun) + _located_first(noun)
    wider = [c for place in found for c in place.children if c.i > place.i and c.dep_ in _AFTER]
    return list(dict.fromkeys([*found, *wider]))


def _owner(noun: Token, depth: int) -> list[Token]:
    """Who has a thing, or is to have it, by what the clause says: the nearest, and only that."""
    return _possessor(noun) or _user(noun) or _above(noun, depth)


def holder(noun: Token) -> list[Token]:
    """Whose a thing already is, whatever happens to it: "Intel will close its fab", not "will build its fab"."""
    return [] if builder(noun) else _possessor(noun)


def builder(noun: Token, depth: int = 0) -> list[Token]:
    """Who builds a thing: the subject of the verb of building that it depends on, through "work on" and "one of"."""
    head, act = noun.head, noun.head.lemma
    if depth > _DEPTH:
        return []
    target = noun.dep_ in ("obj", "nsubj:pass") or (noun.dep_ == "obl" and noun.preposition == "on")
    if target and act in lexicon.words("verbs", "building"):
        return _doers(head, noun)
    if _is_proceeding(head, noun):
        return _doers(head, noun)
    if noun.dep_ == "conj" or (noun.dep_ == "nmod" and _names_act(head)):
        return builder(head, depth + 1)
    return []


def _is_proceeding(verb: Token, noun: Token) -> bool:
    """True for what goes on: "is pressing ahead with a fab", "went ahead with the plant"."""
    if noun.dep_ != "obl" or noun.preposition != "with" or verb.pos_ != "VERB":
        return False
    ahead = any(c.lower_ in ("ahead", "forward", "on") and c.dep_ in ("advmod", "compound:prt") for c in verb.children)
    return ahead or verb.lemma == "proceed"


def _located(clause: Token) -> list[Token]:
    """Where a clause behind a noun puts it: "a fab located in Dresden", "to be built in Dresden"."""
    if clause.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
        return []
    return [c for c in clause.children if c.dep_.startswith(("obl", "nmod")) and c.preposition in _WHERE]


def _located_first(noun: Token) -> list[Token]:
    """Where a clause before its subject puts it: "Located in Dresden, the plant of Bosch will make wafers"."""
    clauses = [c for c in noun.head.children if c.dep_ == "advcl" and c.i < noun.i] if noun.dep_ == "nsubj" else []
    return [place for c in clauses if c.lemma in ("locate", "situate", "base", "nestle") for place in _located(c)]


def _around(noun: Token) -> list[Token]:
    """Where the verb puts a thing that is its object, or its subject and no doer."""
    for _ in range(_DEPTH):  # "halted construction of a fab in Ensdorf", "a plant and a laboratory in Ensdorf"
        if noun.dep_ != "conj" and not (noun.dep_ == "nmod" and _names_act(noun.head)):
            break
        noun = noun.head
    verb = noun.head
    moved = noun.dep_ in ("obj", "nsubj:pass") or (noun.dep_ == "obl" and noun.preposition in ("on", "into", "with"))
    rests = noun.dep_ == "nsubj" and verb.lemma in lexicon.words("verbs", "resting")
    if verb.pos_ not in ("VERB", "AUX", "ADJ") or not (moved or rests):
        return []
    beside = [c for c in verb.children if c.i > noun.i and c.dep_.startswith("obl")]
    # "build a plant for AI products in Lafayette": the parser hangs the place on what the plant is for.
    purposes = [g for c in beside if c.preposition == "for" for g in c.children if g.dep_ == "nmod"]
    # "broke ground in Ensdorf on a plant", "In Ensdorf, Intel is building a plant"
    ahead = [c for c in verb.children if c.i < noun.i and c.dep_ == "obl" and c.preposition in _BEFORE_VERB]
    return [*(c for c in (*beside, *purposes) if c.preposition in _WHERE), *ahead]


def _listed_before(noun: Token) -> list[Token]:
    """The first of several places before a noun: in "Dresden, Malta and Tsukuba fabs" it heads the whole list."""
    first = noun.head
    if noun.dep_ != "conj" or noun.tag_ != "NNS" or first.pos_ != "PROPN":
        return []
    plain = all(t.pos_ in ("PROPN", "PUNCT", "CCONJ") for t in noun.doc[first.i : noun.i])
    return [first] if plain else []


def _possessor(noun: Token) -> list[Token]:
    # "India's first fab" tells where it is, not whose.
    # In "X's Dresden and Malta fabs" the parser gives the owner to the first place.
    inner = [c for c in noun.children if c.i < noun.i and c.dep_ == "compound"]
    owned = [
        owner_meant(c, noun)
        for holding in (noun, *inner, *_listed_before(noun))
        for c in holding.children
        if c.dep_ == "nmod:poss" and c.ent_type_ != "PLACE"
    ]
    # "the Dresden fab of X-Fab"; "Intel Ohio fab": a firm's name before the noun.
    behind = [c for c in noun.children if c.dep_ == "nmod" and c.i > noun.i and c.preposition in ("of", "by")]
    before = [c for c in noun.children if c.i < noun.i and c.dep_ in ("compound", "nmod", "nmod:desc", "nmod:unmarked")]
    return [*owned, *behind] or [c for c in before if c.ent_type_ == "ORG"]


def _user(noun: Token) -> list[Token]:
    """Who has a thing by the clause behind it: "a fab operated by X", "a fab that X runs"."""
    for clause in noun.children:
        if clause.dep_ not in ("acl", "acl:relcl") or clause.pos_ not in ("VERB", "AUX"):
            continue
        if clause.lemma in lexicon.words("verbs", "having") and (found := _doers(clause, noun)):
            return found
    return []


def _above(noun: Token, depth: int) -> list[Token]:
    """Who has a thing by what it depends on: a verb of having, a list, a noun such as "construction" or "one"."""
    head, dep = noun.head, noun.dep_
    if depth > _DEPTH or head == noun:
        return []
    if _heads_line(head, noun):
        return [head]
    if dep in ("conj", "appos") and head.pos_ in ("NOUN", "PROPN"):
        return _owner(head, depth + 1)
    if found := _funded(noun) or _at_work(noun):
        return found
    if dep == "nmod" and noun.preposition in _UPWARDS and _names_act(head):
        return _owner(head, depth + 1)
    if dep == "nmod" and noun.preposition == "with" and head.ent_type_ == "ORG":
        return [head]  # "Samsung, with fabs in Xi'an, hopes for a share"
    if head.pos_ not in ("VERB", "AUX", "ADJ"):
        return []
    if _is_proceeding(head, noun):
        return _doers(head, noun)
    if head.lemma in lexicon.words("verbs", "having") and dep in ("obj", "nsubj:pass", "obl", "obl:unmarked"):
        return _doers(head, noun)
    # "With fabs in Dresden and Malta, X is ...", "At its fab in Dresden X makes ..."
    if dep == "obl" and noun.preposition == "with" and noun.i < head.i:
        return surface_subjects(head)
    return []


def _funded(noun: Token) -> list[Token]:
    """Who has the money for a thing: "spends $2 billion on a plant", "won a grant of $17 million for a line"."""
    if noun.dep_ not in ("obl", "nmod") or noun.preposition not in _PURPOSES:
        return []
    head = noun.head
    for _ in range(_DEPTH):
        if not is_amount(head) and head.lemma not in lexicon.words("nouns", "funds"):
            break
        head = head.head
    if head.pos_ != "VERB" or head.lemma not in lexicon.words("verbs", "funded"):
        return []
    return surface_subjects(head)


def _at_work(noun: Token) -> list[Token]:
    """Who works at a thing: "makes diodes at a leased site"; the parser may hang the phrase on the object."""
    verb = noun.head if noun.dep_ == "obl" or noun.head.dep_ != "obj" else noun.head.head
    if noun.dep_ not in ("obl", "nmod") or noun.preposition not in ("at", "in", "on"):
        return []
    return _doers(verb, noun) if verb.lemma in lexicon.words("verbs", "making") else []


def _heads_line(head: Token, noun: Token) -> bool:
    """True for the firm that a line of a profile or of notes opens with: "Disco: second plant in Kure"."""
    if noun.dep_ not in ("appos", "parataxis", "dep") or head.ent_type_ != "ORG" or head.i >= noun.i:
        return False
    between = [t.text for t in head.doc[head.i + 1 : noun.i]]
    return between[:1] == [":"] or "(" in between


def _names_act(noun: Token) -> bool:
    return noun.pos_ in ("NOUN", "PROPN", "NUM") and noun.lemma in lexicon.words("nouns", "site_act")


def _doers(verb: Token, noun: Token) -> list[Token]:
    return [token for token in doers(verb) if token != noun]
