"""Who gets the next place."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.server.places import Places
from graph.server.refusal import Refusal


def run(coroutine):
    """What a coroutine returns, in a thread of its own: a browser that other tests use has a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def test_places_go_round_among_clients_and_one_cannot_have_all():
    async def told():
        places, order, leave = Places(2, 10, 30, each=1), [], asyncio.Event()

        async def ask(client):
            async with places.one(client):
                order.append(client)
                await leave.wait()

        asked = [asyncio.create_task(ask(client)) for client in ("a", "a", "a", "b", "c")]
        await asyncio.sleep(0)
        assert order == ["a", "b"]
        assert places.waiting == 3
        assert not places.free("d")
        leave.set()
        await asyncio.gather(*asked)
        assert places.free("a")
        return order

    assert run(told()) == ["a", "b", "a", "c", "a"]


def test_who_waits_too_long_or_goes_away_leaves_no_gap():
    async def told():
        places = Places(1, 2, 0.01, each=1)
        async with places.one("a"):
            gone = asyncio.create_task(places.one("b").__aenter__())
            await asyncio.sleep(0)
            gone.cancel()
            with pytest.raises(Refusal, match="as many queries as it can take"):
                await places.one("c").__aenter__()
            full = [asyncio.create_task(places.one("d").__aenter__()) for _ in range(3)]
            refused = await asyncio.gather(*full, return_exceptions=True)
        assert [error.status for error in refused] == [503] * 3
        assert places.waiting == 0
        return places.free("e")

    assert run(told())
