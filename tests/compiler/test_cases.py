"""Triples a reader learns from: a document, the one statement it becomes, the answer over the small world.

`UPDATE_CASES=1` writes the SQL and the answers anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from graphql import get_variable_values

from services.graphql.compiled import compiled_of

if TYPE_CHECKING:
    from tests.world import Api

CASES = sorted((Path(__file__).parent / "cases").glob("*.graphql"))
KEYWORDS = re.compile(r" (?=from |where |order by |limit |and |group by )")


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
async def test_a_document_becomes_this_statement_and_this_answer(api: Api, case: Path) -> None:
    document = _read(case)
    variables = _variables(document)
    prepared = api.engine.documents.prepare(document, None)
    operation = prepared.operation(None)
    coerced = get_variable_values(api.engine.schema, operation.variable_definitions or (), variables)
    assert not isinstance(coerced, list)
    plan = api.engine.planner(prepared, coerced, api.viewer).operation(operation.selection_set)
    statement = KEYWORDS.sub("\n  ", compiled_of(plan).statement.sql) + "\n"
    answer = orjson.dumps(await api.data(document, variables), option=orjson.OPT_INDENT_2).decode() + "\n"
    for suffix, found in ((".sql", statement), (".json", answer)):
        if os.environ.get("UPDATE_CASES"):
            case.with_suffix(suffix).write_text(found, encoding="utf-8")
        assert found == _read(case.with_suffix(suffix))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _variables(document: str) -> dict[str, Any]:
    """Read the variables from the first line: `# {"id": "…"}`."""
    first = document.splitlines()[0]
    found: dict[str, Any] = orjson.loads(first.removeprefix("# ")) if first.startswith("# {") else {}
    return found


def test_there_are_cases() -> None:
    assert len(CASES) >= 10
