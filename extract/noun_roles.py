"""The arguments of a noun after the usual normalisations.

Light verbs and copulas are folded into the noun that they carry: "sign a deal", "is a supplier". `extract.role_names`
tells what the roles are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon, sites
from extract.clauses import agents, is_passive, owner_meant, surface_subjects
from extract.phrases import PRENOMINAL, Roles, below, further_amounts, prenominal, put
from extract.role_names import OWNED

if TYPE_CHECKING:
    from extract.tree import Token

# What a further phrase may give to a role that nothing nearer fills.
_FURTHER = ("from", "for", "to", "by", "with", "in", "such_as", "including", "like")


def of_noun(noun: Token) -> tuple[Roles, Token | None]:
    """The arguments of a noun, by role, and the verb that carries it, as in "sign a deal", or None."""
    roles: Roles = {}
    put(roles, "self", [noun])
    for child in noun.children:
        _beside_noun(child, noun, roles)
    _named_beside(noun, roles)
    put(roles, "mod", _split_off(noun))
    _through_nouns(roles)
    carrier = _carried(noun, roles)
    for name in OWNED:
        put(roles, f"{name}-owner", _owners(roles.get(name, [])))
    put(roles, "context", _main_subject(noun))
    for role, tokens in sites.roles(noun).items():
        put(roles, role, tokens)
    put(roles, "clause", _clause_subject(noun))
    return roles, carrier


def _owners(nouns: list[Token]) -> list[Token]:
    """Whose some nouns are: "in retaliation for Japan's failure", "in response to American curbs"."""
    return [c for noun in nouns for c in noun.children if c.i < noun.i and c.dep_ in ("nmod:poss", "amod", "compound")]


def _beside_noun(child: Token, noun: Token, roles: Roles) -> None:
    dep = child.dep_
    if dep == "nmod:poss":
        put(roles, "poss", [owner_meant(child, noun)])
    elif dep == "obl:agent":
        put(roles, "by", [child])
    elif dep in ("nmod", "obl", "nmod:desc", "nmod:unmarked") and (name := child.preposition):
        put(roles, name, [child])
    elif dep in PRENOMINAL and child.i < noun.i:
        put(roles, "mod", prenominal(child))
        # The first of several nouns has the owner of all: "Micron's LPDDR5X and DDR5 memory".
        put(roles, "poss", [c for c in child.children if c.dep_ == "nmod:poss"])
    elif dep == "acl" and child.tag_ == "VBN":
        put(roles, "by", agents(child))
    elif dep == "advmod" and child.i > noun.i:
        _put_compared(child, roles)


def _put_compared(adverb: Token, roles: Roles) -> None:
    """The phrase of an adverb that forms a preposition with it: "the largest maker, ahead of X" is `ahead_of`."""
    for child in adverb.children:
        if child.dep_ == "obl" and (name := child.preposition):
            put(roles, f"{adverb.lower_}_{name}", [child])


def _split_off(noun: Token) -> list[Token]:
    """The name before an object that the parser took for another one: "SK hynix wins Apple order"."""
    if (
        noun.dep_ != "obj"
        or noun.left_edge.i <= noun.sent.start
        or noun.left_edge.dep_ not in ("obj", "compound", "amod")
    ):
        return []
    name = noun.left_edge.nbor(-1)
    return [name] if name.dep_ == "obj" and name.head == noun.head and name.pos_ == "PROPN" else []


def _named_beside(noun: Token, roles: Roles) -> None:
    """What stands before a description is its own, though it hangs on the name: "Micron's rival Samsung"."""
    if noun.dep_ in ("compound", "nmod:desc") and noun.head.i > noun.i:
        before = [c for c in noun.head.children if c.i < noun.i]
        put(roles, "poss", [owner_meant(c, noun.head) for c in before if c.dep_ == "nmod:poss"])
        put(roles, "mod", [t for c in before if c.dep_ in PRENOMINAL for t in prenominal(c)])


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
        if at.dep_ == "obl" and at.preposition == "with" and head.dep_ == "acl" and head.tag_ == "VBN":
            founded = head.head
            if founded.pos_ == "PROPN" or founded.lemma in lexicon.words("nouns", "organization"):
                return [founded]  # "a foundry founded with money from X"
        around = at.dep_ in ("obl", "nmod") and at.preposition in (*_AROUND, "in")
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
    nouns = [part for noun in nouns for part in (noun, *further_amounts(noun))]
    nouns.extend(amount for noun in roles["self"] for amount in further_amounts(noun))
    deeper = below(nouns)
    put(roles, "place", deeper.get("in", []))
    for role, tokens in deeper.items():
        if role in _FURTHER and role not in roles:
            roles[role] = tokens


def _carried(noun: Token, roles: Roles) -> Token | None:
    """Gives a noun the arguments of what carries it; returns the verb that does.

    `is` holds whom the noun describes (copula, apposition, "as"), `subj` who does it, by the verb whose object it is.
    """
    head, dep = noun.head, noun.dep_
    if dep == "conj" and head.pos_ in ("NOUN", "PROPN"):
        return _conjoined(noun, head, roles)
    doing = _done_by(noun)
    if _described(noun, roles):
        return None
    if doing is not None:
        put(roles, "subj", surface_subjects(doing))
        _beside(noun, doing, roles)
        return doing
    if dep in ("obj", "nsubj:pass", "obl", "xcomp") and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        _from_verb(noun, head, roles)
        return head
    if dep == "nsubj" and head.lemma in lexicon.words("verbs", "enumerating"):
        put(roles, "include", [c for verb in _repeated(head) for c in verb.children if c.dep_ == "obj"])
    elif _is_topped(noun) and any(c.dep_ == "cop" for c in head.children):
        put(roles, "include", [head])
    elif dep in ("nsubj", "nsubj:pass"):
        put(roles, "include", _held_to_be(head))
    return None


def _done_by(noun: Token) -> Token | None:
    """The light verb of a relative clause whose object the noun is: "the venture that Bosch formed with TSMC"."""
    for clause in noun.children:
        if clause.dep_ != "acl:relcl" or clause.lemma not in lexicon.words("verbs", "light") or is_passive(clause):
            continue
        subjects = [c for c in clause.children if c.dep_ == "nsubj"]
        objects = [c for c in clause.children if c.dep_ == "obj" and c.lower_ not in ("that", "which")]
        if subjects and not objects and not any(c.lower_ in ("that", "which", "who") for c in subjects):
            return clause
    return None


def _is_topped(noun: Token) -> bool:
    """True for what a copula identifies: "their rival is X", "among their rivals are X and Y"."""
    return noun.dep_ == "nsubj" or (noun.dep_ == "obl" and noun.preposition == "among")


def _held_to_be(verb: Token) -> list[Token]:
    """What the subject is said to be: "the maker is believed to be SMIC", "its main rival seems to be AMD"."""
    clauses = [c for c in verb.children if c.dep_ == "xcomp"]
    return [c for c in clauses if any(g.dep_ == "cop" for g in c.children) and not c.preposition]


def _repeated(verb: Token) -> list[Token]:
    """The verb and its repetitions that take its subject: "rivals in etch include A, and in cleaning include B"."""
    further = [c for c in verb.children if c.dep_ == "conj" and c.lemma == verb.lemma]
    return [verb, *(c for c in further if not any(g.dep_ == "nsubj" for g in c.children))]


def _described(noun: Token, roles: Roles) -> bool:
    """Fills `is` where the noun says what somebody is; False where it does not."""
    head, dep = noun.head, noun.dep_
    if dep == "appos":
        put(roles, "is", [head])
    elif any(c.dep_ == "cop" for c in noun.children):
        put(roles, "is", surface_subjects(noun))
    elif dep in ("obj", "xcomp") and head.lemma in lexicon.words("verbs", "copular"):
        put(roles, "is", surface_subjects(head))
        _beside(noun, head, roles)
    elif dep == "nmod" and noun.preposition == "of" and head.lower_ == "one":
        # "X is one of the largest makers of Y", "X, one of the largest makers of Y"
        return _described_as_one(head, roles)
    elif dep == "obl" and noun.preposition == "as":
        objects = [c for c in head.children if c.dep_ == "obj"] or _appointed(noun, head)
        put(roles, "as-is" if objects else "is", objects or surface_subjects(head))
        put(roles, "as-by", surface_subjects(head) if objects else [])
    else:
        return False
    return True


def _described_as_one(one: Token, roles: Roles) -> bool:
    if any(c.dep_ == "cop" for c in one.children):
        put(roles, "is", surface_subjects(one))
    elif one.dep_ == "appos":
        put(roles, "is", [one.head])
    return "is" in roles


def _appointed(noun: Token, verb: Token) -> list[Token]:
    """Who is taken for what "its" says, without an object: "moved ahead with ASML as its vendor"."""
    if not any(c.dep_ == "nmod:poss" for c in noun.children):
        return []
    return [c for c in verb.children if c.dep_ == "obl" and verb.i < c.i < noun.i and c.preposition == "with"]


def _conjoined(noun: Token, head: Token, roles: Roles) -> Token | None:
    """The second noun shares what the first has: "a supplier and partner of X"."""
    upper, carrier = of_noun(head)
    for role, tokens in upper.items():
        if role not in ("self", "mod") and role not in roles:
            put(roles, role, [t for t in tokens if t != noun])
    return carrier


def _from_verb(noun: Token, verb: Token, roles: Roles) -> None:
    adjunct = noun.dep_ == "obl" and noun.preposition in _AROUND
    if is_passive(verb):
        # "after the acquisition of X it was bought by Y": Y does what the verb says, not what the noun says
        put(roles, "subj", agents(verb) if not adjunct else [])
        if _is_party(noun, verb):
            put(roles, "subj", surface_subjects(verb))
    elif noun.dep_ != "obl" or noun.preposition in ("into", "in", "to", "on", "for") or _answers_with(noun, verb):
        put(roles, "subj", surface_subjects(verb))
    _beside(noun, verb, roles)


def _answers_with(noun: Token, verb: Token) -> bool:
    """True where the verb's subject does what the noun names: "retaliated with export controls"."""
    return noun.preposition == "with" and verb.lemma in lexicon.words("verbs", "answering")


def _is_party(noun: Token, verb: Token) -> bool:
    """True where the subject takes part in what the noun says: "is locked in a battle with X"."""
    return noun.dep_ == "obl" and noun.preposition == "in" and verb.lemma in lexicon.words("verbs", "involving")


def _beside(noun: Token, verb: Token, roles: Roles) -> None:
    """What hangs on the verb may belong to its noun: "signed a deal on Monday with X"."""
    for child in verb.children:
        doer = is_passive(verb) and child.preposition == "by"  # "tools are used by TSMC": TSMC does not make them
        if doer or child == noun or not child.dep_.startswith("obl") or not (name := child.preposition):
            continue
        if name not in roles:
            put(roles, name, [child])
        elif name == "in" and child.i > noun.i:
            put(roles, "place", [child])
