"""Words joined at their hyphens hang together: whatever the parser found, no word is above itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.tokens import join_hyphenated
from extract.tree import Word


@st.composite
def trees(draw: st.DrawFn) -> list[Word]:
    """Parses of twelve words, "spin-off" twice among them, that hang from each other in any way that is a tree."""
    texts = ["A", "spin", "-", "off", "of", "B", "and", "a", "spin", "-", "off", "ended"]
    order = draw(st.permutations(range(len(texts))))
    heads = {order[0]: order[0]}
    for at in range(1, len(order)):
        heads[order[at]] = order[draw(st.integers(0, at - 1))]
    glued = {1, 2, 8, 9}
    return [
        Word(text, i not in glued, "NN", "NOUN", text, text, "dep", heads[i], like_num=False)
        for i, text in enumerate(texts)
    ]


@given(trees())
def test_no_word_is_above_itself(words: list[Word]) -> None:
    joined, _ = join_hyphenated(words, [])
    assert [word.text for word in joined].count("spin-off") == 2
    for start in range(len(joined)):
        at, steps = start, 0
        while joined[at].head != at:
            at, steps = joined[at].head, steps + 1
            assert steps <= len(joined)
