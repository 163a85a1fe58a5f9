from __future__ import annotations

import pytest

from extract.markup import clean

CASES = [
    ("bold", "**TSMC** makes chips", "TSMC makes chips"),
    ("inline tags", "<b>TSMC</b> makes <i>chips</i>", "TSMC makes chips"),
    ("block tags part words", "<p>TSMC</p><p>ASML</p>", "TSMC ASML"),
    ("link", "See [ASML](https://example.org/a_b) ship", "See ASML ship"),
    ("mark inside a link", "See [**ASML**](x) ship", "See ASML ship"),
    ("image", "Before ![a fab](fab.png) after", "Before after"),
    ("address", "Read https://example.org/intel-buys-arm now", "Read now"),
    ("bare address", "Read example.com/intel-buys-arm now", "Read now"),
    ("domain alone stays", "Amazon.com buys chips", "Amazon.com buys chips"),
    ("comment", "Chips<!-- TSMC supplies Apple --> sell", "Chips sell"),
    ("note", "Chips sell.[12] Prices rise.[citation needed]", "Chips sell. Prices rise."),
    ("entities", "AT&amp;T &quot;buys&quot;&nbsp;chips", 'AT&T "buys" chips'),
    ("typographic", "China\u2019s \u201cown\u201d\u00a040\u2011nm", 'China\'s "own" 40-nm'),
    ("white space", "  TSMC \n\t makes  ", "TSMC makes"),
    ("less-than stays", "a yield < 50% and > 20%", "a yield < 50% and > 20%"),
    ("star as times stays", "a 3 * 4 array", "a 3 * 4 array"),
    ("bracketed words stay", "the [sic] chip", "the [sic] chip"),
]


@pytest.mark.parametrize(("text", "wanted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_clean(text: str, wanted: str) -> None:
    assert clean(text).text == wanted


@pytest.mark.parametrize("text", [c[1] for c in CASES], ids=[c[0] for c in CASES])
def test_each_character_is_tied_to_its_place(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.offsets) == len(cleaned.text) + 1
    plain = {"\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2011": "-", "\n": " ", "\t": " "}
    for char, offset in zip(cleaned.text, cleaned.offsets, strict=False):
        assert char == plain.get(text[offset], text[offset]) or text[offset] in "&<![", (char, offset)


def test_a_quote_can_be_found_in_the_document() -> None:
    text = "Now <b>TSMC</b> and [ASML](https://example.org) **grow**."
    cleaned = clean(text)
    start = cleaned.text.index("TSMC")
    a, b = cleaned.original(start, start + len("TSMC and ASML"))
    assert text[a:b] == "TSMC</b> and [ASML"


def test_a_stretch_keeps_the_offsets_of_the_whole() -> None:
    text = "# Heading\n**TSMC** grows"
    cleaned = clean(text, 10, len(text))
    assert cleaned.text == "TSMC grows"
    assert [text[o] for o in cleaned.offsets[:4]] == list("TSMC")


def test_an_empty_stretch_stays_empty() -> None:
    assert clean("TSMC", 2, 2).original(0, 0) == (2, 2)
    assert clean("TSMC grows").original(5, 5) == (5, 5)
