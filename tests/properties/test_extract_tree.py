"""Our trees answer as spaCy's documents do, on any tree, and cut text as they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from extract.tree import Tree, Word

if TYPE_CHECKING:
    from collections.abc import Callable

VOCAB = spacy.blank("en").vocab
WORDS = st.text(alphabet="aB1.$%é-", min_size=1, max_size=4)


@st.composite
def rows(draw: Callable) -> list[tuple[str, bool, int]]:
    """Words with blanks and heads, in trees without crossing arcs."""
    words = draw(st.lists(WORDS, max_size=8))
    heads = list(range(len(words)))

    def hang(low: int, high: int, above: int | None) -> None:
        if low < high:
            top = draw(st.integers(low, high - 1))
            heads[top] = top if above is None else above
            hang(low, top, top)
            hang(top + 1, high, top)

    cut = draw(st.integers(min(1, len(words)), len(words)))
    hang(0, cut, None)
    hang(cut, len(words), None)
    return [(word, draw(st.booleans()), head) for word, head in zip(words, heads, strict=True)]


def ours(given_rows: list[tuple[str, bool, int]]) -> Tree:
    return Tree([Word(text, space, "NN", "NOUN", text, text, "dep", head, False) for text, space, head in given_rows])


def theirs(given_rows: list[tuple[str, bool, int]]) -> Doc:
    words, spaces, heads = zip(*given_rows, strict=True) if given_rows else ((), (), ())
    deps = ["ROOT" if head == i else "dep" for i, head in enumerate(heads)]
    return Doc(VOCAB, words=words, spaces=spaces, heads=heads, deps=deps)


@given(rows())
def test_a_word_knows_its_kin_as_in_spacy(given_rows: list[tuple[str, bool, int]]) -> None:
    for one, other in zip(ours(given_rows), theirs(given_rows), strict=True):
        assert (one.text, one.idx, one.lower_, one.whitespace_) == (
            other.text, other.idx, other.lower_, other.whitespace_,
        )  # fmt: skip
        for kin in ("children", "lefts", "rights", "subtree", "ancestors"):
            assert [t.i for t in getattr(one, kin)] == [t.i for t in getattr(other, kin)], kin
        for kin in ("head", "left_edge", "right_edge"):
            assert getattr(one, kin).i == getattr(other, kin).i, kin
        for trait in ("is_alpha", "is_title", "is_space", "is_punct", "is_currency"):
            assert getattr(one, trait) == bool(getattr(other, trait)), trait


@given(rows())
def test_sentences_are_those_of_spacy(given_rows: list[tuple[str, bool, int]]) -> None:
    one, other = ours(given_rows), theirs(given_rows)
    assert one.text == other.text
    assert [(s.start, s.end) for s in one.sents] == [(s.start, s.end) for s in other.sents]
    assert [t.sent.start for t in one] == [t.sent.start for t in other]


@given(rows().filter(bool), st.data())
def test_a_stretch_is_cut_as_by_spacy(given_rows: list[tuple[str, bool, int]], data: st.DataObject) -> None:
    one, other = ours(given_rows), theirs(given_rows)
    start = data.draw(st.integers(0, len(one) - 1))
    end = data.draw(st.integers(start + 1, len(one)))
    mine, their = one[start:end], other[start:end]
    assert (mine.text, mine.start_char, mine.end_char, mine.root.i) == (
        their.text, their.start_char, their.end_char, their.root.i,
    )  # fmt: skip


@given(rows().filter(bool), st.data(), st.sampled_from(["strict", "contract", "expand"]))
def test_offsets_become_words_as_in_spacy(
    given_rows: list[tuple[str, bool, int]], data: st.DataObject, mode: str
) -> None:
    one, other = ours(given_rows), theirs(given_rows)
    start = data.draw(st.integers(0, len(one.text) - 1))
    end = data.draw(st.integers(start + 1, len(one.text)))
    mine, their = one.char_span(start, end, mode), other.char_span(start, end, alignment_mode=mode)
    assert (None if mine is None else (mine.start, mine.end)) == (None if their is None else (their.start, their.end))
