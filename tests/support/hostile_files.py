"""Files that are bad in the manner of one format, by chance: pages, prints, mail, feeds, XML, tables, Word, crawls."""

from __future__ import annotations

import base64
import gzip
from typing import TYPE_CHECKING

from bad_files import ANSWER, HTML, MESSAGE, ROW, SHOWN, TEXT, W, pdf, word, zipped

if TYPE_CHECKING:
    import random

_GROWING = (
    "<!DOCTYPE x [<!ENTITY a0 '"
    + "a" * 99
    + "'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 9}'>" for n in range(1, 12))
)
_DECLARED = (
    f"{_GROWING}]>",
    "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
    "<!DOCTYPE x [<!ENTITY % a SYSTEM 'http://127.0.0.1:9/a'> %a;]>", "<!DOCTYPE x [<!ATTLIST rss a CDATA 'a'>]>",
    "<!DOCTYPE x [<!ENTITY a0 '&a0;'>]>", "", "<?xml version='1.0' encoding='utf-7'?>", "<?xml version='1.1'?>",
    "<?xml version='1.0' encoding='UTF-16'?>", "<?xml-stylesheet href='file:///etc/passwd'?>", "<!---->" * 2000,
)  # fmt: skip
_USED = (
    "&a11;",
    "&a;",
    "&a0;",
    "&nothing;",
    "&#0;",
    "&#x110000;",
    "<![CDATA[",
    "]]>",
    "<a:b/>",
    "<x " + "a='1' " * 9 + ">",
)


def html(chance: random.Random) -> bytes:
    parts = [
        b"<script>while(1);</script>",
        b"<p " + b"a=1 " * 5000 + b">",
        b"<table><td colspan=999999999>x",
        b"<!DOCTYPE x [",
        b"<img src=x onerror=alert(1)>",
        b"<meta http-equiv=refresh content=0>",
        b"<![CDATA[",
        b"<!--",
        b"</p>" * 2000,
        b'<script type="application/ld+json">' + b'{"@graph":' * 9000 + b"</script>",
        b"<a href='javascript:x'>",
        b"<time datetime='" + b"9" * 5000 + b"'>",
        b"<br>" * 9000,
        b"<p>" * 20_000,
        b"&" * 9000,
        b"<title>" * 500,
        b"<plaintext>",
        b"<base href=//[>",
        b'<link rel=canonical href="http://[::1">',
        b"<select><option>" * 3000,
    ]
    body = b"".join(chance.choice([*parts, TEXT.encode(), b"<p>"]) for _ in range(chance.randint(1, 12)))
    return b"<html><body>" + body + TEXT.encode()


def prints(chance: random.Random) -> bytes:
    shown = chance.choice([
        SHOWN, b"BT /F 1e308 Tf (a) Tj ET", b"BT " + b"(a) Tj " * 20_000, b"/X Do " * 5000, b"BI /W 1 ID \x00 EI" * 500,
        b"1 0 0 1 1e300 -1e300 cm " + SHOWN, b"BT /F 10 Tf 0 0 0 0 0 0 Tm (a) Tj ET",
        b"0 0 m " + b"1 1 l " * 50_000 + b"S",
    ])  # fmt: skip
    more = chance.choice([
        b"", b"xref\n0 99999999\n", b"startxref\n-5\n%%EOF", b"trailer << /Prev 0 /Root 1 0 R >> startxref 0 %%EOF",
        b"6 0 obj << /Type /ObjStm /N 99999999 /First 5 /Length 3 >> stream\n0 0\nendstream endobj ",
        b"7 0 obj 7 0 R endobj ", b"trailer << /Encrypt << /Filter /Standard /V 9 >> /Root 1 0 R >> ",
    ])  # fmt: skip
    kids = chance.choice([b"3 0 R", b"2 0 R", b"3 0 R " * 3000, b"1 0 R", b"null", b"(a)", b"9 0 R", b""])
    stream = chance.choice(
        [b"", b"/Filter /LZWDecode", b"/Filter /ASCII85Decode", b"/Filter /JBIG2Decode", b"/Filter 3 0 R"]
    )
    return pdf(shown, kids=kids, stream=stream, more=more)


