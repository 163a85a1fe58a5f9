"""A claim's reasons in plain words, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.model import Claim, Entity

_HOW = {
    "name": "named in the sentence",
    "concept": "named in the sentence",
    "example": "given as an example",
    "apposed": "said of it right beside it",
    "coreference": "coreference, whom the text spoke of before",
    "transparent": "what the phrase is of",
    "owner": "whose it is",
    "topic": "not named here, whom the passage or document is about",
}
_LINK = {
    "alias": "a name that the registry knows",
    "acronym": "an acronym that the document introduces",
    "short": "a short form of a name in the document",
    "node": "a process node",
    "concept": "a kind of thing",
    "policy": "a measure told by who issued it",
    "provisional": "a name that the registry does not know",
}
_TRIGGER = {
    "verb": "triggered by the verb",
    "noun": "triggered by the noun",
    "adj": "triggered by the adjective",
    "mention": "triggered by the mention of",
    "key": "triggered by the key",
    "byline": "triggered by the byline",
    "between": "triggered by what stands between the two,",
}


def found_by(claim: Claim) -> Iterator[tuple[str, str]]:
    """The rule with the word that triggered it, and whether the model weighed it as well."""
    trigger = claim.reasons.get("trigger")
    because = f", {_TRIGGER.get(_kind(claim.rule), 'triggered by')} {_quoted(trigger)}" if trigger else ""
    yield "rule", f"{claim.rule}{because}"
    if by := claim.reasons.get("found by"):
        yield "found by", by


def ends(claim: Claim) -> Iterator[tuple[str, str]]:
    """Why the words of the sentence were taken for subject and object."""
    for part, entity in (("subject", claim.subject), ("object", claim.object)):
        if why := claim.reasons.get(part):
            yield part, _end(entity, why, claim.reasons.get(f"{part} words"))


def sourced(value: str, claim: Claim, part: str) -> str:
    """A value with the words that it was read from."""
    words = claim.reasons.get(part)
    return f"{value}, from {_quoted(words)}" if words else value


def _end(entity: Entity, why: str, words: str | None) -> str:
    how, _, link = why.partition("; ")
    said = [_HOW.get(how, how), _LINK.get(link, link)]
    return f"{f'{_quoted(words)} → ' if words else ''}{entity.label}: {'; '.join(filter(None, said))}"


def _kind(rule: str) -> str:
    """What kind of word triggers a rule; empty for what is no rule of ours, such as that of an import."""
    from extract.relations.rules import rules

    return next((known.kind for known in rules() if known.id == rule), "")


def _quoted(words: str) -> str:
    return f"‘{words}’"
