"""Parsing with the known names out of the parser's way.

A parser that has never seen "Hua Hong Semiconductor" or "Western Digital" takes such names apart: it hangs a conjunct
on their second word or reads their last as a verb. So each name that the registry knows is one token, and the
parser is shown a familiar name of the same kind in its place; the tree it finds is then laid on the true words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from extract import lexicon
from extract.mending import Part, mended
from extract.morphology import lemma
from extract.namesakes import is_ordinary
from extract.seats import with_seats
from extract.threads import one_thread
from extract.tokens import join_hyphenated
from extract.tree import Tree, Word
from ontology import registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language
    from spacy.strings import StringStore

    from extract.gazetteer import Gazetteer, Name


@dataclass(frozen=True)
class Parsed:
    """A parsed text and the registry's names in it, by character offsets."""

    doc: Tree
    names: tuple[Name, ...]

    @cached_property
    def organizations(self) -> frozenset[int]:
        """Where the registry's names of organisations begin."""
        return frozenset(name.start for name in self.names if is_a(name.type, "Organization"))

    @cached_property
    def places(self) -> frozenset[int]:
        """Where its names of places begin."""
        return frozenset(name.start for name in self.names if is_a(name.type, "Place"))


def parse(nlp: Language, gazetteer: Gazetteer, texts: Iterable[str]) -> list[Parsed]:
    """The texts parsed, in their order, each known name a single token.

    What spaCy notes of words that it has not met before is dropped again, so that memory does not grow with every text.
    """
    given = list(texts)
    for text in given:
        gazetteer.prepare(text)
    with nlp.memory_zone(), one_thread():
        raws = [nlp.make_doc(text) for text in given]
        names = [with_seats(raw, gazetteer.names(raw)) for raw in raws]
        layouts = [_layout(raw, found) for raw, found in zip(raws, names, strict=True)]
        shadows = [Doc(nlp.vocab, words=layout.shown, spaces=layout.spaces) for layout in layouts]
        trees = [_laid_on(shadow, layout) for shadow, layout in zip(nlp.pipe(shadows), layouts, strict=True)]
    return [Parsed(tree, _meant(tree, found)) for tree, found in zip(trees, names, strict=True)]


