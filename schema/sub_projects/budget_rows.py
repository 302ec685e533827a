"""The table of budget lines: money of one source in one currency and unit, never mixed (I16)."""

from __future__ import annotations

from tortoise import fields

from schema.guards import Check, Guard, Index, Reference, Unique
from schema.rows import Record, reference, term
from schema.vocabulary import Currency, CurrencyUnit, FundingSource


class BudgetLine(Record):
    """What one source is to give, has promised, has paid, and what was spent of it (E13, I16)."""

    cluster_id = reference()
    sub_project_id = reference()
    source = term(FundingSource)
    currency = term(Currency)
    unit = term(CurrencyUnit)
    planned = fields.DecimalField(max_digits=20, decimal_places=2)
    committed = fields.DecimalField(max_digits=20, decimal_places=2, default=0)
    disbursed = fields.DecimalField(max_digits=20, decimal_places=2, default=0)
    spent = fields.DecimalField(max_digits=20, decimal_places=2, default=0)
    period_start = fields.DateField(null=True)
    period_end = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "budget_line"


budget_guards: tuple[Guard, ...] = (
    Unique("budget_line", "id, cluster_id"),
    Reference("budget_line", "sub_project_id", "sub_project", together_with="cluster_id", indexed=False),
    Reference("budget_line", "cluster_id", "cluster"),
    Index("budget_line", "sub_project_id, id"),
    Index("budget_line", "source, id"),
    Check("budget_line", "amounts", "planned >= 0 and committed >= 0 and disbursed >= 0 and spent >= 0"),
    Check("budget_line", "disbursed_within_committed", "disbursed <= committed"),
    Check("budget_line", "spent_within_disbursed", "spent <= disbursed"),
    Check("budget_line", "currency_unit", "(currency = 'IRR') = (unit <> 'MAIN')"),
    Check("budget_line", "period", "period_end >= period_start"),
)
