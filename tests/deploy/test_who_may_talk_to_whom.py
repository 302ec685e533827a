"""The network policies allow exactly the arrows of the picture in deploy/k8s/README.md."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Document = dict[str, Any]
Arrow = tuple[str, str, int]
# The pods of an installation by their labels; the operator of the database labels its pods itself.
PODS: dict[str, dict[str, str]] = {
    **{
        name: {"app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "khoosheh"}
        for name in ("graphql", "admin", "notifications", "migrate")
    },
    "database": {"cnpg.io/cluster": "database"},
    "database-pooler": {"cnpg.io/poolerName": "database-pooler"},
}
HTTP = {"graphql": 8000, "admin": 8001, "notifications": 8002}


def selected(selector: Mapping[str, Any]) -> list[str]:
    """Return the pods a selector means; an empty one means everybody."""
    if not selector:
        return ["everybody"]
    labels = selector.get("matchLabels", {})
    demands = [(key, [value]) for key, value in labels.items()]
    for expression in selector.get("matchExpressions", []):
        assert expression["operator"] == "In"
        demands.append((expression["key"], expression["values"]))
    found = [pod for pod, have in PODS.items() if all(have.get(key) in values for key, values in demands)]
    assert found, f"{selector} selects no pod"
    return found


def peers(rule: Mapping[str, Any], direction: str) -> Iterator[str]:
    """Name who is at the other end of a rule."""
    if direction not in rule:
        yield "cluster"
    for peer in rule.get(direction, []):
        if "ipBlock" in peer:
            yield "outside"
        elif "namespaceSelector" in peer:
            yield peer["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"]
        else:
            yield from selected(peer["podSelector"])


def allowed(documents: list[Document]) -> tuple[set[Arrow], set[Arrow]]:
    """Return the arrows the sources may draw and the arrows the targets accept."""
    drawn: set[Arrow] = set()
    accepted: set[Arrow] = set()
    for document in documents:
        if document["kind"] != "NetworkPolicy":
            continue
        spec = document["spec"]
        for pod in selected(spec["podSelector"]):
            for rule in spec.get("egress", []):
                drawn |= {
                    (pod, peer, int(port["port"])) for peer in peers(rule, "to") for port in rule["ports"]
                }
            for rule in spec.get("ingress", []):
                accepted |= {
                    (peer, pod, HTTP[pod] if port["port"] == "http" else int(port["port"]))
                    for peer in peers(rule, "from")
                    for port in rule["ports"]
                }
    return drawn, accepted


def arrows(documents: list[Document]) -> set[Arrow]:
    """Return what really gets through: inside an installation both ends have to agree."""
    drawn, accepted = allowed(documents)
    inside = {arrow for arrow in drawn | accepted if arrow[0] in PODS and arrow[1] in PODS}
    return (drawn & accepted) | ((drawn | accepted) - inside)


@pytest.fixture(scope="module")
def picture(manifests: Path) -> set[Arrow]:
    text = (manifests / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"^  ([a-z-]+) -->\|([0-9 ]+)\| ([a-z-]+)$", text, re.MULTILINE)
    return {(source, target, int(port)) for source, ports, target in found for port in ports.split()}


def test_the_policies_allow_what_the_picture_shows_and_nothing_else(
    installations: Mapping[str, list[Document]], optional_parts: list[Document], picture: set[Arrow]
) -> None:
    for folder, documents in {**installations, "every part": optional_parts}.items():
        named = {(document["kind"], document["metadata"]["name"]) for document in documents}
        absent = set()
        if ("ScaledObject", "notifications") not in named:
            absent.add("keda")
        if ("Service", "returned-mail") not in named:
            absent.add("outside")
        assert arrows(documents) == {arrow for arrow in picture if arrow[0] not in absent}, folder


def test_no_end_allows_what_the_other_refuses(installations: Mapping[str, list[Document]]) -> None:
    drawn, accepted = allowed(installations["national/production"])
    inside = {arrow for arrow in drawn | accepted if arrow[0] in PODS and arrow[1] in PODS}
    assert inside == drawn & accepted & inside


def test_every_pod_is_refused_everything_that_is_not_allowed_by_name(
    installations: Mapping[str, list[Document]],
) -> None:
    for documents in installations.values():
        (policy,) = (
            document["spec"]
            for document in documents
            if (document["kind"], document["metadata"]["name"]) == ("NetworkPolicy", "default-deny")
        )
        assert policy == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def blocks(documents: list[Document]) -> list[Mapping[str, Any]]:
    return [
        peer["ipBlock"]
        for document in documents
        if document["kind"] == "NetworkPolicy"
        for rule in document["spec"].get("egress", [])
        for peer in rule.get("to", [])
        if "ipBlock" in peer
    ]


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "172.20.0.1",
        "192.168.1.1",
        "127.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "fd00::1",
        "fe80::1",
    ],
)
def test_a_private_address_is_not_outside(
    installations: Mapping[str, list[Document]], optional_parts: list[Document], address: str
) -> None:
    def reached(block: Mapping[str, Any]) -> bool:
        target = ipaddress.ip_address(address)
        return target in ipaddress.ip_network(block["cidr"]) and not any(
            target in ipaddress.ip_network(exception) for exception in block.get("except", [])
        )

    national = blocks(installations["national/production"])
    assert national
    assert not any(reached(block) for block in national)
    # In a closed network the mail relay and the receivers are inside, but never the machine itself.
    inside = {"10.1.2.3", "172.20.0.1", "192.168.1.1"}
    assert any(reached(block) for block in blocks(optional_parts)) is (address in inside)
