"""A list is exported as it is shown: real days, no live formula, to its owner alone, after any restart."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zipfile import ZipFile

import orjson
import pytest
from python_calamine import load_workbook

from schema.vocabulary import UserRole
from services.jobs import LeaseLost
from tests.admin.office_people import DIRECTOR
from tests.admin.sending import send
from web.app import ROOT
from web.documents import proven_documents
from web.door import Door
from web.jobs.files import csv_piece, pieces, write_workbook
from web.jobs.values import harmless
from web.localisation import Localisation
from web.page import Column
from web.preferences import Preferences
from web.routes import PAGES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.admin.behind import Behind


def sheet_of(content: bytes) -> list[list[Any]]:
    """Read a workbook back with another library than the one that wrote it."""
    book = load_workbook(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


async def test_a_workbook_has_every_row_of_the_list_real_days_and_a_jalali_column(behind: Behind) -> None:
    content = await behind.file(
        "/clusters?columns=province&columns=identified&columns=workers&sort=-workers", "XLSX"
    )
    rows = sheet_of(content)
    assert rows[0] == ["نام", "استان", "شاغلان", "تاریخ شناسایی", "تاریخ شناسایی (هجری خورشیدی)"]
    assert len(rows) == 1 + 31
    assert all(isinstance(row[3], dt.date) for row in rows[1:] if row[3])
    lorestan = next(row for row in rows if "گلیم، جاجیم" in str(row[0]))
    assert lorestan[1] == "لرستان"
    assert isinstance(lorestan[2], int | float)
    assert re.fullmatch(r"1[34]\d\d/\d\d/\d\d", lorestan[4])
    numbers = [row[2] for row in rows[1:] if row[2] not in ("", None)]
    assert numbers == sorted(numbers, reverse=True)
    with ZipFile(io.BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert 'rightToLeft="1"' in sheet
    assert "<f>" not in sheet


async def test_what_the_filters_leave_out_is_not_in_the_file(behind: Behind) -> None:
    rows = sheet_of(await behind.file("/clusters?province=IR-15", "XLSX"))
    assert [row[1] for row in rows[1:]] == ["لرستان"]


async def test_csv_begins_with_the_mark_excel_knows_and_json_is_one_list(behind: Behind) -> None:
    text = await behind.file("/clusters?columns=identified", "CSV")
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert rows[0] == ["نام", "تاریخ شناسایی", "تاریخ شناسایی (هجری خورشیدی)"]
    assert len(rows) == 32
    found = orjson.loads(await behind.file("/clusters?columns=identified", "JSON"))
    assert len(found) == 31
    assert set(found[0]) == {"name", "identified", "identifiedJalali"}


async def test_a_list_of_one_cluster_is_exported_too(behind: Behind) -> None:
    found = orjson.loads(await behind.file("/clusters/lorestan-gelim-jajim-mashteh/stakeholders", "JSON"))
    shown = (await behind.client.get("/clusters/lorestan-gelim-jajim-mashteh/stakeholders?count=true")).text
    assert f"{Localisation(Preferences()).number(len(found))} نتیجه" in shown


async def test_the_lists_over_all_clusters_are_exported_with_every_column_they_offer(behind: Behind) -> None:
    over_all = {"/projects", "/plans", "/sub-projects", "/networks", "/councils", "/stakeholders"}
    pages = [page for page in PAGES if page.path in over_all and page.name_column]
    assert {page.path for page in pages} == over_all
    for page in pages:
        chosen = "&".join(f"columns={column.name}" for column in page.columns)
        found = orjson.loads(await behind.file(f"{page.path}?{chosen}", "JSON"))
        shown = (await behind.client.get(f"{page.path}?count=true")).text
        assert f"{Localisation(Preferences()).number(len(found))} نتیجه" in shown, page.path
        assert all(row["name"] for row in found), page.path
        days = {f"{column.name}Jalali" for column in page.columns if column.kind == "date"}
        assert set(found[0]) == {"name", *(column.name for column in page.columns), *days}, page.path


async def test_an_export_goes_on_where_a_process_left_it_and_nothing_is_there_twice(behind: Behind) -> None:
    import web.jobs.lists as lists  # noqa: PLC0415, PLR0402 - the size of a step is the test's own

    before, lists.AT_ONCE = lists.AT_ONCE, 7
    try:
        job = await behind.start("/clusters", "JSON")
        behind.runner._stopping = True  # noqa: SLF001 - told to stop before its second step
        taken = await behind.jobs.take()
        assert taken
        from web.jobs.exports import gather_next  # noqa: PLC0415 - one step by hand
        from web.jobs.lists import list_at  # noqa: PLC0415 - as above
        from web.session import SignedIn  # noqa: PLC0415 - as above

        documents = proven_documents(ROOT / "pages", behind.office.engine.schema)
        assert behind.people.viewer
        person = SignedIn(behind.people.viewer, behind.people.viewer.role.value)
        listed = list_at(taken.address, PAGES, documents)
        reader, door = Localisation(Preferences()), Door(behind.office.engine)
        await gather_next(behind.jobs, door, taken, listed, person, reader)
        # The process dies here: its lease runs out, another one takes the job up.
        assert await behind.jobs.take() is None
        await behind.office.engine.pool.execute("update job set leased_until = now() - interval '1 second'")
        behind.runner._stopping = False  # noqa: SLF001 - another process
        await behind.settle()
        found = orjson.loads((await behind.client.get(f"{job}/file")).content)
        assert len(found) == len({row["name"] for row in found}) == 31
        with pytest.raises(LeaseLost):
            await gather_next(behind.jobs, door, taken, listed, person, reader)
    finally:
        lists.AT_ONCE = before


async def test_only_whoever_asked_gets_the_file(behind: Behind) -> None:
    job = await behind.start("/clusters", "CSV")
    await behind.settle()
    stranger = UUID(int=7)
    job_id = UUID(job.rsplit("_", 1)[1])
    assert await behind.jobs.finished_format(job_id, stranger) is None
    assert [piece async for piece in behind.jobs.parts(job_id, stranger)] == []
    other = await behind.office.engine.pool.fetchval(
        "select id from app_user where id <> $1 limit 1", DIRECTOR
    )
    await behind.office.engine.pool.execute(
        "update job set user_id = coalesce($1, user_id) where id = $2", other, job_id
    )
    if other:
        assert (await behind.client.get(f"{job}/file")).status_code == 404
        assert (await behind.client.get(job)).status_code == 404
    assert (await behind.client.get("/jobs/Job_nonsense/file")).status_code == 404


async def test_who_is_kept_out_in_the_meantime_gets_nothing_more(behind: Behind) -> None:
    job = await behind.start("/clusters", "CSV")
    behind.people.viewer = None
    await behind.settle()
    shown = (await behind.client.get(job)).text
    assert "دیگر اجازهٔ ورود ندارد" in shown
    assert (await behind.client.get(f"{job}/file")).status_code == 404


async def test_an_export_holds_only_what_its_owner_may_see_when_it_is_read(behind: Behind) -> None:
    job = await behind.start("/clusters", "JSON")
    assert behind.people.viewer
    behind.people.viewer = replace(behind.people.viewer, role=UserRole.PROVINCE_VIEWER)
    await behind.settle()
    assert orjson.loads((await behind.client.get(f"{job}/file")).content) == []


async def test_an_address_that_lists_nothing_is_said_on_the_page_of_the_job(behind: Behind) -> None:
    job = await behind.start("/nowhere", "CSV")
    await behind.settle()
    assert "چنین فهرستی نیست" in (await behind.client.get(job)).text


async def test_a_job_is_stopped_and_its_worker_lets_go(behind: Behind) -> None:
    job = await behind.start("/clusters", "CSV")
    assert (await send(behind.office, f"{job}/stop")).status_code == 303
    await behind.settle()
    assert "متوقف شد" in (await behind.client.get(job)).text
    again = await send(behind.office, f"{job}/stop")
    assert again.status_code == 422


async def test_what_is_over_for_a_week_is_forgotten_with_its_file(behind: Behind) -> None:
    await behind.file("/clusters", "CSV")
    pool = behind.office.engine.pool
    await pool.execute("update job set finished_at = now() - interval '8 days' where finished_at is not null")
    await behind.jobs.forget()
    assert await pool.fetchval("select count(*) from job") == 0
    assert await pool.fetchval("select count(*) from job_part") == 0


async def test_a_step_of_a_job_runs_one_statement_of_the_lists_own_document(behind: Behind) -> None:
    await behind.start("/clusters", "CSV")
    behind.office.executed.clear()
    await behind.client.get("/clusters")
    assert behind.office.executed == ["ClustersList"]


FORMULAS = [
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1+1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1",
    "\u200f=1+1", "\u200b@x", "＝1+1", "＋1", "－1", "＠x", '=HYPERLINK("http://x")', '=IMPORTXML("http://x")',
    "\ufeff=1", "\u00a0=1", "\u202e=1+1", "=\u06f1+\u06f1",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
async def test_no_text_becomes_a_formula_and_no_letter_of_it_is_lost(text: str, tmp_path: Path) -> None:
    column, reader = Column("note", "Note"), Localisation(Preferences())
    written = csv_piece([column], [[text]], reader, first=True).decode("utf-8-sig")
    cell = list(csv.reader(io.StringIO(written, newline="")))[1][0]
    assert cell == f"'{text}"

    async def parts() -> AsyncIterator[bytes]:
        yield orjson.dumps([[text]])

    path = tmp_path / "list.xlsx"
    await write_workbook(path, [column], parts(), reader, "=x")
    content = b"".join(pieces(path))
    with ZipFile(io.BytesIO(content)) as inside:
        assert b"<f>" not in inside.read("xl/worksheets/sheet1.xml")
        assert not [name for name in inside.namelist() if "externalLink" in name]
    assert sheet_of(content)[1][0].replace("\r\n", "\n").replace("\r", "\n") == text.replace("\r", "\n")


@pytest.mark.parametrize("text", ["گلیم", "a=b", "۱-۲", "'quoted", "", "–", "a@b.ir"])
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text
