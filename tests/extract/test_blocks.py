from __future__ import annotations

import pytest

from extract.blocks import Block, Kind, blocks

WRAPPED = """Chip demand cools

Demand for memory chips cooled in the spring, three dealers in Taipei told
a newspaper, and prices of older parts followed within a week or so of the
first reports. TSMC kept its forecast for the year as it was, and so did a
handful of its smaller rivals.

Makers of tools were less sure, the dealers added, and spoke of a pause in
orders for wafers.
"""


def kinds(text: str) -> list[str]:
    return [b.kind.value for b in blocks(text)]


def only(text: str) -> Block:
    (block,) = blocks(text)
    return block


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Chips in Dresden\n\nInfineon opened a fab.", ["title", "paragraph"]),
        ("# Chips\n\n## Fabs\n\nInfineon opened a fab.", ["title", "heading", "paragraph"]),
        ("<h1>Chips</h1>\n<h2>Fabs</h2>\nInfineon opened a fab.", ["title", "heading", "paragraph"]),
        ("Infineon opened a fab.\n\n- Bosch joined it.\n- NXP did not.", ["paragraph", "item", "item"]),
        ("Infineon opened a fab.\n\n1. Bosch joined it.\n2) NXP did not.", ["paragraph", "item", "item"]),
        ("Infineon opened a fab.\n\n<li>Bosch joined it.", ["paragraph", "item"]),
        ("Infineon\n\nHeadquarters: Neubiberg", ["title", "pair"]),
        ("Infineon\n\n**Headquarters:** Neubiberg", ["title", "pair"]),
        ("Shares\n\n| Firm | Share |\n|---|---|\n| TSMC | 60% |", ["title", "row", "cell"]),
        ("Infineon opened a fab.\n\n---\n\n* * *", ["paragraph"]),
        ("", []),
        (" \n\t\n", []),
        ("12345\n\n---", []),
    ],
)
def test_kinds(text: str, wanted: list[str]) -> None:
    assert kinds(text) == wanted


def test_marks_of_a_block_are_no_part_of_it() -> None:
    found = blocks("## Fabs\n\n- Bosch joined it.\n\n3. NXP did not.")
    assert [b.body.text for b in found] == ["Fabs", "Bosch joined it.", "NXP did not."]


def test_a_block_knows_the_heading_above_it() -> None:
    found = blocks("Chips\n\n## Fabs\n\nInfineon opened a fab.\n\n## Tools\n\nASML grew last year.")
    assert [(b.body.text, b.heading) for b in found if b.kind is Kind.PARAGRAPH] == [
        ("Infineon opened a fab.", "Fabs"),
        ("ASML grew last year.", "Tools"),
    ]


def test_a_pair_has_a_key() -> None:
    title, pair = blocks("Infineon\n\n- Key products: power switches, sensors")
    assert title.key is None
    assert (pair.key, pair.body.text) == ("Key products", "Key products: power switches, sensors")


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    found = blocks(WRAPPED)
    assert [b.kind.value for b in found] == ["title", "paragraph", "paragraph"]
    assert "told a newspaper" in found[1].body.text
    assert found[1].body.text.endswith("smaller rivals.")


def test_headlines_of_a_digest_are_not_joined() -> None:
    lines = [
        "Bundeskartellamt looks into Bosch's purchase of a sensor maker",
        "Micron closes its test house in Muar a year early",
        "Seoul weighs a second round of aid for SK hynix suppliers",
        "Okmetic hires forty for its wafer plant in Vantaa",
        "Nexperia sues a former distributor in The Hague court",
    ]
    assert [b.body.text for b in blocks("\n".join(lines))] == lines


def test_long_lines_are_not_joined() -> None:
    first, second = "Infineon opened a fab in Dresden. " * 6, "Bosch did the same a year later. " * 6
    assert [b.body.text for b in blocks(f"{first}\n{second}\n{first}\n{second}")] == [
        t.strip() for t in (first, second, first, second)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "https://example.com/nvidia-buys-arm",
        "<https://example.com/nvidia-buys-arm>",
        "Read more: Nvidia buys Arm",
        "Photo: a TSMC fab",
        "Copyright 2025 Example Press. TSMC is a trademark.",
        "Nvidia and Arm. All rights reserved.",
        "Tags: TSMC, Apple, chips",
        "4 min read",
        "Forward-looking statements involve risks at Intel.",
        "Nothing here is financial advice; it is not investment advice either.",
    ],
)
def test_boilerplate_is_left_out(line: str) -> None:
    text = f"Infineon opened a fab in Dresden in May.\n\n{line}\n\nBosch opened one in June."
    assert [b.body.text for b in blocks(text)] == [
        "Infineon opened a fab in Dresden in May.",
        "Bosch opened one in June.",
    ]


def test_a_list_of_sources_is_left_out_with_its_heading() -> None:
    assert [b.body.text for b in blocks("Infineon opened a fab.\n\nSources\n\nThe Example Post")] == [
        "Infineon opened a fab."
    ]


@pytest.mark.parametrize("heading", ["About the author", "## About the Author", "Author:", "Jo Berg\n\nJo Berg"])
def test_an_author_box_ends_the_document(heading: str) -> None:
    body = "\n\n".join(f"Infineon opened fab {n} in Dresden." for n in range(8))
    found = blocks(f"{body}\n\n{heading}\n\nShe worked for Intel and founded Arm.")
    assert [b.body.text for b in found] == body.split("\n\n")


def test_an_author_line_near_the_top_ends_nothing() -> None:
    body = "\n\n".join(f"Infineon opened fab {n} in Dresden." for n in range(8))
    assert len(blocks(f"Chips\n\nAuthor:\n\n{body}")) >= 9


def test_a_block_quotes_the_document() -> None:
    text = "# Chips\n\n**Infineon** opened a [fab](x).\n"
    block = blocks(text)[1]
    start, end = block.body.original(0, len(block.body.text))
    assert text[start:end] == "Infineon** opened a [fab](x)."


def test_one_line_is_one_block() -> None:
    assert only("TSMC supplies chips to Apple.").kind is Kind.PARAGRAPH


def test_a_table_is_its_cells_with_their_heads() -> None:
    found = blocks("Foundries\n\n| Company | HQ |\n|---|---|\n| TSMC | Hsinchu |\n| UMC | Hsinchu |")
    assert [(b.kind.value, b.key, b.body.text) for b in found[1:]] == [
        ("row", None, "TSMC"),
        ("cell", "HQ", "Hsinchu"),
        ("row", None, "UMC"),
        ("cell", "HQ", "Hsinchu"),
    ]


def test_a_table_of_keys_and_values_has_no_head() -> None:
    found = blocks("Entegris\n\n| Founded | 1966 |\n| Customers | TSMC |")
    assert [(b.key, b.body.text) for b in found[1:]] == [("Founded", "1966"), ("Customers", "TSMC")]
