"""`chipgraph ask`, on the graph of the invented market."""

from __future__ import annotations

import csv
import io
import json

import pytest

from graph.build import Builder
from graph.example import document, statements


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("graph") / "output"
    with Builder(path) as builder:
        builder.add(document(), statements())
    return path


def test_the_query_the_answer_and_the_sentences_are_printed(chipgraph, folder):
    ran = chipgraph("ask", "-g", folder, "who makes STMicroelectronics' chips?")
    assert (ran.status, ran.err) == (0, "")
    assert "chipgraph query claims --object stmicroelectronics --relation manufacturesFor" in ran.out
    assert "“Hua Hong makes 40 nm microcontrollers for STMicroelectronics.” (Chip Gazette, 2025-01-20)" in ran.out


def test_the_command_that_it_prints_gives_the_same_rows(chipgraph, folder):
    asked = chipgraph("ask", "-g", folder, "--format", "json", "Who are the partners of Hua Hong?")
    command = next(line for line in asked.err.splitlines() if "chipgraph query" in line).split()[1:]
    again = chipgraph(*command, "-g", folder, "--format", "json")
    rows = [json.loads(ran.out)["results"]["bindings"] for ran in (asked, again)]
    extra = {"claim", "sentence", "source"}
    assert [{k: v for k, v in row.items() if k not in extra} for row in rows[0]] == rows[1] != []


def test_other_formats_hold_the_rows_alone_with_their_sentences(chipgraph, folder):
    ran = chipgraph("ask", "-g", folder, "--format", "csv", "Whom does STMicroelectronics supply?")
    (row,) = csv.DictReader(io.StringIO(ran.out))
    assert row["sentence"] == "STMicroelectronics supplies Northwind Motors with microcontrollers."
    assert row["customer_label"] == "Northwind Motors"


def test_no_answer_is_no_denial(chipgraph, folder):
    ran = chipgraph("ask", "-g", folder, "Who owns Huawei?")
    assert ran.status == 0
    assert "That is no denial" in ran.out


def test_a_denial_is_shown_as_one(chipgraph, folder):
    ran = chipgraph("ask", "-g", folder, "Does Hua Hong supply Huawei?")
    assert "supplies Huawei (negated)" in ran.out


def test_what_is_not_understood_says_what_would_be(chipgraph, folder):
    ran = chipgraph("ask", "-g", folder, "Why is the sky blue?")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("I do not understand 'Why is the sky blue?'")
    assert "chipgraph ask --list" in ran.err
    assert "did you mean 'Huawei'" in chipgraph("ask", "-g", folder, "Who supplies Huawie?").err


def test_examples_are_listed_without_a_graph(chipgraph, tmp_path):
    ran = chipgraph("ask", "-g", tmp_path / "none", "--list")
    assert ran.status == 0
    assert "who supplies EUV tools to SMIC?" in ran.out


def test_a_question_is_needed(chipgraph, folder):
    ran = chipgraph("ask", "-g", folder)
    assert ran.status == 2
    assert "--list" in ran.err
