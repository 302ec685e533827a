"""Numbers and codes are found however they are typed, and shown as they were entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.world import Api

# Whose codes people look for: connection, field, table and column.
CODES = (
    ("networks", "registrationNumber", "network", "registration_number"),
    ("projects", "contractNumber", "cluster_project", "contract_number"),
    ("diagnosticStudies", "documentNumber", "diagnostic_study", "document_number"),
    ("stakeholders", "phone", "stakeholder", "phone"),
    ("stakeholders", "email", "stakeholder", "email"),
)


@pytest.mark.parametrize(("connection", "field", "table", "column"), CODES)
async def test_a_code_is_found_in_whatever_digits_it_was_entered_and_is_asked_for(
    sampled: Api, connection: str, field: str, table: str, column: str
) -> None:
    entered = "A۱۲۳-4@b.ir"
    statement = f"update {table} set {column} = $1 where id = (select max(id::text)::uuid from {table})"  # noqa: S608 - names of ours
    await sampled.pool.execute(statement, entered)
    document = f"""query ($code: String!) {{
        {connection}(filter: {{ {field}: {{ eq: $code }} }}) {{ nodes {{ {field} }} }} }}"""
    for asked in (entered, "A123-4@b.ir", "a۱۲۳-۴@B.ir", " A123-4@b.ir "):
        found = await sampled.data(document, {"code": asked})
        assert found[connection]["nodes"] == [{field: entered}], asked
    assert (await sampled.data(document, {"code": "A123-5@b.ir"}))[connection]["nodes"] == []


async def test_a_province_is_found_by_its_code_in_persian_digits(sampled: Api) -> None:
    data = await sampled.data('{ provinceByIsoCode(isoCode: "IR-۱۵") { nameEn } }')
    assert data["provinceByIsoCode"] == {"nameEn": "Lorestan"}


@pytest.mark.parametrize("typed", ["\u0093È", "IR\u0007", "\uffff"], ids=ascii)
async def test_a_code_that_no_text_can_be_is_refused_by_its_character(sampled: Api, typed: str) -> None:
    document = "query ($code: String!) { provinceByIsoCode(isoCode: $code) { nameEn } }"
    (error,) = (await sampled.ask(document, {"code": typed}))["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["locations"] == [{"line": 1, "column": 26}]
    assert "at position" in error["message"]
