"""Every page, on the sample, in both languages: whole, by block, one statement for each document."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from jinja2 import Environment, nodes

from web.__main__ import LONGEST_OF_PAGES
from web.app import ROOT
from web.messages import read_persian
from web.routes import PAGES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import httpx2

    from tests.admin.office import Office
    from web.page import Page

READING = [page for page in PAGES if not page.form]
ASKING = [page for page in PAGES if page.form]
# Forms that ask for nothing that has to be given: what is left out stays, and a button is enough.
COMPLETE = {"readers/edit", "readers/open_calendar", "readers/close_calendar"}
LATIN = re.compile(r"[A-Za-z]{2,}")
# What stays Latin in Persian: the other language's own name, codes, keys, addresses and the sample's numbers.
ALLOWED = {"English", "Ctrl", "IR", "IRR", "IATI", "OECD", "DAC"}


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def office(open_all_day: Office, speak: Callable[..., httpx2.AsyncClient]) -> AsyncIterator[Office]:
    """Come into the office anew, reading Persian: opening it for each of more than a thousand looks takes longer."""
    open_all_day.statements.clear()
    open_all_day.executed.clear()
    async with speak(open_all_day.app) as client:
        yield replace(open_all_day, client=client)


def of(page: Page) -> str:
    """Return the name of a page for a test's title."""
    return page.document


