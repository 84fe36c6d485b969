"""Every screen of a running station and its pages, opened as people come to them, on a station that has been used."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.fakes import HandClock, plain_picture
from tests.ui.first_start.workbench import Workbench
from tests.ui.looking import show_decision
from tests.ui.station import (
    SCREWDRIVERS,
    Bench,
    from_far,
    in_another_size,
    inspection_of,
    record,
    seen,
    table_picture,
)
from tests.ui.steps import sign_in
from toolroom_desktop.config.messages import Language
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.errors import BadModel, Refused
from toolroom_desktop.domain.inspection import UnsureReason
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.doctor import Check, Grade, failed
from toolroom_desktop.services.figures import Grouping, Measure
from toolroom_desktop.services.labels import LabelKind
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan
from toolroom_desktop.services.reports.content import ReportName
from toolroom_desktop.services.sync.state import SyncState
from toolroom_desktop.ui.app import prepare
from toolroom_desktop.ui.label_aim import Wanted, write_aim
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.cases.presenter import Doing as CaseDoing
from toolroom_desktop.ui.screens.desk.lines import Tile
from toolroom_desktop.ui.screens.health import HealthScreen
from toolroom_desktop.ui.screens.tools.doing import Doing
from toolroom_desktop.ui.shell import Place
from toolroom_desktop.ui.theme import Metrics, Theme
from toolroom_desktop.ui.translation import Translations
from toolroom_desktop.ui.work.runner import Work

PATIENCE = 30.0  # seconds; the machines are shared
_NOTE = "Бокорезы остались на участке 4, ищет бригадир. Пассатижи с трещиной отложены."


class Showing(NamedTuple):
    """A window over a station, in whose hands the clock is."""

    window: MainWindow
    bench: Bench
    clock: HandClock


Opener = Callable[[Showing], None]


def quiet(work: Work) -> None:
    """Let the windows work until nothing is being looked up or written."""
    end = time.monotonic() + PATIENCE
    while work.busy:
        QTest.qWait(5)
        assert time.monotonic() < end, "something in the background does not come to an end"


def used(bench: Bench, clock: HandClock) -> list[Operation]:
    """Two days of records: kits in and out, one late, a count that is owed, a case, tools that are due; all of them."""
    app = bench.app
    heavy = Toolkit(
        "B737-LG-11",
        (Position("pliers", 2, "Пассатижи", "Pliers"), Position("brace", 1, "Коловорот", "Brace")),
        "Набор для обслуживания основных стоек шасси Boeing 737 и замены тормозов",
        "Kit for the main landing gear of the Boeing 737 and for changing its brakes",
    )
    kits = [Kit(f"K-{number:03}", REFERENCE_TOOLKIT.name, f"KIT-{number:03}") for number in range(16, 22)]
    app.catalogue.take_in([heavy], [*kits, Kit("LG-003", heavy.name, "KIT-LG-003")], actor_badge=None)
    picture = table_picture(bench)
    size = (picture.width, picture.height)
    whole = seen(REFERENCE_TOOLKIT, size=size)
    short = seen(REFERENCE_TOOLKIT, missing=("side_cutters",), extra=("pliers",), size=size)
    vague = seen(REFERENCE_TOOLKIT, unsure=("screwdriver_plus", "screwdriver_offset_cross"), size=size)
    pair = seen(Toolkit("pair", (Position("pliers"), Position("brace"), Position("side_cutters"))), size=size)
    made = []

    def one(type_: OperationType, kit: str, **details: object) -> None:
        clock.advance(1500)
        made.append(record(app, type_, kit, picture=picture, **details))  # type: ignore[arg-type]

    clock.set_back(timedelta(days=1))
    one(OperationType.CHECKOUT, "K-016", badge="DEMO-STORE", frame=whole)
    one(OperationType.CHECKIN, "K-016", badge="DEMO-STORE", frame=vague)
    clock.advance(60 * 60 * 22)
    one(OperationType.CHECKOUT, "K-014", frame=whole)
    counts = {"side_cutters": Count.MISSING, "pliers": Count.DAMAGED}
    one(OperationType.CHECKOUT, "K-017", badge="DEMO-LEAD", frame=short, counts=counts, note=_NOTE)
    one(OperationType.CHECKOUT, "LG-003", frame=pair)
    one(OperationType.CHECKIN, "K-014", frame=vague)
    one(OperationType.CHECKOUT, "K-014", frame=whole)
    return made


def worked(bench: Bench, clock: HandClock) -> list[Operation]:
    """`used`, and on top of it what the desk and the registers show at worst: late, expired, unfit, searched."""
    made = used(bench, clock)
    app = bench.app
    plan = app.operations.plan(badge="DEMO-STORE", type_=OperationType.CHECKOUT, kit="K-018")
    evidence = Evidence(plain_picture(), inspection_of(app, seen(plan.toolkit), plan.expected))
    due = clock.now() + timedelta(hours=2)
    confirmation = Confirmation({}, work_order="WO-2026-117/4", aircraft="RA-89001", expected_return=due, note=_NOTE)
    app.operations.record(plan, evidence, confirmation)
    tool = app.database.read(lambda uow: uow.tools.in_kit("K-015"))[0]
    app.database.write(lambda uow: uow.tools.save(replace(tool, state=ToolState.UNSERVICEABLE)))
    spare = Tool("pliers", part_number="7304-0175-ГОСТ 5547", serial_number="2024/11-37", marking="M-SPARE-1")
    app.database.write(lambda uow: uow.tools.save(spare))
    (row, *_) = app.cases.open()
    app.cases.search(badge="DEMO-TECH", number=row.case.number, place="участок 4, ниша основной стойки шасси")
    clock.advance(3 * 3600)
    return made


# --- at the counter


def _plan(showing: Showing, type_: OperationType, kit: str) -> Plan:
    return showing.bench.app.operations.plan(badge="DEMO-TECH", type_=type_, kit=kit)


def _evidence(showing: Showing, plan: Plan, **looks: tuple[str, ...]) -> Evidence:
    picture = table_picture(showing.bench)
    frame = seen(REFERENCE_TOOLKIT, size=(picture.width, picture.height), **looks)
    return Evidence(picture, inspection_of(showing.bench.app, frame, plan.expected))


def _sign_in_badge(showing: Showing) -> None:
    showing.window.show_sign_in()


def _sign_in_unknown(showing: Showing) -> None:
    showing.window.show_sign_in()
    showing.window.sign_in_screen.scanned("DEMO-NOBODY")
    quiet(showing.window.work)


def _sign_in_pin(showing: Showing) -> None:
    window = showing.window
    window.show_sign_in()
    window.sign_in_screen.show_pin_step(showing.bench.app.accounts.who("DEMO-LEAD"))
    window.sign_in_screen.show_sentence(window.shell.sentence(_locked_out()))


def _locked_out() -> Refused:
    return Refused("people.locked_out", seconds=1800, minutes=30)


def _home_of(badge: str) -> Opener:
    def open_(showing: Showing) -> None:
        sign_in(showing.window, showing.bench.app, badge)
        quiet(showing.window.work)

    return open_


def _notice(showing: Showing) -> None:
    sign_in(showing.window, showing.bench.app)
    showing.window.show_fault("ValueError: 7", "C:/ProgramData/Toolroom Desktop/crashes/crash-20260504-101500.txt")


def _offline(showing: Showing) -> None:
    sign_in(showing.window, showing.bench.app, "DEMO-LEAD")
    problem = {"problem": "centre.nobody_listens", "details": {"server": "c:5432"}}
    showing.window.sync_watch._take(SyncState(pending_operations=1516, failing_since=showing.clock.now(), **problem))  # type: ignore[arg-type]


def _kits(type_: OperationType) -> Opener:
    return lambda showing: showing.window.show_kits(type_)


def _no_such_kit(showing: Showing) -> None:
    showing.window.show_kits(OperationType.CHECKOUT)
    showing.window.kits_screen.search_field.setText("xyz")


def _inspection(showing: Showing) -> None:
    showing.window.show_inspection(_plan(showing, OperationType.CHECKIN, "K-014"))


def _result(showing: Showing) -> None:
    plan = _plan(showing, OperationType.CHECKIN, "K-014")
    looks = {"missing": ("side_cutters",), "unsure": ("brace", "screwdriver_offset_cross"), "extra": ("pliers",)}
    showing.window.show_result(plan, _evidence(showing, plan, **looks))


def _look_alikes(showing: Showing) -> None:
    known = showing.bench.detector.info
    showing.bench.confuse(SCREWDRIVERS)
    plan = _plan(showing, OperationType.CHECKIN, "K-014")
    evidence = _evidence(showing, plan, missing=("side_cutters",), unsure=("pliers",), extra=("brace",))
    showing.window.show_result(plan, evidence)
    showing.bench.detector.info = known


def _from_far(showing: Showing) -> None:
    known = showing.bench.detector.info
    showing.bench.confuse(SCREWDRIVERS)
    plan = _plan(showing, OperationType.CHECKIN, "K-014")
    frame = from_far(seen(REFERENCE_TOOLKIT, missing=("side_cutters",), unsure=("pliers",)))
    shown = show_decision(showing.window, showing.bench, plan, frame)
    assert shown.look_alikes_too_small
    showing.bench.detector.info = known


def _another_size(showing: Showing) -> None:
    known = showing.bench.detector.info
    showing.bench.confuse(SCREWDRIVERS)
    showing.bench.compare_sizes()
    plan = _plan(showing, OperationType.CHECKIN, "K-014")
    frame = in_another_size(seen(REFERENCE_TOOLKIT), "combination_wrench")
    shown = show_decision(showing.window, showing.bench, plan, frame)
    assert any(UnsureReason.OTHER_SIZE in position.reasons for position in shown.unsure)
    showing.bench.detector.info = known


def _complete(showing: Showing) -> None:
    plan = _plan(showing, OperationType.CHECKIN, "K-014")
    showing.window.show_result(plan, _evidence(showing, plan))


def _stays(showing: Showing) -> None:
    plan = _plan(showing, OperationType.CHECKOUT, "K-019")
    missing = next(iter(plan.expected))
    showing.window.show_result(plan, _evidence(showing, plan, unsure=(missing,)))
    presenter = showing.window.result_screen.presenter
    for position in presenter.owed:
        count = Count.MISSING if position.tool_class == missing else Count.FOUND
        presenter.answer((position.tool_class, position.unit), count)


def _details(showing: Showing) -> None:
    _stays(showing)
    showing.window.result_screen.presenter.show_details()
    showing.window.result_screen.details_page.tomorrow_button.click()


def _remark(showing: Showing) -> None:
    _result(showing)
    showing.window.result_screen.presenter.show_remark(("brace", 1))


def _witness(showing: Showing) -> None:
    _stays(showing)
    showing.window.result_screen.presenter.issue_nevertheless()


def _saved(number: int) -> Opener:
    """The record that so many followed."""
    return lambda showing: showing.window.show_saved(showing.bench.app.operations.recent()[number])


def _blocked(showing: Showing) -> None:
    showing.window.show_inspection(_plan(showing, OperationType.CHECKOUT, "K-015"))


def _overruling(showing: Showing) -> None:
    _blocked(showing)
    showing.window.blocked_screen.bar.main.click()


def _which(showing: Showing) -> None:
    sign_in(showing.window, showing.bench.app, "DEMO-LEAD")
    marked = Tool("pliers", marking="K-014")
    showing.bench.app.database.write(lambda uow: uow.tools.save(marked))
    quiet(showing.window.work)
    showing.window.follow_scan("K-014")
    quiet(showing.window.work)
    assert showing.window.current is showing.window.which_screen


# --- the history and the figures


def _at(place: Place, badge: str, subject: str = "") -> Opener:
    def open_(showing: Showing) -> None:
        sign_in(showing.window, showing.bench.app, badge)
        quiet(showing.window.work)
        showing.window.go(place, subject)
        quiet(showing.window.work)

    return open_


_history = _at(Place.HISTORY, "DEMO-LEAD")


def _history_filter(showing: Showing) -> None:
    _history(showing)
    showing.window.history_screen.list_page.filter_button.click()


def _history_table(showing: Showing) -> None:
    _history(showing)
    showing.window.history_screen.bar.table_button.click()


def _history_saved(showing: Showing) -> None:
    _history(showing)
    showing.window.history_screen.bar.saved_button.click()


def _history_detail(showing: Showing) -> None:
    number = showing.bench.app.operations.recent()[4].operation_id
    _at(Place.HISTORY, "DEMO-LEAD", str(number))(showing)


def _correct(showing: Showing) -> None:
    _history_detail(showing)
    showing.window.history_screen.correct_button.click()


def _desk_of(tile: Tile) -> Opener:
    def open_(showing: Showing) -> None:
        sign_in(showing.window, showing.bench.app, "DEMO-LEAD")
        quiet(showing.window.work)
        showing.window.home_screen.desk.tiles[tile].click()
        quiet(showing.window.work)

    return open_


def _figures(measure: Measure, group: Grouping | None = None) -> Opener:
    def open_(showing: Showing) -> None:
        _at(Place.FIGURES, "DEMO-LEAD")(showing)
        showing.window.figures_screen.measure_buttons[measure].click()
        quiet(showing.window.work)
        if group is not None:
            showing.window.figures_screen.presenter.group(group)
            quiet(showing.window.work)

    return open_


def _report(name: ReportName) -> Opener:
    def open_(showing: Showing) -> None:
        _at(Place.REPORTS, "DEMO-LEAD")(showing)
        showing.window.reports_screen.cards[name].click()
        quiet(showing.window.work)

    return open_


# --- shifts, cases, tools, people, labels


def _shift_ticking(showing: Showing) -> None:
    _at(Place.SHIFT, "DEMO-STORE")(showing)
    showing.window.shift_screen.scanned("K-016")


def _shift_signing(showing: Showing) -> None:
    _at(Place.SHIFT, "DEMO-STORE")(showing)
    showing.window.shift_screen.bar.main.click()


def _case_of(badge: str) -> Opener:
    def open_(showing: Showing) -> None:
        (row, *_) = showing.bench.app.cases.open()
        _at(Place.CASES, badge, row.case.number)(showing)

    return open_


def _case_step(showing: Showing) -> None:
    _case_of("DEMO-TECH")(showing)
    showing.window.cases_screen.bar.main.click()


def _case_outcome(showing: Showing) -> None:
    _case_of("DEMO-LEAD")(showing)
    showing.window.cases_screen.other_buttons[CaseDoing.OUTCOME].click()


def _case_report(showing: Showing) -> None:
    _at(Place.CASES, "DEMO-TECH")(showing)
    showing.window.cases_screen.bar.main.click()
    showing.window.cases_screen.report_page.scanned("K-016")
    quiet(showing.window.work)


def _tool(showing: Showing) -> None:
    _at(Place.TOOLS, "DEMO-LEAD", "K-015")(showing)
    showing.window.tools_screen.presenter.open(showing.bench.app.tools.by_scan("014-05"))
    quiet(showing.window.work)


def _tool_doing(doing: Doing) -> Opener:
    def open_(showing: Showing) -> None:
        _tool(showing)
        showing.window.tools_screen.presenter.begin(doing)

    return open_


_people = _at(Place.PEOPLE, "DEMO-ADMIN")


def _person(showing: Showing) -> None:
    _people(showing)
    showing.window.people_screen.presenter.change(showing.bench.app.accounts.who("DEMO-QA"))


def _new_person(showing: Showing) -> None:
    _people(showing)
    showing.window.people_screen.presenter.add()


def _pin_for_somebody(showing: Showing) -> None:
    _people(showing)
    showing.window.people_screen.presenter.give_pin(showing.bench.app.accounts.who("DEMO-QA"))
    showing.window.people_screen.show_differ()


def _own_pin(showing: Showing) -> None:
    sign_in(showing.window, showing.bench.app)
    showing.window.go(Place.PIN)
    showing.window.pin_screen.show_sentence(showing.window.shell.sentence(_locked_out()))


def _labels(kind: LabelKind, badge: str, **of: str) -> Opener:
    return _at(Place.LABELS, badge, write_aim(Wanted(kind, **of)))  # type: ignore[arg-type]


# --- what an administrator looks after


def bad_checks() -> list[Check]:
    """A station with a bad model and little room, and what is worth knowing."""
    folder = "C:/ProgramData/Toolroom Desktop"
    changed = {"path": f"{folder}/models/kit11.onnx", "manifest": f"{folder}/models/kit11.json"}
    hashes = {"found": "7" * 64, "expected": "e" * 64}
    return [
        Check("folder", Grade.GOOD, "cli.doctor.folder", {"path": folder}),
        Check("settings", Grade.GOOD, "cli.doctor.settings", {"path": f"{folder}/settings.toml"}),
        Check("backup", Grade.NOTE, "cli.doctor.backup_none"),
        Check("secrets", Grade.NOTE, "cli.doctor.secrets_file"),
        failed("model", BadModel("model.sha256_differs", **changed, **hashes)),
        Check("camera", Grade.NOTE, "cli.doctor.camera_other", {"source": "usb:0", "found": "—"}),
        Check("disk", Grade.BAD, "cli.doctor.disk_low", {"free_mib": 412, "least_mib": 1024}),
    ]


def _health(showing: Showing) -> None:
    sign_in(showing.window, showing.bench.app, "DEMO-ADMIN")
    showing.window.show_health()
    quiet(showing.window.work)
    assert isinstance(showing.window.current, HealthScreen)


def _setup(pages: int) -> Opener:
    """The set-up of a running station, so many pages on."""

    def open_(showing: Showing) -> None:
        sign_in(showing.window, showing.bench.app, "DEMO-ADMIN")
        showing.window.show_setup()
        quiet(showing.window.work)
        screen = showing.window.setup_screen
        assert screen is not None
        for _ in range(pages):
            before = screen.presenter.place
            presenter = screen.presenter
            presenter.skip() if presenter.step.can_skip else presenter.go_on()
            quiet(showing.window.work)
            assert screen.presenter.place > before

    return open_


def _sync_problem(showing: Showing) -> None:
    sign_in(showing.window, showing.bench.app, "DEMO-ADMIN")
    now = showing.clock.now()
    error = {"problem": "centre.wrong_password", "details": {"server": "centre.example:5432"}}
    state = SyncState(pending_operations=12, pending_files=31, failing_since=now, attention=True, **error)  # type: ignore[arg-type]
    showing.window.sync_watch._take(state)
    showing.window.go(Place.SYNC)
    quiet(showing.window.work)


SCREENS: dict[str, Opener] = {
    "sign-in, badge": _sign_in_badge,
    "sign-in, unknown badge": _sign_in_unknown,
    "sign-in, PIN": _sign_in_pin,
    "home": _home_of("DEMO-TECH"),
    "home of quality": _home_of("DEMO-QA"),
    "home of the storekeeper": _home_of("DEMO-STORE"),
    "home of the shift lead": _home_of("DEMO-LEAD"),
    "home of the administrator": _home_of("DEMO-ADMIN"),
    "home with a fault": _notice,
    "kits to check out": _kits(OperationType.CHECKOUT),
    "kits to check in": _kits(OperationType.CHECKIN),
    "kits to take over": _kits(OperationType.HANDOVER),
    "no such kit": _no_such_kit,
    "inspection": _inspection,
    "inspection, look-alikes from far": _from_far,
    "inspection, another size": _another_size,
    "result": _result,
    "result, look-alikes": _look_alikes,
    "result, complete": _complete,
    "a kit that stays": _stays,
    "details": _details,
    "more about a tool": _remark,
    "issue nevertheless": _witness,
    "saved": _saved(0),
    "saved, kit stays": _saved(4),
    "blocked": _blocked,
    "overruling": _overruling,
    "which one": _which,
    "history": _history,
    "history, filter": _history_filter,
    "history, table": _history_table,
    "history, saved": _history_saved,
    "history, detail": _history_detail,
    "correction": _correct,
    "desk, overdue": _desk_of(Tile.OVERDUE),
    "desk, out": _desk_of(Tile.OUT),
    "desk, calibrations": _desk_of(Tile.CALIBRATIONS),
    "figures": _figures(Measure.FIRST_PASS),
    "figures, missing": _figures(Measure.MISSING),
    "figures, by kit": _figures(Measure.COUNTS, Grouping.KIT),
    "reports": _at(Place.REPORTS, "DEMO-LEAD"),
    "report of a shift": _report(ReportName.SHIFT),
    "report, who had what": _report(ReportName.WHO_HAD_WHAT),
    "shift": _at(Place.SHIFT, "DEMO-STORE"),
    "shift, ticking": _shift_ticking,
    "shift, signing": _shift_signing,
    "cases": _at(Place.CASES, "DEMO-LEAD"),
    "a case": _case_of("DEMO-TECH"),
    "a case for quality": _case_of("DEMO-QA"),
    "a search": _case_step,
    "an outcome": _case_outcome,
    "reporting a case": _case_report,
    "all tools": _at(Place.TOOLS, "DEMO-LEAD"),
    "tools": _at(Place.TOOLS, "DEMO-LEAD", "K-015"),
    "a tool": _tool,
    "a tool's data": _tool_doing(Doing.FORM),
    "a tool's state": _tool_doing(Doing.STATE),
    "a swap": _tool_doing(Doing.PLACE),
    "taking out": _tool_doing(Doing.OUT),
    "a tool's photo": _tool_doing(Doing.PHOTO),
    "people": _people,
    "a person": _person,
    "somebody new": _new_person,
    "a PIN for somebody": _pin_for_somebody,
    "the own PIN": _own_pin,
    "labels of kits": _labels(LabelKind.KITS, "DEMO-STORE"),
    "labels of tools": _labels(LabelKind.TOOLS, "DEMO-STORE", kit="K-014"),
    "labels of badges": _labels(LabelKind.BADGES, "DEMO-ADMIN"),
    "models": _at(Place.MODELS, "DEMO-ADMIN"),
    "enrolling": _at(Place.ENROL, "DEMO-ADMIN"),
    "centre": _at(Place.SYNC, "DEMO-ADMIN"),
    "health": _health,
    "set-up, language": _setup(0),
    "set-up, second page": _setup(1),
    "set-up, third page": _setup(2),
    "set-up, camera": _setup(3),
    "home offline": _offline,
    "centre, problem": _sync_problem,
}


@contextmanager
def opened(
    bench: Bench,
    clock: HandClock,
    size: tuple[int, int],
    *,
    language: Language = "ru",
    palette: str = "light",
    metrics: Metrics | None = None,
) -> Iterator[Showing]:
    """The main window of a station that somebody cares for, in that size; closed in order at the end.

    `metrics` are those of the screen where none are named.
    """
    settings = Settings.model_validate({"station": {"language": language, "theme": palette}})
    translations = Translations()
    workbench = Workbench(bench.folder, checks=bad_checks())
    workbench.camera.put(table_picture(bench))
    theme = prepare(settings)
    application = QApplication.instance()
    if metrics is not None and isinstance(application, QApplication):
        theme = Theme(theme.palette, metrics)
        application.setStyleSheet(theme.style_sheet())
    window = MainWindow(
        bench.app, settings, bench.settings_path, theme=theme, translations=translations, care=workbench.care()
    )
    window.resize(*size)
    window.show_sign_in()
    window.show()
    try:
        yield Showing(window, bench, clock)
    finally:
        window.stop()
        window.close()
        window.deleteLater()
        translations.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
