"""Treebank sentences -> spaCy training documents: paragraphs as running text, with variants for headlines and lists."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from random import Random

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from extract.language.recipe.augment import variants
from extract.language.recipe.treebank import Sentence, Word, read_treebank

SEED = 20
# The most sentences in one training document, and the share of paragraph ends that a document runs over.
MOST_SENTENCES = 6
RUN_ON = 0.15
DEV_SENTENCES = 10
BREAKS = ("\n\n", "\n\n", "\n")
ANNOTATED = ("TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START")


def break_word(head: int, random: Random) -> Word:
    """Return the token of white space between two paragraphs, hung from the word before it."""
    return Word(random.choice(BREAKS), "", "SPACE", "_SP", "", head, "dep", space_after=False)


def joined(sentences: Sequence[Sentence], random: Random) -> list[list[Word]]:
    """Return the sentences' words, with white space between sentences of different paragraphs."""
    pieces = [list(sentence.words) for sentence in sentences]
    for place, later in enumerate(sentences[1:]):
        if later.starts_paragraph:
            words = pieces[place]
            words[-1] = _unspaced(words[-1])
            words.append(break_word(len(words) - 1, random))
    return pieces


def _unspaced(word: Word) -> Word:
    return Word(word.form, word.lemma, word.upos, word.xpos, word.feats, word.head, word.dep, False, word.misc)


def to_doc(vocab: Vocab, pieces: Sequence[Sequence[Word]]) -> Doc:
    """Build a gold document from sentences' words.

    vocab: Vocab, the vocabulary of the pipeline that is trained.
    pieces: Sequence[Sequence[Word]], for each sentence its words, heads counted in the sentence.

    Returns a document with tags, features, lemmas, heads, labels and sentence starts.
    """
    words = [word for piece in pieces for word in piece]
    starts = [start for piece, start in zip(pieces, _starts(pieces), strict=True) for _ in piece]
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space_after for word in words],
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=[word.feats for word in words],
        lemmas=[lemma_or_missing(word) for word in words],
        heads=[start + word.head for start, word in zip(starts, words, strict=True)],
        deps=["ROOT" if word.dep == "root" else word.dep for word in words],
        sent_starts=[place == start for place, start in enumerate(starts)],
    )


def _starts(pieces: Sequence[Sequence[Word]]) -> list[int]:
    return [sum(len(piece) for piece in pieces[:place]) for place in range(len(pieces))]


def lemma_or_missing(word: Word) -> str:
    """Return the lemma, or nothing where capitals hide it: the lemmatizer's edit trees would learn junk from them.

    >>> lemma_or_missing(Word("BUILDS", "build", "VERB", "VBZ", "", 0, "root"))
    ''
    """
    hidden = word.form.isupper() and len(word.form) > 1 and word.lemma.islower()
    return "" if hidden else word.lemma


def grouped(sentences: Iterable[Sentence], random: Random) -> Iterator[list[Sentence]]:
    """Yield runs of one to six sentences, most of them inside one paragraph, some across a paragraph's end."""
    group: list[Sentence] = []
    size = random.randint(1, MOST_SENTENCES)
    for sentence in sentences:
        ends = sentence.starts_document or (sentence.starts_paragraph and random.random() > RUN_ON)
        if group and (ends or len(group) >= size):
            yield group
            group = []
            size = random.randint(1, MOST_SENTENCES)
        group.append(sentence)
    if group:
        yield group


def paragraphs(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Yield paragraphs as the treebank parts them, the longest cut after ten sentences: the documents of evaluation."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group and (sentence.starts_document or sentence.starts_paragraph or len(group) >= DEV_SENTENCES):
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def training_docs(vocab: Vocab, files: Iterable[Path], own: Sequence[Sentence] = (), seed: int = SEED) -> Iterator[Doc]:
    """Yield gold documents of the treebanks' running text, then those of the variants and of sentences of our own."""
    random = Random(seed)
    sentences = [sentence for file in files for sentence in read_treebank(file)]
    for group in grouped(sentences, random):
        yield to_doc(vocab, joined(group, random))
    for group in (*with_headings([*sentences, *own], random), *([sentence] for sentence in own)):
        yield to_doc(vocab, joined(group, random))


def with_headings(sentences: Sequence[Sentence], random: Random) -> Iterator[list[Sentence]]:
    """Yield the variants of sentences: alone, or one after another on lines of their own as in a list."""
    copies = [copy for sentence in sentences for copy in variants(sentence, random)]
    random.shuffle(copies)
    lone = [Sentence(copy.words, starts_paragraph=True) for copy in copies]
    for _, pair in groupby(enumerate(lone), key=lambda numbered: numbered[0] // 8):
        members = [copy for _, copy in pair]
        yield from ([copy] for copy in members[:5])
        yield members[5:]


def evaluation_docs(vocab: Vocab, files: Iterable[Path]) -> Iterator[Doc]:
    """Yield gold documents of the treebanks' paragraphs, nothing added."""
    for file in files:
        for group in paragraphs(read_treebank(file)):
            yield to_doc(vocab, [sentence.words for sentence in group])


def write_docs(docs: Iterable[Doc], out: Path) -> None:
    """Write documents as one binary file for training."""
    DocBin(docs=(doc for doc in docs if len(doc)), store_user_data=False).to_disk(out)
