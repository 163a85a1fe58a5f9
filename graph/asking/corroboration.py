"""How many independent sources stand behind what the graph says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.asking.frame import Frame, Worded
from graph.asking.keys import Tie, by_tie, stance
from graph.asking.relations import Relations
from graph.names import squash
from ontology.relations import closure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extract.model import Claim, Statement
    from graph.claims import Reader


@dataclass(frozen=True, slots=True, repr=False)
class Corroboration(Worded):
    """A tie with those who say it.

    tie: Tie; sources: tuple of str, the independent ones, by name; claims: Relations; documents: int.
    """

    tie: Tie
    sources: tuple[str, ...]
    claims: Relations
    documents: int

    def __str__(self) -> str:
        return f"{self.tie}: {len(self.sources)} ({', '.join(self.sources)})"


class Corroborations(Frame[Corroboration]):
    """Ties with their independent sources, those with most first.

    Two claims have one source where the same speaker is quoted, where neither quotes anybody and the same publisher
    (else the same document) says so, where the sentence is word for word the same, or where the documents are copies of
    one text (`graph.copies`).

    >>> from graph.example import market
    >>> print(market().corroboration("Cedar Gas", min_sources=2))
    Cedar Gas supplies Aster Fab: 3 (Chip Gazette, Fab Journal, Lens Institute)
    """

    columns = ("subject", "relation", "object", "sources", "documents", "claims", "names")
    nouns = ("relation", "relations")

    def _row(self, item: Corroboration) -> tuple[object, ...]:
        ends = (item.tie.subject.label, item.tie.relation, item.tie.object.label)
        return (*ends, len(item.sources), item.documents, len(item.claims), ", ".join(item.sources))


def corroborations(claims: Iterable[Claim], reader: Reader, min_sources: int = 1) -> Corroborations:
    """The ties of the facts among some claims, each with its independent sources; what implies a tie counts for it."""
    return Corroborations(_corroborations(claims, reader, min_sources))


def _corroborations(claims: Iterable[Claim], reader: Reader, min_sources: int) -> Iterator[Corroboration]:
    facts = [claim for claim in claims if stance(claim) == "fact"]
    behind: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in facts:
        for name in closure(claim.relation):
            behind.setdefault(Tie.of(claim, name).key, []).append(claim)
    made = [_corroboration(tie, behind[key], reader) for key, (tie, _) in by_tie(facts).items()]
    kept = (found for found in made if len(found.sources) >= min_sources)
    yield from sorted(kept, key=lambda c: (-len(c.sources), -c.documents, str(c.tie), c.tie.key))


def _corroboration(tie: Tie, claims: list[Claim], reader: Reader) -> Corroboration:
    sources = independent(claims, reader)
    return Corroboration(tie, sources, Relations(claims, reader), len({claim.document for claim in claims}))


def independent(statements: Iterable[Statement], reader: Reader) -> tuple[str, ...]:
    """The names of the independent sources behind some statements, sorted; one name for those who say one thing."""
    groups: list[tuple[set[str], set[str]]] = []
    for said in statements:
        marks = {f"voice {_voice(said, reader)}", f"text {reader.source(said.document).text}"}
        marks |= {f"words {squash(passage.text)}" for passage in (said.evidence, *said.support)}
        names = {_name(said, reader)}
        apart = []
        for known, called in groups:
            if known & marks:
                marks, names = marks | known, names | called
            else:
                apart.append((known, called))
        groups = [*apart, (marks, names)]
    return tuple(sorted(min(names) for _, names in groups))


def _voice(said: Statement, reader: Reader) -> str:
    """Who says something, by id: the speaker that is quoted, else the publisher, else the document."""
    if said.attributed_to:
        return said.attributed_to.id
    return reader.source(said.document).publisher_id or said.document


def _name(said: Statement, reader: Reader) -> str:
    document = reader.source(said.document)
    if said.attributed_to:
        return said.attributed_to.label
    return document.publisher or document.title or said.source
