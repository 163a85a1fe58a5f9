from __future__ import annotations

import pyoxigraph
import pytest

from ontology.errors import InvalidData
from ontology.namespaces import PREFIXES
from ontology.validate import validate

CLAIM, NUMBER, PASSAGE = (PREFIXES["cr"] + name for name in ("claim/1", "obs/1", "ev/1"))
POSITION, QUOTE, DOCUMENT = PASSAGE + "/position", PASSAGE + "/quote", PREFIXES["cr"] + "doc/1"
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
GOOD = f"""{HEAD}
<{DOCUMENT}> {{
  <{DOCUMENT}> a ck:Document ; ck:source "note.txt" ;
    schema:headline "A note" ; schema:datePublished "2025-02"^^xsd:gYearMonth .
  <{CLAIM}> a ck:Claim ;
    rdf:subject cr:acme ; rdf:predicate ck:suppliesTo ; rdf:object cr:globex ;
    ck:polarity ck:affirmed ; ck:modality ck:asserted ; ck:confidence 0.93 ; ck:attributedTo cr:gazette ;
    ck:time "2025-01"^^xsd:gYearMonth ; ck:product cr:mcu ; ck:purpose "lower costs" ; ck:status ck:completed ;
    ck:rule "supplies" ; prov:wasDerivedFrom <{PASSAGE}> ; prov:wasGeneratedBy cr:run-1 .
  <{NUMBER}> a ck:Observation ;
    ck:about cr:acme ; ck:metric ck:revenue ; ck:value 2000000000.0 ; ck:printed "$2 billion" ; ck:unit unit:CCY_USD ;
    ck:period "2024"^^xsd:gYear ; ck:basePeriod "2023-Q4" ;
    ck:forecast false ; ck:approx true ; ck:direction ck:increase ;
    ck:confidence 1.0 ; ck:attributedTo <{DOCUMENT}> ;
    ck:rule "money" ; prov:wasDerivedFrom <{PASSAGE}> ; prov:wasGeneratedBy cr:run-1 .
  <{PASSAGE}> a ck:Evidence ; oa:hasSource <{DOCUMENT}> ; oa:hasSelector <{POSITION}>, <{QUOTE}> .
  <{POSITION}> a oa:TextPositionSelector ; oa:start 4 ; oa:end 9 .
  <{QUOTE}> a oa:TextQuoteSelector ; oa:exact "words" ; oa:prefix "the " ; oa:suffix "." .
}}
cr:acme a ck:Company ; rdfs:label "Acme" ; skos:altLabel "Acme Chips" ; ck:country "DE" .
cr:globex a ck:JointVenture ; rdfs:label "Globex" .
cr:gazette a ck:MediaOrganization ; rdfs:label "Gazette" .
cr:mcu a ck:ChipProduct ; rdfs:label "microcontrollers" .
cr:run-1 a ck:Run .
"""
DERIVED = f"prov:wasDerivedFrom <{PASSAGE}> ; "
MODALITY, ACME = "ck:modality ck:asserted", "cr:acme a ck:Company"

