"""What is merged without asking: provisional ids whose name the registry knows, or that differ in spelling only.

A provisional id was made from a name that nobody knew. Ids that were made from a description and hold in one document
only ("a fab in Dresden") are never touched.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from graph.identity.decisions import AUTOMATIC_BY, Decision
from graph.identity.names import parse
from graph.identity.score import AUTOMATIC, Profile, candidates, compare, compatible
from ontology.classes import is_a
from ontology.iri import slug
from ontology.names import fold, strip_legal_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ontology.registry import Registry

# So many ids that differ in spelling only are no coincidence but a description; none of them is merged.
_WIDEST = 40
# What the precision of merging by spelling was measured on; people and groups are for people to decide.
_MEASURED = "Organization"


def automatic(
    named: Iterable[tuple[str, str, str]], registry: Registry, distinct: Callable[[str, str], bool]
) -> Iterator[Decision]:
    """The decisions that need nobody.

    named: id, label and type of what documents speak of; distinct: tells whether two ids must never be one.

    >>> from ontology.registry import load
    >>> found = automatic([("t-s-m-c", "T.S.M.C.", "Company")], load(), load().are_distinct)
    >>> [(d.a, d.b, d.why) for d in found]
    [('tsmc', 't-s-m-c', "the registry knows 'T.S.M.C.'")]
    """
    open_ = []
    for key, label, type_ in sorted(named):
        if key in registry.entries or not _is_provisional(key, label):
            continue
        found = _registered(label, type_, registry)
        if found is None:
            open_.append(Profile(key, label, type_, (label,)))
        elif not distinct(found[0], key):
            yield Decision(found[0], key, by=AUTOMATIC_BY, why=found[1])
    named_alike = [profile for profile in open_ if is_a(profile.type, _MEASURED)]
    for a, b in candidates(named_alike, _spellings, _WIDEST):
        score = compare(a, b)
        if score.value >= AUTOMATIC and not distinct(a.id, b.id):
            yield Decision(a.id, b.id, by=AUTOMATIC_BY, why=str(score))


def _is_provisional(key: str, label: str) -> bool:
    """True for an id that was made from the name itself."""
    return key in (slug(label), slug(strip_legal_form(label)))


def _registered(label: str, type_: str, registry: Registry) -> tuple[str, str] | None:
    """The one entry of the registry that a name means, and why: it bears it, or differs in spelling only."""
    found = [entry.id for entry in registry.lookup(label) if compatible(entry.type, type_)]
    if len(found) == 1:
        return found[0], f"the registry knows {label!r}"
    if found or not is_a(type_, _MEASURED):
        return None
    spelt = {
        key
        for spelling in _spellings(Profile("", label, type_, (label,)))
        for key in _registry_spellings(registry).get(spelling, ())
        if compatible(registry.entries[key].type, type_)
    }
    return (next(iter(spelt)), f"the registry knows {label!r} in another spelling") if len(spelt) == 1 else None


def _spellings(profile: Profile) -> tuple[str, ...]:
    """The keys under which spellings of one name meet; a short name has none, for too many share it."""
    name = parse(profile.label)
    if len(name.squashed) < 4:
        return (f"={fold(profile.label)}",)
    return (f"s{name.squashed}", f"w{' '.join(name.words)}")


@lru_cache(maxsize=2)
def _registry_spellings(registry: Registry) -> Mapping[str, frozenset[str]]:
    """Spelling -> ids of the organizations that bear a name with it; tickers are no names."""
    found: dict[str, set[str]] = {}
    for text, entry, kind in registry.names():
        if kind not in ("ticker", "demonym", "metonym") and is_a(entry.type, _MEASURED):
            for key in _spellings(Profile(entry.id, text, entry.type, (text,))):
                found.setdefault(key, set()).add(entry.id)
    return {key: frozenset(ids) for key, ids in found.items()}
