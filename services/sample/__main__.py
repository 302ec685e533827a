"""The command that loads the sample, or with `--scale N` a national data set."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time

from services.database import DatabaseProblem
from services.sample.load import load_national, load_sample
from services.sample.progress import bar
from services.settings import SettingsInvalid, read_settings

LARGEST_SCALE = 100


def main(arguments: list[str]) -> int:
    """Load what was asked for and say what happened in one sentence."""
    parser = argparse.ArgumentParser(prog="python -m services.sample", description=__doc__)
    parser.add_argument(
        "--scale",
        type=int,
        metavar="N",
        help="load a national data set instead: 1,000 clusters and what belongs to them, N times",
    )
    scale: int | None = parser.parse_args(arguments).scale
    if scale is not None and not 1 <= scale <= LARGEST_SCALE:
        parser.error(f"--scale {scale} cannot be loaded: give a whole number from 1 to {LARGEST_SCALE}.")
    began = time.monotonic()
    try:
        settings = read_settings()
        loading = load_sample(settings, bar()) if scale is None else load_national(settings, scale, bar())
        needed = asyncio.run(loading)
    except (DatabaseProblem, SettingsInvalid) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    what = "The sample" if scale is None else f"The national data set of scale {scale}"
    taken = f"is loaded, in {time.monotonic() - began:.1f} s" if needed else "is there already"
    sys.stdout.write(f"{what} {taken}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
