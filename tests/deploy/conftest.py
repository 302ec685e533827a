"""Renders every installation once and finds the tools that check what came out."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from deploy.drills.postgres import DrillPostgres
from deploy.k8s.folders import path_of
from deploy.k8s.provinces import declared_installations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Document = dict[str, Any]
# `make deploy-check` and `make drills` prove everything at full length, `make test` in its shortest form.
FULL: Final = os.environ.get("DRILLS") == "full"
ROOT: Final = Path(__file__).resolve().parents[2]
MANIFESTS: Final = ROOT / "deploy" / "k8s"


@pytest.fixture(scope="session")
def length() -> Callable[[int, int], int]:
    """Choose between the short and the full form of a drill."""
    return lambda short, full: full if FULL else short


@pytest.fixture(scope="session")
def repository() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def manifests() -> Path:
    return MANIFESTS


@pytest.fixture(scope="session")
def render(program: Callable[..., str]) -> Callable[[Path], list[Document]]:
    """Return what `kubectl apply -k` would send for a folder."""
    kubectl = program("kubectl", why="rendering the manifests; 1.27 or later carries kustomize 5")

    def rendered(folder: Path) -> list[Document]:
        done = subprocess.run(
            [kubectl, "kustomize", str(folder)], capture_output=True, text=True, check=False, timeout=60
        )
        if done.returncode:
            pytest.fail(f"{folder.relative_to(ROOT)} does not render: {done.stderr.strip()}")
        # The C loader is the safe one as well and spares a minute over all installations.
        return list(yaml.load_all(done.stdout, Loader=yaml.CSafeLoader))

    return rendered


@pytest.fixture(scope="session")
def folders() -> list[Path]:
    """Return every folder an operator may apply; in the short form some of those that are alike.

    Whoever declares more than a host is rendered always; the others differ in names alone, which
    test_provinces_declare_their_differences proves.
    """
    declared = declared_installations()
    kinds = {
        (own.is_national, own.size, own.storage_class, own.entrance, own.features): own for own in declared
    }
    chosen = {own.folder for own in kinds.values()} | {"lorestan", "ilam"}
    return [
        (MANIFESTS / path_of(own, environment)).parent
        for own in declared
        if FULL or own.folder in chosen
        for environment in ("production", "staging")
    ]


@pytest.fixture(scope="session")
def installations(
    folders: list[Path], render: Callable[[Path], list[Document]]
) -> Mapping[str, list[Document]]:
    """Return every installation's documents by its folder, like `provinces/lorestan/production`."""
    with ThreadPoolExecutor(2) as workers:
        return {
            folder.relative_to(MANIFESTS).as_posix(): documents
            for folder, documents in zip(folders, workers.map(render, folders), strict=True)
        }


@pytest.fixture(scope="session")
def national(render: Callable[[Path], list[Document]], manifests: Path) -> list[Document]:
    """Return the country's installation alone, for what is the same in all."""
    return render(manifests / "national" / "production")


@pytest.fixture(scope="session")
def optional_parts(
    manifests: Path, render: Callable[[Path], list[Document]], tmp_path_factory: pytest.TempPathFactory
) -> list[Document]:
    """Return an installation with every component the declared ones may leave out."""
    folder = tmp_path_factory.mktemp("every_part")
    up = os.path.relpath(manifests, folder)
    (folder / "kustomization.yaml").write_text(
        yaml.safe_dump(
            {
                "apiVersion": "kustomize.config.k8s.io/v1beta1",
                "kind": "Kustomization",
                "namespace": "every-part",
                "resources": [f"{up}/base"],
                "components": [
                    f"{up}/{part}"
                    for part in (
                        "environments/production",
                        "components/ingress",
                        "components/external-secrets",
                        "components/notifications-on-lag",
                        "components/returned-mail",
                        "components/closed-network",
                    )
                ],
            }
        ),
        encoding="utf-8",
    )
    return render(folder)


@pytest.fixture(scope="session")
def restore_drill(render: Callable[[Path], list[Document]], manifests: Path) -> list[Document]:
    """Return the throw-away database of the restore drill."""
    return render(manifests / "restore-drill")


@pytest.fixture(scope="session")
def every_document(
    installations: Mapping[str, list[Document]], optional_parts: list[Document], restore_drill: list[Document]
) -> list[tuple[str, Document]]:
    """Return each document with the installation it belongs to."""
    others = {"every part": optional_parts, "restore-drill": restore_drill}
    return [
        (folder, document)
        for folder, documents in {**installations, **others}.items()
        for document in documents
    ]


@pytest.fixture
def new_postgres() -> Iterator[Callable[[str], DrillPostgres]]:
    """Give servers on folders of their own, and end those that still run."""
    made: list[DrillPostgres] = []
    # Not pytest's own folder: another run of pytest closes it again to the user of the servers.
    folder = Path(tempfile.mkdtemp(prefix="khoosheh-drill-"))

    def make(name: str) -> DrillPostgres:
        made.append(DrillPostgres(folder / name))
        return made[-1]

    yield make
    for server in made:
        server.discard()
    shutil.rmtree(folder, ignore_errors=True)
