"""Office files are zip archives: which of them one is, and that unpacking it is harmless."""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, Final

from schema.unusable import Unusable
from services.graphql.files.claims import EXTENSIONS
from services.graphql.files.unsafe import Unsafe

ENTRIES: Final = 10_000
UNPACKED: Final = 200_000_000
_HEADER: Final = 30
_END: Final = 22
_CHUNK: Final = 1 << 16
_SMALL: Final = 1 << 20
_ENCRYPTED: Final = 0x1
_MAIN_PARTS: Final = {
    f"application/vnd.openxmlformats-officedocument.{part}.main+xml".encode(): EXTENSIONS[ending]
    for part, ending in (
        ("wordprocessingml.document", "docx"),
        ("spreadsheetml.sheet", "xlsx"),
        ("presentationml.presentation", "pptx"),
    )
}
_ODF: Final = {EXTENSIONS[ending].encode(): EXTENSIONS[ending] for ending in ("odt", "ods", "odp")}
_HARMFUL: Final = (
    ".exe",
    ".dll",
    ".bat",
    ".cmd",
    ".js",
    ".vbs",
    ".ps1",
    ".html",
    ".htm",
    "vbaproject.bin",
)
_SCRIPTS: Final = {"Basic", "Scripts"}

_BOMB: Final = Unusable(
    "هنگام باز شدن بیش از اندازه بزرگ می‌شود", "it would grow beyond all measure when unpacked"
)
_STRANGE: Final = Unusable("بایگانی درونی‌اش درست نیست", "the archive inside is not in order")
_LOCKED: Final = Unusable("با گذرواژه بسته شده است", "it is locked with a password")
_MACROS: Final = Unusable("ماکرو یا برنامه در بر دارد", "it holds macros or programs")
_NO_OFFICE: Final = Unusable(
    "بایگانی است و سند آفیس نیست؛ محتوای آن را جداگانه بفرستید",
    "it is an archive and no office document: send what is in it one by one",
)


def office_type(file: IO[bytes], size: int) -> str:
    """Return the media type of an office document.

    Raises:
        Unsafe: it is another archive, holds programs, or cannot be unpacked within limits.
    """
    file.seek(max(0, size - _END))
    if not file.read(_END).startswith(b"PK\x05\x06"):
        raise Unsafe(_STRANGE)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_entries(entries, size)
            found = _type_of(archive, entries)
            _unpack(archive, entries)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise Unsafe(_STRANGE) from error
    return found


def _check_entries(entries: list[zipfile.ZipInfo], size: int) -> None:
    if not entries or len(entries) > ENTRIES:
        raise Unsafe(_BOMB if entries else _STRANGE)
    if sum(entry.file_size for entry in entries) > UNPACKED:
        raise Unsafe(_BOMB)
    place = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        # Entries that share their bytes unpack to far more than the file holds.
        if entry.header_offset < place:
            raise Unsafe(_BOMB)
        place = entry.header_offset + _HEADER + len(entry.filename.encode()) + entry.compress_size
        steps = entry.filename.replace("\\", "/").split("/")
        if entry.filename.startswith(("/", "\\")) or ".." in steps or ":" in steps[0]:
            raise Unsafe(_STRANGE)
        if entry.flag_bits & _ENCRYPTED:
            raise Unsafe(_LOCKED)
        if entry.filename.lower().endswith(_HARMFUL) or steps[0] in _SCRIPTS:
            raise Unsafe(_MACROS)
    if place > size or min(entry.header_offset for entry in entries):
        raise Unsafe(_STRANGE)


def _type_of(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str:
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" in names:
        parts = _read(archive, "[Content_Types].xml")
        if b"macroEnabled" in parts:
            raise Unsafe(_MACROS)
        for part, found in _MAIN_PARTS.items():
            if part in parts:
                return found
    elif entries[0].filename == "mimetype" and (found := _ODF.get(_read(archive, "mimetype").strip(), "")):
        return found
    raise Unsafe(_NO_OFFICE)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_SMALL)


def _unpack(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Unpack everything into nothing, counting: what an archive says of its sizes is only a claim."""
    unpacked = 0
    for entry in entries:
        with archive.open(entry) as part:
            while piece := part.read(_CHUNK):
                unpacked += len(piece)
                if unpacked > UNPACKED:
                    raise Unsafe(_BOMB)
