from __future__ import annotations

import pytest

from extract.read import html, read, text
from extract.read._walk import formats

PAGE = """<!DOCTYPE html>
<html><head>
<title>A  plan &amp; more</title>
<meta property="article:published_time" content="2025-03-04T10:00:00Z">
<meta name="author" content="A. Writer"><meta property="og:site_name" content="The Paper">
<link rel="canonical" href="https://a.example/1">
<style>p { color: red }</style><script>var p = "<p>no</p>";</script>
</head><body>
<nav><ul><li>Home</li></ul></nav>
<header><p>The Paper, since 1900</p></header>
<article>
<h1>A plan</h1>
<p>The foundry <b>supplies</b> the
   carmaker.<br>It has done so for years.</p>
<ul><li>One item</li><li>Another <a href="x">item</a></li></ul>
<table><tr><th>Year</th><th>Share</th></tr><tr><td>2024</td><td>34&nbsp;%</td></tr></table>
<aside>Read also: something else</aside>
<p>The last paragraph.</p>
</article>
<footer>All rights reserved</footer>
</body></html>"""

TEXT = """# A plan

The foundry supplies the carmaker. It has done so for years.

- One item
- Another item

Year\tShare
2024\t34 %

The last paragraph."""


def test_a_page_gives_its_article_and_metadata():
    document = html.parse(PAGE.encode(), "a.html")
    assert document.text == TEXT
    assert (document.title, document.date) == ("A plan", "2025-03-04")
    assert (document.author, document.publisher, document.url) == ("A. Writer", "The Paper", "https://a.example/1")


def test_a_page_without_article_gives_its_body():
    page = b"<html><body><nav>Home</nav><div>One.</div>Two.</body></html>"
    assert html.parse(page, "a").text == "One.\n\nTwo."


def test_unclosed_and_stray_tags_lose_no_text():
    assert html.parse(b"<html><p>One.<p>Two.</aside></nav><p>Three.", "a").text == "One.\n\nTwo.\n\nThree."


def test_the_name_of_a_file_does_not_matter(tmp_path):
    file = tmp_path / "page.txt"
    file.write_text(PAGE, encoding="utf-8")
    assert read(str(file)).text == TEXT


@pytest.mark.parametrize(
    ("data", "chosen"),
    [
        (b"<!DOCTYPE html><html>", html),
        (b"  <html lang='en'>", html),
        (b"<!-- wp:paragraph --><p>One.</p>", html),
        (b"<h1>A title</h1><p>One.</p>", html),
        (b"A sentence about <p> tags.</p>", text),
        (b"<a id='x'></a>\n## [A heading](https://a.example)\n", text),
        (b"# A heading\n\n<p>One.</p>", text),
        (b"Plain.", text),
    ],
)
def test_the_format_is_told_by_content(data, chosen):
    assert max(formats(), key=lambda f: f.certainty(data)) is chosen
