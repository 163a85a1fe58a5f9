"""How good extraction is, measured against documents that people annotated.

A gold folder holds `NNN.txt`, the text, and `NNN.json`: `claims`, `entities`, `observations` and, where given,
`must_not`; an optional `names.json` lists the names of each entity over all documents. Precision is the share of the
predictions, of relations that were annotated, that are right; recall the share of the core claims that were found. A
claim that is not core is right when found and costs nothing when missed. Names match in any form the annotation knows,
case, accents, legal forms and punctuation aside; a symmetric relation matches both ways round.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extract.model import Claim, Entity, Modality, Observation, Polarity, Statement
from ontology.errors import InvalidData
from ontology.relations import relations

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

NAMES_FILE = "names.json"

# What annotators looked for; a document with `all_relations` was searched for every relation.
ANNOTATED = frozenset({
    "partnersWith", "jointVentureWith", "suppliesTo", "manufacturesFor", "produces", "usesNode", "develops",
    "licensesTo", "acquires", "ownsStakeIn", "subsidiaryOf", "spunOffFrom", "mergesWith", "investsIn", "subsidises",
    "restricts", "retaliatesAgainst", "subjectTo", "exportsTo", "importsFrom", "dependsOn", "competesWith", "sues",
    "hasFacilityIn", "buildsFacility", "headquarteredIn", "expandsIn", "leads", "founded", "memberOf", "listedOn",
    "regulates",
})  # fmt: skip

# Kinds of thing whose names are names: nothing but a known form of them will do.
_PROPER = frozenset({
    "Company", "Country", "Person", "Government", "ProcessNode", "Place", "Media", "Association",
    "ResearchOrganization", "StockExchange",
})  # fmt: skip
_LEGAL_FORM = re.compile(
    r"\b(incorporated|inc|corporation|corp|company|co|limited|ltd|llc|plc|gmbh|ag|nv|n v|sa|s a|se|kk|bv|b v|pte|pty|"
    r"holdings|holding|group|the)\b"
)
_POSSESSIVE = re.compile(r"['’]s\b")
_NODE = re.compile(
    r"\b(\d+(?:\.\d+)?)\s*-?\s*(nm|nanomet(?:er|re)s?|um|µm|μm|microns?|micromet(?:er|re)s?)\b", re.IGNORECASE
)

Gold = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts of predictions and of core claims, from which the three figures follow.

    >>> tally = Tally(predicted=4, correct=3, core=6, found=3)
    >>> tally.precision, tally.recall, round(tally.f1, 2)
    (0.75, 0.5, 0.6)
    """

    predicted: int = 0
    correct: int = 0
    core: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        """The share of predictions that are right."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of core claims that were found."""
        return self.found / self.core if self.core else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Evaluation:
    """What an evaluation counted.

    total, by_relation: tallies; qualified: int, found claims with the right polarity and the right commitment;
    numbers, numbers_found: int; notes: list of str, one a miss, a wrong prediction or a forbidden claim.
    """

    total: Tally = field(default_factory=Tally)
    by_relation: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    qualified: int = 0
    numbers: int = 0
    numbers_found: int = 0
    forbidden: int = 0
    notes: list[str] = field(default_factory=list)


def evaluate(folder: Path, predict: Callable[[Path], Iterable[Statement]]) -> Evaluation:
    """Scores what `predict` says of every annotated document of a folder.

    folder: Path of the gold folder; predict: function from the path of a text to its statements. Raises `InvalidData`
    where the folder holds no annotated document or an annotation cannot be read.
    """
    known = _load(folder / NAMES_FILE) if (folder / NAMES_FILE).is_file() else {}
    files = sorted(f for f in folder.glob("*.json") if f.name != NAMES_FILE)
    if not files:
        raise InvalidData(f"{folder} holds no annotated document; it needs pairs of NNN.txt and NNN.json.")
    result = Evaluation()
    for file in files:
        gold = _load(file)
        _score(file.stem, gold, Names(gold, known), list(predict(file.with_suffix(".txt"))), result)
    return result


def fold(name: str) -> str:
    """A name without case, accents, legal forms and punctuation, for comparing.

    >>> fold("Société Générale S.A."), fold("The Group")
    ('societe generale', 'the group')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = _POSSESSIVE.sub("", plain.casefold().replace("&", " and "))
    plain = re.sub(r"[^\w]+", " ", plain)
    return " ".join(_LEGAL_FORM.sub(" ", plain).split()) or plain.strip()


class Names:
    """The names under which one document's entities count as found."""

    def __init__(self, gold: Gold, known: Mapping[str, list[str]]) -> None:
        self._forms: defaultdict[str, set[str]] = defaultdict(set)
        self._type: dict[str, str] = {}
        for name, forms in known.items():
            self._forms[fold(name)].update(map(fold, forms))
        for entity in gold.get("entities", []):
            key = fold(entity["name"])
            self._forms[key].update([key, *map(fold, entity.get("mentions", []))])
            self._type[key] = entity.get("type", "")

    def match(self, name: str, alternatives: Collection[str], entity: Entity) -> bool:
        """True where the predicted entity is the annotated one or one of its alternatives."""
        keys = [fold(n) for n in (name, *alternatives)]
        wanted = {form for key in keys for form in ({key} | self._forms.get(key, set()))} - {""}
        given = {fold(n) for n in (entity.label, entity.mention, *entity.aliases)} - {""}
        if wanted & given or {w.replace(" ", "") for w in wanted} & {g.replace(" ", "") for g in given}:
            return True
        kind = self._type.get(keys[0])
        if kind == "ProcessNode":
            return bool({_node(w) for w in wanted} & {_node(g) for g in given} - {""})
        if kind == "Place":
            return _same_place(wanted, given, [name, *alternatives], entity)
        return kind not in _PROPER and any(_same_head(w, g) for w in wanted for g in given)


