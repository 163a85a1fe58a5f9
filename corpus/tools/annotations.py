"""The lines of annotation under a paragraph, each read into its type; every name must be marked in the text."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from corpus.tools.model import QUALIFIERS, REASONS, Coreference, EntityMark, GoldClaim, GoldNumber, HardNegative
from extract.model import Modality, Polarity
from ontology.errors import InvalidData

Word = TypeVar("Word", Polarity, Modality)

_TIME = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_CLAIM_KEYS = frozenset({"polarity", "modality", "time", "by", "status", "core", *QUALIFIERS})
_SCOPE_KEYS = ("product", "scope", "geo", "base", "approx", "direction", "by")
_NUMBER_KEYS = frozenset({"period", "forecast", "printed", *_SCOPE_KEYS})


class Names:
    """What a paragraph calls its entities.

    text: str, the clean text; marks: its entity marks. Raises `InvalidData` where one surface has two entities and no
    canonical name to tell them apart.
    """

    def __init__(self, text: str, marks: tuple[EntityMark, ...]) -> None:
        self.text = text
        self._names = {mark.name for mark in marks}
        self._surfaces: dict[str, set[str]] = {}
        for mark in marks:
            self._surfaces.setdefault(mark.surface, set()).add(mark.name)

    def canonical(self, name: str) -> str:
        """The canonical name that a surface or canonical name stands for; raises `InvalidData` for an unmarked one."""
        if name in self._names:
            return name
        found = self._surfaces.get(name, set())
        if len(found) != 1:
            fault = "is marked for several entities" if found else "is marked nowhere in the paragraph"
            raise InvalidData(f"The name {name!r} {fault}.")
        return next(iter(found))


def claim(line: str, names: Names) -> GoldClaim:
    """The claim of a line `Subject | relation | Object | key=value; ...`; raises `InvalidData`."""
    (subject, relation, obj), keys = _fields(line, 3)
    _known(keys, _CLAIM_KEYS)
    if keys.get("status", "ended") != "ended" or keys.get("core", "no") != "no":
        raise InvalidData(f"In {line!r} the only status is 'ended' and the only core is 'no'.")
    by = keys.get("by")
    return GoldClaim(
        subject=names.canonical(subject),
        relation=relation,
        object=names.canonical(obj),
        polarity=_choice(Polarity, keys.get("polarity", "affirmed")),
        modality=_choice(Modality, keys.get("modality", "asserted")),
        time=_time(keys.get("time")),
        by=names.canonical(by) if by else None,
        ended="status" in keys,
        core="core" not in keys,
        qualifiers=_pairs(keys, QUALIFIERS),
    )


def number(line: str, names: Names) -> GoldNumber:
    """The number of a line `About | metric | value | unit | period=...; printed=...`; raises `InvalidData`."""
    (about, metric, value, unit), keys = _fields(line, 4)
    _known(keys, _NUMBER_KEYS)
    try:
        Decimal(value)
    except InvalidOperation as error:
        raise InvalidData(f"The value {value!r} must be a plain decimal in base unit.") from error
    if "printed" not in keys:
        raise InvalidData(f"The number {value!r} lacks its printed form.")
    return GoldNumber(
        about=names.canonical(about),
        metric=metric,
        value=value,
        unit=unit,
        printed=keys["printed"],
        period=keys.get("period"),
        forecast=_yes(keys.get("forecast", "no")),
        scope=_pairs(keys, _SCOPE_KEYS),
    )


def negative(line: str, names: Names) -> HardNegative:
    """The hard negative of a line `Subject | relation | Object | why=...`; raises `InvalidData`."""
    (subject, relation, obj), keys = _fields(line, 3)
    if set(keys) != {"why"} or keys["why"] not in REASONS:
        raise InvalidData(f"A hard negative has one key, why, out of {', '.join(sorted(REASONS))}; not {keys}.")
    return HardNegative(names.canonical(subject), relation, names.canonical(obj), keys["why"])


def coreference(line: str, names: Names) -> Coreference:
    """The coreference of a line `word#2 -> Name`: the second occurrence, in any case; raises `InvalidData`."""
    found = re.fullmatch(r"(.+)#(\d+) -> (.+)", line)
    if not found:
        raise InvalidData(f"The coreference {line!r} must read 'word#1 -> Name'.")
    word, count = found[1].strip(), int(found[2])
    places = list(re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", names.text, re.IGNORECASE))
    if not 1 <= count <= len(places):
        raise InvalidData(f"The text has {len(places)} of {word!r}, so there is no occurrence {count}.")
    place = places[count - 1]
    return Coreference(place.start(), place.end(), names.canonical(found[3].strip()))


def _fields(line: str, count: int) -> tuple[tuple[str, ...], dict[str, str]]:
    parts = [part.strip() for part in line.split("|")]
    if not count <= len(parts) <= count + 1 or not all(parts[:count]):
        raise InvalidData(f"The line {line!r} must have {count} fields and then, where needed, keys.")
    keys = parts[count] if len(parts) > count else ""
    return tuple(parts[:count]), _keys(keys)


def _keys(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for piece in filter(None, (piece.strip() for piece in text.split(";"))):
        key, sign, value = (part.strip() for part in piece.partition("="))
        if not sign or not value or key in found:
            raise InvalidData(f"The key {piece!r} must read key=value and stand once.")
        found[key] = value
    return found


def _known(keys: dict[str, str], allowed: frozenset[str]) -> None:
    if unknown := sorted(set(keys) - allowed):
        raise InvalidData(f"The key {unknown[0]!r} is not one of {', '.join(sorted(allowed))}.")


def _choice(kind: type[Word], value: str) -> Word:
    if value not in list(kind):
        raise InvalidData(f"{value!r} is no {kind.__name__.lower()}: choose one of {', '.join(kind)}.")
    return kind(value)


def _time(value: str | None) -> str | None:
    if value is not None and not _TIME.fullmatch(value):
        raise InvalidData(f"The time {value!r} must be a year, month or day of ISO 8601.")
    return value


def _yes(value: str) -> bool:
    if value not in {"yes", "no"}:
        raise InvalidData(f"A forecast is 'yes' or 'no', not {value!r}.")
    return value == "yes"


def _pairs(keys: dict[str, str], wanted: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, keys[key]) for key in wanted if key in keys))
