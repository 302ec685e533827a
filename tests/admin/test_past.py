"""What was changed is read field by field in the reader's words, and put back by the form that changes it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import orjson

from services.graphql import GraphQLRequest
from services.sample.lorestan.facts import SLUG
from tests.admin.office_people import DIRECTOR
from tests.admin.sending import hidden, send
from tests.trail_columns import NEVER_CHANGED, expected
from web.forms import Field
from web.history_labels import kept_label
from web.localisation import Localisation
from web.past import former
from web.preferences import Preferences

if TYPE_CHECKING:
    from tests.admin.office import Office

CHANGES = f"/clusters/{SLUG}/changes"


def edit_form(text: str) -> dict[str, str]:
    """Return what the form on a page would send."""
    inputs = dict(re.findall(r'<input class="input[^>]* name="(\w+)"[^>]* value="([^"]*)"', text))
    areas = dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', text, re.DOTALL))
    chosen = {
        name: value
        for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', text, re.DOTALL)
        for value in re.findall(r'value="([^"]+)" selected', options)
    }
    return {name: unescape(value) for name, value in {**inputs, **areas, **chosen}.items()} | hidden(text)


async def test_a_change_of_a_cluster_is_read_and_put_back(own_office: Office) -> None:
    path = f"/clusters/{SLUG}/edit"
    form = edit_form((await own_office.client.get(path)).text)
    before = form["workersCount"]
    changed = await own_office.client.post(
        path, data=form | {"workersCount": "۷۲۳", "identifiedOn": "۱۳۹۳/۰۲/۰۱"}
    )
    assert changed.status_code == 303, changed.text[-3000:]
    history = (await own_office.client.get(CHANGES)).text
    assert "دفتر ملی" in history
    assert "<ins><bdi>۷۲۳</bdi></ins>" in history
    assert "<ins><bdi>۱۳۹۳/۰۲/۰۱</bdi></ins>" in history
    link = re.search(r'href="([^"]+put_back=[^"]+)"', history)
    assert link
    again = (await own_office.client.get(unescape(link.group(1)))).text
    assert "این‌ها مقدارهای پیش از آن تغییرند" in again
    former_form = edit_form(again)
    assert former_form["workersCount"] == before
    assert former_form["nameFa"] == form["nameFa"]
    saved = await own_office.client.post(unescape(link.group(1)), data=former_form)
    assert saved.status_code == 303, saved.text[-3000:]
    assert edit_form((await own_office.client.get(path)).text)["workersCount"] == before


async def test_a_change_of_another_thing_is_not_put_back_here(own_office: Office) -> None:
    await send(own_office, "/profile/edit", name="دفتر", language="FA", calendar="JALALI", digits="PERSIAN")
    entry = await own_office.engine.pool.fetchval("select id from audit_entry order by id desc limit 1")
    page = (await own_office.client.get(f"/clusters/{SLUG}/edit?put_back=AuditEntry_{entry}")).text
    assert "این‌ها مقدارهای پیش از آن تغییرند" not in page
    nonsense = await own_office.client.get(f"/clusters/{SLUG}/edit?put_back=nonsense")
    assert nonsense.status_code in {200, 404}


async def test_the_history_of_one_thing_holds_only_its_own_changes(own_office: Office) -> None:
    agency = own_office.ids["agencies"]
    await send(own_office, "/profile/edit", name="دفتر", language="FA", calendar="JALALI", digits="PERSIAN")
    await send(own_office, f"/agencies/{agency}/edit", nameFa="صندوق دیگر", nameEn="Another fund")
    history = (await own_office.client.get(f"/history/{agency}")).text
    assert "<del><bdi>صندوق نوآوری</bdi></del> <ins><bdi>صندوق دیگر</bdi></ins>" in history
    assert history.count("<ins>") == len(re.findall("<del>", history))
    own = (await own_office.client.get(f"/history/User_{DIRECTOR}")).text
    assert "صندوق" not in own
    assert "<ins><bdi>دفتر</bdi></ins>" in own


async def test_the_history_of_one_thing_is_found_by_its_index(own_office: Office) -> None:
    async with own_office.engine.pool.acquire() as connection:
        await connection.execute("set enable_seqscan = off")
        plan = await connection.fetch(
            "explain select id from audit_entry t where (t.entity || '_' || t.entity_id::text) = 'User_x'"
            " order by id desc limit 26"
        )
    assert "audit_entry_subject_index" in "\n".join(row[0] for row in plan)


async def test_who_did_it_is_named_only_to_whoever_may_see_that_person(own_office: Office) -> None:
    office = await own_office.sessions.signed_in(object(), "thread")
    assert office
    await send(
        own_office, f"/agencies/{own_office.ids['agencies']}/edit", nameFa="صندوق سوم", nameEn="Third fund"
    )
    answer = await own_office.engine.execute(
        GraphQLRequest("{ auditEntries(last: 1) { nodes { actor user { name } } } }", None, {}, None),
        office.viewer,
    )
    assert orjson.loads(answer.body)["data"]["auditEntries"]["nodes"][0]["user"] == {"name": "دفتر ملی"}


def test_what_the_trail_does_not_show_is_left_as_it_is() -> None:
    entry = {
        "subject": "Stakeholder_1",
        "changes": [
            {"field": "phone", "before": None, "after": None},
            {"field": "nameFa", "before": "پیشین", "after": "تازه"},
            {"field": "county", "before": "x", "after": "y"},
            {"field": "nameEn", "before": None, "after": "New"},
        ],
    }
    fields = [Field(name, "text", required=False, label=name) for name in ("phone", "nameFa", "nameEn")]
    assert former(entry, "Stakeholder_1", fields) == {"nameFa": "پیشین", "nameEn": None}
    assert former(entry, "Stakeholder_2", fields) == {}
    assert former(None, "Stakeholder_1", fields) == {}


async def test_a_history_names_fields_and_what_they_refer_to(own_office: Office) -> None:
    weaver = own_office.ids["stakeholders"]
    county = await own_office.engine.pool.fetchrow("select id, name_fa from county where name_fa = 'کوهدشت'")
    assert county
    sent = await send(own_office, f"/stakeholders/{weaver}/edit", countyId=f"County_{county['id']}")
    assert sent.status_code == 303, sent.text[-3000:]
    history = (await own_office.client.get(f"/history/{weaver}")).text
    assert "<dt><bdi>شهرستان</bdi></dt>" in history
    assert f"<ins><bdi>{county['name_fa']}</bdi></ins>" in history
    shown = history[history.index('id="change-list"') :]
    assert str(county["id"]) not in shown, "nobody reads an id"


def test_a_history_has_persian_words_for_every_field() -> None:
    persian = Localisation(Preferences(language="fa"))
    for name in sorted({name for (of, _), (name, _) in expected().items() if of not in NEVER_CHANGED}):
        label = kept_label(name)
        assert persian.text(label) != label, name


async def test_what_was_removed_is_listed_until_it_is_brought_back(own_office: Office) -> None:
    risk = own_office.ids["risks"]
    assert risk not in (await own_office.client.get("/removed")).text
    await own_office.engine.pool.execute("update risk set status = 'OPEN'")
    removed = await send(own_office, f"/risks/{risk}/remove")
    assert removed.status_code == 303, removed.text[-3000:]
    assert (await own_office.client.get(f"/risks/{risk}")).status_code == 404
    gone = (await own_office.client.get("/removed")).text
    assert "تأخیر در ترخیص نمونه‌ها در گمرک" in gone
    assert f'href="/risks/{risk}/restore"' in gone
    assert f'href="/risks/{risk}/restore"' in (await own_office.client.get(f"/history/{risk}")).text
    restored = await send(own_office, f"/risks/{risk}/restore")
    assert restored.headers["location"] == f"/risks/{risk}"
    assert risk not in (await own_office.client.get("/removed")).text
    assert (await own_office.client.get(f"/risks/{risk}")).status_code == 200


async def test_a_trail_says_what_was_done_to_which_thing_and_leads_there(office: Office) -> None:
    row = await office.engine.pool.fetchrow(
        "select s.id, s.name_fa from audit_entry a join sub_project s on s.id = a.entity_id"
        " join cluster c on c.id = s.cluster_id where a.action = 'completeSubProject' and c.slug = $1 limit 1",
        SLUG,
    )
    history = (await office.client.get(f"/history/SubProject_{row['id']}")).text
    assert "completeSubProject" not in history
    assert "پایان دادن به ریزپروژه" in history
    assert f'<a href="/sub-projects/SubProject_{row["id"]}"><bdi>{row["name_fa"]}</bdi></a>' in history
    hours = re.findall(r"<small>(۱\d{3}/\d\d/\d\d[^·<]+) ·", (await office.client.get(CHANGES)).text)
    assert len(hours) > 10
    assert hours == sorted(hours, reverse=True)


async def test_an_event_is_told_with_the_thing_it_happened_to_who_did_it_and_the_way_there(
    office: Office,
) -> None:
    row = await office.engine.pool.fetchrow(
        "select c.slug, s.id, s.name_fa from event e join sub_project s on s.id = e.subject_id"
        " join cluster c on c.id = e.cluster_id order by e.at desc, e.position desc limit 1"
    )
    page = (await office.client.get(f"/clusters/{row['slug']}/history")).text
    assert f'<a href="/sub-projects/SubProject_{row["id"]}"><bdi>{row["name_fa"]}</bdi></a>' in page
    assert "دادهٔ نمونه" in page


async def test_what_is_part_of_a_sub_project_is_told_with_it_and_leads_there(own_office: Office) -> None:
    row = await own_office.engine.pool.fetchrow(
        "select m.id, m.name_fa, s.id as part, s.name_fa as whole, c.slug, c.id as cluster from milestone m"
        " join sub_project s on s.id = m.sub_project_id join cluster c on c.id = m.cluster_id"
        " where c.slug = $1 order by m.id limit 1", SLUG,
    )  # fmt: skip
    await own_office.engine.pool.execute(
        "insert into event (id, type, cluster_id, subject_type, subject_id, actor, correlation_id, payload, version,"
        " at)"
        " values (gen_random_uuid(), 'sub_project.milestone_missed', $1, 'Milestone', $2, 'services.notifications',"
        " 'night', '{}', 1, now())",
        row["cluster"], row["id"],
    )  # fmt: skip
    page = (await own_office.client.get(f"/clusters/{SLUG}/history")).text
    assert f'<a href="/sub-projects/SubProject_{row["part"]}"><bdi>{row["name_fa"]}</bdi></a>' in page
    assert f"(ریزپروژه: <bdi>{row['whole']}</bdi>)" in page
    assert "تقویم" in page
