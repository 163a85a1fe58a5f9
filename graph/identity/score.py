"""How likely two ids stand for the same actor, as a sum of features that each say what they saw.

The weights are set by hand and measured by `tests/quality/name_pairs.py`; `AUTOMATIC` is where a merge needs nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from graph.identity.names import Name, parse, similarity
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

AUTOMATIC = 0.9
PROPOSED = 0.5
_ALIKE = 0.93
_LONG_ACRONYM, _LONGEST_ACRONYM = 4, 6
_MOST_NEIGHBOURS = 4


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of an id when it is compared.

    id: str; label, type: str; names: tuple of str, the label among them; country: str or None; tickers: frozenset of
    str; registered: bool, True where the registry has the id; neighbours: frozenset of (relation, id) that claims tie
    it to; tied: frozenset of ids that a claim ties it to in a way that tells them apart, such as a rival or an owner.
    """

    id: str
    label: str
    type: str
    names: tuple[str, ...]
    country: str | None = None
    tickers: frozenset[str] = frozenset()
    registered: bool = False
    neighbours: frozenset[tuple[str, str]] = frozenset()
    tied: frozenset[str] = frozenset()


class Reason(NamedTuple):
    """A feature of a score.

    feature: str, such as "same name"; weight: float, what it adds or takes; detail: str, what it saw.
    """

    feature: str
    weight: float
    detail: str

    def __str__(self) -> str:
        return f"{self.feature} {self.weight:+.2f} ({self.detail})"


@dataclass(frozen=True, slots=True)
class Score:
    """How alike two profiles are: value from 0 to 1, and the reasons, the weightiest first."""

    value: float
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        return f"{self.value:.2f}: " + "; ".join(map(str, self.reasons))


def compare(a: Profile, b: Profile) -> Score:
    """How likely two profiles are of the same.

    >>> one = Profile("acme", "Acme", "Company", ("Acme Technologies",))
    >>> print(compare(one, Profile("acme-technology", "Acme Technology", "Company", ("Acme Technology Co., Ltd.",))))
    0.92: same words +0.92 (Acme Technologies = Acme Technology Co., Ltd.)
    """
    reasons = [reason for reason in (_best_name(a, b), *(f(a, b) for f in _BESIDE)) if reason]
    value = min(1.0, max(0.0, sum(reason.weight for reason in reasons)))
    return Score(round(value, 4), tuple(sorted(reasons, key=lambda r: (-abs(r.weight), r.feature))))


def compatible(a: str, b: str) -> bool:
    """True where one thing can be of both types: one is above the other, or both are organizations.

    >>> compatible("Company", "ResearchOrganization"), compatible("Company", "Person")
    (True, False)
    """
    return a == b or is_a(a, b) or is_a(b, a) or all(is_a(kind, "Organization") for kind in (a, b))


def _best_name(a: Profile, b: Profile) -> Reason | None:
    """The strongest tie between a name of one and a name of the other."""
    pairs = ((parse(x), parse(y)) for x in a.names for y in b.names)
    found = [reason for x, y in pairs if (reason := _names(x, y))]
    return max(found, key=lambda reason: (reason.weight, reason.detail), default=None)


def _names(x: Name, y: Name) -> Reason | None:
    detail = f"{x.text} = {y.text}"
    if not x.folded or not y.folded:
        return None
    if x.squashed == y.squashed and x.seats and y.seats and not x.seats & y.seats:
        return Reason("same name, legal forms of different countries", 0.6, detail)
    if x.folded == y.folded:
        return Reason("same name", 0.95, detail)
    if x.squashed == y.squashed:
        return Reason("same letters", 0.92, detail)
    if x.words == y.words:
        # "Diodes" and "a Diode": of a single word the ending may be the name.
        return Reason("same words", 0.92 if len(x.words) > 1 else 0.6, detail)
    if acronym := _short_for(x, y) or _short_for(y, x):
        return acronym
    if x.numbers != y.numbers or x.parting != y.parting:
        return _apart(x, y)
    return _partly(x, y)


def _partly(x: Name, y: Name) -> Reason | None:
    """Names that are the same only in part: never enough by themselves."""
    detail = f"{x.text} ~ {y.text}"
    if sorted(x.words) == sorted(y.words):
        return Reason("same words in another order", 0.75, detail)
    if _shortened(x, y):
        return Reason("same words, one of them shortened", 0.7, detail)
    if x.own == y.own and len("".join(x.own)) > 2:
        return Reason("same but for general words", 0.65, detail)
    short, long = sorted((x.words, y.words), key=len)
    if long[: len(short)] == short and len("".join(short)) > 2:
        return Reason("one name begins the other", 0.5, detail)
    alike = similarity(x.squashed, y.squashed)
    if alike >= _ALIKE and min(len(x.squashed), len(y.squashed)) > 5:
        return Reason("similar spelling", 0.5, f"{detail}, {alike:.2f}")
    return None


