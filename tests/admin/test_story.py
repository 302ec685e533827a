"""A new cluster is entered, its project begun, its plan approved by its council: by forms, without a script."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from services.database import close_rows, open_pool, open_rows
from services.sample.progress import silent
from services.sample.reference import add_reference
from services.sample.sheets import Sheets
from tests.admin.office import NationalOffice
from web.app import create_app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import httpx2

    from services.graphql import Engine
    from services.settings import Settings


class Clerk:
    """Somebody who reads the screen, follows its links and fills in its forms, with a browser without scripts."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self.client = client
        self.path = "/"
        self.page = ""

    async def go(self, path: str) -> None:
        """Open a page."""
        answer = await self.client.get(path, follow_redirects=True)
        assert answer.status_code == 200, (path, answer.status_code)
        self.path, self.page = str(answer.url.path), answer.text

    async def follow(self, end: str) -> None:
        """Follow the first link whose address ends like this."""
        links = [unescape(link) for link in re.findall(r'href="([^"]+)"', self.page)]
        found = next((link for link in links if link.endswith(end)), None)
        assert found, f"{self.path} has no link to …{end}"
        await self.go(found)

    async def fill(self, **values: object) -> None:
        """Fill in the form, keep its hidden fields, send it, and arrive where it leads."""
        hidden = dict(
            re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.page.split("<main", 1)[1])
        )
        data = {name: unescape(value) for name, value in hidden.items()} | values
        answer = await self.client.post(self.path, data=data)
        problems = re.findall(r'class="field__error"[^>]*>.*?<span>(.*?)</span>', answer.text, re.DOTALL)
        assert answer.status_code == 303, (self.path, answer.status_code, problems, answer.text[-3000:])
        await self.go(answer.headers["location"])

    def option(self, field: str, words: str) -> str:
        """Return the value of an option by its words."""
        found = re.search(
            rf'<option value="([^"]+)"[^>]*>{words}</option>', self.page.split(f'name="{field}"')[-1]
        )
        assert found, f"{self.path} offers no {words} for {field}"
        return found.group(1)


@pytest.fixture
async def clerk(
    contract_engine: Engine, settings: Settings, speak: Callable[..., httpx2.AsyncClient]
) -> AsyncIterator[Clerk]:
    """Open the admin on a database that knows the provinces and nothing else."""
    pool = await open_pool(settings)
    await open_rows(settings, pool=pool)
    async with pool.acquire() as connection:
        sheets = Sheets()
        add_reference(sheets)
        await sheets.copy(connection, silent)
    contract_engine.settings = settings
    await contract_engine.open(pool)
    app = create_app(contract_engine, contract_engine.schema, NationalOffice(), contract_engine.today)
    async with speak(app) as client:
        yield Clerk(client)
    await close_rows()
    await pool.close()


async def test_a_newcomer_enters_a_cluster_and_its_council_approves_the_plan(clerk: Clerk) -> None:
    await clerk.go("/")
    assert "کاری منتظر شما نیست" in clerk.page
    await clerk.follow("/clusters")
    assert "هنوز خوشه‌ای ثبت نشده است" in clerk.page
    await clerk.follow("/clusters/new")
    await clerk.fill(
        nameFa="خوشه موج‌بافی کوهدشت",
        nameEn="Kuhdasht Moj Weaving Cluster",
        provinceId=clerk.option("provinceId", "لرستان"),
        slug="kuhdasht-moj",
        identifiedOn="۱۴۰۴/۰۲/۱۰",
        workshopsCount="۴۰",
    )
    assert clerk.path == "/clusters/kuhdasht-moj"
    assert "خوشه ثبت شد." in clerk.page

    await clerk.follow("/projects/new")
    await clerk.fill(plannedStart="۱۴۰۴/۰۳/۰۱", plannedEnd="۱۴۰۷/۰۳/۰۱")
    assert "پروژه با پنج فاز خود ثبت شد." in clerk.page
    await clerk.follow("/team/new")
    await clerk.fill(
        role="CLUSTER_DEVELOPMENT_AGENT",
        titleFa="عامل توسعه خوشه",
        titleEn="Cluster development agent",
        validFrom="1404-03-01",
    )
    await clerk.follow("/activate")
    await clerk.fill(on="۱۴۰۴/۰۳/۰۱")
    assert "پروژه فعال شد." in clerk.page
    assert "در حال اجرا" in clerk.page

    await clerk.follow("/council")
    await clerk.follow("/council/new")
    await clerk.fill(formedOn="۱۴۰۴/۰۴/۰۱")
    for title, english, role in (
        ("مدیرعامل شرکت شهرک‌ها", "Managing director", "CHAIR"),
        ("نماینده بافندگان", "Weavers' representative", "SECRETARY"),
        ("نماینده اتاق بازرگانی", "Chamber's representative", "MEMBER"),
    ):
        await clerk.follow("/seats/new")
        await clerk.fill(role=role, titleFa=title, titleEn=english, validFrom="۱۴۰۴/۰۴/۰۱")
    await clerk.follow("/clusters/kuhdasht-moj/plans")
    await clerk.follow("/plans/new")
    await clerk.fill(visionFa="موج کوهدشت با نام خود به بازار می‌رسد.", visionEn="Moj reaches the market.")
    plan = clerk.path
    await clerk.follow("/strategies/new")
    await clerk.fill(titleFa="توسعه بازار", titleEn="Market development")
    await clerk.follow("/programmes/new")
    await clerk.fill(titleFa="برنامه یک‌ساله فروش", titleEn="Sales programme")
    await clerk.follow("/sub-projects/new")
    await clerk.fill(
        nameFa="نمایشگاه مشترک",
        nameEn="Joint exhibition",
        type="MARKET_DEVELOPMENT",
        definedBy="AGENT",
        ledBy="AGENT",
    )
    await clerk.go(f"{plan}/submit")
    await clerk.fill(presentedOn="۱۴۰۵/۰۸/۰۱")
    assert "سند منتظر تصویب شوراست." in clerk.page

    await clerk.go("/clusters/kuhdasht-moj/council")
    await clerk.follow("/meetings/new")
    await clerk.fill(on="۱۴۰۵/۰۹/۰۱")
    await clerk.follow("/hold")
    seats = re.findall(r'name="present" value="([^"]+)"', clerk.page)
    await clerk.fill(on="۱۴۰۵/۰۹/۰۱", present=seats)
    await clerk.go(f"{plan}/approve")
    votes = dict.fromkeys(re.findall(r'name="(votes\.[^"]+)"', clerk.page), "FOR")
    assert len(votes) == 3
    await clerk.fill(meetingId=clerk.option("meetingId", "۱۴۰۵/۰۹/۰۱"), documentNumber="۱۴۰۵/۱", **votes)
    assert "سند تصویب شد." in clerk.page
    assert "مصوب شورای راهبری" in clerk.page


