"""What the money of sub-projects says, as SQL: totals by currency, and shares one can filter and order by."""

from typing import Final

# One row for each currency and unit, because amounts of different ones are never summed (I16).
BUDGETS: Final = """select b.currency, b.unit, sum(b.planned) as planned, sum(b.committed) as committed,
  sum(b.disbursed) as disbursed, sum(b.spent) as spent,
  round(100 * sum(b.committed) / nullif(sum(b.planned), 0), 1) as committed_share,
  round(100 * sum(b.disbursed) / nullif(sum(b.committed), 0), 1) as disbursed_share,
  round(100 * sum(b.spent) / nullif(sum(b.disbursed), 0), 1) as spent_share,
  round(coalesce(sum(b.planned) filter (where b.source <> 'ISIPO'), 0)
    / nullif(sum(b.planned) filter (where b.source = 'ISIPO'), 0), 2) as leverage
from {BudgetLine} b %s group by b.currency, b.unit order by b.currency, b.unit"""

_OF_SUB_PROJECT: Final = "line.sub_project_id = {t}.id"
_OF_PLAN: Final = (
    "line.sub_project_id in (select part.id from sub_project part where part.plan_id = {t}.id"
    " and part.deleted_at is null)"
)
_SHARES: Final = {
    "committed": "round(100 * sum(line.committed) / nullif(sum(line.planned), 0), 1)",
    "disbursed": "round(100 * sum(line.disbursed) / nullif(sum(line.committed), 0), 1)",
    "spent": "round(100 * sum(line.spent) / nullif(sum(line.disbursed), 0), 1)",
    "leverage": (
        "round(coalesce(sum(line.planned) filter (where line.source <> 'ISIPO'), 0)"
        " / nullif(sum(line.planned) filter (where line.source = 'ISIPO'), 0), 2)"
    ),
}


def lowest(share: str, where: str) -> str:
    """Write the SQL of a share over budget lines: currencies are never summed, so the lowest counts (I16)."""
    return (
        f"(select min(each.share)::float from (select {_SHARES[share]} as share from budget_line line"  # noqa: S608 - ours
        f" where {where} and line.deleted_at is null group by line.currency, line.unit) each)"
    )


SHARES_OF_SUB_PROJECT: Final = {name: lowest(name, _OF_SUB_PROJECT) for name in _SHARES}
SHARES_OF_PLAN: Final = {name: lowest(name, _OF_PLAN) for name in _SHARES}
