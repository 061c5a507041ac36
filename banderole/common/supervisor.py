"""What stays of `banderole up`: starts `web` and `worker`, watches them, stops them together.

Runs with the standard library alone, in the process that `up` was, so that watching costs no memory and this
process never holds a key.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from types import FrameType

STOP_WITHIN = 4.8  # seconds, then SIGKILL
READY_WITHIN = 60.0
LIVES_WELL = 60.0  # a child that lived so long is started again at once
LONGEST_PAUSE = 30.0


class Child:
    """One of the two processes: started, watched, started again."""

    def __init__(self, name: str, arguments: list[str]) -> None:
        self.name = name
        self.command = [sys.executable, "-m", "banderole", name, *arguments]
        self.process: subprocess.Popen[bytes] | None = None
        self.started = self.start_at = 0.0
        self.falls = 0
        self.ready_pipe = -1

    def start(self) -> None:
        reader, writer = os.pipe()
        environment = {
            # Without it, glibc keeps an arena of freed memory for each thread: 50 MB for nothing.
            "MALLOC_ARENA_MAX": "2",
            **os.environ,
            "BANDEROLE_PARENT": str(os.getpid()),
            "BANDEROLE_READY_FD": str(writer),
        }
        # A group of its own: Ctrl-C in the terminal reaches only this process, which stops both in order.
        self.process = subprocess.Popen(self.command, env=environment, pass_fds=[writer], process_group=0)
        os.close(writer)
        self.ready_pipe, self.started = reader, time.monotonic()

    def is_ready(self) -> bool:
        """Whether it has said so; the pipe is closed then."""
        if self.ready_pipe < 0:
            return True
        if not select.select([self.ready_pipe], [], [], 0)[0] or not os.read(self.ready_pipe, 1):
            return False
        self.close_pipe()
        return True

    def close_pipe(self) -> None:
        if self.ready_pipe >= 0:
            os.close(self.ready_pipe)
            self.ready_pipe = -1

    def look_after(self) -> None:
        """Start it again where it died, at once or after a pause that grows."""
        now = time.monotonic()
        if self.process is not None and (status := self.process.poll()) is not None:
            self.falls = 1 if now - self.started > LIVES_WELL else self.falls + 1
            pause = 0.0 if self.falls == 1 else min(LONGEST_PAUSE, 0.5 * 2**self.falls)
            when = "now" if not pause else f"in {pause:.0f} s"
            say(f"{self.name} stopped by itself ({ended_by(status)}); it is started again {when}.")
            self.close_pipe()
            self.process, self.start_at = None, now + pause
        if self.process is None and now >= self.start_at:
            self.start()

    def stop(self, until: float) -> None:
        if self.process is not None:
            try:
                self.process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Supervisor:
    def __init__(self, children: list[Child], greeting: list[str]) -> None:
        self.children = children
        self.greeting = greeting
        self.stopping = False
        self.wake, writer = os.pipe()
        os.set_blocking(self.wake, False)
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    def run(self) -> int:
        """Watch until somebody says stop; return the exit code."""
        for child in self.children:
            child.start()
        began, greeted = time.monotonic(), False
        while not self.stopping:
            for child in self.children:
                child.look_after()
            if not greeted and all(child.is_ready() for child in self.children):
                greeted = True
                say("\n".join(self.greeting))
            if not greeted and time.monotonic() - began > READY_WITHIN:
                self._stop_all()
                say("The site did not start within a minute: see the lines above.")
                return 1
            self._sleep()
        say("Stopping …")
        self._stop_all()
        say("Stopped.")
        return 0

    def _sleep(self) -> None:
        """Until a signal, a child that says it is ready, or a pause that ends."""
        now = time.monotonic()
        pipes = [child.ready_pipe for child in self.children if child.ready_pipe >= 0]
        pauses = [child.start_at - now for child in self.children if child.process is None]
        select.select([self.wake, *pipes], [], [], max(0.05, min([*pauses, 5.0])))
        try:
            os.read(self.wake, 4096)
        except BlockingIOError:
            pass

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _stop_all(self) -> None:
        for child in self.children:
            if child.process is not None and child.process.poll() is None:
                child.process.terminate()
        until = time.monotonic() + STOP_WITHIN
        for child in self.children:
            child.stop(until)


def ended_by(status: int) -> str:
    return f"signal {signal.Signals(-status).name}" if status < 0 else f"exit code {status}"


def say(text: str) -> None:
    try:
        print(text, flush=True)
    except OSError:  # nobody reads any more; the site goes on
        pass


def main() -> None:
    with os.fdopen(int(sys.argv[1])) as pipe:
        orders = json.loads(pipe.read())
    web = Child("web", ["--host", orders["host"], "--port", str(orders["port"])])
    sys.exit(Supervisor([web, Child("worker", [])], orders["greeting"]).run())


if __name__ == "__main__":
    main()
