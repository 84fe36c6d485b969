"""The console program of the package."""

import sys

from toolroom_desktop.cli import main

sys.exit(main())
