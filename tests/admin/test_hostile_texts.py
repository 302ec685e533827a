"""Whatever is typed comes back as it was typed, nowhere as anything else: not on a page, not in a file."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import asyncpg
import orjson
import pytest
from python_calamine import load_workbook

from services.graphql import GraphQLRequest
from tests.admin.browser import site
from tests.admin.hostile import FORMULAS, HTML, UNUSABLE, USABLE
from tests.admin.sending import send
from web.app import create_app
from web.house import Appearance
from web.routes import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.graphql import Engine
    from tests.admin.behind import Behind
    from tests.admin.office import Office

# A text is stored as typed but for the ends: what is trimmed there is no letter of it.
AS_STORED = {text: text.strip() for text in USABLE}
# Whose texts have a form of their own (an address, a code, a hash); they take nothing else, by constraint.
OF_A_FORM = {
    "slug",
    "email",
    "url",
    "iso_code",
    "legacy_iso_code",
    "hash",
    "prefix",
    "key",
    "code",
    "name_code",
}


def test_the_corpus_is_wide_enough() -> None:
    assert len(set(USABLE) | set(UNUSABLE)) > 250


class Seen(HTMLParser):
    """What a browser makes of a page: its elements with the names of their attributes, and its texts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A drawing writes a longer name in smaller letters: by a class, and by nothing else.
        self.elements.append((tag, tuple(name for name, _ in attrs if name != "class")))
        self.texts += [
            value
            for name, value in attrs
            if value and name not in {"href", "hx-get", "action", "hx-post", "class"}
        ]

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data)


async def create(engine: Engine, office: Office, names: list[str]) -> list[dict[str, Any]]:
    """Let in a user under each name, by mutations of one document, and return the payloads."""
    viewer = await office.sessions.signed_in(object(), "thread")
    assert viewer
    fields = "{ user { id name } problems { path message } }"
    calls = " ".join(f"u{place}: createUser(input: $i{place}) {fields}" for place in range(len(names)))
    inputs = ", ".join(f"$i{place}: CreateUserInput!" for place in range(len(names)))
    variables = {
        f"i{place}": {
            "name": name,
            "email": f"u{abs(hash(name))}-{place}@x.example",
            "role": "NATIONAL_VIEWER",
        }
        for place, name in enumerate(names)
    }
    answer = await engine.execute(
        GraphQLRequest(f"mutation({inputs}) {{ {calls} }}", None, variables, None),
        viewer.viewer,
        trusted=True,
    )
    found = orjson.loads(answer.body)
    assert "errors" not in found, found["errors"][:1]
    return [found["data"][f"u{place}"] for place in range(len(names))]


def batches(texts: tuple[str, ...]) -> Iterator[list[str]]:
    """Part the texts into documents of fifty."""
    for begin in range(0, len(texts), 50):
        yield list(texts[begin : begin + 50])


async def test_every_usable_text_is_kept_as_typed_and_comes_back_from_list_and_files(behind: Behind) -> None:
    wanted = {text for text in AS_STORED.values() if text}
    for names in batches(USABLE):
        for name, payload in zip(
            names, await create(behind.office.engine, behind.office, names), strict=True
        ):
            if not AS_STORED[name]:
                assert payload["problems"]
                continue
            assert payload["problems"] == [], (name, payload)
            kept = payload["user"]["name"]
            # Non-joiners stand only between letters; nothing else is touched.
            assert kept.replace("\u200c", "") == AS_STORED[name].replace("\u200c", ""), ascii(name)
    kept = {row["name"] for row in await behind.office.engine.pool.fetch("select name from app_user")}
    shown: list[str] = []
    address = "/users?search=%40x.example"
    while address:
        page = (await behind.client.get(address)).text
        shown += [text for text in Seen(page).texts if text in kept]
        later = re.search(r'rel="next" href="([^"]+)"', page)
        address = later.group(1).replace("&amp;", "&") if later else ""
    assert wanted - {text.replace("\u200c", "") for text in shown} - set(shown) == set()

    found = orjson.loads(await behind.file("/users?search=%40x.example", "JSON"))
    assert {row["name"] for row in found} >= {text for text in kept if text in wanted}
    rows = list(csv.reader(io.StringIO((await behind.file("/users", "CSV")).decode("utf-8-sig"), newline="")))
    cells = {row[0] for row in rows[1:]}
    assert {text for text in kept if text not in cells and f"'{text}" not in cells} == set()
    assert not [cell for row in rows for cell in row if cell in FORMULAS]
    content = await behind.file("/users", "XLSX")
    sheet = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert {str(row[0]) for row in sheet} >= {text for text in kept if not text.isdigit()}
    with ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


async def test_every_unusable_text_is_refused_with_its_place_and_leaves_nothing(own_office: Office) -> None:
    before = await own_office.engine.pool.fetchval("select count(*) from app_user")
    for names in batches(UNUSABLE):
        for name, payload in zip(names, await create(own_office.engine, own_office, names), strict=True):
            assert payload["user"] is None, ascii(name)
            assert payload["problems"][0]["path"][-1] == "name", ascii(name)
    assert await own_office.engine.pool.fetchval("select count(*) from app_user") == before


@pytest.mark.parametrize(
    "text", [HTML[0], HTML[54], "{{ 7*7 }}", "'; drop table cluster; --", "گلیم\u202etxt.exe"], ids=ascii
)
async def test_a_refused_form_gives_back_what_was_typed(own_office: Office, text: str) -> None:
    refused = await send(
        own_office, "/users/new", name=text, email="no address", role="NATIONAL_VIEWER", language="FA"
    )
    assert refused.status_code == 422
    assert text in Seen(refused.text).texts


