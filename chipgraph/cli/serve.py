"""`chipgraph serve`: the graph over HTTP."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chipgraph.cli._options import built, debug, time_limit
from ontology.errors import ChipgraphError

if TYPE_CHECKING:
    from graph.server.settings import Settings

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command("serve", short_help="Serve the graph: SPARQL endpoint, JSON API and pages.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="The port to listen at.")
@click.option(
    "--trusted-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A name that requests may be addressed to, beside localhost.",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="A web origin whose pages may read answers (CORS).",
)
@click.option(
    "--token-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file with the token that every request must bring.",
)
@click.option(
    "--write-token-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Take SPARQL Updates of graphs of users' own from requests that bring the token in this file.",
)
@time_limit(10.0)
@click.option(
    "--max-rows",
    type=click.IntRange(min=1),
    default=100_000,
    show_default=True,
    help="Refuse a longer answer; none is cut.",
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=4, show_default=True, help="How many queries run at once."
)
@click.option(
    "--cache",
    type=click.IntRange(0, 65_536),
    default=64,
    show_default=True,
    help="MiB of answers that are kept for who asks the same again.",
)
@built
@debug
def command(
    folder: Path,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
    token_file: Path | None,
    write_token_file: Path | None,
    timeout: float,
    max_rows: int,
    workers: int,
    cache: int,
) -> None:
    """Serve a built graph over HTTP until it is stopped: SPARQL at /sparql, JSON at /api, pages at /.

    Reads a built folder, and takes up each new build of it. Writes nothing but a log, a line of JSON a request, to
    standard error. Open to this machine alone unless --host says otherwise, and read-only unless started with
    --write-token-file: then updates are kept in the folder's users.trig, and the SPARQL endpoint alone reads them.

    Example: chipgraph serve -g output --port 8080
    """
    try:
        import httptools  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise ChipgraphError("Serving needs more packages: pip install 'chipgraph[serve]'.") from error
    from graph.server.settings import Settings

    known = Settings(folder).hosts
    if host not in _LOOPBACK and not hosts:
        raise click.UsageError(
            f"Say with --trusted-host by which name {host} is called, or `--trusted-host '*'` for any."
        )
    tokens = (_token(token_file), _token(write_token_file))
    said = (folder, origins, (*known, *hosts), *tokens, timeout, max_rows)
    _run(Settings(*said, workers=workers, kept=cache << 20), host, port)


def _token(file: Path | None) -> str:
    token = file.read_text(encoding="utf-8").strip() if file else ""
    if file and not token:
        raise click.UsageError(f"{file} is empty: put the token there.")
    return token


def _run(settings: Settings, host: str, port: int) -> None:
    import uvicorn

    from graph.server.app import application
    from graph.server.connection import Connection

    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    config = uvicorn.Config(
        application(settings),
        host=host,
        port=port,
        http=Connection,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=int(settings.timeout) + 1,
    )
    uvicorn.Server(config).run()
