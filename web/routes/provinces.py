"""The pages of provinces: their committee, their counties, cities and villages."""

from __future__ import annotations

from typing import Final

from web.localisation import mark
from web.page import Column, Listing, Page
from web.parameters import Filter, Order
from web.routes.asking import ADD, asks

HOME: Final = "/provinces/{province.id}"
BY_COUNTY: Final = "/provinces/{county.province.id}"
BY_PLACE: Final = "/provinces/{place.county.province.id}"
BY_COMMITTEE: Final = "/provinces/{provincialCommittee.province.id}"
BY_SEAT: Final = "/provinces/{committeeSeat.committee.province.id}"
POINT: Final = ("nameFa", "nameEn", "latitude", "longitude")
SAID: Final = ("agendaFa", "agendaEn", "minutesFa", "minutesEn")

PAGES: Final = (
    Page(
        "/provinces",
        "provinces/list",
        mark("Provinces"),
        section="provinces",
        filters=(
            Filter(
                "search",
                mark("Search"),
                ("nameFa.contains", "nameEn.contains", "isoCode.contains"),
                hint=mark("Name or ISO code of a province"),
            ),
        ),
        orders=(Order("name", mark("Name"), "nameFa"),),
        name_column=Column("name", mark("Name"), order="name"),
    ),
    Page("/provinces/{id}", "provinces/detail", mark("Province"), section="provinces"),
    asks(
        "/provinces/{id}/counties/new",
        "provinces/county",
        mark("Enter a county"),
        to=BY_COUNTY,
        back=HOME,
        submit=ADD,
        section="provinces",
        fields=POINT,
        hidden={"provinceId": "province.id"},
    ),
    asks(
        "/counties/{id}/edit",
        "counties/edit",
        mark("Correct the county"),
        to=BY_COUNTY,
        section="provinces",
        fields=POINT,
        initial="county",
    ),
    asks(
        "/counties/{id}/places/new",
        "places/create",
        mark("Enter a city or a village"),
        to=BY_PLACE,
        back=BY_COUNTY,
        submit=ADD,
        section="provinces",
        fields=("kind", *POINT),
        hidden={"countyId": "county.id"},
    ),
    asks(
        "/places/{id}/edit",
        "places/edit",
        mark("Correct the city or village"),
        to=BY_PLACE,
        section="provinces",
        fields=("kind", *POINT),
        initial="place",
    ),
    asks(
        "/provinces/{id}/committee/new",
        "committees/form",
        mark("Form the committee"),
        to=BY_COMMITTEE,
        back=HOME,
        submit=mark("Form"),
        toast=mark("The committee is formed: now appoint its offices."),
        section="provinces",
        fields=("formedOn",),
        hidden={"provinceId": "province.id"},
    ),
    asks(
        "/committees/{id}/dissolve",
        "committees/dissolve",
        mark("Dissolve the committee"),
        to=BY_COMMITTEE,
        submit=mark("Dissolve"),
        toast=mark("The committee was dissolved."),
        section="provinces",
        initial="provincialCommittee",
        consequence=mark("Every seat of the committee ends; its sessions stay on record."),
        grave=True,
    ),
    asks(
        "/committees/{id}/seats/new",
        "committees/appoint",
        mark("Appoint an office"),
        to=BY_SEAT,
        back=BY_COMMITTEE,
        submit=mark("Appoint"),
        section="provinces",
        fields=("role", "titleFa", "titleEn", "institutionId", "expert", "validFrom"),
        references={"institutionId": "support"},
        hidden={"committeeId": "provincialCommittee.id"},
    ),
    asks(
        "/committee-seats/{id}/end",
        "committees/end",
        mark("End the seat"),
        to=BY_SEAT,
        submit=mark("End the seat"),
        toast=mark("The seat has ended."),
        section="provinces",
        initial="committeeSeat",
    ),
    asks(
        "/committees/{id}/sessions/new",
        "committees/session",
        mark("Record a session"),
        to="/provinces/{committeeSession.committee.province.id}",
        back=BY_COMMITTEE,
        submit=mark("Record"),
        toast=mark("The session is on record."),
        section="provinces",
        fields=("heldOn", "expert", "planIds", *SAID),
        long=SAID,
        references={"planIds": "plans"},
        hidden={"committeeId": "provincialCommittee.id"},
    ),
    Page(
        "/counties",
        "counties/list",
        mark("Counties"),
        section="provinces",
        filters=(
            Filter(
                "search",
                mark("Search"),
                ("nameFa.contains", "nameEn.contains"),
                hint=mark("Name of a county"),
            ),
            Filter("province", mark("Province"), ("province.isoCode.eq",), options="provinces.isoCode"),
        ),
        orders=(
            Order("name", mark("Name"), "nameFa"),
            Order("province", mark("Province"), "province.nameFa"),
        ),
        name_column=Column(
            "name", mark("Name"), order="name", kind="name", value="self", link="/counties/{id}"
        ),
        columns=(
            Column("province", mark("Province"), order="province", kind="name"),
            Column("clusters", mark("Clusters"), kind="number", value="clusters.totalCount"),
        ),
        listing=Listing(
            mark("The counties of the provinces, with the clusters in them."),
            mark("There is no county yet"),
            mark("Counties are loaded with the reference data."),
        ),
    ),
    Page("/counties/{id}", "counties/detail", mark("County"), section="provinces"),
)