async def test_a_control_character_is_said_beside_its_field(own_office: Office) -> None:
    refused = await send(
        own_office, "/users/new", name="گلیم\x07", email="a@x.example", role="NATIONAL_VIEWER", language="FA"
    )
    assert refused.status_code == 422
    assert "نویسهٔ کنترلی است" in refused.text.split('id="error-name"')[1][:600]


async def fill_every_text(connection: asyncpg.Connection[asyncpg.Record], texts: list[str]) -> list[str]:
    """Put a text into every text column of every row, another one in each row; return what takes none."""
    columns = await connection.fetch(
        "select table_name, column_name, coalesce(character_maximum_length, 300) as most"
        " from information_schema.columns c where table_schema = 'public'"
        " and data_type in ('text', 'character varying') and is_generated = 'NEVER'"
        " and exists (select 1 from information_schema.columns i where i.table_name = c.table_name"
        "   and i.column_name = 'id') order by 1, 2"
    )
    for table in {row["table_name"] for row in columns}:
        await connection.execute(f"alter table {table} disable trigger user")
    untouched = []
    for table, column, most in map(tuple, columns):
        if column in OF_A_FORM or table in {"tortoise_migrations", "migration"}:
            continue
        if most < SHORTEST_TEXT:
            # It holds a code or a period and would cut a text off.
            continue
        try:
            await connection.execute(
                # The number goes first, so that lists are in the same order whatever follows it.
                f"update {table} t set {column} = left(lpad(n.place::text, 5, '0') || ' ' ||"  # noqa: S608 - names of columns
                f" ($1::text[])[1 + (n.place % $2)::int], {most})"
                f" from (select id, row_number() over (order by id) as place from {table}) n"
                f" where n.id = t.id and t.{column} is not null",
                texts,
                len(texts),
            )
        except asyncpg.IntegrityConstraintViolationError:
            # A constraint of the column: it takes terms, codes or addresses only.
            untouched.append(f"{table}.{column}")
    for table in {row["table_name"] for row in columns}:
        await connection.execute(f"alter table {table} enable trigger user")
    return untouched


SHORTEST_TEXT = 50
DRAWN = {"home/overview", "clusters/networks"}
MARKS = [f"Q{place:02}Q" for place in range(12)]
HARM = [
    HTML[0], HTML[6], "<script>hit()</script>", "</textarea></title><script>hit()</script>",
    '" autofocus onfocus=hit() x="', "{{ 7*7 }}", "'; drop table cluster; --", "گلیم\u202etxt.exe",
    "</bdi></td></tr></table>", "&lt;b&gt;", "%(name)s %s", "<div hx-get=/sign-out hx-trigger=load>",
]  # fmt: skip


async def test_no_text_of_any_column_changes_the_structure_of_any_page(own_office: Office) -> None:
    pool = own_office.engine.pool
    async with pool.acquire() as connection:
        untouched = await fill_every_text(connection, MARKS)
    # What remains takes terms, codes and addresses only.
    assert not [
        name for name in untouched if re.search(r"(name|title|note|description|text|reason)_?(fa|en)?$", name)
    ]
    addresses = {page.document: own_office.address(page) for page in PAGES if own_office.knows(page)}
    plain = {name: (await own_office.client.get(address)) for name, address in addresses.items()}
    assert {name for name, page in plain.items() if page.status_code != 200} <= set()
    async with pool.acquire() as connection:
        await fill_every_text(connection, HARM)
    spoiled = []
    marked = 0
    for name, address in addresses.items():
        harmless, harmful = Seen(plain[name].text), Seen((await own_office.client.get(address)).text)
        if name in DRAWN:
            # A drawing breaks longer names into lines: as many elements as it needs, but of no other kind.
            spoiled += sorted(str(kind) for kind in set(harmful.elements) - set(harmless.elements))
            continue
        if harmless.elements != harmful.elements:
            first = next(
                (
                    pair
                    for pair in zip(harmless.elements, harmful.elements, strict=False)
                    if pair[0] != pair[1]
                ),
                None,
            )
            spoiled.append(f"{name}: {first}")
            continue
        for calm, harm in zip(harmless.texts, harmful.texts, strict=True):
            expected = re.sub(r"Q(\d\d)Q", lambda found: HARM[int(found.group(1))], calm)
            marked += expected != calm
            if "Q" in calm and expected != harm and len(expected) < 250:
                spoiled.append(f"{name}: {expected!a} became {harm!a}")
    assert spoiled[:8] == []
    assert marked > 300


@pytest.mark.slow
async def test_nothing_is_executed_and_no_page_breaks_in_a_browser(own_office: Office) -> None:
    async with own_office.engine.pool.acquire() as connection:
        await fill_every_text(connection, HARM)
    app = create_app(
        own_office.engine,
        own_office.engine.schema,
        own_office.sessions,
        own_office.engine.today,
        Appearance(secure=False),
    )
    wider, opened = [], 0
    async with site(app) as serving, serving.reader(width=360) as screen:
        hits: list[str] = []
        await screen.expose_function("hit", lambda *_: hits.append(screen.url))
        screen.on("dialog", lambda dialog: hits.append(dialog.message))
        for page in PAGES:
            if page.form or not own_office.knows(page):
                continue
            await screen.goto(serving.address + own_office.address(page))
            opened += 1
            if await screen.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            ):
                wider.append(page.path)
    assert opened > 25
    assert hits == []
    assert wider == []
    assert serving.complaints == []
