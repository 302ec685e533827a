"""What the operations guide tells an operator to use exists under that name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from deploy.k8s.installations import FEATURES, KEYS
from deploy.k8s.secret_files import declared_secrets

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def guide(repository: Path) -> str:
    return (repository / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_path_of_the_guide_and_the_readme_exists(guide: str, repository: Path, manifests: Path) -> None:
    readme = (manifests / "README.md").read_text(encoding="utf-8")
    named = set(
        re.findall(r"`((?:deploy|docs|tests|schema|components|environments)/[\w./-]+)`", guide + readme)
    )
    assert len(named) > 10
    for path in named:
        assert (repository / path).exists() or (manifests / path).exists(), path


def test_every_make_target_of_the_guide_exists(guide: str, repository: Path) -> None:
    makefile = (repository / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z-]+)", guide))
    assert {"image", "deploy-check"} <= named
    for target in named:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_link_inside_the_guide_leads_to_a_heading(guide: str) -> None:
    headings = {
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", guide, re.MULTILINE)
    }
    links = re.findall(r"\]\(#([\w-]+)\)", guide)
    assert links
    assert set(links) <= headings


def test_the_guide_installs_a_province_in_ten_steps(guide: str) -> None:
    section = guide.split("## Install in ten steps")[1].split("\n## ", maxsplit=1)[0]
    assert re.findall(r"^(\d+)\. \*\*", section, re.MULTILINE) == [str(number) for number in range(1, 11)]


def test_the_guide_rotates_every_secret(guide: str) -> None:
    section = guide.split("## Rotate every secret")[1].split("\n## ", maxsplit=1)[0]
    for document in declared_secrets():
        assert f"`{document['metadata']['name']}`" in section


def test_the_guide_names_what_can_be_declared(guide: str, manifests: Path) -> None:
    declared = (manifests / "provinces" / "declared.toml").read_text(encoding="utf-8")
    for key in KEYS:
        assert key in guide
        assert key in declared
    for feature in FEATURES:
        assert feature in declared


def test_every_component_has_a_paragraph_of_its_own(manifests: Path) -> None:
    for folder in (manifests / "components").iterdir():
        readme = (folder / "README.md").read_text(encoding="utf-8").strip()
        title, _, text = readme.partition("\n")
        assert title == f"# {folder.name}"
        assert "\n\n" not in text.strip(), f"{folder.name}: one paragraph"
        assert len(text.split()) > 25
