"""Secrets made without a vault have the same files as those fetched from one."""

from __future__ import annotations

import io

import pytest
import yaml

from deploy.k8s import secret_files


def made(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, dict[str, str]]:
    assert secret_files.main(["khoosheh-lorestan", *arguments]) == 0
    documents = list(yaml.safe_load_all(io.StringIO(capsys.readouterr().out)))
    assert {document["metadata"]["namespace"] for document in documents} == {"khoosheh-lorestan"}
    return {document["metadata"]["name"]: document["stringData"] for document in documents}


@pytest.fixture
def given() -> tuple[str, ...]:
    """Give whatever only people know, so that a new secret does not break these tests."""
    wanted = secret_files.wanted_values(secret_files.declared_secrets())
    known = [name for name in wanted if not secret_files.OURS.fullmatch(name)]
    return tuple(f"{name}=value-of-{name}" for name in known)


def test_every_secret_of_the_vault_is_made_with_the_same_files(
    capsys: pytest.CaptureFixture[str], given: tuple[str, ...]
) -> None:
    secrets = made(capsys, *given)
    for document in secret_files.declared_secrets():
        template = document["spec"]["target"]["template"]["data"]
        assert secrets[document["metadata"]["name"]].keys() == template.keys()
    assert not any("{{" in text for files in secrets.values() for text in files.values())


def test_the_password_of_a_role_is_the_same_wherever_it_is_used_and_new_every_time(
    capsys: pytest.CaptureFixture[str], given: tuple[str, ...]
) -> None:
    first, second = made(capsys, *given), made(capsys, *given)
    password = first["database-service"]["password"]
    assert len(password) >= 43
    assert f":{password}@" in first["graphql"]["database_url"]
    assert f":{password}@" in first["notifications"]["database_url"]
    assert password != second["database-service"]["password"]
    assert password != first["database-migrator"]["password"]


def test_what_people_must_give_is_asked_for_by_name(
    capsys: pytest.CaptureFixture[str], given: tuple[str, ...]
) -> None:
    assert secret_files.main(["khoosheh", *given[1:]]) == 1
    told = capsys.readouterr()
    name = given[0].split("=")[0]
    assert f"{name} is missing: give {name}=…" in told.err
    assert told.out == ""


def test_a_value_nobody_asks_for_is_refused(
    capsys: pytest.CaptureFixture[str], given: tuple[str, ...]
) -> None:
    assert secret_files.main(["khoosheh", *given, "bakcup=1"]) == 1
    assert "bakcup is asked for by no Secret" in capsys.readouterr().err


def test_a_call_without_a_namespace_is_answered_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert secret_files.main([]) == 2
    assert "NAMESPACE" in capsys.readouterr().err
