"""How many simple look-ups a second the server answers, and how late, alone and while endless queries arrive.

    python benchmarks/bench_serve.py [SECONDS]

Serves the invented market of the documentation; clients share the processor with the server.
"""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from graph.build import Builder
from graph.example import document, statements

QUICK = "/sparql?query=" + quote("SELECT ?o { cr:hua-hong ck:suppliesTo ?o }")
LOOK_UP = "/api/entities/hua-hong"
BOMB = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?m ?o ?q . ?j ?k ?l{n} }}"
CLIENTS = 8


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with Builder(folder) as builder:
            builder.add(document(), statements())
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
        command = [sys.executable, "-m", "chipgraph", "serve", "-g", folder, "--port", str(port), "--timeout", "2"]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=Path(__file__).resolve().parent.parent)
        try:
            _wait(port)
            for path, name in ((QUICK, "SPARQL"), (LOOK_UP, "JSON look-up")):
                print(f"{name}, alone: {_load(port, path, seconds)}")
                print(f"{name}, with bombs: {_load(port, path, seconds, bombs=True)}")
        finally:
            process.terminate()
            process.wait()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            if _get(http.client.HTTPConnection("127.0.0.1", port, timeout=30), QUICK) == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the server does not answer")


def _get(connection: http.client.HTTPConnection, path: str) -> int:
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _load(port: int, path: str, seconds: float, bombs: bool = False) -> str:
    end, times, statuses = time.perf_counter() + seconds, [], Counter()

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < end:
            started = time.perf_counter()
            statuses[_get(connection, path)] += 1
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
    return f"{len(times) / seconds:.0f} a second, p50 {half:.1f} ms, p99 {late:.0f} ms, {dict(statuses)}"


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)
