from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from extract.language import PIPELINE, load
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from spacy.tokens import Doc

pytestmark = pytest.mark.language

FLOORS = {"uas": 85.0, "las": 81.5, "tag": 93.5, "lemma": 95.5, "sents_f": 84.0, "token_acc": 98.0}


def arcs(text: str) -> set[tuple[str, str, str]]:
    """The sentence's arcs: word, label, head."""
    return {(token.text, token.dep_, token.head.text) for token in load()(text)}


def words(text: str) -> list[str]:
    return [token.text for token in load().make_doc(text)]


def names(text: str) -> dict[str, str]:
    return {entity.text: entity.label_ for entity in load()(text).ents}


def test_the_pipeline_is_read_once() -> None:
    assert load() is load()


def test_importing_the_package_does_not_import_spacy(fresh_python: Callable[[str], str]) -> None:
    assert fresh_python("import sys, extract.language; print('spacy' in sys.modules)").strip() == "False"


def test_a_missing_pipeline_says_what_where_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InvalidData) as caught:
        load.__wrapped__(tmp_path / "nothing")
    assert (
        str(caught.value) == f"No language pipeline is in {tmp_path / 'nothing'}; train it with `make train-language`."
    )


def test_the_folder_is_of_the_agreed_size() -> None:
    size = sum(file.stat().st_size for file in PIPELINE.rglob("*") if file.is_file())
    assert 12_000_000 < size < 40_000_000


def test_meta_data_name_licence_and_sources() -> None:
    meta = json.loads((PIPELINE / "meta.json").read_text(encoding="utf-8"))
    assert meta["license"] == "CC BY-SA 4.0"
    licences = {source["name"].split()[0]: source["licence"] for source in meta["sources"]}
    assert licences["UD_English-EWT"] == licences["UNER_English-EWT"] == "CC BY-SA 4.0"
    assert licences["UD_English-GUM"] == licences["WNUT"] == "CC BY 4.0"
    assert licences["CrossNER"] == "MIT"


@pytest.mark.parametrize("measure", sorted(FLOORS))
def test_recorded_scores_keep_their_floors(measure: str) -> None:
    meta = json.loads((PIPELINE / "meta.json").read_text(encoding="utf-8"))
    assert meta["performance"]["dev"]["joint"][measure] >= FLOORS[measure]


def test_no_path_of_the_training_machine_is_left() -> None:
    config = load().config
    assert config["paths"] == {}
    assert config["initialize"].get("vectors") is None


