"""CSV (RFC 4180) of nodes, edges, numbers and documents: what spreadsheets, Gephi, pandas and most tools take.

Edges hold all claims, whatever they say: read `fact`, or `polarity` and `modality`, before counting one as true.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from graph.exchange import _reading as reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.exchange._reading import Value
    from graph.store import Store

TITLE = "CSV: nodes, edges, numbers and documents"


def files(store: Store) -> dict[str, list[bytes]]:
    """The four files; ids in one are ids in the others."""
    of = reading.contents(store)
    nodes = (
        reading.row(id=e.id) | reading.entity_row(e, of) | {"names": reading.as_json(e.aliases)} for e in of.entities
    )
    edges = (
        reading.row(id=c.id, source=c.subject.id, target=c.object.id) | reading.claim_row(c, of) for c in of.claims
    )
    numbers = (reading.row(id=n.id, about=n.about.id) | reading.number_row(n, of) for n in of.numbers)
    documents = (reading.row(id=d.id) | reading.document_row(d) for d in of.documents)
    return {
        "nodes.csv": [table(nodes)],
        "edges.csv": [table(edges)],
        "numbers.csv": [table(numbers)],
        "documents.csv": [table(documents)],
    }


def table(rows: Iterable[dict[str, Value]]) -> bytes:
    r"""Rows as CSV with a header; empty where there is no row.

    >>> table([{"a": 1.5, "b": None}])
    b'a,b\r\n1.5,\r\n'
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for number, row in enumerate(rows):
        if number == 0:
            writer.writerow(row)
        writer.writerow(map(reading.as_text, row.values()))
    return out.getvalue().encode("utf-8", "replace")
