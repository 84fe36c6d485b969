"""Installs the catalogue of a language, ours and Qt's own, and changes it at run time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from toolroom_desktop.config.messages import Language
from toolroom_desktop.config.paths import resource


def catalogue(language: Language) -> Path:
    """The compiled catalogue of a language."""
    return resource("i18n", f"toolroom_{language}.qm")


class Translations:
    """The translators that are installed. Keep one for the life of the application."""

    def __init__(self) -> None:
        self._installed: list[QTranslator] = []

    def use(self, language: Language) -> None:
        """Speak `language` from now on; whoever shows texts must set them anew.

        Raises FileNotFoundError when the compiled catalogue is not there. Qt's own few words (the menu of a text field)
        stay English where the installed Qt lacks them.
        """
        self.clear()
        ours = QTranslator()
        path = catalogue(language)
        if not ours.load(str(path)):
            raise FileNotFoundError(path)
        qts_own = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if qts_own.load(f"qtbase_{language}", folder):
            self._install(qts_own)
        self._install(ours)
        QLocale.setDefault(QLocale(language))

    def clear(self) -> None:
        """Remove everything that was installed."""
        for translator in self._installed:
            QCoreApplication.removeTranslator(translator)
        self._installed.clear()

    def _install(self, translator: QTranslator) -> None:
        QCoreApplication.installTranslator(translator)
        self._installed.append(translator)
