"""What the parser hangs in the wrong place is hung where it belongs."""

from __future__ import annotations

import pytest

from extract.mending import Part, mended
from extract.model import Claim, Document
from extract.pipeline import extract


def _parts(rows: str) -> list[Part]:
    """Words as "text/tag/pos/dep/head", parted by blanks."""
    words = [row.split("|") for row in rows.split()]
    return [Part(text, tag, pos, text.lower(), dep, int(head)) for text, tag, pos, dep, head in words]


def _heads(rows: str) -> list[tuple[str, int]]:
    return [(part.dep, part.head) for part in mended(_parts(rows))]


def test_a_subject_hangs_on_the_verb_and_not_on_its_auxiliary() -> None:
    rows = "Elmos|NNP|PROPN|nsubj|1 has|VBZ|AUX|aux|2 merged|VBN|VERB|root|2"
    assert _heads(rows) == [("nsubj", 2), ("aux", 2), ("root", 2)]


def test_the_second_of_a_list_is_no_other_name_of_the_first() -> None:
    rows = (
        "Sony|NNP|PROPN|nsubj|6 ,|,|PUNCT|punct|2 Denso|NNP|PROPN|appos|0 ,|,|PUNCT|punct|5 "
        "and|CC|CCONJ|cc|5 NTT|NNP|PROPN|conj|2 left|VBD|VERB|root|6"
    )
    assert _heads(rows)[2] == ("conj", 0)


def test_another_name_that_no_list_follows_stays_one() -> None:
    rows = "Sony|NNP|PROPN|nsubj|3 ,|,|PUNCT|punct|2 Tokyo|NNP|PROPN|appos|0 left|VBD|VERB|root|3"
    assert _heads(rows)[2] == ("appos", 0)


def test_a_name_behind_a_description_is_the_described() -> None:
    rows = (
        "Elmos|NNP|PROPN|nsubj|1 united|VBD|VERB|root|1 with|IN|ADP|case|3 rival|NN|NOUN|obl|1 "
        ",|,|PUNCT|punct|5 Melexis|NNP|PROPN|conj|1"
    )
    assert _heads(rows)[5] == ("appos", 3)


def test_a_relative_clause_hangs_on_the_noun_before_it() -> None:
    rows = (
        "Families|NNS|NOUN|nsubj|1 sued|VBD|VERB|root|1 Intel|NNP|PROPN|obj|1 ,|,|PUNCT|punct|6 "
        "whose|WP$|PRON|nmod:poss|5 parts|NNS|NOUN|nsubj|6 fail|VBP|VERB|parataxis|1"
    )
    assert _heads(rows)[6] == ("acl:relcl", 2)


def test_a_description_before_a_name_is_a_noun() -> None:
    rows = "its|PRP$|PRON|nmod:poss|2 subsidiary|JJ|ADJ|amod|2 Zeiss|NNP|PROPN|root|2"
    part = mended(_parts(rows))[1]
    assert (part.tag, part.pos, part.dep) == ("NN", "NOUN", "compound")


def test_a_participle_within_a_name_is_a_part_of_it() -> None:
    rows = (
        "Elmos|NNP|PROPN|nsubj|1 provides|VBZ|VERB|root|1 video|NN|NOUN|compound|3 "
        "processing|VBG|VERB|xcomp|1 chips|NNS|NOUN|obj|3"
    )
    assert _heads(rows)[3:] == [("compound", 4), ("obj", 1)]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Bosch, Denso and Rohm have each sued the Pentagon.", ("Denso", "sues", "US Department of Defense")),
        ("Japan and Taiwan belong to the Chip 4 group.", ("Taiwan", "memberOf", "Chip 4")),
        ("Rapidus is a foundry founded in 2022 with money from Sony and NTT.", ("Sony", "investsIn", "Rapidus")),
        ("The agency blocked the joint venture that Bosch and Rohm announced.", ("Bosch", "jointVentureWith", "Rohm")),
        ("The boards of Elmos and Melexis approved their merger.", ("Elmos", "mergesWith", "Melexis")),
        (
            "The EU blocked the takeover of Tower by California-based Intel.",
            ("Intel", "acquires", "Tower Semiconductor"),
        ),
        ("The A18 chip is built on TSMC's second-generation 3-nm process.", ("A18", "usesNode", "3 nm")),
        ("The European Commission fined Qualcomm 242 million euros.", ("European Commission", "regulates", "Qualcomm")),
        ("Ana Roth, president and chief executive of Elmos, spoke.", ("Ana Roth", "leads", "Elmos")),
        ("Zetex is a subsidiary of Diodes that makes audio chips.", ("Zetex", "produces", "audio chips")),
        ("Two years after buying Xilinx, AMD dropped the brand.", ("AMD", "acquires", "Xilinx")),
        ("Rapidus will use the money to buy machines from ASML.", ("ASML", "suppliesTo", "Rapidus")),
        ("Elmos's focus is on developing sensor chips.", ("Elmos", "develops", "sensors")),
        (
            "Ampere, whose backers include Oracle, sells server chips.",
            ("Ampere Computing", "produces", "server processors"),
        ),
        ("Located in Dresden, the plant of Bosch makes wafers.", ("Bosch", "hasFacilityIn", "Dresden")),
        ("Headquartered in Neubiberg, Infineon makes chips.", ("Infineon", "headquarteredIn", "Neubiberg")),
        ("Intel and AMD met, and the two will jointly develop a chip.", ("Intel", "partnersWith", "AMD")),
        ("Chinese regulators barred Micron from the market.", ("China", "restricts", "Micron")),
        ("Member companies of SEMI such as Intel and Micron objected.", ("Micron", "memberOf", "SEMI")),
    ],
)
def test_ends_are_reached_across_the_clause(text: str, claim: tuple[str, str, str]) -> None:
    claims = [c for c in extract(Document(text, "test")) if isinstance(c, Claim)]
    assert claim in {(c.subject.label, c.relation, c.object.label) for c in claims}
