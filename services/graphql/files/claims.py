"""What a sender says of a file: its name without paths and disguises, and the types that a name claims."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from schema.decision import Problem
from schema.documents.rows import FILE_NAME_LENGTH
from schema.problems import ProblemCode

EXTENSIONS: Final = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "csv": "text/csv",
    "txt": "text/plain",
}
"""Every type that is accepted, by the endings of names that claim it."""

_SAYS_NOTHING: Final = {"", "application/octet-stream", "binary/octet-stream"}
_TEXTS: Final = {"text/plain", "text/csv", "application/csv", "application/vnd.ms-excel"}
# These reorder or hide what a reader sees: `fdp.exe` behind one of them reads as `exe.pdf`.
_DISGUISES: Final = frozenset(
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What the sender says: a name, and perhaps a media type."""

    name: str
    media_type: str = ""


def cleaned_name(given: str) -> str:
    """Return the last part of a name without control characters and disguises; it may be empty."""
    last = given.replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        letter
        for letter in unicodedata.normalize("NFC", last)
        if letter not in _DISGUISES and unicodedata.category(letter) not in {"Cc", "Cs", "Co", "Cn"}
    )
    return " ".join(kept.split()).strip(". ")


def check_name(name: str) -> Problem | None:
    """Say why a cleaned name cannot be kept."""
    if not name:
        return Problem(ProblemCode.REQUIRED, ("name",))
    if len(name.encode()) > FILE_NAME_LENGTH * 4 or len(name) > FILE_NAME_LENGTH:
        return Problem(ProblemCode.TOO_LONG, ("name",), {"limit": FILE_NAME_LENGTH})
    return None


def contradiction(claim: Claim, name: str, found: str) -> Problem | None:
    """Compare what the name and the sender claim with what the content is."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    expected = EXTENSIONS.get(ending)
    if ending and expected is None and ending.isascii() and ending.isalnum() and not ending.isdigit():
        return _differs(f".{ending[:12]}", found)
    if expected is not None and not _alike(expected, found):
        return _differs(f".{ending}", found)
    said = claim.media_type.partition(";")[0].strip().lower()
    if said not in _SAYS_NOTHING and not _alike(said, found):
        return _differs(said[:80], found)
    return None


def ending_of(media_type: str) -> str:
    """Return the usual ending of a type's names."""
    return next(ending for ending, kind in EXTENSIONS.items() if kind == media_type)


def _alike(claimed: str, found: str) -> bool:
    return claimed == found or (claimed in _TEXTS and found in _TEXTS)


def _differs(claimed: str, found: str) -> Problem:
    return Problem(ProblemCode.FILE_NOT_WHAT_IT_CLAIMS, ("file",), {"claimed": claimed, "found": found})
