"""What restored records lack of what the centre has, before the station is started."""

from toolroom_desktop.ui.screens.bring_back.view import BringBackScreen

__all__ = ["BringBackScreen"]
