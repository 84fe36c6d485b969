"""PINs and people in the windows: choosing one's own, and what an administrator does about the others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.looking import too_small
from tests.ui.station import Bench, record
from tests.ui.steps import press, sign_in, type_slowly
from toolroom_desktop.domain.errors import Refused
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.services.demo import DEMO_PIN
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.people import PeopleScreen
from toolroom_desktop.ui.screens.people.presenter import Doing
from toolroom_desktop.ui.screens.pin import PinScreen
from toolroom_desktop.ui.screens.pin.presenter import PinStep
from toolroom_desktop.ui.shell import Place, Screen

NEW = "864209"


def signs_in(bench: Bench, badge: str, pin: str) -> bool:
    try:
        bench.app.accounts.sign_in(badge=badge, pin=pin)
    except Refused:
        return False
    return True


def give(qtbot: QtBot, screen: PinScreen, pin: str) -> None:
    """Type a PIN on the pad and go on."""
    for digit in pin:
        screen.page.pad.key(digit).click()
    screen.bar.main.click()
    qtbot.waitUntil(lambda: not screen.presenter.busy)


def step(screen: PinScreen) -> PinStep:
    return screen.presenter.step


def shows(window: MainWindow, screen: Screen) -> bool:
    return window.current is screen and screen.isVisible()


# --- one's own PIN


def test_anybody_changes_the_own_pin_from_the_name_at_the_top(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    sign_in(window, bench.app)
    window.top_bar.person_button.click()
    assert shows(window, window.pin_screen)
    for pin in (DEMO_PIN, NEW, NEW):
        give(qtbot, window.pin_screen, pin)
    qtbot.waitUntil(lambda: step(window.pin_screen) is PinStep.DONE)
    assert signs_in(bench, "DEMO-TECH", NEW)
    press(qtbot, window, Qt.Key.Key_Return)
    assert shows(window, window.home_screen)


def test_a_pin_that_somebody_else_gave_is_changed_before_anything_else(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    bench.app.accounts.set_pin(badge="DEMO-TECH", pin="111222", actor_badge="DEMO-ADMIN")
    window = open_window()
    window.sign_in_screen.scanned("DEMO-TECH")
    qtbot.waitUntil(lambda: window.sign_in_screen.presenter.person is not None)
    type_slowly(qtbot, window.sign_in_screen.pin_field, "111222")
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current is window.pin_screen)
    screen = window.pin_screen
    assert step(screen) is PinStep.NEW  # the old one was typed a moment ago
    window.top_bar.person_button.click()
    assert step(screen) is PinStep.NEW
    give(qtbot, screen, "111222")
    assert "Choose another one" in screen.page.notice.sentence
    give(qtbot, screen, NEW)
    give(qtbot, screen, "864200")
    assert "differ" in screen.page.notice.sentence
    assert step(screen) is PinStep.NEW
    give(qtbot, screen, NEW)
    give(qtbot, screen, NEW)
    qtbot.waitUntil(lambda: step(screen) is PinStep.DONE)
    screen.bar.main.click()
    assert shows(window, window.home_screen)
    assert window.shell.session.person is not None
    assert not window.shell.session.person.must_change_pin
    assert window.home_screen.checkout_button.isVisible()


def test_whoever_must_change_the_pin_and_does_not_is_signed_out(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    bench.app.accounts.set_pin(badge="DEMO-TECH", pin="111222", actor_badge="DEMO-ADMIN")
    window = open_window()
    sign_in(window, bench.app)
    assert shows(window, window.pin_screen)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert shows(window, window.sign_in_screen)
    assert window.shell.badge == ""


def test_a_wrong_old_pin_is_said_and_asked_for_again_and_the_wait_counts_down(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    sign_in(window, bench.app)
    window.go(Place.PIN)
    screen = window.pin_screen
    for _ in range(3):
        for pin in ("000000", NEW, NEW):
            give(qtbot, screen, pin)
        assert step(screen) is PinStep.OLD
        assert screen.page.notice.sentence
    assert "2 s" in screen.page.notice.sentence
    assert not screen.page.pad.isEnabled()
    screen.presenter.second_passed()
    screen.presenter.second_passed()
    assert screen.page.pad.isEnabled()
    assert signs_in(bench, "DEMO-TECH", DEMO_PIN) is False  # the account itself still waits


def test_no_pin_stays_in_the_screen_that_is_left(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app)
    window.go(Place.PIN)
    give(qtbot, window.pin_screen, DEMO_PIN)
    window.pin_screen.page.field.setText("8642")
    window.pin_screen.bar.back.click()
    assert shows(window, window.home_screen)
    assert window.pin_screen.page.field.text() == ""
    window.go(Place.PIN)
    assert step(window.pin_screen) is PinStep.OLD


def test_the_name_leads_nowhere_while_an_operation_is_under_way(open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app)
    window.show_inspection(bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014"))
    window.top_bar.person_button.click()
    assert shows(window, window.inspection_screen)
    window.show_home()
    window.top_bar.person_button.click()
    assert shows(window, window.pin_screen)


# --- the people


def open_people(qtbot: QtBot, window: MainWindow, bench: Bench) -> PeopleScreen:
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.go(Place.PEOPLE)
    screen = window.people_screen
    qtbot.waitUntil(lambda: not screen.presenter.busy)
    return screen


def idle(qtbot: QtBot, screen: PeopleScreen, doing: Doing = Doing.LIST) -> None:
    qtbot.waitUntil(lambda: screen.presenter.doing is doing and not screen.presenter.busy)


def shown(screen: PeopleScreen) -> list[list[str]]:
    model = screen.model
    return [
        [str(model.data(model.index(row, column))) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def who(bench: Bench, badge: str) -> Person:
    return next(person for person in bench.app.accounts.everyone() if person.badge == badge)


def test_the_list_says_who_is_known_with_role_account_and_last_day(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    accounts = bench.app.accounts
    accounts.add_person(
        badge="G-1", name="Гость", role=Role.QUALITY, expires_on=date(2026, 12, 31), actor_badge="DEMO-ADMIN"
    )
    accounts.set_active(badge="DEMO-STORE", active=False, actor_badge="DEMO-ADMIN")
    screen = open_people(qtbot, open_window(), bench)
    assert ["Гость", "G-1", "Quality", "no PIN", "2026-12-31"] in shown(screen)
    assert any(row[1] == "DEMO-STORE" and row[3] == "disabled" for row in shown(screen))
    assert len(shown(screen)) == 6


def test_the_search_finds_by_name_and_badge_and_a_scan_chooses(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    screen = open_people(qtbot, open_window(), bench)
    screen.search_field.setText("МОРОЗ")
    assert [row[1] for row in shown(screen)] == ["DEMO-STORE"]
    screen.search_field.setText("demo-t")
    assert [row[1] for row in shown(screen)] == ["DEMO-TECH"]
    screen.search_field.setText("nobody")
    assert shown(screen) == []
    assert screen.empty_text.isVisible()
    screen.scanned("demo-qa")
    assert screen.chosen is not None
    assert screen.chosen.badge == "DEMO-QA"
    screen.scanned("X-9")
    qtbot.waitUntil(lambda: "X-9" in screen.notice.sentence)


def test_somebody_is_added_with_the_keyboard_and_given_a_pin_to_change(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    screen = open_people(qtbot, window, bench)
    screen.bar.main.click()
    assert not screen.bar.main.isEnabled()
    assert screen.scanned("N-77")
    type_slowly(qtbot, screen.form.name_field, "Anna")
    screen.form.role_buttons[Role.STOREKEEPER].click()
    screen.form.day_field.setText("31.02.2027")
    screen.bar.main.click()
    assert "31.02.2027" in screen.notice.sentence
    screen.form.day_field.setText("31.12.2026")
    screen.form.name_field.setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    idle(qtbot, screen, Doing.PIN)
    for _ in range(2):
        screen.pin_page.field.setText(NEW)
        press(qtbot, window, Qt.Key.Key_Return)
    idle(qtbot, screen)
    person = who(bench, "N-77")
    assert (person.name, person.role, person.expires_on) == ("Anna", Role.STOREKEEPER, date(2026, 12, 31))
    assert person.must_change_pin
    assert "once" in screen.notice.sentence
    assert screen.chosen == person
    assert signs_in(bench, "N-77", NEW)


def test_two_pins_that_differ_give_none(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    screen = open_people(qtbot, open_window(), bench)
    screen.choose("DEMO-TECH")
    screen.pin_button.click()
    for pin in (NEW, "864200"):
        screen.pin_page.field.setText(pin)
        screen.bar.main.click()
    assert "differ" in screen.notice.sentence
    screen.bar.back.click()
    idle(qtbot, screen)
    assert signs_in(bench, "DEMO-TECH", DEMO_PIN)


def test_a_person_is_changed_and_what_is_refused_is_said_in_the_form(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    screen = open_people(qtbot, open_window(), bench)
    screen.choose("DEMO-STORE")
    screen.change_button.click()
    assert screen.form.badge_field.isReadOnly()
    screen.form.name_field.setText("Морозова Е. В.")
    screen.form.role_buttons[Role.SHIFT_LEAD].click()
    screen.bar.main.click()
    idle(qtbot, screen)
    assert (who(bench, "DEMO-STORE").name, who(bench, "DEMO-STORE").role) == ("Морозова Е. В.", Role.SHIFT_LEAD)
    screen.choose("DEMO-ADMIN")
    screen.change_button.click()
    screen.form.role_buttons[Role.QUALITY].click()
    screen.bar.main.click()
    idle(qtbot, screen, Doing.FORM)
    assert "own role" in screen.notice.sentence
    assert who(bench, "DEMO-ADMIN").role is Role.ADMINISTRATOR


def test_the_role_is_chosen_with_the_arrow_keys(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    screen = open_people(qtbot, window, bench)
    screen.choose("DEMO-STORE")
    screen.change_button.click()
    screen.form.day_field.setFocus()
    press(qtbot, window, Qt.Key.Key_Tab)
    assert screen.form.role_buttons[Role.STOREKEEPER].hasFocus()
    press(qtbot, window, Qt.Key.Key_Right)
    assert screen.form.form.role is Role.SHIFT_LEAD


def test_disabling_says_beforehand_and_afterwards_which_kits_stay_with_the_person(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    record(bench.app, OperationType.CHECKOUT, "K-014")
    screen = open_people(qtbot, open_window(), bench)
    screen.choose("DEMO-TECH")
    screen.switch_button.click()
    idle(qtbot, screen, Doing.DISABLING)
    assert "K-014" in screen.question.text()
    screen.bar.back.click()
    assert who(bench, "DEMO-TECH").active
    screen.switch_button.click()
    idle(qtbot, screen, Doing.DISABLING)
    screen.bar.main.click()
    idle(qtbot, screen)
    assert not who(bench, "DEMO-TECH").active
    assert "K-014" in screen.notice.sentence
    assert screen.switch_button.text() == "Enable"
    screen.switch_button.click()
    qtbot.waitUntil(lambda: not screen.presenter.busy and screen.switch_button.text() == "Disable")
    assert who(bench, "DEMO-TECH").active


def test_a_lock_is_shown_and_ended_with_one_touch(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    for _ in range(3):
        assert not signs_in(bench, "DEMO-TECH", "000000")
    screen = open_people(qtbot, open_window(), bench)
    screen.choose("DEMO-STORE")
    assert not screen.unlock_button.isVisible()
    screen.choose("DEMO-TECH")
    assert screen.unlock_button.isVisible()
    assert any(row[1] == "DEMO-TECH" and row[3] == "locked" for row in shown(screen))
    screen.unlock_button.click()
    idle(qtbot, screen)
    assert not screen.unlock_button.isVisible()
    assert not who(bench, "DEMO-TECH").locked(clock.now() - timedelta(hours=1))
    assert signs_in(bench, "DEMO-TECH", DEMO_PIN)


def test_an_administrator_finds_no_way_to_disable_or_reset_the_own_account(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    screen = open_people(qtbot, open_window(), bench)
    screen.choose("DEMO-ADMIN")
    assert screen.change_button.isVisible()
    assert not screen.switch_button.isVisible()
    assert not screen.pin_button.isVisible()


def test_escape_leads_back_to_the_list_and_from_there_home(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    screen = open_people(qtbot, window, bench)
    screen.bar.main.click()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert screen.presenter.doing is Doing.LIST
    press(qtbot, window, Qt.Key.Key_Escape)
    assert shows(window, window.home_screen)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_everything_can_be_met_with_gloves(qtbot: QtBot, open_window: OpenWindow, bench: Bench, language: str) -> None:
    window = open_window(language)
    screen = open_people(qtbot, window, bench)
    touch = window.shell.theme.metrics.touch
    screen.choose("DEMO-TECH")
    assert too_small(screen, touch) == []
    screen.change_button.click()
    assert too_small(screen, touch) == []
    screen.bar.back.click()
    screen.pin_button.click()
    assert too_small(screen, touch) == []
    window.go(Place.PIN)
    assert too_small(window, touch) == []
