"""The whole way as a technician goes it, from the badge to the record on disk, with real photos as the camera."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import OpenStation
from tests.first_model import FIRST_MODEL
from tests.ui.steps import focus, press, scan, type_slowly
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.config.paths import resource
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.journal import verify
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.services.demo import DEMO_PIN
from toolroom_desktop.services.live_inspection import LivePace
from toolroom_desktop.services.operation_input import Evidence
from toolroom_desktop.ui.main_window import MainWindow

SETTLED_WITHIN = 60_000  # milliseconds; the machines are shared


def sign_in(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.current is window.sign_in_screen)
    scan(window, "DEMO-TECH")
    qtbot.waitUntil(window.sign_in_screen.pin_field.isVisible, timeout=10_000)
    type_slowly(qtbot, window.sign_in_screen.pin_field, DEMO_PIN)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current is window.home_screen, timeout=20_000)


def inspect_until_decided(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the decision stands, or the station says that the picture cannot be judged: then count by hand."""
    qtbot.waitUntil(lambda: window.current is window.inspection_screen, timeout=10_000)
    presenter = window.inspection_screen.presenter

    def decided() -> bool:
        return presenter.settled or (presenter.evidence is not None and unusable(presenter.evidence))

    qtbot.waitUntil(decided, timeout=SETTLED_WITHIN)
    if presenter.settled:
        press(qtbot, window, Qt.Key.Key_Return)
    else:
        assert not presenter.can_continue, "an unusable picture is never simply confirmed"
        QTest.mouseClick(window.inspection_screen.hand_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.current is window.result_screen, timeout=10_000)


def unusable(evidence: Evidence) -> bool:
    """Whether a full set of frames says that the picture cannot be judged."""
    return bool(evidence.inspection.picture_problems) and evidence.inspection.frames >= LivePace().frames


def count_everything_as_found(qtbot: QtBot, window: MainWindow) -> None:
    """Answer what is owed with the keys, as somebody does who counts and finds everything there."""
    presenter = window.result_screen.presenter
    qtbot.waitUntil(lambda: window.result_screen.isAncestorOf(focus(window)))

    def answered(count: int) -> bool:
        return presenter.answered >= count

    for count, _ in enumerate(presenter.owed, start=1):
        QTest.keyClick(focus(window), Qt.Key.Key_1)
        qtbot.waitUntil(partial(answered, count))
    if presenter.asks_for_extras:
        QTest.keyClick(focus(window), Qt.Key.Key_2)
        qtbot.waitUntil(lambda: presenter.extras_remain is False)
    assert presenter.can_confirm


def confirm(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current is window.saved_screen, timeout=20_000)


def read_back(data_folder: Path) -> tuple[list[Operation], Records]:
    records = open_records(data_folder, read_only=True)
    return records.operations.recent(), records


def run_checkout_and_checkin(
    qtbot: QtBot, open_station: OpenStation, data_folder: Path, photo: Path, model: Path | None = None
) -> tuple[Operation, Operation]:
    window = open_station(photo, model=model)
    sign_in(qtbot, window)
    scan(window, "KIT-RRJ32S-014")
    inspect_until_decided(qtbot, window)
    count_everything_as_found(qtbot, window)
    confirm(qtbot, window)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current in (window.home_screen, window.sign_in_screen), timeout=10_000)
    if window.current is window.sign_in_screen:
        sign_in(qtbot, window)
    scan(window, "KIT-RRJ32S-014")  # the kit is out: its code alone begins the return
    inspect_until_decided(qtbot, window)
    count_everything_as_found(qtbot, window)
    confirm(qtbot, window)

    operations, records = read_back(data_folder)
    try:
        assert [o.type for o in operations] == [OperationType.CHECKIN, OperationType.CHECKOUT]
        back, out = operations
        for operation in operations:
            for sha256 in (operation.photos.clean, operation.photos.annotated):
                path = records.evidence.path(sha256)
                assert records.operations.photo(sha256) == path.read_bytes()
        key = records.secrets.get_or_create("journal")
        chain = records.database.read(
            lambda uow: verify(uow.journal.entries(), key=key, expected_head=uow.journal.head())
        )
        assert chain.whole
    finally:
        records.close()
    return out, back


