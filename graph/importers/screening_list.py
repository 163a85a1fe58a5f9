"""The US Consolidated Screening List, or its Entity List alone, as the CSV that trade.gov offers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph.importers._facts import Actor, Fact, country, table
from ontology.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TITLE = "US Consolidated Screening List"
PUBLISHER = "US Department of Commerce"
_SEVERAL = re.compile(r"\s*;\s*")
_ACRONYM = re.compile(r"\s*\([A-Z-]+\)$")
_PERSON = "individual"
_LAST_COUNTRY = re.compile(r",\s*([A-Z]{2})$")


def read(path: Path) -> Iterator[Actor | Fact]:
    """Whom the list names, and the list that each is on; vessels and aircraft are left out."""
    for row in table(path, ("source", "name", "alt_names", "addresses")):
        kind = row.get("type", "").lower()
        if row["name"] and row["source"] and kind not in ("vessel", "aircraft"):
            yield _fact(row, kind)


def _fact(row: dict[str, str], kind: str) -> Fact:
    list_, _, agency = row["source"].partition(" - ")
    name = _ACRONYM.sub("", list_)
    addresses = _SEVERAL.split(row["addresses"])
    aliases = tuple((text, "short") for text in _SEVERAL.split(row["alt_names"]) if fold(text))
    subject = Actor(row["name"], "Person" if kind == _PERSON else "Company", _country(addresses), aliases)
    since = row.get("start_date") or None
    words = [
        f"{row['name']} is on the {name} of the {agency or 'United States'}",
        f"since {since}" if since else "",
        f"under {row['federal_register_notice']}" if row.get("federal_register_notice") else "",
        f"(licence policy: {row['license_policy']})" if row.get("license_policy") else "",
    ]
    qualifiers = {"validFrom": since} if since else {}
    if row.get("end_date"):
        qualifiers["validTo"] = row["end_date"]
    listed = Actor(name, "RestrictedPartyList", "US")
    return Fact(subject, "subjectTo", listed, f"{' '.join(filter(None, words))}.", since, qualifiers)


def _country(addresses: list[str]) -> str | None:
    """The country that the addresses agree on; each ends in its code."""
    found = {match[1] for address in addresses if (match := _LAST_COUNTRY.search(address.strip()))}
    return country(found.pop()) if len(found) == 1 else None
