"""Processes that answer, a few at once, and a second lane for what takes long, so that it holds up nothing else.

A request starts among the quick. One whose process has worked for a moment and is not done goes on in the slow lane, at
a low priority, and its place is free again; where that lane is full it is ended and waits there for its turn. Requests
of its kind then start in the slow lane, in processes of low priority, until one of them is quick again. What counts is
work, not time: on a busy machine the quick stay quick.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Self

from graph.engine_process import message
from graph.server.places import Places
from graph.server.refusal import Refusal, busy
from graph.server.replies import can_wait_for, exchanged
from graph.worker import TOO_DEEP, TOO_LARGE, too_slow

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.engine_process import Reply
    from graph.process import Process
    from graph.server.settings import Settings

_REMEMBERED = 1_000
_MOMENT = 0.02  # seconds too few to wait for
_STARTERS = 2  # threads that wait for processes to be ready
_START_UP = 60.0  # seconds of the processor that opening a graph may take
_AGAIN = 1.0  # seconds before a start that failed is tried again


class Pool:
    """Processes for one snapshot.

    start: function that starts one; hello: a message that costs nothing, with which a process shows that it is ready;
    settings: Settings. None counts before it is ready, so that starting is never taken for a slow query; `ready` is
    True from the first one on.
    """

    def __init__(self, start: Callable[[], Process], hello: dict[str, Any], settings: Settings) -> None:
        self._start = start
        self._hello = message(hello | {"seconds": settings.timeout + _START_UP})
        self._settings = settings
        self._idle: dict[bool, asyncio.Queue[Process]] = {low: asyncio.Queue() for low in (False, True)}
        self._low: set[Process] = set()
        self._all: set[Process] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False
        self.ready = False
        self.running = 0
        # One client cannot have all quick places: what it asks may turn out to be slow.
        of_one = max(1, settings.workers - 1)
        self._quick = Places(settings.workers, settings.waiting, settings.patience, of_one)
        self._slow = Places(settings.slow, settings.waiting // 8, settings.patience, settings.slow)
        self._slow_kinds: OrderedDict[str, None] = OrderedDict()
        self._threads = ThreadPoolExecutor(settings.workers + settings.slow + _STARTERS, thread_name_prefix="pool")
        self.ended = 0
        self._holders = 1

    def share(self) -> Self:
        """The same pool for one more snapshot; it ends when the last of them is closed."""
        self._holders += 1
        return self

    def warm(self) -> None:
        """Starts the processes; needs a running event loop."""
        for low, count in ((False, self._settings.workers), (True, self._settings.slow)):
            for _ in range(count):
                self._begin_one(low)

    async def ask(self, request: dict[str, Any], client: str, kind: str) -> Reply:
        """The reply to a request.

        client: str, who asks, for fairness; kind: str, the same for requests that take about as long. Raises a
        `Refusal` with status 503 where there is no place, 504 where time runs out, 422 where memory or the stack do.
        """
        sent = message(request | {"seconds": self._settings.timeout})
        if kind in self._slow_kinds:
            return await self._slowly(sent, client, kind)
        async with AsyncExitStack() as slow:
            async with self._quick.one(client):
                process = await self._take(low=False)
                task, timer = self._begin(process, sent)
                if await self._is_quick(process, task):
                    return self._end(process, task, timer)
                self._remember(kind)
                goes_on = self._slow.free(client)
                if goes_on:
                    await slow.enter_async_context(self._slow.one(client))
                else:
                    await self._stop(process, task, timer)
            if goes_on:
                return await self._go_on(process, task, timer)
        return await self._slowly(sent, client, kind)

    def close(self) -> None:
        """Ends all processes, unless another snapshot has them too."""
        self._holders -= 1
        if self._holders:
            return
        self._closed = True
        for task in self._starting:
            task.cancel()
        for process in tuple(self._all):
            process.kill()
        self._threads.shutdown(wait=True)
        for process in tuple(self._all):
            process.close()

    async def _go_on(self, process: Process, task: asyncio.Future[Reply | None], timer: asyncio.TimerHandle) -> Reply:
        process.lower()
        await asyncio.wait({task})
        return self._end(process, task, timer, keep=False)

    async def _stop(self, process: Process, task: asyncio.Future[Reply | None], timer: asyncio.TimerHandle) -> None:
        timer.cancel()
        process.kill()
        await asyncio.wait({task})
        self._drop(process)

    async def _slowly(self, request: bytes, client: str, kind: str) -> Reply:
        async with self._slow.one(client):
            process = await self._take(low=True)
            task, timer = self._begin(process, request)
            if await self._is_quick(process, task) and task.result() is not None:
                self._slow_kinds.pop(kind, None)
            await asyncio.wait({task})
            return self._end(process, task, timer)

    async def _is_quick(self, process: Process, task: asyncio.Future[Reply | None]) -> bool:
        """True once there is a reply, False once the process has worked for a moment without one."""
        before, left = process.worked(), self._settings.quick
        while left > _MOMENT and not task.done():
            await asyncio.wait({task}, timeout=left)
            left = self._settings.quick - (process.worked() - before)
        return task.done()

    async def _take(self, low: bool) -> Process:
        while True:
            process = await self._next(self._idle[low])
            if process.ready:
                self.running += 1
                return process
            self._replace(process)

    async def _next(self, idle: asyncio.Queue[Process]) -> Process:
        if not idle.empty():  # as a rule; to wait with a limit costs as much as the rest of a short question
            return idle.get_nowait()
        try:
            return await asyncio.wait_for(idle.get(), self._settings.patience)
        except TimeoutError:
            raise busy() from None

    def _begin_one(self, low: bool) -> None:
        task = asyncio.get_running_loop().create_task(self._started(low))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _started(self, low: bool) -> None:
        """Starts a process and lets it be used once it is ready; one that fails is tried again after a while."""
        loop = asyncio.get_running_loop()
        process = self._start()
        self._all.add(process)
        if low:
            self._low.add(process)
            process.lower()
        if await loop.run_in_executor(self._threads, process.exchange, self._hello) is not None:
            self._idle[low].put_nowait(process)
            self.ready = True
            return
        await asyncio.sleep(_AGAIN)
        self._replace(process)

    def _begin(self, process: Process, request: bytes) -> tuple[asyncio.Future[Reply | None], asyncio.TimerHandle]:
        loop = asyncio.get_running_loop()
        task: asyncio.Future[Reply | None]
        if can_wait_for(request):
            task = exchanged(process, request)
        else:
            task = loop.run_in_executor(self._threads, process.exchange, request)
        return task, loop.call_later(self._settings.timeout, process.kill)

    def _end(
        self, process: Process, task: asyncio.Future[Reply | None], timer: asyncio.TimerHandle, keep: bool = True
    ) -> Reply:
        """The reply, the process kept where it can be; `keep` is False for one whose priority was lowered meanwhile."""
        late = timer.when() <= asyncio.get_running_loop().time()
        timer.cancel()
        reply = task.result()
        if reply is None:
            why = self._why(process, late)
            self._drop(process)
            raise why
        if keep:
            self.running -= 1
            self._idle[process in self._low].put_nowait(process)
        else:
            self._drop(process)
        return reply

    def _why(self, process: Process, late: bool) -> Refusal:
        if late:
            return Refusal(504, too_slow(self._settings.timeout))
        if process.overflowed:
            return Refusal(422, TOO_DEEP)
        return Refusal(422, TOO_LARGE) if process.status() < 0 else busy()

    def _drop(self, process: Process) -> None:
        self.running -= 1
        self._replace(process)

    def _replace(self, process: Process) -> None:
        self.ended += 1
        low = process in self._low
        self._all.discard(process)
        self._low.discard(process)
        process.close()
        if not self._closed:
            self._begin_one(low)

    def _remember(self, kind: str) -> None:
        self._slow_kinds[kind] = None
        if len(self._slow_kinds) > _REMEMBERED:
            self._slow_kinds.popitem(last=False)
