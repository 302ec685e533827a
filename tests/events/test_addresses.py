"""Where webhooks are not posted to: every spelling of an address inside, and names that turn inwards."""

from __future__ import annotations

import asyncio
import socket

import httpcore2
import pytest

from schema.notifications.addresses import UnusableTarget, is_outside, require_usable_url
from services.notifications.channels.outside import OutsideOnly

INSIDE = (
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1",  # noqa: S104 - nothing is bound to it
    "127.1.2.3", "127.255.255.254", "169.254.0.1", "169.254.169.254", "169.254.170.2", "172.16.0.1",
    "172.31.255.254", "192.0.0.1", "192.0.2.1", "192.168.0.1", "192.168.255.254", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
    "fe80::1%eth0", "febf::1", "fc00::1", "fd00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::169.254.169.254", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:7f00:1::", "100::1",
    "", "localhost", "127.1", "0x7f.1",
)  # fmt: skip
OUTSIDE = (
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "2606:4700:4700::1111",
    "::ffff:8.8.8.8",
    "2a00:1450:4001::1",
)

REFUSED = (
    "http://partner.example/", "ftp://partner.example/", "file:///etc/passwd", "gopher://partner.example/",
    "javascript:alert(1)", "//partner.example/", "partner.example/hook", "https://", "https:///hook", "",
    "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.0.0.1/",
    "https://0177.0.0.1/", "https://017700000001/", "https://[::1]/", "https://[::ffff:127.0.0.1]/",
    "https://[fd00:ec2::254]/", "https://[::]/", "https://0/", "https://169.254.169.254/latest/meta-data/",
    "https://169.254.169.254./", "https://localhost/", "https://localhost./", "https://LOCALHOST/",
    "https://api.localhost/", "https://metadata.google.internal/", "https://db.svc.cluster.local/", "https://printer.lan/",
    "https://router.home/", "https://intranet/", "https://graphql/", "https://1.1.1.1/", "https://8.8.8.8:8443/",
    "https://user@partner.example/", "https://user:pass@partner.example/", "https://partner.example@127.0.0.1/",
    "https://partner.example#@127.0.0.1/", "https://partner.example\\@127.0.0.1/", "https://partner.example:22/",
    "https://partner.example:99999/", "https://partner.example:x/", "https://partner.example:80/",
    "https://１２７.０.０.１/", "https://ⓛocalhost/", "https://partner.example /", "https://partner\t.example/",
    "https://partner.example/\r\nHost: inside", "https://-partner.example/", "https://partner..example/",
    "https://partner_x.example/", "https://%31%32%37.0.0.1/", "https://[::1", "https://[v1.a]/", "https://a.arpa/",
)  # fmt: skip
USABLE = (
    "https://partner.example/hook", "https://hooks.partner.example:8443/a/b?c=d", "https://PARTNER.example/",
    "https://xn--mgba3a4f16a.example/", "https://partner.xn--mgba3a4f16a/", "https://partner.example:443/",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_inside_passes_for_outside(address: str) -> None:
    assert not is_outside(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_of_the_internet_are_outside(address: str) -> None:
    assert is_outside(address)


@pytest.mark.parametrize("url", REFUSED)
def test_no_spelling_of_a_place_inside_is_accepted(url: str) -> None:
    with pytest.raises(UnusableTarget) as refused:
        require_usable_url(url)
    assert refused.value.reason_fa
    assert refused.value.reason_en


@pytest.mark.parametrize("url", USABLE)
def test_names_of_the_internet_are_accepted(url: str) -> None:
    require_usable_url(url)


async def accepts(listener: socket.socket) -> bool:
    try:
        connection, _ = await asyncio.wait_for(asyncio.get_running_loop().sock_accept(listener), 0.3)
    except TimeoutError:
        return False
    connection.close()
    return True


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"]]
)
async def test_a_name_that_leads_inside_is_refused_before_a_connection_is_made(addresses: list[str]) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)  # noqa: FBT003 - the signature is Python's

        async def resolve(_host: str, _port: int) -> list[str]:
            return addresses

        network = OutsideOnly(resolve=resolve)
        with pytest.raises(UnusableTarget):
            await network.connect_tcp("partner.example", listener.getsockname()[1], timeout=1)
        assert not await accepts(listener)


async def test_the_address_that_was_judged_is_the_one_connected_to() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)  # noqa: FBT003 - as above
        asked: list[str] = []

        async def resolve(host: str, _port: int) -> list[str]:
            asked.append(host)
            return ["127.0.0.1"]

        network = OutsideOnly(inside_allowed=True, resolve=resolve)
        stream = await network.connect_tcp("turns-inwards.invalid", listener.getsockname()[1], timeout=1)
        assert await accepts(listener)
        await stream.aclose()
        assert asked == ["turns-inwards.invalid"]


async def test_a_socket_of_this_machine_is_never_connected_to() -> None:
    with pytest.raises(UnusableTarget):
        await OutsideOnly(inside_allowed=True).connect_unix_socket("/run/postgresql/.s.PGSQL.5432")


async def test_a_name_nobody_knows_is_a_failure_to_connect() -> None:
    async def resolve(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(httpcore2.ConnectError):
        await OutsideOnly(resolve=resolve).connect_tcp("nobody.example", 443, timeout=1)


async def test_a_name_that_changes_between_judging_and_connecting_gains_nothing() -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["93.184.216.34", "169.254.169.254"]])

    async def resolve(_host: str, _port: int) -> list[str]:
        return next(answers)

    connected: list[str] = []

    async def connect(host: str, _port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        connected.append(host)
        raise ConnectionRefusedError

    network = OutsideOnly(resolve=resolve, connect=connect)
    with pytest.raises(ConnectionRefusedError):
        await network.connect_tcp("turns.example", 443, timeout=1)
    assert connected == ["93.184.216.34"], "the name was asked for once, and the judged address was taken"
    for _ in range(2):
        with pytest.raises(UnusableTarget):
            await network.connect_tcp("turns.example", 443, timeout=1)
    assert connected == ["93.184.216.34"]


def test_the_corpus_of_places_inside_is_large() -> None:
    assert len(set(INSIDE)) + len(set(REFUSED)) > 100