FAULTS = [
    ("no evidence", DERIVED, "", CLAIM, "prov:wasDerivedFrom"),
    ("evidence that is none", DERIVED, "prov:wasDerivedFrom cr:acme ; ", CLAIM, "prov:wasDerivedFrom"),
    ("no run", " ; prov:wasGeneratedBy cr:run-1", "", CLAIM, "prov:wasGeneratedBy"),
    ("no rule", 'ck:rule "supplies" ;', "", CLAIM, "ck:rule"),
    ("a modality that is none", MODALITY, "ck:modality ck:completed", CLAIM, "ck:modality"),
    ("a modality in words", MODALITY, 'ck:modality "asserted"', CLAIM, "ck:modality"),
    ("two modalities", MODALITY, f"{MODALITY}, ck:planned", CLAIM, "ck:modality"),
    ("no polarity", "ck:polarity ck:affirmed ;", "", CLAIM, "ck:polarity"),
    ("a polarity that is none", "ck:affirmed", "ck:positive", CLAIM, "ck:polarity"),
    ("too much confidence", "ck:confidence 0.93", "ck:confidence 2.0", CLAIM, "ck:confidence"),
    ("too little confidence", "ck:confidence 0.93", "ck:confidence -0.1", CLAIM, "ck:confidence"),
    ("confidence in words", "ck:confidence 0.93", 'ck:confidence "high"', CLAIM, "ck:confidence"),
    ("nobody says so", "ck:attributedTo cr:gazette ;", "", CLAIM, "ck:attributedTo"),
    ("a product says so", "ck:attributedTo cr:gazette", "ck:attributedTo cr:mcu", CLAIM, "ck:attributedTo"),
    ("no subject", "rdf:subject cr:acme ;", "", CLAIM, "rdf:subject"),
    ("a subject without a class", ACME, "cr:acme ck:x ck:Company", CLAIM, "rdf:subject"),
    ("a relation that is none", "ck:suppliesTo", "ck:sells", CLAIM, "rdf:predicate"),
    ("two relations", "ck:suppliesTo", "ck:suppliesTo, ck:partnersWith", CLAIM, "rdf:predicate"),
    ("two objects", "rdf:object cr:globex", "rdf:object cr:globex, cr:acme", CLAIM, "rdf:object"),
    ("a subject of the wrong class", "rdf:subject cr:acme", "rdf:subject cr:mcu", CLAIM, "rdf:subject"),
    ("an object of the wrong class", "rdf:object cr:globex", "rdf:object cr:mcu", CLAIM, "rdf:object"),
    ("a time in words", '"2025-01"^^xsd:gYearMonth', '"last year"', CLAIM, "ck:time"),
    ("a status that is none", "ck:status ck:completed", 'ck:status "done"', CLAIM, "ck:status"),
    ("no unit", "ck:unit unit:CCY_USD ;", "", NUMBER, "ck:unit"),
    ("a unit that is none", "unit:CCY_USD", "unit:CCY_XXX", NUMBER, "ck:unit"),
    ("a unit that does not fit", "unit:CCY_USD", "unit:PERCENT", NUMBER, "ck:unit"),
    ("a metric that is none", "ck:metric ck:revenue", "ck:metric ck:luck", NUMBER, "ck:metric"),
    ("no value", "ck:value 2000000000.0 ;", "", NUMBER, "ck:value"),
    ("a value in words", "ck:value 2000000000.0", 'ck:value "two"', NUMBER, "ck:value"),
    ("no word on forecasts", "ck:forecast false ;", "", NUMBER, "ck:forecast"),
    ("a forecast in words", "ck:forecast false", 'ck:forecast "no"', NUMBER, "ck:forecast"),
    ("a direction that is none", "ck:increase", "ck:sideways", NUMBER, "ck:direction"),
    ("about nothing", "ck:about cr:acme ;", "", NUMBER, "ck:about"),
    ("a passage of no document", f"oa:hasSource <{DOCUMENT}> ;", "", PASSAGE, "oa:hasSource"),
    ("a passage without a quote", f", <{QUOTE}>", "", PASSAGE, "oa:hasSelector"),
    ("a quote of another length", "oa:end 9", "oa:end 8", PASSAGE, "oa:hasSelector"),
    ("a passage that runs backwards", "oa:start 4", "oa:start 12", POSITION, "oa:start"),
    ("a start before the text", "oa:start 4", "oa:start -1", POSITION, "oa:start"),
    ("an empty quote", 'oa:exact "words"', 'oa:exact ""', QUOTE, "oa:exact"),
    ("an entity without a name", 'rdfs:label "Acme"', 'rdfs:comment "Acme"', PREFIXES["cr"] + "acme", "rdfs:label"),
    ("a country in words", '"DE"', '"Germany"', PREFIXES["cr"] + "acme", "ck:country"),
    ("a document from nowhere", 'ck:source "note.txt" ;', "", DOCUMENT, "ck:source"),
]


def test_a_good_graph_has_no_faults() -> None:
    assert validate(GOOD) == []


def test_a_graph_may_come_as_bytes_or_quads() -> None:
    quads = list(pyoxigraph.parse(GOOD, pyoxigraph.RdfFormat.TRIG))
    assert validate(GOOD.encode()) == validate(quads) == []


def test_an_empty_graph_has_no_faults() -> None:
    assert validate("") == []


@pytest.mark.parametrize(("old", "new", "focus", "path"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_seeded_fault_is_caught(old: str, new: str, focus: str, path: str) -> None:
    assert old in GOOD
    found = validate(GOOD.replace(old, new, 1))
    assert (focus, path) in {(fault.focus, fault.path) for fault in found}


def test_a_fault_is_told_in_one_sentence() -> None:
    (fault,) = validate(GOOD.replace("ck:confidence 0.93", "ck:confidence 2.0"))
    assert fault == (CLAIM, "ck:confidence", "A statement has one confidence, a decimal from 0 to 1.")


def test_faults_come_sorted_and_the_same_each_time() -> None:
    bad = GOOD.replace("cr:globex a ck:JointVenture", "cr:globex a ck:Material").replace(MODALITY, "ck:modality 1")
    assert validate(bad) == sorted(validate(bad))
    assert len(validate(bad)) == 2


def test_what_is_no_rdf_is_refused() -> None:
    with pytest.raises(InvalidData, match="neither Turtle nor TriG"):
        validate("acme supplies globex")


def test_what_rdf_11_does_not_know_is_refused() -> None:
    with pytest.raises(InvalidData, match=r"RDF 1\.1 does not know"):
        validate("<x:c> <x:reifies> <<( <x:s> <x:p> <x:o> )>> .")
