"""From candidates and measured quantities to claims and observations, with evidence and qualifiers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract import lexicon
from extract.arguments import fillers
from extract.attribution import sources
from extract.model import Claim, Entity, Evidence, Modality, Observation, Polarity
from extract.qualify import factuality
from extract.reasons import reasons
from ontology.classes import is_a
from ontology.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.dates import Date
    from extract.discourse import Discourse, Reading
    from extract.measures import Measured
    from extract.mention_index import Mention
    from extract.qualify import Factuality
    from extract.relations.matcher import Candidate
    from extract.tree import Span, Token

# How many numbers of annotated value are told of the right entity: about half, on the corpus and on real texts alike
# (`python tests/quality/ablation.py`). What would tell the right from the wrong is not known yet.
_NUMBERS = 0.5
_SPEAKERS = ("Organization", "Person", "Country")
_SUPPORTING = ("subsidises", "boosts")
_ON_PRODUCTS = ("produces", "develops", "usesNode")
# How far into a sentence a date may stand, in characters, to count for all of it.
_OPENING = 25


# How `reasons` words by whom a candidate was found.
FOUND_BY = {"rule": "rule", "both": "rule and model", "model": "model"}


def weight(reading: Reading, candidate: Candidate) -> float:
    """How far the rules trust a candidate, from 0 to 1: the rule's prior, the trust in each end, how much it tells."""
    trust = candidate.rule.confidence * candidate.subject.weight * candidate.object.weight * _informative(candidate)
    return trust * _VAGUE if _is_vague(reading, candidate) else trust


def claim(
    discourse: Discourse,
    reading: Reading,
    candidate: Candidate,
    confidence: float,
    by: str = "rule",
    facts: Factuality | None = None,
) -> Claim:
    """The claim that a candidate states.

    confidence: the probability that it is right; by: a key of `FOUND_BY`; facts: how the text means it, None where
    the words around its trigger tell.
    """
    trigger = candidate.trigger
    facts = facts or factuality(trigger, candidate.rule, (candidate.subject.token, candidate.object.token))
    found = list(_qualifiers(discourse, reading, candidate))
    qualifiers = {name: value for name, value, _ in found}
    if facts.status:
        qualifiers["status"] = facts.status
    date = _date(reading, trigger)
    speaker = _attribution(discourse, reading, candidate)
    words = {name: text for name, _, text in found} | dict(_told(reading, facts, date, speaker))
    return Claim(
        document=discourse.document.id,
        source=discourse.document.source,
        subject=candidate.subject.entity,
        relation=candidate.rule.relation,
        object=candidate.object.entity,
        evidence=evidence_of(discourse, reading, trigger.sent),
        rule=candidate.rule.id,
        polarity=facts.polarity,
        modality=facts.modality,
        time=date.value if date else None,
        attributed_to=speaker,
        qualifiers=qualifiers,
        confidence=round(confidence, 3),
        reasons={"found by": FOUND_BY[by], **reasons(discourse, reading, candidate), **words},
    )


def _told(reading: Reading, facts: Factuality, date: Date | None, speaker: Entity | None) -> Iterator[tuple[str, str]]:
    """The words behind how a claim is meant, when it holds and who says so, where there are such words."""
    for name, word in facts.reasons.items():
        # Two negations make none, and some rules let none through: then no word is behind the polarity.
        if name != "polarity" or facts.polarity is Polarity.NEGATED:
            yield name, word
    if date is not None:
        yield "time", reading.doc.text[date.start : date.end]
    if speaker is not None:
        yield "said by", speaker.mention


# How far a kind of product without a name can be trusted where a product with one is looked for.
_VAGUE = 0.45


def _is_vague(reading: Reading, candidate: Candidate) -> bool:
    """True where a kind of product says little: one that is yet to be made ("plans to make server chips"), or one whose
    node is its maker's ("makes cellular chips at 7nm").
    """
    relation = candidate.rule.relation
    if relation == "produces" and _is_kind(reading, candidate.object.token):
        ends = (candidate.subject.token, candidate.object.token)
        return factuality(candidate.trigger, candidate.rule, ends).modality is not Modality.ASSERTED
    product = is_a(candidate.subject.entity.type, "Product")
    return relation == "usesNode" and product and _is_kind(reading, candidate.subject.token)


