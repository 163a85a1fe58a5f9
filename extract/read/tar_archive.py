"""Tar archives, plain or packed with gzip, bzip2 or xz."""

from __future__ import annotations

import tarfile
from typing import IO, TYPE_CHECKING, cast

from extract.read._heads import Heads
from extract.read._member import Member, Opened
from extract.read._packed import DAMAGE, start_of, unpacked
from extract.read.zip_archive import hidden
from ontology.errors import DocumentRefused

if TYPE_CHECKING:
    from collections.abc import Iterator


def certainty(data: bytes) -> float:
    """Sure by the mark that each header bears."""
    return 1.0 if start_of(data)[257:262] == b"ustar" else 0.0


def members(opened: Opened) -> Iterator[Member | DocumentRefused]:
    """The files in the archive; links and devices are passed over. Raises `DocumentRefused` where it is damaged."""
    heads = Heads(Opened(unpacked(opened), opened.source, opened.budget))  # what is passed over is charged too
    try:
        with heads.narrowed():
            archive = tarfile.open(fileobj=cast("IO[bytes]", heads), mode="r|")  # noqa: SIM115
        with archive:
            while (info := _next(archive, heads)) is not None:
                if info.isreg() and not hidden(info.name):
                    stream = archive.extractfile(info)
                    assert stream
                    yield Member(info.name, stream)
                _pass_over(archive)
    except (tarfile.TarError, *DAMAGE) as error:
        raise DocumentRefused(opened.source, f"the archive is damaged ({error})") from error


def _next(archive: tarfile.TarFile, heads: Heads) -> tarfile.TarInfo | None:
    with heads.narrowed():
        return archive.next()


def _pass_over(archive: tarfile.TarFile) -> None:
    """Goes to the last byte of a member, which the library looks at to tell whether it is whole."""
    assert archive.fileobj
    if archive.fileobj.tell() < archive.offset:
        archive.fileobj.seek(archive.offset - 1)