class Words(HTMLParser):
    """Collects the texts a reader sees or hears, outside of what is marked as another language."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element."""
        given = dict(attrs)
        self.found += [
            str(given[name]) for name in ("aria-label", "placeholder", "title", "alt") if given.get(name)
        ]
        if tag in {
            "input",
            "link",
            "meta",
            "img",
            "br",
            "hr",
            "path",
            "rect",
            "line",
            "circle",
            "polygon",
            "polyline",
        }:
            return
        quiet = (
            tag in {"script", "style", "bdi", "kbd", "textarea"}
            or "latin" in str(given.get("class"))
            or given.get("lang") == "en"
        )
        self._open.append(quiet)
        self._silent += quiet

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the attributes of an element without content."""
        given = dict(attrs)
        del tag
        self.found += [
            str(given[name]) for name in ("aria-label", "placeholder", "title", "alt") if given.get(name)
        ]

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if self._open and tag not in {"input", "br", "hr", "img"}:
            self._silent -= self._open.pop()

    def handle_data(self, data: str) -> None:
        """Keep what is seen."""
        if not self._silent and data.strip():
            self.found.append(data.strip())


async def read(office: Office, page: Page, **cookies: str) -> httpx2.Response:
    """Load a page that must be there."""
    for name, value in cookies.items():
        office.client.cookies.set(name, value)
    answer = await office.client.get(office.address(page))
    assert answer.status_code == 200, answer.text[:2000]
    return answer


@pytest.mark.parametrize("page", PAGES, ids=of)
async def test_a_persian_page_has_no_untranslated_word(office: Office, page: Page) -> None:
    words = Words()
    words.feed((await read(office, page)).text)
    latin = {word for text in words.found for word in LATIN.findall(text)} - ALLOWED
    assert latin == set()


@pytest.fixture(scope="module")
def translations() -> set[str]:
    """Read what the catalogue says in Persian."""
    return {str(message.string) for message in read_persian() if message.id}


@pytest.mark.parametrize("page", PAGES, ids=of)
async def test_an_english_page_has_no_persian_word_of_ours(
    office: Office, page: Page, translations: set[str]
) -> None:
    words = Words()
    text = (await read(office, page, language="en")).text
    words.feed(text)
    ours = {message for message in words.found if re.search("[آ-ی]", message)}
    assert ours & translations - {"فارسی"} == set()
    assert 'dir="ltr"' in text


@pytest.mark.parametrize("page", PAGES, ids=of)
async def test_a_page_runs_one_statement_for_each_document(office: Office, page: Page) -> None:
    await read(office, page)
    office.statements.clear()
    office.executed.clear()
    await read(office, page)
    assert len(office.statements) == len(office.executed) == len(set(office.executed))
    # A longer one would be planned anew at each request.
    assert all(len(statement) <= LONGEST_OF_PAGES for statement in office.statements)
    assert len(office.executed) <= 1 + sum(1 for _ in (page.form.references if page.form else ()))


@pytest.mark.parametrize("page", READING, ids=of)
async def test_every_block_renders_alone(office: Office, page: Page) -> None:
    tree = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(
        (ROOT / page.template).read_text(encoding="utf-8")
    )
    for block in {block.name for block in tree.find_all(nodes.Block)} - {"content", "title", "drawer"}:
        target = block.replace("_", "-")
        part = await office.client.get(
            office.address(page), headers={"HX-Request": "true", "HX-Target": target}
        )
        assert part.text.strip().startswith(f'<section id="{target}"')
        assert "<html" not in part.text
        assert part.headers["vary"] == "HX-Request, HX-Target, Cookie"


@pytest.mark.parametrize("page", [page for page in ASKING if not page.look], ids=of)
async def test_a_form_opens_as_a_page_and_in_the_drawer_and_names_every_field(
    office: Office, page: Page
) -> None:
    whole = (await read(office, page)).text
    assert re.search('<form class="form[^"]*" id="form" method="post"', whole)
    drawer = await office.client.get(
        office.address(page), headers={"HX-Request": "true", "HX-Target": "drawer"}
    )
    assert "<html" not in drawer.text
    for name in re.findall(r'data-field="([\w.]+)"', whole):
        assert f'for="{name}"' in whole or f'id="{name}"' in whole
    in_place = await office.client.get(
        office.address(page), headers={"HX-Request": "true", "HX-Target": "inline-thing"}
    )
    assert in_place.text.strip().startswith('<form class="form form--inline" id="form-in-inline-thing"')
    assert 'hx-target="#inline-thing"' in in_place.text


@pytest.mark.parametrize("page", [page for page in ASKING if page.document not in COMPLETE], ids=of)
async def test_an_empty_form_is_refused_with_an_explanation_or_does_nothing(
    office: Office, page: Page
) -> None:
    answer = await office.client.post(office.address(page), data={})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("page", [page for page in READING if page.filters], ids=of)
async def test_a_list_keeps_its_state_in_its_address(office: Office, page: Page) -> None:
    asked = f"{office.address(page)}?search=%DA%AF&sort=-name&count=true"
    text = (await office.client.get(asked)).text
    assert 'value="گ"' in text
    assert 'name="sort" value="-name"' in text
    nonsense = await office.client.get(f"{office.address(page)}?status=NONSENSE&sort=nonsense&columns=none")
    assert nonsense.status_code == 200
    nobody = await office.client.get(f"{office.address(page)}?search=zzzzzz")
    assert "پاک کردن همه" in nobody.text


async def test_a_list_pages_forward_and_back_over_all_clusters(office: Office) -> None:
    first = (await office.client.get("/clusters")).text
    names = re.findall(r'href="/clusters/([a-z0-9-]+)"><bdi>', first)
    later = re.search(r'rel="next" href="([^"]+)"', first)
    assert later
    second = (await office.client.get(later.group(1).replace("&amp;", "&"))).text
    more = re.findall(r'href="/clusters/([a-z0-9-]+)"><bdi>', second)
    assert len(names) == 25
    assert len(set(names) | set(more)) == 31
    earlier = re.search(r'rel="prev" href="([^"]+)"', second)
    assert earlier
    again = (await office.client.get(earlier.group(1).replace("&amp;", "&"))).text
    assert re.findall(r'href="/clusters/([a-z0-9-]+)"><bdi>', again) == names


@pytest.mark.parametrize(
    "path",
    [
        "/clusters/nothing",
        "/phases/Phase_x/start",
        "/sub-projects/nonsense",
        "/clusters?after=nonsense",
        "/nowhere",
    ],
)
async def test_what_does_not_exist_is_said_kindly(office: Office, path: str) -> None:
    missing = await office.client.get(path)
    assert missing.status_code == 404
    assert "در این نشانی چیزی نیست" in missing.text


async def test_a_figure_of_the_first_page_leads_to_as_many_clusters(office: Office) -> None:
    home = (await office.client.get("/")).text
    figure = re.search(r'href="/clusters">\s*<span class="figure__value">([^<]+)', home)
    assert figure
    listed = (await office.client.get("/clusters?count=true")).text
    assert f"{figure.group(1)} نتیجه" in listed
