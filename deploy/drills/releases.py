"""The release before and the release after this one, as folders of code that can be run."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_MIGRATION: Final = '''"""{says}"""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    runs = "{runs}"
    locks = ({locks})
    dependencies = [("schema", "{after}")]
    operations = [ops.RunSQL(sql={forward!r}, reverse_sql={back!r})]
'''
# What a release may do before its pods come (expand): add, and look up faster.
EXPAND: Final = _MIGRATION.format(
    says="Adds what the next release needs.",
    runs="pre",
    locks='"cluster", "stakeholder"',
    after="0001_initial",
    forward=[
        "alter table cluster add column drill text",
        "alter table stakeholder add column drill boolean not null default false",
        "create index drill_stakeholder on stakeholder (drill, created_at)",
    ],
    back=[
        "alter table stakeholder drop column drill",
        "alter table cluster drop column drill",
    ],
)
# What it may do only when the last pod of this release has gone (contract).
CONTRACT: Final = _MIGRATION.format(
    says="Takes away what only the release before used.",
    runs="post",
    locks='"cluster",',
    after="0002_drill",
    forward=["alter table cluster drop column website cascade"],
    back=["alter table cluster add column website varchar(500)"],
)


def next_release(repository: Path, folder: Path) -> Path:
    """Copy the code and add a pair of migrations to it, as the next release will."""
    for name in ("schema", "services"):
        shutil.copytree(repository / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in (("0002_drill", EXPAND), ("0003_drill", CONTRACT)):
        (folder / "schema" / "migrations" / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


def last_release(repository: Path, folder: Path) -> Path | None:
    """Unpack the code of the newest tag `v…` before this state; nothing while there is none."""
    git = ["git", "-C", str(repository)]
    described = subprocess.run(  # noqa: S603 - git on our own repository
        [*git, "describe", "--tags", "--abbrev=0", "--match", "v*", "HEAD^"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if described.returncode:
        return None
    packed = subprocess.run(  # noqa: S603 - as above
        [*git, "archive", "--format=tar", described.stdout.strip()], capture_output=True, check=True
    )
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder
