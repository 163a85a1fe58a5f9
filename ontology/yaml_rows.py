"""Actors out of a YAML file, every value as the text that stands there.

The nodes are read and nothing is constructed from them: no tag runs code, and `NO` stays Norway and `005930` a ticker,
which YAML 1.1 would take for false and for a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.errors import InvalidData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml import MappingNode, Node

_BLANK = frozenset({"", "~", "null", "Null", "NULL"})


def rows(text: str, name: str, lists: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    r"""The actors of a YAML text, each with its line: column to value, several values with `|` between them.

    text: str; name: str, what the text is called in errors; lists: tuple of str, keys that the list may have.
    Raises `InvalidData`, one sentence with the line, where the text is no list of actors.

    >>> list(rows("- id: acme\n  country: NO\n  short: [Acme, ACM]\n", "a.yaml", ()))
    [(1, {'id': 'acme', 'country': 'NO', 'short': 'Acme|ACM'})]
    """
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise InvalidData(
            f"{name}{_where(error)} is not well-formed YAML ({_problem(error)}): mend it there."
        ) from error
    found = root
    if isinstance(root, yaml.MappingNode):
        found = next((value for key, value in root.value if key.value in lists), root)
    if not isinstance(found, yaml.SequenceNode):
        raise InvalidData(f"{name} holds no list of actors: give a list of mappings, or one under the key 'actors'.")
    for node in found.value:
        if not isinstance(node, yaml.MappingNode):
            raise InvalidData(
                f"{name}, line {_line(node)}: an actor is a mapping of columns to values, such as 'id: acme'."
            )
        yield _line(node), dict(_columns(node, name))


def _columns(node: MappingNode, name: str) -> Iterator[tuple[str, str]]:
    import yaml

    seen = set[str]()
    for key, value in node.value:
        column = str(key.value)
        if column in seen:
            raise InvalidData(f"{name}, line {_line(key)}: {column!r} is given twice: put its values into one list.")
        seen.add(column)
        parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
        if not all(isinstance(part, yaml.ScalarNode) for part in parts):
            raise InvalidData(f"{name}, line {_line(value)}: {column!r} takes a text or a list of texts.")
        if text := "|".join(part.value for part in parts if not _is_blank(part)):
            yield column, text


def _is_blank(node: Node) -> bool:
    """True for nothing and for a null that no quotes make a text."""
    return node.value == "" or (node.value in _BLANK and getattr(node, "style", None) is None)


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}" if mark is not None else ""


def _problem(error: Exception) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or type(error).__name__)
