"""Words that a line's end broke: put together again, unless the hyphen is their own ("high-bandwidth")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_BROKEN = re.compile(r"([\w-]*[^\W\d_])([-\u2010\u2011\u00ad])$")
_NEXT = re.compile(r"[\w-]+")
# What begins words with a hyphen of their own; fragments of broken words are seldom among them.
_FIRST_PARTS = frozenset({
    "cross", "double", "ex", "first", "five", "four", "full", "half", "high", "joint", "large", "leading", "long",
    "low", "mass", "medium", "mid", "next", "non", "one", "open", "post", "second", "self", "short", "single", "six",
    "small", "so", "state", "third", "three", "two", "ultra", "well", "year",
})  # fmt: skip


def joined(before: str, after: str, known: Collection[str]) -> str:
    """Two lines made one.

    before, after: str; known: the words of the document that no line's end broke, in small letters.

    >>> joined("It makes semi-", "conductors.", ()), joined("with high-", "bandwidth memory", ())
    ('It makes semiconductors.', 'with high-bandwidth memory')
    >>> joined("an arm of chip-", "maker Acme", {"chip-maker"})
    'an arm of chip-maker Acme'
    """
    broken, following = _BROKEN.search(before), _NEXT.match(after)
    if broken is None or following is None:
        return f"{before} {after}"
    return (before[:-1] if _was_added(broken, following[0], known) else before) + after


def _was_added(broken: re.Match[str], back: str, known: Collection[str]) -> bool:
    """True where the hyphen is there for the line's end alone."""
    front, hyphen = broken[1], broken[2]
    if hyphen in "\u2010\u00ad":
        return True
    begins_small = back[0].islower()
    front, back = front.casefold(), back.casefold()
    if f"{front}-{back}" in known or f"{front}{back}" in known:
        return f"{front}-{back}" not in known
    if not begins_small or "-" in front or hyphen == "\u2011":
        return False
    are_words = len(front) > 2 and len(back) > 2 and front in known and back in known
    return not are_words and front not in _FIRST_PARTS
