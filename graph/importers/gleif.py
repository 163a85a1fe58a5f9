"""Level 1 data of GLEIF (who is who), as its golden copy or concatenated CSV: legal names, other names, LEI, seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.importers._facts import Actor, Fact, country, nation, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TITLE = "GLEIF level 1 data"
PUBLISHER = "Global Legal Entity Identifier Foundation"
_LEGAL = "Entity.LegalName"
_OTHERS = tuple(f"Entity.OtherEntityNames.OtherEntityName.{n}" for n in range(1, 6))
_LATIN = tuple(f"Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.{n}" for n in range(1, 6))
_GONE = ("INACTIVE", "NULL")
_KINDS = {"PREVIOUS_LEGAL_NAME": "former", "TRADING_OR_OPERATING_NAME": "short"}
# Category -> class; funds and sole proprietors have none.
_TYPES = {
    "": "Company",
    "GENERAL": "Company",
    "BRANCH": "Company",
    "RESIDENT_GOVERNMENT_ENTITY": "GovernmentBody",
    "INTERNATIONAL_ORGANIZATION": "Organization",
}


def read(path: Path) -> Iterator[Actor | Fact]:
    """The active entities with their seats; funds and sole proprietors are left out."""
    for row in table(path, ("LEI", _LEGAL, "Entity.LegalAddress.Country")):
        type_ = _TYPES.get(row.get("Entity.EntityCategory", ""))
        if row.get("Entity.EntityStatus", "") not in _GONE and type_ is not None and row[_LEGAL]:
            yield from _of_row(row, type_)


def _of_row(row: dict[str, str], type_: str) -> Iterator[Actor | Fact]:
    seat = country(row.get("Entity.HeadquartersAddress.Country") or row["Entity.LegalAddress.Country"])
    actor = Actor(row[_LEGAL], type_, seat, tuple(_aliases(row)), lei=row["LEI"] or None)
    yield actor
    if seat:
        city = row.get("Entity.HeadquartersAddress.City", "")
        updated = row.get("Registration.LastUpdateDate", "")[:10]
        says = f"{row[_LEGAL]} (LEI {row['LEI']}) has its headquarters in {f'{city}, ' if city else ''}{seat}."
        yield Fact(actor, "headquarteredIn", nation(seat), says, updated or None)


def _aliases(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    if not row[_LEGAL].isascii():
        yield row[_LEGAL], "native"
    for column in (*_OTHERS, *_LATIN):
        if text := row.get(column):
            plain = "legal" if text.isascii() else "native"
            yield text, _KINDS.get(row.get(f"{column}.type", ""), plain)
