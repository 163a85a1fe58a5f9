"""Where a firm is met: the town right behind its name, as in "Foxconn in Tijuana will feel the duty".

Of a name that is the object of a verb the town may say where that is done ("met Rohm in Berlin"), and so it may behind
a preposition of dealing ("a suit against Rohm in Delaware"): neither counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon
from extract.arguments import Filler
from ontology.classes import is_a

if TYPE_CHECKING:
    from extract.discourse import Discourse, Reading
    from extract.mention_index import Mention
    from extract.syntax import Frame
    from extract.tree import Token

_TIES = frozenset({"in", "at"})
# Behind these a name is where something is or goes to, or who does it.
_AT = frozenset({"at", "to", "from", "by"})
_DEPTH = 6


def stationed(discourse: Discourse, reading: Reading, predicate: Frame, role: str) -> list[Filler]:
    """A firm or the town right behind its name where it has a site; none where the town may say something else.

    discourse, reading: where the name stands; predicate: the frame of its mention; role: of
    `extract.role_names.STATIONED`.
    """
    for name in predicate.get("mention"):
        mention = reading.index.at(name)
        place = _behind(reading, mention) if mention is not None and mention.root == name.i else None
        if mention is not None and place is not None and _is_met(name):
            wanted = place if role == "station" else mention
            return [Filler(discourse.entity(reading, wanted), reading.doc[wanted.root], "name", 1.0)]
    return []


def _behind(reading: Reading, mention: Mention) -> Mention | None:
    """The town that only "in" or "at" parts from a name."""
    doc, at = reading.doc, mention.end
    if at + 1 >= len(doc) or doc[at].lower_ not in _TIES:
        return None
    for other in reading.index.mentions:
        if other.start == at + 1 and other.kind == "name" and is_a(other.type, "City"):
            return other
    return None


def _is_met(name: Token) -> bool:
    """True for a name that is the subject of a clause or stands behind a preposition of place or agency."""
    first = name
    for _ in range(_DEPTH):
        if first.dep_ != "conj" or first.preposition:
            break
        first = first.head
    if first.preposition == "for":  # "packages chips for Rohm in Berlin" does so for Rohm, and in Berlin
        return lexicon.words("verbs", "making").isdisjoint((first.head.lemma, first.head.head.lemma))
    if first.preposition:
        return first.preposition in _AT
    return first.dep_ in ("nsubj", "nsubj:pass")