def mail(chance: random.Random) -> bytes:
    """Headers that no program writes, parts in parts, bodies in encodings that do not fit."""
    lines = [
        b"From: " + chance.choice([b"a@a.example", b"<" * 5000, b"\xff\xfe", b"=?utf-8?b?" + b"/" * 999, b"(" * 9000]),
        b"To: " + b"b@b.example, " * chance.choice([1, 9000]),
        b"Message-ID: <a>",
        b"Subject: " + chance.choice([b"=?x?q?=FF?=", b"=?utf-8?q?" * 999, b"T\n " * 999, b"", b"\x00", TEXT.encode()]),
        b"Date: " + chance.choice([b"Tue, 99 Mar 99999 99:99:99 +9999", b"9" * 9000, b"", b"now", b"Mon, 0"]),
    ]
    kind = chance.choice(
        ["text/plain", "text/html", "multipart/mixed", "multipart/alternative", "message/rfc822", "x", ""]
    )
    charset = chance.choice(
        ["utf-8", "utf-7", "utf-16", "nothing", "idna", "punycode", "rot13", "hex", "undefined", "\x00"]
    )
    boundary = chance.choice(["b", "", "b" * 9000, "--", '"'])
    lines.append(f'Content-Type: {kind}; charset="{charset}"; boundary="{boundary}"; name*0*=a; name*9="b'.encode())
    coding = chance.choice([b"base64", b"quoted-printable", b"x-uuencode", b"7bit", b"gzip", b""])
    lines.append(b"Content-Transfer-Encoding: " + coding)
    chance.shuffle(lines)
    part = b"--%s\nContent-Type: %s\n\n" % (
        boundary.encode(),
        chance.choice([b"text/html", b"text/plain", b"a", kind.encode()]),
    )
    body = chance.choice([
        TEXT.encode(), base64.b64encode(HTML), base64.b64encode(TEXT.encode())[:-1], b"=" * 9000,
        b"begin 644 a\nM" + b"!" * 99,
        part * chance.choice([1, 1500]) + TEXT.encode(), part + HTML + b"\n--b--", MESSAGE * 40, part + MESSAGE,
    ])  # fmt: skip
    return b"\n".join(lines) + b"\n\n" + body


def feed(chance: random.Random) -> bytes:
    item = chance.choice([
        f"<item><guid>{'g' * 9000}</guid><description>{TEXT}</description></item>", "<item/>", "<item>" * 150,
        f"<item><title>T</title><description>&lt;script&gt;{TEXT}&lt;{'p&gt;&lt;' * 999}</description></item>",
        f"<entry><link href='javascript:a'/><content type='xhtml'>{'<div>' * 60}{TEXT}</content></entry>",
        f"<item><pubDate>{'9' * 999}</pubDate><link>file:///etc/passwd</link><title>{TEXT}</title></item>",
        f"<item><title>{chance.choice(_USED)}</title><description>{TEXT}</description></item>",
    ])  # fmt: skip
    start = chance.choice(
        ["<rss>", "<feed xmlns='a'>", "<rdf:RDF xmlns:rdf='a'>", "<rss xml:lang='" + "x" * 999 + "'>"]
    )
    end = chance.choice(["</rss>", "</feed>", "</rdf:RDF>", ""])
    return (chance.choice(_DECLARED) + start + item * chance.choice([1, 2, 2000]) + end).encode()


