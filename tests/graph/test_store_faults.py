"""What the system and the disk can do to a built folder: each time one clear sentence, and nothing stored is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extract.model import Claim, Document, Entity, Evidence
from graph.build import Builder
from graph.check import check
from graph.folder import Library
from graph.knowledge import KnowledgeGraph
from graph.layout import current
from ontology.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = """
import resource, sys
from pathlib import Path
sys.path.insert(0, {here!r})
from test_store_faults import told
from graph.build import Builder
from ontology.errors import StoreError
{first}
try:
    with Builder({folder!r}) as builder:
        {inside}
        for number in range({first_number}, {last_number}):
            builder.add(*told(number))
except StoreError as error:
    print(error)
"""
SMALL = "resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
NOBODY = "import os\nos.setgid(65534); os.setuid(65534)"


def told(number: int) -> tuple[Document, list[Claim]]:
    text = f"TSMC supplies Apple in note {number}." + " Nothing else is said." * 40
    found = Document(text, f"notes/{number}.txt", date="2025-01-02")
    ends = (Entity("tsmc", "TSMC", "Company", "TSMC"), "suppliesTo", Entity("apple", "Apple", "Company", "Apple"))
    return found, [Claim(found.id, found.source, *ends, Evidence(0, 30, text[:30]), "test", confidence=0.9)]


def build(folder: Path, *numbers: int) -> None:
    with Builder(folder) as builder:
        for number in numbers:
            builder.add(*told(number))


def apart(folder: Path, first: str, numbers: tuple[int, int], inside: str = "") -> str:
    """What another process prints that builds documents into a folder."""
    here = str(Path(__file__).parent)
    program = PROGRAM.format(
        here=here, first=first, inside=inside, folder=str(folder), first_number=numbers[0], last_number=numbers[1]
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize("size", [500, 6_000])
def test_a_full_disk(tmp_path: Path, size: int) -> None:
    build(tmp_path, 1)
    assert "cannot be used (File too large)" in apart(tmp_path, SMALL.format(size=1), (2, 30))
    said = apart(tmp_path, "", (2, 30), inside=SMALL.format(size=size))
    assert "cannot be written (File too large): make room or choose another one" in said
    assert said.count("\n") == 1
    assert KnowledgeGraph.open(tmp_path).statistics().documents == 1
    stored = Library(tmp_path / "documents").ids()
    assert told(1)[0].id in stored
    assert not [path for path in (tmp_path / "documents").iterdir() if path.name.startswith(".")]
    build(tmp_path)
    assert [d.id for d in KnowledgeGraph.open(tmp_path).documents()] == stored
    assert check(tmp_path, shapes=False) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user")
def test_a_folder_that_may_only_be_read() -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        Path(name).chmod(0o755)
        only_read(Path(name) / "output")


def only_read(folder: Path) -> None:
    build(folder, 1)
    said = apart(folder, NOBODY, (2, 3))
    assert "cannot be written (Permission denied)" in said or "cannot be used (Permission denied)" in said
    assert KnowledgeGraph.open(folder).statistics().documents == 1
    opened = f"KnowledgeGraph.open({str(folder)!r}).statistics()"
    reads = f"{NOBODY}\nfrom graph.knowledge import KnowledgeGraph\nprint({opened})\nraise SystemExit"
    assert "documents=1" in apart(folder, reads, (0, 0))


def test_a_folder_where_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("mine")
    with pytest.raises(StoreError, match="cannot be written"):
        Builder(tmp_path / "output")
    assert (tmp_path / "output").read_text() == "mine"


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scribbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[: len(data) // 2] = os.urandom(len(data) // 2)
    path.unlink()  # a snapshot shares its files with the store that it was made of
    path.write_bytes(data)


def lost(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("harm", [truncated, scribbled, lost])
@pytest.mark.parametrize("name", ["CURRENT", "MANIFEST-*", "*.sst"])
def test_a_damaged_index_is_made_again_from_the_documents(
    tmp_path: Path, name: str, harm: Callable[[Path], None]
) -> None:
    build(tmp_path, *range(25))
    snapshot = current(tmp_path / "store")
    assert snapshot is not None
    for place in (snapshot, tmp_path / "store" / "live"):
        for path in place.glob(name):
            harm(path)
    try:
        assert KnowledgeGraph.open(tmp_path).statistics().documents == 25
    except StoreError as error:  # a block that is wrong inside is found only when it is read
        assert "is damaged" in str(error)
    build(tmp_path, 26)
    assert KnowledgeGraph.open(tmp_path).statistics().documents == 26
    assert check(tmp_path, shapes=False) == []


def test_another_process_reads_the_old_state_while_one_builds(tmp_path: Path) -> None:
    build(tmp_path, 1)
    writer = subprocess.Popen(
        [sys.executable, "-c", _holding(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        text=True,
    )
    assert writer.stdin is not None
    assert writer.stdout is not None
    assert writer.stdout.readline() == "added\n"
    assert KnowledgeGraph.open(tmp_path).statistics().documents == 1
    assert "Another process is building" in apart(tmp_path, "", (3, 4))
    reader = KnowledgeGraph.open(tmp_path)
    writer.communicate("go on\n")
    assert writer.returncode == 0
    assert reader.statistics().documents == 1
    assert KnowledgeGraph.open(tmp_path).statistics().documents == 2


def _holding(folder: Path) -> str:
    return (
        f"import sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\nfrom test_store_faults import told\n"
        "from graph.build import Builder\n"
        f"with Builder({str(folder)!r}) as builder:\n"
        "    builder.add(*told(2))\n    print('added', flush=True)\n    sys.stdin.readline()\n"
    )


def test_a_change_that_was_begun_is_ended(tmp_path: Path) -> None:
    document, claims = told(1)
    doubted = [replace(claim, confidence=0.4) for claim in claims]
    with Builder(tmp_path / "after", "later") as builder:
        builder.add(document, doubted)
    with Builder(tmp_path / "a", "earlier") as builder:
        builder.add(document, claims)
    after = {suffix: (tmp_path / "after" / "documents" / (document.id + suffix)) for suffix in (".jsonl", ".json")}
    following = json.dumps({suffix: path.read_text() for suffix, path in after.items()})
    (tmp_path / "a" / "documents" / f"{document.id}.next").write_text(following)
    with Builder(tmp_path / "a"):
        pass
    for suffix, path in after.items():
        assert (tmp_path / "a" / "documents" / (document.id + suffix)).read_bytes() == path.read_bytes()
    assert check(tmp_path / "a", shapes=False) == []
    assert not list((tmp_path / "a" / "documents").glob("*.next"))
