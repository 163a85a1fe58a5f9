"""What a user adds to the registry: read, checked, put over the shipped one, and used by recognising and linking."""

from __future__ import annotations

import json

import pytest

from ontology.additions import dumps, extended, read
from ontology.errors import InvalidData
from ontology.registry import load, using


@pytest.fixture
def mine(tmp_path):
    def write(name: str, text: str):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


FORMS = {
    "a.csv": "id,label,type,short,country\nnorthgate,Northgate Silicon,Company,Northgate|NGS,DE\n",
    "a.json": json.dumps(
        {"actors": [{"id": "northgate", "label": "Northgate Silicon", "type": "Company", "short": ["Northgate", "NGS"],
                     "country": "DE"}]}
    ),
    "a.toml": '[[actors]]\nid = "northgate"\nlabel = "Northgate Silicon"\ntype = "Company"\n'
    'short = ["Northgate", "NGS"]\ncountry = "DE"\n',
    "a.yaml": "actors:\n- id: northgate\n  label: Northgate Silicon\n  type: Company\n  short:\n"
    "  - Northgate\n  - NGS\n  country: DE\n  parent: ~\n",
    "b.yml": "- {id: northgate, label: Northgate Silicon, type: Company, short: Northgate|NGS, country: DE}\n",
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_an_actor_comes_in_each_format(mine, name):
    registry = extended(load(), [mine(name, FORMS[name])])
    (found,) = registry.lookup("Northgate Silicon GmbH")
    assert (found.id, found.country, [a.text for a in found.aliases]) == ("northgate", "DE", ["Northgate", "NGS"])
    assert registry.lookup("TSMC") == load().lookup("TSMC")


def test_a_known_id_gains_names_and_other_values(mine):
    registry = extended(load(), [mine("a.csv", "id,short,country,label\ntsmc,Big Foundry,US,TSMC Ltd\n")])
    (found,) = registry.lookup("Big Foundry")
    assert (found.id, found.label, found.country) == ("tsmc", "TSMC Ltd", "US")
    assert {a.text for a in load().entries["tsmc"].aliases} < {a.text for a in found.aliases}
    assert found.business_models == load().entries["tsmc"].business_models


WRONG = {
    "x.xml": ("<a/>", "not .xml"),
    "k.yaml": ("- id: a\n  label: [\n", "line 3 is not well-formed YAML"),
    "l.yaml": ("- id: tsmc\n- lable: A\n", "line 2: no actor has a column 'lable'; did you mean 'label'"),
    "m.yaml": ("- id: tsmc\n  short: A\n  short: B\n", "line 3: 'short' is given twice"),
    "n.yaml": ("- id: tsmc\n  short: {a: b}\n", "line 2: 'short' takes a text"),
    "o.yaml": ("id: tsmc\n", "holds no list of actors"),
    "p.yaml": ("- tsmc\n", "line 1: an actor is a mapping"),
    "q.yaml": ("- id: a\n  label: \x00\n", "not well-formed YAML"),
    "r.yaml": ("", "holds no list of actors"),
    "s.yaml": ("- &a [*a]\n", "not well-formed YAML|an actor is a mapping"),
    "a.csv": ("id,label,type\na,A\n", "has 2 fields, not 3"),
    "b.csv": ("id,lable,type\na,A,Company\n", "did you mean 'label'?"),
    "c.csv": ("id,label,type\nnew-one,A,\n", "needs label and type"),
    "d.csv": ("id,label,type\nnew-one,A,Firm\n", "type 'Firm' is no class"),
    "e.csv": ("id,label,type,lei\nnew-one,A,Company,724500Y6DUVHQD6OXN28\n", "check digits of its LEI"),
    "f.csv": ("label,type\nA,Company\n", "it has no id"),
    "g.json": ("[1]", "holds no list of actors"),
    "h.json": ("{", "not well-formed JSON"),
    "i.toml": ("=", "not well-formed TOML"),
    "j.csv": ("id,label,type,country\nnew-one,A,Company,XX\n", "country 'XX'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_bad_input_gets_one_sentence(mine, name):
    text, said = WRONG[name]
    with pytest.raises(InvalidData, match=said) as caught:
        extended(load(), [mine(name, text)])
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)


def test_yaml_keeps_what_stands_there_and_makes_nothing_of_it(mine):
    text = "- id: nord\n  label: !!python/object/apply:os.getcwd []\n  type: Company\n"
    with pytest.raises(InvalidData, match="needs label and type"):
        extended(load(), [mine("a.yaml", text)])
    (row,) = read(
        mine("b.yaml", "- {id: nord, label: 'null', type: Company, country: NO, ticker: 005930, note: yes}\n")
    )
    assert row == {"id": "nord", "label": "null", "type": "Company", "country": "NO", "ticker": "005930", "note": "yes"}


def test_a_fault_names_its_line(mine):
    for name, text in {
        "a.csv": "id,label,type\n\ntsmc,TSMC,\nnew-one,A,Firm\n",
        "a.yaml": "# mine\n- id: tsmc\n  label: TSMC\n- id: new-one\n  label: A\n  type: Firm\n",
    }.items():
        with pytest.raises(InvalidData, match=f"{name}, line 4, new-one: its type 'Firm'"):
            extended(load(), [mine(name, text)])


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(InvalidData, match="no such file of actors"):
        read(tmp_path / "none.csv")


def test_rows_survive_writing(mine):
    rows = read(mine("a.json", FORMS["a.json"]))
    assert read(mine("b.csv", dumps(rows))) == rows


def test_using_ends_with_its_context(mine):
    shipped = load()
    with using(extended(shipped, [mine("a.csv", FORMS["a.csv"])])):
        assert "northgate" in load().entries
    assert load() is shipped


@pytest.mark.language
def test_an_added_actor_is_recognised_and_linked(mine):
    from extract.model import Document
    from extract.pipeline import extract

    document = Document("Northgate supplies wafers to TSMC.", "a.txt")
    with using(extended(load(), [mine("a.csv", FORMS["a.csv"])])):
        found = extract(document)
    assert ("northgate", "suppliesTo", "tsmc") in {(c.subject.id, c.relation, c.object.id) for c in found}
    assert all(c.subject.label != "Northgate Silicon" for c in extract(document))
