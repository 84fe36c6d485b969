"""The windowed program of the package."""

import sys

from toolroom_desktop.__main__ import main

sys.exit(main())
