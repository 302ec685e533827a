"""What stands around the sub-projects of Lorestan: where they run, what was reported, what may go wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from schema.risks.rows import Risk
from schema.sub_projects.rows import ProgressReport, SubProjectCounty, SubProjectOutput
from schema.support.rows import InstitutionName
from schema.vocabulary import RiskKind, RiskStatus
from services.sample.identities import identity
from services.sample.reference import county_id, day

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory

# sub-project by its place in the file | county
PLACES: Final = ((2, "Khorramabad"), (5, "Kuhdasht"), (11, "Selseleh"), (18, "Delfan"), (18, "Selseleh"))
# sub-project | day | progress, per cent | what was reported, in both languages
REPORTS: Final = (
    (
        15,
        "1396-11-10",
        20,
        "قرارداد با خریدار سوئدی بسته شد.",
        "The contract with the Swedish buyer is signed.",
    ),
    (18, "1396-11-15", 20, "خرید پشم متوقف شد.", "The purchase of wool has stopped."),
)
# sub-project | kind | state | likelihood and impact, 1 to 5 | what, and the answer, in both languages | day
RISKS: Final = (
    (
        15,
        RiskKind.RISK,
        RiskStatus.OPEN,
        (3, 4),
        ("نوسان نرخ ارز پیش از تسویه", "The exchange rate may move before payment"),
        ("بیمه صادراتی", "Export insurance"),
        "1396-10-01",
    ),
    (
        18,
        RiskKind.ISSUE,
        RiskStatus.MITIGATED,
        (5, 3),
        ("کمبود پشم به سبب خشک‌سالی", "Wool is short after the drought"),
        ("خرید از استان همسایه", "Purchase from the neighbouring province"),
        "1396-11-01",
    ),
)
# sub-project | what comes of it, and what it is counted in, in both languages | planned, achieved | day
OUTPUTS: Final = (
    (5, ("بافنده آموزش‌دیده", "Weavers trained"), ("نفر", "people"), (60, 54), "1395-03-15"),
    (15, ("محموله صادرشده", "Consignments exported"), ("محموله", "consignments"), (4, None), None),
)
FORMER_NAME: Final = (
    "اداره‌کل میراث فرهنگی، صنایع دستی و گردشگری لرستان",
    "Cultural Heritage, Handicrafts and Tourism Directorate of Lorestan",
)


def add_undertakings(story: ClusterStory, institutions: dict[str, UUID]) -> None:
    """Add counties, reports and risks of some sub-projects, and the former name of an office."""
    for number, county in PLACES:
        story.add(
            SubProjectCounty,
            number,
            county,
            sub_project_id=story.identity("SubProject", number),
            county_id=county_id(county),
        )
    for number, on, progress, note_fa, note_en in REPORTS:
        story.add(
            ProgressReport,
            number,
            sub_project_id=story.identity("SubProject", number),
            reported_on=day(on),
            progress=Decimal(progress),
            note_fa=note_fa,
            note_en=note_en,
        )
    for number, kind, status, (likelihood, impact), what, response, on in RISKS:
        story.add(
            Risk,
            number,
            sub_project_id=story.identity("SubProject", number),
            kind=kind,
            status=status,
            title_fa=what[0],
            title_en=what[1],
            likelihood=likelihood,
            impact=impact,
            response_fa=response[0],
            response_en=response[1],
            raised_on=day(on),
        )
    _add_outputs(story)
    name_fa, name_en = FORMER_NAME
    story.sheets.add(
        InstitutionName,
        identity("institution_name", "heritage", 1),
        institution_id=institutions["heritage"],
        name_fa=name_fa,
        name_en=name_en,
        valid_to=day("1398-06-01"),
        is_sample=True,
    )


def _add_outputs(story: ClusterStory) -> None:
    for number, names, units, (planned, achieved), on in OUTPUTS:
        story.add(
            SubProjectOutput,
            number,
            sub_project_id=story.identity("SubProject", number),
            name_fa=names[0],
            name_en=names[1],
            counted_in_fa=units[0],
            counted_in_en=units[1],
            planned=Decimal(planned),
            achieved=None if achieved is None else Decimal(achieved),
            achieved_on=day(on) if on else None,
        )
