"""What `chipgraph explain` makes of a claim's reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from chipgraph.cli._reasons import ends, found_by, sourced
from chipgraph.cli.explain import _find, _marked
from extract.model import Claim, Entity, Evidence
from extract.relations.rules import rules
from graph.claims import Passage, Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "With wafers it may supply TSMC."
ENDS = Entity("globalwafers", "GlobalWafers", "Company", "GlobalWafers"), Entity("tsmc", "TSMC", "Company", "TSMC")


def claim(rule: str = "suppliesTo.verb-to", **reasons: str) -> Claim:
    return Claim("d", "s", ENDS[0], "suppliesTo", ENDS[1], Evidence(100, 131, TEXT), rule, reasons=reasons)


def marked(of: Claim, start: int = 100) -> str:
    return _marked(Passage(Source("d", ("s",)), start, start + len(TEXT), TEXT), of).plain


def test_a_pronoun_is_marked_where_it_stands() -> None:
    why = {"trigger": "supply", "places": "subject 112-114; trigger 119-125; object 126-130"}
    assert marked(claim(**why)) == "“With wafers [subject: it] may [trigger: supply] [object: TSMC].”"


def test_places_in_another_passage_mark_nothing_here() -> None:
    why = {"trigger": "supply", "places": "subject 112-114; trigger 119-125; object 126-130"}
    assert marked(claim(**why), start=500) == "“With wafers it may [trigger: supply] [object: TSMC].”"


def test_a_trigger_inside_an_end_is_not_marked_twice() -> None:
    assert marked(claim(trigger="TSMC", places="trigger 126-130")) == "“With wafers it may supply [object: TSMC].”"


def test_words_are_found_as_words() -> None:
    assert _find("it", "with it") == (5, 7)
    assert _find("it", "with") is _find("", "with") is None


def test_places_that_are_none_are_passed_over() -> None:
    assert claim(places="subject 1-x; object; trigger 3-4").places == {"trigger": (3, 4)}
    assert claim().places == {}


@pytest.mark.parametrize(
    ("reason", "words", "wanted"),
    [
        ("coreference; alias", "The company", "‘The company’ → GlobalWafers: coreference"),
        ("name; acronym", "GW", "‘GW’ → GlobalWafers: named in the sentence; an acronym"),
        ("topic; alias", None, "GlobalWafers: not named here"),
        ("name", "GlobalWafers", "‘GlobalWafers’ → GlobalWafers: named in the sentence"),
        ("guess; hunch", "it", "‘it’ → GlobalWafers: guess; hunch"),
    ],
)
def test_an_end_is_explained_in_plain_words(reason: str, words: str | None, wanted: str) -> None:
    why = {"subject": reason, **({"subject words": words} if words else {})}
    ((part, said),) = ends(claim(**why))
    assert part == "subject"
    assert said.startswith(wanted)


def test_the_kind_of_trigger_is_told_for_rules() -> None:
    rule = next(r.id for r in rules() if r.kind == "verb")
    assert dict(found_by(claim(rule, trigger="sells")))["rule"] == f"{rule}, triggered by the verb ‘sells’"
    assert dict(found_by(claim("import.cset"))) == {"rule": "import.cset"}
    assert dict(found_by(claim(**{"found by": "rule and model"})))["found by"] == "rule and model"


def test_a_value_without_words_stands_alone() -> None:
    assert sourced("2024", claim(time="last year"), "time") == "2024, from ‘last year’"
    assert sourced("2024", claim(), "time") == "2024"


def test_explaining_loads_no_spacy(fresh_python: Callable[[str], str], tmp_path: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from graph.build import Builder
from graph.example import document, statements
with Builder(Path({str(tmp_path / "out")!r})) as builder:
    builder.add(document(), statements())
from chipgraph.__main__ import main
assert main(["explain", "--graph", {str(tmp_path / "out")!r}, statements()[0].id]) == 0
print("spacy" in sys.modules)
"""
    assert fresh_python(program).endswith("False\n")
