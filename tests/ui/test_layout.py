"""Every screen in both languages and themes at 1280 x 800: nothing cut off, nothing smaller than a gloved finger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import plain_picture
from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, inspection_of, record, seen
from tests.ui.steps import press, sign_in
from toolroom_desktop.domain.errors import Refused
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.operation_input import Evidence
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.tools.doing import Doing
from toolroom_desktop.ui.shell import Place

Opener = Callable[[MainWindow, Bench], None]


def _sign_in_badge(window: MainWindow, bench: Bench) -> None:
    window.show_sign_in()


def _sign_in_pin(window: MainWindow, bench: Bench) -> None:
    window.sign_in_screen.show_pin_step(bench.app.accounts.who("DEMO-LEAD"))
    window.sign_in_screen.show_sentence(window.shell.sentence(_locked_out()))


def _locked_out() -> Refused:
    return Refused("people.locked_out", seconds=1800, minutes=30)


def _home(window: MainWindow, bench: Bench) -> None:
    window.show_home()


def _home_of_quality(window: MainWindow, bench: Bench) -> None:
    sign_in(window, bench.app, "DEMO-QA")


def _kits_out(window: MainWindow, bench: Bench) -> None:
    window.show_kits(OperationType.CHECKOUT)


def _kits_in(window: MainWindow, bench: Bench) -> None:
    window.show_kits(OperationType.CHECKIN)


def _inspection(window: MainWindow, bench: Bench) -> None:
    window.show_inspection(bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKIN, kit="K-014"))


def _result(window: MainWindow, bench: Bench) -> None:
    plan = bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKIN, kit="K-014")
    frame = seen(REFERENCE_TOOLKIT, missing=("side_cutters",), unsure=("brace",), extra=("pliers",))
    window.show_result(plan, Evidence(plain_picture(), inspection_of(bench.app, frame, plan.expected)))


def _blocked(window: MainWindow, bench: Bench) -> None:
    tool = bench.app.database.read(lambda uow: uow.tools.in_kit("K-015"))[0]
    bench.app.database.write(lambda uow: uow.tools.save(replace(tool, state=ToolState.UNSERVICEABLE)))
    window.show_inspection(bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-015"))


def _overruling(window: MainWindow, bench: Bench) -> None:
    _blocked(window, bench)
    window.blocked_screen.bar.main.click()


def _stays(window: MainWindow, bench: Bench) -> None:
    plan = bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-015")
    missing = next(iter(plan.expected))
    frame = seen(REFERENCE_TOOLKIT, unsure=(missing,))
    window.show_result(plan, Evidence(plain_picture(), inspection_of(bench.app, frame, plan.expected)))
    for position in window.result_screen.presenter.owed:
        count = Count.MISSING if position.tool_class == missing else Count.FOUND
        window.result_screen.presenter.answer((position.tool_class, position.unit), count)


def _details(window: MainWindow, bench: Bench) -> None:
    _stays(window, bench)
    window.result_screen.presenter.show_details()
    window.result_screen.details_page.tomorrow_button.click()


def _remark(window: MainWindow, bench: Bench) -> None:
    _result(window, bench)
    window.result_screen.presenter.show_remark(("brace", 1))


def _witness(window: MainWindow, bench: Bench) -> None:
    _stays(window, bench)
    window.result_screen.presenter.issue_nevertheless()


def _correct(window: MainWindow, bench: Bench) -> None:
    sign_in(window, bench.app, "DEMO-STORE")
    window.go(Place.HISTORY)
    history = window.history_screen
    history.detail.show_operation(bench.app.operations.recent(limit=1)[0])
    history.correct_button.click()


def _saved(window: MainWindow, bench: Bench) -> None:
    window.show_saved(bench.app.operations.recent(limit=1)[0])


def _history(window: MainWindow, bench: Bench) -> None:
    window.go(Place.HISTORY)


def _home_of_the_administrator(window: MainWindow, bench: Bench) -> None:
    sign_in(window, bench.app, "DEMO-ADMIN")


def _models(window: MainWindow, bench: Bench) -> None:
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.go(Place.MODELS)


def _people(window: MainWindow, bench: Bench) -> None:
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.go(Place.PEOPLE)


def _person(window: MainWindow, bench: Bench) -> None:
    _people(window, bench)
    window.people_screen.presenter.change(bench.app.accounts.who("DEMO-QA"))


def _pin_for_somebody(window: MainWindow, bench: Bench) -> None:
    _people(window, bench)
    window.people_screen.presenter.give_pin(bench.app.accounts.who("DEMO-QA"))
    window.people_screen.show_differ()


def _own_pin(window: MainWindow, bench: Bench) -> None:
    window.go(Place.PIN)
    window.pin_screen.show_sentence(window.shell.sentence(_locked_out()))


def _tools(window: MainWindow, bench: Bench) -> None:
    sign_in(window, bench.app, "DEMO-LEAD")
    window.go(Place.TOOLS, "K-015")


def _tool(window: MainWindow, bench: Bench) -> None:
    _tools(window, bench)
    window.tools_screen.presenter.open(bench.app.tools.by_scan("014-05"))


def _tool_doing(doing: Doing) -> Opener:
    def open_(window: MainWindow, bench: Bench) -> None:
        _tool(window, bench)
        window.tools_screen.presenter.begin(doing)

    return open_


def _home_of_the_storekeeper(window: MainWindow, bench: Bench) -> None:
    sign_in(window, bench.app, "DEMO-STORE")


def _shift(window: MainWindow, bench: Bench) -> None:
    sign_in(window, bench.app, "DEMO-STORE")
    window.go(Place.SHIFT)


def _kits_to_take_over(window: MainWindow, bench: Bench) -> None:
    window.show_kits(OperationType.HANDOVER)


SCREENS: dict[str, Opener] = {
    "sign-in, badge": _sign_in_badge,
    "sign-in, PIN": _sign_in_pin,
    "home": _home,
    "home of quality": _home_of_quality,
    "home of the storekeeper": _home_of_the_storekeeper,
    "shift": _shift,
    "kits to take over": _kits_to_take_over,
    "kits to check out": _kits_out,
    "kits to check in": _kits_in,
    "inspection": _inspection,
    "result": _result,
    "saved": _saved,
    "blocked": _blocked,
    "overruling": _overruling,
    "a kit that stays": _stays,
    "details": _details,
    "more about a tool": _remark,
    "issue nevertheless": _witness,
    "correction": _correct,
    "history": _history,
    "home of the administrator": _home_of_the_administrator,
    "models": _models,
    "people": _people,
    "a person": _person,
    "a PIN for somebody": _pin_for_somebody,
    "the own PIN": _own_pin,
    "tools": _tools,
    "a tool": _tool,
    "a tool's data": _tool_doing(Doing.FORM),
    "a tool's state": _tool_doing(Doing.STATE),
    "a swap": _tool_doing(Doing.PLACE),
    "taking out": _tool_doing(Doing.OUT),
    "a tool's photo": _tool_doing(Doing.PHOTO),
}


@pytest.fixture
def busy_bench(bench: Bench) -> Bench:
    """A station where something was done."""
    record(bench.app, OperationType.CHECKOUT, "K-014")
    record(
        bench.app,
        OperationType.CHECKOUT,
        "K-015",
        badge="DEMO-LEAD",
        frame=seen(REFERENCE_TOOLKIT, missing=("side_cutters",), extra=("pliers",)),
        counts={"side_cutters": Count.MISSING, "pliers": Count.DAMAGED},
        note="Бокорезы остались на участке 4, ищет бригадир. Пассатижи с трещиной отложены.",
    )
    return bench


def visible(window: QWidget, kind: type[QWidget]) -> Iterator[QWidget]:
    for widget in window.findChildren(kind):
        if widget.isVisible():
            yield widget


def cut_off(window: QWidget) -> list[str]:
    """Texts that do not fit into their place."""
    found = []
    for widget in visible(window, QLabel):
        assert isinstance(widget, QLabel)
        if not widget.text():
            continue
        needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        too_wide = not widget.wordWrap() and widget.sizeHint().width() > widget.width() + 1
        if too_wide or needed > widget.height() + 1:
            found.append(f"{widget.text()!r}: {widget.sizeHint()} in {widget.size()}")
    for widget in visible(window, QAbstractButton):
        hint = widget.minimumSizeHint()
        if hint.width() > widget.width() + 1 or hint.height() > widget.height() + 1:
            found.append(f"{widget.text()!r}: {hint} in {widget.size()}")  # type: ignore[attr-defined]
    return found


def outside(window: QWidget) -> list[str]:
    """Widgets that reach over the window's edge, where no scroll area lets them."""
    found = []
    for widget in [*visible(window, QLabel), *visible(window, QAbstractButton)]:
        if any(isinstance(parent, QAbstractScrollArea) for parent in _parents(widget)):
            continue
        corner = widget.mapTo(window, widget.rect().bottomRight())
        if corner.x() >= window.width() or corner.y() >= window.height():
            found.append(f"{type(widget).__name__} {widget.geometry()}")
    return found


