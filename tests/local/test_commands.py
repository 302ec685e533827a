"""A stranger's two commands in a fresh clone, as root and as an ordinary user."""

from __future__ import annotations

import http.client
import json
import os
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psutil
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("fresh clones")]

QUERY = '{ clusterBySlug(slug: "lorestan-gelim-jajim-mashteh") { nameFa } }'
LIBRARIES = (
    "strawberry",
    "tortoise",
    "starlette.applications",
    "uvicorn",
    "jinja2",
    "pydantic_settings",
    "structlog",
)
CloneMaker = Any
FULL = os.environ.get("DRILLS") == "full"


def ask(address: str, query: str, token: str | None) -> dict[str, Any]:
    parts = urlsplit(address)
    assert parts.hostname == "127.0.0.1"
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    connection.request("POST", parts.path, json.dumps({"query": query}), headers)
    answer: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return answer


def gone(processes: Callable[[], Sequence[psutil.Process]], seconds: float) -> bool:
    """Return whether nothing runs any more, or will not within these seconds."""
    limit = time.monotonic() + seconds
    while processes():
        if time.monotonic() > limit:
            return False
        time.sleep(0.1)
    return True


def work_of_the_libraries() -> float:
    """How many seconds of work it is for this machine, as busy as it is now, to import the libraries alone."""
    code = f"import time, {', '.join(LIBRARIES)}; print(time.process_time())"
    command = [sys.executable, "-c", code]
    return max(float(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(2))


def assert_answers(demo: dict[str, Any]) -> None:
    """Ask for the Lorestan cluster with the token that was handed out."""
    token = next((token["token"] for token in demo["tokens"]), None)
    answer = ask(demo["graphql"], QUERY, token)
    assert "گلیم" in answer["data"]["clusterBySlug"]["nameFa"], answer


def assert_runs_stops_and_runs_again(here: Any, kill: Callable[[Any], None]) -> None:
    first = here.run(seconds=300)
    demo = here.demo()
    assert set(demo) >= {"graphql", "admin", "database", "users", "tokens"}
    assert stat.S_IMODE((here.folder / "var" / "demo.json").stat().st_mode) == 0o600
    assert demo["graphql"] in first.said
    assert "curl" in first.said
    assert_answers(demo)
    listening = {
        connection.laddr.ip
        for process in here.processes()
        for connection in process.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening <= {"127.0.0.1"}

    rest = first.interrupt()
    assert "Traceback" not in rest
    assert "Stopped" in rest
    assert gone(here.processes, 1)

    second = here.run(seconds=60)
    assert "Installing" not in second.said
    # Seconds say how busy the machine is; work says what a start has to do (on a quiet machine about three times
    # what the libraries alone take, once for all services).
    work = here.supervisor().cpu_times()
    assert work.user + work.system < 5 * work_of_the_libraries()
    assert [user["password"] for user in here.demo()["users"]] == [user["password"] for user in demo["users"]]
    assert_answers(here.demo())

    # Not even a kill that nobody can answer leaves anything running.
    kill(second)
    assert gone(here.processes, 40)
    second.process.communicate(timeout=20)


def test_make_run_as_this_user(clone: CloneMaker) -> None:
    """Whoever kills the supervisor itself takes everything with it."""
    # Building an environment takes minutes: the ordinary user below does, if there can be one.
    here = clone(prepared=os.geteuid() == 0 and not FULL)
    assert_runs_stops_and_runs_again(here, lambda _: here.supervisor().kill())


def test_make_run_as_an_ordinary_user(clone: CloneMaker, neighbour: str) -> None:
    """Whoever kills make itself takes everything with it."""
    assert_runs_stops_and_runs_again(clone(user=neighbour), lambda running: running.process.kill())


def test_make_test_sets_up_what_it_needs(clone: CloneMaker) -> None:
    # CI begins with this very command on a machine without anything.
    here = clone(prepared=not FULL)
    code, output = here.make(
        "test", seconds=900, PYTEST="-q tests/local/test_settings.py tests/local/test_imports.py"
    )
    assert code == 0, output
    assert " passed" in output
