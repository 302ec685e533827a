"""The contract documents every type, field, argument and enumeration value; terms with their Persian label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_schema,
)

from schema import problems, vocabulary
from schema.vocabulary import Term
from services.database import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

PERSIAN: Final = re.compile("[آ-ی]")
TERMS: Final = {
    kind.__name__: kind
    for module in (vocabulary, problems)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, Term) and kind is not Term
}


@pytest.fixture(scope="module")
def contract() -> Any:
    """Read the committed contract as a partner would."""
    return build_schema((SCHEMA / "schema.graphql").read_text(encoding="utf-8"))


def _own(contract: Any) -> Iterator[Any]:
    for name, kind in contract.type_map.items():
        if not name.startswith("__") and not getattr(kind, "specified_by_url", None):
            yield kind


def test_every_type_says_what_it_is(contract: Any) -> None:
    scalars = {"String", "Int", "Float", "Boolean", "ID"}
    silent = [
        kind.name
        for kind in _own(contract)
        if not (kind.description or "").strip() and kind.name not in scalars
    ]
    assert silent == []


def test_every_field_and_argument_says_what_it_is(contract: Any) -> None:
    silent: list[str] = []
    count = 0
    for kind in _own(contract):
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for name, field in kind.fields.items():
                count += 1
                if not (field.description or "").strip():
                    silent.append(f"{kind.name}.{name}")
                for argument, given in getattr(field, "args", {}).items():
                    if not (given.description or "").strip():
                        silent.append(f"{kind.name}.{name}({argument}:)")
    assert silent == []
    assert count > 1000


def test_every_value_of_every_enumeration_carries_its_persian_label(contract: Any) -> None:
    silent: list[str] = []
    labelled = 0
    for kind in _own(contract):
        if not isinstance(kind, GraphQLEnumType):
            continue
        for name, value in kind.values.items():
            described = value.description or ""
            term = TERMS.get(kind.name)
            if term is not None:
                labelled += 1
                member = term[name]
                if member.label_fa not in described or member.label_en not in described:
                    silent.append(f"{kind.name}.{name}")
            elif not PERSIAN.search(described):
                silent.append(f"{kind.name}.{name}")
    assert silent == []
    assert labelled > 300


def test_every_term_of_the_vocabulary_that_a_partner_meets_is_an_enumeration_of_the_contract(
    contract: Any,
) -> None:
    told = {kind.name for kind in _own(contract) if isinstance(kind, GraphQLEnumType)}
    assert {"ProblemCode", "PhaseCode", "IndicatorUnit", "RenewalAnchor", "Health"} <= told
    assert told - set(TERMS) <= {"OrderDirection"}
