"""From mentions to entities, one document at a time: registry first, then what the document itself says.

Every decision has a reason code: `alias` (a name of the registry), `acronym` (the document writes "Long Form (LF)"),
`short` (a later, shorter form of a name), `node`, `concept`, `policy`, `provisional` (nobody knows the name: it gets an
id made from the name, the same in every document).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract import lexicon
from extract.model import Entity
from extract.syntax import agents, holders
from ontology import iri, names, registry
from ontology.classes import is_a

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.mention_index import Mention, MentionIndex
    from extract.tree import Token, Tree
    from ontology.entries import Entry

_ORGANIZATIONS = ("Organization", "ActorGroup")
_ACRONYM = re.compile(r"^[A-Z][A-Za-z0-9&.-]{1,9}$")
_LONG = 4  # letters above which a name in capitals is that of a headline and no acronym
_PLACES = ("Country", "Region")
_ISSUERS = ("Country", "GovernmentBody", "Region")


@dataclass(frozen=True, slots=True)
class Link:
    """What a mention stands for and why."""

    entity: Entity
    reason: str


@dataclass(slots=True)
class Linker:
    """Links the mentions of one document. Show it all texts with `learn` before the first `link`."""

    document: str = ""
    _acronyms: dict[str, Mention] = field(default_factory=dict)
    _long: dict[str, Mention] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _states: set[str] = field(default_factory=set)  # countries of which the text names states
    _links: dict[tuple[int, int, int], Link] = field(default_factory=dict)
    _reasons: dict[Entity, str] = field(default_factory=dict)

    def learn(self, doc: Tree, index: MentionIndex) -> None:
        """Takes note of acronyms that the text introduces and of the long forms of its names."""
        before = None
        for mention in index.mentions:
            if mention.kind != "name":
                continue
            self._seen.update(mention.entries[:1])
            self._states.update(_states(doc, mention))
            self._learn_acronym(doc, mention)
            if mention.type == "StockExchange" and doc[mention.end : mention.end + 1].text == ":":
                self._learn_ticker(doc, mention.end + 1, before)
            before = mention
            if mention.entries:
                continue
            words = names.fold(names.strip_legal_form(mention.text)).split()
            if len(words) > 1:
                self._long.setdefault(words[0], mention)
                if mention.type == "Person":
                    self._long.setdefault(words[-1], mention)

    def _learn_acronym(self, doc: Tree, mention: Mention) -> None:
        end = mention.end
        if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text in (")", ",", ";"):
            short = doc[end + 1].text
            if _ACRONYM.match(short) and _abbreviates(short, mention.text):
                self._acronyms.setdefault(short, mention)

    def _learn_ticker(self, doc: Tree, at: int, firm: Mention | None) -> None:
        """A ticker behind an exchange stands for the firm before it: "Tower (Nasdaq: TSEM)"."""
        listed = firm is not None and is_a(firm.type, "Organization") and doc[firm.end].text == "("
        if firm is not None and listed and at < len(doc) and doc[at].text.isupper():
            self._acronyms.setdefault(doc[at].text, firm)

    def link(self, doc: Tree, mention: Mention, index: MentionIndex) -> Link:
        """The entity that a mention stands for; the same mention gets the same answer."""
        key = (id(doc), mention.start, mention.end)
        if key not in self._links:
            found = self._links[key] = self._decide(doc, mention, index)
            self._reasons.setdefault(found.entity, found.reason)
        return self._links[key]

    def reason(self, entity: Entity) -> str | None:
        """Why an entity with its mention was decided on; None for one that no mention of the document stands for."""
        return self._reasons.get(entity)

    def _decide(self, doc: Tree, mention: Mention, index: MentionIndex) -> Link:
        if mention.kind == "node":
            return _node(mention)
        if mention.kind == "name":
            return self._name(doc, mention)
        if mention.type == "NationalIndustry" and (owner := _owner(doc[mention.root], index)) is not None:
            words = [t.lower_ for t in doc[mention.start : mention.end]]
            return Link(national_industry(self.link(doc, owner, index).entity, words, mention.text), "concept")
        if is_a(mention.type, "PolicyInstrument") and not mention.entries:
            return self._policy(doc, mention, index)
        if mention.type == "OrganizationalUnit":
            return self._unit(doc, mention, index)
        if is_a(mention.type, "Facility") and not mention.entries:
            return self._facility(doc, mention, index)
        return _concept(doc, mention, index)

    def _facility(self, doc: Tree, mention: Mention, index: MentionIndex) -> Link:
        """A plant without a name is told by its owner and place, else it is one node in its document only."""
        head = doc[mention.root]
        place, owner = _place(head, index), _part_owner(head, index)
        at = self.link(doc, place, index).entity.label if place is not None else ""
        if owner is not None and place is not None:
            label = f"{self.link(doc, owner, index).entity.label}'s {place.text} {head.lemma}"
            known = [entry for entry in registry.load().lookup(label) if is_a(entry.type, "Facility")]
            if known:
                return Link(_known(known[0].id, mention), "concept")
        label = f"{mention.text} in {at}" if at else mention.text
        return Link(Entity(iri.slug(f"{label}-{self.document[:8]}"), label, mention.type, mention.text), "concept")

    def _unit(self, doc: Tree, mention: Mention, index: MentionIndex) -> Link:
        """A part of a firm is told by its owner: "Infineon Wireless Solutions business"."""
        owner = _part_owner(doc[mention.root], index)
        label = f"{self.link(doc, owner, index).entity.label} {mention.text}" if owner is not None else mention.text
        if known := registry.load().lookup(label):
            return Link(_known(known[0].id, mention), "alias")
        return Link(Entity(iri.slug(label), label, mention.type, mention.text), "concept")

    def _name(self, doc: Tree, mention: Mention) -> Link:
        long = self._acronyms.get(mention.text)
        if long is not None and long.text != mention.text:
            return Link(_with_mention(self._name(doc, long).entity, mention), "acronym")
        state = lexicon.table("states")["postal"].get(mention.text)
        if state is not None and _behind_town(doc, mention):
            return Link(_known(state, mention), "alias")
        if mention.entries:
            chosen = self._metonym(doc, mention) or self._namesake(doc, mention) or self._choose(mention.entries)
            return Link(_known(chosen, mention), "alias")
        if found := [e for e in registry.load().lookup(mention.text) if _is_called(e, mention.text)]:
            return Link(_known(found[0].id, mention), "alias")
        key = names.fold(names.strip_legal_form(mention.text))
        full = self._long.get(key)
        if full is not None and full.text != mention.text and _agree(full.type, mention.type):
            return Link(_provisional(full, mention), "short")
        return Link(_provisional(mention, mention), "provisional")

    def _metonym(self, doc: Tree, mention: Mention) -> str | None:
        """The capital that acts is its country: "Beijing retaliated", but "a fab in Beijing"."""
        entries = registry.load().entries
        cities = [id_ for id_ in mention.entries if entries[id_].type == "City"]
        states = [id_ for id_ in mention.entries if id_ not in cities and _is_metonym(mention.text, id_)]
        if not states or not cities:
            return None
        return states[0] if _acts(doc[mention.root]) else cities[0]

    def _namesake(self, doc: Tree, mention: Mention) -> str | None:
        """Of a state and its namesake the state behind a town ("Malta, New York"), a country's among its like too."""
        entries = registry.load().entries
        regions = [id_ for id_ in mention.entries if entries[id_].type == "Region"]
        others = [id_ for id_ in mention.entries if entries[id_].type in ("Country", "City")]
        if not regions or not others:
            return None
        among = entries[others[0]].type == "Country" and entries[regions[0]].country in self._states
        return regions[0] if _behind_town(doc, mention) or among else None

    def _choose(self, entries: tuple[str, ...]) -> str:
        """Of several bearers of a name the one the document also calls otherwise, else the best known."""
        return next((known for known in entries if known in self._seen), entries[0]) if len(entries) > 1 else entries[0]

    def _policy(self, doc: Tree, mention: Mention, index: MentionIndex) -> Link:
        words = _singular(doc, mention, skip=index)
        whose = issuer(doc[mention.root], index)
        if whose is None:
            found = registry.load().lookup(words)
            if found:
                return Link(_known(found[0].id, mention), "alias")
            label = _with_scope(doc, mention)
            return Link(Entity(iri.slug(label), label, mention.type, mention.text), "policy")
        by = self.link(doc, whose, index).entity
        short = _adjective(by)
        head = "export controls" if mention.type == "ExportControl" else doc[mention.start : mention.root + 1].text
        label = f"{short} {_without(head, doc, mention, index)}"
        known = registry.load().lookup(label)
        if known:
            return Link(_known(known[0].id, mention), "policy")
        return Link(Entity(iri.slug(label), label, mention.type, mention.text), "policy")


