"""Documents that are refused before anything runs, each with a code and quickly."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import orjson
import pytest
from graphql import OperationType

from services.graphql.documents import DocumentLimits, Documents
from services.graphql.failures import Refused

if TYPE_CHECKING:
    from services.graphql.engine import Engine

NESTED = "{ clusters { nodes { province " * 5 + "{ clusters { totalCount } }" + " } } }" * 5
DEEP = "{ clusters { nodes { " + "province { clusters { nodes { " * 8 + "id" + " } } }" * 8 + " } } }"


@pytest.fixture
def documents(contract_engine: Engine) -> Documents:
    return Documents(contract_engine.schema, size=8)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "GRAPHQL_PARSE_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ \x00 }", "GRAPHQL_PARSE_FAILED"),
        ("{ خوشه }", "GRAPHQL_PARSE_FAILED"),
        ("{ clusters(first: ۱) { totalCount } }", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ clusters { nodes { nothing } } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ clusters }", "GRAPHQL_VALIDATION_FAILED"),
        ('{ clusters(first: "one") { totalCount } }', "GRAPHQL_VALIDATION_FAILED"),
        ("query ($a: Int) { clusters { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
        ("query ($a: Int!) { clusters(first: $b) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ clusters { ...A } } fragment A on Phase { id }", "GRAPHQL_VALIDATION_FAILED"),
        ('{ phases(filter: {windowEnd: {eq: "1404-13-01"}}) { totalCount } }', "GRAPHQL_VALIDATION_FAILED"),
        ("{ clusters(orderBy: [{nameFa: ASC, nameEn: ASC}]) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
        (DEEP, "TOO_DEEP"),
        ("{ clusters { nodes { " + "{ " * 500 + "}" * 500, "GRAPHQL_PARSE_FAILED"),
        ("{ " + " ".join(f"a{n}: __typename" for n in range(100)) + " }", "TOO_BROAD"),
        ("{ clusters { nodes { " + " ".join(f"a{n}: id" for n in range(100)) + " } } }", "TOO_BROAD"),
        ("{ clusters { nodes { " + "id " * 5_000 + " } } }", "GRAPHQL_PARSE_FAILED"),
        (
            "{ clusters(filter: " + "{not: " * 600 + "{}" + "}" * 600 + ") { totalCount } }",
            "GRAPHQL_PARSE_FAILED",
        ),
    ],
)
def test_a_document_is_refused_with_a_code_and_quickly(documents: Documents, text: str, code: str) -> None:
    started = time.process_time()
    with pytest.raises(Refused) as refused:
        documents.prepare(text, DocumentLimits())
    assert time.process_time() - started < 1
    assert refused.value.code == code
    errors = orjson.loads(refused.value.body())["errors"]
    assert {shown["extensions"]["code"] for shown in errors} == {code}
    assert code != "GRAPHQL_VALIDATION_FAILED" or all(shown["locations"] for shown in errors)
    assert b"Traceback" not in refused.value.body()


def test_a_refusal_is_remembered_too(documents: Documents) -> None:
    with pytest.raises(Refused) as first:
        documents.prepare("{ nothing }", DocumentLimits())
    with pytest.raises(Refused) as second:
        documents.prepare("{ nothing }", DocumentLimits())
    assert first.value is second.value


def test_documents_of_our_own_have_no_limits(documents: Documents) -> None:
    text = "{ clusters { nodes { " + " ".join(f"a{n}: id" for n in range(100)) + " } } }"
    assert documents.prepare(text, None).operation(None).operation is OperationType.QUERY
    with pytest.raises(Refused):
        documents.prepare(text, DocumentLimits())


def test_an_operation_is_chosen_by_its_name(documents: Documents) -> None:
    prepared = documents.prepare("query A { __typename } query B { __typename }", DocumentLimits())
    assert prepared.operation("A") is not prepared.operation("B")
    for name in (None, "C"):
        with pytest.raises(Refused, match="operation"):
            prepared.operation(name)
