"""Documents added to a graph as they come, until one is asked to stop."""

from __future__ import annotations

import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chipgraph.building import actor_files, build_from, setting_of
from chipgraph.engines.here import Here
from chipgraph.places import Marks, place
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import FrameType

    from chipgraph.places import Fresh, Place
    from chipgraph.report import Tell
    from extract.model import Document

_NAP = 0.2


class Stop:
    """Whether one has been asked to stop; asked a second time, the process is interrupted as usual."""

    def __init__(self) -> None:
        self.asked = False

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Takes Ctrl-C and SIGTERM for the request while the context lasts."""
        before = {number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def wait(self, seconds: float) -> None:
        """Waits so long, or until asked to stop."""
        end = time.monotonic() + seconds
        while not self.asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(_NAP, left))

    def _ask(self, number: int, _: FrameType | None) -> None:
        self.asked = True
        signal.signal(number, signal.default_int_handler)


def watch(
    places: Iterable[str],
    folder: Path,
    tell: Tell,
    *,
    registry: Sequence[Path] = (),
    pause: float | None = None,
    once: bool = False,
) -> None:
    """Adds what is new and what has changed at some places to the graph in a folder, again and again.

    places: iterable of str, folders and http(s) addresses; folder: Path, the built folder; tell: called with each
    event, those of a build and "waiting" with a reason; registry: files of actors, as for a build; pause: float or
    None, seconds between two looks; once: ends when what is there now is added. Ctrl-C and SIGTERM end it after the
    document at hand, with the graph whole. Raises `ChipgraphError` where a folder is not there or holds the graph, and
    what a build raises.
    """
    watched = [place(where, folder, pause) for where in places]
    marks = Marks(folder, setting_of(actor_files(folder, registry)).fingerprint)
    stop = Stop()
    with stop.on_signals():
        if once:
            _look(watched, marks, folder, registry, tell, stop)
            if left := [one for one in watched if one.unsettled]:
                stop.wait(max(one.pause for one in left))
                _look(left, marks, folder, registry, tell, stop)
                for one in left:
                    for name in one.unsettled:
                        tell("waiting", {"source": name, "reason": "it is still being written; left for the next run"})
            return
        due = [(0.0, one) for one in watched]
        while not stop.asked:
            began = time.monotonic()
            now = [one for when, one in due if when <= began]
            _look(now, marks, folder, registry, tell, stop)
            due = [(time.monotonic() + one.pause if one in now else when, one) for when, one in due]
            stop.wait(min(when for when, _ in due) - time.monotonic())


def _look(
    places: Iterable[Place], marks: Marks, folder: Path, registry: Sequence[Path], tell: Tell, stop: Stop
) -> None:
    """Adds what is new at some places; where another process writes the folder it is left for the next look."""
    from graph.reasons import StoreLocked

    fresh = [found for one in places for found in _seen(one, marks, tell)]
    if not fresh or stop.asked:
        return
    done: list[Fresh] = []
    try:
        build_from(lambda refuse: _documents(fresh, done, stop, refuse), folder, registry, tell, lambda _: Here())
    except StoreLocked as error:
        tell("waiting", {"source": str(folder), "reason": f"{error} It is tried again"})
        return
    marks.update((one.name, one.mark) for one in done)
    marks.save()


def _seen(one: Place, marks: Marks, tell: Tell) -> Iterable[Fresh]:
    try:
        return one.look(marks)
    except DocumentRefused as refused:
        tell("refused", {"source": refused.source, "reason": refused.reason})
        return []


def _documents(
    fresh: Iterable[Fresh], done: list[Fresh], stop: Stop, refuse: Callable[[DocumentRefused], None]
) -> Iterator[Document]:
    """The documents of what is new; done: gains what was read to its end, which is not so where one was to stop."""
    for one in fresh:
        for document in one.documents:
            if isinstance(document, DocumentRefused):
                refuse(document)
            else:
                yield document
            if stop.asked:
                return
        done.append(one)
