"""The 122 workshops of the Lorestan cluster as numbered stakeholders: no person, no address, no telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.networks.rows import Network, NetworkMember
from schema.provinces.reference import LORESTAN_COUNTIES, LORESTAN_TOWNS
from schema.stakeholders.rows import Membership, Stakeholder
from schema.text import persian_digits
from schema.vocabulary import (
    Gender,
    LegalForm,
    NetworkKind,
    RegistrationStatus,
    SizeClass,
    StakeholderKind,
    StakeholderRole,
)
from services.sample.lorestan.facts import CLUSTER, read
from services.sample.reference import county_id, day, place_id

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory

WORKSHOPS: Final[int] = CLUSTER["workshops_count"]
WORKERS: Final[int] = CLUSTER["workers_count"]
MICRO: Final = 10
# How often each role appears among the workshops: weaving is what most of them do.
ROLES: Final = (
    *[StakeholderRole.WEAVER] * 9,
    *[StakeholderRole.PRODUCER_WORKSHOP] * 4,
    *[StakeholderRole.DYER] * 2,
    StakeholderRole.SPINNER,
    StakeholderRole.DESIGNER,
    StakeholderRole.FINISHING_REPAIR,
    StakeholderRole.EXPORTER,
    StakeholderRole.RAW_MATERIAL_SUPPLIER,
    StakeholderRole.TOOL_SUPPLIER,
    StakeholderRole.TRADER,
)
LEAVES_EVERY: Final = 17


def role_of(number: int) -> StakeholderRole:
    """Return the role of a workshop; neighbours in the list differ."""
    return ROLES[number * 7 % len(ROLES)]


def workers_of(number: int) -> int:
    """Return how many work there: 3 to 9, some more, 700 together."""
    return _WORKERS[number - 1]


def _spread() -> tuple[int, ...]:
    sizes = [3 + number * 5 % 5 + (8 if number % 24 == 0 else 0) for number in range(1, WORKSHOPS + 1)]
    rest, number = WORKERS - sum(sizes), 0
    while rest:
        step = 1 if rest > 0 else -1
        if 1 < sizes[number] + step < MICRO:
            sizes[number] += step
            rest -= step
        number = (number + 1) % WORKSHOPS
    return tuple(sizes)


_WORKERS: Final = _spread()


def add_workshops(story: ClusterStory) -> None:
    """Add the workshops, nearly all of them members since the project began."""
    began = day(CLUSTER["project"]["started_on"])
    for number in range(1, WORKSHOPS + 1):
        county = LORESTAN_COUNTIES[number * number % len(LORESTAN_COUNTIES)]
        workers, town = workers_of(number), LORESTAN_TOWNS.get(county.name_en)
        stakeholder_id = story.add(
            Stakeholder,
            number,
            kind=StakeholderKind.WORKSHOP,
            role=role_of(number),
            name_fa=f"کارگاه {persian_digits(f'{number:03}')}",
            name_en=f"Workshop {number:03}",
            county_id=county_id(county.name_en),
            place_id=place_id(town.name_en) if town and number % 2 else None,
            size_class=SizeClass.MICRO if workers < MICRO else SizeClass.SMALL,
            workers_count=workers,
            lead_gender=Gender.MAN if number % 5 == 0 else Gender.WOMAN,
        )
        if number % 11:
            story.add(
                Membership,
                number,
                stakeholder_id=stakeholder_id,
                valid_from=began,
                valid_to=day("1396-04-31") if number % LEAVES_EVERY == 0 else None,
            )


def add_institution_stakeholders(story: ClusterStory, institutions: dict[str, UUID]) -> None:
    """Add the institutions that have a stake in the cluster (R54): stakeholders, never members."""
    for facts in read("institutions"):
        story.add(
            Stakeholder,
            facts["key"],
            kind=StakeholderKind.ORGANISATION,
            role=StakeholderRole.SUPPORT_INSTITUTION,
            name_fa=facts["name_fa"],
            name_en=facts["name_en"],
            institution_id=institutions[facts["key"]],
        )


def add_networks(story: ClusterStory) -> dict[str, UUID]:
    """Add the four networks with members of the roles they bring together; return them by key."""
    networks: dict[str, UUID] = {}
    for facts in read("networks"):
        legal_form = facts.get("legal_form")
        network_id = story.add(
            Network,
            facts["key"],
            kind=NetworkKind(facts["kind"]),
            name_fa=facts["name_fa"],
            name_en=facts["name_en"],
            registration_status=RegistrationStatus(facts["registration_status"]),
            legal_form=LegalForm(legal_form) if legal_form else None,
            registration_number=facts.get("registration_number"),
            formed_on=day(facts["formed_on"]),
            registered_on=day(facts["registered_on"]) if "registered_on" in facts else None,
            last_assembly_on=day(facts["last_assembly_on"]) if "last_assembly_on" in facts else None,
        )
        networks[facts["key"]] = network_id
        for number in range(1, WORKSHOPS + 1):
            if role_of(number) in facts["roles"] and number % 3 and number % LEAVES_EVERY:
                story.add(
                    NetworkMember,
                    facts["key"],
                    number,
                    network_id=network_id,
                    stakeholder_id=story.identity("Stakeholder", number),
                    valid_from=day(facts["formed_on"]),
                )
    return networks
