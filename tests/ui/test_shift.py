"""Beginning and ending a shift in the windows: the records stand unless somebody says otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock, plain_picture
from tests.ui.conftest import OpenWindow
from tests.ui.fitting import lies_whole
from tests.ui.looking import too_small
from tests.ui.station import Bench, inspection_of, record, seen
from tests.ui.steps import press, scan, sign_in
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.shifts import Shift, Whereabouts
from toolroom_desktop.domain.toolkit import Kit
from toolroom_desktop.services.demo import DEMO_PIN, REFERENCE_TOOLKIT
from toolroom_desktop.services.operation_input import Confirmation, Evidence
from toolroom_desktop.services.shifts import KitWord
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.home.ways import Way
from toolroom_desktop.ui.screens.shift import ShiftScreen
from toolroom_desktop.ui.screens.shift.presenter import Filter, Step
from toolroom_desktop.ui.shell import Place


def open_shift(qtbot: QtBot, window: MainWindow, bench: Bench, badge: str = "DEMO-STORE") -> ShiftScreen:
    """A storekeeper opens the shift from home."""
    sign_in(window, bench.app, badge)
    window.home_screen.tiles[Way.SHIFT].click()
    screen = window.shift_screen
    qtbot.waitUntil(lambda: screen.presenter.take is not None and screen.bar.main.isEnabled())
    return screen


def signed(qtbot: QtBot, screen: ShiftScreen) -> None:
    """From the signatures to the record."""
    assert screen.presenter.step is Step.SIGN
    screen.bar.main.click()
    qtbot.waitUntil(lambda: screen.presenter.step is Step.DONE)


def running(bench: Bench) -> Shift | None:
    return bench.app.shifts.now().running


def hand_out(bench: Bench, clock: HandClock, kit: str, hours: float) -> None:
    app = bench.app
    plan = app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit=kit)
    evidence = Evidence(plain_picture(), inspection_of(app, seen(plan.toolkit), plan.expected))
    due = clock.now() + timedelta(hours=hours)
    app.operations.record(plan, evidence, Confirmation({}, expected_return=due))


def test_a_shift_begins_in_two_touches_where_all_is_as_recorded(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    screen = open_shift(qtbot, window, bench)
    assert screen.bar.main.text() == "Continue"
    screen.bar.main.click()
    assert screen.bar.main.text() == "Begin the shift"
    signed(qtbot, screen)
    shift = running(bench)
    assert shift is not None
    assert shift.started_by.badge == "DEMO-STORE"
    assert [(line.kit, line.seen, line.ticked) for line in shift.start.lines] == [
        ("K-014", Whereabouts.IN, False),
        ("K-015", Whereabouts.IN, False),
    ]
    screen.bar.main.click()
    assert window.current is window.home_screen


def test_the_keyboard_alone_begins_a_shift(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    screen = open_shift(qtbot, window, bench)
    for _ in range(2):
        press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.presenter.step is Step.DONE)
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.current is window.home_screen


def test_leaving_records_nothing(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    screen = open_shift(qtbot, window, bench)
    screen.presenter.saw("K-014", Whereabouts.NOT_FOUND)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.current is window.home_screen
    assert running(bench) is None
    screen = open_shift(qtbot, window, bench)
    assert screen.presenter.words == {}


def test_a_kit_that_is_not_found_must_be_explained_and_opens_a_case(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    screen = open_shift(qtbot, window, bench)
    screen.list.setCurrentIndex(screen.model.index_of("K-015"))
    screen.detail.choice_buttons[Whereabouts.NOT_FOUND].click()
    assert screen.bar.main.text() == "Explain: 1"
    screen.bar.main.click()
    assert screen.presenter.step is Step.LIST
    assert screen.detail.explanation_field.hasFocus()
    QTest.keyClicks(screen.detail.explanation_field, "not on shelf 4")
    assert screen.bar.main.text() == "Continue"
    screen.bar.main.click()
    signed(qtbot, screen)
    [case] = bench.app.database.read(lambda uow: uow.cases.open())
    assert (case.kit, case.events[0].text) == ("K-015", "not on shelf 4")
    assert screen.presenter.recorded is not None
    assert [one.number for one in screen.presenter.recorded.cases] == [case.number]


def test_scanning_labels_ticks_kits_off_and_says_how_many_are_left(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    screen = open_shift(qtbot, window, bench)
    assert not screen.filter_buttons[Filter.UNSEEN].isVisible()
    scan(window, "KIT-RRJ32S-014")
    qtbot.waitUntil(lambda: screen.presenter.ticked == (1, 2))
    assert screen.filter_buttons[Filter.UNSEEN].text() == "Not seen: 1"
    assert screen.search_field.text() == "", "a scan is no search"
    screen.filter_buttons[Filter.UNSEEN].click()
    assert [now.kit.number for now, _ in screen.presenter.shown()] == ["K-015"]
    screen.scanned("KIT-UNKNOWN")
    assert "KIT-UNKNOWN" in screen.notice.sentence
    screen.scanned("K-015")
    assert screen.notice.sentence == ""
    screen.bar.main.click()
    signed(qtbot, screen)
    shift = running(bench)
    assert shift is not None
    assert all(line.ticked for line in shift.start.lines)


def test_a_kit_that_is_out_and_stands_here_is_an_exception_when_it_is_scanned(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    window = open_window()
    screen = open_shift(qtbot, window, bench)
    screen.scanned("KIT-RRJ32S-014")
    line = screen.presenter.lines["K-014"]
    assert (line.recorded, line.seen) == (Whereabouts.OUT, Whereabouts.IN)
    assert screen.bar.main.text() == "Explain: 1"


def test_one_explanation_serves_all_kits_that_owe_it_for_the_same_reason(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    more = [Kit(f"K-{number:03}", REFERENCE_TOOLKIT.name) for number in (16, 17)]
    bench.app.catalogue.take_in([], more, actor_badge=None)
    for kit in ("K-014", "K-015", "K-016"):
        hand_out(bench, clock, kit, hours=1)
    clock.advance(2 * 3600)
    window = open_window()
    screen = open_shift(qtbot, window, bench)
    screen.presenter.saw("K-017", Whereabouts.NOT_FOUND)
    screen.list.setCurrentIndex(screen.model.index_of("K-014"))
    assert not screen.detail.alike_button.isVisible(), "nothing was said yet that could serve"
    screen.detail.explanation_field.setPlainText("night work on 89001")
    screen.detail.alike_button.click()
    assert screen.presenter.to_explain == 1, "the kit that is not found is another matter"
    assert {kit: word.explanation for kit, word in screen.presenter.words.items() if word.explanation} == dict.fromkeys(
        ("K-014", "K-015", "K-016"), "night work on 89001"
    )


def test_whoever_takes_over_signs_too(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    screen = open_shift(qtbot, window, bench)
    screen.bar.main.click()
    page = screen.sign_page
    page.second_button.click()
    assert not screen.bar.main.isEnabled()
    assert screen.scanned("DEMO-LEAD")
    qtbot.waitUntil(page.panel.pin_field.isVisible)
    page.panel.pin_field.setText(DEMO_PIN)
    page.panel.main_button.click()
    qtbot.waitUntil(lambda: screen.presenter.second is not None)
    signed(qtbot, screen)
    shift = running(bench)
    assert shift is not None
    assert shift.start.second is not None
    assert shift.start.second.badge == "DEMO-LEAD"


def test_a_shift_ends_with_what_stays_out_explained(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    bench.app.shifts.record(bench.app.shifts.take_stock(badge="DEMO-LEAD"), {})
    record(bench.app, OperationType.CHECKOUT, "K-014")
    window = open_window()
    screen = open_shift(qtbot, window, bench)
    screen.bar.main.click()
    assert screen.presenter.current == "K-014"
    screen.detail.explanation_field.setPlainText("night work")
    screen.bar.main.click()
    assert screen.bar.main.text() == "End the shift"
    signed(qtbot, screen)
    assert running(bench) is None


def test_what_was_said_stays_while_a_kit_is_counted_and_goes_with_the_person(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    screen = open_shift(qtbot, window, bench)
    screen.scanned("K-014")
    screen.list.setCurrentIndex(screen.model.index_of("K-015"))
    screen.detail.count_button.click()
    qtbot.waitUntil(lambda: window.current is window.inspection_screen)
    assert window.plan is not None
    assert (window.plan.type, window.plan.kit.number) == (OperationType.INVENTORY, "K-015")
    window.inspection_screen.presenter.cancel()
    window.go(Place.SHIFT)
    qtbot.waitUntil(screen.bar.main.isEnabled)
    assert screen.presenter.ticked == (1, 2)
    open_shift(qtbot, window, bench, "DEMO-LEAD")
    qtbot.waitUntil(lambda: screen.presenter.ticked == (0, 2))


def test_what_was_said_of_a_kit_that_moved_meanwhile_is_forgotten_and_the_person_is_told(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    screen = open_shift(qtbot, window, bench)
    screen.presenter.saw("K-014", Whereabouts.IN)
    screen.presenter.saw("K-015", Whereabouts.IN)
    screen.bar.main.click()
    record(bench.app, OperationType.CHECKOUT, "K-015")
    screen.bar.main.click()
    qtbot.waitUntil(lambda: "K-015" in screen.notice.sentence)
    qtbot.waitUntil(screen.bar.main.isEnabled)
    assert set(screen.presenter.words) == {"K-014"}
    assert running(bench) is None
    screen.bar.main.click()
    signed(qtbot, screen)


def test_the_kits_of_somebody_are_taken_over_one_by_one(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    window = open_window()
    screen = open_shift(qtbot, window, bench)
    screen.list.setCurrentIndex(screen.model.index_of("K-015"))
    assert not screen.detail.take_over_button.isVisible()
    screen.list.setCurrentIndex(screen.model.index_of("K-014"))
    screen.detail.take_over_button.click()
    assert window.current is window.kits_screen
    assert window.kits_screen.presenter.type is OperationType.HANDOVER
    qtbot.waitUntil(lambda: window.kits_screen.model.rowCount() == 1)
    window.kits_screen.by_hand_button.click()
    qtbot.waitUntil(lambda: window.current is window.result_screen)
    assert window.plan is not None
    assert (window.plan.type, window.plan.kit.number) == (OperationType.HANDOVER, "K-014")


def test_five_hundred_kits_are_searched_by_number_name_and_holder(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    kits = [Kit(f"M-{number:03}", REFERENCE_TOOLKIT.name, f"CODE-{number}") for number in range(498)]
    bench.app.catalogue.take_in([], kits, actor_badge=None)
    record(bench.app, OperationType.CHECKOUT, "M-007")
    window = open_window()
    screen = open_shift(qtbot, window, bench)
    assert screen.filter_buttons[Filter.ALL].text() == "All: 500"
    for text, found in (("m-007", ["M-007"]), ("соколов", ["M-007"]), ("code-49", 9)):
        screen.search_field.setText(text)
        numbers = [now.kit.number for now, _ in screen.presenter.shown()]
        assert (numbers if isinstance(found, list) else len(numbers)) == (found if isinstance(found, list) else 9)
    screen.search_field.setText("nothing of the kind")
    assert screen.model.rowCount() == 0
    screen.search_field.clear()
    screen.filter_buttons[Filter.OUT].click()
    assert screen.model.rowCount() == 1


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_pages_fit(qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock, language: str) -> None:
    hand_out(bench, clock, "K-014", hours=1)
    clock.advance(2 * 3600)
    window = open_window(language)
    screen = open_shift(qtbot, window, bench)
    screen.scanned("K-015")
    screen.list.setCurrentIndex(screen.model.index_of("K-014"))

    def fits() -> None:
        lies_whole(qtbot, window)
        assert too_small(screen, window.shell.theme.metrics.touch) == []

    fits()
    screen.detail.explanation_field.setPlainText("Работы на борту затянулись")
    screen.presenter.go_on()
    fits()
    screen.sign_page.second_button.click()
    screen.scanned("DEMO-LEAD")
    qtbot.waitUntil(screen.sign_page.panel.pin_field.isVisible)
    fits()


def test_who_may_not_is_told_so(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-TECH")
    assert not window.home_screen.tiles[Way.SHIFT].isVisible()
    window.go(Place.SHIFT)
    qtbot.waitUntil(lambda: bool(window.shift_screen.notice.sentence))
    assert not window.shift_screen.bar.main.isEnabled()


def test_a_search_for_a_kit_that_turned_up_leads_on(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    shifts = bench.app.shifts
    take = shifts.take_stock(badge="DEMO-LEAD")
    [case] = shifts.record(take, {"K-015": KitWord(Whereabouts.NOT_FOUND, "не на полке")}).cases
    window = open_window()
    screen = open_shift(qtbot, window, bench)
    assert screen.bar.main.text() == "Continue", "it is known to be missing"
    screen.bar.main.click()
    said = [made.text() for made in screen.sign_page.findChildren(QLabel)]
    assert "1 kit known to be missing" in said
    screen.bar.back.click()
    screen.scanned("K-015")
    assert screen.bar.main.text() == "Explain: 1"
    assert screen.presenter.now is not None
    assert screen.presenter.now.case == case.number
