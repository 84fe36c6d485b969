"""Kits of other stations at this counter: returned here, kept in because of a case there, or not known to be out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.custody import texts, to_result
from tests.ui.elsewhere import STATION, another_station, issued_elsewhere, one_of_several, searched_elsewhere
from tests.ui.looking import too_small
from tests.ui.station import Bench, inspection_of, record, seen
from tests.ui.steps import sign_in
from tests.ui.test_kits import choices, numbers
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.operation_input import Evidence
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.shell import Place, Screen
from toolroom_desktop.ui.widgets.row_button import RowButton


@pytest.fixture
def other(tmp_path: Path, clock: HandClock) -> Iterator[Bench]:
    with another_station(tmp_path / "other", clock) as made:
        yield made


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    made = open_window()
    one_of_several(made)
    return made


def answer(window: MainWindow, **said: Count) -> None:
    """Everything that is asked is answered: as said, else as found."""
    presenter = window.result_screen.presenter
    for position in presenter.owed:
        presenter.answer((position.tool_class, position.unit), said.get(position.tool_class, Count.FOUND))
    assert presenter.can_confirm


def test_a_kit_of_another_station_is_returned_beside_the_photo_of_its_issue(
    qtbot: QtBot, bench: Bench, other: Bench, window: MainWindow
) -> None:
    taken = issued_elsewhere(bench, other)
    plan = to_result(window, bench, OperationType.CHECKIN, missing=("brace",))
    assert plan.station == STATION
    screen = window.result_screen
    qtbot.waitUntil(lambda: screen.checkout_photo.image is not None)
    assert screen.checkout_photo.caption == f"At checkout, {STATION}"
    assert STATION in screen.holder.text()
    answer(window, brace=Count.KEPT)
    screen.bar.main.click()
    qtbot.waitUntil(lambda: window.current is window.saved_screen)
    [returned] = bench.app.operations.recent()
    assert (returned.closes, returned.custody) == (taken.operation_id, {"brace": 1})


def test_the_photo_that_has_not_come_yet_is_said_to_come(
    qtbot: QtBot, bench: Bench, other: Bench, window: MainWindow
) -> None:
    issued_elsewhere(bench, other, photos=False)
    to_result(window, bench, OperationType.CHECKIN)
    photo = window.result_screen.checkout_photo
    qtbot.waitUntil(lambda: "comes with the next sync" in photo.sentence)
    assert window.result_screen.presenter.can_confirm, "the return itself waits for nothing"


def test_who_holds_a_kit_of_another_station_finds_it_among_the_own_ones(
    qtbot: QtBot, bench: Bench, other: Bench, window: MainWindow
) -> None:
    issued_elsewhere(bench, other)
    sign_in(window, bench.app)
    qtbot.waitUntil(lambda: f"from {STATION}" in texts(window.home_screen))
    window.show_kits(OperationType.CHECKOUT)
    qtbot.waitUntil(lambda: len(choices(window)) == 2)
    assert numbers(window, possible=True) == ["K-015"]
    assert choices(window)[1].whereabouts == f"out: you have it, from {STATION}"


class TestUnknownCheckout:
    def test_somebody_says_that_it_comes_back_all_the_same(
        self, qtbot: QtBot, bench: Bench, window: MainWindow
    ) -> None:
        sign_in(window, bench.app)
        window.show_kits(OperationType.CHECKIN)
        qtbot.waitUntil(lambda: len(choices(window)) == 2)
        screen = window.kits_screen
        assert not screen.unknown_button.isVisible()
        assert screen.scanned("K-014")
        qtbot.waitUntil(screen.unknown_button.isVisible)
        assert "does not know that kit K-014 is out" in screen.notice.sentence
        assert too_small(screen, window.shell.theme.metrics.touch) == []
        assert not enabled(screen), "Enter goes on with no other kit"
        screen.unknown_button.click()
        qtbot.waitUntil(lambda: window.current is window.inspection_screen)
        plan = window.inspection_screen.presenter.plan
        assert plan is not None
        assert plan.checkout_unknown
        frame = seen(plan.toolkit, missing=("brace",))
        window.show_result(plan, Evidence(None, inspection_of(bench.app, frame, plan.expected)))
        result = window.result_screen
        assert "does not know that the kit is out" in result.holder.text()
        assert "stays out" not in texts(result)
        answer(window)
        result.bar.main.click()
        qtbot.waitUntil(lambda: window.current is window.saved_screen)
        assert "Not known here to be out" in window.saved_screen.outcome
        [returned] = bench.app.operations.recent()
        assert (returned.checkout_unknown, returned.closes, returned.custody) == (True, None, {})

    def test_another_kit_takes_the_question_back(self, qtbot: QtBot, bench: Bench, window: MainWindow) -> None:
        record(bench.app, OperationType.CHECKOUT, "K-015")
        sign_in(window, bench.app)
        window.show_kits(OperationType.CHECKIN)
        qtbot.waitUntil(lambda: len(choices(window)) == 2)
        assert [choice.row.kit.number for choice in choices(window)] == ["K-015", "K-014"], "what is out comes first"
        screen = window.kits_screen
        assert screen.scanned("K-014")
        qtbot.waitUntil(screen.unknown_button.isVisible)
        assert screen.scanned("K-015")
        qtbot.waitUntil(lambda: window.current is window.inspection_screen)
        window.show_kits(OperationType.CHECKIN)
        assert not screen.unknown_button.isVisible()
        assert screen.scanned("K-014")
        qtbot.waitUntil(screen.unknown_button.isVisible)
        screen.search_field.setText("K-015")
        qtbot.waitUntil(lambda: enabled(screen))
        assert (screen.unknown_button.isVisible(), screen.notice.sentence) == (False, "")

    def test_a_station_without_a_centre_refuses_it(self, qtbot: QtBot, bench: Bench, open_window: OpenWindow) -> None:
        window = open_window()
        sign_in(window, bench.app)
        window.show_kits(OperationType.CHECKIN)
        qtbot.waitUntil(lambda: len(choices(window)) == 2)
        assert numbers(window, possible=True) == []
        assert window.kits_screen.scanned("K-014")
        qtbot.waitUntil(lambda: "is not out" in window.kits_screen.notice.sentence)
        assert not window.kits_screen.unknown_button.isVisible()


def test_a_case_of_another_station_blocks_the_issue_and_is_only_read_here(
    qtbot: QtBot, bench: Bench, other: Bench, window: MainWindow
) -> None:
    record(other.app, OperationType.CHECKOUT, "K-014")
    unseen = seen(REFERENCE_TOOLKIT, missing=("brace",))
    record(other.app, OperationType.CHECKIN, "K-014", frame=unseen, counts={"brace": Count.MISSING})
    number = searched_elsewhere(bench, other)
    sign_in(window, bench.app, "DEMO-STORE")
    plan = bench.app.operations.plan(badge="DEMO-STORE", type_=OperationType.CHECKOUT, kit="K-014")
    window.show_inspection(plan)
    qtbot.waitUntil(lambda: f"case {number} of {STATION}" in texts(window))
    window.go(Place.CASES)
    screen = window.current
    assert screen is not None
    qtbot.waitUntil(lambda: STATION in _rows(screen))
    row = next(row for row in screen.findChildren(RowButton) if row.property("station") == STATION)
    row.click()
    qtbot.waitUntil(lambda: f"belongs to station “{STATION}”" in texts(screen))
    assert screen.findChildren(RowButton), "the list is still there"


def enabled(screen: Screen) -> bool:
    """Whether the main action can be pressed."""
    return screen.main_button is not None and screen.main_button.isEnabled()


def _rows(screen: QWidget) -> str:
    rows = screen.findChildren(RowButton)
    return "\n".join(texts(row) for row in rows)
