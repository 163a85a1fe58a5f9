"""What identity costs: the compiled registry, merging and proposing among many names, linking as a share of extraction.

`python benchmarks/bench_entities.py [most]` prints three tables. Names are invented from a fixed seed; one in five is
another spelling, a longer form or an acronym of one before. Times are those of the processor, for machines that do
other things too.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from pathlib import Path

ARTICLES = Path(__file__).resolve().parents[1] / "examples" / "articles"
SYLLABLES = ("qua", "len", "tor", "mi", "ras", "vel", "no", "dri", "ka", "sol", "bex", "ty", "gan", "ur", "pho", "li")
TAILS = ("Semiconductor", "Technologies", "Microelectronics", "Devices", "Systems", "Materials", "Silicon", "Photonics")
LOADS = {
    "from the files": "from ontology import registry; registry.from_files().bearers",
    "compiled": "from ontology import registry; registry.shipped()",
    "compiled, and one look-up": "from ontology import registry; registry.shipped().lookup('TSMC')",
    "nothing (import only)": "from ontology import registry",
}


def names(number: int) -> list[str]:
    chance, found = random.Random(7), []
    while len(found) < number:
        if found and chance.random() < 0.2:
            found.append(varied(chance, chance.choice(found)))
        else:
            head = "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).title()
            found.append(f"{head} {chance.choice(SYLLABLES).title()} {chance.choice(TAILS)}")
    return found


def varied(chance: random.Random, name: str) -> str:
    kind = chance.randrange(3)
    if kind == 0:
        return name.replace(" ", "", 1)
    return f"{name} Holdings" if kind == 1 else name.removesuffix("s") + "s"


def resolve(number: int) -> tuple[int, int, float]:
    from graph.identity.decisions import Decisions
    from graph.identity.resolve import resolve as resolved
    from ontology.iri import slug
    from ontology.names import strip_legal_form
    from ontology.registry import load

    given = {slug(strip_legal_form(name)): name for name in names(number)}
    rows = [(key, strip_legal_form(name), "Company") for key, name in given.items()]
    load().lookup("TSMC")
    started = time.process_time()
    canon = resolved(rows, Decisions(), load())
    return len(rows), len(canon.of), time.process_time() - started


def propose(number: int) -> tuple[int, float]:
    """Pairs that are worth asking about, by names alone, and the seconds that finding and scoring them takes."""
    from graph.identity.propose import WIDEST, Keys
    from graph.identity.score import PROPOSED, Profile, candidates, compare

    known = [Profile(name, name, "Company", (name,)) for name in sorted(set(names(number)))]
    started = time.process_time()
    found = sum(compare(a, b).value >= PROPOSED for a, b in candidates(known, Keys(known), WIDEST))
    return found, time.process_time() - started


def one(number: int) -> None:
    ids, merged, seconds = resolve(number)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pairs, asked = propose(number)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{number:>8,} {ids:>8,} {merged:>7,} {seconds:>8.2f} {seconds / number * 1e6:>8.0f} {peak:>6.0f}", end="")
    print(f" {pairs:>9,} {asked:>8.2f} {asked / number * 1e6:>8.0f} {most:>6.0f}")


def loading() -> None:
    subprocess.run([sys.executable, "-c", LOADS["compiled"]], check=True)
    for what, program in LOADS.items():
        timed = f"import time; from ontology import registry; t = time.process_time(); {program}; "
        timed += "print(time.process_time() - t)"
        runs = [
            float(subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True).stdout)
            for _ in range(5)
        ]
        print(f"{what:<28} {min(runs) * 1e3:>7.1f} ms")


def linking() -> None:
    from extract.discourse import Discourse
    from extract.link import Linker
    from extract.pipeline import extract
    from extract.read import read

    documents = [read(str(path)) for path in sorted(ARTICLES.iterdir())]
    for document in documents:
        extract(document)
    spent = [0.0]

    def timed(function):  # type: ignore[no-untyped-def]
        def run(*arguments):  # type: ignore[no-untyped-def]
            if depth[0]:
                return function(*arguments)
            depth[0] += 1
            started = time.process_time()
            try:
                return function(*arguments)
            finally:
                spent[0] += time.process_time() - started
                depth[0] -= 1

        return run

    depth = [0]
    Linker.link, Linker.learn = timed(Linker.link), timed(Linker.learn)  # type: ignore[method-assign]
    started = time.process_time()
    for _ in range(3):
        for document in documents:
            extract(document)
    whole = time.process_time() - started
    print(f"linking: {spent[0] / whole:.1%} of extraction ({spent[0]:.2f} of {whole:.2f} s); by {Discourse.__name__}")


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
        return
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print("loading the registry")
    loading()
    print(f"\n{'names':>8} {'ids':>8} {'merged':>7} {'seconds':>8} {'µs each':>8} {'MiB':>6}", end="")
    print(f" {'proposed':>9} {'seconds':>8} {'µs each':>8} {'MiB':>6}")
    for part in (8, 4, 2, 1):
        subprocess.run([sys.executable, __file__, "--one", str(most // part)], check=True)
    print()
    linking()


if __name__ == "__main__":
    main()
