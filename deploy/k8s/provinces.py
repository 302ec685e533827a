"""Writes the folder of every installation from what is declared, or checks that the folders agree with it.

python -m deploy.k8s.provinces            write them
python -m deploy.k8s.provinces --check    change nothing; say which differ
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from deploy.k8s.folders import ENVIRONMENTS, kustomization, path_of
from deploy.k8s.installations import DeclarationsRefused, Installation, read_installations
from schema.provinces.reference import PROVINCES

HERE: Final = Path(__file__).resolve().parent
DECLARED: Final = HERE / "provinces" / "declared.toml"


def declared_installations(path: Path = DECLARED) -> tuple[Installation, ...]:
    """Return every installation of the declarations."""
    return read_installations(path, {province.iso_code: province.name_en for province in PROVINCES})


def wanted_files(installations: tuple[Installation, ...]) -> dict[str, str]:
    """Return what deploy/k8s must hold: path to text."""
    return {
        path_of(installation, environment): kustomization(installation, environment)
        for installation in installations
        for environment in ENVIRONMENTS
    }


def differences(wanted: dict[str, str], root: Path = HERE) -> list[str]:
    """Name every generated file that is missing, differs, or belongs to nobody."""
    present = {
        path.relative_to(root).as_posix()
        for pattern in ("national/*/kustomization.yaml", "provinces/*/*/kustomization.yaml")
        for path in root.glob(pattern)
    }
    changed = (
        path
        for path, text in wanted.items()
        if path in present and (root / path).read_text(encoding="utf-8") != text
    )
    remedy = "write the folders with `python -m deploy.k8s.provinces`"
    return [
        *(f"{path} is missing; {remedy}" for path in sorted(wanted.keys() - present)),
        *(
            f"{path} belongs to no declared installation; remove it"
            for path in sorted(present - wanted.keys())
        ),
        *(f"{path} differs from what is declared; {remedy}" for path in sorted(changed)),
    ]


def main(arguments: list[str]) -> int:
    """Write or check, and say what was found."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        wanted = wanted_files(declared_installations())
    except DeclarationsRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    if arguments == ["--check"]:
        found = differences(wanted)
        print("\n".join(found or ["Every folder agrees with what is declared."]))
        return 1 if found else 0
    for path, text in wanted.items():
        (HERE / path).parent.mkdir(parents=True, exist_ok=True)
        (HERE / path).write_text(text, encoding="utf-8")
    print(f"{len(wanted)} kustomizations written.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
