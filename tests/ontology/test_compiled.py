"""The compiled registry: the same as the files, made again when they change, no hindrance where none can be kept."""

from __future__ import annotations

import pytest

from ontology import compiled, registry


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Two folders of the test's own in place of those of the machine."""
    made = (tmp_path / "beside", tmp_path / "user")
    monkeypatch.setattr(compiled, "folders", lambda: made)
    return made


def keep():
    made = registry.from_files()
    return compiled.write(made.entries, made.not_same, *made.bearers)


def test_it_holds_what_the_files_hold(places):
    made = registry.from_files()
    assert keep().parent == places[0]
    found = compiled.read()
    assert dict(found.entries) == made.entries
    assert list(found.entries) == list(made.entries)
    assert found.not_same == made.not_same
    assert dict(found.outright) == made.bearers.outright
    assert dict(found.stripped) == made.bearers.stripped
    assert "no-such-id" not in found.entries


def test_a_folder_that_takes_no_file_is_passed_over(places):
    places[0].write_text("a file where a folder is wanted")
    assert keep().parent == places[1]
    assert compiled.read() is not None


def test_without_any_folder_the_files_are_read(places):
    for place in places:
        place.write_text("no folder")
    assert keep() is None
    assert compiled.read() is None


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"half of it"])
def test_a_damaged_file_counts_as_missing(places, damage):
    path = keep()
    path.write_bytes(damage)
    assert compiled.read() is None


def test_older_files_go_but_for_a_few(places):
    places[0].mkdir()
    for number in range(6):
        (places[0] / f"registry-{number}.txt").write_text("")
    assert keep().exists()
    assert len(list(places[0].glob("registry-*"))) == 3
