"""Every chart is a titled SVG with its figures as words, whatever the language, and survives having nothing."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from web.charts import figures
from web.preferences import Preferences
from web.rendering import environment

LANGUAGES = [Preferences(), Preferences("en", "gregorian", "latin")]
ROUNDS = [
    {"day": dt.date(2026, 3, 1), "member": 42.5, "institution": None},
    {"day": dt.date(2026, 9, 1), "member": 61.0, "institution": 55.0},
]
LINE = {"label": "ISIPO", "planned": "100", "committed": "80", "disbursed": "40", "spent": "20"}
CELLS = {("a", "x"): 2, ("a", "y"): 1}


def charts(preferences: Preferences) -> Any:
    """Return the macros of one way of reading."""
    return environment(preferences).globals["charts"]


@pytest.mark.parametrize("preferences", LANGUAGES, ids=lambda one: one.language)
def test_each_chart_says_what_it_shows(preferences: Preferences) -> None:
    drawn = charts(preferences)
    for svg in (
        drawn.series(ROUNDS, [("member", "M"), ("institution", "I")], "Trust"),
        drawn.gauge(63.2, 70, "Trust"),
        drawn.gauge(0, 70, "Trust"),
        drawn.matrix([("a", "A")], [("x", "X"), ("y", "Y")], CELLS, "Trust"),
        drawn.ties([("a", "A")], {"Member": ["a"]}, "Trust"),
        drawn.budget([LINE], "IRR", "Trust"),
        drawn.shares([{"type": "NETWORKING", "status": "COMPLETED", "count": 3}], "Trust"),
    ):
        assert "Trust" in str(svg)
        assert "<svg" in str(svg)
        assert "style=" not in str(svg)


def test_the_table_beside_a_chart_holds_its_figures_and_hides_what_is_hidden() -> None:
    drawn = str(
        charts(Preferences()).series(ROUNDS, [("member", "اعضا"), ("institution", "نهادها")], "اعتماد")
    )
    assert "۴۲٫۵" in drawn
    assert "۶۱" in drawn
    assert drawn.count("<polyline") == 2
    hidden = re.search(r'<th scope="row">۱۴۰۴/۱۲/۱۰</th><td>۴۲٫۵</td><td>(.)</td>', drawn)
    assert hidden
    assert hidden.group(1) == "–"


def test_charts_without_figures_draw_nothing_wrong() -> None:
    drawn = charts(Preferences())
    assert "<table" in str(drawn.matrix([], [], {}, "هیچ"))
    assert "<svg" in str(drawn.series([], [("member", "اعضا")], "هیچ"))
    assert "<svg" in str(drawn.gauge(None, 70, "هیچ"))
    assert str(drawn.gantt([], dt.date(2026, 11, 23))).strip() == ""


@pytest.mark.parametrize("preferences", LANGUAGES, ids=lambda one: one.language)
def test_the_gauge_fills_from_where_reading_starts(preferences: Preferences) -> None:
    drawn = str(charts(preferences).gauge(50, 70, "x"))
    start = re.search(r'class="value" d="M(-?[\d.]+)', drawn)
    assert start
    assert (float(start.group(1)) > 0) == (preferences.language == "fa")


def test_a_cell_of_the_matrix_leads_to_its_promises_or_offers_a_new_one() -> None:
    links = figures.with_cell({}, "a", "x", "#Promise_1", "Promises of X to A")
    links = figures.with_cell(links, "a", "y", "/new?subProjectId=a", "Record a promise of Y to A")
    drawn = str(
        charts(LANGUAGES[1]).matrix(
            [("a", "A")], [("x", "X"), ("y", "Y"), ("z", "Z")], {("a", "x"): 2}, "Trust", links=links
        )
    )
    assert re.findall(r'<a class="matrix__cell" href="([^"]+)"', drawn) == [
        "#Promise_1",
        "/new?subProjectId=a",
    ]
    assert "Promises of X to A: 2" in drawn
