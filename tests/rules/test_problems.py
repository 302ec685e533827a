"""Every reason for a refusal says the rule and the remedy, in both languages, in the reader's dates and digits."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Final

import pytest

from schema.decision import Problem
from schema.indicators.periods import UnusablePeriod
from schema.problems import ProblemCode, message
from schema.vocabulary import PhaseKind

BLANKS: Final = Formatter()
# Their remedy is inside the reason that fills the blank.
EXPLAINED: Final = {ProblemCode.INVALID, ProblemCode.UNUSABLE_PERIOD}
ARABIC: Final = re.compile("[يكة٠-٩]")


def blanks(text: str) -> set[str]:
    return {re.sub("_(fa|en)$", "", name) for _, name, _, _ in BLANKS.parse(text) if name}


@pytest.mark.parametrize("code", list(ProblemCode))
def test_a_problem_names_the_rule_and_the_remedy_in_both_languages(code: ProblemCode) -> None:
    assert blanks(code.label_fa) == blanks(code.label_en)
    rule, _, remedy = code.label_en.replace("; ", ": ").partition(": ")
    assert rule, code.label_en
    assert remedy, f"say what to do: {code.label_en}"
    rule, _, remedy = code.label_fa.replace(": ", "؛ ").partition("؛ ")
    assert rule, code.label_fa
    assert remedy, f"say what to do: {code.label_fa}"
    assert not ARABIC.search(code.label_fa)
    assert not re.search(
        r"[A-Za-z]{4,}", re.sub(r"{\w+}|[A-Z_]{4,}|[\w@.-]+[@-][\w.-]+", "", code.label_fa)
    ), code
    assert code in EXPLAINED or code.label_en.rstrip()[-1] in ".ir", code.label_en


def test_no_two_problems_say_the_same() -> None:
    assert len({code.label_fa for code in ProblemCode}) == len(ProblemCode)
    assert len({code.label_en for code in ProblemCode}) == len(ProblemCode)


def test_days_numbers_terms_and_reasons_are_written_as_the_language_writes_them() -> None:
    def said(code: ProblemCode, **values: object) -> tuple[str, str]:
        problem = Problem(code, (), values)
        return message(problem, "fa"), message(problem, "en")

    fa, en = said(ProblemCode.IN_FUTURE, date=date(2026, 11, 24))
    assert "۳ آذر ۱۴۰۵" in fa
    assert "2026-11-24" in en
    fa, en = said(ProblemCode.SPENT_ABOVE_DISBURSED, spent=Decimal("1200.50"), disbursed=Decimal(3))
    assert "۱۲۰۰٫۵۰" in fa
    assert "1200.50" in en
    fa, en = said(ProblemCode.NOT_WINDOWED, kind=PhaseKind.CONTINUOUS)
    assert PhaseKind.CONTINUOUS.label_fa in fa
    assert PhaseKind.CONTINUOUS.label_en in en
    fa, en = said(ProblemCode.UNUSABLE_PERIOD, reason=UnusablePeriod("چنین دوره‌ای نیست", "no such period"))
    assert "چنین دوره‌ای نیست" in fa
    assert "no such period" in en
