"""The exit statuses of the command."""

from __future__ import annotations

DONE = 0
SOME_REFUSED = 1  # the rest is done
FAILED = 2  # wrong usage, or nothing could be done
INTERRUPTED = 130  # what shells give for Ctrl-C
