"""Whatever the schema lets people do, a page lets them do, and another page leads there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from graphql import build_schema, get_named_type

from services.graphql.mutations.registry import MUTATIONS, discover
from web import messages
from web.app import ROOT
from web.documents import load_documents
from web.forms import HIDDEN, fields_of, input_type
from web.localisation import Localisation
from web.past import Past
from web.preferences import Preferences
from web.routes import PAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLSchema

    from web.documents import Document
    from web.page import Page

EXPLAINED = {
    "changePassword": "it has a page of its own, which is no form of a document",
    "registerTrustedDocument": "programs register what they ask again and again",
    "removeTrustedDocument": "as above",
    "startBulkAction": "what is below a list starts it",
}
LATER = "a sheet of paper gives name, kind and role; the rest is filled in on the page of each"
SAID_ELSEWHERE = {
    "replayDeliveries.ids": "one delivery is posted again from its page, and what a list shows from below it",
    "enterStakeholders.stakeholders.contactName": LATER,
    "enterStakeholders.stakeholders.countyId": LATER,
    "enterStakeholders.stakeholders.email": LATER,
    "enterStakeholders.stakeholders.institutionId": LATER,
    "enterStakeholders.stakeholders.leadGender": LATER,
    "enterStakeholders.stakeholders.phone": LATER,
    "enterStakeholders.stakeholders.placeId": LATER,
    "enterStakeholders.stakeholders.sizeClass": LATER,
}
FORMS = [page for page in PAGES if page.form]
TEMPLATES = {path.as_posix(): path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.html"))}
LINKED = {page.name_column.link for page in PAGES if page.name_column}
ADDED = {page.listing.add_path for page in PAGES if page.listing}
UNDONE = {page.form.undo for page in PAGES if page.form and page.form.undo}
discover()


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    """Read the published contract."""
    return build_schema((Path(__file__).parents[2] / "schema" / "schema.graphql").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def documents(schema: GraphQLSchema) -> Mapping[str, Document]:
    """Load the documents of all pages; that they are valid is proved where the admin is built."""
    return load_documents(ROOT / "pages", schema, validated=False)


@pytest.mark.parametrize("mutation", sorted(MUTATIONS))
def test_every_mutation_has_a_page_or_a_reason_why_not(
    mutation: str, documents: Mapping[str, Document]
) -> None:
    asked = {
        document.mutation.root_field
        for page in FORMS
        if (document := documents[page.document]).mutation is not None
    }
    assert (mutation in asked) != (mutation in EXPLAINED)


@pytest.mark.parametrize("path", [page.path for page in FORMS])
def test_another_page_leads_to_every_form(path: str) -> None:
    """Find a template with every part of the address, or the toast that takes something back."""
    parts = [re.escape(part) for part in re.split(r"\{\w+\}", path) if part]
    found = [
        name
        for name, text in TEMPLATES.items()
        if all(re.search(f'{part}["?]|["}}]{part}', text) for part in parts)
    ]
    assert found or path in UNDONE | ADDED | LINKED


@pytest.mark.parametrize("page", [page for page in PAGES if not page.form and page.path.endswith("{id}")])
def test_the_page_of_one_thing_leads_to_what_was_changed_of_it(page: Page) -> None:
    """Events and jobs never change by anybody's hand."""
    written = (ROOT / page.template).read_text(encoding="utf-8")
    assert "ui.past(" in written or page.document in {"events/detail", "jobs/detail"}


def test_everything_that_can_be_brought_back_has_its_place_among_the_removed(
    schema: GraphQLSchema, documents: Mapping[str, Document]
) -> None:
    listed = re.search(r"in: \[([^\]]+)\]", documents["removed/list"].text)
    assert listed
    assert set(re.findall(r'"(\w+)"', listed.group(1))) == Past(schema, PAGES, documents).restorable


@pytest.mark.parametrize("page", FORMS, ids=lambda page: page.document)
def test_every_field_says_in_persian_what_is_meant(page: object, documents: Mapping[str, Document]) -> None:
    persian = Localisation(Preferences())
    document = documents[page.document]  # type: ignore[attr-defined]  # a page
    form = page.form  # type: ignore[attr-defined]  # with a form
    assert document.mutation
    silent = [
        field.name
        for field in fields_of(form, document.mutation)
        for part in (field, *field.rows)
        if not part.help or not persian.explains(part.help) or persian.text(part.label) == part.label
    ]
    assert silent == []


def test_the_help_of_a_field_never_names_a_rule_by_number() -> None:
    texts = [text for _, text in messages.said_by_forms()]
    assert len(texts) > 200
    assert [text for text in texts if re.search(r"\((R|A|E|I)?\d", text)] == []


def test_every_input_of_every_mutation_stands_on_a_form_or_has_its_reason(
    documents: Mapping[str, Document],
) -> None:
    """What a program may say, a person may say too; `enterStakeholders.stakeholders.phone` is a part of a row."""
    asked: dict[str, set[str]] = {}
    offered: dict[str, set[str]] = {}
    for page in FORMS:
        mutation = documents[page.document].mutation
        if page.form is None or mutation is None:
            continue
        name, declared = mutation.root_field, input_type(mutation)
        shown = fields_of(page.form, mutation)
        asked.setdefault(name, set()).update(declared.fields)
        offered.setdefault(name, set()).update(HIDDEN, page.form.hidden, page.form.given)
        offered[name].update(field.name for field in shown)
        for field in shown:
            parts = (
                getattr(get_named_type(declared.fields[field.name].type), "fields", {}) if field.rows else {}
            )
            asked[name].update(f"{field.name}.{part}" for part in parts)
            offered[name].update(f"{field.name}.{row.name}" for row in field.rows)
    missing = {f"{name}.{field}" for name in asked for field in asked[name] - offered[name]}
    assert missing == set(SAID_ELSEWHERE)
