"""Parsed sentences of the trade press, put together from phrases, for what the treebanks hardly hold.

In "Onsemi sources wafers from Wolfspeed" or "China bans exports" the verb could be a noun and the name is unknown. A
small grammar writes such sentences together with their trees: companies or countries as subjects, the trade's verbs
with their prepositions, active, passive, planned, joint. They say nothing about anyone: all is drawn at random.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from extract.language.recipe.trade import LEGAL_FORM, companies, countries, invented
from extract.language.recipe.treebank import Sentence, Word

SEED = 20
SENTENCES = 2600
FEATS = {
    "VBZ": "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
    "VBD": "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin",
    "VBP": "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin",
    "VBN": "Tense=Past|VerbForm=Part|Voice=Pass",
    "VB": "VerbForm=Inf",
    "MD": "VerbForm=Fin",
    "NN": "Number=Sing",
    "NNP": "Number=Sing",
    "NNS": "Number=Plur",
    "JJ": "Degree=Pos",
    "CD": "NumForm=Digit|NumType=Card",
}
# The features of words whose tag does not settle them.
WORD_FEATS = {
    "a": "Definite=Ind|PronType=Art",
    "the": "Definite=Def|PronType=Art",
    "its": "Case=Gen|Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs",
}
UPOS = {"NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "JJ": "ADJ", "CD": "NUM", "IN": "ADP", "CC": "CCONJ", "DT": "DET"}
UPOS |= {
    "MD": "AUX",
    "VBZ": "VERB",
    "VBD": "VERB",
    "VBP": "VERB",
    "VBN": "VERB",
    "VB": "VERB",
    "TO": "PART",
    "POS": "PART",
}
# Lemma, present, past, participle, and the prepositions that go with it.
VERBS = (
    "supply supplies supplied supplied to",
    "order orders ordered ordered from",
    "license licenses licensed licensed from to",
    "source sources sourced sourced from",
    "ship ships shipped shipped to",
    "sell sells sold sold to",
    "buy buys bought bought from",
    "make makes made made for in",
    "build builds built built in with",
    "ban bans banned banned in",
    "fine fines fined fined over",
    "plan plans planned planned in with",
    "export exports exported exported to",
    "import imports imported imported from",
    "halt halts halted halted in",
    "sue sues sued sued over in",
    "cut cuts cut cut in",
    "delay delays delayed delayed in",
    "eye eyes eyed eyed in",
    "back backs backed backed in",
    "launch launches launched launched in with",
    "curb curbs curbed curbed in",
    "tap taps tapped tapped for",
    "produce produces produced produced for in",
    "test tests tested tested for",
    "design designs designed designed for",
    "restrict restricts restricted restricted to",
    "acquire acquires acquired acquired from",
    "open opens opened opened in",
    "close closes closed closed in",
    "use uses used used in",
    "stake stakes staked staked in",
    "probe probes probed probed over",
    "block blocks blocked blocked in",
    "target targets targeted targeted in",
    "expand expands expanded expanded in",
    "purchase purchases purchased purchased from",
    "lease leases leased leased from",
    "develop develops developed developed with for",
    "sanction sanctions sanctioned sanctioned over",
    "review reviews reviewed reviewed in",
    "double doubles doubled doubled in",
    "sample samples sampled sampled to",
    "package packages packaged packaged for",
)
INTRANSITIVE = (
    "partner partners partnered with",
    "invest invests invested in",
    "rely relies relied on",
    "team teams teamed with",
    "merge merges merged with",
    "compete competes competed with",
    "bid bids bid for",
    "deal deals dealt with",
    "depend depends depended on",
    "stake stakes staked on",
)
# Objects: determiner or "-", words before the head, head, its tag.
OBJECTS = (
    "- - chips NNS",
    "- memory chips NNS",
    "- - wafers NNS",
    "- silicon,carbide wafers NNS",
    "- EUV tools NNS",
    "- chip exports NNS",
    "- gallium exports NNS",
    "the - deal NN",
    "a *new fab NN",
    "a *new plant NN",
    "- - production NN",
    "- export controls NNS",
    "- DRAM output NN",
    "the - technology NN",
    "- lithography machines NNS",
    "- power chips NNS",
    "its - stake NN",
    "a chip plant NN",
    "- AI processors NNS",
    "- *advanced chips NNS",
    "- - photoresist NN",
    "the foundry business NN",
    "- 7,nm chips NNS",
    "- 300,mm wafers NNS",
    "- - equipment NN",
    "- chipmaking gear NN",
    "- car chips NNS",
    "- - exports NNS",
    "- - licenses NNS",
    "- - orders NNS",
    "- - supplies NNS",
    "- chip sales NNS",
)
TITLES = ("chipmaker", "foundry", "supplier", "rival", "startup", "automaker")
MODALS = ("will", "may", "could", "would")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A head word with the phrases before and after it; `glued` where no blank stands before the first word."""

    word: Word
    before: tuple["Phrase", ...] = ()
    after: tuple["Phrase", ...] = ()
    glued: bool = False


