"""Variants of treebank sentences in the dress of headlines, headings and lists, which the treebanks show too seldom.

Every variant is a function from a sentence to a changed sentence, or to None where the sentence does not lend
itself. No arc is invented: words keep their heads, words go only as whole subtrees, and a new word is a mark of
punctuation or a list number on the root. What a variant draws, it draws from the generator it is given, so a seed fixes
the whole result.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from types import MappingProxyType

from extract.language.recipe.trade import invented
from extract.language.recipe.treebank import Sentence, Word, contiguous, inserted, subtree, without

Variant = Callable[[Sentence, Random], Sentence | None]

# Words that a headline in title case leaves small.
SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "nor",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "by",
        "from",
        "with",
        "as",
        "vs",
        "via",
        "over",
    ]
)
FINAL_MARKS = frozenset(".!")
BULLETS = ("-", "-", "*", "•", "•", "–", "·")
CLAUSE_ROOTS = frozenset({"VERB"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
REPLACEABLE = frozenset({"nsubj", "nsubj:pass", "obj", "obl:agent", "nmod:poss", "conj"})
SILENT_AUXILIARIES = frozenset({"be", "have"})
ARTICLES = frozenset({"a", "an", "the"})
# A longer sentence is no headline.
LONGEST_HEADLINE = 30


def title_case(sentence: Sentence, random: Random) -> Sentence | None:
    """Put a capital on every word, in half of the sentences on the small words too."""
    small = SMALL_WORDS if random.random() < 0.5 else frozenset()
    if len(sentence.words) > LONGEST_HEADLINE:
        return None
    return _spelt(sentence, lambda form: form if form in small else _capital(form))


def upper_case(sentence: Sentence, random: Random) -> Sentence | None:
    """Put the whole sentence in capitals."""
    return _spelt(sentence, str.upper) if len(sentence.words) <= LONGEST_HEADLINE else None


def lower_case(sentence: Sentence, random: Random) -> Sentence | None:
    """Put the whole sentence in small letters."""
    return _spelt(sentence, str.lower)


def curly_quotes(sentence: Sentence, random: Random) -> Sentence | None:
    """Make straight quotes and apostrophes curly, as a typesetter does; None where there are none."""
    if not any(mark in word.form for word in sentence.words for mark in "'\""):
        return None
    words = []
    open_before = True
    for word in sentence.words:
        words.append(replace(word, form=_curly(word.form, open_before)))
        open_before = word.space_after or word.form in {"(", "-", "—"}
    return replace(sentence, words=tuple(words))


def no_final_mark(sentence: Sentence, random: Random) -> Sentence | None:
    """Drop the full stop at the end, as headings and list items do; None where there is none."""
    words = sentence.words
    last = len(words) - 1
    if len(words) < 2 or words[last].form not in FINAL_MARKS or len(subtree(words, last)) > 1:
        return None
    return replace(sentence, words=without(words, {last}))


def bullet(sentence: Sentence, random: Random) -> Sentence | None:
    """Put the mark of a list item before the sentence, as punctuation of its root."""
    mark = random.choice(BULLETS)
    return _before(sentence, Word(mark, mark, "PUNCT", "NFP", "", _root(sentence), "punct"))


def numbered(sentence: Sentence, random: Random) -> Sentence | None:
    """Put a number and its mark before the sentence, annotated as the treebanks annotate list numbers."""
    number = str(random.randint(1, 20))
    mark = random.choice((".", ")"))
    root = _root(sentence)
    count = Word(number, number, "NUM", "LS", "NumForm=Digit|NumType=Card", root, "discourse", space_after=False)
    marked = _before(sentence, Word(mark, mark, "PUNCT", "." if mark == "." else "-RRB-", "", root, "punct"))
    return replace(marked, words=inserted(marked.words, 0, [replace(count, head=root + 1)]))


def colon_heading(sentence: Sentence, random: Random) -> Sentence | None:
    """Part subject and verb by a colon: "NXP announced plans" becomes "NXP: Announced plans".

    The subject keeps its arc. An auxiliary "be" or "have" before the verb goes, as such headings leave it out.
    """
    shorn = _shorn(sentence, articles=False)
    cut = _subject_end(shorn)
    if cut is None:
        return None
    root = _root(shorn)
    words = list(shorn.words)
    words[cut - 1] = replace(words[cut - 1], space_after=False)
    words[cut] = replace(words[cut], form=_capital(words[cut].form))
    colon = Word(":", ":", "PUNCT", ":", "", root, "punct")
    return replace(shorn, words=inserted(words, cut, [colon]))


def no_subject(sentence: Sentence, random: Random) -> Sentence | None:
    """Drop the subject before the verb: "NXP announced plans" becomes "Announced plans", as in lists of events."""
    shorn = _shorn(sentence, articles=False)
    cut = _subject_end(shorn)
    if cut is None or len(shorn.words) - cut < 3:
        return None
    words = without(shorn.words, set(range(cut)))
    return replace(shorn, words=(replace(words[0], form=_capital(words[0].form)), *words[1:]))


def company_name(sentence: Sentence, random: Random) -> Sentence | None:
    """Put an unheard-of company in the place of each name of one word that is a subject, an object or a possessor."""
    words = sentence.words
    heads = {word.head for word in words if word.dep in {"flat", "compound"}}
    places = [place for place, word in enumerate(words) if _replaceable(word) and place not in heads]
    if not places:
        return None
    fresh = {place: unheard_of(random) for place in places}
    renamed = (replace(word, form=fresh[i], lemma=fresh[i]) if i in fresh else word for i, word in enumerate(words))
    return replace(sentence, words=tuple(renamed))


def unheard_of(random: Random) -> str:
    """Return a company's name of one word as the trade forms them: capitals, or a word with a capital inside."""
    if random.random() < 0.5:
        return "".join(random.choices("ABCDEFGHIKLMNOPRSTUX", k=random.randint(3, 5)))
    return invented(random) + random.choice(("", "", "tek", "micro", "Tech", "Chip"))


