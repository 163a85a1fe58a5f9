"""The articles that are written in every format: the samples of the repository, and two longer ones with tables."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

from extract.read import paths, read

HERE = Path(__file__).parent
FOLDERS = (HERE.parent.parent / "examples" / "articles", HERE / "articles")
PUBLISHER = "Chipgraph samples"
_TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)
_LIST = re.compile(r"(?:^(?:- |\d+\. ).*\n)+", re.MULTILINE)


@dataclass(frozen=True)
class Article:
    """An article as Markdown without its title, and what is known of it."""

    name: str
    title: str
    author: str
    date: str
    body: str

    @property
    def url(self) -> str:
        return f"https://news.example/{self.name}"

    @property
    def markdown(self) -> str:
        """With a block of metadata, as pandoc reads it and as our reader does."""
        said = {"title": self.title, "author": self.author, "date": self.date, "lang": "en", "source": PUBLISHER}
        return "---\n" + "".join(f'{key}: "{value}"\n' for key, value in said.items()) + f"---\n\n{self.body}\n"

    @property
    def html(self) -> str:
        """The body as HTML."""
        made = _TABLE.sub(lambda found: _table(found[0]), f"{self.body}\n")
        made = _LIST.sub(lambda found: _list(found[0]), made)
        return "\n".join(_block(block) for block in re.split(r"\n\s*\n", made) if block.strip())


def articles() -> list[Article]:
    """All of them, in the order of their names; what an article does not say of itself is made up."""
    found = []
    for at, path in enumerate(paths(map(str, FOLDERS))):
        if path.endswith(".py"):
            continue
        document = read(path)
        title = document.title or ""
        body = document.text.lstrip("# \n").removeprefix(title).strip()
        author, date = document.author or "A. Sample", document.date or f"2025-05-{at + 1:02}"
        found.append(Article(Path(path).stem, title, author, date, body))
    return found


def _block(block: str) -> str:
    if block.startswith(("<table", "<ul", "<ol")):
        return block
    if heading := re.match(r"(#+) (.*)", block):
        level = len(heading[1])
        return f"<h{level}>{_escaped(heading[2])}</h{level}>"
    return f"<p>{_escaped(' '.join(block.split()))}</p>"


def _table(lines: str) -> str:
    head, _, *rows = ([cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines.splitlines())
    top = "".join(f"<th>{_escaped(cell)}</th>" for cell in head) if any(head) else ""
    made = ["".join(f"<td>{_escaped(cell)}</td>" for cell in row) for row in rows]
    body = "".join(f"<tr>{row}</tr>" for row in made)
    return f"<table>{f'<thead><tr>{top}</tr></thead>' if top else ''}<tbody>{body}</tbody></table>\n"


def _list(lines: str) -> str:
    tag = "ul" if lines.startswith("-") else "ol"
    items = (line.partition(" ")[2] for line in lines.splitlines())
    return f"<{tag}>{''.join(f'<li>{_escaped(item)}</li>' for item in items)}</{tag}>\n"


def _escaped(words: str) -> str:
    return html.escape(words, quote=False)
