"""What figures are called, and how their values read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from toolroom_desktop.services.figures import TIMES, Figure, Grouping, Measure
from toolroom_desktop.ui.screens.figures.presenter import Period


def measure_word(measure: Measure) -> str:
    """What is measured."""
    return {
        Measure.OPERATIONS: QCoreApplication.translate("Figures", "Operations"),
        Measure.FIRST_PASS: QCoreApplication.translate("Figures", "First-pass rate"),
        Measure.COUNTS: QCoreApplication.translate("Figures", "Manual counts"),
        Measure.HANDLING: QCoreApplication.translate("Figures", "Handling time"),
        Measure.MISSING: QCoreApplication.translate("Figures", "Missing tools"),
    }[measure]


def explanation(measure: Measure) -> str:
    """What the measure means, in one sentence."""
    return {
        Measure.OPERATIONS: QCoreApplication.translate("Figures", "How many operations were recorded."),
        Measure.FIRST_PASS: QCoreApplication.translate(
            "Figures",
            "Of the operations before the camera, how many were complete at first sight with no count by hand.",
        ),
        Measure.COUNTS: QCoreApplication.translate("Figures", "How many operations a person counted by hand."),
        Measure.HANDLING: QCoreApplication.translate(
            "Figures", "From the beginning of an operation to its record: half of them were quicker than this."
        ),
        Measure.MISSING: QCoreApplication.translate("Figures", "How many tools were found missing."),
    }[measure]


def group_word(group: Grouping | None) -> str:
    """By what figures are told apart; None: over time."""
    return {
        None: QCoreApplication.translate("Figures", "Over time"),
        Grouping.PERSON: QCoreApplication.translate("Figures", "By person"),
        Grouping.KIT: QCoreApplication.translate("Figures", "By kit"),
        Grouping.TOOLKIT: QCoreApplication.translate("Figures", "By toolkit"),
        Grouping.MODEL: QCoreApplication.translate("Figures", "By model"),
        Grouping.SITE: QCoreApplication.translate("Figures", "By station"),
        Grouping.TOOL_CLASS: QCoreApplication.translate("Figures", "By tool"),
    }[group]


def period_word(period: Period) -> str:
    """How far back."""
    return {
        Period.MONTH: QCoreApplication.translate("Figures", "30 days"),
        Period.QUARTER: QCoreApplication.translate("Figures", "3 months"),
        Period.YEAR: QCoreApplication.translate("Figures", "A year"),
        Period.THREE_YEARS: QCoreApplication.translate("Figures", "3 years"),
    }[period]


def value_word(measure: Measure, value: float | None, language: str, *, whole: bool = False) -> str:
    """A value as people read it; `whole` where nothing after the comma matters."""
    if value is None:
        return "—"
    locale = QLocale(language)
    match measure:
        case Measure.FIRST_PASS:
            return QCoreApplication.translate("Figures", "{0} %").format(locale.toString(value, "f", 0 if whole else 1))  # type: ignore[call-overload]
        case Measure.HANDLING:
            minutes, seconds = divmod(round(value), 60)
            if minutes == 0:
                return QCoreApplication.translate("Figures", "{0} s").format(seconds)
            return QCoreApplication.translate("Figures", "{0} min {1} s").format(minutes, seconds)
        case _:
            return locale.toString(round(value))


def place_word(
    grouping: Grouping, figure: Figure, tool_name: Callable[[str], str], station_name: Callable[[str], str]
) -> str:
    """What stands at the axis."""
    if grouping is Grouping.TOOL_CLASS:
        return tool_name(figure.key)
    if grouping is Grouping.SITE:
        return station_name(figure.key)
    if grouping not in TIMES:
        return figure.title
    day = date.fromisoformat(figure.key)
    return f"{day.month:02d}.{day.year}" if grouping is Grouping.MONTH else f"{day.day:02d}.{day.month:02d}"


def said(measure: Measure, place: str, figure: Figure, language: str) -> str:
    """A figure in words, for the tip and for whoever hears it."""
    text = f"{place}: {value_word(measure, figure.value, language)}"
    if figure.high is not None:
        high = value_word(measure, figure.high, language)
        text += ", " + QCoreApplication.translate("Figures", "9 of 10 within {0}").format(high)
    return f"{text}, {_Counts().operations(figure.of)}"


class _Counts(QObject):
    """Numbers with their words: only `tr` knows of plurals."""

    def operations(self, count: int) -> str:
        """So many operations."""
        return self.tr("%n operation(s)", "", count)