def leaf(form: str, xpos: str, dep: str, lemma: str = "", upos: str = "", glued: bool = False) -> Phrase:
    """Return a phrase of one word, its class and features those that go with its tag."""
    word = Word(form, lemma or form, upos or UPOS[xpos], xpos, WORD_FEATS.get(form, FEATS.get(xpos, "")), 0, dep)
    return Phrase(word, glued=glued)


def mark(form: str) -> Phrase:
    """Return a mark of punctuation, glued to what is before it."""
    return leaf(form, form, "punct", upos="PUNCT", glued=True)


def as_(phrase: Phrase, dep: str) -> Phrase:
    """Return the phrase in another function."""
    return replace(phrase, word=replace(phrase.word, dep=dep))


def grown(phrase: Phrase, before: Sequence[Phrase] = (), after: Sequence[Phrase] = ()) -> Phrase:
    """Return the phrase with further phrases at its outer ends."""
    return replace(phrase, before=(*before, *phrase.before), after=(*phrase.after, *after))


def laid_out(phrase: Phrase) -> tuple[Word, ...]:
    """Return the words of a tree in order, heads as places."""
    words: list[Word] = []
    _lay(phrase, words, -1)
    return tuple(words)


def _lay(phrase: Phrase, words: list[Word], head: int) -> int:
    """Append a phrase's words; heads that come later are filled in when their place is known."""
    early = [_lay(child, words, -1) for child in phrase.before]
    place = len(words)
    if phrase.glued and words:
        words[-1] = replace(words[-1], space_after=False)
    words.append(replace(phrase.word, head=place if head == -1 else head))
    for child in early:
        words[child] = replace(words[child], head=place)
    for child_phrase in phrase.after:
        _lay(child_phrase, words, place)
    return place


