"""Named entities of several corpora as training documents with one set of labels.

Each corpus annotates other types, so "not annotated" means different things in each. A token that another corpus would
have labelled is therefore marked as missing, which the recogniser neither learns as a name nor as no name:

- CrossNER labels products only in its AI part; elsewhere its rest class is missing.
- Universal NER labels persons, organisations and places: other capitalised words are missing.
- GUM's entities are whole noun phrases of all kinds: the proper name inside is kept, unclear kinds are missing.
- KnowledgeNet and CORE label the names of a few facts only: every other capitalised word is missing.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

LABELS = ("ORG", "PERSON", "PLACE", "PRODUCT", "MISC")
MISSING = "-"
OUTSIDE = "O"

CROSSNER: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("organisation", "university", "politicalparty", "band"), "ORG"),
        **dict.fromkeys(("person", "politician", "researcher", "scientist", "writer", "musicalartist"), "PERSON"),
        **dict.fromkeys(("location", "country"), "PLACE"),
        **dict.fromkeys(("product", "programlang"), "PRODUCT"),
        **dict.fromkeys(("book", "poem", "album", "song", "magazine", "academicjournal"), "MISC"),
        **dict.fromkeys(("event", "election", "award", "conference", "astronomicalobject"), "MISC"),
        "misc": MISSING,
    }
)
WNUT: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("corporation", "group"), "ORG"),
        "person": "PERSON",
        "location": "PLACE",
        "product": "PRODUCT",
        "creative-work": "MISC",
    }
)
UNER: Mapping[str, str] = MappingProxyType({"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE"})
# For each property of KnowledgeNet the labels of subject and object; other objects are dates or adjectives.
KNOWLEDGENET: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "HEADQUARTERS": ("ORG", "PLACE"),
        "FOUNDED_BY": ("ORG", "PERSON"),
        "CEO": ("ORG", "PERSON"),
        "SUBSIDIARY_OF": ("ORG", "ORG"),
        "DATE_FOUNDED": ("ORG", MISSING),
        "EMPLOYEE_OR_MEMBER_OF": ("PERSON", "ORG"),
        "EDUCATED_AT": ("PERSON", "ORG"),
        "POLITICAL_AFFILIATION": ("PERSON", "ORG"),
        "PLACE_OF_RESIDENCE": ("PERSON", "PLACE"),
        "PLACE_OF_BIRTH": ("PERSON", "PLACE"),
        "SPOUSE": ("PERSON", "PERSON"),
        "CHILD_OF": ("PERSON", "PERSON"),
    }
)
# Tokens that no blank stands before.
GLUED_RIGHT = frozenset({",", ".", ";", ":", "!", "?", ")", "]", "%", "'s", "n't", "’s", "'re", "'ve"})
# Words that are no name however they are spelt.
NO_NAMES = STOP_WORDS | frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "ceo",
        "cfo",
        "chairman",
        "founder",
        "president",
    ]
)


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence with its names: tokens, whether a blank follows each, and a tag for each.

    A tag is "O", "-" (missing), or "B-" or "I-" with a label.
    """

    tokens: tuple[str, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str, ...]


def read_columns(file: Path, labels: Mapping[str, str], token: int = 0, tag: int = -1) -> Iterator[Named]:
    """Yield the sentences of a column file with BIO tags.

    file: Path, one token a line, sentences parted by blank lines; lines that start with "# " are comments.
    labels: Mapping[str, str], the corpus's label -> ours; a label not in it counts as outside.
    token: int, the column of the token.
    tag: int, the column of the tag.

    Yields each sentence, its labels ours.
    """
    rows: list[list[str]] = []
    for line in [*file.read_text(encoding="utf-8").splitlines(), ""]:
        cells = line.split("\t")
        if line.startswith("# "):
            continue
        if line.strip() and cells[token].strip():
            rows.append(cells)
        elif rows:
            yield spaced([row[token] for row in rows], [relabelled(row[tag].strip(), labels) for row in rows])
            rows = []


def relabelled(tag: str, labels: Mapping[str, str]) -> str:
    """Return a corpus's tag with our label.

    >>> relabelled("B-corporation", WNUT), relabelled("I-task", CROSSNER), relabelled("B-misc", CROSSNER)
    ('B-ORG', 'O', '-')
    """
    prefix, _, label = tag.partition("-")
    ours = labels.get(label, OUTSIDE)
    return ours if ours in {MISSING, OUTSIDE} else f"{prefix}-{ours}"


def spaced(tokens: Sequence[str], tags: Sequence[str]) -> Named:
    """Return a sentence of bare tokens with the blanks that running text would have."""
    after = [not _glued(left, right) for left, right in pairwise(tokens)]
    return Named(tuple(tokens), (*after, False), tuple(tags))


