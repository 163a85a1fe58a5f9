"""The phrases below a word, which the roles of verbs and of nouns are filled from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.clauses import is_amount

if TYPE_CHECKING:
    from extract.tree import Token

Roles = dict[str, list["Token"]]

# How a word hangs from the noun behind it.
PRENOMINAL = frozenset({"compound", "amod", "nmod:unmarked", "obl:unmarked", "nmod", "nummod", "flat", "advmod"})
_LISTED = ("conj", "appos", "list", "parataxis")


def below(nouns: list[Token]) -> Roles:
    """The phrases behind some nouns, at whatever depth, by their prepositions."""
    found: Roles = {}
    for noun in nouns:
        _inner(noun, found, 0)
    return found


def _inner(noun: Token, found: Roles, depth: int) -> None:
    for child in noun.children:
        if depth < 3 and child.dep_ == "nmod" and child.i > noun.i and (name := child.preposition):
            put(found, name, [child])
            _inner(child, found, depth + 1)


def prenominal(child: Token) -> list[Token]:
    """A word before a noun with the words before it that belong to it."""
    if child.tag_ == "VBN":
        return [child]  # "a Chinese-owned chipmaker" is not a Chinese one
    return [child, *(t for c in child.children if c.dep_ in PRENOMINAL and c.i < child.i for t in prenominal(c))]


def further_amounts(head: Token) -> list[Token]:
    """The other amounts of a list, each with its receiver: "$6.6 billion to TSMC, $4.7 billion to Samsung"."""
    listed = [c for c in head.children if c.i > head.i and c.dep_ in _LISTED and is_amount(c)]
    return [amount for c in listed for amount in (c, *further_amounts(c))]


def put(roles: Roles, role: str, tokens: list[Token]) -> None:
    """Adds to what fills a role; a role that nothing fills is not made."""
    if tokens:
        roles.setdefault(role, []).extend(tokens)
