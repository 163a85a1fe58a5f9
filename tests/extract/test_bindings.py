"""Times, sources, shares and sums are bound to the right fact: the cases of `bindings.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from extract.model import Claim, Document, Observation
from extract.pipeline import extract

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.language

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("bindings.toml").read_text("utf-8"))["case"]
NO_ANSWER = {"text", "date", "relation"}


def read(case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in extract(Document(case["text"], "case", date=case.get("date"))):
        by = one.attributed_to.id if one.attributed_to else ""
        if isinstance(one, Claim) and one.relation == case.get("relation"):
            shares = {name: one.qualifiers.get(name, "") for name in ("percent", "amount")}
            yield {"object": one.object.id, "time": one.time or "", "modality": one.modality, "by": by, **shares}
        elif isinstance(one, Observation) and "value" in case:
            what = {"value": one.value, "unit": one.unit, "about": one.about.id}
            yield {**what, "period": one.period or "", "forecast": one.forecast, "by": by}


@pytest.mark.parametrize("case", CASES, ids=[f"{case['text'][:40]}-{at}" for at, case in enumerate(CASES)])
def test_a_binding_is_read(case: dict[str, Any]) -> None:
    wanted = {name: value for name, value in case.items() if name not in NO_ANSWER}
    found = list(read(case))
    assert any(wanted.items() <= one.items() for one in found), found
