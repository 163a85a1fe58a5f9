"""Frames over trees drawn by hand, so that they do not depend on how well a parser reads."""

from __future__ import annotations

import pytest

from extract.morphology import lemma
from extract.syntax import agents, conjuncts, frame, holders, is_passive, particle, surface_subjects
from extract.tree import Token, Tree, Word

# word, tag, class, head (from 0), arc
Row = tuple[str, str, str, int, str]

ACTIVE: list[Row] = [
    ("TSMC", "NNP", "PROPN", 1, "nsubj"),
    ("supplies", "VBZ", "VERB", 1, "ROOT"),
    ("chips", "NNS", "NOUN", 1, "obj"),
    ("to", "IN", "ADP", 4, "case"),
    ("Apple", "NNP", "PROPN", 1, "obl"),
    ("and", "CC", "CCONJ", 6, "cc"),
    ("Sony", "NNP", "PROPN", 4, "conj"),
    (".", ".", "PUNCT", 1, "punct"),
]
PASSIVE: list[Row] = [
    ("Arm", "NNP", "PROPN", 2, "nsubj:pass"),
    ("was", "VBD", "AUX", 2, "aux:pass"),
    ("bought", "VBN", "VERB", 2, "ROOT"),
    ("by", "IN", "ADP", 4, "case"),
    ("SoftBank", "NNP", "PROPN", 2, "obl:agent"),
]
# "chips that TSMC makes"
RELATIVE: list[Row] = [
    ("Apple", "NNP", "PROPN", 1, "nsubj"),
    ("sells", "VBZ", "VERB", 1, "ROOT"),
    ("chips", "NNS", "NOUN", 1, "obj"),
    ("that", "WDT", "PRON", 5, "obj"),
    ("TSMC", "NNP", "PROPN", 5, "nsubj"),
    ("makes", "VBZ", "VERB", 2, "acl:relcl"),
]
# "Intel, which bought Altera, ..."
RELATIVE_SUBJECT: list[Row] = [
    ("Intel", "NNP", "PROPN", 5, "nsubj"),
    (",", ",", "PUNCT", 3, "punct"),
    ("which", "WDT", "PRON", 3, "nsubj"),
    ("bought", "VBD", "VERB", 0, "acl:relcl"),
    ("Altera", "NNP", "PROPN", 3, "obj"),
    ("grew", "VBD", "VERB", 5, "ROOT"),
]
# "NXP plans to build a fab"
CONTROL: list[Row] = [
    ("NXP", "NNP", "PROPN", 1, "nsubj"),
    ("plans", "VBZ", "VERB", 1, "ROOT"),
    ("to", "TO", "PART", 3, "mark"),
    ("build", "VB", "VERB", 1, "xcomp"),
    ("a", "DT", "DET", 5, "det"),
    ("fab", "NN", "NOUN", 3, "obj"),
]
# "Japan ordered Lam to stop sales"
OBJECT_CONTROL: list[Row] = [
    ("Japan", "NNP", "PROPN", 1, "nsubj"),
    ("ordered", "VBD", "VERB", 1, "ROOT"),
    ("Lam", "NNP", "PROPN", 1, "obj"),
    ("to", "TO", "PART", 4, "mark"),
    ("stop", "VB", "VERB", 1, "xcomp"),
    ("sales", "NNS", "NOUN", 4, "obj"),
]
# "Bosch signed a deal with Wolfspeed"
LIGHT: list[Row] = [
    ("Bosch", "NNP", "PROPN", 1, "nsubj"),
    ("signed", "VBD", "VERB", 1, "ROOT"),
    ("a", "DT", "DET", 3, "det"),
    ("deal", "NN", "NOUN", 1, "obj"),
    ("with", "IN", "ADP", 5, "case"),
    ("Wolfspeed", "NNP", "PROPN", 1, "obl"),
]
# "Entegris is a supplier of TSMC"
COPULA: list[Row] = [
    ("Entegris", "NNP", "PROPN", 3, "nsubj"),
    ("is", "VBZ", "AUX", 3, "cop"),
    ("a", "DT", "DET", 3, "det"),
    ("supplier", "NN", "NOUN", 3, "ROOT"),
    ("of", "IN", "ADP", 5, "case"),
    ("TSMC", "NNP", "PROPN", 3, "nmod"),
]
# "Nvidia's takeover of Arm"
POSSESSIVE: list[Row] = [
    ("Nvidia", "NNP", "PROPN", 2, "nmod:poss"),
    ("'s", "POS", "PART", 0, "case"),
    ("takeover", "NN", "NOUN", 2, "ROOT"),
    ("of", "IN", "ADP", 4, "case"),
    ("Arm", "NNP", "PROPN", 2, "nmod"),
]
# "Rohm designs and sells chips"
SHARED: list[Row] = [
    ("Rohm", "NNP", "PROPN", 1, "nsubj"),
    ("designs", "VBZ", "VERB", 1, "ROOT"),
    ("and", "CC", "CCONJ", 3, "cc"),
    ("sells", "VBZ", "VERB", 1, "conj"),
    ("chips", "NNS", "NOUN", 3, "obj"),
]
# "Siemens spun off Infineon according to Reuters"
PARTICLE: list[Row] = [
    ("Siemens", "NNP", "PROPN", 1, "nsubj"),
    ("spun", "VBD", "VERB", 1, "ROOT"),
    ("off", "RP", "ADP", 1, "compound:prt"),
    ("Infineon", "NNP", "PROPN", 1, "obj"),
    ("according", "VBG", "VERB", 6, "case"),
    ("to", "IN", "ADP", 4, "fixed"),
    ("Reuters", "NNP", "PROPN", 1, "obl"),
]


