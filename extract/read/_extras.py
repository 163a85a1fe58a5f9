"""Libraries that only some formats need."""

from __future__ import annotations

import importlib
from typing import Any

from ontology.errors import DocumentRefused


def needed(module: str, what: str, source: str) -> Any:
    """A module of the extra `documents`; raises `DocumentRefused` with the command that installs it.

    module: str, to be imported; what: str, what the document is; source: str, for the refusal.

    >>> needed("no_such_parser", "a scroll", "a.scroll")
    Traceback (most recent call last):
    ontology.errors.DocumentRefused: a.scroll: it is a scroll; run pip install 'chipgraph[documents]' to read it
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        reason = f"it is {what}; run pip install 'chipgraph[documents]' to read it"
        raise DocumentRefused(source, reason) from error
