import logging
import threading

import pytest

from banderole.common import chores
from banderole.common.chores import Chore
from banderole.common.worker import Lane

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped_afterwards():
    yield
    chores.stopping.clear()


def run_until(event, *of_lane):
    lane = Lane("test", list(of_lane))
    lane.start()
    assert event.wait(20)
    chores.stopping.set()
    lane.join(5)
    assert not lane.is_alive()
    return lane


def test_a_chore_runs_again_at_once_while_it_finds_work():
    left, done = [3], threading.Event()

    def work():
        if not left[0]:
            done.set()
            return 0
        left[0] -= 1
        return 1

    run_until(done, Chore("letters", work, every=1000, lane="test"))

    assert left == [0]


def test_a_chore_that_fails_holds_up_no_other_and_tells_nobody_what_it_read(caplog):
    done = threading.Event()

    def fail():
        raise ValueError("camille@example.org cannot be read")

    def work():
        done.set()
        return 0

    with caplog.at_level(logging.ERROR):
        lane = run_until(
            done, Chore("inbox", fail, every=1000, lane="test"), Chore("mails", work, every=1000, lane="test")
        )

    line = fail.__code__.co_firstlineno + 1
    assert caplog.messages == [f"The chore inbox failed: ValueError at common/tests/test_worker.py:{line}."]
    assert "camille" not in caplog.text
    assert [lane.failures[chore] for chore in lane.failures] == [1, 0]


def test_a_chore_that_keeps_failing_is_tried_less_and_less_often():
    def fail():
        raise ValueError

    chore = Chore("bake", fail, every=0.5, lane="test")
    lane = Lane("test", [chore])

    pauses = [lane._turn(chore) for _ in range(8)]

    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60]


def test_a_chore_that_works_again_is_back_in_its_rhythm():
    answers = [ValueError, 0]

    def work():
        answer = answers.pop(0)
        if answer is ValueError:
            raise answer
        return answer

    chore = Chore("bake", work, every=0.5, lane="test")
    lane = Lane("test", [chore])

    assert [lane._turn(chore), lane._turn(chore)] == [2, 0.5]
