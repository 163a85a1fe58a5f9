"""The project's own language pipeline: tags, features, lemmas, sentences, arcs and names, with no download.

`load()` gives it; `recipe/` trains it again; `docs/language.md` says what it scores. Importing this package is cheap:
spaCy is imported when the pipeline is first loaded.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.errors import InvalidData

if TYPE_CHECKING:
    from spacy.language import Language

PIPELINE = Path(__file__).parent / "pipeline"


@lru_cache(maxsize=1)
def load(folder: Path = PIPELINE) -> Language:
    """The trained pipeline, read once and kept.

    folder: Path, where the pipeline lies; the one shipped with the package unless told.

    Returns the spaCy pipeline. Raises InvalidData where the folder holds none.

    >>> [(token.text, token.dep_) for token in load()("TSMC supplies chips.")]
    [('TSMC', 'nsubj'), ('supplies', 'ROOT'), ('chips', 'obj'), ('.', 'punct')]
    """
    if not (folder / "meta.json").is_file():
        raise InvalidData(f"No language pipeline is in {folder}; train it with `make train-language`.")
    import spacy
    from thinc.api import use_ops

    import extract.language.capitals
    import extract.language.verbs  # noqa: F401  (spaCy finds both components by name)

    # numpy's matrix products, which its wheel has for every processor; those of blis are written for a few of them.
    with use_ops("numpy", use_blis=False):
        return spacy.load(folder)
