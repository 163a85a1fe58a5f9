"""The named queries of `graph/queries`: SPARQL files with a header that says what they answer.

A header is the comment lines `# key: value` at the top of a file. Once each: `title`, `theme` (what the list is
grouped by), `answers`, and `example`, values as in `entity=Hua Hong; since=2024`. Any number of
`parameter: NAME KIND - meaning`, with ` optional` or ` = DEFAULT` after the kind (one of `graph.kinds`), and of
`column: NAME - meaning`, in the order of the answer. A new query is a new file; nothing else names it.

`evidence` says which statements a row rests on, parted by commas: `c` is a variable of the query that holds claims or
numbers; `supplier suppliesTo to` are the facts between two columns or parameters, where `?` stands for anything.

An optional parameter that is left out is filled in as UNDEF, so it stands in a VALUES clause:
`VALUES ?product { $product }` restricts ?product where it is given, and nothing else.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from graph import guard, kinds, query
from ontology.errors import InvalidData, QueryRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pyoxigraph import Literal, NamedNode

    from graph.names import Names
    from graph.parameters import Value
    from graph.results import Answer
    from graph.store import Store

_LINE = re.compile(r"# (title|theme|answers|parameter|column|evidence|example): (.+)")
_PARAMETER = re.compile(rf"(\w+) ({'|'.join(kinds.KINDS)})(?:( optional)| = (.+?))? - (.+)")
_COLUMN = re.compile(r"(\w+) - (.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query.

    name: str; kind: str, a key of `graph.kinds.KINDS`; meaning: str; optional: bool, whether it can be left out without
    a default; default: str or None.
    """

    name: str
    kind: str
    meaning: str
    optional: bool
    default: str | None = None

    @property
    def needed(self) -> bool:
        """True where a value must be given."""
        return not self.optional and self.default is None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a named query's answer."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with a name.

    name, title, theme, answers: str; parameters: tuple of Parameter; columns: tuple of Column, empty for a graph;
    evidence: tuple of what a row rests on, each a variable or the three parts of a fact; example: mapping of name to
    value; text: str, SPARQL.
    """

    name: str
    title: str
    theme: str
    answers: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    evidence: tuple[tuple[str, ...], ...]
    example: Mapping[str, str]
    text: str

    @property
    def body(self) -> str:
        """The SPARQL without its header."""
        lines = self.text.splitlines()
        return "\n".join(line for line in lines if not _LINE.fullmatch(line.strip())).strip() + "\n"


@cache
def queries() -> Mapping[str, NamedQuery]:
    """All named queries by name, sorted.

    >>> queries()["evidence-of"].title
    'The sentences behind a relation'
    """
    return MappingProxyType({name: named(name) for name in all_names()})


@cache
def all_names() -> tuple[str, ...]:
    """The names of all named queries, sorted."""
    folder = files("graph").joinpath("queries")
    return tuple(sorted(p.name.removesuffix(".rq") for p in folder.iterdir() if p.name.endswith(".rq")))


def by_theme() -> dict[str, list[NamedQuery]]:
    """The named queries by theme, both in alphabetical order."""
    themes = sorted({query.theme for query in queries().values()})
    return {theme: [query for query in queries().values() if query.theme == theme] for theme in themes}


def parse(name: str, text: str) -> NamedQuery:
    """A query file as a NamedQuery; raises `InvalidData` where its header lacks something."""
    lines = (_LINE.fullmatch(line.strip()) for line in text.splitlines())
    header = [(match[1], match[2].strip()) for match in lines if match]
    keys = dict(header)
    if lacking := [key for key in ("title", "theme", "answers") if key not in keys]:
        raise InvalidData(f"The query {name} lacks `# {lacking[0]}:` at its top.")
    parameters = tuple(_parameter(name, value) for key, value in header if key == "parameter")
    columns = tuple(_column(name, value) for key, value in header if key == "column")
    evidence = tuple(_resting(name, part) for part in keys.get("evidence", "").split(",") if part.strip())
    pairs = (pair.split("=", 1) for pair in keys.get("example", "").split(";") if "=" in pair)
    example = MappingProxyType({key.strip(): value.strip() for key, value in pairs})
    about = (keys["title"], keys["theme"], keys["answers"])
    return NamedQuery(name, *about, parameters, columns, evidence, example, text)


def from_file(path: Path) -> NamedQuery:
    """The query of a file of one's own, which needs no header unless it has parameters of a kind.

    Raises `InvalidData` where the file cannot be read or its header is broken.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidData(f"The query file {path} cannot be read: {error}.") from error
    if any(_LINE.fullmatch(line.strip()) for line in text.splitlines()):
        return parse(path.stem, text)
    return plain(text)


