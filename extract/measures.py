"""What the numbers of a text measure, of whom, for which period, counted or forecast."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from extract import lexicon
from extract.coreference import referents
from extract.discourse import Counted
from extract.model import Entity
from ontology import registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extract.discourse import Discourse, Reading
    from extract.mention_index import Mention
    from extract.quantities import Quantity
    from extract.tree import Span, Token

_ACTORS = ("Organization", "ActorGroup", "Country", "Region")
_SOURCES = ("MediaOrganization", "MarketResearcher", "GovernmentBody")
# What a country exports or imports is said of countries; the customs office only counts it.
_TRADE = frozenset({"exportValue", "importValue", "exportGrowth", "growthStreak"})
_TRADERS = ("Country", "Region", "NationalIndustry", "Company")
_GROWTH = ("growth", "exportGrowth")
_GOODS = ("ChipProduct", "EndDevice", "Material", "Equipment")
_PRONOUNS = ("it", "its", "they", "their")

# How far from the number its metric's cue may stand, in tokens; what follows the number counts as farther away.
_FARTHEST = 22
_BEHIND = 1.5
_LATELY = 2  # blocks over which numbers go on about the same actor
_NEEDED = 6  # how much nearer a metric counts that is told by two words
_LEAD = re.compile(r"(\w+)\s*$")


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantity bound to what it measures.

    quantity; sentence: where it stands; about: Entity, of whom it is said; metric: str, local name in the ontology;
    period, base_period: ISO 8601 or None; product, scope: entity ids or None; forecast: True where it is yet to come;
    approx: True for "about 40%"; direction: "increase", "decrease" or None.
    """

    quantity: Quantity
    sentence: Span
    about: Entity
    metric: str
    period: str | None = None
    base_period: str | None = None
    product: str | None = None
    scope: str | None = None
    forecast: bool = False
    approx: bool = False
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class _Number:
    """A quantity where it stands: what all the questions below are asked of."""

    discourse: Discourse
    reading: Reading
    quantity: Quantity
    span: Span

    @property
    def sentence(self) -> Span:
        return self.span.sent


def measured(discourse: Discourse, reading: Reading) -> Iterator[Measured]:
    """The quantities of a text that are said of somebody, with their metric, in the order of the text."""
    last: Measured | None = None
    for quantity in reading.quantities:
        span = reading.doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
        if span is None:
            continue
        number = _Number(discourse, reading, quantity, span)
        metric = _metric(number)
        if last is not None and _goes_on(metric, number, last):
            metric = last.metric
        about = _about(number, metric) if metric else None
        if metric and about is not None:
            last = _bound(number, metric, about, last)
            discourse.counted = Counted(reading.place, last.about, last.period)
            yield last


def _goes_on(metric: str | None, number: _Number, last: Measured) -> bool:
    """True where a later number of the same kind goes on with the metric before: no words tell another."""
    if number.quantity.unit != last.quantity.unit:
        return False
    if metric is None:
        return not _words("change").isdisjoint(t.lemma for t in number.sentence)
    return metric == "marketShare" and last.metric == "capacityShare"


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon.table("quantities")["words"][name])


def _metric(number: _Number) -> str | None:
    """The metric whose cue stands nearest to the number in its sentence."""
    lemmas = [(t.i, t.lemma) for t in number.sentence]
    present = {word for _, word in lemmas}
    found: list[tuple[float, str]] = []
    for rank, (name, entry) in enumerate(_metrics(number)):
        if "needs" in entry and present.isdisjoint(entry["needs"]):
            continue
        bonus = _NEEDED if "needs" in entry else 0
        near = [_distance(at, number.span) for at, word in lemmas if word in entry["cues"]]
        found.extend((distance + rank * 0.01 - bonus, name) for distance in near)
    best = min(found, default=(float(_FARTHEST), ""))
    return best[1] if best[0] < _FARTHEST else None


