"""Mail, feeds, tables, crawls and archives of the articles, written by the libraries that people write them with."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from warcio.capture_http import capture_http  # isort: skip (before requests, which it listens to)
import requests
from articles import PUBLISHER, Article

if TYPE_CHECKING:
    from pathlib import Path


def mails(found: list[Article], folder: Path, *, kinds: tuple[str, ...]) -> list[Path]:
    """A message an article: its plain text, its HTML, or both."""
    made = []
    for article in found:
        message = EmailMessage()
        message["From"], message["To"] = f"{article.author} <desk@news.example>", "Reader <reader@post.example>"
        message["Subject"], message["Date"] = article.title, format_datetime(_day(article))
        for kind in kinds:
            add = message.add_alternative if kind != kinds[0] else message.set_content
            add(article.body if kind == "plain" else f"<html><body>{article.html}</body></html>", subtype=kind)
        made.append(folder / f"{article.name}.eml")
        made[-1].write_bytes(message.as_bytes())
    return made


def feeds(found: list[Article], folder: Path) -> tuple[Path, Path]:
    """An RSS and an Atom feed with the whole texts."""
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.id("https://news.example/")
    feed.title(PUBLISHER)
    feed.description("Samples")
    feed.link(href="https://news.example/")
    feed.language("en")
    feed.load_extension("dc")
    for article in found:
        entry = feed.add_entry(order="append")
        entry.id(article.url)
        entry.title(article.title)
        entry.link(href=article.url)
        entry.author(name=article.author)
        entry.dc.dc_creator(article.author)
        entry.published(_day(article))
        entry.description(article.body[:80])
        entry.content(article.html, type="html")
    feed.rss_file(str(folder / "rss.xml"))
    feed.atom_file(str(folder / "atom.xml"))
    return folder / "rss.xml", folder / "atom.xml"


def tables(found: list[Article], folder: Path) -> tuple[Path, Path]:
    """JSON lines and CSV as pandas writes them."""
    import pandas as pd

    rows = [
        {
            "id": a.name,
            "headline": a.title,
            "byline": a.author,
            "published_at": a.date,
            "source": PUBLISHER,
            "body": a.body,
        }
        for a in found
    ]
    frame = pd.DataFrame(rows)
    frame.to_json(folder / "dump.jsonl", orient="records", lines=True)
    frame.to_csv(folder / "dump.csv", index=False)
    return folder / "dump.jsonl", folder / "dump.csv"


def crawl(pages: list[Path], folder: Path) -> Path:
    """Pages of a server on loopback as warcio records them."""
    contents = {f"/{page.name}": page.read_bytes() for page in pages}

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = contents[self.path]
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    path = folder / "crawl.warc.gz"
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        with capture_http(str(path)):
            for name in contents:
                requests.get(f"http://127.0.0.1:{server.server_address[1]}{name}", timeout=10)
        server.shutdown()
        thread.join()
    return path


def archives(files: list[Path], folder: Path) -> tuple[Path, Path]:
    """A zip and a packed tar archive of some files."""
    inside = folder / "inside"
    inside.mkdir()
    for file in files:
        shutil.copy(file, inside)
    made = [shutil.make_archive(str(folder / "all"), kind, inside) for kind in ("zip", "gztar")]
    return folder / made[0], folder / made[1]


def _day(article: Article) -> datetime:
    return datetime.fromisoformat(article.date).replace(hour=12, tzinfo=UTC)
