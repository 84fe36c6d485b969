"""The health of this station."""

from toolroom_desktop.ui.screens.health.view import HealthScreen

__all__ = ["HealthScreen"]
