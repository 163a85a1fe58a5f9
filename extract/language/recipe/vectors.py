"""Subword vectors from running text: raw text -> normalised tokens -> floret -> a blank pipeline that holds the table.

floret hashes words and their character n-grams into a table of fixed size, so a name that the text never shows still
has a vector. The table is keyed by `NORM`: lower case, straight quotes and one currency sign, which leaves a headline
in capitals and its plain twin with the same vector.
"""

import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.lang.en import English
from spacy.training.initialize import convert_vectors

from extract.language.recipe.tokenizer import customise

ROWS = 50_000
WIDTH = 112
EPOCHS = 2
# The shortest paragraph worth learning from, in characters: less is a heading.
SHORTEST = 40


def paragraphs(files: Iterable[Path]) -> Iterator[str]:
    """Yield each line of running text in the compressed files that is longer than a heading."""
    for file in files:
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            yield from (line.strip() for line in lines if len(line) > SHORTEST)


def normalised(nlp: English, text: str) -> str:
    """Return the text's tokens in their `NORM` form, with single blanks between them.

    >>> normalised(English(), "TSMC’s fab")
    "tsmc 's fab"
    """
    strings = nlp.vocab.strings
    return " ".join(strings[norm] for norm in nlp.make_doc(text).to_array("NORM")).replace("\n", " ")


def write_tokens(files: Iterable[Path], out: Path) -> None:
    """Write the normalised tokens of the raw files to one text file, a paragraph a line."""
    nlp = customise(English())
    with out.open("w", encoding="utf-8") as stream:
        stream.writelines(normalised(nlp, text) + "\n" for text in paragraphs(files))


def train_table(tokens: Path, out: Path, threads: int = 1) -> None:
    """Train the floret table on a token file and write it in floret's own text format."""
    import floret  # an extra that only training needs

    model = floret.train_unsupervised(
        str(tokens), model="cbow", mode="floret", hashCount=2, bucket=ROWS, dim=WIDTH, epoch=EPOCHS,
        minn=3, maxn=5, ws=4, neg=5, lr=0.05, minCount=5, thread=threads, verbose=0,
    )  # fmt: skip
    model.save_floret_vectors(str(out))


def write_table(files: Iterable[Path], work: Path, threads: int = 2) -> None:
    """Write `tokens.txt` and from it `table.floret` into the work folder; one thread makes it the same every time."""
    write_tokens(files, work / "tokens.txt")
    train_table(work / "tokens.txt", work / "table.floret", threads)


def write_base(table: Path, out: Path) -> None:
    """Write the blank pipeline that training starts from: our tokenizer and the vector table."""
    nlp = customise(English())
    convert_vectors(nlp, table, truncate=0, prune=-1, mode="floret", attr="NORM")
    nlp.to_disk(out)
