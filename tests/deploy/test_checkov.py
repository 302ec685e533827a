"""A policy checker that is not ours finds nothing in manifests and image but what is explained here."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

if TYPE_CHECKING:
    from pathlib import Path

Document = dict[str, Any]
# Its closure, hash-pinned as ours is, but resolved by itself: what it pins contradicts what we pin.
REQUIREMENTS: Final = "requirements/checkov.txt"
# What it asks for and we do not do, each with the reason.
SKIPS: Final = {
    "CKV_K8S_11": "A limit of CPU would throttle a busy pod and lengthen every request; memory is limited.",
    "CKV_K8S_15": "A tag of ours is never pushed twice, and a node that has the image starts without the registry.",
    "CKV_K8S_21": "The restore drill goes into the namespace it is applied to (`kubectl apply -n`).",
    "CKV_K8S_35": "The restore drill is psql on a throw-away copy, and reads its password from a variable.",
    "CKV_K8S_43": "Operators name a release by its tag in environments/, where they may put a digest instead.",
    "CKV_DOCKER_2": "Kubernetes asks the probes of the manifests and ignores a HEALTHCHECK of the image.",
    "CKV_DOCKER_7": "The base image is pinned by a digest, given as an argument, which is stricter than a tag.",
}


@pytest.fixture(scope="session")
def checkov(repository: Path) -> str:
    """Install the checker, every wheel by its hash, into an environment of its own."""
    if os.environ.get("DRILLS") != "full":
        pytest.skip("checkov takes a minute to install; `make deploy-check` runs it")
    requirements = repository / REQUIREMENTS
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()[:12]
    environment = repository / "var" / f"checkov-{digest}"
    program = environment / "bin" / "checkov"
    finished = environment / "finished"
    if not finished.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
        done = subprocess.run(
            [environment / "bin" / "pip", "install", "--quiet", "--require-hashes", "-r", str(requirements)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            reason = f"checkov cannot be installed: {done.stderr.strip()[-500:]}"
            pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
        finished.touch()
    return str(program)


def test_every_wheel_of_the_checker_is_known_by_its_hash(repository: Path) -> None:
    lines = (repository / REQUIREMENTS).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    pinned = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert any(line.startswith("checkov==") for line in pinned)
    assert all("==" in line and "--hash=sha256:" in line for line in pinned)


def findings(checkov: str, framework: str, path: Path) -> dict[str, list[str]]:
    """Return what the checker complains about: check to resources."""
    done = subprocess.run(
        [checkov, "-f", str(path), "--framework", framework, "--skip-download", "--quiet", "-o", "json"],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr[-2000:]
    report = json.loads(done.stdout)
    assert report["summary"]["parsing_errors"] == 0
    assert report["summary"]["passed"] > 50
    found: dict[str, list[str]] = {}
    for failed in report["results"]["failed_checks"]:
        found.setdefault(failed["check_id"], []).append(f"{failed['check_name']}: {failed['resource']}")
    return found


def test_a_stranger_finds_nothing_but_what_is_explained(
    checkov: str, national: list[Document], optional_parts: list[Document], restore_drill: list[Document],
    repository: Path, tmp_path: Path,
) -> None:  # fmt: skip
    found = findings(checkov, "dockerfile", repository / "Dockerfile")
    for name, documents in (("national", national), ("parts", optional_parts), ("drill", restore_drill)):
        file = tmp_path / f"{name}.yaml"
        file.write_text(yaml.safe_dump_all(documents), encoding="utf-8")
        for check, resources in findings(checkov, "kubernetes", file).items():
            found.setdefault(check, []).extend(resources)
    assert {check: resources for check, resources in found.items() if check not in SKIPS} == {}
    assert SKIPS.keys() <= found.keys(), "a skip that nothing needs any more goes"


def test_it_would_notice(checkov: str, national: list[Document], tmp_path: Path) -> None:
    """A pod that may become root is found, so that silence means something."""
    spoiled = json.loads(json.dumps(national))
    for document in spoiled:
        if document["kind"] == "Deployment":
            for container in document["spec"]["template"]["spec"]["containers"]:
                container["securityContext"] = {"privileged": True}
    file = tmp_path / "spoiled.yaml"
    file.write_text(yaml.safe_dump_all(spoiled), encoding="utf-8")
    assert "CKV_K8S_16" in findings(checkov, "kubernetes", file)
