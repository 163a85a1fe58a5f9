from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from ontology.errors import InvalidData
from ontology.iri import (
    claim_iri,
    document_iri,
    entity_iri,
    evidence_iri,
    local_name,
    observation_iri,
    run_iri,
    slug,
)
from ontology.namespaces import CK, CK_BASE, CR_BASE

if TYPE_CHECKING:
    from collections.abc import Callable

MINTS = [entity_iri, claim_iri, observation_iri, document_iri, run_iri]


@pytest.mark.parametrize("mint", MINTS)
@given(key=st.text(min_size=1))
@example(key="a/b#c?d e%2F")
@example(key="中芯國際")
@example(key="\U000e0100")
def test_what_is_minted_is_an_iri_and_can_be_read_back(mint: Callable[[str], str], key: str) -> None:
    iri = mint(key)
    assert NamedNode(iri).value == iri
    assert local_name(iri) == key


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_ids_never_share_an_iri(a: str, b: str) -> None:
    assert (entity_iri(a) == entity_iri(b)) == (a == b)


@given(st.text(min_size=1))
def test_an_entity_never_has_the_iri_of_something_made(key: str) -> None:
    assert "/" not in entity_iri(key).removeprefix(CR_BASE)
    assert "/" in claim_iri(key).removeprefix(CR_BASE)


@pytest.mark.parametrize("mint", MINTS)
def test_an_empty_id_is_refused(mint: Callable[[str], str]) -> None:
    with pytest.raises(InvalidData, match="empty id"):
        mint("")


def test_evidence_is_named_by_document_and_offsets() -> None:
    assert evidence_iri("5d", 3, 7) == CR_BASE + "ev/5d-3-7"
    assert evidence_iri("5d", 3, 7) != evidence_iri("5d", 37, 7)


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        (CK.suppliesTo, "suppliesTo"),
        (CK_BASE + "a/b", "a/b"),
        (CR_BASE + "hua-hong", "hua-hong"),
        ("http://www.w3.org/ns/prov#wasDerivedFrom", "wasDerivedFrom"),
        ("http://qudt.org/vocab/unit/CCY_USD", "CCY_USD"),
    ],
)
def test_local_name(iri: str, name: str) -> None:
    assert local_name(iri) == name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hua Hong Semiconductor", "hua-hong-semiconductor"),
        ("  AT&T, Inc. ", "at-t-inc"),
        ("STMicroelectronics N.V.", "stmicroelectronics-n-v"),
        ("Ｔｏｋｙｏ　Ｅｌｅｃｔｒｏｎ", "tokyo-electron"),
        ("Groß & Söhne", "gross-söhne"),
        ("삼성전자", "삼성전자"),
        ("टाटा इलेक्ट्रॉनिक्स", "टाटा-इलेक्ट्रॉनिक्स"),
        ("…", ""),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
@example("İstanbul ΐ ﬁ")
def test_slugging_twice_changes_nothing(name: str) -> None:
    assert slug(slug(name)) == slug(name)


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd"], max_codepoint=127)))
def test_case_does_not_matter_to_a_slug(name: str) -> None:
    assert slug(name.upper()) == slug(name.lower())
