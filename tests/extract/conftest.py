"""Texts read for the tests of the extraction half: parsed with their mentions, or as the statements they give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from extract.model import Claim, Document, Observation

if TYPE_CHECKING:
    from collections.abc import Callable

    from extract.discourse import Discourse, Reading
    from extract.mentions import Mention
    from extract.tree import Token


@dataclass(frozen=True, slots=True)
class Text:
    """A text as read, with short ways to its words and mentions."""

    discourse: Discourse
    reading: Reading

    def word(self, word: str, nth: int = 0) -> Token:
        """The nth token with this text, over all blocks' last one first."""
        return [t for t in self.reading.doc if t.text == word][nth]

    def mention(self, text: str) -> Mention:
        return next(m for m in self.reading.index.mentions if m.text == text)

    def id_of(self, text: str) -> str:
        """The id of the entity that the mention with this text stands for."""
        return self.discourse.entity(self.reading, self.mention(text)).id

    def reason(self, text: str) -> str:
        """Why the mention with this text was linked as it was."""
        return self.discourse.linker.link(self.reading.doc, self.mention(text), self.reading.index).reason


@pytest.fixture(scope="session")
def text_of() -> Callable[[str], Text]:
    """A text read; the last of its blocks is the one whose words are asked for."""
    from extract.pipeline import read

    def build(text: str) -> Text:
        discourse = read(Document(text, "test"))
        return Text(discourse, discourse.readings[-1])

    return build


@pytest.fixture(scope="session")
def claims_of() -> Callable[..., list[Claim]]:
    """The claims of a text, of one relation where it is named."""
    from extract.pipeline import extract

    def build(text: str, relation: str | None = None, **about: str) -> list[Claim]:
        found = extract(Document(text, "test", **about))
        return [c for c in found if isinstance(c, Claim) and relation in (None, c.relation)]

    return build


@pytest.fixture(scope="session")
def numbers_of() -> Callable[..., list[Observation]]:
    """The observations of a text, in its order."""
    from extract.pipeline import extract

    def build(text: str, **about: str) -> list[Observation]:
        found = [o for o in extract(Document(text, "test", **about)) if isinstance(o, Observation)]
        return sorted(found, key=lambda o: text.find(o.printed))

    return build
