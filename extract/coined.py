"""Names that nobody lists and that show by their form what they are: "Kirin 9000S", "Fab 8a", "CMOS12", "SEPA".

The recogniser has seen few of them. Letters with digits are a name where the words beside them say so; a number of a
plant, and an office with its field, always are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extract import lexicon
from extract.mention_index import Mention
from extract.noun_phrases import head_type
from ontology import iri
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.parsing import Parsed
    from extract.tree import Span, Token, Tree

_CODE = (
    r"(?:[A-Z][A-Za-z]{0,7}[-:]?\d{1,5}[A-Za-z]{0,4}(?:-[A-Z0-9]{1,4})?\+?|[a-z]\d{1,2}-\d{3,5}[A-Z]{0,3}"
    r"|\d{1,5}[A-Z][A-Za-z]{0,2}\d{0,4}(?:-[A-Z])?)"
)
# Letters with digits that are no products: quarters, generations of networks, units, laws, aircraft, compounds.
_NO_CODE = re.compile(
    r"Q[1-4]|[1-4]Q(?:\d\d)?|H[12]|[12]H(?:\d\d)?|FY-?\d+|CY-?\d+|\d+G|\d+[DKMBTVWAX]"
    r"|\d+(?:nm|mm|um|GHz|MHz|GB|TB|MW|kW|GW|KB|MB)|G\d{1,2}|P\d{1,3}|S\d|F-?\d\d|B-?\d\d|A[34]|R\d{1,3}|Y\d+K?|T\d"
    r"|[A-Z]{1,2}\d|MI[56]|UN\d+|US\d+|EU\d+|COVID-?\d+|ISO-?\d+|IEEE-?\d+|AS\d{4}|Q100|EO-?\d+|WTO\d*|GPT-?\d\w*"
    r"|CO2|N2O|H2O?|NH3|NF3|WF6|SF6|HfO2|SiO2|Si3N4|Ga2O3|Al2O3|In2O3|SiH4|GeH4|AsH3|PH3|BF3|C4F\d|CF4|O[23]"
    r"|(?:19|20)\d\ds?|\d+(?:ST|ND|RD|TH|th|st|nd|rd)|DDR\d\w*|HBM\d\w*|UFS\d|PCIe?\d|USB\d|WiFi\d"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLANT = re.compile(
    r"\b(?:[A-Z][A-Za-z]*(?: [A-Z][a-z]+)? )?(?:Fab|FAB|Gigafab|GIGAFAB|Megafab)[ -](?:No\. ?)?"
    r"(?:\d{1,3}[A-Za-z]?|[A-Z])\b(?! ?[%-])"
    r"|\b(?:Line|Plant)[ -](?:No\. ?)?(?:\d{1,2}[A-Z]?|[A-Z])\b(?! ?[%-])"
)
_CENTRE = re.compile(
    r"\b(?:[A-Z0-9][\w&-]* ){1,4}(?:and (?:[A-Z][\w&]+ ))?(?:R&D|Research|Design|Innovation|Technology|Development|"
    r"Engineering|Packaging|Competence|Solutions|Experience) (?:Center|Centre|Hub|Campus)\b(?! (?:of|for) [A-Z])"
)
_OFFICE = re.compile(
    r"\b(?:(?:[A-Z][a-z]+) ){0,2}(?:Office|Ministry|Department|Secretariat|Bureau|Agency|Commission|Directorate|"
    r"Authority|Administration|Council|Committee|Inspectorate|Directorate-General|Fund) (?:for|of) (?:the )?"
    r"[A-Z][\w&-]+(?:(?:,? and|,)? [A-Z][\w&-]+)*"
)
_BODY = re.compile(
    r"\b(?:[A-Z][A-Za-z&-]+ )(?:(?:[A-Z][A-Za-z&-]+|and|for|of) ){0,4}(?:Commission|Agency|Ministry|Directorate|"
    r"Authority|Secretariat|Inspectorate|Parliament|Senate|Assembly)\b"
)
# Words between what a thing is and its name.
_NAMINGS = frozenset({"called", "named", "dubbed", "namely", "including"})
# Words that open a sentence, not a name.
_OPENERS = frozenset(
    {"The", "In", "At", "Its", "Our", "And", "But", "Of", "From", "With", "Both", "Another", "A", "An"}
)


class _Shape(NamedTuple):
    pattern: re.Pattern[str]
    type: str


_SHAPES = (
    _Shape(_PLANT, "Fab"),
    _Shape(_CENTRE, "ResearchCentre"),
    _Shape(_OFFICE, "GovernmentBody"),
    _Shape(_BODY, "GovernmentBody"),
)


def coined(parsed: Parsed) -> Iterator[Mention]:
    """The names of a text that their form gives away, in no particular order; others may claim the same words."""
    doc = parsed.doc
    actors = [name for name in parsed.names if is_a(name.type, "Actor") or is_a(name.type, "Place")]
    known = {i for name in actors for i in range(name.start, name.end)}
    for shape in _SHAPES:
        for match in shape.pattern.finditer(doc.text):
            if (span := _outside(doc, match, known, shape.type)) is not None:
                yield _mention(span, shape.type, "name")
    codes = list(_coded(doc, known))
    yield from codes
    taken = {i for code in codes for i in range(code.start, code.end)}
    yield from _brands(doc, taken)
    yield from _presented(doc, known, taken)
    for match in _person().finditer(doc.text):
        if match.start() not in known and (span := doc.char_span(match.start(), match.end())) is not None:
            yield _mention(span, "Person", "name")


def _brands(doc: Tree, taken: set[int]) -> Iterator[Mention]:
    """Products that go by a name of their own without a code: "Intel introduced the Itanium"."""
    brands = {word: type_ for type_, words in lexicon.table("coined")["brands"].items() for word in words}
    for token in doc:
        parted = token.head.i > token.i and token.head.lemma in _parts()  # "sold its XScale assets"
        if token.text in brands and token.i not in taken and not parted and not _counts(token):
            yield _mention(doc[token.i : token.i + 1], brands[token.text], "name")


def _presented(doc: Tree, known: set[int], taken: set[int]) -> Iterator[Mention]:
    """Names of which the text says who made them: "the Emotion Engine was designed by Sony"."""
    for token in doc:
        if token.dep_ != "nsubj:pass" or not token.text[0].isupper() or token.idx in known or token.i in taken:
            continue
        agent = token.head.text.islower() and any(c.dep_ == "obl:agent" for c in token.head.children)
        made = agent and token.head.lemma in _words("presenting")
        articles = [c for c in token.children if c.dep_ == "det" and c.lower_ == "the" and c.i < token.i]
        if made and articles and token.lower_ not in _words("bodies"):
            name = doc[articles[0].i + 1 : token.i + 1]
            if all((t.text[0].isupper() or t.pos_ == "NUM") and t.idx not in known for t in name):
                yield _mention(name, "Product", "name")


def _counts(token: Token) -> bool:
    """True for a number that is no name: "8080 jobs", but not "the 8080" and "Intel 8080"."""
    if not token.text.isdigit():
        return False
    before = token.doc[token.i - 1] if token.i else None
    return before is None or not (before.lower_ in ("the", "its") or before.pos_ == "PROPN" or before.tag_ == "POS")


@cache
def _parts() -> frozenset[str]:
    """Nouns of a part of a firm, which a brand before them names."""
    return frozenset((*lexicon.table("coined")["units"]["lemmas"], "asset"))


@cache
def _person() -> re.Pattern[str]:
    surnames = "|".join(sorted(_words("surnames")))
    return re.compile(rf"\b(?:{surnames}) [A-Z][a-z]+-[a-z]+\b")


def _outside(doc: Tree, match: re.Match[str], known: set[int], type_: str) -> Span | None:
    """A match as tokens; a plant's name begins behind the firm before it, an office's with its first capital."""
    start = match.start()
    if type_ == "Fab" and start in known:
        start += len(match[0]) - len(match[0].split(" ", 1)[-1])
    text = doc.text[start : match.end()]
    if text.split(" ", 1)[0] in _OPENERS:
        start += len(text.split(" ", 1)[0]) + 1
    if start >= match.end():
        return None
    return doc.char_span(start, match.end(), alignment_mode="contract")


def _coded(doc: Tree, known: set[int]) -> Iterator[Mention]:
    """Products, processes and plants with digits in their names; of a row of codes one that is told tells the rest."""
    open_: list[Span] = []
    told: list[tuple[Span, str]] = []
    for match in _coded_pattern().finditer(doc.text):
        span = _code_span(doc, match, known)
        if span is None:
            continue
        type_ = _told(span, known)
        if type_ is not None:
            told.append((span, type_))
        elif any(c.isalpha() for c in span.text) and any(c.isdigit() for c in span.text):
            open_.append(span)
    for span in open_:
        near = next((type_ for other, type_ in told if _in_row(span, other)), None)
        if near is not None:
            told.append((span, near))
    for span, type_ in told:
        if type_ == "ProcessNode":
            yield Mention(span.start, span.end, _root(span), type_, "node", span.text, (iri.slug(span.text),))
        else:
            yield _mention(span, type_, "name")


@cache
def _coded_pattern() -> re.Pattern[str]:
    tails = "|".join(lexicon.table("coined")["tails"]["words"])
    tail = rf"(?: (?:{tails})(?: ?\d{{1,2}})?\b)*"
    return re.compile(
        rf"(?<![\w.$€£¥-])(?:(?P<family>[A-Za-z][A-Za-z]{{2,}}) )?(?P<code>{_CODE}|\d{{1,5}})(?P<tail>{tail})"
        r"(?![\w%]|[.,:]\d)"
    )


def _code_span(doc: Tree, match: re.Match[str], known: set[int]) -> Span | None:
    """The tokens of a code with its family; None where it cannot be a product's."""
    family, code, tail = match["family"], match["code"], match["tail"]
    start = match.start("code")
    if family and match.start("family") not in known:
        if family in _numbered():
            return None
        token = doc.char_span(match.start("family"), match.end("family"))
        named = token is not None and token[0].pos_ in ("PROPN", "NOUN", "X") and family[0].isupper()
        if family in _families() or (named and (not code.isdigit() or tail or _is_code_word(doc, match))):
            start = match.start("family")
    alone = start == match.start("code")
    if alone and (code.isdigit() or match.start("code") in known or (_NO_CODE.fullmatch(code) and not tail)):
        return None
    if not alone and code.isdigit() and _YEAR.fullmatch(code):
        return None
    return doc.char_span(start, match.end(), alignment_mode="expand")


