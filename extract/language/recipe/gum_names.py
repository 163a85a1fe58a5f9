"""The proper names inside GUM's entities, which are whole noun phrases: "the new chief of Intel" holds "Intel"."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from extract.language.recipe.names import MISSING, OUTSIDE, Named
from extract.language.recipe.treebank import Sentence, read_treebank, subtree

GUM: Mapping[str, str] = MappingProxyType({"person": "PERSON", "organization": "ORG", "place": "PLACE"})
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "professor",
        "president",
        "vice",
        "minister",
        "prime",
        "senator",
        "sir",
        "king",
        "queen",
        "pope",
        "general",
        "captain",
        "chairman",
        "chief",
        "governor",
        "judge",
        "lord",
        "lady",
        "prince",
        "princess",
        "saint",
        "st",
        "director",
        "secretary",
    ]
)
JOINTS = frozenset(["of", "for", "the", "and", "&", "-", "–", "'s", "’s", "de", "van", "von", "der", "la", "du"])


def read_gum(file: Path) -> Iterator[Named]:
    """Yield GUM sentences with the proper names inside the annotated noun phrases."""
    for sentence in read_treebank(file):
        yield gum_named(sentence, gum_spans(sentence))


def gum_spans(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Return start, end and kind of the noun phrases in a GUM sentence's `Entity` column."""
    opened: list[tuple[str, str, int]] = []
    found: list[tuple[int, int, str]] = []
    for place, word in enumerate(sentence.words):
        for mark in _entity_marks(word.misc):
            name, kind = _entity_name(mark)
            if mark.startswith("("):
                opened.append((name, kind, place))
            if mark.endswith(")"):
                _close(opened, found, name, place + 1)
    return found


def _entity_marks(misc: str) -> list[str]:
    """Return the brackets of an `Entity` value, each with what belongs to it: "(1-person(2-place)" gives two."""
    value = next((part.partition("=")[2] for part in misc.split("|") if part.startswith("Entity=")), "")
    return value.replace("(", " (").replace(")", ") ").split()


def _entity_name(mark: str) -> tuple[str, str]:
    parts = mark.strip("()").split("-")
    return parts[0], parts[1] if len(parts) > 1 else ""


def _close(opened: list[tuple[str, str, int]], found: list[tuple[int, int, str]], name: str, end: int) -> None:
    for entry in reversed(opened):
        if entry[0] == name:
            found.append((entry[2], end, entry[1]))
            opened.remove(entry)
            return


def gum_named(sentence: Sentence, spans: Iterable[tuple[int, int, str]]) -> Named:
    """Return a GUM sentence with a tag a token: names of clear kinds labelled, other proper nouns missing."""
    words = sentence.words
    tags = [MISSING if word.upos == "PROPN" else OUTSIDE for word in words]
    for start, end, kind in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        name = proper_name(sentence, start, end)
        if kind in GUM and name and not any(tags[place][1:2] == "-" for place in range(*name)):
            tags[name[0] : name[1]] = [f"{'I' if place else 'B'}-{GUM[kind]}" for place in range(name[1] - name[0])]
    return Named(tuple(word.form for word in words), tuple(word.space_after for word in words), tuple(tags))


def proper_name(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """Return start and end of the proper name round the head of a noun phrase; None where the head is common."""
    words = sentence.words
    heads = [place for place in range(start, end) if not start <= words[place].head < end or words[place].head == place]
    if len(heads) != 1 or words[heads[0]].upos != "PROPN":
        return None
    inside = [place for place in sorted(subtree(words, heads[0])) if start <= place < end]
    first, last = heads[0], heads[0] + 1
    while first - 1 in inside and _in_name(words[first - 1].upos, words[first - 1].form):
        first -= 1
    while last in inside and _in_name(words[last].upos, words[last].form):
        last += 1
    return _trimmed(sentence, first, last)


def _in_name(upos: str, form: str) -> bool:
    capital = form[:1].isupper() and upos in {"NOUN", "ADJ", "VERB"}
    return capital or upos in {"PROPN", "NUM"} or form in JOINTS


def _trimmed(sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    forms = [word.form for word in sentence.words]
    while first < last and (forms[first] in JOINTS or forms[first].lower().rstrip(".") in {*TITLES, "the"}):
        first += 1
    while first < last and forms[last - 1] in JOINTS:
        last -= 1
    return (first, last) if first < last else None
