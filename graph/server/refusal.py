"""Requests that get no answer: a status and one sentence, which tells nothing of this machine."""

from __future__ import annotations

from http import HTTPStatus


class Refusal(Exception):
    """A request that gets no answer.

    status: int, of HTTP; text: str, one sentence; headers: dict of str; suggestions: tuple of str, what may have been
    meant.

    >>> Refusal(503, "Too many queries.", {"Retry-After": "1"}).reason
    'Service Unavailable'
    """

    def __init__(
        self, status: int, text: str, headers: dict[str, str] | None = None, suggestions: tuple[str, ...] = ()
    ) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.headers = headers or {}
        self.suggestions = suggestions

    @property
    def reason(self) -> str:
        """What HTTP calls the status."""
        return HTTPStatus(self.status).phrase


def busy(text: str = "The server has as many queries as it can take: try again in a moment.") -> Refusal:
    """The refusal of a server that has too much to do."""
    return Refusal(503, text, {"Retry-After": "1"})
