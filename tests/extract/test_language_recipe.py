from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.training import Example
from spacy.vocab import Vocab

from extract.language.recipe import augment, gum_names, name_corpora, names, prepare, trade, trade_trees, train, vectors
from extract.language.recipe.evaluate import treebank_files, treebank_scores
from extract.language.recipe.tokenizer import customise
from extract.language.recipe.treebank import (
    Sentence,
    Word,
    inserted,
    is_tree,
    parse_treebank,
    read_treebank,
    subtree,
    without,
)

DATA = Path(__file__).parents[2].parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="the training data lie beside the checkout, not in it")

# Sentences of our own. Columns: form, lemma, class, tag, features, head, label, and whether no blank follows.
OPENED = """# newdoc id = ours
# newpar
1 Norvik Norvik PROPN NNP Number=Sing 3 nsubj:pass _
2 was be AUX VBD VerbForm=Fin 3 aux:pass _
3 fined fine VERB VBN VerbForm=Part 0 root _
4 by by ADP IN _ 6 case _
5 the the DET DT _ 6 det _
6 court court NOUN NN Number=Sing 3 obl:agent SpaceAfter=No
7 . . PUNCT . _ 3 punct _

# newpar
1 The the DET DT _ 2 det _
2 maker maker NOUN NN Number=Sing 6 nsubj SpaceAfter=No
3 's 's PART POS _ 2 case _
4-5 doesn't _ _ _ _ _ _ _
4 does do AUX VBZ _ 6 aux _
5 n't not PART RB _ 6 advmod _
6 sell sell VERB VB VerbForm=Inf 0 root _
7 " " PUNCT `` _ 8 punct SpaceAfter=No
8 chips chip NOUN NNS Number=Plur 6 obj SpaceAfter=No
9 " " PUNCT '' _ 8 punct SpaceAfter=No
10 . . PUNCT . _ 6 punct _
"""


def conllu(text: str) -> list[str]:
    """CoNLL-U lines from the short form above."""
    lines = []
    for line in text.splitlines():
        cells = line.split(" ")
        ours = line and not line.startswith("#")
        lines.append("\t".join([*cells[:8], "_", cells[8]]) if ours else line)
    return [*lines, ""]


@pytest.fixture(scope="module")
def treebank() -> list[Sentence]:
    return list(parse_treebank(conllu(OPENED)))


def test_a_treebank_is_read(treebank: list[Sentence], tmp_path: Path) -> None:
    file = tmp_path / "ours.conllu"
    file.write_text("\n".join(conllu(OPENED)), encoding="utf-8")
    assert list(read_treebank(file)) == treebank
    assert [s.text for s in treebank] == ["Norvik was fined by the court.", "The maker's doesn't sell \"chips\"."]
    assert [s.starts_paragraph for s in treebank] == [True, True]
    assert [s.starts_document for s in treebank] == [True, False]
    assert all(is_tree(s.words) for s in treebank)


@pytest.mark.parametrize("heads", [[1, 0], [0, 1], [5, 0], [1, 2, 1, 3], [-3, 0]])
def test_what_is_no_tree_is_found_out(heads: list[int]) -> None:
    assert not is_tree([Word("a", "a", "X", "X", "", head, "dep") for head in heads])


def test_words_go_and_come_with_their_heads(treebank: list[Sentence]) -> None:
    words = treebank[0].words
    assert subtree(words, 5) == {3, 4, 5}
    shorter = without(words, {3, 4, 5})
    assert [word.form for word in shorter] == ["Norvik", "was", "fined", "."]
    assert is_tree(shorter)
    longer = inserted(words, 2, [Word("not", "not", "PART", "RB", "", 2, "advmod")])
    assert (longer[2].form, longer[longer[2].head].form) == ("not", "fined")
    assert is_tree(longer)


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    """Sentences of one to twelve words with a random projective or non-projective tree."""
    count = draw(st.integers(1, 12))
    root = draw(st.integers(0, count - 1))
    order = [root, *draw(st.permutations([place for place in range(count) if place != root]))]
    heads = {root: root}
    for rank, place in enumerate(order[1:], 1):
        heads[place] = order[draw(st.integers(0, rank - 1))]
    return Sentence(tuple(draw(words(heads[place], place == root)) for place in range(count)))


