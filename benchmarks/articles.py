"""Invented articles of 150 to 300 words on actors of the registry and made-up ones, the same for each number."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING

from ontology.registry import load

if TYPE_CHECKING:
    from pathlib import Path

STEMS = ("Kestrel", "Ardent", "Nimbus", "Quarry", "Tallis", "Orrin", "Vesper", "Larch", "Brume", "Corvane", "Delmar")
TRADES = ("Devices", "Materials", "Photonics", "Packaging", "Analog", "Optics", "Sensors", "Power", "Memory", "Test")
GOODS = (
    *("wafers", "memory chips", "power modules", "photomasks", "microcontrollers", "test equipment", "photoresist"),
    *("image sensors", "silicon carbide substrates", "lidar chips", "etching tools", "lead frames", "probe cards"),
)
TOWNS = ("Dresden", "Hsinchu", "Austin", "Leuven", "Grenoble", "Penang", "Kumamoto", "Phoenix", "Catania", "Pune")
MONTHS = ("January", "March", "April", "June", "July", "September", "October", "December")
PEOPLE = ("Ana Okafor", "Jan Verhulst", "Mei Tanaka", "Omar Lind", "Ruth Salgado", "Piotr Hale", "Ines Moreau")
TELLING = (
    "{a} supplies {b} with {goods}, and the two have worked together since {year}.",
    "{a} said on Tuesday that it would buy {goods} from {b} until {year}.",
    "In {year} {a} acquired {b} for ${sum} million.",
    "{a} and {b} are to develop {goods} together, without a date for the first samples.",
    "{a} does not sell {goods} to {b}, people at the company said.",
    "Revenue of {a} rose {percent}% to ${sum} million in the quarter, helped by {goods}.",
    "A plant for {goods} that {a} is building near {town} is to open in {month} {year}.",
    "{a}, which makes {goods}, counts {b} among its largest customers.",
    "{person}, the chief executive of {a}, told investors that orders from {b} had fallen by {percent}%.",
    "{a} invested ${sum} million in {b}, a maker of {goods} with its seat in {town}.",
    "{b} sued {a} over patents on {goods} and asked for ${sum} million.",
    "{a} competes with {b} and {c} in {goods}.",
    "The {town} site of {a} employs {count} people and ships {goods} to {b} and {c}.",
    "{a} has licensed a design for {goods} to {b}, which {c} will produce.",
    "{a} expects to spend ${sum} million on {goods} in {year}, up {percent}% on the year before.",
    "{c} has held {percent}% of {a} since {year}, and {b} the rest.",
    "{a} named {person} to its board; {person} used to lead the {town} laboratory of {b}.",
    "Talks in which {a} was to take over {b} ended in {month} without a result.",
)
LINKING = (
    "Analysts had asked for more, and the shares moved little on the day.",
    "How long the shortage lasts is hard to say, because few firms publish what they hold in stock.",
    "The firm did not answer questions about prices.",
    "Demand from car makers had been weak since the spring, and inventories are still high.",
    "That is the third such announcement this year, and not likely the last one.",
    "A spokesperson called the schedule demanding but realistic.",
    "Local officials promised a road and a second power line to the site.",
    "Buyers have begun to order earlier than they used to, which makes the numbers look better than they are.",
    "None of the parties would say how the costs are shared.",
    "Delivery times went from twelve weeks to almost thirty, then back to sixteen.",
)
HEADLINES = (
    "{a} turns to {b} for {goods}",
    "What {a} wants with {goods}",
    "{a} and {b}: notes on {goods} from {town}",
    "Orders for {goods} move from {b} to {a}",
)


def article(number: int) -> str:
    """A headline and four to six paragraphs."""
    draw = random.Random(number)
    names = [*draw.sample(_known(), 4), *(f"{draw.choice(STEMS)} {draw.choice(TRADES)}" for _ in range(3))]
    lines = [f"{_filled(draw, names, draw.choice(HEADLINES))} ({number})"]
    goal, words = draw.randint(150, 270), 0
    while words < goal:
        told = [_filled(draw, names, template) for template in draw.sample(TELLING, draw.randint(1, 3))]
        told.insert(draw.randint(0, len(told)), draw.choice(LINKING))
        lines.append(" ".join(told))
        words += len(lines[-1].split())
    return "\n\n".join(lines) + "\n"


def write(folder: Path, count: int) -> None:
    """Writes the first articles into a folder, a file each."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:06}.txt").write_text(article(number), encoding="utf-8")


@cache
def _known() -> list[str]:
    return sorted(entry.label for entry in load().entries.values() if entry.type == "Company")


def _filled(draw: random.Random, names: list[str], template: str) -> str:
    a, b, c = draw.sample(names, 3)
    figures = {
        "year": draw.randint(2018, 2029),
        "sum": draw.randint(20, 900),
        "percent": draw.randint(2, 60),
        "count": draw.randint(40, 3000),
    }
    chosen = {
        "goods": draw.choice(GOODS),
        "town": draw.choice(TOWNS),
        "month": draw.choice(MONTHS),
        "person": draw.choice(PEOPLE),
    }
    return template.format(a=a, b=b, c=c, **figures, **chosen)
