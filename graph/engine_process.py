"""The process that a query with a time limit runs in: it opens a store and answers until its input ends.

Kept so small (the standard library, pyoxigraph, little of ours) that it starts in a tenth of a second. Everything that
may end a process happens here: time, memory and the stack run out in this one, never in the one that asked. A message
is its length in eight bytes, then a line of JSON, then bytes.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, TypeVar

import pyoxigraph as ox

from graph.ordering import Ordered
from graph.sparql_json import binding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Reply = tuple[dict[str, Any], bytes]

T = TypeVar("T")


def message(head: dict[str, Any], body: bytes = b"") -> bytes:
    """A message as it is sent."""
    data = json.dumps(head).encode() + b"\n" + body
    return len(data).to_bytes(8, "big") + data


def send(stream: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    """Writes one message."""
    stream.write(message(head, body))
    stream.flush()


def receive(stream: IO[bytes]) -> Reply | None:
    """Reads one message; None at the end of the stream, and where it ends within a message.

    >>> import io
    >>> pipe = io.BytesIO()
    >>> send(pipe, {"a": 1}, b"text"), pipe.seek(0)
    (None, 0)
    >>> receive(pipe), receive(pipe)
    (({'a': 1}, b'text'), None)
    """
    size = int.from_bytes(stream.read(8), "big")
    data = stream.read(size)
    if not size or len(data) < size:
        return None
    head, _, body = data.partition(b"\n")
    return json.loads(head), body


def answer(engine: Ordered, request: dict[str, Any]) -> Reply:
    """The answer to a request; its kind is table, verdict, graph, rows (too many), syntax, refused or store."""
    prefixes, union = request["prefixes"], request["union"]
    try:
        return _encoded(
            engine.query(request["query"], prefixes=prefixes, use_default_graph_as_union=union), request["max_rows"]
        )
    except SyntaxError as error:
        return {"kind": "syntax", "text": str(error)}, b""
    except (RuntimeError, TypeError) as error:
        return {"kind": "refused", "text": str(error)}, b""
    except OSError as error:
        return {"kind": "store", "text": str(error)}, b""


def main() -> None:
    """Answers queries that come on standard input until it ends."""
    run(opened, answer)


def run(open_: Callable[[dict[str, Any], bytes], T], reply: Callable[[T, dict[str, Any]], Reply]) -> None:
    """Opens what the first message names, then answers each of the others until the input ends.

    open_, reply: functions of the first message, and of what was opened with another message.
    """
    source, target = sys.stdin.buffer, sys.stdout.buffer
    opening = receive(source)
    if opening is None:
        return
    _limit_memory(opening[0]["memory"])
    try:
        held = open_(*opening)
    except (OSError, RuntimeError) as error:
        send(target, {"kind": "store", "text": str(error)})
        return
    while (got := receive(source)) is not None:
        _limit_time(got[0]["seconds"])
        send(target, *reply(held, got[0]))


def opened(head: dict[str, Any], quads: bytes) -> Ordered:
    """The store of the first message: the snapshot at its path, or what follows as N-Quads."""
    if head["path"]:
        return Ordered(ox.Store.read_only(head["path"]))
    engine = ox.Store()
    engine.bulk_load(quads, ox.RdfFormat.N_QUADS, lenient=True)
    return Ordered(engine)


def _encoded(raw: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, most: int | None) -> Reply:
    if isinstance(raw, ox.QueryBoolean):
        return {"kind": "verdict", "value": bool(raw)}, b""
    kept: list[Any] = list(islice(raw, None if most is None else most + 1))
    if most is not None and len(kept) > most:
        return {"kind": "rows"}, b""
    if isinstance(raw, ox.QueryTriples):
        return {"kind": "graph"}, ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES) or b""
    return {"kind": "table"}, _table([variable.value for variable in raw.variables], kept)


def _table(columns: list[str], rows: Iterable[ox.QuerySolution]) -> bytes:
    bindings = [{c: binding(t) for c, t in zip(columns, row, strict=True) if t is not None} for row in rows]
    return json.dumps({"head": {"vars": columns}, "results": {"bindings": bindings}}).encode()


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    """Ends this process where the one that asked is no longer there to do it."""
    try:
        import resource
    except ImportError:
        return
    most, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(time.process_time() + seconds) + 2
    if most != wanted:
        resource.setrlimit(resource.RLIMIT_CPU, (wanted, hard))
