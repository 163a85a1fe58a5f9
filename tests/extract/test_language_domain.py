"""The domain treebank: whole trees, the tokenizer's words, the treebanks' labels, the same at every run."""

from pathlib import Path
from random import Random

import pytest
from spacy.lang.en import English

from extract.language.recipe.domain import (
    HELD_OUT,
    Template,
    conllu,
    expanded,
    held_out,
    is_projective,
    learnt,
    sentences,
    templates,
    write,
)
from extract.language.recipe.domain_fillers import Filling, fillers
from extract.language.recipe.tokenizer import customise
from extract.language.recipe.treebank import Sentence, is_tree, parse_treebank, read_treebank
from ontology.errors import InvalidData

DRAWS = 8
# The labels of EWT and GUM that the templates may use; the rest of their inventory belongs to speech and to lists.
LABELS = frozenset(
    [
        "acl",
        "acl:relcl",
        "advcl",
        "advmod",
        "amod",
        "appos",
        "aux",
        "aux:pass",
        "case",
        "cc",
        "cc:preconj",
        "ccomp",
        "compound",
        "compound:prt",
        "conj",
        "cop",
        "csubj",
        "det",
        "det:predet",
        "expl",
        "fixed",
        "flat",
        "iobj",
        "list",
        "mark",
        "nmod",
        "nmod:desc",
        "nmod:poss",
        "nmod:unmarked",
        "nsubj",
        "nsubj:pass",
        "nummod",
        "obj",
        "obl",
        "obl:agent",
        "obl:unmarked",
        "orphan",
        "parataxis",
        "punct",
        "root",
        "xcomp",
    ]
)
CLASSES = frozenset(
    [
        "ADJ",
        "ADP",
        "ADV",
        "AUX",
        "CCONJ",
        "DET",
        "NOUN",
        "NUM",
        "PART",
        "PRON",
        "PROPN",
        "PUNCT",
        "SCONJ",
        "SYM",
        "VERB",
    ]
)


@pytest.fixture(scope="module")
def every() -> list[tuple[Template, Sentence]]:
    """A few sentences of each template."""
    return [(template, expanded(template, Random(draw))) for template in templates() for draw in range(DRAWS)]


def arcs(sentence: Sentence) -> set[tuple[str, str, str]]:
    """The arcs of a sentence as head, label and word."""
    return {(sentence.words[word.head].form, word.dep, word.form) for word in sentence.words}


def from_text(text: str) -> Sentence:
    """The sentence of a template written in the test."""
    return expanded(Template(0, "plain", text), Random(1))


def test_every_template_gives_projective_trees(every: list[tuple[Template, Sentence]]) -> None:
    broken = [t.line for t, sentence in every if not (is_tree(sentence.words) and is_projective(sentence.words))]
    assert broken == []


def test_words_are_the_tokenizers(every: list[tuple[Template, Sentence]]) -> None:
    nlp = customise(English())
    differing = [s.text for _, s in every if [token.text for token in nlp(s.text)] != [word.form for word in s.words]]
    assert differing == []


def test_labels_and_classes_are_the_treebanks(every: list[tuple[Template, Sentence]]) -> None:
    words = [word for _, sentence in every for word in sentence.words]
    assert {word.dep for word in words} <= LABELS
    assert {word.upos for word in words} <= CLASSES


def test_no_gap_is_left_open(every: list[tuple[Template, Sentence]]) -> None:
    assert not [s.text for _, s in every if set(s.text) & set("{}[]_=~|^")]


def test_templates_are_many_and_unlike() -> None:
    texts = [template.text for template in templates()]
    assert len(texts) >= 250
    assert len(set(texts)) == len(texts)


def test_every_filler_is_used() -> None:
    text = "".join(template.text for template in templates()) + "".join(sum(fillers().gaps.values(), ()))
    assert [name for name in fillers().gaps if "{" + name not in text] == []


def test_every_name_is_a_phrase_with_one_head() -> None:
    names = fillers().gaps["ORG"] + fillers().gaps["ORG_LEGAL"] + fillers().gaps["PERSON"] + fillers().gaps["PLACE"]
    heads = [Filling(Random(0)).read(name).head() for name in names]
    assert {head.tag for head in heads} <= {"NNP", "NNPS"}


def test_every_filler_stands_in_a_sentence() -> None:
    verbs = {name for name, found in fillers().gaps.items() if f"{{{name}." in "".join(t.text for t in templates())}
    things = [snippet for name, found in fillers().gaps.items() if name not in verbs for snippet in found]
    parsed = [from_text(f"[nsubj TSMC] use.Z [obj {thing}] .") for thing in things if "{" not in thing]
    assert all(sentence.words[1].dep == "root" for sentence in parsed)


