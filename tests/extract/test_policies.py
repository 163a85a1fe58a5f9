"""Arguments that measures bring with them, read by the whole pipeline."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model import Claim

pytestmark = pytest.mark.language

Claims = Callable[..., list[Claim]]


def _pairs(claims: list[Claim]) -> set[tuple[str, str]]:
    return {(c.subject.label, c.object.label) for c in claims}


def test_the_issuer_restricts_not_the_measure(claims_of: Claims) -> None:
    found = claims_of("India's export controls on gallium and germanium raised prices.", "restricts")
    assert _pairs(found) == {("India", "gallium"), ("India", "germanium")}


def test_a_measure_of_nobody_restricts_itself(claims_of: Claims) -> None:
    found = claims_of("Sanctions against ZTE were lifted.", "restricts")
    assert [(c.subject.mention.lower(), c.object.label) for c in found] == [("sanctions", "ZTE")]


def test_a_reprisal_hits_the_state_named_before(claims_of: Claims) -> None:
    text = "The Netherlands seized the plant, and China retaliated with import controls on Nexperia."
    assert _pairs(claims_of(text, "retaliatesAgainst")) == {("China", "Netherlands")}
    assert ("China", "Nexperia") in _pairs(claims_of(text, "restricts"))


def test_no_reprisal_without_a_state_before(claims_of: Claims) -> None:
    assert claims_of("China retaliated with export controls.", "retaliatesAgainst") == []


def test_a_duty_is_on_whose_goods_it_is_on(claims_of: Claims) -> None:
    text = "The United States imposed tariffs on imports of Japanese goods."
    assert ("United States", "Japan") in _pairs(claims_of(text, "restricts"))


def test_who_asks_for_a_licence_restricts(claims_of: Claims) -> None:
    text = "The US government told Nvidia that exports of AI chips to Iran require a licence."
    assert {("United States", "Iran"), ("United States", "AI chips")} <= _pairs(claims_of(text, "restricts"))


def test_who_joins_in_imposing_imposes(claims_of: Claims) -> None:
    text = "Japan joined the United States in imposing export restrictions on immersion scanners."
    assert {subject for subject, _ in _pairs(claims_of(text, "restricts"))} == {"Japan", "United States"}


def test_a_notice_restricts_the_destination(claims_of: Claims) -> None:
    text = "BIS is adding forty entities to the Entity List under the destination of China."
    assert _pairs(claims_of(text, "restricts")) == {("Bureau of Industry and Security", "China")}
