"""Write the bill of materials and look for known vulnerabilities, saying so when nobody can be asked."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
BILL = ROOT / "var" / "bill-of-materials.json"
RUNTIME = "requirements/runtime.txt"
UNREACHABLE = re.compile(
    r"ConnectionError|Max retries|HTTPSConnectionPool|ConnectTimeout|ReadTimeout|ServiceError|HTTPError"
)


def main() -> int:
    """Return 1 when a vulnerability is known, 0 otherwise."""
    BILL.parent.mkdir(exist_ok=True)
    subprocess.run(
        [
            str(BIN / "cyclonedx-py"),
            "requirements",
            RUNTIME,
            "--output-reproducible",
            "--of",
            "JSON",
            "-o",
            str(BILL),
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    print(f"Bill of materials: {BILL.relative_to(ROOT)}")
    audit = [
        str(BIN / "pip-audit"),
        "--require-hashes",
        "--disable-pip",
        "--progress-spinner",
        "off",
        "-r",
        RUNTIME,
    ]
    asked = subprocess.run([*audit, "--timeout", "20"], cwd=ROOT, capture_output=True, text=True, check=False)
    if asked.returncode == 0:
        print("No known vulnerabilities.")
        return 0
    if "Found" in asked.stderr and "known vulnerabilit" in asked.stderr:
        print(asked.stdout + asked.stderr, file=sys.stderr)
        return 1
    if UNREACHABLE.search(asked.stderr):
        print("The advisory service cannot be reached from here, so vulnerabilities were NOT looked for.")
        return 0
    print(asked.stdout + asked.stderr, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
