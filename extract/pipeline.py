"""A document's whole way: blocks, parse, mentions, links, relations, quantities, claims.

>>> from extract.model import Document
>>> found = extract(Document("TSMC supplies chips to Apple.", source="example"))
>>> [(c.subject.id, c.relation, c.object.id) for c in found if c.relation == "suppliesTo"]
[('tsmc', 'suppliesTo', 'apple')]
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from extract import language
from extract.assemble import claim, holds, is_stated, observation, weight, with_aliases
from extract.blocks import Kind, blocks
from extract.dates import dates
from extract.discourse import Discourse, Reading
from extract.encoder.reading import added
from extract.gazetteer import Gazetteer
from extract.measures import measured
from extract.mentions import find
from extract.model import merge
from extract.parsing import parse
from extract.quantities import quantities
from extract.relations.byline import byline_candidates
from extract.relations.described import described_candidates
from extract.relations.matcher import candidates
from extract.relations.pairs import pair_candidates
from extract.relations.surface import surface_candidates
from extract.verifier.judge import judged
from extract.verifier.loose import key_of
from ontology import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from extract.blocks import Block
    from extract.model import Claim, Document, Statement
    from extract.parsing import Parsed
    from extract.relations.matcher import Candidate
    from ontology.registry import Registry


@lru_cache(maxsize=2)
def _gazetteer(_: Registry) -> Gazetteer:
    """The names of the registry in use; a user's own one has a gazetteer of its own."""
    return Gazetteer(language.load())


def extract(document: Document, watch: Callable[[Discourse], None] | None = None) -> list[Statement]:
    """The claims and observations that a document states, merged and sorted; the same document gives the same list.

    document: as `extract.read.read` gives it, or text with a name for its source; watch: is shown the parsed document,
    to trace what was considered in it.
    """
    discourse = read(document)
    found = concluded(discourse)
    if watch is not None:
        watch(discourse)
    return found


def concluded(discourse: Discourse) -> list[Statement]:
    """The claims and observations of a document that `read` has parsed."""
    found: list[Statement] = []
    for reading, claims in zip(discourse.readings, stated(discourse), strict=True):
        found.extend(made for _, made in claims)
        if not _is_cell(reading):
            found.extend(observation(discourse, reading, m) for m in measured(discourse, reading))
    return merge(with_aliases([s for s in found if is_stated(s)], _names(discourse)))


def stated(discourse: Discourse) -> Iterator[list[tuple[Candidate, Claim]]]:
    """The candidates that count, a list for each text of the document, each with the claim that it states."""
    read_by_rules = [offered(discourse, reading) for reading in discourse.readings]
    ruled = [{key_of(candidate) for candidate in found} for found in read_by_rules]
    prose = [(reading, keys) for reading, keys in zip(discourse.readings, ruled, strict=True) if not _is_cell(reading)]
    new = iter(added(discourse, prose))
    weighed = [(r, counting(r, found)) for r, found in zip(discourse.readings, read_by_rules, strict=True)]
    told = iter(judged(discourse, [one for one in weighed if not _is_cell(one[0])]))
    for reading, found in weighed:
        if _is_cell(reading):
            yield [(c, claim(discourse, reading, c, trust)) for c, trust in found]
        else:
            every = (*next(told), *next(new))
            yield [
                (one.candidate, claim(discourse, reading, one.candidate, one.confidence, one.by, one.facts))
                for one in every
            ]


def by_rules(discourse: Discourse, reading: Reading) -> list[tuple[Candidate, float]]:
    """What the rules find in one text and what holds, each with its weight."""
    return counting(reading, offered(discourse, reading))


def counting(reading: Reading, candidates: Iterable[Candidate]) -> list[tuple[Candidate, float]]:
    """Those of the candidates that hold, each with its weight."""
    return [(one, weight(reading, one)) for one in candidates if holds(one)]


def offered(discourse: Discourse, reading: Reading, misfits: list[Candidate] | None = None) -> list[Candidate]:
    """The candidates that the rules read in one text, whether they count or not.

    misfits: takes those whose ends do not fit their rule, where somebody asks for them.
    """
    if _is_cell(reading):
        return list(pair_candidates(discourse, reading))
    found = [
        *candidates(discourse, reading, misfits),
        *surface_candidates(discourse, reading),
        *pair_candidates(discourse, reading),
        *byline_candidates(discourse, reading),
    ]
    return [*found, *described_candidates(discourse, reading, found)]


def _is_cell(reading: Reading) -> bool:
    return reading.block.kind in (Kind.ROW, Kind.CELL)


def read(document: Document) -> Discourse:
    """The document parsed, with its mentions, ready to be asked."""
    parts = blocks(document.text)
    parses = parse(language.load(), _gazetteer(registry.load()), [part.body.text for part in parts])
    paired = enumerate(zip(parts, parses, strict=True))
    return Discourse(document, [_reading(place, part, parsed, document.date) for place, (part, parsed) in paired])


def _reading(place: int, part: Block, parsed: Parsed, date: str | None) -> Reading:
    text = parsed.doc.text
    return Reading(
        place,
        part,
        parsed.doc,
        find(parsed),
        tuple(parsed.doc.sents),
        tuple(dates(text, date)),
        tuple(quantities(text)),
    )


def _names(discourse: Discourse) -> dict[str, tuple[str, ...]]:
    """Entity id -> the proper names that the document gives it."""
    found: dict[str, set[str]] = {}
    for reading in discourse.readings:
        for mention in reading.index.mentions:
            if mention.kind == "name":
                found.setdefault(discourse.entity(reading, mention).id, set()).add(mention.text)
    return {entity_id: tuple(sorted(names)) for entity_id, names in found.items()}
