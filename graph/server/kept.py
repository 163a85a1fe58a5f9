"""Answers that are kept, so that a question which is asked again costs no process; a snapshot never changes."""

from __future__ import annotations

from collections import OrderedDict

_OF_ALL = 50  # of so many parts of the room one answer takes one at most
_BESIDE = 500  # bytes that an answer takes beside its own


class Kept:
    """Answers by what was asked of which snapshot; what was asked for longest ago is given up first.

    room: int, bytes that all of them may take. `given` counts the answers that were asked for again.

    >>> kept = Kept(100_000)
    >>> kept.put("snapshot 1: ASK {}", "table", b'{"head": {}, "boolean": true}')
    >>> kept.get("snapshot 1: ASK {}"), kept.get("snapshot 2: ASK {}")
    (('table', b'{"head": {}, "boolean": true}'), None)
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._left = room
        self.given = 0
        self._answers: OrderedDict[str, tuple[str, bytes]] = OrderedDict()

    def get(self, key: str) -> tuple[str, bytes] | None:
        """The kind and bytes of an answer; None where it is not kept."""
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
            self.given += 1
        return found

    def put(self, key: str, kind: str, body: bytes) -> None:
        """Keeps an answer, unless it is so long that many others would have to go."""
        size = _size(key, body)
        if size > self._room // _OF_ALL:
            return
        before = self._answers.pop(key, None)
        self._left += _size(key, before[1]) if before else 0
        self._answers[key] = kind, body
        self._left -= size
        while self._left < 0:
            oldest, (_, given_up) = self._answers.popitem(last=False)
            self._left += _size(oldest, given_up)


def _size(key: str, body: bytes) -> int:
    return len(key) + len(body) + _BESIDE
