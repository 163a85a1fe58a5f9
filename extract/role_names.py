"""The names of all roles in which a rule may look for its ends and its conditions, and what stands in each.

Any other role is a mistake of whoever wrote the rule: `extract.relations.rules` refuses it. A new role is filled where
its group says and gets a line here.

>>> is_role("obj-of") and is_role("with") and is_role("obj-maker")
True
>>> is_role("objekt")
False
"""

from __future__ import annotations

MAKER = "-maker"  # what a role is called that holds the makers of the products in another role

# Filled for verbs and adjectives, by `extract.verb_roles`.
OF_VERBS = {
    "subj": "who does what the word says, whatever its voice; of a noun, by the verb that carries it",
    "obj": "what it is done to",
    "iobj": "whom it is done for",
    "xcomp": "a complement that takes its subject from the word",
    "ccomp": "a clause that is said, thought or ordered",
    "advcl": "a clause beside it",
    "advmod": "an adverb",
    "tmod": "a phrase without a preposition behind it, often a time",
    "site-holder": "whose the plant is that does it: 'Micron's fabs work at 25 nm'",
    "subj-with": "who acts beside the subject: 'Bosch, together with imec, develops ...'",
    "purpose": "what it is done for: 'invests to build a plant'",
    "purpose-in": "where that is to happen",
    "ordered-by": "who orders or allows it",
    "barred-by": "who bars somebody from it",
    "barred-to": "whom somebody is barred from giving it to",
    "obj-owner": "whose the object is",
    "obj-mod": "what stands before the object",
}
# Phrases inside the object's own, by their prepositions: `obj-to`, and phrases inside others: `under-of`.
INSIDE_OBJECT = ("to", "of", "in", "for", "from", "with", "between", "by")
INSIDE_PHRASE = (("from", "of"), ("under", "of"), ("over", "within"), ("over", "at"), ("with", "in"), ("as", "of"))

# Filled for nouns, by `extract.noun_roles` and `extract.sites`.
OF_NOUNS = {
    "self": "the noun itself",
    "mod": "what stands before it; of a participle before a noun, what stands before that",
    "poss": "its owner in the genitive",
    "is": "whom it describes: 'X is a supplier', 'X, a supplier'",
    "include": "who is among what it names: 'suppliers include X'",
    "as-is": "whom an object is made or named: 'chose X as a supplier'",
    "as-by": "who makes or names it so",
    "context": "the subject of the main clause, where the word is not in that",
    "clause": "the subject of the clause that its phrase belongs to",
    "place": "where, by a phrase further in: 'a ban on sales in China'",
    "owner": "who has a plant or is to have it, by what the clause says",
    "holder": "whose a plant already is, whatever happens to it",
    "site": "where a plant stands",
    "builder": "who builds a plant",
}
# Whose the noun of a phrase is: `for-owner` in "retaliation for Japan's failure".
OWNED = ("for", "against", "to", "of", "into")

# Filled from beyond the word's sentence, by `extract.relations.beyond`.
BEYOND = {
    "section": "whom a list item or a key-value line is about",
    "heading": "whom the heading above names",
    "topic": "whom the document is about, for a noun without an owner",
    "obj-doer": "who undertakes 'this project'",
}
# Filled with what is no mention, or by the trigger itself, by `extract.relations.matcher`.
OF_TRIGGERS = {
    "goal": "an aim in its own words",
    "document": "the document that speaks of itself: 'this report'",
    "model": "the business model that a noun names",
    "mention": "the mention that triggers the rule",
}
# Filled from the name of a facility, by `extract.relations.facility_names`.
OF_NAMES = {
    "name-owner": "the firm in a facility's name",
    "name-place": "the place in a facility's name",
}
# Filled where a town stands right behind a firm's name, "Foxconn in Tijuana will ...", by `extract.relations.stations`.
STATIONED = {
    "firm": "that firm, without what is coordinated with it",
    "station": "that town",
}
# Filled for measures of states, by `extract.relations.policies`.
OF_POLICIES = {
    "issuer": "whose a measure is",
    "unissued": "the measure itself, where nobody is known to have issued it",
    "issued-by": "who issues 'this rule'",
    "doer": "who does what a noun says, by the verb above it",
    "decreer": "who decrees that something 'is hereby prohibited'",
    "licensor": "who must allow what the word names",
    "foe": "whom a reprisal without an object is against",
    "origin": "whose goods a duty is on",
    "destination": "where those stand whom a notice adds to a list",
    "spoken-of": "whom the section is about, for a word without an object",
}

# Phrases are roles by their prepositions, those of several words with "_": `ahead_of`.
_PREPOSITIONS = """
    about across after against ahead_of along along_with alongside among around as as_well_as at based_on because_of
    before behind besides between by despite down_to due_to for from following in including inside instead_of into like
    near next_to of off on onto out out_of outside over part_of past since such_as than through throughout to
    together_with toward towards under until up up_to upon using via with within without
"""

NAMES = frozenset(
    {
        *OF_VERBS,
        *OF_NOUNS,
        *BEYOND,
        *OF_TRIGGERS,
        *OF_NAMES,
        *STATIONED,
        *OF_POLICIES,
        *_PREPOSITIONS.split(),
        *(f"obj-{name}" for name in INSIDE_OBJECT),
        *(f"{outer}-{inner}" for outer, inner in INSIDE_PHRASE),
        *(f"{name}-owner" for name in OWNED),
    }
)


def is_role(name: str) -> bool:
    """True for a role that something fills; `obj-maker`, the makers of what is in `obj`, goes with every role."""
    return name.removesuffix(MAKER) in NAMES
