"""The provinces as facts, and the trap of the codes that were reassigned in 2020."""

import re
from itertools import pairwise

import pytest

from schema.provinces.reference import (
    LORESTAN,
    LORESTAN_COUNTIES,
    PROVINCES,
    CodeVintage,
    UnusableProvinceCode,
    province_by_code,
)

CURRENT, FORMER = CodeVintage.CURRENT, CodeVintage.BEFORE_2020_11_24


def test_there_are_31_provinces_with_distinct_codes_and_names() -> None:
    assert sorted(province.iso_code for province in PROVINCES) == [f"IR-{number:02}" for number in range(31)]
    for column in ("legacy_iso_code", "name_en", "name_fa", "capital_en", "capital_fa"):
        assert len({getattr(province, column) for province in PROVINCES}) == 31
    assert all(re.fullmatch(r"IR-[0-3][0-9]", province.legacy_iso_code) for province in PROVINCES)


def test_all_codes_but_those_of_golestan_and_south_khorasan_changed() -> None:
    unchanged = {province.name_en for province in PROVINCES if province.iso_code == province.legacy_iso_code}
    assert unchanged == {"Golestan", "South Khorasan"}


def test_the_tile_map_gives_every_province_a_cell_and_keeps_west_left_and_north_up() -> None:
    assert len({(province.tile_column, province.tile_row) for province in PROVINCES}) == 31
    by_row = sorted(PROVINCES, key=lambda province: (province.tile_row, province.tile_column))
    for west, east in pairwise(by_row):
        assert west.tile_row < east.tile_row or west.longitude < east.longitude
    by_column = sorted(PROVINCES, key=lambda province: (province.tile_column, province.tile_row))
    for north, south in pairwise(by_column):
        assert north.tile_column < south.tile_column or north.latitude > south.latitude


def test_every_capital_lies_in_iran_and_every_county_of_lorestan_near_khorramabad() -> None:
    assert all(25 < province.latitude < 40 and 44 < province.longitude < 64 for province in PROVINCES)
    assert len(LORESTAN_COUNTIES) == 11
    for county in LORESTAN_COUNTIES:
        assert abs(county.latitude - LORESTAN.latitude) < 1
        assert abs(county.longitude - LORESTAN.longitude) < 1.5


@pytest.mark.parametrize(
    ("iso_code", "vintage", "name"),
    [
        ("IR-20", CURRENT, "Semnan"),
        ("IR-20", FORMER, "Lorestan"),
        ("IR-15", CURRENT, "Lorestan"),
        ("IR-15", FORMER, "Kerman"),
        ("ir-۱۵", CURRENT, "Lorestan"),
        ("\u200eIR-32\u200f", FORMER, "Alborz"),
    ],
)
def test_a_code_means_the_province_of_its_own_list(iso_code: str, vintage: CodeVintage, name: str) -> None:
    assert province_by_code(iso_code, vintage=vintage).name_en == name


@pytest.mark.parametrize("iso_code", ["IR-15", "IR-20"])
@pytest.mark.parametrize("name", ["لرستان", "لُرستان", "Lorestan", " lorestan "])
def test_either_code_of_lorestan_is_accepted_beside_its_name(iso_code: str, name: str) -> None:
    assert province_by_code(iso_code, name=name) is LORESTAN


def test_every_province_is_found_by_each_of_its_codes_with_its_list_or_its_name() -> None:
    for province in PROVINCES:
        assert province_by_code(province.iso_code, vintage=CURRENT) is province
        assert province_by_code(province.legacy_iso_code, vintage=FORMER) is province
        for iso_code in (province.iso_code, province.legacy_iso_code):
            assert province_by_code(iso_code, name=province.name_fa) is province


@pytest.mark.parametrize("iso_code", ["IR-20", "IR-15", "IR-27"])
def test_a_code_alone_is_refused_because_an_old_list_would_move_lorestan_to_semnan(iso_code: str) -> None:
    with pytest.raises(UnusableProvinceCode, match="say which list it is from, or give the name") as refusal:
        province_by_code(iso_code)
    assert "نام استان را هم بنویسید" in refusal.value.reason_fa


@pytest.mark.parametrize(
    ("iso_code", "vintage", "name"),
    [
        ("IR-20", None, "Kerman"),
        ("IR-20", CURRENT, "Lorestan"),
        ("IR-15", FORMER, "Lorestan"),
        ("IR-31", CURRENT, None),
        ("IR-00", FORMER, None),
        ("IR-15", None, ""),
    ],
)
def test_a_code_that_contradicts_its_name_or_its_list_is_refused(
    iso_code: str, vintage: CodeVintage | None, name: str | None
) -> None:
    with pytest.raises(UnusableProvinceCode, match="There is no province"):
        province_by_code(iso_code, vintage=vintage, name=name)


@pytest.mark.parametrize("iso_code", ["", "15", "IR15", "IR-1", "IR-155", "TR-15", "IR-XX", "IR-१५"])
def test_what_is_no_code_is_refused_with_an_example(iso_code: str) -> None:
    with pytest.raises(UnusableProvinceCode, match="write it as in IR-15"):
        province_by_code(iso_code, vintage=CURRENT)
