"""Datelines are no part of what a report says."""

from __future__ import annotations

import pytest

from extract import datelines
from extract.model import Claim, Document
from extract.pipeline import extract

REPORT = "Kneron, Inc., a developer of edge AI chips, today announced its KL730 processor."


@pytest.mark.parametrize(
    "dateline",
    [
        "SAN JOSE, Calif., Nov. 3, 2025 /PRNewswire/ -- ",
        "SAN JOSE, Calif.--(BUSINESS WIRE)--",
        "Santa Clara, Calif., November 3, 2025 \u2014 ",
        "HSINCHU, Taiwan (Reuters) - ",
        "Dresden, Germany \u2013 5 May 2025 \u2013 ",
        "AUSTIN, Texas & TAIPEI, Taiwan--(BUSINESS WIRE)-- ",
    ],
)
def test_a_report_begins_behind_its_dateline(dateline: str) -> None:
    assert datelines.length(dateline + REPORT) == len(dateline)


@pytest.mark.parametrize(
    "words",
    [
        "TSMC - the largest foundry - raised prices.",
        "NXP, Infineon - both make sensors.",
        "Santa Clara, California-based Nvidia hired engineers.",
        "Intel, Germany - a subsidiary - was not named.",
    ],
)
def test_a_sentence_with_a_dash_has_no_dateline(words: str) -> None:
    assert datelines.length(words) == 0


def test_evidence_behind_a_dateline_keeps_its_place() -> None:
    text = "TAIPEI, June 3 (Reuters) - MediaTek makes modems."
    claim = next(c for c in extract(Document(text, "example")) if isinstance(c, Claim) and c.relation == "produces")
    assert text[claim.evidence.start : claim.evidence.end] == "MediaTek makes modems."
