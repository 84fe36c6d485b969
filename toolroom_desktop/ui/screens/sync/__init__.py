"""How the exchange with the centre is, and how a station gets one."""

from toolroom_desktop.ui.screens.sync.view import SyncScreen

__all__ = ["SyncScreen"]
