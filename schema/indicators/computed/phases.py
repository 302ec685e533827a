"""The health of phases as computed indicators (R12, R15, R25, R50)."""

from typing import Final

from schema.indicators.definition import Definition
from schema.vocabulary import IndicatorDimension as Dimension
from schema.vocabulary import IndicatorSubject as Subject
from schema.vocabulary import IndicatorUnit as Unit

PHASES: Final = (
    Definition(
        "PHASE_HEALTH_WINDOWED",
        Dimension.PHASES,
        Subject.PHASE,
        Unit.STATE,
        "سلامت فاز بازه‌ای",
        "Health of a windowed phase",
        "دارای تأخیر پس از پایان بازه؛ در معرض تأخیر پس از آغاز بازه با شرط الزامی"
        " برآورده‌نشده، یا هنگامی که سهم زمان گذشته"
        " بیش از آستانه از سهم شرط‌های برآورده پیش باشد؛ وگرنه مطابق برنامه.",
        "Overdue after its window; at risk after the window has opened while a mandatory gate is unmet, or when the"
        " elapsed share of the time runs ahead of the share of gates met by more than the threshold; else on track.",
        "Phase.health",
        ("gate_share_gap",),
        version=2,
        basis="R12, R50",
    ),
    Definition(
        "PHASE_HEALTH_CONTINUOUS",
        Dimension.PHASES,
        Subject.PHASE,
        Unit.STATE,
        "سلامت فاز پیوسته",
        "Health of a continuous phase",
        "مطابق برنامه اگر از واپسین فعالیت اعتمادساز بیش از آستانهٔ نخست نگذشته و شاخص سرمایهٔ"
        " اجتماعی میان دو دور بسته‌شدهٔ واپسین نیفتاده باشد؛ در معرض"
        " تأخیر اگر یکی برقرار نباشد؛ دارای تأخیر اگر بیش از آستانهٔ دوم بی‌فعالیت مانده باشد.",
        "On track if the last trust activity is not older than the first threshold and the"
        " social-capital index did not"
        " fall between its last two closed rounds; at risk if one of them fails; overdue after the"
        " second threshold without any.",
        "Phase.health",
        ("trust_active_days", "trust_inactive_days"),
        version=2,
        basis="R15, R21",
    ),
    Definition(
        "PHASE_HEALTH_RECURRING",
        Dimension.PHASES,
        Subject.PHASE,
        Unit.STATE,
        "سلامت فاز دوره‌ای",
        "Health of a recurring phase",
        "از موعد نسخهٔ بعدی برنامه عمل: دارای تأخیر پس از موعد، در معرض تأخیر در روزهای پیش از آن تا آستانه.",
        "From the due date of the next version of the action plan: overdue after it, at risk"
        " within the threshold before it.",
        "Phase.health",
        ("plan_due_soon_days",),
        version=2,
        basis="R24, R25",
    ),
)