def _is_kind(reading: Reading, token: Token) -> bool:
    """True for a common noun's mention; "HBM4" and "the Cell processor" are as good as names."""
    mention = reading.index.at(token)
    if mention is None or mention.kind != "concept" or _has_node(reading, mention):
        return False
    words = reading.doc[mention.start : mention.end]
    return not any(any(c.isdigit() for c in t.text) or (t.is_title and not t.is_sent_start) for t in words)


def _has_node(reading: Reading, mention: Mention) -> bool:
    """True where a process node right before a kind of product tells it from others: "40nm controllers"."""
    before = reading.index.covering.get(mention.start - 1)
    return before is not None and before.kind == "node"


def _informative(candidate: Candidate) -> float:
    """How much a claim's ends tell, from 0 to 1: "a chipmaker makes chips" says little."""
    subject, relation = candidate.subject.entity, candidate.rule.relation
    # A ban that nobody is named for still says what it bans; support that nobody is named for says nothing.
    one_word = " " not in subject.label.replace("export ", "")
    bare = subject.id not in load().entries and (one_word or (subject.label.islower() and relation in _SUPPORTING))
    if bare and is_a(subject.type, "PolicyInstrument"):
        return 0.6  # "controls restrict X", "tax incentives help X": whose they are, the text does not say
    if relation not in _ON_PRODUCTS:
        return 1.0
    general = lexicon.words("nouns", "general")
    # Microchip is a firm, whatever its name means.
    things = [e for e in (subject, candidate.object.entity) if not is_a(e.type, "Organization")]
    return 0.5 if any(e.mention.lower() in general for e in things) else 1.0


def observation(discourse: Discourse, reading: Reading, measured: Measured) -> Observation:
    """The observation that a measured quantity is."""
    quantity = measured.quantity
    value = int(quantity.value) if quantity.value == quantity.value.to_integral_value() else float(quantity.value)
    return Observation(
        document=discourse.document.id,
        source=discourse.document.source,
        about=measured.about,
        metric=measured.metric,
        value=value,
        printed=quantity.printed,
        unit=quantity.unit,
        evidence=evidence_of(discourse, reading, measured.sentence),
        rule=f"quantity.{quantity.kind}",
        period=measured.period,
        base_period=measured.base_period,
        product=measured.product,
        scope=measured.scope,
        forecast=measured.forecast,
        approx=measured.approx,
        direction=measured.direction,
        attributed_to=_speaker(discourse, reading, measured),
        confidence=_NUMBERS,
    )


def evidence_of(discourse: Discourse, reading: Reading, sentence: Span) -> Evidence:
    """The sentence as the stored text has it; of a table's cell the whole row, which names both ends."""
    body = reading.block.body
    if reading.block.row is not None:
        start, end = reading.block.row
        return Evidence(start, end, discourse.document.text[start:end])
    first, last = _stripped(sentence)
    start, end = body.original(first, last)
    return Evidence(start, end, discourse.document.text[start:end])


def _stripped(sentence: Span) -> tuple[int, int]:
    text = sentence.text
    start = sentence.start_char + len(text) - len(text.lstrip())
    return start, max(start, sentence.end_char - (len(text) - len(text.rstrip())))


def _attribution(discourse: Discourse, reading: Reading, candidate: Candidate) -> Entity | None:
    """Who says so, by a name in the text; subject and object of the claim do not vouch for it."""
    taken = {candidate.subject.token.i, candidate.object.token.i}
    for token in sources(candidate.trigger):
        if token.i in taken:
            continue
        for filler in fillers(discourse, reading, token):
            if any(is_a(filler.entity.type, kind) for kind in _SPEAKERS):
                return filler.entity
        for inner in (c for c in token.children if c.dep_ in ("nmod", "nmod:poss", "compound")):
            for filler in fillers(discourse, reading, inner):
                if is_a(filler.entity.type, "Organization"):
                    return filler.entity
    return None


def _speaker(discourse: Discourse, reading: Reading, measured: Measured) -> Entity | None:
    """The organisation that gives a sentence's figures; whom they are about does not vouch for them."""
    root = measured.sentence.root
    said = next((c for c in root.children if c.dep_ == "ccomp"), root)
    for source in sources(said):
        for token in (source, *(c for c in source.children if c.dep_ == "nmod")):
            for filler in fillers(discourse, reading, token):
                if is_a(filler.entity.type, "Organization") and filler.entity.id != measured.about.id:
                    return filler.entity
    return None


