"""Hyphenated words made one token again after parsing: "spin-off", "tie-up", "second-largest".

The treebanks split words at hyphens, so the parser must see them split; rules and lexicons know the whole words.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extract.morphology import known_words

if TYPE_CHECKING:
    from spacy.tokens import Doc


def join_hyphenated(doc: Doc) -> Doc:
    """The parsed text with the hyphenated words that rules and lexicons know as single tokens; changed in place."""
    spans = []
    for token in doc[1:-1]:
        if token.text == "-" and not token.whitespace_ and not token.nbor(-1).whitespace_:
            first, last = token.nbor(-1), token.nbor(1)
            word = f"{first.lower_}-{last.lower_}"
            if word in _hyphenated():
                spans.append((doc[first.i : last.i + 1], _hyphenated()[word]))
    with doc.retokenize() as retokenizer:
        for span, base in spans:
            noun = base in known_words("noun")
            attrs: dict[str | int, object] = (
                {"LEMMA": base, "POS": "NOUN", "TAG": "NN" if span.text.lower() == base else "NNS"}
                if noun
                else {"LEMMA": base}
            )
            retokenizer.merge(span, attrs=attrs)
    return doc


@cache
def _hyphenated() -> dict[str, str]:
    """Form -> dictionary form of the hyphenated words."""
    forms = known_words("verb") | known_words("noun")
    return {form: base for form, base in forms.items() if form.count("-") == 1}
