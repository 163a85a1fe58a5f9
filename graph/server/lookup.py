"""Look-ups as the server makes them: in a process of their snapshot, a refusal where there is no answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from graph.server.refusal import Refusal

if TYPE_CHECKING:
    from graph.server.kept import Kept
    from graph.server.snapshot import Live


class Lookups:
    """Look-ups in the snapshot that is served.

    live: Live; kept: Kept.
    """

    def __init__(self, live: Live, kept: Kept) -> None:
        self._live = live
        self._kept = kept

    async def json(self, call: str, client: str, **arguments: Any) -> bytes:
        """The answer as JSON; raises a `Refusal` where there is none."""
        with self._live.use() as snapshot:
            asked = json.dumps([call, arguments], sort_keys=True)
            key = f"{snapshot.base} {asked}"
            if kept := self._kept.get(key):
                return kept[1]
            head, body = await snapshot.lookups.ask({"call": call, "arguments": arguments}, client, asked)
        if head["kind"] != "found":
            raise _refusal(head)
        self._kept.put(key, head["kind"], body)
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
