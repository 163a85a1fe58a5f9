"""The notation of the domain templates: a sentence and its tree on one line, close to how one would write it.

`[nsubj {ORG}] {GIVE.Z} [obj chips] [obl to {ORG2}] .` is read so. `[label ... ]` is a phrase that hangs by the label
from the head of the phrase around it. The head of a phrase is the word marked `*`, else its last word of content that
stands in no inner bracket. All other bare words hang from that head by what their tags say: `the` as det, `to` as case
or mark, `is` as cop or aux. `{ORG}` is a gap, `{ORG2}` another of its kind. `sign.Z` is a verb and its form: B base,
Z signs, P sign, D and N signed, G signing. `form_TAG` gives a tag that the word list does not, `~lemma` a lemma and
`=label` a label; `^` joins a word to the one before; `will|may` are choices.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ontology.errors import InvalidData

VERB_TAGS: Mapping[str, str] = {"B": "VB", "Z": "VBZ", "P": "VBP", "D": "VBD", "N": "VBN", "G": "VBG"}
FUNCTION_TAGS = frozenset({"DT", "PDT", "IN", "TO", "MD", "CC", "POS", "PRP$", "WP$", "RB", "RP", "WRB", "RBR"})
MARKS: Mapping[str, str] = {
    ".": ".",
    ",": ",",
    ":": ":",
    ";": ",",
    "-": "HYPH",
    "(": "-LRB-",
    ")": "-RRB-",
    "“": "``",
    "”": "''",
}
SYMBOLS = frozenset({"$", "€", "£", "¥"})
TOKEN = re.compile(
    r"(?P<glued>\^)?(?P<form>\{[^}]+\}|[^\s_~=*]+?)(?:_(?P<tag>[A-Z$]+))?(?:~(?P<lemma>[^=*\s]+))?(?:=(?P<dep>[a-z:]+))?(?P<star>\*)?"
)
VERB = re.compile(r"([a-z]+)\.([BZPDNG])")
GAP = re.compile(r"\{([A-Z_]+[0-9]?)(?:\.([BZPDNG]))?\}")
FIXED_DEPS: Mapping[str, str] = {
    "DT": "det",
    "PDT": "det:predet",
    "MD": "aux",
    "CC": "cc",
    "POS": "case",
    "PRP$": "nmod:poss",
    "WP$": "nmod:poss",
    "RB": "advmod",
    "RBR": "advmod",
    "WRB": "advmod",
    "RP": "compound:prt",
    "CD": "nummod",
}


@dataclass(slots=True)
class Leaf:
    """One word of a template; `dep` is empty until its phrase settles it."""

    form: str
    tag: str
    lemma: str
    dep: str = ""
    glued: bool = False
    starred: bool = False

    @property
    def is_verb(self) -> bool:
        """Whether the tag is a verb's."""
        return self.tag.startswith("VB")


@dataclass(slots=True)
class Group:
    """A phrase: words and inner phrases in order. A filled gap is a phrase without a label of its own."""

    dep: str
    items: list["Leaf | Group"] = field(default_factory=list)
    starred: bool = False
    bare: bool = False

    def head_item(self) -> "Leaf | Group":
        """Return the word or filled gap that the rest hangs from."""
        marked = [item for item in self.items if item.starred]
        open_items = [item for item in self.items if not item.dep and not is_function(item)]
        if not marked and not open_items:
            raise InvalidData(f"The phrase [{self.dep} ...] has no head; mark one word of it with '*'.")
        return marked[0] if marked else open_items[-1]

    def head(self) -> Leaf:
        """Return the word at the bottom of the chain of heads."""
        item = self.head_item()
        return item.head() if isinstance(item, Group) else item


def is_function(item: Leaf | Group) -> bool:
    """Tell whether an item never heads a phrase unless marked: an article, a preposition, a mark, a labelled phrase."""
    if isinstance(item, Group):
        return not item.bare
    return item.tag in FUNCTION_TAGS or item.form in MARKS


