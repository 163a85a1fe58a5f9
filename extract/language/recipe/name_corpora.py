"""All corpora of names: what training sees, what is held out, and the training documents made of them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extract.language.recipe.gum_names import read_gum
from extract.language.recipe.names import (
    CROSSNER,
    WNUT,
    Named,
    read_columns,
    read_core,
    read_knowledgenet,
    read_uner,
    to_doc,
)

TOPICS = ("ai", "politics", "science", "literature", "music")
# The share of sentences that comes a second time as a headline.
HEADLINES = 0.1


def recased(sentence: Named, random: Random) -> Named:
    """Return the sentence as a headline, in title case or in capitals; names keep their labels."""
    spell = str.upper if random.random() < 0.4 else _title
    tokens = tuple(form if form[:1] in "'’" else spell(form) for form in sentence.tokens)
    return Named(tokens, sentence.spaces, sentence.tags)


def _title(form: str) -> str:
    return form[:1].upper() + form[1:]


def training_names(data: Path, nlp: Language) -> dict[str, list[Named]]:
    """Return the training sentences of each corpus under the data folder."""
    ner = data / "ner"
    return {
        "crossner": [s for topic in TOPICS for part in ("train", "dev") for s in _crossner(ner, topic, part)],
        "wnut17": [s for part in ("train", "dev") for s in read_columns(ner / f"wnut17-{part}.conll", WNUT)],
        "uner-ewt": list(read_uner(ner / "uner-ewt-dev.iob2")),
        "gum": list(read_gum(data / "ud/en_gum-ud-train.conllu.xz")),
        "knowledgenet": [
            s for fold in (1, 2, 3) for s in read_knowledgenet(data / f"relations/knowledgenet-fold{fold}.jsonl", nlp)
        ],
        "core": list(read_core(data / "relations/core-train.json")),
    }


def held_out_names(data: Path) -> dict[str, list[Named]]:
    """Return the sentences of each corpus that training never sees."""
    ner = data / "ner"
    return {
        **{f"crossner-{topic}": list(_crossner(ner, topic, "test")) for topic in TOPICS},
        "wnut17": list(read_columns(ner / "wnut17-test.conll", WNUT)),
        "uner-ewt": list(read_uner(ner / "uner-ewt-test.iob2")),
        "gum": [s for part in ("dev", "test") for s in read_gum(data / f"ud/en_gum-ud-{part}.conllu.xz")],
    }


def _crossner(folder: Path, topic: str, part: str) -> Iterator[Named]:
    return read_columns(folder / f"crossner-{topic}-{part}.iob.txt", CROSSNER)


def name_docs(vocab: Vocab, corpora: Mapping[str, Sequence[Named]], seed: int = 20) -> Iterator[Doc]:
    """Yield gold documents of all corpora in a fixed order, a tenth of the sentences a second time as headlines."""
    random = Random(seed)
    for sentences in corpora.values():
        for sentence in sentences:
            yield to_doc(vocab, sentence)
            if random.random() < HEADLINES:
                yield to_doc(vocab, recased(sentence, random))
