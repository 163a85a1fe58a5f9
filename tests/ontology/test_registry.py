"""The shipped registry: whom it knows, by which names, and that its rows are sound."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from ontology.classes import is_a
from ontology.registry import Entry, Registry, actors, load
from ontology.registry_check import ID_SOURCES, faults, main

ROOT = Path(__file__).parents[2]

# Names that news uses, each for one entry only.
KNOWN = [
    ("AMD", "amd"),
    ("Advanced Micro Devices", "amd"),
    ("TI", "texas-instruments"),
    ("ADI", "analog-devices"),
    ("GF", "globalfoundries"),
    ("Global Foundries", "globalfoundries"),
    ("GlobalFoundries Inc.", "globalfoundries"),
    ("UMC", "umc"),
    ("SMIC", "smic"),
    ("Semiconductor Manufacturing International Corporation (SMIC)", "smic"),
    ("中芯国际", "smic"),
    ("Powerchip", "psmc"),
    ("Vanguard International Semiconductor Corp.", "vis"),
    ("YMTC", "ymtc"),
    ("CXMT", "cxmt"),
    ("Hua Hong", "hua-hong"),
    ("Hua Hong Semiconductor", "hua-hong"),
    ("Hua Hong Grace", "hua-hong"),
    ("华虹半导体", "hua-hong"),
    ("1347.HK", "hua-hong"),
    ("SK Hynix", "sk-hynix"),
    ("Hynix", "sk-hynix"),
    ("Samsung", "samsung-electronics"),
    ("Samsung Electronics Co., Ltd.", "samsung-electronics"),
    ("Samsung Foundry", "samsung-foundry"),
    ("Hon Hai", "foxconn"),
    ("Micron Technology", "micron"),
    ("Kioxia", "kioxia"),
    ("AMAT", "applied-materials"),
    ("TEL", "tokyo-electron"),
    ("Screen", "screen"),
    ("Shin-Etsu", "shin-etsu"),
    ("Mentor Graphics", "siemens-eda"),
    ("Arm Ltd", "arm"),
    ("STMicro", "stmicroelectronics"),
    ("ON Semiconductor", "onsemi"),
    ("Taiwan Semiconductor", "tsmc"),
    ("Taiwan Semiconductor Co., Ltd.", "taiwan-semiconductor-tsc"),
    ("the U.S.", "united-states"),
    ("Chinese", "china"),
    ("PRC", "china"),
    ("Dutch", "netherlands"),
    ("EU", "european-union"),
    ("Biden administration", "biden-administration"),
    ("US Commerce Department", "us-commerce-department"),
    ("MOFCOM", "mofcom"),
    ("TrendForce", "trendforce"),
    ("STCN", "stcn"),
    ("MyDrivers", "mydrivers"),
    ("CHIPS Act", "chips-and-science-act"),
    ("European Chips Act", "eu-chips-act"),
    ("Entity List", "entity-list"),
    ("US export controls", "us-export-controls"),
    ("Fab 34", "intel-fab-34"),
    ("JASM", "jasm"),
]


@pytest.mark.parametrize(("name", "entry"), KNOWN)
def test_a_name_of_the_news_means_one_entry(name: str, entry: str) -> None:
    assert [found.id for found in load().lookup(name)] == [entry]


@pytest.mark.parametrize(
    ("name", "entries"),
    [
        ("Beijing", ["beijing", "china"]),
        ("The Hague", ["the-hague", "netherlands"]),
        ("Georgia", ["georgia", "georgia-us-state"]),
    ],
)
def test_a_shared_name_means_several_the_label_first(name: str, entries: list[str]) -> None:
    assert [found.id for found in load().lookup(name)] == entries


def test_nobody_is_known_by_an_unknown_name() -> None:
    assert load().lookup("Nordwafer Zzyzx GmbH") == ()


def test_the_registry_has_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    status = main()
    assert (status, capsys.readouterr().out) == (0, "")


def test_there_are_as_many_actors_as_promised() -> None:
    own = list(actors())
    curated = [e for e in own if is_a(e.type, "Company") and "curated" in e.sources]
    assert len(own) >= 900
    assert len(curated) >= 350
    assert sum(e.type == "Country" for e in own) == 249
    assert sum(e.scheme is not None for e in load().entries.values()) >= 400
    assert sum(is_a(e.type, "Facility") and e.place is not None for e in own) >= 120


POLICIES = {
    "chips-and-science-act", "eu-chips-act", "entity-list", "us-export-controls-of-october-2022",
    "us-export-controls-of-october-2023", "us-export-controls-of-december-2024", "dutch-export-controls",
    "japanese-export-controls", "gallium-and-germanium-export-controls", "big-fund",
}  # fmt: skip
FAB_REGIONS = {
    "arizona", "oregon", "texas", "idaho", "new-york-state", "new-mexico", "virginia", "utah", "vermont", "maine",
    "saxony", "carinthia", "sicily", "kumamoto-prefecture", "miyazaki-prefecture", "thuringia", "abruzzo", "hokkaido",
    "north-chungcheong", "south-chungcheong", "gyeonggi", "hsinchu-science-park", "gujarat", "assam", "jiangsu",
    "hubei", "shaanxi", "lower-silesia", "provence-alpes-côte-d-azur", "north-gyeongsang", "brandenburg",
}  # fmt: skip


@pytest.mark.parametrize("entry", sorted(POLICIES | FAB_REGIONS))
def test_policies_and_regions_with_fabs_are_there(entry: str) -> None:
    assert entry in load().entries


def test_only_three_wikidata_ids_are_verified() -> None:
    verified = {e.id: e.wikidata for e in load().entries.values() if e.id_status == "verified" and e.wikidata}
    assert verified == {"nxp": "Q1155668", "stmicroelectronics": "Q661845", "tsmc": "Q713418"}


@pytest.mark.parametrize(("column", "least", "source"), [("isin", 700, "isin"), ("lei", 250, "lei")])
def test_firms_have_sourced_identifiers(column: str, least: int, source: str) -> None:
    """Each id of a firm names where it was read; the check digits are the validator's affair."""
    bearers = [e for e in actors() if getattr(e, column)]
    assert len(bearers) >= least
    unsourced = {e.id for e in bearers if not ID_SOURCES[source].intersection(e.sources)}
    assert unsourced == set()


