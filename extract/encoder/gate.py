"""Which sentences the encoder is asked about: those in which it may find something that no rule says.

It finds something in few sentences, and reading one costs as much as parsing it. A weight for each word and each class
of name, added up, tells most of the others (a logistic regression, which the recipe fits on what the encoder adds).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from extract.encoder.scenes import CLASSES, class_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from extract.discourse import Reading
    from extract.tree import Span

# The base of the sum, and the least sum with which a sentence is read, stand among the weights under these names.
BASE, LEAST = "=base", "=least"
_MANY = 3


def is_worth_reading(weights: Mapping[str, float], reading: Reading, sentence: Span, ruled: int) -> bool:
    """True where the encoder should read a sentence. ruled: how many statements the rules found in it."""
    total = weights[BASE] + sum(weights.get(sign, 0.0) for sign in signs(reading, sentence, ruled))
    return total >= weights[LEAST]


def signs(reading: Reading, sentence: Span, ruled: int) -> Iterator[str]:
    """What tells of a sentence whether it is worth reading, each sign once."""
    named: set[int] = set()
    classes: Counter[int] = Counter()
    for mention in reading.mentions_in(sentence):
        classes[class_of(mention.type)] += 1
        named.update(range(mention.start, mention.end))
    for number, count in classes.items():
        name = CLASSES[number - 1] if number <= len(CLASSES) else "other"
        yield from (f"@{name} {n}" for n in range(1, min(count, _MANY) + 1))
    yield from (f"#ruled {n}" for n in range(1, min(ruled, _MANY) + 1))
    yield from {token.lemma for token in sentence if token.i not in named and token.text[0].isalpha()}
