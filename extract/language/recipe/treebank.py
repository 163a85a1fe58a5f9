"""Sentences of a CoNLL-U treebank as plain values: what the recipe reads, changes and turns into training documents."""

import lzma
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

FIELDS = 10


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word. `head` is the head's position in the sentence, its own position for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    space_after: bool = True
    misc: str = "_"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its words, and whether a new paragraph or a new document starts with it."""

    words: tuple[Word, ...]
    starts_paragraph: bool = False
    starts_document: bool = False

    @property
    def text(self) -> str:
        """The sentence as running text."""
        return "".join(word.form + " " * word.space_after for word in self.words).rstrip()


def read_treebank(file: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file, plain or compressed with xz.

    file: Path, a path that ends in `.conllu` or `.conllu.xz`.

    Yields each sentence, in order.
    """
    if file.suffix == ".xz":
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            yield from parse_treebank(lines)
    else:
        with file.open(encoding="utf-8") as lines:
            yield from parse_treebank(lines)


def parse_treebank(lines: Iterable[str]) -> Iterator[Sentence]:
    r"""Yield the sentences of CoNLL-U lines; sentences are parted by an empty line.

    >>> [sentence.text for sentence in parse_treebank(["1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\tSpaceAfter=No",
    ...                                                "2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_", ""])]
    ['Yes.']
    """
    block: list[str] = []
    for line in (raw.rstrip("\n") for raw in lines):
        if line:
            block.append(line)
        elif block:
            yield _sentence(block)
            block = []
    if block:
        yield _sentence(block)


def _sentence(block: Sequence[str]) -> Sentence:
    comments = [line for line in block if line.startswith("#")]
    rows = [line.split("\t") for line in block if not line.startswith("#")]
    return Sentence(
        words=tuple(_words(rows)),
        starts_paragraph=any(line.startswith("# newpar") for line in comments),
        starts_document=any(line.startswith("# newdoc") for line in comments),
    )


def _words(rows: Sequence[Sequence[str]]) -> Iterator[Word]:
    no_space = _without_space(rows)
    for row in rows:
        if not row[0].isdigit():
            continue  # the range line of a contraction, or an empty node of the enhanced graph
        place = int(row[0])
        head = int(row[6]) or place
        feats = row[5].replace("_", "") if row[5] == "_" else row[5]
        yield Word(row[1], row[2], row[3], row[4], feats, head - 1, row[7], place not in no_space, row[9])


def _without_space(rows: Sequence[Sequence[str]]) -> set[int]:
    """Return the numbers of the words that no blank follows, the inner words of a contraction among them."""
    found: set[int] = set()
    last_of_range = 0
    for row in rows:
        joined = "SpaceAfter=No" in row[9].split("|")
        if "-" in row[0]:
            first, last_of_range = (int(part) for part in row[0].split("-"))
            found.update(range(first, last_of_range + joined))
        elif row[0].isdigit() and joined and int(row[0]) > last_of_range:
            found.add(int(row[0]))
    return found


def is_tree(words: Sequence[Word]) -> bool:
    """Tell whether the heads form one tree: in range, exactly one root, no cycle.

    >>> is_tree([Word("go", "go", "VERB", "VB", "", 0, "root")])
    True
    """
    if sum(word.head == place for place, word in enumerate(words)) != 1:
        return False
    return all(_reaches_root(words, place) for place in range(len(words)))


def _reaches_root(words: Sequence[Word], place: int) -> bool:
    for _ in words:
        head = words[place].head if 0 <= words[place].head < len(words) else -1
        if head in (place, -1):
            return head == place
        place = head
    return False


def subtree(words: Sequence[Word], place: int) -> set[int]:
    """Return the places of a word and of all that hangs from it."""
    found = {place}
    size = 0
    while size != len(found):
        size = len(found)
        found |= {child for child, word in enumerate(words) if word.head in found}
    return found


def without(words: Sequence[Word], dropped: set[int]) -> tuple[Word, ...]:
    """Return the words less the dropped ones, which must be whole subtrees, with the heads counted anew."""
    kept = [place for place in range(len(words)) if place not in dropped]
    new_place = {old: new for new, old in enumerate(kept)}
    return tuple(replace(words[old], head=new_place[words[old].head]) for old in kept)


def inserted(words: Sequence[Word], place: int, new: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words with new ones put before a place; heads of the new words count in the old sentence."""

    def moved(word: Word) -> Word:
        return replace(word, head=word.head + len(new) * (word.head >= place))

    return (*map(moved, words[:place]), *map(moved, new), *map(moved, words[place:]))


def contiguous(places: set[int]) -> bool:
    """Tell whether the places follow each other without a gap."""
    return all(later - earlier == 1 for earlier, later in pairwise(sorted(places)))
