"""Predicates with their arguments, whatever the sentence's surface: the layer that relation rules are written on.

A UD tree says the same thing in many shapes. `frame` gives each trigger word (verb, noun or adjective) its arguments
by role: `subj`, `obj`, `is` (whom a noun describes), `with`, `of`. `extract.role_names` tells what the roles are,
`extract.verb_roles` and `extract.noun_roles` fill them, `extract.clauses` holds the questions that this takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.clauses import (
    agents,
    conjuncts,
    doers,
    holders,
    is_passive,
    particle,
    surface_subjects,
)
from extract.gapping import gapped
from extract.noun_roles import of_noun
from extract.verb_roles import of_verb

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract.phrases import Roles
    from extract.tree import Token

__all__ = [
    "Frame",
    "agents",
    "conjuncts",
    "doers",
    "frame",
    "gapped_frames",
    "holders",
    "is_passive",
    "particle",
    "surface_subjects",
]


@dataclass(frozen=True, slots=True)
class Frame:
    """A trigger word with its arguments by role; each is the head of a phrase, conjuncts not yet spread.

    trigger: the word; kind: "verb", "noun", "adj" or "surface" (no tree was asked); roles: role -> heads; carrier: the
    verb that a noun depends on for its arguments, such as "sign" in "sign a deal", or None.
    """

    trigger: Token
    kind: str
    roles: Mapping[str, tuple[Token, ...]]
    carrier: Token | None = None

    def get(self, role: str) -> tuple[Token, ...]:
        """The arguments in a role; none where the role is empty."""
        return self.roles.get(role, ())


def frame(token: Token) -> Frame:
    """The predicate that a token stands for, with its arguments."""
    # A number heads no clause, but it may head a name: "Fab 22".
    kind = "noun" if token.pos_ in ("NOUN", "PROPN", "NUM") else "adj" if token.pos_ == "ADJ" else "verb"
    found, carrier = of_noun(token) if kind == "noun" else (of_verb(token), None)
    return Frame(token, kind, _settled(found), carrier)


def gapped_frames(predicate: Frame) -> list[Frame]:
    """The further predicates of a verb that clauses behind its own leave out: "ASE relies on Disco, Amkor on Besi"."""
    if predicate.kind == "noun":
        return []
    return [Frame(predicate.trigger, predicate.kind, _settled(r)) for r in gapped(predicate.trigger, predicate.roles)]


def _settled(roles: Roles) -> dict[str, tuple[Token, ...]]:
    return {role: tuple(dict.fromkeys(tokens)) for role, tokens in roles.items()}
