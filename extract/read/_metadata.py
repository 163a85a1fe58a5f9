"""What a plain text says of itself in its first lines: front matter, "Title:" lines, a heading, a dateline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.read._dates import MONTH, iso_date

_KEYS = {
    "title": "title",
    "headline": "title",
    "post_title": "title",
    "date": "date",
    "published": "date",
    "post_date": "date",
    "source": "publisher",
    "publisher": "publisher",
    "author": "author",
    "byline": "author",
    "url": "url",
    "link": "url",
    "canonical_url": "url",
    "note": "note",
}
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY_LINE = re.compile(r"\A[ \t]*(?:\*\*)?([A-Za-z_]+)(?:\*\*)?:(?:\*\*)?[ \t]+(\S[^\n]*)(?:\n|\Z)")
_HEADING = re.compile(r"\A#{1,3}[ \t]+([^\n]{1,500})\n")
_FIRST_LINE = re.compile(r"\A([^\n<\[]{8,200})\n[ \t]*\n")
_NAME = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ.'\-]*"
_PLACE = rf"{_NAME}(?:[ ](?:{_NAME}|of|de|la|am|on))*"
_DATE = rf"({MONTH}[ ]\d{{1,2}},[ ]\d{{4}}|\d{{1,2}}[ ]{MONTH}[ ]\d{{4}})"
_DATELINE = re.compile(
    rf"^[*_]{{0,2}}{_PLACE}(?:,[ ]{_PLACE}){{0,2}}[,]?[ ]\(?{_DATE}\)?[*_]{{0,2}}[ ]?(?:--|—|–|-|/|:|\()",
    re.MULTILINE,
)
_BYLINE = re.compile(r"^By ([A-Z][^\W\d_]*\.?(?: [A-Z][^\W\d_]*\.?){1,3})(?:,| [|·—–-] |$)", re.MULTILINE)
# A line that only says when the text came out, and perhaps by whom.
_DATE_LINE = re.compile(
    rf"^(?:By [^\n]{{2,60}}?(?:,| [|·—–-]) )?(?:(?:Published|Posted|Released|Issued|Date|Last changed)(?: on|:)* )?"
    rf"(\d{{4}}-\d\d-\d\d|(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, )?(?:{_DATE}))"
    r"(?:(?:,| [|·—–-]| at) [^\n]{1,40}|T[\d:]+\S*)?$",
    re.MULTILINE,
)
_HEAD = 2_000


@dataclass(frozen=True, slots=True)
class Head:
    """A text without the lines that only describe it, and what those lines say."""

    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None


def head(text: str) -> Head:
    r"""Splits what a text says of itself from what it says.

    Front matter and "Title:" lines leave the text; their title is put back as its first line, because headlines
    state things too. A first heading, a dateline, a byline and a line with a date alone are read and stay.

    >>> head("Title: A plan\nDate: 4 March 2025\n\nHSINCHU is a city.").date
    '2025-03-04'
    >>> head("A plan\n\nBy R. Example, 4 March 2025\n\nHSINCHU is a city.").author
    'R. Example'
    """
    fields, rest = _described(text)
    title = fields.get("title")
    if title and not rest.lstrip("# \n").startswith(title):
        rest = f"{title}\n\n{rest.lstrip()}"
    return Head(
        rest,
        title or _first_title(rest),
        fields.get("publisher"),
        fields.get("author") or _only(_BYLINE.findall(rest[:_HEAD])),
        iso_date(fields.get("date", "")) or _dateline(rest) or _date_line(rest),
        fields.get("url"),
    )


def _described(text: str) -> tuple[dict[str, str], str]:
    if match := _FRONT_MATTER.match(text):
        return _fields(match[1] + "\n", anything=True)[0], text[match.end() :].lstrip("\n")
    return _fields(text, anything=False)


def _fields(text: str, *, anything: bool) -> tuple[dict[str, str], str]:
    """The known "Key: value" lines at the head, and the text after them; with `anything`, unknown lines are passed."""
    found: dict[str, str] = {}
    while text:
        match = _KEY_LINE.match(text)
        key = _KEYS.get(match[1].lower()) if match else None
        if match and key:
            value, text = _value(match[2].strip(), text[match.end() :])
            found.setdefault("url" if value.startswith(("http://", "https://")) else key, value)
        elif anything:
            text = text.partition("\n")[2]
        else:
            break
    return found, text.removeprefix("---\n").lstrip("\n") if found else text


def _value(given: str, rest: str) -> tuple[str, str]:
    """The value of a key, without quotes; one that YAML folds over indented lines is put together from them."""
    if given not in {">", ">-", "|", "|-"}:
        return given.strip("\"'"), rest
    folded = re.match(r"(?:[ \t]+[^\n]*(?:\n|\Z))*", rest)
    end = folded.end() if folded else 0
    return " ".join(rest[:end].split()), rest[end:]


def _first_title(text: str) -> str | None:
    text = text.lstrip("\n ")
    heading, line = _HEADING.match(text), _FIRST_LINE.match(text)
    # A heading may be closed by the marks that open it.
    title = heading[1].rstrip().rstrip("#").rstrip() if heading else line[1].rstrip() if line else ""
    return None if title.endswith((".", ":", ";", ",")) else title.strip().strip("*_").strip() or None


def _dateline(text: str) -> str | None:
    found = {d for d in map(iso_date, _DATELINE.findall(text[:_HEAD])) if d}
    return found.pop() if len(found) == 1 else None


def _date_line(text: str) -> str | None:
    found = {date for match in _DATE_LINE.finditer(text[:_HEAD]) if (date := iso_date(match[1]))}
    return found.pop() if len(found) == 1 else None


def _only(found: list[str]) -> str | None:
    return found[0] if len(found) == 1 else None
