from __future__ import annotations

import pytest

from extract.dates import dates


def values(text: str, anchor: str | None = None) -> list[str]:
    return [d.value for d in dates(text, anchor)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("on 7 March 2025", ["2025-03-07"]),
        ("on the 7th of March, 2025", ["2025-03-07"]),
        ("on March 7th, 2025", ["2025-03-07"]),
        ("on 2025-03-07", ["2025-03-07"]),
        ("Sept. 3, 2024", ["2024-09-03"]),
        ("in October 2024", ["2024-10"]),
        ("in Oct. 2024", ["2024-10"]),
        ("in 2024", ["2024"]),
        ("Q3 2024", ["2024-Q3"]),
        ("the third quarter of 2024", ["2024-Q3"]),
        ("Q1 FY2025", ["2025-Q1"]),
        ("the first half of 2026", ["2026-H1"]),
        ("2H 2026 and H1 2027", ["2026-H2", "2027-H1"]),
        ("from 2021 to 2023", ["2021", "2023"]),
        ("between 2021 and 2023", ["2021", "2023"]),
    ],
)
def test_dates_of_a_text(text: str, wanted: list[str]) -> None:
    assert values(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "2025-13-01",
        "31 February 2025",
        "$2024",
        "2024%",
        "2,024",
        "it makes 2000 wafers",
        "2020 jobs",
        "1999nm",
        "chips may follow",
        "AB2024",
        "20245",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert values(text, "2025-01-01") == []


@pytest.mark.parametrize(
    ("text", "anchor", "wanted"),
    [
        ("It opened last year.", "2024-05-02", ["2023"]),
        ("It opens next year.", "2024", ["2025"]),
        ("It opened last month.", "2024-01-15", ["2023-12"]),
        ("It opens next month.", "2024-12", ["2025-01"]),
        ("It said so yesterday.", "2024-03-01", ["2024-02-29"]),
        ("It said so today.", "2024-03-01", ["2024-03-01"]),
        ("It said so on March 4.", "2024-05-02", ["2024-03-04"]),
        ("It opened last year.", None, []),
        ("It opened last month.", "2024", []),
        ("It said so yesterday.", "2024-03", []),
    ],
)
def test_relative_dates_count_from_the_document(text: str, anchor: str | None, wanted: list[str]) -> None:
    assert values(text, anchor) == wanted


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("by 2027", "by"),
        ("since early 2020", "since"),
        ("in the third quarter of 2024", "in"),
        ("2024 was hard", ""),
        ("By the end of 2026", "by"),
    ],
)
def test_the_word_before_a_date(text: str, lead: str) -> None:
    assert [d.lead for d in dates(text)] == [lead]


def test_a_date_quotes_its_words() -> None:
    text = "ASML shipped it on March 7, 2025, to Intel."
    (date,) = dates(text)
    assert text[date.start : date.end] == "March 7, 2025"
