"""The computed indicators of the exit (R47, S11)."""

from typing import Final

from schema.indicators.definition import Definition
from schema.vocabulary import IndicatorDimension as Dimension
from schema.vocabulary import IndicatorSubject as Subject
from schema.vocabulary import IndicatorUnit as Unit

_READINESS_WEIGHTS: Final = (
    "weight_defining",
    "weight_steering",
    "weight_resources",
    "weight_social_capital",
)

EXIT: Final = (
    Definition(
        "EXIT_READINESS",
        Dimension.EXIT,
        Subject.PROJECT,
        Unit.SCORE,
        "امتیاز آمادگی خروج",
        "Exit readiness score",
        "میانگین وزنی خوداتکایی در تعریف، در راهبری، در منابع و شاخص سرمایهٔ اجتماعی؛ مشورتی است و تصمیم با شوراست.",
        "Weighted mean of self-reliance in defining, steering and resources and of the"
        " social-capital index; advisory,"
        " the council decides.",
        "ClusterProject.exitScore",
        _READINESS_WEIGHTS,
        basis="S8, S11",
        version=2,
    ),
    Definition(
        "EXIT_STATUS",
        Dimension.EXIT,
        Subject.PROJECT,
        Unit.STATE,
        "وضعیت خروج",
        "Exit status",
        "واجد شرایط اگر شبکهٔ فراگیر تعیین شده، برنامه عمل به‌روز، سطح توسعه‌یافتگی به آستانه"
        " رسیده و امتیاز از آستانه کمتر نباشد.",
        "Eligible if a comprehensive network is designated, the action plan is fresh, the"
        " level of development reaches"
        " its threshold and the score does too.",
        "ClusterProject.exitStatus",
        ("exit_score", "exit_development_rank", "plan_due_soon_days", *_READINESS_WEIGHTS),
        basis="S8, S11",
        version=2,
    ),
)
