"""Give a new installation what everything refers to: the provinces, their counties and the programme.

python -m services.reference    does it once; on an installation that has it, nothing
"""

from __future__ import annotations

import asyncio
import sys

from services.database import DatabaseProblem
from services.sample.load import load_reference
from services.settings import SettingsInvalid, read_settings


def main() -> int:
    """Load it if it is not there and say what happened in one sentence."""
    try:
        needed = asyncio.run(load_reference(read_settings()))
    except (DatabaseProblem, SettingsInvalid) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(f"The provinces and the programme are {'loaded' if needed else 'there already'}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
