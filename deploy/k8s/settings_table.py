"""Writes docs/settings.md, the table of every setting, from services/settings.py.

python -m deploy.k8s.settings_table
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from services.settings import MEANT_EMPTY, Settings

PATH: Final = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
HEAD: Final = """# Settings

Each is an environment variable; a secret is given as a file of its lower-case name in the folder `SECRETS_DIR`. On
Kubernetes the former stand in `deploy/k8s/base/configuration.env` or in a `configMapGenerator` of the installation's
folder, the latter in `deploy/k8s/components/external-secrets`. An empty variable counts as unset, but for those marked
*empty: without*.

Written by `python -m deploy.k8s.settings_table`; a test compares it with `services/settings.py`.

| setting | unset | meaning |
|---|---|---|
"""


def table() -> str:
    """Return the text of the file."""
    rows = []
    for name, field in Settings.model_fields.items():
        secret = "SecretStr" in str(field.annotation)
        unset = "secret" if secret else "" if field.default is None else f"`{field.default}`"
        note = " *Empty: without.*" if name in MEANT_EMPTY else ""
        meaning = str(field.description).replace("|", "\\|")
        rows.append(f"| `{name.upper()}` | {unset.replace('``', '')} | {meaning}{note} |\n")
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PATH.write_text(table(), encoding="utf-8")
