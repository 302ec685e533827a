"""The reader's own pages: inbox and bell, ways of writing, calendar and unsubscribing by secret addresses."""

from __future__ import annotations

import asyncio
import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from icalendar import Calendar

from services.graphql import Bells, Viewers
from services.notifications.letters.for_readers import UNSUBSCRIBE
from services.sealing import Sealer
from services.settings import read_settings
from tests.admin.office_people import DIRECTOR
from tests.admin.sending import send
from web.app import create_app
from web.by_secret import ReadersBySecret
from web.calendar_feed import LISTS, gather, write_calendar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx2
    from starlette.applications import Starlette

    from tests.admin.office import Listening, Office

KEY = "a key of the tests with at least 32 characters long"


async def test_a_message_is_acknowledged_from_the_inbox_without_a_script(own_office: Office) -> None:
    page = (await own_office.client.get("/inbox")).text
    assert "فاز «مطالعه شناختی» پایان یافت." in page
    assert 'href="/inbox"' in page
    entry = own_office.ids["inbox"]
    answer = await own_office.client.post(f"/inbox/{entry}/acknowledge", data={"id": entry})
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox")
    assert f"/inbox/{entry}/acknowledge" not in (await own_office.client.get("/inbox")).text
    assert "فاز پایان یافت" not in (await own_office.client.get("/inbox?open=true")).text


async def test_several_messages_are_acknowledged_together(own_office: Office) -> None:
    entry = own_office.ids["inbox"]
    answer = await send(own_office, "/inbox/acknowledge", ids=entry)
    assert answer.status_code == 303, answer.text[-1000:]
    assert f"/inbox/{entry}/acknowledge" not in (await own_office.client.get("/inbox")).text


async def test_a_reader_changes_ways_follows_and_ends_on_the_pages(own_office: Office) -> None:
    answer = await send(own_office, "/profile/notifications/edit", mail="WEEKLY", digestHour="۱۷")
    assert answer.status_code == 303, answer.text[-1000:]
    wrong = await send(own_office, "/profile/notifications/edit", digestHour="25")
    assert wrong.status_code == 422
    answer = await send(own_office, "/profile/notifications/follow", name="استان من", kind="MUTE")
    assert answer.status_code == 303, answer.text[-1000:]
    page = (await own_office.client.get("/profile/notifications")).text
    assert "هفتگی" in page
    assert "استان من" in page
    one = own_office.ids["notifications"]
    answer = await send(own_office, f"/profile/notifications/{one}/end")
    assert answer.status_code == 303, answer.text[-1000:]
    assert "خروج‌ها" not in (await own_office.client.get("/profile/notifications")).text


async def test_whoever_letters_come_back_from_is_told_where_messages_are_read_and_so_is_the_administrator(
    own_office: Office,
) -> None:
    pages = ("/inbox", "/profile", "/profile/notifications", f"/users/User_{DIRECTOR}")
    told = "نامه‌ها به این نشانی رایانامه برمی‌گردند"
    for path in pages:
        assert told not in (await own_office.client.get(path)).text, path
    await own_office.engine.pool.execute(
        "update app_user set mail_returned_at = now(), mail_problem = 'the letter came back (550): correct it'"
        " where id = $1",
        DIRECTOR,
    )
    for path in pages:
        page = (await own_office.client.get(path)).text
        assert told in page, path
        assert "the letter came back (550): correct it" in page, path
    for returned, shown in (("false", True), ("true", False)):
        listed = (await own_office.client.get(f"/users?returned={returned}")).text
        assert (f"/users/User_{DIRECTOR}" in listed) is shown


@pytest.fixture
def live_office(own_office: Office, listening: Listening) -> Starlette:
    """Build the admin whose bells hear what is committed, and never look."""
    engine = own_office.engine
    bells = Bells(engine.settings, lambda: engine.pool, looks_every=3600)
    return create_app(listening, engine.schema, own_office.sessions, engine.today, bells=bells)