def _is_code_word(doc: Tree, match: re.Match[str]) -> bool:
    """A number behind a name is part of it where a product's noun follows: "Adreno 750 GPU"."""
    after = doc.char_span(match.start("code"), match.end(), alignment_mode="expand")
    return after is not None and _after(after) is not None


@cache
def _families() -> dict[str, str]:
    return {word: type_ for type_, words in lexicon.table("coined")["families"].items() for word in words}


@cache
def _numbered() -> frozenset[str]:
    return frozenset(lexicon.table("coined")["numbered"]["words"])


def _words(list_: str) -> frozenset[str]:
    return frozenset(lexicon.table("coined")[list_]["words"])


def _told(span: Span, known: set[int]) -> str | None:
    """The class of a coded name; None where nothing says that it is one."""
    doc = span.doc
    after = doc[span.end] if span.end < len(doc) else None
    before = doc[span.start - 1] if span.start else None
    beside = [t.lemma for t in (before, after) if t is not None]
    if after is not None and (after.lemma in _words("process") or (after.lower_ == "technology" and len(span) == 1)):
        return "ProcessNode"
    if len(span) == 1 and _PROCESS_CODE.fullmatch(span.text) and _speaks_of_process(span):
        return "ProcessNode"
    if len(span) == 1 and any(word in _words("plants") for word in beside):
        return "Fab"
    family = _families().get(span[0].text)
    if (type_ := _after(span) or _before(span)) is not None:
        return type_
    if family is not None and len(span) > 1:
        return family
    if len(span) > 1 and not span[0].text.isdigit() and any(c.isalpha() for t in span[1:] for c in t.text):
        return "ChipProduct"  # a family and a code, or a tail: "Kunlun 2X"
    return "ChipProduct" if _is_owned(span, before, known) else None


