"""Who might be the same in a built graph: pairs that share a key, scored with their reasons, for people to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import terms as t
from graph.claims import Reader
from graph.identity.names import parse
from graph.identity.score import PROPOSED, Profile, Score, candidates, compare
from ontology.classes import is_a
from ontology.iri import local_name
from ontology.namespaces import CK_BASE
from ontology.registry import load
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.identity.decisions import Decisions
    from graph.store import Store

# A key that more share says nothing.
WIDEST = 60
_RARE_WORD = 12
# Relations whose two ends are never one: owners and what they own, partners, rivals, suppliers.
_TELLING = frozenset(
    (
        *("subsidiaryOf", "acquires", "ownsStakeIn", "spunOffFrom", "mergesWith", "partnersWith", "jointVentureWith"),
        *("competesWith", "suppliesTo", "manufacturesFor", "licensesTo", "investsIn", "sues", "regulates"),
    )
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """That two ids may be the same; a is the one that would stay."""

    a: Profile
    b: Profile
    score: Score


def proposals(store: Store, decisions: Decisions, least: float = PROPOSED) -> list[Proposal]:
    """The pairs of a graph that nobody has decided on and that score at least so much, the likeliest first.

    Two entries of the registry are never proposed: whoever wrote it held them apart.

    >>> from graph.example import knowledge
    >>> from graph.identity.decisions import Decisions
    >>> proposals(knowledge().store, Decisions())
    []
    """
    known, registry, found = profiles(store), load(), []
    for a, b in candidates(known, Keys(known), WIDEST):
        if (a.registered and b.registered) or decisions.on(a.id, b.id) or registry.are_distinct(a.id, b.id):
            continue
        score = compare(a, b)
        if score.value >= least:
            first, second = (b, a) if b.registered else (a, b)
            found.append(Proposal(first, second, score))
    return sorted(found, key=lambda proposal: (-proposal.score.value, proposal.a.id, proposal.b.id))


def profiles(store: Store) -> list[Profile]:
    """What a graph knows of each of its actors, by id; what its claims do not speak of is left out."""
    around: dict[str, set[tuple[str, str]]] = {}
    tied: dict[str, set[str]] = {}
    for subject, relation, object_ in _claims(store):
        around.setdefault(subject, set()).add((relation, object_))
        around.setdefault(object_, set()).add((f"{relation} of", subject))
        if relation in _TELLING:
            tied.setdefault(subject, set()).add(object_)
    reader = Reader(store)
    made = (_profile(reader, key, around[key], tied.get(key, set())) for key in sorted(around))
    return [profile for profile in made if is_a(profile.type, "Actor")]


def _claims(store: Store) -> Iterator[tuple[str, str, str]]:
    """Subject, relation and object of every claim, in three sweeps of the index."""
    ends = [
        {quad.subject.value: quad.object.value for quad in store.quads(None, part)}
        for part in (t.SUBJECT, t.PREDICATE, t.OBJECT)
    ]
    subjects, predicates, objects = ends
    for claim, subject in subjects.items():
        if claim in objects:
            yield local_name(subject), predicates[claim].removeprefix(CK_BASE), local_name(objects[claim])


def _profile(reader: Reader, key: str, around: set[tuple[str, str]], tied: set[str]) -> Profile:
    entity, entry = reader.entity(key), load().entries.get(key)
    tickers = frozenset(alias.text for alias in entry.aliases if alias.kind == "ticker") if entry else frozenset()
    names = tuple(dict.fromkeys((entity.label, *(name for name in entity.aliases if name not in tickers))))
    country = entry.country if entry else _country(around)
    registered = entry is not None
    return Profile(
        key, entity.label, entity.type, names, country, tickers, registered, frozenset(around), frozenset(tied)
    )


def _country(around: set[tuple[str, str]]) -> str | None:
    """The country that claims seat somebody in, where they agree on one."""
    seats = {load().entries[other].country for relation, other in around if _is_seat(relation, other)}
    return next(iter(seats)) if len(seats) == 1 else None


def _is_seat(relation: str, other: str) -> bool:
    return relation == "headquarteredIn" and other in load().entries


class Keys:
    """The keys of a profile: spellings, initials, sorted words, rare words, tickers, rare neighbours.

    known: all profiles, for what is rare among them.

    >>> from graph.identity.score import Profile
    >>> acme = Profile("acme-chips", "Acme Chips", "Company", ("Acme Chips",))
    >>> sorted(Keys([acme])(acme))
    ['pacmech', 'racme', 'sac', 'sacmechips', 'wacme chip']
    """

    def __init__(self, known: Iterable[Profile]) -> None:
        self._words: dict[str, int] = {}
        for profile in known:
            for word in {word for text in profile.names for word in parse(text).words}:
                self._words[word] = self._words.get(word, 0) + 1

    def __call__(self, profile: Profile) -> Iterator[str]:
        """The keys of one profile."""
        for text in profile.names:
            name = parse(text)
            if name.squashed:
                yield f"s{name.squashed}"
                yield f"w{' '.join(sorted(name.words))}"
                yield f"p{name.squashed[:6]}"
            if len(name.words) > 1:
                yield f"s{name.initials}"
            yield from (f"r{word}" for word in name.own if self._words.get(word, 0) <= _RARE_WORD)
        yield from (f"t{ticker}" for ticker in profile.tickers)
        for relation, other in profile.neighbours:
            if relation.removesuffix(" of") in relations():
                yield f"n{relation} {other}"
