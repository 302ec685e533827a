"""The entered indicators that every installation starts with: the causal chain of UNIDO's monitoring (4.5)."""

from typing import Final

from schema.indicators.definition import Definition
from schema.vocabulary import IndicatorDimension as Dimension
from schema.vocabulary import IndicatorLevel as Level
from schema.vocabulary import IndicatorSubject as Subject
from schema.vocabulary import IndicatorUnit as Unit

ENTERED: Final = tuple(
    Definition(
        code,
        dimension,
        Subject.CLUSTER,
        unit,
        name_fa,
        name_en,
        definition_fa,
        definition_en,
        level=level,
        basis="UNIDO",
    )
    for code, dimension, level, unit, name_fa, name_en, definition_fa, definition_en in (
        (
            "SERVICE_PROVIDERS_USED",
            Dimension.COOPERATION,
            Level.OUTPUT,
            Unit.COUNT,
            "ارائه‌دهندگان خدمات به‌کارگرفته‌شده",
            "Service providers used",
            "شمار ارائه‌دهندگان خدمات کسب‌وکار که اعضا در دوره از آنان خدمت گرفته‌اند.",
            "Business development service providers that members used in the period.",
        ),
        (
            "JOINT_ACTIONS",
            Dimension.COOPERATION,
            Level.OUTPUT,
            Unit.COUNT,
            "اقدام‌های مشترک",
            "Joint actions",
            "شمار اقدام‌های مشترک اعضا در دوره: خرید، فروش، نمایشگاه، آموزش.",
            "Joint actions of members in the period: buying, selling, exhibiting, training.",
        ),
        (
            "FIRMS_IN_JOINT_ACTIONS",
            Dimension.COOPERATION,
            Level.OUTCOME,
            Unit.COUNT,
            "واحدهای شرکت‌کننده در اقدام مشترک",
            "Firms in joint actions",
            "شمار واحدهایی که در دست‌کم یک اقدام مشترک بوده‌اند؛ بخش‌ها سهم واحدهای زن‌سرپرست را می‌گویند.",
            "Firms that took part in at least one joint action; its parts tell those led by women.",
        ),
        (
            "SALES",
            Dimension.MARKET,
            Level.OUTCOME,
            Unit.MONEY,
            "فروش اعضا",
            "Sales of the members",
            "فروش اعضای خوشه در دوره، به تفکیک ارز.",
            "Sales of the cluster's members in the period, in one currency.",
        ),
        (
            "EXPORT",
            Dimension.MARKET,
            Level.OUTCOME,
            Unit.MONEY,
            "صادرات اعضا",
            "Export of the members",
            "صادرات مستقیم و نامستقیم اعضا در دوره، به تفکیک ارز.",
            "Direct and indirect export of the members in the period, in one currency.",
        ),
        (
            "JOBS",
            Dimension.EMPLOYMENT,
            Level.IMPACT,
            Unit.FULL_TIME_POSTS,
            "شاغلان",
            "Jobs",
            "شاغلان واحدهای عضو در پایان دوره، معادل تمام‌وقت؛ بخش‌ها زنان و مردان را می‌گویند.",
            "People employed by member firms at the end, full-time equivalent; its parts tell women and men.",
        ),
        (
            "REJECTS",
            Dimension.QUALITY,
            Level.OUTCOME,
            Unit.PERCENT,
            "محصول برگشتی",
            "Rejected products",
            "سهم محصولی که به سبب کیفیت بازگردانده یا با تخفیف فروخته شده است.",
            "Share of the products returned, or sold at a discount, because of their quality.",
        ),
        (
            "MATERIAL_COST",
            Dimension.QUALITY,
            Level.OUTCOME,
            Unit.PERCENT,
            "سهم مواد اولیه در بهای تمام‌شده",
            "Share of raw material in the cost",
            "بهای مواد اولیه از بهای تمام‌شدهٔ محصول اصلی خوشه.",
            "Cost of raw material over the full cost of the cluster's main product.",
        ),
    )
)