def _metrics(number: _Number) -> list[tuple[str, dict[str, list[str]]]]:
    """The metrics that a number of this kind can be of, in the lexicon's order."""
    kind = number.quantity.kind
    # "grows from 34% to 47%": the percentages are levels.
    level = kind == "percent" and _end_of_pair(number) is not None
    return [
        (name, entry)
        for name, entry in lexicon.table("quantities")["metrics"].items()
        if kind in entry["units"] and not (level and name in _GROWTH)
    ]


def _distance(at: int, span: Span) -> float:
    return span.start - at if at < span.start else _BEHIND * (at - span.end + 1)


def _about(number: _Number, metric: str) -> Entity | None:
    """Whom a number is said of: the actor named before it in the sentence, else after it, else the one meant."""
    discourse, reading, span = number.discourse, number.reading, number.span
    sentence = number.sentence
    kinds = _TRADERS if metric in _TRADE else _ACTORS
    inside = [m for m in _within(reading, sentence) if m.kind in ("name", "group")]
    actors = [m for m in inside if _can_own(m, kinds)]
    before = [m for m in actors if m.end <= span.start]
    pronouns = [t for t in sentence if t.i < span.start and t.lower_ in _PRONOUNS]
    if before and not (pronouns and pronouns[-1].i > before[-1].root):
        return discourse.entity(reading, before[-1])
    if pronouns and (meant := referents(discourse, reading, pronouns[-1])):
        return meant[0]
    if actors:
        return discourse.entity(reading, actors[0])
    if metric in _TRADE and (country := _counted_for(number, inside)):
        return country
    return _counted_lately(number) or _said_before(discourse, reading, sentence[0], kinds) or discourse.topic


def _counted_for(number: _Number, inside: list[Mention]) -> Entity | None:
    """The country whose office counts: "according to Chinese customs data"."""
    entries = registry.load().entries
    offices = [entries[m.entries[0]] for m in inside if m.entries and m.type == "GovernmentBody"]
    codes = {office.country for office in offices if office.country}
    state = registry.load().states.get(codes.pop()) if len(codes) == 1 else None
    return Entity(state.id, state.label, state.type, state.label) if state is not None else None


def _counted_lately(number: _Number) -> Entity | None:
    """Whom the numbers just before were of, for a sentence that names nobody: "This marks a 17% increase"."""
    last = number.discourse.counted
    recent = last is not None and number.reading.place - last.place <= _LATELY
    return last.about if last is not None and recent else None


def _within(reading: Reading, sentence: Span) -> list[Mention]:
    return list(reading.mentions_in(sentence))


def _can_own(mention: Mention, kinds: tuple[str, ...]) -> bool:
    """True for an actor that figures are about, other than those who publish them."""
    return any(is_a(mention.type, t) for t in kinds) and not any(is_a(mention.type, t) for t in _SOURCES)


def _said_before(discourse: Discourse, reading: Reading, token: Token, kinds: tuple[str, ...]) -> Entity | None:
    """The actor of the nearest sentence before a token that names one, its subject first."""
    for earlier, _, mentions in discourse.before(reading, token, blocks=6):
        actors = [m for m in mentions if m.kind == "name" and _can_own(m, kinds)]
        subjects = [m for m in actors if earlier.doc[m.root].dep_ in ("nsubj", "nmod:poss")]
        if actors:
            return discourse.entity(earlier, (subjects or actors)[0])
    return None


def _bound(number: _Number, metric: str, about: Entity, last: Measured | None) -> Measured:
    reading, quantity = number.reading, number.quantity
    is_start = _lead(reading.doc.text, quantity.start) == "from"
    period = _period(number) or _period_lately(number, metric)
    before, _ = _around(number, _GOODS)
    return Measured(
        quantity,
        number.sentence,
        about,
        metric,
        period,
        base_period=_base(metric, period),
        product=number.discourse.entity(reading, before[-1]).id if before else None,
        scope=_scope(number, metric, last),
        forecast=not is_start and _is_future(number, period),
        approx=_is_approximate(number.span),
        direction=_direction(number, metric),
    )


