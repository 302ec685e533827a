"""Forms follow from the mutation's input type, and a refusal stands beside its field."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from graphql import build_schema

from web.documents import read_document
from web.forms import Field, Form, FormImpossible, fields_of
from web.labels import label
from web.preferences import Preferences
from web.rendering import environment
from web.submissions import Submission, read_submission

if TYPE_CHECKING:
    import httpx2

    from tests.admin.workshop import Workshop
    from web.documents import Document

GOOD = {
    "id": "Loom_1", "expectedRevision": "4", "idempotencyKey": "k-1", "nameFa": "دار تازه",
    "status": "DORMANT",
    "builtOn": "۱۴۰۴/۰۶/۳۱", "knots": "۱٬۲۵۰", "price": "۲٫۵", "dyerId": "Dyer_2", "note": "",
}  # fmt: skip

FORM = Form(
    toast="", done="", back="", submit="", long=("note",), references={"dyerId": "dyers"}, initial="loom"
)
SDL = """
scalar Date
enum Mood { CALM }
input Deep { a: Int }
input EditThingInput {
  id: ID!  expectedRevision: Int  "Shown below the field." nameFa: String!  mood: Mood  moods: [Mood!]
  builtOn: Date  deep: Deep  ownerId: ID
}
type Payload { ok: Boolean problems: [String!]! }
type Mutation { editThing(input: EditThingInput!): Payload }
type Query { ok: Boolean }
"""
THING = "mutation ThingsEditSubmit($input: EditThingInput!) { editThing(input: $input) { ok } }"


@pytest.fixture
def thing() -> Document:
    """Return a document with a mutation alone."""
    return read_document("things/edit", THING, build_schema(SDL))


def test_a_form_has_the_fields_of_the_input_type_with_their_kinds_help_and_need(thing: Document) -> None:
    assert thing.mutation
    form = replace(FORM, fields=("nameFa", "mood", "moods", "builtOn"), references={}, long=())
    fields = {field.name: field for field in fields_of(form, thing.mutation)}
    assert [field.kind for field in fields.values()] == ["text", "choice", "choice", "date"]
    assert fields["nameFa"].required
    assert fields["nameFa"].help == "Shown below the field."
    assert fields["mood"].choices == ("CALM",)
    assert fields["moods"].many
    assert not fields["mood"].many


def test_the_unit_of_money_and_the_unit_of_an_indicator_are_called_differently() -> None:
    assert label("unit", "CurrencyUnit") == "Unit of the currency"
    assert label("unit", "IndicatorUnit") == label("unit") == "Unit"


def test_a_form_that_leaves_out_what_the_mutation_needs_stops_the_start(thing: Document) -> None:
    assert thing.mutation
    with pytest.raises(FormImpossible, match="leaves out the required nameFa"):
        fields_of(replace(FORM, fields=("mood",), references={}), thing.mutation)


def test_a_form_with_a_field_the_mutation_does_not_take_stops_the_start(thing: Document) -> None:
    assert thing.mutation
    with pytest.raises(FormImpossible, match="has no field colour"):
        fields_of(replace(FORM, fields=("nameFa", "colour"), references={}), thing.mutation)


@pytest.mark.parametrize(
    ("field", "reason"), [("deep", "form of its own"), ("ownerId", "which noun's options")]
)
def test_a_field_no_form_can_draw_stops_the_start(thing: Document, field: str, reason: str) -> None:
    assert thing.mutation
    with pytest.raises(FormImpossible, match=reason):
        fields_of(replace(FORM, fields=("nameFa", field), references={}), thing.mutation)


def test_what_is_not_typed_is_left_alone_and_what_is_emptied_is_cleared(thing: Document) -> None:
    assert thing.mutation
    form = replace(FORM, fields=("nameFa", "mood", "moods", "builtOn"), references={}, long=())
    texts = {"id": ["Thing_1"], "nameFa": ["دار"], "builtOn": [""], "moods": [""]}
    submission = read_submission(form, thing.mutation, texts)
    assert submission.values == {"id": "Thing_1", "nameFa": "دار", "builtOn": None, "moods": []}
    assert submission.troubles == {}


async def test_the_form_shows_what_is_stored_in_the_digits_and_calendar_of_the_reader(
    weaver: httpx2.AsyncClient,
) -> None:
    page = (await weaver.get("/looms/Loom_1/edit")).text
    assert 'value="دار جاجیم"' in page
    assert 'value="۱۳۹۴/۰۲/۰۵"' in page
    assert '<option value="IDENTIFIED" selected>شناسایی‌شده</option>' in page
    assert '<option value="Dyer_1" selected>رنگرز</option>' in page
    assert 'name="expectedRevision" value="4"' in page


async def test_a_saved_form_leads_on_with_a_toast_that_appears_once(
    weaver: httpx2.AsyncClient,
    workshop: Workshop,
) -> None:
    saved = await weaver.post("/looms/Loom_1/edit", data=GOOD)
    assert saved.status_code == 303
    assert saved.headers["location"] == "/looms/Loom_1/edit"
    assert workshop.written() == {
        "id": "Loom_1", "expectedRevision": 4, "idempotencyKey": "k-1", "nameFa": "دار تازه",
        "status": "DORMANT",
        "builtOn": "2025-09-22", "knots": 1250, "price": "2.5", "natural": False, "dyerId": "Dyer_2",
        "note": None,
    }  # fmt: skip
    assert "تغییرها ذخیره شد." in (await weaver.get("/looms/Loom_1/edit")).text
    assert "تغییرها ذخیره شد." not in (await weaver.get("/looms/Loom_1/edit")).text


async def test_htmx_is_sent_on_by_a_header_and_told_the_toast_in_ascii(weaver: httpx2.AsyncClient) -> None:
    saved = await weaver.post("/looms/Loom_1/edit", data=GOOD, headers={"HX-Request": "true"})
    assert saved.status_code == 200
    assert saved.headers["hx-redirect"] == "/looms/Loom_1/edit"
    assert saved.headers["hx-trigger"].isascii()
    assert "\\u062a" in saved.headers["hx-trigger"]


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("nameFa", "  ", "این خانه لازم است"),
        ("builtOn", "1404/13/01", "این تاریخ خوانده نشد"),
        ("knots", "چند", "این عدد صحیح نیست"),
        ("price", "گران", "این عدد نیست"),
        ("status", "ASLEEP", "یکی را از فهرست"),
    ],
)
async def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_sent(
    weaver: httpx2.AsyncClient,
    workshop: Workshop,
    field: str,
    text: str,
    sentence: str,
) -> None:
    refused = await weaver.post("/looms/Loom_1/edit", data={**GOOD, field: text})
    assert refused.status_code == 422
    assert sentence in refused.text.split(f'id="error-{field}"')[1][:600]
    assert 'value="دار تازه"' in refused.text or field == "nameFa"
    assert not any("input" in (request.variables or {}) for request in workshop.asked)


async def test_a_problem_of_the_rules_stands_beside_the_field_its_path_names(
    weaver: httpx2.AsyncClient,
    workshop: Workshop,
) -> None:
    problem = {"code": "IN_FUTURE", "path": ["input", "builtOn"], "message": "این تاریخ در آینده است."}
    workshop.answers["editLoom"] = lambda _info, input: {"loom": None, "problems": [problem]}  # noqa: A006, ARG005
    refused = await weaver.post("/looms/Loom_1/edit", data=GOOD)
    assert refused.status_code == 422
    assert "این تاریخ در آینده است." in refused.text.split('id="error-builtOn"')[1][:600]


async def test_a_stale_edit_shows_both_versions_and_the_next_try_carries_the_new_revision(
    weaver: httpx2.AsyncClient,
    workshop: Workshop,
    loom: dict[str, Any],
) -> None:
    problem = {"code": "STALE", "path": ["expectedRevision"], "message": "کس دیگری تغییر داده است."}
    workshop.answers["editLoom"] = lambda _info, input: {"loom": None, "problems": [problem]}  # noqa: A006, ARG005
    loom |= {"nameFa": "نام کس دیگر", "revision": 5}
    refused = await weaver.post("/looms/Loom_1/edit", data=GOOD)
    assert refused.status_code == 409
    assert 'value="دار تازه"' in refused.text
    assert "<bdi>نام کس دیگر</bdi>" in refused.text
    assert 'name="expectedRevision" value="5"' in refused.text


async def test_what_a_stale_edit_left_as_it_was_is_not_shown_as_another_version(
    weaver: httpx2.AsyncClient,
    workshop: Workshop,
    loom: dict[str, Any],
) -> None:
    problem = {"code": "STALE", "path": ["expectedRevision"], "message": "کس دیگری تغییر داده است."}
    workshop.answers["editLoom"] = lambda _info, input: {"loom": None, "problems": [problem]}  # noqa: A006, ARG005
    loom |= {"knots": 1300, "natural": True, "revision": 5}
    same = {
        "nameFa": "دار جاجیم", "status": "IDENTIFIED", "builtOn": "1394-02-05", "price": "۱٬۰۰۰",
        "dyerId": "Dyer_1", "natural": "true",
    }  # fmt: skip
    refused = await weaver.post("/looms/Loom_1/edit", data=GOOD | same | {"knots": "۱۲۵۰"})
    assert refused.status_code == 409
    assert refused.text.count('class="stale"') == 1
    assert "<bdi>۱۳۰۰</bdi>" in refused.text
    assert 'data-take="knots" data-value="۱۳۰۰"' in refused.text
    differs = {"dyerId": "Dyer_2", "status": "DORMANT", "builtOn": "1394-02-06", "natural": ""}
    other = await weaver.post("/looms/Loom_1/edit", data=GOOD | same | differs | {"knots": "1300"})
    assert other.text.count('class="stale"') == 4
    for stored in ("رنگرز", "شناسایی‌شده", "۱۳۹۴/۰۲/۰۵", "بله"):
        assert f"<bdi>{stored}</bdi>" in other.text


async def test_a_picker_without_scripts_searches_by_a_button_and_saves_nothing(
    weaver: httpx2.AsyncClient,
    workshop: Workshop,
) -> None:
    page = await weaver.post(
        "/looms/Loom_1/edit", data={**GOOD, "dyerId.search": "رنگرز ۲", "look": "dyerId"}
    )
    assert page.status_code == 200
    assert 'value="Dyer_2"' in page.text
    assert 'value="Dyer_3"' not in page.text
    assert not any("input" in (request.variables or {}) for request in workshop.asked)


async def test_a_picker_with_htmx_gets_the_options_alone(weaver: httpx2.AsyncClient) -> None:
    found = await weaver.get(
        "/options/dyers",
        params={"dyerId.search": "رنگرز"},
        headers={"HX-Request": "true", "HX-Target": "dyerId"},
    )
    assert re.findall(r'<option value="(\w*)"[^>]*>([^<]*)', found.text) == [
        ("", "انتخاب کنید…"),
        ("Dyer_2", "رنگرز 2"),
    ]
    assert "<select" not in found.text


async def test_a_form_opens_in_the_drawer_without_the_page_around_it(weaver: httpx2.AsyncClient) -> None:
    drawer = await weaver.get("/looms/Loom_1/edit", headers={"HX-Request": "true", "HX-Target": "drawer"})
    assert "<html" not in drawer.text
    assert 'hx-target="#drawer"' in drawer.text


async def test_a_thing_that_does_not_exist_is_not_found(weaver: httpx2.AsyncClient) -> None:
    missing = await weaver.get("/looms/Loom_2/edit")
    assert missing.status_code == 404
    assert "در این نشانی چیزی نیست" in missing.text


DAYS = [("fa", "jalali", "persian", "۱۴۰۵/۱۲/۲۹"), ("en", "gregorian", "latin", "2027-03-20")]


@pytest.mark.parametrize(("language", "calendar", "digits", "example"), DAYS)
def test_a_day_is_asked_for_with_today_as_the_example(
    language: str, calendar: str, digits: str, example: str
) -> None:
    forms = environment(Preferences(language, calendar, digits)).get_template("macros/forms.html").module
    day = Field("on", "date", required=False, label="Day")
    drawn = forms.input(day, "on", Submission({}, {}), {}, {}, dt.date(2027, 3, 20))  # type: ignore[attr-defined]  # a macro
    assert f'placeholder="{example}"' in drawn


@pytest.mark.parametrize(
    ("texts", "stored", "opened"),
    [
        ({}, {}, False),
        ({}, {"builtOn": "2026-03-21"}, True),
        ({"builtOn": ["۱۴۰۵/۰۱/۰۱"]}, {}, True),
    ],
)
def test_what_can_wait_is_folded_until_something_of_it_was_given(
    thing: Document, texts: dict[str, list[str]], stored: dict[str, str], *, opened: bool
) -> None:
    assert thing.mutation
    form = replace(FORM, fields=("nameFa", "builtOn"), later=("builtOn",), references={}, long=())
    forms = environment(Preferences()).get_template("macros/forms.html").module
    drawn = forms.whole(  # type: ignore[attr-defined]  # a macro
        form,
        fields_of(form, thing.mutation),
        Submission({}, texts),
        stored,
        {},
        (),
        {},
        "/",
        "/",
        dt.date(2027, 3, 20),
    )
    needed, _, folded = drawn.partition('<details class="form__later"')
    assert 'name="nameFa"' in needed
    assert 'name="builtOn"' in folded
    assert folded.startswith(" open>") is opened
