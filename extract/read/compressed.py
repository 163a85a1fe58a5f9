"""One file packed with gzip, bzip2 or xz."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.read._member import Member
from extract.read._packed import is_packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.read._member import Opened


def certainty(data: bytes) -> float:
    """Sure by the first bytes; tar archives and WARC files, which may be packed too, are surer of theirs."""
    return 0.8 if is_packed(data) else 0.0


def members(opened: Opened) -> Iterator[Member]:
    """What is packed."""
    yield Member("", unpacked(opened))