def xml(chance: random.Random) -> bytes:
    """Entities that grow, that fetch and that hold themselves, in all that is XML inside."""
    declared, used = chance.choice(_DECLARED), chance.choice(_USED)
    body = f"<w:body><w:p><w:r><w:t>{TEXT}{used}</w:t></w:r></w:p></w:body>"
    document = f"{declared}<w:document {W}>{body}</w:document>"
    page = f"{declared}<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{TEXT}{used}</p></body></html>"
    rss = (
        f"{declared}<rss><channel><item><title>T</title><description>{TEXT}{used}</description></item></channel></rss>"
    )
    return chance.choice([
        lambda: word("", document=document),
        lambda: word(f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>", core=f"{declared}<a><title>T{used}</title></a>"),
        lambda: word(f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>", styles=f"{declared}<a>{used}</a>"),
        lambda: page.encode(), lambda: rss.encode(), lambda: rss.encode("utf-16"), lambda: rss.encode("utf-16-be"),
        lambda: zipped({"a.rss": rss.encode(), "b.html": page.encode()}),
    ])()  # fmt: skip


def table(chance: random.Random) -> bytes:
    """CSV and JSON lines whose rows, names and values are not what they should be."""
    delimiter = chance.choice([",", ";", "\t", "|"])
    head = delimiter.join(
        chance.choice([["title", "text"], ["text", "date", "text"], ["Text", "URL"], ["text", "id"] * 9])
    )
    cell = chance.choice(
        ['"', '""' * 9000, f'"{TEXT}', TEXT, "=cmd|' /C calc'!A0", "\x00", "'", "9" * 9000, "", '"\n"' * 999]
    )
    row = delimiter.join([cell] * min(chance.choice([1, 2, 3, 9000]), 1 + 500_000 // (1 + len(cell))))
    rows = "\n".join([row] * min(chance.choice([1, 3, 200]), 1 + 500_000 // (1 + len(row))))
    value = chance.choice(
        ['"a"', "NaN", "9" * 9000, "-Infinity", "null", "{}", "[" * 900 + "]" * 900, '"\\ud800"', "1e999999"]
    )
    line = f'{{"text": "{TEXT}", "title": {value}, "date": {value}, "url": {value}, "author": [{value}]}}'
    doubled = '{"text": "' + TEXT + '", ' + ", ".join(f'"text": {value}' for _ in range(99)) + "}"
    return chance.choice([
        f"{head}\n{rows}", f"{head}\r{rows}", f'{head}\n"{rows}', f"\ufeff{head}\n{rows}",
        f"{head}\n{rows}\n{head}\n{TEXT}", line, f"{line}\n{line[:-9]}\n[]\n{line}", f"[{line}, {line}, 1, [{line}]]",
        f'{{"a": {{"b": [{line}]}}}}', doubled,
        ROW.decode() + "\x00" + line,
    ]).encode(chance.choice(["utf-8", "utf-8", "utf-16", "utf-16-le", "latin-1"]), "replace")  # fmt: skip


def office(chance: random.Random) -> bytes:
    """Word documents whose parts hold one another, are many, or are not what their names say."""
    run, level = f"<w:r><w:t>{TEXT}</w:t></w:r>", "<w:numPr><w:ilvl w:val='%s'/></w:numPr>"
    deep = chance.choice([1, 20, 60])
    body = chance.choice([
        f"<w:p>{run}</w:p>" * chance.choice([1, 5000]), "<w:tbl><w:tr><w:tc>" * deep + f"<w:p>{run}</w:p>",
        f"<w:p>{'<w:ins>' * deep}{run}{'</w:ins>' * deep}</w:p>", "<w:p/>" * 50_000,
        f"<w:p><w:pPr><w:pStyle w:val='{'a' * 9000}'/>{level % '99999999999'}</w:pPr>{run}</w:p>",
        f"<w:p><w:pPr>{level % '٣'}</w:pPr>{run}</w:p>", "<w:p><w:r><w:tab/></w:r></w:p>" * 9000,
        "<w:tbl>" + "<w:tr/>" * 50_000 + "</w:tbl>", f"<w:sdt><w:p>{run}</w:p></w:sdt>",
        "<w:tbl><w:tr>" + f"<w:tc><w:p>{run}</w:p></w:tc>" * 3000 + "</w:tr></w:tbl>",
    ])  # fmt: skip
    made = word(
        body,
        **chance.choice(
            [{}, {}, {}, {"core": "<a"}, {"styles": "<a/>" * 2}, {"core": f"<a><title>{TEXT}</title></a>"}]
        ),
    )
    spoilt = bytearray(made)
    for _ in range(chance.choice([0, 0, 0, 1, 9])):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return chance.choice([
        *[bytes(spoilt)] * 5, zipped({"word/document.xml": made}), zipped({"word/styles.xml": TEXT.encode()}),
        zipped({f"word/{at}.xml": b"<a/>" for at in range(2000)} | {"word/document.xml": HTML}),
    ])  # fmt: skip


def crawl(chance: random.Random) -> bytes:
    """WARC records whose lengths, headers and packing lie."""
    length = chance.choice([*[len(ANSWER)] * 5, 0, 5, -1, 10**18, len(ANSWER) + 1000])
    kind = chance.choice(["response", "response", "response", "resource", "request", "revisit", "x"])
    address = chance.choice(["https://a.example/", "file:///etc/passwd", "\x00", "a" * 9000, "", "\u202e"])
    answer = chance.choice([
        *[ANSWER] * 5, ANSWER.replace(b"200 OK", b"999"), ANSWER.replace(b"text/html", b"application/pdf"),
        ANSWER.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n"), b"HTTP/1.1 " * 9000, b"\x00" * 99,
        ANSWER.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\nffffffffffff\r\n"),
        ANSWER.replace(b"\r\n", b"\n"), b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 20_000 + b"\r\n" + HTML, ANSWER[:30],
    ])  # fmt: skip
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Length: {length}\r\n"
    record = (head + "X: y\r\n" * chance.choice([0, 0, 20_000])).encode() + b"\r\n" + answer + b"\r\n\r\n"
    packed = gzip.compress(record)
    return chance.choice(
        [
            record,
            record * 300,
            packed,
            packed * 300,
            packed[:-9] + record,
            gzip.compress(packed),
            packed + TEXT.encode(),
        ]
    )
