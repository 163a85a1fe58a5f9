"""`chipgraph query NAME`: a named query's own options and help, limits, and formats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from chipgraph.cli.query import FORMATS, command
from graph.catalogue import queries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Ask = Callable[..., Ran]

BOMB = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def ask(chipgraph: Callable[..., Ran], folder: Path) -> Ask:
    return lambda *arguments: chipgraph("query", *arguments, "--graph", folder)


def test_each_parameter_is_an_option(ask: Ask):
    ran = ask("evidence-of", "--subject", "hua hong", "--relation", "makes chips for", "--object", "st micro")
    assert ran.status == 0, ran.err
    assert "Hua Hong makes 40 nm microcontrollers" in ran.out
    assert ask("since", "--since", "2030").out.splitlines()[1:] == []


def test_no_parameter_is_called_like_an_option_of_all_queries():
    own = {name for p in command.params if p.name != "entity" for name in (p.name, *p.opts, *p.secondary_opts)}
    taken = {p.name for query in queries().values() for p in query.parameters}
    assert taken & {name.lstrip("-").replace("-", "_") for name in own if name} == set()


@pytest.mark.parametrize("name", sorted(queries()))
def test_help_has_all_that_the_header_says(ask: Ask, name: str):
    query = queries()[name]
    ran = ask(name, "--help")
    words = " ".join(ran.out.split())
    assert ran.status == 0
    for said in (query.title, query.answers, *(c.meaning for c in query.columns), f"chipgraph query {name}"):
        assert " ".join(said.split()) in words
    assert all(f"--{p.name} " in ran.out and p.meaning in words for p in query.parameters)


def test_the_help_of_all_queries_is_still_there(ask: Ask):
    assert "NAME[:KIND]=VALUE" in ask("--help").out


def test_the_examples_in_the_help_are_taken(ask: Ask):
    assert ask("partners-of", "--entity", "Hua Hong").status == 0
    assert "no such option" in ask("partners-of", "--entty", "x").err.casefold()


def test_shown_sparql_is_whole(ask: Ask):
    shown = ask("partners-of", "--entity", "Hua Hong", "--show").out
    assert "PREFIX ck: <" in shown
    assert "$entity" not in shown
    again = re.sub(r"PREFIX \w+: <[^>]*>\n", "", shown)
    assert ask(again).out == ask("partners-of", "--entity", "Hua Hong").out


def test_a_file_of_ones_own_has_options_and_help(ask: Ask, tmp_path: Path):
    file = tmp_path / "mine.rq"
    file.write_text(
        "# title: Mine\n# theme: Own\n# answers: What I ask.\n# parameter: who entity - whom I mean\n"
        "# column: name - its name\nSELECT ?name { $who rdfs:label ?name }\n",
        encoding="utf-8",
    )
    assert ask(file, "--who", "st micro").out == "name\r\nSTMicroelectronics\r\n"
    assert "--who NAME" in ask(file, "--help").out


def test_parameters_of_plain_queries_have_kinds(ask: Ask):
    text = "SELECT ?name { $who rdfs:label ?name FILTER($n > 1) }"
    ran = ask(text, "--param", "who:entity=st micro", "--param", "n=2")
    assert ran.out == "name\r\nSTMicroelectronics\r\n"
    assert "no kind 'thing'" in ask(text, "--param", "who:thing=x").err


def test_limits_are_one_sentence(ask: Ask):
    slow = ask(BOMB, "--timeout", "0.5")
    assert (slow.status, slow.out) == (2, "")
    assert slow.err == "The query took over 0.5 s and was stopped: make it narrower or allow more time.\n"
    long = ask("SELECT * { ?s ?p ?o }", "--max-rows", "5")
    assert (long.status, long.out) == (2, "")
    assert long.err.startswith("The answer has over 5 rows")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_of_a_table_or_of_a_graph(ask: Ask, form: str):
    table = ask("SELECT ?name { cr:huawei rdfs:label ?name }", "--format", form)
    graph = ask("neighbourhood", "--entity", "Hua Hong", "--format", form)
    assert 0 in (table.status, graph.status)
    assert ("Huawei" in table.out, "STMicroelectronics" in graph.out) == (table.status == 0, graph.status == 0)


def test_tables_show_names_or_ids(ask: Ask):
    names = ask("partners-of", "--entity", "Hua Hong", "--format", "table").out
    assert "makes chips for" in names
    assert "other_label" not in names
    assert "ck:manufacturesFor" in ask("partners-of", "--entity", "Hua Hong", "--format", "table", "--ids").out


def test_service_is_off_unless_allowed(ask: Ask):
    text = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"
    assert "SERVICE is not allowed" in ask(text).err
    allowed = ask(text, "--allow-service")
    assert allowed.status == 2
    assert "cannot be answered" in allowed.err


def test_a_query_loads_neither_spacy_nor_rdflib(folder: Path, fresh_python: Callable[[str], str]):
    program = (
        "import sys; from chipgraph.__main__ import main; "
        f"main(['query', 'partners-of', '--entity', 'Hua Hong', '-g', {str(folder)!r}]); "
        "print(sorted({'spacy', 'rdflib', 'networkx', 'pandas', 'rich'} & sys.modules.keys()))"
    )
    assert fresh_python(program).splitlines()[-1] == "[]"
