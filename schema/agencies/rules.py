"""Who may let whom in, with which role and how far; nobody gives away more than one has."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from schema.agencies.checks import Checks
from schema.calendar import tehran_date
from schema.decision import Accepted, Change, Create, Decision, Refused, Remove, Update, refuse
from schema.problems import ProblemCode
from schema.viewers import REACH, ReachSource
from schema.vocabulary import InterfaceLanguage, UserRole

NATIONAL_ROLES: Final = frozenset({UserRole.NATIONAL_ADMINISTRATOR, UserRole.NATIONAL_VIEWER})
GIVEN_BY_A_PROVINCE: Final = frozenset(
    {
        UserRole.PROVINCE_VIEWER,
        UserRole.DEVELOPMENT_AGENT,
        UserRole.COUNCIL_MEMBER,
        UserRole.TECHNICAL_ADVISOR,
        UserRole.NETWORK_REPRESENTATIVE,
    }
)
_EMAIL_PARTS: Final = 2


@dataclass(frozen=True, slots=True)
class Giver:
    """The administrator who lets somebody in: a role, and the provinces it reaches."""

    user_id: UUID | None
    role: UserRole
    provinces: frozenset[UUID]

    @property
    def is_national(self) -> bool:
        """Whether the giver reaches every province."""
        return self.role is UserRole.NATIONAL_ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class Reaching:
    """A province, cluster or institution given to somebody, by the row that says so."""

    id: UUID
    target: UUID


@dataclass(frozen=True, slots=True)
class UserFacts:
    """What the rules need to know of a user."""

    id: UUID
    role: UserRole
    email: str = ""
    name: str = ""
    language: InterfaceLanguage = InterfaceLanguage.FA
    disabled_at: datetime | None = None
    password_changed_at: datetime | None = None
    provinces: tuple[Reaching, ...] = ()
    clusters: tuple[Reaching, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What the rules need to know of a partner agency."""

    id: UUID
    disabled_at: datetime | None = None
    trusted_only_since: datetime | None = None
    provinces: tuple[Reaching, ...] = ()
    clusters: tuple[Reaching, ...] = ()
    institutions: tuple[Reaching, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The reach somebody is to have; a part left out stays as it is."""

    provinces: frozenset[UUID] | None = None
    clusters: frozenset[UUID] | None = None
    institutions: frozenset[UUID] | None = None


def let_in(
    giver: Giver, values: Mapping[str, object], wanted: Wanted, *, new_id: Callable[[], UUID]
) -> Decision:
    """Create a user: an address, a role the giver may give, provinces the giver reaches."""
    checks, role = Checks(), UserRole(str(values["role"]))
    email = str(values["email"]).strip().lower()
    checks.require(_is_email(email), ProblemCode.UNUSABLE_EMAIL, "email")
    _check_role(checks, giver, role)
    _check_reach(checks, giver, role, wanted.provinces or frozenset())
    if checks.problems:
        return Refused(tuple(checks.problems))
    user = new_id()
    made = Create("User", user, {**values, "email": email})
    return Accepted(("User", user), (made, *_given("User", "user_id", user, wanted, new_id)))


def change_user(
    giver: Giver,
    user: UserFacts,
    values: Mapping[str, object],
    wanted: Wanted,
    *,
    new_id: Callable[[], UUID],
) -> Decision:
    """Edit a user; how one reads is one's own, role and reach are an administrator's."""
    checks = Checks()
    entrusted = "role" in values or wanted != Wanted()
    own = user.id == giver.user_id
    if entrusted or not own:
        _check_over(checks, giver, user)
    if entrusted:
        # Nobody entrusts anything to oneself; a role that was not sent is not what is wrong.
        at = "role" if "role" in values else "provinceIds" if wanted.provinces is not None else "clusterIds"
        checks.require(not own, ProblemCode.NOT_ALLOWED, at)
        role = UserRole(str(values.get("role", user.role)))
        if "role" in values and not own:
            _check_role(checks, giver, role)
        provinces = frozenset(part.target for part in user.provinces)
        _check_reach(checks, giver, role, provinces if wanted.provinces is None else wanted.provinces)
    if checks.problems:
        return Refused(tuple(checks.problems))
    changes: list[Change] = [Update("User", user.id, values)] if values else []
    changes += _given("User", "user_id", user.id, wanted, new_id, user)
    return Accepted(("User", user.id), tuple(changes))


def disable_user(giver: Giver, user: UserFacts, *, now: datetime, disabled: bool) -> Decision:
    """Keep a user out, or let the user in again; never oneself, and never what is so already."""
    checks = Checks()
    own = user.id == giver.user_id
    checks.require(not own, ProblemCode.NOT_ONESELF, "id")
    if not own:
        _check_over(checks, giver, user)
    if disabled and user.disabled_at is not None:
        checks.refuse(ProblemCode.ALREADY_DONE, "id", on=tehran_date(user.disabled_at))
    checks.require(disabled or user.disabled_at is not None, ProblemCode.HAS_ACCESS, "id")
    if checks.problems:
        return Refused(tuple(checks.problems))
    return Accepted(("User", user.id), (Update("User", user.id, {"disabled_at": now if disabled else None}),))


def let_agency_in(values: Mapping[str, object], wanted: Wanted, *, new_id: Callable[[], UUID]) -> Decision:
    """Create a partner agency with its reach."""
    email = values.get("contact_email")
    if email is not None and not _is_email(str(email)):
        return refuse(ProblemCode.UNUSABLE_EMAIL, "contactEmail")
    agency = new_id()
    made = Create("PartnerAgency", agency, values)
    return Accepted(("PartnerAgency", agency), (made, *_given("Agency", "agency_id", agency, wanted, new_id)))


def change_agency(
    agency: AgencyFacts, values: Mapping[str, object], wanted: Wanted, *, new_id: Callable[[], UUID]
) -> Decision:
    """Edit a partner agency and its reach; what it is without already, it is without since then."""
    since = {"disabled_at": agency.disabled_at, "trusted_only_since": agency.trusted_only_since}
    values = {name: (value and since.get(name)) or value for name, value in values.items()}
    email = values.get("contact_email")
    if email is not None and not _is_email(str(email)):
        return refuse(ProblemCode.UNUSABLE_EMAIL, "contactEmail")
    changes: list[Change] = [Update("PartnerAgency", agency.id, values)] if values else []
    changes += _given("Agency", "agency_id", agency.id, wanted, new_id, agency)
    return Accepted(("PartnerAgency", agency.id), tuple(changes))


def stands_above(giver: Giver, user: UserFacts) -> bool:
    """Whether the giver stands above the user: by role, and in every province the user belongs to."""
    if giver.is_national:
        return True
    return (
        giver.role is UserRole.PROVINCE_ADMINISTRATOR
        and user.role in GIVEN_BY_A_PROVINCE
        and {part.target for part in user.provinces} <= giver.provinces
    )


def _is_email(text: str) -> bool:
    parts = text.split("@")
    return len(parts) == _EMAIL_PARTS and all(parts) and not any(letter.isspace() for letter in text)


def _check_role(checks: Checks, giver: Giver, role: UserRole) -> None:
    """Agencies are not users, and a province administrator makes nobody an equal."""
    allowed = frozenset(UserRole) - {UserRole.PARTNER_AGENCY} if giver.is_national else GIVEN_BY_A_PROVINCE
    checks.require(role in allowed, ProblemCode.NOT_ALLOWED, "role")


def _check_over(checks: Checks, giver: Giver, user: UserFacts) -> None:
    checks.require(stands_above(giver, user), ProblemCode.NOT_ALLOWED, "id", role=giver.role)


def _check_reach(checks: Checks, giver: Giver, role: UserRole, provinces: frozenset[UUID]) -> None:
    checks.require(bool(provinces) or role in NATIONAL_ROLES, ProblemCode.REQUIRED, "provinceIds")
    checks.require(giver.is_national or provinces <= giver.provinces, ProblemCode.NOT_ALLOWED, "provinceIds")


def takes_clusters(role: UserRole) -> bool:
    """Whether clusters may be given to a role, rather than follow from assignments and seats."""
    return ReachSource.CLUSTERS in REACH[role]


def _given(
    owner: str,
    column: str,
    owner_id: UUID,
    wanted: Wanted,
    new_id: Callable[[], UUID],
    current: UserFacts | AgencyFacts | None = None,
) -> Iterable[Change]:
    """Return the rows that have to come and go so that the reach is the wanted one."""
    for part, name, target in (
        ("provinces", "Province", "province_id"),
        ("clusters", "Cluster", "cluster_id"),
        ("institutions", "Institution", "institution_id"),
    ):
        targets: frozenset[UUID] | None = getattr(wanted, part)
        if targets is None:
            continue
        held: tuple[Reaching, ...] = getattr(current, part, ())
        for had in held:
            if had.target not in targets:
                yield Remove(f"{owner}{name}", had.id)
        for new in sorted(targets - {had.target for had in held}):
            yield Create(f"{owner}{name}", new_id(), {column: owner_id, target: new})
