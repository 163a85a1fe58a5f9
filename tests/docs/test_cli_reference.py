from __future__ import annotations

import importlib.util
import re

import click
import pytest

from chipgraph.cli import COMMANDS, cli


def test_the_reference_is_what_the_help_says(root):
    spec = importlib.util.spec_from_file_location("write_cli", root / "docs" / "write_cli.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (root / "docs" / "cli.md").read_text(encoding="utf-8")
    # Versions of click break lines and align columns in different places.
    assert written.split() == module.reference().split(), "run: python docs/write_cli.py"


def test_documented_commands_are_the_commands(root):
    page = (root / "docs" / "cli.md").read_text(encoding="utf-8")
    assert re.findall(r"^## chipgraph (\w+)$", page, re.MULTILINE) == list(COMMANDS)


def test_the_readme_names_every_command_and_no_other(root):
    page = (root / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `chipgraph (\w+)", page, re.MULTILINE)) == set(COMMANDS)


def test_every_command_has_a_module_and_every_module_a_command(root):
    modules = {f.stem for f in (root / "chipgraph" / "cli").glob("*.py") if not f.stem.startswith("_")}
    assert {module.removesuffix("_") for module in modules} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_is_read_and_written_and_gives_an_example(name):
    command = cli.get_command(click.Context(cli), name)
    assert command
    assert command.help
    for needed in ("Read", "Example: chipgraph " + name):
        assert needed in command.help
    assert re.search(r"[Ww]rites|[Pp]rints", command.help)
    assert "--debug" in command.get_help(click.Context(command))
