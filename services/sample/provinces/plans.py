"""The councils, networks, plan versions and sub-projects of the provinces' clusters."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

from schema.calendar import Jalali
from schema.networks.rows import Network, NetworkMember
from schema.vocabulary import (
    CommitmentKind,
    NetworkKind,
    PlanOwner,
    ProjectStatus,
    SeatRole,
    SubProjectActor,
    SubProjectStatus,
    SubProjectType,
)
from services.sample.cluster_story import ClusterStory, Seat
from services.sample.reference import day
from services.sample.sub_project_rows import SubProjectFacts, add_commitment, add_sub_project

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.provinces.standings import Standing

PLACE: Final = ("شرکت شهرک‌های صنعتی استان", "Industrial Parks Company of the province")
AGENDA: Final = ("بررسی سند برنامه عمل خوشه", "The action plan of the cluster")
STRATEGY: Final = {
    "key": "market",
    "name_fa": "توسعه بازار و همکاری",
    "name_en": "Market and cooperation",
    "programme_fa": "برنامه یک‌ساله",
    "programme_en": "One-year programme",
}
# What is undertaken, version by version; the last one of a version is left to the network.
UNDERTAKINGS: Final = (
    (SubProjectType.MARKET_DEVELOPMENT, "نمایشگاه و فروش گروهی", "Joint fairs and sales"),
    (SubProjectType.RAW_MATERIAL_SUPPLY, "خرید گروهی مواد اولیه", "Joint purchase of raw material"),
    (SubProjectType.QUALITY_IMPROVEMENT, "استاندارد کیفیت خوشه", "A quality standard of the cluster"),
    (SubProjectType.HUMAN_RESOURCE_DEVELOPMENT, "آموزش مهارت‌های کسب‌وکار", "Training in business skills"),
)
DAYS: Final = 270
MEMBERS: Final = 6


def add_networks(story: ClusterStory, standing: Standing, craft: dict[str, Any]) -> list[UUID]:
    """Add the networks a cluster has by now: none before its project, a comprehensive one near its exit."""
    if not standing.plans:
        return []
    formed = day(standing.plans[0])
    networks = [
        _add_network(
            story,
            1,
            NetworkKind.HORIZONTAL,
            f"شبکه تولیدکنندگان {craft['craft_fa']}",
            f"Producers: {craft['craft_en']}",
            formed,
            None,
        )
    ]
    if standing.project in {ProjectStatus.EXITING, ProjectStatus.COMPLETED}:
        networks.append(
            _add_network(
                story,
                2,
                NetworkKind.COMPREHENSIVE,
                f"شبکه فراگیر خوشه {craft['craft_fa']}",
                f"Comprehensive network: {craft['craft_en']}",
                formed,
                day(standing.plans[-2]),
            )
        )
    return networks


def _add_network(  # noqa: PLR0913, PLR0917 - the parts of a network, one line each
    story: ClusterStory,
    number: int,
    kind: NetworkKind,
    name_fa: str,
    name_en: str,
    formed_on: datetime.date,
    designated_on: datetime.date | None,
) -> UUID:
    network_id = story.add(
        Network,
        number,
        kind=kind,
        name_fa=name_fa,
        name_en=name_en,
        formed_on=formed_on,
        designated_on=designated_on,
    )
    for member in range(1, MEMBERS + 1):
        story.add(
            NetworkMember,
            number,
            member,
            network_id=network_id,
            stakeholder_id=story.identity("Stakeholder", member),
            valid_from=formed_on,
        )
    return network_id


def add_plans(
    story: ClusterStory,
    project_id: UUID,
    standing: Standing,
    offices: dict[str, UUID],
    networks: list[UUID],
) -> None:
    """Add the council and the versions it has approved, with four sub-projects each."""
    if not standing.plans or standing.phases is None:
        return
    seats = (
        Seat(
            SeatRole.CHAIR,
            "مدیرعامل شرکت شهرک‌های صنعتی",
            "Managing director of the parks company",
            offices["parks"],
        ),
        Seat(SeatRole.MEMBER, "معاون صنایع دستی", "Deputy for handicrafts", offices["heritage"]),
        Seat(
            SeatRole.MEMBER,
            "نماینده صنعت، معدن و تجارت",
            "Representative of Industry, Mine and Trade",
            offices["trade"],
        ),
        *(
            Seat(
                SeatRole.MEMBER,
                "نماینده فعالان خوشه",
                "Representative of the cluster's actors",
                None,
                story.identity("Stakeholder", number),
            )
            for number in (1, 2, 3)
        ),
        Seat(SeatRole.SECRETARY, "عامل توسعه خوشه", "Cluster development agent"),
    )
    council_id = story.add_council(seats, day(standing.plans[0]) - datetime.timedelta(days=20))
    for version, approved in enumerate(standing.plans, 1):
        approved_on = day(approved)
        current = version == len(standing.plans)
        plan_id = story.add_approved_plan(
            version,
            project_id=project_id,
            approved_on=approved_on,
            current=current,
            council_id=council_id,
            seats=len(seats),
            place=PLACE,
            agenda=AGENDA,
            owner=PlanOwner.NETWORK if current and standing.ended else PlanOwner.AGENT,
            document_number=f"{Jalali.of(approved_on).year}/{version}",
            vision_fa="خوشه‌ای که بازار خود را می‌شناسد و پروژه‌های خود را راهبری می‌کند.",
            vision_en="A cluster that knows its market and steers its own projects.",
            period_start=approved_on,
            period_end=approved_on + datetime.timedelta(days=364),
            presented_on=approved_on - datetime.timedelta(days=10),
        )
        programme_id = story.add_strategy(plan_id, version, 1, STRATEGY)
        _add_sub_projects(
            story, version, (plan_id, programme_id), approved_on, standing, current, offices, networks
        )


def _add_sub_projects(  # noqa: PLR0913, PLR0917 - what a version and a cluster are made of
    story: ClusterStory,
    version: int,
    plan: tuple[UUID, UUID],
    approved_on: datetime.date,
    standing: Standing,
    current: bool,  # noqa: FBT001 - as above
    offices: dict[str, UUID],
    networks: list[UUID],
) -> None:
    for place, (kind, name_fa, name_en) in enumerate(UNDERTAKINGS, 1):
        start = approved_on + datetime.timedelta(days=15 * place)
        running = SubProjectStatus.IN_PROGRESS if place <= 2 else SubProjectStatus.APPROVED
        over = not current or standing.project is ProjectStatus.COMPLETED
        facts = SubProjectFacts(
            number=(version - 1) * len(UNDERTAKINGS) + place,
            type=kind,
            name_fa=f"{name_fa} ({Jalali.of(start).year})",
            name_en=f"{name_en} ({Jalali.of(start).year})",
            plan_id=plan[0],
            programme_id=plan[1],
            status=SubProjectStatus.COMPLETED if over else running,
            actor=SubProjectActor.NETWORK if version > 1 and place != 1 else SubProjectActor.AGENT,
            start=start,
            end=min(start + datetime.timedelta(days=DAYS), standing.ended or datetime.date.max),
            network_id=networks[place % len(networks)],
            millions=200 * place,
        )
        sub_project_id = add_sub_project(story, facts)
        if place <= 2:
            add_commitment(
                story,
                facts,
                sub_project_id,
                institution_id=offices["parks" if place == 1 else "trade"],
                kind=CommitmentKind.CASH,
                committed_on=start,
            )
