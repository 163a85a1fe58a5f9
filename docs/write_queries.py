"""Writes docs/queries.md from the headers in graph/queries: `python docs/write_queries.py`. A test compares the two."""

from __future__ import annotations

from pathlib import Path

from chipgraph.cli._named import example
from graph.catalogue import NamedQuery, by_theme, queries

HEAD = """# Named queries

Written by `python docs/write_queries.py` from the headers of `graph/queries/*.rq`; change them there.

```sh
chipgraph query --list                              # all of them, by theme
chipgraph query partners-of --help                  # what one takes and gives
chipgraph query partners-of --entity "Hua Hong"     # a table; --format csv, json, sheet ... for files
chipgraph query partners-of --entity "Hua Hong" --show   # the SPARQL, to change or to ask elsewhere
```

In Python: `graph.query("partners-of", entity="Hua Hong")`. Entities, relations, metrics and countries are named as
people write them. A parameter in brackets may be left out. A column `x_label` is the name of `x`; tables for people
show it in place of `x`.

A query of your own is a file with the same header: `chipgraph query mine.rq --help`. `graph/catalogue.py` describes
the header; its `evidence` says what a row rests on.
"""


def page() -> str:
    """The whole page."""
    themes = (f"\n## {theme}\n\n" + "\n".join(map(_section, found)) for theme, found in by_theme().items())
    return f"{HEAD}\n{len(queries())} questions have a name.\n" + "".join(themes)


def _section(query: NamedQuery) -> str:
    takes = [
        f"| `{_bracketed(query, p.name)}` | {p.kind} | {p.meaning}{_default(p.default)} |" for p in query.parameters
    ]
    gives = ", ".join(f"`{c.name}` ({c.meaning})" for c in query.columns) or "triples"
    table = ["", "| parameter | kind | meaning |", "|---|---|---|", *takes] if takes else []
    lines = (f"### {query.name}", "", f"{query.title}. {query.answers}", *table, "", f"Gives {gives}.", "")
    return "\n".join((*lines, f"```sh\n{example(query)}\n```\n"))


def _bracketed(query: NamedQuery, name: str) -> str:
    needed = any(p.name == name and p.needed for p in query.parameters)
    return name if needed else f"[{name}]"


def _default(value: str | None) -> str:
    return f"; {value} where it is left out" if value else ""


if __name__ == "__main__":
    Path(__file__).with_name("queries.md").write_text(page(), encoding="utf-8")
