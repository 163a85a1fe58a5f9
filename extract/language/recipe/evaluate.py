"""Scores of a pipeline: on each treebank's dev set, on the dev set in each dress of headlines, on held-out
templates of the domain treebank, on held-out names.

All scores are on raw text that the pipeline divides into words and sentences itself, as a user's text is. Arcs to
punctuation do not count, as in spaCy's own scorer.
"""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from extract.language import PIPELINE, load
from extract.language.recipe.augment import VARIANTS
from extract.language.recipe.domain import held_out
from extract.language.recipe.domain import sentences as domain_sentences
from extract.language.recipe.name_corpora import held_out_names
from extract.language.recipe.names import Named
from extract.language.recipe.names import to_doc as named_doc
from extract.language.recipe.prepare import evaluation_docs, to_doc
from extract.language.recipe.treebank import Sentence, read_treebank

TREEBANKS = ("ewt", "gum")
MEASURES = {
    "token_acc": "token_acc",
    "tag_acc": "tag",
    "pos_acc": "pos",
    "morph_acc": "morph",
    "lemma_acc": "lemma",
    "dep_uas": "uas",
    "dep_las": "las",
    "sents_f": "sents_f",
}
NAME_MEASURES = {"ents_p": "p", "ents_r": "r", "ents_f": "f"}
SEED = 20
# How many sentences of the held-out domain templates are read.
DOMAIN = 460


def treebank_files(data: Path, part: str) -> dict[str, Path]:
    """Return the file of each treebank's part: train, dev or test."""
    return {name: data / f"ud/en_{name}-ud-{part}.conllu.xz" for name in TREEBANKS}


def scored(nlp: Language, golds: Iterable[Doc], measures: Mapping[str, str]) -> dict[str, float]:
    """Return the pipeline's scores against gold documents, in per cent.

    nlp: Language, the pipeline; it reads the documents' raw text.
    golds: Iterable[Doc], the gold documents.
    measures: Mapping[str, str], spaCy's name of a measure -> ours.

    Returns a value for each measure.
    """
    examples = [Example(nlp.make_doc(gold.text), gold) for gold in golds]
    scores = nlp.evaluate(examples, batch_size=64)
    return {ours: round(100 * (scores[theirs] or 0.0), 2) for theirs, ours in measures.items()}


def treebank_scores(nlp: Language, files: Mapping[str, Path]) -> dict[str, dict[str, float]]:
    """Return the scores on each treebank, and on all together under "joint"."""
    golds = {name: list(evaluation_docs(nlp.vocab, [file])) for name, file in files.items()}
    golds["joint"] = [gold for docs in list(golds.values()) for gold in docs]
    return {name: scored(nlp, docs, MEASURES) for name, docs in golds.items()}


def domain_scores(nlp: Language) -> dict[str, float]:
    """Return the scores on sentences of the domain templates that training never sees, each sentence read alone."""
    return scored(nlp, [to_doc(nlp.vocab, [s.words]) for s in domain_sentences(held_out(), DOMAIN)], MEASURES)


def variant_scores(nlp: Language, files: Mapping[str, Path]) -> dict[str, dict[str, float]]:
    """Return for each variant the LAS of the dev sentences that lend themselves to it: plain, and in that dress."""
    sentences = [sentence for file in files.values() for sentence in read_treebank(file)]
    return {name: _variant(nlp, name, sentences) for name in VARIANTS}


def _variant(nlp: Language, name: str, sentences: Sequence[Sentence]) -> dict[str, float]:
    random = Random(SEED)
    pairs = [(plain, dressed) for plain in sentences if (dressed := VARIANTS[name](plain, random)) is not None]
    plain_las, las = (
        scored(nlp, [to_doc(nlp.vocab, [sentence.words]) for sentence in side], {"dep_las": "las"})["las"]
        for side in zip(*pairs, strict=True)
    )
    return {"sentences": len(pairs), "las_plain": plain_las, "las": las}


def name_scores(nlp: Language, corpora: Mapping[str, Sequence[Named]]) -> dict[str, dict[str, Any]]:
    """Return precision, recall and F for names on each corpus, and F for each label."""
    return {name: _names(nlp, sentences) for name, sentences in corpora.items()}


def _names(nlp: Language, sentences: Sequence[Named]) -> dict[str, Any]:
    golds = [named_doc(nlp.vocab, sentence) for sentence in sentences]
    examples = [Example(nlp.make_doc(gold.text), gold) for gold in golds]
    scores = nlp.evaluate(examples, batch_size=64)
    labels = {label: round(100 * values["f"], 2) for label, values in sorted(scores["ents_per_type"].items())}
    return {ours: round(100 * scores[theirs], 2) for theirs, ours in NAME_MEASURES.items()} | {"labels": labels}


def words_per_second(nlp: Language, files: Mapping[str, Path]) -> int:
    """Return how many words of the dev sets the pipeline reads in a second of one core's time."""
    texts = [gold.text for gold in evaluation_docs(nlp.vocab, files.values())]
    start = process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
    return round(words / (process_time() - start))


def all_scores(nlp: Language, data: Path) -> dict[str, Any]:
    """Return all scores of a pipeline as values that JSON can hold.

    nlp: Language, the pipeline.
    data: Path, the folder of training data.

    Returns `dev` and `test` by treebank, `domain`, `variants` by dress, `names` by corpus, `words_per_second`.
    """
    dev = treebank_files(data, "dev")
    scores: dict[str, Any] = {
        "dev": treebank_scores(nlp, dev),
        "test": treebank_scores(nlp, treebank_files(data, "test")),
        "domain": domain_scores(nlp),
        "variants": variant_scores(nlp, dev),
        "words_per_second": words_per_second(nlp, dev),
    }
    if nlp.has_pipe("ner"):
        scores["names"] = name_scores(nlp, held_out_names(data))
    return scores


def main() -> None:
    """Write the scores of a pipeline as JSON to a file."""
    parser = argparse.ArgumentParser(description="Score a language pipeline.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of training data")
    parser.add_argument("--pipeline", type=Path, default=PIPELINE, help="the pipeline's folder")
    parser.add_argument("--out", type=Path, required=True, help="the JSON file to write")
    given = parser.parse_args()
    scores = all_scores(load(given.pipeline), given.data)
    given.out.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
