"""claims.jsonl: one claim or observation a line, UTF-8, keys in a fixed order; the file between the two halves.

The same statements give the same bytes; what `read_claims` returns, `write_claims` writes again unchanged.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from extract.model import Claim, Entity, Evidence, Modality, Observation, Polarity, Statement
from ontology.errors import InvalidData
from ontology.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


_ENCODER = json.JSONEncoder(ensure_ascii=False)


def dumps(statement: Statement) -> str:
    """The statement as one line of JSON, without the line end."""
    record = _claim_record(statement) if isinstance(statement, Claim) else _observation_record(statement)
    return _ENCODER.encode(record)


def loads(line: str) -> Statement:
    """The statement that a line of JSON holds; raises `InvalidData` where the line breaks the contract.

    >>> loads('{"kind": "opinion"}')
    Traceback (most recent call last):
    ontology.errors.InvalidData: A line of claims must have the kind 'claim' or 'observation', not 'opinion'.
    """
    try:
        record = json.loads(line)
        kind = record.get("kind")
    except (ValueError, AttributeError) as error:
        raise InvalidData(f"A line of claims is not a JSON object: {line[:80]!r}.") from error
    if kind not in _READERS:
        raise InvalidData(f"A line of claims must have the kind 'claim' or 'observation', not {kind!r}.")
    try:
        return _READERS[kind](record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidData(f"A {kind} lacks or misstates {error}: {line[:80]!r}.") from error


def read_claims(path: Path) -> Iterator[Statement]:
    """The statements of a claims file, in its order; raises `InvalidData` with the line's number."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield loads(line)
                except InvalidData as error:
                    raise InvalidData(f"{path}, line {number}: {error}") from error


def write_claims(path: Path, statements: Iterable[Statement]) -> int:
    """Writes the statements, whole or not at all; returns how many."""
    lines = [f"{dumps(statement)}\n".encode() for statement in statements]
    write_whole(path, lines)
    return len(lines)


def _entity_record(entity: Entity | None) -> dict[str, Any] | None:
    if entity is None:
        return None
    record: dict[str, Any] = {"id": entity.id, "label": entity.label, "type": entity.type, "mention": entity.mention}
    if entity.aliases:
        record["aliases"] = list(entity.aliases)
    return record


def _evidence_record(evidence: Evidence) -> dict[str, Any]:
    return {"start": evidence.start, "end": evidence.end, "text": evidence.text}


def _claim_record(c: Claim) -> dict[str, Any]:
    record = {
        "kind": "claim",
        "id": c.id,
        "document": c.document,
        "source": c.source,
        "subject": _entity_record(c.subject),
        "relation": c.relation,
        "object": _entity_record(c.object),
        "polarity": c.polarity.value,
        "modality": c.modality.value,
        "time": c.time,
        "attributedTo": _entity_record(c.attributed_to),
        "qualifiers": dict(sorted(c.qualifiers.items())),
        "confidence": c.confidence,
        "evidence": _evidence_record(c.evidence),
        "support": [_evidence_record(e) for e in c.support],
        "rule": c.rule,
    }
    # Absent where there are none, so that a file from before there were reasons is written again unchanged.
    return {**record, "reasons": dict(sorted(c.reasons.items()))} if c.reasons else record


def _observation_record(o: Observation) -> dict[str, Any]:
    return {
        "kind": "observation",
        "id": o.id,
        "document": o.document,
        "source": o.source,
        "about": _entity_record(o.about),
        "metric": o.metric,
        "value": o.value,
        "printed": o.printed,
        "unit": o.unit,
        "period": o.period,
        "basePeriod": o.base_period,
        "product": o.product,
        "scope": o.scope,
        "geo": o.geo,
        "forecast": o.forecast,
        "approx": o.approx,
        "direction": o.direction,
        "attributedTo": _entity_record(o.attributed_to),
        "confidence": o.confidence,
        "evidence": _evidence_record(o.evidence),
        "support": [_evidence_record(e) for e in o.support],
        "rule": o.rule,
    }


def _entity(record: dict[str, Any]) -> Entity:
    aliases = tuple(record.get("aliases", ()))
    return Entity(record["id"], record["label"], record["type"], record.get("mention", ""), aliases)


def _optional_entity(record: dict[str, Any] | None) -> Entity | None:
    return _entity(record) if record else None


def _evidence(record: dict[str, Any]) -> Evidence:
    return Evidence(record["start"], record["end"], record["text"])


def _claim(r: dict[str, Any]) -> Claim:
    return Claim(
        document=r["document"],
        source=r["source"],
        subject=_entity(r["subject"]),
        relation=r["relation"],
        object=_entity(r["object"]),
        evidence=_evidence(r["evidence"]),
        rule=r["rule"],
        polarity=Polarity(r["polarity"]),
        modality=Modality(r["modality"]),
        time=r["time"],
        attributed_to=_optional_entity(r["attributedTo"]),
        qualifiers=dict(r["qualifiers"]),
        confidence=r["confidence"],
        support=tuple(_evidence(e) for e in r["support"]),
        reasons=dict(r.get("reasons", {})),
    )


def _observation(r: dict[str, Any]) -> Observation:
    return Observation(
        document=r["document"],
        source=r["source"],
        about=_entity(r["about"]),
        metric=r["metric"],
        value=r["value"],
        printed=r["printed"],
        unit=r["unit"],
        evidence=_evidence(r["evidence"]),
        rule=r["rule"],
        period=r["period"],
        base_period=r["basePeriod"],
        product=r["product"],
        scope=r["scope"],
        geo=r["geo"],
        forecast=r["forecast"],
        approx=r["approx"],
        direction=r["direction"],
        attributed_to=_optional_entity(r["attributedTo"]),
        confidence=r["confidence"],
        support=tuple(_evidence(e) for e in r["support"]),
    )


_READERS: dict[str, Callable[[dict[str, Any]], Statement]] = {"claim": _claim, "observation": _observation}
