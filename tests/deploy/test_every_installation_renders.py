"""Every province and the country, in every environment, is a complete set of valid documents."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Document = dict[str, Any]
SPOILED = "spoiled-on-purpose"
CORE_GROUPS = ("apps", "autoscaling", "batch", "networking.k8s.io", "policy", "rbac.authorization.k8s.io")


def is_core(document: Document) -> bool:
    group, _, _ = document["apiVersion"].rpartition("/")
    return group in ("", *CORE_GROUPS)


def distinct(every_document: list[tuple[str, Document]], *, core: bool) -> list[Document]:
    """Return each different document once; namespaces alone make no difference to a schema."""
    found: dict[str, Document] = {}
    for _, document in every_document:
        if is_core(document) is core:
            plain = {**document, "metadata": {**document["metadata"], "namespace": "any"}}
            found[json.dumps(plain, sort_keys=True)] = plain
    return list(found.values())


def test_the_country_and_each_of_the_31_provinces_have_a_folder_per_environment(manifests: Path) -> None:
    found = [*manifests.glob("national/*/*.yaml"), *manifests.glob("provinces/*/*/*.yaml")]
    names = {(path.parent.parent.name, path.parent.name) for path in found}
    assert len(names) == 2 * 32
    assert {environment for _, environment in names} == {"production", "staging"}


def test_every_installation_renders_all_its_parts(installations: Mapping[str, list[Document]]) -> None:
    for folder, documents in installations.items():
        parts = {(document["kind"], document["metadata"]["name"]) for document in documents}
        for service in ("graphql", "admin", "notifications"):
            for kind in ("Deployment", "Service", "ServiceAccount", "PodDisruptionBudget", "NetworkPolicy"):
                assert (kind, service) in parts, folder
        assert {
            ("Job", "migrate"),
            ("CronJob", "migrate-post"),
            ("Cluster", "database"),
            ("Pooler", "database-pooler"),
            ("ObjectStore", "backups"),
            ("NetworkPolicy", "default-deny"),
            ("PodMonitor", "services"),
        } <= parts, folder
        assert (("HTTPRoute", "public") in parts) != (("Ingress", "public") in parts), folder
        scalers = (("HorizontalPodAutoscaler", "notifications"), ("ScaledObject", "notifications"))
        assert sum(scaler in parts for scaler in scalers) == 1, folder


def test_no_installation_shares_a_namespace_host_vault_entry_or_backup_folder(
    installations: Mapping[str, list[Document]],
) -> None:
    for read in (namespace_of, host_of, vault_of, backups_of):
        values = [read(documents) for documents in installations.values()]
        assert len(set(values)) == len(values), read.__name__


def test_every_document_of_an_installation_is_in_its_namespace(
    every_document: list[tuple[str, Document]], installations: Mapping[str, list[Document]]
) -> None:
    for folder, document in every_document:
        if folder in installations and document["kind"] != "Namespace":
            assert document["metadata"]["namespace"] == namespace_of(installations[folder])


@pytest.fixture(scope="module")
def strictly() -> Any:
    """Return the package of the core kinds; importing it takes seconds, of which no other file needs to know."""
    return importlib.import_module("kubernetes_validate")


def test_core_kinds_are_strictly_valid(strictly: Any, every_document: list[tuple[str, Document]]) -> None:
    checked = distinct(every_document, core=True)
    assert len(checked) > 50
    for document in checked:
        strictly.validate(document, "1.37", strict=True)


def test_the_strict_check_refuses_a_misspelt_field(
    strictly: Any, installations: Mapping[str, list[Document]]
) -> None:
    service = one(installations["national/production"], "Service", "graphql")
    misspelt = {**service, "spec": {**service["spec"], "sessionAfinity": "None"}}
    with pytest.raises(strictly.ValidationError):
        strictly.validate(misspelt, "1.37", strict=True)


def test_custom_kinds_are_valid_by_the_types_their_operators_publish(
    type_problems: list[str], every_document: list[tuple[str, Document]]
) -> None:
    assert {document["kind"] for document in distinct(every_document, core=False)} == {
        "Cluster", "Pooler", "ScheduledBackup", "ObjectStore", "HTTPRoute", "ExternalSecret",
        "ScaledObject", "TriggerAuthentication", "PodMonitor", "PrometheusRule",
    }  # fmt: skip
    assert [problem for problem in type_problems if SPOILED not in problem] == []


def test_what_the_guide_tells_an_operator_to_apply_is_checked_with_them(
    type_problems: list[str], guided: list[Document]
) -> None:
    """The test before asks that nothing is wrong with them; here a slip in one of them is found."""
    assert {document["kind"] for document in guided} == {"Gateway", "Certificate"}
    problems = [problem for problem in type_problems if problem.startswith(f"Certificate {SPOILED}")]
    assert any("dnsname" in problem for problem in problems)


def test_the_check_of_custom_kinds_refuses_unknown_fields_wrong_types_and_unknown_kinds(
    type_problems: list[str],
) -> None:
    problems = [problem for problem in type_problems if SPOILED in problem]
    assert any("instanses" in problem for problem in problems)
    assert any("/spec/instances must be integer" in problem for problem in problems)
    assert any("no published type is known for example.org/v1" in problem for problem in problems)


@pytest.fixture(scope="module")
def guided(repository: Path) -> list[Document]:
    """Return the documents an operator copies from the guide."""
    guide = (repository / "docs" / "operations.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    return [document for block in blocks for document in yaml.safe_load_all(block)]


def spoiled(documents: list[Document]) -> list[Document]:
    """Return what the check must refuse, under a name of its own."""
    cluster, route = one(documents, "Cluster", "database"), one(documents, "HTTPRoute", "public")
    certificate = one(documents, "Certificate", "public")
    return [
        {**document, "metadata": {**document["metadata"], "name": SPOILED}}
        for document in (
            {**cluster, "spec": {**cluster["spec"], "instanses": 3}},
            {**cluster, "spec": {**cluster["spec"], "instances": "three"}},
            {**route, "apiVersion": "example.org/v1"},
            {**certificate, "spec": {**certificate["spec"], "dnsname": "HOST"}},
        )
    ]


@pytest.fixture(scope="module")
def type_problems(
    repository: Path, program: Callable[..., str], every_document: list[tuple[str, Document]],
    installations: Mapping[str, list[Document]], guided: list[Document],
) -> list[str]:  # fmt: skip
    """Check the custom resources, good and spoiled, by Node in one go: reading the types takes most of the time."""
    node = program("node", why="checking custom resources")
    folder = repository / "tests" / "deploy" / "npm"
    if not (folder / "node_modules").is_dir():
        reason = "the published types are not installed: run `make deploy-check`"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    documents = [
        *distinct(every_document, core=False), *guided,
        *spoiled([*installations["national/production"], *guided]),
    ]  # fmt: skip
    done = subprocess.run(
        [node, str(folder / "check.mjs")],
        input=json.dumps(documents), capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads(done.stdout)
    return found


def one(documents: list[Document], kind: str, name: str) -> Document:
    (found,) = (
        document for document in documents if (document["kind"], document["metadata"]["name"]) == (kind, name)
    )
    return found


def namespace_of(documents: list[Document]) -> str:
    (namespace,) = (document["metadata"]["name"] for document in documents if document["kind"] == "Namespace")
    return str(namespace)


def host_of(documents: list[Document]) -> str:
    (host,) = one(documents, "HTTPRoute", "public")["spec"]["hostnames"]
    return str(host)


def vault_of(documents: list[Document]) -> str:
    (key,) = {
        document["spec"]["dataFrom"][0]["extract"]["key"]
        for document in documents
        if document["kind"] == "ExternalSecret"
    }
    return str(key)


def backups_of(documents: list[Document]) -> str:
    return str(one(documents, "ObjectStore", "backups")["spec"]["configuration"]["destinationPath"])