@st.composite
def words(draw: st.DrawFn, head: int, root: bool) -> Word:
    form, lemma, upos, xpos = draw(
        st.sampled_from(
            [
                ("Norvik", "Norvik", "PROPN", "NNP"),
                ("the", "the", "DET", "DT"),
                ("was", "be", "AUX", "VBD"),
                ("sells", "sell", "VERB", "VBZ"),
                ("'s", "'s", "PART", "POS"),
                ('"', '"', "PUNCT", "``"),
                (".", ".", "PUNCT", "."),
                ("chips", "chip", "NOUN", "NNS"),
            ]
        )
    )
    dep = "root" if root else draw(st.sampled_from(["nsubj", "nsubj:pass", "obj", "det", "aux", "aux:pass", "punct"]))
    return Word(form, lemma, upos, xpos, "", head, dep, draw(st.booleans()))


# How many words a variant may add or take; None: as many as it has subtrees to take.
CHANGES: dict[str, range | None] = {
    **dict.fromkeys(("title_case", "upper_case", "lower_case", "curly_quotes", "company_name"), range(1)),
    "bullet": range(1, 2),
    "numbered": range(2, 3),
    "no_final_mark": range(-1, 0),
    **dict.fromkeys(("colon_heading", "no_subject", "telegraphic"), None),
}


@pytest.mark.parametrize("name", sorted(augment.VARIANTS))
@given(sentence=sentences(), seed=st.integers(0, 99))
def test_every_variant_is_a_tree(name: str, sentence: Sentence, seed: int) -> None:
    dressed = augment.VARIANTS[name](sentence, Random(seed))
    if dressed is None:
        return
    assert is_tree(dressed.words)
    change = len(dressed.words) - len(sentence.words)
    allowed = CHANGES[name]
    assert change in allowed if allowed is not None else change <= 1


@given(sentence=sentences(), seed=st.integers(0, 99))
def test_a_seed_fixes_the_variants(sentence: Sentence, seed: int) -> None:
    made = augment.variants(sentence, Random(seed))
    assert made == augment.variants(sentence, Random(seed))
    assert all(is_tree(copy.words) for copy in made)


def test_every_variant_has_a_share() -> None:
    assert augment.SHARES.keys() == augment.VARIANTS.keys()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("upper_case", "NORVIK WAS FINED BY THE COURT."),
        ("lower_case", "norvik was fined by the court."),
        ("no_final_mark", "Norvik was fined by the court"),
        ("colon_heading", "Norvik: Fined by the court."),
        ("no_subject", "Fined by the court."),
        ("telegraphic", "Norvik fined by court"),
    ],
)
def test_variants_read_as_they_should(treebank: list[Sentence], name: str, text: str) -> None:
    dressed = augment.VARIANTS[name](treebank[0], Random(1))
    assert dressed is not None
    assert dressed.text == text


def test_a_heading_keeps_its_subject(treebank: list[Sentence]) -> None:
    heading = augment.colon_heading(treebank[0], Random(1))
    assert heading is not None
    assert [(word.form, word.dep, heading.words[word.head].form) for word in heading.words[:2]] == [
        ("Norvik", "nsubj:pass", "Fined"),
        (":", "punct", "Fined"),
    ]


def test_quotes_are_curled_by_side(treebank: list[Sentence]) -> None:
    curled = augment.curly_quotes(treebank[1], Random(1))
    assert curled is not None
    assert curled.text == "The maker’s doesn’t sell “chips”."
    assert augment.curly_quotes(treebank[0], Random(1)) is None


def test_gold_documents_keep_text_arcs_and_sentences(treebank: list[Sentence]) -> None:
    pieces = prepare.joined(treebank, Random(1))
    doc = prepare.to_doc(Vocab(), pieces)
    assert doc.text.replace("\n", " ").replace("  ", " ").strip() == " ".join(s.text for s in treebank)
    assert len(list(doc.sents)) == 2
    assert doc[0].dep_ == "nsubj:pass"
    assert doc[0].head.text == "fined"
    assert doc[7].text.isspace()


def test_lemmas_under_capitals_are_left_open(treebank: list[Sentence]) -> None:
    shouted = augment.upper_case(treebank[0], Random(1))
    assert shouted is not None
    doc = prepare.to_doc(Vocab(), [shouted.words])
    assert [token.lemma_ for token in doc][:3] == ["Norvik", "", ""]


def test_groups_hold_every_sentence_once(treebank: list[Sentence]) -> None:
    many = treebank * 20
    groups = list(prepare.grouped(many, Random(1)))
    assert [sentence for group in groups for sentence in group] == many
    assert max(map(len, groups)) <= prepare.MOST_SENTENCES
    assert [sentence for group in prepare.paragraphs(many) for sentence in group] == many


def test_training_documents_are_the_same_each_time(tmp_path: Path) -> None:
    file = tmp_path / "ours.conllu"
    file.write_text("\n".join(conllu(OPENED) * 20), encoding="utf-8")
    first, second = ([doc.text for doc in prepare.training_docs(Vocab(), [file])] for _ in range(2))
    assert first == second
    assert len(first) > 10