def test_what_is_measured_is_not_learnt() -> None:
    assert {template.text for template in held_out()}.isdisjoint(template.text for template in learnt())
    assert sorted([*held_out(), *learnt()], key=lambda template: template.line) == list(templates())
    assert len(held_out()) == -(-len(templates()) // HELD_OUT)


def test_same_seed_same_sentences() -> None:
    assert list(sentences(learnt(), 500, seed=3)) == list(sentences(learnt(), 500, seed=3))
    assert list(sentences(learnt(), 500, seed=3)) != list(sentences(learnt(), 500, seed=4))


def test_a_longer_run_starts_like_a_shorter_one() -> None:
    assert list(sentences(learnt(), 600))[:100] == list(sentences(learnt(), 100))


def test_each_round_uses_every_template() -> None:
    count = len(templates())
    roots = [next(word for word in s.words if word.dep == "root") for s in sentences(templates(), count)]
    assert len(roots) == count
    assert sum(word.upos == "VERB" for word in roots) > 0.85 * count


def test_ambiguous_word_is_a_verb_after_a_name() -> None:
    sentence = from_text("[nsubj TSMC] supply.Z [obj chips] [obl to Apple] .")
    assert sentence.text == "TSMC supplies chips to Apple."
    assert [(w.form, w.xpos, w.lemma, w.dep) for w in sentence.words] == [
        ("TSMC", "NNP", "TSMC", "nsubj"),
        ("supplies", "VBZ", "supply", "root"),
        ("chips", "NNS", "chip", "obj"),
        ("to", "IN", "to", "case"),
        ("Apple", "NNP", "Apple", "obl"),
        (".", ".", ".", "punct"),
    ]


def test_three_names_hang_from_the_first() -> None:
    sentence = from_text("[nsubj A [conj , B] [conj , and C]] have seek.N [obj chips] .")
    assert {("A", "conj", "B"), ("A", "conj", "C"), ("C", "cc", "and"), ("sought", "aux", "have")} <= arcs(sentence)


def test_passive_and_perfect_are_told_apart() -> None:
    passive = from_text("[nsubj:pass chips] were ship.N [obl:agent by TSMC] .")
    perfect = from_text("[nsubj TSMC] has ship.N [obj chips] .")
    assert ("shipped", "aux:pass", "were") in arcs(passive)
    assert passive.words[2].feats == "Tense=Past|VerbForm=Part|Voice=Pass"
    assert perfect.words[2].feats == "Tense=Past|VerbForm=Part"


def test_hyphenated_name_and_unit_are_parted() -> None:
    sentence = from_text("[nsubj Shin* - Etsu=flat] use.Z [obj a [compound 40 ^nm] process] .")
    assert sentence.text == "Shin-Etsu uses a 40nm process."
    assert {("Shin", "flat", "Etsu"), ("Shin", "punct", "-"), ("nm", "nummod", "40")} <= arcs(sentence)


def test_one_stop_after_an_abbreviation() -> None:
    assert from_text("[nsubj TSMC] sue.D [obj Norvex Inc.] .").text == "TSMC sued Norvex Inc."


@pytest.mark.parametrize(
    "text",
    [
        "[nsubj TSMC] make.Z [obj wodgets] .",
        "[nsubj TSMC make.Z .",
        "[nsubj the] make.Z .",
        "[nsubj TSMC] make.Z sell.Z .",
    ],
)
def test_faulty_templates_are_refused(text: str) -> None:
    with pytest.raises(InvalidData):
        from_text(text)


def test_conllu_is_read_back(tmp_path: Path) -> None:
    parsed = list(sentences(learnt(), 200))
    write(parsed, tmp_path / "domain.conllu")
    back = list(read_treebank(tmp_path / "domain.conllu"))
    assert [s.text for s in back] == [s.text for s in parsed]
    assert [[(w.form, w.lemma, w.xpos, w.head, w.dep, w.feats) for w in s.words] for s in back] == [
        [(w.form, w.lemma, w.xpos, w.head, w.dep, w.feats) for w in s.words] for s in parsed
    ]
    assert all(s.starts_paragraph for s in back)
    assert [path.name for path in tmp_path.iterdir()] == ["domain.conllu"]


def test_conllu_rows_have_ten_fields() -> None:
    block = conllu(from_text("[nsubj TSMC] make.Z [obj chips] ."), "one")
    rows = [row for row in block.splitlines() if row and not row.startswith("#")]
    assert [len(row.split("\t")) for row in rows] == [10] * 4
    assert next(iter(parse_treebank(block.splitlines()))).text == "TSMC makes chips."