async def test_the_bell_hears_how_many_messages_wait_and_asks_nothing_while_nothing_changes(
    own_office: Office, live_office: Starlette, listening: Listening
) -> None:
    told: asyncio.Queue[str] = asyncio.Queue()
    entry = own_office.ids["inbox"]
    asked = {
        "type": "http", "method": "GET", "path": "/inbox/live", "raw_path": b"/inbox/live", "query_string": b"",
        "scheme": "https", "server": ("admin.example", 443), "http_version": "1.1",
        "headers": [(b"host", b"admin.example"), (b"cookie", b"__Host-khoosheh=thread")],
    }  # fmt: skip

    async def receive() -> dict[str, object]:
        await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    async def hear(message: Any) -> None:
        if message["type"] == "http.response.start":
            told.put_nowait(str(message["status"]))
        elif b"data:" in message["body"]:
            told.put_nowait(message["body"].decode().split("data: ")[1].strip())

    def times_asked() -> int:
        return listening.executed.count("InboxUnread")

    before, others = times_asked(), asyncio.all_tasks()
    listening_tasks = [asyncio.create_task(live_office(asked, receive, hear)) for _ in range(3)]
    try:
        async with asyncio.timeout(60):
            assert sorted([await told.get() for _ in range(6)]) == ["1", "1", "1", "200", "200", "200"]
            await asyncio.sleep(1)
            quiet = times_asked()
            # Once for each page, and once more for the look that whoever joins gets.
            assert quiet - before <= 6
            await asyncio.sleep(1)
            assert times_asked() == quiet
            await own_office.client.post(f"/inbox/{entry}/acknowledge", data={"id": entry})
            assert [await told.get() for _ in range(3)] == ["0", "0", "0"]
            assert times_asked() == quiet + 3
    finally:
        for task in listening_tasks:
            task.cancel()
        await asyncio.gather(*listening_tasks, return_exceptions=True)
        await asyncio.sleep(0.1)
    assert asyncio.all_tasks() - others == set(), "who left is waited for no more"


async def reader_of(office: Office) -> UUID:
    """Return whose inbox the office's message lies in."""
    entry = UUID(office.ids["inbox"].removeprefix("InboxEntry_"))
    found: UUID = await office.engine.pool.fetchval("select user_id from inbox_entry where id = $1", entry)
    return found


async def test_what_no_word_was_said_of_is_found_by_one_look_for_everybody(own_office: Office) -> None:
    engine, user = own_office.engine, await reader_of(own_office)
    bells = Bells(engine.settings, lambda: engine.pool, looks_every=0.2)
    async with bells.bell(user) as first, bells.bell(user) as second, asyncio.timeout(60):
        await asyncio.gather(first.wait(), second.wait())
        await asyncio.sleep(0.5)
        first.clear()
        second.clear()
        async with engine.pool.acquire() as connection, connection.transaction():
            await connection.execute("alter table inbox_entry disable trigger inbox_entry_bell")
            await connection.execute(
                "update inbox_entry set acknowledged_at = now() where user_id = $1", user
            )
            await connection.execute("alter table inbox_entry enable trigger inbox_entry_bell")
        await asyncio.gather(first.wait(), second.wait())


async def test_strangers_hear_no_bell(own_office: Office, speak: Callable[..., httpx2.AsyncClient]) -> None:
    async with speak(own_office.app, token="") as stranger:
        assert (await stranger.get("/inbox/live")).status_code == 401


@pytest.fixture
async def strangers(
    own_office: Office, listening: Listening, speak: Callable[..., httpx2.AsyncClient]
) -> httpx2.AsyncClient:
    """Speak to the admin with its secret addresses as somebody who is not signed in."""
    engine = own_office.engine
    readers = ReadersBySecret(Viewers(engine.pool), Sealer(read_settings(encryption_keys=KEY)))
    app = create_app(listening, engine.schema, own_office.sessions, engine.today, readers=readers)
    return speak(app, token="")


