"""The line under a title that names the author: "By Jane Harlow"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.arguments import Filler
from extract.relations.goals import document_entity
from extract.relations.matcher import Candidate
from extract.relations.rules import of_kind
from extract.syntax import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.discourse import Discourse, Reading

_FIRST_LINES = 4


def byline_candidates(discourse: Discourse, reading: Reading) -> Iterator[Candidate]:
    """The authors that a short line near the top names and nothing else."""
    if reading.place >= _FIRST_LINES or len(reading.doc) > 14:
        return
    text = reading.doc.text.lower()
    people = [m for m in reading.index.mentions if m.type == "Person"]
    for rule in of_kind("byline"):
        lead = next((word for word in sorted(rule.lemmas, key=len, reverse=True) if text.startswith(f"{word} ")), None)
        if lead is None or not people or people[0].start > len(lead.split()):
            continue
        for mention in people:
            token = reading.doc[mention.root]
            author = Filler(discourse.entity(reading, mention), token, "name", 1.0)
            written = Filler(document_entity(discourse), token, "topic", 1.0)
            yield Candidate(rule, Frame(token, "surface", {}), author, written)
