"""What fills the gaps of the domain templates: names and things, verbs in their forms, the tags of words."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from types import MappingProxyType

from extract.language.recipe.augment import unheard_of
from extract.language.recipe.domain_features import lemma_of_noun
from extract.language.recipe.domain_notation import GAP, MARKS, SYMBOLS, TOKEN, VERB, VERB_TAGS, Group, Leaf, split
from ontology.errors import InvalidData

FOLDER = Path(__file__).with_name("domain")
# The share of company gaps that a name nobody has heard of fills.
UNHEARD_OF = 0.3


@dataclass(frozen=True, slots=True)
class Fillers:
    """What fills templates: snippets and verbs by gap, tags by word, the odd forms of verbs by lemma."""

    gaps: Mapping[str, tuple[str, ...]]
    tags: Mapping[str, str]
    verbs: Mapping[str, tuple[str, str, str, str]]


@cache
def fillers() -> Fillers:
    """Return the fillers that `fillers.toml` lists."""
    table = tomllib.loads((FOLDER / "fillers.toml").read_text(encoding="utf-8"))
    tags = {word: tag for tag, words in table["words"].items() for word in words.split()}
    odd = {lemma: tuple(forms.split()) for lemma, forms in table["verbs"].items()}
    verbs = {lemma: (z, d, n, g) for lemma, (z, d, n, g) in odd.items()}
    gaps = {name: tuple(snippets) for name, snippets in (*table["gaps"].items(), *table["actions"].items())}
    return Fillers(MappingProxyType(gaps), MappingProxyType(tags), MappingProxyType(verbs))


def inflected(lemma: str, letter: str) -> str:
    """Return a verb's form: B base, P present plural, Z present singular, D past, N participle, G with -ing.

    lemma: str, the verb.
    letter: str, one of the letters.

    Returns the form.

    >>> [inflected("supply", letter) for letter in "ZDG"], inflected("ship", "D"), inflected("build", "N")
    (['supplies', 'supplied', 'supplying'], 'shipped', 'built')
    """
    if letter in "BP":
        return lemma
    odd = fillers().verbs.get(lemma)
    return odd["ZDNG".index(letter)] if odd else _regular(lemma, letter)


def _regular(lemma: str, letter: str) -> str:
    short_y = lemma.endswith("y") and lemma[-2] not in "aeiou"
    if letter == "Z":
        ending = "es" if lemma.endswith(("s", "x", "ch", "sh")) else "s"
        return f"{lemma[:-1]}ies" if short_y else lemma + ending
    if letter == "G":
        return lemma.removesuffix("e") + "ing" if not lemma.endswith("ee") else lemma + "ing"
    return f"{lemma[:-1]}ied" if short_y else lemma.removesuffix("e") + "ed"


class Filling:
    """Reads one template, drawing what fills its gaps; a gap named twice is filled alike, like gaps differently.

    random: Random, the generator that draws.
    """

    def __init__(self, random: Random) -> None:
        self.random = random
        self.drawn: dict[str, str] = {}

    def read(self, text: str, dep: str = "root") -> Group:
        """Return the phrase that a template or a snippet describes, its gaps filled."""
        stack = [Group(dep)]
        for piece in split(text):
            if piece.startswith("["):
                stack.append(Group(piece[1:]))
            elif piece == "]":
                closed = stack.pop()
                stack[-1].items.append(closed)
            else:
                stack[-1].items.append(self.item(self.random.choice(piece.split("|"))))
        if len(stack) != 1:
            raise InvalidData(f"A bracket is not closed in {text!r}.")
        return stack[0]

    def item(self, piece: str) -> Leaf | Group:
        """Return the word or the filled gap that a piece of the notation stands for."""
        found = TOKEN.fullmatch(piece)
        if found is None:
            raise InvalidData(f"{piece!r} is no word of the notation.")
        form, dep, starred = found["form"], found["dep"] or "", found["star"] is not None
        gap = GAP.fullmatch(form)
        if gap and gap[2]:
            return self._verb(self._draw(gap[1]), gap[2], dep, starred)
        if gap:
            inner = self.read(self._draw(gap[1]))
            return Group(dep, inner.items, starred, bare=not dep)
        verb = VERB.fullmatch(form)
        if verb:
            return self._verb(verb[1], verb[2], dep, starred)
        tag = found["tag"] or tag_of(form)
        return Leaf(form, tag, found["lemma"] or lemma_of_noun(form, tag), dep, found["glued"] is not None, starred)

    def _verb(self, lemma: str, letter: str, dep: str, starred: bool) -> Leaf:
        return Leaf(inflected(lemma, letter), VERB_TAGS[letter], lemma, dep, starred=starred)

    def _draw(self, name: str) -> str:
        if name not in self.drawn:
            kind = name.rstrip("0123456789")
            fresh = [snippet for snippet in fillers().gaps[kind] if snippet not in self.drawn.values()]
            unknown = kind == "ORG" and self.random.random() < UNHEARD_OF
            self.drawn[name] = unheard_of(self.random) if unknown else self.random.choice(fresh)
        return self.drawn[name]


def tag_of(form: str) -> str:
    """Return the tag of a word in a template that gives none: by the word list, by its marks, by its capital.

    >>> tag_of("the"), tag_of("Samsung"), tag_of("2024"), tag_of(",")
    ('DT', 'NNP', 'CD', ',')
    """
    known = fillers().tags.get(form)
    if known or form in MARKS:
        return known or MARKS[form]
    if form in SYMBOLS:
        return "$"
    if form[0].isdigit():
        return "CD"
    if any(letter.isupper() for letter in form):
        return "NNP"
    raise InvalidData(f"The word {form!r} is not in the word list of fillers.toml; add it or give its tag.")
