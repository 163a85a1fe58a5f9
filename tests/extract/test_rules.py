"""Each rule's own examples and near-misses, read by the whole pipeline."""

from __future__ import annotations

import pytest

from extract.model import Claim, Document, Entity
from extract.pipeline import extract
from extract.relations.rules import Rule, rules
from ontology.names import fold
from ontology.registry import load
from ontology.relations import relations

EXAMPLES = [(rule, text) for rule in rules() for text in rule.examples]
MISSES = [(rule, text) for rule in rules() for text in rule.misses]


def _claims(text: str, relation: str) -> list[Claim]:
    found = extract(Document(text, "example"))
    return [s for s in found if isinstance(s, Claim) and s.relation == relation]


def _is(entity: Entity, name: str) -> bool:
    known = {entry.id for entry in load().lookup(name)}
    return entity.id in known or fold(name) in (fold(entity.label), fold(entity.mention))


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{r.id}-{i}" for i, (r, _) in enumerate(EXAMPLES)])
def test_rule_reads_its_example(rule: Rule, example: str) -> None:
    text, _, wanted = example.partition(" => ")
    subject, relation, obj = wanted.split(" | ")
    assert relation == rule.relation
    claims = _claims(text, relation)
    pairs = [(c.subject, c.object) for c in claims]
    if relations()[relation].symmetric:
        pairs += [(o, s) for s, o in pairs]
    assert any(_is(s, subject) and _is(o, obj) for s, o in pairs), [(s.label, o.label) for s, o in pairs]


@pytest.mark.parametrize(("rule", "text"), MISSES, ids=[f"{r.id}-{i}" for i, (r, _) in enumerate(MISSES)])
def test_rule_leaves_its_near_miss(rule: Rule, text: str) -> None:
    assert [(c.subject.label, c.object.label, c.rule) for c in _claims(text, rule.relation)] == []


def test_every_relation_has_rules_with_examples() -> None:
    without = set(relations()) - {rule.relation for rule in rules() if rule.examples}
    assert without == set()


def test_every_rule_has_an_example() -> None:
    assert [rule.id for rule in rules() if not rule.examples] == []
