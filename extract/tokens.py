"""Hyphenated words made one word again after parsing: "spin-off", "tie-up", "second-largest".

The treebanks split words at hyphens, so the parser must see them split; rules and lexicons know the whole words.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extract.morphology import known_words, lemma
from extract.tree import Word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Ent = tuple[int, int, str]


def join_hyphenated(words: Sequence[Word], ents: Sequence[Ent]) -> tuple[list[Word], list[Ent]]:
    """The words with those that rules and lexicons know by their hyphen as single ones, and the names among them."""
    joints = dict(_joints(words))
    if not joints:
        return list(words), list(ents)
    places: list[int] = []  # number of a word -> its number afterwards
    joined: list[Word] = []
    for i, word in enumerate(words):
        if i - 1 in joints or i - 2 in joints:
            places.append(len(joined) - 1)
            continue
        places.append(len(joined))
        joined.append(_joined(words, i, joints[i]) if i in joints else word)
    return (
        [word._replace(head=places[word.head]) for word in joined],
        [(places[start], places[end - 1] + 1, label) for start, end, label in ents],
    )


def _joints(words: Sequence[Word]) -> Iterator[tuple[int, str]]:
    """The number of each first part, and the dictionary form of the whole."""
    after = 0
    for i in range(1, len(words) - 1):
        if words[i].text == "-" and not words[i].space and not words[i - 1].space and i > after:
            base = _hyphenated().get(f"{words[i - 1].text}-{words[i + 1].text}".lower())
            if base is not None:
                after = i + 1
                yield i - 1, base


def _joined(words: Sequence[Word], first: int, base: str) -> Word:
    """Three words as one, which hangs where the highest of them hung: any other might hang below the three."""
    parts = words[first : first + 3]
    inside = range(first, first + 3)
    top = words[min(inside, key=lambda i: _depth(words, i))]
    head = first if top.head in inside else top.head
    text = "".join(word.text for word in parts)
    noun = base in known_words("noun")
    pos = "NOUN" if noun else top.pos
    tag = ("NN" if text.lower() == base else "NNS") if noun else top.tag
    return Word(text, parts[-1].space, tag, pos, base, lemma(text, pos, base), top.dep, head, like_num=False)


def _depth(words: Sequence[Word], i: int) -> int:
    depth = 0
    while words[i].head != i:
        i, depth = words[i].head, depth + 1
    return depth


@cache
def _hyphenated() -> dict[str, str]:
    """Form -> dictionary form of the hyphenated words."""
    forms = known_words("verb") | known_words("noun")
    return {form: base for form, base in forms.items() if form.count("-") == 1}
