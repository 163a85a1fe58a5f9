"""What tests of commands share: a small graph, notes to build from, what one job makes of them, a real cluster."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import chipgraph
from graph.build import Builder
from graph.example import document, statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FIRMS = ("Infineon", "STMicroelectronics", "NXP", "Renesas", "Micron", "Qualcomm", "Broadcom", "Nvidia")
SECONDS = 60.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built folder of the example statements."""
    path = tmp_path_factory.mktemp("graph") / "output"
    with Builder(path) as builder:
        builder.add(document(), statements())
    return path


@pytest.fixture(scope="session")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty-four notes, three batches, one of them twice, and a file that is refused; tests only read them."""
    folder = tmp_path_factory.mktemp("many") / "notes"
    folder.mkdir()
    for number in range(24):
        firm, other = FIRMS[number % 8], FIRMS[(number + 1 + number // 8) % 8]
        text = f"TSMC makes chips for {firm} in note {number}. <Kestrel & Devices supplies {other} with wafers."
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "24.txt").write_text((folder / "03.txt").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "25<b>.bin").write_bytes(b"\x00\x01")
    return folder


@pytest.fixture(scope="session")
def one_job(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one job makes of the notes; tests only read it."""
    folder = tmp_path_factory.mktemp("many") / "one"
    chipgraph.build([notes], folder)
    return folder


@pytest.fixture(scope="session")
def content() -> Callable[[Path], dict[str, bytes]]:
    """The files of a built folder that are the same however it was built."""

    def read(folder: Path) -> dict[str, bytes]:
        files = [folder / "claims.jsonl", folder / "graph.trig", *sorted((folder / "documents").iterdir())]
        return {path.name: path.read_bytes() for path in files}

    return read


@dataclass(frozen=True)
class Cluster:
    """A scheduler and its workers, each a process of its own on loopback."""

    scheduler: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def cluster(root: Path, tmp_path: Path) -> Iterator[Callable[..., Cluster]]:
    """Starts a cluster; how many workers and what they are started with is for the test to say."""
    pytest.importorskip("distributed")
    with contextlib.ExitStack() as ended:

        def start(workers: int, *options: str, **environment: str) -> Cluster:
            known = os.environ | {"PYTHONPATH": str(root)} | environment
            file = tmp_path / "scheduler.json"
            dask = [sys.executable, "-m", "dask"]
            place = ["--host", "127.0.0.1", "--no-dashboard"]

            def run(*command: str) -> subprocess.Popen[bytes]:
                log = ended.enter_context((tmp_path / "cluster.log").open("ab"))
                process = subprocess.Popen([*dask, *command], cwd=tmp_path, env=known, stdout=log, stderr=log)
                ended.callback(_end, process)
                return process

            scheduler = run("scheduler", *place, "--port", "0", "--scheduler-file", str(file))
            address = _address(file, scheduler)
            started = [run("worker", address, *place, "--nthreads", "1", *options) for _ in range(workers)]
            return Cluster(address, started)

        yield start


def _address(file: Path, process: subprocess.Popen[bytes]) -> str:
    """The address of a scheduler, once it has written its file."""
    end = time.monotonic() + SECONDS
    while True:
        with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):  # not there yet, or not whole
            return str(json.loads(file.read_text(encoding="utf-8"))["address"])
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()  # a nanny ends its worker then
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
