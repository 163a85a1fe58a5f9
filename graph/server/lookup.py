"""Look-ups as the server makes them: in a process of their snapshot, a refusal where there is no answer."""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from graph.server.refusal import Refusal

if TYPE_CHECKING:
    from graph.server.snapshot import Live

_KEPT = 500  # answers
_LONGEST = 200_000  # bytes of one that is kept


class Lookups:
    """Look-ups in the snapshot that is served; a snapshot never changes, so its answers are kept.

    live: Live.
    """

    def __init__(self, live: Live) -> None:
        self._live = live
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    async def json(self, call: str, client: str, **arguments: Any) -> bytes:
        """The answer as JSON; raises a `Refusal` where there is none."""
        with self._live.use() as snapshot:
            key = (snapshot.base, json.dumps([call, arguments], sort_keys=True))
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            head, body = await snapshot.lookups.ask({"call": call, "arguments": arguments}, client, call + str(key[1]))
        if head["kind"] != "found":
            raise _refusal(head)
        if len(body) <= _LONGEST:
            self._kept[key] = body
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return body

    async def found(self, call: str, client: str, **arguments: Any) -> dict[str, Any]:
        """The answer; raises a `Refusal` where there is none."""
        found: dict[str, Any] = json.loads(await self.json(call, client, **arguments))
        return found

    @property
    def key(self) -> str:
        """What tells the snapshot that is looked up in from others."""
        return self._live.current.base


def _refusal(head: dict[str, Any]) -> Refusal:
    if head["kind"] == "missing":
        return Refusal(404, head["text"], suggestions=tuple(head["suggestions"]))
    if head["kind"] == "wrong":
        return Refusal(400, head["text"], suggestions=tuple(head["suggestions"]))
    return Refusal(500, "The graph cannot be read: who runs the server finds out why with `chipgraph check`.")
