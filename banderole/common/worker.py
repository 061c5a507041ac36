"""The worker: each lane of chores in a thread of its own, until somebody says stop."""

import logging
import signal
import threading
import time
from types import FrameType

from django.db import close_old_connections, connections

from banderole.common import chores, parent, readiness
from banderole.common.chores import Chore

logger = logging.getLogger(__name__)
STOP_WITHIN = 4.5  # seconds
LONGEST_BACKOFF = 60.0
CONNECTION_LIVES = 300.0


class Lane(threading.Thread):
    """Runs its chores when they are due, the one that has waited longest first."""

    def __init__(self, name: str, of_lane: list[Chore]) -> None:
        super().__init__(name=f"lane-{name}", daemon=True)
        self.due = dict.fromkeys(of_lane, 0.0)
        self.failures = dict.fromkeys(of_lane, 0)
        self.connected_at = time.monotonic()

    def run(self) -> None:
        while not chores.stopping.is_set():
            chore = min(self.due, key=lambda chore: self.due[chore])
            if chores.stopping.wait(max(0.0, self.due[chore] - time.monotonic())):
                break
            self.due[chore] = time.monotonic() + self._turn(chore)
            self._renew_connection()
        connections.close_all()

    def _turn(self, chore: Chore) -> float:
        """Run the chore once; return after how many seconds it is due again."""
        try:
            found_work = chore.run() > 0
        except Exception as error:  # noqa: BLE001 -- one chore's mistake must not stop the others
            # Neither message nor traceback: they may quote what a person wrote.
            logger.error("The chore %s failed: %s at %s.", chore.name, type(error).__name__, _place(error))
            close_old_connections()
            self.failures[chore] += 1
            return min(LONGEST_BACKOFF, max(1.0, chore.every) * 2.0 ** min(self.failures[chore], 10))
        self.failures[chore] = 0
        return 0.0 if found_work else chore.every

    def _renew_connection(self) -> None:
        if time.monotonic() - self.connected_at > CONNECTION_LIVES:
            close_old_connections()
            self.connected_at = time.monotonic()


def work() -> None:
    """Run all lanes until SIGTERM or SIGINT; then let each finish the item that it has in hand."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    parent.leave_with()
    lanes = [Lane(name, of_lane) for name, of_lane in chores.by_lane().items()]
    for lane in lanes:
        lane.start()
    readiness.announce()
    chores.stopping.wait()
    until = time.monotonic() + STOP_WITHIN
    for lane in lanes:
        lane.join(max(0.0, until - time.monotonic()))
    if late := [lane.name for lane in lanes if lane.is_alive()]:
        # Their transactions roll back, their rows wait for the next start.
        logger.warning("Stopped in the middle of an item: %s.", ", ".join(late))
    parent.leave_now()


def _stop(_number: int, _frame: FrameType | None) -> None:
    chores.stopping.set()


def _place(error: BaseException) -> str:
    """File and line of the innermost frame that is ours."""
    place, step = "an unknown place", error.__traceback__
    while step:
        file = step.tb_frame.f_code.co_filename
        if "banderole" in file and "site-packages" not in file:
            place = f"{file.rsplit('banderole/', 1)[-1]}:{step.tb_lineno}"
        step = step.tb_next
    return place
