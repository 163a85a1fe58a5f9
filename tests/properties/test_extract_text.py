"""Laws of what reads raw text, on arbitrary text and on text made of what such text is made of."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from extract.blocks import Kind, blocks
from extract.dates import dates
from extract.markup import clean
from extract.quantities import quantities

PIECES = [
    "<b>",
    "</b>",
    "<p class='x'>",
    "<!--",
    "-->",
    "[",
    "](",
    ")",
    "](https://x.io/a)",
    "![",
    "**",
    "*",
    "`",
    "__",
    "&amp;",
    "&#8217;",
    "&nope;",
    "&#xD800;",
    "&#0;",
    "&lt;",
    "https://example.com/a",
    "www.",
    "[12]",
    "[[",
    "]]",
    "\u2019",
    "\u201c",
    "\u00a0",
    " ",
    "\n",
    "\n\n",
    "\t",
    "\r",
    "# ",
    "## ",
    "- ",
    "1. ",
    "| a | b |",
    "|",
    "---",
    "Key: value",
    "About the author",
    "Author:",
    "Read more",
    "Jo Berg",
    "TSMC",
    "chips",
    ".",
    "?",
    "\U0001f600",
    "\u0301",
    "\ud800",
    "\x00",
    "\u2028",
    "<li>",
    "<h2>",
    "</h2>",
    "all rights reserved.",
]
NUMBERS = [
    "$",
    "US$",
    "\u20ac",
    "NT$",
    "Rs.",
    "5",
    "2024",
    "19",
    "1,000",
    "1,00",
    "17.4",
    ".",
    ",",
    "%",
    " percent",
    " per cent",
    " billion",
    " bn",
    "bn",
    "m",
    " k",
    " crore",
    " yuan",
    " won",
    " wafers",
    " a month",
    " per year",
    " consecutive",
    " months",
    " jobs",
    " ",
    "-",
    "from ",
    "to ",
    "between ",
    "and ",
    "March",
    "May ",
    "Sept. ",
    "7",
    "31",
    "th",
    ", ",
    "Q3 ",
    "Q",
    "H1",
    "2H",
    "FY",
    "first half of ",
    "third quarter of ",
    "last ",
    "next ",
    "year",
    "month",
    "today",
    "yesterday",
    "02-30",
    "2024-02",
    "-30",
    "\u0665",
    "\u00b2",
    "nm",
    "0000",
    "9999",
    "in ",
    "by ",
]

texts = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)
numbers = st.text() | st.lists(st.sampled_from(NUMBERS)).map("".join)
anchors = st.none() | st.sampled_from(["2024", "2024-03", "2024-03-31", "2024-12-01", "2024-01-01", "1950"])


@given(texts)
def test_offsets_are_within_bounds_and_never_fall(text: str) -> None:
    cleaned = clean(text)
    *offsets, end = cleaned.offsets
    assert len(offsets) == len(cleaned.text)
    assert offsets == sorted(set(offsets))
    assert all(0 <= o < len(text) for o in offsets)
    assert end == (offsets[-1] + 1 if offsets else 0)


@given(texts)
def test_clean_text_has_single_blanks_and_none_at_its_ends(text: str) -> None:
    words = clean(text).text
    assert words == words.strip()
    assert not re.search(r"\s{2}|[^\S ]", words)


@given(texts, st.data())
def test_a_stretch_is_cleaned_within_its_bounds(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cleaned = clean(text, start, end)
    assert all(start <= o <= end for o in cleaned.offsets)


@given(texts, st.data())
def test_a_stretch_of_clean_text_has_a_place_in_the_document(text: str, data: st.DataObject) -> None:
    cleaned = clean(text)
    a = data.draw(st.integers(0, len(cleaned.text)))
    b = data.draw(st.integers(a, len(cleaned.text)))
    start, end = cleaned.original(a, b)
    assert 0 <= start <= end <= len(text)
    assert (start == end) is (a == b)


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lo", "N"]), max_size=40))
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert clean(text).text == text


@given(texts)
def test_blocks_lie_in_the_document_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for block in blocks(text):
        start, stop = block.body.original(0, len(block.body.text))
        assert end <= start <= stop <= len(text)
        assert start < stop or block.kind is Kind.ROW  # a row may leave out whom it is about
        end = stop


@given(texts)
def test_blocks_say_something_and_know_their_key(text: str) -> None:
    for block in blocks(text):
        if block.kind in (Kind.ROW, Kind.CELL):
            continue  # a cell may be a bare number, and its key stands in the head of its table
        assert any(c.isalpha() for c in block.body.text)
        assert (block.key is not None) is (block.kind is Kind.PAIR)
        assert block.key is None or block.body.text.startswith(block.key)


@given(numbers, anchors)
def test_dates_quote_the_text_in_its_order(text: str, anchor: str | None) -> None:
    end = 0
    for date in dates(text, anchor):
        assert end <= date.start < date.end <= len(text)
        assert re.fullmatch(r"\d{4}(?:-(?:Q[1-4]|H[12]|\d\d(?:-\d\d)?))?", date.value), date
        assert date.lead == date.lead.lower()
        end = date.end


@given(numbers)
def test_without_a_date_of_the_document_dates_are_a_part_of_those_with_one(text: str) -> None:
    assert set(dates(text)) <= set(dates(text, "2024-03-31"))


@given(numbers)
def test_quantities_quote_the_text_in_its_order(text: str) -> None:
    end = 0
    for quantity in quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end] == quantity.printed
        assert quantity.value >= 0
        assert quantity.unit
        end = quantity.end


@given(st.integers(1, 999), st.sampled_from(["million", "billion", "trillion"]))
def test_a_scaled_sum_is_worth_what_it_says(number: int, scale: str) -> None:
    factor = {"million": 10**6, "billion": 10**9, "trillion": 10**12}[scale]
    assert [q.value for q in quantities(f"It paid ${number} {scale}.")] == [number * factor]
