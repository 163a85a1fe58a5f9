"""Numbers of entities: one by one, as a series in time, and where two of them cannot both be right."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from graph.asking.corroboration import independent
from graph.asking.frame import Frame, Worded
from graph.asking.timeline import worded
from graph.asking.wanted import within
from ontology.errors import InvalidData
from ontology.measures import metrics, units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from extract.model import Observation
    from graph.claims import Passage, Reader


class Quantity(NamedTuple):
    """What is counted, whatever the period: numbers of one quantity make one line in a picture.

    about, product, scope, geo: names as people read them; metric, unit: ids.
    """

    about: str
    metric: str
    unit: str
    product: str | None
    scope: str | None
    geo: str | None
    base_period: str | None

    @classmethod
    def of(cls, number: Observation, reader: Reader) -> Quantity:
        """The quantity of a number."""
        ids = (number.product, number.scope, number.geo)
        product, scope, geo = (reader.entity(reader.standing(key)).label if key else None for key in ids)
        return cls(number.about.label, number.metric, number.unit, product, scope, geo, number.base_period)

    def __str__(self) -> str:
        apart = [part for part in (self.product, self.scope, self.geo) if part]
        since = [f"since {self.base_period}"] if self.base_period else []
        return f"{self.about}: {', '.join((metrics()[self.metric].label, *apart, *since))}"


class Observations(Frame["Observation"]):
    """Numbers, each with its sentence, by entity, metric and period.

    >>> from graph.example import market
    >>> print(market().observations("Aster Fab", "revenue")[:1])
    Aster Fab: revenue $1.0 billion (2022)
    """

    columns = (
        *("about", "metric", "period", "value", "unit", "printed", "product", "scope", "geo", "forecast", "approx"),
        *("confidence", "publisher", "source", "sentence", "id"),
    )
    glance = (
        *("about", "metric", "printed", "period", "product", "scope", "geo", "forecast", "approx"),
        *("sentence", "publisher", "confidence"),
    )
    nouns = ("number", "numbers")

    def __init__(self, numbers: Iterable[Observation], reader: Reader) -> None:
        super().__init__(numbers)
        self._reader = reader

    def evidence_of(self, number: Observation) -> tuple[Passage, ...]:
        """The sentences behind one number."""
        return self._reader.evidence(number)

    def during(self, since: str | None = None, until: str | None = None) -> Observations:
        """Those of a period; since, until: str, such as 2024 or 2024-10, both included."""
        return self.where(lambda number: within(number.period or "", since, until))

    def quantities(self) -> tuple[Quantity, ...]:
        """What is counted, each once, in the order of the words."""
        return tuple(sorted({Quantity.of(number, self._reader) for number in self}, key=str))

    def _line(self, item: Observation) -> str:
        return worded(item)

    def _row(self, item: Observation) -> tuple[object, ...]:
        said = (self._reader.source(item.document).publisher or "", item.source, item.evidence.text, item.id)
        names = (*self.columns[2:11], "confidence")
        return (item.about.label, metrics()[item.metric].label, *(getattr(item, name) for name in names), *said)


@dataclass(frozen=True, slots=True, repr=False)
class Point(Worded):
    """A quantity in a period: the best attested value, the lowest and the highest stated, and the numbers themselves.

    value, low, high: numbers in the unit of the quantity; forecast: bool; sources: tuple of str, independent ones that
    give the value; numbers: Observations, the best first.
    """

    quantity: Quantity
    period: str
    value: float | int
    low: float | int
    high: float | int
    forecast: bool
    sources: tuple[str, ...]
    numbers: Observations

    def __str__(self) -> str:
        spread = f", between {self.low:,} and {self.high:,}" if self.low != self.high else ""
        forecast = ", forecast" if self.forecast else ""
        unit = "" if self.quantity.unit == "COUNT" else f" {units()[self.quantity.unit].label}"
        return f"{self.quantity}, {self.period}: {self.value:,}{unit}{spread}{forecast}"


class Series(Frame[Point]):
    """Numbers as time series: a point a quantity and period, forecasts apart from what was.

    >>> from graph.example import market
    >>> print(market().series("Aster Fab", "revenue"))
    Aster Fab: revenue, 2022: 1,000,000,000 US dollar
    Aster Fab: revenue, 2023: 1,200,000,000 US dollar, between 1,200,000,000 and 1,400,000,000
    Aster Fab: revenue, 2024: 1,500,000,000 US dollar
    """

    columns = (
        *("about", "metric", "product", "scope", "geo", "period", "value", "unit", "low", "high", "forecast"),
        *("sources", "numbers"),
    )
    nouns = ("point", "points")

    def lines(self) -> dict[Quantity, Series]:
        """The points of each quantity apart."""
        found = dict.fromkeys(point.quantity for point in self)
        return {quantity: self._of(quantity) for quantity in found}

    def to_series(self) -> pd.Series[float]:
        """The values of one quantity by the first day of their period, as a pandas series.

        Raises `InvalidData` where there are several quantities: take one of `lines()`. Needs pandas.
        """
        import pandas as pd

        if len(lines := self.lines()) > 1:
            listed = "; ".join(map(str, lines))
            raise InvalidData(f"These are {len(lines)} quantities, not one ({listed}): take one of lines().")
        days = pd.DatetimeIndex([first_day(point.period) for point in self], name="period")
        name = next((str(quantity) for quantity in lines), None)
        return pd.Series([float(point.value) for point in self], index=days, name=name)

    def _of(self, quantity: Quantity) -> Series:
        return self.where(lambda point: point.quantity == quantity)

    def _row(self, item: Point) -> tuple[object, ...]:
        q = item.quantity
        told = (q.about, metrics()[q.metric].label, q.product, q.scope, q.geo, item.period, item.value)
        return (*told, q.unit, item.low, item.high, item.forecast, len(item.sources), len(item.numbers))


@dataclass(frozen=True, slots=True, repr=False)
class Disagreement(Worded):
    """Numbers of one quantity and period that cannot all be right, even as they are rounded."""

    quantity: Quantity
    period: str
    numbers: Observations

    def __str__(self) -> str:
        told = (f"  {n.printed}: {self.numbers.evidence_of(n)[0]}" for n in self.numbers)
        return "\n".join((f"{self.quantity}, {self.period}", *told))


class Disagreements(Frame[Disagreement]):
    """Quantities with numbers that cannot all be right.

    >>> from graph.example import market
    >>> print(market().disagreements("Aster Fab"))
    Aster Fab: revenue, 2023
      $1.2 billion: “In 2023 it was $1.2 billion.” (Chip Gazette, 2024-03-01)
      $1.4 billion: “Revenue of Aster Fab came to $1.4 billion in 2023.” (Fab Journal, 2025-01-20)
    """

    columns = ("about", "metric", "period", "unit", "printed")
    nouns = ("disagreement", "disagreements")

    def _row(self, item: Disagreement) -> tuple[object, ...]:
        q = item.quantity
        return q.about, q.metric, item.period, q.unit, ", ".join(number.printed for number in item.numbers)


def series(numbers: Iterable[Observation], reader: Reader) -> Series:
    """The points of some numbers, by quantity and period; a number without a period is left out."""
    return Series(_points(numbers, reader))


def disagreements(numbers: Iterable[Observation], reader: Reader) -> Disagreements:
    """The quantities of which some numbers cannot all be right; forecasts and rough numbers contradict nobody."""
    return Disagreements(_disagreements(numbers, reader))


def first_day(period: str) -> str:
    """The first day of a period.

    >>> first_day("2024"), first_day("2024-10"), first_day("2024-Q3"), first_day("2024-H2")
    ('2024-01-01', '2024-10-01', '2024-07-01', '2024-07-01')
    """
    year, _, rest = period.partition("-")
    starts = {"Q1": "01", "Q2": "04", "Q3": "07", "Q4": "10", "H1": "01", "H2": "07"}
    month, _, day = rest.partition("-")
    return f"{year}-{starts.get(month, month) or '01'}-{day or '01'}"


def _points(numbers: Iterable[Observation], reader: Reader) -> Iterator[Point]:
    for (quantity, period, forecast), found in _grouped(numbers, reader).items():
        best = _best_first(found, reader)
        values = [number.value for number in found]
        sources = independent((number for number in found if number.value == best[0].value), reader)
        spread = (best[0].value, min(values), max(values))
        yield Point(quantity, period, *spread, forecast, sources, Observations(best, reader))


def _best_first(numbers: list[Observation], reader: Reader) -> list[Observation]:
    """Exact numbers before rough ones, then what most independent sources say, then what was read most surely."""
    values = {number.value for number in numbers}
    said = {value: len(independent((n for n in numbers if n.value == value), reader)) for value in values}
    return sorted(numbers, key=lambda n: (n.approx, -said[n.value], -n.confidence, n.value, n.id))


def _disagreements(numbers: Iterable[Observation], reader: Reader) -> Iterator[Disagreement]:
    for (quantity, period, forecast), found in _grouped((n for n in numbers if not n.approx), reader).items():
        if not forecast and any(not _agree(a, b) for a, b in combinations(found, 2)):
            yield Disagreement(quantity, period, Observations(sorted(found, key=lambda n: (n.value, n.id)), reader))


def _grouped(numbers: Iterable[Observation], reader: Reader) -> dict[tuple[Quantity, str, bool], list[Observation]]:
    found: dict[tuple[Quantity, str, bool], list[Observation]] = {}
    for number in numbers:
        if number.period:
            found.setdefault((Quantity.of(number, reader), number.period, number.forecast), []).append(number)
    return dict(sorted(found.items(), key=lambda pair: (str(pair[0][0]), first_day(pair[0][1]), *map(str, pair[0]))))


def _agree(a: Observation, b: Observation) -> bool:
    """True where two numbers can be one, each rounded to the digits that it is printed with."""
    return abs(a.value - b.value) <= _half_digit(a) + _half_digit(b)


def _half_digit(number: Observation) -> float:
    """Half of what the last printed digit is worth: 0.05 billion for "1.2 billion"."""
    digits = "".join(c for c in number.printed if c.isdigit() or c == ".").strip(".")
    shown = float(digits) if digits.replace(".", "", 1).isdigit() else 0.0
    last = 10 ** -len(digits.partition(".")[2]) / 2
    return last * abs(number.value) / shown if shown else 0.0
