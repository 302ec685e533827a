"""What an installation declares is checked as a whole, and the folders are exactly what is declared."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from deploy.k8s.folders import kustomization
from deploy.k8s.installations import DeclarationsRefused, read_installations
from deploy.k8s.provinces import declared_installations, differences, wanted_files
from schema.provinces.reference import PROVINCES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TWO = {"IR-15": "Lorestan", "IR-16": "Ilam"}
GOOD = """
[every]
language = "fa"
storage_class = ""
size = "small"
entrance = "gateway"
features = ["external-secrets"]
[national]
host = "khoosheh.example"
[IR-15]
host = "lorestan.khoosheh.example"
[IR-16]
host = "ilam.khoosheh.example"
"""


@pytest.fixture
def declared(tmp_path: Path) -> Path:
    path = tmp_path / "declared.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(DeclarationsRefused) as refused:
        read_installations(path, TWO)
    return str(refused.value)


def test_the_committed_folders_are_what_is_declared() -> None:
    assert differences(wanted_files(declared_installations())) == []


def test_every_province_of_the_reference_has_its_folders_and_nobody_else_has() -> None:
    codes = [installation.code for installation in declared_installations()]
    assert codes == ["national", *(province.iso_code for province in PROVINCES)]
    assert len(codes) == 32


def test_a_missing_a_changed_and_a_foreign_folder_are_named(tmp_path: Path) -> None:
    wanted = {"provinces/a/staging/kustomization.yaml": "a", "provinces/b/staging/kustomization.yaml": "b"}
    for name in ("b", "c"):
        folder = tmp_path / "provinces" / name / "staging"
        folder.mkdir(parents=True)
        (folder / "kustomization.yaml").write_text("other", encoding="utf-8")
    missing, foreign, changed = differences(wanted, tmp_path)
    assert missing.startswith("provinces/a/staging/kustomization.yaml is missing")
    assert foreign.startswith("provinces/c/staging/kustomization.yaml belongs to no declared installation")
    assert changed.startswith("provinces/b/staging/kustomization.yaml differs")


def test_good_declarations_are_read(declared: Path) -> None:
    installations = read_installations(declared, TWO)
    assert [installation.folder for installation in installations] == ["national", "lorestan", "ilam"]
    assert installations[1].language == "fa"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('host = "ilam.khoosheh.example"', ""), "Ilam (IR-16) has no host: add host"),
        (("ilam.khoosheh", "lorestan.khoosheh"), "Lorestan and Ilam both have the host lorestan.k"),
        (("ilam.khoosheh", "staging.lorestan.khoosheh"), "Lorestan and Ilam both have the host staging.l"),
        (("ilam.khoosheh.example", "Ilam"), "Ilam (IR-16) has the host 'Ilam', which is not a full name"),
        (("external-secrets", "teleport"), "declares the feature 'teleport'; choose from closed-network,"),
        (('size = "small"', 'size = "huge"'), "declares the size 'huge'; choose from small, medium, large"),
        (('language = "fa"', 'language = "de"'), "declares the language 'de'; choose from fa, en"),
        (('entrance = "gateway"', 'entrance = "door"'), "the entrance 'door'; choose from gateway, ingress"),
        (("[IR-16]", "[IR-61]"), "[IR-61] is no province"),
        (("[IR-16]", "[IR-61]"), "Ilam (IR-16) is not declared: add a section [IR-16] with its host"),
        (("[IR-16]", "[IR-16]\ncolour = 1"), "Ilam (IR-16) declares colour, which nothing knows; known are"),
        (('host = "ilam', "host = ilam"), "cannot be read: "),
    ],
)  # fmt: skip
def test_what_cannot_be_installed_is_refused_with_the_remedy(
    declared: Path, change: tuple[str, str], words: str
) -> None:
    declared.write_text(GOOD.replace(*change), encoding="utf-8")
    assert words in refusal(declared)


def test_all_problems_are_told_at_once(declared: Path) -> None:
    text = GOOD.replace('host = "ilam.khoosheh.example"', 'size = "huge"').replace(
        "[national]\nhost", "[national]\nhots"
    )
    declared.write_text(text, encoding="utf-8")
    told = refusal(declared)
    assert "Ilam (IR-16) has no host" in told
    assert "the size 'huge'" in told
    assert "declares hots" in told


def test_the_command_answers_a_misspelt_option_with_its_usage(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deploy.k8s.provinces", "--chekc"],
        cwd=repository, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "--check" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_declared_difference_reaches_the_folder(declared: Path) -> None:
    text = GOOD.replace(
        'host = "ilam.khoosheh.example"',
        'host = "ilam.ir"\nlanguage = "en"\nstorage_class = "fast"\nsize = "large"\nentrance = "ingress"\n'
        'features = ["closed-network", "notifications-on-lag", "returned-mail"]',
    )
    declared.write_text(text, encoding="utf-8")
    ilam = read_installations(declared, TWO)[2]
    document: Mapping[str, Any] = yaml.safe_load(kustomization(ilam, "staging"))
    assert document["namespace"] == "khoosheh-ilam-staging"
    assert [component.removeprefix("../../../") for component in document["components"]] == [
        "environments/staging",
        "components/ingress",
        "components/notifications-on-lag",
        "components/returned-mail",
        # It changes what the others brought, so it comes last.
        "components/closed-network",
    ]
    assert "BOUNCE_DOMAIN=bounce.staging.ilam.ir" in document["configMapGenerator"][0]["literals"]
    patches = "\n".join(patch["patch"] for patch in document["patches"])
    assert 'path: /spec/rules/0/host, value: "staging.ilam.ir"' in patches
    assert 'path: /spec/storage/storageClass, value: "fast"' in patches
    production = yaml.safe_load(kustomization(ilam, "production"))
    assert "../../../components/sizes/large" in production["components"]


def test_the_folders_differ_in_nothing_but_what_is_declared(installations: Mapping[str, list[Any]]) -> None:
    """Two provinces of one size: the same documents once names, hosts and addresses are made alike."""
    lorestan, ilam = (
        yaml.safe_dump(installations[f"provinces/{name}/production"]).replace(name, "province")
        for name in ("lorestan", "ilam")
    )
    # The name of the settings carries a hash of their content.
    names = [
        document["metadata"]["name"]
        for name in ("lorestan", "ilam")
        for document in installations[f"provinces/{name}/production"]
        if document["kind"] == "ConfigMap" and document["metadata"]["name"].startswith("configuration-")
    ]
    assert lorestan.replace(names[0], "configuration") == ilam.replace(names[1], "configuration")
