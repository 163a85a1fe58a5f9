from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.read import read
from extract.read._decode import text_of
from extract.read._metadata import head
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = (
    "The foundry supplies microcontrollers to the carmaker, and it has done so for the last three years. "
    "Its plant in the north of the country is one of the largest that the group has built so far. "
)


@pytest.fixture
def write(tmp_path: Path):
    def write(name: str, content: str | bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def test_line_ends_and_byte_order_mark_are_normalised(write):
    document = read(write("a.txt", b"\xef\xbb\xbfOne line\r\nand another\rand a third.\x0cA page."))
    assert document.text == "One line\nand another\nand a third.\nA page."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_give_the_same_text(write, encoding):
    text = SENTENCES + "It’s a “café” in Zürich."
    assert read(write("a.txt", text.encode(encoding))).text == text


def test_standard_input_is_a_dash(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SENTENCES.encode())))
    document = read("-")
    assert (document.source, document.text) == ("-", SENTENCES)


def test_the_source_is_the_path_as_given(write, monkeypatch, tmp_path):
    write("a.txt", SENTENCES)
    monkeypatch.chdir(tmp_path)
    assert read("./a.txt").source == "./a.txt"


def test_front_matter_describes_and_leaves_the_text(write):
    text = '---\ntitle: "A plan"\ntags: [x, y]\ndate: 2025-03-04\nauthor: A. Writer\nsource: The Paper\nlink: https://a.example/1\n---\n\n'
    document = read(write("a.md", text + SENTENCES))
    assert document.text == "A plan\n\n" + SENTENCES
    said = (document.title, document.date, document.author, document.publisher, document.url)
    assert said == ("A plan", "2025-03-04", "A. Writer", "The Paper", "https://a.example/1")


def test_first_lines_describe_and_leave_the_text(write):
    document = read(write("a.txt", "Title: A plan\nDate: 4 March 2025\nSource: The Paper\n\n" + SENTENCES))
    assert (document.title, document.date, document.publisher) == ("A plan", "2025-03-04", "The Paper")
    assert document.text == "A plan\n\n" + SENTENCES


def test_a_title_that_the_text_repeats_stands_once(write):
    assert read(write("a.md", "Title: A plan\n\n# A plan\n\n" + SENTENCES)).text == "# A plan\n\n" + SENTENCES


def test_a_colon_alone_is_no_metadata(write):
    text = "Infineon: the company supplies Bosch.\n\n" + SENTENCES
    assert read(write("a.txt", text)).text == text


@pytest.mark.parametrize(
    ("dateline", "date"),
    [
        ("HSINCHU, Taiwan, March 4, 2025 -- ", "2025-03-04"),
        ("**SAN JOSE, Calif., Sept. 16, 2021** — ", "2021-09-16"),
        ("TOKYO (2 April 2024) - ", "2024-04-02"),
        ("The board met on March 4, 2025 -- ", None),
        ("HSINCHU, Taiwan, February 31, 2025 -- ", None),
        ("HSINCHU, Taiwan, March 4 -- ", None),
    ],
)
def test_a_dateline_dates_the_document(dateline, date):
    assert head(f"A headline of the day\n\n{dateline}The company said so.").date == date


def test_two_datelines_that_differ_date_nothing():
    assert head("PARIS, March 4, 2025 -- One.\nROME, March 5, 2025 -- Two.").date is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "no text"),
        (b"%PDF-1.7 ...", "damaged"),
        (b"PK\x03\x04....word/document.xml", "the Word document is damaged"),
        (b"PK\x03\x04....xl/workbook.xml", "an Excel workbook"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\x1f\x8b\x08 and so on", "damaged"),
        (b"some text\x00and NUL", "NUL bytes"),
        (b"\x01\x02\x03\x04\x05\x06 many controls", "control characters"),
        ("国务院今天宣布新的半导体政策".encode("gb18030") * 20, "encoding"),
        (SENTENCES.encode("utf-16")[:-1], "UTF-16"),
        ("Die Firma hat im letzten Jahr ein neues Werk in Dresden gebaut und beliefert viele Kunden. " * 5, "German"),
        ("L’entreprise a construit une nouvelle usine à Crolles et elle fournit ses clients en Europe. " * 5, "French"),
        ("この会社は熊本に新しい工場を建設し、自動車向けの半導体を生産しています。" * 10, "Japanese"),
        ("Компания построила новый завод и поставляет микросхемы автопроизводителям. " * 5, "Russian"),
    ],
)
def test_refusals_give_the_reason(write, content, reason):
    path = write("a.txt", content)
    with pytest.raises(DocumentRefused, match=reason) as refused:
        read(path)
    assert refused.value.source == path


def test_missing_folders_and_broken_names_are_refused(tmp_path):
    with pytest.raises(DocumentRefused, match="no such file"):
        read(str(tmp_path / "none.txt"))
    with pytest.raises(DocumentRefused, match="a folder"):
        read(str(tmp_path))
    with pytest.raises(DocumentRefused, match="cannot be read"):
        read("a\x00b")


def test_enormous_text_is_refused(write):
    with pytest.raises(DocumentRefused, match="longer than 5,000,000"):
        read(write("a.txt", "a word " * 800_000))


def test_enormous_files_are_refused_before_they_are_decoded(write):
    with pytest.raises(DocumentRefused, match="larger than 20 MB"):
        read(write("a.txt", b"a" * 20_000_001))


@pytest.mark.parametrize(
    "text", ["TSMC baut.", "Hua Hong, ST: 40nm", "Samsung Electronics Co., Ltd. SK hynix Inc. " * 3]
)
def test_texts_too_short_to_tell_pass(write, text):
    assert read(write("a.txt", text)).text == text


def test_names_do_not_make_a_text_foreign(write):
    text = "Die Herren Müller, Schäfer und Weiß von Zeiss in Oberkochen are the ones who sold it to the group. " * 3
    assert read(write("a.txt", text)).language == "en"


@settings(deadline=None)  # a busy machine is no failure
@given(st.text())
def test_whatever_is_decoded_is_clean(text):
    try:
        clean = text_of(text.encode("utf-8", "surrogatepass"), "a")
    except DocumentRefused:
        return
    assert not set(clean) & {"\r", "\x00", "\x0c", "\ufeff"}


@settings(deadline=None)  # a busy machine is no failure
@given(st.binary(min_size=1))
def test_any_bytes_are_decoded_or_refused(data):
    try:
        assert isinstance(text_of(data, "a"), str)
    except DocumentRefused as refused:
        assert refused.reason


@pytest.mark.parametrize(
    ("line", "title"), [("# A fab ##", "A fab"), ("# " + "#" * 3000, None), ("# C# tools", "C# tools")]
)
def test_marks_that_close_a_heading_are_no_part_of_it(write, line, title):
    document = read(write("a.md", line + "\n\n" + SENTENCES))
    assert document.title == title
