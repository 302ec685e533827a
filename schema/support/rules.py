"""What may happen to a support institution: entered, edited, renamed, removed (R14)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from schema.decision import (
    Accepted,
    Create,
    Decision,
    Permission,
    Problem,
    Refused,
    Remove,
    Update,
    permission,
    refuse,
)
from schema.entries import emptied
from schema.problems import ProblemCode
from schema.problems.occasions import Occasion
from schema.text import squash

_NEVER_EMPTY: Final = ("name_fa", "name_en", "kind", "sector")


@dataclass(frozen=True, slots=True)
class Reach:
    """The provinces a viewer administers; nothing limits the national office."""

    national: bool
    provinces: tuple[UUID, ...] = ()

    def holds(self, province_id: UUID | None) -> bool:
        """Whether an institution of that province, or a national one, is within reach."""
        return self.national or (province_id is not None and province_id in self.provinces)


@dataclass(frozen=True, slots=True)
class InstitutionFacts:
    """What the rules need to know of an institution."""

    id: UUID
    name_fa: str
    name_en: str
    province_id: UUID | None
    parent_id: UUID | None
    named_since: date | None
    branches: tuple[UUID, ...]
    commitments: int
    executed_projects: int = 0
    chaired_councils: int = 0

    @property
    def dependants(self) -> int:
        """How many things could not do without it."""
        return self.commitments + self.executed_projects + self.chaired_councils + len(self.branches)


EVERYWHERE: Final = Reach(national=True)


def enter(
    values: Mapping[str, object], *, province_id: UUID | None, reach: Reach, new_id: Callable[[], UUID]
) -> Decision:
    """Enter an institution of a province, or a national one."""
    problems = [*emptied(values, *_NEVER_EMPTY), *_code(values)]
    if not reach.holds(province_id):
        problems.append(Problem(ProblemCode.OUT_OF_REACH, ("provinceId",)))
    if problems:
        return Refused(tuple(problems))
    institution_id = new_id()
    institution = {**values, "province_id": province_id}
    return Accepted(
        ("SupportInstitution", institution_id), (Create("SupportInstitution", institution_id, institution),)
    )


def edit(institution: InstitutionFacts, values: Mapping[str, object], *, reach: Reach) -> Decision:
    """Change what an institution is; its names change by renaming."""
    problems = [*_foreign(institution, reach), *emptied(values, *_NEVER_EMPTY), *_code(values)]
    parent = values.get("parent_id")
    if parent is not None and parent in {institution.id, *institution.branches}:
        problems.append(Problem(ProblemCode.PARENT_IS_A_BRANCH, ("parentId",)))
    if problems:
        return Refused(tuple(problems))
    return Accepted(
        ("SupportInstitution", institution.id), (Update("SupportInstitution", institution.id, values),)
    )


def rename(
    institution: InstitutionFacts,
    *,
    name_fa: str,
    name_en: str,
    on: date,
    reach: Reach,
    new_id: Callable[[], UUID],
) -> Decision:
    """Give an institution a new name; the former one stays on record with the time it was borne."""
    values = {"name_fa": name_fa, "name_en": name_en}
    problems = [*_foreign(institution, reach), *emptied(values, *_NEVER_EMPTY)]
    since = institution.named_since
    if since is not None and on < since:
        days = {"start": since, "end": on, "event": Occasion.NAME_BORNE}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), days))
    if squash(name_fa) == squash(institution.name_fa) and name_en == institution.name_en:
        problems.append(Problem(ProblemCode.NOT_UNIQUE, ("nameFa",)))
    if problems:
        return Refused(tuple(problems))
    former = {
        "institution_id": institution.id,
        "name_fa": institution.name_fa,
        "name_en": institution.name_en,
        "valid_from": since,
        "valid_to": on,
    }
    return Accepted(
        ("SupportInstitution", institution.id),
        (
            Create("InstitutionName", new_id(), former),
            Update("SupportInstitution", institution.id, values),
        ),
    )


def remove(institution: InstitutionFacts, *, reach: Reach) -> Decision:
    """Remove an institution that has promised nothing, carries nothing out and has no branches."""
    problems = [*_foreign(institution, reach)]
    if dependants := institution.dependants:
        problems.append(Problem(ProblemCode.STILL_IN_USE, (), {"count": dependants}))
    if problems:
        return Refused(tuple(problems))
    return Accepted(("SupportInstitution", institution.id), (Remove("SupportInstitution", institution.id),))


def restore(institution: InstitutionFacts, *, reach: Reach) -> Decision:
    """Bring back an institution that was removed."""
    if problems := _foreign(institution, reach):
        return Refused(problems)
    return Accepted(
        ("SupportInstitution", institution.id),
        (Update("SupportInstitution", institution.id, {"deleted_at": None}),),
    )


def permitted(institution: InstitutionFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on an institution today, for those within whose reach it is."""
    renamed = rename(
        institution,
        name_fa=f"{institution.name_fa}-",
        name_en=institution.name_en,
        on=today,
        reach=EVERYWHERE,
        new_id=lambda: institution.id,
    )
    return (
        permission("editSupportInstitution", edit(institution, {}, reach=EVERYWHERE)),
        permission("renameSupportInstitution", renamed),
        permission("removeSupportInstitution", remove(institution, reach=EVERYWHERE)),
    )


def _foreign(institution: InstitutionFacts, reach: Reach) -> tuple[Problem, ...]:
    return () if reach.holds(institution.province_id) else refuse(ProblemCode.OUT_OF_REACH).problems


def _code(values: Mapping[str, object]) -> tuple[Problem, ...]:
    """IATI organisation types are two digits, however they were typed."""
    kind = values.get("iati_organisation_type")
    if kind is None or (isinstance(kind, str) and len(kind) == 2 and kind.isascii() and kind.isdigit()):  # noqa: PLR2004 - the format of the code
        return ()
    return (Problem(ProblemCode.UNUSABLE_CODE, ("iatiOrganisationType",), {"example": "10"}),)
