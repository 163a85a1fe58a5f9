"""From documents to a shipped pipeline: train the two halves, join them, say what they are, write them whole."""

import io
import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import spacy
from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config

from extract.language.capitals import NAME as CAPITALS
from extract.language.verbs import NAME as VERBS

VERSION = "0.1.0"
LICENCE = "CC BY-SA 4.0"
SOURCES: list[dict[str, str]] = [
    {"name": "UD_English-EWT 2.16", "licence": "CC BY-SA 4.0", "author": "Universal Dependencies contributors"},
    {"name": "UD_English-GUM 2.16", "licence": "CC BY 4.0", "author": "Amir Zeldes and contributors"},
    {"name": "CrossNER", "licence": "MIT", "author": "Zihan Liu and others"},
    {"name": "WNUT 2017 emerging entities", "licence": "CC BY 4.0", "author": "Leon Derczynski and others"},
    {"name": "UNER_English-EWT", "licence": "CC BY-SA 4.0", "author": "Universal NER contributors"},
    {"name": "KnowledgeNet", "licence": "CC BY-SA 4.0", "author": "Diffbot"},
    {"name": "CORE", "licence": "CC BY 4.0", "author": "Philipp Borchert and others"},
    {"name": "English Wikipedia text of 2019", "licence": "CC BY-SA 3.0", "author": "Wikipedia contributors"},
    {"name": "FinanceDatabase, company names", "licence": "MIT", "author": "Jeroen Bouma"},
    {"name": "country-codes", "licence": "PDDL 1.0", "author": "Datasets contributors"},
]
TRAINING = (
    "Tags, features, lemmas and arcs: first on the treebanks and sentences of a grammar of our own (config.cfg), then "
    "on these and the domain treebank, its held-out templates left out (continue.cfg). Names: names.cfg."
)
# What the parts of the configuration that name files of the training machine are reset to.
FORGOTTEN: Mapping[str, Any] = {"paths": {}, "corpora": {}, "initialize": {}}


def train_half(config: Path, paths: Mapping[str, Path], out: Path, steps: int | None = None) -> Path:
    """Train one of the configurations.

    config: Path, the configuration file.
    paths: Mapping[str, Path], its `train`, `dev`, and `base` or `first`.
    out: Path, the folder for checkpoints.
    steps: int | None, fewer steps than the configuration's, for a trial.

    Returns the folder of the best checkpoint.
    """
    overrides: dict[str, Any] = {f"paths.{name}": str(path) for name, path in paths.items()}
    if steps is not None:
        overrides |= {"training.max_steps": steps, "training.eval_frequency": steps}
    nlp = init_nlp(load_config(config, overrides=overrides, interpolate=False))
    remember_edits(nlp)
    out.mkdir(parents=True, exist_ok=True)
    shown = _shown()
    train(nlp, out, stdout=shown, stderr=shown)
    return out / "model-best"


def remember_edits(nlp: Language) -> None:
    """Give a lemmatizer that was read from disk its table of labels again; spaCy saves it without.

    With an empty table, a further training would teach it the first label for every word.
    """
    if nlp.has_pipe("trainable_lemmatizer"):
        lemmatizer: Any = nlp.get_pipe("trainable_lemmatizer")
        lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.labels)}


def _shown() -> IO[str]:
    """Return where progress goes: the terminal, or nowhere in a pipe."""
    return sys.stderr if sys.stderr.isatty() else io.StringIO()


def assemble(parser: Path, names: Path | None = None) -> Language:
    """Return one pipeline of the trained halves, free of the training machine's paths.

    parser: Path, the folder of the trained parser pipeline.
    names: Path | None, the folder of the trained recogniser, if there is one.

    Returns the pipeline, lemmas of capitals included.
    """
    nlp = spacy.load(parser)
    nlp.add_pipe(CAPITALS, after="trainable_lemmatizer")
    nlp.add_pipe(VERBS, after=CAPITALS)
    if names is not None:
        nlp.add_pipe("ner", source=spacy.load(names))
    config = nlp.config.copy()
    config.update(FORGOTTEN)
    nlp.config = config
    return nlp


def describe(nlp: Language, scores: Mapping[str, Any]) -> None:
    """Write into the pipeline's meta data what it is, from what it was made, its licence and its scores."""
    nlp.meta.update(
        {
            "name": "chipgraph",
            "version": VERSION,
            "description": "English for documents on the semiconductor industry: UD arcs, lemmas, names.",
            "author": "The Chipgraph authors",
            "email": "",
            "url": "",
            "license": LICENCE,
            "sources": SOURCES,
            "training": TRAINING,
            "spacy_version": ">=3.8.0,<3.9.0",
            "performance": dict(scores),
        }
    )


def needed_strings(nlp: Language) -> set[str]:
    """Return the strings that the saved parts refer to by number; all others come back with the text that is read."""
    lemmatizer: Any = nlp.get_pipe("trainable_lemmatizer")
    needed = {label for name in nlp.pipe_names for label in nlp.pipe_labels.get(name, ())}
    for place in range(len(lemmatizer.trees)):
        tree = lemmatizer.trees[place]
        needed |= {nlp.vocab.strings[tree[part]] for part in ("orig", "subst") if part in tree}
    return {text for text in needed if text}


def write(nlp: Language, out: Path) -> None:
    """Write the pipeline beside its place and move it there, so that a reader never sees half of it."""
    with TemporaryDirectory(dir=out.parent, prefix=".pipeline-") as folder:
        fresh = Path(folder) / "pipeline"
        nlp.to_disk(fresh)
        strings = json.dumps(sorted(needed_strings(nlp)), ensure_ascii=False, indent=0)
        (fresh / "vocab/strings.json").write_text(strings, encoding="utf-8")
        if out.exists():
            out.rename(Path(folder) / "old")
        shutil.move(fresh, out)
