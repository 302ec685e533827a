"""What a file is, by its content alone; anything that could be two things at once is refused."""

from __future__ import annotations

import csv
import io
import struct
import zlib
from typing import IO, TYPE_CHECKING, Final

from schema.decision import Problem
from schema.problems import ProblemCode
from schema.unusable import Unusable
from services.graphql.files.archives import office_type
from services.graphql.files.unsafe import Unsafe

if TYPE_CHECKING:
    from collections.abc import Callable

_TAIL: Final = 66_000
_HEAD: Final = 4_096
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_LONGEST_TEXT: Final = 20_000_000
_ACTIVE_IN_PDF: Final = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
_MARKUP: Final = (
    b"<!doctype",
    b"<html",
    b"<script",
    b"<svg",
    b"<?xml",
    b"<iframe",
    b"<body",
    b"<img",
    b"<?php",
)
_FEWEST_COLUMNS: Final = 2

_ANOTHER: Final = Unusable(
    "در کنار محتوای خود پروندهٔ دیگری هم در بر دارد",
    "it holds another file beside its own content",
)
_ACTIVE: Final = Unusable("فرمان یا پرونده‌ای اجرایی در بر دارد", "it holds commands or a file to be run")
_BROKEN: Final = Unusable("ناقص یا خراب است", "it is incomplete or broken")


def recognise(file: IO[bytes], size: int) -> str | Problem:
    """Return the media type of a whole file, or the problem with it."""
    file.seek(0)
    head = file.read(_HEAD)
    check = next((check for magic, check in _BY_MAGIC if head.startswith(magic)), _text)
    try:
        return check(file, size) or Problem(ProblemCode.FILE_TYPE_UNKNOWN, ("file",))
    except Unsafe as refused:
        return Problem(ProblemCode.FILE_UNSAFE, ("file",), {"reason": refused.reason})


def _pdf(file: IO[bytes], size: int) -> str:
    tail = _tail(file, size)
    if b"%%EOF" not in tail[-1_024:]:
        raise Unsafe(_BROKEN)
    _no_archive(tail)
    file.seek(0)
    last = b""
    while piece := file.read(1 << 20):
        window = last + piece
        if any(word in window for word in _ACTIVE_IN_PDF):
            raise Unsafe(_ACTIVE)
        last = piece[-32:]
    return "application/pdf"


def _png(file: IO[bytes], size: int) -> str:
    """Walk the chunks: each with its checksum, the last one ends the file."""
    file.seek(len(_PNG))
    place, kind = len(_PNG), b""
    while kind != b"IEND":
        header = file.read(8)
        if len(header) < 8:  # noqa: PLR2004 - a length and a name, four bytes each
            raise Unsafe(_BROKEN)
        length, kind = struct.unpack(">I4s", header)
        place += 12 + length
        if place > size:
            raise Unsafe(_BROKEN)
        content, checksum = file.read(length), file.read(4)
        if zlib.crc32(kind + content) != int.from_bytes(checksum):
            raise Unsafe(_BROKEN)
    if place != size:
        raise Unsafe(_ANOTHER)
    return "image/png"


def _jpeg(file: IO[bytes], size: int) -> str:
    tail = _tail(file, size)
    if not tail.endswith(b"\xff\xd9"):
        raise Unsafe(_ANOTHER if b"\xff\xd9" in tail else _BROKEN)
    _no_archive(tail)
    return "image/jpeg"


def _webp(file: IO[bytes], size: int) -> str | None:
    file.seek(0)
    head = file.read(12)
    if head[8:] != b"WEBP":
        return None
    told = int.from_bytes(head[4:8], "little") + 8
    if told != size:
        raise Unsafe(_ANOTHER if told < size else _BROKEN)
    return "image/webp"


def _text(file: IO[bytes], size: int) -> str | None:
    """Take UTF-8 without control characters or markup for text, and regular columns for CSV."""
    if size > _LONGEST_TEXT:
        return None
    file.seek(0)
    raw = file.read()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if any(letter < " " and letter not in "\t\r\n\f" for letter in text) or "\x7f" in text:
        return None
    if any(mark in raw.lower() for mark in _MARKUP):
        return None
    return "text/csv" if _has_columns(text) else "text/plain"


def _has_columns(text: str) -> bool:
    lines = [line for line in text[:100_000].splitlines()[:50] if line.strip()]
    for delimiter in ",;\t":
        widths = {len(row) for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter) if row}
        if len(widths) == 1 and widths.pop() >= _FEWEST_COLUMNS:
            return True
    return False


def _tail(file: IO[bytes], size: int) -> bytes:
    file.seek(max(0, size - _TAIL))
    return file.read(_TAIL)


def _no_archive(tail: bytes) -> None:
    """Refuse what would open as a zip archive too: such archives are read from their end."""
    if b"PK\x05\x06" in tail:
        raise Unsafe(_ANOTHER)


_BY_MAGIC: Final[tuple[tuple[bytes, Callable[[IO[bytes], int], str | None]], ...]] = (
    (b"%PDF-", _pdf),
    (_PNG, _png),
    (b"\xff\xd8\xff", _jpeg),
    (b"RIFF", _webp),
    (b"PK\x03\x04", office_type),
)
"""How a content begins, and who checks the rest of it; everything else may be text."""
