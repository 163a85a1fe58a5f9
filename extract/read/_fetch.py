"""Documents at addresses that the user gives: http and https, public hosts, within limits, as robots.txt allows."""

from __future__ import annotations

import ipaddress
import os
import socket
import tempfile
import time
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from extract.read._limits import LARGEST_FILE
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    import requests

AGENT = "chipgraph"
PRIVATE = "CHIPGRAPH_PRIVATE_ADDRESSES"
"""The environment variable that, set to 1, allows hosts of the own network."""

_SECONDS = 60.0
_WAIT = 10.0
_MOST_REDIRECTS = 5
_UNCHANGED = 304
_LARGEST_ROBOTS = 500_000


def is_address(path: str) -> bool:
    """True of a path that names a document on the web.

    >>> is_address("https://example.org/a"), is_address("news/a.html")
    (True, False)
    """
    return path.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Mark:
    """What a host calls the version of an answer by, so that it need not send again what has not changed.

    etag, modified: str, the answer's headers ETag and Last-Modified, empty where it has none.
    """

    etag: str = ""
    modified: str = ""

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for another version only, as RFC 9110 has it.

        >>> Mark('"7"').conditions
        {'If-None-Match': '"7"'}
        """
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in told.items() if value}


def fetched(url: str) -> IO[bytes]:
    """What an address answers, as a stream that can be read from any place.

    Raises `DocumentRefused` where the host is private, robots.txt forbids it, or it answers too much, too slowly or
    not at all.
    """
    found = fetched_anew(url, Mark())
    assert found is not None  # without a mark nothing is unchanged
    return found[0]


def fetched_anew(url: str, mark: Mark) -> tuple[IO[bytes], Mark] | None:
    """What an address answers, and its mark; None where that is what it was at an earlier mark.

    Raises `DocumentRefused` as `fetched` does.
    """
    import requests

    end = time.monotonic() + _SECONDS
    try:
        with requests.Session() as session:
            session.trust_env = False  # no proxies, which would look names up for us, and no passwords of the user
            session.headers["User-Agent"] = AGENT
            answer = _followed(session, url, end, mark.conditions)
            with answer:
                if answer.status_code == _UNCHANGED:
                    return None
                told = Mark(answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))
                return _read(answer, url, LARGEST_FILE, end), told
    except requests.RequestException as error:
        raise DocumentRefused(url, f"its host cannot be asked ({type(error).__name__})") from error
    except ValueError as error:
        raise DocumentRefused(url, f"it is no address ({error})") from error


def _followed(session: requests.Session, url: str, end: float, conditions: dict[str, str]) -> requests.Response:
    at = url
    for _ in range(_MOST_REDIRECTS + 1):
        if not is_address(at):
            raise DocumentRefused(url, f"it leads to {at[:100]}, which is neither http nor https")
        _require_public(at, url)
        _require_allowed(session, at, url, end)
        answer = session.get(at, headers=conditions, stream=True, allow_redirects=False, timeout=_WAIT)
        if answer.is_redirect:
            at = urljoin(at, answer.headers["Location"])
            answer.close()
            continue
        if answer.status_code != 200 and not (conditions and answer.status_code == _UNCHANGED):
            answer.close()
            raise DocumentRefused(url, f"its host answers with status {answer.status_code}")
        _require_public_peer(answer, url)
        return answer
    raise DocumentRefused(url, f"it leads on more than {_MOST_REDIRECTS} times")


def _require_public(at: str, url: str) -> None:
    parts = urlsplit(at)
    if not parts.hostname:
        raise DocumentRefused(url, "it names no host")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise DocumentRefused(url, f"there is no host {parts.hostname!r}") from error
    for *_, place in found:
        _require_global(str(place[0]), url)


def _require_public_peer(answer: requests.Response, url: str) -> None:
    """Asks the connection itself: a name can mean another host the second time that it is looked up."""
    connection = getattr(answer.raw, "_connection", None) or getattr(answer.raw, "connection", None)
    if (peer := getattr(connection, "sock", None)) is not None:
        _require_global(str(peer.getpeername()[0]), url)


def _require_global(host: str, url: str) -> None:
    address = ipaddress.ip_address(host.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or address
    if (not mapped.is_global or mapped.is_multicast) and os.environ.get(PRIVATE) != "1":
        raise DocumentRefused(url, f"its host is on a private network; set {PRIVATE}=1 to read from there")


def _require_allowed(session: requests.Session, at: str, url: str, end: float) -> None:
    """As RFC 9309 has it: no robots.txt allows everything, one that cannot be had forbids everything."""
    with session.get(urljoin(at, "/robots.txt"), stream=True, allow_redirects=False, timeout=_WAIT) as answer:
        if answer.status_code >= 500:
            raise DocumentRefused(url, "its host cannot say whether robots may read it; try again later")
        if answer.status_code != 200:
            return
        with _read(answer, url, _LARGEST_ROBOTS, end) as kept:
            rules = kept.read().decode("utf-8", "replace")
    robots = RobotFileParser()
    robots.parse(rules.splitlines())
    if not robots.can_fetch(AGENT, at):
        raise DocumentRefused(
            url, "its host's robots.txt does not allow robots to read it; save the page and give the file"
        )


def _read(answer: requests.Response, url: str, largest: int, end: float) -> IO[bytes]:
    kept = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=largest))  # noqa: SIM115
    try:
        for part in answer.iter_content(1 << 16):
            kept.write(part)
            if kept.tell() > largest:
                raise DocumentRefused(url, f"it is larger than {largest // 1_000_000} MB; save it and give the file")
            if time.monotonic() > end:
                raise DocumentRefused(url, f"it takes longer than {_SECONDS:.0f} seconds")
    except BaseException:
        kept.close()
        raise
    kept.seek(0)
    return kept
