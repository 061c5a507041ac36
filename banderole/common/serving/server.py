"""Granian in one process: its threads answer, and nothing is started beside it."""

import socket
import threading
import time

from granian.constants import Interfaces
from granian.server.mt import MTServer

from banderole.common import parent, readiness
from banderole.common.wsgi import application

THREADS = 8
STOP_WITHIN = 4  # seconds


class OneProcess(MTServer):  # type: ignore[misc]  # Granian ships no types
    """Granian's threaded server, which also serves well where Python has its lock: one process, less memory."""

    def _check_gil(self) -> None:
        pass


def serve(host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT."""
    server = OneProcess(
        "banderole",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        backlog=2048,
        backpressure=1024,
        websockets=False,
        log_enabled=False,
        workers_kill_timeout=STOP_WITHIN,
    )
    parent.leave_with()
    threading.stack_size(512 * 1024)
    threading.Thread(target=_announce_when_open, args=(host, port), daemon=True).start()
    server.serve(target_loader=lambda: application, wrap_loader=False)
    parent.leave_now()


def _announce_when_open(host: str, port: int) -> None:
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared, not bound
    while True:
        try:
            socket.create_connection((here, port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return readiness.announce()