async def test_a_calendar_is_read_by_its_address_only_within_reach_and_until_it_is_taken_back(
    own_office: Office, strangers: httpx2.AsyncClient
) -> None:
    made = await own_office.client.post("/profile/notifications/calendar", data={})
    assert made.status_code == 200, made.text[-1000:]
    path = "/calendar/" + made.text.split("/calendar/")[1].split(".ics")[0] + ".ics"
    async with strangers as client:
        answer = await client.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        events = Calendar.from_ical(answer.content).walk("VEVENT")
        assert events
        assert len({str(event["uid"]) for event in events}) == len(events)
        assert any("خوشه" in str(event["summary"]) for event in events)
        kinds = {str(event["uid"]).partition("-")[0] for event in events}
        assert {"phase", "milestone"} <= kinds, kinds
        assert all(" / 20" in str(event["description"]) for event in events)
        again = await client.get(path, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        await own_office.engine.pool.execute(
            "update app_user set role = 'PROVINCE_VIEWER' where id = $1", DIRECTOR
        )
        assert not Calendar.from_ical((await client.get(path)).content).walk("VEVENT"), (
            "the reach of this moment counts"
        )
        await send(own_office, "/profile/notifications/calendar/close")
        assert (await client.get(path)).status_code == 404
        assert (await client.get("/calendar/guess.ics")).status_code == 404


async def test_mail_is_stopped_by_one_click_without_signing_in(
    own_office: Office, strangers: httpx2.AsyncClient
) -> None:
    sealer = Sealer(read_settings(encryption_keys=KEY))
    secret = sealer.seal(f"{UNSUBSCRIBE} {DIRECTOR}")
    rhythm = "select mail from notification_preference where id = $1"
    async with strangers as client:
        shown = await client.get(f"/unsubscribe/{secret}")
        assert shown.status_code == 200
        assert await own_office.engine.pool.fetchval(rhythm, DIRECTOR) == "IMMEDIATE", (
            "looking changes nothing"
        )
        clicked = await client.post(f"/unsubscribe/{secret}", data={"List-Unsubscribe": "One-Click"})
        assert clicked.status_code == 200
        assert await own_office.engine.pool.fetchval(rhythm, DIRECTOR) == "OFF"
        for other in ("guess", sealer.seal(f"something else {DIRECTOR}")):
            assert (await client.post(f"/unsubscribe/{other}")).status_code == 404
    trail = await own_office.engine.pool.fetchval(
        "select actor from audit_entry where entity = 'NotificationPreference'"
    )
    assert trail == f"User_{DIRECTOR}"


def test_the_same_days_give_the_same_calendar_in_either_language() -> None:
    cluster = {"id": "Cluster_1", "nameFa": "گلیم", "nameEn": "Gelim"}
    data = {
        "phases": {"nodes": [{"id": "Phase_1", "code": "AGENT_EXIT", "windowStart": "2026-11-23",
                              "windowEnd": "2027-01-20", "cluster": cluster}]},
        "firstPlans": {"nodes": [{"id": "Phase_2", "dueOn": "2026-12-01",
                                  "cluster": {**cluster, "actionPlans": {"nodes": []}}}]},
        "actionPlans": {"nodes": [{"id": "ActionPlan_1", "nextDueOn": "2027-02-01", "cluster": cluster}]},
        "clusterProjects": {"nodes": [{"id": "ClusterProject_1", "nextVisitDueOn": None, "cluster": cluster}]},
        "subProjects": {"nodes": [{"cluster": cluster, "milestones": [
            {"id": "Milestone_1", "nameFa": "رنگرزی", "nameEn": "Dyeing", "dueOn": "2026-12-10", "doneOn": None},
            {"id": "Milestone_2", "nameFa": "بافت", "nameEn": "Weaving", "dueOn": "2026-12-11", "doneOn": "2026-12-01"},
            {"id": "Milestone_3", "nameFa": "فروش", "nameEn": "Selling", "dueOn": None, "doneOn": None},
        ]}]},
        "handoverSteps": {"nodes": [{"id": "HandoverStep_1", "whatFa": "کارگاه", "whatEn": "The workshop",
                                     "dueOn": "2026-12-20", "cluster": cluster}]},
        "councilMeetings": {"nodes": [{"id": "CouncilMeeting_1", "scheduledOn": "2026-11-25", "cluster": cluster}]},
    }  # fmt: skip
    persian = write_calendar(data, "fa")
    assert persian == write_calendar(data, "fa")
    events = Calendar.from_ical(persian).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [
        "گشوده شدن بازهٔ خروج: گلیم", "جلسهٔ شورای راهبری: گلیم", "موعد نخستین برنامه عمل: گلیم",
        "موعد گام «رنگرزی»: گلیم", "موعد تحویل «کارگاه»: گلیم",
        "پایان مهلت «خروج عامل توسعه»: گلیم", "موعد بازنگری برنامه عمل: گلیم",
    ]  # fmt: skip
    assert str(events[0]["description"]) == "۲ آذر ۱۴۰۵ / 2026-11-23"
    assert b"Steering council: Gelim" in write_calendar(data, "en")


async def test_a_calendar_is_bounded_by_time_and_every_list_is_read_to_its_end() -> None:
    asked: list[Mapping[str, Any]] = []

    async def ask(variables: Mapping[str, Any]) -> Mapping[str, Any]:
        asked.append(variables)
        pages = {"subProjects": 3, "phases": 2}
        answer = {}
        for name in LISTS:
            if not variables[name]:
                continue
            turn = int(variables[f"{name}After"] or 0)
            more = turn + 1 < pages.get(name, 1)
            page = {"hasNextPage": more, "endCursor": str(turn + 1)}
            answer[name] = {"pageInfo": page, "nodes": [f"{name} {turn}"]}
        return answer

    found = await gather(ask, datetime.date(2026, 11, 23))
    assert found["subProjects"]["nodes"] == ["subProjects 0", "subProjects 1", "subProjects 2"]
    assert found["phases"]["nodes"] == ["phases 0", "phases 1"]
    assert found["actionPlans"]["nodes"] == ["actionPlans 0"]
    assert len(asked) == 3
    assert {(one["from"], one["until"]) for one in asked} == {("2025-11-22", "2028-11-23")}
    assert not asked[1]["actionPlans"], "what is at its end is not read again"
