"""The pages of networks."""

from __future__ import annotations

from typing import Final

from web.forms import Form
from web.localisation import mark
from web.page import Page
from web.routes.asking import ADD, asks

NETWORK: Final = "/networks/{network.id}"

PAGES: Final = (
    Page("/networks/{id}", "networks/detail", mark("Network"), section="clusters"),
    asks(
        "/networks/{id}/edit",
        "networks/edit",
        mark("Edit the network"),
        to=NETWORK,
        fields=("nameFa", "nameEn", "kind", "lastAssemblyOn"),
        initial="network",
    ),
    asks(
        "/networks/{id}/register",
        "networks/register",
        mark("Record the registration"),
        to=NETWORK,
        toast=mark("The network is registered."),
        fields=("legalForm", "registrationNumber", "on"),
        initial="network",
    ),
    asks(
        "/networks/{id}/designate",
        "networks/designate",
        mark("Designate as comprehensive network"),
        to=NETWORK,
        submit=mark("Designate"),
        toast=mark("The network is the comprehensive network of the cluster."),
        initial="network",
        consequence=mark("After the project, the action plan is this network's duty."),
    ),
    asks(
        "/networks/{id}/dissolve",
        "networks/dissolve",
        mark("Dissolve the network"),
        to=NETWORK,
        submit=mark("Dissolve"),
        toast=mark("The network was dissolved."),
        fields=("reason", "on"),
        long=("reason",),
        initial="network",
        consequence=mark("A dissolved network carries out nothing and can take nothing over."),
        grave=True,
    ),
    asks(
        "/networks/{id}/members/new",
        "networks/join",
        mark("Add a member of the network"),
        to="/networks/{networkMember.network.id}",
        back=NETWORK,
        submit=ADD,
        fields=("stakeholderId", "validFrom"),
        references={"stakeholderId": "stakeholders"},
        within={"stakeholderId": "network.cluster.slug"},
        hidden={"networkId": "network.id"},
    ),
    asks(
        "/network-members/{id}/end",
        "networks/leave",
        mark("End the participation"),
        to="/networks/{networkMember.network.id}",
        submit=mark("End it"),
        initial="networkMember",
    ),
    Page(
        "/clusters/{slug}/networks/new",
        "networks/create",
        mark("New network"),
        section="clusters",
        form=Form(
            submit=mark("Add"),
            toast=mark("The network is on record."),
            done=NETWORK,
            back="/clusters/{clusterBySlug.slug}/networks",
            fields=("nameFa", "nameEn", "kind", "formedOn"),
            hidden={"clusterId": "clusterBySlug.id"},
        ),
    ),
)
