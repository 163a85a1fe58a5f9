"""Single questions to a tree: who a verb's subject is, whose a noun is, whether a clause is passive.

The parser marks what stands in a clause; these also find what the clause takes from the one above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon

if TYPE_CHECKING:
    from extract.tree import Token

RELATIVE = frozenset({"which", "who", "that", "whom", "whose", "where"})

_DEPTH = 6
_SUBJECTS = frozenset({"nsubj", "csubj", "nsubj:outer"})
_PASSIVE = frozenset({"nsubj:pass", "csubj:pass"})
_PARTICLES = frozenset({"off", "out", "up", "over", "down"})
_SPANS = frozenset({"day", "week", "month", "year", "decade"})
_WHEN = frozenset({"after", "before", "since"})
_UNMARKED = frozenset({"compound", "obl:unmarked", "nmod:unmarked", "nmod", "nmod:desc", "dep"})
_HEADING = frozenset({"dislocated", "vocative", "parataxis", "nsubj"})


def conjuncts(token: Token) -> list[Token]:
    """The token and all that is coordinated with it, in the order of the text."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.i > token.i and not is_apart(child, token):
            found.extend(conjuncts(child))
    return found


def is_apart(part: Token, first: Token) -> bool:
    """True for what only looks coordinated: the Japan of "on China for gallium and on Japan", what a gap leaves."""
    if part.preposition:
        return bool(first.preposition) and part.preposition != first.preposition
    phrase = remnant(part)
    return phrase is not None and phrase.preposition == first.preposition


def turned(phrase: Token) -> list[Token]:
    """What is coordinated with a phrase but has another preposition: "made in Taiwan and by Samsung"."""
    found = [c for c in phrase.children if c.dep_ == "conj" and c.i > phrase.i]
    return [c for c in found if c.preposition not in ("", "at", phrase.preposition)]


def gap_subject(second: Token) -> Token | None:
    """Whose an object is that follows a bare name: Trumpf in "Zeiss makes the mirrors and Trumpf the lasers"."""
    opener = second.left_edge
    if second.dep_ != "obj" or opener.i == 0 or opener.dep_ not in ("det", "nmod:poss"):
        return None
    name = opener.nbor(-1)
    return name if name.pos_ == "PROPN" and name.dep_ == "conj" and name.head.dep_ == "obj" else None


def remnant(noun: Token) -> Token | None:
    """The phrase right behind a bare noun, which may be what a clause without its verb has left: "Amkor on Besi"."""
    if noun.preposition or noun.i + 2 >= len(noun.doc):
        return None
    case = noun.nbor(1)
    if case.dep_ != "case" or case.head.i <= case.i or case.head.preposition in ("of", "'s", "’s", "'", ""):
        return None
    return case.head


def particle(token: Token) -> str:
    """A verb's lemma with its particle, such as `spin_off`; the bare lemma where there is none."""
    parts = [c.lower_ for c in token.children if c.dep_ == "compound:prt" and not _limits_sum(c)] or bare_particle(
        token
    )
    return "_".join([token.lemma, *parts])


def is_amount(token: Token) -> bool:
    """True for a number or the sign of a currency."""
    return token.is_currency or token.like_num


def bare_particle(verb: Token) -> list[str]:
    """The particle that the parser took for a preposition of the object, as in "spun off Freescale"; else nothing."""
    if verb.pos_ not in ("VERB", "AUX") or verb.i + 1 >= len(verb.doc):
        return []
    following = verb.nbor(1)
    if _limits_sum(following):
        return []
    return [following.lower_] if following.lower_ in _PARTICLES and following.dep_ in ("case", "advmod", "mark") else []


def _limits_sum(token: Token) -> bool:
    """True for a word that limits a sum rather than belonging to the verb: "invest over $2 billion", "up to 5%"."""
    following = token.doc[token.i + 1 : token.i + 3]
    return any(t.like_num or t.text[-1] in "$€£¥" for t in following) and (
        following[0].like_num or following[0].text[-1] in "$€£¥" or following[0].lower_ == "to"
    )


