"""What importers yield, and how it becomes a document with claims: each has a line of text for its evidence."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extract.model import Claim, Document, Entity, Evidence
from graph.identity.score import compatible
from ontology.entries import ALIAS_KINDS, LABEL
from ontology.errors import InvalidData
from ontology.iri import slug
from ontology.names import strip_legal_form
from ontology.registry import load
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ontology.entries import Entry
    from ontology.registry import Registry


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that a data set names.

    name: str; type: str, a class of the ontology; country: str or None, ISO 3166 alpha-2; aliases: tuple of (text,
    kind), kinds as in the registry; lei, isin, wikidata: str or None; parent: str or None, its owner's name.
    """

    name: str
    type: str = "Company"
    country: str | None = None
    aliases: tuple[tuple[str, str], ...] = ()
    lei: str | None = None
    isin: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of a data set.

    subject: Actor; relation: str; object: Actor; says: str, the row in words, which becomes the sentence behind the
    claim; time: str or None, ISO 8601; qualifiers: mapping of str to str; confidence: float.
    """

    subject: Actor
    relation: str
    object: Actor
    says: str
    time: str | None = None
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file gives: the document that it becomes, its claims, and rows for the registry."""

    document: Document
    claims: tuple[Claim, ...]
    actors: tuple[dict[str, str], ...]


