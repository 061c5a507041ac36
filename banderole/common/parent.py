"""A child process that leaves when the process that started it is gone, however that one ended."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def leave_with() -> None:
    """Get SIGTERM when the parent dies (Linux); needs BANDEROLE_PARENT, which `up` sets for its children."""
    started_by = os.environ.get("BANDEROLE_PARENT")
    if not started_by or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != int(started_by):  # it died before this line
        os.kill(os.getpid(), signal.SIGTERM)
