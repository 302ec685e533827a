"""People and machines: who is let in and kept out, tokens shown once, sessions ended, deliveries posted again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.admin.office_people import DIRECTOR, SESSION
from tests.admin.sending import hidden, send

if TYPE_CHECKING:
    from tests.admin.office import Office


async def test_a_user_is_let_in_edited_kept_out_and_let_in_again(own_office: Office) -> None:
    form = (await own_office.client.get("/users/new")).text
    lorestan = re.search(r'name="provinceIds" value="(Province_[^"]+)"[^>]*>لرستان', form)
    assert lorestan
    made = await send(
        own_office, "/users/new", name="زهرا کریمی", email="Zahra@Example.ir", role="PROVINCE_VIEWER",
        language="FA", provinceIds=["", lorestan.group(1)],
    )  # fmt: skip
    assert made.status_code == 303, made.text[-2000:]
    path = made.headers["location"]
    shown = (await own_office.client.get(path)).text
    assert "زهرا کریمی" in shown
    assert "zahra@example.ir" in shown
    assert "لرستان" in shown
    edited = await send(
        own_office,
        f"{path}/edit",
        name="زهرا کریمی",
        role="TECHNICAL_ADVISOR",
        provinceIds=[lorestan.group(1)],
    )
    assert edited.status_code == 303, edited.text[-2000:]
    assert f'href="{path}/letter"' in (await own_office.client.get(path)).text
    told = await send(own_office, f"{path}/letter")
    # The office of the tests has no key to seal a letter with, and says so where the person asked.
    assert told.status_code == 422
    assert "ENCRYPTION_KEYS" in told.text
    assert (await send(own_office, f"{path}/disable")).status_code == 303
    assert "دسترسی از" in (await own_office.client.get(path)).text
    listed = (await own_office.client.get("/users?disabled=false")).text
    assert "زهرا کریمی" in listed
    assert (await send(own_office, f"{path}/enable")).status_code == 303
    assert "زهرا کریمی" not in (await own_office.client.get("/users?disabled=false")).text


async def test_an_editor_sees_the_provinces_that_are_given_and_may_take_the_last_away(
    own_office: Office,
) -> None:
    form = (await own_office.client.get("/users/new")).text
    province = re.findall(r'name="provinceIds" value="(Province_[^"]+)"', form)[0]
    made = await send(
        own_office, "/users/new", name="کاربر", email="one@example.ir", role="PROVINCE_VIEWER", language="FA",
        provinceIds=[province],
    )  # fmt: skip
    edit = (await own_office.client.get(f"{made.headers['location']}/edit")).text
    assert f'value="{province}" checked' in edit
    refused = await send(
        own_office, f"{made.headers['location']}/edit", name="کاربر", role="PROVINCE_VIEWER", provinceIds=[""]
    )
    assert refused.status_code == 422
    assert 'id="error-provinceIds"' in refused.text
    national = await send(
        own_office, f"{made.headers['location']}/edit", name="کاربر", role="NATIONAL_VIEWER", provinceIds=[""]
    )
    assert national.status_code == 303


async def test_nobody_keeps_oneself_out_and_the_page_says_why(own_office: Office) -> None:
    refused = await send(own_office, f"/users/User_{DIRECTOR}/disable")
    assert refused.status_code == 422
    why = "از مدیر دیگری بخواهید"
    assert why in refused.text
    page = (await own_office.client.get(f"/users/User_{DIRECTOR}")).text
    assert why in page[page.index('<summary class="button" aria-disabled="true">') :]


async def test_a_token_is_shown_once_when_issued_and_never_again(own_office: Office) -> None:
    agency = own_office.ids["agencies"]
    issued = await send(
        own_office,
        f"/agencies/{agency}/tokens/new",
        name="خواندن شبانه",
        scopes=["READ"],
        expiresAt="۱۴۱۰/۰۱/۰۱",
    )
    assert issued.status_code == 200, issued.text[-2000:]
    secret = re.search(r'id="secret" readonly value="([^"]+)"', issued.text)
    assert secret
    assert issued.headers["cache-control"] == "no-store"
    page = (await own_office.client.get(f"/agencies/{agency}")).text
    assert "خواندن شبانه" in page
    assert secret.group(1) not in page
    assert secret.group(1)[:10] in page


async def test_a_token_in_the_drawer_is_shown_in_the_drawer(own_office: Office) -> None:
    path = f"/tokens/{own_office.ids['tokens']}/rotate"
    opened = await own_office.client.get(path)
    rotated = await own_office.client.post(
        path,
        data=hidden(opened.text) | {"overlapHours": "۱۲"},
        headers={"HX-Request": "true", "HX-Target": "drawer"},
    )
    assert rotated.status_code == 200
    assert "<html" not in rotated.text
    assert 'id="secret"' in rotated.text


async def test_a_token_is_revoked_and_says_so(own_office: Office) -> None:
    revoked = await send(own_office, f"/tokens/{own_office.ids['tokens']}/revoke")
    assert revoked.status_code == 303
    page = (await own_office.client.get(revoked.headers["location"])).text
    assert "باطل‌شده" in page
    assert "توکن تازه‌ای صادر کنید" in page, "why it gets no successor"
    assert f"/tokens/{own_office.ids['tokens']}/rotate" not in page


async def test_a_session_is_ended_from_the_account(own_office: Office) -> None:
    account = (await own_office.client.get("/profile")).text
    assert "Firefox" in account
    assert "همین مرورگر" in account
    (way,) = re.findall(rf'href="(/sessions/UserSession_{SESSION}/revoke[^"]*)"', account)
    ended = await send(own_office, way)
    assert (ended.status_code, ended.headers["location"]) == (303, "/profile")
    assert "Firefox" not in (await own_office.client.get("/profile")).text


@pytest.mark.parametrize("page", ["/profile", f"/users/User_{DIRECTOR}"])
async def test_the_token_of_a_person_is_revoked_where_it_is_shown(own_office: Office, page: str) -> None:
    token = own_office.ids["tokens"]
    await own_office.engine.pool.execute("update api_token set agency_id = null, user_id = $1", DIRECTOR)
    shown = (await own_office.client.get(page)).text
    (way,) = re.findall(rf'href="(/tokens/{token}/revoke[^"]*)"', shown)
    revoked = await send(own_office, way)
    assert (revoked.status_code, revoked.headers["location"]) == (303, page)
    assert token not in (await own_office.client.get(page)).text
    assert await own_office.engine.pool.fetchval("select revoked_at is not null from api_token")


async def test_whoever_ends_a_session_is_led_to_no_other_site(own_office: Office) -> None:
    ended = await send(own_office, f"/sessions/UserSession_{SESSION}/revoke?address=//elsewhere.example")
    assert (ended.status_code, ended.headers["location"]) == (303, "/profile")


async def test_how_one_reads_is_kept_in_the_account_and_this_browser_follows(own_office: Office) -> None:
    saved = await send(
        own_office, "/profile/edit", name="دفتر ملی", language="EN", calendar="JALALI", digits="LATIN"
    )
    assert saved.status_code == 303
    page = (await own_office.client.get("/profile")).text
    assert '<html lang="en" dir="ltr"' in page
    assert 'value="jalali" selected' in page


async def test_an_endpoint_is_paused_and_resumed_and_the_wrong_one_of_both_explains_itself(
    own_office: Office,
) -> None:
    path = f"/webhooks/{own_office.ids['webhooks']}"
    assert (await send(own_office, f"{path}/pause")).status_code == 303
    assert "متوقف" in (await own_office.client.get(path)).text
    again = await send(own_office, f"{path}/pause")
    assert again.status_code == 422
    assert 'role="alert"' in again.text
    assert (await send(own_office, f"{path}/resume")).status_code == 303


async def test_a_delivery_that_was_given_up_is_posted_again(own_office: Office) -> None:
    path = f"/deliveries/{own_office.ids['deliveries']}"
    shown = (await own_office.client.get(path)).text
    assert "503 Service Unavailable" in shown
    assert (await send(own_office, f"{path}/replay")).status_code == 303
    assert "در حال تلاش دوباره" in (await own_office.client.get(path)).text


async def test_an_agency_loses_its_access_and_gets_it_back(own_office: Office) -> None:
    path = f"/agencies/{own_office.ids['agencies']}"
    values = {"nameFa": "صندوق نوآوری", "nameEn": "Innovation fund"}
    assert (await send(own_office, f"{path}/edit", **values, disabled="true")).status_code == 303
    assert "بدون دسترسی است" in (await own_office.client.get(path)).text
    assert (
        'id="disabled" name="disabled" value="true" checked'
        in (await own_office.client.get(f"{path}/edit")).text
    )
    assert (await send(own_office, f"{path}/edit", **values)).status_code == 303
    assert "بدون دسترسی است" not in (await own_office.client.get(path)).text


async def test_the_page_of_roles_tells_what_each_may_change(office: Office) -> None:
    text = (await office.client.get("/roles")).text
    plans = text.split("برنامه‌های عمل</th>")[1].split("</tr>")[0]
    cells = re.findall(r"<td>(.*?)</td>", plans)
    assert len(cells) == 9
    assert "همه" in cells[0]
    assert cells[1] == "–"
    assert "از" in cells[4]


@pytest.mark.parametrize("path", ["/agencies", "/webhooks"])
async def test_a_place_nobody_finds_anything_in_is_not_offered(office: Office, path: str) -> None:
    from schema.vocabulary import UserRole  # noqa: PLC0415 - only here
    from web.navigation import NAVIGATION, places_for  # noqa: PLC0415 - only here

    offered = {
        role: {place.path for section in places_for(NAVIGATION, role.value) for place in section.places}
        for role in UserRole
    }
    assert path in offered[UserRole.NATIONAL_ADMINISTRATOR]
    assert path not in offered[UserRole.COUNCIL_MEMBER]
    assert f'href="{path}"' in (await office.client.get("/")).text


async def test_an_endpoint_keeps_the_places_it_wants_when_only_its_name_changes(own_office: Office) -> None:
    endpoint = own_office.ids["webhooks"]
    place = await own_office.engine.pool.fetchrow(
        "select p.id as province, c.id as cluster from cluster c join province p on p.id = c.province_id limit 1"
    )
    await own_office.engine.pool.execute(
        "update webhook_endpoint set provinces = jsonb_build_array($1::text), clusters = jsonb_build_array($2::text)",
        str(place["province"]),
        str(place["cluster"]),
    )
    opened = (await own_office.client.get(f"/webhooks/{endpoint}/edit")).text
    assert f'value="Province_{place["province"]}" checked' in opened
    assert f'value="Cluster_{place["cluster"]}" checked' in opened
    ping = await send(own_office, f"/webhooks/{endpoint}/ping")
    assert ping.headers["location"].startswith("/deliveries/NotificationDelivery_")
    again = await send(
        own_office, f"/webhooks/{endpoint}/replays/new", since="۱۴۰۵/۰۱/۰۱", onlyGivenUp="true"
    )
    assert again.status_code == 303, again.text[-2000:]
    assert "در جریان" in (await own_office.client.get(f"/webhooks/{endpoint}")).text


async def test_an_endpoint_is_registered_with_its_phases_and_conditions_and_its_page_tells_them(
    own_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENCRYPTION_KEYS", "a key for tests that is long enough")
    path = f"/agencies/{own_office.ids['agencies']}/webhooks/new"
    wanted = {"name": "خروج‌ها", "url": "https://fund.example/exits", "phases": ["AGENT_EXIT"]}
    refused = await send(own_office, path, **wanted, leastPercent="۱۰۱")
    assert refused.status_code == 422
    assert 'href="#leastPercent"' in refused.text
    made = await send(own_office, path, **wanted, mostDaysLeft="۱۴", leastPercent="۸۰")
    assert made.status_code in (200, 303), made.text[-2000:]
    endpoint = await own_office.engine.pool.fetchval(
        "select id from webhook_endpoint where url = $1", wanted["url"]
    )
    shown = (await own_office.client.get(f"/webhooks/WebhookEndpoint_{endpoint}")).text
    facts = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", shown))
    assert facts["فازهایی که می‌خواهد"] == "خروج عامل توسعه"
    assert facts["یادآوری‌هایی که می‌خواهد"] == "تا ۱۴ روز مانده"
    assert facts["پیشرفت و بودجه‌ای که می‌خواهد"] == "از ۸۰ درصد"
    assert facts["جاهایی که می‌خواهد"] == "همه"