# Where a firm is at home in one country and its shares are those of another.
ABROAD = {"KY", "BM", "HK", "JE"}


def test_an_isin_is_of_the_firm_s_own_share() -> None:
    """No depositary receipt of a foreign firm: the prefix is the firm's country, or that where it is incorporated."""
    foreign = {e.id: e.isin for e in actors() if e.isin and e.isin[:2] not in {e.country, *ABROAD}}
    assert foreign == {"seagate": "IE00BKVD2N49", "stmicroelectronics": "NL0000226223"}


@pytest.mark.parametrize(
    ("entry", "isin", "lei"),
    [
        ("tsmc", "TW0002330008", "549300KB6NK5SBD14S87"),
        ("asml", "NL0010273215", "724500Y6DUVHQD6OXN27"),
        ("samsung-electronics", "KR7005930003", "9884007ER46L6N7EI764"),
        ("infineon", "DE0006231004", "TSI2PJM6EPETEQ4X1U25"),
        ("hua-hong", "HK0000218211", "529900OXH3ZYLIMGB907"),
    ],
)
def test_a_well_known_firm_has_its_own_identifiers(entry: str, isin: str, lei: str) -> None:
    found = load().entries[entry]
    assert (found.isin, found.lei) == (isin, lei)


def test_entries_are_sorted_and_no_actor_hides_a_concept() -> None:
    registry = load()
    ids = list(registry.entries)
    assert ids == sorted(ids)
    assert registry.entries["mcu"].scheme is not None
    assert registry.entries["node-40nm"].nanometres == 40


def test_short_aliases_keep_their_case() -> None:
    names = {name.text: name.exact for name in load().entries["stmicroelectronics"].names}
    assert names["ST"]
    assert not names["STMicroelectronics"]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("hua-hong", "hua-hong-group"),
        ("samsung-display", "samsung-electronics"),
        ("nexperia", "nxp"),
        ("hlmc", "hua-hong"),
    ],
)
def test_look_alikes_are_kept_apart(a: str, b: str) -> None:
    registry = load()
    assert registry.are_distinct(a, b)
    assert registry.are_distinct(b, a)
    assert not registry.are_distinct(a, "tsmc")


def test_the_page_counts_what_there_is() -> None:
    spec = importlib.util.spec_from_file_location("write_counts", ROOT / "docs" / "write_counts.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (ROOT / "docs" / "registry.md").read_text(encoding="utf-8")
    assert written == module.page(written), "run: python docs/write_counts.py"


def test_the_checks_see_each_fault() -> None:
    good = Entry(id="good", label="Good", type="Company", sources=("curated",))
    bad = [
        Entry(id="a", label="Good", type="Company", sources=("curated",)),
        Entry(id="b", label="Bravo", type="Firm", sources=("curated",)),
        Entry(id="c", label="Charlie", type="Company", country="XX", sources=("curated",)),
        Entry(id="d", label="Delta", type="Company", parent="nobody", sources=("curated",)),
        Entry(id="e", label="Echo", type="Company", business_models=("selling",), sources=("curated",)),
        Entry(
            id="f",
            label="Foxtrot",
            type="Company",
            isin="NL0010273216",
            id_status="single-source",
            sources=("curated",),
        ),
        Entry(id="g", label="Golf", type="Company", wikidata="713418", id_status="single-source", sources=("curated",)),
        Entry(id="h", label="Hotel", type="Company", wikidata="Q1", id_status="verified", sources=("public-code-id",)),
        Entry(id="i", label="India One", type="Company", id_status="certain", sources=("hearsay",)),
        Entry(id="j", label=" ", type="Company", sources=("curated",)),
        Entry(
            id="k", label="Kilo", type="Company", wikidata="Q1", id_status="single-source", sources=("country-codes",)
        ),
        Entry(
            id="l",
            label="Lima",
            type="Company",
            lei="724500Y6DUVHQD6OXN28",
            id_status="single-source",
            sources=("gleif-lei",),
        ),
        Entry(
            id="m",
            label="Mike",
            type="Company",
            isin="NL0010273215",
            id_status="verified",
            sources=("curated", "sbti-isin"),
        ),
    ]
    entries = {entry.id: entry for entry in [good, *bad]}
    found = faults(Registry(entries, frozenset({frozenset({"good", "nobody"})})))
    faulty = {fault.split(":")[0] for fault in found}
    assert faulty == {"good", *(entry.id for entry in bad), "not_same.csv", "common_words.txt"} - {"k"}
    assert "h: its wikidata Q1 is also that of k" in found
    assert "f: its isin has no source" in found
    assert "m: a verified id needs two independent sources, one of them a curated data set" in found