def _meant(tree: Tree, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names without those that the tree shows to be ordinary words."""
    entries = registry.load().entries
    kept = []
    for name in names:
        span = tree.char_span(name.start, name.end, alignment_mode="expand")
        if span is None or not name.entries or not is_ordinary(span, entries[name.entries[0]]):
            kept.append(name)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class _Layout:
    words: list[str]
    shown: list[str]
    spaces: list[bool]


def _layout(raw: Doc, names: tuple[Name, ...]) -> _Layout:
    text, starts = raw.text, {name.start: name for name in names}
    tokens = [(token.text, token.idx, bool(token.whitespace_)) for token in raw]
    words, offsets = [word for word, _, _ in tokens], [offset for _, offset, _ in tokens]
    verbs = _verb_standins(words, [word.lower() for word in words])
    layout = _Layout([], [], [])
    at = 0
    while at < len(words):
        name = starts.get(offsets[at])
        standin = _standin(name) if name is not None else None
        if name is None or standin is None:
            word, shown, at = words[at], verbs.get(at) or _opening_verb(words, at, layout.shown), at + 1
        else:
            word, shown = text[name.start : name.end], standin
            while at < len(words) and offsets[at] < name.end:
                at += 1
        layout.words.append(word)
        layout.shown.append(shown)
        layout.spaces.append(tokens[at - 1][2])
    return layout


def _verb_standins(words: list[str], folded: list[str]) -> dict[int, str]:
    """What is shown for the verbs of a series that the parser takes for nouns: "designs and manufactures chips".

    words: as they stand; folded: the same in small letters. A series is told by a member that is no noun; "chip designs
    and markets" stays as it is.
    """
    plain, by_word, alone = _series()
    shown: dict[int, str] = {}
    run: list[int] = []
    for at, word in enumerate([*folded, ""]):
        if word in plain or word in by_word:
            run.append(at)
        elif run and (word in _JOINTS or word.endswith("ly")):
            continue
        elif run:
            series = len(run) > 1 and any(folded[i] in plain for i in run)
            if series or any(folded[i] in alone for i in run):
                shown.update({i: by_word.get(folded[i], words[i]) for i in run})
            run = []
    return shown


@cache
def _series() -> tuple[frozenset[str], dict[str, str], frozenset[str]]:
    """Verbs of a series as they are, with what is shown in their place, and those that need no second one."""
    table = lexicon.table("standins")["verbs"]
    by_word = {str(word): str(shown) for word, shown in table["by_word"].items()}
    return frozenset(table["plain"]), by_word, frozenset(table["alone"])


# What may stand between the verbs of a series.
_JOINTS = frozenset({",", "and", "or", "also"})


def _opening_verb(words: list[str], at: int, shown: list[str]) -> str:
    """What is shown for a word that may be a plural noun, behind a company that opens a clause: "TSMC plans a fab"."""
    word = words[at]
    verb = lexicon.table("standins")["opening_verbs"].get(word)
    if verb is None or shown[-1:] != [str(lexicon.table("standins")["by_class"]["Organization"])]:
        return word
    if len(shown) > 1 and shown[-2] not in _CLAUSE_STARTS:
        return word
    following = words[at + 1].lower() if at + 1 < len(words) else ""
    return word if following in _BEHIND_NOUNS else str(verb)


# What follows a plural noun rather than a verb: "TSMC plans are".
_BEHIND_NOUNS = frozenset({"is", "are", "was", "were", "have", "has", "had", "will", "would", "may", "can", "could"})
_CLAUSE_STARTS = frozenset({",", ".", ";", ":", "and", "but", "while", "as", "which", "that", "—", "–", "\n", "["})


def _standin(name: Name) -> str | None:
    """The familiar name that is shown in a name's place; None where the name itself is best: demonyms, concepts."""
    if name.kind == "demonym" or (name.text.isupper() is False and not any(c.isupper() for c in name.text)):
        return None
    for type_, standin in lexicon.table("standins")["by_class"].items():
        if is_a(name.type, type_):
            single = " " not in name.text and "-" not in name.text
            return None if single and type_ in ("Place", "Person") else str(standin)
    return None


def _laid_on(shadow: Doc, layout: _Layout) -> Tree:
    """The tree that the parser found, over the true words."""
    parts = mended(_parts(shadow, layout.shown))
    words = [_word(*row) for row in zip(parts, _with_verbs(parts), layout.words, layout.spaces, strict=True)]
    return Tree(*join_hyphenated(words, [(ent.start, ent.end, ent.label_) for ent in shadow.ents]))


def _parts(shadow: Doc, words: list[str]) -> list[Part]:
    """The parse, read out of spaCy's structures at one go. words: what the parser was shown."""
    names = _Names(shadow.vocab.strings)
    rows = shadow.to_array(["TAG", "POS", "LEMMA", "DEP", "HEAD"]).tolist()
    return [
        Part(word, names[tag], names[pos], names[lemma_], names[dep], i + _signed(step))
        for i, (word, (tag, pos, lemma_, dep, step)) in enumerate(zip(words, rows, strict=True))
    ]


class _Names(dict[int, str]):
    """What spaCy's numbers of strings stand for, each looked up once."""

    def __init__(self, strings: StringStore) -> None:
        self._strings = strings

    def __missing__(self, number: int) -> str:
        name = self[number] = str(self._strings[number])
        return name


def _signed(step: int) -> int:
    """A step to a head, which the array holds as if it were never backwards."""
    return step - (1 << 64) if step >> 63 else step


def _with_verbs(parts: list[Part]) -> list[tuple[str, str]]:
    """The tag and the class of each word, with the verbs that the tagger took for something else.

    Their place in the tree tells them: a plural noun with subject and object is a verb ("Xilinx designs chips"), and so
    is an adjective that opens a clause behind a noun ("a processor fabricated on a 2nm process").
    """
    below: list[set[str]] = [set() for _ in parts]
    for i, part in enumerate(parts):
        if part.head != i:
            below[part.head].add(part.dep)
    found: dict[int, str] = {}
    for i, part in enumerate(parts):
        deps = below[i]
        # Telegraphic lines have verbs without subjects: "Soitec: SOI wafers; supplies Bosch".
        opens = i == 0 or parts[i - 1].text[-1] in ";:\u2013\u2014("
        clause = ({"nsubj", "obj"} <= deps and "cop" not in deps) or (opens and "obj" in deps)
        second = part.dep == "conj" and part.head in found and i == part.head + 2
        if part.tag in ("NNS", "NNP", "NNPS") and (part.text.islower() or i == 0) and (clause or second):
            found[i] = "VBZ"
        elif part.tag == "JJ" and part.dep == "acl" and part.text.lower().endswith("ed"):
            found[i] = "VBN"
        elif part.tag == "NNP" and part.dep in ("advcl", "acl") and part.text.endswith("ed"):
            found[i] = "VBN"  # "Headquartered in Neubiberg, Infineon ..."
        elif part.text == "own" and part.tag == "JJ" and {"aux", "obj"} <= deps:
            found[i] = "VB"  # "will each own 10%"
    return [(found[i], "VERB") if i in found else (part.tag, part.pos) for i, part in enumerate(parts)]


def _word(part: Part, read: tuple[str, str], text: str, space: bool) -> Word:
    tag, pos = read
    guess = part.lemma if part.text == text else text
    return Word(text, space, tag, pos, guess, lemma(text, pos, guess), part.dep, part.head, _is_like_number(text))


@lru_cache(maxsize=4096)
def _is_like_number(text: str) -> bool:
    from spacy.lang.en.lex_attrs import like_num

    return bool(like_num(text))  # type: ignore[no-untyped-call]
