"""Where a name ends that the recogniser found: it runs names of a list together and takes descriptions along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon
from extract.name_types import TITLES, is_trade, name_type
from ontology import registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.gazetteer import Name
    from extract.parsing import Parsed
    from extract.tree import Span, Token

# A single word of these kinds is no name, whatever the recogniser says.
NO_NAMES = frozenset({"ADJ", "ADV", "VERB", "AUX", "PRON", "DET", "NUM", "SCONJ", "ADP"})
# What stands between two names, never in one, where it has spaces around it; "v" as courts write it.
_PARTING = frozenset({"+", "/", "|", "=", "-", "\u2013", "\u2014", "v", "v.", "vs", "vs.", "\u2192", ">", "=>", ";"})
# What stands before a place and not before a firm that begins a clause: "In Gothenburg Halden Power has ...".
_LOCATING = frozenset({"in", "at", "near", "outside"})


def bounded(span: Span, parsed: Parsed) -> Iterator[Span]:
    """The names in a stretch of words that the recogniser took for one.

    span: the stretch; parsed: its text, with the registry's names in it, which need not be given again.
    """
    for part in _parts(span):
        lone = _begun(_without_trade(_without_owner(_trim(part))))
        name = _without_company(_continued(_without_places(_without_seat(lone, parsed), parsed)), parsed.organizations)
        if name is not None and not _is_row(name, parsed):
            yield name


def _parts(span: Span) -> Iterator[Span]:
    """The names on both sides of a mark: "Alder AI + Beech Logic" is two."""
    doc, start = span.doc, span.start
    for token in span[1:-1]:
        if token.text in _PARTING and (token.text == ";" or (doc[token.i - 1].whitespace_ and token.whitespace_)):
            if token.i > start:
                yield doc[start : token.i]
            start = token.i + 1
    if start < span.end:
        yield doc[start : span.end]


def _names_within(span: Span, parsed: Parsed, kind: str) -> list[Name]:
    """The registry's names of a kind that lie whole in a stretch."""
    end = span[-1].idx + len(span[-1].text)
    return [n for n in parsed.names if span[0].idx <= n.start and n.end <= end and is_a(n.type, kind)]


def _is_row(span: Span, parsed: Parsed) -> bool:
    """True for nothing but known places one behind the other, as tables have them; firms do bear two firms' names."""
    names = _names_within(span, parsed, "Place")
    covered = all(any(n.start <= t.idx < n.end for n in names) for t in span)
    return len(names) > 1 and covered and not _is_nested(names)


def _is_nested(names: list[Name]) -> bool:
    return any(a is not b and a.start <= b.start and b.end <= a.end for a in names for b in names)


def _without_places(span: Span | None, parsed: Parsed) -> Span | None:
    """The firm alone of "in Gothenburg Halden Power", the town alone of "in Crolles STMicroelectronics"."""
    if span is None or len(span) < 2 or not span.start or span.doc[span.start - 1].lower_ not in _LOCATING:
        return span
    firms = _names_within(span, parsed, "Organization")
    if firms and firms[-1].end == span[-1].idx + len(span[-1].text) and firms[-1].start > span[0].idx:
        firm = next(t.i for t in span if t.idx == firms[-1].start)
        return span.doc[span.start : firm]
    towns = [n for n in _names_within(span, parsed, "Place") if n.start == span[0].idx]
    behind = next((t.i for t in span if towns and t.idx >= towns[0].end), span.end)
    return span.doc[behind : span.end] if towns and name_type(span.text, "") == "Company" else span


def _continued(span: Span | None) -> Span | None:
    """The whole of "Tidcombe Verification" where the recogniser saw only the first word: a trade in capitals behind."""
    if span is None or span.end >= len(span.doc):
        return span
    doc, behind = span.doc, span.doc[span.end]
    trade = is_trade(behind.text) or name_type(f"X {behind.text}", "") == "Company"
    if not trade or behind.ent_type_ or not span[-1].is_title or not span[-1].whitespace_:
        return span
    return doc[span.start : span.end + 1]


