"""How much two texts have in common, told by short sketches of them: MinHash (Broder 1997) over runs of five words.

The share of equal places in two sketches estimates the Jaccard similarity of the texts' runs. A syndicated copy with
another headline, a cut last paragraph or a corrected word keeps most of them; two reports of one event next to none.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LENGTH = 128
_RUN = 5
_SHORTEST = 20  # runs; below that chance decides
_WORD = re.compile(r"\w+")
_PRIME = (1 << 31) - 1  # products of two numbers below it fit 64 bits


def sketch(text: str) -> str:
    """The sketch of a text, 8 hexadecimal digits a place; empty where the text is too short to compare.

    >>> words = " ".join(f"word{number}" for number in range(200))
    >>> len(sketch(words)) == 8 * LENGTH, sketch(words)[:24] == sketch(words + " and an end")[:24]
    (True, True)
    >>> sketch("A headline")
    ''
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    runs = {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
    if len(runs) < _SHORTEST:
        return ""
    import numpy as np  # builds alone need it; answering a query does not load it

    prime, numbers = np.uint64(_PRIME), _numbers()
    hashes = np.array([_hash(run) for run in sorted(runs)], np.uint64) % prime
    lowest = np.full(LENGTH, prime, np.uint64)
    for at in range(0, len(hashes), 4096):  # memory stays flat however long the text is
        placed = (numbers[0] * hashes[at : at + 4096] + numbers[1]) % prime
        lowest = np.minimum(lowest, placed.min(axis=1))
    return "".join(f"{int(place):08x}" for place in lowest)


@cache
def _numbers() -> NDArray[np.uint64]:
    """The factors and summands of the hash functions, the same on every machine: (2, LENGTH, 1)."""
    import numpy as np

    return np.random.RandomState(1997).randint(1, _PRIME, size=(2, LENGTH, 1)).astype(np.uint64)


def _hash(run: str) -> int:
    return int.from_bytes(hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
