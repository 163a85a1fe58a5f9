"""Options that several commands share, so that they are called and explained alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extract.model import THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")

OUTPUT = Path("output")


def debug(function: F) -> F:
    """`--debug`, which `chipgraph.__main__` looks for among the arguments."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Show a traceback where an error occurs.")(
        function
    )


def graph(function: F) -> F:
    """`--graph`, the built folder that a question is asked of."""
    return click.option(
        "-g",
        "--graph",
        "folder",
        type=click.Path(path_type=Path),
        default=OUTPUT,
        show_default=True,
        help="The folder that `chipgraph build` wrote.",
    )(function)


def registry(function: F) -> F:
    """`--registry`, a user's own actors."""
    return click.option(
        "--registry",
        "actors",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="FILE",
        help="Actors to know beside the shipped ones: CSV, YAML, JSON or TOML; may be given several times.",
    )(function)


def min_confidence(function: F) -> F:
    """`--min-confidence`, from 0 to 1."""
    return click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=THRESHOLD,
        show_default=True,
        metavar="NUMBER",
        help="Leave out statements of lower confidence; 0 keeps all.",
    )(function)
