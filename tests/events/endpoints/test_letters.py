"""An agency whose only endpoint was paused is written to by e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from services.notifications.channels.registry import open_ways
from services.notifications.deliveries import Deliveries
from services.notifications.measures import Measures
from services.notifications.sender import Sender
from services.notifications.standing import Standing

if TYPE_CHECKING:
    from uuid import UUID

    from tests.events.conftest import Country, Receiver
    from tests.post_office import PostOffice
    from tests.world import Api


async def pause(country: Country, agency: UUID, receiver: Receiver) -> UUID:
    """Have an endpoint of an agency fail for days; return it, paused."""
    endpoint = await country.endpoint(agency, receiver.url)
    await country.pool.execute(
        "update webhook_endpoint set failures = 40, failing_since = now() - interval '4 days',"
        " last_problem = 'the endpoint answered 500: see its own log'"
    )
    standing = Standing(country.pool, pause_after=3 * 86400, letters=True)
    assert await standing.look() == 1
    assert await standing.look() == 0
    return endpoint


async def post_letters(country: Country, post_office: PostOffice) -> None:
    """Send what is due by e-mail."""
    settings = country.settings.model_copy(
        update={"smtp_url": SecretStr(post_office.url), "mail_from": "mail@khoosheh.example"}
    )
    await country.pool.execute(
        "update notification_delivery set next_attempt_at = now() where next_attempt_at is not null"
    )
    async with open_ways(settings) as ways:
        most = {code: channel.most_at_once for code, channel in ways.items()}
        sender = Sender(Deliveries(country.pool, settings, most), ways, Measures(), concurrency=4, lease=60)
        while await sender.send_due():
            await sender.settle()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("FA", ("متوقف شد", "۴۰", "نهاد همکار")),
        (None, ("متوقف شد",)),
        ("EN", ("is paused", "40 failed", "The agency")),
    ],
)
async def test_an_agency_with_a_single_endpoint_is_written_to_in_its_language_when_it_is_paused(
    country: Country, post_office: PostOffice, receiver: Receiver, language: str | None, said: tuple[str, ...]
) -> None:
    agency = await country.agency()
    await country.pool.execute(
        "update partner_agency set name_fa = 'نهاد همکار', name_en = 'The agency', contact_language = $2,"
        " contact_email = 'desk@agency.example' where id = $1",
        agency, language,
    )  # fmt: skip
    endpoint = await pause(country, agency, receiver)
    await post_letters(country, post_office)
    await post_letters(country, post_office)
    (letter,) = post_office.letters
    assert "desk@agency.example" in letter["To"]
    assert letter["Content-Language"] == (language or "FA").lower()
    text = str(letter.get_body(("plain",)).get_content())  # type: ignore[union-attr]  # it has one
    for word in said:
        assert word in f"{letter['Subject']} {text}"
    assert f"WebhookEndpoint_{endpoint}" in text, "what to set going again"
    assert "the endpoint answered 500" in text


async def test_a_letter_to_an_agency_that_is_refused_shows_to_the_agency_and_is_tried_again_as_any_other(
    owner: Api, agency: UUID, country: Country, post_office: PostOffice, receiver: Receiver
) -> None:
    endpoint = await pause(country, agency, receiver)
    await country.pool.execute(
        "update partner_agency set contact_email = 'desk@agency.example' where id = $1", agency
    )
    for answer in ("451 try later", "550 5.1.1 <desk@agency.example>: no such desk"):
        post_office.answers["desk@agency.example"] = answer
        await post_letters(country, post_office)
    shown = await owner.data(
        "query ($id: ID!) { notificationDeliveries(first: 5) { nodes { channel status webhookEndpoint { id }"
        " attempts { status responseCode problem } } }"
        " webhookEndpoint(id: $id) { failures partnerAgency { mailReturnedAt mailProblem } } }",
        {"id": f"WebhookEndpoint_{endpoint}"},
    )
    (delivery,) = shown["notificationDeliveries"]["nodes"]
    assert (delivery["channel"], delivery["status"]) == ("EMAIL", "EXHAUSTED")
    assert delivery["webhookEndpoint"]["id"] == f"WebhookEndpoint_{endpoint}"
    later, refused = delivery["attempts"]
    assert (later["status"], later["responseCode"]) == ("FAILED", 451)
    assert (refused["status"], refused["responseCode"]) == ("REFUSED", 550)
    assert "correct the e-mail address" in refused["problem"]
    assert "desk@" not in refused["problem"], "what the server repeated of a person is not kept"
    seen = shown["webhookEndpoint"]
    assert seen["failures"] == 40, "a mailbox says nothing about the endpoint"
    assert seen["partnerAgency"]["mailReturnedAt"]
    assert seen["partnerAgency"]["mailProblem"] == refused["problem"]
    await country.pool.execute("update partner_agency set contact_email = 'new@agency.example'")
    assert await country.pool.fetchval("select count(mail_problem) from partner_agency") == 0


async def test_an_agency_without_an_address_sees_that_it_could_not_be_written_to(
    owner: Api, agency: UUID, country: Country, post_office: PostOffice, receiver: Receiver
) -> None:
    await pause(country, agency, receiver)
    await post_letters(country, post_office)
    shown = await owner.data(
        "{ notificationDeliveries(first: 5) { nodes { status attempts { problem } } } }", {}
    )
    (delivery,) = shown["notificationDeliveries"]["nodes"]
    assert delivery["status"] == "EXHAUSTED"
    assert "there is no e-mail address" in delivery["attempts"][0]["problem"]
    assert not post_office.letters