# How foundries write their processes: "N6RF", "SF3P".
_PROCESS_CODE = re.compile(r"(?:N|SF)\d{1,2}[A-Z]{0,3}")


def _speaks_of_process(span: Span) -> bool:
    """True where the words of the sentence before a code are about processes: "nodes for radios: N6RF and N4C"."""
    return any(t.lemma in _words("process") for t in span.doc[span.sent.start : span.start])


def _after(span: Span) -> str | None:
    """What the noun behind a name says that it is: "the Titan Q2 chip", "the RA8 series of microcontrollers"."""
    doc, words = span.doc, list[str]()
    for token in doc[span.end : span.end + 4]:
        if token.lemma in _words("lines") or token.text in ("-", "of"):
            continue
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.is_title:
            return None
        type_ = "Equipment" if token.lemma in _words("tools") else head_type(token.lemma, words)
        if type_ is not None and any(is_a(type_, kind) for kind in ("Product", "Equipment", "Material")):
            return type_
        words.append(token.lower_)
    return None


def _before(span: Span) -> str | None:
    """What the noun before a name says that it is: "its processor Kirin 9000S", "two chips, the A100 and H100"."""
    doc = span.doc
    for token in reversed(doc[max(0, span.start - 3) : span.start]):
        if token.pos_ in ("DET", "PUNCT", "PRON") or token.lower_ in _NAMINGS:
            continue
        type_ = head_type(token.lemma, []) if token.pos_ == "NOUN" else None
        return type_ if type_ is not None and (is_a(type_, "Product") or is_a(type_, "Equipment")) else None
    return None


