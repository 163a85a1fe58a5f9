"""Word processors and typesetters: pandoc, LibreOffice, Chromium, WeasyPrint and Typst write the articles."""

from __future__ import annotations

import re
import subprocess
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from articles import Article

RUNNING = "Chip Digest"
"""What stands above each page of the PDFs with running heads."""

_HEAD_AND_FOOT = (
    f"<style:header><text:p>{RUNNING}</text:p></style:header>"
    "<style:footer><text:p>Page <text:page-number/> of <text:page-count/></text:p></style:footer>"
)
_PRINT = f"""
html {{ font: 10pt/1.4 "DejaVu Serif", serif }} p {{ text-align: justify; hyphens: auto }}
table {{ border-collapse: collapse }} td, th {{ border: 1px solid; padding: 2pt 6pt; text-align: left }}
@page {{ size: A5; margin: 22mm 15mm;
  @top-center {{ content: "{RUNNING}" }} @bottom-right {{ content: "Page " counter(page) " of " counter(pages) }} }}
"""
_COLUMNS = _PRINT + "main { columns: 2; column-gap: 8mm } @page { size: A4 } table { font-size: 8pt }"


def run(*command: str | Path, folder: Path) -> None:
    """Runs a tool, quietly."""
    subprocess.run([str(word) for word in command], cwd=folder, check=True, capture_output=True, timeout=300)


def pandoc(found: list[Article], folder: Path, ending: str, *options: str) -> list[Path]:
    """Each article in a format of pandoc's."""
    made = []
    for article in found:
        source = folder / f"{article.name}.md"
        source.write_text(article.markdown, encoding="utf-8")
        target = folder / f"{article.name}.{ending}"
        run("pandoc", "--standalone", *options, source, "-o", target, folder=folder)
        made.append(target)
    return made


def libreoffice(sources: list[Path], kind: str, ending: str) -> list[Path]:
    """Files as LibreOffice converts them."""
    folder = sources[0].parent / "made"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, *sources, folder=folder.parent)
    return [folder / f"{source.stem}.{ending}" for source in sources]


def paged_style(folder: Path, *, columns: bool) -> Path:
    """A style for pandoc's ODT with running heads, hyphenation and, where asked for, two columns."""
    plain, styled = folder / "plain.odt", folder / "reference.odt"
    plain.write_bytes(
        subprocess.run(["pandoc", "--print-default-data-file", "reference.odt"], check=True, capture_output=True).stdout
    )
    with zipfile.ZipFile(plain) as package, zipfile.ZipFile(styled, "w", zipfile.ZIP_DEFLATED) as out:
        for info in package.infolist():
            data = package.read(info)
            out.writestr(info, _styled(data.decode(), columns=columns) if info.filename == "styles.xml" else data)
    return styled


def _styled(styles: str, *, columns: bool) -> str:
    styles = styles.replace('fo:hyphenate="false"', 'fo:hyphenate="true"')
    styles = re.sub(r"<style:footer>.*?</style:footer>", _HEAD_AND_FOOT, styles, flags=re.DOTALL)
    space = '<style:header-style><style:header-footer-properties fo:min-height="0.4in" fo:margin-bottom="0.2in"/>'
    styles = re.sub(r"<style:header-style\s*/>", f"{space}</style:header-style>", styles)
    if columns:
        two = '<style:columns fo:column-count="2" fo:column-gap="0.3in"/>'
        styles = re.sub(r"(<style:page-layout-properties\b[^>]*>)", rf"\1{two}", styles)
    return styles


def page_of(article: Article, style: str) -> str:
    """An article as a page to print."""
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{article.title}</title>'
        f'<meta name="author" content="{article.author}"><style>{style}</style>'
        f"<h1>{article.title}</h1><p>{article.author}</p><p>{article.date}</p><main>{article.html}</main></html>"
    )


def chromium(found: list[Article], folder: Path, *, columns: bool, heads: bool) -> list[Path]:
    """Pages printed to PDF by Chromium, with its own date, title and address at the edges or those of the page."""
    from playwright.sync_api import sync_playwright

    made = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        style = _COLUMNS if columns else _PRINT
        for article in found:
            source, target = folder / f"{article.name}.html", folder / f"{article.name}.pdf"
            source.write_text(page_of(article, style.split("@page")[0] if heads else style), encoding="utf-8")
            page.goto(source.as_uri())
            page.pdf(path=target, display_header_footer=heads, prefer_css_page_size=not heads, format="A4")
            made.append(target)
        browser.close()
    return made


def weasyprint(found: list[Article], folder: Path, *, columns: bool) -> list[Path]:
    """Pages printed to PDF by WeasyPrint, which breaks words at line ends (`hyphens: auto`)."""
    from weasyprint import HTML

    made = [folder / f"{article.name}.pdf" for article in found]
    for article, target in zip(found, made, strict=True):
        HTML(string=page_of(article, _COLUMNS if columns else _PRINT)).write_pdf(target)
    return made


def typst(found: list[Article], folder: Path) -> list[Path]:
    """Two columns set by Typst: justified, hyphenated, with ligatures."""
    import pypandoc
    from typst import compile as typeset

    made = []
    for article in found:
        body = pypandoc.convert_text(article.body, "typst", "markdown")
        sheet = f'#set page(columns: 2, header: [{RUNNING}], numbering: "1 / 1")\n#set par(justify: true)\n'
        title = article.title.replace('"', "'")
        sheet += f'#set text(lang: "en")\n#set document(title: "{title}", author: "{article.author}")\n'
        sheet += f"#let horizontalrule = line()\n= {article.title}\n\n{article.author}\n\n{article.date}\n\n"
        source, target = folder / f"{article.name}.typ", folder / f"{article.name}.pdf"
        source.write_text(sheet + body, encoding="utf-8")
        typeset(str(source), output=str(target))
        made.append(target)
    return made


def scanned(sources: list[Path]) -> list[Path]:
    """PDFs as a scanner makes them: a picture of each page."""
    from PIL import Image

    made = []
    for source in sources:
        folder = source.parent / f"scan-{source.stem}"
        folder.mkdir()
        run("pdftoppm", "-r", "80", "-gray", source, folder / "p", folder=folder)
        first, *others = [Image.open(path) for path in sorted(folder.iterdir())]
        target = folder.with_suffix(".pdf")
        first.save(target, save_all=True, append_images=others)
        made.append(target)
    return made