def _is_metonym(text: str, entry_id: str) -> bool:
    return any(alias.text == text and alias.kind == "metonym" for alias in registry.load().entries[entry_id].aliases)


def _states(doc: Tree, mention: Mention) -> Iterable[str]:
    """The country of which a mention is a state for certain: alone in its name, or behind a town."""
    entries = registry.load().entries
    regions = [entries[id_] for id_ in mention.entries if entries[id_].type == "Region"]
    if len(regions) == 1 and (len(mention.entries) == 1 or _behind_town(doc, mention)):
        return (regions[0].country,) if regions[0].country else ()
    return ()


def _behind_town(doc: Tree, mention: Mention) -> bool:
    """True for the state of "Covington, Georgia"."""
    before = doc[max(0, mention.start - 2) : mention.start]
    return len(before) == 2 and before[1].text == "," and before[0].ent_type_ in ("PLACE", "ORG")


_ACTING = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "nmod:poss", "obl:agent", "iobj", "csubj"})
_TOWARDS = frozenset({"against", "by"})
# Words behind which a capital is whom they are addressed to: "a response to Tokyo", "pressed Seoul".
_ADDRESSED = frozenset({
    "response", "reply", "answer", "retaliation", "warning", "message", "pressure", "respond", "concession", "strike",
    "hit", "talk", "negotiate", "negotiation", "agree", "agreement", "deal", "lobby", "appeal", "press", "urge", "warn",
    "persuade", "ask", "tell", "push", "convince", "join", "follow", "relation", "tension", "dispute",
})  # fmt: skip


