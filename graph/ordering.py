"""The order in which the engine is given the patterns of a query: of those that look alike to it, a rare one first.

Oxigraph guesses how many triples a pattern matches from which of its parts are given, and takes those of one form in
the order of the text, so that `?c a ck:Claim . ?c rdf:subject cr:tsmc` reads all claims. Here such patterns are counted
in the store, as far as the rarest goes and ten times further at most, and that one is written first; order means
nothing within a basic graph pattern, so the rows are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from graph.remembered import LONGEST, MOST

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyoxigraph as ox

    from graph.patterns import Pattern

    RawAnswer = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean
T = TypeVar("T")
_COUNTED = (100, 1_000, 10_000, 100_000)  # matches, each tried where all patterns have more than the one before
_LOOSE, _LOOSEST = (False, True, True), (False, True, False)  # subject, property, object: which are given
_SIGNS = (".", ";", ",", "}")
_AFTER_OBJECT = (*_SIGNS, *(way(word) for word in ("FILTER", "OPTIONAL", "BIND", "MINUS") for way in (str, str.lower)))


class Ordered:
    """An engine that is asked with the patterns of queries in a good order.

    engine: pyoxigraph's store. What was counted and found in it is kept; where its content changes, that makes no
    answer wrong.

    >>> import pyoxigraph as ox
    >>> engine = ox.Store()
    >>> engine.extend(ox.Quad(ox.NamedNode(f"x:{n}"), ox.NamedNode("x:p"), ox.Literal("all")) for n in range(999))
    >>> engine.add(ox.Quad(ox.NamedNode("x:1"), ox.NamedNode("x:p"), ox.Literal("one")))
    >>> Ordered(engine).better("SELECT * { ?a <x:p> 'all' . ?a <x:p> 'one' }", {})
    "SELECT * { ?a <x:p> 'one' . ?a <x:p> 'all' . }"
    """

    def __init__(self, engine: ox.Store) -> None:
        self._engine = engine
        self._counts: dict[str, int] = {}
        self._better: dict[str, str] = {}

    def query(self, text: str, **options: Any) -> RawAnswer:
        """The engine's answer; options: those of `pyoxigraph.Store.query`. Raises what that raises."""
        better = self._better.get(text)
        if better is None:
            naming: dict[str, Any] = {key: options[key] for key in ("prefixes", "base_iri") if key in options}
            better = _kept(self._better, text, self.better(text, naming))
        if better is not text:
            try:
                return self._engine.query(better, **options)
            except SyntaxError:  # to be said of the text as it was given
                pass
        return self._engine.query(text, **options)

    def better(self, text: str, naming: dict[str, Any]) -> str:
        """The query with its patterns in a good order; the text itself where that is in no way other.

        naming: the prefixes and base that the engine is asked with.
        """
        if not _may_gain(text):
            return text
        from graph.patterns import read, write  # not before: a command that asks once waits for its imports

        asked = read(text)

        def count(pattern: Pattern, most: int) -> int:
            counting = f"{asked.prologue}SELECT (COUNT(*) AS ?n) {{ SELECT ?s {{ {_alone(pattern)} }} LIMIT {most} }}"
            known = self._counts.get(counting)
            if known is None:
                answer = self._engine.query(counting, use_default_graph_as_union=True, **naming)
                known = _kept(self._counts, counting, _number(answer))
            return known

        made, met = [], set[str]()
        try:
            for block in sorted(asked.blocks, key=lambda block: block[0].start):
                patterns = [pattern for run in block for pattern in run.patterns]
                made.append((block, _reordered(patterns, count, met)))
                met.update(part for pattern in patterns for part in (pattern.subject, pattern.object))
        except SyntaxError:
            return text
        return write(text, made)


def _kept(known: dict[str, T], key: str, value: T) -> T:
    if len(known) >= MOST:
        known.clear()
    if len(key) <= LONGEST:
        known[key] = value
    return value


def _may_gain(text: str) -> bool:
    """True where the order of patterns may matter, told at sight; to read all tokens takes as long as a small query.

    It cannot where the object of at most one pattern is given, unless nothing else is given either.
    """
    if "\\" in text:  # what an escape stands for may be part of what is read here
        return False
    given, begins, before = 0, False, "?"
    for word in text.split():
        if before in (".", "{"):
            begins = begins or word[0] not in "?$"
        if word.startswith(_AFTER_OBJECT):
            given += before[0] not in "?$" and before[-1] != ")"
        elif word[-1] in _SIGNS:
            given += word[0] not in "?$"
        before = word
    return given > 1 or not (given or begins)


def _reordered(patterns: list[Pattern], count: Callable[[Pattern, int], int], met: set[str]) -> list[Pattern]:
    """The patterns of a block, of those that the engine takes for equal a rare one first, in their own places.

    met: the terms of earlier blocks; what these bind the engine looks up one by one, so that there is nothing to count.
    """
    forms = [pattern.bound for pattern in patterns]
    form = _LOOSE if any(subject or object_ for subject, _, object_ in forms) else _LOOSEST
    places = [place for place, found in enumerate(forms) if found == form and patterns[place].subject not in met]
    if len(places) < 2:
        return patterns
    made = list(patterns)
    for place, pattern in zip(places, _rarest_first([patterns[place] for place in places], count), strict=True):
        made[place] = pattern
    return made


def _rarest_first(patterns: list[Pattern], count: Callable[[Pattern, int], int]) -> list[Pattern]:
    """One that few triples match put first, few being relative: counting goes on until the first of them ends."""
    for most in _COUNTED:
        for pattern in patterns:
            if count(pattern, most) < most:
                return [pattern, *(other for other in patterns if other is not pattern)]
    return patterns


def _alone(pattern: Pattern) -> str:
    return f"?s {pattern.predicate} {pattern.object if pattern.bound[2] else '?o'}"


def _number(answer: RawAnswer) -> int:
    row = next(cast("ox.QuerySolutions", answer))
    return int(cast("ox.Literal", row["n"]).value)
