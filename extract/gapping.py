"""Clauses that leave their verb out: "ASE relies on Disco, Amkor on Besi", "buys resist from A and slurry from B".

The parser hangs what is left of such a clause on the phrase before it, as one more of the same. It shows by its form: a
bare noun with a phrase right behind it that has the preposition of one of the verb's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.clauses import gap_subject, is_passive, remnant
from extract.verb_roles import inside_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from extract.phrases import Roles
    from extract.tree import Token

_HUNG = frozenset({"conj", "appos", "parataxis", "vocative", "dep", "dislocated"})
_NOUNS = ("NOUN", "PROPN")
_KEPT = ("subj", "obj", "advmod")


def gapped(verb: Token, roles: Mapping[str, tuple[Token, ...]]) -> Iterator[Roles]:
    """The arguments of each clause that a verb is left out of, in the order of the text.

    verb: the word that the clauses share; roles: its arguments in its own clause.
    """
    if verb.pos_ not in ("VERB", "AUX", "ADJ"):
        return
    seen = {verb, *(t for found in roles.values() for t in found)}
    for noun in verb.doc[verb.i + 1 : verb.sent.end]:
        if noun.pos_ not in _NOUNS or noun.dep_ not in _HUNG or noun.head not in seen:
            continue
        if second := [c for c in verb.children if c.dep_ == "obj" and gap_subject(c) == noun]:
            yield _filled({**_kept(roles), "subj": [noun], "obj": second})
        elif (phrase := remnant(noun)) is not None and _repeats(phrase, noun, roles):
            seen.update((noun, phrase))
            if (slot := _slot(noun, verb, roles)) is not None:
                yield _completed(noun, phrase, slot, verb, roles)


def _repeats(phrase: Token, noun: Token, roles: Mapping[str, tuple[Token, ...]]) -> bool:
    return any(first.i < noun.i for first in roles.get(phrase.preposition, ()))


def _slot(noun: Token, verb: Token, roles: Mapping[str, tuple[Token, ...]]) -> str | None:
    """What a noun takes the place of; None where it may be either: "A supplies B with mirrors, C with lasers"."""
    if is_passive(verb):
        return "obj"
    objects = [t for t in roles.get("obj", ()) if verb.i < t.i < noun.i]
    if not any(t.pos_ == noun.pos_ for t in objects):
        return "subj"
    return "obj" if noun.pos_ == "NOUN" or noun.dep_ == "conj" else None


def _completed(noun: Token, phrase: Token, slot: str, verb: Token, roles: Mapping[str, tuple[Token, ...]]) -> Roles:
    found = _kept(roles)
    found[slot] = [noun]
    found[phrase.preposition] = [phrase]
    if is_passive(verb) and phrase.preposition == "by":
        found["subj"] = [phrase]
    return _filled(found)


def _kept(roles: Mapping[str, tuple[Token, ...]]) -> Roles:
    return {name: list(roles[name]) for name in _KEPT if name in roles}


def _filled(roles: Roles) -> Roles:
    inside_object(roles)
    return roles
