"""The stakeholders, members and networks of the national data set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.networks.rows import Network, NetworkMember
from schema.stakeholders.rows import Membership, Stakeholder
from schema.vocabulary import (
    LegalForm,
    NetworkKind,
    RegistrationStatus,
    SizeClass,
    StakeholderKind,
    StakeholderRole,
)
from services.sample.identities import numbered
from services.sample.national import size
from services.sample.national.words import NAMES, named

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.national.clusters import National
    from services.sample.sheets import Sheets

(STAKEHOLDER, MEMBERSHIP, NETWORK, NETWORK_MEMBER) = range(11, 15)
ROLES: Final = tuple(role for role in StakeholderRole if role is not StakeholderRole.SUPPORT_INSTITUTION)
# kind | Persian and English name; every second one of the first four is registered
NETWORKS: Final = (
    (NetworkKind.HORIZONTAL, "شبکه تولیدکنندگان", "Network of producers"),
    (NetworkKind.EXPORT_CONSORTIUM, "کنسرسیوم صادراتی", "Export consortium"),
    (NetworkKind.VERTICAL, "شبکه تأمین مواد اولیه", "Network of raw-material supply"),
    (NetworkKind.HORIZONTAL, "شبکه فروش", "Network of sales"),
    (NetworkKind.COMPREHENSIVE, "شبکه فراگیر", "Comprehensive network"),
)
MICRO: Final = 10


def stakeholder_id(one: National, place: int) -> UUID:
    """Return the id of a stakeholder of the cluster."""
    return numbered(STAKEHOLDER, one.number * size.STAKEHOLDERS + place)


def network_id(one: National, place: int) -> UUID:
    """Return the id of a network of the cluster."""
    return numbered(NETWORK, one.number * size.NETWORKS + place)


def add_members(sheets: Sheets, one: National) -> None:
    """Add a cluster's stakeholders, those of them who are members, and the networks they form."""
    cluster_id, began = one.id, one.began
    for place in range(size.STAKEHOLDERS):
        number = one.number * size.STAKEHOLDERS + place
        workers = 1 + number % 31
        sheets.add(
            Stakeholder,
            stakeholder_id(one, place),
            is_sample=True,
            cluster_id=cluster_id,
            kind=StakeholderKind.WORKSHOP,
            role=ROLES[number % len(ROLES)],
            name_fa=named(f"کارگاه {NAMES[number * 13 % len(NAMES)]}", place),
            name_en=f"Workshop {number}",
            size_class=SizeClass.MICRO if workers < MICRO else SizeClass.SMALL,
            workers_count=workers,
        )
        if place < size.MEMBERS:
            sheets.add(
                Membership,
                numbered(MEMBERSHIP, one.number * size.MEMBERS + place),
                is_sample=True,
                cluster_id=cluster_id,
                stakeholder_id=stakeholder_id(one, place),
                valid_from=began,
            )
    _add_networks(sheets, one)


def _add_networks(sheets: Sheets, one: National) -> None:
    for place, (kind, name_fa, name_en) in enumerate(NETWORKS):
        registered = place % 2 == 1
        sheets.add(
            Network,
            network_id(one, place),
            is_sample=True,
            cluster_id=one.id,
            kind=kind,
            name_fa=named(name_fa, one.number),
            name_en=f"{name_en} {one.number}",
            registration_status=RegistrationStatus.REGISTERED
            if registered
            else RegistrationStatus.UNREGISTERED,
            legal_form=LegalForm.COOPERATIVE if registered else None,
            registration_number=str(10_000 + one.number) if registered else None,
            formed_on=one.began,
            registered_on=one.began if registered else None,
        )
        for member in range(size.NETWORK_MEMBERS):
            number = (one.number * size.NETWORKS + place) * size.NETWORK_MEMBERS + member
            sheets.add(
                NetworkMember,
                numbered(NETWORK_MEMBER, number),
                is_sample=True,
                cluster_id=one.id,
                network_id=network_id(one, place),
                stakeholder_id=stakeholder_id(one, place * size.NETWORK_MEMBERS + member),
                valid_from=one.began,
            )
