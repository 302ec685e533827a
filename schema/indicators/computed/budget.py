"""The computed indicators of money (E13, I16)."""

from typing import Final

from schema.indicators.definition import Definition
from schema.vocabulary import IndicatorDimension as Dimension
from schema.vocabulary import IndicatorSubject as Subject
from schema.vocabulary import IndicatorUnit as Unit

BUDGET: Final = tuple(
    Definition(
        code,
        Dimension.BUDGET,
        Subject.SUB_PROJECT,
        unit,
        name_fa,
        name_en,
        f"{definition_fa}؛ در هر ارز جداگانه، و کمترین به شمار می‌آید.",
        f"{definition_en}; each currency by itself, and the lowest counts.",
        f"SubProject.{field}",
        basis="E13, I16",
    )
    for code, unit, name_fa, name_en, definition_fa, definition_en, field in (
        (
            "BUDGET_COMMITTED",
            Unit.PERCENT,
            "تعهد از برنامه",
            "Committed of planned",
            "آنچه تعهد شده از آنچه برنامه‌ریزی شده است",
            "What is committed over what is planned",
            "committedShare",
        ),
        (
            "BUDGET_DISBURSED",
            Unit.PERCENT,
            "پرداخت از تعهد",
            "Disbursed of committed",
            "آنچه پرداخت شده از آنچه تعهد شده است",
            "What is disbursed over what is committed",
            "disbursedShare",
        ),
        (
            "BUDGET_SPENT",
            Unit.PERCENT,
            "هزینه از پرداخت",
            "Spent of disbursed",
            "آنچه هزینه شده از آنچه پرداخت شده است",
            "What is spent over what is disbursed",
            "spentShare",
        ),
        (
            "BUDGET_LEVERAGE",
            Unit.RATIO,
            "اهرم مالی",
            "Leverage",
            "بودجهٔ دیگران تقسیم بر بودجهٔ سازمان صنایع کوچک",
            "Planned money of others over that of ISIPO",
            "leverage",
        ),
    )
)
