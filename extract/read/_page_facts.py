"""What a page says of itself for machines: JSON-LD, meta elements, its address, the site's name in its title."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_META = {
    "date": "date",
    "article:published_time": "date",
    "datepublished": "date",
    "pubdate": "date",
    "dc.date": "date",
    "author": "author",
    "article:author": "author",
    "og:site_name": "publisher",
    "publisher": "publisher",
    "dc.publisher": "publisher",
    "og:title": "title",
    "og:url": "url",
    "dcterms.date": "date",
    "dc.date.issued": "date",
    "parsely-pub-date": "date",
    "parsely-author": "author",
}
_ARTICLE = re.compile(r"Article|BlogPosting|Report|PressRelease|WebPage")
_SITE = re.compile(r"\s+[-–—|·:]\s+([^-–—|·:]{2,40})$")


def facts_of(root: Any, title: str | None) -> dict[str, str]:
    """Title, date, author, publisher and address of a page, as far as it says them.

    root: element of lxml; title: str or None, of the article, where it is known without the site's name.

    >>> from lxml.html import document_fromstring
    >>> facts_of(document_fromstring("<title>A plan - The Paper</title><p>One.</p>"), "A plan")
    {'title': 'A plan - The Paper', 'publisher': 'The Paper'}
    """
    said: dict[str, str] = {}
    for key, value in (*_linked_data(root), *_meta(root), *_marked(root)):
        if value.strip():
            said.setdefault(key, " ".join(value.split()))
    whole = " ".join((root.findtext(".//title") or "").split())
    if whole:
        said.setdefault("title", whole)
    if title and whole.startswith(title) and (site := _SITE.match(whole[len(title) :])):
        said.setdefault("publisher", site[1])
    return said


def _meta(root: Any) -> Iterator[tuple[str, str]]:
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        if key := _META.get(name.lower()):
            yield key, element.get("content") or ""


def _marked(root: Any) -> Iterator[tuple[str, str]]:
    yield from (("url", e.get("href", "")) for e in root.iter("link") if e.get("rel", "").lower() == "canonical")
    yield from (("date", e.get("datetime", "")) for e in root.iter("time"))


def _linked_data(root: Any) -> Iterator[tuple[str, str]]:
    for script in root.iter("script"):
        if script.get("type", "").lower() != "application/ld+json":
            continue
        try:
            found = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for thing in _things(found):
            if _ARTICLE.search(str(thing.get("@type", ""))):
                yield from _of_article(thing)


def _things(found: Any) -> list[dict[str, Any]]:
    listed = found.get("@graph", found) if isinstance(found, dict) else found
    return [thing for thing in (listed if isinstance(listed, list) else [listed]) if isinstance(thing, dict)]


def _of_article(thing: dict[str, Any]) -> Iterator[tuple[str, str]]:
    authors = thing.get("author")
    names = [_named(author) for author in (authors if isinstance(authors, list) else [authors])]
    yield "author", ", ".join(filter(None, names))
    yield "publisher", _named(thing.get("publisher"))
    yield "date", _named(thing.get("datePublished"))
    yield "title", _named(thing.get("headline"))
    page = thing.get("mainEntityOfPage") or thing.get("url")
    yield "url", _named(page.get("@id") if isinstance(page, dict) else page)


def _named(value: Any) -> str:
    found = value.get("name") if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""
