"""Markup out, offsets kept: the text that the language pipeline reads, each character tied to its place."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

URL = re.compile(
    r"(?:https?://|www\.)\S+|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.(?:com|org|net|io|gov|edu|co|eu|cn)/\S+",
    re.IGNORECASE,
)

_MARKUP = re.compile(
    r"(?P<comment><!--.{0,2000}?-->)"
    r"|(?P<image>!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\))"
    r"|(?P<link>\[(?P<label>[^\]\[\n]{1,300})\]\([^)\n]{0,2000}\))"
    r"|(?P<inline></?(?:a|b|i|em|strong|span|u|sup|sub|code|mark|small)(?:\s[^<>\n]*)?>)"
    r"|(?P<tag></?[a-zA-Z][^<>\n]{0,2000}>)"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});)"
    rf"|(?P<url><?(?:{URL.pattern})>?)"
    r"|(?P<mark>\*\*|__|`+|(?<=\s)\*(?=\S)|(?<=[^\s*])\*(?=[\s.,;:!?)]|$))"
    r"|(?P<note>\[(?:\d{1,3}|citation needed|[a-z]|\d{1,2}(?::\d\d){1,2})\])"
    r"|(?P<wiki>\[\[(?:[^\]\[|\n]{1,200}\|)?|\]\])"
    r"|(?P<nonascii>[\u2018\u2019\u02bc\u201c\u201d\u00a0\u2009\u202f\u2011])",
    re.DOTALL,
)
_PLAIN = str.maketrans("\u2018\u2019\u02bc\u201c\u201d\u00a0\u2009\u202f\u2011", "'''\"\"   -")


@dataclass(frozen=True, slots=True)
class Clean:
    """Text without markup. `offsets[i]` is the place of `text[i]` in the document; one more entry marks the end."""

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The document's offsets of `text[start:end]`; an empty stretch stays empty."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


def clean(text: str, start: int = 0, end: int | None = None) -> Clean:
    """The stretch `text[start:end]` without markup, addresses and typographic quotes.

    >>> clean("<b>ST</b> and [NXP](https://x.io) ship **MCUs**").text
    'ST and NXP ship MCUs'
    """
    end = len(text) if end is None else end
    chars: list[str] = []
    offsets: list[int] = []
    for char, offset in _characters(text, start, end):
        if char.isspace() and (not chars or chars[-1] == " "):
            continue
        chars.append(" " if char.isspace() else char)
        offsets.append(offset)
    while chars and chars[-1] == " ":
        chars.pop()
        offsets.pop()
    return Clean("".join(chars), (*offsets, offsets[-1] + 1 if offsets else start))


def _characters(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    at = start
    for match in _MARKUP.finditer(text, start, end):
        yield from zip(text[at : match.start()], range(at, match.start()), strict=True)
        yield from _kept(text, match, end)
        at = match.end()
    yield from zip(text[at:end], range(at, end), strict=True)


def _kept(text: str, match: re.Match[str], end: int) -> Iterator[tuple[str, int]]:
    kind = match.lastgroup
    if kind == "label" or match["link"]:
        yield from _characters(text, match.start("label"), min(match.end("label"), end))
    elif match["nonascii"]:
        yield match[0].translate(_PLAIN), match.start()
    elif match["entity"]:
        yield from ((char, match.start()) for char in html.unescape(match[0])[:1].translate(_PLAIN))
    elif match["comment"] or match["tag"]:
        yield " ", match.start()
