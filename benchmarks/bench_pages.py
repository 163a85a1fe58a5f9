"""How much of a page's article, and of what is around it, readers of HTML keep: pages in the manner of many sites.

python benchmarks/bench_pages.py [-v]

Needs resiliparse and readability-lxml beside the extra `dev`. In the pages, which are ours, `data-main` marks what
belongs to the article and `data-not` what does not belong to it inside of that; readers are given neither. -v prints
what is foreign in our text and what is missing in it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from difflib import SequenceMatcher
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent / "formats"))
from score import words

from extract.model import Claim, Document
from extract.pipeline import extract
from extract.read import html

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = Path(__file__).parent / "pages"
SAID = ("title", "date", "author", "publisher", "url")
_MARKS = re.compile(r" data-(?:main|not)\b")
_VOID = frozenset({"br", "img", "meta", "link", "hr", "input"})


class _Marked(HTMLParser):
    """Gathers the words under `data-main`, those under `data-not` aside."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._open: list[tuple[str, bool | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if tag not in _VOID:
            self._open.append((tag, True if "data-main" in names else False if "data-not" in names else None))

    def handle_endtag(self, tag: str) -> None:
        if tag in [name for name, _ in self._open]:
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if next((mark for _, mark in reversed(self._open) if mark is not None), False):
            self.words.append(data)


def _ours(page: str) -> Document:
    return html.parse(page.encode(), "page")


def _trafilatura(page: str) -> Document:
    import trafilatura

    found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_tables=True)
    said = {name: getattr(found, name) for name in ("title", "date", "author", "url")} if found else {}
    return Document(found.text if found else "", "page", publisher=found.sitename if found else None, **said)


def _resiliparse(page: str) -> Document:
    from resiliparse.extract.html2text import extract_plain_text

    return Document(extract_plain_text(page, main_content=True, alt_texts=False), "page")


def _readability(page: str) -> Document:
    from lxml.html import fromstring
    from readability import Document as Readable

    found = Readable(page)
    return Document(fromstring(found.summary()).text_content(), "page", title=found.short_title())


READERS: dict[str, Callable[[str], Document]] = {
    "Chipgraph": _ours,
    "trafilatura": _trafilatura,
    "resiliparse": _resiliparse,
    "readability-lxml": _readability,
}


def _claims(document: Document) -> set[tuple[str, str, str]]:
    found = (said for said in extract(document) if isinstance(said, Claim))
    return {(said.subject.label, said.relation, said.object.label) for said in found}


def main(arguments: list[str]) -> None:
    said = tomllib.loads((PAGES / "said.toml").read_text(encoding="utf-8"))
    print(
        "| reader | article kept | of what is kept, article | claims of the article | other claims |",
        " | ".join(SAID),
        "|",
    )
    print("|---" * (5 + len(SAID)) + "|", flush=True)
    for name, reader in READERS.items():
        wanted = got = shared = expected = found = foreign = 0
        right = dict.fromkeys(SAID, 0)
        for path in sorted(PAGES.glob("*.html")):
            marked = _Marked()
            page = path.read_text(encoding="utf-8")
            marked.feed(page)
            gold, document = words(" ".join(marked.words)), reader(_MARKS.sub("", page))
            kept = words(document.text)
            matcher = SequenceMatcher(None, gold, kept, autojunk=False)
            both = sum(block.size for block in matcher.get_matching_blocks())
            wanted, got, shared = wanted + len(gold), got + len(kept), shared + both
            claims, known = _claims(document), _claims(_only_article(page))
            expected, found, foreign = expected + len(known), found + len(claims & known), foreign + len(claims - known)
            for field in SAID:
                right[field] += _same(getattr(document, field), said[path.stem].get(field))
            if "-v" in arguments:
                print(f"{path.stem}: {both / len(gold):.2f} {both / max(1, len(kept)):.2f}")
            if "-v" in arguments and reader is _ours:
                _differences(gold, kept, matcher)
                print("   lost", sorted(known - claims), "\n   extra", sorted(claims - known))
        figures = (
            f"{100 * shared / wanted:.1f} %",
            f"{100 * shared / got:.1f} %",
            f"{found} of {expected}",
            str(foreign),
        )
        of = {field: sum(field in page for page in said.values()) for field in SAID}
        print(f"| {name} | {' | '.join(figures)} | {' | '.join(f'{right[f]} of {of[f]}' for f in SAID)} |", flush=True)


def _only_article(page: str) -> Document:
    """The article alone, as a page of nothing else."""
    parts = re.findall(r"<(\w+)[^>]* data-main[^>]*>.*?</\1>", page, re.DOTALL | re.IGNORECASE)
    assert parts
    found = re.finditer(r"<(\w+)([^>]*) data-main([^>]*)>(.*?)</\1>", page, re.DOTALL | re.IGNORECASE)
    body = "".join(re.sub(r"<span[^>]* data-not.*?</span>", "", match[0]) for match in found)
    return _ours(f"<html><body><article>{_MARKS.sub('', body)}</article></body></html>")


def _same(value: str | None, wanted: str | None) -> bool:
    return bool(value and wanted) and words(str(value)) == words(str(wanted))


def _differences(gold: list[str], kept: list[str], matcher: SequenceMatcher[str]) -> None:
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            print(f"   - {' '.join(gold[a:b])}\n   + {' '.join(kept[c:d])}")


if __name__ == "__main__":
    main(sys.argv[1:])