def _node(name: str) -> str:
    match = _NODE.search(name)
    return f"{match[1]}{'nm' if match[2].lower().startswith('n') else 'um'}" if match else ""


def _same_place(wanted: set[str], given: set[str], names: list[str], entity: Entity) -> bool:
    """True where one is the other with its region behind a comma: "Austin" and "Austin, Texas"."""
    towns = {fold(n.partition(",")[0]) for n in (entity.label, entity.mention)} - {""}
    return bool(wanted & towns or {fold(n.partition(",")[0]) for n in names} & (given | towns))


def _same_head(a: str, b: str) -> bool:
    """True where one name's words hold all of the other's and both end in the same noun, singular or plural."""
    x, y = ([_singular(word) for word in name.split()] for name in (a, b))
    return bool(x and y) and x[-1] == y[-1] and (set(x) <= set(y) or set(y) <= set(x))


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _symmetric(relation: str) -> bool:
    return relation in relations() and relations()[relation].symmetric


def meets(gold: Gold, claim: Claim, names: Names) -> bool:
    """True where a claim is what an annotation says: relation and both ends."""
    if claim.relation != gold["relation"] and claim.relation not in gold.get("alt_relations", []):
        return False
    subject = (gold["subject"], gold.get("alt_subjects", []))
    object_ = (gold["object"], gold.get("alt_objects", []))
    if names.match(*subject, claim.subject) and names.match(*object_, claim.object):
        return True
    turned = _symmetric(gold["relation"]) or _symmetric(claim.relation)
    return turned and names.match(*subject, claim.object) and names.match(*object_, claim.subject)


def _distinct(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims, each saying of the same pair of names given once."""
    seen = set()
    for claim in claims:
        ends = (fold(claim.subject.label), fold(claim.object.label))
        key = (*(sorted(ends) if _symmetric(claim.relation) else ends), claim.relation, claim.polarity)
        if key not in seen:
            seen.add(key)
            yield claim


def _score(stem: str, gold: Gold, names: Names, statements: list[Statement], result: Evaluation) -> None:
    def counts(relation: str) -> bool:
        return bool(gold.get("all_relations")) or relation in ANNOTATED

    claims = list(_distinct(s for s in statements if isinstance(s, Claim) and counts(s.relation)))
    golds = [g for g in gold["claims"] if counts(g["relation"])]
    hits = [[i for i, g in enumerate(golds) if meets(g, claim, names)] for claim in claims]
    _count_predictions(stem, claims, hits, result)
    _count_core(stem, claims, golds, hits, result)
    _count_forbidden(stem, claims, gold.get("must_not", []), result)
    _count_numbers(gold.get("observations", []), statements, result)


def _count_predictions(stem: str, claims: list[Claim], hits: list[list[int]], result: Evaluation) -> None:
    for claim, hit in zip(claims, hits, strict=True):
        for tally in (result.total, result.by_relation[claim.relation]):
            tally.predicted += 1
            tally.correct += bool(hit)
        if not hit:
            said = f"{claim.subject.label} | {claim.relation} | {claim.object.label}"
            result.notes.append(f"{stem} wrong: {said} << {claim.evidence.text[:160]}")


def _count_core(stem: str, claims: list[Claim], golds: list[Gold], hits: list[list[int]], result: Evaluation) -> None:
    found = Counter(i for hit in hits for i in hit)
    for i, gold in enumerate(golds):
        if not gold.get("core", True):
            continue
        for tally in (result.total, result.by_relation[gold["relation"]]):
            tally.core += 1
            tally.found += i in found
        result.qualified += any(i in hit and _committed(gold, c) for c, hit in zip(claims, hits, strict=True))
        if i not in found:
            said = f"{gold['subject']} | {gold['relation']} | {gold['object']}"
            result.notes.append(f"{stem} missed: {said} << {gold['evidence'][:160]}")


def _committed(gold: Gold, claim: Claim) -> bool:
    """True where polarity agrees, and both or neither state a plain fact."""
    stated = gold.get("modality", Modality.ASSERTED) == Modality.ASSERTED
    same: bool = claim.polarity == gold.get("polarity", Polarity.AFFIRMED)
    return same and stated == (claim.modality == Modality.ASSERTED)


def _count_forbidden(stem: str, claims: list[Claim], forbidden: list[Gold], result: Evaluation) -> None:
    for bad in forbidden:
        wrong = [c for c in claims if c.polarity is Polarity.AFFIRMED and _is_forbidden(bad, c)]
        result.forbidden += bool(wrong)
        if wrong:
            said = f"{bad['subject']} | {bad['relation']} | {bad['object']}"
            result.notes.append(f"{stem} forbidden: {said}: {bad['why']}")


def _is_forbidden(bad: Gold, claim: Claim) -> bool:
    fits: bool = bad["relation"] in ("*", claim.relation) and bad["object"] in ("*", claim.object.label)
    return fits and fold(claim.subject.label) == fold(bad["subject"])


def _count_numbers(golds: list[Gold], statements: list[Statement], result: Evaluation) -> None:
    printed = [digits(s.printed) for s in statements if isinstance(s, Observation)]
    for gold in golds:
        value = digits(str(gold["value"]))
        result.numbers += 1
        result.numbers_found += bool(value) and any(value in number for number in printed)


def digits(text: str) -> str:
    """The digits of a number as printed, by which it is recognised: "about $1,250 million" gives "1250"."""
    return re.sub(r"[^\d.]", "", text).strip(".")


def _load(file: Path) -> Gold:
    try:
        loaded: Gold = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidData(f"The annotation {file} cannot be read: {error}.") from error
    return loaded
