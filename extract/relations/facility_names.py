"""What a plant's own name tells: the owner and the place inside "Intel's Ohio fab" and "Kaohsiung Fab 22"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.arguments import Filler
from extract.model import Entity
from ontology.classes import is_a
from ontology.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.discourse import Reading
    from extract.syntax import Frame

# The class that a part of the name must have, by role.
_CLASSES = {"name-owner": "Organization", "name-place": "Place"}


def named_part(reading: Reading, predicate: Frame, role: str) -> list[Filler]:
    """The owner or the place that the name of a facility holds; none where the registry knows neither.

    reading: the text; predicate: the frame of the facility's mention; role: of
    `extract.role_names.OF_NAMES`.
    """
    for token in predicate.get("mention"):
        mention = reading.index.at(token)
        for part in _parts(mention.text if mention is not None else ""):
            for entry in load().lookup(part):
                if is_a(entry.type, _CLASSES[role]) and not is_a(entry.type, "Facility"):
                    return [Filler(Entity(entry.id, entry.label, entry.type, part), token, "name", 0.95)]
    return []


def _parts(name: str) -> Iterator[str]:
    """The word groups that a name begins with or holds, the longest first, the last word never: that is the plant."""
    words = re.sub(r"['’]s\b", "", name).split()
    for length in range(min(3, len(words) - 1), 0, -1):
        for start in range(len(words) - length):
            part = " ".join(words[start : start + length])
            if part[0].isupper() and len(part) > 2:
                yield part
