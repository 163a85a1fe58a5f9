"""Telling a server's address from a folder's path."""

from __future__ import annotations


def is_address(place: object) -> bool:
    """True where a place is a server's address and not a folder's path.

    >>> is_address("https://db.example/query"), is_address("output")
    (True, False)
    """
    return str(place).startswith(("http://", "https://"))
