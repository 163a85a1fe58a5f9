from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The names of the files in a wheel built from this checkout."""
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (file,) = target.glob("*.whl")
    with zipfile.ZipFile(file) as archive:
        return frozenset(archive.namelist())


@pytest.mark.parametrize("package", ["chipgraph", "graph", "extract", "ontology"])
def test_every_package_ships_its_types(wheel, package):
    assert {f"{package}/__init__.py", f"{package}/py.typed"} <= wheel


@pytest.mark.parametrize(
    ("folder", "ending"),
    [
        ("ontology/", ".ttl"),
        ("ontology/actors/", ".csv"),
        ("graph/queries/", ".rq"),
        ("graph/questions/", ".toml"),
        ("graph/view/", ".js"),
        ("extract/relations/", ".toml"),
    ],
)
def test_data_of_a_kind_is_shipped_whole(wheel, root, folder, ending):
    here = {str(f.relative_to(root)) for f in (root / folder).rglob(f"*{ending}")}
    assert here
    assert here <= wheel


@pytest.mark.language
def test_the_language_pipeline_is_shipped_whole(wheel, root):
    pipeline = root / "extract" / "language" / "pipeline"
    here = {str(f.relative_to(root)) for f in pipeline.rglob("*") if f.is_file()}
    assert "extract/language/pipeline/meta.json" in here
    assert here <= wheel


def test_every_module_is_shipped_but_the_recipe(wheel, root):
    packages = ("chipgraph", "graph", "extract", "ontology")
    here = {str(f.relative_to(root)) for package in packages for f in (root / package).rglob("*.py")}
    recipes = ("extract/language/recipe/", "extract/encoder/recipe/", "extract/verifier/recipe/")
    assert {name for name in here - wheel if not name.startswith(recipes)} == set()


@pytest.mark.parametrize(
    "folder",
    ["tests/", "extract/language/recipe/", "extract/verifier/recipe/", "benchmarks/", "examples/", "output/", "docs/"],
)
def test_what_users_do_not_need_stays_home(wheel, folder):
    assert [name for name in wheel if name.startswith(folder)] == []


def test_licences_travel_with_the_wheel(wheel):
    assert {"LICENSE", "NOTICE"} <= {name.rpartition("/")[2] for name in wheel if ".dist-info/licenses/" in name}


def test_the_version_is_one(root):
    import tomllib

    import chipgraph

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert chipgraph.__version__ == project["version"]


def test_the_image_is_made_of_what_the_wheel_needs(root):
    lines = [line.split() for line in (root / "Containerfile").read_text(encoding="utf-8").splitlines()]
    copied = {name for line in lines if line[:1] == ["COPY"] and "--from=build" not in line for name in line[1:-1]}
    told = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    packages = told["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert copied == {*packages, "pyproject.toml", told["project"]["readme"], *told["project"]["license-files"]}
    assert "serve" in told["project"]["optional-dependencies"]
    assert any("'.[serve]'" in line for line in lines)
