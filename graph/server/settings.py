"""What a server may be told, and the limits it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """How a graph is served.

    folder: Path, a built one; origins: tuple of str, web origins that may read answers (CORS), none by default; hosts:
    tuple of str, names that requests may be addressed to (`*` in front for all below one), against DNS rebinding;
    token: str, what every request must bring as a bearer token where it is not empty; write_token: str, what an update
    must bring, none being taken where it is empty.

    Limits of a query: timeout: float, seconds; max_rows: int; max_bytes: int, of an answer; memory: int, bytes of the
    process that works it out; max_body: int, bytes of a request.

    Limits of the server: workers: int, queries at once; slow: int, how many of those that work over `quick` seconds
    run beside them; waiting: int, requests that wait for their turn, for `patience` seconds at most; kept: int, bytes
    of answers that are kept for who asks the same again.

    >>> from pathlib import Path
    >>> Settings(Path("output")).hosts
    ('localhost', '127.0.0.1', '[::1]')
    """

    folder: Path
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    token: str = ""
    write_token: str = ""
    timeout: float = 10.0
    max_rows: int = 100_000
    max_bytes: int = 32 << 20
    memory: int = 2 << 30
    max_body: int = 256_000
    workers: int = 4
    slow: int = 2
    quick: float = 0.3
    waiting: int = 256
    patience: float = 2.0
    kept: int = 64 << 20
