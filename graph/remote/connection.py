"""HTTP to a SPARQL server: who asks, how often to try again, how long to wait, and what is said when it fails.

Reads SPARQL 1.1 Protocol and Graph Store HTTP Protocol answers; nothing here knows what is in them.
"""

from __future__ import annotations

import os
import time
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from requests.utils import get_netrc_auth

from ontology.errors import QueryRefused, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

USER, PASSWORD, TOKEN = "CHIPGRAPH_USER", "CHIPGRAPH_PASSWORD", "CHIPGRAPH_TOKEN"
CONNECT = 10.0
READ = 300.0  # longest silence of a server, in seconds
_WAITS = (0.2, 0.5, 1.0, 2.0, 4.0)
_LONGEST_WAIT = 30.0  # of those that a server asks for
_BUSY = frozenset((429, 503))  # it has done nothing yet, so that anything may be sent again
_BROKEN = frozenset((502, 504))
_IN_MEMORY = 8 << 20
_PIECE = 1 << 16


class Bearer(AuthBase):
    """A token in the header `Authorization` (RFC 6750)."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """The request with the token."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class _Body(SpooledTemporaryFile[bytes]):
    """What a server sent, in memory or on disk where it is large; closed when nobody reads it any more."""

    def __del__(self) -> None:
        self.close()


class Connection:
    """A keep-alive connection to one server.

    address: str, any of its addresses, which errors name; read_timeout: float, seconds of silence after which a server
    is given up. Who asks is read from the environment (`CHIPGRAPH_TOKEN`, or `CHIPGRAPH_USER` and
    `CHIPGRAPH_PASSWORD`), else from .netrc. Raises `StoreError` for an address that is none or holds a password.
    """

    def __init__(self, address: str, read_timeout: float = READ) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise StoreError(f"{address!r} is no address of a server: give one that starts with http:// or https://.")
        if parts.username or parts.password:
            raise StoreError(f"Leave the password out of the address of {parts.hostname}: set {USER} and {PASSWORD}.")
        self.address = address
        self._origin = (parts.scheme, parts.netloc)
        self._read_timeout = read_timeout
        self._session = requests.Session()
        self._session.auth = _auth(address)

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        data: bytes | Iterable[tuple[str, str]] | None = None,
        repeatable: bool = True,
        absent: bool = False,
        within: float | None = None,
    ) -> Reply:
        """The answer of the server, read whole.

        repeatable: bool, True where doing it twice does no more than doing it once; absent: bool, True where what is
        asked for may be missing; within: float or None, seconds for all of it. Raises `QueryRefused` where the server
        cannot do what is asked or the time is up, `StoreError` where it cannot be reached, wants to know who asks or
        fails.
        """
        ends = None if within is None else time.monotonic() + within
        form = list(data) if data is not None and not isinstance(data, bytes) else data
        for wait in (*_WAITS, None):
            try:
                got = self._once(method, url, headers, params, form, ends)
            except requests.Timeout as error:
                if isinstance(error, requests.ConnectTimeout) and wait is not None and _left(ends) > wait:
                    time.sleep(wait)
                    continue
                raise self._too_slow(within) from error
            except requests.RequestException as error:
                if wait is None or not repeatable or not _passing(error) or _left(ends) <= wait:
                    raise self._unreachable(error) from error
                time.sleep(wait)
                continue
            again = got.status_code in _BUSY or (repeatable and got.status_code in _BROKEN)
            if wait is None or not again or _left(ends) <= (pause := _asked(got, wait)):
                return self._read(got, ends, within, absent)
            got.close()
            time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _once(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None,
        data: bytes | list[tuple[str, str]] | None,
        ends: float | None,
    ) -> requests.Response:
        def send() -> requests.Response:
            limit = max(0.001, min(self._read_timeout, _left(ends)))
            return self._session.request(
                method,
                url,
                headers=dict(headers),
                params=dict(params) if params else None,
                data=data,
                stream=True,
                timeout=(min(CONNECT, limit), limit),
                allow_redirects=False,  # a POST that is sent on becomes a GET, and the password goes elsewhere
            )

        got = send()
        basic = self._session.auth
        if got.status_code == 401 and isinstance(basic, HTTPBasicAuth) and not _wants_basic(got):
            got.close()
            self._session.auth = HTTPDigestAuth(basic.username, basic.password)
            got = send()
        return got

    def _read(self, got: requests.Response, ends: float | None, within: float | None, absent: bool) -> Reply:
        """The body, to memory or to disk where it is large; raises what its status means."""
        body = _Body(_IN_MEMORY)
        try:
            for piece in got.iter_content(_PIECE):
                body.write(piece)
                if _left(ends) <= 0:
                    raise self._too_slow(within)
        except requests.Timeout as error:
            raise self._too_slow(within) from error
        except requests.RequestException as error:
            if "timed out" in str(error).casefold():
                raise self._too_slow(within) from error
            raise StoreError(f"The answer of {self.address} broke off: ask again.") from error
        finally:
            got.close()
        body.seek(0)
        if got.status_code >= 300 and not (absent and got.status_code == 404):
            raise self._failed(got, _words(body.read(4_000)))
        return Reply(got.headers, body)

    def _failed(self, got: requests.Response, said: str) -> Exception:
        code = got.status_code
        if code < 400:
            to = got.headers.get("Location", "another address")
            return StoreError(f"{self.address} sends on to {to}: give that address.")
        if code in (401, 403):
            how = f"set {USER} and {PASSWORD}, or {TOKEN}, or put the host into .netrc"
            return StoreError(f"{self.address} does not let you in ({code}): {how}.")
        if code in (404, 405):
            return StoreError(
                f"{got.url.split('?')[0]} answers {code}: give the address of the query endpoint, such as "
                "http://localhost:7878/query."
            )
        if code in (400, 413, 414, 422):
            return QueryRefused(f"{self.address} refuses the request ({code}): {said or 'it does not say why'}.")
        return StoreError(f"{self.address} failed ({code}{': ' + said if said else ''}): try again later.")

    def _unreachable(self, error: Exception) -> StoreError:
        if isinstance(error, requests.exceptions.SSLError):
            return StoreError(
                f"{self.address} has no certificate that can be trusted: set REQUESTS_CA_BUNDLE to yours."
            )
        if _dropped(error):
            return StoreError(f"{self.address} broke the connection off: look at the server's log and try again.")
        return StoreError(f"No server answers at {self.address}: start it, or mend the address.")

    def _too_slow(self, within: float | None) -> QueryRefused:
        limit = self._read_timeout if within is None else within
        return QueryRefused(f"{self.address} took over {limit:g} s and was given up: ask for less, or allow more time.")


