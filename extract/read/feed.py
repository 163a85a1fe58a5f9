"""RSS and Atom feeds: the items as the feed itself gives them."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from extract.read._dates import iso_date
from extract.read._limits import LARGEST_FILE, require_size
from extract.read._member import Member
from extract.read._xml import local, root_of
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from extract.read._member import Opened

_ROOT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:(?><\?[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)\s*)*+"
    rb"<(?:rss|(?:\w+:)?feed|rdf:RDF)[\s>]",
    re.DOTALL,
)
_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "issued", "updated")


def certainty(data: bytes) -> float:
    """Sure by the first element."""
    return 1.0 if _ROOT.match(data[:10_000]) else 0.0


def members(opened: Opened) -> Iterator[Member | DocumentRefused]:
    """The items, under their ids or addresses; raises `DocumentRefused` where the feed is no XML."""
    data = opened.whole(LARGEST_FILE)
    require_size(data, opened.source, LARGEST_FILE)
    root = root_of(data, opened.source)
    channel = next((e for e in root if local(e.tag) == "channel"), root)
    feed = {"publisher": _text(channel, "title"), "language": _text(channel, "language") or _language(root)}
    for at, item in enumerate((e for e in root.iter() if local(e.tag) in ("item", "entry")), start=1):
        said = feed | {
            "title": _text(item, "title"),
            "author": _author(item),
            "date": _date(item),
            "url": _link(item),
        }
        name = _text(item, "guid") or _text(item, "id") or said["url"] or str(at)
        text = next((found for tag in _TEXTS if (found := _text(item, tag))), None) or said["title"]
        if text:
            yield Member.of_text(name, text, said)
        else:
            yield DocumentRefused(f"{opened.source}#{name}", "the item has neither a title nor a text")


def _children(item: Element, name: str) -> Iterator[Element]:
    return (child for child in item if local(child.tag) == name)


def _text(item: Element, name: str) -> str | None:
    """The words of a child; those of XHTML inside it as its blocks."""
    for child in _children(item, name):
        if child.get("type") == "xhtml":
            blocks = (
                " ".join("".join(e.itertext()).split()) for e in child.iter() if local(e.tag) in ("p", "li", "h2")
            )
            return "\n\n".join(filter(None, blocks)) or " ".join("".join(child.itertext()).split()) or None
        if found := "".join(child.itertext()).strip():
            return found
    return None


def _author(item: Element) -> str | None:
    for author in _children(item, "author"):
        return _text(author, "name") or (author.text or "").strip() or None
    return _text(item, "creator")


def _link(item: Element) -> str | None:
    for link in _children(item, "link"):
        if link.get("rel", "alternate") == "alternate":
            return (link.get("href") or link.text or "").strip() or None
    return None


def _date(item: Element) -> str | None:
    said = next((found for tag in _DATES if (found := _text(item, tag))), "")
    try:
        return parsedate_to_datetime(said).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return iso_date(said[:10]) or iso_date(said)


def _language(root: Element) -> str | None:
    return root.get("{http://www.w3.org/XML/1998/namespace}lang")
