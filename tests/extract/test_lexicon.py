"""The word lists and rules as data: what the code that reads them takes for granted."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extract import lexicon
from extract.model import Document
from extract.pipeline import read as read_document
from extract.relations.rules import Rule, by_trigger, of_kind, read, rules
from extract.role_names import NAMES
from extract.syntax import frame
from ontology.classes import is_a
from ontology.errors import InvalidData
from ontology.registry import load
from ontology.relations import relations

FOLDER = Path(lexicon.__file__).parent
RULES = FOLDER.parent / "relations" / "rules"
FILES = sorted(f.stem for f in FOLDER.glob("*.toml"))


def lists(value: Any, path: str = "") -> list[tuple[str, list[Any]]]:
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in lists(inner, f"{path}.{key}")]
    return [(path, value)] if isinstance(value, list) else []


WORDS = [(f"{file}{path}", words) for file in FILES for path, words in lists(lexicon.table(file))]
LEMMAS = [(name, words) for name, words in WORDS if not name.endswith(".patterns")]


def test_every_file_is_read() -> None:
    assert set(FILES) >= {"verbs", "nouns", "heads", "factuality", "quantities", "names", "boilerplate", "irregular"}
    assert all(lexicon.table(file) for file in FILES)


def test_lists_hold_words() -> None:
    assert len(WORDS) > 50
    assert [name for name, words in WORDS if not words] == []
    assert [(n, w) for n, words in WORDS for w in words if not isinstance(w, str) or not w or w != w.strip()] == []


# Lists of words that stand in names, as names are written.
PROPER = (
    "coined.families",
    "coined.brands",
    "coined.surnames",
    "coined.tails",
    "coined.numbered",
    "coined.trades",
    "datelines.",
)


def test_lemmas_are_in_small_letters() -> None:
    found = [(n, w) for n, words in LEMMAS for w in words if w != w.lower() and not n.startswith(PROPER)]
    assert found == []


def test_no_lemma_stands_twice_in_a_list() -> None:
    assert [(n, w) for n, words in LEMMAS for w, times in Counter(words).items() if times > 1] == []


@pytest.mark.parametrize("file", ["boilerplate", "names"])
def test_patterns_are_regular_expressions_that_match_no_empty_text(file: str) -> None:
    patterns = [p for _, entry in lists(lexicon.table(file)) for p in entry]
    assert patterns
    assert [p for p in patterns if re.compile(p).search("")] == []


@pytest.mark.parametrize("file", ["heads", "names"])
def test_lists_by_class_name_classes_of_the_ontology(file: str) -> None:
    from ontology.classes import label

    named = [c for c in lexicon.table(file) if c != "NotAName"]
    assert named
    assert all(label(c) for c in named)


def test_business_models_of_descriptions_are_those_of_the_registry() -> None:
    known = {e.id for e in load().entries.values() if e.type == "BusinessModel"}
    asked = {m for models in lexicon.table("descriptions")["business_models"].values() for m in models}
    assert asked <= known


def test_metrics_have_units_that_quantities_have() -> None:
    metrics = lexicon.table("quantities")["metrics"]
    assert {u for m in metrics.values() for u in m["units"]} <= {"money", "percent", "capacity", "count", "months"}
    assert [name for name, m in metrics.items() if not m["cues"]] == []


def test_scales_are_powers_and_currencies_are_codes() -> None:
    table = lexicon.table("quantities")
    assert all(float(v) >= 1000 for v in table["scales"].values())
    assert [c for c in table["currencies"].values() if not re.fullmatch("[A-Z]{3}", c)] == []


# The rules


IDS = [rule.id for rule in rules()]


def test_a_rule_file_is_named_for_its_relation() -> None:
    assert {f.stem for f in RULES.glob("*.toml")} <= set(relations())


def test_ids_are_unique() -> None:
    assert [i for i, n in Counter(IDS).items() if n > 1] == []


def test_a_rule_has_one_kind_of_trigger() -> None:
    kinds = {"verbs", "nouns", "adjectives", "mentions", "between", "keys", "byline", "described"}
    files = {f.stem: tomllib.loads(f.read_text("utf-8"))["rule"] for f in RULES.glob("*.toml")}
    assert [(name, e["id"]) for name, entries in files.items() for e in entries if len(kinds & set(e)) != 1] == []


def test_a_role_that_nothing_fills_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "suppliesTo.toml"
    file.write_text('[[rule]]\nid = "sell"\nverbs = ["sell"]\nsubject = ["subj"]\nobject = ["objekt"]\n', "utf-8")
    with pytest.raises(InvalidData, match=r"suppliesTo.toml, rule sell: no role is 'objekt'"):
        read(file)


def test_every_role_with_a_name_of_its_own_is_named() -> None:
    strange = set()
    for text in (rule.examples[0].partition(" => ")[0] for rule in rules()[::5]):
        for doc in (reading.doc for reading in read_document(Document(text, "example")).readings):
            words = {token.lower_ for token in doc}  # phrases are roles by their prepositions
            given = {role for token in doc for role in frame(token).roles}
            strange |= {role for role in given - NAMES if not words.issuperset(role.split("_"))}
    assert strange == set()


@pytest.mark.parametrize("rule", rules(), ids=IDS)
def test_classes_are_known_and_fit_the_relation(rule: Rule) -> None:
    relation = relations()[rule.relation]
    # The value of a key-value line is the object that a rule speaks of, also where the relation runs the other way.
    domain, range_ = (
        (relation.range, relation.domain) if rule.reverse and rule.kind == "key" else (relation.domain, relation.range)
    )
    for types, allowed in ((rule.subject_types, domain), (rule.object_types, range_)):
        for type_ in types:
            fits = any(is_a(type_, a) or is_a(a, type_) for a in allowed)
            assert fits, f"{type_} is none of {sorted(allowed)}"


@pytest.mark.parametrize("rule", rules(), ids=IDS)
def test_a_rule_is_complete(rule: Rule) -> None:
    assert 0 < rule.confidence <= 1
    assert rule.polarity in (None, "affirmed", "negated")
    assert rule.modality in (None, "asserted", "planned", "possible", "forecast", "denied")
    assert rule.lemmas
    if rule.kind in ("verb", "noun", "adj", "mention"):
        assert rule.subject
        assert rule.within or rule.object


def test_triggers_are_in_small_letters() -> None:
    words = [(r.id, w) for r in rules() if r.kind not in ("between", "mention") for w in r.lemmas]
    assert [(rule, w) for rule, w in words if w != w.lower()] == []


def test_patterns_between_mentions_compile() -> None:
    assert of_kind("between")
    for rule in of_kind("between"):
        assert all(re.compile(p) for p in rule.lemmas)
        assert rule.after is None or re.compile(rule.after)


def test_the_index_holds_every_trigger() -> None:
    index = by_trigger()
    assert all(rule in index[rule.kind, lemma] for rule in rules() for lemma in rule.lemmas)
