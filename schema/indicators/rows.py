"""The tables of indicators: the catalogue, targets, values with their parts; and the facts of their rules."""

from __future__ import annotations

from typing import Any, Final

from tortoise import fields

from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference, Unique, searchable
from schema.indicators import catalogue, rules, taking, targets
from schema.indicators.immutable import APPROVED_STAYS
from schema.indicators.readings import TAKEN
from schema.indicators.seed import SEED
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
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


class Indicator(Record):
    """An indicator of the catalogue: computed ones come with the code, others are entered by people (4.5)."""

    code = fields.CharField(max_length=60)
    origin = term(IndicatorOrigin)
    dimension = term(IndicatorDimension)
    subject = term(IndicatorSubject)
    unit = term(IndicatorUnit)
    level = term(IndicatorLevel, null=True)
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    definition_fa = fields.TextField()
    definition_en = fields.TextField()
    shown_by = fields.CharField(max_length=100, null=True)
    thresholds: Any = fields.JSONField(default=list)
    basis = fields.CharField(max_length=100, default="")
    formula_version = fields.SmallIntField(default=1)
    retired_on = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "indicator"


class IndicatorTarget(Record):
    """Where a cluster stood in an indicator at the start, and where it is to come."""

    cluster_id = reference()
    indicator_id = reference()
    baseline = fields.DecimalField(max_digits=20, decimal_places=4)
    target = fields.DecimalField(max_digits=20, decimal_places=4)
    due_on = fields.DateField()

    class Meta:
        """The table."""

        table = "indicator_target"


class IndicatorValue(Record):
    """A value of an indicator for a period: entered and reviewed, or taken from a computed one (R55)."""

    cluster_id = reference()
    project_id = reference(null=True)
    indicator_id = reference()
    corrects_id = reference(null=True)
    status = term(IndicatorStatus, default=IndicatorStatus.DRAFT)
    period = fields.CharField(max_length=10)
    period_start = fields.DateField()
    period_end = fields.DateField()
    value = fields.DecimalField(max_digits=20, decimal_places=4, null=True)
    state = fields.CharField(max_length=30, null=True)
    currency = term(Currency, null=True)
    currency_unit = term(CurrencyUnit, null=True)
    formula_version = fields.SmallIntField()
    thresholds: Any = fields.JSONField(default=dict)
    evidence = fields.TextField(null=True)
    submitted_on = fields.DateField(null=True)
    submitted_by = fields.CharField(max_length=120, null=True)
    reviewed_on = fields.DateField(null=True)
    reviewed_by = fields.CharField(max_length=120, null=True)
    return_reason = fields.TextField(null=True)
    corrected = fields.BooleanField(default=False)

    class Meta:
        """The table."""

        table = "indicator_value"


class IndicatorValuePart(Record):
    """A part of a value, such as the women among the people employed."""

    cluster_id = reference()
    value_id = reference()
    ordinal = fields.SmallIntField()
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    value = fields.DecimalField(max_digits=20, decimal_places=4)

    class Meta:
        """The table."""

        table = "indicator_value_part"


_OF_INDICATOR: Final = "(select i.{column} from indicator i where i.id = {{t}}.indicator_id)"
_DEFINED: Final = (
    "(select json_build_object('id', i.id, 'origin', i.origin, 'unit', i.unit, 'formula_version', i.formula_version,"
    " 'retired_on', i.retired_on) from indicator i where i.id = {t}.indicator_id)"
)

