"""Word lists as data: `words(file, list)` gives one as a frozen set of lemmas."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(file: str) -> dict[str, Any]:
    """A lexicon file as it stands.

    >>> sorted(table("verbs")["object_control"])
    ['lemmas']
    """
    return tomllib.loads((Path(__file__).parent / f"{file}.toml").read_text("utf-8"))


@cache
def words(file: str, name: str) -> frozenset[str]:
    """The lemmas of one list of a lexicon file.

    >>> "company" in words("nouns", "organization")
    True
    """
    return frozenset(table(file)[name]["lemmas"])
