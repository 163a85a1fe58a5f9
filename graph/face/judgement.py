"""What to make of it: time, changes, agreement and disagreement, numbers.

What a question needs is imported when it is asked: a command that asks one waits for its imports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.model import THRESHOLD
from graph.asking.wanted import Wanted
from graph.asking.wording import metric_called
from graph.face.asking import Asking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Unpack

    from extract.model import Claim
    from graph.asking.changes import Changes
    from graph.asking.contradictions import Contradictions
    from graph.asking.corroboration import Corroborations
    from graph.asking.numbers import Disagreements, Observations, Series
    from graph.asking.timeline import Timeline
    from graph.asking.wanted import Filters


class Judgement(Asking):
    """How claims and numbers stand to each other and to time."""

    def timeline(self, name: str, since: str | None = None, until: str | None = None) -> Timeline:
        """What is said of an entity, in the order of time; what has no time at all is left out.

        >>> from graph.example import knowledge
        >>> [event.time for event in knowledge().timeline("Northwind Motors")]
        ['2024']
        """
        from graph.asking.timeline import timeline

        statements = (*self.relations(name), *self.observations(name))
        return timeline(statements, self.reader).during(since, until)

    def changes(self, since: str, until: str | None = None, name: str | None = None) -> Changes:
        """What documents from `since` to `until` say that was not said, or was said otherwise, before.

        since, until: str, such as 2024 or 2024-10-07, compared with the dates of documents, both included; name: str,
        only what an entity has part in. Documents without a date, and claims less than 0.5 sure, are left out.
        """
        from graph.asking.changes import between_dates

        return between_dates(self._said_of(name), self.reader, since, until)

    def changes_from(self, older: Judgement, name: str | None = None) -> Changes:
        """What this build says that an older one does not, or otherwise; older: KnowledgeGraph.

        >>> from graph.example import knowledge, market
        >>> print(market().changes_from(market()))
        No changes.
        """
        from graph.asking.changes import between_builds

        before, after = (graph._said_of(name) for graph in (older, self))
        return between_builds(before, after, (older.reader, self.reader))

    def corroboration(
        self, entity: str | None = None, *, min_sources: int = 1, **filters: Unpack[Filters]
    ) -> Corroborations:
        """How many independent sources stand behind each fact, most first.

        filters: as for `relations`; what is less than 0.5 sure is left out unless `min_confidence` says otherwise.
        """
        return self.relations(entity, **_sure(filters)).corroboration(min_sources)

    def contradictions(self, entity: str | None = None, **filters: Unpack[Filters]) -> Contradictions:
        """Where one claim says what another denies, of times that can be the same.

        filters: as for `relations`; what is less than 0.5 sure is left out unless `min_confidence` says otherwise.
        """
        return self.relations(entity, **_sure(filters)).contradictions()

    def observations(self, name: str | None = None, metric: str | None = None) -> Observations:
        """The numbers stated of an entity, or of all, by metric and period; metric: str, by id or label.

        >>> from graph.example import market
        >>> [number.printed for number in market().observations("Aster Fab", "revenue").during("2023", "2023")]
        ['$1.2 billion', '$1.4 billion']
        """
        from graph.asking.numbers import Observations

        node = self._names.find(name) if name is not None else None
        kind = metric_called(metric) if metric is not None else None
        return Observations(self._access.numbers(node, kind), self.reader)

    def series(self, name: str, metric: str | None = None) -> Series:
        """The numbers of an entity as time series: for each quantity and period the best attested value and its spread.

        The best is not rough where another is exact, then what most independent sources say, then what was read most
        surely.
        """
        from graph.asking.numbers import series

        return series(self.observations(name, metric), self.reader)

    def disagreements(self, name: str | None = None, metric: str | None = None) -> Disagreements:
        """Numbers of one quantity and period that cannot all be right, even as they are rounded."""
        from graph.asking.numbers import disagreements

        return disagreements(self.observations(name, metric), self.reader)

    def _said_of(self, name: str | None) -> Iterator[Claim]:
        return self._access.claims(
            Wanted(min_confidence=THRESHOLD), self._names.find(name) if name is not None else None
        )


def _sure(filters: Filters) -> Filters:
    return {**filters, "min_confidence": filters.get("min_confidence", THRESHOLD)}
