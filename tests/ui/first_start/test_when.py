"""The first start: when a station is set up, and when it is not."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.first_start.walking import (
    PIN,
    Begin,
    add_somebody,
    go_to,
    health_of,
    setup_of,
    wait_for,
    written,
)
from tests.ui.first_start.workbench import Workbench
from tests.ui.steps import STATION_MS
from toolroom_desktop.domain.people import Role
from toolroom_desktop.ui.screens.setup.steps import Field


def test_the_demonstration_starts_with_records_of_its_own(qtbot: QtBot, workbench: Workbench, begin: Begin) -> None:
    station = begin()
    screen = setup_of(qtbot, station)
    go_to(qtbot, screen, screen.purpose_page)
    screen.purpose_page.demo_button.click()
    assert str(workbench.demo_folder) in written(screen)
    assert "close the program and start it again" in written(screen)
    assert screen.bar.main.text() == "Start the demo"
    screen.bar.main.click()
    qtbot.waitUntil(lambda: station.window is not None, timeout=STATION_MS)
    main = station.window
    assert main is not None
    assert main.shell.app.demo
    assert main.shell.session.language == "en"
    assert (workbench.demo_folder / "toolroom.sqlite").exists()
    assert not (workbench.folder / "toolroom.sqlite").exists(), "so the set-up comes up again at the next start"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.TECHNICIAN])
def test_a_data_folder_with_records_is_not_set_up_again(
    qtbot: QtBot, workbench: Workbench, begin: Begin, role: Role
) -> None:
    add_somebody(workbench, role)
    station = begin()
    qtbot.waitUntil(lambda: station.window is not None, timeout=STATION_MS)
    assert station.plain_window is None


def test_lost_records_are_no_reason_to_begin_afresh(qtbot: QtBot, workbench: Workbench, begin: Begin) -> None:
    add_somebody(workbench)
    (workbench.folder / "toolroom.sqlite").rename(workbench.folder / "lost.sqlite")
    (workbench.folder / "toolroom.sqlite-wal").write_bytes(b"left over")
    station = begin()
    qtbot.waitUntil(station.start_window.close_button.isVisible, timeout=STATION_MS)
    assert station.plain_window is None
    station.start_window.close_button.click()


def test_bad_settings_are_told_before_anything_is_set_up_and_the_health_page_is_a_touch_away(
    qtbot: QtBot, workbench: Workbench, begin: Begin
) -> None:
    workbench.folder.mkdir()
    workbench.settings_path.write_text("[camera]\nsorce = 'usb:0'\n", encoding="utf-8")
    station = begin()
    qtbot.waitUntil(station.start_window.close_button.isVisible)
    assert "sorce" in station.start_window.sentence
    station.start_window.health_button.click()
    health = health_of(station)
    qtbot.waitUntil(lambda: health.presenter.looking is None)
    assert "This station is fit for work" in written(health)
    health.bar.back.click()
    assert station.start_window.isVisible()
    assert not health.isVisible()
    station.start_window.close_button.click()


def test_who_skipped_everything_finds_the_set_up_at_sign_in_and_only_until_there_is_somebody(
    qtbot: QtBot, workbench: Workbench, begin: Begin
) -> None:
    station = begin()
    screen = setup_of(qtbot, station)
    go_to(qtbot, screen, screen.finish_page)
    screen.bar.main.click()
    qtbot.waitUntil(lambda: station.window is not None, timeout=STATION_MS)
    main = station.window
    assert main is not None and main.setup_screen is not None
    sign_in = main.sign_in_screen
    qtbot.waitUntil(sign_in.nobody.isVisible)
    sign_in.setup_button.click()
    again = main.setup_screen
    go_to(qtbot, again, again.administrator_page)
    for field, text in zip(Field, ("ADM-1", "Титов", PIN, PIN), strict=True):
        again.administrator_page.fields[field].setText(text)
    again.bar.main.click()
    wait_for(qtbot, again, again.camera_page)
    assert not again.administrator_page.another_button.isVisible(), "nobody is signed in who may add another"
    go_to(qtbot, again, again.finish_page)
    again.bar.main.click()
    assert sign_in.isVisible()
    qtbot.waitUntil(lambda: not main.work.busy)
    assert not sign_in.nobody.isVisible()


def test_a_restore_that_was_cut_short_is_finished_and_not_set_up_over(
    qtbot: QtBot, workbench: Workbench, begin: Begin
) -> None:
    workbench.folder.mkdir()
    (workbench.folder / "restore.json").write_text("damaged", encoding="utf-8")
    station = begin()
    qtbot.waitUntil(station.start_window.close_button.isVisible, timeout=STATION_MS)
    assert station.plain_window is None
    assert "restore.json" in station.start_window.sentence
    station.start_window.close_button.click()


def test_closing_the_window_in_the_middle_ends_the_program_and_the_set_up_comes_up_again(
    qtbot: QtBot, workbench: Workbench, begin: Begin
) -> None:
    station = begin()
    screen = setup_of(qtbot, station)
    go_to(qtbot, screen, screen.camera_page)
    qtbot.waitUntil(lambda: screen.camera_page.picture.image is not None)
    with qtbot.waitSignal(station.ended, timeout=STATION_MS) as ended:
        screen.window().close()
    assert ended.args == [0]
    assert workbench.camera.stopped
    again = begin()
    setup_of(qtbot, again)
