"""Who says "we": the firm whose text it is, or that of whoever is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract import lexicon
from extract.syntax import surface_subjects
from ontology.classes import is_a

if TYPE_CHECKING:
    from extract.discourse import Discourse, Reading
    from extract.mention_index import Mention
    from extract.model import Entity
    from extract.tree import Token

_WE = frozenset({"we", "us", "our"})


def speaker(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    """The organisation that a "we", "our" or "us" stands for: the quoted one's, the one named beside it, the topic."""
    quoted = _quoted(discourse, reading, token)
    if quoted is not None:
        return quoted
    named = _introduced(discourse)
    if named is not None:
        return [named]
    told = _told_of(discourse, reading, token)
    return [author for author in _author(discourse, reading) if author.id not in told]


def _told_of(discourse: Discourse, reading: Reading, token: Token) -> set[str]:
    """Who acts in a clause around a "we" under a name and so is somebody else: "In 2022 Arm sued us"."""
    above = {word.i for word in token.ancestors}
    names = [m for m in reading.mentions_in(token.sent) if m.kind == "name" and _is_subject(reading, m)]
    return {discourse.entity(reading, m).id for m in names if reading.doc[m.root].head.i in above}


def _quoted(discourse: Discourse, reading: Reading, token: Token) -> list[Entity] | None:
    """Whose words stand in quotation marks around a token; None where it stands in none."""
    marks = [t.i for t in reading.doc if t.text == '"']
    before = [i for i in marks if i < token.i]
    if len(before) % 2 == 0:
        return None
    closing = next((i for i in marks if i > token.i), len(reading.doc))
    beside = [t for t in reading.doc[closing : closing + 3] if not t.is_punct]
    tellers = [t for t in (*reading.doc[closing : closing + 14], *reading.doc[: before[-1]]) if _tells(t)]
    for verb in [*(t for t in tellers if t.i > closing), *(t for t in reversed(tellers) if t.i < before[-1])]:
        for subject in (*surface_subjects(verb), *(t for t in beside if t.dep_ == "nsubj" and t.head == verb)):
            if found := _voice(discourse, reading, subject):
                return found
    return _spoken_of(discourse, reading, token)


def _spoken_of(discourse: Discourse, reading: Reading, token: Token) -> list[Entity]:
    """The organisation before a quotation whose speaker's employer the text does not tell: its subject comes first."""
    for earlier, sentence, mentions in discourse.before(reading, token, blocks=2):
        if sentence == token.sent and earlier is reading:
            continue
        firms = [m for m in mentions if m.kind == "name" and is_a(m.type, "Company")]
        if firms:
            return [discourse.entity(earlier, min(firms, key=lambda m: not _is_subject(earlier, m)))]
    return []


def _is_subject(reading: Reading, mention: Mention) -> bool:
    return reading.doc[mention.root].dep_ in ("nsubj", "nsubj:pass")


def _tells(token: Token) -> bool:
    return token.pos_ == "VERB" and token.lemma in lexicon.words("factuality", "reporting")


def _voice(discourse: Discourse, reading: Reading, subject: Token) -> list[Entity]:
    """The organisation for which a speaker speaks: "Hua Hong's president", "Lisa Su, chief executive of AMD"."""
    phrase = {t.i for t in subject.subtree}
    inside = [m for m in reading.index.mentions if m.root in phrase and m.kind == "name"]
    for mention in inside:
        if is_a(mention.type, "Organization") and not is_a(mention.type, "MediaOrganization"):
            return [discourse.entity(reading, mention)]
    person = next((m for m in inside if is_a(m.type, "Person")), None)
    return _employer(discourse, reading, person.text.split()[-1]) if person is not None else []


def _employer(discourse: Discourse, reading: Reading, surname: str) -> list[Entity]:
    """The organisation named beside a person where the text first presents them."""
    for earlier in discourse.readings[: reading.place + 1]:
        for mention in earlier.index.mentions:
            if is_a(mention.type, "Person") and mention.text.endswith(surname):
                sentence = earlier.doc[mention.root].sent
                near = [
                    m
                    for m in earlier.index.mentions
                    if m.kind == "name" and is_a(m.type, "Organization") and sentence.start <= m.root < sentence.end
                ]
                if near:
                    nearest = min(near, key=lambda m: abs(m.root - mention.root))
                    return [discourse.entity(earlier, nearest)]
    return []


def _introduced(discourse: Discourse) -> Entity | None:
    """The organisation that calls itself "we" by name somewhere: "We, Granite Valve Corp., have ..."."""
    for reading in discourse.readings:
        for mention in reading.index.mentions:
            before = reading.doc[max(0, mention.start - 2) : mention.start]
            beside = len(before) == 2 and before[0].lower_ in _WE and before[1].text in (",", "at", "(")
            if beside and is_a(mention.type, "Organization"):
                return discourse.entity(reading, mention)
    return None


def _author(discourse: Discourse, reading: Reading) -> list[Entity]:
    """The organisation that a text in the first person is by: its topic, where its first lines name that one."""
    topic = discourse.section_subject(reading)
    first = discourse.readings[:2]
    named = {discourse.entity(r, m).id for r in first for m in r.index.mentions if m.kind == "name"}
    if topic is not None and topic.id in named:
        return [topic]
    # A filing names its firm now and then, as the subject; those it trades with are none.
    subjects = {
        (entity := discourse.entity(r, m)).id: entity
        for r in discourse.readings
        for m in r.index.mentions
        if m.kind == "name" and is_a(m.type, "Company") and _is_subject(r, m)
    }
    return list(subjects.values()) if len(subjects) == 1 else []
