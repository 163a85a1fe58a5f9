"""Lemmas of the trade's regular verbs, by rule: the trained lemmatizer guesses at verbs that the treebanks seldom show.

"announcing" is a form of "announce", not of "announc". The stems are listed in `verbs.txt`; their forms follow from the
rules of spelling. A form that two stems share is left to the trained lemmatizer.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc

NAME = "verb_lemmas"
VOWELS = frozenset("aeiou")


@cache
def lemmas() -> Mapping[str, str]:
    """Each form in "-s", "-ed" and "-ing" of the listed verbs -> its lemma.

    >>> lemmas()["announcing"], lemmas()["barred"], lemmas()["relies"]
    ('announce', 'bar', 'rely')
    """
    lines = (Path(__file__).parent / "verbs.txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, set[str]] = {}
    for stem in " ".join(line for line in lines if not line.startswith("#")).split():
        for form in forms(stem):
            found.setdefault(form, set()).add(stem.removesuffix("+"))
    return MappingProxyType({form: min(stems) for form, stems in found.items() if len(stems) == 1})


def forms(stem: str) -> tuple[str, str, str]:
    """The regular forms of a verb; "+" after the stem doubles its last letter.

    stem: str, as in `verbs.txt`.

    >>> forms("ban+"), forms("supply"), forms("use"), forms("launch")[0]
    (('bans', 'banned', 'banning'), ('supplies', 'supplied', 'supplying'), ('uses', 'used', 'using'), 'launches')
    """
    bare = stem.removesuffix("+")
    if stem != bare:
        return f"{bare}s", f"{bare}{bare[-1]}ed", f"{bare}{bare[-1]}ing"
    if bare.endswith("y") and bare[-2] not in VOWELS:
        return f"{bare[:-1]}ies", f"{bare[:-1]}ied", f"{bare}ing"
    if bare.endswith("e"):
        return f"{bare}s", f"{bare}d", f"{bare if bare.endswith('ee') else bare[:-1]}ing"
    return f"{bare}{'es' if bare.endswith(('s', 'x', 'z', 'ch', 'sh', 'o')) else 's'}", f"{bare}ed", f"{bare}ing"


@Language.component(NAME, requires=["token.pos"], assigns=["token.lemma"])
def verb_lemmas(doc: Doc) -> Doc:
    """A component after the lemmatizers: the document, its listed verbs given their lemmas."""
    table = lemmas()
    for token in doc:
        if token.pos_ == "VERB" and (lemma := table.get(token.lower_)):
            token.lemma_ = lemma
    return doc