def _date(reading: Reading, trigger: Token) -> Date | None:
    """The date of the trigger's clause: the nearest one in it, else the one that opens the sentence."""
    sentence = trigger.sent
    found = [d for d in reading.dates if sentence.start_char <= d.start < sentence.end_char]
    if not found:
        return None
    # "Founded in 1987, it supplies X": the year is that of the founding.
    aside = {t.idx for c in trigger.children if c.dep_ == "advcl" and c.tag_ == "VBN" for t in c.subtree}
    subtree = {t.idx for t in trigger.subtree} - aside
    own = [d for d in found if d.start in subtree and d.lead != "of"] or [
        d for d in found if any(d.start <= i < d.end for i in subtree)
    ]
    if own:
        return min(own, key=lambda d: abs(d.start - trigger.idx))
    opening = [d for d in found if d.start - sentence.start_char < _OPENING and _reaches(reading, d, trigger)]
    return opening[0] if opening else None


def _reaches(reading: Reading, date: Date, trigger: Token) -> bool:
    """True where the date that opens a sentence stands in a clause that the trigger's clause belongs to."""
    span = reading.doc.char_span(date.start, date.end, alignment_mode="expand")
    if span is None or any(t.text == ";" for t in reading.doc[span.start : trigger.i]):
        return False
    clause = next((t for t in span.root.ancestors if t.pos_ in ("VERB", "AUX")), None)
    return clause is None or clause == trigger or clause in tuple(trigger.ancestors) or clause.dep_ != "advcl"


def _qualifiers(discourse: Discourse, reading: Reading, candidate: Candidate) -> Iterator[tuple[str, str, str]]:
    """The node, product, share or sum that the trigger's own phrase states beside subject and object.

    Each as its name, its value and the words that the text has for it.
    """
    taken = {candidate.subject.entity.id, candidate.object.entity.id}
    subtree = {t.i for t in candidate.trigger.subtree}
    if candidate.frame.carrier is not None:
        subtree |= {t.i for t in candidate.frame.carrier.subtree}
    names: set[str] = set()
    for mention in reading.index.mentions:
        if mention.root not in subtree:
            continue
        kind = _qualifier(mention.type)
        if kind is None or kind in names:
            continue
        entity = discourse.entity(reading, mention)
        if entity.id not in taken:
            names.add(kind)
            yield kind, entity.id, mention.text
    yield from _sums(reading, candidate.trigger.sent, subtree)


def _qualifier(type_: str) -> str | None:
    if type_ == "ProcessNode":
        return "node"
    return "product" if is_a(type_, "Product") else None


def _sums(reading: Reading, sentence: Span, subtree: set[int]) -> Iterator[tuple[str, str, str]]:
    names: set[str] = set()
    for quantity in reading.quantities:
        name = {"money": "amount", "percent": "percent"}.get(quantity.kind)
        span = reading.doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
        if name and name not in names and span is not None and span.start in subtree and span.sent == sentence:
            names.add(name)
            yield name, quantity.printed, quantity.printed


def with_aliases(statements: list[Claim | Observation], names: dict[str, tuple[str, ...]]) -> list[Claim | Observation]:
    """The statements with each entity's other names in the document."""

    def named(entity: Entity) -> Entity:
        others = tuple(n for n in names.get(entity.id, ()) if n not in (entity.label, entity.mention))
        return replace(entity, aliases=others) if others else entity

    found: list[Claim | Observation] = []
    for s in statements:
        if isinstance(s, Claim):
            found.append(replace(s, subject=named(s.subject), object=named(s.object)))
        else:
            found.append(replace(s, about=named(s.about)))
    return found


def holds(candidate: Candidate) -> bool:
    """False where the sentence negates a word that implies its relation only when affirmed."""
    return not candidate.rule.affirmed or factuality(candidate.trigger, candidate.rule).polarity is Polarity.AFFIRMED


def is_stated(statement: Claim | Observation) -> bool:
    """False where a claim says nothing: a possible one that is negated as well."""
    return not (
        isinstance(statement, Claim) and statement.polarity == "negated" and statement.modality is Modality.POSSIBLE
    )
