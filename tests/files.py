"""Files for tests, made in memory: honest ones of every type, and ones that are not what they claim."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Final

PDF: Final = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG: Final = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x01" * 64 + b"\xff\xd9"
WEBP: Final = (
    b"RIFF" + (4 + 8 + 10).to_bytes(4, "little") + b"WEBPVP8 " + (10).to_bytes(4, "little") + bytes(10)
)
CSV: Final = "نام,شهر\nکارگاه ۱,خرم‌آباد\n".encode()
TEXT: Final = "یادداشت بازدید\nهمه چیز خوب است.\n".encode()


def png(extra: bytes = b"") -> bytes:
    """Make a picture of one pixel, with more behind its end if wanted."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I4s", len(content), kind) + content + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
        + extra
    )


def archive(parts: dict[str, bytes], comment: bytes = b"") -> bytes:
    """Pack parts into a zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
        made.comment = comment
    return packed.getvalue()


def office(kind: str = "wordprocessingml.document", **parts: bytes) -> bytes:
    """Make the least office document of a kind, with further parts."""
    content = f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
    named = {name.replace("__", "/"): part for name, part in parts.items()}
    return archive({"[Content_Types].xml": content.encode(), "word/document.xml": b"<w/>", **named})


def open_document(kind: str = "text") -> bytes:
    """Make the least ODF document of a kind."""
    return archive(
        {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<o/>"}
    )
