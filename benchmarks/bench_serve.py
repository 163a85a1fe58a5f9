"""How many simple look-ups a second the server answers, and how late, alone and while endless queries arrive; and how
long an update of users' own graphs takes.

    python benchmarks/bench_serve.py [SECONDS [TRIPLES]]

Serves invented documents, 100,000 triples unless told otherwise; each request asks of another firm. Clients share the
processor with the server, so the load average is told too.
"""

from __future__ import annotations

import contextlib
import http.client
import itertools
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
FIRMS = 1_200  # so many that none is asked again while its answer is kept
BOMB = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?m ?o ?q . ?j ?k ?l{n} }}"
CLIENTS = 8
UPDATES = 21


def main(seconds: float, triples: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        documents = triples // QUADS_OF_A_DOCUMENT
        with Builder(folder) as builder:
            for document, claims in invented(documents, entities=5 * documents):
                builder.add(document, claims)
        with _served(folder) as port:
            size = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/sparql?query=" + quote(size), headers={"Accept": "text/csv"})
            print(f"{connection.getresponse().read().split()[1].decode()} triples")
            for path, name in (
                (QUICK, "SPARQL, one hop"),
                (LOOK_UP, "JSON, an entity"),
                (CLAIMS, "JSON, 20 relations"),
            ):
                print(f"{name}, alone: {_load(port, path, seconds)}")
                print(f"{name}, with bombs: {_load(port, path, seconds, bombs=True)}")
        token = Path(folder) / "token"
        token.write_text("of the benchmark")
        with _served(folder, "--write-token-file", str(token)) as port:
            print(f"an update of one triple, read by the next query: {_updates(port)}")


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
            if _get(http.client.HTTPConnection("127.0.0.1", port, timeout=30), "/health") == 200:
                return
        except OSError:
            pass  # not listening yet
        time.sleep(0.05)
    raise SystemExit("the server does not answer")


def _get(connection: http.client.HTTPConnection, path: str) -> int:
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _load(port: int, path: str, seconds: float, bombs: bool = False) -> str:
    end, times, statuses = time.perf_counter() + seconds, [], Counter()
    turn = itertools.count()

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < end:
            started = time.perf_counter()
            statuses[_get(connection, path.replace("FIRM", str(next(turn) % FIRMS)))] += 1
            times.append(time.perf_counter() - started)

    def throw(number: int) -> None:
        source = ("127.0.0.2", 0)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=source)
        while time.perf_counter() < end:
            _get(connection, "/sparql?query=" + quote(BOMB.format(n=number)))

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    threads += [threading.Thread(target=throw, args=(n,)) for n in range(4 if bombs else 0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    half, late = (times[int(len(times) * part)] * 1000 for part in (0.5, 0.99))
    told = f"{len(times) / seconds:.0f} a second, p50 {half:.1f} ms, p99 {late:.0f} ms, {dict(statuses)}"
    return f"{told}, load average {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    given = sys.argv[1:]
    main(float(given[0]) if given else 5.0, int(given[1]) if len(given) > 1 else 100_000)
