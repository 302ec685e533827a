"""A document that does not fit the schema stops the start and says where."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import build_schema

from services.graphql import contract
from services.graphql.mutations.registry import MUTATIONS, discover
from web.app import check_pages
from web.documents import DocumentsInvalid, load_documents, operation_name, read_document
from web.routes import PAGES

SCHEMA = build_schema("type Query { loom(id: ID!): Loom } type Loom { id: ID! name: String! }")
PAGES_FOLDER = Path(__file__).parents[2] / "web" / "pages"


def test_a_misspelt_field_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "looms").mkdir()
    (tmp_path / "looms" / "detail.graphql").write_text(
        'query LoomsDetail {\n  loom(id: "1") { nmae }\n}', encoding="utf-8"
    )
    with pytest.raises(DocumentsInvalid, match=r"looms/detail\.graphql:2: Cannot query field 'nmae'"):
        load_documents(tmp_path, SCHEMA)


def test_text_that_is_no_graphql_is_named_too() -> None:
    with pytest.raises(DocumentsInvalid, match=r"looms/list\.graphql:1: Syntax Error"):
        read_document("looms/list", "query {", SCHEMA)


def test_an_operation_is_called_like_its_folder_and_file() -> None:
    assert operation_name("sub_projects/list") == "SubProjectsList"
    with pytest.raises(DocumentsInvalid, match="must be named LoomsDetail, not Other"):
        read_document("looms/detail", 'query Other { loom(id: "1") { id } }', SCHEMA)


def test_every_page_fits_the_public_schema() -> None:
    contract.import_nouns()
    discover()
    schema = contract.graphql_core(contract.build_contract(MUTATIONS))
    documents = load_documents(PAGES_FOLDER, schema)
    check_pages(PAGES, documents)
    assert {page.document for page in PAGES} <= set(documents)


def test_every_page_that_shows_has_its_template() -> None:
    assert [page.path for page in PAGES if not (PAGES_FOLDER.parent / page.template).is_file()] == []


def test_no_two_pages_share_an_address_or_a_document() -> None:
    assert len({page.path for page in PAGES}) == len(PAGES) == len({page.document for page in PAGES})
