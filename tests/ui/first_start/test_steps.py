"""The first start: a station that nothing was recorded at yet is set up in its own windows, step by step."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.first_start.walking import (
    PIN,
    Begin,
    everyone,
    fill_in,
    go_to,
    setup_of,
    wait_for,
    written,
)
from tests.ui.first_start.workbench import Workbench
from tests.ui.fitting import lies_whole, touchable
from tests.ui.steps import STATION_MS, press, scan, type_slowly
from toolroom_desktop.config.messages import Language
from toolroom_desktop.config.policy import POLICY_VARIABLE
from toolroom_desktop.config.settings import load_settings, save_setting
from toolroom_desktop.domain.errors import BadModel
from toolroom_desktop.domain.people import Role
from toolroom_desktop.ui.screens.home.ways import Way
from toolroom_desktop.ui.screens.setup.step import Outcome
from toolroom_desktop.ui.screens.setup.steps import Field


def test_a_station_is_set_up_by_the_keyboard_alone_and_its_administrator_signs_in(
    qtbot: QtBot, workbench: Workbench, begin: Begin
) -> None:
    station = begin(language=None)
    screen = setup_of(qtbot, station)
    window = screen.window()
    wait_for(qtbot, screen, screen.language_page)
    assert screen.language_page.buttons["ru"].isChecked(), "the usual language"
    press(qtbot, window, Qt.Key.Key_Down)
    press(qtbot, window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: screen.bar.main.text() == "Continue" and screen.bar.main.isEnabled())
    qtbot.waitUntil(lambda: load_settings(workbench.settings_path).station.language == "en")
    press(qtbot, window, Qt.Key.Key_Return)
    wait_for(qtbot, screen, screen.purpose_page)
    press(qtbot, window, Qt.Key.Key_Return)
    wait_for(qtbot, screen, screen.administrator_page)
    scan(window, "ADM-0001")
    fields = screen.administrator_page.fields
    assert fields[Field.BADGE].text() == "ADM-0001"
    assert fields[Field.NAME].hasFocus(), "a scan fills in the badge and goes on to the name"
    type_slowly(qtbot, fields[Field.NAME], "Titov")
    press(qtbot, window, Qt.Key.Key_Return)
    assert fields[Field.PIN].hasFocus()
    type_slowly(qtbot, fields[Field.PIN], PIN)
    press(qtbot, window, Qt.Key.Key_Return)
    type_slowly(qtbot, fields[Field.AGAIN], PIN)
    press(qtbot, window, Qt.Key.Key_Return)
    wait_for(qtbot, screen, screen.camera_page)
    qtbot.waitUntil(lambda: screen.camera_page.picture.image is not None)
    assert workbench.opened == ["usb:1"], "the first that gives a picture is shown without being asked for"
    qtbot.waitUntil(screen.bar.main.isEnabled)
    press(qtbot, window, Qt.Key.Key_Return)
    wait_for(qtbot, screen, screen.model_page)
    qtbot.waitUntil(lambda: "Sees 11 tools" in written(screen))
    assert "signed by toolroom-desktop" in written(screen)
    assert "The model looks at the camera's picture" in written(screen)
    press(qtbot, window, Qt.Key.Key_Return)
    wait_for(qtbot, screen, screen.finish_page)
    qtbot.waitUntil(lambda: "USB camera 1" in written(screen))
    assert "The station is set up" in written(screen)
    assert all(text in written(screen) for text in ("English", "Real work", "Titov (ADM-0001)", "USB camera 1"))
    qtbot.waitUntil(lambda: workbench.camera.stopped)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: station.window is not None, timeout=STATION_MS)
    settings = load_settings(workbench.settings_path)
    assert (settings.station.language, settings.camera.source) == ("en", "usb:1")
    main = station.window
    assert main is not None
    assert main.current is main.sign_in_screen
    main.activateWindow()
    main.sign_in_screen.scanned("ADM-0001")
    qtbot.waitUntil(lambda: main.sign_in_screen.presenter.person is not None)
    main.sign_in_screen.presenter.pin_entered(PIN)
    qtbot.waitUntil(lambda: main.current is main.home_screen)
    assert main.home_screen.tiles[Way.SETUP].isVisible(), "an administrator finds the set-up again"


def test_every_step_can_be_skipped_and_the_end_says_how_to_do_it_later(
    qtbot: QtBot, workbench: Workbench, begin: Begin
) -> None:
    workbench.refused = BadModel("model.unsigned", path="kit11.json")
    screen = setup_of(qtbot, begin())
    go_to(qtbot, screen, screen.finish_page)
    assert [step.outcome for step in screen.presenter.steps[:-1]] == [Outcome.SKIPPED] * 5
    qtbot.waitUntil(lambda: written(screen).count("left for later") == 5 + 1)
    said = written(screen)
    assert "Some steps are left for later" in said
    assert "toolroom users add --role administrator" in said
    assert "No camera is set" in said
    assert "kit11.json" in said, "why the model was refused"
    assert not (workbench.folder / "toolroom.sqlite").exists()
    assert not workbench.settings_path.exists()


def test_skipping_the_administrator_says_first_what_that_means(qtbot: QtBot, begin: Begin) -> None:
    screen = setup_of(qtbot, begin())
    go_to(qtbot, screen, screen.administrator_page)
    screen.skip_button.click()
    assert screen.page is screen.administrator_page
    assert "nobody can sign in" in screen.notice.sentence
    assert screen.skip_button.text() == "Skip all the same"
    press(qtbot, screen.window(), Qt.Key.Key_Escape)
    assert screen.page is screen.administrator_page, "Esc only takes the question back"
    assert screen.notice.sentence == ""
    screen.skip_button.click()
    screen.skip_button.click()
    wait_for(qtbot, screen, screen.camera_page)


def test_back_leads_through_the_steps_and_keeps_what_was_done(qtbot: QtBot, workbench: Workbench, begin: Begin) -> None:
    screen = setup_of(qtbot, begin())
    wait_for(qtbot, screen, screen.language_page)
    assert not screen.bar.back.isVisible(), "there is nothing before the first step"
    go_to(qtbot, screen, screen.administrator_page)
    fill_in(screen, badge="ADM-1", name="Титов", pin=PIN, again=PIN)
    screen.bar.main.click()
    wait_for(qtbot, screen, screen.camera_page)
    press(qtbot, screen.window(), Qt.Key.Key_Escape)
    wait_for(qtbot, screen, screen.administrator_page)
    assert "Administrator: Титов, ADM-1" in written(screen)
    assert not screen.administrator_page.fields[Field.PIN].isVisible()
    assert not screen.skip_button.isVisible()
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    wait_for(qtbot, screen, screen.camera_page)
    for _ in range(3):
        screen.bar.back.click()
    wait_for(qtbot, screen, screen.language_page)


@pytest.mark.parametrize(
    ("texts", "sentence", "field"),
    [
        ({}, "Scan the badge", Field.BADGE),
        ({"badge": "A-1"}, "Type the name", Field.NAME),
        ({"badge": "A-1", "name": "T", "pin": "12345", "again": "12345"}, "6 to 12 digits", Field.PIN),
        ({"badge": "A-1", "name": "T", "pin": PIN}, "once more", Field.AGAIN),
        ({"badge": "A-1", "name": "T", "pin": PIN, "again": "482616"}, "two PINs differ", Field.PIN),
    ],
    ids=["no badge", "no name", "short PIN", "PIN once", "PINs differ"],
)
def test_a_form_that_is_not_right_adds_nobody_and_says_what_is_missing(
    qtbot: QtBot, workbench: Workbench, begin: Begin, texts: dict[str, str], sentence: str, field: Field
) -> None:
    screen = setup_of(qtbot, begin())
    go_to(qtbot, screen, screen.administrator_page)
    fill_in(screen, **texts)
    screen.bar.main.setFocus()
    screen.bar.main.click()
    assert sentence in screen.notice.sentence
    assert screen.page is screen.administrator_page
    assert screen.administrator_page.fields[field].hasFocus()
    assert not (workbench.folder / "toolroom.sqlite").exists()
    if field is Field.PIN and "differ" in sentence:
        assert screen.administrator_page.fields[Field.PIN].text() == ""
        assert screen.administrator_page.fields[Field.AGAIN].text() == ""


def test_the_digits_write_into_the_pin_that_has_the_keyboard(qtbot: QtBot, workbench: Workbench, begin: Begin) -> None:
    screen = setup_of(qtbot, begin())
    go_to(qtbot, screen, screen.administrator_page)
    page = screen.administrator_page
    fill_in(screen, badge="ADM-1", name="Титов")
    for digit in PIN:
        page.pad.key(digit).click()
    assert page.fields[Field.PIN].text() == PIN
    page.fields[Field.AGAIN].setFocus()
    for digit in PIN:
        page.pad.key(digit).click()
    assert page.fields[Field.AGAIN].text() == PIN
    screen.bar.main.click()
    wait_for(qtbot, screen, screen.camera_page)
    assert [(p.badge, p.role) for p in everyone(workbench)] == [("ADM-1", Role.ADMINISTRATOR)]


def test_what_is_answered_elsewhere_is_shown_as_answered(qtbot: QtBot, workbench: Workbench, begin: Begin) -> None:
    save_setting(workbench.settings_path, "camera", "source", "usb:7")
    screen = setup_of(qtbot, begin(language="ru"))
    qtbot.waitUntil(lambda: "запущена с --language" in written(screen))
    go_to(qtbot, screen, screen.camera_page)
    qtbot.waitUntil(lambda: "в настройках указана USB-камера 7" in written(screen))
    assert screen.presenter.camera.outcome is Outcome.DONE
    qtbot.waitUntil(lambda: workbench.opened == ["usb:7"])


def test_a_language_in_the_settings_is_shown_as_answered(qtbot: QtBot, workbench: Workbench, begin: Begin) -> None:
    save_setting(workbench.settings_path, "station", "language", "en")
    screen = setup_of(qtbot, begin(language=None))
    qtbot.waitUntil(lambda: "the settings name this language" in written(screen))


def test_what_a_policy_fixes_is_shown_and_not_saved(
    qtbot: QtBot, workbench: Workbench, begin: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text('[station]\nlanguage = "en"\n[camera]\nsource = "usb:1"\n', encoding="utf-8")
    monkeypatch.setenv(POLICY_VARIABLE, str(policy))
    screen = setup_of(qtbot, begin(language=None))
    qtbot.waitUntil(lambda: "a policy of this computer names the language" in written(screen))
    screen.bar.main.click()
    wait_for(qtbot, screen, screen.purpose_page)
    go_to(qtbot, screen, screen.camera_page)
    qtbot.waitUntil(lambda: "a policy of this computer names USB camera 1" in written(screen))
    assert not screen.camera_page.address_field.isVisible()
    assert not screen.camera_page.demo_button.isVisible()
    qtbot.waitUntil(lambda: screen.camera_page.picture.image is not None)
    qtbot.waitUntil(lambda: len(screen.camera_page.camera_buttons) == 2)
    assert not any(made.isEnabled() for made in screen.camera_page.camera_buttons)
    screen.bar.main.click()
    wait_for(qtbot, screen, screen.model_page)
    assert screen.presenter.language.outcome is screen.presenter.camera.outcome is Outcome.DONE
    assert not workbench.settings_path.exists()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_step_fits_and_can_be_met_by_a_glove(
    qtbot: QtBot, workbench: Workbench, begin: Begin, language: Language
) -> None:
    station = begin(language=language)
    screen = setup_of(qtbot, station)
    window = screen.window()
    window.showNormal()
    window.setGeometry(0, 0, 1280, 800)
    least = station.plain_window.desk.theme.metrics.touch if station.plain_window is not None else 0
    for page in screen.pages:
        go_to(qtbot, screen, page)
        if page is screen.camera_page:
            qtbot.waitUntil(lambda: screen.camera_page.picture.image is not None)
        lies_whole(qtbot, window, page)
        assert [w.property("text") for w in touchable(window) if min(w.width(), w.height()) < least] == []
        assert [w for w in touchable(window) if not (w.accessibleName() or w.property("text"))] == []
