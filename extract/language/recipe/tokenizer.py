"""The tokenizer: spaCy's English rules, bent towards the word division of Universal Dependencies.

The treebanks part a hyphenated word at each hyphen ("state - of - the - art", "10 - year", "F - 102") but keep a prefix
with its word ("non-binding", "co-founder"). spaCy's own rules do the first between letters only and never the second.
Numbers of the trade press ("5bn", "2019–2024", "U.S.-China") are parted too, so that a unit is always a token.
"""

from typing import Any

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_QUOTES, LIST_ELLIPSES, LIST_ICONS
from spacy.lang.en import English
from spacy.util import compile_infix_regex, compile_suffix_regex

# Prefixes that the treebanks leave joined to their word more often than not.
PREFIXES = ("non", "co", "pre", "anti", "semi", "pro", "re", "e", "mid", "cross")
# Special cases of spaCy's that the treebanks do not share.
NOT_SPECIAL = ("and/or",)
SUFFIXES = [
    r"[!?]{2,}",
    r"(?<=[0-9])(?:bn|mn|tn|trn|k)",
    r"(?<=:[0-9][0-9])(?:[ap]m|[AP]M)",
    r"(?<=[0-9][A-Z])\.",  # the full stop after a product's code: "9000S."
]


def infix_patterns() -> list[str]:
    """Return the regular expressions at which a run of characters is parted inside."""
    joined = "".join(rf"(?<!\b{prefix})(?<!\b{prefix.capitalize()})" for prefix in PREFIXES)
    return [
        *LIST_ELLIPSES,
        *LIST_ICONS,
        r"(?<=[0-9])[+\-\*^](?=[0-9-])",
        rf"(?<=[{ALPHA_LOWER}{CONCAT_QUOTES}])\.(?=[{ALPHA_UPPER}{CONCAT_QUOTES}])",
        rf"(?<=[{ALPHA}]),(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9]){joined}-(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}])-(?=[0-9])",
        rf"(?<=[{ALPHA}]\.)-(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}0-9.,)])(?:–|—|--|---|——|~)(?=[{ALPHA}0-9(])",
        rf"(?<=[{ALPHA}0-9])[:<>=/](?=[{ALPHA}])",
    ]


def customise(nlp: English) -> English:
    """Give a blank English pipeline this project's word division, and return it.

    nlp: English, a blank English pipeline; changed in place.

    Returns the same pipeline.

    >>> [token.text for token in customise(English())("a 10-year, non-binding U.S.-China deal")]
    ['a', '10', '-', 'year', ',', 'non-binding', 'U.S.', '-', 'China', 'deal']
    """
    tokenizer: Any = nlp.tokenizer
    suffixes: Any = nlp.Defaults.suffixes
    tokenizer.infix_finditer = compile_infix_regex(infix_patterns()).finditer
    tokenizer.suffix_search = compile_suffix_regex([*suffixes, *SUFFIXES]).search
    tokenizer.rules = {form: parts for form, parts in tokenizer.rules.items() if form not in NOT_SPECIAL}
    return nlp
