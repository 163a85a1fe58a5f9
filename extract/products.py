"""Which products and nodes a general noun stands for: "its first processor, the Godson-1", "the A100 and H100 chips".

Who makes "chips, the A100 and H100" makes the two, and "2nm production" is of the node: the noun says what kind of
thing it is, the words beside it say which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon
from extract.clauses import conjuncts
from ontology.classes import is_a

if TYPE_CHECKING:
    from extract.mention_index import Mention, MentionIndex
    from extract.tree import Token

# How far behind "nodes" the list of them may begin, in tokens.
_NEAR = 6
# What may stand between a general noun and the name that it introduces: "chips, the A100", "a chip dubbed Kirin".
_INTRODUCING = frozenset({",", "(", "the", "its", "called", "named", "dubbed", "codenamed", "known", "as", ":"})


def named_products(index: MentionIndex, token: Token, mention: Mention) -> list[Mention]:
    """The named products that a general noun for a product is said of; none where it names no one thing.

    token: the noun; mention: what it is a mention of.
    """
    if mention.kind != "concept" or not is_a(mention.type, "Product"):
        return []
    return (
        _named_before(index, token)
        or _named_behind(index, token, mention)
        or [m for head in _described(token) if (m := _product_name(index, head)) is not None]
    )


def coordinated(index: MentionIndex, token: Token, mention: Mention) -> list[Mention]:
    """The kinds that share a noun with its own: the first of "LPDDR5X and DDR5 memory"."""
    if mention.kind != "concept" or not is_a(mention.type, "Product"):
        return []
    return [m for m in _before(index, token) if m.end <= mention.start and is_a(m.type, "Product")]


def carried(index: MentionIndex, token: Token) -> list[Mention]:
    """The products or nodes before a noun that says nothing of its own: "2nm production", "the Ryzen series"."""
    word = token.lemma
    if word not in lexicon.words("descriptions", "carriers"):
        return []
    found = [m for m in _before(index, token) if m.kind == "node" or (is_a(m.type, "Product") and m.kind != "group")]
    return found or (_listed_nodes(index, token) if word in ("node", "process") else [])


def _listed_nodes(index: MentionIndex, token: Token) -> list[Mention]:
    """The nodes that a list behind "nodes" names: "two nodes for radios, N6RF and N4C"."""
    doc = token.doc
    nodes = [m for m in index.mentions if m.kind == "node" and token.i < m.start and doc[m.start].sent == token.sent]
    if not nodes or nodes[0].start > token.i + _NEAR or doc[nodes[0].start - 1].text not in (",", ":", "("):
        return []
    found = nodes[:1]
    for node in nodes[1:]:
        if all(t.lower_ in (",", "and", "or") for t in doc[found[-1].end : node.start]):
            found.append(node)
    return found


def _before(index: MentionIndex, token: Token) -> list[Mention]:
    """The mentions among the nouns before a noun, in the order of the text, each once."""
    heads = [c for c in token.children if c.i < token.i and c.dep_ in ("compound", "nmod:unmarked", "nummod", "flat")]
    # "20nm and 28nm processes": the unit hangs on the number's own noun.
    parts = [part for head in heads for one in (head, *_inner(head)) for part in conjuncts(one) if part.i < token.i]
    found = {m.start: m for part in parts if (m := index.at(part)) is not None and m.end <= token.i}
    return [found[start] for start in sorted(found)]


def _inner(head: Token) -> list[Token]:
    return [c for c in head.children if c.dep_ in ("compound", "nummod") and c.i < head.i]


def _named_before(index: MentionIndex, token: Token) -> list[Mention]:
    """The names right before a noun: "the Kirin 9000S processor", "A100 and H100 chips"."""
    found = [m for m in _before(index, token) if m.kind == "name" and is_a(m.type, "Product")]
    return found if found and found[-1].end >= token.i - 1 else []


def _named_behind(index: MentionIndex, token: Token, mention: Mention) -> list[Mention]:
    """The names in apposition, read from the words, as the parser hangs them anywhere: "its chip, the A100"."""
    doc, at = token.doc, mention.end
    while at < len(doc) and at < mention.end + 4 and doc[at].lower_ in _INTRODUCING:
        at += 1
    if at == mention.end or at >= len(doc) or doc[at].sent != token.sent:
        return []
    first = next((m for m in index.mentions if m.start == at), None)
    if first is None or first.kind != "name" or not is_a(first.type, "Product"):
        return []
    found = [_product_name(index, part) for part in conjuncts(doc[first.root])]
    return [m for m in found if m is not None]


def _described(token: Token) -> list[Token]:
    """Whom a noun is said of, in apposition or behind "is": "the M1, a processor", "the M1 is a processor"."""
    if token.dep_ == "appos":
        return [token.head]
    if any(c.dep_ == "cop" for c in token.children):
        return [c for c in token.children if c.dep_ == "nsubj"]
    return []


def _product_name(index: MentionIndex, token: Token) -> Mention | None:
    """The named product that a token heads or carries: "the M1", "the M1 series"."""
    mention = index.at(token)
    if mention is None:
        inner = [m for m in carried(index, token) if m.kind == "name"]
        return inner[0] if len(inner) == 1 else None
    return mention if mention.kind == "name" and is_a(mention.type, "Product") else None
