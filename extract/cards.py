"""How entities, claims and numbers show themselves in a notebook: a small card, everything escaped, no script."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ontology.classes import classes
from ontology.relations import relations

if TYPE_CHECKING:
    from extract.model import Claim, Entity, Evidence, Observation

_CARD = "border:1px solid #8886;border-radius:8px;padding:10px 14px;max-width:680px;line-height:1.5"
# Else a notebook sets what stands between two amounts in dollars as a formula.
LITERAL = "mathjax_ignore tex2jax_ignore"
_QUIET = "opacity:.7;font-size:90%"
_TAG = "border:1px solid #8886;border-radius:6px;padding:0 7px;font-size:85%;margin-right:4px"
_SUBJECT, _OBJECT = "background:#2b62d933", "background:#e69f0044"


def entity_card(entity: Entity) -> str:
    """An entity: label, type, id, other names.

    >>> from extract.model import Entity
    >>> "<b>TSMC</b>" in entity_card(Entity("tsmc", "TSMC", "Company"))
    True
    """
    kind = classes()[entity.type].label if entity.type in classes() else entity.type
    names = " · ".join(entity.aliases)
    also = f'<div style="{_QUIET}">Also {escape(names)}</div>' if names else ""
    return _card(f"<b>{escape(entity.label)}</b> {_tag(kind)}{_tag(entity.id)}{also}")


def claim_card(claim: Claim) -> str:
    """A claim: what it says, how it is said and how sure that is, its sentence with the two names marked."""
    known = relations().get(claim.relation)
    verb = known.label if known else claim.relation
    said = f"<b>{escape(claim.subject.label)}</b> {escape(verb)} <b>{escape(claim.object.label)}</b>"
    tags = [] if claim.is_fact else [str(claim.polarity), str(claim.modality)]
    tags += [f"{claim.confidence:.0%} sure", *([claim.time] if claim.time else [])]
    tags += [f"{key}: {value}" for key, value in sorted(claim.qualifiers.items())]
    marks = ((claim.subject.mention, _SUBJECT), (claim.object.mention, _OBJECT))
    return _card(f"<div>{said}</div>{''.join(map(_tag, tags))}{_quote(claim.evidence, *marks)}{_source(claim)}")


def number_card(number: Observation) -> str:
    """A number: of what, how much, when, its sentence with the name and the figure marked."""
    period = f" ({escape(number.period)})" if number.period else ""
    said = f"<b>{escape(number.about.label)}</b>: {escape(number.metric)} <b>{escape(number.printed)}</b>{period}"
    tags = ["forecast"] * number.forecast + ["approximate"] * number.approx + [f"{number.confidence:.0%} sure"]
    marks = ((number.about.mention, _SUBJECT), (number.printed, _OBJECT))
    return _card(f"<div>{said}</div>{''.join(map(_tag, tags))}{_quote(number.evidence, *marks)}{_source(number)}")


def _card(inner: str) -> str:
    return f'<div class="{LITERAL}" style="{_CARD}">{inner}</div>'


def _tag(text: str) -> str:
    return f'<span style="{_TAG}">{escape(text)}</span>'


def _source(statement: Claim | Observation) -> str:
    return f'<div style="{_QUIET}">{escape(statement.source)}</div>'


def _quote(evidence: Evidence, *marks: tuple[str, str]) -> str:
    """The sentence; each name is marked where it first stands, outside of what is marked already."""
    spans: list[tuple[int, int, str]] = []
    for name, style in marks:
        at = evidence.text.find(name) if name else -1
        if at >= 0 and not any(start < at + len(name) and at < end for start, end, _ in spans):
            spans.append((at, at + len(name), style))
    pieces, at = [], 0
    for start, end, style in sorted(spans):
        pieces += [escape(evidence.text[at:start]), f'<mark style="{style};color:inherit">']
        pieces += [escape(evidence.text[start:end]), "</mark>"]
        at = end
    pieces.append(escape(evidence.text[at:]))
    return (
        f'<blockquote style="margin:8px 0;padding-left:10px;border-left:3px solid #8886">{"".join(pieces)}</blockquote>'
    )
