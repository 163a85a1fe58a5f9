"""The golden claims: what three sample articles are known to say. `python tests/golden/regenerate.py` writes them anew.

The files hold everything that a claim has, for reading. Only who, what, whom, polarity and modality are compared, so
that a better confidence or qualifier is no failure. The script prints what changed; read it before you commit: a line
that goes must be one that the article does not state.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extract.claims_io import read_claims, write_claims
from extract.model import Claim, Document
from extract.pipeline import extract
from extract.read import read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extract.model import Statement

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).resolve().parent / "claims"
ARTICLES = ("01-wire-microcontrollers.txt", "05-company-profile.html", "07-opinion.md")

Key = tuple[str, str, str, str, str]


def document(article: str) -> Document:
    """An article, its source the same on every machine."""
    source = f"examples/articles/{article}"
    return replace(read(str(ROOT / source)), source=source)


def extracted(article: str) -> list[Statement]:
    """What the pipeline finds in an article today."""
    return extract(document(article))


def golden(article: str) -> Path:
    """Where the claims of an article are kept."""
    return FOLDER / f"{Path(article).stem}.jsonl"


def kept(article: str) -> list[Statement]:
    """What the pipeline is known to find."""
    return list(read_claims(golden(article))) if golden(article).exists() else []


def keys(statements: Iterable[Statement]) -> set[Key]:
    """What is compared of the claims."""
    claims = (s for s in statements if isinstance(s, Claim))
    return {(c.subject.id, c.relation, c.object.id, c.polarity.value, c.modality.value) for c in claims}


def main() -> None:
    """Writes each file and prints its differences."""
    for article in ARTICLES:
        before, found = keys(kept(article)), extracted(article)
        write_claims(golden(article), found)
        golden(article).chmod(0o644)
        after = keys(found)
        sys.stdout.write(f"{article}: {len(after)} claims\n")
        sys.stdout.writelines(f"  - {' | '.join(key)}\n" for key in sorted(before - after))
        sys.stdout.writelines(f"  + {' | '.join(key)}\n" for key in sorted(after - before))


if __name__ == "__main__":
    main()
