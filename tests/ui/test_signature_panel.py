"""A second person signs within the screen of the first, with badge and PIN and without signing in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OpenWindow
from tests.ui.looking import too_small
from tests.ui.station import Bench
from tests.ui.steps import press, sign_in, type_slowly
from toolroom_desktop.domain.signing import Purpose, Signature
from toolroom_desktop.services.demo import DEMO_PIN
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.shell import Screen
from toolroom_desktop.ui.widgets.signature_panel import SignaturePanel
from toolroom_desktop.ui.widgets.signature_presenter import SigningStep

SUBJECT = "0190-operation"


class Around(Screen):
    """A screen that needs a signature."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.panel = SignaturePanel(window.shell, self)
        QVBoxLayout(self).addWidget(self.panel)
        self.heard: list[Signature | None] = []
        self.panel.signed.connect(self.heard.append)
        self.panel.cancelled.connect(lambda: self.heard.append(None))
        self.retranslate()

    def retranslate(self) -> None:
        self.panel.retranslate()

    def scanned(self, code: str) -> bool:
        return self.panel.scanned(code)


Ask = Callable[..., Around]


@pytest.fixture
def ask(open_window: OpenWindow, bench: Bench) -> Iterator[Ask]:
    """Has a technician's screen ask for a signature."""

    def ask_(purpose: Purpose = Purpose.WITNESS, *, language: str = "en", needs_reason: bool = False) -> Around:
        window = open_window(language)
        sign_in(window, bench.app)
        screen = Around(window)
        window.stack.addWidget(screen)
        window._show(screen)
        screen.panel.ask_for(
            purpose,
            SUBJECT,
            title="A second person signs the count.",
            text="Kit K-014: side cutters are missing.",
            not_by=("DEMO-TECH",),
            needs_reason=needs_reason,
        )
        return screen

    yield ask_


def scan(qtbot: QtBot, screen: Around, badge: str) -> None:
    assert screen.scanned(badge)
    qtbot.waitUntil(lambda: not screen.panel.presenter.busy)


def asks_pin(screen: Around) -> bool:
    return screen.panel.presenter.step is SigningStep.PIN and screen.panel.pin_field.isVisible()


def entries(bench: Bench, kind: str) -> list[dict[str, object]]:
    found = bench.app.accounts.database.read(lambda uow: list(uow.journal.entries()))
    return [dict(entry.payload) for entry in found if entry.kind == kind]


def test_a_second_person_signs_by_scanner_and_pad_and_the_first_stays_signed_in(
    qtbot: QtBot, ask: Ask, bench: Bench
) -> None:
    screen = ask()
    panel = screen.panel
    scan(qtbot, screen, "DEMO-STORE")
    for digit in DEMO_PIN:
        panel.pad.key(digit).click()
    panel.main_button.click()
    qtbot.waitUntil(lambda: bool(screen.heard))
    (signature,) = screen.heard
    assert signature is not None
    assert (signature.badge, signature.purpose, signature.subject) == ("DEMO-STORE", Purpose.WITNESS, SUBJECT)
    assert not panel.isVisible()
    assert panel.presenter.shell.badge == "DEMO-TECH"
    (kept,) = entries(bench, "signature")
    assert kept["badge"] == "DEMO-STORE"


def test_badge_and_pin_can_be_typed_with_enter_alone(qtbot: QtBot, ask: Ask) -> None:
    screen = ask()
    panel = screen.panel
    type_slowly(qtbot, panel.badge_field, "demo-store")
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.presenter.step is SigningStep.PIN)
    type_slowly(qtbot, panel.pin_field, DEMO_PIN)
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(screen.heard))
    assert screen.heard[0] is not None


def test_escape_says_that_nobody_signed_and_leaves_no_pin_behind(qtbot: QtBot, ask: Ask) -> None:
    screen = ask()
    scan(qtbot, screen, "DEMO-STORE")
    screen.panel.pin_field.setText("2468")
    press(qtbot, screen.window(), Qt.Key.Key_Escape)
    assert screen.heard == [None]
    assert not screen.panel.isVisible()
    assert screen.panel.pin_field.text() == ""


