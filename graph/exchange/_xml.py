"""What the XML formats share: texts and attributes that every XML reader takes."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

# What XML 1.0 cannot hold, however it is escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A reader makes plain spaces and line ends of these, unless they are written as references.
_SPACES = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
HEAD = "<?xml version='1.0' encoding='utf-8'?>\n"


def held(text: str) -> str:
    """A text without the characters that XML cannot hold.

    >>> held("a" + chr(0) + "b") == "a" + chr(0xFFFD) + "b"
    True
    """
    return _FORBIDDEN.sub("\ufffd", text)


def text(value: str) -> str:
    """A value as the content of an element."""
    return escape(held(value), {"\r": "&#13;"})


def attribute(value: str) -> str:
    """A value as that of an attribute, in its quotes."""
    return quoteattr(held(value), _SPACES)
