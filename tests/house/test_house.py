from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = ("chipgraph", "graph", "extract", "ontology")
# Written in pieces, so that this file does not hold what it looks for.
FOREIGN = re.compile(
    "/wo" + "rk/|/tmp/" + r"lab|/fa" + r"rm/|\.lib" + r"rary/|\b(?:py" + r"pi|files\.python" + r"hosted)\.org"
    r"|registry\.npm" + r"js\.org|deb\.deb" + r"ian\.org"
)
LONGEST_MODULE = 400


def tracked(root: Path) -> list[Path]:
    """The files of the project: those that git tracks or would track; all of them where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [root / name for name in done.stdout.split("\0") if name and (root / name).is_file()]


def test_no_path_of_a_machine_and_no_registry_host_is_in_the_project(root):
    found = []
    for file in tracked(root):
        data = file.read_bytes()
        if b"\x00" not in data[:8_000] and file.suffix != ".lock":
            found += [f"{file.relative_to(root)}: {m[0]}" for m in FOREIGN.finditer(data.decode("utf-8", "replace"))]
    assert found == []


def test_modules_are_rooms_not_halls(root):
    modules = [file for file in tracked(root) if file.suffix == ".py"]
    long = {str(f.relative_to(root)): n for f in modules if (n := f.read_bytes().count(b"\n")) > LONGEST_MODULE}
    assert long == {}


def test_no_module_is_called_for_nothing(root):
    assert [f.name for f in tracked(root) if re.fullmatch(r"_?(utils?|helpers?|misc|common)\.py", f.name)] == []


def test_imports_run_one_way(root):
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_tests_are_no_packages_and_their_names_are_unique(root):
    tests = [file for file in tracked(root) if file.is_relative_to(root / "tests") and file.suffix == ".py"]
    assert [f for f in tests if f.name == "__init__.py"] == []
    names = [f.name for f in tests if f.name != "conftest.py"]
    assert sorted(names) == sorted(set(names))


def test_decision_records_have_numbers_of_their_own_and_are_listed(root):
    # Numbers are given out before records are written, so one that is on its way leaves a gap.
    files = sorted(f.name for f in (root / "docs" / "decisions").glob("[0-9]*.md"))
    assert len({name[:4] for name in files}) == len(files)
    listed = (root / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert [name for name in files if f"- [{name[:4]} " not in listed or f"({name})" not in listed] == []


@pytest.mark.parametrize("part", ["Context", "Decision", "Consequences"])
def test_decision_records_have_three_parts(root, part):
    files = sorted((root / "docs" / "decisions").glob("[0-9]*.md"))
    assert files
    assert [f.name for f in files if f"## {part}" not in f.read_text(encoding="utf-8")] == []


def test_nothing_is_printed_or_imported_by_star_in_the_packages(root):
    star = re.compile(r"^from \S+ import \*", re.MULTILINE)
    modules = [f for package in PACKAGES for f in (root / package).rglob("*.py")]
    assert [str(f.relative_to(root)) for f in modules if star.search(f.read_text(encoding="utf-8"))] == []


def test_large_files_are_wanted(root):
    large = {str(f.relative_to(root)) for f in tracked(root) if f.stat().st_size > 2_000_000}
    models = ("extract/language/pipeline/", "extract/encoder/weights.npz")
    assert {name for name in large if not name.startswith(models)} == set()
