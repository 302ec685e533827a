"""What goes wrong when starting is said in one sentence with the remedy, and leaves nothing behind."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import struct
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import asyncpg

pytestmark = pytest.mark.slow
CloneMaker = Any


def sentences(output: str) -> list[str]:
    """Return what was said, without make's own remark and the progress before it."""
    lines = [line for line in output.splitlines() if line.strip() and not line.startswith("make: ***")]
    return [line for line in lines if not line.endswith("…")]


def assert_one_sentence(output: str, *words: str) -> None:
    said = sentences(output)
    assert len(said) == 1, output
    assert "Traceback" not in output
    for word in words:
        assert word in said[0], output


@contextmanager
def listening() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


@contextmanager
def server_of_version(version: str) -> Iterator[int]:
    """Greet like a PostgreSQL of that version, which is all that is needed to be refused."""

    def packet(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("!i", len(body) + 4) + body

    def setting(name: str, value: str) -> bytes:
        return packet(b"S", f"{name}\0{value}\0".encode())

    def greet(connection: socket.socket) -> None:
        with connection:
            connection.recv(8)  # asks for TLS
            connection.sendall(b"N")
            connection.recv(4096)  # the start-up message
            connection.sendall(
                packet(b"R", struct.pack("!i", 0))
                + setting("server_version", version)
                + setting("client_encoding", "UTF8")
                + setting("standard_conforming_strings", "on")
                + packet(b"K", struct.pack("!ii", 1, 1))
                + packet(b"Z", b"I")
            )
            while connection.recv(4096):
                pass

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=greet, args=(connection,), daemon=True).start()

    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def test_a_taken_port_is_named_before_anything_starts(clone: CloneMaker) -> None:
    here = clone(prepared=True)
    with listening() as port:
        code, output = here.make("run", GRAPHQL_PORT=str(port))
    assert code != 0
    assert_one_sentence(output, str(port), "GRAPHQL_PORT=")
    assert not (here.folder / "var" / "postgres").exists()
    assert here.processes() == []


def test_a_database_that_does_not_answer_is_named_without_its_password(clone: CloneMaker) -> None:
    with listening() as port:
        pass
    here = clone(prepared=True)
    code, output = here.make("run", DATABASE_URL=f"postgresql://me:swordfish@127.0.0.1:{port}/khoosheh")
    assert code != 0
    assert_one_sentence(output, f"127.0.0.1:{port}", "DATABASE_URL")
    assert "swordfish" not in output


@pytest.mark.parametrize("version", ["15.4", "19.1"])
def test_a_server_of_a_release_we_do_not_know_is_refused_by_name(clone: CloneMaker, version: str) -> None:
    here = clone(prepared=True)
    with server_of_version(version) as port:
        code, output = here.make("run", DATABASE_URL=f"postgresql://me@127.0.0.1:{port}/khoosheh")
    assert code != 0
    assert_one_sentence(output, f"PostgreSQL {version.split('.', maxsplit=1)[0]};", "16 to 18")


async def test_a_database_of_a_newer_release_is_refused(
    clone: CloneMaker, pool: asyncpg.Pool[asyncpg.Record], database_url: str
) -> None:
    await pool.execute(
        "insert into tortoise_migrations (app, name, applied_at) values ('schema', '0999_later', now())"
    )
    code, output = clone(prepared=True).make("run", DATABASE_URL=database_url)
    assert code != 0
    assert_one_sentence(output, "newer release", "0999_later")


def test_a_setting_that_cannot_be_used_is_named(clone: CloneMaker) -> None:
    code, output = clone(prepared=True).make("run", DATABASE_POOL_MAX="many")
    assert code != 0
    assert_one_sentence(output, "DATABASE_POOL_MAX")


@pytest.fixture
def programs(tmp_path: Path) -> Callable[..., str]:
    """Make a PATH that has only these programs, and perhaps a Python that is too old."""

    def make_path(*names: str, python: str | None = None) -> str:
        folder = tmp_path / "bin"
        folder.mkdir()
        for name in names:
            found = shutil.which(name)
            assert found, name
            (folder / name).symlink_to(found)
        if python:
            old = folder / "python3"
            old.write_text(
                f'#!/bin/sh\ncase "$2" in *version_info*) exit 1;; *) echo "Python {python}";; esac\n'
            )
            old.chmod(0o755)
        return str(folder)

    return make_path


@pytest.mark.parametrize(("python", "found"), [("3.9.2", "Python 3.9.2"), (None, "no Python 3")])
def test_a_python_that_is_too_old_or_missing_is_said_first(
    clone: CloneMaker, programs: Callable[..., str], python: str | None, found: str
) -> None:
    here = clone()
    code, output = here.make("run", PATH=programs("sh", "make", "env", python=python))
    assert code != 0
    assert_one_sentence(output, "3.11", found, "python3-venv")
    assert not (here.folder / ".venv").exists()


def test_without_a_network_the_remedy_is_told_and_the_next_try_goes_on(clone: CloneMaker) -> None:
    with listening() as port:
        pass
    here = clone()
    offline = {
        "PIP_INDEX_URL": f"http://127.0.0.1:{port}/simple",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": "",
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
    }
    for _ in range(2):
        code, output = here.make("run", **offline)
        assert code != 0
        assert_one_sentence(output, "cannot be reached", "PIP_INDEX_URL")
    assert here.processes() == []


def test_a_second_start_in_the_same_place_is_refused(clone: CloneMaker) -> None:
    here = clone(prepared=True)
    (here.folder / "var").mkdir()
    lock = here.folder / "var" / "run.lock"

    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        code, output = here.make("run")
    assert code != 0
    assert_one_sentence(output, "already")
