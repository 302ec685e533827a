"""What is asked of a stakeholder as entered: a name of its own, its county, readable contact data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from schema.decision import Problem
from schema.entries import emptied
from schema.problems import ProblemCode
from schema.text import code, squash
from schema.unusable import Unusable
from schema.vocabulary import SizeClass, StakeholderRole

MOST_WORKERS: Final = 1_000_000
_NEVER_EMPTY: Final = ("kind", "role", "name_fa", "name_en")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_PHONE: Final = re.compile(r"\+?[0-9]{5,15}")
_PHONE_PUNCTUATION: Final = re.compile(r"[\s()/.-]")
_CEILINGS: Final = ((9, SizeClass.MICRO), (49, SizeClass.SMALL), (150, SizeClass.MEDIUM))


@dataclass(frozen=True, slots=True)
class Namesake:
    """A stakeholder of the cluster by what must be its own: name, county and role."""

    id: UUID
    name: str
    role: StakeholderRole
    county_id: UUID | None


@dataclass(frozen=True, slots=True)
class StakeholderHome:
    """The cluster, the counties of its province and who is entered already."""

    id: UUID
    counties: tuple[UUID, ...]
    entered: tuple[Namesake, ...]


def size_of(workers: int) -> SizeClass:
    """Tell the size class by number of workers (E12)."""
    return next((size for most, size in _CEILINGS if workers <= most), SizeClass.LARGE)


def checked(
    values: Mapping[str, object], home: StakeholderHome, *, itself: UUID | None = None
) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """Fold contact data, derive the size class and find everything that is wrong."""
    columns, problems = dict(values), [*emptied(values, *_NEVER_EMPTY)]
    for name, form, refusal in (
        ("phone", _PHONE, ProblemCode.UNUSABLE_PHONE),
        ("email", _EMAIL, ProblemCode.UNUSABLE_EMAIL),
    ):
        if text := columns.get(name):
            columns[name] = _folded(str(text), punctuation=name == "phone")
            if not form.fullmatch(str(columns[name])):
                problems.append(Problem(refusal, (name,)))
    problems += [*_workers(columns), *_placed(columns)]
    county = columns.get("county_id")
    if county is not None and county not in home.counties:
        problems.append(Problem(ProblemCode.COUNTY_OF_ANOTHER_PROVINCE, ("countyId",)))
    if columns.get("role") is StakeholderRole.SUPPORT_INSTITUTION and columns.get("institution_id") is None:
        problems.append(Problem(ProblemCode.REQUIRED, ("institutionId",)))
    problems += _alike(columns, home, itself)
    return columns, tuple(problems)


def key_of(values: Mapping[str, object]) -> tuple[str, object, object]:
    """Make the key that is unique in a cluster: folded name, role and county."""
    return squash(str(values.get("name_fa", ""))), values.get("role"), values.get("county_id")


def _placed(columns: dict[str, object]) -> list[Problem]:
    """Take the county of a city or village for the stakeholder's own, and refuse another one."""
    county = columns.pop("place_county_id", None)
    if columns.get("place_id") is None:
        return []
    if columns.get("county_id") is None:
        columns["county_id"] = county
    if columns["county_id"] != county:
        return [Problem(ProblemCode.PLACE_OF_ANOTHER_COUNTY, ("placeId",))]
    return []


def _workers(columns: dict[str, object]) -> list[Problem]:
    workers = columns.get("workers_count")
    if not isinstance(workers, int):
        return []
    if not 0 <= workers <= MOST_WORKERS:
        limits = {"least": 0, "most": MOST_WORKERS}
        return [Problem(ProblemCode.OUT_OF_RANGE, ("workersCount",), limits)]
    size, said = size_of(workers), columns.get("size_class")
    if said is not None and said is not size:
        told = {"workers": workers, "size": size}
        return [Problem(ProblemCode.SIZE_DIFFERS, ("sizeClass",), told)]
    columns["size_class"] = size
    return []


def _alike(columns: Mapping[str, object], home: StakeholderHome, itself: UUID | None) -> list[Problem]:
    taken = {(other.name, other.role, other.county_id) for other in home.entered if other.id != itself}
    return [Problem(ProblemCode.NOT_UNIQUE, ("nameFa",))] if key_of(columns) in taken else []


def _folded(text: str, *, punctuation: bool) -> str:
    """Read contact data as it was meant; what cannot be read stays as it is and is then refused."""
    try:
        meant = code(text)
    except Unusable:
        return text
    return _PHONE_PUNCTUATION.sub("", meant) if punctuation else meant
