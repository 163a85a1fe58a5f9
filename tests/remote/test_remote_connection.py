"""What a client does when a server is slow, busy, guarded, broken or none; a server of the test's own answers."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest

from graph.remote.store import RemoteStore
from ontology.errors import QueryRefused, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

YES = b'{"head":{},"boolean":true}'
JSON = "application/sparql-results+json"


class Scripted(BaseHTTPRequestHandler):
    """Answers one request after the other as its script says: status, headers, body; the last answer for ever."""

    protocol_version = "HTTP/1.1"
    script: ClassVar[list[tuple[int, dict[str, str], bytes]]] = []
    seen: ClassVar[list[dict[str, str]]] = []
    quiet: ClassVar[threading.Event] = threading.Event()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.seen.append(dict(self.headers))
        status, headers, body = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if status == 0:
            self.quiet.wait(5)
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in {"Content-Type": JSON, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = "Content-Length" in headers

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path) -> Iterator[str]:
    for name in ("CHIPGRAPH_USER", "CHIPGRAPH_PASSWORD", "CHIPGRAPH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    Scripted.seen.clear()
    Scripted.quiet.clear()
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Scripted)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{listening.server_port}/query"
    Scripted.quiet.set()
    listening.shutdown()
    thread.join()
    listening.server_close()


def ask(address: str, *script: tuple[int, dict[str, str], bytes], within: float | None = None) -> bool:
    Scripted.script = list(script)
    return RemoteStore(address, within=within).ask("ASK {}")


def test_a_busy_server_is_asked_again(server: str) -> None:
    busy = (503, {"Retry-After": "0"}, b"")
    assert ask(server, busy, (502, {}, b""), (200, {}, YES))
    assert len(Scripted.seen) == 3


def test_a_server_that_never_frees_is_given_up_in_time(server: str) -> None:
    with pytest.raises(StoreError, match=r"failed \(503: full house\): try again later"):
        ask(server, (503, {"Retry-After": "1"}, b"full house"), within=0.5)
    assert len(Scripted.seen) == 1


def test_an_update_is_not_sent_twice_when_nobody_knows_what_the_first_did(server: str) -> None:
    Scripted.script = [(502, {}, b""), (200, {}, b"")]
    with pytest.raises(StoreError, match="502"):
        RemoteStore(server, update=server).update("INSERT DATA { <x:a> <x:p> 1 }")
    assert len(Scripted.seen) == 1
    Scripted.script = [(502, {}, b""), (200, {}, b"")]
    RemoteStore(server, update=server).update("CLEAR ALL", repeatable=True)
    assert len(Scripted.seen) == 3


def test_a_silent_server_is_given_up(server: str) -> None:
    with pytest.raises(QueryRefused, match=r"took over 0.3 s and was given up"):
        ask(server, (0, {}, b""), within=0.3)


@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [
        ((400, {}, b"no such function"), QueryRefused, r"refuses the request \(400\): no such function\."),
        ((401, {}, b""), StoreError, "set CHIPGRAPH_USER and CHIPGRAPH_PASSWORD"),
        ((404, {}, b""), StoreError, "give the address of the query endpoint"),
        ((302, {"Location": "http://other.example/"}, b""), StoreError, "sends on to http://other.example/"),
        ((200, {"Content-Type": "text/html"}, b"<p>hi</p>"), StoreError, "answers text/html, no results of SPARQL"),
        ((200, {}, b"nonsense"), StoreError, "gave results that cannot be read"),
        ((200, {"Content-Length": "99"}, YES), StoreError, "broke off"),
    ],
)
def test_what_is_said_of_answers_that_are_none(server: str, answer, error, said: str) -> None:
    with pytest.raises(error, match=said):
        ask(server, answer)


def test_nobody_listens() -> None:
    with pytest.raises(StoreError, match="No server answers at"):
        RemoteStore("http://127.0.0.1:9/query", within=0.3).ask("ASK {}")


@pytest.mark.parametrize("address", ["ftp://host/query", "http:///query"])
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(StoreError, match="no address of a server"):
        RemoteStore(address)


def test_a_password_in_the_address_is_refused_without_repeating_it() -> None:
    with pytest.raises(StoreError) as caught:
        RemoteStore("http://anna:secret@db.example/query")
    assert "secret" not in str(caught.value)


def test_who_asks_comes_from_the_environment_or_netrc(server: str, monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login anna password wafer\n")
    ask(server, (200, {}, YES))
    monkeypatch.setenv("CHIPGRAPH_USER", "ben")
    monkeypatch.setenv("CHIPGRAPH_PASSWORD", "die")
    ask(server, (200, {}, YES))
    monkeypatch.setenv("CHIPGRAPH_TOKEN", "t0ken")
    ask(server, (200, {}, YES))
    sent = [headers["Authorization"] for headers in Scripted.seen]
    assert sent == ["Basic YW5uYTp3YWZlcg==", "Basic YmVuOmRpZQ==", "Bearer t0ken"]


def test_a_wrong_password_is_not_sent_twice(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIPGRAPH_USER", "anna")
    with pytest.raises(StoreError, match="does not let you in"):
        ask(server, (401, {"WWW-Authenticate": 'Basic realm="x"'}, b""))
    assert len(Scripted.seen) == 1


def test_digest_is_answered_where_a_server_asks_for_it(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIPGRAPH_USER", "dba")
    challenge = {"WWW-Authenticate": 'Digest realm="SPARQL", nonce="n0", qop="auth", algorithm="MD5"'}
    assert ask(server, (401, {}, b""), (401, challenge, b""), (200, {}, YES))
    assert Scripted.seen[-1]["Authorization"].startswith('Digest username="dba"')
