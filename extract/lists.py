"""Lists that a text writes in line, read by their joints where the tree has lost them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon
from extract.clauses import conjuncts
from ontology.classes import is_a

if TYPE_CHECKING:
    from extract.discourse import Reading
    from extract.mention_index import Mention
    from extract.tree import Token

_TRADES = frozenset({"trader", "distributor", "reseller", "broker", "importer", "exporter", "startup", "institute"})
_JOINTS = frozenset({",", "and", "or", "&", "/", ";"})


def list_behind(reading: Reading, token: Token) -> list[Token]:
    """The rest of a list that goes on behind a name, where the tree has lost it: "Sony, NTT, NEC and Denso"."""
    first = reading.index.at(token)
    if first is None or first.kind == "group":
        return []
    found: list[Token] = []
    closed = False
    end = first.end
    for mention in reading.index.mentions:
        if mention.start < end or mention.kind == "group":
            continue
        if _is_seat(reading, mention, end) and is_a(first.type, "Organization"):
            end = mention.end
            continue
        joint = _joint(reading, end, mention.start)
        root = reading.doc[mention.root]
        if joint is None or closed or not _alike(first, mention) or _opens_clause(root, token):
            break
        found.append(root)
        closed = joint in ("and", "or", "&")
        end = mention.end
    return found if closed else []


def _opens_clause(name: Token, first: Token) -> bool:
    """True for a name behind "and" that the next clause is about: "supplies optics to A, and B supplies lasers"."""
    return name.dep_ == "nsubj" and first.dep_ != "nsubj" and name.head.i > name.i


def _joint(reading: Reading, start: int, end: int) -> str | None:
    """The last word of what ties two names of a list, brackets behind the first aside; None where it ties nothing."""
    words = [t.lower_ for t in reading.doc[start:end] if not t.is_space]
    if words[:1] == ["("] and ")" in words:
        words = words[words.index(")") + 1 :]
    joints = [word for word in words[:2] if word in _JOINTS]
    described = _is_description(words[len(joints) :])
    return joints[-1] if joints and (len(words) == len(joints) or described) else None


def _is_description(words: list[str]) -> bool:
    """True for what introduces a name of a list: ", the distributor X"."""
    kinds = (lexicon.words("nouns", "organization"), _TRADES)
    return (
        1 < len(words) < 4 and words[0] in ("the", "a", "an") and any(words[-1].rstrip("s") in kind for kind in kinds)
    )


def _is_seat(reading: Reading, place: Mention, end: int) -> bool:
    """True for a place that belongs to the name before it: "Integral of Minsk, Angstrem of Zelenograd and Mikron"."""
    words = [t.lower_ for t in reading.doc[end : place.start]]
    return is_a(place.type, "Place") and words in (["of"], ["in"])


def _alike(a: Mention, b: Mention) -> bool:
    if a.kind != b.kind and "name" in (a.kind, b.kind):
        return False
    kinds = ("Organization", "Product", "Place", "Technology") if a.kind == "name" else ("Product", "Technology")
    return a.type == b.type or any(is_a(a.type, kind) and is_a(b.type, kind) for kind in kinds)


_SPECIFYING = frozenset({
    "primarily", "mainly", "chiefly", "notably", "namely", "especially", "particularly", "mostly", "including",
    "principally", "specifically", "like",
})  # fmt: skip
_DASHES = frozenset({"—", "–", "--", "-", ":"})


def specified(reading: Reading, mention: Mention) -> list[Token]:
    """What a phrase is made of, behind a dash or "primarily": "two memories — HBM3 and GDDR7"."""
    doc, at = reading.doc, mention.end
    if at + 2 >= len(doc) or not doc[at].is_punct:
        return []
    dash = doc[at].text in _DASHES and (bool(doc[at - 1].whitespace_) or doc[at].text in ("—", ":"))
    word = doc[at + 1]
    if word.lower_ in _SPECIFYING and doc[at].text in (",", *_DASHES):
        at += 1
    elif not dash or doc[mention.root].tag_ not in ("NNS", "NNPS"):
        return []
    following = doc[at + 1 : at + 3]
    first = next((m for m in reading.index.mentions if following.start <= m.start < following.end), None)
    if first is None or any(t.pos_ not in ("DET", "ADP") for t in doc[following.start : first.start]):
        return []
    parts = dict.fromkeys([*conjuncts(doc[first.root]), *list_behind(reading, doc[first.root])])
    return [part for part in parts if part.i > mention.end and part.i in reading.index.by_root]
