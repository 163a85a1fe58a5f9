"""How things look: a shape and a colour for every kind of node, a colour and a dash for every family of relations.

Node fills are Okabe and Ito's colours, whose yellow, orange and sky blue need an outline on white; grey is darker than
theirs, which deuteranopes confuse with purple. Any two fills of a theme are 15 or more apart (CIE76) to trichromats,
protanopes, deuteranopes and tritanopes; a test computes it. No meaning rests on colour alone: kinds differ by shape as
well, families are written on the edge, and what is not a plain fact carries a badge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of node: id, label, shape (a key of `SHAPES`), fill in the light and in the dark theme."""

    id: str
    label: str
    shape: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Family:
    """A family of relations: id, label, line colour in the light and in the dark theme, dash as lengths in pixels."""

    id: str
    label: str
    light: str
    dark: str
    dash: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stance:
    """How a text commits to a statement: id, label, what the edge says before the relation, badge on the edge."""

    id: str
    label: str
    prefix: str
    badge: str


_CIRCLE = "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1-1 0Z"
# Paths of radius 1, in SVG's words: the canvas, the legend, exports and static pictures draw the same ones.
SHAPES: Mapping[str, str] = {
    "circle": _CIRCLE,
    "ring": f"{_CIRCLE}M-.52 0A.52 .52 0 1 0 .52 0A.52 .52 0 1 0-.52 0Z",
    "square": "M-.84-.84H.84V.84H-.84Z",
    "rounded": "M-.5-.86H.5A.36 .36 0 0 1 .86-.5V.5A.36 .36 0 0 1 .5 .86H-.5A.36 .36 0 0 1-.86 .5V-.5"
    "A.36 .36 0 0 1-.5-.86Z",
    "drop": "M0-1.05A.5 .5 0 0 1 .3-.14Q.95 .1 .92 .95H-.92Q-.95 .1-.3-.14A.5 .5 0 0 1 0-1.05Z",
    "house": "M0-1.05L1-.2V.88H-1V-.2Z",
    "diamond": "M0-1.15L1.15 0L0 1.15L-1.15 0Z",
    "hexagon": "M1.05 0L.53 .92H-.53L-1.05 0L-.53-.92H.53Z",
    "triangle": "M0-1.1L1.1 .85H-1.1Z",
    "dot": "M-.7 0A.7 .7 0 1 1 .7 0A.7 .7 0 1 1-.7 0Z",
}

KINDS = (
    Kind("company", "Companies", "circle", "#0072b2", "#3d9bd9"),
    Kind("country", "Countries, governments", "square", "#4d4d4d", "#e6e9ee"),
    Kind("group", "Industry groups", "ring", "#e69f00", "#f0b429"),
    Kind("organisation", "Organisations", "rounded", "#56b4e9", "#9adcff"),
    Kind("person", "People", "drop", "#56b4e9", "#9adcff"),
    Kind("place", "Places and plants", "house", "#cc79a7", "#cc6fa4"),
    Kind("product", "Products, materials", "diamond", "#009e73", "#35c99e"),
    Kind("technology", "Technologies", "hexagon", "#f0e442", "#f3ea6d"),
    Kind("policy", "Policies", "triangle", "#d55e00", "#ef8340"),
    Kind("other", "Other", "dot", "#9aa0a8", "#7f8791"),
)

# Nearest class first: a Country is also a Place, a Fab is a Place, a JointVenture is a Company here.
KIND_OF_CLASS: Mapping[str, str] = {
    "Country": "country",
    "GovernmentBody": "country",
    "Company": "company",
    "JointVenture": "company",
    "OrganizationalUnit": "company",
    "ActorGroup": "group",
    "Person": "person",
    "Organization": "organisation",
    "Place": "place",
    "Product": "product",
    "Technology": "technology",
    "PolicyInstrument": "policy",
}

STANCES = (
    Stance("fact", "Stated as fact", "", ""),
    Stance("planned", "Planned", "plans: ", "planned"),
    Stance("forecast", "Forecast", "forecast: ", "forecast"),
    Stance("possible", "Possible", "maybe: ", "possible"),
    Stance("denied", "Denied", "denied: ", "denied"),
    Stance("negated", "Negated", "not: ", "negated"),
)

FAMILIES = (
    Family("partnership", "Cooperation", "#00798c", "#45c4d6"),
    Family("supply", "Supply and trade", "#2b62d9", "#82a8ff"),
    Family("production", "Production", "#2b7a3d", "#6fca83"),
    Family("ownership", "Ownership", "#7446c4", "#b596f5", (9, 4)),
    Family("money", "Funding", "#8a6100", "#e0b44f", (12, 4, 3, 4)),
    Family("restriction", "Policy", "#c0362c", "#ff8577", (7, 4)),
    Family("competition", "Competition", "#a3480f", "#ef9f63", (12, 5)),
    Family("place", "Places", "#a83a7c", "#ee8cc5", (4, 3)),
    Family("people", "People", "#5c6470", "#a9b1bd", (3, 3)),
    Family("membership", "Membership", "#4f6b1e", "#a9c96a", (2, 3)),
    Family("use", "Use and goals", "#46617a", "#94b4cf", (5, 3, 2, 3)),
    Family("other", "Other", "#5c6470", "#a9b1bd"),
)


def families(used: Iterable[str]) -> list[Family]:
    """The families that are used, in the palette's order; one without a colour of its own looks like "other".

    >>> [family.label for family in families(["people", "gossip"])]
    ['People', 'Gossip']
    """
    wanted = set(used)
    known = [family for family in FAMILIES if family.id in wanted]
    strangers = sorted(wanted - {family.id for family in known})
    return known + [Family(name, name.capitalize(), FAMILIES[-1].light, FAMILIES[-1].dark) for name in strangers]
