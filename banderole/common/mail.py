"""The only file that opens a mail connection.

`deliver` sends one mail that a person asked for. A `Session` is for letters: it splits what smtplib does in one
go, so that the ledger can be written between the body and the final dot, which is the moment a relay takes over.

MailError
├── Refused     the relay will never take this message for this address
├── TryLater    not now
│   └── RelayDown   the relay itself: not reachable, not set, not letting us in; no address is at fault
└── InDoubt     the final dot went out and no answer came: it may have been accepted
"""

import base64
import os
import re
import secrets
import socket
import ssl
import time
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from django.conf import settings

STEP_TIMEOUT = 60.0
DOT_TIMEOUT = 600.0  # what RFC 5321 asks a client to wait: the relay may be writing to many places
LONGEST_REPLY_LINE = 4096
NOT_IN_A_PATH = re.compile(r"[\s<>\x00-\x1f\x7f]")
ENHANCED_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\S)")
LINE_END = re.compile(rb"\r\n|\r|\n")


class MailError(Exception):
    pass


class Refused(MailError):
    pass


class TryLater(MailError):
    pass


class RelayDown(TryLater):
    pass


class InDoubt(MailError):
    pass


class Reply(NamedTuple):
    code: int
    text: str

    def __str__(self) -> str:
        """The code and the enhanced status alone: relays like to repeat the address in their answers."""
        status = ENHANCED_STATUS.match(self.text)
        return f"{self.code} {status[0]}" if status else str(self.code)


class Session(Protocol):
    """One open way out. For each message: begin, admit, write, dot, verdict; in this order."""

    alive: bool

    def begin(self, sender: str, recipient: str) -> None:
        """Ask for a message to this address to be taken; do not wait for the answer."""

    def admit(self) -> None:
        """Wait for the answer: Refused, TryLater or RelayDown where it is not yes."""

    def write(self, body: bytes) -> None:
        """Send what `on_the_wire` made, all but the final dot. Nothing is accepted yet."""

    def dot(self) -> None:
        """Send the final dot: from here on the message may be accepted."""

    def verdict(self) -> str:
        """What the relay said to the dot; Refused, TryLater or InDoubt where it is not yes."""

    def abandon(self) -> None:
        """Hang up without the dot: what was begun is not accepted."""

    def close(self) -> None: ...


def deliver(sender: str, recipient: str, message: bytes) -> str:
    """Send one message now and return the relay's reply; raises Refused or TryLater.

    An answer that never came counts as TryLater: the mail is sent again, under the same Message-ID.
    """
    session = open_session()
    try:
        session.begin(sender, recipient)
        session.admit()
        session.write(on_the_wire(message))
        session.dot()
        return session.verdict()
    except InDoubt as error:
        raise TryLater(str(error)) from error
    finally:
        session.close()


def relay_is_set() -> bool:
    return bool(settings.SMTP_HOST)


def mail_leaves() -> bool:
    """Whether a mail written now has a way out: a relay, or the outbox of a demo."""
    return relay_is_set() or settings.DEMO


def open_session() -> Session:
    """A way out, ready for messages; raises RelayDown."""
    if relay_is_set():
        return SmtpSession()
    if settings.DEMO:
        return OutboxSession(settings.OUTBOX_ROOT)
    raise RelayDown("No relay is set: set BANDEROLE_SMTP_HOST.")


def on_the_wire(message: bytes) -> bytes:
    """The message with CRLF line ends and doubled leading dots, ready for `Session.write`."""
    lines = LINE_END.sub(b"\r\n", message)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    stuffed = lines.replace(b"\r\n.", b"\r\n..")
    return b"." + stuffed if stuffed.startswith(b".") else stuffed


