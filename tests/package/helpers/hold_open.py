"""For the Windows Python: hold a file open for reading, as a virus scanner does, until the input ends."""

from __future__ import annotations

import sys
from pathlib import Path

with Path(sys.argv[1]).open("rb"):
    sys.stdout.write("held\n")
    sys.stdout.flush()
    sys.stdin.read()
