"""What happens at the counter in steps that several tests share: blocked kits, signatures, counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import plain_picture
from tests.ui.station import Bench, inspection_of, seen
from tests.ui.steps import sign_in, type_slowly
from toolroom_desktop.domain.custody import Procedures
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.services.demo import DEMO_PIN
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.shell import Place
from toolroom_desktop.ui.widgets.signature_panel import SignaturePanel
from toolroom_desktop.ui.widgets.signature_presenter import SigningStep


def change(bench: Bench, marking: str, **what: object) -> None:
    """Something about a tool is otherwise from now on."""
    bench.app.database.write(
        lambda uow: uow.tools.save(replace(uow.tools.by_marking(marking)[0], **what))  # type: ignore[arg-type]
    )


def texts(screen: QWidget) -> str:
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible())


def begin(
    window: MainWindow,
    bench: Bench,
    type_: OperationType = OperationType.CHECKOUT,
    kit: str = "K-014",
    badge: str = "DEMO-TECH",
) -> Plan:
    sign_in(window, bench.app, badge)
    plan = bench.app.operations.plan(badge=badge, type_=type_, kit=kit)
    window.show_inspection(plan)
    return plan


def to_result(
    window: MainWindow,
    bench: Bench,
    type_: OperationType = OperationType.CHECKOUT,
    *,
    badge: str = "DEMO-TECH",
    missing: tuple[str, ...] = (),
    unsure: tuple[str, ...] = (),
) -> Plan:
    """Somebody has come to the result of an inspection that saw this."""
    sign_in(window, bench.app, badge)
    plan = bench.app.operations.plan(badge=badge, type_=type_, kit="K-014")
    frame = seen(plan.toolkit, missing=missing, unsure=unsure)
    window.show_result(plan, Evidence(plain_picture(), inspection_of(bench.app, frame, plan.expected)))
    return plan


def set_procedures(window: MainWindow, procedures: Procedures) -> None:
    app = window.shell.app
    window.shell.app = replace(app, operations=replace(app.operations, procedures=procedures))


def sign(qtbot: QtBot, panel: SignaturePanel, badge: str, reason: str = "") -> None:
    """Somebody gives the reason where one is asked for, the badge, and the PIN."""
    qtbot.waitUntil(panel.isVisible)
    if reason:
        type_slowly(qtbot, panel.reason_field, reason)
        panel.main_button.click()
    qtbot.waitUntil(lambda: panel.presenter.step is SigningStep.BADGE)
    assert panel.scanned(badge)
    qtbot.waitUntil(lambda: panel.presenter.step is SigningStep.PIN)
    panel.pin_field.setText(DEMO_PIN)
    panel.main_button.click()
    qtbot.waitUntil(lambda: not panel.presenter.busy, timeout=10_000)


def newest(bench: Bench) -> Operation:
    return bench.app.operations.recent(limit=1)[0]


def saved(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.current is window.saved_screen, timeout=10_000)


def last_refusal(bench: Bench) -> dict[str, object]:
    entries = bench.app.database.read(lambda uow: [e for e in uow.journal.entries() if e.kind == "refused"])
    return dict(entries[-1].payload) if entries else {}


def owing(bench: Bench) -> Operation:
    """A checkout that was recorded from the command line, with its count owed."""
    plan = bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014")
    frame = seen(plan.toolkit, unsure=("brace",))
    evidence = Evidence(plain_picture(), inspection_of(bench.app, frame, plan.expected))
    return bench.app.operations.record(plan, evidence, Confirmation({}, count_later=True))


def open_history(qtbot: QtBot, window: MainWindow, operation: Operation) -> None:
    window.go(Place.HISTORY, str(operation.operation_id))
    shown: Callable[[], bool] = lambda: (  # noqa: E731
        window.history_screen.detail.operation is not None
        and window.history_screen.detail.operation.operation_id == operation.operation_id
    )
    qtbot.waitUntil(shown)
