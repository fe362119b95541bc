"""A program between the session's leader and the interface that keeps hang-ups to itself, as ``make`` does.

``python deaf.py COMMAND…`` runs the command as a job of its own in the foreground; ends with its code.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys


def main(command: list[str]) -> int:
    signal.signal(signal.SIGHUP, lambda *_: None)
    process = subprocess.Popen(command, process_group=0)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    os.tcsetpgrp(0, process.pid)
    return process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