class SmtpSession:
    """A connection to the relay of the settings."""

    def __init__(self, *, step_timeout: float = STEP_TIMEOUT, dot_timeout: float = DOT_TIMEOUT) -> None:
        self.step_timeout, self.dot_timeout = step_timeout, dot_timeout
        self.extensions: dict[str, str] = {}
        self.alive = True
        self._awaited = 0
        self._midway = False  # in the middle of a message, where QUIT would be text
        try:
            self._connect()
        except (OSError, ssl.SSLError) as error:
            self.close()
            raise RelayDown(f"The relay does not answer: {type(error).__name__}.") from error
        except MailError:
            self.close()
            raise

    def begin(self, sender: str, recipient: str) -> None:
        path_ends = self._path_ends(sender, recipient)
        self._midway = True
        commands = [f"MAIL FROM:<{sender}>{path_ends}", f"RCPT TO:<{recipient}>", "DATA"]
        try:
            if "PIPELINING" in self.extensions:
                self._send("\r\n".join(commands))
                self._awaited = 3
                return
            for command in commands[:-1]:
                reply = self._command(command)
                if reply.code >= 400:
                    self._midway = reply.code == 421 or self._command("RSET").code != 250
                    self._must_be_yes(reply)
            self._send(commands[-1])
            self._awaited = 1
        except OSError as error:
            raise self._lost(error) from error

    def admit(self) -> None:
        first_no = last = None
        try:
            while self._awaited:
                last = self._read()
                self._awaited -= 1
                first_no = first_no or (last if last.code >= 400 else None)
            if first_no and last and last.code == 354:
                # The relay waits for a text that it has nobody to give to: only hanging up is safe.
                self.abandon()
            elif first_no and first_no.code != 421:
                self._command("RSET")
                self._midway = False
        except (OSError, RelayDown) as error:
            self.close()
            if not first_no:
                raise self._lost(error) from error
        if first_no:
            self._must_be_yes(first_no)
        if not last or last.code != 354:
            raise self._gone("The relay did not answer DATA.")

    def write(self, body: bytes) -> None:
        try:
            self._socket.sendall(body)
        except OSError as error:
            raise self._lost(error) from error

    def dot(self) -> None:
        try:
            self._socket.sendall(b".\r\n")
        except OSError as error:
            self.close()
            raise InDoubt(f"The connection broke at the dot: {type(error).__name__}.") from error

    def verdict(self) -> str:
        try:
            self._socket.settimeout(self.dot_timeout)
            reply = self._read()
            self._socket.settimeout(self.step_timeout)
        except (OSError, RelayDown) as error:
            self.close()
            raise InDoubt(f"No answer to the dot: {type(error).__name__}.") from error
        if not 200 <= reply.code < 600 or 300 <= reply.code < 400:
            self.close()
            raise InDoubt(f"The relay answered the dot with {reply.code}.")
        self._midway = False
        self._must_be_yes(reply)
        return str(reply)

    def abandon(self) -> None:
        self.alive = False
        self.close()

    def close(self) -> None:
        connection = getattr(self, "_socket", None)
        if connection is None:
            return
        try:
            if self.alive and not self._midway:
                connection.sendall(b"QUIT\r\n")
        except OSError:
            pass  # Nothing depends on a farewell.
        self.alive = False
        connection.close()

    def _connect(self) -> None:
        self._use(socket.create_connection((settings.SMTP_HOST, settings.SMTP_PORT), self.step_timeout))
        # Without it the dot waits for the acknowledgement of the body: ten times slower, and nearly every
        # kill would fall between the two.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if settings.SMTP_SECURITY == "tls":
            self._encrypt()
        greeting = self._read()
        if greeting.code != 220:
            raise self._gone(f"The relay greeted with {greeting.code}.")
        self._hello()
        if settings.SMTP_SECURITY == "starttls":
            if "STARTTLS" not in self.extensions:
                raise self._gone("The relay offers no STARTTLS: set BANDEROLE_SMTP_SECURITY.")
            # Text that came in clear behind the answer would be taken for the encrypted dialogue.
            if self._command("STARTTLS").code != 220 or self._unread:
                raise self._gone("The relay did not start TLS cleanly.")
            self._encrypt()
            self._hello()
        if settings.SMTP_USER:
            self._log_in()

    def _use(self, connection: socket.socket) -> None:
        self._socket = connection
        self._unread = bytearray()

    def _encrypt(self) -> None:
        context = ssl.create_default_context()
        self._use(context.wrap_socket(self._socket, server_hostname=settings.SMTP_HOST))

    def _hello(self) -> None:
        self._send(f"EHLO {urlsplit(settings.PUBLIC_URL).hostname}")
        reply = self._read()
        if reply.code != 250:
            raise self._gone(f"The relay answered EHLO with {reply.code}.")
        offers = [line.partition(" ") for line in reply.text.split("\n")[1:]]
        self.extensions = {name.upper(): rest for name, _space, rest in offers}

    def _log_in(self) -> None:
        user, password = settings.SMTP_USER, settings.SMTP_PASSWORD
        offered = self.extensions.get("AUTH", "").upper().split()
        if "PLAIN" in offered:
            reply = self._command("AUTH PLAIN " + _base64("\0" + user + "\0" + password))
        elif "LOGIN" in offered:
            self._command("AUTH LOGIN")
            self._command(_base64(user))
            reply = self._command(_base64(password))
        else:
            raise self._gone("The relay offers neither AUTH PLAIN nor AUTH LOGIN.")
        if reply.code != 235:
            raise self._gone(f"The relay refuses BANDEROLE_SMTP_USER and its password ({reply.code}).")

    def _path_ends(self, sender: str, recipient: str) -> str:
        if NOT_IN_A_PATH.search(sender) or NOT_IN_A_PATH.search(recipient) or not recipient:
            raise Refused("The address cannot be written on an envelope.")
        if (sender + recipient).isascii():
            return " BODY=8BITMIME" if "8BITMIME" in self.extensions else ""
        if "SMTPUTF8" in self.extensions:
            return " BODY=8BITMIME SMTPUTF8"
        raise Refused("The relay takes no address with such letters.")

    def _command(self, line: str) -> Reply:
        self._send(line)
        return self._read()

    def _send(self, lines: str) -> None:
        self._socket.sendall(lines.encode() + b"\r\n")

    def _read(self) -> Reply:
        texts = []
        while True:
            line = self._read_line()
            if not line[:3].isdigit():
                raise self._gone("The relay hung up or talks something else.")
            texts.append(line[4:].decode("ascii", "replace").strip())
            if line[3:4] != b"-":
                return Reply(int(line[:3]), "\n".join(texts))

    def _read_line(self) -> bytes:
        while b"\n" not in self._unread and len(self._unread) < LONGEST_REPLY_LINE:
            received = self._socket.recv(LONGEST_REPLY_LINE)
            if not received:
                return b""
            self._unread += received
        line, _end, rest = bytes(self._unread).partition(b"\n")
        self._unread = bytearray(rest)
        return line

    def _must_be_yes(self, reply: Reply) -> None:
        if reply.code == 421:
            raise self._gone(str(reply))
        if 400 <= reply.code < 500:
            raise TryLater(str(reply))
        if reply.code >= 500:
            raise Refused(str(reply))

    def _gone(self, why: str) -> RelayDown:
        self.alive = False
        self.close()
        return RelayDown(why)

    def _lost(self, error: Exception) -> RelayDown:
        self.close()
        return self._gone(f"The connection to the relay broke: {error or type(error).__name__}.")


class OutboxSession:
    """The outbox of a demo: each message is a file that appears whole, its name in the order of sending."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.alive = True
        self._part: Path | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def begin(self, sender: str, recipient: str) -> None:
        if NOT_IN_A_PATH.search(sender) or NOT_IN_A_PATH.search(recipient):
            raise Refused("The address cannot be written on an envelope.")

    def admit(self) -> None: ...

    def write(self, body: bytes) -> None:
        plain = body.replace(b"\r\n..", b"\r\n.").removeprefix(b".")
        self._part = self.folder / f".{secrets.token_hex(8)}.part"
        with self._part.open("wb") as file:
            file.write(plain)
            file.flush()
            os.fsync(file.fileno())

    def dot(self) -> None:
        if self._part:
            self._part.rename(self.folder / f"{time.time_ns():020d}-{secrets.token_hex(4)}.eml")

    def verdict(self) -> str:
        self._part = None
        return "250 2.0.0"

    def abandon(self) -> None:
        if self._part:
            self._part.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        self.alive = False


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")
