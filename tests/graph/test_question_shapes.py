"""Questions in plain English: each shape's own examples, what must be refused, and what is made of names."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extract.model import Claim, Document, Entity, Evidence
from graph.catalogue import queries
from graph.example import market
from graph.knowledge import KnowledgeGraph
from graph.questions.chains import LOOK_UPS
from graph.questions.pattern import Choices, Phrase, matches, parsed, words
from graph.questions.reading import NotUnderstood, read
from graph.questions.shapes import check, shapes
from graph.questions.shapes import read as read_shapes
from graph.questions.vocabulary import vocabulary
from graph.results import Table
from ontology.errors import InvalidData
from ontology.registry import load

GROUP = Entity("european-chipmakers", "European chipmakers", "ActorGroup")
WORDINGS = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text(encoding="utf-8"))
ASKED = [wording for part in WORDINGS.values() for wording in part]
EXAMPLES = [(shape, example) for shape in shapes() for example in shape.examples]


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    """A graph that knows everything the examples and wordings name."""
    entries = load().entries
    given = (*(e.gives for _, e in EXAMPLES), *(w.get("gives", {}) for w in ASKED))
    ids = sorted({value for gives in given for value in gives.values() if value in entries})
    known = [Entity(key, entries[key].label, entries[key].type) for key in ids]
    paper = Document("A sentence.", "invented.txt")
    quote = Evidence(0, len(paper.text), paper.text)
    pairs = [(a, known[0]) for a in (*known[1:], GROUP)]
    return KnowledgeGraph.from_claims(
        [Claim(paper.id, paper.source, a, "partnersWith", b, quote, "test") for a, b in pairs], [paper]
    )


@pytest.mark.parametrize(("shape", "example"), EXAMPLES, ids=[example.ask for _, example in EXAMPLES])
def test_each_shape_understands_its_examples(graph, shape, example):
    found = read(example.ask, graph.reader)
    given = {name: meant.value for name, meant in found.given.items()}
    assert (found.shape.query, given) == (shape.query, dict(example.gives) | dict(shape.fixed))


@pytest.mark.parametrize("wording", ASKED, ids=[wording["ask"] for wording in ASKED])
def test_other_wordings_are_read_rightly_or_refused(graph, wording):
    if "query" not in wording:
        with pytest.raises(NotUnderstood):
            read(wording["ask"], graph.reader)
        return
    found = read(wording["ask"], graph.reader)
    given = {name: meant.value for name, meant in found.given.items()}
    assert (found.shape.query, given) == (wording["query"], wording["gives"])


def test_every_named_query_and_look_up_has_a_question():
    assert {shape.query for shape in shapes()} == queries().keys() | LOOK_UPS.keys()


@pytest.mark.parametrize(
    "question",
    [
        "Who does not supply SMIC?",
        "Which companies are not on the Entity List?",
        "Who supplied TSMC in 2019?",
        "Who supplies TSMC except ASML?",
        "Who is the largest supplier of TSMC?",
        "Who are TSMC's most important customers?",
        "Why did China restrict Micron?",
        "Who will supply TSMC?",
        "Who supplies it?",
        "Who supplies us?",
        "How many suppliers does TSMC have?",
        "Is Huawei not on a list?",
        "Did ASML never supply Intel?",
        "What changed since last year?",
        "TSMC",
        "?",
        "",
        "What is the meaning of life?",
    ],
)
def test_what_would_be_answered_for_something_else_is_refused(graph, question):
    with pytest.raises(NotUnderstood) as caught:
        read(question, graph.reader)
    assert str(caught.value)
    assert caught.value.suggestions


def test_a_misspelt_name_is_suggested_and_never_taken(graph):
    with pytest.raises(NotUnderstood, match="No entity is called 'TSMD'; did you mean 'TSMC'"):
        read("Who supplies TSMD?", graph.reader)


def test_a_name_that_the_question_has_is_not_called_misspelt(graph):
    with pytest.raises(NotUnderstood, match="I do not understand 'Who sues Qualcomm and why") as caught:
        read("Who sues Qualcomm and why?", graph.reader)
    assert "Who sues Qualcomm?" in caught.value.suggestions


def test_a_name_of_another_class_is_not_taken(graph):
    with pytest.raises(NotUnderstood, match="Entity List is no actor but of the class restricted-party list"):
        read("Who are the competitors of the Entity List?", graph.reader)


def test_codes_count_in_capitals_alone():
    paper = Document("A sentence.", "invented.txt")
    ends = [Entity("italy", "Italy", "Country"), Entity("intel", "Intel", "Company")]
    quote = Evidence(0, len(paper.text), paper.text)
    graph = KnowledgeGraph.from_claims([Claim(paper.id, paper.source, *(ends[1], "expandsIn", ends[0]), quote, "test")])
    assert read("Who is expanding in IT?", graph.reader).given["where"].value == "italy"
    for question in ("Who is expanding in it?", "Who is expanding in It?"):
        with pytest.raises(NotUnderstood):
            read(question, graph.reader)


def test_words_of_courtesy_and_marks_change_nothing(graph):
    wanted = read("Who supplies TSMC?", graph.reader).given
    for question in (
        "who supplies tsmc",
        "Please tell me who supplies TSMC.",
        "Who supplies “TSMC”?",
        "who  supplies the TSMC",
    ):
        assert read(question, graph.reader).given == wanted


def test_an_answer_brings_its_query_and_its_sentences():
    told = market().ask("Who owns Aster Fab?")
    assert isinstance(told.answer, Table)
    assert told.sparql is not None
    assert told.answer.terms
    for row in told.answer.terms:
        assert all(told.evidence(statement)[0].text for statement in told.behind(row))


def test_the_command_has_the_parameters():
    told = market().ask("Who owns Aster Fab?")
    assert told.command == "chipgraph query ownership --entity aster-fab --side above"


def test_rows_that_are_not_sure_are_counted_and_left_out():
    paper = Document("A sentence.", "invented.txt")
    a, b, c = (Entity(n.casefold(), n, "Company") for n in ("Able", "Baker", "Charlie"))
    quote = Evidence(0, len(paper.text), paper.text)
    said = (paper.id, paper.source)
    claims = [
        Claim(*said, a, "competesWith", b, quote, "test", confidence=0.9),
        Claim(*said, a, "competesWith", c, quote, "test", confidence=0.3),
    ]
    told = KnowledgeGraph.from_claims(claims, [paper]).ask("Who competes with Able?")
    assert isinstance(told.answer, Table)
    assert (told.answer.column("rival_label"), told.unsure) == (["Baker"], 1)


def test_chains_answer_how_two_are_tied():
    told = market().ask("How are Cedar Gas and Birch Devices tied?")
    assert told.command == "chipgraph path cedar-gas birch-devices"
    assert isinstance(told.answer, Table)
    (row,) = told.answer.terms
    assert [claim.relation for claim in told.behind(row)] == ["suppliesTo", "manufacturesFor"]
    exposed = market().ask("How exposed is Elm Motors to Ivy Group?")
    assert isinstance(exposed.answer, Table)
    assert exposed.answer.column("steps") == [3]


def test_a_query_and_a_look_up_of_one_name_are_told_apart():
    told = market().ask("To whom is Elm Motors exposed?")
    assert isinstance(told.answer, Table)
    assert told.command == "chipgraph query exposure --entity elm-motors"
    assert "Aster Fab" in told.answer.column(told.answer.columns[1])


def test_evidence_stands_in_columns_for_programs():
    table = market().ask("Who owns Aster Fab?").with_evidence()
    assert isinstance(table, Table)
    assert table[0]["sentence"] == "Hazel Holdings owns 60 percent of Aster Fab."
    assert table[0]["source"] == "Wafer Weekly, 2024-06-15"


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("who (owns", "lacks a [)]"),
        ("who owns)", "too many"),
        ("who <owns-not> x", "word list lacks"),
        ("a | b", "too many"),
    ],
)
def test_a_broken_pattern_is_refused(pattern, fault):
    with pytest.raises(InvalidData, match=fault):
        parsed(pattern, Choices({}))


def test_a_pattern_takes_all_words_or_nothing():
    pattern = parsed("who [really] (owns|holds) {entity}", Choices({}))
    assert [*matches(pattern, words("Who owns Hua Hong?"))] == [{"entity": (2, 4)}]
    assert not [*matches(pattern, words("And who owns Hua Hong?"))]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('query = "supliers"', "which there is not"),
        ('query = "supplies"\ntakes = { who = "actor" }', "does not take"),
        ('query = "supplies"\ntakes = { product = "gadget" }', "role 'gadget'"),
        ('query = "supplies"\ntakes = { product = "thing" }', "pattern whose slots"),
    ],
)
def test_a_shape_that_does_not_fit_its_query_is_refused(line, fault):
    text = f'[[shape]]\n{line}\npatterns = ["who supplies whom"]\nexamples = []\n'
    with pytest.raises(InvalidData, match=fault):
        check(*read_shapes(text))


@pytest.mark.parametrize("shape", shapes(), ids=[shape.query for shape in shapes()])
def test_each_shape_fits_its_query_and_can_be_read(shape):
    check(shape)
    assert all(phrase.pattern for phrase in shape.patterns)


def test_words_outside_brackets_are_all_that_a_pattern_must_have():
    phrase = Phrase("who [really (and|or) truly] owns <what> {entity}", Choices({}))
    assert phrase.may_take({"who", "owns", "asml"})
    assert not phrase.may_take({"who", "really", "asml"})


def test_verbs_of_relations_can_be_read():
    verbs = (*vocabulary().relations, *vocabulary().inverses)
    assert all(phrase.pattern for _, phrase in verbs)