def _replaceable(word: Word) -> bool:
    return word.xpos == "NNP" and word.upos == "PROPN" and word.dep in REPLACEABLE and word.form.isalpha()


def telegraphic(sentence: Sentence, random: Random) -> Sentence | None:
    """Drop articles, "be" and "have" before a verb and the full stop: "Chipmaker fined by EU"."""
    shorn = _shorn(sentence, articles=True)
    if len(shorn.words) == len(sentence.words) or len(sentence.words) > LONGEST_HEADLINE:
        return None
    stopped = no_final_mark(shorn, random) or shorn
    first = stopped.words[0]
    return replace(stopped, words=(replace(first, form=_capital(first.form)), *stopped.words[1:]))


VARIANTS: Mapping[str, Variant] = MappingProxyType(
    {
        "title_case": title_case,
        "upper_case": upper_case,
        "lower_case": lower_case,
        "curly_quotes": curly_quotes,
        "no_final_mark": no_final_mark,
        "bullet": bullet,
        "numbered": numbered,
        "colon_heading": colon_heading,
        "no_subject": no_subject,
        "telegraphic": telegraphic,
        "company_name": company_name,
    }
)
# The share of training sentences that gets a further copy in each dress.
SHARES: Mapping[str, float] = MappingProxyType(
    {
        "title_case": 0.07,
        "upper_case": 0.07,
        "lower_case": 0.03,
        "curly_quotes": 0.10,
        "no_final_mark": 0.06,
        "bullet": 0.04,
        "numbered": 0.03,
        "colon_heading": 0.30,
        "no_subject": 0.10,
        "telegraphic": 0.10,
        "company_name": 0.25,
    }
)
# Variants of structure, which a second variant may dress further.
STRUCTURAL = frozenset({"colon_heading", "no_subject", "telegraphic", "no_final_mark"})
SECOND = ("title_case", "upper_case", "no_final_mark", "bullet", "curly_quotes")


def variants(sentence: Sentence, random: Random) -> list[Sentence]:
    """Return further copies of a training sentence, drawn by the shares; most sentences get none or one.

    sentence: Sentence, a sentence of the treebank.
    random: Random, the generator that decides.

    Returns the changed copies; the sentence itself is not among them.
    """
    drawn = [name for name, share in SHARES.items() if random.random() < share]
    made = [(name, VARIANTS[name](sentence, random)) for name in drawn]
    return [_second(copy, random) if name in STRUCTURAL else copy for name, copy in made if copy is not None]


def _second(sentence: Sentence, random: Random) -> Sentence:
    if random.random() < 0.5:
        return sentence
    return VARIANTS[random.choice(SECOND)](sentence, random) or sentence


def _spelt(sentence: Sentence, spelling: Callable[[str], str]) -> Sentence:
    words = tuple(replace(word, form=spelling(word.form)) for word in sentence.words)
    # A mark or a clitic after a joint is never the first of its word: "don't" gives "Don't", not "Don'T".
    if spelling not in (str.upper, str.lower):
        words = tuple(
            old if place and not sentence.words[place - 1].space_after and "'" in old.form.replace("’", "'") else new
            for place, (old, new) in enumerate(zip(sentence.words, words, strict=True))
        )
    return replace(sentence, words=words)


def _capital(form: str) -> str:
    return form[:1].upper() + form[1:]


def _curly(form: str, opening: bool) -> str:
    if form == '"':
        return "“" if opening else "”"
    if form == "'" and opening:
        return "‘"
    return form.replace("'", "’")


def _root(sentence: Sentence) -> int:
    return next(place for place, word in enumerate(sentence.words) if word.head == place)


def _before(sentence: Sentence, mark: Word) -> Sentence:
    return replace(sentence, words=inserted(sentence.words, 0, [mark]))


def _shorn(sentence: Sentence, articles: bool) -> Sentence:
    """Return the sentence without auxiliary "be" and "have" before a verb, and without articles where asked."""
    words = sentence.words
    heads = {word.head for place, word in enumerate(words) if word.head != place}
    dropped = {place for place, word in enumerate(words) if place not in heads and _silent(word, words, articles)}
    return replace(sentence, words=without(_joined_over(words, dropped), dropped)) if dropped else sentence


def _silent(word: Word, words: tuple[Word, ...], articles: bool) -> bool:
    if word.dep in {"aux", "aux:pass"}:
        return word.lemma in SILENT_AUXILIARIES and words[word.head].upos in CLAUSE_ROOTS
    return articles and word.dep == "det" and word.form.lower() in ARTICLES


def _joined_over(words: tuple[Word, ...], dropped: set[int]) -> tuple[Word, ...]:
    """Give the word before a dropped one the blank that stood after the dropped one ("it's been" -> "it")."""
    spaced = {place - 1 for place in dropped if place and words[place].space_after}
    return tuple(replace(word, space_after=word.space_after or place in spaced) for place, word in enumerate(words))


def _subject_end(sentence: Sentence) -> int | None:
    """Return the place of the root verb where the sentence is a full subject directly followed by it."""
    words = sentence.words
    root = _root(sentence)
    subjects = [place for place, word in enumerate(words) if word.head == root and word.dep in SUBJECTS]
    if len(subjects) != 1 or words[root].upos not in CLAUSE_ROOTS or words[subjects[0]].upos == "PRON":
        return None
    span = subtree(words, subjects[0])
    whole = contiguous(span) and min(span) == 0 and max(span) == root - 1
    return root if whole else None
