from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

from extract.model import Modality, Polarity
from ontology import _turtle, namespaces
from ontology.measures import metrics, units
from ontology.namespaces import CK, CK_BASE, PREFIXES, PROV, SKOS, Namespace
from ontology.relations import relations
from ontology.tables import metric_table, relation_table

ROOT = Path(__file__).parents[2]
RDF_TYPE = namespaces.RDF.type


def _of(kind: str) -> set[str]:
    chip = _turtle.resources(_turtle.CHIP)
    return {iri.removeprefix(CK_BASE) for iri, resource in chip.items() if kind in resource.get(RDF_TYPE, ())}


def test_the_closed_lists_are_those_of_the_data_types() -> None:
    assert _of(CK.Polarity) == set(Polarity)
    assert _of(CK.Modality) == set(Modality)


def test_a_known_term_is_its_iri() -> None:
    assert CK.partnersWith == CK["partnersWith"] == CK_BASE + "partnersWith"
    assert SKOS.prefLabel == PREFIXES["skos"] + "prefLabel"
    assert "partnersWith" in CK and "partnerWith" not in CK


@pytest.mark.parametrize(
    ("space", "term", "near"),
    [(CK, "supliesTo", "suppliesTo"), (PROV, "wasDerivedfrom", "wasDerivedFrom"), (SKOS, "preflabel", "prefLabel")],
)
def test_a_misspelt_term_is_an_error_with_the_nearest(space: Namespace, term: str, near: str) -> None:
    with pytest.raises(AttributeError, match=f"no term '{term}'; did you mean '{near}'"):
        getattr(space, term)
    with pytest.raises(AttributeError, match=f"no term '{term}'"):
        space[term]


def test_a_term_like_no_other_is_an_error_without_a_hint() -> None:
    with pytest.raises(AttributeError, match=r"The namespace ck has no term 'xyzzy'\.$"):
        CK.xyzzy  # noqa: B018 # reading it is the test


def test_every_namespace_is_one_of_the_prefixes() -> None:
    spaces = [value for value in vars(namespaces).values() if isinstance(value, Namespace)]
    assert len(spaces) == 12
    for space in spaces:
        assert all(space[term].startswith(tuple(PREFIXES.values())) for term in dir(space))


def test_no_relation_is_a_metric_or_qualifier_too() -> None:
    assert not set(relations()) & (set(metrics()) | _of(CK.Qualifier))
    assert not set(metrics()) & _of(CK.Qualifier)


def test_every_metric_has_a_unit_that_fits() -> None:
    for metric in metrics().values():
        assert any(metric.takes(unit) for unit in units().values()), metric.id
        assert metric.label and metric.definition.endswith("."), metric.id


def test_units_are_known_by_one_code_each() -> None:
    iris = _of(CK.Unit)
    assert len(units()) == len(iris)
    assert {unit.iri for unit in units().values()} == {iri if ":" in iri else CK_BASE + iri for iri in iris}


@pytest.mark.parametrize(
    ("metric", "unit", "fits"),
    [
        ("exportValue", "USD", True),
        ("capacityShare", "PERCENT", True),
        ("capacity", "WaferPerMonth", True),
        ("headcount", "COUNT", True),
        ("growthStreak", "MONTH", True),
        ("revenue", "PERCENT", False),
        ("yield", "EUR", False),
    ],
)
def test_units_that_fit_a_metric(metric: str, unit: str, fits: bool) -> None:
    assert metrics()[metric].takes(units()[unit]) is fits


@pytest.mark.parametrize("table", [relation_table(), metric_table()], ids=["relations", "metrics"])
def test_the_documentation_shows_the_tables_as_they_are(table: str) -> None:
    page = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert table in page, "Put what ontology.tables gives into docs/ontology.md."


def test_the_turtle_of_the_documentation_is_turtle_with_terms_that_exist() -> None:
    page = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    blocks = re.findall(r"```turtle\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 4
    for block in blocks:
        for quad in pyoxigraph.parse(head + block, pyoxigraph.RdfFormat.TURTLE):
            for term in (quad.predicate, quad.object):
                if isinstance(term, pyoxigraph.NamedNode) and term.value.startswith(CK_BASE):
                    assert term.value.removeprefix(CK_BASE) in CK, term


def test_every_prefix_of_a_file_is_the_one_we_use() -> None:
    for path in [("chip.ttl",), ("shapes.ttl",), *(("schemes", name) for name in _turtle.scheme_files())]:
        for line in _turtle.text(*path).splitlines():
            if line.startswith("@prefix"):
                _, prefix, iri, _ = line.split()
                assert PREFIXES[prefix.rstrip(":")] == iri.strip("<>"), (path, line)


def test_reading_the_ontology_loads_no_heavy_library() -> None:
    heavy = {"spacy", "pyvis", "pandas", "pyshacl", "rdflib", "networkx"}
    code = (
        "import sys, ontology.validate; from ontology.relations import relations;"
        "from ontology.concepts import concepts;"
        f"relations(); concepts(); print(sorted({heavy!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
