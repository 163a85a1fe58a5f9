from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import chipgraph

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("spacy", "pyvis", "pandas", "networkx", "rdflib", "pyshacl", "rich", "py3langid")


@pytest.mark.parametrize("name", chipgraph.__all__)
def test_every_public_name_is_there(name):
    assert getattr(chipgraph, name) is not None


def test_public_names_are_all_that_is_offered():
    assert dir(chipgraph) == chipgraph.__all__
    assert len(set(chipgraph.__all__)) == len(chipgraph.__all__)
    from chipgraph import _HOME

    assert {*_HOME, "__version__"} == set(chipgraph.__all__)


def test_types_are_declared_for_every_public_name(root):
    declared = (root / "chipgraph" / "__init__.py").read_text(encoding="utf-8").partition("if TYPE_CHECKING:")[2]
    block = declared.partition("__all__")[0]
    assert [n for n in chipgraph.__all__ if not n.startswith("_") and n not in block] == []


def test_all_errors_are_public():
    from ontology import errors

    ours = {n for n, v in vars(errors).items() if isinstance(v, type) and issubclass(v, errors.ChipgraphError)}
    assert ours <= set(chipgraph.__all__)


def test_a_name_that_is_not_there_is_named():
    with pytest.raises(AttributeError, match="no_such_name"):
        chipgraph.no_such_name  # noqa: B018


def test_importing_the_face_loads_nothing_heavy(fresh_python):
    loaded = fresh_python("import chipgraph, sys; print(*sys.modules)").split()
    assert [name for name in HEAVY if name in loaded] == []


@pytest.mark.language
def test_a_query_loads_neither_language_nor_picture(fresh_python, built):
    program = f"""
import sys
from chipgraph.__main__ import main
status = main(["query", "--graph", {str(built)!r}, "--format", "csv", "SELECT ?s WHERE {{ ?s ?p ?o }} LIMIT 1"])
print(status, *sys.modules)
"""
    *_, last = fresh_python(program).splitlines()
    status, *loaded = last.split()
    assert status == "0"
    assert [name for name in ("spacy", "pyvis", "pandas", "networkx", "pyshacl") if name in loaded] == []


@pytest.fixture
def beside(tmp_path: Path, root: Path):
    """Runs a program in a folder that holds a module of the given name; returns the lines of its standard error."""

    def run(name: str, program: str) -> list[str]:
        (tmp_path / f"{name}.py").write_text("", encoding="utf-8")
        program = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(root)!r}]\n{program}"
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path
        )
        return done.stderr.strip().splitlines()

    return run


@pytest.mark.parametrize("name", ["graph", "extract", "ontology"])
def test_a_module_that_hides_a_package_of_ours_is_named(beside, tmp_path, name):
    hidden = f"Chipgraph's package {name!r} is hidden by {tmp_path / name}.py: rename that, or run from elsewhere."
    assert beside(name, "import chipgraph; chipgraph.KnowledgeGraph")[-1].endswith(hidden)
    assert beside(name, "from chipgraph.__main__ import main; main(['--version'])") == [hidden]
