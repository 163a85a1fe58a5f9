"""A small treebank of the trade press: templates with their trees, filled with names and things of the trade.

`domain/templates.txt` holds sentences of our own in the notation of `domain_notation.py`, `domain/fillers.toml` the
words that go into their gaps. The sentences state no facts: every gap is drawn at random.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

from extract.language.recipe.augment import bullet, title_case, upper_case
from extract.language.recipe.domain_features import features, upos
from extract.language.recipe.domain_fillers import FOLDER, Filling
from extract.language.recipe.domain_notation import SYMBOLS, Flat, laid_out, settle
from extract.language.recipe.treebank import Sentence, Word, is_tree
from ontology.errors import InvalidData

SEED = 20
SENTENCES = 3600
# One template in so many is kept from training and only measured.
HELD_OUT = 10
# The share of headlines in title case, and in capitals.
TITLED, CAPITALS = 0.35, 0.15
UNITS = frozenset({"nm", "mm", "bn"})
GLUED_LEFT = frozenset({".", ",", ":", ";", ")", "%", "'s", "'", "n't", "”", "-"})
GLUED_RIGHT = frozenset({"(", "-", "“"}) | SYMBOLS


@dataclass(frozen=True, slots=True)
class Template:
    """One line of the templates' file: its number, its style, its text in the notation."""

    line: int
    style: str
    text: str


