"""Which documents are copies of one text, told by their sketches.

All pairs would be too many: only documents that share a band of their sketches are compared (locality-sensitive
hashing). Of texts that are just alike enough one pair in eighty shares no band, of those alike by 0.7 one in 7,000.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.sketch import LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    Places = NDArray[np.uint32]

ALIKE = 0.6
"""From this share of equal places on two texts are copies: a third of the one may then be missing in the other."""

_BAND = 4


def copies(sketches: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The documents that have copies, each with the one that stands for all copies of its text, which may be itself.

    sketches: pairs of str, the id of each document and its sketch, empty where it is too short to compare. A copy of a
    copy is a copy; the least id stands for them all, so the order does not matter.

    >>> from graph.sketch import sketch
    >>> words = " ".join(f"word{number}" for number in range(200))
    >>> texts = {"a": words, "b": words + " and an end", "c": words[::-1]}
    >>> copies((key, sketch(text)) for key, text in texts.items())
    {'a': 'a', 'b': 'a'}
    """
    keys, places = _placed(sketches)
    if len(keys) < 2:
        return {}
    groups = _Groups(len(keys))
    for bucket in _buckets(places):
        for at, one in enumerate(bucket):
            apart = [other for other in bucket[at + 1 :] if groups.of(other) != groups.of(one)]
            if apart:
                share = (places[apart] == places[one]).mean(axis=1)
                for other in (apart[n] for n in (share >= ALIKE).nonzero()[0]):
                    groups.unite(one, other)
    stands = [groups.of(at) for at in range(len(keys))]
    several = {first for at, first in enumerate(stands) if first != at}
    return {keys[at]: keys[first] for at, first in enumerate(stands) if first in several}


class _Groups:
    """Numbers in groups, each called by its least."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def of(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = number = self._above[self._above[number]]
        return number

    def unite(self, one: int, other: int) -> None:
        first, second = sorted((self.of(one), self.of(other)))
        self._above[second] = first


def _placed(sketches: Iterable[tuple[str, str]]) -> tuple[list[str], Places]:
    """The ids of documents that can be compared, sorted, and their sketches as numbers, a row each."""
    import numpy as np  # builds alone need it; answering a query does not load it

    keys, drawn = [], bytearray()  # a quarter of what the sketches take as text
    for key, places in sketches:
        if places:
            keys.append(key)
            drawn += bytes.fromhex(places)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return [keys[at] for at in order], np.frombuffer(drawn, ">u4").reshape(-1, LENGTH)[order].astype(np.uint32)


def _buckets(places: Places) -> Iterator[list[int]]:
    """The rows that are the same in a band of places, band by band; those that are alone there are left out."""
    import numpy as np

    for start in range(0, LENGTH, _BAND):
        _, found = np.unique(places[:, start : start + _BAND], axis=0, return_inverse=True)
        order = np.argsort(found, kind="stable")
        ends = np.flatnonzero(np.diff(found[order], append=-1)) + 1
        for begin, end in zip((0, *ends[:-1]), ends, strict=True):
            if end - begin > 1:
                yield order[begin:end].tolist()
