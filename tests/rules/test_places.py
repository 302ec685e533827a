"""Counties, cities and villages: entered within one's provinces, named once, on the globe."""

from __future__ import annotations

from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Decision, Refused
from schema.problems import ProblemCode
from schema.provinces import places
from schema.support.rules import EVERYWHERE, Reach
from schema.text import squash
from schema.vocabulary import PlaceKind

LORESTAN, KERMAN, DELFAN, NURABAD, CHEGENI = (UUID(int=number) for number in range(1, 6))
HERE = (places.Named(DELFAN, squash("دلفان")), places.Named(CHEGENI, squash("چگنی")))
TOWNS = (places.Named(NURABAD, squash("نورآباد"), PlaceKind.CITY),)
PROVINCE = places.ProvinceFacts(LORESTAN, HERE)
COUNTY = places.CountyFacts(DELFAN, LORESTAN, HERE, TOWNS)
PLACE = places.PlaceFacts(NURABAD, DELFAN, LORESTAN, PlaceKind.CITY, "نورآباد", TOWNS)
NAMES: dict[str, object] = {"name_fa": "نورآباد", "name_en": "Nurabad"}


def told(decision: Decision) -> list[tuple[ProblemCode, tuple[str, ...]]]:
    assert isinstance(decision, Refused), decision
    return [(problem.code, problem.path) for problem in decision.problems]


def new_id() -> UUID:
    return UUID(int=99)


def test_a_county_of_a_province_is_entered_once_whatever_the_letters() -> None:
    entered = places.add_county(PROVINCE, {**NAMES, "name_fa": "رومشکان"}, reach=EVERYWHERE, new_id=new_id)
    assert isinstance(entered, Accepted)
    (row,) = entered.changes
    assert isinstance(row, Create)
    assert row.values["province_id"] == LORESTAN
    again = places.add_county(PROVINCE, {**NAMES, "name_fa": "چگني"}, reach=EVERYWHERE, new_id=new_id)
    assert told(again) == [(ProblemCode.NOT_UNIQUE, ("nameFa",))]
    assert isinstance(places.edit_county(COUNTY, {"name_fa": "دلفان"}, reach=EVERYWHERE), Accepted)
    assert told(places.edit_county(COUNTY, {"name_fa": "چگنی"}, reach=EVERYWHERE)) == [
        (ProblemCode.NOT_UNIQUE, ("nameFa",))
    ]


def test_a_city_and_a_village_may_bear_the_same_name() -> None:
    village = {**NAMES, "kind": PlaceKind.VILLAGE}
    assert isinstance(places.add_place(COUNTY, village, reach=EVERYWHERE, new_id=new_id), Accepted)
    city = {**NAMES, "kind": PlaceKind.CITY}
    assert told(places.add_place(COUNTY, city, reach=EVERYWHERE, new_id=new_id)) == [
        (ProblemCode.NOT_UNIQUE, ("nameFa",))
    ]
    assert isinstance(places.edit_place(PLACE, {"kind": PlaceKind.VILLAGE}, reach=EVERYWHERE), Accepted)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"name_en": ""}, (ProblemCode.REQUIRED, ("nameEn",))),
        ({"latitude": 90.5}, (ProblemCode.OUT_OF_RANGE, ("latitude",))),
        ({"longitude": -181.0}, (ProblemCode.OUT_OF_RANGE, ("longitude",))),
    ],
)
def test_a_place_has_its_names_and_lies_on_the_globe(
    given: dict[str, object], expected: tuple[ProblemCode, tuple[str, ...]]
) -> None:
    assert told(places.edit_place(PLACE, given, reach=EVERYWHERE)) == [expected]
    assert told(places.edit_county(COUNTY, given, reach=EVERYWHERE)) == [expected]


def test_nobody_enters_or_corrects_places_of_another_province() -> None:
    elsewhere = Reach(national=False, provinces=(KERMAN,))
    for decision, path in (
        (places.add_county(PROVINCE, {}, reach=elsewhere, new_id=new_id), "provinceId"),
        (places.edit_county(COUNTY, {}, reach=elsewhere), "id"),
        (places.add_place(COUNTY, {}, reach=elsewhere, new_id=new_id), "countyId"),
        (places.edit_place(PLACE, {}, reach=elsewhere), "id"),
    ):
        assert told(decision) == [(ProblemCode.OUT_OF_REACH, (path,))]
