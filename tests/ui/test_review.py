"""A review folder that cannot be written is said in the window, and is nobody's problem but its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock, plain_picture
from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, inspection_of, open_bench, seen
from tests.ui.steps import press, sign_in
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.services.operation_input import Evidence
from toolroom_desktop.ui.main_window import MainWindow


@pytest.fixture
def bench(tmp_path: Path, clock: HandClock) -> Iterator[Bench]:
    """A demo station whose review folder is a file."""
    (tmp_path / "not a folder").write_text("x", encoding="utf-8")
    settings = Settings.model_validate({"learning": {"review_folder": str(tmp_path / "not a folder")}})
    made = open_bench(tmp_path / "data", clock, settings)
    yield made
    made.app.close()


def count_and_confirm(qtbot: QtBot, bench: Bench, window: MainWindow, type_: OperationType) -> None:
    """The model does not see the brace, somebody finds it, and it is confirmed."""
    plan = bench.app.operations.plan(badge="DEMO-TECH", type_=type_, kit="K-014")
    frame = seen(plan.toolkit, missing=("brace",))
    window.show_result(plan, Evidence(plain_picture(), inspection_of(bench.app, frame, plan.expected)))
    for position in window.result_screen.presenter.owed:
        window.result_screen.presenter.answer((position.tool_class, position.unit), Count.FOUND)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current is window.saved_screen)


@pytest.mark.expects_log
def test_a_photo_that_cannot_be_kept_is_said_once_and_the_operation_is_saved(
    qtbot: QtBot, bench: Bench, open_window: OpenWindow
) -> None:
    window = open_window("en")
    sign_in(window, bench.app)
    count_and_confirm(qtbot, bench, window, OperationType.CHECKOUT)
    qtbot.waitUntil(lambda: "not a folder" in window.notice.sentence)
    assert "Operations are recorded all the same" in window.notice.sentence
    assert [o.final_status for o in bench.app.operations.recent()] == [Status.SUCCESS]
    assert window.current is window.saved_screen, "nothing was in the way"
    window.notice.clear()
    count_and_confirm(qtbot, bench, window, OperationType.CHECKIN)
    assert bench.app.review is not None
    bench.app.review.close()
    qtbot.waitUntil(lambda: not window.work.busy)
    assert window.notice.sentence == ""
    assert len(bench.app.operations.recent()) == 2
