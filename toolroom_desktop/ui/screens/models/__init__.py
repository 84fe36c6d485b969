"""The models of the station."""

from toolroom_desktop.ui.screens.models.view import ModelsScreen

__all__ = ["ModelsScreen"]
