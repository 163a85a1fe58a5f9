"""Folders and feeds that are watched: new documents are added once, read whole, and a stop leaves the graph whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from chipgraph.places import Folder
from chipgraph.watching import watch
from graph.build import Builder
from graph.folder import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]

ITEM = "<item><guid>{n}</guid><title>Note {n}</title><description>TSMC makes chips for {firm} in Dresden and it has \
done so for years.</description></item>"


def events(err: str) -> list[dict[str, Any]]:
    return [event for event in map(json.loads, err.splitlines()) if event["event"] != "stage"]


@pytest.mark.language
def test_stopped_it_ends_the_document_at_hand_and_then_goes_on_where_it_was(
    notes: Path, one_job: Path, chipgraph: Run, content: Callable[[Path], Any], tmp_path: Path
) -> None:
    output, told = tmp_path / "output", []

    def tell(event: str, about: dict[str, Any]) -> None:
        if event == "document":
            told.append(about["id"])
            signal.raise_signal(signal.SIGINT)

    watch([str(notes)], output, tell, pause=0.1)
    assert len(told) == 1
    assert Library(output / "documents").ids() == told
    assert (output / "claims.jsonl").read_bytes() == Library(output / "documents").lines(told[0])
    assert (output / "graph.html").exists()
    ran = chipgraph("watch", notes, "-o", output, "--once", "--log-json", "--interval", "0.1")
    assert ran.status == 1  # one file is refused
    assert content(output) == content(one_job)
    again = chipgraph("watch", notes, "-o", output, "--once", "--interval", "0.1")
    assert (again.status, again.err) == (0, "")


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_process_that_waits_ends_when_it_is_asked_to(root: Path, tmp_path: Path, sent: signal.Signals) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.bin").write_bytes(b"\x00\x01")
    command = [sys.executable, "-m", "chipgraph", "watch", "notes", "--interval", "0.1"]
    known = os.environ | {"PYTHONPATH": str(root)}
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, env=known) as running:
        assert running.stderr is not None
        assert running.stderr.readline().startswith(b"Refused notes/a.bin: ")
        running.send_signal(sent)
        assert running.stderr.read() == b""
    assert running.returncode == 0


@pytest.mark.language
def test_a_file_that_changes_takes_the_place_of_what_it_was(chipgraph: Run, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    command = ("watch", folder, "-o", tmp_path / "o", "--once", "--interval", "0.1")
    (folder / "a.txt").write_text("TSMC supplies Nvidia with chips.", encoding="utf-8")
    assert chipgraph(*command).err == f"Read {folder / 'a.txt'}: 2 claims.\n"
    (folder / "a.txt").write_text("Infineon acquired Syntiant.", encoding="utf-8")
    (folder / "b.bin").write_bytes(b"\x00\x01")
    ran = chipgraph(*command)
    assert ran.status == 1
    assert ran.err.startswith(f"Read {folder / 'a.txt'}: 1 claim.\nRefused {folder / 'b.bin'}: ")
    assert '"acquires"' in (said := (tmp_path / "o" / "claims.jsonl").read_text(encoding="utf-8"))
    assert '"suppliesTo"' not in said
    (folder / "c.txt").write_text("Hua Hong supplies NXP with wafers.", encoding="utf-8")
    with Builder(tmp_path / "o"):
        ran = chipgraph(*command)
    assert ran.status == 0
    assert ran.err.startswith(f"Waiting for {tmp_path / 'o'}: Another process is building the graph")
    assert chipgraph(*command).err.startswith(f"Read {folder / 'c.txt'}: ")


def test_a_file_that_is_being_written_is_left_for_later(tmp_path: Path) -> None:
    watched = Folder(str(tmp_path))
    (tmp_path / "a.txt").write_text("TSMC supplies ", encoding="utf-8")
    assert watched.look({}) == []
    with (tmp_path / "a.txt").open("a", encoding="utf-8") as file:
        file.write("Nvidia with chips.")
    assert watched.look({}) == []
    assert watched.unsettled == (str(tmp_path / "a.txt"),)
    (found,) = watched.look({})
    assert [document.text for document in found.documents] == ["TSMC supplies Nvidia with chips."]
    assert watched.unsettled == ()
    assert watched.look({found.name: found.mark}) == []


class Feed(ThreadingHTTPServer):
    """A server of one feed, which says its version and sends it only to those who have another one."""

    items: tuple[str, ...] = ()
    answers: tuple[int, ...] = ()


class Answering(BaseHTTPRequestHandler):
    server: Feed

    def do_GET(self) -> None:
        if self.path != "/feed.xml":
            self.send_error(404)
            return
        version = f'"{len(self.server.items)}"'
        status = 304 if self.headers["If-None-Match"] == version else 200
        self.server.answers += (status,)
        titled = f"<rss version='2.0'><channel><title>Notes</title>{''.join(self.server.items)}</channel></rss>"
        body = titled.encode() if status == 200 else b""
        self.send_response(status)
        self.send_header("ETag", version)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Feed]:
    monkeypatch.setenv("CHIPGRAPH_PRIVATE_ADDRESSES", "1")
    with Feed(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.language
def test_a_feed_is_asked_for_what_has_changed_only(feed: Feed, chipgraph: Run, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{feed.server_address[1]}/feed.xml"
    command = ("watch", url, "-o", tmp_path / "o", "--once", "--log-json")
    feed.items = (ITEM.format(n=1, firm="Infineon"),)
    assert [(e["source"], e["kept"]) for e in events(chipgraph(*command).err)] == [(f"{url}#1", False)]
    assert events(chipgraph(*command).err) == []
    feed.items = (ITEM.format(n=2, firm="NXP"), *feed.items)
    ran = chipgraph(*command)
    assert [(e["source"], e["kept"]) for e in events(ran.err)] == [(f"{url}#2", False), (f"{url}#1", True)]
    assert feed.answers == (200, 304, 200)
    ran = chipgraph("watch", f"{url}.gone", "-o", tmp_path / "o", "--once")
    assert (ran.status, ran.err) == (1, f"Refused {url}.gone: its host answers with status 404.\n")


def test_a_place_that_cannot_be_watched_is_told(chipgraph: Run, tmp_path: Path) -> None:
    ran = chipgraph("watch", tmp_path / "none", "-o", tmp_path / "o")
    assert (ran.status, ran.err) == (
        2,
        f"There is no folder {tmp_path / 'none'} to watch: make it, or give an http(s) address.\n",
    )
    ran = chipgraph("watch", tmp_path, "-o", tmp_path / "o")
    assert ran.status == 2
    assert "which is watched: choose another with -o." in ran.err
