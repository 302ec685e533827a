"""The computed indicators of the action plan: how fresh it is, and for how long (R25)."""

from typing import Final

from schema.indicators.definition import Definition
from schema.vocabulary import IndicatorDimension as Dimension
from schema.vocabulary import IndicatorSubject as Subject
from schema.vocabulary import IndicatorUnit as Unit

PLANNING: Final = (
    Definition(
        "PLAN_FRESHNESS",
        Dimension.PLANNING,
        Subject.ACTION_PLAN,
        Unit.STATE,
        "تازگی برنامه عمل",
        "Freshness of the action plan",
        "روزهای مانده تا موعد نسخهٔ بعدی: به‌روز اگر بیش از آستانه باشد، نزدیک به سررسید"
        " تا روز موعد، سپس دارای تأخیر.",
        "Days to the due date of the next version: fresh above the threshold, due soon until"
        " the day itself, then overdue.",
        "ActionPlan.freshness",
        ("plan_due_soon_days", "plan_interval_months"),
        basis="R25, R32",
    ),
    Definition(
        "PLAN_DAYS_LEFT",
        Dimension.PLANNING,
        Subject.ACTION_PLAN,
        Unit.DAYS,
        "روزهای مانده تا برنامه عمل بعدی",
        "Days to the next action plan",
        "روزهای مانده تا موعد نسخهٔ بعدی؛ منفی یعنی موعد گذشته است.",
        "Days left to the due date of the next version; negative once it has passed.",
        "ActionPlan.daysLeft",
        ("plan_interval_months",),
        basis="R25",
    ),
)