def _acts(root: Token) -> bool:
    """True where a capital stands where only its government can: it does something or is told something."""
    head = root
    while head.dep_ == "conj":
        head = head.head
    if head.dep_ in _ACTING or head.preposition in _TOWARDS:
        return True
    told = head.dep_ in ("obj", "nmod", "obl") and head.preposition in (
        None,
        "",
        "to",
        "with",
        "at",
        "from",
        "between",
    )
    return told and head.head.lemma in _ADDRESSED


def _part_owner(head: Token, index: MentionIndex) -> Mention | None:
    """The firm whose part a noun names: "Samsung's Taylor plant", "the wireless business of Broadcom"."""
    owners = (index.at(child) for child in head.children)
    return next((m for m in owners if m is not None and m.kind == "name" and is_a(m.type, "Organization")), None)


def _place(head: Token, index: MentionIndex) -> Mention | None:
    """Where a plant stands: "a fab in Dresden", "its Dresden fab"."""
    for child in head.children:
        place = index.at(child)
        beside = child.i < head.i or child.preposition in ("in", "at", "near")
        if beside and place is not None and is_a(place.type, "Place") and not is_a(place.type, "Facility"):
            return place
    return None


def _with_scope(doc: Tree, mention: Mention) -> str:
    """A measure without an issuer is told by what it is on: "ban on the sale of telecommunications equipment"."""
    for child in doc[mention.root].children:
        if child.dep_ == "nmod" and child.i > mention.root and child.preposition in ("on", "against", "over"):
            end = child.i + 1
            for inner in child.children:
                if inner.dep_ == "nmod" and inner.preposition == "of":
                    end = inner.i + 1
            if end - mention.start <= 12:
                return str(doc[mention.start : end].text)
    return mention.text


def _is_called(entry: Entry, text: str) -> bool:
    """True where an entry has a name in these letters: no ticker, and in this very case where the name needs it."""
    written = {text, names.strip_legal_form(text)}
    keys = {names.fold(form).removeprefix("the ") for form in written}
    shouted = text.isupper() and len(text) > _LONG
    named = (n for n in entry.names if n.kind != "ticker" and (not n.exact or n.text in written or shouted))
    return any(not keys.isdisjoint(map(names.fold, (n.text, names.strip_legal_form(n.text)))) for n in named)


def _abbreviates(short: str, long: str) -> bool:
    """True where the letters of the short form begin words of the long one, in order."""
    initials = [w[0].lower() for w in re.split(r"[\s-]+", long) if w]
    letters = [c.lower() for c in short if c.isalpha()]
    if letters and letters[0] != initials[0]:
        return False
    rest = iter(long.lower())
    return all(letter in rest for letter in letters)


def _agree(a: str, b: str) -> bool:
    return a == b or any(is_a(a, kind) and is_a(b, kind) for kind in _ORGANIZATIONS)


def _with_mention(entity: Entity, mention: Mention) -> Entity:
    return Entity(entity.id, entity.label, entity.type, mention.text)