def is_passive(verb: Token) -> bool:
    """True where the verb's surface subject is what the action happens to."""
    if any(
        child.dep_ in ("aux:pass", *_PASSIVE) or (child.dep_ == "obl:agent" and verb.tag_ == "VBN")
        for child in verb.children
    ):
        return True
    if any(child.dep_ in _SUBJECTS for child in verb.children) or misread_doer(verb) is not None:
        return False
    if verb.tag_ != "VBN" or any(c.dep_ == "aux" and c.lemma == "have" for c in verb.children):
        return False
    if verb.dep_ == "acl" and _takes_object(verb):
        return False
    return verb.dep_ in ("acl", "advcl", "amod", "acl:relcl") or (verb.dep_ == "conj" and is_passive(verb.head))


def _takes_object(verb: Token) -> bool:
    """True for a past tense that the parser took for a participle: "sanctions forced Huawei to sell"."""
    if verb.lemma in lexicon.words("verbs", "giving") or verb.lemma in lexicon.words("verbs", "naming"):
        return False  # "the fab awarded a grant" got it
    return any(c.dep_ == "obj" and c.i > verb.i for c in verb.children) and verb.head.dep_ in ("ROOT", "root")


def misread_doer(verb: Token) -> Token | None:
    """The subject of a past tense that the parser took for an adjective: "The US barred firms from exporting".

    Known by a sentence whose main word is a noun, with the doer's name before the verb inside the noun's phrase.
    """
    noun = verb.head
    if verb.dep_ != "amod" or verb.tag_ not in ("VBN", "VBD") or noun.dep_ not in ("ROOT", "root"):
        return None
    if any(c.dep_ in ("cop", *_SUBJECTS) for c in noun.children) or noun.sent.text.rstrip()[-1:] not in ".;":
        return None
    before = [c for c in (*noun.children, *verb.children) if c.i < verb.i and c.pos_ in ("PROPN", "NOUN")]
    unmarked = [c for c in before if c.dep_ in _UNMARKED and not c.preposition]
    return unmarked[-1] if unmarked and unmarked[-1].i == verb.i - 1 else None


def agents(verb: Token) -> list[Token]:
    """The doer of a passive verb: its "by" phrase."""
    return [c for c in verb.children if c.dep_ == "obl:agent" or (c.dep_ == "obl" and c.preposition == "by")]


