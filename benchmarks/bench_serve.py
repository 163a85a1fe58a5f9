"""How many simple look-ups a second the server answers, and how late, alone and while endless queries arrive; and how
long an update of users' own graphs takes.

    python benchmarks/bench_serve.py [SECONDS [TRIPLES]]

Serves invented documents, 100,000 triples unless told otherwise; each request asks of another firm, first of a server
that keeps no answers, then of one that has them all. Clients share the processor with the server, so what they take of
it and the load average are told too.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from bench_query import QUADS_OF_A_DOCUMENT
from bench_store import invented

from graph.build import Builder

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICK = "/sparql?query=" + quote("SELECT ?o ?name { cr:firm-FIRM ck:suppliesTo ?o . ?o rdfs:label ?name }")
LOOK_UP = "/api/entities/firm-FIRM"
CLAIMS = "/api/entities/firm-FIRM/relations?limit=20"
LOADS = ((QUICK, "SPARQL, one hop"), (LOOK_UP, "JSON, an entity"), (CLAIMS, "JSON, 20 relations"))
FIRMS = 1_200
SIZE = "/sparql?query=" + quote("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
BOMB = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?m ?o ?q . ?j ?k ?l{n} }}"
CLIENTS = 8
UPDATES = 21


class Client:
    """A client over one connection, so small that it leaves the processor to the server: real HTTP, nothing decoded.

    port: int; source: str, the address that it asks from.
    """

    def __init__(self, port: int, source: str = "127.0.0.1") -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), 30, (source, 0))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str) -> tuple[int, bytes]:
        """The status and body of an answer."""
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        got = b""
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._received()
        head, body = got[:end].lower(), got[end + 4 :]
        length = int(head.partition(b"\r\ncontent-length: ")[2].partition(b"\r\n")[0])
        while len(body) < length:
            body += self._received()
        return int(head[9:12]), body

    def _received(self) -> bytes:
        got = self._socket.recv(1 << 18)
        if not got:
            raise ConnectionError("The server has closed the connection.")
        return got


def main(seconds: float, triples: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        documents = triples // QUADS_OF_A_DOCUMENT
        with Builder(folder) as builder:
            for document, claims in invented(documents, entities=5 * documents):
                builder.add(document, claims)
        with _served(folder, "--cache", "0") as port:
            counted = json.loads(Client(port).get(SIZE)[1])["results"]["bindings"][0]
            print(f"{counted['n']['value']} triples")
            _loads(port, seconds)
        with _served(folder) as port:
            print("the same again, from the cache:")
            _loads(port, seconds, asked_before=True)
        token = Path(folder) / "token"
        token.write_text("of the benchmark")
        with _served(folder, "--write-token-file", str(token)) as port:
            print(f"an update of one triple, read by the next query: {_updates(port)}")


def _loads(port: int, seconds: float, asked_before: bool = False) -> None:
    for path, name in LOADS:
        client = Client(port)
        for firm in range(FIRMS if asked_before else 0):
            client.get(path.replace("FIRM", str(firm)))
        print(f"{name}, alone: {_load(port, path, seconds)}")
        print(f"{name}, with bombs: {_load(port, path, seconds, bombs=True)}")


@contextlib.contextmanager
def _served(folder: str, *options: str) -> Iterator[int]:
    """The port of a server that runs while the block does."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "chipgraph",
        "serve",
        "-g",
        folder,
        "--port",
        str(port),
        "--timeout",
        "2",
        *options,
    ]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=Path(__file__).resolve().parent.parent)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _updates(port: int) -> str:
    times, statuses = [], Counter()
    headers = {"Content-Type": "application/sparql-update", "Authorization": "Bearer of the benchmark"}
    for number in range(UPDATES):
        started = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        text = f"INSERT DATA {{ GRAPH <https://example.org/notes> {{ <x:a> <x:b> {number} }} }}"
        connection.request("POST", "/sparql", text, headers)
        statuses[connection.getresponse().status] += 1
        times.append(time.perf_counter() - started)
    times.sort()
    told = f"p50 {times[UPDATES // 2]:.2f} s, most {times[-1]:.2f} s, {dict(statuses)}"
    return f"{told}, load average {os.getloadavg()[0]:.1f}"


def _wait(port: int) -> None:
    for _ in range(1_200):
        try:
            if Client(port).get("/health")[0] == 200:
                return
        except OSError:
            pass  # not listening yet
        time.sleep(0.05)
    raise SystemExit("the server does not answer")


def _load(port: int, path: str, seconds: float, bombs: bool = False) -> str:
    end, times, statuses = time.perf_counter() + seconds, [], Counter()
    turn = itertools.count()

    def ask() -> None:
        client = Client(port)
        while time.perf_counter() < end:
            started = time.perf_counter()
            statuses[client.get(path.replace("FIRM", str(next(turn) % FIRMS)))[0]] += 1
            times.append(time.perf_counter() - started)

    def throw(number: int) -> None:
        client = Client(port, "127.0.0.2")
        while time.perf_counter() < end:
            client.get("/sparql?query=" + quote(BOMB.format(n=number)))

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    threads += [threading.Thread(target=throw, args=(n,)) for n in range(4 if bombs else 0)]
    of_clients = time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    of_clients = time.process_time() - of_clients
    times.sort()
    half, late = (times[int(len(times) * part)] * 1000 for part in (0.5, 0.99))
    told = f"{len(times) / seconds:.0f} a second, p50 {half:.1f} ms, p99 {late:.0f} ms, {dict(statuses)}"
    told += f", {of_clients / len(times) * 1000:.2f} ms of the processor a request for the clients"
    return f"{told}, load average {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    given = sys.argv[1:]
    main(float(given[0]) if given else 5.0, int(given[1]) if len(given) > 1 else 100_000)
