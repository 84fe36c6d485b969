"""The first start: a station that nothing was recorded at yet is set up in its own windows."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import plain_picture
from tests.ui.first_start import Workbench
from tests.ui.fitting import lies_whole, touchable
from tests.ui.steps import STATION_MS, press, scan, type_slowly
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import open_records
from toolroom_desktop.config.messages import Language
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.config.policy import POLICY_VARIABLE
from toolroom_desktop.config.settings import load_settings, save_setting
from toolroom_desktop.domain.errors import BadInput, BadModel
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.services.vision_ports import CameraAnswer, FoundCamera
from toolroom_desktop.setting_up import station_setup
from toolroom_desktop.ui.app import Station
from toolroom_desktop.ui.screens.health import HealthScreen
from toolroom_desktop.ui.screens.home.ways import Way
from toolroom_desktop.ui.screens.setup import SetupScreen
from toolroom_desktop.ui.screens.setup.camera_step import demo_source
from toolroom_desktop.ui.screens.setup.step import Outcome
from toolroom_desktop.ui.screens.setup.steps import Field

PIN = "482615"
WORKERS = 3  # as many calls run at once
Begin = Callable[..., Station]


@pytest.fixture
def workbench(tmp_path: Path) -> Workbench:
    """A station of which nothing is there yet, with one camera that works and one that another program uses."""
    made = Workbench(tmp_path / "станция")
    made.camera.put(plain_picture(120))
    return made


@pytest.fixture
def begin(qtbot: QtBot, workbench: Workbench) -> Iterator[Begin]:
    """Starts the program and, after the test, sees it end."""
    stations: list[tuple[Station, list[int]]] = []

    def begin_(*, demo: bool = False, language: Language | None = "en") -> Station:
        start = workbench.start(demo=demo, language=language)
        station = Station(
            start.build, start.settings, start.settings_path, crash_folder=start.crash_folder, care=start.care
        )
        ended: list[int] = []
        station.ended.connect(ended.append)
        stations.append((station, ended))
        station.start()
        return station

    yield begin_
    for station, ended in stations:
        if not ended:
            station.stop()
        qtbot.waitUntil(lambda ended=ended: bool(ended), timeout=STATION_MS)  # type: ignore[misc]
        station.start_window.deleteLater()
        if station.window is not None:
            station.window.deleteLater()
        station.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


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


def test_without_a_camera_it_says_what_to_do_and_looks_again(qtbot: QtBot, workbench: Workbench, begin: Begin) -> None:
    workbench.found = ()
    screen = setup_of(qtbot, begin())
    go_to(qtbot, screen, screen.camera_page)
    page = screen.camera_page
    qtbot.waitUntil(lambda: "Check its cable" in page.picture.sentence)
    assert all(word in page.picture.sentence for word in ("close other programs", "network", "demo pictures"))
    assert not screen.bar.main.isEnabled()
    workbench.found = (FoundCamera("usb:2", CameraAnswer.FRAMES, (640, 480)),)
    page.again_button.click()
    qtbot.waitUntil(lambda: page.picture.image is not None)
    assert workbench.opened == ["usb:2"]


def test_while_it_looks_for_cameras_it_says_how_long_and_can_be_left(
    qtbot: QtBot, workbench: Workbench, begin: Begin
) -> None:
    workbench.gate.clear()
    screen = setup_of(qtbot, begin())
    go_to(qtbot, screen, screen.camera_page)
    qtbot.waitUntil(lambda: re.search(r"\b[1-9] s of at most 10", screen.camera_page.found_text.text()) is not None)
    assert screen.camera_page.progress.isVisible()
    screen.skip_button.click()
    wait_for(qtbot, screen, screen.model_page)
    workbench.gate.set()


def test_a_camera_that_fails_says_why_and_cannot_be_taken(qtbot: QtBot, workbench: Workbench, begin: Begin) -> None:
    screen = setup_of(qtbot, begin())
    go_to(qtbot, screen, screen.camera_page)
    qtbot.waitUntil(screen.bar.main.isEnabled)
    workbench.camera.lose()
    qtbot.waitUntil(lambda: "stopped sending" in screen.camera_page.picture.sentence)
    qtbot.waitUntil(lambda: not screen.bar.main.isEnabled())
    workbench.cannot_open = BadInput("camera.bad_source", source="nonsense")
    screen.camera_page.address_field.setText("nonsense")
    screen.camera_page.show_button.click()
    qtbot.waitUntil(lambda: "nonsense" in screen.notice.sentence)
    workbench.cannot_open = None
    workbench.camera.put(plain_picture(99))
    screen.camera_page.address_field.setText("rtsp://10.0.0.9/stream")
    screen.camera_page.address_field.setFocus()
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: workbench.opened[-1] == "rtsp://10.0.0.9/stream")
    qtbot.waitUntil(screen.bar.main.isEnabled)
    assert screen.notice.sentence == ""
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    wait_for(qtbot, screen, screen.model_page)
    assert load_settings(workbench.settings_path).camera.source == "rtsp://10.0.0.9/stream"


def test_demo_pictures_are_only_looked_at_and_never_set(qtbot: QtBot, workbench: Workbench, begin: Begin) -> None:
    workbench.found = ()
    screen = setup_of(qtbot, begin())
    go_to(qtbot, screen, screen.camera_page)
    screen.camera_page.demo_button.click()
    qtbot.waitUntil(lambda: screen.bar.main.isEnabled() and screen.bar.main.text() == "Without a camera")
    assert workbench.opened == [demo_source()]
    screen.bar.main.click()
    wait_for(qtbot, screen, screen.model_page)
    assert screen.presenter.camera.outcome is Outcome.SKIPPED
    assert not workbench.settings_path.exists(), "records of real work are never made from invented pictures"


def test_without_a_camera_the_model_looks_at_a_table_of_the_demonstration(
    qtbot: QtBot, workbench: Workbench, begin: Begin
) -> None:
    workbench.found = ()
    screen = setup_of(qtbot, begin())
    go_to(qtbot, screen, screen.model_page)
    qtbot.waitUntil(lambda: "Sees 11 tools" in written(screen))
    assert "a table of the demonstration" in written(screen)
    looked = workbench.detector.looked
    screen.model_page.again_button.click()
    qtbot.waitUntil(lambda: workbench.detector.looked == looked + 1)


def test_a_model_that_is_refused_is_said_and_can_be_tried_again(
    qtbot: QtBot, workbench: Workbench, begin: Begin
) -> None:
    workbench.refused = BadModel("model.unsigned", path="D:/модели/kit11.json")
    screen = setup_of(qtbot, begin())
    go_to(qtbot, screen, screen.model_page)
    qtbot.waitUntil(lambda: "The model is refused" in written(screen))
    assert "D:/модели/kit11.json" in written(screen)
    assert not screen.bar.main.isEnabled()
    assert screen.skip_button.isVisible()
    workbench.refused = None
    screen.model_page.again_button.click()
    qtbot.waitUntil(lambda: "signed by" in written(screen))
    assert screen.bar.main.isEnabled()


def test_a_model_without_a_trusted_signature_is_never_called_verified(
    qtbot: QtBot, workbench: Workbench, begin: Begin
) -> None:
    workbench.signer = ""
    screen = setup_of(qtbot, begin())
    go_to(qtbot, screen, screen.model_page)
    qtbot.waitUntil(lambda: "No trusted key signed it" in written(screen))
    assert screen.model_page.panel.property("judgement") == "look"


def test_the_shipped_model_is_loaded_verified_and_sees_the_demo_table(tmp_path: Path) -> None:
    real = station_setup(DataFolder(tmp_path / "new"))
    model = real.load_model()
    assert model.signer == "toolroom-desktop"
    look = real.look(model, None)
    sure = [d for d in look.frame.detections if d.confidence >= model.detector.info.thresholds.review]
    assert len(sure) >= 10
    assert look.seconds > 0


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


def test_a_camera_that_is_lost_while_the_model_looks_leaves_the_demonstration_s_table(
    qtbot: QtBot, workbench: Workbench, begin: Begin
) -> None:
    screen = setup_of(qtbot, begin())
    go_to(qtbot, screen, screen.camera_page)
    qtbot.waitUntil(screen.bar.main.isEnabled)
    screen.bar.main.click()
    wait_for(qtbot, screen, screen.model_page)
    qtbot.waitUntil(lambda: "the camera's picture" in written(screen))
    workbench.camera.lose()
    screen.model_page.again_button.click()
    qtbot.waitUntil(lambda: "a table of the demonstration" in written(screen))


def test_a_camera_that_is_left_while_it_is_still_opening_is_given_back(
    qtbot: QtBot, workbench: Workbench, begin: Begin
) -> None:
    workbench.opening.clear()
    screen = setup_of(qtbot, begin())
    go_to(qtbot, screen, screen.camera_page)
    qtbot.waitUntil(lambda: workbench.opened == ["usb:1"])
    screen.bar.back.click()
    workbench.opening.set()
    qtbot.waitUntil(lambda: workbench.camera.stopped)
    assert screen.presenter.camera.trial.latest() is None


def test_the_picture_of_the_camera_before_is_never_taken_for_that_of_the_next(
    qtbot: QtBot, workbench: Workbench, begin: Begin
) -> None:
    station = begin()
    screen = setup_of(qtbot, station)
    go_to(qtbot, screen, screen.camera_page)
    qtbot.waitUntil(screen.bar.main.isEnabled)
    busy = threading.Event()
    assert station.plain_window is not None
    for _ in range(WORKERS):
        station.plain_window.desk.work.run(lambda: busy.wait(20), lambda _done: None, lambda _error: None)
    screen.camera_page.camera_buttons[0].click()
    assert screen.presenter.camera.chosen == "usb:0"
    assert not screen.bar.main.isEnabled()
    assert screen.camera_page.picture.sentence == "The camera is starting…"
    busy.set()
    qtbot.waitUntil(screen.bar.main.isEnabled)
