"""`toolroom`: the station's services on the command line."""

from toolroom_desktop.cli.program import main

__all__ = ["main"]