def _parents(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def touchable(window: QWidget) -> Iterator[QWidget]:
    """Everything that a finger is meant to meet."""
    for kind in (QAbstractButton, QLineEdit):
        yield from visible(window, kind)


def takes_tab(widget: QWidget) -> bool:
    """Whether Tab should come here; among exclusive choices it comes to the chosen one, arrows lead to the others."""
    if isinstance(widget, QAbstractButton) and widget.group() is not None and not widget.isChecked():
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


@pytest.mark.parametrize(("language", "theme"), [("ru", "light"), ("en", "dark")])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_fits(
    qtbot: QtBot, open_window: OpenWindow, busy_bench: Bench, screen: str, language: str, theme: str
) -> None:
    window = open_window(language, theme)
    sign_in(window, busy_bench.app)
    SCREENS[screen](window, busy_bench)
    qtbot.waitUntil(lambda: not window.work.busy)
    qtbot.wait(20)
    assert (window.width(), window.height()) == (1280, 800)
    assert cut_off(window) == []
    assert outside(window) == []
    least = window.shell.theme.metrics.touch
    small = [
        f"{type(w).__name__} {w.accessibleName() or w.property('text')} {w.width()}x{w.height()}"
        for w in touchable(window)
        if w.width() < least or w.height() < least
    ]
    assert small == []
    nameless = [
        f"{type(w).__name__} {w.objectName()}"
        for w in touchable(window)
        if not (w.accessibleName() or w.property("text"))
    ]
    assert nameless == []


@pytest.mark.parametrize(
    "screen", ["sign-in, badge", "home", "kits to check out", "saved", "history", "people", "a person"]
)
def test_tab_comes_to_everything_that_can_be_used(
    qtbot: QtBot, open_window: OpenWindow, busy_bench: Bench, screen: str
) -> None:
    window = open_window()
    sign_in(window, busy_bench.app)
    SCREENS[screen](window, busy_bench)
    qtbot.waitUntil(lambda: not window.work.busy)
    wanted = {widget for widget in touchable(window) if widget.isEnabled() and takes_tab(widget)}
    met: set[QWidget] = set()
    for _ in range(3 * len(wanted) + 6):
        focused = QApplication.focusWidget()
        if focused is not None:
            met.add(focused)
        press(qtbot, window, Qt.Key.Key_Tab)
    assert [w.property("text") for w in wanted - met] == []


def test_the_main_action_is_always_at_the_same_place(qtbot: QtBot, open_window: OpenWindow, busy_bench: Bench) -> None:
    window = open_window()
    sign_in(window, busy_bench.app)
    corners = {}
    sizes = set()
    for screen in ("home", "kits to check out", "inspection", "result", "saved"):
        SCREENS[screen](window, busy_bench)
        qtbot.waitUntil(lambda: not window.work.busy)
        current = window.current
        assert current is not None
        assert current.main_button is not None
        corner = current.main_button.mapTo(window, current.main_button.rect().bottomRight())
        corners[screen] = (corner.x(), corner.y())
        if screen != "home":  # its main action is a tile, which reaches further up
            sizes.add((current.main_button.width(), current.main_button.height()))
    assert len(set(corners.values())) == 1, corners
    assert len(sizes) == 1, sizes


def test_a_long_toolkit_name_neither_widens_the_window_nor_cuts_a_button(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    long = Toolkit("Набор для замены колёс и тормозов основных стоек шасси Boeing 737 NG", REFERENCE_TOOLKIT.positions)
    bench.app.catalogue.take_in([long], [Kit("К-ОЧЕНЬ-ДЛИННЫЙ-014", long.name)], actor_badge=None)
    window = open_window("ru")
    sign_in(window, bench.app)
    window.show_inspection(
        bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="К-ОЧЕНЬ-ДЛИННЫЙ-014")
    )
    qtbot.waitUntil(lambda: not window.work.busy)
    qtbot.wait(20)
    assert window.width() == 1280
    assert cut_off(window.top_bar) == []
