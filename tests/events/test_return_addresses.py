"""The address a letter comes back to names the letter, fits what mail servers take, and cannot be made by others."""

from __future__ import annotations

import pytest

from schema.identity import new_id
from services.notifications.returns.addresses import LONGEST, ReturnAddresses
from services.sealing import Sealer
from services.settings import SettingsInvalid, read_settings

OLD, NEW = "an older key of at least 32 characters", "the newest key of at least 32 characters"
READER = "reader@khoosheh.example"


def addresses(keys: str = NEW, domain: str = "bounce.example") -> ReturnAddresses:
    settings = read_settings(encryption_keys=keys, bounce_domain=domain)
    return ReturnAddresses.of_installation(settings, Sealer(settings))


def made(by: ReturnAddresses) -> str:
    address = by.make(new_id(), READER)
    assert address is not None
    return address


def test_an_address_names_the_letter_and_where_it_went_whatever_becomes_of_its_case() -> None:
    letter = new_id()
    address = addresses().make(letter, READER)
    assert address is not None
    local, _, domain = address.partition("@")
    assert (local[:7], domain) == ("bounce+", "bounce.example")
    assert len(local) <= LONGEST, "mail servers cut or refuse what is longer"
    assert "reader" not in address
    for arrived in (address, address.upper(), address.replace("bounce.example", "Bounce.Example")):
        returned = addresses().read(arrived)
        assert returned is not None
        assert returned.id == letter
        assert returned.went_to("Reader@khoosheh.example")
        assert not returned.went_to("other@khoosheh.example")


def test_nobody_else_makes_one_and_no_sign_of_it_may_change() -> None:
    address = made(addresses())
    local = address.partition("@")[0]
    for place in range(len("bounce+"), len(local)):
        other = "a" if address[place] != "a" else "b"
        assert addresses().read(f"{address[:place]}{other}{address[place + 1 :]}") is None
    assert addresses(OLD).read(address) is None, "made by another installation"
    assert addresses(domain="elsewhere.example").read(address) is None


@pytest.mark.parametrize(
    "address",
    ["", "@", "bounce+@bounce.example", "bounce+.@bounce.example", "postmaster@bounce.example",
     "bounce+" + "a" * 32 + ".@bounce.example", "bounce+" + "a" * 500 + "@bounce.example",
     "bounce+é.é@bounce.example", "bounce+" + "1" * 32 + "." + "0" * 16 + "@bounce.example"],
)  # fmt: skip
def test_garbage_is_no_address_of_ours(address: str) -> None:
    assert addresses().read(address) is None


def test_a_letter_that_comes_back_after_the_keys_were_rotated_is_still_known() -> None:
    assert addresses(f"{NEW},{OLD}").read(made(addresses(OLD))) is not None


def test_without_a_domain_there_are_none_and_a_domain_without_keys_is_refused() -> None:
    settings = read_settings(encryption_keys=NEW)
    assert ReturnAddresses.of_installation(settings, Sealer(settings)).make(new_id(), READER) is None
    settings = read_settings(bounce_domain="bounce.example")
    with pytest.raises(SettingsInvalid, match="BOUNCE_DOMAIN needs ENCRYPTION_KEYS"):
        ReturnAddresses.of_installation(settings, Sealer(settings))
