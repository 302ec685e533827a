"""What the office words is what people are told; what no longer fits gives way to the shipped sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schema.vocabulary import UserRole
from services.notifications.messages import Facts, write_message
from services.notifications.wordings import read_wordings, report_unfit

if TYPE_CHECKING:
    from tests.home import Home

PREVIEW = '{ events(filter: {type: {eq: "project.activated"}}) { nodes { messageEn } } }'
OF_PROJECT = {
    "eventType": "project.activated",
    "language": "EN",
    "title": "Development begins",
    "text": "Dear colleagues, development of {cluster} begins.",
}


async def preview(home: Home) -> str:
    nodes = (await home.api.data(PREVIEW))["events"]["nodes"]
    return str(nodes[0]["messageEn"])


async def test_the_office_words_a_message_and_goes_back_to_the_shipped_one(home: Home) -> None:
    office = home.api.as_(UserRole.NATIONAL_ADMINISTRATOR)
    await home.active()
    shipped = await preview(home)
    province = home.api.as_(UserRole.PROVINCE_ADMINISTRATOR)
    assert await province.refused("writeNotificationText", OF_PROJECT) == [("NOT_ALLOWED", [])]
    wording = await office.accepted("writeNotificationText", OF_PROJECT, "id fits")
    assert wording["fits"] is True
    assert await office.refused("writeNotificationText", OF_PROJECT) == [("NOT_UNIQUE", ["language"])]
    told = await preview(home)
    assert told.startswith("Dear colleagues, development of ")
    assert "{" not in told

    book = await read_wordings(home.api.pool)
    message = write_message("project.activated", "EN", Facts("Gelim", wordings=book))
    assert (message.title, message.body) == (
        "Development begins", "Dear colleagues, development of Gelim begins.",
    )  # fmt: skip
    assert write_message("project.activated", "FA", Facts("گلیم", wordings=book)).title != message.title

    await office.accepted("useShippedNotificationText", {"id": wording["id"]})
    assert await preview(home) == shipped
    assert await read_wordings(home.api.pool) == {}
    # Given up is not forgotten: the office may word it anew, and the history keeps both.
    await office.accepted("writeNotificationText", OF_PROJECT)


@pytest.mark.parametrize("text", ["Development began.", "{cluster} {phase}", "{gone} {cluster}"])
async def test_a_wording_that_fits_no_longer_is_reported_and_holds_nothing_up(home: Home, text: str) -> None:
    await home.active()
    shipped = await preview(home)
    await home.api.accepted("writeNotificationText", OF_PROJECT)
    # As after an upgrade whose sentence for the type has other blanks.
    await home.api.pool.execute("update notification_text set text = $1", text)
    shown = await home.api.data("{ notificationTexts { nodes { fits text } } }")
    assert shown["notificationTexts"]["nodes"] == [{"fits": False, "text": text}]
    assert await preview(home) == shipped
    assert await read_wordings(home.api.pool) == {}
    assert await report_unfit(home.api.pool) == 1
