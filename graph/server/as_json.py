"""Answers as JSON."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import cache
from typing import Any


def dumps(answer: object) -> bytes:
    """An answer as JSON.

    answer: object, of a type of `graph.server.answers`.

    >>> from graph.server.answers import Refused
    >>> dumps(Refused(404, "No such thing."))
    b'{"status": 404, "error": "No such thing."}'
    """
    return json.dumps(answer, ensure_ascii=False, default=_as_dict).encode("utf-8", "replace")


@cache
def names_in_json(kind: type[Any]) -> tuple[tuple[str, str, bool], ...]:
    """The fields of a type: of each its name, its name in JSON, and whether it may be left out."""
    return tuple((f.name, f.name.rstrip("_"), f.default is None) for f in fields(kind))


def _as_dict(answer: Any) -> dict[str, Any]:
    kind: Any = type(answer)
    pairs = ((known, getattr(answer, name), optional) for name, known, optional in names_in_json(kind))
    return {known: value for known, value, optional in pairs if not (optional and value is None)}
