"""The public types of indicators: the catalogue, targets, values and what is read off today."""

from __future__ import annotations

import datetime
from decimal import Decimal

from strawberry.scalars import JSON

from schema.graph import Node, column, entity, few, figures, many, name_column, one, permitted, text_column
from schema.indicators import catalogue, rows, rules, targets
from schema.scopes import PUBLIC, reviewed, within_cluster
from schema.vocabulary import (
    Currency,
    CurrencyUnit,
    IndicatorDimension,
    IndicatorLevel,
    IndicatorOrigin,
    IndicatorStatus,
    IndicatorSubject,
    IndicatorUnit,
)

_APPROVED_VALUE = (
    "exists (select 1 from indicator_value whole where whole.id = {t}.value_id and whole.status = 'APPROVED')"
)
_ATTAINED = (
    "(select round(100 * ({t}.value - goal.baseline) / nullif(goal.target - goal.baseline, 0), 1)"
    " from indicator_target goal where goal.cluster_id = {t}.cluster_id"
    " and goal.indicator_id = {t}.indicator_id and goal.deleted_at is null)::float"
)


@entity(rows.Indicator, scope=PUBLIC, plural="indicators", order=("dimension", "code"))
class Indicator(Node):
    """An indicator of the catalogue (domain section 4.5): its definition, its unit, the version of its formula."""

    code: str = column("Its name for programs.")
    origin: IndicatorOrigin = column(
        "Whether it is computed from what is on record, or entered and reviewed."
    )
    dimension: IndicatorDimension = column("The side of cluster development it looks at.")
    subject: IndicatorSubject = column("What it has a value for.")
    unit: IndicatorUnit = column("What its values count.")
    level: IndicatorLevel | None = column("Its place in the causal chain of monitoring, if it has one.")
    name_fa: str = name_column("The Persian name.", "name_fa")
    name_en: str = name_column("The English name.", "name_en")
    definition_fa: str = text_column("What it says and how it is found, in Persian.", "definition_fa")
    definition_en: str = text_column("What it says and how it is found, in English.", "definition_en")
    shown_by: str | None = column(
        "The field of this API that shows it, usable in filters and orders where it is a field of one thing;"
        " empty for entered ones.",
        orderable=False,
    )
    thresholds: JSON = column(
        "The keys of the thresholds it obeys, as in `ProgrammeTemplate.thresholds` (R55).",
        filterable=False,
        orderable=False,
    )
    basis: str = column("Where it comes from: rules, practice or method.", orderable=False)
    formula_version: int = column(
        "The version of its formula; every kept value names the one it was made by."
    )
    retired_on: datetime.date | None = column("Since when no values are asked for.", orderable=False)
    values = many("indicators.IndicatorValue", "Its values within your scope.", far="indicator_id")
    targets = many("indicators.IndicatorTarget", "Its targets within your scope.", far="indicator_id")
    permitted_actions = permitted(rows.INDICATOR, catalogue.permitted)


@entity(
    rows.IndicatorTarget, scope=within_cluster(), plural="indicatorTargets", order=("cluster_id", "due_on")
)
class IndicatorTarget(Node):
    """Where a cluster stood in an indicator at first, and where it is to come by a day."""

    baseline: Decimal = column("The value at first.", orderable=False)
    target: Decimal = column("The value it is to reach.", orderable=False)
    due_on: datetime.date = column("The day by which it is to be reached.")
    indicator = one("indicators.Indicator", "The indicator.", near="indicator_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    permitted_actions = permitted(rows.TARGET, targets.permitted)


@entity(
    rows.IndicatorValue,
    scope=reviewed("{t}.status = 'APPROVED'"),
    plural="indicatorValues",
    order=("cluster_id", "period_end"),
)
class IndicatorValue(Node):
    """A value for a period: entered and reviewed, or taken from a computed indicator and kept for ever (R55)."""

    status: IndicatorStatus = column("Where its review stands; an approved value never changes.")
    period: str = column("The Jalali period: `1404`, `1404-S2` (a season), `1404-06` or `1404-06-31`.")
    period_start: datetime.date = column("The first day of the period.")
    period_end: datetime.date = column("The last day of the period.")
    value: Decimal | None = column("The number; empty where the indicator tells a state.")
    state: str | None = column("The wire name of the state; empty where the indicator is a number.")
    currency: Currency | None = column("The currency of an amount.", orderable=False)
    currency_unit: CurrencyUnit | None = column("What an amount counts.", orderable=False)
    attained: float | None = column(
        "The way from the cluster's baseline to its target that this value has covered, per cent.",
        sql=_ATTAINED,
    )
    formula_version: int = column("The version of the formula or definition it was made by.")
    thresholds: JSON = column(
        "The thresholds in force when it was taken, by key.", filterable=False, orderable=False
    )
    evidence: str | None = text_column("What it rests on.", "evidence")
    submitted_on: datetime.date | None = column("When it was handed in for review.")
    submitted_by: str | None = column("Who handed it in: a global id, or a process of ours.", orderable=False)
    reviewed_on: datetime.date | None = column("When it was approved or returned.")
    reviewed_by: str | None = column("Who reviewed it: a global id, or a process of ours.", orderable=False)
    return_reason: str | None = text_column("What is to be corrected.", "return_reason")
    corrected: bool = column("Whether a later approved value corrects it.")
    indicator = one("indicators.Indicator", "The indicator.", near="indicator_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    project = one("projects.ClusterProject", "The project it was made in.", near="project_id", required=False)
    corrects = one(
        "indicators.IndicatorValue", "The approved value it corrects.", near="corrects_id", required=False
    )
    parts = few("indicators.IndicatorValuePart", "Its parts, such as women and men.", far="value_id")
    permitted_actions = permitted(rows.VALUE, rules.permitted)


@entity(
    rows.IndicatorValuePart,
    scope=reviewed(_APPROVED_VALUE),
    plural="indicatorValueParts",
    order=("value_id", "ordinal"),
    root=False,
)
class IndicatorValuePart(Node):
    """A part of a value under a name of its own."""

    ordinal: int = column("Its place in the list.")
    name_fa: str = column("The Persian name.", orderable=False)
    name_en: str = column("The English name.", orderable=False)
    value: Decimal = column("The number.", orderable=False)
    whole = one("indicators.IndicatorValue", "The value it is part of.", near="value_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")


@figures
class IndicatorReading:
    """What a computed indicator says today, beside the target of the cluster."""

    code: str = column("The name of the indicator for programs.")
    formula_version: int = column("The version of the formula.")
    unit: IndicatorUnit = column("What the value counts.")
    value: float | None = column("The number; empty where there is none, or the indicator tells a state.")
    state: str | None = column("The wire name of the state; empty where the indicator is a number.")
    baseline: float | None = column("Where the cluster stood at first, if a target is set.")
    target: float | None = column("Where it is to come, if a target is set.")
    attained: float | None = column("The way from baseline to target it has covered, per cent.")
    indicator = one("indicators.Indicator", "The definition.", near="indicator_id")