def test_the_tokenizer_divides_as_the_treebanks_do(treebank: list[Sentence]) -> None:
    nlp = customise(English())
    assert [t.text for t in nlp.make_doc(treebank[0].text)] == [word.form for word in treebank[0].words]


def test_vectors_are_learnt_from_normalised_tokens(tmp_path: Path) -> None:
    import lzma

    raw = tmp_path / "raw.txt.xz"
    raw.write_bytes(
        lzma.compress("Heading\n\nNorvik’s new plant isn’t far from the harbour of the old town.\n".encode())
    )
    vectors.write_tokens([raw], tmp_path / "tokens.txt")
    line = (tmp_path / "tokens.txt").read_text(encoding="utf-8")
    assert line == "norvik 's new plant is not far from the harbour of the old town .\n"


def test_columns_become_names(tmp_path: Path) -> None:
    file = tmp_path / "ours.conll"
    file.write_text("Norvik\tB-corporation\nsued\tO\nLena\tB-person\nHorvat\tI-person\n\t\n", encoding="utf-8")
    (sentence,) = names.read_columns(file, names.WNUT)
    assert sentence.tags == ("B-ORG", "O", "B-PERSON", "I-PERSON")
    doc = names.to_doc(Vocab(), sentence)
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Norvik", "ORG"), ("Lena Horvat", "PERSON")]


def test_types_that_a_corpus_passes_over_are_missing_not_outside(tmp_path: Path) -> None:
    file = tmp_path / "ours.iob2"
    rows = ["1\tThe\tO\t-\t-", "2\tZenra\tO\t-\t-", "3\tphone\tO\t-\t-", "4\tof\tO\t-\t-", "5\tNorvik\tB-ORG\t-\t-", ""]
    file.write_text("# sent_id = 1\n" + "\n".join(rows), encoding="utf-8")
    (sentence,) = names.read_uner(file)
    assert sentence.tags == ("O", "-", "O", "O", "B-ORG")
    doc = names.to_doc(Vocab(), sentence)
    assert [token.ent_iob_ for token in doc] == ["O", "", "O", "O", "B"]


def test_proper_names_are_cut_out_of_noun_phrases() -> None:
    rows = """1 the the DET DT _ 2 det Entity=(1-person-new-x
2 chief chief NOUN NN _ 6 nsubj _
3 of of ADP IN _ 5 case _
4 the the DET DT _ 5 det Entity=(2-organization-new-x
5 Norvik Norvik PROPN NNP _ 2 nmod Entity=2)1)
6 met meet VERB VBD _ 0 root _
7 Zenra Zenra PROPN NNP _ 6 obj Entity=(3-object-new-x)"""
    (sentence,) = parse_treebank(conllu(rows))
    assert sorted(gum_names.gum_spans(sentence)) == [(0, 5, "person"), (3, 5, "organization"), (6, 7, "object")]
    assert gum_names.gum_named(sentence, gum_names.gum_spans(sentence)).tags == ("O", "O", "O", "O", "B-ORG", "O", "-")


def test_facts_give_names_but_no_pronouns(tmp_path: Path) -> None:
    text = "She leads Norvik in Oslo."
    fact = {"property": "EMPLOYEE_OR_MEMBER_OF", "subject": [0, 3], "object": [10, 16]}
    file = tmp_path / "ours.jsonl"
    file.write_text(json.dumps({"text": text, "facts": [fact]}) + "\n", encoding="utf-8")
    (sentence,) = names.read_knowledgenet(file, English())
    assert sentence.tags == ("O", "O", "B-ORG", "O", "-", "O")


def test_company_pairs_are_merged_by_sentence(tmp_path: Path) -> None:
    context = ["Norvik", "and", "Zenra", "sued", "Oslo", "Kraft"]
    pairs = [(0, 0, 2, 2), (0, 0, 4, 5)]
    rows = [dict(zip(("e1_start", "e1_end", "e2_start", "e2_end"), pair, strict=True)) for pair in pairs]
    file = tmp_path / "ours.json"
    file.write_text(json.dumps([{"context": context} | row for row in rows]), encoding="utf-8")
    (sentence,) = names.read_core(file)
    assert sentence.tags == ("B-ORG", "O", "B-ORG", "O", "B-ORG", "I-ORG")


@pytest.mark.parametrize("seed", range(5))
def test_filled_sentences_have_their_names_marked(seed: int) -> None:
    filled = trade.filled(
        "{ORG} sells the {PRODUCT} in {PLACE}.", customise(English()), ["Norvik"], ["Oslo"], Random(seed)
    )
    labels = [label for *_, label in names.name_spans(filled.tags)]
    assert labels == ["ORG", "PRODUCT", "PLACE"]
    assert set(names.name_spans(name_corpora.recased(filled, Random(seed)).tags)) == set(names.name_spans(filled.tags))


