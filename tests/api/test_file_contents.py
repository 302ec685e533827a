"""A file is what its content says; what could be two things, would run or would burst is refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from schema.decision import Problem
from schema.problems import ProblemCode
from services.graphql.files import archives
from services.graphql.files.claims import EXTENSIONS, Claim, check_name, cleaned_name, contradiction
from services.graphql.files.content import recognise
from services.graphql.files.handing_out import headers_of
from tests import files


def found(content: bytes) -> str | ProblemCode:
    """Return the type found, or the code of the problem."""
    answer = recognise(io.BytesIO(content), len(content))
    return answer.code if isinstance(answer, Problem) else answer


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (files.PDF, EXTENSIONS["pdf"]),
        (files.png(), EXTENSIONS["png"]),
        (files.JPEG, EXTENSIONS["jpg"]),
        (files.WEBP, EXTENSIONS["webp"]),
        (files.office(), EXTENSIONS["docx"]),
        (files.office("spreadsheetml.sheet"), EXTENSIONS["xlsx"]),
        (files.office("presentationml.presentation"), EXTENSIONS["pptx"]),
        (files.open_document(), EXTENSIONS["odt"]),
        (files.open_document("spreadsheet"), EXTENSIONS["ods"]),
        (files.open_document("presentation"), EXTENSIONS["odp"]),
        (files.CSV, EXTENSIONS["csv"]),
        (b"\xef\xbb\xbf" + files.CSV, EXTENSIONS["csv"]),
        (files.TEXT, EXTENSIONS["txt"]),
    ],
)
def test_every_accepted_type_is_recognised_by_its_content(content: bytes, media_type: str) -> None:
    assert found(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + bytes(100), b"\x7fELF" + bytes(100), bytes(1000), b"\x1f\x8b\x08" + bytes(100),
        b"GIF89a" + bytes(50), b"RIFF\x04\x00\x00\x00WAVE", b"<html><script>1</script></html>",
        b"  <svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", b"<?xml version='1.0'?><a/>",
        b"a,b\n1,<script>alert(1)</script>\n", "متن".encode("utf-16"), b"ok\x00not", b"\x1b[2Jescape",
    ],
)  # fmt: skip
def test_what_no_study_or_minutes_is_written_in_is_not_accepted(content: bytes) -> None:
    assert found(content) is ProblemCode.FILE_TYPE_UNKNOWN


@pytest.mark.parametrize(
    "content",
    [
        files.png(b"PK\x03\x04 more"), files.png()[:-6], files.JPEG + b"<html>", files.JPEG[:-2],
        files.PDF[:-6], files.PDF + files.archive({"a": b"b"}) + b"%%EOF",
        files.WEBP + b"more", files.WEBP[:-3],
        files.PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>"),
        files.archive({"a.txt": b"just an archive"}), files.office() + b"trailing",
        files.office(word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"),
        files.archive({"[Content_Types].xml": b"macroEnabled.main+xml"}),
        files.archive({"../../etc/passwd": b"x", "[Content_Types].xml": b""}),
        files.archive({"mimetype": b"application/vnd.oasis.opendocument.text", "Basic/a.xml": b"x"}),
        files.archive({"[Content_Types].xml": b"wordprocessingml"}, comment=files.PDF),
        files.office()[:-30], b"PK\x03\x04" + bytes(200),
    ],
)  # fmt: skip
def test_polyglots_programs_and_broken_files_are_refused(content: bytes) -> None:
    assert found(content) is ProblemCode.FILE_UNSAFE


def test_a_zip_bomb_is_refused_before_it_bursts() -> None:
    bomb = files.office(word__big=bytes(archives.UNPACKED + 1))
    assert len(bomb) < 1_000_000
    assert found(bomb) is ProblemCode.FILE_UNSAFE


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    honest = files.office(word__big=bytes(1_000_000))
    told, less = (1_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    assert told in honest
    assert found(honest.replace(told, less)) is ProblemCode.FILE_UNSAFE


def test_entries_that_share_their_bytes_are_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", b"x")
        made.writestr("a", bytes(100_000))
        made.filelist.append(made.filelist[1])
    assert found(packed.getvalue()) is ProblemCode.FILE_UNSAFE


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\temp\\گزارش.pdf", "گزارش.pdf"),
        ("report\u202efdp.exe", "reportfdp.exe"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("  گزارش   نهایی.pdf ", "گزارش نهایی.pdf"),
        ("می‌شود.pdf", "می‌شود.pdf"),
        ("..", ""),
        ("/", ""),
    ],
)
def test_a_name_is_kept_without_its_path_and_disguises(given: str, kept: str) -> None:
    assert cleaned_name(given) == kept


def test_a_name_has_an_end() -> None:
    long = check_name("ب" * 10_000)
    assert long
    assert (long.code, long.path) == (ProblemCode.TOO_LONG, ("name",))
    empty = check_name("")
    assert empty
    assert empty.code is ProblemCode.REQUIRED


@pytest.mark.parametrize(
    ("name", "said", "content", "agrees"),
    [
        ("a.pdf", "application/pdf", EXTENSIONS["pdf"], True),
        ("a.PDF", "", EXTENSIONS["pdf"], True),
        ("گزارش", "application/octet-stream", EXTENSIONS["pdf"], True),
        ("گزارش نسخه ۱.۲", "", EXTENSIONS["pdf"], True),
        ("a.csv", "application/vnd.ms-excel", EXTENSIONS["csv"], True),
        ("a.txt", "text/plain; charset=utf-8", EXTENSIONS["csv"], True),
        ("a.jpg", "", EXTENSIONS["png"], False),
        ("a.pdf", "text/html", EXTENSIONS["pdf"], False),
        ("a.exe", "", EXTENSIONS["pdf"], False),
        ("a.html", "", EXTENSIONS["txt"], False),
    ],
)
def test_name_and_claim_agree_with_the_content(name: str, said: str, content: str, *, agrees: bool) -> None:
    problem = contradiction(Claim(name, said), name, content)
    assert (problem is None) is agrees
    assert problem is None or problem.code is ProblemCode.FILE_NOT_WHAT_IT_CLAIMS


def test_a_download_is_never_shown_in_place_and_keeps_its_persian_name() -> None:
    headers = headers_of("گزارش «نهایی».pdf", "application/pdf", 7)
    assert headers["content-disposition"].startswith("attachment; filename=")
    assert headers["content-disposition"].endswith(
        "filename*=UTF-8''%DA%AF%D8%B2%D8%A7%D8%B1%D8%B4%20%C2%AB%D9%86%D9%87%D8%A7%DB%8C%DB%8C%C2%BB.pdf"
    )
    assert headers["content-disposition"].isascii()
    assert "sandbox" in headers["content-security-policy"]
    assert headers_of("گزارش", "image/png", 7)["content-disposition"].endswith(".png")
