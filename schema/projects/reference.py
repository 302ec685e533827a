"""The first version of the programme: the five phases of the source text, their windows and their gates."""

from datetime import date
from typing import Final

from schema.projects.planning import GateOutline, PhaseOutline
from schema.vocabulary import PhaseCode, PhaseKind

FIRST_VERSION: Final = 1
NAME_FA: Final = "برنامه توسعه خوشه‌های کسب‌وکار"
NAME_EN: Final = "Business cluster development programme"
PUBLISHED_ON: Final = date(2015, 3, 21)

_STUDY_GATES: Final = (
    GateOutline(
        "desk_research", 1, "پژوهش کتابخانه‌ای انجام شده است", "The desk research is done", mandatory=True
    ),
    GateOutline(
        "field_research", 2, "پژوهش میدانی انجام شده است", "The field research is done", mandatory=True
    ),
    GateOutline(
        "analyses",
        3,
        "وضعیت موجود و فضای ملی و جهانی تحلیل شده است",
        "The situation and the national and global environment are analysed",
        mandatory=True,
    ),
    GateOutline(
        "solutions",
        4,
        "برای هر مشکل خوشه راهکاری پیشنهاد شده است",
        "A solution is offered for every problem of the cluster",
        mandatory=True,
    ),
    GateOutline(
        "stakeholders_consulted",
        5,
        "یافته‌ها با ذی‌نفعان خوشه در میان گذاشته شده است",
        "The findings were discussed with the stakeholders of the cluster",
        mandatory=False,
    ),
)
_EXIT_GATES: Final = (
    GateOutline(
        "network_leads",
        1,
        "شبکهٔ فراگیر راهبری خوشه را بر عهده گرفته است",
        "The comprehensive network leads the cluster",
        mandatory=True,
    ),
    GateOutline(
        "handover",
        2,
        "گام‌های واگذاری انجام شده است",
        "The hand-over steps are done",
        mandatory=True,
    ),
)

PHASES: Final[tuple[PhaseOutline, ...]] = (
    PhaseOutline(PhaseCode.DIAGNOSTIC_STUDY, 1, PhaseKind.WINDOWED, 3, 4, _STUDY_GATES),
    PhaseOutline(PhaseCode.TRUST_BUILDING, 2, PhaseKind.CONTINUOUS, None, None),
    PhaseOutline(PhaseCode.ACTION_PLAN, 3, PhaseKind.RECURRING, None, None),
    PhaseOutline(PhaseCode.IMPLEMENTATION, 4, PhaseKind.OPEN_ENDED, None, None),
    PhaseOutline(PhaseCode.AGENT_EXIT, 5, PhaseKind.WINDOWED, 4, 6, _EXIT_GATES),
)
