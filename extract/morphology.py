"""Lemmas that rules can rely on: the inflected forms of every word that a rule or a lexicon names, generated once.

A trained lemmatizer guesses at words it has seldom seen ("relies" -> "relie"); the words that decide on a claim are
known beforehand, so their forms are looked up and only the rest is left to the guess.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extract import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable


def lemma(word: str, pos: str, guess: str) -> str:
    """The dictionary form of a word, in small letters.

    word: str, as it stands; pos: str, its class in Universal Dependencies; guess: str, what the pipeline takes for it.
    A form that belongs to a word of the rules or the lexicons as verb or noun is looked up; else the guess counts.

    >>> lemma("relies", "VERB", "relie"), lemma("Entity List", "PROPN", "Entity List"), lemma("Chips", "NOUN", "Chip")
    ('rely', 'list', 'chip')
    """
    table = known_words("verb") if pos in ("VERB", "AUX") else known_words("noun")
    last = word.lower().rsplit(" ", 1)[-1]  # a name is one token: "Entity List" is a list
    return table.get(last) or (last if " " in word else guess.lower())


def verb_forms(verb: str) -> list[str]:
    """The inflected forms of a verb.

    >>> verb_forms("ban")
    ['ban', 'bans', 'banned', 'banning']
    >>> verb_forms("supply")
    ['supply', 'supplies', 'supplied', 'supplying']
    """
    irregular = lexicon.table("irregular")["verbs"].get(verb)
    stem = _doubled(verb)
    if verb.endswith("e"):
        regular = [f"{verb}d", f"{verb[:-1]}ing"]
    elif re.search(r"[^aeiou]y$", verb):
        regular = [f"{verb[:-1]}ied", f"{verb}ing"]
    else:
        regular = [f"{stem}ed", f"{stem}ing"]
    past = irregular or regular[:1]
    return [verb, _third_person(verb), *past, regular[1]]


def plural(noun: str) -> str:
    """The regular plural of a noun.

    >>> plural("foundry"), plural("business")
    ('foundries', 'businesses')
    """
    return lexicon.table("irregular")["plurals"].get(noun) or _third_person(noun)


def _third_person(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", word) else f"{word}s"


def _doubled(verb: str) -> str:
    """The verb with its last consonant doubled ("ban" -> "bann") if it is short; longer verbs that do so are listed."""
    short = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb)
    return verb + verb[-1] if short or verb in lexicon.table("irregular")["doubling"]["lemmas"] else verb


@cache
def known_words(kind: str) -> dict[str, str]:
    """Form -> dictionary form, of the words that rules and lexicons name as "verb" or "noun".

    >>> known_words("verb")["bought"]
    'buy'
    """
    listed = _vocabulary(kind)
    plurals = {plural(word) for word in listed} if kind == "noun" else set()
    words = [word for word in listed if word not in plurals]  # a list may name "chips" beside "chip"
    table: dict[str, str] = {}
    for word in words:
        for form in verb_forms(word) if kind == "verb" else (word, plural(word)):
            table.setdefault(form, word)
    return table | {word: word for word in words}


def _vocabulary(kind: str) -> list[str]:
    """Single words of the rules and lexicons, sorted, so that the same form always meets the same lemma."""
    from extract.relations.rules import rules

    words: set[str] = set()
    for rule in rules():
        if rule.kind == kind or (kind == "noun" and rule.kind == "adj"):
            words |= rule.lemmas
        if kind == "verb":
            words |= rule.carriers
    for file in ("verbs", "factuality") if kind == "verb" else ("nouns", "heads", "descriptions"):
        words.update(_lists(lexicon.table(file).values()))
    return sorted(w.split("_")[0] for w in words if w.isascii() and re.fullmatch(r"[a-z][a-z&_-]*", w))


def _lists(entries: Iterable[object]) -> Iterable[str]:
    for entry in entries:
        if isinstance(entry, dict):
            yield from _lists(entry.values())
        elif isinstance(entry, list):
            yield from (item for item in entry if isinstance(item, str))