@cache
def templates() -> tuple[Template, ...]:
    """Return the templates; a line `@headline`, `@bullet` or `@plain` sets the style of those after it."""
    found, style = [], "plain"
    lines = (FOLDER / "templates.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if line.startswith("@"):
            style = line[1:]
        elif line and not line.startswith("#"):
            found.append(Template(number, style, line))
    return tuple(found)


def expanded(template: Template, random: Random) -> Sentence:
    """Return one sentence of a template.

    template: Template, the template.
    random: Random, the generator that draws the fillers and the dress of a headline.

    Returns a sentence with its tree; InvalidData where the template does not describe one.
    """
    group = Filling(random).read(template.text)
    settle(group)
    words = _words(laid_out(group))
    if not is_tree(words) or not is_projective(words):
        raise InvalidData(f"Line {template.line} of templates.txt gives no projective tree; check its brackets.")
    return _dressed(Sentence(words, starts_paragraph=True), template.style, random)


def _words(rows: Sequence[Flat]) -> tuple[Word, ...]:
    words = [_word(rows, place) for place in range(len(rows))]
    if len(words) > 1 and words[-1].form == "." and words[-2].form.endswith("."):
        words.pop()  # "the U.S." ends a sentence with one stop
    for place, word in enumerate(words):
        if word.xpos == "POS" and words[place - 1].form.endswith("s"):
            words[place] = replace(word, form="'")
    for place, later in enumerate(words[1:]):
        if words[place].form == "a" and sounds_like_vowel(later.form):
            words[place] = replace(words[place], form="an")
    first = words[0]
    if first.upos not in {"PROPN", "X"}:
        words[0] = replace(first, form=first.form[:1].upper() + first.form[1:])
    return tuple(words)


def sounds_like_vowel(form: str) -> bool:
    """Tell whether "an" goes before a word, an acronym being spelt out.

    >>> [form for form in ("AI", "MCU", "chip", "U.S.", "etching", "GPU") if sounds_like_vowel(form)]
    ['AI', 'MCU', 'etching']
    """
    if form[:2].isupper():
        return form[0] in "AEFHILMNORSX"
    small = form.lower()
    return small[0] in "aeiou8" and not small.startswith(("uni", "eu", "u.", "one"))


def _word(rows: Sequence[Flat], place: int) -> Word:
    row = rows[place]
    head = place if row.head < 0 else row.head
    kind = upos(rows, place)
    tag = "IN" if row.leaf.tag == "TO" and row.dep == "case" else row.leaf.tag
    feats = features(rows, place)
    return Word(row.leaf.form, row.leaf.lemma, kind, tag, feats, head, row.dep, _spaced(rows, place))


def _spaced(rows: Sequence[Flat], place: int) -> bool:
    if place + 1 == len(rows):
        return True
    later = rows[place + 1].leaf
    return not (later.glued or later.form in GLUED_LEFT or rows[place].leaf.form in GLUED_RIGHT)


def _dressed(sentence: Sentence, style: str, random: Random) -> Sentence:
    draw = random.random()
    cased = _cased(sentence, style, draw, random)
    return replace(cased, words=tuple(map(_small_unit, cased.words)))


def _small_unit(word: Word) -> Word:
    """Return a unit as headlines spell it: "40nm" keeps its small letters in capitals too."""
    return replace(word, form=word.form.lower()) if word.lemma in UNITS else word


def _cased(sentence: Sentence, style: str, draw: float, random: Random) -> Sentence:
    if style == "bullet":
        return _listed(sentence, draw, random)
    if style == "headline" and draw < TITLED:
        return title_case(sentence, random) or sentence
    if style == "headline" and draw < TITLED + CAPITALS:
        return upper_case(sentence, random) or sentence
    return sentence


def _listed(sentence: Sentence, draw: float, random: Random) -> Sentence:
    """Return a list item: in half of the cases with a capital after its colon, in half of them with a bullet."""
    words = list(sentence.words)
    for place, word in enumerate(words[1:], start=1):
        if words[place - 1].form == ":" and random.random() < 0.5:
            words[place] = replace(word, form=word.form[:1].upper() + word.form[1:])
    item = replace(sentence, words=tuple(words))
    return bullet(item, random) or item if draw < 0.5 else item


def is_projective(words: Sequence[Word]) -> bool:
    """Tell whether no two arcs cross."""
    arcs = [(min(place, word.head), max(place, word.head)) for place, word in enumerate(words) if word.head != place]
    return not any(a < c < b < d for a, b in arcs for c, d in arcs)


def learnt() -> tuple[Template, ...]:
    """Return the templates that training sees."""
    return tuple(template for place, template in enumerate(templates()) if place % HELD_OUT)


def held_out() -> tuple[Template, ...]:
    """Return the templates that training never sees: every tenth."""
    return templates()[::HELD_OUT]


def sentences(chosen: Sequence[Template], count: int = SENTENCES, seed: int = SEED) -> Iterator[Sentence]:
    """Yield parsed sentences, every template in turn.

    chosen: Sequence[Template], the templates.
    count: int, how many sentences.
    seed: int, fixes every draw.

    Yields sentences, each a paragraph of its own, the same for the same templates, count and seed.
    """
    random = Random(seed)
    turns = (template for _ in iter(int, 1) for template in random.sample(chosen, len(chosen)))
    for template in islice(turns, count):
        yield expanded(template, random)


def conllu(sentence: Sentence, name: str) -> str:
    """Return a sentence as CoNLL-U: two comments, a row of ten fields a word, an empty line."""
    rows = [f"# sent_id = {name}", f"# text = {sentence.text}"]
    for place, word in enumerate(sentence.words):
        head = 0 if word.head == place else word.head + 1
        space = "_" if word.space_after else "SpaceAfter=No"
        fields = (word.form, word.lemma, word.upos, word.xpos, word.feats or "_", str(head), word.dep, "_", space)
        rows.append("\t".join((str(place + 1), *fields)))
    return "\n".join(rows) + "\n\n"


def write(parsed: Iterable[Sentence], out: Path) -> None:
    """Write sentences as a CoNLL-U file that `read_treebank` reads; the file appears whole or not at all."""
    fresh = out.with_name(f".{out.name}.part")
    text = "".join(f"# newpar\n{conllu(sentence, f'domain-{n}')}" for n, sentence in enumerate(parsed, start=1))
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(out)