def _period_lately(number: _Number, metric: str) -> str | None:
    """A list of highlights states its period once: the line above has it."""
    last = number.discourse.counted
    if metric != "growthStreak" or last is None or number.reading.place - last.place > 1:
        return None
    return last.period


def _direction(number: _Number, metric: str) -> str | None:
    if metric in _GROWTH and not _words("falling").isdisjoint(t.lemma for t in number.sentence):
        return "decrease"
    return "increase" if metric in (*_GROWTH, "cagr") else None


def _around(number: _Number, types: tuple[str, ...]) -> tuple[list[Mention], list[Mention]]:
    """The mentions of some classes in the number's sentence: those before it, and all."""
    found = [m for m in _within(number.reading, number.sentence) if m.type in types]
    return [m for m in found if m.end <= number.span.start], found


def _scope(number: _Number, metric: str, last: Measured | None) -> str | None:
    """The node class that a number is limited to; a second share of capacity is of the same class as the first."""
    before, found = _around(number, ("NodeClass",))
    if found:
        return number.discourse.entity(number.reading, before[-1] if before else found[0]).id
    return last.scope if last is not None and metric == last.metric == "capacityShare" else None


def _lead(text: str, start: int) -> str:
    """The word before a place in a text."""
    match = _LEAD.search(text, max(0, start - 60), start)
    return match[1].lower() if match else ""


def _period(number: _Number) -> str | None:
    """The date that goes with the number: just behind it, else the nearest before it, else the sentence's first."""
    quantity, sentence = number.quantity, number.sentence
    inside = [d for d in number.reading.dates if sentence.start_char <= d.start < sentence.end_char]
    if not inside:
        return None
    text = number.reading.doc.text
    following = next((o.start for o in number.reading.quantities if o.start >= quantity.end), len(text))
    for date in inside:
        if quantity.end <= date.start < following and len(text[quantity.end : date.start].split()) <= 6:
            return date.value
    if _end_of_pair(number) == "first":
        years = {d.value for d in inside if len(d.value) == 4}
        # "a decline in 2023 (from A to B)": A is the figure of the year before.
        return str(int(years.pop()) - 1) if len(years) == 1 else None
    before = [d for d in inside if d.end <= quantity.start]
    return before[-1].value if before else inside[0].value


def _end_of_pair(number: _Number) -> str | None:
    """Which end of a "from A to B" the number is: "first", "second" or None."""
    text, quantity = number.reading.doc.text, number.quantity
    for a, b in pairwise(number.reading.quantities):
        if quantity in (a, b) and _is_pair(a, b, text):
            return "first" if quantity == a else "second"
    return None


def _is_pair(a: Quantity, b: Quantity, text: str) -> bool:
    near = a.unit == b.unit and b.start - a.end < 60
    return near and _lead(text, a.start) == "from" and _lead(text, b.start) == "to"


def _base(metric: str, period: str | None) -> str | None:
    """What growth is measured against: the year before."""
    return str(int(period) - 1) if metric in _GROWTH and period and len(period) == 4 else None


def _is_future(number: _Number, period: str | None) -> bool:
    anchor = number.discourse.document.date
    if period and anchor and period[:4] <= anchor[:4] and period != anchor[:4]:
        return False
    future = _words("future")
    return any(t.lemma in future or t.lower_ in ("will", "expected", "'ll") for t in _clause(number.span))


def _clause(span: Span) -> Sequence[Token]:
    """The verb above the number with its auxiliaries and the words that embed it."""
    found: list[Token] = []
    token = span.root
    for _ in range(10):
        found.extend([token, *(c for c in token.children if c.dep_ in ("aux", "advmod", "aux:pass"))])
        if token.head == token:
            break
        token = token.head
    return found


def _is_approximate(span: Span) -> bool:
    start = max(span.sent.start, span.start - 3)
    return not _words("approximate").isdisjoint(t.lower_ for t in span.doc[start : span.start])