def _glued(left: str, right: str) -> bool:
    return right.lower() in GLUED_RIGHT or left in {"(", "[", "$"}


def with_missing_names(sentence: Named) -> Named:
    """Mark capitalised words without a label as missing: the corpus may have passed over a name there."""
    tags = [
        MISSING if tag == OUTSIDE and form[:1].isupper() and form.lower() not in NO_NAMES else tag
        for form, tag in zip(sentence.tokens, sentence.tags, strict=True)
    ]
    return Named(sentence.tokens, sentence.spaces, tuple(tags))


def read_uner(file: Path) -> Iterator[Named]:
    """Yield Universal NER sentences; other capitalised words inside a sentence are missing, first words are not."""
    for sentence in read_columns(file, UNER, token=1, tag=2):
        marked = with_missing_names(sentence)
        yield Named(sentence.tokens, sentence.spaces, (sentence.tags[0], *marked.tags[1:]))


def read_knowledgenet(file: Path, nlp: Language) -> Iterator[Named]:
    """Yield KnowledgeNet sentences with the names of their facts; pronouns and descriptions are left out."""
    for line in file.read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        spans = [
            (*fact[role], label)
            for fact in passage["facts"]
            for role, label in zip(("subject", "object"), KNOWLEDGENET.get(fact["property"], ()), strict=False)
            if label != MISSING and _is_name(passage["text"][slice(*fact[role])])
        ]
        if spans:
            yield with_missing_names(in_text(nlp, passage["text"], spans))


def _is_name(text: str) -> bool:
    """Tell a name from a pronoun or a description such as "The company"."""
    words = text.split()
    return text[:1].isupper() and words[0].lower() not in NO_NAMES


def in_text(nlp: Language, text: str, spans: Iterable[tuple[int, int, str]]) -> Named:
    """Return a text as tokens with tags, the names given as start, end and label in characters.

    >>> from spacy.lang.en import English
    >>> in_text(English(), "Intel sued.", [(0, 5, "ORG")]).tags
    ('B-ORG', 'O', 'O')
    """
    doc = nlp.make_doc(text)
    tags = [OUTSIDE] * len(doc)
    for start, end, label in sorted(set(spans), key=lambda span: (span[0] - span[1], span)):
        span = doc.char_span(start, end)
        if span is not None and set(tags[span.start : span.end]) == {OUTSIDE}:
            tags[span.start : span.end] = [f"{'I' if place else 'B'}-{label}" for place in range(len(span))]
    return Named(tuple(token.text for token in doc), tuple(bool(token.whitespace_) for token in doc), tuple(tags))


def read_core(file: Path) -> Iterator[Named]:
    """Yield CORE's sentences with the two companies of each; a sentence that comes twice is merged."""
    tags: dict[tuple[str, ...], list[str]] = {}
    for instance in json.loads(file.read_text(encoding="utf-8")):
        tokens = tuple(instance["context"])
        known = tags.setdefault(tokens, [OUTSIDE] * len(tokens))
        for start, end in ((instance[f"{side}_start"], instance[f"{side}_end"] + 1) for side in ("e1", "e2")):
            if _is_name(" ".join(tokens[start:end])):
                known[start:end] = [f"{'I' if place else 'B'}-ORG" for place in range(end - start)]
    for tokens, known in tags.items():
        yield with_missing_names(spaced(tokens, known))


def to_doc(vocab: Vocab, sentence: Named) -> Doc:
    """Build a gold document whose missing tokens the recogniser's training passes over.

    vocab: Vocab, the vocabulary of the pipeline that is trained.
    sentence: Named, tokens and tags.

    Returns a document with its names set, the rest outside or missing.
    """
    doc = Doc(vocab, words=list(sentence.tokens), spaces=list(sentence.spaces))
    names = [Span(doc, start, end, label) for start, end, label in name_spans(sentence.tags)]
    missing = [doc[place : place + 1] for place, tag in enumerate(sentence.tags) if tag == MISSING]
    doc.set_ents(names, missing=missing, default="outside")
    return doc


def name_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return start, end and label of the names in a row of tags.

    >>> name_spans(["B-ORG", "I-ORG", "O", "B-PLACE"])
    [(0, 2, 'ORG'), (3, 4, 'PLACE')]
    """
    spans: list[tuple[int, int, str]] = []
    for place, tag in enumerate(tags):
        prefix, _, label = tag.partition("-")
        if prefix == "B" or (prefix == "I" and not (spans and spans[-1][1:] == (place, label))):
            spans.append((place, place + 1, label))
        elif prefix == "I":
            spans[-1] = (spans[-1][0], place + 1, label)
    return spans