INDICATOR: Final = Facts(
    catalogue.IndicatorFacts,
    "Indicator",
    {"is_used": "exists (select 1 from indicator_value v where v.indicator_id = {t}.id)"},
)
DEFINED: Final = Facts(rules.Defined, "Indicator")
HOME: Final = Facts(
    rules.ValueHome,
    "Cluster",
    {
        "project_id": (
            "(select p.id from cluster_project p where p.cluster_id = {t}.id"
            " and p.status in ('ACTIVE', 'SUSPENDED', 'EXITING') and p.deleted_at is null)"
        ),
        "kept": (
            "(select coalesce(json_agg(json_build_object('id', v.id, 'indicator_id', v.indicator_id,"
            " 'period', v.period, 'currency', v.currency, 'status', v.status) order by v.id), '[]')"
            " from indicator_value v where v.cluster_id = {t}.id and not v.corrected and v.deleted_at is null)"
        ),
        "targets": (
            "(select coalesce(json_agg(json_build_object('id', g.id, 'indicator_id', g.indicator_id)"
            " order by g.id), '[]') from indicator_target g where g.cluster_id = {t}.id and g.deleted_at is null)"
        ),
    },
)
TARGET: Final = Facts(targets.TargetFacts, "IndicatorTarget")
VALUE: Final = Facts(
    rules.ValueFacts,
    "IndicatorValue",
    {
        "indicator": _DEFINED,
        "parts": (
            "(select coalesce(json_agg(w.id order by w.ordinal), '[]') from indicator_value_part w"
            " where w.value_id = {t}.id and w.deleted_at is null)"
        ),
        "others": (
            "(select coalesce(json_agg(json_build_object('id', v.id, 'indicator_id', v.indicator_id,"
            " 'period', v.period, 'currency', v.currency, 'status', v.status) order by v.id), '[]')"
            " from indicator_value v where v.cluster_id = {t}.cluster_id and v.indicator_id = {t}.indicator_id"
            " and v.id <> {t}.id and not v.corrected and v.deleted_at is null)"
        ),
    },
)
_TAKEN_TODAY: Final = (
    "exists (select 1 from indicator_value v join indicator i on i.id = v.indicator_id"
    " where v.project_id = {t}.id and i.origin = 'COMPUTED' and v.period_end = {today} and v.deleted_at is null)"
)
# Whether values can be taken is asked with every page of indicators; what they say is reckoned when they are taken.
SNAPSHOT_DAY: Final = Facts(taking.SnapshotDay, "ClusterProject", {"taken_today": _TAKEN_TODAY})
SNAPSHOT: Final = Facts(
    taking.SnapshotHome, "ClusterProject", {"readings": TAKEN, "taken_today": _TAKEN_TODAY}
)

guards: tuple[Guard, ...] = (
    *guards_of(Indicator, IndicatorTarget, IndicatorValue, IndicatorValuePart),
    *searchable("indicator", "name_fa", "name_en"),
    Unique("indicator", "code"),
    Index("indicator", "dimension, code, id"),
    Check("indicator", "code_form", "code ~ '^[A-Z][A-Z0-9_]*$'"),
    Check("indicator", "shown", "(origin = 'COMPUTED') = (shown_by is not null)"),
    Check("indicator", "formula_version", "formula_version >= 1"),
    Reference("indicator_target", "cluster_id", "cluster", indexed=False),
    Reference("indicator_target", "indicator_id", "indicator"),
    Index("indicator_target", "cluster_id, indicator_id", where="deleted_at is null", unique=True),
    Check("indicator_target", "way", "target <> baseline"),
    Unique("indicator_value", "id, cluster_id"),
    Reference("indicator_value", "cluster_id", "cluster", indexed=False),
    Reference("indicator_value", "project_id", "cluster_project", together_with="cluster_id"),
    Reference("indicator_value", "indicator_id", "indicator", indexed=False),
    Reference("indicator_value", "corrects_id", "indicator_value", together_with="cluster_id"),
    Index("indicator_value", "cluster_id, period_end, id"),
    Index("indicator_value", "indicator_id, period_end, id"),
    Index("indicator_value", "status, id"),
    Index(
        "indicator_value",
        "cluster_id, indicator_id, period, coalesce(currency, '')",
        where="corrects_id is null and deleted_at is null",
        unique=True,
        label="one_of_a_period",
    ),
    Index(
        "indicator_value",
        "corrects_id",
        where="corrects_id is not null and deleted_at is null",
        unique=True,
        label="one_correction",
    ),
    Check("indicator_value", "period", "period_end >= period_start"),
    Check("indicator_value", "one_value", "(value is null) <> (state is null)"),
    Check("indicator_value", "money", "(currency is null) = (currency_unit is null)"),
    Check("indicator_value", "currency_fits", "(currency = 'IRR') = (currency_unit <> 'MAIN')"),
    Check(
        "indicator_value",
        "submitted",
        "status = 'DRAFT' or (submitted_on is not null and submitted_by is not null)",
    ),
    Check(
        "indicator_value",
        "reviewed",
        "(status in ('RETURNED', 'APPROVED')) <= (reviewed_on is not null and reviewed_by is not null)",
    ),
    Check("indicator_value", "corrected", "not corrected or status = 'APPROVED'"),
    Reference(
        "indicator_value_part", "value_id", "indicator_value", together_with="cluster_id", indexed=False
    ),
    Reference("indicator_value_part", "cluster_id", "cluster"),
    Index(
        "indicator_value_part",
        "value_id, ordinal",
        where="deleted_at is null",
        unique=True,
        label="one_place",
    ),
    Index("indicator_value_part", "value_id, ordinal, id", label="in_order"),
    APPROVED_STAYS,
    SEED,
)
