"""Wikidata: entities as JSON (an export of one or several, a dump, JSON lines), or the results of a query as JSON.

A query names its columns after what they hold: item, itemLabel, itemAltLabel, country, parent, parentLabel, owner,
ownerLabel, subsidiary, subsidiaryLabel, lei, isin. Only `item` and `itemLabel` are needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.importers._facts import Actor, Fact, country, country_of_wikidata, json_object, json_text, json_value, nation
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

TITLE = "Wikidata"
PUBLISHER = "Wikidata"
_PERSON = "Q5"
_LEI, _ISIN, _COUNTRY, _INSTANCE = "P1278", "P946", "P17", "P31"
# Property -> the relation, whether the item is its subject, and how it reads.
_TIES = {
    "P749": ("subsidiaryOf", True, "is a subsidiary of"),
    "P355": ("subsidiaryOf", False, "is a subsidiary of"),
    "P127": ("ownsStakeIn", False, "owns a stake in"),
    "P1830": ("ownsStakeIn", True, "owns a stake in"),
}
_COLUMNS = {"parent": "P749", "subsidiary": "P355", "owner": "P127"}


def read(path: Path) -> Iterator[Actor | Fact]:
    """The items with their names and ids, and who owns whom where both ends are in the file."""
    text = json_text(path)
    numbered = [(n, line.strip().removesuffix(",")) for n, line in enumerate(text.splitlines(), start=1)]
    lines = [(n, line) for n, line in numbered if line not in ("", "[", "]")]  # a dump is a list, an entity a line
    if len(lines) > 1 and all(line.startswith("{") and line.endswith("}") for _, line in lines):
        yield from _listed(path, [json_object(path, line, n) for n, line in lines])
        return
    whole = json_value(path, text)
    if isinstance(whole, list):
        yield from _listed(path, whole)
    elif not isinstance(whole, dict):
        raise InvalidData(f"{path}: entities or results of a query are wanted, not {type(whole).__name__}.")
    elif isinstance(whole.get("results"), dict):
        yield from _results(path, whole["results"].get("bindings"))
    else:
        found = whole.get("entities", {whole.get("id"): whole})
        yield from _entities(path, found.values() if isinstance(found, dict) else ())


def _listed(path: Path, given: list[Any]) -> Iterator[Actor | Fact]:
    """Entities, or the rows of a query as query.wikidata.org saves them, with or without the types of their cells."""
    if any(isinstance(row, dict) and "labels" in row for row in given):
        yield from _entities(path, given)
    else:
        yield from _results(path, given)


def _entities(path: Path, given: Iterable[dict[str, Any]]) -> Iterator[Actor | Fact]:
    items = {str(item.get("id")): item for item in given if isinstance(item, dict) and item.get("labels")}
    if not items:
        raise InvalidData(f"{path} holds no Wikidata entity with labels: export entities, or the results of a query.")
    actors = {key: _actor(key, item) for key, item in items.items()}
    for key, item in items.items():
        yield actors[key]
        for code in map(country_of_wikidata, _targets(item, _COUNTRY)):
            if code and actors[key].type != "Person":
                says = f"{actors[key].name} ({key}) is in {nation(code).name}."
                yield Fact(actors[key], "headquarteredIn", nation(code), says, confidence=0.8)
        for property_ in _TIES:
            for other in _targets(item, property_):
                if other in actors:
                    yield _tie(property_, actors[key], actors[other])


def _actor(key: str, item: dict[str, Any]) -> Actor:
    label = _text(item["labels"]) or key
    aliases = [
        (entry["value"], "short" if entry["value"].isascii() else "native")
        for found in item.get("aliases", {}).values()
        for entry in found
    ]
    natives = [(v["value"], "native") for v in item["labels"].values() if not v["value"].isascii()]
    codes = {country_of_wikidata(target) for target in _targets(item, _COUNTRY)} - {None}
    type_ = "Person" if _PERSON in _targets(item, _INSTANCE) else "Company"
    return Actor(
        label,
        type_,
        codes.pop() if len(codes) == 1 and type_ != "Person" else None,
        tuple(dict.fromkeys((*natives, *aliases))),
        lei=next(iter(_strings(item, _LEI)), None),
        isin=next(iter(_strings(item, _ISIN)), None),
        wikidata=key,
    )


def _text(labels: dict[str, Any]) -> str:
    for language in ("en", *sorted(labels)):
        if language in labels:
            return str(labels[language]["value"])
    return ""


def _values(item: dict[str, Any], property_: str) -> Iterator[Any]:
    """The values of a property, deprecated statements left out."""
    for statement in item.get("claims", {}).get(property_, ()):
        value = statement.get("mainsnak", {}).get("datavalue", {}).get("value")
        if value is not None and statement.get("rank") != "deprecated":
            yield value


def _targets(item: dict[str, Any], property_: str) -> list[str]:
    return [str(value["id"]) for value in _values(item, property_) if isinstance(value, dict) and "id" in value]


def _strings(item: dict[str, Any], property_: str) -> list[str]:
    return [value for value in _values(item, property_) if isinstance(value, str)]


def _tie(property_: str, item: Actor, other: Actor) -> Fact:
    relation, forwards, words = _TIES[property_]
    subject, object_ = (item, other) if forwards else (other, item)
    return Fact(subject, relation, object_, f"{subject.name} {words} {object_.name}.", confidence=0.8)


def _results(path: Path, bindings: Any) -> Iterator[Actor | Fact]:
    if not isinstance(bindings, list):
        raise InvalidData(f"{path} holds results without bindings: export them as SPARQL JSON.")
    for number, row in enumerate(bindings, start=1):
        cells = row.items() if isinstance(row, dict) else ()
        values = {name: str(cell.get("value", "") if isinstance(cell, dict) else cell) for name, cell in cells}
        if not values.get("item") or not values.get("itemLabel"):
            raise InvalidData(f"{path}, result {number}: the columns item and itemLabel are needed.")
        yield from _result(values)


def _result(values: dict[str, str]) -> Iterator[Actor | Fact]:
    item = values["item"].rsplit("/", 1)[-1]
    seat = country_of_wikidata(values.get("country", "").rsplit("/", 1)[-1]) or country(values.get("countryLabel"))
    aliases = tuple((text.strip(), "short") for text in values.get("itemAltLabel", "").split(", ") if text.strip())
    actor = Actor(
        values["itemLabel"], "Company", seat, aliases, values.get("lei") or None, values.get("isin") or None, item
    )
    yield actor
    if seat:
        yield Fact(actor, "headquarteredIn", nation(seat), f"{actor.name} is in {nation(seat).name}.", confidence=0.8)
    for column, property_ in _COLUMNS.items():
        if values.get(f"{column}Label"):
            key = values.get(column, "").rsplit("/", 1)[-1]
            other = Actor(values[f"{column}Label"], wikidata=key if key.startswith("Q") else None)
            yield _tie(property_, actor, other)
