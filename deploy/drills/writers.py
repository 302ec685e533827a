"""Writers that never give up: each tells what was acknowledged and finds whoever takes writes.

python -m deploy.drills.writers ADDRESS…    write until a signal, one line per acknowledged write
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Final

import asyncpg

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

TABLE: Final = "create table acknowledged (writer int, number int, primary key (writer, number))"
KEPT: Final = "select writer || ' ' || number from acknowledged"
# The last one is how asyncpg calls a connection that breaks between two messages.
LOST: Final = (
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
COUNT: Final = 8


class Writers:
    """Eight writers in a process of their own, on several servers of which one takes writes."""

    def __init__(self, *addresses: str) -> None:
        self.acknowledged: set[str] = set()
        self.failures = 0
        self._addresses = addresses

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-m", "deploy.drills.writers", *self._addresses],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        # What it acknowledged up to now is still in the pipe.
        self._reader.join(30)
        self._process.wait(30)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self.hear(line)

    def hear(self, line: str) -> None:
        """Note what a line of the writers says; the cut last one of an ended process says nothing."""
        if line == "failed\n":
            self.failures += 1
        elif line.endswith("\n"):
            self.acknowledged.add(line.strip())

    def acknowledge(self, more: int, *, seconds: float = 60) -> None:
        """Wait until this many more writes were acknowledged."""
        wanted = len(self.acknowledged) + more
        limit = time.monotonic() + seconds
        while len(self.acknowledged) < wanted:
            if time.monotonic() > limit:
                raise TimeoutError(f"{len(self.acknowledged)} of {wanted} writes after {seconds:g} seconds.")
            time.sleep(0.01)


def _tell(line: str) -> None:
    """Say a line in one piece; print() writes word by word where output is not buffered."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def _write(writer: int, addresses: list[str]) -> None:
    number = 0
    connection: asyncpg.Connection[asyncpg.Record] | None = None
    while True:
        number += 1
        try:
            connection = connection or await _connect(addresses)
            await connection.execute("insert into acknowledged values ($1, $2)", writer, number, timeout=2)
        except LOST:
            # Whether it was written nobody knows; only an acknowledgement counts.
            _tell("failed")
            if connection is not None:
                connection.terminate()
            connection = None
            await asyncio.sleep(0.05)
        else:
            _tell(f"{writer} {number}")


async def _connect(addresses: list[str]) -> asyncpg.Connection[asyncpg.Record]:
    """Return a connection to the server that takes writes."""
    for address in addresses:
        try:
            connection = await asyncpg.connect(address, timeout=2)
            if not await connection.fetchval("select pg_is_in_recovery()"):
                return connection
            await connection.close()
        except LOST:
            continue
    raise OSError("no server takes writes")


async def _write_all(addresses: list[str]) -> None:
    await asyncio.gather(*(_write(writer, addresses) for writer in range(COUNT)))


if __name__ == "__main__":
    asyncio.run(_write_all(sys.argv[1:]))
