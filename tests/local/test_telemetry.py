"""What operators see, and what they must never see."""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from services.redaction import HIDDEN, hide_secrets
from services.settings import Settings
from services.telemetry import configure_logging, configure_tracing, logger, metrics, speaking_of

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def json_logs() -> Iterator[None]:
    """Log as a service does; inside the test, because pytest puts its own handlers in before it."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    configure_logging(Settings(log_format="json"), "test")
    try:
        yield
    finally:
        root.handlers[:] = before
        root.setLevel(level)


def test_a_message_is_one_line_of_json_with_its_request(capsys: pytest.CaptureFixture[str]) -> None:
    with json_logs(), speaking_of(request_id="r-1"):
        logger("somewhere").info("cluster opened", cluster="لرستان")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    message = json.loads(lines[0])
    assert message["event"] == "cluster opened"
    assert message["cluster"] == "لرستان"
    assert message["request_id"] == "r-1"
    assert message["service"] == "test"
    assert message["level"] == "info"


def test_libraries_write_the_same_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with json_logs():
        logging.getLogger("a.library").warning("at %s", "postgresql://me:swordfish@host/db")
    message = json.loads(capsys.readouterr().out)
    assert message["event"] == f"at postgresql://me:{HIDDEN}@host/db"


def test_a_secret_in_an_exception_is_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    with json_logs():
        try:
            int("Bearer abcdefgh12345678")
        except ValueError:
            logger("somewhere").exception("failed")
    out = capsys.readouterr().out
    assert "abcdefgh12345678" not in out
    assert "Traceback" in json.loads(out)["exception"]


@pytest.mark.parametrize(
    "key", ["password", "new_password", "token", "Authorization", "Cookie", "api_key", "smtp_secret"]
)
def test_what_is_named_like_a_secret_is_hidden_at_any_depth(key: str) -> None:
    event = hide_secrets(
        None, "info", {"event": "x", key: "swordfish", "inner": {"list": [{key: "swordfish"}]}}
    )
    assert "swordfish" not in str(event)
    assert event["event"] == "x"


@pytest.mark.parametrize("text", ["a cluster of weavers", "https://example.ir/path", "phase.started", "ایده"])
def test_ordinary_words_stay(text: str) -> None:
    assert hide_secrets(None, "info", {"event": text})["event"] == text


def test_tracing_is_off_until_a_collector_is_named() -> None:
    assert configure_tracing(Settings(otlp_endpoint=None), "test") is False


def test_metrics_are_in_the_format_of_prometheus() -> None:
    _, kind = metrics()
    assert kind.startswith("text/plain; version=")


@pytest.mark.parametrize(
    "text",
    [
        "550 no mailbox zarrintaj@person.example here",
        "ring +989121234567 or 0912 123 4567",
        "DETAIL:  Key (email)=(zarrintaj@person.example) already exists.",
        "DETAIL:  Failing row contains (1, Zarrintaj\nMehrafarin, 09121234567).",
    ],
)
def test_what_says_who_somebody_is_is_hidden(text: str) -> None:
    hidden = str(hide_secrets(None, "info", {"event": text})["event"])
    assert HIDDEN in hidden
    for private in ("zarrintaj@", "Zarrintaj", "Mehrafarin", "9121234567", "123 4567"):
        assert private not in hidden


@pytest.mark.parametrize(
    "text",
    [
        "Cluster_01909123-4567-7abc-8def-0123456789ab",
        "01909123-4567-7abc-8def-012345678901",
        "2026-11-23T09:12:34.567890Z",
        "took 0.512345 s",
    ],
)
def test_identifiers_and_figures_are_nobodys_number(text: str) -> None:
    assert hide_secrets(None, "info", {"event": text})["event"] == text
