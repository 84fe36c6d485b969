"""The first start: a camera is chosen, and the model looks through it."""

from __future__ import annotations

import re
import threading
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes import plain_picture
from tests.ui.first_start.walking import (
    WORKERS,
    Begin,
    go_to,
    setup_of,
    wait_for,
    written,
)
from tests.ui.first_start.workbench import Workbench
from tests.ui.steps import press
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.config.settings import load_settings
from toolroom_desktop.domain.errors import BadInput, BadModel
from toolroom_desktop.services.vision_ports import CameraAnswer, FoundCamera
from toolroom_desktop.setting_up import station_setup
from toolroom_desktop.ui.screens.setup.camera_step import demo_source
from toolroom_desktop.ui.screens.setup.step import Outcome


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
