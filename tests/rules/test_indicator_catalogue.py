"""The catalogue of indicators: what is added and sharpened, what is computed, and by which version of its formula."""

from __future__ import annotations

import datetime
import hashlib
import inspect
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Decision, Refused, Update
from schema.indicators import catalogue
from schema.indicators.computed import COMPUTED
from schema.indicators.readings import NUMBERS, STATES
from schema.indicators.seed import DEFINITIONS, id_of
from schema.problems import ProblemCode
from schema.projects.thresholds import BY_KEY
from schema.trust import figures, structure
from schema.vocabulary import IndicatorDimension, IndicatorOrigin, IndicatorUnit
from services.graphql.compiler.catalog import Computed, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.graphql.engine import Engine

TODAY = datetime.date(2026, 11, 23)
FORMULAS = Path(__file__).with_name("indicator_formulas.json")


def accepted(decision: Decision) -> Accepted:
    assert isinstance(decision, Accepted), decision
    return decision


def told(decision: Decision) -> list[tuple[ProblemCode, tuple[str, ...]]]:
    assert isinstance(decision, Refused), decision
    return [(problem.code, problem.path) for problem in decision.problems]


def test_a_new_meaning_of_an_indicator_is_a_new_version() -> None:
    indicator = catalogue.IndicatorFacts(
        UUID(int=9), IndicatorOrigin.ENTERED, IndicatorUnit.COUNT, 1, None, is_used=True
    )
    (renamed,) = accepted(catalogue.edit(indicator, {"name_en": "Jobs"})).changes
    assert isinstance(renamed, Update)
    assert "formula_version" not in renamed.values
    sharpened = accepted(catalogue.edit(indicator, {"definition_fa": "تازه"})).changes
    assert sharpened[1] == Update("Indicator", indicator.id, {"formula_version": 2}, follows=True)
    assert told(catalogue.edit(indicator, {"unit": IndicatorUnit.PERCENT, "name_fa": ""})) == [
        (ProblemCode.REQUIRED, ("nameFa",)),
        (ProblemCode.INDICATOR_IN_USE, ("unit",)),
    ]
    computed = replace(indicator, origin=IndicatorOrigin.COMPUTED)
    assert told(catalogue.edit(computed, {})) == [(ProblemCode.INDICATOR_COMPUTED, ())]
    assert told(catalogue.retire(replace(indicator, retired_on=TODAY), on=TODAY)) == [
        (ProblemCode.INDICATOR_RETIRED, ())
    ]


def test_an_indicator_is_added_under_a_code_of_its_own(new_id: Callable[[], UUID]) -> None:
    values = {
        "name_fa": "بازار", "name_en": "Markets", "definition_fa": "ش", "definition_en": "n",
        "unit": IndicatorUnit.COUNT, "dimension": IndicatorDimension.MARKET,
    }  # fmt: skip
    (made,) = accepted(catalogue.add(values, code=" export_markets۲ ", new_id=new_id)).changes
    assert isinstance(made, Create)
    assert made.values["code"] == "EXPORT_MARKETS2"
    assert told(
        catalogue.add({**values, "unit": IndicatorUnit.STATE, "name_fa": ""}, code="۱", new_id=new_id)
    ) == [
        (ProblemCode.REQUIRED, ("nameFa",)),
        (ProblemCode.INDICATOR_COMPUTED, ("unit",)),
        (ProblemCode.UNUSABLE_CODE, ("code",)),
    ]


def test_codes_are_unique_and_their_ids_the_same_everywhere() -> None:
    codes = [definition.code for definition in DEFINITIONS]
    assert len(set(codes)) == len(codes)
    assert str(id_of("JOBS")) == str(id_of("JOBS"))
    assert len({id_of(code) for code in codes}) == len(codes)
    assert all(id_of(code).version == 7 for code in codes)


@pytest.mark.requirement("R55")
def test_every_computed_indicator_is_a_field_one_can_filter_and_order_by(contract_engine: Engine) -> None:
    for definition in COMPUTED:
        assert definition.field is not None
        type_name, _, field_name = definition.field.partition(".")
        field = contract_engine.catalog.type(type_name).fields[field_name]
        if type_name == "ProgrammeStatistics":
            assert isinstance(field, Computed)
            continue
        assert isinstance(field, Scalar), definition.code
        assert field.filterable, definition.code
        assert field.orderable, definition.code
        assert set(definition.thresholds) <= set(BY_KEY), definition.code
    assert {*NUMBERS, *STATES} <= {definition.code for definition in COMPUTED}


@pytest.mark.requirement("R55")
def test_a_formula_does_not_change_without_a_new_version(contract_engine: Engine) -> None:
    recorded = json.loads(FORMULAS.read_text())
    now = {
        definition.code: [definition.version, _digest(definition.field, contract_engine)]
        for definition in COMPUTED
    }
    changed = [
        code for code, (version, digest) in now.items()
        if code in recorded and recorded[code][0] == version and recorded[code][1] != digest
    ]  # fmt: skip
    assert not changed, f"Raise the version of {changed} in schema/indicators/computed, then record it."
    if os.environ.get("RECORD_FORMULAS"):
        FORMULAS.write_text(json.dumps(now, indent=1) + "\n")
    assert now == json.loads(FORMULAS.read_text()), "Run this test once with RECORD_FORMULAS=1."


def _digest(field: str | None, engine: Engine) -> str:
    """Tell formulas apart: by the SQL, and where the figure is computed on closing a survey, by the code."""
    assert field is not None
    type_name, _, name = field.partition(".")
    found = engine.catalog.type(type_name).fields[name]
    text = found.sql if isinstance(found, Scalar) else ""
    if isinstance(found, Computed):
        text = found.declaration.sql
    if type_name == "TrustSurvey":
        text += inspect.getsource(structure) + inspect.getsource(figures.figures_of)
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]
