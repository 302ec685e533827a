"""An action on everything in a list: one by one through the door, refusals kept with their reasons, stoppable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schema.agencies.rows import AppUser
from schema.identity import new_id
from schema.jobs.rules import BULK_ACTIONS
from schema.vocabulary import UserRole
from services.sample.progress import silent
from services.sample.sheets import Sheets
from tests.admin.office_people import DIRECTOR
from tests.admin.sending import hidden
from web.app import ROOT
from web.documents import proven_documents
from web.forms import FormImpossible
from web.jobs.starting import check_bulk
from web.page import Bulk, Page
from web.routes import PAGES

if TYPE_CHECKING:
    from services.graphql import Engine
    from tests.admin.behind import Behind

EVERYBODY = 12


@pytest.fixture
async def crowd(behind: Behind) -> Behind:
    """Add a dozen viewers of the country to the office."""
    sheets = Sheets()
    for number in range(EVERYBODY):
        sheets.add(
            AppUser, new_id(), email=f"viewer-{number}@khoosheh.example", name=f"بیننده {number}",
            role=UserRole.NATIONAL_VIEWER,
        )  # fmt: skip
    async with behind.office.engine.pool.acquire() as connection:
        await sheets.copy(connection, silent)
    return behind


ALL = "/bulk?action=users/disable&address=%2Fusers"


def test_the_actions_that_are_taken_are_those_that_lists_offer() -> None:
    assert {bulk.form for page in PAGES for bulk in page.bulk} == BULK_ACTIONS


async def begin(behind: Behind, path: str = ALL) -> str:
    """Ask for the action as a person does, and return the page of its job."""
    opened = await behind.client.get(path)
    assert opened.status_code == 200
    asked = await behind.client.post(path, data=hidden(opened.text))
    assert asked.status_code == 303, asked.text[-2000:]
    return str(asked.headers["location"])


async def test_everything_is_done_one_by_one_and_what_is_refused_says_why(crowd: Behind) -> None:
    opened = (await crowd.client.get(ALL)).text
    assert "این کار برای ۱۳ مورد" in opened
    job = await begin(crowd)
    await crowd.settle()
    shown = (await crowd.client.get(job)).text
    assert "۱۳ از ۱۳" in shown
    assert "۱ مورد پذیرفته نشد" in shown
    assert "دفتر ملی" in shown
    assert "کسی ورود خود را نمی‌بندد" in shown
    pool = crowd.office.engine.pool
    assert await pool.fetchval("select count(*) from app_user where disabled_at is not null") == EVERYBODY
    assert await pool.fetchval("select count(*) from audit_entry where action = 'disableUser'") == EVERYBODY
    assert await pool.fetchval("select disabled_at from app_user where id = $1", DIRECTOR) is None


async def test_a_filter_narrows_what_is_done(crowd: Behind) -> None:
    job = await begin(crowd, "/bulk?action=users/disable&address=%2Fusers%3Fsearch%3Dviewer-1%2540")
    await crowd.settle()
    assert "۱ از ۱" in (await crowd.client.get(job)).text


async def test_work_that_was_cut_off_goes_on_and_does_nothing_twice(crowd: Behind) -> None:
    await begin(crowd)
    taken = await crowd.jobs.take()
    assert taken
    pool = crowd.office.engine.pool
    # One command was sent, and the process died before it wrote that down.
    await pool.execute("update job set lease = null, leased_until = null")
    await crowd.settle()
    await pool.execute(
        "update job_item set status = 'WAITING' where ordinal in (2, 3);"
        " update job set status = 'RUNNING', finished_at = null, lease = null, leased_until = null, done = done - 2"
    )
    await crowd.settle()
    assert await pool.fetchval("select count(*) from audit_entry where action = 'disableUser'") == EVERYBODY
    row = await pool.fetchrow("select status, done, refused, total from job order by created_at desc limit 1")
    assert tuple(row) == ("DONE", EVERYBODY, 1, EVERYBODY + 1)


async def test_a_stopped_action_leaves_the_rest_alone(crowd: Behind) -> None:
    job = await begin(crowd)
    taken = await crowd.jobs.take()
    assert taken
    pool = crowd.office.engine.pool
    await pool.execute("update job set status = 'STOPPED', finished_at = now() where id = $1", taken.id)
    await crowd.settle()
    assert await pool.fetchval("select count(*) from app_user where disabled_at is not null") == 0
    assert "متوقف شد" in (await crowd.client.get(job)).text


async def test_an_action_the_list_does_not_have_is_not_found(crowd: Behind) -> None:
    for path in (
        "/bulk?action=users/edit&address=%2Fusers",
        "/bulk?action=users/disable&address=%2Fclusters",
        "/bulk?action=users/disable&address=https%3A%2F%2Felsewhere.example",
        "/bulk",
    ):
        assert (await crowd.client.get(path)).status_code == 404


def test_a_form_that_differs_from_thing_to_thing_stops_the_start(contract_engine: Engine) -> None:
    documents = proven_documents(ROOT / "pages", contract_engine.schema)
    check_bulk(PAGES, documents)
    for form in ("tokens/rotate", "users/edit", "users/list"):
        page = Page("/x", "users/list", "x", bulk=(Bulk(form, "x", "x"),))
        with pytest.raises(FormImpossible):
            check_bulk((*PAGES, page), documents)
