"""The registry's names in a text, before it is parsed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extract.namesakes import misleads
from ontology import registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

CONCEPT_TYPES = frozenset({
    "ChipProduct", "Product", "Equipment", "Material", "DesignTool", "EndDevice", "ProcessTechnology", "NodeClass",
    "ApplicationArea", "BusinessModel", "Technology", "DesignTechnology", "Software", "Service",
})  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A known name in a text.

    start, end: int, character offsets; text: str, the words; type: str, class of the first entry; kind: str, kind of
    alias; entries: ids of those who go by it, best first.
    """

    start: int
    end: int
    text: str
    type: str
    kind: str
    entries: tuple[str, ...]


class Gazetteer:
    """Finds the registry's names. Build it once: it holds them in two matchers, one that minds case and one not.

    A name goes into its matcher before the first text in which its beginning stands (`prepare`): most of thousands
    never do, and to tokenise them all takes as long as to read a dozen articles.
    """

    def __init__(self, nlp: Language) -> None:
        from spacy.matcher import PhraseMatcher

        self._exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._folded = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._ids: dict[str, list[tuple[str, str]]] = {}
        self._small: set[str] = set()  # names that are written without a capital: "imec"
        self._entries = entries = registry.load().entries
        self._types = {entry.id: entry.type for entry in entries.values()}
        for entry in entries.values():
            for name in entry.names:
                # "IT", "C", "ON": a ticker is a name only where the text marks it as one. "Controls on gallium" names
                # what it restricts, which the grammar must see; so does "Samsung's Taylor plant" owner and place.
                possessive = "'s " in name.text and is_a(entry.type, "Facility")
                if name.kind != "ticker" and " on " not in name.text and not possessive:
                    # "Calif.": the tokenizer knows it with its capital only.
                    short = name.text.endswith(".") and is_a(entry.type, "Place")
                    self._add(name.text, entry.id, name.kind, exact=name.exact or short)
        self._make_doc = nlp.make_doc
        self._waiting: dict[str, list[str]] = {}
        tokenizer: Any = nlp.tokenizer
        for key in sorted(self._ids):
            self._waiting.setdefault(_beginning(key[1:].lower(), tokenizer.rules), []).append(key)

    def _add(self, text: str, entry_id: str, kind: str, *, exact: bool) -> None:
        self._ids.setdefault(f"={text}" if exact else f"~{text.lower()}", []).append((entry_id, kind))
        if text.islower() and self._types[entry_id] not in CONCEPT_TYPES:
            self._small.add(text)

    def prepare(self, text: str) -> None:
        """Takes up the names that may stand in a text; not within a memory zone, which would let go of them again."""
        lowered = text.lower()
        for beginning in sorted({"", *lowered, *_LETTERS.findall(lowered)} & self._waiting.keys()):
            for key in self._waiting.pop(beginning):
                matcher = self._exact if key.startswith("=") else self._folded
                matcher.add(key, [self._make_doc(key[1:])])

    def names(self, doc: Doc) -> tuple[Name, ...]:
        """The names in a tokenised text that was prepared for, none overlapping another.

        The longer wins, then an actor over a concept.
        """
        taken: list[Name] = []
        for name in sorted(self._hits(doc), key=_priority):
            if not any(other.start < name.end and name.start < other.end for other in taken):
                taken.append(name)
        return tuple(sorted(taken, key=lambda n: n.start))

    def _hits(self, doc: Doc) -> Iterator[Name]:
        text = doc.text
        for matcher in (self._exact, self._folded):
            for match_id, start, end in matcher(doc):
                first, last = doc[start], doc[end - 1]
                place = first.idx, last.idx + len(last)
                words = text[slice(*place)]
                known = self._ids[doc.vocab.strings[match_id]]
                hits = [hit for hit in known if not misleads(text, *place, self._entries[hit[0]])]
                hits = self._preferred(words, hits)
                if hits and (matcher is self._exact or words in self._small or self._is_plausible(words, hits[0][0])):
                    ids = tuple(dict.fromkeys(entry_id for entry_id, _ in hits))
                    yield Name(*place, words, self._types[ids[0]], hits[0][1], ids)

    def _preferred(self, words: str, hits: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Business models are what an actor is, not whom a text names; a word in small letters is no firm."""
        named = [hit for hit in hits if self._types[hit[0]] != "BusinessModel"]
        if words.islower():
            named.sort(key=lambda hit: self._types[hit[0]] not in CONCEPT_TYPES)
        return named

    def _is_plausible(self, words: str, entry_id: str) -> bool:
        """Names of actors are capitalised in a text that is not all in small letters."""
        if self._types[entry_id] in CONCEPT_TYPES:
            return True
        return any(c.isupper() or c.isdigit() for c in words) or not words.isascii()


def _beginning(words: str, split: Container[str]) -> str:
    """The letters that a name begins with, or its first character: where it stands in a text, so do all of them.

    No tokenizer splits between letters but in the words that `split` holds; names that begin with one have none.

    >>> _beginning("tsmc arizona", ()), _beginning("3m", ()), _beginning("wont devices", {"wont"})
    ('tsmc', '3', '')
    """
    if words.split()[0] in split:
        return ""
    letters = _LETTERS.match(words)
    return letters[0] if letters else words[0]


def _priority(name: Name) -> tuple[int, int, int]:
    concept = name.type in CONCEPT_TYPES and not name.text.islower()
    return (-(name.end - name.start), int(concept), name.start)
