"""Word classes, features and lemmas of the domain sentences, as the treebanks give them for the same tags."""

from collections.abc import Mapping, Sequence

from extract.language.recipe.domain_notation import MARKS, Flat

FINITE = "Mood=Ind|Number={number}|Person=3|Tense={tense}|VerbForm=Fin"
FEATURES: Mapping[str, str] = {
    "VB": "VerbForm=Inf",
    "MD": "VerbForm=Fin",
    "NN": "Number=Sing",
    "NNP": "Number=Sing",
    "NNS": "Number=Plur",
    "NNPS": "Number=Plur",
    "JJ": "Degree=Pos",
    "JJR": "Degree=Cmp",
    "JJS": "Degree=Sup",
    "RBR": "Degree=Cmp",
    "WDT": "PronType=Rel",
    "WP": "PronType=Rel",
    "WP$": "Poss=Yes|PronType=Rel",
    "WRB": "PronType=Rel",
}
WORD_FEATURES: Mapping[str, str] = {
    "a": "Definite=Ind|PronType=Art",
    "an": "Definite=Ind|PronType=Art",
    "the": "Definite=Def|PronType=Art",
    "no": "PronType=Neg",
    "this": "Number=Sing|PronType=Dem",
    "all": "PronType=Tot",
    "another": "PronType=Ind",
    "any": "PronType=Ind",
    "its": "Case=Gen|Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs",
    "their": "Case=Gen|Number=Plur|Person=3|Poss=Yes|PronType=Prs",
    "them": "Case=Acc|Number=Plur|Person=3|PronType=Prs",
    "they": "Case=Nom|Number=Plur|Person=3|PronType=Prs",
    "we": "Case=Nom|Number=Plur|Person=1|PronType=Prs",
    "he": "Case=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs",
    "first": "Degree=Pos|NumForm=Word|NumType=Ord",
    "second": "Degree=Pos|NumForm=Word|NumType=Ord",
    "third": "Degree=Pos|NumForm=Word|NumType=Ord",
    "not": "Polarity=Neg",
    "n't": "Polarity=Neg",
}
CLASSES: Mapping[str, str] = {
    "NN": "NOUN",
    "NNS": "NOUN",
    "NNP": "PROPN",
    "NNPS": "PROPN",
    "JJ": "ADJ",
    "JJR": "ADJ",
    "JJS": "ADJ",
    "RB": "ADV",
    "RBR": "ADV",
    "WRB": "ADV",
    "IN": "ADP",
    "RP": "ADP",
    "DT": "DET",
    "PDT": "DET",
    "CC": "CCONJ",
    "MD": "AUX",
    "TO": "PART",
    "POS": "PART",
    "PRP": "PRON",
    "PRP$": "PRON",
    "WP": "PRON",
    "WP$": "PRON",
    "WDT": "PRON",
    "CD": "NUM",
    "$": "SYM",
}
# What a fixed expression is as a whole, by its function.
FIXED_CLASSES: Mapping[str, str] = {"case": "ADP", "cc": "CCONJ", "advmod": "ADV", "mark": "SCONJ"}
AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
GERUND = frozenset({"acl", "amod", "xcomp"})
PLURAL = frozenset({"NNS", "NNPS"})
# Plurals whose singular is not what the rule gives, and plural forms that are their own lemma.
SINGULARS: Mapping[str, str] = {"series": "series", "headquarters": "headquarters"}
LEMMAS: Mapping[str, str] = {
    "an": "a",
    "biggest": "big",
    "higher": "high",
    "larger": "large",
    "largest": "large",
    "longer": "long",
    "lower": "low",
    "n't": "not",
    "them": "they",
    "tougher": "tough",
    "“": '"',
    "”": '"',
}


def upos(rows: Sequence[Flat], place: int) -> str:
    """Return the universal word class of a word in its sentence."""
    row = rows[place]
    tag, form = row.leaf.tag, row.leaf.form
    if form in MARKS or tag in {"NFP", ":"}:
        return "PUNCT"
    if form == "%":
        return "SYM"
    if form in {"not", "n't"}:
        return "PART"
    if row.leaf.is_verb:
        return "AUX" if row.dep in AUXILIARY else "VERB"
    if tag in {"IN", "TO"} and row.dep == "case":
        return "ADP"
    if tag == "IN" and row.dep == "mark":
        return "SCONJ"
    if tag == "NNP" and row.dep == "amod":
        return "ADJ"
    return "PRON" if tag == "DT" and row.dep not in {"det", "det:predet"} else CLASSES[tag]


