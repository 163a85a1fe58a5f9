"""Sentences of our own in the manner of the trade press, their gaps filled with names, for the recogniser.

The open corpora hold few chips and few companies. Companies come from the list of listed semiconductor firms, places
from the list of countries and their capitals; persons and products are put together from syllables and are nobody's.
"""

import csv
import re
from pathlib import Path
from random import Random

from spacy.language import Language

from extract.language.recipe.names import Named, in_text

SEED = 20
FILLS = 14
GAP = re.compile(r"\{(\w+)\}")
LEGAL_FORM = re.compile(r",? (?:Co\.?,? ?Ltd\.?|Inc\.?|Corp\.?|Ltd\.?|Limited|AG|NV|N\.V\.|SE|PLC|plc|AB|S\.A\.)$")
ODD_NAME = re.compile(r"[0-9(/]|\b[A-Z]{5,}\b.*\b[A-Z]{5,}\b")
ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "qu",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "x",
    "y",
    "z",
]
NUCLEI = ["a", "e", "i", "o", "u", "ai", "ea", "io"]
CODAS = ["l", "n", "r", "s", "x", "m", "nd", "rt", "th", "k"]
LINES = ("Pro", "Max", "Ultra", "Plus", "Mini", "Edge", "Fold", "Lite", "Bionic", "Super", "Titan", "Gen 3")
FAMILIES = (
    "Exynos",
    "Dimensity",
    "Ryzen",
    "Xeon",
    "GeForce RTX",
    "Core i7",
    "EPYC",
    "Helio",
    "Tegra",
    "Radeon",
    "iPhone",
)
ENDINGS = (
    "Semiconductor",
    "Technologies",
    "Microelectronics",
    "Devices",
    "Electronics",
    "Systems",
    "Photonics",
    "Capital",
)
GIVEN = [
    "Anna",
    "Wei",
    "Jan",
    "Maria",
    "David",
    "Min-jun",
    "Hiro",
    "Lena",
    "Omar",
    "Ravi",
    "Sofia",
    "Chen",
    "Peter",
    "Yuki",
    "Elena",
    "Mark",
    "Lars",
    "Priya",
    "Tom",
    "Li",
]
FAMILY_SHARE, WHOLE_NAME_SHARE, INVENTED_SHARE, HEADLINE_SHARE = 0.3, 0.4, 0.35, 0.12


def trade_names(data: Path, nlp: Language, seed: int = SEED) -> list[Named]:
    """Return the sentences of `trade_sentences.txt`, each filled a few times.

    data: Path, the folder of training data, for the lists of companies and countries.
    nlp: Language, a pipeline with our tokenizer.
    seed: int, fixes every draw.

    Returns sentences with tags.
    """
    random = Random(seed)
    lines = Path(__file__).with_name("trade_sentences.txt").read_text(encoding="utf-8").splitlines()
    templates = [line for line in lines if not line.startswith("#")]
    firms, places = companies(data / "actors"), countries(data / "actors")
    return [filled(template, nlp, firms, places, random) for template in templates for _ in range(FILLS)]


def filled(template: str, nlp: Language, firms: list[str], places: list[str], random: Random) -> Named:
    """Return one sentence with a name in each gap of the template, at times wholly in capitals."""
    text, spans = "", []
    for place, piece in enumerate(GAP.split(template)):
        name = draw(piece, firms, places, random) if place % 2 else piece
        if place % 2:
            spans.append((len(text), len(text) + len(name), piece))
        text += name
    capitals = random.random() < HEADLINE_SHARE and len(text) == len(text.upper())
    return in_text(nlp, text.upper() if capitals else text, spans)


def draw(label: str, firms: list[str], places: list[str], random: Random) -> str:
    """Return a name of the kind a label asks for."""
    if label == "ORG":
        return company(firms, random)
    if label == "PLACE":
        return random.choice(places)
    return person(random) if label == "PERSON" else product(random)


def company(firms: list[str], random: Random) -> str:
    """Return a listed company's name, whole or shortened, or an invented one."""
    if random.random() < INVENTED_SHARE:
        bare = invented(random)
        return random.choice((bare, f"{bare} {random.choice(ENDINGS)}", bare.upper()[:4]))
    name = random.choice(firms)
    short = LEGAL_FORM.sub("", name)
    return name if random.random() < WHOLE_NAME_SHARE else short


def person(random: Random) -> str:
    """Return a given name with an invented family name."""
    return f"{random.choice(GIVEN)} {invented(random)}"


def product(random: Random) -> str:
    """Return the name of a chip or a device: a family and a number, as the trade forms them."""
    family = random.choice(FAMILIES) if random.random() < FAMILY_SHARE else invented(random)
    letter = random.choice(("", "", "S", "X", "B", "K", "T"))
    number = random.choice((random.randint(1, 20), random.randint(1, 99) * 10, random.randint(10, 99) * 100))
    code = f"{random.choice('ABGHKMNRTX')}{number}{letter}"
    tail = f" {random.choice(LINES)}" if random.random() < 0.2 else ""
    return random.choice((f"{family} {number}{letter}", f"{family} {number}{letter}", f"{family} {code}", code)) + tail


def invented(random: Random) -> str:
    """Return a word that is nobody's name."""
    syllables = [random.choice(ONSETS) + random.choice(NUCLEI) for _ in range(random.randint(1, 2))]
    return ("".join(syllables) + random.choice(ONSETS)[0] + random.choice(NUCLEI) + random.choice(CODAS)).capitalize()


def companies(folder: Path) -> list[str]:
    """Return names of listed semiconductor companies that read like names in running text."""
    with (folder / "financedatabase-semiconductors.csv").open(encoding="utf-8", newline="") as stream:
        names = {row["name"].strip() for row in csv.DictReader(stream)}
    return sorted(name for name in names if 1 < len(name) < 40 and not ODD_NAME.search(name))


def countries(folder: Path) -> list[str]:
    """Return the names of countries and their capitals."""
    with (folder / "country-codes.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = {row[column].strip() for row in rows for column in ("CLDR display name", "Capital")}
    return sorted(name for name in names if name and name[0].isupper() and "," not in name and "(" not in name)
