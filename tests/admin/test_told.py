"""The sentences of notifications are shown with their blanks in words."""

from __future__ import annotations

import pytest

from schema.event_payloads import KEYS
from web.carried import WORDS, carried
from web.localisation import Localisation
from web.preferences import Preferences
from web.told import kinds, sentence

FA = Localisation(Preferences())
EN = Localisation(Preferences(language="en", calendar="gregorian", digits="latin"))


def test_a_blank_is_told_in_the_words_of_the_language() -> None:
    assert ("name of the phase", True) in sentence("phase.overdue", "en")
    assert ("نام خوشه", True) in sentence("phase.overdue", "fa")
    assert sentence("nothing.known", "fa") == []


@pytest.mark.parametrize("language", ["en", "fa"])
def test_every_type_of_event_has_its_sentence_without_a_brace(language: str) -> None:
    for kind in kinds():
        told = "".join(part for part, _ in sentence(kind, language))
        assert told
        assert "{" not in told


def test_every_key_an_event_may_carry_has_its_words_in_both_languages() -> None:
    assert set(WORDS) == set(KEYS)
    assert all(FA.text(words) != words for words in WORDS.values())


def test_what_an_event_carried_is_read_in_words_days_and_numbers() -> None:
    payload = {
        "before": "SUBMITTED",
        "due": {"date": "2026-11-22", "jalali": "۱ آذر ۱۴۰۵"},
        "daysLeft": -2,
        "late": True,
        "changed": ["nameFa", "slug"],
        "percent": 80,
        "rule": "not_a_word",
        "period": "1404-S2",
    }
    read = {one.label: one.value for one in carried(payload, "DiagnosticStudy_1", FA)}
    assert read == {
        "پیش از آن": "فرستاده‌شده برای بررسی",
        "سررسید": "۱۴۰۵/۰۹/۰۱",
        "روز مانده": "\u200e-۲",
        "پس از پایان بازه": "بله",
        "مشخصات تغییریافته": "نام فارسی، نشانی کوتاه",
        "سهم هزینه‌شده از بودجه": "۸۰٪",
        "قاعده‌ای که از آن عدول شد": "not_a_word",
        "دوره": "۱۴۰۴-S۲",
    }
    english = carried({"before": "SUBMITTED", "rule": "x"}, "ActionPlan_1", EN)
    assert [(one.value, one.as_sent) for one in english] == [("Submitted to the council", False), ("x", True)]
