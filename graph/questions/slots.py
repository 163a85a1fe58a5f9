"""What stands in the slot of a question, as the value of a parameter: an entity of the graph, a country, a date.

A name counts only where it surely stands for one entity of a fitting class: a question that is answered for another
than the one meant is worse than one that is not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from graph.names import squash
from graph.questions.dates import date
from graph.questions.pattern import matches, words
from graph.questions.vocabulary import vocabulary
from ontology.classes import classes, is_a
from ontology.errors import AmbiguousName, UnknownEntity
from ontology.names import fold
from ontology.registry import load
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from extract.model import Entity
    from graph.claims import Reader
    from graph.names import Match
    from graph.questions.pattern import Phrase

_ARTICLE = re.compile(r"(?:the|a|an|all|any)\s+", re.IGNORECASE)
_ANY_ROLE = ("Entity", "Text")
_SMALL = ("one", "two", "three", "four", "five")


@dataclass(frozen=True, slots=True)
class Meant:
    """A value for a parameter: as the query takes it, and as people read it."""

    value: str
    label: str


class NotMeant(Exception):
    """What a slot holds cannot be meant by it; the text is a sentence for people, empty where there is nothing to say.

    suggestions: tuple of str, names that may have been meant.
    """

    def __init__(self, text: str = "", suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.suggestions = suggestions


def meant(text: str, role: str, reader: Reader) -> Meant:
    """The value of a slot.

    text: str, the words in it; role: str, a role of `words.toml` or one of `KINDS`; reader: Reader, of the graph.
    Raises `NotMeant`.

    >>> from graph.example import market
    >>> meant("the birch", "actor", market().reader), meant("May 2024", "date", market().reader).value
    (Meant(value='birch-devices', label='Birch Devices'), '2024-05')
    """
    if text.casefold() in vocabulary().pointers and text != text.upper():
        raise NotMeant(f"{text!r} can be anybody: name them.")
    if role in KINDS:
        value = KINDS[role](_bare(text))
        if value is None:
            raise NotMeant
        return value
    return _entity(text, vocabulary().roles[role], reader)


def _entity(text: str, wanted: tuple[str, ...], reader: Reader) -> Meant:
    """The one entity of a fitting class that a name surely stands for."""
    found = _named(text, reader) or _named(_bare(text), reader)
    known = [reader.entity(match.id) for match in found]
    fitting = [entity for entity in known if _fits(entity, wanted)]
    if len(fitting) == 1:
        return Meant(fitting[0].id, fitting[0].label)
    if fitting:
        ambiguous = AmbiguousName(text, tuple(sorted(entity.label for entity in fitting)))
        raise NotMeant(str(ambiguous), ambiguous.suggestions)
    if known:
        kinds = " or ".join(dict.fromkeys(_label(name) for name in wanted))
        raise NotMeant(f"{known[0].label} is no {kinds} but of the class {_label(known[0].type)}.")
    raise _unknown(text, reader)


def _named(text: str, reader: Reader) -> list[Match]:
    """The entities that a name surely stands for.

    A code counts in capitals alone (IT is Italy, it is not), the beginning of a name where it is whole words of it.
    """
    found = reader.names.meant(text)
    return [
        match
        for match in found
        if match.how in ("id", "name", "legal form")
        or (match.how == "code" and text == text.upper())
        or (match.how == "beginning" and _begins(text, reader.entity(match.id)))
    ]


def _begins(text: str, entity: Entity) -> bool:
    return any(fold(name).startswith(f"{fold(text)} ") for name in (entity.label, *entity.aliases))


def _unknown(text: str, reader: Reader) -> NotMeant:
    try:
        reader.names.find(text)
    except UnknownEntity as error:
        return NotMeant(str(error), error.suggestions)
    # The resolver has a guess that is not sure enough to answer by.
    guesses = tuple(match.label for match in reader.names.meant(text))
    return NotMeant(str(UnknownEntity(text, guesses)), guesses)


def _fits(entity: Entity, wanted: tuple[str, ...]) -> bool:
    return entity.type in _ANY_ROLE or any(is_a(entity.type, name) for name in wanted)


def _label(kind: str) -> str:
    return classes()[kind].label if kind in classes() else kind


def _bare(text: str) -> str:
    return _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text


def _country(text: str) -> Meant | None:
    """A country by its name, its adjective or, in capitals, its code."""
    found = [entry for entry in load().lookup(text) if entry.country and entry.type == "Country"]
    if len(found) == 1 and (text != text.casefold() or len(text) > len("us")):
        return Meant(found[0].country or "", found[0].label)
    return Meant(text, text) if re.fullmatch("[A-Z]{2}", text) else None


def _date(text: str) -> Meant | None:
    found = date(text)
    return Meant(found, found) if found else None


def _metric(text: str) -> Meant | None:
    found = vocabulary().metrics.get(squash(text))
    return Meant(found, text) if found else None


def _class(text: str) -> Meant | None:
    found = vocabulary().classes.get(squash(text))
    return Meant(found, _label(found)) if found else None


def _relation(text: str) -> Meant | None:
    """The relation that a verb puts between its subject and its object."""
    return _put(text, vocabulary().relations)


def _inverse(text: str) -> Meant | None:
    """The relation that a verb puts between its object and its subject, as "buys from" does."""
    return _put(text, vocabulary().inverses)


def _put(text: str, known: tuple[tuple[str, Phrase], ...]) -> Meant | None:
    read = words(text)
    found = next((key for key, phrase in known if any(True for _ in matches(phrase.pattern, read))), None)
    return Meant(found, relations()[found].label) if found else None


def _integer(text: str) -> Meant | None:
    number = str(_SMALL.index(text.casefold()) + 1) if text.casefold() in _SMALL else text
    return Meant(number, number) if re.fullmatch("[0-9]{1,3}", number) else None


KINDS: Mapping[str, Callable[[str], Meant | None]] = MappingProxyType(
    {
        "country": _country,
        "date": _date,
        "metric": _metric,
        "class": _class,
        "relation": _relation,
        "inverse": _inverse,
        "integer": _integer,
    }
)
