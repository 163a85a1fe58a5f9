"""What the parser hangs in the wrong place so often that the words themselves tell it, mended before the tree is built.

Each mend looks at a word, its head and its neighbours only; whatever it does not know it leaves as the parser had it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extract import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

_ON_AUXILIARY = frozenset({"nsubj", "nsubj:pass", "advmod", "obl", "obl:unmarked"})
_ASIDE = frozenset({"parataxis", "appos"})
_RELATIVE = frozenset({"which", "whose", "whom"})
_DESCRIPTIONS = frozenset({"subsidiary", "affiliate", "parent", "rival", "partner"})
_IN_NAME = frozenset({"compound", "flat"})


class Part(NamedTuple):
    """A word as the parser saw and read it."""

    text: str
    tag: str
    pos: str
    lemma: str
    dep: str
    head: int


def mended(parts: Sequence[Part]) -> list[Part]:
    """The words of a text with the heads and labels that the parser should have given them.

    parts: the words in order, `head` the number of each word's head, its own for the root of a sentence.

    >>> words = "Elmos has merged".split(), ("NNP", "VBZ", "VBN"), ("nsubj", "aux", "root"), (1, 2, 2)
    >>> [part.head for part in mended([Part(w, t, "", w, d, h) for w, t, d, h in zip(*words)])]
    [2, 2, 2]
    """
    found = list(parts)
    below: list[list[int]] = [[] for _ in found]
    for i, part in enumerate(found):
        if part.head != i:
            below[part.head].append(i)
    for i, part in enumerate(parts):
        head = parts[part.head]
        if part.dep in _ON_AUXILIARY and head.dep in ("aux", "aux:pass") and head.head != part.head:
            found[i] = part._replace(head=head.head)  # "Elmos has merged": whom an auxiliary was given
        elif part.dep == "appos" and _is_listed(parts, below, i):
            found[i] = part._replace(dep="conj")
        elif part.dep == "conj" and (described := _described(parts, below, i)) is not None:
            found[i] = part._replace(dep="appos", head=described)
        elif part.dep in _ASIDE and (noun := _relative_to(parts, below, i)) is not None:
            found[i] = part._replace(dep="acl:relcl", head=noun)
        elif part.dep == "case" and (noun := _phrased(parts, below, part.head)) is not None:
            found[i] = part._replace(head=noun)
        elif part.dep == "compound" and _is_paid(parts, i):
            found[i] = part._replace(dep="obj", head=head.head)
        elif part.dep == "obj" and _is_processed(parts, below, i):  # "provides video processing chips"
            found[part.head] = head._replace(dep="compound", head=i, tag="NN", pos="NOUN", lemma=head.text)
            found[i] = part._replace(head=head.head)
        elif part.dep == "acl:relcl" and (noun := _restricted(parts, below, i)) is not None:
            found[i] = part._replace(head=noun)
        elif part.dep in ("list", "conj") and (name := _titled(parts, below, i)) is not None:
            found[i] = part._replace(dep="appos" if name == part.head else "conj", head=name)
        if part.tag in ("JJ", "VBD"):
            found[i] = _retagged(parts, below, i, found[i])
        elif part.tag == "JJS" and (noun := _largest(parts, below, i)) is not None:
            _hang_on(found, parts, below, i, noun)
    return found


def _phrased(parts: Sequence[Part], below: list[list[int]], i: int) -> int | None:
    """The noun of a phrase whose preposition was hung inside: "by Ohio-based Intel", "on a new-generation node"."""
    inner = parts[i].head
    if not i < inner or parts[i].dep not in ("compound", "obl:unmarked", "nmod"):
        return None
    if parts[inner].dep == "amod" and parts[inner].text in ("based", "headquartered"):
        inner = parts[inner].head
    elif parts[i].dep != "compound" or parts[inner].dep not in ("obl", "nmod", "obl:agent"):
        return None
    return inner if inner > i and not any(parts[c].dep == "case" and c < i for c in below[inner]) else None


def _is_processed(parts: Sequence[Part], below: list[list[int]], i: int) -> bool:
    """True for the object of a participle that is a part of its name: "provides video processing chips"."""
    inner = parts[i].head
    between = all(parts[j].dep == "compound" for j in range(inner + 1, i))
    led = any(parts[c].dep == "compound" and c == inner - 1 for c in below[inner])
    return inner < i and parts[inner].tag == "VBG" and parts[inner].dep in ("xcomp", "ccomp") and between and led


def _restricted(parts: Sequence[Part], below: list[list[int]], i: int) -> int | None:
    """The noun that a "that" goes with, as names take none: "a spin-off of CEA-Leti that makes wafers"."""
    name = parts[i].head
    noun = parts[name].head
    opener = name + 1 < len(parts) and parts[name + 1].text == "that" and name + 1 in below[i]
    held = parts[name].dep == "nmod" and parts[name].pos == "PROPN" and noun < name
    return noun if opener and held and parts[noun].pos == "NOUN" else None


def _is_paid(parts: Sequence[Part], i: int) -> bool:
    """True for the receiver of a sum that was taken for a part of it: "fined Qualcomm €242 million"."""
    sum_ = parts[parts[i].head]
    money = sum_.tag == "$" and sum_.dep in ("obj", "obl:unmarked") and parts[i].head > i
    return money and parts[i].pos == "PROPN" and i > 0 and parts[sum_.head].pos == "VERB" and sum_.head < i


def _titled(parts: Sequence[Part], below: list[list[int]], i: int) -> int | None:
    """What an office behind a name belongs to, name or office: "Ana Roth, president and chief executive"."""
    head = parts[i].head
    if not head < i or parts[head].pos != "PROPN" or parts[i].lemma not in lexicon.words("nouns", "person"):
        return None
    if parts[i].dep == "list":
        return head
    before = [j for j in below[head] if head < j < i and parts[j].lemma in lexicon.words("nouns", "person")]
    joined = any(parts[c].dep == "cc" for c in below[i])
    return before[-1] if before and joined and all(parts[j].dep in ("list", "appos") for j in before) else None


def _largest(parts: Sequence[Part], below: list[list[int]], i: int) -> int | None:
    """The noun of a superlative that was taken for the main word: "is Taiwan's biggest DRAM maker"."""
    owner = i > 1 and parts[i - 1].text in ("'s", "’s") and parts[i - 1].head in below[i]
    nouns = [j for j in below[i] if parts[j].dep == "obj" and j > i and parts[j].tag in ("NN", "NNS")]
    said = any(parts[j].dep == "cop" for j in below[i])
    return nouns[0] if owner and said and nouns else None


def _hang_on(found: list[Part], parts: Sequence[Part], below: list[list[int]], i: int, noun: int) -> None:
    """Makes a noun what is said in place of its adjective."""
    owner = parts[i - 1].head
    for j in below[i]:
        found[j] = found[j]._replace(head=noun, dep="nmod:poss" if j == owner else parts[j].dep)
    found[noun] = parts[noun]._replace(head=noun if parts[i].head == i else parts[i].head, dep=parts[i].dep)
    found[i] = parts[i]._replace(head=noun, dep="amod")


def _retagged(parts: Sequence[Part], below: list[list[int]], i: int, part: Part) -> Part:
    """A participle taken for a past tense ("Elmos, allied with Soitec"), a description for an adjective."""
    own = any(parts[c].dep in ("nsubj", "nsubj:pass", "aux") for c in below[i])
    if part.tag == "VBD" and part.dep == "acl" and part.head < i and not own:
        return part._replace(tag="VBN")
    following = parts[i + 1] if i + 1 < len(parts) else part
    if part.tag == "JJ" and part.dep == "amod" and part.text in _DESCRIPTIONS and following.pos == "PROPN":
        return part._replace(tag="NN", pos="NOUN", dep="compound")  # "its subsidiary Zeiss SMT"
    return part


def _is_listed(parts: Sequence[Part], below: list[list[int]], i: int) -> bool:
    """True for the second of a list that was taken for another name of the first: "Sony, Denso and NTT"."""
    head = parts[i].head
    if not head < i or not _is_name(parts[i]) or not _is_name(parts[head]):
        return False
    start = _left(parts, below, i)
    joined = [c for c in (*below[i], *below[head]) if parts[c].dep == "conj" and c > i and _is_name(parts[c])]
    tied = any(parts[g].dep == "cc" for c in joined for g in below[c])
    return tied and start > 0 and parts[start - 1].text == ","


def _is_name(part: Part) -> bool:
    return part.pos in ("PROPN", "NOUN") and part.text[0].isupper()


def _left(parts: Sequence[Part], below: list[list[int]], i: int) -> int:
    """Where the words before a name begin that belong to it."""
    return min([i, *(c for c in below[i] if parts[c].dep not in ("punct", "cc"))])


def _described(parts: Sequence[Part], below: list[list[int]], i: int) -> int | None:
    """The description before a name that was hung on the verb: "united with its rival, Saltillo Chips"."""
    if not _is_name(parts[i]) or any(parts[c].dep in ("cc", "case") for c in below[i]):
        return None
    start = _left(parts, below, i)
    if start < 2 or parts[start - 1].text != "," or parts[start - 2].pos != "NOUN":
        return None
    noun = start - 2
    if parts[i].head == noun:  # "its two allies, IBM and imec"
        return noun if parts[noun].lemma in lexicon.words("nouns", "group") else None
    return noun if parts[noun].head == parts[i].head and parts[parts[i].head].pos == "VERB" else None


def _relative_to(parts: Sequence[Part], below: list[list[int]], i: int) -> int | None:
    """The noun before a relative clause that was hung elsewhere: "sued Intel, whose parts were found"."""
    if parts[i].pos not in ("VERB", "AUX", "NOUN", "ADJ") or parts[i].head >= i:
        return None
    openers = [c for c in below[i] if c < i and parts[c].dep != "punct"][:1]
    openers += [g for c in openers for g in below[c][:1]]
    words = [c for c in openers if parts[c].text in _RELATIVE]
    if not words:
        return None
    at = words[0]
    while at > 0 and parts[at - 1].pos == "ADP":
        at -= 1
    if at < 2 or parts[at - 1].text != ",":
        return None
    noun = at - 2
    while parts[noun].dep in _IN_NAME and parts[noun].head < at - 1:
        noun = parts[noun].head
    return noun if parts[noun].pos in ("PROPN", "NOUN") else None