def test_whoever_acts_already_is_refused_at_the_badge_and_somebody_else_can_be_scanned_at_once(
    qtbot: QtBot, ask: Ask, bench: Bench
) -> None:
    screen = ask()
    scan(qtbot, screen, "demo-tech")
    assert "somebody else must sign" in screen.panel.notice.sentence
    assert not asks_pin(screen)
    assert entries(bench, "refused")[-1]["reason"] == "signature.same_person"
    scan(qtbot, screen, "DEMO-STORE")
    assert asks_pin(screen)
    assert screen.panel.notice.sentence == ""


def test_whoever_may_not_sign_for_that_is_refused_before_any_pin_is_asked(qtbot: QtBot, ask: Ask, bench: Bench) -> None:
    screen = ask(Purpose.OVERRIDE)
    scan(qtbot, screen, "DEMO-STORE")
    assert screen.panel.notice.sentence
    assert screen.panel.presenter.step is SigningStep.BADGE
    assert (entries(bench, "refused")[-1]["command"], entries(bench, "refused")[-1]["badge"]) == (
        "sign.override",
        "DEMO-STORE",
    )


def test_wrong_pins_are_said_in_place_and_the_wait_counts_down(qtbot: QtBot, ask: Ask) -> None:
    screen = ask()
    panel = screen.panel
    scan(qtbot, screen, "DEMO-STORE")
    for attempt in range(3):
        panel.pin_field.setText("111111")
        panel.main_button.click()
        assert not panel.main_button.isEnabled()
        qtbot.waitUntil(lambda: not panel.presenter.busy)
        assert panel.notice.sentence, f"attempt {attempt}"
        assert panel.pin_field.text() == ""
    assert "2 s" in panel.notice.sentence
    assert not panel.pad.isEnabled()
    panel.presenter.second_passed()
    assert "1 s" in panel.notice.sentence
    panel.presenter.second_passed()
    assert panel.notice.sentence == ""
    assert panel.pad.isEnabled()
    assert screen.heard == []


def test_an_override_asks_for_the_reason_first_and_hands_it_over_with_the_signature(qtbot: QtBot, ask: Ask) -> None:
    screen = ask(Purpose.OVERRIDE, needs_reason=True)
    panel = screen.panel
    assert panel.presenter.step is SigningStep.REASON
    assert not screen.scanned("DEMO-LEAD")
    panel.reason_field.setText(" ab ")
    assert not panel.main_button.isEnabled()
    panel.reason_field.setText("Aircraft on ground, no other kit")
    panel.main_button.click()
    scan(qtbot, screen, "DEMO-LEAD")
    panel.pin_field.setText(DEMO_PIN)
    panel.main_button.click()
    qtbot.waitUntil(lambda: bool(screen.heard))
    assert screen.heard[0] is not None
    assert panel.reason == "Aircraft on ground, no other kit"


def test_a_person_who_still_has_the_pin_of_somebody_else_cannot_sign(qtbot: QtBot, ask: Ask, bench: Bench) -> None:
    store = bench.app.accounts.who("DEMO-STORE")
    bench.app.accounts.database.write(lambda uow: uow.people.save(replace(store, must_change_pin=True)))
    screen = ask()
    scan(qtbot, screen, "DEMO-STORE")
    assert "PIN of their own" in screen.panel.notice.sentence


def test_a_screen_that_is_left_has_nobody_asked_any_more(qtbot: QtBot, ask: Ask) -> None:
    screen = ask()
    scan(qtbot, screen, "DEMO-STORE")
    screen.panel.pin_field.setText(DEMO_PIN)
    screen.panel.main_button.click()
    screen.panel.dismiss()
    screen.panel.presenter.shell.work.finish()
    assert screen.heard == []
    assert not screen.panel.isVisible()
    assert not screen.scanned("DEMO-STORE")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_panel_can_be_met_with_gloves_in_every_step(qtbot: QtBot, ask: Ask, language: str) -> None:
    screen = ask(Purpose.OVERRIDE, language=language, needs_reason=True)
    panel = screen.panel
    touch = panel.presenter.shell.theme.metrics.touch
    assert too_small(panel, touch) == []
    panel.reason_field.setText("AOG")
    panel.main_button.click()
    scan(qtbot, screen, "DEMO-LEAD")
    assert too_small(panel, touch) == []
    assert panel.minimumSizeHint().height() <= 7 * touch