def features(rows: Sequence[Flat], place: int) -> str:
    """Return the features of a word in its sentence, empty where it has none."""
    own = _own_features(rows, place)
    fixed = any(child.dep == "fixed" for _, child in _children(rows, place))
    if not fixed:
        return own
    whole = f"ExtPos={FIXED_CLASSES[rows[place].dep]}"
    return "|".join(sorted(filter(None, [*own.split("|"), whole])))


def _own_features(rows: Sequence[Flat], place: int) -> str:
    leaf = rows[place].leaf
    if leaf.tag == "NNP" and rows[place].dep == "amod":
        return "Degree=Pos"
    if leaf.form == "it":
        case = "Nom" if rows[place].dep.startswith("nsubj") else "Acc"
        return f"Case={case}|Gender=Neut|Number=Sing|Person=3|PronType=Prs"
    if leaf.form in WORD_FEATURES and leaf.tag not in {"NN", "NNP"}:
        return WORD_FEATURES[leaf.form]
    if leaf.tag == "CD":
        return f"NumForm={'Digit' if leaf.form[0].isdigit() else 'Word'}|NumType=Card"
    if leaf.is_verb:
        return _verb_features(rows, place)
    return "" if leaf.form in MARKS else FEATURES.get(leaf.tag, "")


def _verb_features(rows: Sequence[Flat], place: int) -> str:
    tag = rows[place].leaf.tag
    if tag == "VBZ":
        return FINITE.format(number="Sing", tense="Pres")
    if tag == "VBP":
        return FINITE.format(number="Plur", tense="Pres")
    if tag == "VBD":
        return FINITE.format(number="Plur" if _many(rows, place) else "Sing", tense="Past")
    if tag == "VBN":
        return "Tense=Past|VerbForm=Part" + "|Voice=Pass" * _is_passive(rows, place)
    if tag == "VBG":
        return "VerbForm=Ger" if _is_gerund(rows, place) else "Tense=Pres|VerbForm=Part"
    return FEATURES[tag]


def _children(rows: Sequence[Flat], place: int) -> list[tuple[int, Flat]]:
    return [(number, row) for number, row in enumerate(rows) if row.head == place]


def _many(rows: Sequence[Flat], place: int) -> bool:
    """Tell whether the subject of a verb, or of the verb it helps or joins, is plural."""
    row = rows[place]
    subjects = [number for number, child in _children(rows, place) if child.dep.startswith("nsubj")]
    if not subjects:
        return row.dep in AUXILIARY | {"conj"} and row.head >= 0 and _many(rows, row.head)
    subject = rows[subjects[0]].leaf
    joined = any(child.dep == "conj" for _, child in _children(rows, subjects[0]))
    return joined or subject.tag in PLURAL or subject.form == "they"


def _is_passive(rows: Sequence[Flat], place: int) -> bool:
    row = rows[place]
    if row.dep in AUXILIARY:
        return False
    deps = {child.dep for _, child in _children(rows, place)}
    if row.dep == "conj" and not deps & AUXILIARY and rows[row.head].leaf.tag == "VBN":
        return _is_passive(rows, row.head)
    return "aux" not in deps or "aux:pass" in deps


def _is_gerund(rows: Sequence[Flat], place: int) -> bool:
    row = rows[place]
    prepositions = [child for _, child in _children(rows, place) if child.dep == "mark"]
    return row.dep in GERUND or bool(prepositions)


def lemma_of_noun(form: str, tag: str) -> str:
    """Return the lemma of any word but a verb in a template.

    >>> [lemma_of_noun(form, "NNS") for form in ("supplies", "chips", "processes", "foundries")]
    ['supply', 'chip', 'process', 'foundry']
    """
    if form in LEMMAS:
        return LEMMAS[form]
    if tag in {"VBZ", "VBP", "VBD", "VB", "VBN", "VBG"}:
        return AUXILIARY_LEMMAS[form]
    if tag not in PLURAL:
        return form
    if form in SINGULARS:
        return SINGULARS[form]
    if form.endswith("ies"):
        return f"{form[:-3]}y"
    long_ending = form.endswith(("sses", "xes", "ches", "shes"))
    return form[:-2] if long_ending else form.removesuffix("s")


AUXILIARY_LEMMAS: Mapping[str, str] = {
    **dict.fromkeys(("is", "are", "was", "were", "be", "been", "being"), "be"),
    **dict.fromkeys(("has", "have", "had", "having"), "have"),
    **dict.fromkeys(("does", "do", "did"), "do"),
    "according": "accord",
    "including": "include",
    "based": "base",
}
