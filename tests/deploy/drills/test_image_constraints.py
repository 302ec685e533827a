"""Every command of the image works as a pod runs it: no rights, a read-only tree, secrets from files."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deploy.drills.container import contained, copy_application
from deploy.drills.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from deploy.drills.postgres import DrillPostgres

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        os.geteuid() != 0, reason="a namespace of its own needs root, as any container engine"
    ),
]
PORTS = {
    "services.graphql": "GRAPHQL_PORT",
    "web": "WEB_PORT",
    "services.notifications": "NOTIFICATIONS_PORT",
}
FIGURES = {
    "services.graphql": "khoosheh_graphql_seconds",
    "web": "khoosheh_admin_seconds",
    "services.notifications": "khoosheh_notifications_lag_seconds",
}


@pytest.fixture
def pod(manifests: Path) -> Iterator[Callable[..., list[str]]]:
    """Return the command line of a pod of ours with its secret files and the settings of the manifests."""
    with tempfile.TemporaryDirectory(prefix="khoosheh-pod-") as name:
        workplace = Path(name)
        workplace.chmod(0o755)
        application, secrets = workplace / "application", workplace / "secrets"
        application.mkdir()
        secrets.mkdir()
        copy_application(application)
        lines = (manifests / "base" / "configuration.env").read_text(encoding="utf-8").splitlines()
        settings = [line for line in lines if line and not line.startswith("#")]

        def command(address: str | None, *arguments: str, **others: str) -> list[str]:
            if address is not None:
                (secrets / "database_url").write_text(f"{address}\n", encoding="utf-8")
            own = [f"{key}={value}" for key, value in others.items()]
            return contained(application, secrets, workplace, "env", *settings, *own, "python", *arguments)

        yield command


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_migrator_builds_the_database_and_the_waiting_container_sees_it(
    pod: Callable[..., list[str]], roled_postgres: DrillPostgres
) -> None:
    migrator = roled_postgres.address(user="khoosheh_migrator")
    service = roled_postgres.address(user="khoosheh_service")
    waits = run(pod(service, "-m", "services.migrate", "--wait", "1"))
    assert waits.returncode == 1
    assert "was not migrated within 1 seconds: it lacks 0001_initial; the Job `migrate`" in waits.stderr
    done = run(pod(migrator, "-m", "services.migrate"))
    assert done.returncode == 0, done.stderr
    assert run(pod(service, "-m", "services.migrate", "--wait", "30")).returncode == 0


@pytest.mark.parametrize("module", ["services.graphql", "web", "services.notifications"])
def test_a_service_starts_answers_its_probes_and_ends(
    pod: Callable[..., list[str]], installed_postgres: DrillPostgres, module: str, tmp_path: Path
) -> None:
    port = free_port()
    command = pod(
        installed_postgres.address(user="khoosheh_service"), "-m", module, **{PORTS[module]: str(port)}
    )
    with (tmp_path / "log").open("w+b") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            limit = time.monotonic() + 120
            while probe(port, "/ready") != 200:
                assert process.poll() is None, (tmp_path / "log").read_text(encoding="utf-8")
                assert time.monotonic() < limit, (tmp_path / "log").read_text(encoding="utf-8")
                time.sleep(0.1)
            assert [probe(port, path) for path in ("/startup", "/live")] == [200, 200]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
                assert FIGURES[module] in answer.read().decode()
        finally:
            process.send_signal(signal.SIGTERM)
            status = process.wait(60)
    # uvicorn ends by the signal it was sent, after it has drained; Kubernetes takes both for a good end.
    assert status in (0, -signal.SIGTERM), (tmp_path / "log").read_text(encoding="utf-8")


def probe(port: int, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=3) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return refusal.code
    except OSError:
        return 0


CONFESSION = """
import os, pathlib
for place in ("/opt/khoosheh/application", "/run/secrets/khoosheh", "/usr", "/etc", "/"):
    try:
        pathlib.Path(place, "mine").write_text("x")
        print(place, "written")
    except OSError:
        print(place, "read-only" if os.statvfs(place).f_flag & os.ST_RDONLY else "refused")
pathlib.Path("/tmp/mine").write_text("x")
print(os.getuid(), os.getgid(), os.getgroups())
lines = [line.split() for line in open("/proc/self/status") if line.startswith(("CapEff", "NoNewPrivs"))]
print(dict(lines))
"""


def test_a_pod_can_write_nowhere_but_to_tmp_and_has_no_rights(pod: Callable[..., list[str]]) -> None:
    """The constraints are real: what a pod may not do fails here as well."""
    done = run(pod(None, "-c", CONFESSION))
    assert done.returncode == 0, done.stderr
    *places, who, rights = done.stdout.splitlines()
    assert [place.split()[1] for place in places] == ["read-only"] * 5
    assert who == "10001 10001 []"
    assert rights == "{'CapEff:': '0000000000000000', 'NoNewPrivs:': '1'}"


@pytest.mark.parametrize("module", ["services.graphql", "web", "services.migrate", "services.notifications"])
def test_a_missing_secret_is_named_when_the_pod_starts(pod: Callable[..., list[str]], module: str) -> None:
    done = run(pod(None, "-m", module))
    assert done.returncode not in (0, None)
    assert "DATABASE_URL is not set" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_value_that_cannot_be_used_is_named_without_being_shown(pod: Callable[..., list[str]]) -> None:
    done = run(pod(None, "-m", "services.graphql", GRAPHQL_PORT="eighty"))
    assert done.returncode != 0
    assert "GRAPHQL_PORT" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
