"""Tables of answers in a notebook: escaped, no more than a reader needs, sentences with room."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from graph.example import market
from graph.markup import table, telling


def test_cells_are_text_and_never_formulas() -> None:
    found = ET.fromstring(table(("who", "what"), [("A & <b>", "$1 of $2")], "one <row>"))
    assert [cell.text for cell in found.iter("td")] == ["A & <b>", "$1 of $2"]
    assert [caption.text for caption in found.iter("caption")] == ["one <row>"]
    assert found.get("class") == "mathjax_ignore tex2jax_ignore"


def test_what_goes_without_saying_is_left_out_and_zero_is_not() -> None:
    columns, rows = telling(
        ("n", "share", "polarity", "modality", "note"),
        [(0, 0.5, "affirmed", "asserted", None), (1_500_000.0, 1.0, "negated", "asserted", False)],
    )
    assert columns == ["n", "share", "polarity"]
    assert rows == [["0", "0.5", ""], ["1,500,000", "1", "negated"]]


def test_claims_show_their_sentences_before_what_is_known_of_the_source() -> None:
    found = ET.fromstring(market().relations("Aster Fab")._repr_html_())
    heads = [head.text for head in found.iter("th")]
    assert heads.index("sentence") < heads.index("publisher")
    assert "subject id" not in heads


def test_an_answer_to_a_question_says_what_was_asked_and_shows_sentences() -> None:
    told = market().ask("Who supplies Aster Fab?")
    shown = told._repr_html_()
    assert "chipgraph query" in shown
    assert "Cedar Gas" in shown
