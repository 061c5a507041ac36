"""`banderole` as a host starts it: real processes, whose lines a test waits for."""

import os
import select
import signal
import subprocess
import sys
import threading
from http.client import HTTPConnection
from pathlib import Path
from typing import Self

from e2e.running_site import REPOSITORY, free_port

PATIENCE = 90  # seconds; a slow machine is no mistake


def environment_for(home: Path, **settings: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("BANDEROLE_", "DATABASE_"))},
        "BANDEROLE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "banderole.settings",
        "PYTHONUNBUFFERED": "1",
        **settings,
    }  # fmt: skip


def banderole(home: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "banderole", *words],
        cwd=REPOSITORY, env=environment_for(home, **settings), capture_output=True, text=True, check=False,
        timeout=PATIENCE,
    )  # fmt: skip


class Up:
    """A running `banderole up`; leave its block, and it is stopped."""

    def __init__(self, home: Path, *words: str, port: int | None = None, **settings: str) -> None:
        self.home = home
        self.port = port or free_port()
        self.url = f"http://localhost:{self.port}"
        self.lines: list[str] = []
        self._said = threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "banderole", "up", "--port", str(self.port), *words],
            cwd=REPOSITORY, env=environment_for(home, **settings), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()
        self._listener.join()
        self.process.stdout.close()

    def _listen(self) -> None:
        for line in self.process.stdout:
            with self._said:
                self.lines.append(line.rstrip())
                self._said.notify_all()
        with self._said:
            self._said.notify_all()

    def wait_for(self, words: str, *, seconds: float = PATIENCE) -> str:
        """The first line that holds these words; fails where the process ends or the time is over."""

        def found() -> str | None:
            return next((line for line in self.lines if words in line), None)

        with self._said:
            self._said.wait_for(lambda: found() or self.process.poll() is not None, timeout=seconds)
        line = found()
        assert line is not None, f"No line with {words!r} in:\n" + "\n".join(self.lines)
        return line

    def children(self) -> dict[str, int]:
        """The process ids of `web` and `worker`."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return {Path(f"/proc/{pid}/cmdline").read_text().split("\0")[3]: int(pid) for pid in listed}

    def ask(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None, body: bytes | None = None
    ):
        connection = HTTPConnection("localhost", self.port, timeout=20)
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        answer.content = answer.read()
        connection.close()
        return answer


def gone(pid: int, *, seconds: float = 10) -> bool:
    """Whether a process ends in time; woken by the kernel, not by a clock, where it can."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    ready, _, _ = select.select([watched], [], [], seconds)
    os.close(watched)
    return bool(ready)
