"""What is made of a question: the query that it asks and the values of its parameters, or the reason that it is not.

A pattern must take every word of a question, so that no word that changes its meaning is passed over. Of the patterns
that do, the one with the most words of its own counts whose slots hold what they should.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.questions.pattern import matches, words
from graph.questions.shapes import check, pattern_words, shapes
from graph.questions.slots import Meant, NotMeant, meant
from graph.questions.vocabulary import vocabulary
from ontology.errors import QueryRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph.claims import Reader
    from graph.questions.pattern import Spans, Word
    from graph.questions.shapes import Shape

LONGEST = 300  # characters
_EXAMPLES = 4


class NotUnderstood(QueryRefused):
    """A question that no shape takes, or with a name in it that the graph does not know.

    suggestions: tuple of str, names or questions that may have been meant.
    """

    def __init__(self, text: str, suggestions: tuple[str, ...]) -> None:
        super().__init__(text)
        self.suggestions = suggestions


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a question.

    shape: Shape; given: mapping of parameter to what is meant, those that the shape itself gives included.
    """

    shape: Shape
    given: Mapping[str, Meant]


@dataclass(frozen=True, slots=True)
class _Fit:
    """A pattern that takes all words, some of them in slots."""

    shape: Shape
    texts: Mapping[str, str]
    in_slots: int


def read(question: str, reader: Reader) -> Reading:
    """What a question asks.

    question: str; reader: Reader, of the graph that its names are looked up in. Raises `NotUnderstood`.

    >>> from graph.example import market
    >>> read("Who supplies Birch with unobtainium, please?", market().reader)
    Traceback (most recent call last):
    graph.questions.reading.NotUnderstood: I do not understand ...: No entity is called 'unobtainium'. ...
    >>> found = read("Please tell me who supplies Birch.", market().reader)
    >>> found.shape.query, found.given["entity"].label
    ('suppliers-of', 'Birch Devices')
    """
    if len(question) > LONGEST:
        raise NotUnderstood(f"A question has {LONGEST} characters at most: make it shorter.", ())
    failures: list[tuple[_Fit, NotMeant]] = []
    for fit in sorted(_fits(question), key=lambda fit: fit.in_slots):
        try:
            given = {name: meant(text, fit.shape.takes[name], reader) for name, text in fit.texts.items()}
        except NotMeant as failure:
            failures.append((fit, failure))
            continue
        fixed = {name: Meant(value, value) for name, value in fit.shape.fixed.items()}
        return Reading(fit.shape, given | fixed)
    raise _refused(question, next((failure for fit, failure in failures if str(failure) and _may_be_names(fit)), None))


def _may_be_names(fit: _Fit) -> bool:
    """False where a slot holds words of other patterns alone: nothing in it was meant as a name."""
    return not any({word.folded for word in words(text)} <= pattern_words() for text in fit.texts.values())


def _fits(question: str) -> Iterator[_Fit]:
    """Every way in which a shape takes all words of a question."""
    read = _unwrapped(words(question))
    folded = {word.folded for word in read}
    for shape in shapes():
        for phrase in shape.patterns:
            if not phrase.may_take(folded):
                continue
            for spans in matches(phrase.pattern, read):
                check(shape)
                texts = {name: question[read[a].start : read[b - 1].end] for name, (a, b) in spans.items()}
                yield _Fit(shape, texts, _width(spans))


def _width(spans: Spans) -> int:
    return sum(end - start for start, end in spans.values())


def _unwrapped(read: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words of a question without what asks politely before and after it."""
    known, shorter = vocabulary(), True
    while shorter:
        folded = tuple(word.folded for word in read)
        first = next((wrap for wrap in known.before if folded[: len(wrap)] == wrap), ())
        last = next((wrap for wrap in known.after if folded[len(folded) - len(wrap) :] == wrap), ())
        read = read[len(first) : len(read) - len(last)]
        shorter = bool(first or last)
    return read


def _refused(question: str, why: NotMeant | None) -> NotUnderstood:
    """Why a question is not answered: a name that may be misspelt, or else that it is not understood."""
    if why and why.suggestions and not any(_names(question, name) for name in why.suggestions):
        return NotUnderstood(str(why), why.suggestions)
    near = nearest(question)
    reason = f"I do not understand {question!r}" + (f": {why}" if why else ".")
    asked = " ".join(near)
    return NotUnderstood(f"{reason} I do understand, for instance: {asked} `chipgraph ask --list` has all.", near)


def _names(question: str, name: str) -> bool:
    """True where a question has a name as it is spelt: then not the name is wrong, but what stands around it."""
    asked, wanted = (" ".join(word.folded for word in words(text)) for text in (question, name))
    return f" {wanted} " in f" {asked} "


def nearest(question: str) -> tuple[str, ...]:
    """The example questions that share most words with a question, then those spelt most like it."""
    asked = {word.folded for word in words(question)}

    def likeness(example: str) -> tuple[int, float]:
        shared = asked & {word.folded for word in words(example)}
        return len(shared), difflib.SequenceMatcher(None, question.casefold(), example.casefold()).ratio()

    known = [example.ask for shape in shapes() for example in shape.examples]
    return tuple(sorted(known, key=likeness, reverse=True)[:_EXAMPLES])