class Reply:
    """What a server answered: its headers and its body, a file of bytes at its start."""

    def __init__(self, headers: Mapping[str, str], body: _Body) -> None:
        self.headers = headers
        self.body = body

    @property
    def media_type(self) -> str:
        """The type of the body, without its parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().casefold()


def _auth(address: str) -> AuthBase | None:
    if token := os.environ.get(TOKEN):
        return Bearer(token)
    if user := os.environ.get(USER):
        return HTTPBasicAuth(user, os.environ.get(PASSWORD, ""))
    found = get_netrc_auth(address)
    return HTTPBasicAuth(*found) if found else None


def _wants_basic(got: requests.Response) -> bool:
    """True where a password has reached a server as it wants it; Virtuoso says nothing at all where it wants digest."""
    return "basic" in got.headers.get("WWW-Authenticate", "").casefold()


def _left(ends: float | None) -> float:
    return float("inf") if ends is None else ends - time.monotonic()


def _asked(got: requests.Response, wait: float) -> float:
    """How long the server asks to wait, in seconds; a date there counts as nothing said."""
    said = got.headers.get("Retry-After", "")
    return min(float(said), _LONGEST_WAIT) if said.isdecimal() else wait


def _passing(error: Exception) -> bool:
    return isinstance(error, requests.ConnectionError) and not isinstance(error, requests.exceptions.SSLError)


def _dropped(error: Exception) -> bool:
    return "aborted" in str(error) or "reset" in str(error)


def _words(data: bytes) -> str:
    """The first words of what a server says of an error, on one line and without its own full stop."""
    text = " ".join(data.decode("utf-8", "replace").split()).rstrip(".")
    return text if len(text) <= 200 else text[:200].rsplit(" ", 1)[0] + " …"
