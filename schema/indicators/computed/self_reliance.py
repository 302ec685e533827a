"""The computed indicators of self-reliance (R48, E13)."""

from typing import Final

from schema.indicators.definition import Definition
from schema.vocabulary import IndicatorDimension as Dimension
from schema.vocabulary import IndicatorSubject as Subject
from schema.vocabulary import IndicatorUnit as Unit

SELF_RELIANCE: Final = (
    Definition(
        "SELF_RELIANCE_DEFINING",
        Dimension.SELF_RELIANCE,
        Subject.PROJECT,
        Unit.SHARE,
        "خوداتکایی در تعریف",
        "Self-reliance in defining",
        "ریزپروژه‌های واپسین برنامه عمل که اعضا یا شبکه‌ها تعریف کرده‌اند، از همهٔ آن‌ها.",
        "Sub-projects of the last plan that members or networks defined over all of them.",
        "ClusterProject.definingShare",
        basis="R48",
    ),
    Definition(
        "SELF_RELIANCE_STEERING",
        Dimension.SELF_RELIANCE,
        Subject.PROJECT,
        Unit.SHARE,
        "خوداتکایی در راهبری",
        "Self-reliance in steering",
        "ریزپروژه‌های در حال اجرا که اعضا یا شبکه‌ها راهبری می‌کنند، از همهٔ آن‌ها.",
        "Sub-projects in progress that members or networks lead over all in progress.",
        "ClusterProject.steeringShare",
        basis="R48",
    ),
    Definition(
        "SELF_RELIANCE_RESOURCES",
        Dimension.SELF_RELIANCE,
        Subject.PROJECT,
        Unit.SHARE,
        "خوداتکایی در منابع",
        "Self-reliance in resources",
        "آوردهٔ اعضا و منابع شبکه‌ها از کل بودجهٔ دوازده ماه گذشته؛ در هر ارز جداگانه، و کمترین سهم به شمار می‌آید.",
        "Money of members and networks over all planned for the last twelve Jalali months; each currency by itself,"
        " and the lowest share counts.",
        "ClusterProject.resourcesShare",
        basis="E13, I16",
        version=2,
    ),
)
