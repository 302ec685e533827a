"""One story through the three services: its traces arrive whole, and no log says who anybody is."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from deploy.drills.postgres import DrillPostgres
from tests.deploy.drills.day import PAGE_TRACE, TRACE, Story, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deploy.drills.collector import Step

pytestmark = pytest.mark.slow
AN_ADDRESS: Final = re.compile(r"[\w.+-]+@(?!127\.0\.0\.1|\[hidden\])[\w-]+\.\w+")


@pytest.fixture(scope="module")
def story(installed_folder: Path) -> Iterator[Story]:
    """Tell the story once and end every process, so that nothing is still on its way."""
    folder = Path(tempfile.mkdtemp(prefix="khoosheh-drill-"))
    folder.chmod(0o755)
    server = DrillPostgres(folder / "primary")
    server.adopt(installed_folder)
    server.start(log_min_duration_statement="0")
    try:
        yield asyncio.run(told(server, folder))
    finally:
        server.discard()
        shutil.rmtree(folder, ignore_errors=True)


def of(steps: list[Step], trace: str, name: str, service: str) -> Step:
    """Return the one step of a trace with this name; several deliveries are one after the other."""
    found = [
        step
        for step in steps
        if (step.trace, step.name, step.service) == (trace, name, f"khoosheh-{service}")
    ]
    assert found, f"{name} of {service} is missing: {sorted((step.service, step.name) for step in steps)}"
    return found[0]


def above(steps: list[Step], step: Step) -> list[str]:
    """Name the steps a step is part of, from the inside out."""
    by_identifier = {each.identifier: each for each in steps}
    names = []
    while step := by_identifier.get(step.parent):  # type: ignore[assignment]  # ends at the caller's own step
        names.append(step.name)
    return names


def test_one_trace_leads_from_the_request_over_sql_and_event_to_the_delivery(story: Story) -> None:
    steps = [step for step in story.steps if step.trace == TRACE]
    request = of(steps, TRACE, "POST", "graphql")
    assert request.parent == "b7ad6b7169203331"
    command = of(steps, TRACE, "mutation createCluster", "graphql")
    assert command.parent == request.identifier
    written = [
        step for step in steps if step.name.lower() == "insert" and "cluster" in step.said["db.statement"]
    ]
    assert written
    assert {tuple(above(steps, step)) for step in written} == {("mutation createCluster", "POST")}
    read = of(steps, TRACE, "query Seen", "graphql")
    assert [step for step in steps if step.parent == read.identifier and step.name.lower() == "select"]
    assert of(steps, TRACE, "route event", "notifications").parent == command.identifier
    deliveries = [step for step in steps if step.name == "deliver webhook"]
    assert {step.parent for step in deliveries} == {command.identifier}
    assert {step.said["khoosheh.outcome"] for step in deliveries} >= {"SUCCEEDED"}
    # The receiver is told where the trace stands, so that it may go on with it.
    told_of = {post.headers.get("traceparent", "") for post in story.listener.on("/hook")}
    assert {f"00-{TRACE}-{step.identifier}-01" for step in deliveries} <= told_of


def test_a_page_is_a_trace_of_its_own_down_to_its_statement(story: Story) -> None:
    steps = [step for step in story.steps if step.trace == PAGE_TRACE]
    page = of(steps, PAGE_TRACE, "GET", "web")
    assert page.said["http.response.status_code"] == "200"
    (query,) = [step for step in steps if step.name.startswith("query ")]
    assert query.parent == page.identifier
    assert [step.name for step in steps if step.parent == query.identifier] == ["select"]


def test_every_line_is_one_json_and_every_request_says_who_asked_for_what(story: Story) -> None:
    lines = {
        module: [json.loads(line) for line in text.splitlines()]
        for module, text in story.logs.items()
        if module != "postgres"
    }
    requests = {
        module: [line for line in found if line["event"] == "request"] for module, found in lines.items()
    }
    (created,) = [line for line in requests["services.graphql"] if line.get("operation") == "CreateCluster"]
    assert created["viewer"].startswith("User_")
    assert (created["role"], created["province"], created["status"]) == ("NATIONAL_ADMINISTRATOR", "all", 200)
    assert re.fullmatch(r"[0-9a-f]{32}", created["request_id"])
    (endpoint,) = [
        line for line in requests["services.graphql"] if line.get("operation") == "CreateWebhookEndpoint"
    ]
    assert endpoint["viewer"].startswith("PartnerAgency_")
    assert endpoint["province"].startswith("Province_")
    (page,) = [
        line
        for line in requests["web"]
        if line.get("operation") == "clusters/detail" or line["path"].startswith("/clusters/Cluster_")
    ]
    assert page["viewer"] == created["viewer"]
    assert {line["path"] for line in requests["web"]} >= {
        "/calendar/{secret}.ics",
        "/unsubscribe/{secret}",
        "unknown",
    }
    # The story went wrong where it should have, so that silence below means something.
    events = {line["event"] for found in lines.values() for line in found}
    assert {"slow_statement", "a letter was sent"} <= events


def test_no_line_of_any_log_and_no_step_of_any_trace_says_who_anybody_is(story: Story) -> None:
    told_by = {**story.logs, "traces": "\n".join(step.text for step in story.steps)}
    for source, text in told_by.items():
        assert text, source
        # Protobuf writes letters beyond ASCII as octal, JSON may as \u; both are the same words.
        spellings = {
            word: {word, word.encode("unicode_escape").decode(), _octal(word)} for word in story.private
        }
        for word, written in spellings.items():
            for form in written:
                assert form not in text, (
                    f"{source} says {word}: …{text[max(0, text.index(form) - 300) :][:700]}"
                )
        addresses = [found for found in AN_ADDRESS.findall(text) if not found.endswith("khoosheh.svc")]
        assert addresses == [], f"{source} says {addresses}"


def _octal(word: str) -> str:
    return "".join(chr(byte) if byte < 128 else f"\\{byte:03o}" for byte in word.encode())
