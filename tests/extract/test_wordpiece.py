"""Pieces of words: whatever the text, they stand where they say and cover every word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.encoder.wordpiece import CAPITALS, DIGITS, SMALL, TITLE, UNKNOWN, pieces

VOCABULARY = {UNKNOWN: 0, "chip": 1, "##s": 2, "##maker": 3, "tsmc": 4, "5": 5, "##nm": 6, "-": 7, "zurich": 8}


def test_longest_pieces_come_first() -> None:
    found = pieces("Chipmakers", VOCABULARY)
    assert found.ids == (1, 3, 2)
    assert found.shapes == (TITLE, TITLE, TITLE)
    assert set(zip(found.starts, found.ends, strict=True)) == {(0, 10)}


def test_shapes_tell_what_small_letters_lose() -> None:
    assert pieces("TSMC chip 5nm Chip", VOCABULARY).shapes == (CAPITALS, SMALL, DIGITS, DIGITS, TITLE)


def test_accents_are_no_other_word() -> None:
    assert pieces("Zürich", VOCABULARY).ids == (8,)


def test_what_no_pieces_make_up_is_unknown() -> None:
    assert pieces("chipx", VOCABULARY).ids == (0,)
    assert pieces("c" * 500, VOCABULARY).ids == (0,)


@given(st.text(max_size=80))
def test_pieces_stand_in_the_text_in_order(text: str) -> None:
    found = pieces(text, VOCABULARY)
    assert len(found.ids) == len(found.shapes) == len(found.starts) == len(found.ends)
    assert list(found.starts) == sorted(found.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))
    covered = {i for start, end in zip(found.starts, found.ends, strict=True) for i in range(start, end)}
    assert all(i in covered for i, character in enumerate(text) if character.isalnum())