def test_our_grammar_writes_trees_that_the_tokenizer_divides_alike() -> None:
    grammar = trade_trees.Grammar(["Norvik AG", "Zenra Devices Inc."], ["Oslo", "New Zealand"], Random(1))
    nlp = customise(English())
    for sentence in (grammar.sentence() for _ in range(300)):
        assert is_tree(sentence.words)
        assert [t.text for t in nlp.make_doc(sentence.text)] == [word.form for word in sentence.words]


def test_titles_describe_the_name_after_them() -> None:
    grammar = trade_trees.Grammar(["Norvik AG"], ["Oslo"], Random(1))
    words = [(s.words, word) for s in (grammar.sentence() for _ in range(300)) for word in s.words]
    titles = [(sentence, word) for sentence, word in words if word.dep == "nmod:desc"]
    assert {sentence[word.head].xpos for sentence, word in titles} == {"NNP"}
    assert {word.lemma.lower() for _, word in titles} == set(trade_trees.TITLES)


@pytest.fixture(scope="module")
def untrained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a parser's half that has seen two sentences, its tokens' layer shared as in the recipe."""
    nlp = customise(English())
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    nlp.add_pipe("tok2vec")
    settings = {"trainable_lemmatizer": {"min_tree_freq": 1}, "parser": {"min_action_freq": 1}}
    for part in ("tagger", "morphologizer", "trainable_lemmatizer", "parser"):
        nlp.add_pipe(part, config={"model": {"tok2vec": listener}, **settings.get(part, {})})
    golds = [prepare.to_doc(nlp.vocab, [sentence.words]) for sentence in parse_treebank(conllu(OPENED))]
    nlp.initialize(lambda: [Example(nlp.make_doc(gold.text), gold) for gold in golds])
    folder = tmp_path_factory.mktemp("first") / "trained"
    nlp.to_disk(folder)
    return folder


def test_a_second_training_takes_up_the_first(untrained: Path, tmp_path: Path) -> None:
    treebank = list(parse_treebank(conllu(OPENED)))
    prepare.write_docs([prepare.to_doc(Vocab(), [s.words]) for s in treebank], tmp_path / "ours.spacy")
    paths = {"train": tmp_path / "ours.spacy", "dev": tmp_path / "ours.spacy", "first": untrained}
    best = train.train_half(Path(train.__file__).parent / "continue.cfg", paths, tmp_path / "second", steps=2)
    assert spacy.load(best).pipe_names == spacy.load(untrained).pipe_names
    assert spacy.load(best).pipe_labels == spacy.load(untrained).pipe_labels


def test_a_lemmatizer_from_disk_learns_its_own_labels_on(untrained: Path) -> None:
    nlp = spacy.load(untrained)
    lemmatizer = nlp.get_pipe("trainable_lemmatizer")
    assert lemmatizer.tree2label == {}
    train.remember_edits(nlp)
    assert sorted(lemmatizer.tree2label.values()) == list(range(len(lemmatizer.labels)))
    assert lemmatizer.trees.add("sold", "sold") in lemmatizer.tree2label


def test_a_pipeline_is_written_whole_and_free_of_paths(untrained: Path, tmp_path: Path) -> None:
    whole = train.assemble(untrained)
    train.describe(whole, {"dev": {}})
    train.write(whole, tmp_path / "out")
    train.write(whole, tmp_path / "out")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out"]
    assert str(tmp_path) not in (tmp_path / "out" / "config.cfg").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out" / "meta.json").read_text(encoding="utf-8"))["license"] == train.LICENCE


@needs_data
def test_the_treebanks_are_trees_before_and_after() -> None:
    random = Random(1)
    for file in treebank_files(DATA, "dev").values():
        for sentence in read_treebank(file):
            assert is_tree(sentence.words)
            assert all(is_tree(copy.words) for copy in augment.variants(sentence, random))


@needs_data
@pytest.mark.language
def test_the_recorded_scores_are_the_pipelines() -> None:
    from extract.language import load

    scores = treebank_scores(load(), treebank_files(DATA, "dev"))
    assert scores == load().meta["performance"]["dev"]


@needs_data
def test_every_corpus_of_names_is_read() -> None:
    corpora = name_corpora.held_out_names(DATA)
    assert all(sentences for sentences in corpora.values())
    found = {label for sentences in corpora.values() for s in sentences for *_, label in names.name_spans(s.tags)}
    assert found == set(names.LABELS)
