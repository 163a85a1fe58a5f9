"""What many documents cost: rate, memory and size of builds of invented articles, for one job and several.

python benchmarks/bench_scale.py JOBS SIZE...    e.g. 2 1000 5000; each size is built with one job and with JOBS
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FIRMS = ("TSMC", "Samsung", "Intel", "Infineon", "STMicroelectronics", "NXP", "Renesas", "Micron", "Nvidia", "ASML")
MAKERS = ("Kestrel", "Ardent", "Nimbus", "Quarry", "Tallis", "Orrin", "Vesper", "Larch")
TRADES = ("Devices", "Materials", "Photonics", "Packaging", "Analog", "Optics")
GOODS = ("wafers", "memory chips", "power modules", "photomasks", "microcontrollers", "test equipment")
SENTENCES = (
    "{a} supplies {b} with {goods}.",
    "{a} said on Tuesday that it would buy {goods} from {b} until {year}.",
    "In {year} {a} acquired {b} for ${sum} million.",
    "{a} and {b} work together on {goods}, and neither of them named a date.",
    "{a} does not sell {goods} to {b}, people at the company said.",
    "Revenue of {a} rose {percent}% to ${sum} million in {year}.",
    "A line for {goods} that {a} plans near Dresden is to open in {year}.",
    "Analysts had asked for more, and the weather was mild for the season.",
)


def article(number: int) -> str:
    """An article of six to fourteen sentences, the same for each number."""
    draw = random.Random(number)
    names = [*draw.sample(FIRMS, 4), *(f"{draw.choice(MAKERS)} {draw.choice(TRADES)}" for _ in range(2))]
    lines = [f"Note {number} on {draw.choice(GOODS)}"]
    for length in draw.choices(range(2, 6), k=draw.randint(2, 4)):
        lines.append(" ".join(_sentence(draw, names) for _ in range(length)))  # noqa: PERF401
    return "\n\n".join(lines) + "\n"


def _sentence(draw: random.Random, names: list[str]) -> str:
    a, b = draw.sample(names, 2)
    figures = {"year": draw.randint(2019, 2028), "sum": draw.randint(20, 900), "percent": draw.randint(2, 60)}
    return draw.choice(SENTENCES).format(a=a, b=b, goods=draw.choice(GOODS), **figures)


def measured(folder: Path, output: Path, jobs: int) -> str:
    """Builds in a process of its own; returns a line of what it cost."""
    load, started = os.getloadavg()[0], time.perf_counter()
    program = (
        "import sys, resource, chipgraph\n"
        "if __name__ == '__main__':\n"
        f"    chipgraph.build([{str(folder)!r}], {str(output)!r}, jobs={jobs})\n"
        "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    report = json.loads((output / "report.json").read_text(encoding="utf-8"))
    last = report["stages"]["index"] + report["stages"]["view"]
    documents = report["documents"]["read"]
    store = sum(path.stat().st_size for path in (output / "store").rglob("*") if path.is_file()) / 1e6
    page = (output / "graph.html").stat().st_size / 1e6
    return (
        f"{documents:7} {jobs:4} {documents / seconds:8.1f} {documents / (seconds - last):10.1f} {last:8.1f}"
        f" {int(done.stdout) / 1024:8.0f} {store:8.1f} {page:7.1f} {load:6.1f}"
    )


def main(jobs: int, sizes: list[int]) -> None:
    """Prints the curve."""
    print("   docs jobs   docs/s  extract/s  index,s  main,MB store,MB page,MB  load")
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            folder = Path(name) / f"articles-{size}"
            folder.mkdir()
            for number in range(size):
                (folder / f"{number:06}.txt").write_text(article(number), encoding="utf-8")
            for count in dict.fromkeys((1, jobs)):
                print(measured(folder, Path(name) / f"built-{size}-{count}", count), flush=True)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"the largest of all processes had {children:.0f} MB")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(given[0] if given else 2, given[1:] or [100])
