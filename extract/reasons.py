"""Why a claim was made: the words behind its trigger and its two ends, and how they came to stand for their entities.

A claim carries them as names and values, `{"trigger": "supplies", "subject": "coreference; alias", "subject words":
"the foundry", ...}`. docs/extraction.md lists the names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.blocks import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.arguments import Filler
    from extract.discourse import Discourse, Reading
    from extract.relations.matcher import Candidate
    from extract.tree import Token

    Stretch = tuple[int, int]

# The parts of a phrase before its head: "the German chipmaker".
_BEFORE = frozenset({"det", "amod", "compound", "nummod", "nmod:poss"})
_LONGEST = 8


def reasons(discourse: Discourse, reading: Reading, candidate: Candidate) -> dict[str, str]:
    """What a candidate rests on: its trigger, its ends, and where in the document their words stand.

    "places" is the one entry for programs: "subject 0-4; trigger 5-13", offsets of the document, the end not included.
    """
    ends = {"subject": candidate.subject, "object": candidate.object}
    places = {part: place for part, end in ends.items() if (place := _place(reading, end)) is not None}
    said, at = _trigger(reading, candidate, list(places.values()))
    found = {"trigger": said}
    for part, end in ends.items():
        found.update(_end(discourse, reading, part, end, places.get(part)))
    if at is not None:
        places["trigger"] = at
    if places:
        found["places"] = _written(reading, places)
    return found


def _end(
    discourse: Discourse, reading: Reading, part: str, end: Filler, place: Stretch | None
) -> Iterator[tuple[str, str]]:
    """How an end was reached and linked, and the words that stand for it."""
    yield part, "; ".join(filter(None, (end.how, discourse.linker.reason(end.entity))))
    if place is not None:
        yield f"{part} words", reading.doc.text[slice(*place)]


def _place(reading: Reading, end: Filler) -> Stretch | None:
    """Where the words stand that stand for an end; None where no word does, or one of another text."""
    token, name = end.token, end.entity.mention
    if end.how == "topic" or token.doc is not reading.doc:
        return None
    if end.how == "coreference":
        return _phrase(token)
    mention = reading.index.at(token)
    if mention is not None and mention.text == name:
        words = reading.doc[mention.start : mention.end]
        return words.start_char, words.end_char
    found = reading.doc.text.find(name, token.sent.start_char, token.sent.end_char) if name else -1
    return (found, found + len(name)) if found >= 0 else _phrase(token)


def _phrase(token: Token) -> Stretch:
    """A word with what stands before it in its phrase: "the company", "its"."""
    first = min((c.left_edge for c in token.lefts if c.dep_ in _BEFORE), key=lambda t: t.i, default=token)
    if token.i - first.i > _LONGEST:
        first = token
    return first.idx, token.idx + len(token)


def _trigger(reading: Reading, candidate: Candidate, ends: list[Stretch]) -> tuple[str, Stretch | None]:
    """The words that state the relation and their place; of a key above a list or a column only the words."""
    token, kind, text = candidate.trigger, candidate.rule.kind, reading.doc.text
    if kind == "key":
        key = reading.block.key or reading.block.heading or ""
        return key, (0, len(key)) if reading.block.kind is Kind.PAIR and text.startswith(key) else None
    if kind == "byline":
        token = reading.doc[0]
    start, end = token.idx, token.idx + len(token)
    if kind == "between" and len(ends) == 2 and any(a <= start < b for a, b in ends):
        start, end = _stripped(text, min(b for _, b in ends), max(a for a, _ in ends))
    following = reading.doc[token.i + 1 : token.i + 2]
    if following and following[0].dep_ == "compound:prt" and following[0].head == token:
        end = following.end_char  # "spun off"
    return text[start:end], (start, end) if start < end else None


def _stripped(text: str, start: int, end: int) -> Stretch:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _written(reading: Reading, places: dict[str, Stretch]) -> str:
    body = reading.block.body
    found = sorted((body.original(*place), part) for part, place in places.items())
    return "; ".join(f"{part} {start}-{end}" for (start, end), part in found)
