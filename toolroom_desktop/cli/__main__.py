"""`python -m toolroom_desktop.cli`: the command line where its script is not installed."""

from __future__ import annotations

import sys

from toolroom_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
