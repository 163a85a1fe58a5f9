"""What the encoder learns from: annotated paragraphs, seen as extraction sees them and as they are annotated, and CORE.

Seen by extraction a paragraph has the ends that are found in it, right or wrong; as annotated it has those that are
marked. Learning from both, the encoder neither trusts every mention nor depends on the errors of today's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from extract.blocks import Kind
from extract.encoder.reading import spots as spots_of
from extract.encoder.scenes import STANCES, Spot, learned, possible, scenes
from extract.evaluate import Names
from extract.model import Document, Entity, Modality, Polarity
from extract.pipeline import read
from ontology.names import fold
from ontology.registry import load
from ontology.relations import relation as relation_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from corpus.tools.model import GoldClaim, Paragraph
    from extract.discourse import Discourse, Reading
    from extract.encoder.scenes import Scene
    from extract.relations.rules import Rule

# The relations that CORE tells apart; each may hold either way round.
CORE = (
    "product_or_service_of", "undefined", "collaboration", "acquired_by", "client_of", "shareholder_of",
    "subsidiary_of", "traded_on", "competitor_of", "brand_of", "merged_with", "regulated_by",
)  # fmt: skip

Labels = dict[tuple[str, str], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Example:
    """A scene with what its pairs state.

    scene; spots: of the whole text; groups: int of each pair, the number of the two entities that it is of; stated:
    of each group relations by number with their stances; asked: of each group the relations that may be; core: of each
    pair the number of CORE's relation, None for a paragraph of the corpus.
    """

    scene: Scene
    spots: tuple[Spot, ...]
    groups: tuple[int, ...]
    stated: tuple[Mapping[int, int], ...]
    asked: tuple[tuple[int, ...], ...]
    core: tuple[int, ...] | None = None


def paragraph_examples(paragraph: Paragraph, vocabulary: Mapping[str, int]) -> tuple[list[Example], list[Example]]:
    """The examples of a paragraph: as extraction sees it, and as it is annotated."""
    discourse = read(Document(paragraph.text, paragraph.id))
    readings = [r for r in discourse.readings if r.block.kind not in (Kind.ROW, Kind.CELL)]
    found = [e for r in readings for e in _of_reading(discourse, r, paragraph, vocabulary)]
    sentences = [s for r in readings for s in _sentences(r)]
    marked = list(_marked(paragraph, sentences))
    return found, list(_examples(paragraph.text, sentences, marked, _labels(paragraph.claims), vocabulary))


def _of_reading(
    discourse: Discourse, reading: Reading, paragraph: Paragraph, vocabulary: Mapping[str, int]
) -> Iterator[Example]:
    places, found = spots_of(discourse, reading)
    names = _names(paragraph)
    called = {end.entity.id: _called(end.entity, names, paragraph) for end in found}
    labels: Labels = {}
    for (subject, object_), stated in _labels(paragraph.claims).items():
        for a in (who for who, of in called.items() if subject in of):
            for b in (who for who, of in called.items() if object_ in of and who != a):
                labels.setdefault((a, b), {}).update(stated)
    sentences = [(s.start_char, s.end_char) for s in reading.sentences]
    yield from _examples(reading.doc.text, sentences, places, labels, vocabulary)


def _names(paragraph: Paragraph) -> Names:
    types = paragraph.types()
    forms: dict[str, set[str]] = {}
    for mark in paragraph.marks:
        forms.setdefault(mark.name, set()).add(mark.surface)
    entities = [{"name": name, "type": types[name], "mentions": sorted(of)} for name, of in forms.items()]
    return Names({"entities": entities}, {})


def _called(entity: Entity, names: Names, paragraph: Paragraph) -> frozenset[str]:
    """The names of the paragraph's annotation that an entity goes by."""
    ends = {end for claim in paragraph.claims for end in (claim.subject, claim.object)}
    return frozenset(name for name in ends if names.match(name, (), entity))


def _labels(claims: Iterable[GoldClaim]) -> Labels:
    labels: Labels = {}
    for claim in claims:
        if claim.relation in learned():
            labels.setdefault((claim.subject, claim.object), {})[claim.relation] = _stance(claim)
            if relation_of(claim.relation).symmetric:
                labels.setdefault((claim.object, claim.subject), {})[claim.relation] = _stance(claim)
    return labels


def _stance(claim: GoldClaim) -> str:
    if claim.polarity is Polarity.NEGATED:
        return "negated"
    if claim.ended:
        return "ended"
    return "plain" if claim.modality is Modality.ASSERTED else str(claim.modality)


def _sentences(reading: Reading) -> Iterator[tuple[int, int]]:
    for sentence in reading.sentences:
        yield reading.block.body.original(sentence.start_char, max(sentence.start_char, sentence.end_char - 1))


