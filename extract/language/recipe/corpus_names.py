"""The names of the project's own annotated corpus, for the recogniser.

A paragraph comes as it stands, with familiar names where the registry knows one (as the parser is shown it, see
`extract.parsing`), and with other names in its places: so the recogniser learns where names stand, not which ones.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from corpus.tools.reader import read_corpus
from corpus.tools.split import side
from extract import lexicon
from extract.language.recipe import trade
from extract.language.recipe.names import MISSING, Named, in_text
from ontology import registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language

    from corpus.tools.model import EntityMark, Paragraph

# The recogniser's label for a class, the first that fits; the recogniser is told nothing of the rest.
LABELS = {
    "ActorGroup": MISSING,
    "Organization": "ORG",
    "Person": "PERSON",
    "Facility": "FACILITY",
    "Place": "PLACE",
    "ProcessNode": MISSING,
    "Technology": "PRODUCT",
    "Product": "PRODUCT",
    "PolicyInstrument": "MISC",
}
# How often each paragraph comes with other names.
FILLS = 2
SWAPPED, CAPITALS = 0.6, 0.05


@dataclass(frozen=True, slots=True)
class Piece:
    """A marked stretch of a paragraph as it is to stand there; label: str or None where it is no name."""

    start: int
    end: int
    text: str
    label: str | None


def corpus_names(nlp: Language, wanted: str = "train", fills: int = FILLS, seed: int = 20) -> list[Named]:
    """The paragraphs of one side of the corpus, each in its several dresses.

    nlp: Language, a pipeline with our tokenizer; wanted: str, "train" or "dev"; fills: int, how often each comes with
    other names (0: as it stands only); seed: int, fixes every draw.
    """
    random = Random(seed)
    held = [p for p in read_corpus() if side(p.topic, p.id) == wanted]
    pools = _pools(held)
    dresses: list[Callable[[EntityMark], str]] = [lambda mark: mark.surface]
    if fills:
        dresses += [_familiar, *[lambda mark: _other(mark, pools, random)] * fills]
    return [_named(paragraph, dress, nlp, random) for dress in dresses for paragraph in held]


def _named(paragraph: Paragraph, dress: Callable[[EntityMark], str], nlp: Language, random: Random) -> Named:
    pieces, at, text, spans = list(_pieces(paragraph, dress)), 0, "", []
    for piece in pieces:
        text += paragraph.text[at : piece.start]
        if piece.label is not None:
            spans.append((len(text), len(text) + len(piece.text), piece.label))
        text, at = text + piece.text, piece.end
    text += paragraph.text[at:]
    if random.random() < CAPITALS and len(text) == len(text.upper()):
        text = text.upper()
    tagged = in_text(nlp, text, spans)
    return Named(
        tagged.tokens, tagged.spaces, tuple(MISSING if tag.endswith(f"-{MISSING}") else tag for tag in tagged.tags)
    )


def _pieces(paragraph: Paragraph, dress: Callable[[EntityMark], str]) -> Iterator[Piece]:
    chosen: dict[tuple[str, str], str] = {}
    for mark in sorted(paragraph.marks):
        label = _label(mark)
        if label in (None, MISSING):
            yield Piece(mark.start, mark.end, mark.surface, label)
        else:
            yield Piece(mark.start, mark.end, chosen.setdefault((mark.name, mark.surface), dress(mark)), label)


def _label(mark: EntityMark) -> str | None:
    """The label of a marked name; None for a description: "EUV scanners", "export controls"."""
    label = next((label for class_, label in LABELS.items() if is_a(mark.type, class_)), MISSING)
    last = mark.surface.split()[-1]
    if not any(c.isupper() for c in mark.surface) or last.islower():
        return None if label not in ("ORG", "FACILITY", "PLACE") else MISSING
    if any(is_a(e.type, "Product") or is_a(e.type, "Technology") for e in registry.load().lookup(mark.surface)):
        return MISSING
    return label


def _familiar(mark: EntityMark) -> str:
    """What the parser is shown in the place of a name that the registry knows."""
    found = registry.load().lookup(mark.surface)
    if not found or any(a.text == mark.surface and a.kind == "demonym" for e in found for a in e.aliases):
        return mark.surface
    by_class = lexicon.table("standins")["by_class"].items()
    return next((str(name) for class_, name in by_class if is_a(found[0].type, class_)), mark.surface)


def _pools(held: Iterable[Paragraph]) -> dict[str, list[str]]:
    """The names of each class that may stand in each other's places."""
    pools: defaultdict[str, set[str]] = defaultdict(set)
    for mark in (mark for paragraph in held for mark in paragraph.marks):
        if _label(mark) not in (None, MISSING):
            pools[mark.type].add(mark.surface)
    return {type_: sorted(names) for type_, names in pools.items()}


def _other(mark: EntityMark, pools: dict[str, list[str]], random: Random) -> str:
    if random.random() > SWAPPED:
        return mark.surface
    if mark.type == "Person" and " " in mark.surface and random.random() < 0.5:
        return trade.person(random)
    if mark.type == "ChipProduct" and random.random() < 0.4:
        return trade.product(random)
    return random.choice(pools[mark.type])
