"""Lemmas for words in capitals: "BANS" in a headline is a form of "ban".

The lemmatizer edits the letters it sees, and its edits are learnt on small letters. So a text with words in capitals is
read a second time with those words in small letters, and their lemmas are taken from there. Names keep their capitals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from spacy.tokens import Token

NAME = "capital_lemmas"
# Word classes that keep their capitals in the lemma, or have no letters.
KEPT = frozenset({"PROPN", "X", "NUM", "SYM", "PUNCT", "SPACE"})


@Language.factory(NAME, requires=["token.pos"], assigns=["token.lemma"])
class CapitalLemmas:
    """A component after tagger and lemmatizer.

    nlp: Language, the pipeline that holds `tok2vec` and `trainable_lemmatizer`; name: str, what it is called there.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.nlp = nlp
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """The document, its words in capitals given the lemmas of their twins in small letters."""
        shouted = [token.i for token in doc if is_shouted(token)]
        if shouted:
            twin = self._twin(doc, frozenset(shouted))
            for place in shouted:
                doc[place].lemma_ = twin[place].lemma_
        return doc

    def _twin(self, doc: Doc, shouted: frozenset[int]) -> Doc:
        words = [token.lower_ if token.i in shouted else token.text for token in doc]
        twin = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
        for part in ("tok2vec", "trainable_lemmatizer"):
            twin = self.nlp.get_pipe(part)(twin)
        return twin


def is_shouted(token: Token) -> bool:
    """Whether a word has capitals only because all words about it do, as in a headline; names do not count.

    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["CHINA", "BANS", "EXPORTS"], pos=["PROPN", "VERB", "NOUN"])
    >>> [is_shouted(token) for token in doc]
    [False, True, True]
    """
    if not token.text.isupper() or len(token) < 2 or token.pos_ in KEPT:
        return False
    places = (token.i - 2, token.i - 1, token.i + 1, token.i + 2)
    near = [token.doc[place].text for place in places if 0 <= place < len(token.doc)]
    letters = [text for text in near if text.isalpha()]
    return bool(letters) and all(text.isupper() for text in letters)