def _marked(paragraph: Paragraph, sentences: Sequence[tuple[int, int]]) -> Iterator[Spot]:
    """The ends that are marked, in the sentences that extraction divides the text into."""
    types = paragraph.types()

    def inside(start: int) -> int | None:
        return next((n for n, (low, high) in enumerate(sentences) if low <= start < high), None)

    for mark in paragraph.marks:
        if (number := inside(mark.start)) is not None:
            yield Spot(mark.start, mark.end, mark.type, "name", mark.name, number)
    for one in paragraph.coreferences:
        if one.name in types and (number := inside(one.start)) is not None:
            yield Spot(one.start, one.end, types[one.name], "coreference", one.name, number)


def _examples(
    text: str,
    sentences: Sequence[tuple[int, int]],
    places: Sequence[Spot],
    labels: Labels,
    vocabulary: Mapping[str, int],
) -> Iterator[Example]:
    numbers = {name: i for i, name in enumerate(learned())}
    for scene in scenes(text, sentences, places, vocabulary):
        groups: dict[tuple[str, str], int] = {}
        asked: list[tuple[int, ...]] = []
        of_pairs = []
        for a, b in scene.pairs:
            one, other = places[scene.spots[a]], places[scene.spots[b]]
            if (one.who, other.who) not in groups:
                groups[one.who, other.who] = len(groups)
                asked.append(possible(one.type, other.type))
            of_pairs.append(groups[one.who, other.who])
        stated = [
            {numbers[name]: STANCES.index(stance) for name, stance in labels.get(pair, {}).items()} for pair in groups
        ]
        if scene.pairs:
            yield Example(scene, tuple(places), tuple(of_pairs), tuple(stated), tuple(asked))


def core_examples(file: Path, vocabulary: Mapping[str, int]) -> Iterator[Example]:
    """The sentences of CORE (Borchert et al. 2023), each with its two names, seen both ways round."""
    for record in json.loads(file.read_text("utf-8")):
        example = _core_example(record, vocabulary)
        if example is not None:
            yield example


def _core_example(record: dict[str, Any], vocabulary: Mapping[str, int]) -> Example | None:
    words = record["context"]
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    text = " ".join(words)
    places = [
        Spot(starts[record[f"{name}_start"]], starts[record[f"{name}_end"] + 1] - 1, "Company", "name", name, 0)
        for name in ("e1", "e2")
    ]
    found = scenes(text, [(0, len(text))], places, vocabulary)
    if len(found) != 1 or len(found[0].pairs) != 2:
        return None
    relation = 2 * CORE.index(record["relation"])
    turned = int(bool(record["invert_relation"]))
    sides = tuple(relation + (turned if pair == (0, 1) else 1 - turned) for pair in found[0].pairs)
    return Example(found[0], tuple(places), (0, 1), ({}, {}), ((), ()), core=sides)


def rule_examples(rule: Rule, vocabulary: Mapping[str, int]) -> Iterator[Example]:
    """A rule's own sentences: what its examples state and its near misses do not, of its own relation only."""
    if rule.relation not in learned():
        return
    for text in rule.misses:
        yield from _short(text, (), rule.relation, vocabulary)
    for example in rule.examples:
        text, _, wanted = example.partition(" => ")
        subject, _, object_ = wanted.split(" | ")
        yield from _short(text, (subject, object_), rule.relation, vocabulary)


def silent_examples(sentences: Iterable[str], vocabulary: Mapping[str, int]) -> Iterator[Example]:
    """Sentences that name several actors and state nothing of them."""
    for text in sentences:
        yield from _short(text, (), None, vocabulary)


def _short(text: str, stated: tuple[str, ...], only: str | None, vocabulary: Mapping[str, int]) -> Iterator[Example]:
    """The examples of a short text. stated: subject and object of what it states, by name; only: the relation asked."""
    discourse = read(Document(text, "short"))
    for reading in discourse.readings:
        if reading.block.kind in (Kind.ROW, Kind.CELL, Kind.PAIR):
            continue
        places, found = spots_of(discourse, reading)
        labels: Labels = {}
        if stated and only is not None:
            one, other = ([e.entity.id for e in found if _goes_by(e.entity, name)] for name in stated)
            for pair in ((a, b) for a in one for b in other if a != b):
                labels[pair] = {only: "plain"}
                if relation_of(only).symmetric:
                    labels[pair[::-1]] = {only: "plain"}
            if not labels:
                continue
        sentences = [(s.start_char, s.end_char) for s in reading.sentences]
        for example in _examples(reading.doc.text, sentences, places, labels, vocabulary):
            yield example if only is None else _asking(example, learned().index(only))


def _goes_by(entity: Entity, name: str) -> bool:
    return entity.id in {entry.id for entry in load().lookup(name)} or fold(name) in {
        fold(entity.label),
        fold(entity.mention),
    }


def _asking(example: Example, relation: int) -> Example:
    """The example with one relation asked for and no more: of others its sentence is not annotated."""
    return replace(example, asked=tuple(tuple(r for r in may if r == relation) for may in example.asked))
