"""Looking at the table: what the technician sees, and what can be done when."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.fakes import HandCamera, HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.looking import OTHER_TABLE, TABLE, begin, settle, too_small, watch
from tests.ui.station import SCREWDRIVERS, Bench, from_far, seen
from tests.ui.steps import press
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.live_inspection import LiveState, WaitingFor
from toolroom_desktop.services.live_pipeline import LiveView
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.inspection.live import LiveControl
from toolroom_desktop.ui.widgets.marks import MarkKind


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window()


def inference_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "inference"]


def head(bench: Bench) -> int:
    return bench.app.database.read(lambda uow: uow.journal.head().site_seq)


class DemoHandCamera(HandCamera):
    """A camera of the demonstration with two tables."""

    def __init__(self) -> None:
        super().__init__()
        self.scene_index = 0

    def titles(self, language: str) -> tuple[str, ...]:
        return ("комплект полный", "нет инструмента") if language == "ru" else ("complete", "a tool is missing")

    def show_scene(self, index: int) -> None:
        self.scene_index = index % 2


def test_a_complete_kit_can_be_confirmed_once_the_decision_stands(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT)
    screen = window.inspection_screen
    begin(window, bench)
    assert not screen.bar.main.isEnabled()
    settle(qtbot, bench, clock, screen)
    assert screen.banner.word == "KIT COMPLETE"
    assert screen.banner.judgement == "ok"
    assert screen.banner.figures == "11 of 11  ·  100 %"
    assert {row.judgement for row in screen.checklist.rows} == {"ok"}
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.current is window.result_screen


def test_while_tools_are_laid_out_nothing_is_called_missing(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT, missing=("side_cutters", "brace"))
    screen = window.inspection_screen
    begin(window, bench)
    assert screen.banner.word == "Looking…"
    watch(qtbot, bench, clock, lambda: bool(screen.checklist.rows))
    assert screen.banner.word == "9 of 11"
    assert screen.banner.judgement == ""
    assert [row.key for row in screen.checklist.rows] == [(name, 1) for name in REFERENCE_TOOLKIT.expected]
    assert {row.note for row in screen.checklist.rows if row.figure == "—"} == {"not seen yet"}
    assert "bad" not in {row.judgement for row in screen.checklist.rows}


def test_what_is_missing_is_said_in_red_and_comes_first_when_the_decision_stands(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT, missing=("side_cutters",))
    screen = window.inspection_screen
    begin(window, bench)
    settle(qtbot, bench, clock, screen)
    assert (screen.banner.word, screen.banner.about) == ("MISSING", "Side cutters")
    assert screen.banner.judgement == "bad"
    assert screen.banner.figures == "10 of 11  ·  91 %"
    first = screen.checklist.rows[0]
    assert (first.name, first.symbol, first.figure, first.judgement) == ("Side cutters", "missing", "—", "bad")
    # Green is kept for a kit that is complete.
    assert {row.judgement for row in screen.checklist.rows[1:]} == {""}
    assert {mark.kind for mark in screen.picture.marks} == {MarkKind.SEEN}


def test_only_what_is_unsure_carries_a_number_in_the_picture_and_the_list_says_why(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT, unsure=("pliers",))
    screen = window.inspection_screen
    begin(window, bench)
    settle(qtbot, bench, clock, screen)
    assert (screen.banner.word, screen.banner.judgement) == ("CHECK BY HAND", "look")
    assert [(mark.text, mark.figure) for mark in screen.picture.marks if mark.figure] == [("Pliers", "40 %")]
    assert [mark.kind for mark in screen.picture.marks].count(MarkKind.UNSURE) == 1
    first = screen.checklist.rows[0]
    assert (first.name, first.note, first.figure) == ("Pliers", "hard to see", "40 %")


def test_look_alikes_are_named_together_at_the_top_and_each_in_its_row(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    bench.confuse(SCREWDRIVERS)
    bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT, unsure=("pliers",))
    screen = window.inspection_screen
    begin(window, bench)
    assert screen.banner.hint == ""
    settle(qtbot, bench, clock, screen)
    assert screen.banner.about == "unsure: Pliers", "the look-alikes have a line of their own"
    assert screen.banner.hint == "Look-alikes: Slotted / Cross / Offset cross screwdriver: look at the tips"
    assert {row.name: row.note for row in screen.checklist.rows if row.symbol == "unsure"} == {
        "Slotted screwdriver": "looks like Cross / Offset cross",
        "Cross screwdriver": "looks like Slotted / Offset cross",
        "Offset cross screwdriver": "looks like Slotted / Cross",
        "Pliers": "hard to see",
    }
    window.use_language("ru")
    assert screen.banner.hint == "Похожие: Отвёртка «−» / «+» / на смещённый крест — посмотрите на жала"
    assert screen.checklist.rows[0].note == "похожие: «+» / на смещённый крест"


def test_look_alikes_that_are_small_in_the_picture_ask_for_a_nearer_camera(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    bench.confuse(SCREWDRIVERS)
    bench.detector.answers[TABLE] = from_far(seen(REFERENCE_TOOLKIT))
    screen = window.inspection_screen
    begin(window, bench)
    settle(qtbot, bench, clock, screen)
    assert screen.waiting.text() == "Look-alikes are small in this picture: bring the camera nearer."
    window.use_language("ru")
    assert screen.waiting.text() == "Похожие мелкие на этом снимке: придвиньте камеру."


def test_with_much_to_say_the_banner_names_only_what_is_missing(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    bench.detector.answers[TABLE] = seen(
        REFERENCE_TOOLKIT, missing=("side_cutters",), unsure=("pliers", "oil_can_opener"), extra=("brace",)
    )
    screen = window.inspection_screen
    begin(window, bench)
    settle(qtbot, bench, clock, screen)
    assert screen.banner.word == "CHECK BY HAND"
    assert screen.banner.about == "missing: Side cutters; unsure: 2; extra: 1"


def test_a_thing_that_does_not_belong_to_the_kit_is_listed_and_asked_to_be_taken_away(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT, extra=("brace",))
    screen = window.inspection_screen
    begin(window, bench)
    settle(qtbot, bench, clock, screen)
    assert (screen.banner.word, screen.banner.about, screen.banner.judgement) == ("TAKE AWAY", "Brace", "look")
    assert [row.name for row in screen.checklist.rows if row.symbol == "extra"] == ["extra: Brace"]
    assert [mark.kind for mark in screen.picture.marks].count(MarkKind.EXTRA) == 1


def test_movement_takes_the_decision_back(qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow) -> None:
    bench.detector.answers.update({TABLE: seen(REFERENCE_TOOLKIT), OTHER_TABLE: seen(REFERENCE_TOOLKIT)})
    screen = window.inspection_screen
    begin(window, bench)
    settle(qtbot, bench, clock, screen)
    bench.camera.show(OTHER_TABLE)
    qtbot.waitUntil(lambda: not screen.bar.main.isEnabled())
    assert screen.waiting.text() == "Take your hands away from the table."
    assert screen.banner.judgement == ""
    assert screen.checklist.rows == ()
    assert screen.picture.marks == ()


def test_a_lost_camera_is_said_with_what_to_do_and_nothing_is_ever_decided_without_it(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT)
    screen = window.inspection_screen
    begin(window, bench)
    settle(qtbot, bench, clock, screen)
    bench.camera.lose()
    qtbot.waitUntil(lambda: not screen.bar.main.isEnabled())
    assert "Check its cable and power" in screen.picture.sentence
    assert screen.picture.image is None
    assert not screen.hand_button.isEnabled()
    for _ in range(20):
        clock.advance(1.0)
        qtbot.wait(5)
        assert not screen.presenter.can_continue
    settle(qtbot, bench, clock, screen)
    assert screen.picture.sentence == ""


def test_cancelling_leaves_no_trace(qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow) -> None:
    bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT)
    screen = window.inspection_screen
    before = head(bench)
    begin(window, bench)
    settle(qtbot, bench, clock, screen)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.current is window.home_screen
    assert head(bench) == before
    assert bench.app.operations.recent() == []
    assert not list(bench.folder.rglob("*.jpg"))


def test_tapping_a_row_shows_where_the_tool_lies_and_tapping_again_goes_back(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT)
    screen = window.inspection_screen
    begin(window, bench)
    settle(qtbot, bench, clock, screen)
    place = screen.checklist.visualRect(screen.checklist.rows_model.index(1)).center()
    viewport = screen.checklist.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert screen.picture.chosen == screen.checklist.rows[1].key
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert screen.picture.chosen is None
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(screen.picture, Qt.MouseButton.LeftButton)
    assert screen.picture.chosen is None


def test_counting_by_hand_needs_a_judged_picture_and_then_asks_for_everything(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT)
    screen = window.inspection_screen
    begin(window, bench)
    assert not screen.hand_button.isEnabled()
    watch(qtbot, bench, clock, screen.hand_button.isEnabled)
    assert not screen.presenter.settled
    screen.hand_button.click()
    assert window.current is window.result_screen
    # One look that says "complete" is not yet a decision.
    assert window.result_screen.presenter.questions == REFERENCE_TOOLKIT.tool_count
    assert not window.result_screen.bar.main.isEnabled()


def test_leaving_stops_the_inference_and_the_camera_rests_when_nobody_comes(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT)
    screen = window.inspection_screen
    begin(window, bench)
    watch(qtbot, bench, clock, lambda: bool(screen.checklist.rows))
    assert len(inference_threads()) == 1
    window.show_home()
    qtbot.waitUntil(lambda: not inference_threads())
    assert not bench.camera.stopped
    assert screen.presenter.live.rest_timer.isActive()
    screen.presenter.live.rest_timer.timeout.emit()
    qtbot.waitUntil(lambda: bench.camera.stopped)


def test_a_screen_that_is_made_while_the_table_is_looked_at_takes_nothing_from_it(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT)
    screen = window.inspection_screen
    begin(window, bench)
    settle(qtbot, bench, clock, screen)
    # Its page of remarks, which holds the camera while it is shown, is hidden as soon as it is made.
    assert not window.result_screen.isVisible()
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.current is window.result_screen
    qtbot.waitUntil(lambda: not inference_threads())


def test_the_camera_does_not_rest_while_somebody_looks_again(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT)
    screen = window.inspection_screen
    plan = begin(window, bench)
    watch(qtbot, bench, clock, lambda: bool(screen.checklist.rows))
    window.show_home()
    window.show_inspection(plan)
    assert not screen.presenter.live.rest_timer.isActive()
    settle(qtbot, bench, clock, screen)
    assert len(inference_threads()) == 1
    assert not bench.camera.stopped


def test_a_fault_of_the_model_ends_the_inspection_with_a_sentence(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    screen = window.inspection_screen
    bench.detector.failure = UserFacingError("program.worker_failed")
    begin(window, bench)
    watch(qtbot, bench, clock, lambda: "Nothing was recorded" in screen.picture.sentence)
    assert not screen.bar.main.isEnabled()
    assert not screen.hand_button.isEnabled()
    assert screen.bar.back.isEnabled()


def test_of_many_views_only_the_newest_reaches_the_screen(qtbot: QtBot, bench: Bench, window: MainWindow) -> None:
    shown: list[LiveView] = []
    control = LiveControl(window.shell, shown.append, window.show_failure, window)
    control.begin(bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014"))
    qtbot.waitUntil(lambda: not window.work.busy)
    qtbot.waitUntil(lambda: bool(shown))
    shown.clear()
    last = LiveView(LiveState(WaitingFor.HANDS, 0.0, None), bench.camera.health)

    def flood() -> None:
        for _ in range(500):
            control._offer(1, LiveView(LiveState(WaitingFor.STILLNESS, 0.0, None), bench.camera.health))
        control._offer(1, last)

    thread = threading.Thread(target=flood)
    thread.start()
    thread.join()
    assert shown == []
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [last]
    # A view of the inspection before never takes the place of one of the present inspection.
    control.begin(bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014"))
    qtbot.waitUntil(lambda: not window.work.busy)
    qtbot.waitUntil(lambda: len(shown) == 2)
    shown.clear()
    late = LiveView(LiveState(WaitingFor.TOOLS, 0.0, None), bench.camera.health)

    def cross_over() -> None:
        control._offer(2, last)
        control._offer(1, late)

    thread = threading.Thread(target=cross_over)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [last]
    control.end()
    control._offer(2, last)
    qtbot.waitUntil(lambda: not window.work.busy)
    assert shown == [last]


def test_the_demonstration_shows_its_next_table(
    qtbot: QtBot, bench: Bench, clock: HandClock, window: MainWindow
) -> None:
    screen = window.inspection_screen
    begin(window, bench)
    assert not screen.scene_button.isVisible()
    window.show_home()
    camera = DemoHandCamera()
    window.shell.app = replace(bench.app, camera=camera)
    begin(window, bench)
    assert screen.scene.text() == "complete"
    screen.scene_button.click()
    assert camera.scene_index == 1
    assert screen.scene.text() == "a tool is missing"
    window.use_language("ru")
    assert screen.scene.text() == "нет инструмента"
    window.show_home()
    qtbot.waitUntil(lambda: not window.work.busy)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_a_gloved_finger_meets_every_button_and_the_status_is_read_from_two_metres(
    qtbot: QtBot,
    bench: Bench,
    clock: HandClock,
    open_window: OpenWindow,
    language: str,
    size: tuple[int, int],
) -> None:
    window = open_window(language)
    window.resize(*size)
    metrics = window.shell.theme.metrics
    bench.confuse(SCREWDRIVERS)
    bench.detector.answers[TABLE] = seen(REFERENCE_TOOLKIT, missing=("side_cutters",))
    screen = window.inspection_screen
    begin(window, bench)
    settle(qtbot, bench, clock, screen)
    assert too_small(screen, metrics.touch) == []
    heights = {
        screen.checklist.visualRect(screen.checklist.rows_model.index(row)).height()
        for row in range(len(screen.checklist.rows))
    }
    assert min(heights) >= metrics.touch
    word = screen.banner.status_word
    assert word.font_size(word.width()) == metrics.status, f"{word.text!r} is made smaller than 12 mm"
    for button in (screen.bar.back, screen.hand_button, screen.bar.main):
        assert button.fontMetrics().horizontalAdvance(button.text()) < button.width()
    assert screen.width() <= size[0]
