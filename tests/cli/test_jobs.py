"""Builds with several processes: the same bytes, gone on with after a kill, reported on."""

from __future__ import annotations

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
        f"Refused {notes / '41<b>.bin'}: it is binary (it holds NUL bytes), not text.\n",
    )
    assert content(tmp_path / "two") == content(one_job)
    report = json.loads((tmp_path / "two" / "report.json").read_text(encoding="utf-8"))
    assert report["documents"] == {"read": 40, "kept": 1, "refused": 1}
    assert report["claims"] > 40
    assert all(report["stages"][stage] > 0 for stage in ("read", "parse", "relations", "store", "index", "view"))
    page = (tmp_path / "two" / "report.html").read_text(encoding="utf-8")
    assert "41&lt;b&gt;.bin" in page
    assert "41<b>" not in page


def test_a_worker_killed_in_mid_run_costs_nothing(notes: Path, one_job: Path, content: Content, tmp_path: Path) -> None:
    killed = []

    def tell(event: str, _: dict[str, Any]) -> None:
        if event == "document" and not killed:
            worker = multiprocessing.active_children()[0]
            worker.kill()
            killed.append(worker)

    built = build([notes], tmp_path / "o", jobs=2, tell=tell)
    assert killed[0].exitcode == -signal.SIGKILL
    assert (len(built.ids), len(built.refused), built.kept) == (40, 1, 1)
    assert content(tmp_path / "o") == content(one_job)


def test_where_all_is_there_no_worker_is_started(notes: Path, one_job: Path, content: Content, tmp_path: Path) -> None:
    shutil.copytree(one_job, tmp_path / "o")
    workers = []

    def tell(event: str, about: dict[str, Any]) -> None:
        if event == "document":
            assert about["kept"]
            workers.extend(multiprocessing.active_children())

    built = build([notes], tmp_path / "o", jobs=2, tell=tell)
    assert (built.kept, workers) == (41, [])
    assert content(tmp_path / "o") == content(one_job)


def test_a_build_that_was_ended_goes_on_where_it_was(
    notes: Path, one_job: Path, root: Path, content: Content, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    before = 0
    for sent in (signal.SIGINT, signal.SIGKILL):
        assert ended_by(sent, [notes, "-o", output, "-j", "2"], root) != 0
        stored = len(Library(output / "documents").ids())
        assert before < stored < 40
        before = stored
    built = build([notes], output)
    assert built.kept >= before  # one is there twice; the one whose note was not written is extracted again
    assert content(output) == content(one_job)


def ended_by(sent: signal.Signals, arguments: list[Any], root: Path) -> int:
    """The status of a build that a signal ended after the first document that it extracted."""
    command = [sys.executable, "-m", "chipgraph", "build", *arguments, "--log-json"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": root}) as running:
        assert running.stderr is not None
        assert any(json.loads(line).get("kept") is False for line in running.stderr)  # read up to the first
        running.send_signal(sent)
        running.stderr.read()  # ends when the workers are gone too, for they have the stream open
    return running.returncode


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
