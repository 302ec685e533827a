"""Nobody is shown a way to a form that is never open to their role; what is closed for now says why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from schema.access import may
from schema.vocabulary import UserRole
from services.sample.lorestan.facts import SLUG
from web.app import ROOT
from web.documents import load_documents
from web.routes import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx2
    from starlette.applications import Starlette

    from tests.admin.office import Office

HREF = re.compile(r'href="(/[^"?#]+)')
# Everybody may leave, read on and choose how; these lead to what is one's own.
OWN = ("/profile", "/password", "/inbox", "/views", "/jobs")


@pytest.mark.parametrize("role", [UserRole.PROVINCE_VIEWER])
async def test_no_page_leads_a_reader_to_a_form_that_is_never_open_to_the_role(
    office: Office, whole_admin: Starlette, speak: Callable[..., httpx2.AsyncClient], role: UserRole
) -> None:
    row = await office.engine.pool.fetchrow("select province_id from cluster where slug = $1", SLUG)
    documents = load_documents(ROOT / "pages", office.engine.schema, validated=False)
    forms = []
    for page in PAGES:
        mutation = documents[page.document].mutation
        if page.form and mutation and not page.path.startswith(OWN):
            pattern = re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(page.path)))
            forms.append((pattern, mutation.root_field))
    wrong: list[str] = []
    async with speak(whole_admin, token=f"{role.value}:{row['province_id']}:") as client:
        for page in PAGES:
            if page.form or not office.knows(page):
                continue
            shown = await client.get(office.address(page))
            if shown.status_code != 200:
                continue
            ways = sorted(set(HREF.findall(shown.text)))
            wrong += [
                f"{page.path} leads to {way}"
                for way in ways
                for pattern, action in forms
                if pattern.fullmatch(way) and not may(role, action)
            ]
            wrong += [
                f"{page.path} offers {bulk.action} for all"
                for bulk in page.bulk
                if f"action={bulk.form}".replace("/", "") in shown.text.replace("%2F", "").replace("/", "")
                and not may(role, bulk.action)
            ]
    assert wrong == []