def test_the_vocabulary_holds_no_text_of_the_treebanks() -> None:
    strings = json.loads((PIPELINE / "vocab" / "strings.json").read_text(encoding="utf-8"))
    assert len(strings) < 8_000
    assert not [text for text in strings if len(text.split()) > 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TSMC supplies chips to Apple.", {("TSMC", "nsubj", "supplies"), ("chips", "obj", "supplies")}),
        ("The plant was sold by Intel.", {("plant", "nsubj:pass", "sold"), ("Intel", "obl:agent", "sold")}),
        ("The deal was blocked by the government.", {("government", "obl:agent", "blocked")}),
        ("We met Wolfspeed, a maker of wafers, in May.", {("maker", "appos", "Wolfspeed")}),
        ("Bosch and Infineon build a plant.", {("Bosch", "nsubj", "build"), ("Infineon", "conj", "Bosch")}),
        ("Samsung did not open the factory.", {("Samsung", "nsubj", "open"), ("not", "advmod", "open")}),
        ("Intel plans to build a fab in Ohio.", {("Intel", "nsubj", "plans"), ("build", "xcomp", "plans")}),
        ("ASML's customers include Samsung.", {("ASML", "nmod:poss", "customers"), ("Samsung", "obj", "include")}),
        ("The company that makes the chips is small.", {("makes", "acl:relcl", "company")}),
    ],
)
def test_plain_structures(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= arcs(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NXP: Announced plans to expand in China", {("NXP", "nsubj", "Announced"), ("plans", "obj", "Announced")}),
        ("- Infineon opened a fab", {("Infineon", "nsubj", "opened"), ("fab", "obj", "opened")}),
        ("Micron opened a plant in Japan", {("Micron", "nsubj", "opened"), ("plant", "obj", "opened")}),
        ("CHINA BANS GALLIUM EXPORTS", {("CHINA", "nsubj", "BANS"), ("EXPORTS", "obj", "BANS")}),
        ("Intel Buys Israeli Chipmaker", {("Intel", "nsubj", "Buys"), ("Chipmaker", "obj", "Buys")}),
        ("Opened a plant in Dresden", {("plant", "obj", "Opened")}),
        ("Qualcomm licenses technology from Arm", {("Qualcomm", "nsubj", "licenses")}),
        ("SMIC doesn’t own ASML’s tools.", {("SMIC", "nsubj", "own"), ("tools", "obj", "own")}),
        ("intel buys chips from tsmc", {("chips", "obj", "buys")}),
    ],
)
def test_headlines_headings_and_lists(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert expected <= arcs(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40nm 5-nm 7-nanometer", ["40", "nm", "5", "-", "nm", "7", "-", "nanometer"]),
        ("a 300mm EUV line, N3E", ["a", "300", "mm", "EUV", "line", ",", "N3E"]),
        ("$159.5 billion, ¥1,135.16", ["$", "159.5", "billion", ",", "¥", "1,135.16"]),
        ("U.S.-China trade", ["U.S.", "-", "China", "trade"]),
        ("the U.S. said.", ["the", "U.S.", "said", "."]),
        ("year-on-year 10-year", ["year", "-", "on", "-", "year", "10", "-", "year"]),
        ("state-of-the-art", ["state", "-", "of", "-", "the", "-", "art"]),
        ("non-binding co-founder", ["non-binding", "co-founder"]),
        ("“TSMC’s” don’t", ["“", "TSMC", "’s", "”", "do", "n’t"]),
        ("STMicroelectronics", ["STMicroelectronics"]),
        ("the 9000S.", ["the", "9000S", "."]),
        ("€5bn 2019–2024", ["€", "5", "bn", "2019", "–", "2024"]),
        ("Sony Corp.—said", ["Sony", "Corp.", "—", "said"]),
    ],
)
def test_word_division(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Intel bought two companies.", "bought", "buy"),
        ("The chips were shipped.", "chips", "chip"),
        ("It has better factories.", "factories", "factory"),
        ("Micron is announcing a plan.", "announcing", "announce"),
        ("Huawei was barred from the market.", "barred", "bar"),
        ("JAPAN RESTRICTS EXPORTS OF CHEMICALS", "RESTRICTS", "restrict"),
        ("JAPAN RESTRICTS EXPORTS OF CHEMICALS", "EXPORTS", "export"),
    ],
)
def test_lemmas(text: str, word: str, lemma: str) -> None:
    assert {token.text: token.lemma_ for token in load()(text)}[word] == lemma


def test_sentences_end_at_full_stops_and_blank_lines() -> None:
    text = "Outlook for chips\n\nIntel cut jobs. It will close a U.S. plant in May. Sales fell 3.5%."
    assert [sentence.text.strip() for sentence in load()(text).sents] == [
        "Outlook for chips",
        "Intel cut jobs.",
        "It will close a U.S. plant in May.",
        "Sales fell 3.5%.",
    ]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Norvik Semiconductor named Lena Horvat as chief executive.", "Norvik Semiconductor", "ORG"),
        ("Norvik Semiconductor named Lena Horvat as chief executive.", "Lena Horvat", "PERSON"),
        ("Intel will build a plant in Germany.", "Germany", "PLACE"),
        ("Huawei launched the Kirin 9000S.", "Kirin 9000S", "PRODUCT"),
        ("The Snapdragon 875 is made by Samsung.", "Snapdragon 875", "PRODUCT"),
    ],
)
def test_names_that_no_list_knows(text: str, name: str, label: str) -> None:
    assert names(text).get(name) == label


def test_the_same_text_gives_the_same_parse() -> None:
    text = "ASML ships lithography machines to fabs in Taiwan and Korea."

    def parse() -> list[tuple[str, str, int]]:
        doc: Doc = load()(text)
        return [(token.tag_, token.dep_, token.head.i) for token in doc]

    assert parse() == parse()
