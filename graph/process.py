"""A process of our own that answers one message after another and can be ended at any moment."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from graph.engine_process import message, receive

if TYPE_CHECKING:
    from graph.engine_process import Reply

_START = "import sys; sys.path[:] = {path!r}; from {program} import main; main()"
_LOW = 10  # as nice as what has time
_WORK = 2  # which clock of a process counts its work; clock_getcpuclockid(3) makes the name of it so on Linux
_STACK = (-11, -7)  # SIGSEGV, SIGBUS: the engine walks nested patterns on the stack


class Process:
    """A running program that reads messages and writes a reply to each, as `graph.engine_process` defines them.

    program: str, the module whose `main` runs; opening, body: the first message, which gets no reply.
    """

    def __init__(self, program: str, opening: dict[str, Any], body: bytes = b"") -> None:
        command = [sys.executable, "-P", "-c", _START.format(path=sys.path, program=program)]
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        # A group of its own: Ctrl-C at a terminal is for who asks, which then ends this. No session of its own, for
        # where Linux shares out its time by session (sched_autogroup), a low priority counts within one only.
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, process_group=0)
        self._opening = message(opening, body)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def ready(self) -> bool:
        """True while the process can take another message."""
        return self._process.poll() is None

    def exchange(self, request: bytes) -> Reply | None:
        """The reply to a message; None where the process ended instead."""
        self.begin(request)
        assert self._process.stdout is not None
        return receive(self._process.stdout)

    def begin(self, request: bytes) -> None:
        """Sends a message whose reply is read from `output` by another."""
        assert self._process.stdin is not None
        opening, self._opening = self._opening, b""
        try:
            for part in (opening, request):
                self._process.stdin.write(part)
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # the process has ended; it may have said why

    @property
    def output(self) -> int:
        """The file descriptor that replies come from."""
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def worked(self) -> float:
        """Seconds of the processor that it has used; where the system does not tell, seconds of the clock."""
        if sys.platform == "linux":
            with contextlib.suppress(OSError):  # it has ended
                return time.clock_gettime(~self.pid << 3 | _WORK)
        return time.monotonic()

    def lower(self) -> None:
        """Lets others go first from now on; there is no way back."""
        with contextlib.suppress(OSError, AttributeError):  # it may have ended; Windows has no such call
            os.setpriority(os.PRIO_PROCESS, self.pid, _LOW)

    def kill(self) -> None:
        """Ends the process without waiting for it."""
        self._process.kill()

    def status(self) -> int:
        """How the process ended, once it has: the exit status, or the number of a signal below zero."""
        return self._process.wait()

    @property
    def overflowed(self) -> bool:
        """True where the process ended because its stack ran out."""
        return self.status() in _STACK

    def close(self) -> None:
        """Ends the process and takes back what it held."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:  # what was left to write has no reader any more
                    continue
        self._process.wait()
