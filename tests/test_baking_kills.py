"""What readers see while the worker that bakes is killed, thirty times and more."""

import json
import subprocess
import sys

from e2e.running_site import REPOSITORY
from tests.processes import environment_for

KILLS = 32


def test_no_kill_leaves_a_torn_or_missing_page(home):
    told = subprocess.run(
        [sys.executable, "-m", "tests.baker", str(KILLS)],
        cwd=REPOSITORY, env=environment_for(home), capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip

    assert told.returncode == 0, told.stderr
    report = json.loads(told.stdout)
    assert (report["kills"], report["torn"], report["missing"], report["old"]) == (KILLS, [], [], [])
    assert report["left over"] == 0
    assert report["read"].keys() == {"whole"}
    assert report["read"]["whole"] > 1000
    assert report["kills in the act"] > 0, "No kill met a file half written: the test proves nothing."
