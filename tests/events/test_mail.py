"""Letters are handed to a real mail server that may misbehave; what it says becomes an outcome with a remedy."""

from __future__ import annotations

import asyncio
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from schema.vocabulary import AttemptStatus
from services.notifications.letters.mailer import Mailer
from services.settings import SettingsInvalid, read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.post_office import PostOffice


def letter(to: str = "reader@khoosheh.example") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "khoosheh@khoosheh.example", to, "مهلت فاز نزدیک است"
    made["Message-ID"] = f"<{to.replace('@', '.')}.1@khoosheh.example>"
    made.set_content("سلام")
    return made


async def test_a_letter_arrives_whole_and_the_connection_is_kept(post_office: PostOffice) -> None:
    async with Mailer(read_settings(smtp_url=post_office.url)) as mailer:
        for _ in range(3):
            outcome = await mailer.send(letter())
            assert (outcome.status, outcome.response_code) == (AttemptStatus.SUCCEEDED, 250)
    assert post_office.connections == 1
    assert [found["Subject"] for found in post_office.letters] == ["مهلت فاز نزدیک است"] * 3
    assert post_office.letters[0].get_content().strip() == "سلام"


@pytest.mark.parametrize(
    ("place", "answer", "status", "remedy"),
    [
        ("reader@khoosheh.example", "550 no such mailbox", AttemptStatus.REFUSED, "correct the e-mail"),
        ("reader@khoosheh.example", "450 try later", AttemptStatus.FAILED, "tried again"),
        ("DATA", "554 looks like spam", AttemptStatus.REFUSED, "refuses the letter"),
        ("DATA", "452 no room", AttemptStatus.FAILED, "refuses the letter"),
    ],
)
async def test_a_refusal_for_good_is_final_and_one_for_now_is_not(
    post_office: PostOffice, place: str, answer: str, status: AttemptStatus, remedy: str
) -> None:
    post_office.answers[place] = answer
    async with Mailer(read_settings(smtp_url=post_office.url)) as mailer:
        outcome = await mailer.send(letter())
        assert (outcome.status, outcome.final) == (status, status is AttemptStatus.REFUSED)
        assert outcome.response_code == int(answer[:3])
        assert outcome.problem is not None
        assert remedy in outcome.problem
        post_office.answers.clear()
        assert (await mailer.send(letter())).status is AttemptStatus.SUCCEEDED


async def test_a_server_that_hangs_up_or_is_silent_or_away_is_tried_again(post_office: PostOffice) -> None:
    async with Mailer(read_settings(smtp_url=post_office.url, mail_timeout=0.5)) as mailer:
        post_office.hang_up = True
        dropped = await mailer.send(letter())
        post_office.hang_up, post_office.pause = False, lambda: asyncio.sleep(5)
        silent = await mailer.send(letter())
        post_office.pause = None
        assert (await mailer.send(letter())).status is AttemptStatus.SUCCEEDED
    async with Mailer(read_settings(smtp_url="smtp://127.0.0.1:1")) as mailer:
        away = await mailer.send(letter())
    for outcome in (dropped, silent, away):
        assert (outcome.status, outcome.final) == (AttemptStatus.FAILED, False)
        assert outcome.problem
        assert "mail server" in outcome.problem


async def test_without_a_mail_server_letters_are_files_and_without_a_folder_the_remedy_is_told(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "mail"
    async with Mailer(read_settings(mail_outbox=str(folder))) as mailer:
        for _ in range(2):
            assert (await mailer.send(letter())).status is AttemptStatus.SUCCEEDED
    (found,) = folder.iterdir()
    assert message_from_bytes(found.read_bytes(), policy=default)["To"] == "reader@khoosheh.example"
    async with Mailer(read_settings()) as mailer:
        outcome = await mailer.send(letter())
    assert (outcome.status, outcome.final) == (AttemptStatus.FAILED, False)
    assert "SMTP_URL" in (outcome.problem or "")


@pytest.mark.parametrize(
    "url",
    ["mail.example", "http://mail.example", "smtp://mail.example:no", "smtp://me:swordfish@mail.example"],
)
def test_an_address_that_cannot_be_used_is_refused_with_the_remedy_and_not_shown(url: str) -> None:
    with pytest.raises(SettingsInvalid, match="SMTP_URL") as refused:
        Mailer(read_settings(smtp_url=url))
    assert "swordfish" not in str(refused.value)
