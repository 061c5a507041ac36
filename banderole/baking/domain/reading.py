"""How fast a baked article is read from `banderole up`, beside nginx giving out the same file on this machine.

Starts both on free ports, on the site's own home or beside it, loads one after the other with wrk, and stops
them. A figure is the median of three short runs.
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from banderole.baking.exceptions import HomeError
from banderole.baking.models import BakedFile

CONNECTIONS = 32
RUNS = 3
READY_WITHIN = 60  # seconds
NGINX = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr crit;
daemon off;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  types {{ text/html html; }}
  gzip_static on;
  sendfile on;
  open_file_cache max=100;
  keepalive_requests 1000000;
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


class Reading(NamedTuple):
    server: str
    requests: float  # a second
    memory: float  # MB of all its processes, after the load


def missing_tools() -> list[str]:
    return [tool for tool in ("nginx", "wrk") if shutil.which(tool) is None]


def article_to_read() -> str:
    """The largest baked page: an article, on any site that has one. Raises HomeError."""
    row = BakedFile.objects.filter(error="", path__endswith="/", size__gt=0).order_by("-size").first()
    if row is None:
        raise HomeError("No page is baked yet: run `banderole bake --all` first.")
    return row.path


def read(url: str, *, seconds: int) -> list[Reading]:
    """Requests a second and memory: nginx, then `banderole up`."""
    readings = []
    for name, running in (("nginx", _nginx), ("banderole up", _up)):
        with running() as (port, process):
            rates = [_load(f"http://127.0.0.1:{port}{url}", seconds=seconds) for _run in range(RUNS)]
            readings.append(Reading(name, statistics.median(rates), _memory(process.pid)))
    return readings


@contextmanager
def _nginx() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with tempfile.TemporaryDirectory() as folder:
        # Its worker would be nobody, who may not read the home of root.
        user = "user root;" if os.geteuid() == 0 else ""
        root = Path(folder, "baked")
        shutil.copytree(settings.BAKED_ROOT, root)
        port = _free_port()
        config = Path(folder, "nginx.conf")
        config.write_text(NGINX.format(folder=folder, port=port, root=root, user=user), encoding="utf-8")
        process = subprocess.Popen(["nginx", "-p", folder, "-c", str(config)], stderr=subprocess.DEVNULL)
        with _stopped_after(process):
            yield port, process


@contextmanager
def _up() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "banderole", "up", "--port", str(port)],
        env={**os.environ, "BANDEROLE_HOME": str(settings.HOME)},
        stdout=subprocess.DEVNULL,
    )
    with _stopped_after(process):
        yield port, process


@contextmanager
def _stopped_after(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        process.wait(15)


def _load(address: str, *, seconds: int) -> float:
    _wait_for(address)
    told = subprocess.run(
        ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s", address],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    if "Non-2xx" in told or "Socket errors" in told:
        raise HomeError(f"{address} did not answer every request: {told.splitlines()[-3].strip()}")
    line = next(line for line in told.splitlines() if line.startswith("Requests/sec:"))
    return float(line.split()[1])


def _wait_for(address: str) -> None:
    until = time.monotonic() + READY_WITHIN
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 -- our own address
                answer.read()
        except OSError as error:
            if time.monotonic() > until:
                raise HomeError(f"{address} does not answer.") from error
            time.sleep(0.1)
        else:
            return


def _memory(pid: int) -> float:
    """Resident megabytes of a process and all that it started (shared pages count in each)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return resident / 1024 + sum(_memory(int(child)) for child in children)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
