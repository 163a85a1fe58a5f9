"""Addresses: asked over real HTTP on loopback, which is private and so must be allowed first."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from extract.read import paths, read
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "Cedar Gas supplies neon to Aster Fab, and it has done so for the last three years of the market."
ANSWERS = {
    "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /closed\n"),
    "/a": (200, {}, TEXT.encode()),
    "/closed/a": (200, {}, TEXT.encode()),
    "/moved": (302, {"Location": "/a"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/large": (200, {}, b"a" * 20_100_000),
}


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = ANSWERS.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_private_hosts_are_refused_unless_allowed(site, monkeypatch):
    monkeypatch.delenv("CHIPGRAPH_PRIVATE_ADDRESSES", raising=False)
    with pytest.raises(DocumentRefused, match="private network"):
        read(f"{site}/a")


@pytest.mark.parametrize("name", ["a", "moved"])
def test_an_address_is_read_and_followed(site, monkeypatch, name):
    monkeypatch.setenv("CHIPGRAPH_PRIVATE_ADDRESSES", "1")
    document = read(f"{site}/{name}")
    assert (document.text, document.source) == (TEXT, f"{site}/{name}")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("closed/a", "robots"),
        ("file", "neither http nor https"),
        ("round", "more than 5 times"),
        ("none", "status 404"),
        ("large", "larger than 20 MB"),
    ],
)
def test_what_an_address_must_not_do_is_refused(site, monkeypatch, name, reason):
    monkeypatch.setenv("CHIPGRAPH_PRIVATE_ADDRESSES", "1")
    with pytest.raises(DocumentRefused, match=reason):
        read(f"{site}/{name}")


@pytest.mark.parametrize(
    ("address", "reason"), [("http:///a", "names no host"), ("ftp://a.example/a", "http and https alone")]
)
def test_what_is_no_address_is_told_so(address, reason):
    with pytest.raises(DocumentRefused, match=reason):
        read(address)


def test_addresses_are_no_globs():
    assert list(paths(["https://a.example/x?y=[1]*"])) == ["https://a.example/x?y=[1]*"]
