"""A real site for the browser tests: `banderole up` in a home of its own, and a real SMTP server that receives."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

REPOSITORY = Path(__file__).parent.parent
LINK = re.compile(r"https?://\S+")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(question: Callable[[], Any], *, seconds: float = 20, what: str = "it") -> Any:
    """The first true answer; raises AssertionError with `what` when none comes in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := question():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"Waited {seconds} s in vain for {what}.")


class Mailbox:
    """A mail server on the loopback that keeps what it accepts."""

    def __init__(self) -> None:
        self.received: list[tuple[str, EmailMessage]] = []
        self._changed = threading.Condition()
        self._server = Controller(self, hostname="127.0.0.1", port=free_port())
        self.port = self._server.port

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        message = message_from_bytes(envelope.content, policy=policy.default)
        with self._changed:
            self.received += [(recipient, message) for recipient in envelope.rcpt_tos]
            self._changed.notify_all()
        return "250 OK"

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def of(self, address: str) -> list[EmailMessage]:
        return [message for recipient, message in self.received if recipient == address]

    def wait(self, address: str, *, count: int = 1, seconds: float = 20) -> list[EmailMessage]:
        """The mails to an address, as soon as there are `count`."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: len(self.of(address)) >= count, timeout=seconds)
        assert arrived, f"{len(self.of(address))} of {count} mails came for {address}."
        return self.of(address)


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return part.get_content()


def link_in(message: EmailMessage, containing: str) -> str:
    """The one link in the text part that contains these words."""
    return next(link.rstrip(".>)") for link in LINK.findall(text_of(message)) if containing in link)


class RunningSite:
    """`banderole up` as a host starts it."""

    def __init__(self, home: Path, *, demo: bool = False, **settings: str) -> None:
        self.home = home
        self.outbox = home / "outbox"  # .eml files, where no relay is set
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = home.parent / f"{home.name}.log"
        command = [sys.executable, "-m", "banderole", "up", "--port", str(self.port)] + ["--demo"] * demo
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("BANDEROLE_")},
            "BANDEROLE_HOME": str(home),
            "BANDEROLE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "banderole.settings",
            "PYTHONUNBUFFERED": "1",
            **settings,
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=REPOSITORY, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )

    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def answers(self) -> bool:
        assert self.process.poll() is None, self.output()
        try:
            return urllib.request.urlopen(f"{self.url}/", timeout=5).status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def wait_until_ready(self, *, seconds: float = 90) -> "RunningSite":
        wait_for(self.answers, seconds=seconds, what=f"the site at {self.url}")
        return self

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "banderole", *words],
            cwd=REPOSITORY, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=15)
