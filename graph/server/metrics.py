"""What the server counts of itself, in the text format of Prometheus."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.server.kept import Kept
    from graph.server.snapshot import Live

_BOUNDS = (0.005, 0.025, 0.1, 0.5, 1, 5, 10)


class Metrics:
    """Requests by route and status, and how long they took.

    >>> metrics = Metrics()
    >>> metrics.note("sparql", 200, 0.002)
    >>> metrics.lines()[1]
    'chipgraph_requests_total{route="sparql",status="200"} 1'
    """

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, int]] = Counter()
        self._below: Counter[float] = Counter()
        self._seconds = 0.0

    def note(self, route: str, status: int, seconds: float) -> None:
        """Takes in one request."""
        self._requests[route, status] += 1
        self._seconds += seconds
        for bound in _BOUNDS:
            self._below[bound] += seconds <= bound

    def lines(self) -> list[str]:
        """The counts as lines of text."""
        total = sum(self._requests.values())
        return [
            "# TYPE chipgraph_requests_total counter",
            *(
                f'chipgraph_requests_total{{route="{route}",status="{status}"}} {count}'
                for (route, status), count in sorted(self._requests.items())
            ),
            "# TYPE chipgraph_request_seconds histogram",
            *(f'chipgraph_request_seconds_bucket{{le="{bound}"}} {self._below[bound]}' for bound in _BOUNDS),
            f'chipgraph_request_seconds_bucket{{le="+Inf"}} {total}',
            f"chipgraph_request_seconds_sum {self._seconds:.6f}",
            f"chipgraph_request_seconds_count {total}",
        ]

    def text(self, live: Live, kept: Kept) -> str:
        """All of it, with what goes on now."""
        now = live.current
        rows = [
            *self.lines(),
            "# TYPE chipgraph_queries_running gauge",
            f"chipgraph_queries_running {now.queries.running}",
            "# TYPE chipgraph_processes_ended gauge",
            f"chipgraph_processes_ended {now.queries.ended + now.lookups.ended}",
            "# TYPE chipgraph_answers_kept_total counter",
            f"chipgraph_answers_kept_total {kept.given}",
            "# TYPE chipgraph_snapshot_info gauge",
            f'chipgraph_snapshot_info{{snapshot="{now.key}"}} 1',
        ]
        return "\n".join(rows) + "\n"