_FORMS = frozenset({"Corporation", "Corp.", "Corp", "Inc.", "Inc", "Ltd.", "Ltd", "Limited", "LLC", "GmbH"})


def _begun(span: Span | None) -> Span | None:
    """The whole of "nDSP Corporation" where the recogniser saw only the legal form."""
    if span is None or span.start == 0 or span[0].text not in _FORMS:
        return span
    first = span.doc[span.start - 1]
    if first.text == "," and len(span) == 1:
        return None  # the "Inc." of "Kneron, Inc."
    named = first.dep_ in ("compound", "flat") and any(c.isupper() for c in first.text)
    return span.doc[first.i : span.end] if named else None


def _without_owner(span: Span | None) -> Span | None:
    """The name alone of "South Korea's Ministry of Trade"."""
    marks = [t.i for t in span[1:-1] if t.tag_ == "POS"] if span is not None else []
    return span.doc[marks[-1] + 1 : span.end] if span is not None and marks else span


# What a firm is, in words that a recogniser takes for the beginning of its name behind a nation.
_TRADES = frozenset({"OSAT", "EDA", "IP", "IDM", "OEM", "ODM", "EMS", "GPU", "AI", "MEMS", "Foundry", "Fabless"})


def _without_trade(span: Span | None) -> Span | None:
    """The name alone of "Taiwanese OSAT Jinhwa": a nation and a trade before it are a description."""
    if span is None or len(span) < 2 or span[1].text not in _TRADES:
        return span
    known = registry.load().lookup(span[0].text)
    if not any(entry.type == "Country" and entry.label != span[0].text for entry in known):
        return span
    return span.doc[span.start + 2 : span.end] if len(span) > 2 else None


# "Orders for Aixtron" at the head of a sentence.
_TIES = frozenset({"for", "from", "by", "at", "to"})


def _without_company(span: Span | None, known: frozenset[int]) -> Span | None:
    """Nothing of "Legendary TSMC R&D": a known firm with a description before it or an abbreviation behind it."""
    if span is None or not any(t.idx in known for t in span):
        return span
    first = span[0]
    described = first.idx not in known and (first.pos_ in NO_NAMES or _is_description(first))
    described = described or (first.is_sent_start and any(t.lower_ in _TIES for t in span[1:]))
    dashed = any(t.text in ("-", "–", "—") and t.nbor(-1).whitespace_ for t in span[1:])
    return None if described or dashed or name_type(span[-1].text, "") == "NotAName" else span


def _is_description(token: Token) -> bool:
    """True for the first word of "Rival Micron" at the head of a sentence."""
    return token.is_sent_start and token.lower_ in lexicon.words("nouns", "organization")


# Names that go on behind "of".
_OF_PLACES = frozenset({"Bank", "Port", "City"})


def _without_seat(span: Span | None, parsed: Parsed) -> Span | None:
    """The name alone of "Realtek of Hsinchu" and "Dr. Tan of TSMC", but the whole of "University of Tokyo"."""
    if span is None or name_type(span.text, "") in ("ResearchOrganization", "GovernmentBody", "Association"):
        return span
    owners = parsed.organizations | parsed.places
    for token in span[1:-1]:
        if token.lower_ == "of" and span.doc[token.i + 1].idx in owners and span[0].text not in _OF_PLACES:
            return span.doc[span.start : token.i]
    return span


def _trim(span: Span) -> Span | None:
    start, end = span.start, span.end
    doc = span.doc
    while start < end and _opens(doc[start]):
        start += 1
    while start < end and ((doc[end - 1].is_punct and doc[end - 1].text != ".") or doc[end - 1].tag_ == "POS"):
        end -= 1
    text = doc[start:end].text
    if start >= end or not any(c.isupper() for c in text) or len(text) < 2:
        return None
    return doc[start:end]


def _opens(token: Token) -> bool:
    """True for what stands before a name and is none of it: articles, marks, "Dr."."""
    return token.is_punct or token.pos_ == "DET" or token.tag_ == "POS" or token.text in TITLES
