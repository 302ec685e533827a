"""What the scaler asks the database is a question the reader may ask and the database can answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from deploy.drills.postgres import DrillPostgres

pytestmark = pytest.mark.slow


def test_the_reader_counts_the_deliveries_that_wait(
    installed_postgres: DrillPostgres, manifests: Path
) -> None:
    text = (manifests / "components" / "notifications-on-lag" / "scaler.yaml").read_text(encoding="utf-8")
    (scaler,) = (document for document in yaml.safe_load_all(text) if document["kind"] == "ScaledObject")
    metadata = scaler["spec"]["triggers"][0]["metadata"]
    assert int(installed_postgres.psql(metadata["query"], user=metadata["userName"])) >= 0
