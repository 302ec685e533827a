"""What the office words is what people are told; what no longer fits gives way to the shipped sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from schema.vocabulary import Channel, UserRole
from services.notifications.deliveries import Deliveries
from services.notifications.fan_out import FanOut
from services.notifications.messages import Facts, write_message, write_together
from services.notifications.wordings import read_wordings, report_unfit

if TYPE_CHECKING:
    from tests.events.conftest import Country
    from tests.home import Home

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
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


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("{phase} of {cluster} is behind us.", "Well done", "Diagnostic study of cluster-1 is behind us."),
        ("{gone}", "Phase completed", "The phase Diagnostic study of the cluster cluster-1 was completed."),
    ],
)
async def test_inbox_and_letter_are_told_in_the_words_of_the_office_or_else_in_ours(
    country: Country, text: str, title: str, body: str
) -> None:
    province = await country.province(1)
    reader = await country.administrator(province)
    await country.pool.execute("update notification_preference set mail = 'IMMEDIATE' where id = $1", reader)
    await country.record(
        "notification_text", event_type="phase.completed", language="EN", title="Well done", text=text
    )
    await country.happen(await country.cluster(province))
    await FanOut(country.pool, lambda: NOW, ways=[Channel.EMAIL]).route()
    entry = await country.pool.fetchrow("select title, body from inbox_entry where user_id = $1", reader)
    assert (entry["title"], entry["body"]) == (title, body)
    deliveries = Deliveries(country.pool, country.settings, {Channel.EMAIL: 5})
    ((letter,),) = await deliveries.take(5)
    assert letter.event is not None
    assert write_together(letter.event, (), "EN").body == body
