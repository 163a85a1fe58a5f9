"""Builds with several processes: the same bytes, gone on with after a kill, reported on."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from chipgraph import build
from chipgraph.engines.processes import Processes
from graph.folder import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]
    Content = Callable[[Path], dict[str, bytes]]

pytestmark = pytest.mark.language


def test_two_jobs_give_the_bytes_of_one(
    notes: Path, one_job: Path, chipgraph: Run, content: Content, tmp_path: Path
) -> None:
    ran = chipgraph("build", notes, "-o", tmp_path / "two", "--jobs", "2")
    assert (ran.status, ran.err) == (
        1,
        f"Refused {notes / '25<b>.bin'}: it is binary (it holds NUL bytes), not text.\n",
    )
    assert content(tmp_path / "two") == content(one_job)
    report = json.loads((tmp_path / "two" / "report.json").read_text(encoding="utf-8"))
    assert report["documents"] == {"read": 24, "kept": 0, "copies": 1, "refused": 1}
    assert report["claims"] > 24
    assert all(report["stages"][stage] > 0 for stage in ("read", "parse", "relations", "store", "index", "view"))
    page = (tmp_path / "two" / "report.html").read_text(encoding="utf-8")
    assert "25&lt;b&gt;.bin" in page
    assert "25<b>" not in page


def test_a_worker_killed_in_mid_run_costs_nothing(
    notes: Path, one_job: Path, content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Processes, "batch", 1)  # when the first is told more are to come than are ever under way
    killed = []

    def tell(event: str, _: dict[str, Any]) -> None:
        if event == "document" and not killed:
            worker = multiprocessing.active_children()[0]
            worker.kill()
            killed.append(worker)

    built = build([notes], tmp_path / "o", jobs=2, tell=tell)
    assert killed[0].exitcode == -signal.SIGKILL
    assert (len(built.ids), len(built.refused), built.copies) == (24, 1, 1)
    assert content(tmp_path / "o") == content(one_job)


def test_where_all_is_there_no_worker_is_started(notes: Path, one_job: Path, content: Content, tmp_path: Path) -> None:
    shutil.copytree(one_job, tmp_path / "o")
    workers = []

    def tell(event: str, about: dict[str, Any]) -> None:
        if event == "document":
            assert about["kept"]
            workers.extend(multiprocessing.active_children())

    built = build([notes], tmp_path / "o", jobs=2, tell=tell)
    assert (built.kept, built.copies, workers) == (24, 1, [])
    assert content(tmp_path / "o") == content(one_job)


def test_builds_that_were_ended_go_on_where_they_were(
    notes: Path, one_job: Path, root: Path, content: Content, tmp_path: Path
) -> None:
    signals = (signal.SIGINT, signal.SIGKILL)
    with contextlib.ExitStack() as started:  # both at once: loading the models takes most of the time
        running = {sent: started.enter_context(_stopping(notes, tmp_path / sent.name, root)) for sent in signals}
        for sent, process in running.items():
            assert process.stdout is not None
            assert process.stdout.readline() == b"00.txt\n"
            process.send_signal(sent)
            process.stdout.read()  # ends when the workers are gone too, for they have the stream open
    for sent in signals:
        assert running[sent].returncode != 0
        assert len(Library(tmp_path / sent.name / "documents").ids()) == 1
        assert build([notes], tmp_path / sent.name).kept == 1
        assert content(tmp_path / sent.name) == content(one_job)


def _stopping(notes: Path, output: Path, root: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", STOPPING, notes, output]
    known = os.environ | {"PYTHONPATH": str(root)}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=known)


# A build with jobs that waits in its middle, when it has stored a document, until it is ended.
STOPPING = """
import signal, sys
from pathlib import Path
from chipgraph import build

def tell(event, about):
    if event == "document":
        print(Path(about["source"]).name, flush=True)
        sys.stdin.readline()

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # shells have what they start behind them ignore it
    build([sys.argv[1]], sys.argv[2], jobs=2, tell=tell)
"""


def test_a_new_actor_means_new_extraction(chipgraph: Run, notes: Path, tmp_path: Path) -> None:
    actors = tmp_path / "mine.csv"
    actors.write_text("id,label,type\nkestrel,Kestrel & Devices,Company\n", encoding="utf-8")
    command = ("build", notes / "00.txt", "-o", tmp_path / "o")
    assert chipgraph(*command).status == 0
    assert "1 of them there already" in chipgraph(*command).out
    assert "there already" not in chipgraph(*command, "--registry", actors).out
    assert '"kestrel"' in (tmp_path / "o" / "claims.jsonl").read_text(encoding="utf-8")
    assert "1 of them there already" in chipgraph(*command, "--registry", actors).out
    assert "1 of them there already" in chipgraph(*command).out