def doers(verb: Token, depth: int = 0) -> list[Token]:
    """Who does what a verb says: its agents where it is passive, else its surface subjects."""
    return agents(verb) if is_passive(verb) else surface_subjects(verb, depth)


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The heads of the phrases that a verb's clause is about, own or inherited.

    verb: the clause's head; depth: how many clauses have been climbed to get here.
    """
    if depth > _DEPTH:
        return []
    # "2021: Broke ground": the year before the colon is no subject.
    own = [c for c in verb.children if (c.dep_ in _SUBJECTS or c.dep_ in _PASSIVE) and not _is_bare_number(c)]
    if own:
        return [t for c in own for t in _antecedent(c, verb)]
    if (doer := misread_doer(verb)) is not None:
        return [doer]
    return _inherited(verb, depth)


def _is_bare_number(token: Token) -> bool:
    """True for "2021", not for the "16" of "iPhone 16" and not for "the two"."""
    return (
        token.text[:1].isdigit()
        and token.like_num
        and not any(c.dep_ in ("compound", "nmod:poss") for c in token.children)
    )


def _antecedent(subject: Token, verb: Token) -> list[Token]:
    if (pursuer := _pursuer(subject, verb)) is not None:
        return [pursuer]
    if subject.lower_ in RELATIVE and verb.dep_ in ("acl:relcl", "conj"):
        clause = verb if verb.dep_ == "acl:relcl" else verb.head
        return [clause.head] if clause.dep_ == "acl:relcl" else []
    return [subject]


def _inherited(verb: Token, depth: int) -> list[Token]:
    head, dep = verb.head, verb.dep_
    if dep == "conj" and verb.tag_ == "VBN" and head.pos_ in ("NOUN", "PROPN"):
        return [head]  # "the A17, designed by Apple and made by TSMC": the parser may hang the second on the noun
    if dep == "conj" and (named := _named_before_whose(head, verb)) is not None:
        return [named]
    if dep == "conj":
        return surface_subjects(head, depth + 1) or _mistaken_for_noun(head)
    if dep == "advcl" and (taken := _taken_for_phrase(verb)):
        return taken
    if dep in ("xcomp", "advcl", "advcl:relcl", "ccomp"):
        if verb.tag_ == "VB" and (announcers := _announcers(verb)):
            return announcers
        if dep == "ccomp" and verb.tag_ not in ("VB", "VBG"):
            return _heading_subject(verb)
        return _controller(head, verb, depth)
    if dep == "acl":
        return _acl_subject(verb, depth)
    if dep == "acl:relcl" and not any(c.lower_ in RELATIVE for c in verb.subtree if c.i < verb.i):
        return []
    return _heading_subject(verb)


def _named_before_whose(first: Token, second: Token) -> Token | None:
    """Whose clause it is where "whose" was taken for its beginning: "Ampere, whose backers include X, sells chips"."""
    named = [c for c in first.children if c.dep_ in _HEADING and c.i < first.i and c.pos_ == "PROPN"]
    owned = [g for c in first.children if c.dep_ == "nsubj" for g in c.children if g.lower_ == "whose"]
    closed = second.i > first.i and any(c.text == "," for c in second.children if c.i < second.i)
    return named[0] if named and owned and closed and named[0].i < owned[0].i else None


def _mistaken_for_noun(first: Token) -> list[Token]:
    """The subject of "X owns and operates", whose first verb the parser may take for a plural noun with X before it."""
    if first.dep_ not in ("root", "ROOT") or first.tag_ != "NNS":
        return []
    return [c for c in first.children if c.dep_ == "compound" and c.ent_type_ == "ORG" and c.i == first.i - 1]


def _taken_for_phrase(verb: Token) -> list[Token]:
    """The subject that the parser took for a phrase of its own: "until American sanctions ended that"."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else None
    if before is None or verb.tag_ not in ("VBD", "VBZ", "VBP") or before.head != verb.head or before.dep_ != "obl":
        return []
    return [before] if before.preposition in ("until", "till", "after", "before", "since") else []


def _announcers(verb: Token) -> list[Token]:
    """Who announced what a purpose clause says: "led to an announcement by Micron, Inc., to invest $400 million"."""
    acts = [c for c in verb.head.children if c.i < verb.i and c.dep_ in ("obl", "obj", "nsubj")]
    announced = [c for c in acts if c.lemma in lexicon.words("nouns", "announcement")]
    by = [c for act in announced[-1:] for c in act.children if c.dep_ in ("nmod", "obl:agent")]
    # "approved a plan of Micron to build": Micron builds
    return [c for c in by if c.preposition in ("by", "from") or (c.preposition == "of" and c.ent_type_ == "ORG")]


