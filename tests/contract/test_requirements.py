"""Every requirement of the source text names the tests that prove it."""

from __future__ import annotations

from tests.requirements_table import PATH, missing, printed


def test_the_table_of_requirements_follows_from_the_tests() -> None:
    assert PATH.read_text(encoding="utf-8") == printed(), "run: python -m tests.requirements_table"


def test_every_rule_of_the_source_and_every_invariant_is_proved() -> None:
    assert missing() == []
