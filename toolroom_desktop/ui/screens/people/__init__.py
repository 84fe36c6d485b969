"""The people of the station, for administrators."""

from toolroom_desktop.ui.screens.people.view import PeopleScreen

__all__ = ["PeopleScreen"]
