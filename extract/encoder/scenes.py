"""What the encoder is shown of a text: its pieces, where its ends stand, and which of them might be tied.

A scene is a sentence in which some pair might be tied.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extract.encoder.wordpiece import START, STOP, pieces
from ontology.classes import is_a
from ontology.relations import allows, relations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from extract.encoder.wordpiece import Pieces

    # Numbers of two spots in the text's list, subject and object.
    Pair = tuple[int, int]

# No two ends of a sentence state these; they are read by means of their own.
_NOT_LEARNED = frozenset({"hasGoal", "authorOf"})
CLASSES = (
    "Company", "GovernmentBody", "Organization", "ActorGroup", "Person", "Country", "Region", "City", "Facility",
    "ProcessNode", "Technology", "Equipment", "Material", "Product", "PolicyInstrument", "StockExchange",
)  # fmt: skip
HOWS = ("name", "concept", "coreference", "topic")
# How a text may mean what it states of two ends.
STANCES = ("plain", "negated", "planned", "possible", "forecast", "denied", "ended")
# What a piece may be part of: nothing, an end of some class, of no class named here, a word that stands for one.
_OTHER, REFERRING = len(CLASSES) + 1, len(CLASSES) + 2
KINDS = len(CLASSES) + 3
# The longest sentence that is read, in pieces.
LONGEST = 250
# Pieces between two ends are counted up to 2 ** 7; which of them comes first is told as well.
_FAR = 7
STEPS = _FAR + 1
DISTANCES = 2 * STEPS


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text where an end stands.

    start, end: int, offsets of its words, of the sentence for "topic"; type: str, a class; how: one of `HOWS`;
    who: str, id of the entity; sentence: int, the number of its sentence.
    """

    start: int
    end: int
    type: str
    how: str
    who: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence as numbers. N pieces, the marks of start and end among them, M spots, P pairs.

    ids, shapes, kinds: (N,); spots: (M,) numbers of the spots in the text's list; first, last: (M,), their first piece
    and the one behind their last; pairs: (P,) of numbers into `spots`, subject and object.
    """

    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    kinds: tuple[int, ...]
    spots: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]


@cache
def learned() -> tuple[str, ...]:
    """The relations that the encoder knows, in the order of its answers."""
    return tuple(sorted(set(relations()) - _NOT_LEARNED))


@cache
def class_of(type_: str) -> int:
    """The number of the class that the encoder knows a type by."""
    return next((i for i, name in enumerate(CLASSES, 1) if is_a(type_, name)), _OTHER)


@cache
def possible(subject: str, object_: str) -> tuple[int, ...]:
    """The relations, as numbers, that the ontology allows between two classes."""
    return tuple(i for i, name in enumerate(learned()) if allows(name, subject, object_))


def step(pieces: int) -> int:
    """How far apart two spots stand with some pieces between them, as one of `STEPS`."""
    return min(_FAR, round(math.log2(pieces + 1)))


def distance(first: int, last: int, other_first: int, other_last: int) -> int:
    """How far apart two spots stand and which comes first, as one of `DISTANCES`."""
    between = max(0, max(first, other_first) - min(last, other_last))
    return step(between) + STEPS * (first < other_first)


def scenes(
    text: str,
    sentences: Sequence[tuple[int, int]],
    spots: Sequence[Spot],
    vocabulary: Mapping[str, int],
    open_: Callable[[Sequence[Pair]], Sequence[Pair]] | None = None,
) -> list[Scene]:
    """The scenes of a text.

    sentences: start and end of each, in order; spots: in any order, each with its sentence; open_: tells of which pairs
    of a sentence something may be said, None for all.
    """
    by_sentence: dict[int, list[int]] = {}
    for number, spot in enumerate(spots):
        by_sentence.setdefault(spot.sentence, []).append(number)
    tied = {n: _pairs(spots, by_sentence[n]) for n in sorted(by_sentence)}
    speaking = tied if open_ is None else {n: open_(pairs) for n, pairs in tied.items()}
    return [
        _scene(pieces(text[slice(*sentences[n])], vocabulary), sentences[n][0], spots, by_sentence[n], said, vocabulary)
        for n, said in speaking.items()
        if said
    ]


def _pairs(spots: Sequence[Spot], numbers: Sequence[int]) -> Sequence[Pair]:
    """The pairs of a sentence's spots that some relation may tie."""
    return [(a, b) for a in numbers for b in numbers if _may_be_tied(spots[a], spots[b])]


def _may_be_tied(a: Spot, b: Spot) -> bool:
    unsaid = a.how == "topic" and b.how == "topic"
    return a.who != b.who and not unsaid and bool(possible(a.type, b.type))


def _scene(
    cut: Pieces,
    start: int,
    spots: Sequence[Spot],
    numbers: Sequence[int],
    pairs: Sequence[Pair],
    vocabulary: Mapping[str, int],
) -> Scene:
    starts, ends = ([start + at for at in places[:LONGEST]] for places in (cut.starts, cut.ends))
    kinds = [0] * (len(starts) + 2)
    placed: dict[int, tuple[int, int, int]] = {}
    for number in numbers:
        spot = spots[number]
        first, last = bisect_right(ends, spot.start) + 1, bisect_left(starts, spot.end) + 1
        if first >= last:
            continue
        last = first + 1 if spot.how == "topic" else last
        placed[number] = (len(placed), first, last)
        if spot.how != "topic":
            _mark(kinds, first, last, spot)
    joined = tuple((placed[a][0], placed[b][0]) for a, b in pairs if a in placed and b in placed)
    return Scene(
        (vocabulary[START], *cut.ids[:LONGEST], vocabulary[STOP]),
        (0, *cut.shapes[:LONGEST], 0),
        tuple(kinds),
        tuple(placed),
        tuple(first for _, first, _ in placed.values()),
        tuple(last for _, _, last in placed.values()),
        joined,
    )


def _mark(kinds: list[int], first: int, last: int, spot: Spot) -> None:
    for at in range(first, last):
        if spot.how != "coreference":
            kinds[at] = class_of(spot.type)
        elif not kinds[at]:
            kinds[at] = REFERRING
