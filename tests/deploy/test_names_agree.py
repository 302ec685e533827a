"""Whatever a document names exists: pods for selectors, Secrets, settings, ports, images and commands."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from deploy.k8s.secret_files import declared_secrets
from deploy.k8s.settings_table import table
from services.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Document = dict[str, Any]
WORKLOADS = ("Deployment", "Job", "CronJob")
# Made by CloudNativePG for the cluster `database`: the addresses of its primary and of its replicas.
OPERATOR_SERVICES = {"database-rw", "database-ro", "database-r", "database-pooler"}


def of_kind(documents: list[Document], *kinds: str) -> dict[str, Document]:
    return {document["metadata"]["name"]: document for document in documents if document["kind"] in kinds}


def pods(documents: list[Document]) -> dict[str, Mapping[str, Any]]:
    return {name: template_in(document) for name, document in of_kind(documents, *WORKLOADS).items()}


def template_in(document: Document) -> Mapping[str, Any]:
    spec = document["spec"]["jobTemplate"]["spec"] if document["kind"] == "CronJob" else document["spec"]
    template: Mapping[str, Any] = spec["template"]
    return template


def containers(template: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from template["spec"].get("initContainers", [])
    yield from template["spec"]["containers"]


def secret_settings() -> set[str]:
    """Name the settings that hold secrets."""
    return {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}


def test_every_selector_selects_exactly_the_pods_of_its_name(
    installations: Mapping[str, list[Document]],
) -> None:
    for folder, documents in installations.items():
        labels = {name: template["metadata"]["labels"] for name, template in pods(documents).items()}
        for kind in ("Service", "PodDisruptionBudget", "Deployment"):
            for name, document in of_kind(documents, kind).items():
                selector = document["spec"]["selector"]
                wanted = selector if kind == "Service" else selector["matchLabels"]
                found = [pod for pod, have in labels.items() if wanted.items() <= have.items()]
                assert found == [name], f"{folder}: {kind} {name}"


def test_scalers_and_routes_point_at_what_exists(installations: Mapping[str, list[Document]]) -> None:
    for folder, documents in installations.items():
        services = of_kind(documents, "Service")
        deployments = of_kind(documents, "Deployment")
        for name, scaler in of_kind(documents, "HorizontalPodAutoscaler", "ScaledObject").items():
            assert scaler["spec"]["scaleTargetRef"]["name"] == name, folder
            assert name in deployments, folder
        for route in of_kind(documents, "HTTPRoute").values():
            for rule in route["spec"]["rules"]:
                for backend in rule.get("backendRefs", []):
                    (port,) = services[backend["name"]]["spec"]["ports"]
                    assert port["port"] == backend["port"], folder
        for name, service in services.items():
            (port,) = service["spec"]["ports"]
            names = {port["name"] for port in next(containers_of(deployments[name]))["ports"]}
            assert port["targetPort"] in names, folder


def containers_of(document: Document) -> Iterator[Mapping[str, Any]]:
    yield from document["spec"]["template"]["spec"]["containers"]


def test_every_service_listens_on_the_port_its_setting_says(
    installations: Mapping[str, list[Document]],
) -> None:
    for documents in installations.values():
        settings = configuration(documents)
        for name, prefix in (("graphql", "GRAPHQL"), ("admin", "WEB"), ("notifications", "NOTIFICATIONS")):
            (server,) = containers_of(of_kind(documents, "Deployment")[name])
            assert str(server["ports"][0]["containerPort"]) == settings[f"{prefix}_PORT"]
            assert settings[f"{prefix}_HOST"] == "0.0.0.0"  # noqa: S104 - a pod is reached from outside itself


def test_letters_come_back_to_the_port_the_worker_listens_on(optional_parts: list[Document]) -> None:
    (server,) = containers_of(of_kind(optional_parts, "Deployment")["notifications"])
    listened = {port["name"]: port["containerPort"] for port in server["ports"]}
    (port,) = of_kind(optional_parts, "Service")["returned-mail"]["spec"]["ports"]
    assert port["port"] == 25, "the port mail servers know"
    assert str(listened[port["targetPort"]]) == configuration(optional_parts)["BOUNCE_PORT"]
    assert configuration(optional_parts)["BOUNCE_HOST"] == "0.0.0.0"  # noqa: S104 - a pod is reached from outside


def test_every_settings_and_secrets_reference_is_to_a_document_of_the_installation(
    installations: Mapping[str, list[Document]],
) -> None:
    for folder, documents in installations.items():
        maps = of_kind(documents, "ConfigMap")
        secrets = {document["metadata"]["name"] for document in declared_secrets()}
        accounts = of_kind(documents, "ServiceAccount")
        for name, template in pods(documents).items():
            account = template["spec"]["serviceAccountName"]
            assert account in accounts, folder
            for container in containers(template):
                for source in container.get("envFrom", []):
                    assert source["configMapRef"]["name"] in maps, f"{folder}: {name}"
                assert "env" not in container, "settings come from the ConfigMap and from secret files alone"
            for volume in template["spec"]["volumes"]:
                assert volume.get("secret", {}).get("secretName", account) == account, name
                assert "secret" not in volume or account in secrets
        database = of_kind(documents, "Cluster")["database"]["spec"]
        assert database["bootstrap"]["initdb"]["secret"]["name"] in secrets
        assert {role["passwordSecret"]["name"] for role in database["managed"]["roles"]} <= secrets
        store = of_kind(documents, "ObjectStore")["backups"]["spec"]["configuration"]["s3Credentials"]
        files = {document["metadata"]["name"]: document for document in declared_secrets()}
        for reference in store.values():
            assert reference["key"] in template_of(files[reference["name"]])


def configuration(documents: list[Document]) -> dict[str, str]:
    (found,) = (
        document["data"]
        for name, document in of_kind(documents, "ConfigMap").items()
        if name.startswith("configuration-")
    )
    return dict(found)


def template_of(external_secret: Document) -> dict[str, str]:
    return dict(external_secret["spec"]["target"]["template"]["data"])


def test_every_configured_variable_is_a_setting_and_none_of_them_is_a_secret(
    installations: Mapping[str, list[Document]], optional_parts: list[Document]
) -> None:
    known = {name.upper() for name in Settings.model_fields} | {"SECRETS_DIR"}
    secret = {name.upper() for name in secret_settings()}
    for documents in (*installations.values(), optional_parts):
        variables = configuration(documents).keys()
        assert variables <= known
        assert not variables & secret


def test_the_configured_values_are_accepted_by_the_settings(
    installations: Mapping[str, list[Document]],
) -> None:
    for documents in installations.values():
        values = {key.lower(): value for key, value in configuration(documents).items()}
        settings = Settings.model_validate(values)
        assert settings.graphql_port == 8000


def test_every_secret_file_of_a_service_is_a_secret_setting() -> None:
    services = {"graphql", "admin", "notifications", "migrate"}
    found = {document["metadata"]["name"]: template_of(document) for document in declared_secrets()}
    assert services <= found.keys()
    for service in services:
        assert found[service].keys() <= secret_settings()
        assert "database_url" in found[service]


def test_every_secret_setting_is_given_to_some_service_as_a_file() -> None:
    given = {file for document in declared_secrets() for file in template_of(document)}
    assert secret_settings() - given == set()


def test_only_the_migrator_holds_the_password_of_the_tables_owner() -> None:
    holders = {
        document["metadata"]["name"]
        for document in declared_secrets()
        if any("migrator_password" in text for text in template_of(document).values())
    }
    assert holders == {"migrate", "database-migrator"}


def test_whoever_listens_and_whoever_migrates_connects_past_the_pooler() -> None:
    files = {document["metadata"]["name"]: template_of(document) for document in declared_secrets()}
    addresses = {name: data.get("database_url", "") for name, data in files.items()}
    assert "@database-pooler:" in addresses["graphql"]
    assert "@database-pooler:" in addresses["admin"]
    assert "@database-rw:" in addresses["notifications"]
    assert "@database-rw:" in addresses["migrate"]
    for name in ("graphql", "admin"):
        assert "@database-rw:" in files[name]["database_direct_url"]
    hosts = {address.split("@")[1].split(":")[0] for address in addresses.values() if address}
    assert hosts <= OPERATOR_SERVICES


def test_the_commands_are_those_of_the_image(installations: Mapping[str, list[Document]]) -> None:
    commands = {
        tuple(container["command"])
        for documents in installations.values()
        for template in pods(documents).values()
        for container in containers(template)
    }
    assert {command[:2] for command in commands} == {("python", "-m")}
    assert {command[2] for command in commands} == {
        "services.graphql", "web", "services.notifications", "services.migrate", "services.reference",
    }  # fmt: skip


@pytest.mark.parametrize(
    "module",
    [
        "services.graphql",
        "web",
        "services.migrate",
        "services.reference",
        "services.first_administrator",
        "services.notifications",
    ],
)
def test_every_command_is_a_module_that_exists(module: str) -> None:
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.submodule_search_locations is None or importlib.util.find_spec(f"{module}.__main__")


def test_what_takes_away_runs_only_when_it_is_asked_to(installations: Mapping[str, list[Document]]) -> None:
    """The Job of a release adds; what only the release before used goes later, by the same pod but for a word."""
    for folder, documents in installations.items():
        before, after = of_kind(documents, "Job")["migrate"], of_kind(documents, "CronJob")["migrate-post"]
        assert after["spec"]["suspend"] is True, folder
        (container,) = template_in(after)["spec"]["containers"]
        waits, _loads = containers(template_in(before))
        assert container["command"] == [*waits["command"], "--post"]
        same = ("image", "envFrom", "resources", "securityContext", "volumeMounts")
        assert [container[part] for part in same] == [waits[part] for part in same]
        pods_of = [template_in(document)["spec"] for document in (before, after)]
        assert pods_of[0]["securityContext"] == pods_of[1]["securityContext"]
        assert pods_of[0]["volumes"] == pods_of[1]["volumes"]
        # The network policies know a migrator by its labels.
        assert template_in(after)["metadata"]["labels"] == template_in(before)["metadata"]["labels"]


def test_every_container_of_ours_runs_the_one_image(installations: Mapping[str, list[Document]]) -> None:
    for documents in installations.values():
        images = {
            container["image"] for template in pods(documents).values() for container in containers(template)
        }
        assert len(images) == 1


def test_every_setting_is_documented() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, f"{name} has no description"
        assert field.description.strip().endswith("."), name
    assert SecretStr.__name__ in str(Settings.model_fields["database_url"].annotation)


def test_every_setting_is_in_the_table_of_the_guide(repository: Path) -> None:
    """A new setting appears where operators read, with what it means and what it is without them."""
    path = repository / "docs" / "settings.md"
    assert path.read_text(encoding="utf-8") == table(), "run `python -m deploy.k8s.settings_table`"


def test_the_declared_language_is_the_setting_of_the_installation(
    installations: Mapping[str, list[Document]],
) -> None:
    for documents in installations.values():
        assert configuration(documents)["LANGUAGE"] == "fa"


def test_a_closed_network_loads_the_same_files_from_inside(optional_parts: list[Document]) -> None:
    inside = configuration(optional_parts)
    for name in ("HTMX_URL", "FONT_URL"):
        assert inside[name].startswith("https://mirror.")
        assert (
            inside[name].rsplit("/", 1)[1]
            == str(Settings.model_fields[name.lower()].default).rsplit("/", 1)[1]
        )
    assert inside["GRAPHIQL_SOURCE"].startswith("https://mirror.")
    # Nothing that browsers load from the internet by default is forgotten.
    outside = {name for name, field in Settings.model_fields.items() if "cdn." in str(field.default)}
    assert {name.upper() for name in outside} <= inside.keys()
    # The integrity is not overridden: a mirror that serves other bytes is refused by the browser.
    assert not any(name.endswith("_INTEGRITY") for name in inside)
    text = str([document for document in optional_parts if document["kind"] in (*WORKLOADS, "Cluster")])
    assert "registry.khoosheh.example" not in text
    assert "ghcr.io" not in text
