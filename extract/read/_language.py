"""Is it English? Asked of the first characters of a document, before any work is done on it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from extract.model import Document

_LOOKED_AT = 5_000
_TOO_SHORT = 120
_LEAST_LATIN = 0.5
_LEAST_FUNCTION_WORDS = 0.06
_WORD = re.compile(r"[^\W\d_]+")
# Words that any running English text is full of and that no other language shares ("in" is German and Italian too).
_FUNCTION_WORDS = frozenset(
    (
        "the",
        "of",
        "and",
        "to",
        "for",
        "with",
        "that",
        "are",
        "from",
        "its",
        "has",
        "have",
        "will",
        "this",
        "which",
        "by",
    )
)
_NAMES = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "ms": "Malay",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def require_english(document: Document) -> Document:
    """The document with its language noted; raises `DocumentRefused` where it is not English.

    A text of fewer letters than a sentence or two passes: nobody can tell, and a headline is worth reading. So does
    one that a statistical guess takes for another language because of its names, when its small words are English.
    """
    head = document.text[:_LOOKED_AT]
    letters = [c for c in head if c.isalpha()]
    if len(letters) < _TOO_SHORT and _latin_share(letters) >= _LEAST_LATIN:
        return document
    if _latin_share(letters) < _LEAST_LATIN or (_function_words(head) < _LEAST_FUNCTION_WORDS and _guess(head) != "en"):
        name = _NAMES.get(_guess(head), f"the language {_guess(head)!r}")
        raise DocumentRefused(document.source, f"it seems to be in {name}; only English is read")
    said = document.language or ""
    return replace(document, language=said if said.lower().startswith("en") else "en")


def _latin_share(letters: list[str]) -> float:
    return sum(c.isascii() or unicodedata.name(c, "").startswith("LATIN") for c in letters) / max(1, len(letters))


def _function_words(text: str) -> float:
    words = [w.casefold() for w in _WORD.findall(text)]
    return sum(w in _FUNCTION_WORDS for w in words) / max(1, len(words))


@cache
def _guess(text: str) -> str:
    import py3langid  # loads a model: only for documents that need the guess

    return str(py3langid.classify(text)[0])
