"""The process that the store of a server with users' graphs is made in, and that an update runs in.

It copies a snapshot (hard links of what never changes), adds users' graphs from their file, and makes the changes of an
update there. The copy is what queries read next, or is thrown away: nothing else is touched, so the process may be
ended at any moment.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from graph import users
from graph.engine_process import run
from graph.server.changing import Changing, Impossible, Untouchable
from ontology.errors import InvalidData

if TYPE_CHECKING:
    from graph.engine_process import Reply

_FEW = 5_000
_KEPT = ".sst"  # files that the engine never writes to again; it keeps the others up to date


class Copy:
    """A copy of a snapshot with users' graphs in it.

    snapshot, target: Path, directories, the second of which is made; own: Path, the file of users' graphs.
    """

    def __init__(self, snapshot: Path, target: Path, own: Path) -> None:
        target.mkdir()
        for path in snapshot.iterdir():
            (os.link if path.suffix == _KEPT else shutil.copyfile)(path, target / path.name)
        quads = users.read(own)
        self.own = ox.Store()
        self.own.extend(quads)
        self.engine = ox.Store(str(target))
        # Never flushed: who opens the copy reads the log of what was written last, and that is short.
        (self.engine.extend if len(quads) < _FEW else self.engine.bulk_extend)(quads)


def main() -> None:
    """Answers what comes on standard input until it ends."""
    run(lambda head, _: [head], answer)


def answer(held: list[Any], request: dict[str, Any]) -> Reply:
    """The reply to a request: the first makes the copy, another runs an update in it.

    held: list, the first message, to which the copy is added. The kind of a reply is done, with users' graphs as they
    are then, or says why not: store, syntax, base (it would change another graph), refused or bytes.
    """
    try:
        if len(held) == 1:
            head = held[0]
            held.append(Copy(Path(head["snapshot"]), Path(head["target"]), Path(head["own"])))
        else:
            _update(held[1], request)
        content = users.written(held[1].own)
    except SyntaxError as error:
        return {"kind": "syntax", "text": str(error)}, b""
    except Untouchable as error:
        return {"kind": "base", "text": str(error)}, b""
    except (Impossible, RuntimeError, TypeError, ValueError, IndexError) as error:
        return {"kind": "refused", "text": str(error)}, b""
    except (OSError, InvalidData) as error:
        return {"kind": "store", "text": str(error)}, b""
    return ({"kind": "bytes"}, b"") if len(content) > request["max_bytes"] else ({"kind": "done"}, content)


def _update(copy: Copy, request: dict[str, Any]) -> None:
    naming = {"base_iri": request["base"], "prefixes": request["prefixes"]}
    Changing(copy.engine, copy.own, naming, request["max_rows"]).run(request["update"], request["dataset"])