class Grammar:
    """Draws sentences.

    firms: Sequence[str], names of companies, each of one word or more.
    places: Sequence[str], names of countries and towns.
    random: Random, the generator that draws.
    """

    def __init__(self, firms: Sequence[str], places: Sequence[str], random: Random) -> None:
        self.firms = [LEGAL_FORM.sub("", name) for name in firms]
        self.places = places
        self.random = random

    def chance(self, share: float) -> bool:
        """Tell whether an event of this probability happens."""
        return self.random.random() < share

    def name(self, dep: str) -> Phrase:
        """Return a company or a country; names of several words hang from the last."""
        words = self._name_words()
        before = tuple(leaf(word, "NNP", "compound") for word in words[:-1])
        return Phrase(leaf(words[-1], "NNP", dep).word, before)

    def _name_words(self) -> list[str]:
        kind = self.random.random()
        if kind < 0.25:
            return ["".join(self.random.choices("ABCDEFGHIKLMNOPRSTUX", k=self.random.randint(3, 5)))]
        if kind < 0.45:
            return [invented(self.random) + self.random.choice(("", "", "tek", "micro", "Tech", "Chip", "semi"))]
        chosen = self.random.choice(self.places if kind < 0.65 else self.firms).split()
        plain = [word for word in chosen if word.isalpha()]
        return plain[:3] if plain else [invented(self.random)]

    def actor(self, dep: str) -> Phrase:
        """Return a name, at times with a title before it, a description after it, or a second name beside it."""
        name = self.name(dep)
        if self.chance(0.12):
            name = grown(name, before=[leaf(self.random.choice(TITLES), "NN", "nmod:desc")])
        elif self.chance(0.08):
            role = grown(leaf(self.random.choice(TITLES), "NN", "appos"), before=[mark(","), leaf("a", "DT", "det")])
            name = grown(name, after=[role, mark(",")])
        if self.chance(0.15):
            name = grown(name, after=[grown(self.name("conj"), before=[leaf("and", "CC", "cc")])])
        return name

    def thing(self, dep: str) -> Phrase:
        """Return a thing of the trade: chips, exports, a plant."""
        determiner, before, head, xpos = self.random.choice(OBJECTS).split()
        lemma = head[:-1] if xpos == "NNS" and head != "supplies" else {"supplies": "supply"}.get(head, head)
        phrase = Phrase(leaf(head, xpos, dep, lemma).word, before=self._modifiers(before))
        if determiner != "-" and not self.chance(0.1):
            xpos = "PRP$" if determiner == "its" else "DT"
            function = "nmod:poss" if determiner == "its" else "det"
            upos = "PRON" if determiner == "its" else "DET"
            phrase = grown(phrase, before=[leaf(determiner, xpos, function, upos=upos)])
        return phrase

    def _modifiers(self, text: str) -> tuple[Phrase, ...]:
        if text == "-":
            return ()
        if text.startswith("*"):
            return (leaf(text[1:], "JJ", "amod"),)
        first, _, second = text.partition(",")
        if not second:
            return (leaf(first, "NN", "compound"),)
        number = leaf(first, "CD", "nummod") if first.isdigit() else leaf(first, "NN", "compound")
        return (grown(leaf(second, "NN", "compound", glued=first.isdigit()), before=[number]),)

    def oblique(self, preposition: str, dep: str = "obl") -> Phrase:
        """Return a preposition with a name."""
        return grown(self.name(dep), before=[leaf(preposition, "IN", "case")])

    def clause(self) -> Phrase:
        """Return a whole clause: active, passive, with a modal, or without object."""
        draw = self.random.random()
        if draw < 0.18:
            return self.passive()
        if draw < 0.30:
            return self.intransitive()
        return self.active()

    def active(self) -> Phrase:
        """Return subject, verb, object and often a preposition's phrase."""
        lemma, present, past, _, *prepositions = self.random.choice(VERBS).split()
        subject = self.actor("nsubj")
        obj = self.name("obj") if self.chance(0.12) else self.thing("obj")
        after = [obj]
        if self.chance(0.6):
            after.append(self.oblique(self.random.choice(prepositions)))
        return self._verb(lemma, present, past, subject, after)

    def intransitive(self) -> Phrase:
        """Return subject, verb and preposition's phrase."""
        lemma, present, past, preposition = self.random.choice(INTRANSITIVE).split()
        return self._verb(lemma, present, past, self.actor("nsubj"), [self.oblique(preposition)])

    def _verb(self, lemma: str, present: str, past: str, subject: Phrase, after: list[Phrase]) -> Phrase:
        plural = any(child.word.dep == "conj" for child in subject.after)
        if self.chance(0.2):
            helper = leaf(self.random.choice(MODALS), "MD", "aux")
            return grown(leaf(lemma, "VB", "root"), [subject, helper], after)
        if self.chance(0.4):
            return grown(leaf(past, "VBD", "root", lemma), [subject], after)
        verb = leaf(lemma, "VBP", "root") if plural else leaf(present, "VBZ", "root", lemma)
        return grown(verb, [subject], after)

    def passive(self) -> Phrase:
        """Return a clause in the passive, most with an agent."""
        lemma, _, _, participle, *prepositions = self.random.choice(VERBS).split()
        plural = self.chance(0.6)
        subject = self.thing("nsubj:pass") if plural else self.name("nsubj:pass")
        many = subject.word.xpos == "NNS"
        helper = leaf("were" if many else "was", "VBD", "aux:pass", "be", upos="AUX")
        after = [self.oblique("by", "obl:agent")] if self.chance(0.7) else [self.oblique(prepositions[0])]
        return grown(leaf(participle, "VBN", "root", lemma), [subject, helper], after)

    def sentence(self) -> Sentence:
        """Return a sentence, most with a full stop."""
        clause = self.clause()
        clause = grown(clause, after=[mark(".")]) if self.chance(0.7) else clause
        words = laid_out(clause)
        first = replace(words[0], form=words[0].form[:1].upper() + words[0].form[1:])
        return Sentence((first, *words[1:]), starts_paragraph=True)


def trade_trees(data: Path, seed: int = SEED, count: int = SENTENCES) -> list[Sentence]:
    """Return the parsed sentences that training adds to the treebanks.

    data: Path, the folder of training data, for the lists of companies and countries.
    seed: int, fixes every draw.
    count: int, how many.

    Returns sentences, each a paragraph of its own.
    """
    grammar = Grammar(companies(data / "actors"), countries(data / "actors"), Random(seed))
    return [grammar.sentence() for _ in range(count)]
