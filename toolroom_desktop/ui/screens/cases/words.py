"""The words of this screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.ui.screens.cases.presenter import Doing

SYMBOLS: dict[Doing, str] = {
    Doing.SEARCH: "search",
    Doing.NOTE: "notice",
    Doing.OUTCOME: "present",
    Doing.RELEASE: "confirm",
    Doing.REOPEN: "sync",
}


def doing_word(doing: Doing) -> str:
    """What a button that leads to it says."""
    return {
        Doing.SEARCH: QCoreApplication.translate("Cases", "Record a search"),
        Doing.NOTE: QCoreApplication.translate("Cases", "Add a note"),
        Doing.OUTCOME: QCoreApplication.translate("Cases", "Record the outcome"),
        Doing.RELEASE: QCoreApplication.translate("Cases", "Release the case"),
        Doing.REOPEN: QCoreApplication.translate("Cases", "Reopen the case"),
    }[doing]


def short_word(doing: Doing) -> str:
    """The same beside the main action, where several stand in a row."""
    return {
        Doing.SEARCH: QCoreApplication.translate("Cases", "Search"),
        Doing.NOTE: QCoreApplication.translate("Cases", "Note"),
        Doing.OUTCOME: QCoreApplication.translate("Cases", "Outcome"),
        Doing.RELEASE: QCoreApplication.translate("Cases", "Release"),
        Doing.REOPEN: QCoreApplication.translate("Cases", "Reopen the case"),
    }[doing]


def advice(doing: Doing) -> str:
    """What to enter."""
    return {
        Doing.SEARCH: QCoreApplication.translate(
            "Cases", "Each search is recorded in the name of whoever is signed in. The second one needs another person."
        ),
        Doing.NOTE: QCoreApplication.translate("Cases", "A note changes nothing: it stays in the course of the case."),
        Doing.OUTCOME: QCoreApplication.translate(
            "Cases", "The case stays open after this: quality looks at it and releases it."
        ),
        Doing.RELEASE: QCoreApplication.translate(
            "Cases", "With your statement the case is closed in the name of quality, and the kit can be issued again."
        ),
        Doing.REOPEN: QCoreApplication.translate(
            "Cases", "Everything recorded so far stays. The tool is searched for again."
        ),
    }[doing]
