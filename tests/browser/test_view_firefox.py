"""The view in Firefox, as far as the other engine could differ: it opens offline, draws, finds, filters, explains."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from firefox import Firefox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graph.view import ViewReport

pytestmark = pytest.mark.browser
ENTER = "\ue007"
DRAWN = """(() => {
  const canvas = document.querySelector('#graph canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, i) => i % 4 === 3 && value > 0).length / (canvas.width * canvas.height);
})()"""


@pytest.fixture(scope="module")
def firefox() -> Iterator[Firefox]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("Firefox is missing: install firefox-esr")
    with Firefox(program) as running:
        yield running


@pytest.fixture
def address(written: Callable[[int | str], tuple[Path, ViewReport]]) -> Callable[..., str]:
    return lambda size, state="": f"{written(size)[0].as_uri()}#{state}"


@pytest.mark.parametrize("size", [12, 1000])
def test_draws_from_the_file_alone(firefox: Firefox, address: Callable[..., str], size: int) -> None:
    firefox.open(address(size))
    firefox.until(f"{DRAWN} >= 0.005")
    assert firefox.run("performance.getEntriesByType('resource').length") == 0
    assert firefox.run("typeof vis") == "object"


def test_finds_by_native_name_with_the_keyboard(firefox: Firefox, address: Callable[..., str]) -> None:
    firefox.open(address(12))
    firefox.keys(f"/华虹{ENTER}")
    assert firefox.text("#panel .title") == "Hua Hong Semiconductor"
    assert "node=hua-hong" in firefox.run("location.hash")


def test_a_link_opens_the_sentences_behind_an_edge(firefox: Firefox, address: Callable[..., str]) -> None:
    firefox.open(address(12, "edge=hua-hong~partnersWith~stmicroelectronics~fact"))
    assert "Reported by 2 sources in 2 documents" in firefox.text("#panel")
    assert firefox.run("document.querySelectorAll('#panel blockquote').length") == 2
    assert firefox.run("document.querySelectorAll('#panel mark').length") == 4


def test_filters_count_in_every_view(firefox: Firefox, address: Callable[..., str]) -> None:
    firefox.open(address(12, "no-stance=negated"))
    assert firefox.text("#status") == "14 of 14 entities · 20 of 21 relations shown"
    firefox.keys("t")
    assert firefox.run("document.querySelectorAll('#table tbody tr').length") == 20
    firefox.keys("l")
    assert firefox.run("document.querySelectorAll('#timeline .events li').length") == 21
    firefox.keys("m")
    assert (
        firefox.run("[...document.querySelectorAll('#matrix .tie')].reduce((sum, t) => sum + Number(t.innerText), 0)")
        == 20
    )
    firefox.click("#chips .chip")
    assert firefox.text("#status") == "14 of 14 entities · 21 of 21 relations"


def test_large_graph_opens_on_its_groups_and_hostile_texts_stay_texts(
    firefox: Firefox, address: Callable[..., str]
) -> None:
    firefox.open(address(3200))
    assert firefox.text("#status").startswith("Drawn: ")
    firefox.until(f"{DRAWN} >= 0.005")
    firefox.open(address("hostile"))
    assert firefox.run("typeof window.pwned") == "undefined"
