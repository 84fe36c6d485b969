"""The health of a station, for administrators and for whoever looks after one that cannot start."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.command_line import CommandLine
from tests.fakes import plain_picture
from tests.ui.first_start.workbench import Workbench
from tests.ui.fitting import lies_whole
from tests.ui.station import Bench
from tests.ui.steps import press, sign_in
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import BadModel
from toolroom_desktop.health import examine
from toolroom_desktop.services.doctor import Check, Grade, failed
from toolroom_desktop.ui.app import prepare
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.health import HealthScreen
from toolroom_desktop.ui.screens.home.ways import Way
from toolroom_desktop.ui.screens.setup import SetupScreen
from toolroom_desktop.ui.translation import Translations

OpenCared = Callable[..., MainWindow]
GOOD = Check("disk", Grade.GOOD, "cli.doctor.disk", {"free_mib": 51200}, {"free_bytes": 51200 << 20})
NOTE = Check("backup", Grade.NOTE, "cli.doctor.backup_none")
BAD = failed("model", BadModel("model.unsigned", path="D:/модели/kit11.json"))


@pytest.fixture
def workbench(bench: Bench) -> Workbench:
    """The care for the station of the test, with scripted cameras and checks."""
    made = Workbench(bench.folder, checks=[GOOD, NOTE])
    made.camera.put(plain_picture())
    return made


@pytest.fixture
def open_cared(qtbot: QtBot, bench: Bench, workbench: Workbench) -> Iterator[OpenCared]:
    """Opens the main window of a running station that somebody cares for."""
    opened: list[tuple[MainWindow, Translations]] = []

    def open_(language: str = "en") -> MainWindow:
        settings = Settings.model_validate({"station": {"language": language}})
        translations = Translations()
        window = MainWindow(
            bench.app,
            settings,
            bench.settings_path,
            theme=prepare(settings),
            translations=translations,
            care=workbench.care(),
        )
        opened.append((window, translations))
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(window.scanner)
        window.resize(1280, 800)
        window.show_sign_in()
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield open_
    for window, translations in opened:
        window.stop()
        window.close()
        window.deleteLater()
        translations.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def health_of(window: MainWindow) -> HealthScreen:
    assert window.health_screen is not None
    return window.health_screen


def setup_of(window: MainWindow) -> SetupScreen:
    assert window.setup_screen is not None
    return window.setup_screen


def texts(screen: HealthScreen) -> list[str]:
    return [label.text() for label in screen.findChildren(QLabel) if label.isVisible() and label.text()]


def open_health(qtbot: QtBot, window: MainWindow, bench: Bench) -> HealthScreen:
    """As an administrator does, from home."""
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.home_screen.tiles[Way.HEALTH].click()
    screen = health_of(window)
    qtbot.waitUntil(lambda: screen.presenter.looking is None)
    qtbot.wait(20)
    return screen


@pytest.mark.parametrize("badge", ["DEMO-TECH", "DEMO-STORE", "DEMO-LEAD", "DEMO-QA"])
def test_only_an_administrator_finds_the_care_for_the_station(open_cared: OpenCared, bench: Bench, badge: str) -> None:
    window = open_cared()
    home = window.home_screen
    tiles = (home.tiles[Way.SETUP], home.tiles[Way.HEALTH], home.tiles[Way.ENROL], home.tiles[Way.MODELS])
    sign_in(window, bench.app, badge)
    assert not any(tile.isVisible() for tile in tiles)
    sign_in(window, bench.app, "DEMO-ADMIN")
    assert all(tile.isVisible() for tile in tiles)
    assert not any("takes no kits" in label.text() for label in home.findChildren(QLabel) if label.isVisible())


def test_a_bad_check_stands_first_and_says_what_to_do(
    qtbot: QtBot, open_cared: OpenCared, bench: Bench, workbench: Workbench
) -> None:
    workbench.checks = [GOOD, NOTE, BAD]
    screen = open_health(qtbot, open_cared(), bench)
    said = texts(screen)
    assert "This station is not fit for work" in said
    names = [text for text in said if text in ("Model", "Backup", "Disk")]
    assert names == ["Model", "Backup", "Disk"], "the worst first"
    assert "must be mended" in said and "worth knowing" in said and "in order" in said
    assert any("D:/модели/kit11.json" in text for text in said)
    assert any(text.startswith("What to do:") and "toolroom model rollback" in text for text in said)


def test_a_station_in_order_is_called_fit_and_can_be_looked_at_again(
    qtbot: QtBot, open_cared: OpenCared, bench: Bench, workbench: Workbench
) -> None:
    window = open_cared()
    screen = open_health(qtbot, window, bench)
    assert "This station is fit for work" in texts(screen)
    workbench.checks = [BAD]
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "This station is not fit for work" in texts(screen))
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.current is window.home_screen


def test_what_was_found_is_saved_as_the_doctor_prints_it(
    qtbot: QtBot, open_cared: OpenCared, bench: Bench, workbench: Workbench, tmp_path: Path
) -> None:
    workbench.checks = examine(DataFolder(bench.folder))
    screen = open_health(qtbot, open_cared(), bench)
    target = tmp_path / "отчёты" / "health.json"
    target.parent.mkdir()
    screen.save_button.click()
    dialog = screen.findChild(QFileDialog)
    assert dialog is not None
    dialog.selectFile(str(target))
    dialog.accept()
    qtbot.waitUntil(lambda: str(target) in screen.notice.sentence)
    saved = json.loads(target.read_text(encoding="utf-8"))
    printed = CommandLine(bench.folder)("doctor", "--json").json
    assert {check["name"]: check["grade"] for check in saved["checks"]} == {
        check["name"]: check["grade"] for check in printed["checks"]
    }
    assert saved["healthy"] == printed["healthy"]
    assert all(check["sentence"] for check in saved["checks"])


def test_a_file_that_cannot_be_written_is_said(
    qtbot: QtBot, open_cared: OpenCared, bench: Bench, tmp_path: Path
) -> None:
    screen = open_health(qtbot, open_cared(), bench)
    screen.presenter.save(tmp_path / "nowhere" / "health.json")
    qtbot.waitUntil(lambda: "could not be written" in screen.notice.sentence)


def test_while_it_looks_it_says_how_far_and_can_be_left(
    qtbot: QtBot, open_cared: OpenCared, bench: Bench, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(progress: Callable[[str, int, int], None]) -> list[Check]:
        progress("camera", 9, 11)
        go_on.wait(20)
        return [GOOD]

    window = open_cared()
    screen = health_of(window)
    monkeypatch.setattr(screen.presenter, "_examine", slow)
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.home_screen.tiles[Way.HEALTH].click()
    qtbot.waitUntil(lambda: "9 of 11: Cameras" in texts(screen))
    assert screen.progress.isVisible()
    assert not screen.bar.main.isEnabled()
    screen.bar.back.click()
    assert window.current is window.home_screen
    go_on.set()
    qtbot.waitUntil(lambda: not window.work.busy)
    assert screen.presenter.checks == (), "what nobody waits for is not shown later"


def test_the_camera_rests_while_cameras_are_looked_for(qtbot: QtBot, open_cared: OpenCared, bench: Bench) -> None:
    bench.app.camera.start()
    open_health(qtbot, open_cared(), bench)
    assert bench.camera.stopped


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_page_fits(qtbot: QtBot, open_cared: OpenCared, bench: Bench, workbench: Workbench, language: str) -> None:
    workbench.checks = [GOOD, NOTE, BAD]
    window = open_cared(language)
    open_health(qtbot, window, bench)
    lies_whole(qtbot, window)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_tiles_of_an_administrator_are_not_cut_off(
    qtbot: QtBot, open_cared: OpenCared, bench: Bench, language: str
) -> None:
    window = open_cared(language)
    sign_in(window, bench.app, "DEMO-ADMIN")
    lies_whole(qtbot, window)


def test_an_administrator_sets_the_station_up_again_and_comes_back_home(
    qtbot: QtBot, open_cared: OpenCared, bench: Bench, workbench: Workbench
) -> None:
    window = open_cared()
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.home_screen.tiles[Way.SETUP].click()
    screen = setup_of(window)
    assert screen.page is screen.language_page
    screen.bar.main.click()
    qtbot.waitUntil(lambda: screen.page is screen.purpose_page)
    qtbot.waitUntil(lambda: any("This is the demonstration" in label.text() for label in screen.findChildren(QLabel)))
    assert not screen.purpose_page.demo_button.isVisible()
    screen.bar.main.click()
    qtbot.waitUntil(lambda: "DEMO-ADMIN" in screen.administrator_page.known.text())
    screen.administrator_page.another_button.click()
    for field, text in zip(
        screen.administrator_page.fields.values(), ("A-2", "Ким С.", "482615", "482615"), strict=True
    ):
        field.setText(text)
    screen.bar.main.click()
    qtbot.waitUntil(lambda: screen.page is screen.camera_page)
    assert bench.app.accounts.who("A-2").role.value == "administrator"
    entries = bench.app.database.read(lambda uow: [e for e in uow.journal.entries() if e.kind == "person_added"])
    assert entries[-1].payload["by"] == "DEMO-ADMIN"
    qtbot.waitUntil(screen.bar.main.isEnabled)
    screen.bar.main.click()
    qtbot.waitUntil(lambda: screen.page is screen.model_page and screen.bar.main.isEnabled())
    screen.bar.main.click()
    assert "from the next start of the program on" in screen.camera_page.summary()
    assert screen.bar.main.text() == "Home"
    screen.bar.main.click()
    assert window.current is window.home_screen
    qtbot.waitUntil(lambda: workbench.camera.stopped)