def plain(text: str) -> NamedQuery:
    """SPARQL without a header: a query without a name, whose parameters have no kinds."""
    return NamedQuery("", "", "", "", (), (), (), MappingProxyType({}), text)


def run_named(
    store: Store,
    names: Names,
    name: str,
    /,
    *,
    max_rows: int | None = None,
    timeout: float | None = None,
    **parameters: Value,
) -> Answer:
    """The answer to a named query.

    store: Store; names: Names, to find entities by; name: str; max_rows, timeout: as `graph.query.run` has them;
    parameters: one for each that the query needs, as people write it (`entity="st micro"`) or as an `Entity` or number.
    Raises `QueryRefused` for a name or parameter that there is not, and `UnknownEntity`.

    >>> from graph.example import knowledge
    >>> knowledge().query("partners-of", entity="Hua Hong").column("other_label")
    ['STMicroelectronics']
    """
    return query.execute(store, filled(named(name), names, store, parameters), False, max_rows, timeout)


@cache
def named(name: str) -> NamedQuery:
    """The named query of a name; raises `QueryRefused` with the nearest where there is none."""
    if name not in all_names():
        near = difflib.get_close_matches(name, all_names(), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "`chipgraph query --list` shows them."
        raise QueryRefused(f"No query is called {name!r}; {hint}")
    return parse(name, files("graph").joinpath("queries", f"{name}.rq").read_text(encoding="utf-8"))


def filled(named_query: NamedQuery, names: Names, store: Store, given: Mapping[str, Value]) -> str:
    """The SPARQL of a named query with its parameters in place, checked by the guard."""
    guard.check(named_query.text)
    terms = bound(named_query, names, store, given)
    left_out = {parameter.name: " UNDEF " for parameter in named_query.parameters if parameter.name not in terms}
    return guard.fill(named_query.body, query.spelled(terms) | left_out)


def bound(
    named_query: NamedQuery, names: Names, store: Store, given: Mapping[str, Value]
) -> dict[str, NamedNode | Literal]:
    """The terms that the values given, and the defaults, stand for; raises `QueryRefused` where one is amiss."""
    known = {parameter.name: parameter for parameter in named_query.parameters}
    unknown = sorted(given.keys() - known.keys())
    if unknown:
        takes = ", ".join(known) or "no parameter"
        raise QueryRefused(f"The query {named_query.name} has no parameter {unknown[0]!r}: it takes {takes}.")
    if missing := [p for p in named_query.parameters if p.needed and p.name not in given]:
        example = named_query.example.get(missing[0].name, "...")
        raise QueryRefused(
            f"The query {named_query.name} needs {missing[0].name}, {missing[0].meaning}: "
            f"give it, such as {missing[0].name}={example!r}."
        )
    values = {p.name: p.default for p in named_query.parameters if p.default is not None} | dict(given)
    return {name: kinds.read(known[name].kind, value, names, store) for name, value in values.items()}


def _parameter(name: str, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if not match:
        raise InvalidData(f"The query {name} has a parameter line that cannot be read: {line!r}.")
    return Parameter(match[1], match[2], match[5], match[3] is not None, match[4])


def _column(name: str, line: str) -> Column:
    match = _COLUMN.fullmatch(line)
    if not match:
        raise InvalidData(f"The query {name} has a column line that cannot be read: {line!r}.")
    return Column(match[1], match[2])


def _resting(name: str, part: str) -> tuple[str, ...]:
    words = tuple(part.split())
    if len(words) not in (1, 3):
        raise InvalidData(f"The query {name} has evidence that cannot be read: {part.strip()!r}.")
    return words
