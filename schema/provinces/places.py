"""What may be entered below a province: counties, whose borders change, and their cities and villages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from schema.decision import Accepted, Create, Decision, Permission, Problem, Refused, Update, permission
from schema.entries import emptied
from schema.problems import ProblemCode
from schema.support.rules import EVERYWHERE, Reach
from schema.text import squash
from schema.vocabulary import PlaceKind

_NEVER_EMPTY: Final = ("name_fa", "name_en", "kind")
_BOUNDS: Final = {"latitude": 90, "longitude": 180}


@dataclass(frozen=True, slots=True)
class Named:
    """Something of the same list, by its folded Persian name."""

    id: UUID
    name: str
    kind: PlaceKind | None = None


@dataclass(frozen=True, slots=True)
class ProvinceFacts:
    """A province and its counties."""

    id: UUID
    counties: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class CountyFacts:
    """A county, the counties beside it and its places."""

    id: UUID
    province_id: UUID
    siblings: tuple[Named, ...]
    places: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A place, its province and the places beside it."""

    id: UUID
    county_id: UUID
    province_id: UUID
    kind: PlaceKind
    name_fa: str
    siblings: tuple[Named, ...]


def add_county(
    province: ProvinceFacts, values: Mapping[str, object], *, reach: Reach, new_id: Callable[[], UUID]
) -> Decision:
    """Enter a county of a province."""
    problems = [
        *_foreign(province.id, reach, "provinceId"),
        *_unusable(values),
        *_taken(values, province.counties),
    ]
    if problems:
        return Refused(tuple(problems))
    county_id = new_id()
    row = {**values, "province_id": province.id}
    return Accepted(("County", county_id), (Create("County", county_id, row),))


def edit_county(county: CountyFacts, values: Mapping[str, object], *, reach: Reach) -> Decision:
    """Correct the name of a county or where its centre lies."""
    others = tuple(other for other in county.siblings if other.id != county.id)
    problems = [*_foreign(county.province_id, reach, "id"), *_unusable(values), *_taken(values, others)]
    if problems:
        return Refused(tuple(problems))
    return Accepted(("County", county.id), (Update("County", county.id, values),))


def add_place(
    county: CountyFacts, values: Mapping[str, object], *, reach: Reach, new_id: Callable[[], UUID]
) -> Decision:
    """Enter a city or a village of a county; both may bear the same name."""
    problems = [
        *_foreign(county.province_id, reach, "countyId"),
        *_unusable(values),
        *_taken(values, county.places),
    ]
    if problems:
        return Refused(tuple(problems))
    place_id = new_id()
    return Accepted(("Place", place_id), (Create("Place", place_id, {**values, "county_id": county.id}),))


def edit_place(place: PlaceFacts, values: Mapping[str, object], *, reach: Reach) -> Decision:
    """Correct a place; a village that became a city is one from now on."""
    others = tuple(other for other in place.siblings if other.id != place.id)
    whole = {"kind": place.kind, "name_fa": place.name_fa, **values}
    problems = [*_foreign(place.province_id, reach, "id"), *_unusable(values), *_taken(whole, others)]
    if problems:
        return Refused(tuple(problems))
    return Accepted(("Place", place.id), (Update("Place", place.id, values),))


def permitted_in_province(province: ProvinceFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open below a province, for those within whose reach it is."""
    del today
    added = add_county(province, {}, reach=EVERYWHERE, new_id=lambda: province.id)
    return (permission("addCounty", added),)


def permitted_in_county(county: CountyFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a county."""
    del today
    return (
        permission("editCounty", edit_county(county, {}, reach=EVERYWHERE)),
        permission("addPlace", add_place(county, {}, reach=EVERYWHERE, new_id=lambda: county.id)),
    )


def permitted_on_place(place: PlaceFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a place."""
    del today
    edited = edit_place(place, {}, reach=EVERYWHERE)
    return (permission("editPlace", edited),)


def _foreign(province_id: UUID, reach: Reach, path: str) -> list[Problem]:
    return [] if reach.holds(province_id) else [Problem(ProblemCode.OUT_OF_REACH, (path,))]


def _unusable(values: Mapping[str, object]) -> list[Problem]:
    problems = [*emptied(values, *_NEVER_EMPTY)]
    for name, most in _BOUNDS.items():
        number = values.get(name)
        if isinstance(number, float | int) and not -most <= number <= most:
            bounds = {"least": -most, "most": most}
            problems.append(Problem(ProblemCode.OUT_OF_RANGE, (name,), bounds))
    return problems


def _taken(values: Mapping[str, object], others: tuple[Named, ...]) -> list[Problem]:
    name = values.get("name_fa")
    if not name:
        return []
    key = squash(str(name))
    if any(other.name == key and other.kind == values.get("kind") for other in others):
        return [Problem(ProblemCode.NOT_UNIQUE, ("nameFa",))]
    return []
