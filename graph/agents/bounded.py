"""Answers cut to a size that an agent can hold, with a sentence that says what was cut."""

from __future__ import annotations

import json
from typing import Any

LONGEST = 24_000  # characters of JSON, some 6,000 tokens


def bounded(told: dict[str, Any], longest: int = LONGEST) -> dict[str, Any]:
    """An answer with items taken off the end of its longest list until it fits.

    told: dict that JSON holds; longest: int, characters. `cut` in what is returned says what is missing, that of a page
    of more (`total`) included.

    >>> bounded({"total": 3, "rows": ["x" * 40, "y" * 40, "z" * 40]}, 70)["cut"]
    'rows: 1 of 3 shown; ask for the rest with offset, or more narrowly.'
    """
    made = dict(told)
    lists = {key: len(value) for key, value in made.items() if isinstance(value, list)}
    while len(json.dumps(made, ensure_ascii=False)) > longest and (key := _longest(made)):
        made[key] = made[key][:-1]
    total = made.get("total")
    notes = []
    for key, whole in lists.items():
        known = max(whole, total) if isinstance(total, int) and key in ("rows", "relations", "triples") else whole
        if len(made[key]) < known:
            notes.append(f"{key}: {len(made[key])} of {known} shown")
    return made | ({"cut": f"{'; '.join(notes)}; ask for the rest with offset, or more narrowly."} if notes else {})


def _longest(told: dict[str, Any]) -> str | None:
    sizes = {key: len(json.dumps(v, ensure_ascii=False)) for key, v in told.items() if isinstance(v, list) and v}
    return max(sizes, key=lambda key: sizes[key], default=None)
