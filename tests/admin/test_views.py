"""A list is kept under a name with filters, order and columns, for oneself or for a role, and found again."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote

import orjson

from schema.vocabulary import UserRole
from services.graphql import GraphQLRequest
from tests.admin.sending import send

if TYPE_CHECKING:
    from tests.admin.office import Office

LATE = "/clusters?health=OVERDUE&sort=-workers&columns=province"
VIEWS = f"/views?page=%2Fclusters&address={quote(LATE, safe='')}"


async def test_a_list_is_kept_found_again_and_removed(own_office: Office) -> None:
    shown = (await own_office.client.get(f"{LATE}&count=true")).text
    link = re.search(r'href="(/views\?[^"]+)"', shown)
    assert link
    views = (await own_office.client.get(unescape(link.group(1)))).text
    save = re.search(r'href="(/views/new[^"]+)"', views)
    assert save
    kept = await send(own_office, unescape(save.group(1)), name="شاغلان دیرکرده‌ها")
    assert kept.status_code == 303
    back = kept.headers["location"]
    assert set(back.split("?")[1].split("&")) == set(LATE.split("?")[1].split("&"))
    views = (await own_office.client.get(VIEWS)).text
    assert f'<a href="{back.replace("&", "&amp;")}"><bdi>شاغلان دیرکرده‌ها</bdi></a>' in views
    away = re.findall(r'href="(/views/SavedView_[^"]+)"', views)
    for path in away:
        assert (await send(own_office, unescape(path))).headers["location"] == LATE
    assert "هنوز نمایی از این فهرست نگه داشته نشده است" in (await own_office.client.get(VIEWS)).text


async def test_the_same_name_twice_on_one_page_is_refused_beside_the_name(own_office: Office) -> None:
    path = f"/views/new?address={quote(LATE)}"
    assert (await send(own_office, path, name="یکی")).status_code == 303
    again = await send(own_office, path, name="یکی")
    assert again.status_code == 422
    assert 'role="alert"' in again.text


async def test_a_view_opens_in_the_drawer(office: Office) -> None:
    drawer = await office.client.get(VIEWS, headers={"HX-Request": "true", "HX-Target": "drawer"})
    assert "<html" not in drawer.text
    assert "خوشه‌های دیرکرده" in drawer.text


async def test_a_shared_view_is_seen_by_its_role_and_by_nobody_else(own_office: Office) -> None:
    await send(
        own_office, f"/views/new?address={quote(LATE)}", name="برای عامل‌ها", sharedWith="DEVELOPMENT_AGENT"
    )
    await send(own_office, f"/views/new?address={quote(LATE)}", name="تنها برای من")
    office = await own_office.sessions.signed_in(object(), "thread")
    assert office
    seen = {}
    for role in (UserRole.DEVELOPMENT_AGENT, UserRole.COUNCIL_MEMBER, UserRole.NATIONAL_VIEWER):
        viewer = replace(office.viewer, role=role, user_id=None)
        answer = await own_office.engine.execute(
            GraphQLRequest("{ savedViews { nodes { name } } }", None, {}, None), viewer
        )
        seen[role] = [node["name"] for node in orjson.loads(answer.body)["data"]["savedViews"]["nodes"]]
    assert seen == {
        UserRole.DEVELOPMENT_AGENT: ["برای عامل‌ها"],
        UserRole.COUNCIL_MEMBER: [],
        UserRole.NATIONAL_VIEWER: [],
    }
