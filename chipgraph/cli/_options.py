"""Options that several commands share, so that they are called and explained alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graph.address import is_address

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")

OUTPUT = Path("output")


def debug(function: F) -> F:
    """`--debug`, which `chipgraph.__main__` looks for among the arguments."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Show a traceback where an error occurs.")(
        function
    )


class _Folder(click.Path):
    """A path, or else the address of a server where those will do."""

    name = "folder"

    def __init__(self, servers: bool) -> None:
        super().__init__(path_type=Path)
        self._servers = servers

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not is_address(value):
            return super().convert(value, param, ctx)
        if not self._servers:
            self.fail(f"{value} is a server's address; this command needs a built folder.", param, ctx)
        return value


def graph(function: F) -> F:
    """`--graph`, the built folder or the server that a question is asked of."""
    return _graph(_Folder(servers=True), "The folder that `chipgraph build` wrote, or the address of a server.")(
        function
    )


def built(function: F) -> F:
    """`--graph` of a command that needs the files of a built folder."""
    return _graph(_Folder(servers=False), "The folder that `chipgraph build` wrote.")(function)


def _graph(kind: _Folder, means: str) -> Callable[[F], F]:
    return click.option("-g", "--graph", "folder", type=kind, default=OUTPUT, show_default=True, help=means)


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
    from extract.model import THRESHOLD

    return click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=THRESHOLD,
        show_default=True,
        metavar="NUMBER",
        help="Leave out statements of lower confidence; 0 keeps all.",
    )(function)


def log_json(function: F) -> F:
    """`--log-json`, events for machines."""
    return click.option(
        "--log-json", "as_json", is_flag=True, help="Tell what happens on standard error, a JSON object a line."
    )(function)


def time_limit(seconds: float) -> Callable[[F], F]:
    """`--timeout` of commands that ask queries; seconds: float, what it is by default."""
    return click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=seconds,
        show_default=True,
        metavar="SECONDS",
        help="Stop a query that takes longer.",
    )
