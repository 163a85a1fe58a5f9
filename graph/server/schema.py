"""Types as JSON Schema: what describes an answer is made of the type that the answer has."""

from __future__ import annotations

import types
from collections.abc import Mapping
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from graph.server.as_json import names_in_json

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}


def schema(kind: Any, known: dict[str, Any], folder: str = "#/components/schemas/") -> dict[str, Any]:
    """The schema of a type; those of the classes that it is made of are added to `known`, and referred to.

    kind: a type, plain or a dataclass whose JSON `graph.server.as_json` makes; known: dict of schemas by name; folder:
    str, where references say that these stand.

    >>> found = {}
    >>> schema(tuple[str, ...] | None, found)
    {'anyOf': [{'type': 'array', 'items': {'type': 'string'}}, {'type': 'null'}]}
    >>> from graph.server.parts import Column
    >>> schema(Column, found), found["Column"]["required"]
    ({'$ref': '#/components/schemas/Column'}, ['name', 'meaning'])
    """
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    parts = [part for part in get_args(kind) if part is not Ellipsis]
    origin = get_origin(kind)
    if origin in (types.UnionType, Union):
        return {"anyOf": [schema(part, known, folder) for part in parts]}
    if origin is tuple:
        made = [schema(part, known, folder) for part in parts]
        if Ellipsis in get_args(kind):
            return {"type": "array", "items": made[0]}
        return {"type": "array", "prefixItems": made, "minItems": len(made), "maxItems": len(made)}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": schema(parts[1], known, folder)}
    if issubclass(kind, Enum):
        return {"type": "string", "enum": [member.value for member in kind]}
    if kind.__name__ not in known:
        known[kind.__name__] = {}  # so that a type that holds itself ends
        known[kind.__name__] = _of_fields(kind, known, folder)
    return {"$ref": folder + kind.__name__}


def _of_fields(kind: type, known: dict[str, Any], folder: str) -> dict[str, Any]:
    hints = get_type_hints(kind)
    properties, required = {}, []
    for name, in_json, optional in names_in_json(kind):
        hint = hints[name]
        if optional:
            hint = Union[tuple(part for part in get_args(hint) if part is not types.NoneType)]  # noqa: UP007
        else:
            required.append(in_json)
        properties[in_json] = schema(hint, known, folder)
    about = " ".join((kind.__doc__ or "").split())
    return {
        "type": "object",
        "description": about,
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
