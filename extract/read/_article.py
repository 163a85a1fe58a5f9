"""Which blocks of a page are its article: trafilatura says what the text is, the page keeps its order and structure."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from extract.read._metadata import Head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.read._elements import Block

_WORD = re.compile(r"\w+")
_RUN = 4  # words; shorter blocks say too little to be looked for
_MOST = 0.6  # the part of a block's runs that must stand in the article
_LEAST = 200  # characters of an article; with less, the page is taken whole


def told(page: str) -> Head:
    """What trafilatura finds on a page: the text of its article, and what the page says of itself.

    Dates come from the page's metadata and marks alone, and are never guessed from its text.
    """
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or isinstance(found, dict):  # nothing found; it is a dict on request alone
        return Head("")
    return Head(found.text or "", found.title, found.sitename, found.author, found.date, found.url)


def of_article(blocks: Sequence[Block], text: str) -> list[Block]:
    """The blocks whose words stand in the text of the article, headings above them, lists and tables whole.

    blocks: sequence of Block, of the page; text: str, of the article as trafilatura has it. Where that is next to
    nothing, the blocks inside of the page's article or main part, or all.
    """
    if len(text) < _LEAST:
        return [block for block in blocks if block.inside] or list(blocks)
    runs = frozenset(run for line in text.split("\n") for run in _runs(_words(line)))
    groups = [list(same) for _, same in groupby(blocks, key=lambda b: (b.group, b.group or id(b)))]
    wanted = _decided([group for group in groups if group[0].kind != "head"], runs)
    kept: list[Block] = []
    level = 0  # of the block that follows: 0 where it is left out, 9 for running text, else that of a heading
    for group in reversed(groups):
        first = group[0]
        if first.kind == "head":
            own = len(first.text) - len(first.text.lstrip("#"))
            level = own if level > own else 0
        else:
            level = 9 * wanted.pop()
        if level:
            kept.extend(reversed(group))
    return _without_quotes(kept[::-1])


def _decided(groups: Sequence[Sequence[Block]], runs: frozenset[str]) -> list[bool]:
    """Whether each paragraph, list and table belongs to the article.

    One of a few words, which stand in many a text, needs a following one that does; a list or table that is no menu
    belongs to it between two that do, as trafilatura passes over some.
    """
    found = [_stands_in(group, runs) for group in groups]
    for at in reversed(range(len(groups))):
        group, after = groups[at], found[at + 1] if at + 1 < len(found) else False
        if not group[0].group and (group[0].linked or len(_words(group[0].text)) < _RUN):
            found[at] = found[at] and after and not group[0].linked
        elif group[0].group and after and at and found[at - 1]:
            found[at] = found[at] or sum(block.linked for block in group) * 2 < len(group)
    return found


def _stands_in(group: Sequence[Block], runs: frozenset[str]) -> bool:
    own = [run for block in group for run in _runs(_words(block.text))]
    return sum(run in runs for run in own) >= _MOST * len(own)


def _without_quotes(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without those that only repeat words of another, as quotes set large do."""
    texts = [f" {' '.join(_words(block.text))} " for block in blocks]
    return [
        block
        for block, words in zip(blocks, texts, strict=True)
        if block.kind or len(words) < 40 or not any(words in other and words != other for other in texts)
    ]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _runs(words: Sequence[str]) -> list[str]:
    """The runs of words in a block or a line; all of them where they are few."""
    return [" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))]
