"""Which of several media types a client likes best (RFC 9110, 12.5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from graph.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")


class Range(NamedTuple):
    """A media range of an Accept header: type and subtype may be `*`; quality from 0 to 1."""

    type: str
    subtype: str
    quality: float

    def fits(self, media_type: str) -> int:
        """How closely it fits a media type: 3 to the letter, 2 by type, 1 as anything, 0 not at all."""
        type_, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (type_, subtype):
            return 3
        if self.subtype == "*" and self.type in (type_, "*"):
            return 2 if self.type == type_ else 1
        return 0


def ranges(accept: str) -> tuple[Range, ...]:
    """The media ranges of an Accept header; what cannot be read is left out, no range means all.

    >>> ranges("text/csv;q=0.5, */*;q=0.1")
    (Range(type='text', subtype='csv', quality=0.5), Range(type='*', subtype='*', quality=0.1))
    """
    found = tuple(read for part in accept.split(",") if (read := _range(part)))
    return found or (Range("*", "*", 1.0),)


def choose(accept: str, offered: Mapping[str, T]) -> T | None:
    """What stands for the media type that a client likes best, the first offered of equals; None where it likes none.

    accept: str, the header; offered: mapping of media types.

    >>> choose("application/json;q=.1, text/csv;q=.9", {"application/json": 1, "text/csv": 2})
    2
    >>> choose("image/png", {"text/csv": 2}) is None
    True
    """
    chosen = _chosen(accept, tuple(offered))
    return None if chosen is None else offered[chosen]


@remembered  # clients send the same few headers all the time
def _chosen(accept: str, offered: tuple[str, ...]) -> str | None:
    wanted = ranges(accept)
    rated = [(_quality(wanted, media_type), media_type) for media_type in offered]
    best = max((quality for quality, _ in rated), default=0.0)
    return next((media_type for quality, media_type in rated if quality == best), None) if best else None


def _quality(wanted: tuple[Range, ...], media_type: str) -> float:
    """The quality of the range that fits most closely."""
    fitting = [(r.fits(media_type), r.quality) for r in wanted]
    closest = max(fit for fit, _ in fitting)
    return max(quality for fit, quality in fitting if fit == closest) if closest else 0.0


def _range(part: str) -> Range | None:
    name, *parameters = (piece.strip().casefold() for piece in part.split(";"))
    type_, slash, subtype = name.partition("/")
    if not (slash and type_ and subtype):
        return None
    given = dict(parameter.partition("=")[::2] for parameter in parameters)
    try:
        quality = float(given.get("q", "1"))
    except ValueError:
        return None
    return Range(type_, subtype, quality) if 0 <= quality <= 1 else None
