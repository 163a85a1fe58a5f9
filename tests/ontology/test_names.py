"""Names made comparable: the hard ones as a table, and the laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.names import common_words, fold, legal_forms, needs_exact_case, strip_legal_form

STRIPPED = [
    ("STMicroelectronics N.V.", "STMicroelectronics"),
    ("Taiwan Semiconductor Manufacturing Co., Ltd.", "Taiwan Semiconductor Manufacturing"),
    ("Taiwan Semiconductor Manufacturing Company Limited", "Taiwan Semiconductor Manufacturing"),
    ("Renesas Electronics K.K.", "Renesas Electronics"),
    ("Renesas Electronics Corporation", "Renesas Electronics"),
    ("ON Semiconductor Corp", "ON Semiconductor"),
    ("ON Semiconductor Corporation", "ON Semiconductor"),
    (
        "Semiconductor Manufacturing International Corporation (SMIC)",
        "Semiconductor Manufacturing International",
    ),
    ("中芯国际集成电路制造有限公司", "中芯国际集成电路制造"),
    ("长江存储科技有限责任公司", "长江存储科技"),
    ("株式会社デンソー", "デンソー"),
    ("ルネサスエレクトロニクス株式会社", "ルネサスエレクトロニクス"),
    ("주식회사 DB하이텍", "DB하이텍"),
    ("삼성전자 주식회사", "삼성전자"),
    ("Robert Bosch GmbH", "Robert Bosch"),
    ("HELLA GmbH & Co. KGaA", "HELLA"),
    ("Infineon Technologies AG", "Infineon Technologies"),
    ("AIXTRON SE", "AIXTRON"),
    ("Technoprobe S.p.A.", "Technoprobe"),
    ("Danfoss A/S", "Danfoss"),
    ("Nexperia B.V.", "Nexperia"),
    ("Carsem (M) Sdn. Bhd.", "Carsem (M)"),
    ("Inari Amertron Berhad", "Inari Amertron"),
    ("STATS ChipPAC Pte. Ltd.", "STATS ChipPAC"),
    ("Samsung Electronics Co.,Ltd.", "Samsung Electronics"),
    ("Lam Research Corporation", "Lam Research"),
    ("Apple Inc.", "Apple"),
    ("GigaDevice Semiconductor (Beijing) Inc.", "GigaDevice Semiconductor (Beijing)"),
    ("Hana Microelectronics Public Company Limited", "Hana Microelectronics"),
    ("SICC Co., Ltd.", "SICC"),
]

WHOLE = [
    "Inc.",
    "Co., Ltd.",
    "Semiconductor Co., Ltd.",
    "Electronics Corporation",
    "On Inc.",
    "The Company",
    "有限公司",
    "株式会社",
    "ASE",
    "SK hynix",
    "Coherent",
    "",
]


@pytest.mark.parametrize(("name", "core"), STRIPPED)
def test_the_legal_form_comes_off(name: str, core: str) -> None:
    assert strip_legal_form(name) == core


@pytest.mark.parametrize("name", WHOLE)
def test_a_name_is_left_whole_where_nothing_would_name_anybody(name: str) -> None:
    assert strip_legal_form(name) == name


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("U.S.", "us"),
        ("S.p.A.", "spa"),
        ("Co.,Ltd.", "co ltd"),
        ("AT&T", "at and t"),
        ("AT & T", "at and t"),
        ("Xi’an", "xian"),
        ("SK-hynix", "sk hynix"),
        ("ＴＳＭＣ", "tsmc"),
        ("1.4nm", "1.4nm"),
        ("14 nm.", "14 nm"),
        ("  Hua   Hong ", "hua hong"),
        ("CHIPS & Science Act", "chips and science act"),
        ("SÜSS MicroTec", "süss microtec"),
        ("...", ""),
    ],
)
def test_folding(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    "name", ["ON", "ST", "Arm", "Micron", "Intel", "Apple", "Meta", "Lam", "ASML", "U.S.", "Screen"]
)
def test_short_names_and_words_need_their_case(name: str) -> None:
    assert needs_exact_case(name)


@pytest.mark.parametrize("name", ["TSMC Arizona", "Synopsys", "GlobalFoundries", "foundry", "mcu", "Samsung"])
def test_other_names_do_not(name: str) -> None:
    assert not needs_exact_case(name)


def test_the_lists_are_folded() -> None:
    forms = legal_forms()
    assert all(fold(form) == form for form in forms.latin | forms.never_alone)
    assert all(word == word.lower().strip() for word in common_words())


company_like = st.builds(
    lambda words, ends: " ".join([*words, *ends]),
    st.lists(st.text(min_size=1, max_size=8), max_size=4),
    st.lists(
        st.sampled_from(["Inc.", "Co.,", "Ltd.", "N.V.", "(SMIC)", "株式会社", "GmbH & Co. KG", "S.p.A."]), max_size=3
    ),
)


@given(st.text() | company_like)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text() | company_like)
def test_stripping_twice_changes_nothing(name: str) -> None:
    assert strip_legal_form(strip_legal_form(name)) == strip_legal_form(name)


@given(st.text() | company_like)
def test_stripping_never_empties_a_name(name: str) -> None:
    assert bool(strip_legal_form(name)) == bool(name.strip())
