"""Going through the set-up of a new station, as its people do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.first_start.workbench import Workbench
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import open_records
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.ui.app import Station
from toolroom_desktop.ui.screens.health import HealthScreen
from toolroom_desktop.ui.screens.setup import SetupScreen
from toolroom_desktop.ui.screens.setup.steps import Field

PIN = "482615"
WORKERS = 3  # as many calls run at once
Begin = Callable[..., Station]


def setup_of(qtbot: QtBot, station: Station) -> SetupScreen:
    """The set-up, once it is there."""
    qtbot.waitUntil(lambda: station.plain_window is not None)
    window = station.plain_window
    assert window is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    screen = window.screen_shown
    assert isinstance(screen, SetupScreen)
    return screen


def health_of(station: Station) -> HealthScreen:
    """The health page of a station that cannot start."""
    window = station.plain_window
    assert window is not None
    assert isinstance(window.screen_shown, HealthScreen)
    return window.screen_shown


def wait_for(qtbot: QtBot, screen: SetupScreen, page: QWidget) -> None:
    """That page is shown, and nothing is waited for."""
    qtbot.waitUntil(lambda: screen.page is page and page.isVisible() and not screen.presenter.step.working)


def go_to(qtbot: QtBot, screen: SetupScreen, page: QWidget) -> None:
    """By skipping whatever comes before."""
    while screen.page is not page:
        place = screen.presenter.place
        qtbot.waitUntil(lambda: not screen.presenter.step.working)
        if screen.presenter.step.can_skip:
            screen.skip_button.click()
            if screen.presenter.place == place:  # it warned
                screen.skip_button.click()
        else:
            screen.bar.main.click()
            qtbot.waitUntil(lambda place=place: screen.presenter.place > place)  # type: ignore[misc]
    wait_for(qtbot, screen, page)


def written(screen: QWidget) -> str:
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible())


def everyone(workbench: Workbench) -> list[Person]:
    records = open_records(workbench.folder, pin_cost=FAST)
    try:
        return records.accounts.everyone()
    finally:
        records.close()


def add_somebody(workbench: Workbench, role: Role = Role.ADMINISTRATOR) -> None:
    records = open_records(workbench.folder, create=True, pin_cost=FAST)
    try:
        records.accounts.add_person(badge="ADM-1", name="Титов М. О.", role=role, pin=PIN, actor_badge=None)
    finally:
        records.close()


def fill_in(screen: SetupScreen, **texts: str) -> None:
    for name, text in texts.items():
        screen.administrator_page.fields[Field(name)].setText(text)
