"""What the operations guide tells an operator to use exists under that name."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from deploy.k8s.installations import FEATURES, KEYS
from deploy.k8s.secret_files import declared_secrets, wanted_values

if TYPE_CHECKING:
    from pathlib import Path


FENCED = re.compile(r"```\w*\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def guide(repository: Path) -> str:
    return (repository / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_path_of_the_guide_and_the_readme_exists(guide: str, repository: Path, manifests: Path) -> None:
    readme = (manifests / "README.md").read_text(encoding="utf-8")
    named = set(
        re.findall(r"`((?:deploy|docs|tests|schema|components|environments)/[\w./-]+)`", guide + readme)
    )
    assert len(named) > 10
    for path in named:
        assert (repository / path).exists() or (manifests / path).exists(), path


def test_every_make_target_of_the_guide_exists(guide: str, repository: Path) -> None:
    makefile = (repository / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z-]+)", guide))
    assert {"image", "deploy-check"} <= named
    for target in named:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_link_inside_the_guide_leads_to_a_heading(guide: str) -> None:
    headings = {
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", guide, re.MULTILINE)
    }
    links = re.findall(r"\]\(#([\w-]+)\)", guide)
    assert links
    assert set(links) <= headings


def test_the_guide_installs_a_province_in_ten_steps(guide: str) -> None:
    section = guide.split("## Install in ten steps")[1].split("\n## ", maxsplit=1)[0]
    assert re.findall(r"^(\d+)\. \*\*", section, re.MULTILINE) == [str(number) for number in range(1, 11)]


def test_the_guide_rotates_every_secret(guide: str) -> None:
    section = guide.split("## Rotate every secret")[1].split("\n## ", maxsplit=1)[0]
    for document in declared_secrets():
        assert f"`{document['metadata']['name']}`" in section
    for value in wanted_values(declared_secrets()):
        assert f"`{value}`" in section


def test_the_guide_names_what_can_be_declared(guide: str, manifests: Path) -> None:
    declared = (manifests / "provinces" / "declared.toml").read_text(encoding="utf-8")
    for key in KEYS:
        assert key in guide
        assert key in declared
    for feature in FEATURES:
        assert feature in declared


def test_every_component_has_a_paragraph_of_its_own(manifests: Path) -> None:
    for folder in (manifests / "components").iterdir():
        readme = (folder / "README.md").read_text(encoding="utf-8").strip()
        title, _, text = readme.partition("\n")
        assert title == f"# {folder.name}"
        assert "\n\n" not in text.strip(), f"{folder.name}: one paragraph"
        assert len(text.split()) > 25


def commands(guide: str, start: str) -> set[str]:
    """Return the commands of the guide that begin so, as one types them."""
    blocks, sentences = re.findall(FENCED, guide), re.sub(FENCED, "", guide)
    lines = [line.strip() for block in blocks for line in re.split(r"(?<!\\)\n|&&", block)]
    inline = [*re.findall(r"`([^`]+)`", sentences), *(line.replace("\\\n", " ") for line in lines)]
    return {" ".join(command.split()) for command in inline if command.startswith(start)}


def test_the_guide_asks_the_cluster_for_every_type_that_an_installation_brings(
    guide: str, national: list[dict[str, Any]]
) -> None:
    """Whoever has what the command asks for can apply the folder."""
    (command,) = commands(guide, "kubectl get crd")
    asked = {name.split(".", 1)[1] for name in command.split()[3:]}
    brought = {document["apiVersion"].split("/")[0] for document in national if "." in document["apiVersion"]}
    assert {group for group in brought if not group.endswith("k8s.io")} <= asked
    assert "gateway.networking.k8s.io" in asked


def test_the_guide_names_every_namespace_that_the_policies_let_in(
    guide: str, national: list[dict[str, Any]]
) -> None:
    section = guide.split("### What the cluster must have")[1].split("\n### ", maxsplit=1)[0]
    policies = [document for document in national if document["kind"] == "NetworkPolicy"]
    named = set(re.findall(r"'kubernetes.io/metadata.name': '([\w-]+)'", str(policies))) - {"kube-system"}
    assert {"cnpg-system", "gateway", "monitoring"} <= named
    for namespace in named:
        assert f"namespace `{namespace}`" in section, namespace


def test_every_python_command_of_the_guide_is_one(guide: str) -> None:
    modules = {command.split()[2] for command in commands(guide, "python -m ")}
    modules |= set(re.findall(r"-- python -m ([\w.]+)", guide))
    assert {"deploy.k8s.provinces", "deploy.k8s.secret_files", "services.first_administrator"} <= modules
    for module in modules:
        assert importlib.util.find_spec(module), module


def test_the_secrets_are_made_by_the_very_command_of_the_guide(guide: str, repository: Path) -> None:
    (command,) = (found for found in commands(guide, "python -m deploy.k8s.secret_files") if "=…" in found)
    words = command.split(" | ")[0].replace("…", "given").split()
    done = subprocess.run(
        [sys.executable, *words[1:]], cwd=repository, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    made = {document["metadata"]["name"] for document in yaml.safe_load_all(done.stdout)}
    assert made == {document["metadata"]["name"] for document in declared_secrets()}


def test_every_kubectl_command_of_the_guide_names_what_is_there(
    guide: str, national: list[dict[str, Any]], restore_drill: list[dict[str, Any]], repository: Path
) -> None:
    documents = [*national, *restore_drill]
    there = {f"{document['kind'].lower()}/{document['metadata']['name']}" for document in documents}
    containers = {
        container["name"]
        for document in documents
        if document["kind"] in ("Deployment", "Job")
        for part in ("containers", "initContainers")
        for container in document["spec"]["template"]["spec"].get(part, [])
    }
    found = commands(guide, "kubectl ")
    assert len(found) > 10
    for command in found:
        made = {f"job/{name}" for name in re.findall(r"create job ([a-z-]+) --from=cronjob", guide)}
        for name in re.findall(r"\b((?:deployment|cronjob|job|cluster)/[a-z-]+)", command):
            assert name in there | made, command
        for name in re.findall(r" -c ([a-z-]+)", command):
            assert name in containers, command
        for folder in re.findall(r"-k (deploy/\S+)", command):
            assert (repository / folder / "kustomization.yaml").exists(), command
