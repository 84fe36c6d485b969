"""The desk: the part of home that shows how the toolroom stands, for whoever looks after it."""

from toolroom_desktop.ui.screens.desk.panel import DeskPanel

__all__ = ["DeskPanel"]
