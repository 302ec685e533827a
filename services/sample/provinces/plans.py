"""The councils, networks, plan versions and sub-projects of the provinces' clusters."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from schema.calendar import Jalali
from schema.networks.rows import Network, NetworkMember
from schema.text import persian_digits
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
# Those that run first, and the office that promises money to each.
SUPPORTED: Final = {1: "parks", 2: "trade"}
DAYS: Final = 270
SEATS: Final = 7
MEMBERS: Final = 6


@dataclass(frozen=True, slots=True)
class Version:
    """An approved version of a plan, whether its year is over, and the day the project ended if it did."""

    number: int
    plan_id: UUID
    programme_id: UUID
    approved_on: dt.date
    over: bool
    ends: dt.date | None


def add_networks(story: ClusterStory, standing: Standing, craft: dict[str, Any]) -> list[UUID]:
    """Add the networks a cluster has by now: none before its project, a comprehensive one near its exit."""
    if not standing.plans:
        return []
    formed = day(standing.plans[0])
    producers = (f"شبکه تولیدکنندگان {craft['craft_fa']}", f"Producers: {craft['craft_en']}")
    networks = [_add_network(story, NetworkKind.HORIZONTAL, producers, formed)]
    if standing.project in {ProjectStatus.EXITING, ProjectStatus.COMPLETED}:
        comprehensive = (
            f"شبکه فراگیر خوشه {craft['craft_fa']}",
            f"Comprehensive network: {craft['craft_en']}",
        )
        designated = day(standing.plans[-2])
        networks.append(_add_network(story, NetworkKind.COMPREHENSIVE, comprehensive, formed, designated))
    return networks


def _add_network(
    story: ClusterStory,
    kind: NetworkKind,
    names: tuple[str, str],
    formed_on: dt.date,
    designated_on: dt.date | None = None,
) -> UUID:
    network_id = story.add(
        Network,
        kind,
        kind=kind,
        name_fa=names[0],
        name_en=names[1],
        formed_on=formed_on,
        designated_on=designated_on,
    )
    for member in range(1, MEMBERS + 1):
        story.add(
            NetworkMember,
            kind,
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
    seats = _seats(story, offices)
    council_id = story.add_council(seats, day(standing.plans[0]) - dt.timedelta(days=20))
    for version, approved in enumerate(standing.plans, 1):
        approved_on = day(approved)
        current = version == len(standing.plans)
        plan_id = story.add_approved_plan(
            version,
            project_id=project_id,
            approved_on=approved_on,
            current=current,
            council_id=council_id,
            seats=SEATS,
            place=PLACE,
            agenda=AGENDA,
            owner=PlanOwner.NETWORK if current and standing.ended else PlanOwner.AGENT,
            document_number=f"{Jalali.of(approved_on).year}/{version}",
            vision_fa="خوشه‌ای که بازار خود را می‌شناسد و پروژه‌های خود را راهبری می‌کند.",
            vision_en="A cluster that knows its market and steers its own projects.",
            period_start=approved_on,
            period_end=approved_on + dt.timedelta(days=364),
            presented_on=approved_on - dt.timedelta(days=10),
        )
        programme_id = story.add_strategy(plan_id, version, 1, STRATEGY)
        over = not current or standing.project is ProjectStatus.COMPLETED
        made = Version(version, plan_id, programme_id, approved_on, over, standing.ended)
        _add_sub_projects(story, made, offices, networks)


def _seats(story: ClusterStory, offices: dict[str, UUID]) -> tuple[Seat, ...]:
    """Return the seats of the council: titles, three of them the cluster's own actors (E4)."""
    return (
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


def _add_sub_projects(
    story: ClusterStory, version: Version, offices: dict[str, UUID], networks: list[UUID]
) -> None:
    for place, (kind, name_fa, name_en) in enumerate(UNDERTAKINGS, 1):
        start = version.approved_on + dt.timedelta(days=15 * place)
        running = SubProjectStatus.IN_PROGRESS if place in SUPPORTED else SubProjectStatus.APPROVED
        by_network = version.number > 1 and place != 1
        facts = SubProjectFacts(
            number=(version.number - 1) * len(UNDERTAKINGS) + place,
            type=kind,
            name_fa=f"{name_fa} ({persian_digits(str(Jalali.of(start).year))})",
            name_en=f"{name_en} ({Jalali.of(start).year})",
            plan_id=version.plan_id,
            programme_id=version.programme_id,
            status=SubProjectStatus.COMPLETED if version.over else running,
            actor=SubProjectActor.NETWORK if by_network else SubProjectActor.AGENT,
            start=start,
            end=min(start + dt.timedelta(days=DAYS), version.ends or dt.date.max),
            network_id=networks[place % len(networks)],
            millions=200 * place,
        )
        sub_project_id = add_sub_project(story, facts)
        if place in SUPPORTED:
            add_commitment(
                story,
                facts,
                sub_project_id,
                institution_id=offices[SUPPORTED[place]],
                kind=CommitmentKind.CASH,
                committed_on=start,
            )
