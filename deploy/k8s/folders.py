"""Writes the kustomization of one installation in one environment; nothing here decides what is allowed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from deploy.k8s.installations import Installation

ENVIRONMENTS: Final = ("production", "staging")
GENERATED: Final = (
    "# Written by `python -m deploy.k8s.provinces` from provinces/declared.toml; change it there."
)


def path_of(installation: Installation, environment: str) -> str:
    """Return the file of an installation in an environment, from deploy/k8s."""
    folder = "national" if installation.is_national else f"provinces/{installation.folder}"
    return f"{folder}/{environment}/kustomization.yaml"


def namespace_of(installation: Installation, environment: str) -> str:
    """Return the namespace, which is also the installation's folder in the vault and in the backup store."""
    name = "khoosheh" if installation.is_national else f"khoosheh-{installation.folder}"
    return name if environment == "production" else f"{name}-{environment}"


def host_of(installation: Installation, environment: str) -> str:
    """Return the name people open."""
    return installation.host if environment == "production" else f"{environment}.{installation.host}"


def settings_of(installation: Installation, environment: str) -> dict[str, str]:
    """Return the settings (services/settings.py) in which installations differ."""
    host = host_of(installation, environment)
    returned = {"BOUNCE_DOMAIN": f"bounce.{host}"} if "returned-mail" in installation.features else {}
    return {
        "LANGUAGE": installation.language,
        # Letters, calendars and the first link lead here, and come from here.
        "ADMIN_URL": f"https://{host}",
        "MAIL_FROM": f"Khoosheh <khoosheh@{host}>",
        "DOCUMENTS_PREFIX": namespace_of(installation, environment),
        **returned,
    }


def kustomization(installation: Installation, environment: str) -> str:
    """Return the text of the file."""
    root = "../.." if installation.is_national else "../../.."
    namespace = namespace_of(installation, environment)
    components = [f"environments/{environment}", f"components/{installation.entrance}"]
    components += [
        f"components/{feature}" for feature in installation.features if feature != "closed-network"
    ]
    if environment == "production":
        components.append(f"components/sizes/{installation.size}")
    # It changes what the others brought, so it comes last.
    components += [
        f"components/{feature}" for feature in installation.features if feature == "closed-network"
    ]
    lines = [
        f"# {installation.name}, {environment}.",
        GENERATED,
        "apiVersion: kustomize.config.k8s.io/v1beta1",
        "kind: Kustomization",
        f"namespace: {namespace}",
        "resources:",
        f"  - {root}/base",
        "components:",
        *(f"  - {root}/{component}" for component in components),
        "configMapGenerator:",
        "  - name: configuration",
        "    behavior: merge",
        "    literals:",
        *(f"      - {key}={value}" for key, value in settings_of(installation, environment).items()),
        "patches:",
        *_entrance(installation.entrance, host_of(installation, environment)),
        *_patch("Cluster", {"/spec/storage": installation.storage_class}, "storageClass"),
        *_replace(
            "ObjectStore", {"/spec/configuration/destinationPath": f"s3://khoosheh-backups/{namespace}"}
        ),
    ]
    if "external-secrets" in installation.features:
        lines += _replace("ExternalSecret", {"/spec/dataFrom/0/extract/key": f"khoosheh/{namespace}"})
    if "notifications-on-lag" in installation.features:
        lines += _replace("ScaledObject", {"/spec/triggers/0/metadata/host": f"database-ro.{namespace}.svc"})
    return "\n".join(lines) + "\n"


def _entrance(entrance: str, host: str) -> list[str]:
    if entrance == "gateway":
        return _replace("HTTPRoute", {"/spec/hostnames/0": host})
    return _replace("Ingress", {"/spec/rules/0/host": host, "/spec/tls/0/hosts/0": host})


def _patch(kind: str, values: dict[str, str], key: str) -> list[str]:
    """Add a key only where a value is declared: an empty storage class means the cluster's default."""
    operations = [("add", f"{path}/{key}", value) for path, value in values.items() if value]
    return _operations(kind, operations)


def _replace(kind: str, values: dict[str, str]) -> list[str]:
    return _operations(kind, [("replace", path, value) for path, value in values.items()])


def _operations(kind: str, operations: list[tuple[str, str, str]]) -> list[str]:
    if not operations:
        return []
    return [
        "  - target:",
        f"      kind: {kind}",
        "    patch: |",
        *(
            f"      - {{op: {operation}, path: {path}, value: {json.dumps(value)}}}"
            for operation, path, value in operations
        ),
    ]
