from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extract.claims_io import dumps
from extract.model import Claim, Document, merge
from extract.pipeline import extract, read
from extract.read import read as read_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.language

TEXT = """Chips in Europe

Infineon supplies power chips to Bosch. The company also supplies sensors to Bosch.

- Bosch sued NXP in 2021.

ASML said it does not sell scanners to SMIC. Infineon supplies power chips to Bosch.
"""


@pytest.fixture
def sample(articles: Path) -> Document:
    return read_file(str(articles / "01-wire-microcontrollers.txt"))


def as_bytes(document: Document) -> str:
    return "\n".join(dumps(s) for s in extract(document))


def test_the_same_document_gives_the_same_bytes(sample: Document) -> None:
    assert as_bytes(sample) == as_bytes(sample) != ""


def test_another_process_gives_the_same_bytes(
    sample: Document, fresh_python: Callable[[str], str], articles: Path
) -> None:
    path = str(articles / "01-wire-microcontrollers.txt")
    program = (
        "from extract.read import read; from extract.pipeline import extract; from extract.claims_io import dumps; "
        "from hashlib import sha256; "
        f"lines = [dumps(s) for s in extract(read({path!r}))]; "
        "print(sha256('\\n'.join(lines).encode()).hexdigest())"
    )
    from hashlib import sha256

    assert fresh_python(program).strip() == sha256(as_bytes(sample).encode()).hexdigest()


def test_what_was_read_before_changes_nothing(sample: Document) -> None:
    alone = as_bytes(Document(TEXT, "test"))
    extract(sample)
    assert as_bytes(Document(TEXT, "test")) == alone


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "---",
        "12345",
        "https://example.org/a",
        "?",
        "a",
        "\u200b",
        "| | |",
        "#",
        "- ",
        "<p></p>",
        "Chips",
    ],
)
def test_a_document_that_says_nothing_gives_nothing(text: str) -> None:
    assert extract(Document(text, "test")) == []


def test_statements_are_merged_and_sorted() -> None:
    found = extract(Document(TEXT, "test"))
    assert found == merge(found)
    assert len({s.id for s in found}) == len(found)
    starts = [s.evidence.start for s in found]
    assert starts == sorted(starts)


def test_a_statement_made_twice_has_both_sentences_as_evidence() -> None:
    claims = [s for s in extract(Document(TEXT, "test")) if isinstance(s, Claim) and s.relation == "suppliesTo"]
    (twice,) = [c for c in claims if c.support]
    assert twice.evidence.text == twice.support[0].text == "Infineon supplies power chips to Bosch."
    assert twice.evidence.start < twice.support[0].start


def test_every_statement_names_its_document_and_its_rule() -> None:
    document = Document(TEXT, "some/where.txt")
    found = extract(document)
    assert {(s.document, s.source) for s in found} == {(document.id, "some/where.txt")}
    assert all(s.rule and 0 < s.confidence <= 1 for s in found)


def test_a_sentence_in_a_table_is_not_read() -> None:
    table = "Shares\n\n| TSMC supplies Apple | 60% |\n|---|---|\n| Intel sues Arm | 5% |"
    assert extract(Document(table, "test")) == []
    assert [r.block.kind.value for r in read(Document(table, "test")).readings] == ["title", "cell", "cell"]


def test_no_claim_ties_an_entity_to_itself() -> None:
    text = "TSMC supplies Taiwan Semiconductor Manufacturing Company. Intel competes with Intel."
    assert [s for s in extract(Document(text, "test")) if isinstance(s, Claim) and s.subject.id == s.object.id] == []


def test_ends_fit_the_relation(sample: Document) -> None:
    from ontology.relations import allows

    claims = [s for s in extract(sample) if isinstance(s, Claim)]
    assert claims
    assert [c for c in claims if not allows(c.relation, c.subject.type, c.object.type)] == []


def test_a_title_tells_what_a_document_is_about() -> None:
    discourse = read(Document("Infineon opens plant\n\nInfineon opened a plant near Bosch.", "test"))
    assert discourse.topic is not None
    assert discourse.topic.id == "infineon"


def test_a_document_of_many_firms_is_about_none() -> None:
    assert read(Document("Infineon met Bosch. NXP met Intel.", "test")).topic is None


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Infineon\n\nHeadquarters: Neubiberg", ("infineon", "headquarteredIn", "neubiberg")),
        ("# NXP\n\n- Operates two fabs in Austin.", ("nxp", "hasFacilityIn", "austin")),
        ("Shares of Soitec (Euronext Paris: SOI) rose.", ("soitec", "listedOn", "euronext-paris")),
    ],
)
def test_profiles_and_tickers(claims_of: Callable[..., list[Claim]], text: str, triple: tuple[str, str, str]) -> None:
    assert triple in [(c.subject.id, c.relation, c.object.id) for c in claims_of(text)]
