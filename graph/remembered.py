"""What was found out about the text of a query, kept for the next time that it is asked."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

MOST, LONGEST = 1_000, 4_000  # texts, and characters of each: 16 MB at the very most

P = ParamSpec("P")
T = TypeVar("T")


def remembered(function: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
    """A function of a text and of nothing that changes, its last answers kept; what it raises is not, nor long texts.

    function: its further arguments can be hashed, and each answer is kept for just these arguments.

    >>> asked = []
    >>> length = remembered(lambda text: asked.append(text) or len(text))
    >>> length("ASK {}"), length("ASK {}"), asked
    (6, 6, ['ASK {}'])
    """
    kept = cast("Callable[Concatenate[str, P], T]", lru_cache(MOST)(function))

    @wraps(function)
    def known(text: str, /, *arguments: P.args, **named: P.kwargs) -> T:
        return (kept if len(text) <= LONGEST else function)(text, *arguments, **named)

    return known
