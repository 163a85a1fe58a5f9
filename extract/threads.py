"""One thread for what numpy computes.

The products of a sentence are too small for two threads to gain anything, a build with many processes would ask for
more of them than there are cores, and sums of another order would be other sums.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def one_thread() -> AbstractContextManager[object]:
    """While it is held, numpy's products are computed on one thread.

    >>> import numpy
    >>> with one_thread():
    ...     numpy.ones((2, 3)) @ numpy.ones(3)
    array([3., 3.])
    """
    limit: AbstractContextManager[object] = _libraries().limit(limits=1, user_api="blas")
    return limit


@cache
def _libraries() -> ThreadpoolController:
    """The libraries that numpy computes with, looked for once, so numpy must have been imported before."""
    import numpy  # noqa: F401

    return ThreadpoolController()
