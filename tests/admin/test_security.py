"""Nobody gets in without a session, nothing runs that is not ours, and other sites cannot write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from web.address import local_path
from web.page import trigger
from web.security import content_security_policy

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx2
    from starlette.applications import Starlette

    from tests.admin.workshop import Workshop

POLICY = "content-security-policy"


async def test_without_a_session_one_is_sent_to_sign_in_and_back_afterwards(
    admin: Starlette, speak: Callable[..., httpx2.AsyncClient]
) -> None:
    async with speak(admin, token="") as stranger:
        sent = await stranger.get("/looms/Loom_1/edit?sort=name")
        assert sent.status_code == 303
        assert sent.headers["location"] == "/sign-in?next=%2Flooms%2FLoom_1%2Fedit%3Fsort%3Dname"
        form = {"email": "weaver@example.org", "password": "madder-and-indigo", "next": "/looms/Loom_1/edit"}
        entered = await stranger.post("/sign-in", data=form)
        assert (entered.status_code, entered.headers["location"]) == (303, "/looms/Loom_1/edit")
        cookie = entered.headers["set-cookie"].lower()
        assert cookie.startswith("__host-khoosheh=thread;")
        assert {"httponly", "secure", "samesite=lax", "path=/"} <= {
            part.strip() for part in cookie.split(";")
        }


async def test_a_wrong_password_says_the_same_whoever_asks(
    admin: Starlette, speak: Callable[..., httpx2.AsyncClient]
) -> None:
    async with speak(admin, token="") as stranger:
        known = await stranger.post("/sign-in", data={"email": "weaver@example.org", "password": "no"})
        unknown = await stranger.post("/sign-in", data={"email": "nobody@example.org", "password": "no"})
    assert known.status_code == unknown.status_code == 422
    assert known.text.replace("weaver@", "") == unknown.text.replace("nobody@", "")
    assert "set-cookie" not in known.headers


async def test_who_tries_too_often_is_told_when_to_come_back(
    admin: Starlette, speak: Callable[..., httpx2.AsyncClient]
) -> None:
    async with speak(admin, token="") as stranger:
        refused = await stranger.post("/sign-in", data={"email": "a@b.c", "password": "too often"})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "30")


async def test_signing_out_forgets_the_cookie(weaver: httpx2.AsyncClient) -> None:
    left = await weaver.post("/sign-out")
    assert left.headers["location"] == "/sign-in"
    assert "__Host-khoosheh=" in left.headers["set-cookie"]
    assert "max-age=0" in left.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
async def test_a_write_from_another_site_is_refused_and_changes_nothing(
    weaver: httpx2.AsyncClient,
    workshop: Workshop,
    headers: dict[str, str],
) -> None:
    refused = await weaver.post("/looms/Loom_1/edit", data={"id": "Loom_1"}, headers=headers)
    assert refused.status_code == 403
    assert workshop.asked == []


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "https://admin.example"}, {}]
)
async def test_a_write_from_our_own_page_is_taken(
    weaver: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    taken = await weaver.post("/preferences", data={"language": "en"}, headers=headers)
    assert taken.status_code == 303


async def test_every_answer_carries_the_security_headers(weaver: httpx2.AsyncClient) -> None:
    for path in ("/looms/Loom_1/edit", "/sign-in", "/nowhere", "/static/app.js", "/options/dyers"):
        headers = (await weaver.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert "unsafe" not in headers[POLICY]
        assert "default-src 'none'" in headers[POLICY]
        assert "max-age=31536000" in headers["strict-transport-security"]


def test_the_policy_lets_in_exactly_the_addresses_of_the_settings() -> None:
    policy = content_security_policy("https://cdn.example/htmx.js", "https://cdn.example/font/v.css")
    assert "script-src 'self' https://cdn.example/htmx.js;" in policy
    assert "style-src 'self' https://cdn.example/font/v.css;" in policy
    assert "font-src 'self' https://cdn.example/font/;" in policy
    closed = content_security_policy("/own/htmx.js", "")
    assert "script-src 'self';" in closed
    assert "http" not in closed


async def test_pages_are_never_kept_and_static_files_are(weaver: httpx2.AsyncClient) -> None:
    page = await weaver.get("/looms/Loom_1/edit")
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["vary"] == "HX-Request, HX-Target, Cookie"
    assert "immutable" in (await weaver.get("/static/khoosheh.css")).headers["cache-control"]


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil",
        "javascript:alert(1)",
        "",
        "/a\nb",
        "x",
    ],
)
def test_nobody_is_led_to_another_site(target: str) -> None:
    assert local_path(target) == "/"


def test_a_path_of_ours_is_kept() -> None:
    assert local_path("/clusters?search=%DA%AF") == "/clusters?search=%DA%AF"


async def test_preferences_take_only_what_is_a_choice(weaver: httpx2.AsyncClient) -> None:
    answer = await weaver.post(
        "/preferences",
        data={"language": "xx", "theme": "dark", "session": "stolen", "next": "//evil.example"},
    )
    cookies = answer.headers.get_list("set-cookie")
    assert [cookie.split("=")[0] for cookie in cookies] == ["theme"]
    assert answer.headers["location"] == "/"


def test_events_for_htmx_are_ascii_whatever_they_say() -> None:
    written = trigger({"saved": "ذخیره 𝄞"})
    assert written.isascii()
    assert written == '{"saved":"\\u0630\\u062e\\u06cc\\u0631\\u0647 \\ud834\\udd1e"}'


async def test_a_text_full_of_markup_is_shown_as_text(
    weaver: httpx2.AsyncClient, loom: dict[str, Any]
) -> None:
    loom["nameFa"] = '"><script>alert(1)</script>\u202e<img src=x onerror=alert(1)>{{ 7*7 }}'
    page = (await weaver.get("/looms/Loom_1/edit")).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "{{ 7*7 }}" in page
