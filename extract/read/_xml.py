"""XML from strangers: no document types, which is where entities that grow and entities that fetch are declared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DEEPEST = 200


class _Flat(ElementTree.TreeBuilder):
    """Builds a tree that functions which call themselves can walk."""

    _depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise RecursionError
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)


def root_of(data: bytes, source: str) -> Element:
    """The root of an XML document; raises `DocumentRefused` where it is not well-formed or declares a type.

    >>> root_of(b"<a><b/></a>", "a.xml").tag
    'a'
    """
    if _TYPE.search(data.replace(b"\x00", b"")):
        raise DocumentRefused(source, "its XML declares a document type, which is not read for safety")
    try:
        return ElementTree.fromstring(data, ElementTree.XMLParser(target=_Flat()))
    except RecursionError as error:
        raise DocumentRefused(source, "its XML is nested too deeply") from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise DocumentRefused(source, f"its XML is not well-formed ({error})") from error


def local(tag: str) -> str:
    """A tag's name without its namespace.

    >>> local("{http://www.w3.org/2005/Atom}entry")
    'entry'
    """
    return tag.rpartition("}")[2]
