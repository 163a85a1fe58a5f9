"""From the head of a phrase to the entities it stands for: names, lists, examples, descriptions, pronouns, owners.

"chipmakers such as Infineon and NXP" is the group and its two examples; "chip designer Arm" is Arm; "production of
wafers" is the wafers; "Huawei's phone unit" is Huawei where the unit itself has no name; "it" is whom it means.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract import lexicon
from extract.clauses import is_apart
from extract.coreference import referents, thing_named_before
from extract.link import national_industry
from extract.lists import list_behind, specified
from extract.products import carried, coordinated, named_products
from extract.syntax import conjuncts
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.discourse import Discourse, Reading
    from extract.mention_index import Mention
    from extract.model import Entity
    from extract.tree import Token

_EXAMPLES = frozenset({"such_as", "like", "including", "namely"})
_APPOSED = frozenset({"appos", "flat", "compound", "nmod", "nmod:desc", "nmod:unmarked", "dep"})


@dataclass(frozen=True, slots=True)
class Filler:
    """An entity that fills a role.

    entity; token: the head that it was reached from; how: "name", "example", "apposed", "coreference", "transparent",
    "owner", or "topic" where no word stands for it and the token only says where; weight: float, how far that way can
    be trusted.
    """

    entity: Entity
    token: Token
    how: str
    weight: float


_SHARES = frozenset({"%", "percent", "cent", "third", "quarter", "fifth", "tenth"})
_MADE = ("Product", "Material", "Equipment", "EndDevice")
_WEIGHTS = {"name": 1.0, "example": 0.95, "apposed": 0.95, "transparent": 0.9, "coreference": 0.8, "owner": 0.75}


def fillers(discourse: Discourse, reading: Reading, token: Token) -> Sequence[Filler]:
    """The entities that the phrase headed by a token stands for, its conjuncts included, in the order of the text."""
    if token.i not in reading.fillers:
        reading.fillers[token.i] = _fillers(discourse, reading, token)
    return reading.fillers[token.i]


def _fillers(discourse: Discourse, reading: Reading, token: Token) -> list[Filler]:
    parts = conjuncts(token)
    # From both ends, as the tree may have skipped a name in between.
    for end in dict.fromkeys((token, parts[-1])):
        listed = [part for part in list_behind(reading, end) if part not in parts]
        parts += [part for part in listed if not is_apart(part, token)]
    found = [f for part in parts for f in _single(discourse, reading, part)]
    unique: dict[str, Filler] = {}
    for filler in found:
        unique.setdefault(filler.entity.id, filler)
    return list(unique.values())


def _single(discourse: Discourse, reading: Reading, token: Token, depth: int = 0) -> Iterator[Filler]:
    if depth > 3:
        return
    mention = reading.index.at(token)
    if mention is not None and _owns_the_next(mention, token):
        return
    if mention is not None and mention.kind == "group" and (named := _apposed(discourse, reading, token)):
        yield from named
        return
    if mention is not None and (names := named_products(reading.index, token, mention)):
        yield from (_filler(discourse.entity(reading, m), reading.doc[m.root], "apposed") for m in names)
        return
    bare = mention is not None and mention.kind == "concept" and mention.end - mention.start == 1
    if bare and (met := thing_named_before(discourse, reading, token)):
        yield _filler(_as_written(met[0], token), token, "coreference")
        return
    if mention is not None:
        yield _filler(discourse.entity(reading, mention), token, "name")
        for other in coordinated(reading.index, token, mention):
            yield _filler(discourse.entity(reading, other), reading.doc[other.root], "name")
        if mention.kind in ("group", "concept"):
            yield from _examples(discourse, reading, token)
            yield from _bracketed(discourse, reading, token)
            for part in specified(reading, mention):
                yield _filler(discourse.entity(reading, reading.index.by_root[part.i]), part, "example")
        if mention.kind == "concept" and is_a(mention.type, "Facility"):
            yield from _owner(discourse, reading, token)
        return
    yield from _unnamed(discourse, reading, token, depth)


def _owns_the_next(mention: Mention, token: Token) -> bool:
    """True for a name with an apostrophe that the parser takes for an argument: in "bought X' fab", X is not bought."""
    after = token.doc[mention.end : mention.end + 2]
    if token.dep_ not in ("obj", "nsubj") or len(after) < 2 or after[0].text not in ("'", "’", "'s", "’s"):
        return False
    return after[1].is_currency or after[1].pos_ in ("NOUN", "PROPN", "ADJ", "NUM")


def _unnamed(discourse: Discourse, reading: Reading, token: Token, depth: int) -> Iterator[Filler]:
    if named := _apposed(discourse, reading, token):
        yield from named
        return
    if things := carried(reading.index, token):
        yield from (_filler(discourse.entity(reading, m), reading.doc[m.root], "transparent") for m in things)
        return
    if industry := _own_industry(discourse, reading, token):
        yield _filler(industry, token, "coreference")
        return
    if (name := _named_body(reading, token)) is not None:
        yield _filler(discourse.entity(reading, name), token, "apposed")
        return
    counted = token.pos_ == "NUM"  # "two of its fabs"
    share = token.lemma in _SHARES  # "makes 90% of all chips" makes chips, "bought 90% of Arm" did not buy Arm
    if (counted or share or token.lemma in lexicon.words("descriptions", "transparent")) and (inner := _content(token)):
        for part in [one for head in inner for one in conjuncts(head)]:
            for filler in _single(discourse, reading, part, depth + 1):
                if not share or any(is_a(filler.entity.type, made) for made in _MADE):
                    yield _filler(filler.entity, filler.token, "transparent" if filler.how == "name" else filler.how)
        return
    if (name := _identified(reading, token)) is not None:
        yield _filler(discourse.entity(reading, name), token, "apposed")
        return
    if described := _described(token):
        for subject in [part for first in described for part in conjuncts(first)]:
            for filler in _single(discourse, reading, subject, depth + 1):
                yield _filler(filler.entity, filler.token, "apposed" if filler.how == "name" else filler.how)
        return
    if token.lemma in ("venture", "jv") and (partners := _partners(token)):
        # what an unnamed venture gets, each of its partners gets
        yield from (f for part in partners for f in _single(discourse, reading, part, depth + 1))
        return
    if (country := _organ_of(reading, token)) is not None:
        yield _filler(discourse.entity(reading, country), token, "transparent")
        return
    examples = [
        *_examples(discourse, reading, token),
        *_bracketed(discourse, reading, token),
        *_dashed(discourse, reading, token),
    ]
    if examples:
        yield from examples
        return
    met = referents(discourse, reading, token)
    for entity in met:
        yield _filler(_as_written(entity, token), token, "coreference")
    if not met:
        yield from _owner(discourse, reading, token)


def _named_body(reading: Reading, token: Token) -> Mention | None:
    """The body whose name stands right before what it is: "the Chip 4 group", "the UCIe consortium"."""
    mention = reading.index.covering.get(token.i - 1)
    if token.lemma not in lexicon.words("nouns", "body") or mention is None or mention.kind != "name":
        return None
    named = any(is_a(mention.type, type_) for type_ in ("Association", "ActorGroup", "ResearchOrganization"))
    return mention if named and reading.doc[mention.root].head == token else None


def _organ_of(reading: Reading, token: Token) -> Mention | None:
    """The state that acts through some of its organs: "Chinese regulators", "the Dutch authorities"."""
    if token.lemma not in lexicon.words("nouns", "organ_of_state"):
        return None
    before = (
        reading.index.at(c) for c in token.children if c.i < token.i and c.dep_ in ("amod", "compound", "nmod:poss")
    )
    return next((m for m in before if m is not None and is_a(m.type, "Country")), None)


def _partners(venture: Token) -> list[Token]:
    """Between whom a venture is: "a joint venture between Kioxia and Western Digital"."""
    beside = [c for c in venture.children if c.dep_ == "nmod" and c.preposition in ("between", "of")]
    return [part for c in beside for part in conjuncts(c)]


def _identified(reading: Reading, token: Token) -> Mention | None:
    """Whom a description turns out to be: "the foundry that makes them is TSMC"."""
    defined = any(c.dep_ == "acl:relcl" for c in token.children)
    if token.dep_ != "nsubj" or not defined or token.lemma not in lexicon.words("nouns", "organization"):
        return None
    mention = reading.index.at(token.head)
    return mention if _is_actor(mention) and any(c.dep_ == "cop" for c in token.head.children) else None


def _described(token: Token) -> list[Token]:
    """Whom a description in a copula is of: in "Rohm is a Kyoto company that makes X", the company is Rohm."""
    if token.lemma not in lexicon.words("nouns", "organization"):
        return []
    if token.dep_ == "nsubj" and token.head.lemma == "become":  # "the plants that X spun off became Y"
        return [c for c in token.head.children if c.dep_ in ("xcomp", "obj") and c.pos_ == "PROPN"]
    if not any(c.dep_ == "cop" for c in token.children):
        return []
    return [c for c in token.children if c.dep_ == "nsubj"]


def _filler(entity: Entity, token: Token, how: str) -> Filler:
    return Filler(entity, token, how, _WEIGHTS[how])


def _own_industry(discourse: Discourse, reading: Reading, token: Token) -> Entity | None:
    """The industry of whom "its" means, for "its chip industry"."""
    if token.lemma not in lexicon.words("nouns", "industry"):
        return None
    for child in token.children:
        if child.tag_ == "PRP$":
            for owner in referents(discourse, reading, child):
                if owner.type == "Country":
                    return national_industry(owner, [c.lower_ for c in token.children], token.text)
    return None


def _as_written(entity: Entity, token: Token) -> Entity:
    return type(entity)(entity.id, entity.label, entity.type, entity.mention)


def _apposed(discourse: Discourse, reading: Reading, token: Token) -> list[Filler]:
    """The names beside an unnamed description: "chip designer Arm", "its rivals Qualcomm and Apple"."""
    word = token.lemma
    if word not in lexicon.words("nouns", "organization") and word not in lexicon.words("nouns", "person"):
        return []
    for child in token.children:
        mention = reading.index.at(child)
        after = child.i > token.i and child.dep_ in _APPOSED and not child.preposition
        if after and _is_actor(mention):
            parts = [(part, reading.index.at(part)) for part in conjuncts(child)]
            return [_filler(discourse.entity(reading, m), part, "apposed") for part, m in parts if m is not None]
    if token.dep_ == "appos" and (head := reading.index.at(token.head)) is not None and is_a(head.type, "Organization"):
        return [_filler(discourse.entity(reading, head), token.head, "apposed")]
    # The parser takes the name for the head as often as the description: "chipmaker Infineon".
    if token.dep_ in ("compound", "nmod:desc") and token.head.i > token.i:
        mention = reading.index.at(token.head)
        if mention is not None and _is_actor(mention):
            return [_filler(discourse.entity(reading, mention), token.head, "apposed")]
    return []


def _is_actor(mention: Mention | None) -> bool:
    if mention is None or mention.kind != "name":
        return False
    return is_a(mention.type, "Organization") or is_a(mention.type, "Person")


def _content(token: Token) -> list[Token]:
    """What a noun such as "production" or "range" is of."""
    # "access to memory" is the memory, but "exports to China" are not China
    ties = ("of", "from", "to") if token.lemma == "access" else ("of", "from")
    after = [c for c in token.children if c.dep_ == "nmod" and c.i > token.i and c.preposition in ties]
    if after or token.lemma not in lexicon.words("descriptions", "acts"):
        return after
    return [c for c in token.children if c.dep_ == "compound" and c.i < token.i][-1:]


def _examples(discourse: Discourse, reading: Reading, token: Token) -> Iterator[Filler]:
    # The parser hangs "such as X" on the verb as often as on the noun before it.
    beside = [c for c in token.head.children if c.i > token.i and c.dep_ == "obl"] if token.head != token else []
    # "customers in China such as SMIC": SMIC is no China.
    inside = [c for c in token.children if c.dep_ == "nmod" and c.i > token.i and c.i in reading.index.by_root]
    further = [g for c in inside for g in c.children if g.preposition in _EXAMPLES]
    for child in [*token.children, *beside[:2], *further]:
        named = child.dep_.startswith(("nmod", "obl")) and child.preposition in _EXAMPLES
        listed = [g for g in child.children if g.dep_ in ("obj", "obl")] if child.lower_ == "including" else []
        for head in [child] if named else listed:
            for part in conjuncts(head):
                mention = reading.index.at(part)
                if mention is not None:
                    yield _filler(discourse.entity(reading, mention), part, "example")


def _bracketed(discourse: Discourse, reading: Reading, token: Token) -> Iterator[Filler]:
    """The names in the brackets behind a plural description: "European chipmakers (Infineon, NXP)"."""
    doc = token.doc
    if token.tag_ not in ("NNS", "NNPS") or token.i + 1 >= len(doc) or doc[token.i + 1].text != "(":
        return
    end = next((t.i for t in doc[token.i + 1 :] if t.text == ")"), token.i)
    for mention in reading.index.mentions:
        if token.i < mention.start < end and mention.kind == "name" and is_a(mention.type, "Organization"):
            yield _filler(discourse.entity(reading, mention), doc[mention.root], "example")


def _dashed(discourse: Discourse, reading: Reading, token: Token) -> Iterator[Filler]:
    """The names behind the dash after a number or a plural: "four toolmakers - Ulvac, Disco, Besi and Screen"."""
    doc, at = token.doc, token.i + 1
    if at + 1 >= len(doc) or doc[at].text not in ("—", "–", "-", "--", ":"):
        return
    if token.pos_ != "NUM" and token.tag_ not in ("NNS", "NNPS"):
        return
    first = reading.index.covering.get(at + 1)
    for part in conjuncts(doc[first.root]) if first is not None and first.kind == "name" else ():
        mention = reading.index.at(part)
        if mention is not None and is_a(mention.type, "Organization"):
            yield _filler(discourse.entity(reading, mention), part, "example")


def _owner(discourse: Discourse, reading: Reading, token: Token) -> Iterator[Filler]:
    """Whose part it is: "its Arizona fab", "Huawei's phone unit", "the TSMC board"."""
    measure = token.lemma in lexicon.words("nouns", "measure")
    if not measure and token.lemma not in lexicon.words("nouns", "organization_part"):
        return
    before = [c for c in token.children if c.dep_ == "nmod:poss" or (c.dep_ in ("compound", "nmod") and c.i < token.i)]
    # "Samsung's Taylor plant": the owner may hang on the name of the place.
    owners = [c for noun in before for c in (*(g for g in noun.children if g.dep_ == "nmod:poss"), noun)]
    for child in owners:
        mention = reading.index.at(child)
        entities = [discourse.entity(reading, mention)] if mention else referents(discourse, reading, child)
        for entity in entities:
            if is_a(entity.type, "Organization") or measure:
                yield _filler(entity, child, "owner")
                return
    if token.lemma == "board":  # "the boards of X and Y approved"
        for part in [one for c in token.children if c.preposition == "of" for one in conjuncts(c)]:
            if (mention := reading.index.at(part)) is not None and is_a(mention.type, "Organization"):
                yield _filler(discourse.entity(reading, mention), part, "owner")