def drawn(rows: list[Row]) -> Tree:
    return Tree(
        [
            Word(text, True, tag, pos, text.lower(), lemma(text, pos, text.lower()), dep, head, False)
            for text, tag, pos, head, dep in rows
        ]
    )


def word(rows: list[Row], text: str) -> Token:
    return next(t for t in drawn(rows) if t.text == text)


def roles(rows: list[Row], trigger: str) -> dict[str, list[str]]:
    found = frame(word(rows, trigger)).roles
    return {role: [t.text for t in tokens] for role, tokens in found.items()}


@pytest.mark.parametrize(
    ("rows", "trigger", "wanted"),
    [
        (ACTIVE, "supplies", {"subj": ["TSMC"], "obj": ["chips"], "to": ["Apple"]}),
        (PASSIVE, "bought", {"subj": ["SoftBank"], "obj": ["Arm"], "by": ["SoftBank"]}),
        (RELATIVE, "makes", {"subj": ["TSMC"], "obj": ["chips"]}),
        (RELATIVE_SUBJECT, "bought", {"subj": ["Intel"], "obj": ["Altera"]}),
        (CONTROL, "build", {"subj": ["NXP"], "obj": ["fab"]}),
        (OBJECT_CONTROL, "stop", {"subj": ["Lam"], "obj": ["sales"], "ordered-by": ["Japan"]}),
        (LIGHT, "deal", {"subj": ["Bosch"], "with": ["Wolfspeed"], "self": ["deal"]}),
        (COPULA, "supplier", {"is": ["Entegris"], "of": ["TSMC"], "self": ["supplier"]}),
        (POSSESSIVE, "takeover", {"poss": ["Nvidia"], "of": ["Arm"], "self": ["takeover"]}),
        (SHARED, "sells", {"subj": ["Rohm"], "obj": ["chips"]}),
        (PARTICLE, "spun", {"subj": ["Siemens"], "obj": ["Infineon"], "according_to": ["Reuters"]}),
    ],
    ids=[
        "active",
        "passive",
        "relative",
        "relative-subject",
        "control",
        "object-control",
        "light",
        "copula",
        "possessive",
        "shared",
        "particle",
    ],
)
def test_frame(rows: list[Row], trigger: str, wanted: dict[str, list[str]]) -> None:
    found = roles(rows, trigger)
    assert {role: found.get(role) for role in wanted} == wanted


@pytest.mark.parametrize(("rows", "trigger", "kind"), [(ACTIVE, "supplies", "verb"), (LIGHT, "deal", "noun")])
def test_the_kind_of_a_frame_is_its_word_s_class(rows: list[Row], trigger: str, kind: str) -> None:
    assert frame(word(rows, trigger)).kind == kind


def test_a_noun_knows_the_verb_that_carries_it() -> None:
    carrier = frame(word(LIGHT, "deal")).carrier
    assert carrier is not None
    assert carrier.text == "signed"
    assert frame(word(COPULA, "supplier")).carrier is None


def test_an_empty_role_is_empty() -> None:
    assert frame(word(ACTIVE, "supplies")).get("poss") == ()


def test_conjuncts_are_in_the_order_of_the_text() -> None:
    assert [t.text for t in conjuncts(word(ACTIVE, "Apple"))] == ["Apple", "Sony"]
    assert [t.text for t in conjuncts(word(ACTIVE, "Sony"))] == ["Sony"]


def test_voice() -> None:
    assert is_passive(word(PASSIVE, "bought"))
    assert not is_passive(word(RELATIVE_SUBJECT, "bought"))
    assert not is_passive(word(ACTIVE, "supplies"))
    assert [t.text for t in agents(word(PASSIVE, "bought"))] == ["SoftBank"]


def test_prepositions_and_particles() -> None:
    assert particle(word(PARTICLE, "spun")) == "spin_off"
    assert word(PARTICLE, "Reuters").preposition == "according_to"
    assert word(ACTIVE, "TSMC").preposition == ""


def test_subjects_are_inherited() -> None:
    assert [t.text for t in surface_subjects(word(SHARED, "sells"))] == ["Rohm"]
    assert [t.text for t in surface_subjects(word(CONTROL, "build"))] == ["NXP"]


def test_holders() -> None:
    assert [t.text for t in holders(word(POSSESSIVE, "takeover"))] == ["Nvidia"]
    assert [t.text for t in holders(word(LIGHT, "deal"))] == ["Bosch"]
    assert holders(word(COPULA, "supplier")) == []
