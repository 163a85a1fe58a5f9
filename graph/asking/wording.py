"""Claims in English, and relations as people call them."""

from __future__ import annotations

import difflib
from functools import cache
from typing import TYPE_CHECKING

from graph.names import squash
from ontology.classes import classes
from ontology.errors import InvalidData
from ontology.measures import metrics
from ontology.relations import relation, relations

if TYPE_CHECKING:
    from extract.model import Claim


def phrase(claim: Claim, backwards: bool = False) -> str:
    """A claim in English, with what keeps it from being a plain fact in brackets.

    claim: Claim; backwards: bool, True reads it from the object.

    >>> from graph.example import statements
    >>> phrase(statements()[2]), phrase(statements()[0], backwards=True)
    ('Hua Hong supplies Huawei (negated)', 'STMicroelectronics has chips made by Hua Hong')
    """
    told = relations()[claim.relation]
    ends = (claim.object.label, told.inverse_label, claim.subject.label)
    text = " ".join(ends if backwards else (claim.subject.label, told.label, claim.object.label))
    notes = [claim.polarity.value] * (claim.polarity != "affirmed") + [claim.modality.value] * (
        claim.modality != "asserted"
    )
    return f"{text} ({', '.join(notes)})" if notes else text


@cache
def implying(name: str) -> frozenset[str]:
    """A relation and those that imply it.

    >>> sorted(implying("suppliesTo"))
    ['manufacturesFor', 'suppliesTo']
    """
    below = {key for key, r in relations().items() if name in r.parents}
    return frozenset({name}.union(*(implying(key) for key in below)))


@cache
def relation_called(name: str) -> str:
    """The relation of a name: its id or its label, in any case; raises `InvalidData` with the nearest otherwise.

    >>> relation_called("suppliesTo"), relation_called("partners with")
    ('suppliesTo', 'partnersWith')
    """
    key = squash(name)
    known = {called: r.id for r in relations().values() for called in (squash(r.label), squash(r.id))}
    if key not in known and (near := difflib.get_close_matches(key, known, n=1)):
        raise InvalidData(f"The ontology has no relation {name!r}; did you mean {known[near[0]]!r}?")
    return relation(known.get(key, name)).id


@cache
def class_called(name: str) -> str:
    """The class of a name: its id or its label, in any case; raises `InvalidData` with the nearest otherwise.

    >>> class_called("Company"), class_called("process node")
    ('Company', 'ProcessNode')
    """
    found = next((key for key, c in classes().items() if squash(name) in {squash(key), squash(c.label)}), None)
    if found is None:
        near = difflib.get_close_matches(name, classes(), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "chip.ttl lists those there are."
        raise InvalidData(f"The ontology has no class {name!r}; {hint}")
    return found


@cache
def metric_called(name: str) -> str:
    """The metric of a name: its id or its label, in any case; raises `InvalidData` with the nearest otherwise.

    >>> metric_called("Revenue"), metric_called("capacity share")
    ('revenue', 'capacityShare')
    """
    found = next((m.id for m in metrics().values() if squash(name) in {squash(m.id), squash(m.label)}), None)
    if found is None:
        near = difflib.get_close_matches(name, metrics(), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "chip.ttl lists those there are."
        raise InvalidData(f"The ontology has no metric {name!r}; {hint}")
    return found