class Naming:
    """Ids for the actors of a data set: that of the registry where it knows the name, else one made from the name.

    >>> naming = Naming("gleif")
    >>> naming.id(Actor("TSMC")), naming.id(Actor("Nowhere Silicon GmbH", country="DE"))
    ('tsmc', 'nowhere-silicon')
    >>> [row["legal"] for row in naming.rows()]
    ['Nowhere Silicon GmbH']
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._new: dict[str, dict[str, Any]] = {}
        self._ids: dict[tuple[str, str, str | None], str] = {}
        self._by_identifier = {
            value: entry.id
            for entry in load().entries.values()
            for value in (entry.lei, entry.isin, entry.wikidata)
            if value
        }

    def id(self, actor: Actor) -> str:
        """The id of an actor; raises `InvalidData` for a name without a letter."""
        key = (actor.name, actor.type, actor.lei or actor.wikidata or actor.country)
        if key not in self._ids:
            self._ids[key] = self._known(actor) or self._made(actor)
        found = self._ids[key]
        if found in self._new:
            self._note(self._new[found], actor)
        return found

    def entity(self, actor: Actor) -> Entity:
        """The actor as an end of a claim."""
        key = self.id(actor)
        entry = load().entries.get(key)
        label, type_ = (entry.label, entry.type) if entry else (self._new[key]["label"], self._new[key]["type"])
        return Entity(key, label, type_, actor.name)

    def rows(self) -> tuple[dict[str, str], ...]:
        """The actors that the registry lacks, as its rows."""
        return tuple(_row(found) for _, found in sorted(self._new.items()))

    def _known(self, actor: Actor) -> str | None:
        for value in (actor.lei, actor.isin, actor.wikidata):
            if value in self._by_identifier:
                return self._by_identifier[value]
        found = [e for e in load().lookup(actor.name) if compatible(e.type, actor.type)]
        if actor.country:
            found = [e for e in found if e.country in (None, actor.country)]
        return found[0].id if len(found) == 1 else None

    def _made(self, actor: Actor) -> str:
        label = strip_legal_form(actor.name)
        key = base = slug(label)
        if not key:
            raise InvalidData(f"The name {actor.name!r} has no letter: no id can be made from it.")
        number = 2
        while key in load().entries or (key in self._new and not _same(self._new[key], actor)):
            extra = actor.country.lower() if actor.country and number == 2 else str(number)
            key, number = f"{base}-{extra}", number + 1
        self._new.setdefault(key, {"id": key, "label": label, "type": actor.type, "sources": self._source})
        return key

    def _note(self, row: dict[str, Any], actor: Actor) -> None:
        """Takes in what is said of an actor; what was said first stands."""
        legal = [(actor.name, "legal")] if actor.name != row["label"] else []
        known = {row["label"], *(text for kind in ALIAS_KINDS for text in row.get(kind, ()))}
        for text, kind in (*legal, *actor.aliases):
            clean = " ".join(text.replace("|", " ").split())
            if clean and clean not in known and kind != LABEL:
                row.setdefault(kind, []).append(clean)
                known.add(clean)
        for column in ("country", "lei", "isin", "wikidata"):
            if (value := getattr(actor, column)) and not row.get(column):
                row[column] = value
        if any(row.get(column) for column in ("lei", "isin", "wikidata")):
            row["id_status"] = "single-source"


def _same(row: Mapping[str, Any], actor: Actor) -> bool:
    """True where a row may be the actor: nothing that both have differs."""
    pairs = ((row.get(column), getattr(actor, column)) for column in ("country", "lei", "isin", "wikidata"))
    return row["type"] == actor.type and all(a == b for a, b in pairs if a and b)


def _row(found: Mapping[str, Any]) -> dict[str, str]:
    return {column: "|".join(value) if isinstance(value, list) else value for column, value in found.items()}


def assemble(
    found: Iterable[Actor | Fact], *, source: str, title: str, publisher: str | None, date: str | None
) -> Imported:
    """The document, claims and registry rows of what an importer yields.

    source: str, the path of the file, which is also the source of the rows; date: str or None, ISO 8601.
    Raises `InvalidData` where there is nothing in it.
    """
    naming, lines, made = Naming(f"import:{title}"), [title + (f", {date}" if date else "")], []
    place = len(lines[0]) + 1
    for item in found:
        if isinstance(item, Actor):
            naming.id(item)
            continue
        sentence = " ".join(item.says.split())
        made.append((item, Evidence(place, place + len(sentence), sentence)))
        lines.append(sentence)
        place += len(sentence) + 1
    ends = [(naming.entity(fact.subject), naming.entity(fact.object)) for fact, _ in made]
    document = Document("\n".join(lines), source, title=title, publisher=publisher, date=date, language="en")
    claims = tuple(
        _claim(document, fact, subject, object_, evidence)
        for (fact, evidence), (subject, object_) in zip(made, ends, strict=True)
        if subject.id != object_.id
    )
    if not claims and not naming.rows():
        raise InvalidData(f"{source}: there is nothing in it that Chipgraph does not know already.")
    return Imported(document, claims, naming.rows())


def _claim(document: Document, fact: Fact, subject: Entity, object_: Entity, evidence: Evidence) -> Claim:
    if fact.relation not in relations():
        raise InvalidData(f"An importer yields the relation {fact.relation!r}, which the ontology lacks.")
    return Claim(
        document=document.id,
        source=document.source,
        subject=subject,
        relation=fact.relation,
        object=object_,
        evidence=evidence,
        rule="import",
        time=fact.time,
        qualifiers=fact.qualifiers,
        confidence=fact.confidence,
    )


def table(path: Path, needed: Iterable[str]) -> Iterator[dict[str, str]]:
    """The rows of a CSV file as column to value; raises `InvalidData` where a needed column is not there.

    needed: the columns that tell this format from others.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = sorted(set(needed).difference(reader.fieldnames or ()))
            if missing:
                raise InvalidData(f"{path} has no column {missing[0]!r}: it is not a file of this format.")
            for row in reader:
                yield {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidData(f"{path} cannot be read as CSV ({error}).") from error


def json_text(path: Path) -> str:
    """The text of a JSON file."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidData(f"{path} cannot be read as UTF-8 text ({error}).") from error


def json_value(path: Path, text: str, number: int | None = None) -> Any:
    """The value that a JSON text holds; number: int or None, the line that it stands in."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise InvalidData(f"{_place(path, number)}: this is not JSON ({error}).") from error


def json_object(path: Path, text: str, number: int | None = None) -> dict[str, Any]:
    """The JSON object of a text; number: int or None, the line that it stands in."""
    found = json_value(path, text, number)
    if not isinstance(found, dict):
        raise InvalidData(f"{_place(path, number)}: a JSON object is wanted, not {type(found).__name__}.")
    return found


def _place(path: Path, number: int | None) -> str:
    return f"{path}, line {number}" if number else str(path)


def country(code: str | None) -> str | None:
    """The ISO 3166 alpha-2 code of a code, a three-letter code or a name, where the registry knows the country.

    >>> country("TWN"), country("Germany"), country("Atlantis"), country("")
    ('TW', 'DE', None, None)
    """
    found = _countries(load()).get((code or "").strip().upper())
    return found.country if found else None


def nation(code: str) -> Actor:
    """The country of an alpha-2 code, as an actor under the name that the registry has for it."""
    found = _countries(load()).get(code)
    return Actor(found.label if found else code, "Country", code)


def country_of_wikidata(key: str) -> str | None:
    """The code of a country's Wikidata id, where the registry has it."""
    found = _countries(load()).get(key)
    return found.country if found else None


@lru_cache(maxsize=2)
def _countries(registry: Registry) -> Mapping[str, Entry]:
    """Code, name in capitals or Wikidata id -> the country."""
    found: dict[str, Entry] = {}
    for entry in registry.entries.values():
        if entry.type == "Country" and entry.country:
            names = (alias.text for alias in entry.aliases if alias.kind in ("short", "legal"))
            for text in filter(None, (entry.country, entry.iso3, entry.wikidata, entry.label, *names)):
                found.setdefault(text.upper(), entry)
    return found