def _controller(head: Token, verb: Token, depth: int) -> list[Token]:
    objects = [c for c in head.children if c.dep_ in ("obj", "iobj")]
    purpose = verb.dep_ in ("advcl", "acl") and verb.tag_ == "VB"
    receivers = [c for c in head.children if c.dep_ == "iobj" or (c.dep_ == "obl" and c.preposition == "to")]
    if purpose and receivers and head.lemma in lexicon.words("verbs", "giving"):
        return receivers  # "gave funds to X to build": X builds
    if purpose and objects and head.lemma in lexicon.words("verbs", "imposing"):
        return objects  # "introduced controls to limit": the controls limit
    means = head.lemma == "use" and not any(c.ent_type_ == "ORG" for c in objects)  # "use the money to buy"
    controlled = objects and not means and verb.i > head.i and head.lemma in lexicon.words("verbs", "object_control")
    if verb.dep_ in ("xcomp", "advcl") and controlled:
        return objects
    if head.pos_ in ("NOUN", "PROPN") and head.dep_ not in ("root", "ROOT"):
        return holders(head, depth + 1)
    if objects and head.lemma == "join" and any(c.dep_ == "mark" and c.lower_ == "in" for c in verb.children):
        return [*surface_subjects(head, depth + 1), *objects]  # "Canada joined Norway in banning": both ban
    return surface_subjects(head, depth + 1)


# What a firm is said to be busy with by a clause: "TI's focus is on developing analog chips".
_PURSUITS = frozenset({"focus", "business", "activity", "mission", "specialty", "speciality", "emphasis", "job"})


def _pursuer(subject: Token, verb: Token) -> Token | None:
    """Whose pursuit it is that a clause names; None for any other subject."""
    if verb.tag_ != "VBG" or subject.lemma not in _PURSUITS or not any(c.dep_ == "cop" for c in verb.children):
        return None
    return next((owner_meant(c, subject) for c in subject.children if c.dep_ == "nmod:poss"), None)


def _acl_subject(verb: Token, depth: int) -> list[Token]:
    if verb.head.lemma in _SPANS and any(c.dep_ == "mark" and c.lower_ in _WHEN for c in verb.children):
        return surface_subjects(verb.head.head, depth + 1)  # "Two years after buying X, Y dropped the brand"
    if verb.tag_ in ("VBG", "VBN") and not any(c.dep_ == "mark" for c in verb.children):
        return [verb.head]
    own = [c for c in verb.head.children if c.dep_ in _SUBJECTS]
    if own and any(c.dep_ == "cop" for c in verb.head.children):
        return own  # "X is the largest maker after acquiring Y": X acquires
    return holders(verb.head, depth + 1)


def _heading_subject(verb: Token) -> list[Token]:
    """What stands before the colon, where the clause has no subject: "NXP: Announced plans"."""
    for child in verb.children:
        if child.dep_ in _HEADING and child.i < verb.i and child.pos_ == "PROPN":
            return [child]
    return []


def holders(noun: Token, depth: int = 0) -> list[Token]:
    """Whose the noun is: its possessor, else the subject of the verb that carries it."""
    if depth > _DEPTH:
        return []
    owned = [c for c in noun.children if c.dep_ == "nmod:poss"]
    # "the application of X to build a plant": X builds.
    owned = owned or [c for c in noun.children if c.ent_type_ == "ORG" and c.preposition in ("of", "by")]
    if owned:
        return owned
    head = noun.head
    if noun.dep_ == "conj":
        return holders(head, depth + 1)
    if noun.dep_ in ("obj", "obl", "xcomp") and head.pos_ in ("VERB", "AUX", "ADJ"):
        return doers(head, depth + 1)
    if noun.dep_ == "nmod" and noun.preposition in ("of", "to", "for", "in") and head.pos_ == "NOUN":
        return holders(head, depth + 1)
    return []


def owner_meant(owner: Token, noun: Token) -> Token:
    """The noun before the clause for "whose", any other owner for itself: "Disco, whose customers include TSMC"."""
    if owner.lower_ != "whose":
        return owner
    above = noun
    for _ in range(4):
        if above.dep_ == "acl:relcl":
            return above.head
        above = above.head
    # The parser may take the clause for the main one: then the name before the comma is meant.
    at = owner.i - 2 if owner.i and owner.nbor(-1).pos_ == "ADP" else owner.i - 1
    if at > 0 and owner.doc[at].text == "," and owner.doc[at - 1].pos_ == "PROPN":
        return owner.doc[at - 1]
    return owner
