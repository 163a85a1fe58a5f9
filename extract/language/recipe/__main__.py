"""Train the language pipeline again: `python -m extract.language.recipe --data ../shared/data --out FOLDER`.

About an hour and a quarter on two cores: 2 minutes of word division, 6 of vectors, 30 for the parser and 12 for its
second training with the domain treebank, 10 for the recogniser.
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

import spacy

from extract.language.recipe.domain import learnt
from extract.language.recipe.domain import sentences as domain_sentences
from extract.language.recipe.evaluate import all_scores, treebank_files
from extract.language.recipe.name_corpora import name_docs, training_names
from extract.language.recipe.names import to_doc as named_doc
from extract.language.recipe.prepare import evaluation_docs, training_docs, write_docs
from extract.language.recipe.trade import trade_names
from extract.language.recipe.trade_trees import trade_trees
from extract.language.recipe.train import assemble, describe, train_half, write
from extract.language.recipe.vectors import write_base, write_table

HERE = Path(__file__).parent
# One sentence in so many is taken from the recogniser's training data to choose its checkpoint by.
WATCHED = 25


def build(data: Path, out: Path, work: Path, steps: int | None = None) -> None:
    """Train everything and write the pipeline with its scores.

    data: Path, the folder of training data.
    out: Path, the pipeline's folder, replaced when the new one is whole.
    work: Path, a folder for what comes between; a vector table found there is used again.
    steps: int | None, fewer training steps than the configurations', for a trial.
    """
    base = work / "base"
    if not base.exists():
        write_table(sorted((data / "raw").glob("*.txt.xz")), work)
        write_base(work / "table.floret", base)
    first = train_half(HERE / "config.cfg", parser_docs(data, base, work) | {"base": base}, work / "parser", steps)
    parser = train_half(HERE / "continue.cfg", mixed_docs(data, base, work) | {"first": first}, work / "mixed", steps)
    names = train_half(HERE / "names.cfg", named_docs(data, base, work) | {"base": base}, work / "names", steps)
    nlp = assemble(parser, names)
    describe(nlp, all_scores(nlp, data))
    write(nlp, out)


def parser_docs(data: Path, base: Path, work: Path) -> dict[str, Path]:
    """Write the documents of the parser's first training and of dev, and return their files."""
    vocab = spacy.load(base).vocab
    files = {"train": work / "trees-train.spacy", "dev": work / "trees-dev.spacy"}
    write_docs(training_docs(vocab, treebank_files(data, "train").values(), trade_trees(data)), files["train"])
    write_docs(evaluation_docs(vocab, treebank_files(data, "dev").values()), files["dev"])
    return files


def mixed_docs(data: Path, base: Path, work: Path) -> dict[str, Path]:
    """Write the documents of the parser's second training, and return their file and the first training's dev file."""
    files = {"train": work / "mixed-train.spacy", "dev": work / "trees-dev.spacy"}
    own = [*trade_trees(data), *domain_sentences(learnt())]
    write_docs(training_docs(spacy.load(base).vocab, treebank_files(data, "train").values(), own), files["train"])
    return files


def named_docs(data: Path, base: Path, work: Path) -> dict[str, Path]:
    """Write the recogniser's training and dev documents, and return their files."""
    nlp = spacy.load(base)
    files = {"train": work / "names-train.spacy", "dev": work / "names-dev.spacy"}
    corpora = training_names(data, nlp)
    watched = [sentence for sentences in corpora.values() for sentence in sentences[::WATCHED]]
    learnt = {name: [s for place, s in enumerate(rest) if place % WATCHED] for name, rest in corpora.items()}
    write_docs(name_docs(nlp.vocab, learnt | {"trade": trade_names(data, nlp)}), files["train"])
    write_docs((named_doc(nlp.vocab, sentence) for sentence in watched), files["dev"])
    return files


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(prog="python -m extract.language.recipe", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of training data")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write the pipeline to")
    parser.add_argument("--work", type=Path, help="a folder to keep for what comes between")
    parser.add_argument("--steps", type=int, help="fewer training steps, for a trial")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="language-") as folder:
        work = given.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        build(given.data, given.out, work, given.steps)


if __name__ == "__main__":
    main()
