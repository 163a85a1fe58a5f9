"""Names of firms that are rivers, fruits, units, people and plain words too: 226 sentences, half mean the firm.

The second half of the file, from "Loggers cleared" on, was written before it was seen what the lists miss in it: then
88 of its 105 were right, and 61 before there was a module for namesakes at all.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extract.namesakes import misleads
from ontology import registry
from ontology.additions import extended

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.language

# What neither words nor tree tell: a verb that looks like a noun, a noun that firms have too, a verb missed.
MISSED = {
    "Rain from the Amazon waters the farms of the south.",
    "Continental rivals lag behind Taiwan.",
    "Substrate costs rose by a tenth.",
    "Etched surfaces scatter light.",
}


def test_firms_are_told_from_their_namesakes(text_of: Callable) -> None:
    with (Path(__file__).parent / "namesakes.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    firms = sum(row["means"] != "-" for row in rows)
    assert len(rows) > 200
    assert min(firms, len(rows) - firms) > 100
    assert {row["sentence"] for row in rows if not _is_right(text_of, row)} == MISSED


def _is_right(text_of: Callable, row: dict[str, str]) -> bool:
    read = text_of(row["sentence"])
    named = [m for m in read.reading.index.mentions if m.kind == "name" and row["name"].lower() in m.text.lower()]
    found = {read.discourse.entity(read.reading, mention).id for mention in named}
    if row["means"] != "-":
        return row["means"] in found
    bearers = {e.id for e in registry.load().entries.values() if any(n.text == row["name"] for n in e.names)}
    return not found & bearers


def test_a_user_s_row_says_what_misleads(tmp_path: Path) -> None:
    """The columns are the user's too: their firm Veld is no field of grass."""
    file = tmp_path / "mine.csv"
    file.write_text("id,label,type,not_before,not_after\nveld,Veld,Company,grass|-fire,open\n", encoding="utf-8")
    entry = extended(registry.load(), [file]).entries["veld"]
    texts = [
        "Veld sells chips.",
        "Veld grasses burn.",
        "Veld-fires burn.",
        "The open Veld burns.",
        "Veld, grass and sun.",
    ]
    places = [(text, text.index("Veld")) for text in texts]
    assert [misleads(text, at, at + 4, entry) for text, at in places] == [False, True, True, True, False]


def test_a_ticker_in_small_letters_is_no_firm(text_of: Callable) -> None:
    """WOLF is Wolfspeed's ticker; a man called Wolf is not Wolfspeed."""
    read = text_of("Martin Wolf wrote of chips. Wolf was cautious.")
    ids = {read.discourse.entity(read.reading, m).id for m in read.reading.index.mentions if m.kind == "name"}
    assert "wolfspeed" not in ids


def test_a_description_before_a_known_name_is_none_of_it(text_of: Callable) -> None:
    assert text_of("Rival Coherent makes lasers in Sherman.").id_of("Coherent") == "coherent"