def _is_owned(span: Span, before: Token | None, known: set[int]) -> bool:
    """A bare code is a product's where its maker or an article stands before it, or the recogniser sees a name."""
    if len(span.text) < 3 and not (before is not None and before.tag_ == "POS"):
        return False
    if before is not None and (before.idx in known or before.tag_ in ("POS", "PRP$") or before.lower_ == "the"):
        return True
    return any(token.ent_type_ in ("PRODUCT", "ORG") for token in span)


def _in_row(span: Span, other: Span) -> bool:
    """True where two codes are joined by a comma or an "and": "the A800 and H800"."""
    first, second = sorted((span, other), key=lambda s: s.start)
    between = span.doc[first.end : second.start]
    return len(between) <= 3 and all(t.text in (",", "/", "&") or t.lower_ in ("and", "or", "the") for t in between)


def product_beside(span: Span, *, singular: bool = False) -> str | None:
    """The class of product that the noun beside a name or its family tells; None where neither does.

    singular: bool, True where only "the Titan chip" counts and not "the Titan chips", which may be a firm's.
    """
    family = _families().get(span[0].text)
    doc = span.doc
    if singular:
        after = doc[span.end] if span.end < len(doc) else None
        if after is None or after.tag_ != "NN":
            return family if after is not None and after.lemma in _words("lines") else None
        return family or _after(span)
    return _after(span) or _before(span) or family


def _root(span: Span) -> int:
    return [t.i for t in span if t.head.i < span.start or t.head.i >= span.end or t.head == t][-1]


def _mention(span: Span, type_: str, kind: str) -> Mention:
    return Mention(span.start, span.end, _root(span), type_, kind, span.text)
