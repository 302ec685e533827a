"""The catalog refuses declarations that contradict the rows, and everything real passes its checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schema import graph as words
from schema.clusters import rows
from schema.graph import Node, column, many, one
from schema.scopes import CONTACT, PUBLIC
from services.graphql import contract
from services.graphql.compiler.catalog import Catalog, CatalogInvalid, build_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def only_for_this_test() -> Iterator[None]:
    """Forget the entities a test declares."""
    contract.import_nouns()
    before = dict(words.ENTITIES)
    yield
    words.ENTITIES.clear()
    words.ENTITIES.update(before)


def faults() -> str:
    return "\n".join(build_catalog().faults)


def test_every_declared_type_agrees_with_its_rows() -> None:
    assert faults() == ""


def test_every_type_with_a_table_has_a_scope() -> None:
    catalog = contract.build_catalog_of_contract()
    assert [type_.name for type_ in catalog.types.values() if type_.table and type_.scope is None] == []


def test_a_field_without_a_column_is_named() -> None:
    @words.entity(rows.Cluster, scope=PUBLIC, plural="imaginaries")
    class Imaginary(Node):
        """A type with a field its table does not have."""

        height: int = column("No such column.")

    assert "Imaginary: its table has no column height" in faults()


def test_a_field_that_promises_more_than_its_column_is_named() -> None:
    @words.entity(rows.Cluster, scope=PUBLIC, plural="optimists")
    class Optimist(Node):
        """A type that says a nullable column is never empty."""

        workshops_count: int = column("May be empty in the table.")

    assert "Optimist.workshops_count: the column may be empty" in faults()


def test_a_relation_to_nowhere_is_named() -> None:
    @words.entity(rows.Cluster, scope=PUBLIC, plural="lost")
    class Lost(Node):
        """A type whose relations lead nowhere."""

        somewhere = one("clusters.Nowhere", "There is no such type.", near="province_id")
        somebody = many("clusters.Product", "Products have no such column.", far="nobody_id")

    assert "Lost.somewhere: there is no type Nowhere" in faults()
    assert "Lost.somebody: Product has no column nobody_id" in faults()


def test_a_restricted_field_must_be_nullable() -> None:
    @words.entity(rows.Cluster, scope=PUBLIC, plural="secrets")
    class Secret(Node):
        """A type whose restricted field would have to be shown."""

        slug: str = column("Restricted and required at once.", restricted=CONTACT)

    assert "Secret.slug: a restricted field" in faults()


def test_an_unsound_catalog_refuses_to_be_used() -> None:
    with pytest.raises(CatalogInvalid, match="first\nsecond"):
        Catalog({}, ("first", "second")).require_sound()
