import socket
import threading
from contextlib import suppress
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from banderole.common import mail
from banderole.common.mail import InDoubt, OutboxSession, Refused, RelayDown, SmtpSession, TryLater

MESSAGE = b"Subject: Hello\n\n.one dot\nlast\r\n..two"


class Keeper:
    def __init__(self):
        self.kept = []

    async def handle_DATA(self, _server, _session, envelope):
        self.kept.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 2.0.0 kept for chloe@example.org"


@pytest.fixture
def relay(settings):
    keeper = Keeper()
    controller = Controller(keeper, hostname="127.0.0.1", port=0, ready_timeout=10)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        controller.port = free.getsockname()[1]
    controller.start()
    settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", controller.port, "none"
    yield keeper
    controller.stop()


@pytest.fixture
def open_session():
    opened = []

    def opening(**timeouts):
        opened.append(SmtpSession(**timeouts))
        return opened[-1]

    yield opening
    for session in opened:
        session.close()


def ask(session, recipient="chloe@example.org"):
    session.begin("bonjour@example.org", recipient)
    session.admit()


@pytest.fixture
def scripted(settings):
    """A relay that answers line after line from a script, and says what it was told."""
    server = socket.create_server(("127.0.0.1", 0))
    settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = (
        "127.0.0.1",
        server.getsockname()[1],
        "none",
    )
    told: list[bytes] = []

    def serve(answers):
        def run():
            connection, _ = server.accept()
            with suppress(OSError), connection, connection.makefile("rb") as lines:
                connection.sendall(b"220 hello\r\n")
                for answer in answers:
                    line = lines.readline()
                    while told and told[-1] == b"DATA\r\n" and line not in (b".\r\n", b""):
                        line = lines.readline()
                    told.append(line)
                    if answer is None:
                        return
                    connection.sendall(answer + b"\r\n")
                told.append(lines.readline())

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread

    serve.told = told
    yield serve
    server.close()


def test_a_message_arrives_whole_with_its_dots(relay):
    reply = mail.deliver("bonjour@example.org", "chloe@example.org", MESSAGE)

    assert reply == "250 2.0.0"
    assert relay.kept == [
        ("bonjour@example.org", ["chloe@example.org"], b"Subject: Hello\r\n\r\n.one dot\r\nlast\r\n..two\r\n")
    ]


def test_a_session_carries_many_messages_and_is_not_accepted_before_the_dot(relay, open_session):
    session = open_session()
    for number in range(3):
        session.begin("bonjour@example.org", f"p{number}@example.org")
        session.admit()
        session.write(mail.on_the_wire(MESSAGE))
        assert len(relay.kept) == number
        session.dot()
        assert session.verdict() == "250 2.0.0"

    session.begin("bonjour@example.org", "p3@example.org")
    session.admit()
    session.write(mail.on_the_wire(MESSAGE))
    session._socket.close()

    assert [kept[1] for kept in relay.kept] == [[f"p{number}@example.org"] for number in range(3)]


def test_an_address_that_would_write_commands_is_refused(relay):
    for address in ["a@b.c>\r\nRCPT TO:<eve@example.org", "a b@c.d", "", "<a@b.c"]:
        with pytest.raises(Refused):
            mail.deliver("bonjour@example.org", address, MESSAGE)
    assert relay.kept == []


@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [(b"550 5.1.1 <chloe@example.org>: no such user", Refused, "550 5.1.1"), (b"451 later", TryLater, "451")],
)
def test_a_no_to_the_recipient_is_told_without_the_address_and_the_session_goes_on(
    scripted, answer, error, said, open_session
):
    thread = scripted([b"250 x", b"250 ok", answer, b"250 ok", b"250 ok", b"354 go", b"250 taken"])
    session = open_session()

    with pytest.raises(error) as caught:
        ask(session)

    assert str(caught.value) == said
    assert session.alive
    thread.join(0.1)


