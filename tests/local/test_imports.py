"""The package `services.graphql` and the library `graphql` stay apart."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import graphql


def test_the_library_graphql_is_the_installed_one() -> None:
    installed = {Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib")}
    assert installed & set(Path(graphql.__file__).resolve().parents)
