"""A parsed text as plain Python data: words with their arcs, stretches of words, sentences.

Rules ask a tree some hundred questions a sentence. A parser's own objects answer each through its C structures and its
string store; here all is read out once, and then an answer is the look-up of an attribute. The names are spaCy's
(https://spacy.io/api/token), so that what is known of one holds for the other.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, overload

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Word(NamedTuple):
    """What is known of one word before it has its place in a tree.

    text: str; space: bool, whether a blank follows; tag: str, of the Penn treebank; pos: str, of Universal
    Dependencies; lemma_: str, as the pipeline guesses; lemma: str, as rules and lexicons know it; dep: str, the arc to
    its head; head: int, number of the head, its own for a root; like_num: bool, whether it is written like a number.
    """

    text: str
    space: bool
    tag: str
    pos: str
    lemma_: str
    lemma: str
    dep: str
    head: int
    like_num: bool


class Token:
    """A word in its tree.

    Beside what `Word` holds: doc: its text; i: int, its number; idx: int, offset of its first character; lower_: str;
    head; children, lefts, rights: in the order of the text; sent: its sentence; ent_type_: str, of the name it is in.
    Two tokens are equal where they are the same one.
    """

    __slots__ = (
        "_subtree",
        "children",
        "dep_",
        "doc",
        "ent_type_",
        "head",
        "i",
        "idx",
        "lefts",
        "lemma",
        "lemma_",
        "like_num",
        "lower_",
        "pos_",
        "preposition",
        "rights",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )  # fmt: skip

    doc: Tree
    head: Token
    sent: Span
    children: tuple[Token, ...]
    lefts: tuple[Token, ...]
    rights: tuple[Token, ...]
    preposition: str

    def __init__(self, doc: Tree, i: int, idx: int, word: Word) -> None:
        self.doc, self.i, self.idx = doc, i, idx
        self.text, self.lower_ = word.text, word.text.lower()
        self.whitespace_ = " " if word.space else ""
        self.tag_, self.pos_, self.dep_ = word.tag, word.pos, word.dep
        self.lemma_, self.lemma, self.like_num = word.lemma_, word.lemma, word.like_num
        self.ent_type_ = ""
        self._subtree: tuple[Token, ...] | None = None

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    def nbor(self, steps: int = 1) -> Token:
        """The word that stands some steps on, or back; raises IndexError where there is none."""
        at = self.i + steps
        if at < 0:
            raise IndexError(at)
        return self.doc.tokens[at]

    @property
    def subtree(self) -> tuple[Token, ...]:
        """The word and all below it: what stands before it, itself, what stands behind it."""
        if self._subtree is None:
            before = [t for child in self.lefts for t in child.subtree]
            self._subtree = (*before, self, *(t for child in self.rights for t in child.subtree))
        return self._subtree

    @property
    def left_edge(self) -> Token:
        """The first word of its subtree."""
        return min(self.subtree, key=_place)

    @property
    def right_edge(self) -> Token:
        """The last word of its subtree."""
        return max(self.subtree, key=_place)

    @property
    def ancestors(self) -> Iterator[Token]:
        """The words above it, the nearest first."""
        at = self
        while at.head is not at:
            at = at.head
            yield at

    @property
    def is_sent_start(self) -> bool:
        """Whether it opens a sentence."""
        return self.sent.start == self.i

    @property
    def is_alpha(self) -> bool:
        """Whether it is of letters only."""
        return self.text.isalpha()

    @property
    def is_title(self) -> bool:
        """Whether it has a capital and small letters behind it."""
        return self.text.istitle()

    @property
    def is_space(self) -> bool:
        """Whether it is white space."""
        return self.text.isspace()

    @property
    def is_punct(self) -> bool:
        """Whether it is of punctuation marks only."""
        return _is_of(self.text, "P")

    @property
    def is_currency(self) -> bool:
        """Whether it is the sign of a currency."""
        return _is_of(self.text, "Sc")


def _place(token: Token) -> int:
    return token.i


@lru_cache(maxsize=4096)
def _is_of(text: str, category: str) -> bool:
    """True where every character is of a Unicode category (Unicode Standard Annex 44)."""
    return all(unicodedata.category(c).startswith(category) for c in text)


class Span:
    """A stretch of words.

    doc: its text; start, end: int, numbers of words, end exclusive; label_: str, what it was recognised as, if it was.
    Equal where text and place are.
    """

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Tree, start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self))
            return Span(self.doc, self.start + start, self.start + max(start, end))
        return self.doc.tokens[self.start : self.end][at]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Span):
            return NotImplemented
        return self.doc is other.doc and self.start == other.start and self.end == other.end

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __repr__(self) -> str:
        return self.text

    @property
    def start_char(self) -> int:
        """Offset of its first character."""
        tokens = self.doc.tokens
        return tokens[self.start].idx if self.start < len(tokens) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Offset behind its last character; white space behind the last word does not count."""
        if self.end == self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its characters."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def sent(self) -> Span:
        """The sentence that its first word stands in."""
        return self.doc.tokens[self.start].sent

    @property
    def root(self) -> Token:
        """The word that the others hang on: a root of the tree, else the one nearest to a root."""
        tokens = self.doc.tokens[self.start : self.end]
        top = next((t for t in tokens if t.head is t), None)
        if top is not None:
            return top
        outward = [t for t in tokens if not self.start <= t.head.i < self.end]
        return min(outward, key=_depth)


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


class Tree:
    """A parsed text.

    words: in their order; ents: (start, end, label) of the names that were recognised, by numbers of words.

    >>> noun, verb = ("NN", "NOUN"), ("VBZ", "VERB")
    >>> tree = Tree([
    ...     Word("TSMC", True, *noun, "TSMC", "tsmc", "nsubj", 1, False),
    ...     Word("grows", False, *verb, "grow", "grow", "ROOT", 1, False),
    ... ])
    >>> tree[1].children, tree[:1].root.head, [s.text for s in tree.sents]
    ((TSMC,), grows, ['TSMC grows'])
    """

    def __init__(self, words: Sequence[Word], ents: Sequence[tuple[int, int, str]] = ()) -> None:
        self.tokens = self._placed(words)
        self.text = "".join(w.text + " " if w.space else w.text for w in words)
        self._join(words)
        self.sents = self._sentences()
        self.ents = tuple(Span(self, *ent) for ent in ents)
        for span in self.ents:
            for token in span:
                token.ent_type_ = span.label_

    def _placed(self, words: Sequence[Word]) -> tuple[Token, ...]:
        found, idx = [], 0
        for i, word in enumerate(words):
            found.append(Token(self, i, idx, word))
            idx += len(word.text) + word.space
        return tuple(found)

    def _join(self, words: Sequence[Word]) -> None:
        """Gives each token its head and its children."""
        tokens = self.tokens
        below: list[list[Token]] = [[] for _ in tokens]
        for token, word in zip(tokens, words, strict=True):
            token.head = tokens[word.head]
            if word.head != token.i:
                below[word.head].append(token)
        for token, children in zip(tokens, below, strict=True):
            token.children = tuple(children)
            before = sum(1 for child in children if child.i < token.i)
            token.lefts, token.rights = token.children[:before], token.children[before:]
        for token in tokens:
            token.preposition = _preposition(token)

    def _sentences(self) -> tuple[Span, ...]:
        """A sentence is what hangs on one root."""
        first: dict[int, int] = {}
        for token in self.tokens:
            at = token
            while at.head is not at:
                at = at.head
            first.setdefault(at.i, token.i)
        starts = sorted(first.values())
        found = tuple(Span(self, a, b) for a, b in pairwise([*starts, len(self.tokens)]))
        for sentence in found:
            for token in sentence:
                token.sent = sentence
        return found

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self.tokens))
            return Span(self, start, max(start, end))
        return self.tokens[at]

    @cached_property
    def _offsets(self) -> list[int]:
        return [t.idx for t in self.tokens]

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> Span | None:
        """The words between two offsets, end exclusive; None where there are none.

        alignment_mode: what to do with words that are cut: "strict" finds nothing then, "contract" leaves them out,
        "expand" takes them whole.
        """
        if not self.tokens or not 0 <= start < end <= len(self.text):
            return None
        first, last = self._at(start), self._at(end - 1)
        last_end = last.idx + len(last.text)
        a, b = first.i, last.i
        if alignment_mode == "strict" and (start != first.idx or end != last_end):
            return None
        if alignment_mode == "contract":
            a += first.idx < start
            b -= end < last_end
            if b < a:
                return None
        elif alignment_mode == "expand":
            a += start == first.idx + len(first.text)  # a blank belongs to no word
        return Span(self, a, b + 1)

    def _at(self, offset: int) -> Token:
        return self.tokens[bisect_right(self._offsets, offset) - 1]


def _preposition(token: Token) -> str:
    """The preposition before a word, that of several words joined; none where there is none."""
    for child in token.lefts:
        if child.dep_ == "case":
            return "_".join([child.lower_, *(c.lower_ for c in child.children if c.dep_ == "fixed")])
    return ""
