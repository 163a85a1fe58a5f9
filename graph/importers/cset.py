"""The advanced chip supply chain data of CSET (ETO), any one of its files.

These are provision, providers, sequence, inputs and stages. Column names are those of the data folder of
github.com/georgetown-cset/eto-chip-explorer in its versions so far: later ones add `alias`, `year` and `source`,
earlier ones have `negligible_market_share` and shares with a percent sign. "Provider name" is as good as
`provider_name`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.importers._facts import Actor, Fact, country, nation, table
from ontology.classes import is_a
from ontology.errors import InvalidData
from ontology.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TITLE = "CSET advanced semiconductor supply chain data"
PUBLISHER = "Center for Security and Emerging Technology"
_TOOLS = re.compile(r"\b(tools?|equipment|machines?|testers?|handlers?)\b", re.IGNORECASE)
_MATERIALS = re.compile(r"\b(materials?|wafers?|gas(?:es)?|chemicals?|resists?|photoresists?|masks?)\b", re.IGNORECASE)
_KINDS = {
    "tool_resource": "Equipment",
    "material_resource": "Material",
    "design_resource": "DesignTool",
    "process": "ProcessTechnology",
    "ultimate_output": "ChipProduct",
}
# A country code of theirs that is none of ISO 3166, and a provider that stands for whoever is not listed.
_CODES = {"MAL": "MYS"}
_REST = "other"
_CHIPS = Actor("Integrated circuits", "ChipProduct")
_SOFTWARE = re.compile(r"\b(software|EDA|IP)\b")


def read(path: Path) -> Iterator[Actor | Fact]:
    """Who provides what, who providers are, what goes into what, or in which stage it is used; the columns tell."""
    columns = _columns(path)
    if {"provider_name", "provided_name"} <= columns:
        yield from _provision(path)
    elif {"provider_name", "provider_type"} <= columns:
        yield from _providers(path)
    elif {"input_name", "goes_into_name"} <= columns:
        yield from _sequence(path)
    elif {"input_name", "stage_name", "type"} <= columns:
        yield from _inputs(path)
    elif {"stage_name", "stage_id"} <= columns:
        yield from _stages(path)
    else:
        raise InvalidData(
            f"{path}: it is none of CSET's files provision, providers, sequence, inputs and stages; give one with its "
            "header line."
        )


def _columns(path: Path) -> set[str]:
    first = next(_rows(path), None)
    if first is None:
        raise InvalidData(f"{path} holds no row.")
    return set(first)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows with the names of columns in small letters and without spaces."""
    for row in table(path, ()):
        yield {key.strip().lower().replace(" ", "_"): value for key, value in row.items()}


def _provision(path: Path) -> Iterator[Fact]:
    for row in _rows(path):
        if not row["provider_name"] or not row["provided_name"] or row["provider_name"].lower() == _REST:
            continue
        stage = row.get("provided_id", "").startswith("S")
        provided = _stage(row["provided_name"]) if stage else _input(row["provided_name"])
        share = row.get("share_provided", "").strip("% ")
        says = f"{row['provider_name']} provides {row['provided_name']}"
        says += f", {share} % of the world's" if share else ""
        says += ", a negligible share of the world's" if row.get("negligible_market_share") and not share else ""
        says += f" in {row['year']}." if row.get("year") else "."
        if row.get("source"):
            says += f" Source: {row['source']}"
        qualifiers = {"percent": share} if share else {}
        provider = _provider(row["provider_name"])
        yield Fact(provider, "produces", provided, says, row.get("year") or None, qualifiers)


def _providers(path: Path) -> Iterator[Actor | Fact]:
    for row in _rows(path):
        if row["provider_type"].lower() == "country" or not row["provider_name"]:
            continue
        seat = _code(row.get("country", ""))
        aliases = tuple((text.strip(), "short") for text in row.get("alias", "").split(",") if text.strip())
        actor = Actor(row["provider_name"], "Company", seat, aliases)
        yield actor
        if seat:
            yield Fact(actor, "headquarteredIn", nation(seat), f"{row['provider_name']} is based in {row['country']}.")


def _sequence(path: Path) -> Iterator[Fact]:
    for row in _rows(path):
        if row["input_name"] and row["goes_into_name"]:
            says = f"{row['input_name']} goes into {row['goes_into_name']}."
            yield Fact(_input(row["input_name"]), "usedIn", _input(row["goes_into_name"]), says)


def _inputs(path: Path) -> Iterator[Fact]:
    for row in _rows(path):
        if row["input_name"] and row["stage_name"]:
            given = _input(row["input_name"])
            if given.type == "Product":  # its name says nothing; the file does
                given = Actor(given.name, _KINDS.get(row["type"], given.type))
            says = f"{row['input_name']} is used in the stage {row['stage_name']}."
            yield Fact(given, "usedIn", _stage(row["stage_name"]), says)


def _stages(path: Path) -> Iterator[Fact]:
    for row in _rows(path):
        if row["stage_name"]:
            says = f"{row['stage_name']} is a stage in the making of chips."
            if row.get("description"):
                says += f" {row['description']}"
            yield Fact(_stage(row["stage_name"]), "usedIn", _CHIPS, says)


def _stage(name: str) -> Actor:
    return Actor(name, "ProcessTechnology")


def _provider(name: str) -> Actor:
    """A provider is a company, or in the rows that sum companies up a country or a part of the world."""
    if seat := _code(name):
        return nation(seat)
    regions = [entry for entry in load().lookup(name) if entry.type == "Region"]
    return Actor(regions[0].label, "Region") if regions else Actor(name)


def _code(text: str) -> str | None:
    return country(_CODES.get(text, text))


def _input(name: str) -> Actor:
    """An input as a kind of thing: what the registry has it as, else what its words say."""
    for spelt in (name, name.removesuffix("s")):
        for entry in load().lookup(spelt):
            if is_a(entry.type, "Product") or is_a(entry.type, "Technology"):
                return Actor(entry.label, entry.type)
    kinds = ((_TOOLS, "Equipment"), (_MATERIALS, "Material"), (_SOFTWARE, "DesignTool"))
    return Actor(name, next((kind for pattern, kind in kinds if pattern.search(name)), "Product"))
