"""Snapshots with the graphs of users' own in them, and updates of these, for a server that takes updates.

Users' graphs are one file, written whole; what queries read is a copy of the snapshot with that file's content. An
update is worked out in a process on a copy of its own: then the file is written, and the copy is read from then on.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from threading import Timer
from typing import IO, TYPE_CHECKING, Any

from graph import users
from graph.engine_process import message
from graph.layout import Layout
from graph.process import Process
from graph.reasons import unreadable
from graph.server.refusal import Refusal, busy
from graph.worker import TOO_DEEP, TOO_LARGE, too_slow
from ontology.errors import StoreError
from ontology.files import write_whole
from ontology.namespaces import CR_BASE, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from graph.engine_process import Reply
    from graph.server.protocol import Update
    from graph.server.settings import Settings

_PROGRAM = "graph.server.update_process"
Stamp = tuple[int, int, int]
_COPYING = 60.0  # seconds that a copy may take
_FAILED = "The graph cannot be read or written: who runs the server finds out why with `chipgraph check`."


@dataclass(frozen=True, slots=True)
class Extended:
    """A snapshot with users' graphs.

    path: Path, its directory; digest: str, of users' graphs; stamp: what tells their file from a later one.
    """

    path: Path
    digest: str
    stamp: Stamp

    def remove(self) -> None:
        """Gives the disk back what only it needs; processes that have it open go on."""
        shutil.rmtree(self.path, ignore_errors=True)


class Extending:
    """The one writer of users' graphs.

    settings: Settings. Raises `StoreError` where another server takes updates of the same folder, `InvalidData` where
    the file of users' graphs cannot be read.
    """

    def __init__(self, settings: Settings) -> None:
        layout = Layout(settings.folder)
        self._settings = settings
        self._file = layout.users
        self._folder = layout.store / "users"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(self._folder)
        for left in self._folder.iterdir():  # by a server that was killed
            if left.is_dir():
                shutil.rmtree(left)
        users.read(self._file)
        self._made = 0

    @property
    def stamp(self) -> Stamp:
        """What tells the file of users' graphs from another."""
        if not self._file.exists():
            return 0, 0, 0
        told = self._file.stat()
        return told.st_ino, told.st_size, told.st_mtime_ns

    def extended(self, snapshot: Path, update: Update | None = None) -> Extended:
        """A snapshot with users' graphs, after an update where there is one; takes a while, and one call at a time.

        Raises a `Refusal` where there is none; then nothing has changed.
        """
        self._made += 1
        target = self._folder / str(self._made)
        stamp = self.stamp
        opening = {"snapshot": str(snapshot), "target": str(target), "own": str(self._file)}
        process = Process(_PROGRAM, opening | {"memory": self._settings.memory})
        try:
            content = self._content(process, self._request(None), _COPYING)
            if update is not None:
                changed = self._content(process, self._request(update), self._settings.timeout)
                if changed != content:
                    self._write(changed)
                    content, stamp = changed, self.stamp
        except BaseException:
            process.close()
            shutil.rmtree(target, ignore_errors=True)
            raise
        process.close()
        return Extended(target, hashlib.sha256(content).hexdigest()[:16], stamp)

    def close(self) -> None:
        """Lets another server take updates."""
        self._lock.close()

    def _request(self, update: Update | None) -> dict[str, Any]:
        return {
            "update": update.text if update else "",
            "dataset": update.dataset if update else None,
            "max_rows": self._settings.max_rows,
            "max_bytes": self._settings.max_bytes,
            "base": CR_BASE,
            "prefixes": dict(PREFIXES),
        }

    def _content(self, process: Process, request: dict[str, Any], seconds: float) -> bytes:
        """Users' graphs after a request of a process, which is ended after so many seconds."""
        timer = Timer(seconds, process.kill)
        timer.start()
        try:
            reply = process.exchange(message(request | {"seconds": seconds}))
            late = not timer.is_alive()
        finally:
            timer.cancel()
        if reply is None:
            raise _ended(process, seconds, late)
        if reply[0]["kind"] != "done":
            raise self._refusal(request["update"], reply)
        return reply[1]

    def _refusal(self, text: str, reply: Reply) -> Refusal:
        kind, why = reply[0]["kind"], reply[0].get("text", "")
        if not text or kind == "store":
            return Refusal(500, _FAILED)
        if kind == "syntax":
            return Refusal(400, str(unreadable(text, SyntaxError(why))).replace("query", "update", 1))
        if kind == "base":
            return Refusal(403, why)
        if kind == "refused":
            return Refusal(400, f"The update cannot be done: {why.rstrip('.')}.")
        return Refusal(422, f"Users' graphs would have over {self._settings.max_bytes} bytes: keep less in them.")

    def _write(self, content: bytes) -> None:
        try:
            write_whole(self._file, content)
        except OSError as error:
            raise Refusal(507, "The server has no room for the update: nothing was changed.") from error


def _ended(process: Process, seconds: float, late: bool) -> Refusal:
    if late:
        return Refusal(504, too_slow(seconds).replace("query", "update", 1))
    if process.overflowed:
        return Refusal(422, TOO_DEEP.replace("query", "update", 1))
    return Refusal(422, TOO_LARGE.replace("query", "update", 1)) if process.status() < 0 else busy()


def _locked(folder: Path) -> IO[bytes]:
    """A file that only one server holds; raises `StoreError` where another does."""
    lock = (folder / "LOCK").open("wb")
    try:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:  # Windows has no such call
        pass
    except OSError as error:
        lock.close()
        raise StoreError(f"Another server takes updates of the graph at {folder.parent.parent}: stop it.") from error
    return lock
