"""Persian first: every text has its Persian, numbers and days are the reader's, English is whole too."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.admin.workshop import EDIT_PAGE
from web import messages
from web.app import create_app
from web.house import Appearance
from web.localisation import Localisation
from web.preferences import Preferences, acceptable, read_preferences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx2

    from tests.admin.weaver import OneWeaver
    from tests.admin.workshop import Workshop

FA = Localisation(Preferences())
EN = Localisation(Preferences(language="en", calendar="gregorian", digits="latin"))


def test_every_text_of_templates_and_code_has_its_persian() -> None:
    assert messages.untranslated() == []


def test_the_catalogue_holds_no_text_that_is_gone() -> None:
    alive = {message.id for message in messages.sources()}
    assert [message.id for message in messages.read_persian() if message.id and message.id not in alive] == []


def test_a_translation_keeps_the_blanks_of_its_source() -> None:
    blanks = re.compile(r"%\((\w+)\)s")
    for message in messages.read_persian():
        if message.id:
            source = "".join(message.id) if isinstance(message.id, tuple) else message.id
            target = "".join(message.string) if isinstance(message.string, tuple) else message.string
            assert set(blanks.findall(str(source))) == set(blanks.findall(str(target))), source


@pytest.mark.parametrize(
    ("value", "persian", "english"),
    [
        (1250000, "۱٬۲۵۰٬۰۰۰", "1,250,000"),
        (Decimal("0.5"), "۰٫۵", "0.5"),
        ("33.333333", "۳۳٫۳۳", "33.33"),
        (0, "۰", "0"),
        (-2945, "\u200e-۲٬۹۴۵", "-2,945"),
        (None, "–", "–"),
    ],
)
def test_numbers_are_written_in_the_digits_of_the_reader(value: object, persian: str, english: str) -> None:
    assert FA.number(value) == persian
    assert EN.number(value) == english


def test_days_are_written_in_the_calendar_of_the_reader_and_the_other_one_is_at_hand() -> None:
    assert FA.date("2026-11-23") == "۱۴۰۵/۰۹/۰۲"
    assert FA.other_date("2026-11-23") == "2026-11-23"
    assert EN.date("2026-11-23") == "2026-11-23"
    assert EN.other_date("2026-11-23") == "1405/09/02"
    assert FA.month("2026-11-23") == "آذر ۱۴۰۵"


def test_a_moment_is_told_in_tehran() -> None:
    assert FA.moment("2026-11-23T20:45:00+00:00") == "۱۴۰۵/۰۹/۰۳ ۰۰:۱۵"


def test_money_is_rial_and_never_toman() -> None:
    assert FA.money(5000000, "IRR") == "۵٬۰۰۰٬۰۰۰ ریال ایران"


def test_terms_have_the_words_of_the_field() -> None:
    assert FA.term("PhaseCode", "DIAGNOSTIC_STUDY") == "مطالعه شناختی"
    assert FA.term("Health", "NOT_A_HEALTH") == "NOT_A_HEALTH"


def test_a_name_is_shown_in_the_language_that_has_it() -> None:
    assert EN.name({"nameFa": "گلیم", "nameEn": None}) == "گلیم"
    assert FA.name(None) == "–"


def test_english_brings_its_calendar_and_digits_unless_the_reader_chose_others() -> None:
    assert read_preferences({"language": "en"}) == Preferences("en", "gregorian", "latin")
    assert read_preferences({"language": "en", "calendar": "jalali"}).calendar == "jalali"
    assert read_preferences({"language": "tlh", "theme": "neon"}) == Preferences()


def test_whoever_changes_the_language_reads_its_calendar_and_digits_until_they_choose_others() -> None:
    persian = {"language": "fa", "calendar": "jalali", "digits": "persian"}
    english = persian | acceptable({"language": "en", "next": "/"})
    assert read_preferences(english) == Preferences("en", "gregorian", "latin")
    assert read_preferences(english | acceptable({"calendar": "jalali"})).calendar == "jalali"
    assert acceptable({"language": "en", "calendar": "jalali"})["calendar"] == "jalali"


async def test_a_page_says_its_language_and_direction(weaver: httpx2.AsyncClient) -> None:
    persian = (await weaver.get("/looms/Loom_1/edit")).text
    assert '<html lang="fa" dir="rtl" data-theme="auto"' in persian
    await weaver.post("/preferences", data={"language": "en", "theme": "dark"})
    english = (await weaver.get("/looms/Loom_1/edit")).text
    assert '<html lang="en" dir="ltr" data-theme="dark"' in english
    assert 'value="2015-04-25"' in english


async def test_an_installation_may_speak_english_to_whoever_has_not_chosen(
    workshop: Workshop,
    pages_folder: Path,
    weaver_sessions: OneWeaver,
    speak: Callable[..., httpx2.AsyncClient],
) -> None:
    app = create_app(
        workshop,
        workshop.schema,
        weaver_sessions,
        lambda: dt.date(2026, 11, 23),
        Appearance(language="en"),
        pages=(EDIT_PAGE,),
        folder=pages_folder,
    )
    async with speak(app) as stranger:
        assert '<html lang="en"' in (await stranger.get("/looms/Loom_1/edit")).text
        await stranger.post("/preferences", data={"language": "fa"})
        assert '<html lang="fa"' in (await stranger.get("/looms/Loom_1/edit")).text
