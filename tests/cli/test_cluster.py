"""Builds on a cluster of real processes: the bytes of one job, workers lost in mid-run, workers of another version."""

from __future__ import annotations

import json
import shutil
import signal
import time
from typing import TYPE_CHECKING, Any

import pytest

from chipgraph import build
from chipgraph.engines.dask import Dask
from extract.batch import Setting
from ontology.errors import ChipgraphError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    Run = Callable[..., Ran]

pytestmark = pytest.mark.language
FATAL = "Orrin Optics ends workers."


def test_a_worker_killed_in_mid_run_costs_nothing(
    notes: Path, one_job: Path, cluster: Callable[..., Any], content: Callable[[Path], Any], tmp_path: Path
) -> None:
    (tmp_path / "ending.py").write_text(ending("in note 13.", deaths=1), encoding="utf-8")
    started = cluster(2, "--no-nanny", "--preload", "ending.py")
    told = []

    def tell(event: str, about: dict[str, Any]) -> None:
        if event == "document":
            told.append(about["source"])

    built = build([notes], tmp_path / "o", tell=tell, engine="dask", scheduler=started.scheduler)
    assert [worker.poll() for worker in started.workers].count(-signal.SIGKILL) == 1
    assert (len(built.ids), len(built.refused), built.copies) == (24, 1, 1)
    assert told == [str(path) for path in sorted(notes.glob("*.txt"))]
    assert content(tmp_path / "o") == content(one_job)


def test_a_document_that_ends_each_worker_is_refused_and_the_rest_is_built(
    notes: Path, cluster: Callable[..., Any], chipgraph: Run, tmp_path: Path
) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "00.txt").write_text(FATAL, encoding="utf-8")
    for number in (1, 2):
        shutil.copy(notes / f"{number:02}.txt", tmp_path / "notes")
    (tmp_path / "ending.py").write_text(ending(FATAL, deaths=9), encoding="utf-8")
    started = cluster(1, "--preload", "ending.py", DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
    ran = chipgraph("build", tmp_path / "notes", "-o", tmp_path / "o", "--log-json", *on(started))
    events = [json.loads(line) for line in ran.err.splitlines()]
    told = [(event["source"][-6:], event.get("reason")) for event in events if event["event"] != "stage"]
    assert told == [
        ("00.txt", "extracting it ended the process, perhaps for want of memory"),
        ("01.txt", None),
        ("02.txt", None),
    ]
    assert ran.status == 1


def test_a_cluster_that_cannot_be_used_is_refused_in_a_sentence(
    notes: Path, cluster: Callable[..., Any], chipgraph: Run, root: Path, tmp_path: Path
) -> None:
    for package in ("chipgraph", "extract", "graph", "ontology"):
        (tmp_path / "other" / package).parent.mkdir(exist_ok=True)
        shutil.copytree(root / package, tmp_path / "other" / package, ignore=shutil.ignore_patterns("pipeline"))
    (tmp_path / "other" / "extract" / "more.py").write_text("", encoding="utf-8")
    started = cluster(1, "--no-nanny", PYTHONPATH=str(tmp_path / "other"))
    ran = chipgraph("build", notes, "-o", tmp_path / "o", *on(started))
    assert ran.status == 2
    assert "has another version of Chipgraph or of its models than this one" in ran.err
    started.workers[0].kill()
    started.workers[0].wait()
    with pytest.importorskip("distributed").Client(started.scheduler, set_as_default=False) as client:
        while client.nthreads():  # until the scheduler has noticed
            time.sleep(0.05)
    with pytest.raises(ChipgraphError, match="has had no worker for 0 seconds: start some with `dask worker tcp://"):
        Dask(Setting.of(()), started.scheduler, patience=0.2)
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--engine", "dask"), "dask needs its scheduler: give the address with --scheduler, as tcp://10.0.0.1:8786."),
        (("--scheduler", "tcp://127.0.0.1:1"), "here has no scheduler: choose an engine that runs on a cluster,"),
        (("--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "--jobs", "2"), "leave --jobs out."),
        (("--engine", "dask", "--scheduler", "nonsense://x"), "No Dask scheduler answers at nonsense://x: start one"),
    ],
)
def test_options_that_do_not_fit_are_told(
    chipgraph: Run, notes: Path, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    ran = chipgraph("build", notes / "00.txt", "-o", tmp_path / "o", *options)
    assert ran.status == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "o").exists()


def on(started: Any) -> tuple[str, ...]:
    return ("--engine", "dask", "--scheduler", started.scheduler)


def ending(text: str, deaths: int) -> str:
    """What workers are started with so that the batch with a text is the end of the first so many that take it up."""
    return f"""
import os, pickle, signal
from pathlib import Path
from distributed import WorkerPlugin

class Ending(WorkerPlugin):
    def setup(self, worker):
        self.worker = worker

    def transition(self, key, start, finish, **_):
        if finish == "executing" and {text.encode()!r} in pickle.dumps(self.worker.state.tasks[key].run_spec):
            if (number := len(list(Path().glob("death-*")))) < {deaths}:
                Path(f"death-{{number}}").touch()
                os.kill(os.getpid(), signal.SIGKILL)

async def dask_setup(worker):
    await worker.plugin_add(plugin=Ending(), name="ending")
"""