def default_dep(item: Leaf, head: Leaf, earlier: bool, last_be: bool) -> str:
    """Return the label of a bare word by its tag and its head's.

    item: Leaf, the word.
    head: Leaf, the head of its phrase.
    earlier: bool, whether the word stands before the head.
    last_be: bool, whether it is the form of "be" nearest to the head.

    Returns a label of Universal Dependencies.
    """
    if item.form in MARKS:
        return "punct"
    if item.tag in {"IN", "TO"}:
        return "mark" if head.is_verb else "case"
    if item.tag in FIXED_DEPS:
        return FIXED_DEPS[item.tag]
    if item.is_verb:
        return _verb_dep(item, head, last_be)
    if not earlier:
        raise InvalidData(f"The word {item.form!r} follows its head {head.form!r} without a label; give it one.")
    return "amod" if item.tag in {"JJ", "JJR", "JJS"} else "compound"


def _verb_dep(item: Leaf, head: Leaf, last_be: bool) -> str:
    if item.lemma == "be" and last_be and not head.is_verb:
        return "cop"
    if item.lemma == "be" and last_be and head.tag == "VBN":
        return "aux:pass"
    if item.lemma in {"be", "have", "do"}:
        return "aux"
    if item.tag in {"VBN", "VBG"} and not head.is_verb:
        return "amod"
    raise InvalidData(f"The verb {item.form!r} beside the head {head.form!r} needs a label.")


def settle(group: Group) -> None:
    """Give every bare word of a phrase and of the phrases inside it its label."""
    chosen = group.head_item()
    head = group.head()
    place = next(number for number, item in enumerate(group.items) if item is chosen)
    forms_of_be = [n for n, item in enumerate(group.items[:place]) if isinstance(item, Leaf) and item.lemma == "be"]
    for number, item in enumerate(group.items):
        if isinstance(item, Group):
            settle(item)
        if item is not chosen and not item.dep:
            word = item.head() if isinstance(item, Group) else item
            item.dep = default_dep(word, head, number < place, number in forms_of_be[-1:])


def split(line: str) -> list[str]:
    """Return the pieces of a template: brackets and words.

    >>> split("[nsubj {ORG}] sign.D [obj a deal].")
    ['[nsubj', '{ORG}', ']', 'sign.D', '[obj', 'a', 'deal', ']', '.']
    """
    return line.replace("]", " ] ").split()


@dataclass(frozen=True, slots=True)
class Flat:
    """A word in its sentence: the place of its head, or -1 for the root."""

    leaf: Leaf
    head: int
    dep: str


def laid_out(group: Group) -> list[Flat]:
    """Return the words of a settled phrase in order, each with its head's place."""
    leaves: list[Leaf] = []
    heads: dict[int, tuple[int, str]] = {}
    _walk(group, leaves)
    places = {id(leaf): place for place, leaf in enumerate(leaves)}
    _hang(group, places, heads)
    rows = [(leaf, *heads.get(place, (-1, "root"))) for place, leaf in enumerate(leaves)]
    return [Flat(leaf, *_moved(place, leaf, head, dep, rows)) for place, (leaf, head, dep) in enumerate(rows)]


def _walk(group: Group, leaves: list[Leaf]) -> None:
    for item in group.items:
        if isinstance(item, Group):
            _walk(item, leaves)
        else:
            leaves.append(item)


def _hang(group: Group, places: Mapping[int, int], heads: dict[int, tuple[int, str]]) -> None:
    chosen, head = group.head_item(), places[id(group.head())]
    for item in group.items:
        if isinstance(item, Group):
            _hang(item, places, heads)
        if item is not chosen:
            word = item.head() if isinstance(item, Group) else item
            heads[places[id(word)]] = (head, item.dep)


def _moved(place: int, leaf: Leaf, head: int, dep: str, rows: Sequence[tuple[Leaf, int, str]]) -> tuple[int, str]:
    """Hang a hyphen, and the later words of a fixed expression, from the word before, as the treebanks do."""
    if leaf.tag == "HYPH" and place:
        return place - 1, dep
    if dep == "fixed":
        first = max(earlier for earlier in range(place) if rows[earlier][2] != "fixed")
        return first, dep
    return head, dep
