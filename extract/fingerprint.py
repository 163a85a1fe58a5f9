"""What statements follow from beside the document, as one hash: code, rules, vocabulary, registry, trained models."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import extract
import ontology

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFT_OUT = frozenset({"__pycache__", "recipe"})


@lru_cache(maxsize=8)
def fingerprint(actors: str = "") -> str:
    """A hash of the extractor; where it is the same, so are the statements of a document.

    actors: str, what a user added to the registry, in any form that is the same each time.

    >>> fingerprint() == fingerprint() != fingerprint("acme,Acme Chips,Company")
    True
    """
    return hashlib.sha256(f"{_of_packages()}\n{actors}".encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=1)
def _of_packages() -> str:
    content = hashlib.sha256(version("spacy").encode())
    for package in (extract, ontology):
        root = Path(package.__path__[0])
        for path in sorted(_files(root)):
            content.update(f"\n{package.__name__}/{path.relative_to(root).as_posix()}\n".encode())
            content.update(path.read_bytes())
    return content.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for path in root.iterdir():
        if path.name in _LEFT_OUT or path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _files(path)
        else:
            yield path
