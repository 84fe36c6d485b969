"""A scan of any label at any screen: it opens what it names, or says what it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench, record
from tests.ui.steps import scan, sign_in
from toolroom_desktop.domain.marks import Named, write_mark
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.toolkit import Kit
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.case_opening import MissingReport
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.history_search import Search
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.tools.doing import Doing
from toolroom_desktop.ui.shell import Place


def said(qtbot: QtBot, window: MainWindow, *parts: str) -> None:
    """Wait until the window says a sentence with these parts."""
    qtbot.waitUntil(lambda: all(part in window.notice.sentence for part in parts) and bool(window.notice.sentence))


# --- at home


@pytest.mark.parametrize("code", ["KIT-RRJ32S-015", "K-015", "TR:K:K-015", "tr:k:kit-rrj32s-015"])
def test_at_home_a_kit_goes_out_by_its_label_in_either_form(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, code: str
) -> None:
    window = open_window()
    sign_in(window, bench.app)
    scan(window, code)
    qtbot.waitUntil(lambda: window.plan is not None)
    assert window.plan is not None
    assert (window.plan.type, window.plan.kit.number) == (OperationType.CHECKOUT, "K-015")


def test_at_home_a_kit_that_is_out_comes_back(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    record(bench.app, OperationType.CHECKOUT)
    window = open_window()
    sign_in(window, bench.app)
    scan(window, "TR:K:K-014")
    qtbot.waitUntil(lambda: window.plan is not None)
    assert window.plan is not None
    assert window.plan.type is OperationType.CHECKIN


def test_whoever_keeps_the_register_gets_to_a_tool_and_to_a_kit(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-STORE")
    scan(window, "014-05")
    qtbot.waitUntil(lambda: window.current is window.tools_screen)
    presenter = window.tools_screen.presenter
    qtbot.waitUntil(lambda: presenter.doing is Doing.TOOL and presenter.tool is not None)
    assert presenter.tool is not None
    assert presenter.tool.marking == "014-05"
    sign_in(window, bench.app, "DEMO-ADMIN")
    scan(window, "KIT-RRJ32S-015")
    qtbot.waitUntil(lambda: window.current is window.tools_screen and presenter.shown is not None)
    assert presenter.shown is not None
    assert presenter.shown.kit is not None
    assert presenter.shown.kit.kit.number == "K-015"


def test_a_technician_is_told_where_a_tool_belongs(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app)
    scan(window, "TR:T:014-05")
    said(qtbot, window, "Tool 014-05", "belongs to kit K-014", "serviceable")
    assert window.current is window.home_screen
    scan(window, "no-such-thing")
    said(qtbot, window, "no-such-thing is no kit, tool, badge")


def test_another_badge_is_that_of_the_next_person_and_ones_own_leaves_everything_as_it_is(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    sign_in(window, bench.app)
    scan(window, "DEMO-TECH")
    said(qtbot, window, "DEMO-TECH")
    assert window.current is window.home_screen
    scan(window, "DEMO-STORE")
    qtbot.waitUntil(lambda: window.current is window.sign_in_screen)
    qtbot.waitUntil(lambda: window.sign_in_screen.presenter.person is not None)
    assert window.sign_in_screen.presenter.person is not None
    assert window.sign_in_screen.presenter.person.badge == "DEMO-STORE"
    assert window.shell.session.person is None


def test_an_administrator_is_shown_whose_badge_it_is(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-ADMIN")
    scan(window, write_mark(Named.BADGE, "DEMO-QA"))
    qtbot.waitUntil(lambda: window.current is window.people_screen)
    qtbot.waitUntil(lambda: window.people_screen.chosen is not None)
    assert window.people_screen.chosen is not None
    assert window.people_screen.chosen.badge == "DEMO-QA"


def test_the_number_of_a_case_the_id_of_an_operation_and_of_a_report_lead_there(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    operation = record(bench.app, OperationType.CHECKOUT)
    told = MissingReport(kit="K-015", tool_class="brace", unit=1, text="not in its place")
    case = bench.app.cases.open_by_hand(badge="DEMO-LEAD", report=told)
    report = bench.app.case_reports.report(
        badge="DEMO-QA", number=case.number, language="en", say=lambda code, **_details: code
    )
    window = open_window()
    sign_in(window, bench.app, "DEMO-LEAD")
    scan(window, case.number)
    qtbot.waitUntil(lambda: window.current is window.cases_screen)
    window.show_home()
    scan(window, str(operation.operation_id))
    qtbot.waitUntil(lambda: window.current is window.history_screen)
    window.show_home()
    scan(window, write_mark(Named.REPORT, str(report.report_id)))
    said(qtbot, window, f"Report on {case.number}", report.data_sha256)


# --- one name, several things


def test_a_name_of_several_things_is_asked_about(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    bench.app.catalogue.take_in([], [Kit("1000", REFERENCE_TOOLKIT.name)], actor_badge=None)
    tool = bench.app.tools.add(Tool("brace", marking="1000"), actor_badge=None)
    window = open_window()
    sign_in(window, bench.app, "DEMO-STORE")
    scan(window, "1000")
    qtbot.waitUntil(lambda: window.current is window.which_screen)
    screen = window.which_screen
    assert [made.accessibleName().split(".")[0] for made in screen.buttons] == ["Kit 1000", "Tool 1000"]
    QTest.mouseClick(screen.buttons[1], Qt.MouseButton.LeftButton)
    presenter = window.tools_screen.presenter
    qtbot.waitUntil(lambda: window.current is window.tools_screen and presenter.tool is not None)
    assert presenter.tool is not None
    assert presenter.tool.tool_id == tool.tool_id


def test_a_label_with_its_prefix_asks_nothing(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    bench.app.catalogue.take_in([], [Kit("1000", REFERENCE_TOOLKIT.name)], actor_badge=None)
    bench.app.tools.add(Tool("brace", marking="1000"), actor_badge=None)
    window = open_window()
    sign_in(window, bench.app, "DEMO-STORE")
    window.go(Place.TOOLS)
    presenter = window.tools_screen.presenter
    scan(window, "TR:T:1000")
    qtbot.waitUntil(lambda: presenter.doing is Doing.TOOL and presenter.tool is not None)
    assert presenter.tool is not None
    assert presenter.tool.marking == "1000"


# --- at other screens


def test_at_sign_in_a_badge_is_taken_in_either_form_and_a_kit_is_told_to_wait(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    for code in ("KIT-RRJ32S-014", "TR:K:K-014"):
        scan(window, code)
        said(qtbot, window, "Kit K-014", "Sign in with your badge first")
    scan(window, "TR:B:DEMO-TECH")
    qtbot.waitUntil(lambda: window.sign_in_screen.presenter.person is not None)
    assert window.notice.sentence == "", "what the scan before led to is taken back"


def test_at_the_list_of_kits_a_kit_goes_on_and_a_tool_leads_to_its_page(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-STORE")
    window.show_kits(OperationType.CHECKOUT)
    scan(window, "014-05")
    qtbot.waitUntil(lambda: window.current is window.tools_screen)
    window.show_kits(OperationType.CHECKOUT)
    scan(window, "nothing-at-all")
    qtbot.waitUntil(lambda: "nothing-at-all" in window.kits_screen.notice.sentence)
    scan(window, "TR:K:K-014")
    qtbot.waitUntil(lambda: window.plan is not None)


def test_at_the_history_a_label_finds_operations_and_another_one_leads_on(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    told = MissingReport(kit="K-015", tool_class="brace", unit=1, text="not in its place")
    case = bench.app.cases.open_by_hand(badge="DEMO-LEAD", report=told)
    window = open_window()
    sign_in(window, bench.app, "DEMO-LEAD")
    window.go(Place.HISTORY)
    scan(window, "TR:K:K-014")
    screen = window.history_screen
    qtbot.waitUntil(lambda: screen.presenter.search == Search().having("kit", "K-014"))
    assert window.current is screen
    scan(window, case.number)
    qtbot.waitUntil(lambda: window.current is window.cases_screen)


def test_at_a_page_about_something_else_labels_lead_where_they_lead_from_home(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-QA")
    window.go(Place.SYNC)
    scan(window, "KIT-RRJ32S-014")
    said(qtbot, window, "Kit K-014", "in the toolroom")


def test_while_tools_are_looked_at_a_scan_changes_nothing_and_says_why(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    sign_in(window, bench.app)
    plan = bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014")
    window.show_inspection(plan)
    for code, name in (("K-015", "Kit K-015"), ("DEMO-STORE", "Badge DEMO-STORE")):
        scan(window, code)
        said(qtbot, window, name, "Finish or leave this page first")
        assert window.current is window.inspection_screen
        assert window.shell.session.person is not None


def test_after_saving_the_next_person_scans_a_badge_or_the_same_one_another_kit(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    operation = record(bench.app, OperationType.CHECKOUT)
    window = open_window()
    sign_in(window, bench.app)
    window.show_saved(operation)
    scan(window, "KIT-RRJ32S-015")
    qtbot.waitUntil(lambda: window.plan is not None)
    window.show_saved(operation)
    scan(window, "DEMO-TECH")
    qtbot.waitUntil(lambda: window.current is window.sign_in_screen)
    assert window.shell.session.person is None
    qtbot.waitUntil(lambda: window.sign_in_screen.presenter.person is not None)


def test_in_a_count_the_label_of_a_kit_is_no_tool(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app)
    plan = bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014")
    window.show_result(plan, bench.app.inspecting.unseen(plan.toolkit, expected=plan.expected))
    scan(window, "KIT-RRJ32S-014")
    qtbot.waitUntil(lambda: "Kit K-014 is no tool" in window.result_screen.notice.sentence)
    assert window.result_screen.presenter.remarks == {}, "nothing is noted as a tool's marking"