def _known(entry_id: str, mention: Mention) -> Entity:
    entry = registry.load().entries.get(entry_id)
    if entry is None:
        return Entity(entry_id, mention.text, mention.type, mention.text)
    return Entity(entry.id, entry.label, entry.type, mention.text)


def _provisional(full: Mention, mention: Mention) -> Entity:
    label = names.strip_legal_form(full.text)
    return Entity(iri.slug(label), label, full.type, mention.text)


def _node(mention: Mention) -> Link:
    if mention.entries and mention.entries[0] in registry.load().entries:
        return Link(_known(mention.entries[0], mention), "node")
    return Link(Entity(mention.entries[0], mention.text.replace("nm", " nm"), "ProcessNode", mention.text), "node")


def _concept(doc: Tree, mention: Mention, index: MentionIndex) -> Link:
    if mention.entries:
        return Link(_known(mention.entries[0], mention), "concept")
    for name in (mention.text, _singular(doc, mention)):
        found = [e for e in registry.load().lookup(name) if _agree(e.type, mention.type) or is_a(e.type, mention.type)]
        if found:
            return Link(_known(found[0].id, mention), "concept")
    label = _described(doc, mention, index)
    return Link(Entity(iri.slug(label), label, mention.type, mention.text), "concept")


def national_industry(country: Entity, words: Iterable[str], mention: str) -> Entity:
    """The industry of a country: the chip industry is one node whatever words a text has for it."""
    chips = not {"semiconductor", "chip", "ic", "chipmaking", "microchip"}.isdisjoint(words)
    label = f"{country.label}'s {'semiconductor industry' if chips else mention}"
    known = registry.load().entries.get(f"{country.id}-semiconductor-industry") if chips else None
    return Entity(known.id if known else iri.slug(label), label, "NationalIndustry", mention)


def _described(doc: Tree, mention: Mention, index: MentionIndex) -> str:
    """A group's label carries the place that it belongs to: "China's semiconductor industry"."""
    if mention.kind != "group":
        return mention.text
    for child in doc[mention.root].children:
        place = index.at(child)
        if child.i < mention.start and place is not None and place.type in _PLACES:
            possessive = "'s" if child.dep_ == "nmod:poss" else ""
            return f"{place.text}{possessive} {mention.text}"
    return mention.text


def _owner(head: Token, index: MentionIndex) -> Mention | None:
    places = [index.at(c) for c in head.children if c.i < head.i]
    return next((m for m in places if m is not None and m.type == "Country"), None)


def _singular(doc: Tree, mention: Mention, skip: MentionIndex | None = None) -> str:
    words = [t.text for t in doc[mention.start : mention.end - 1] if skip is None or skip.covering.get(t.i) is None]
    return " ".join([*words, doc[mention.end - 1].lemma])


def issuer(head: Token, index: MentionIndex) -> Mention | None:
    """Whose measure it is: a country or body before the noun, else who carries the noun as a verb's subject."""
    before = [c for c in head.children if c.i < head.i]
    spread = [*before, *(g for c in before for g in c.children)]
    by = [a for c in head.children if c.dep_ == "acl" for a in agents(c)]
    of = [c for c in head.children if c.dep_ == "nmod" and any(k.lower_ in ("by", "from") for k in c.children)]
    for token in [*spread, *of, *by, *_carriers(head)]:
        mention = index.at(token)
        if mention is not None and mention.kind == "name" and mention.type in _ISSUERS:
            return mention
    return None


def _carriers(head: Token) -> Iterable[Token]:
    verb = head.head
    if head.dep_ in ("obj", "nsubj:pass") and verb.lemma in lexicon.words("verbs", "imposing"):
        return holders(head)
    return ()


def _adjective(entity: Entity) -> str:
    """How the entity stands before a noun in a label: "US", "Dutch"; its own label where no such form is known."""
    entry = registry.load().entries.get(entity.id)
    country = entry.country if entry else None
    if entity.type == "GovernmentBody" and country:
        nation = registry.load().states.get(country)
        return _adjective(Entity(nation.id, nation.label, nation.type)) if nation else entity.label
    if entry is None:
        return entity.label
    kinds = {alias.kind: alias.text for alias in reversed(entry.aliases)}
    return "US" if entity.id == "united-states" else kinds.get("demonym", entity.label)


def _without(head: str, doc: Tree, mention: Mention, index: MentionIndex) -> str:
    inside = {m.text for m in index.mentions if m.kind == "name" and mention.start <= m.start and m.end <= mention.end}
    for name in inside:
        head = head.replace(name, "")
    return re.sub(r"\s+", " ", head.replace("'s ", " ")).strip()