def _shortened(x: Name, y: Name) -> bool:
    """True where words differ only in that one is the beginning of the other: "Semi" and "Semiconductor"."""
    if len(x.words) != len(y.words) or not set(x.own) & set(y.own):
        return False
    return all(
        min(len(a), len(b)) > 2 and (a.startswith(b) or b.startswith(a)) for a, b in zip(x.words, y.words, strict=True)
    )


def _apart(x: Name, y: Name) -> Reason | None:
    """Names that share their own words and differ in what parts relatives: an owner and its unit, two plants."""
    shared = set(x.own) & set(y.own)
    if not shared:
        return None
    differing = sorted((x.parting ^ y.parting) | (x.numbers ^ y.numbers))
    return Reason("relatives by name", 0.2, f"{x.text} / {y.text}: {', '.join(differing)}")


def _short_for(short: Name, long: Name) -> Reason | None:
    """An acronym: the initials of a name, or letters of it in their order, the first of them its first."""
    letters = short.squashed
    if not short.text.isupper() or not 1 < len(letters) <= _LONGEST_ACRONYM or len(long.words) < 2:
        return None
    detail = f"{short.text} ~ {long.text}"
    if letters in (long.initials, _initials(long)):
        return Reason("acronym", 0.6 if len(letters) >= _LONG_ACRONYM else 0.5, detail)
    rest = iter(long.initials[0] + parse(long.text).squashed[1:])
    if len(letters) >= _LONG_ACRONYM and letters[0] == long.initials[0] and all(letter in rest for letter in letters):
        return Reason("acronym by some of its letters", 0.5, detail)
    return None


def _initials(name: Name) -> str:
    return "".join(word[0] for word in name.words)


def _types(a: Profile, b: Profile) -> Reason | None:
    if compatible(a.type, b.type):
        return None
    return Reason("types that exclude each other", -0.8, f"{a.type} / {b.type}")


def _countries(a: Profile, b: Profile) -> Reason | None:
    if not a.country or not b.country:
        return None
    if a.country == b.country:
        return Reason("same country", 0.03, a.country)
    return Reason("other country", -0.3, f"{a.country} / {b.country}")


def _tickers(a: Profile, b: Profile) -> Reason | None:
    shared = sorted(a.tickers & b.tickers)
    if shared:
        return Reason("same ticker", 0.4, ", ".join(shared))
    return Reason("other ticker", -0.2, "each has its own") if a.tickers and b.tickers else None


def _registry(a: Profile, b: Profile) -> Reason | None:
    if a.registered and b.registered:
        return Reason("two entries of the registry", -0.3, "whoever wrote it holds them apart")
    return None


def _neighbours(a: Profile, b: Profile) -> Reason | None:
    shared = sorted(a.neighbours & b.neighbours)
    if not shared:
        return None
    said = ", ".join(f"{relation} {other}" for relation, other in shared[:_MOST_NEIGHBOURS])
    return Reason("shared neighbours", round(0.08 * min(len(shared), _MOST_NEIGHBOURS), 2), said)


def _ties(a: Profile, b: Profile) -> Reason | None:
    if b.id in a.tied or a.id in b.tied:
        return Reason("a claim ties the two to each other", -0.5, "owner and owned, rivals or partners are two")
    return None


_BESIDE: tuple[Callable[[Profile, Profile], Reason | None], ...] = (
    *(_types, _countries, _tickers, _registry, _neighbours, _ties),
)


def candidates(
    profiles: Iterable[Profile], keys: Callable[[Profile], Iterable[str]], widest: int
) -> Iterator[tuple[Profile, Profile]]:
    """The pairs of profiles that share a key, each once, sorted; a key that more than `widest` share ties nobody.

    >>> pair = [Profile(name, name, "Company", (name,)) for name in ("acme", "acme-chips", "other")]
    >>> [(a.id, b.id) for a, b in candidates(pair, lambda p: [p.id[:4]], 10)]
    [('acme', 'acme-chips')]
    """
    blocks: dict[str, list[Profile]] = {}
    for profile in profiles:
        for key in set(keys(profile)):
            blocks.setdefault(key, []).append(profile)
    seen: dict[tuple[str, str], tuple[Profile, Profile]] = {}
    for block in blocks.values():
        if 1 < len(block) <= widest:
            ordered = sorted(block, key=lambda profile: profile.id)
            for i, a in enumerate(ordered):
                for b in ordered[i + 1 :]:
                    seen.setdefault((a.id, b.id), (a, b))
    for pair in sorted(seen):
        yield seen[pair]
