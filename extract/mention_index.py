"""Mentions as data: a stretch of tokens that stands for something, and all those of one text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extract.tree import Token


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of tokens that stands for something.

    start, end: int, token offsets, end exclusive; root: int, index of the head token; type: str, class of the ontology;
    kind: "name", "node", "concept" or "group"; text: str, the words; entries: ids in the registry that go by this name,
    best first.
    """

    start: int
    end: int
    root: int
    type: str
    kind: str
    text: str
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MentionIndex:
    """The mentions of one text, by the token that heads them and by the tokens that names cover."""

    mentions: tuple[Mention, ...]
    by_root: Mapping[int, Mention] = field(default_factory=dict)
    covering: Mapping[int, Mention] = field(default_factory=dict)

    @classmethod
    def of(cls, mentions: Iterable[Mention]) -> MentionIndex:
        """The index of some mentions; outer phrases lose a shared head to nobody, names keep their inner tokens."""
        every = tuple(sorted(mentions, key=lambda m: (m.start, -m.end)))
        by_root: dict[int, Mention] = {}
        covering: dict[int, Mention] = {}
        for mention in sorted(every, key=lambda m: m.end - m.start):
            by_root[mention.root] = mention
            if mention.kind in ("name", "node"):
                covering.update(dict.fromkeys(range(mention.start, mention.end), mention))
        return cls(every, by_root, covering)

    def at(self, token: Token) -> Mention | None:
        """The mention that a token heads, or the name that it is part of."""
        return self.by_root.get(token.i) or self.covering.get(token.i)
