"""Tables for the documentation, made from the ontology so that they cannot go stale unseen."""

from __future__ import annotations

from ontology.measures import metrics
from ontology.relations import Relation, relations


def relation_table() -> str:
    """All relations as a Markdown table, in the order of chip.ttl.

    >>> print(relation_table().splitlines()[2])
    | `partnersWith` | partners with (both ways) | Actor | Actor | partnership |
    """
    head = ["| relation | reads | from | to | family |", "|---|---|---|---|---|"]
    return "\n".join(head + [_row(relation) for relation in relations().values()])


def metric_table() -> str:
    """All metrics as a Markdown table, in the order of chip.ttl.

    >>> print(metric_table().splitlines()[2])
    | `exportValue` | export value | money | Goods sold abroad. |
    """
    rows = [f"| `{m.id}` | {m.label} | {m.kind} | {m.definition} |" for m in metrics().values()]
    return "\n".join(["| metric | reads | unit | meaning |", "|---|---|---|---|", *rows])


def _row(relation: Relation) -> str:
    reads = f"{relation.label} (both ways)" if relation.symmetric else f"{relation.label} / {relation.inverse_label}"
    implied = "".join(f", implies `{parent}`" for parent in relation.parents)
    ends = " | ".join(", ".join(sorted(side)) for side in (relation.domain, relation.range))
    return f"| `{relation.id}` | {reads}{implied} | {ends} | {relation.family} |"
