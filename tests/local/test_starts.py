"""A service that cannot use its database says so in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from services.database import DatabaseUnreachable, require_postgresql

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("module", ["services.graphql", "services.notifications", "web"])
def test_a_service_without_its_database_ends_with_one_sentence(module: str) -> None:
    told = {"DATABASE_URL": "postgresql://me:swordfish@127.0.0.1:1/none", "LOG_LEVEL": "ERROR"}
    ports = {f"{name}_PORT": "0" for name in ("GRAPHQL", "WEB", "NOTIFICATIONS")}
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT, env={**os.environ, **told, **ports}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert "swordfish" not in done.stdout + done.stderr
    (sentence,) = done.stderr.strip().splitlines()
    assert sentence.startswith("The database at 127.0.0.1:1/none cannot be reached")
    assert "check DATABASE_URL" in sentence


@pytest.mark.parametrize("address", ["foo", "mysql://me:swordfish@there/db", "me:swordfish@there", ""])
def test_what_is_no_address_of_postgresql_is_refused_by_its_form(address: str) -> None:
    with pytest.raises(DatabaseUnreachable, match="write it as postgresql://") as refused:
        require_postgresql(address)
    assert "swordfish" not in str(refused.value)
