"""Settings: from the environment and from mounted secrets, refused by name when they cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from services.settings import Settings, SettingsInvalid, read_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHQL_PORT", "9000")
    assert read_settings().graphql_port == 9000


def test_a_mounted_secret_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "database_url").write_text("postgresql://from-file/db\n")
    monkeypatch.setenv("SECRETS_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert read_settings().require_database_url() == "postgresql://from-file/db"
    monkeypatch.setenv("DATABASE_URL", "postgresql://from-environment/db")
    assert read_settings().require_database_url() == "postgresql://from-environment/db"


def test_a_value_that_cannot_be_used_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_PORT", "swordfish")
    with pytest.raises(SettingsInvalid, match="WEB_PORT") as refused:
        read_settings()
    assert "swordfish" not in str(refused.value)


def test_a_folder_of_secrets_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRETS_DIR", "/nowhere/secrets")
    with pytest.raises(SettingsInvalid, match="SECRETS_DIR"):
        read_settings()


def test_without_a_database_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(SettingsInvalid, match="make run"):
        read_settings().require_database_url()


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    assert Settings.model_fields[name].description


def test_the_password_of_the_database_is_not_in_the_text_of_the_settings() -> None:
    assert "swordfish" not in repr(read_settings(database_url="postgresql://me:swordfish@host/db"))


@pytest.mark.parametrize("name", ["HTMX_URL", "FONT_URL", "GRAPHIQL_SOURCE"])
def test_an_empty_address_means_without(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "")
    assert getattr(read_settings(), name.lower()) == ""


def test_any_other_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GRAPHQL_PORT", "LANGUAGE", "SMTP_URL", "OTLP_ENDPOINT"):
        monkeypatch.setenv(name, "")
    found = read_settings()
    assert (found.graphql_port, found.language, found.smtp_url, found.otlp_endpoint) == (
        8000,
        "fa",
        None,
        None,
    )


def test_trusted_origins_are_read_as_browsers_write_them() -> None:
    settings = read_settings(trusted_origins=" https://Pages.Example/ ,, https://other.example:8443")
    assert settings.own_origins == ("https://pages.example", "https://other.example:8443")
    assert read_settings().own_origins == ()
