"""Documents in the admin: sent by a plain form without scripts, listed, fetched as downloads, removed."""

from __future__ import annotations

import asyncio
import re
import shutil
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from schema.identity import global_id, new_id
from services.graphql import open_files
from services.sample.lorestan.facts import SLUG
from services.settings import read_settings
from tests import files
from web.app import create_app

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    import httpx2

    from tests.admin.office import Listening, Office

LIST = f"/clusters/{SLUG}/documents"


@pytest.fixture
async def papers(
    own_office: Office, listening: Listening, speak: Callable[..., httpx2.AsyncClient], tmp_path: Path
) -> AsyncIterator[httpx2.AsyncClient]:
    """Open the office with a folder for its files."""
    settings = read_settings(documents_folder=str(tmp_path / "papers"), documents_size_limit=100_000)
    app = create_app(
        listening,
        own_office.engine.schema,
        own_office.sessions,
        own_office.engine.today,
        files=open_files(own_office.engine, settings),
    )
    async with speak(app) as client:
        yield client


async def send(
    papers: httpx2.AsyncClient, owner: str, content: bytes = files.PDF, name: str = "گزارش.pdf", **more: str
) -> httpx2.Response:
    said: dict[str, Any] = {"kind": "OTHER", "titleFa": "سند تازه", "ownerId": owner, **more}
    return await papers.post(
        f"/documents/new?ownerId={owner}", data=said, files={"uploadId": (name, content, "")}
    )


async def test_a_document_is_attached_listed_and_fetched(
    papers: httpx2.AsyncClient, own_office: Office, tmp_path: Path
) -> None:
    form = await papers.get(f"/documents/new?ownerId={own_office.ids['plans']}")
    assert 'enctype="multipart/form-data"' in form.text
    assert 'type="file"' in form.text
    sent = await send(papers, own_office.ids["plans"])
    assert (sent.status_code, sent.headers.get("location")) == (303, LIST)
    listed = await papers.get(LIST)
    assert "سند تازه" in listed.text
    plan = await papers.get(f"/clusters/{SLUG}/plans/{own_office.ids['plans']}")
    assert "سند تازه" in plan.text
    made = await own_office.engine.pool.fetchval("select id from document order by created_at desc limit 1")
    address = f"/documents/{global_id('Document', made)}/file"
    assert f'href="{address}"' in listed.text
    fetched = await papers.get(address)
    assert fetched.content == files.PDF
    assert fetched.headers["content-disposition"].startswith("attachment;")
    assert fetched.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in fetched.headers["content-security-policy"]
    # A storage that has lost it is said in words, not by an empty page.
    await asyncio.to_thread(shutil.rmtree, tmp_path / "papers")
    lost = await papers.get(address)
    assert lost.status_code == 503
    assert "دوباره" in lost.text


async def test_a_document_of_the_cluster_is_edited_and_removed(
    papers: httpx2.AsyncClient, own_office: Office
) -> None:
    pool = own_office.engine.pool
    cluster = global_id("Cluster", await pool.fetchval("select id from cluster where slug = $1", SLUG))
    await send(papers, cluster)
    made = await pool.fetchrow("select id, revision from document order by created_at desc limit 1")
    document = global_id("Document", made["id"])
    edited = await papers.post(
        f"/documents/{document}/edit", data={"id": document, "kind": "OTHER", "titleFa": "نام دیگر"}
    )
    assert edited.status_code == 303, edited.text
    assert "نام دیگر" in (await papers.get(LIST)).text
    removed = await papers.post(f"/documents/{document}/remove", data={"id": document})
    assert removed.status_code == 303, removed.text
    assert "نام دیگر" not in (await papers.get(LIST)).text
    assert (await papers.get(f"/documents/{document}/file")).status_code == 404


async def test_what_is_wrong_with_a_file_stands_beside_it_and_the_rest_of_the_form_is_kept(
    papers: httpx2.AsyncClient, own_office: Office
) -> None:
    refused = await send(papers, own_office.ids["plans"], files.png(), "گزارش.pdf")
    assert refused.status_code == 422
    assert "image/png" in unescape(refused.text)
    assert "سند تازه" in refused.text
    large = await send(papers, own_office.ids["plans"], b"a" * 1_000_000, "a.txt")
    assert large.status_code == 422


async def test_a_file_that_arrived_is_kept_while_the_form_is_mended(
    papers: httpx2.AsyncClient, own_office: Office
) -> None:
    owner = own_office.ids["plans"]
    unfinished = await send(papers, owner, titleFa="")
    assert unfinished.status_code == 422
    kept = re.search(r'name="uploadId" value="(Upload_[^"]+)"', unfinished.text)
    assert kept
    said = {"kind": "OTHER", "titleFa": "سند", "ownerId": owner, "uploadId": kept.group(1)}
    mended = await papers.post(f"/documents/new?ownerId={owner}", data=said)
    assert mended.status_code == 303, mended.text


async def test_a_document_that_is_not_there_is_a_page_that_is_not_there(papers: httpx2.AsyncClient) -> None:
    absent = await papers.get(f"/documents/{global_id('Document', new_id())}/file")
    assert absent.status_code == 404
    assert (await papers.get("/documents/x/file")).status_code == 404