async def test_what_was_removed_comes_back_by_one_press(clerk: Clerk) -> None:
    await clerk.go("/clusters/new")
    await clerk.fill(
        nameFa="خوشه چوخا", nameEn="Chukha", provinceId=clerk.option("provinceId", "لرستان"), slug="chukha"
    )
    await clerk.follow("/clusters/chukha/stakeholders")
    await clerk.follow("/stakeholders/new")
    await clerk.fill(nameFa="کارگاه ۰۰۱", nameEn="Workshop 001", kind="WORKSHOP", role="WEAVER")
    await clerk.follow("/remove")
    assert "ذی‌نفع از خوشه و فهرست‌های آن ناپدید می‌شود." in clerk.page
    await clerk.fill()
    assert clerk.path == "/clusters/chukha/stakeholders"
    assert "کارگاه ۰۰۱" not in clerk.page
    toast = clerk.page.split('class="toasts"')[1]
    way_back, thing = re.findall(r'action="([^"]+)"><input type="hidden" name="id" value="([^"]+)"', toast)[0]
    answer = await clerk.client.post(way_back, data={"id": thing})
    await clerk.go(answer.headers["location"])
    assert "بازگردانده شد." in clerk.page
    assert "کارگاه ۰۰۱" in clerk.page


async def test_a_list_of_stakeholders_is_entered_at_once_and_a_blank_row_is_nobody(clerk: Clerk) -> None:
    await clerk.go("/clusters/new")
    await clerk.fill(
        nameFa="خوشه چوخا", nameEn="Chukha", provinceId=clerk.option("provinceId", "لرستان"), slug="chukha"
    )
    await clerk.go("/clusters/chukha/stakeholders/many")
    row = {"nameEn": "Workshop", "kind": "WORKSHOP", "role": "WEAVER"}
    rows = {
        f"stakeholders.{number}.{part}": value
        for number, name in ((0, "کارگاه الف"), (1, ""), (2, "کارگاه ب"))
        for part, value in ({**row, "nameFa": name} if name else {"nameFa": "", "kind": ""}).items()
    }
    wider = await clerk.client.post(clerk.path, data={**rows, "look": "stakeholders"})
    assert 'name="stakeholders.3.nameFa"' in wider.text
    refused = await clerk.client.post(
        clerk.path, data={**rows, "clusterId": "Cluster_1", "stakeholders.2.role": "KING"}
    )
    assert refused.status_code == 422
    assert 'id="error-stakeholders.2.role"' in refused.text
    await clerk.fill(**rows)
    assert "کارگاه الف" in clerk.page
    assert "کارگاه ب" in clerk.page


async def test_a_refusal_says_why_in_persian_and_keeps_what_was_typed(clerk: Clerk) -> None:
    await clerk.go("/clusters/new")
    refused = await clerk.client.post(
        "/clusters/new",
        data={
            "nameFa": "خوشه",
            "nameEn": "Cluster",
            "provinceId": clerk.option("provinceId", "لرستان"),
            "identifiedOn": "۱۵۰۰/۰۱/۰۱",
        },
    )
    assert refused.status_code == 422
    assert "در آینده است" in refused.text.split('id="error-identifiedOn"')[1][:500]
    assert 'value="خوشه"' in refused.text
    assert "هنوز خوشه‌ای ثبت نشده است" in (await clerk.client.get("/clusters")).text
