"""Makes the Secrets of a new installation from random values, for clusters without a vault.

    python -m deploy.k8s.secret_files NAMESPACE [name=value …] | kubectl apply -f -

It fills the templates of components/external-secrets, so a Secret made here has the same files as one
fetched from a vault. Values that only people know (the keys of the backup store, say) are given as
name=value; passwords and keys that are ours are drawn at random. Nothing is written to disk.
"""

from __future__ import annotations

import re
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATES: Final = Path(__file__).resolve().parent / "components" / "external-secrets"
PLACE: Final = re.compile(r"\{\{ \.([a-z0-9_]+) \}\}")
# What is drawn at random; everything else somebody has to know. Its URL-safe alphabet needs no escaping.
OURS: Final = re.compile(r"[a-z_]+_password|encryption_keys")


class SecretMissing(Exception):
    """A value that only people know was not given."""


def declared_secrets() -> list[dict[str, Any]]:
    """Return the ExternalSecret documents, whose templates say which files each Secret has."""
    return [
        document
        for path in sorted(TEMPLATES.glob("*.yaml"))
        for document in yaml.safe_load_all(path.read_text(encoding="utf-8"))
        if document["kind"] == "ExternalSecret"
    ]


def wanted_values(declared: list[dict[str, Any]]) -> list[str]:
    """Name every value the templates ask for."""
    texts = (
        text for document in declared for text in document["spec"]["target"]["template"]["data"].values()
    )
    return sorted({name for text in texts for name in PLACE.findall(text)})


def values_for(wanted: list[str], given: Mapping[str, str]) -> dict[str, str]:
    """Draw what is ours, take what is given, and refuse by name what is missing or unknown."""
    missing = [name for name in wanted if name not in given and not OURS.fullmatch(name)]
    unknown = sorted(given.keys() - set(wanted))
    if missing or unknown:
        raise SecretMissing(
            "; ".join(
                [f"{name} is missing: give {name}=…" for name in missing]
                + [f"{name} is asked for by no Secret; known are {', '.join(wanted)}" for name in unknown]
            )
            + "."
        )
    return {name: given.get(name) or secrets.token_urlsafe(32) for name in wanted}


def filled(declared: list[dict[str, Any]], namespace: str, values: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the Secrets."""
    return [
        {
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {
                "name": document["metadata"]["name"],
                "namespace": namespace,
                "labels": {
                    "app.kubernetes.io/part-of": "khoosheh",
                    **template.get("metadata", {}).get("labels", {}),
                },
            },
            "type": template["type"],
            "stringData": {
                file: PLACE.sub(lambda place: values[place[1]], text)
                for file, text in template["data"].items()
            },
        }
        for document in declared
        for template in (document["spec"]["target"]["template"],)
    ]


def main(arguments: list[str]) -> int:
    """Print the Secrets, or say what is missing."""
    if not arguments or any("=" not in argument for argument in arguments[1:]):
        print(__doc__, file=sys.stderr)
        return 2
    declared = declared_secrets()
    try:
        given = dict(argument.split("=", 1) for argument in arguments[1:])
        values = values_for(wanted_values(declared), given)
    except SecretMissing as refusal:
        print(refusal, file=sys.stderr)
        return 1
    yaml.safe_dump_all(filled(declared, arguments[0], values), sys.stdout, sort_keys=False)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
