"""Every pod satisfies Pod Security "restricted" and what we ask beyond it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

Document = dict[str, Any]
RESTRICTED_VOLUMES = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim",
                      "projected", "secret"}  # fmt: skip


def pod_specs(documents: list[Document]) -> Iterator[tuple[str, Mapping[str, Any], bool]]:
    """Yield each pod's name and specification, and whether it serves requests."""
    for document in documents:
        if document["kind"] in ("Deployment", "Job", "StatefulSet", "DaemonSet"):
            name = f"{document['kind']} {document['metadata']['name']}"
            yield name, document["spec"]["template"]["spec"], document["kind"] == "Deployment"
        if document["kind"] == "CronJob":
            template = document["spec"]["jobTemplate"]["spec"]["template"]
            yield f"CronJob {document['metadata']['name']}", template["spec"], False


def containers(spec: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*spec.get("initContainers", []), *spec["containers"]]


def violations(spec: Mapping[str, Any], *, serves: bool) -> list[str]:
    """List what the pod does that it may not, in the words of Pod Security where it is theirs."""
    found: list[str] = []
    pod = spec.get("securityContext", {})
    found += [
        f"{field} is shared with the machine"
        for field in ("hostNetwork", "hostPID", "hostIPC")
        if spec.get(field)
    ]
    found += [
        f"the volume {volume['name']} is of a forbidden kind"
        for volume in spec.get("volumes", [])
        if not RESTRICTED_VOLUMES & volume.keys()
    ]
    if spec.get("automountServiceAccountToken") is not False:
        found.append("a token of the Kubernetes API is mounted")
    if spec.get("enableServiceLinks") is not False:
        found.append("addresses of services are injected as settings")
    for container in containers(spec):
        context = {**pod, **container.get("securityContext", {})}
        name = container["name"]
        rules = {
            "may run as root": context.get("runAsNonRoot") is not True or not context.get("runAsUser"),
            "may gain privileges": context.get("allowPrivilegeEscalation") is not False,
            "is privileged": context.get("privileged", False),
            "keeps capabilities": context.get("capabilities") != {"drop": ["ALL"]},
            "has no seccomp profile": context.get("seccompProfile", {}).get("type") != "RuntimeDefault",
            "may write to its root file system": context.get("readOnlyRootFilesystem") is not True,
            "asks for no CPU": "cpu" not in container.get("resources", {}).get("requests", {}),
            "asks for no memory": "memory" not in container.get("resources", {}).get("requests", {}),
            "has no memory limit": "memory" not in container.get("resources", {}).get("limits", {}),
            "has a CPU limit, which throttles": "cpu" in container.get("resources", {}).get("limits", {}),
            "has a movable image": not is_fixed(container["image"]),
            "uses a port of the machine": any("hostPort" in port for port in container.get("ports", [])),
        }
        found += [f"{name} {rule}" for rule, broken in rules.items() if broken]
    if serves:
        (server,) = spec["containers"]
        probes = [server.get(probe, {}).get("httpGet", {}).get("path") for probe in
                  ("startupProbe", "readinessProbe", "livenessProbe")]  # fmt: skip
        if probes != ["/startup", "/ready", "/live"]:
            found.append(f"{server['name']} is probed at {probes}")
        pause = server.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
        if not 5 <= pause <= spec.get("terminationGracePeriodSeconds", 30) - 30:
            found.append(f"{server['name']} has no time to drain")
    return found


def is_fixed(image: str) -> bool:
    name, _, tag = image.rpartition(":")
    return "@sha256:" in image or (
        bool(name) and "/" not in tag and tag not in ("", "latest", "main", "edge")
    )


def test_no_pod_of_any_installation_violates_the_policy(
    every_document: list[tuple[str, Document]], folders: list[Path]
) -> None:
    seen = 0
    for folder, document in every_document:
        for name, spec, serves in pod_specs([document]):
            seen += 1
            assert violations(spec, serves=serves) == [], f"{folder}: {name}"
    # Three services and the migrator, and the drill that restores.
    assert seen > len(folders) * 4


def test_every_namespace_enforces_the_restricted_profile(
    every_document: list[tuple[str, Document]], folders: list[Path]
) -> None:
    namespaces = [document for _, document in every_document if document["kind"] == "Namespace"]
    # And the one with every part.
    assert len(namespaces) == len(folders) + 1
    for namespace in namespaces:
        labels = namespace["metadata"]["labels"]
        for mode in ("enforce", "audit", "warn"):
            assert labels[f"pod-security.kubernetes.io/{mode}"] == "restricted"


def test_every_service_survives_the_loss_of_a_pod(every_document: list[tuple[str, Document]]) -> None:
    for folder, document in every_document:
        if document["kind"] == "HorizontalPodAutoscaler":
            assert document["spec"]["minReplicas"] >= 2, folder
        if document["kind"] == "ScaledObject":
            assert document["spec"]["minReplicaCount"] >= 2, folder
        if document["kind"] == "Deployment":
            assert document["spec"]["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}, (
                folder
            )
            assert "replicas" not in document["spec"], "the scaler decides; a number here would undo it"
        if document["kind"] == "Cluster" and folder != "restore-drill":
            assert document["spec"]["instances"] >= (3 if folder.endswith("production") else 2), folder


def server(spec: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = spec["containers"][0]
    return found


def security(spec: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = server(spec)["securityContext"]
    return found


BROKEN: dict[str, Callable[[dict[str, Any]], object]] = {
    "graphql may run as root": lambda spec: spec["securityContext"].pop("runAsNonRoot"),
    "graphql may write to its root file system": lambda spec: security(spec).pop("readOnlyRootFilesystem"),
    "graphql keeps capabilities": lambda spec: security(spec).pop("capabilities"),
    "graphql may gain privileges": lambda spec: security(spec).pop("allowPrivilegeEscalation"),
    "graphql has no seccomp profile": lambda spec: spec["securityContext"].pop("seccompProfile"),
    "graphql asks for no memory": lambda spec: server(spec)["resources"]["requests"].pop("memory"),
    "graphql has a movable image": lambda spec: server(spec).update(image="khoosheh:latest"),
    "graphql has no time to drain": lambda spec: server(spec).pop("lifecycle"),
    "graphql is probed at ['/startup', '/live', '/live']": lambda spec: server(spec)["readinessProbe"][
        "httpGet"
    ].update(path="/live"),
    "hostNetwork is shared with the machine": lambda spec: spec.update(hostNetwork=True),
    "the volume tmp is of a forbidden kind": lambda spec: spec.update(
        volumes=[{"name": "tmp", "hostPath": {"path": "/"}}]
    ),
    "a token of the Kubernetes API is mounted": lambda spec: spec.pop("automountServiceAccountToken"),
}


@pytest.mark.parametrize("violation", BROKEN)
def test_the_policy_names_what_a_pod_may_not_do(
    installations: Mapping[str, list[Document]], violation: str
) -> None:
    (spec,) = (
        copy.deepcopy(dict(spec))
        for name, spec, _ in pod_specs(installations["national/production"])
        if name == "Deployment graphql"
    )
    assert violations(spec, serves=True) == []
    BROKEN[violation](spec)
    assert violation in violations(spec, serves=True)
