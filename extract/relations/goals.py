"""Arguments that are no mentions: a stated aim as text, and the document itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon
from extract.arguments import Filler
from extract.model import Entity
from ontology import iri

if TYPE_CHECKING:
    from extract.discourse import Discourse
    from extract.tree import Token

_LONGEST = 160


def goal(trigger: Token) -> list[Filler]:
    """The aim that a verb or noun introduces, as the text words it: "aims to secure supply", "the goal is to ..."."""
    return [_text(clause) for clause in _clauses(trigger)]


def _clauses(trigger: Token) -> list[Token]:
    own = [c for c in trigger.children if c.dep_ in ("xcomp", "advcl", "acl", "ccomp") and _is_infinitive(c)]
    if own or trigger.dep_ not in ("nsubj", "nsubj:outer"):
        return own
    head = trigger.head
    below = [c for c in head.children if c.dep_ in ("xcomp", "ccomp", "csubj") and _is_infinitive(c)]
    return [head] if _is_infinitive(head) else below


def _is_infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and any(c.lower_ == "to" for c in token.children)


def _text(clause: Token) -> Filler:
    words = [t for t in clause.subtree if t.i >= clause.i and not (t.is_punct and t.i == clause.right_edge.i)]
    text = clause.doc[words[0].i : words[-1].i + 1].text[:_LONGEST].rstrip(" .,;:")
    return Filler(Entity(iri.slug(text), text, "Text", text), clause, "name", 1.0)


def document(discourse: Discourse, objects: tuple[Token, ...]) -> list[Filler]:
    """The document that speaks of itself: "wrote this report"."""
    for token in objects:
        itself = any(c.lower_ in ("this", "the") for c in token.children if c.dep_ == "det")
        if itself and token.lemma in lexicon.words("nouns", "document"):
            return [Filler(document_entity(discourse), token, "name", 1.0)]
    return []


def document_entity(discourse: Discourse) -> Entity:
    """The document as an entity: its id, its title where it has one."""
    source = discourse.document
    first = discourse.readings[0].block.body.text if discourse.readings else source.source
    title = source.title or (first if len(discourse.readings) > 1 else source.source)
    return Entity(f"document-{source.id}", title, "Document", title)
