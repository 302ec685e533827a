"""A real nginx before several processes, told who is ready as a cluster's proxies are told."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Final

from deploy.drills.ports import free_port, wait_for_port
from services.local.processes import end, start

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

# A failed request is failed: the proxy must not hide it by asking the other process.
CONFIGURATION: Final = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
user root;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  map $http_upgrade $connection_upgrade {{ default upgrade; '' ''; }}
  upstream pods {{
    {servers}
    keepalive 16;
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://pods;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header Host $host;
      proxy_next_upstream off;
      proxy_buffering off;
      proxy_read_timeout 60s;
    }}
  }}
}}
"""


class Proxy:
    """One nginx with a changing list of ports behind it."""

    def __init__(self, program: str, folder: Path, ports: Sequence[int]) -> None:
        self.port = free_port()
        self._program = program
        self._folder = folder
        self._file = folder / "nginx.conf"
        self._write(ports)

    def __enter__(self) -> Self:
        self._log = (self._folder / "nginx.log").open("ab")
        self._process = start(
            [self._program, "-e", str(self._folder / "error.log"), "-c", str(self._file)], output=self._log
        )
        wait_for_port(self.port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        end(self._process, signal.SIGTERM, patience=10)
        self._log.close()

    def send_to(self, ports: Sequence[int]) -> None:
        """Change who gets requests; what is under way is finished by who has it."""
        self._write(ports)
        self._process.send_signal(signal.SIGHUP)
        # New workers take over within a moment; Kubernetes grants the same by the pods' preStop pause.
        time.sleep(1)

    def _write(self, ports: Sequence[int]) -> None:
        servers = "\n    ".join(f"server 127.0.0.1:{port} max_fails=0;" for port in ports)
        text = CONFIGURATION.format(folder=self._folder, servers=servers, port=self.port)
        self._file.write_text(text, encoding="utf-8")
