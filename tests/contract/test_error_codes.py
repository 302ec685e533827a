"""One table of error codes: the code uses no other, uses them all, and partners read the same one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from services.graphql.codes import CODES

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "services" / "graphql"
CALLS = {"Refusal", "Refused", "InputRefused", "of", "shown_error"}


def used_codes() -> set[str]:
    """Return every text in capitals that is given to a refusal, kept as a code, or stands for one."""
    found: set[str] = set()
    for path in SOURCES.rglob("*.py"):
        if path.name == "codes.py" or path.parent.name == "mutations":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            values: list[ast.expr | None] = []
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) in CALLS
            ):
                values = [*node.args, *(keyword.value for keyword in node.keywords)]
            elif isinstance(node, ast.IfExp):
                values = [node.body, node.orelse]
            elif isinstance(node, ast.Dict):
                values = list(node.values)
            elif isinstance(node, ast.arguments):
                values = [*node.defaults, *node.kw_defaults]
            elif isinstance(node, ast.Call):
                values = list(node.args)
            found |= {
                value.value
                for value in values
                if isinstance(value, ast.Constant)
                and isinstance(value.value, str)
                and re.fullmatch(
                    r"[A-Z]+(_[A-Z]+)+|FORBIDDEN|INTERNAL|UNAUTHENTICATED|UNAVAILABLE", value.value
                )
            }
    return found


def test_every_code_of_the_table_is_used() -> None:
    assert CODES.keys() - used_codes() == set()


def test_no_refusal_uses_a_code_that_is_not_in_the_table() -> None:
    given: set[str] = set()
    for path in SOURCES.rglob("*.py"):
        if path.parent.name == "mutations":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name in {"Refusal", "Refused", "InputRefused"}:
                constants = [value.value for value in node.args if isinstance(value, ast.Constant)]
                given |= {str(value) for value in constants if re.fullmatch(r"[A-Z_]{5,}", str(value))}
    assert given
    assert given - CODES.keys() == set()


def test_partners_read_the_table_of_the_code() -> None:
    text = (ROOT / "docs" / "partners.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \| (\d{3}) \| (.+) \|$", text, re.MULTILINE)
    shown = {
        name: (int(status), remedy)
        for names, status, remedy in rows
        for name in re.findall(r"`([A-Z_]+)`", names)
    }
    assert shown == {name: (code.status, code.remedy) for name, code in CODES.items()}
