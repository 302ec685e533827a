"""What mail servers report of a letter is read with the remedy; nothing a stranger writes is taken for a report."""

from __future__ import annotations

import pytest

from services.notifications.returns.reports import UNREADABLE, Fate, read_report
from tests.bounced_letters import out_of_office, report


@pytest.mark.parametrize(
    ("status", "said", "code", "wrong", "remedy"),
    [
        ("5.1.1", "smtp; 550 5.1.1 <reader@khoosheh.example>: no such user", 550, True, "correct the e-mail address"),
        ("5.2.2", "smtp; 552 mailbox full", 552, True, "make room in it"),
        ("5.4.4", "x-host; unknown domain", None, True, "after the @"),
        ("5.7.1", "smtp; 554 5.7.1 rejected by policy", 554, False, "SPF"),
        ("5.9.9", "smtp; 599 nobody knows", 599, False, "ask whoever runs"),
        ("4.4.7", "smtp; 451 tried for five days", 451, False, "after the @"),
    ],
)  # fmt: skip
def test_a_permanent_report_says_why_and_what_to_do(
    status: str, said: str, code: int | None, wrong: bool, remedy: str  # noqa: FBT001 - what is expected
) -> None:  # fmt: skip
    found = read_report(report(status=status, said=said))
    assert found is not None
    assert (found.fate, found.code, found.wrong_address) == (Fate.BOUNCED, code, wrong)
    assert remedy in found.problem
    assert "@khoosheh" not in found.problem, "no address of anybody is kept"


def test_a_delayed_letter_is_not_a_lost_one() -> None:
    found = read_report(report(action="delayed", status="4.4.1", said="smtp; 451 4.4.1 no answer from host"))
    assert found is not None
    assert (found.fate, found.code, found.wrong_address) == (Fate.DELAYED, 451, False)
    assert "still being tried" in found.problem


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_what_arrived_is_no_failure(action: str) -> None:
    found = read_report(report(action=action, status="2.0.0", said="smtp; 250 OK"))
    assert found is not None
    assert found.fate is Fate.ARRIVED


def test_without_an_action_the_status_decides() -> None:
    assert [
        found.fate
        for status in ("5.1.1", "4.4.1")
        if (found := read_report(report(action="", status=status)))
    ] == [Fate.BOUNCED, Fate.DELAYED]


@pytest.mark.parametrize(
    "letter",
    [
        report(action="", status="", said=""),
        report(action="\x00\xff", status="many", said="?"),
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nnothing else",
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n--x\r\n\r\n' + b"\xff" * 500,
        report()[:420],
    ],
)  # fmt: skip
def test_a_report_that_cannot_be_read_still_says_that_the_letter_came_back(letter: bytes) -> None:
    assert read_report(letter) == UNREADABLE


@pytest.mark.parametrize(
    "letter",
    [
        b"",
        b"\x00\xff\xfe" * 1000,
        out_of_office(),
        report(kind="multipart/report; report-type=feedback-report"),
        report(kind="multipart/report; report-type=disposition-notification"),
        report(kind="multipart/mixed"),
        b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n",
        b"Content-Type: multipart/report\r\n\r\n550 5.1.1 bounced, believe me",
    ],
)
def test_what_is_no_report_says_nothing(letter: bytes) -> None:
    assert read_report(letter) is None


def test_what_a_server_says_is_kept_short_and_on_one_line() -> None:
    found = read_report(report(said="smtp; 550 5.1.1 " + "far\x07too " * 5000 + "a" * 5000))
    assert found is not None
    assert len(found.problem) <= 300
    assert found.problem.isprintable()
