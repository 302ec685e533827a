"""Build `.venv` from hash-pinned requirements, once, for any Python from 3.11, with nothing installed yet.

`python requirements/install.py runtime|development`. It needs only the standard library. An interrupted
run is simply done again; two at once wait for each other; a failure is told in one sentence.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
LOG = ROOT / "var" / "install.log"
KINDS = {"runtime": ("runtime",), "development": ("runtime", "development")}
UNREACHABLE = re.compile(
    r"(NewConnectionError|Max retries exceeded|Name or service not known|Temporary failure in name|"
    r"nodename nor servname|Connection refused|Network is unreachable|ConnectTimeout|ReadTimeout|ProxyError|"
    r"Could not fetch URL|Connection reset|SSLError|No route to host|\(from versions: none\))"
)


class InstallFailed(Exception):
    """The environment cannot be built; the message is one sentence with the remedy."""


def main(kind: str) -> None:
    """Bring `.venv` to what the requirements say."""
    if finished(kind):
        return
    LOG.parent.mkdir(exist_ok=True)
    with (LOG.parent / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not finished(kind):
            make_environment()
            install(kind)


def finished(kind: str) -> bool:
    """Return whether these very requirements, or those and more, are installed."""
    return usable(PYTHON) and (same(kind) or (kind == "runtime" and same("development") and same("runtime")))


def same(kind: str) -> bool:
    """Return whether the note left by a finished installation equals the requirements."""
    try:
        return note(kind).read_bytes() == requirements(kind).read_bytes()
    except FileNotFoundError:
        return False


def note(kind: str) -> Path:
    """Return the file that is written last, so that it proves a finished installation."""
    return ENVIRONMENT / f"installed-{kind}.txt"


def requirements(kind: str) -> Path:
    """Return the pinned requirements."""
    return ROOT / "requirements" / f"{kind}.txt"


def usable(python: Path) -> bool:
    """Return whether an environment has a Python that still runs."""
    return (
        python.exists()
        and subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0
    )


def make_environment() -> None:
    """Create the environment unless a whole one is there already."""
    if usable(PYTHON):
        with_pip = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False)
        if with_pip.returncode == 0:
            return
    print("Creating the environment in .venv …", flush=True)
    for attempt in ("as it is", "after installing python3-venv"):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        made = subprocess.run(
            [sys.executable, "-m", "venv", ENVIRONMENT], capture_output=True, text=True, check=False
        )
        if made.returncode == 0:
            return
        LOG.write_text(made.stdout + made.stderr)
        if attempt == "after installing python3-venv" or not install_venv():
            break
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    raise InstallFailed(
        f"Python {version} cannot create environments here; install its venv module "
        f"(Debian: apt-get install python3-venv) and run this again. Details are in {LOG.relative_to(ROOT)}."
    )


def install_venv() -> bool:
    """Debian ships venv apart: root may have it installed at once."""
    if os.geteuid() != 0 or not shutil.which("apt-get") or not sys.executable.startswith("/usr/bin/"):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update"], capture_output=True, check=False, env=environment)
    command = ["apt-get", "install", "-y", "python3-venv"]
    return subprocess.run(command, capture_output=True, check=False, env=environment).returncode == 0


def install(kind: str) -> None:
    """Install the pinned packages, checking every hash, and leave the notes that say so."""
    wanted = len(re.findall(r"^\w.*==", requirements(kind).read_text(), re.MULTILINE))
    print(f"Installing {wanted} packages, only this once …", flush=True)
    command = [
        *(str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input"),
        *("--disable-pip-version-check", "--no-compile", "-r", str(requirements(kind))),
    ]
    if "PIP_RETRIES" not in os.environ:
        command += ["--retries", "2"]
    words: list[str] = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    ) as pip:
        assert pip.stdout is not None
        seen = 0
        for line in pip.stdout:
            words.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied")):
                seen += 1
                show(f"  {seen} of {wanted}")
            elif line.startswith("Installing collected"):
                show("  unpacking …      ")
    show("", end="\n")
    LOG.write_text("".join(words))
    if pip.returncode:
        raise InstallFailed(explain("".join(words)))
    for done in KINDS[kind]:
        shutil.copyfile(requirements(done), note(done))


def show(words: str, end: str = "") -> None:
    """Show progress on one line, where somebody looks."""
    if sys.stdout.isatty():
        print(f"\r{words}", end=end, flush=True)


def explain(words: str) -> str:
    """Say in one sentence why pip failed and what to do."""
    details = f"Details are in {LOG.relative_to(ROOT)}."
    if "DO NOT MATCH THE HASHES" in words:
        return (
            "A downloaded package differs from the reviewed one, so nothing was installed; "
            f"check your package index. {details}"
        )
    if UNREACHABLE.search(words):
        return (
            "The package index cannot be reached; connect this machine to the internet, or name a mirror "
            f"with PIP_INDEX_URL, and run this again. {details}"
        )
    if "No space left on device" in words:
        return f"The disk is full; make room (about 1 GB) and run this again. {details}"
    errors = [line.strip() for line in words.splitlines() if line.startswith("ERROR:")]
    reason = errors[-1].removeprefix("ERROR: ") if errors else "pip gave no reason"
    return f"The packages cannot be installed: {reason.rstrip('.')}. {details}"


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except InstallFailed as failure:
        print(failure, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("Interrupted; run it again to go on.", file=sys.stderr)
        sys.exit(130)