REAL_PHOTOS = ("Test_Black.jpg", "Test_Green.jpg")
DEMO_PHOTO = resource("demo", "tables", "03_complete_light_table.jpg")


def real_photo(shared_data: Path, name: str) -> Path:
    return shared_data / "kit11" / "photos" / "images" / name


def nothing_was_called_missing(operation: Operation) -> bool:
    return operation.status is not Status.DISCREPANCY and operation.result["missing_tools"] == []


def was_asked_about_the_screwdrivers(operation: Operation) -> bool:
    return operation.status is Status.MANUAL_CHECK and {c.tool_class for c in operation.counted if c.by_hand} >= {
        "screwdriver_minus",
        "screwdriver_plus",
        "screwdriver_offset_cross",
    }


@pytest.mark.parametrize("name", REAL_PHOTOS)
def test_a_real_kit_is_issued_and_returned_and_both_records_are_on_disk(
    qtbot: QtBot, open_station: OpenStation, data_folder: Path, shared_data: Path, name: str
) -> None:
    photo = real_photo(shared_data, name)
    out, back = run_checkout_and_checkin(qtbot, open_station, data_folder, photo)
    for operation in (out, back):
        assert nothing_was_called_missing(operation)
        assert operation.final_status is Status.SUCCESS
    assert back.closes == out.operation_id
    assert out.person_badge == "DEMO-TECH"
    original = FilePhotoReader().read(photo)
    evidence = data_folder / "evidence" / out.photos.clean[:2] / f"{out.photos.clean}.jpg"
    kept = FilePhotoReader().read(evidence)
    assert (kept.width, kept.height) == (original.width, original.height)
    assert json.loads(json.dumps(dict(out.result)))["model"]["sha256"] == out.model_sha256


@pytest.mark.parametrize("name", REAL_PHOTOS)
def test_a_model_that_is_never_sure_of_the_screwdrivers_asks_and_both_words_are_kept(
    qtbot: QtBot, open_station: OpenStation, data_folder: Path, shared_data: Path, name: str
) -> None:
    photo = real_photo(shared_data, name)
    for operation in run_checkout_and_checkin(qtbot, open_station, data_folder, photo, FIRST_MODEL):
        assert was_asked_about_the_screwdrivers(operation)
        assert operation.final_status is Status.SUCCESS


def test_the_demo_kit_is_issued_and_returned_without_any_photo_from_outside(
    qtbot: QtBot, open_station: OpenStation, data_folder: Path
) -> None:
    for operation in run_checkout_and_checkin(qtbot, open_station, data_folder, DEMO_PHOTO):
        assert nothing_was_called_missing(operation)
        assert operation.final_status is Status.SUCCESS


def test_an_unsure_model_asks_over_the_demo_kit_too(qtbot: QtBot, open_station: OpenStation, data_folder: Path) -> None:
    for operation in run_checkout_and_checkin(qtbot, open_station, data_folder, DEMO_PHOTO, FIRST_MODEL):
        assert was_asked_about_the_screwdrivers(operation)
        assert operation.final_status is Status.SUCCESS


def test_an_operation_that_is_cancelled_before_its_confirmation_leaves_no_trace(
    qtbot: QtBot, open_station: OpenStation, data_folder: Path
) -> None:
    window = open_station(resource("demo", "tables", "01_complete.jpg"))
    sign_in(qtbot, window)
    scan(window, "KIT-RRJ32S-014")
    inspect_until_decided(qtbot, window)
    press(qtbot, window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.current is window.inspection_screen, timeout=10_000)
    press(qtbot, window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.current is window.home_screen, timeout=10_000)
    operations, records = read_back(data_folder)
    records.close()
    assert operations == []
    assert not list((data_folder / "evidence").rglob("*.jpg"))
