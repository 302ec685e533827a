"""What the particulars of a cluster must be like: names, address name, codes, counts, days, place."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from schema.decision import Change, Create, Problem, Remove, Update
from schema.problems import ProblemCode
from schema.text import code, squash
from schema.unusable import Unusable

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG_LENGTH: Final = 100
_SECTOR: Final = re.compile(r"[0-9]{5}")
_WEBSITE: Final = re.compile(r"https?://[^\s/$.?#][^\s]*", re.IGNORECASE)
_NEVER_EMPTY: Final = ("name_fa", "name_en", "slug")
_DAYS: Final = ("identified_on", "established_on", "counted_on")
_BOUNDS: Final = {
    "workshops_count": (0, 10_000_000),
    "workers_count": (0, 100_000_000),
    "latitude": (-90, 90),
    "longitude": (-180, 180),
    "management_fte": (0, 1000),
}


@dataclass(frozen=True, slots=True)
class CountyFacts:
    """A county in which a cluster may have workshops."""

    id: UUID
    name_fa: str


@dataclass(frozen=True, slots=True)
class CountyLink:
    """A county that a cluster is recorded in."""

    id: UUID
    county_id: UUID


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product line of a cluster, by its place in the list and the key of its name."""

    id: UUID
    ordinal: int
    name_key: str


def path_of(column: str) -> str:
    """Name the input field of a column."""
    first, *rest = column.split("_")
    return first + "".join(word.capitalize() for word in rest)


def slug_of(name: str) -> str:
    """Derive the name in addresses from the English name."""
    return "-".join(re.findall("[a-z0-9]+", squash_words(name)))[:_SLUG_LENGTH].strip("-")


def squash_words(name: str) -> str:
    """Read a Latin text as it was meant, in lower case; nothing where it cannot be read."""
    try:
        return code(name).lower()
    except Unusable:
        return ""


def checked(
    values: Mapping[str, object], *, today: date, required: Collection[str] = ()
) -> tuple[dict[str, object], list[Problem]]:
    """Fold codes to their canonical form and find everything that is wrong with the particulars."""
    folded = dict(values)
    problems = [
        Problem(ProblemCode.REQUIRED, (path_of(name),))
        for name in dict.fromkeys((*required, *(name for name in _NEVER_EMPTY if name in values)))
        if not folded.get(name)
    ]
    for name, form, example, refusal in (
        ("slug", _SLUG, "lorestan-gelim", ProblemCode.UNUSABLE_SLUG),
        ("sector_code", _SECTOR, "32140", ProblemCode.UNUSABLE_CODE),
        ("website", _WEBSITE, "https://example.ir", ProblemCode.UNUSABLE_CODE),
    ):
        if text := folded.get(name):
            meant = squash_words(str(text)) if name != "website" else str(text)
            folded[name] = meant
            if not form.fullmatch(meant) or (name == "slug" and len(meant) > _SLUG_LENGTH):
                problems.append(Problem(refusal, (path_of(name),), {"example": example}))
    for name in _DAYS:
        day = folded.get(name)
        if isinstance(day, date) and day > today:
            problems.append(Problem(ProblemCode.IN_FUTURE, (path_of(name),), {"date": day}))
    for name, (least, most) in _BOUNDS.items():
        number = folded.get(name)
        if isinstance(number, int | float) and not least <= number <= most:
            problems.append(
                Problem(ProblemCode.OUT_OF_RANGE, (path_of(name),), {"least": least, "most": most})
            )
    return folded, problems


def check_counties(chosen: Collection[UUID], available: Collection[CountyFacts]) -> list[Problem]:
    """Refuse counties that are not in the cluster's province."""
    known = {county.id for county in available}
    return [
        Problem(ProblemCode.PROVINCE_MISMATCH, ("countyIds", str(place)), {"county": f"#{place + 1}"})
        for place, county in enumerate(chosen)
        if county not in known
    ]


def check_products(products: Collection[Mapping[str, object]]) -> list[Problem]:
    """Refuse products without names, and the same name twice."""
    problems = []
    seen: set[str] = set()
    for place, product in enumerate(products):
        problems += [
            Problem(ProblemCode.REQUIRED, ("products", str(place), path_of(name)))
            for name in ("name_fa", "name_en")
            if not product.get(name)
        ]
        key = squash(str(product.get("name_fa") or ""))
        if key and key in seen:
            problems.append(Problem(ProblemCode.NOT_UNIQUE, ("products", str(place), "nameFa")))
        seen.add(key)
    return problems


def place_in_counties(
    cluster: UUID, chosen: Collection[UUID], linked: Collection[CountyLink], new_id: Callable[[], UUID]
) -> list[Change]:
    """Bring the recorded counties in line with the chosen ones."""
    kept = {link.county_id for link in linked}
    changes: list[Change] = [
        Remove("ClusterCounty", link.id) for link in linked if link.county_id not in chosen
    ]
    changes += [
        Create("ClusterCounty", new_id(), {"cluster_id": cluster, "county_id": county})
        for county in dict.fromkeys(chosen)
        if county not in kept
    ]
    return changes


def list_products(
    cluster: UUID,
    products: Collection[Mapping[str, object]],
    listed: Collection[ProductLine],
    new_id: Callable[[], UUID],
) -> list[Change]:
    """Bring the recorded product lines in line with the given list; the same name keeps its row."""
    by_key = {line.name_key: line for line in listed}
    given = {squash(str(product["name_fa"])) for product in products}
    changes: list[Change] = [Remove("Product", line.id) for line in listed if line.name_key not in given]
    for ordinal, product in enumerate(products, 1):
        line = by_key.get(squash(str(product["name_fa"])))
        if line is None:
            changes.append(
                Create("Product", new_id(), {"cluster_id": cluster, "ordinal": ordinal, **product})
            )
        else:
            changes.append(Update("Product", line.id, {"ordinal": ordinal, **product}))
    return changes