def test_a_relay_that_pipelines_and_asks_for_text_without_recipient_is_hung_up_on(scripted, open_session):
    thread = scripted([b"250-x\r\n250 PIPELINING", b"250 ok", b"550 5.1.1 no", b"354 go"])
    session = open_session()
    session.begin("a@b.c", "d@e.f")

    with pytest.raises(Refused):
        session.admit()
    thread.join(2)

    assert not session.alive
    assert scripted.told[-1] == b""


def test_a_broken_connection_before_the_dot_blames_the_relay(scripted, open_session):
    scripted([b"250 x", b"250 ok", None])
    session = open_session()

    with pytest.raises(RelayDown):
        ask(session)
    assert not session.alive


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (None, InDoubt),
        (b"nonsense", InDoubt),
        (b"354 what", InDoubt),
        (b"552 5.3.4 too big", Refused),
        (b"452 full", TryLater),
        (b"421 bye", RelayDown),
    ],
)
def test_after_the_dot_only_a_clear_no_is_a_no(scripted, answer, error, open_session):
    scripted([b"250 x", b"250 ok", b"250 ok", b"354 go", answer])
    session = open_session(dot_timeout=2)
    ask(session)
    session.write(mail.on_the_wire(MESSAGE))
    session.dot()

    with pytest.raises(error) as caught:
        session.verdict()
    assert type(caught.value) is error


def test_silence_after_the_dot_is_doubt_for_a_letter_and_later_for_a_mail(scripted, monkeypatch):
    scripted([b"250 x", b"250 ok", b"250 ok", b"354 go", b""])
    monkeypatch.setattr(SmtpSession.__init__, "__kwdefaults__", {"step_timeout": 2, "dot_timeout": 0.2})

    with pytest.raises(TryLater, match="No answer to the dot"):
        mail.deliver("a@b.c", "d@e.f", MESSAGE)


def test_logging_in_and_a_wrong_password(settings):
    def authenticator(_server, _session, _envelope, _mechanism, data):
        right = (data.login, data.password) == (b"river", "rivière".encode())
        return AuthResult(success=right, handled=False)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    keeper = Keeper()
    controller = Controller(
        keeper, hostname="127.0.0.1", port=port, authenticator=authenticator, auth_require_tls=False,
    )  # fmt: skip
    controller.start()
    settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", port, "none"
    settings.SMTP_USER, settings.SMTP_PASSWORD = "river", "rivière"
    try:
        mail.deliver("a@b.cc", "d@e.ff", MESSAGE)
        settings.SMTP_PASSWORD = "wrong"
        with pytest.raises(RelayDown, match="BANDEROLE_SMTP_USER"):
            mail.deliver("a@b.cc", "d@e.ff", MESSAGE)
    finally:
        controller.stop()

    assert len(keeper.kept) == 1


def test_a_relay_without_starttls_gets_no_password_in_clear(relay, settings):
    settings.SMTP_SECURITY, settings.SMTP_USER = "starttls", "river"

    with pytest.raises(RelayDown, match="STARTTLS"):
        mail.deliver("a@b.c", "d@e.f", MESSAGE)


def test_without_a_relay_mail_waits_and_a_demo_keeps_files_in_order(settings, tmp_path):
    settings.SMTP_HOST, settings.DEMO, settings.OUTBOX_ROOT = "", False, tmp_path / "outbox"

    with pytest.raises(TryLater, match="BANDEROLE_SMTP_HOST"):
        mail.deliver("a@b.c", "d@e.f", MESSAGE)
    assert not mail.mail_leaves()

    settings.DEMO = True
    for number in range(3):
        mail.deliver("a@b.c", "d@e.f", b"Subject: %d\n\n.text" % number)
    files = sorted((tmp_path / "outbox").iterdir())

    assert [message_from_bytes(file.read_bytes())["Subject"] for file in files] == ["0", "1", "2"]
    assert files[0].read_bytes() == b"Subject: 0\r\n\r\n.text\r\n"
    assert all(file.suffix == ".eml" for file in files)


def test_a_demo_message_that_was_never_finished_leaves_no_mail(tmp_path):
    session = OutboxSession(tmp_path)
    session.begin("a@b.c", "d@e.f")
    session.write(mail.on_the_wire(MESSAGE))

    assert list(tmp_path.glob("*.eml")) == []
