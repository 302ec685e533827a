"""A list says how it stands: by which order, through which filters, and which of them it did not understand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import web
from web.devices import device_of

if TYPE_CHECKING:
    from tests.admin.office import Office


async def test_the_order_a_list_begins_with_is_marked_and_turned_round_by_its_head(office: Office) -> None:
    page = (await office.client.get("/clusters")).text
    assert re.findall(r'aria-sort="(\w+)">\s*<a href="([^"]+)"', page) == [
        ("ascending", "/clusters?sort=-name")
    ]
    turned = (await office.client.get("/clusters?sort=-name")).text
    assert re.findall(r'aria-sort="(\w+)"', turned) == ["descending"]
    log = (await office.client.get("/deliveries?sort=nonsense")).text
    assert re.findall(r'aria-sort="(\w+)"', log) == ["descending"]


async def test_a_filter_that_is_not_known_is_said_to_have_no_effect(office: Office) -> None:
    page = (await office.client.get("/clusters?health=NIX&status=UNDER_DEVELOPMENT")).text
    chips = re.findall(r'<li><a class="chip"[^>]*>(.*?)<svg', page)
    assert ["شناخته نیست و اثری ندارد" in chip for chip in chips] == [False, True]
    assert "NIX" in chips[1]


async def test_a_list_without_filters_shows_nothing_to_search_in(office: Office) -> None:
    for path in ("/set-aside-events", "/jobs"):
        assert 'class="filters"' in (page := (await office.client.get(path)).text)
        assert '<form class="filters" method="get" action="' + path + '" role="search"' not in page
    assert 'role="search"' in (await office.client.get("/clusters")).text


async def test_a_delivery_names_the_person_or_the_endpoint_it_goes_to(office: Office) -> None:
    page = (await office.client.get("/deliveries")).text
    assert set(re.findall(r'data-label="گیرنده">\s*(?:<a[^>]*>)?<bdi>([^<]+)<', page)) == {
        "دفتر ملی",
        "دریافت رویدادها",
    }


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
            ("Chrome", "Windows"),
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", ("Firefox", "Linux")),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 Version/17.0 Safari/604.1",
            ("Safari", "iPhone"),
        ),
        ("curl/8.5", ("", "")),
    ],
)
def test_a_session_is_told_by_its_browser_and_system(agent: str, said: tuple[str, str]) -> None:
    assert device_of(agent) == said


def test_print_leaves_out_what_can_only_be_pressed_and_keeps_what_narrows_the_list() -> None:
    style = (Path(web.__file__).parent / "static" / "khoosheh.css").read_text()
    hidden, shown = re.split(r"display: none !important;", style[style.index("@media print") :], maxsplit=1)
    for pressed in (".button", ".menu", ".chart-numbers:not([open])", ".chips__clear"):
        assert pressed in hidden
    assert ".chips { display: flex; }" in shown
