"""Builds with several processes: the same bytes, gone on with after a kill, reported on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from graph.folder import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]

pytestmark = pytest.mark.language
FIRMS = ("Infineon", "STMicroelectronics", "NXP", "Renesas", "Micron", "Qualcomm", "Broadcom", "Nvidia")


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for number in range(24):
        firm, other = FIRMS[number % 8], FIRMS[(number + 1 + number // 8) % 8]
        text = f"TSMC makes chips for {firm} in note {number}. <Kestrel & Devices supplies {other} with wafers."
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "24.txt").write_text((folder / "03.txt").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "25<b>.bin").write_bytes(b"\x00\x01")
    return folder


def content(folder: Path) -> dict[str, bytes]:
    files = [folder / "claims.jsonl", folder / "graph.trig", *sorted((folder / "documents").iterdir())]
    return {path.name: path.read_bytes() for path in files}


def test_two_jobs_give_the_bytes_of_one(chipgraph: Run, notes: Path, tmp_path: Path) -> None:
    one = chipgraph("build", notes, "-o", tmp_path / "one")
    two = chipgraph("build", notes, "-o", tmp_path / "two", "--jobs", "2")
    assert (one.status, two.status) == (1, 1)
    assert one.err == two.err
    assert content(tmp_path / "one") == content(tmp_path / "two")
    report = json.loads((tmp_path / "two" / "report.json").read_text(encoding="utf-8"))
    assert report["documents"] == {"read": 24, "kept": 1, "refused": 1}
    assert report["claims"] > 24
    assert all(report["stages"][stage] > 0 for stage in ("read", "parse", "relations", "store", "index", "view"))
    page = (tmp_path / "two" / "report.html").read_text(encoding="utf-8")
    assert "25&lt;b&gt;.bin" in page
    assert "25<b>" not in page


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_a_build_that_was_ended_goes_on_where_it_was(
    notes: Path, tmp_path: Path, root: Path, chipgraph: Run, sent: signal.Signals
) -> None:
    output = tmp_path / "output"
    command = [sys.executable, "-m", "chipgraph", "build", str(notes), "-o", str(output), "-j", "2", "--log-json"]
    environment = os.environ | {"PYTHONPATH": str(root)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stderr is not None
        assert any(json.loads(line)["event"] == "document" for line in running.stderr)  # read up to the first
        running.send_signal(sent)
        running.stderr.read()  # ends when the workers are gone too, for they have the stream open
    stored = len(Library(output / "documents").ids())
    assert stored >= 1
    assert running.returncode != 0
    ran = chipgraph("build", notes, "-o", output, "--log-json")
    events = [json.loads(line) for line in ran.err.splitlines()]
    kept = [event["id"] for event in events if event["event"] == "document" and event["kept"]]
    assert len(set(kept)) >= stored - 1  # the one whose note was not written is extracted again
    assert chipgraph("build", notes, "-o", tmp_path / "whole").status == 1
    assert content(output) == content(tmp_path / "whole")


def test_a_new_actor_means_new_extraction(chipgraph: Run, notes: Path, tmp_path: Path) -> None:
    actors = tmp_path / "mine.csv"
    actors.write_text("id,label,type\nkestrel,Kestrel & Devices,Company\n", encoding="utf-8")
    first = notes / "00.txt"
    assert chipgraph("build", first, "-o", tmp_path / "o").status == 0
    assert "1 of them there already" in chipgraph("build", first, "-o", tmp_path / "o").out
    ran = chipgraph("build", first, "-o", tmp_path / "o", "--registry", actors)
    assert "there already" not in ran.out
    assert '"kestrel"' in (tmp_path / "o" / "claims.jsonl").read_text(encoding="utf-8")
