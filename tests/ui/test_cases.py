"""Lost-tool cases at the windows: from the first search to the release, in the name of whoever is signed in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock, plain_picture
from tests.ui.conftest import OpenWindow
from tests.ui.fitting import lies_whole, touchable
from tests.ui.station import Bench, record, seen, table_picture
from tests.ui.steps import press, scan, sign_in
from toolroom_desktop.domain.cases import CaseKind, CaseState, Outcome
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.services.case_opening import MissingReport
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.cases.presenter import Doing, Filter, Page
from toolroom_desktop.ui.shell import Place

SAFE = "Бокорезы найдены под панелью, борт осмотрен."


@pytest.fixture
def number(bench: Bench) -> str:
    """A case that a return opened."""
    picture = table_picture(bench)
    size = (picture.width, picture.height)
    record(bench.app, OperationType.CHECKOUT, picture=picture, frame=seen(REFERENCE_TOOLKIT, size=size))
    back = record(
        bench.app,
        OperationType.CHECKIN,
        picture=picture,
        frame=seen(REFERENCE_TOOLKIT, missing=("side_cutters",), size=size),
        counts={"side_cutters": Count.MISSING},
        note="не вернулись с участка 4",
    )
    return back.cases[0]


def go(qtbot: QtBot, window: MainWindow, bench: Bench, badge: str = "DEMO-TECH", number: str = "") -> None:
    sign_in(window, bench.app, badge)
    qtbot.waitUntil(lambda: not window.work.busy)
    window.go(Place.CASES, number)
    settle(qtbot, window)


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.work.busy)


def next_of(window: MainWindow) -> Doing | None:
    return window.cases_screen.presenter.main


def page_of(window: MainWindow) -> Page:
    return window.cases_screen.presenter.page


def said(window: MainWindow) -> str:
    """Every text that can be seen on the page."""
    return "\n".join(text.text() for text in window.cases_screen.findChildren(QLabel) if text.isVisible())


def do(qtbot: QtBot, window: MainWindow, *, place: str = "", text: str = "", outcome: Outcome | None = None) -> None:
    """Press the main action, enter that, and press it again."""
    screen = window.cases_screen
    if page_of(window) is Page.CASE:
        screen.bar.main.click()
    page = screen.step_page
    if outcome is not None:
        (page.found_button if outcome is Outcome.FOUND else page.lost_button).click()
    page.place_field.setText(place)
    page.text_field.setPlainText(text)
    assert screen.bar.main.isEnabled()
    screen.bar.main.click()
    settle(qtbot, window)


# --- the list


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_empty_list_says_what_to_do(qtbot: QtBot, open_window: OpenWindow, bench: Bench, language: str) -> None:
    window = open_window(language)
    go(qtbot, window, bench)
    assert window.cases_screen.list_page.nothing_text.isVisible()
    assert window.cases_screen.bar.main.isEnabled()
    assert window.cases_screen.list_page.rows == []


def test_open_cases_are_listed_overdue_ones_first_and_released_ones_on_demand(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock, number: str
) -> None:
    cases = bench.app.cases
    other = cases.open_by_hand(badge="DEMO-TECH", report=MissingReport(kit="K-015", text="нет на полке"))
    cases.search(badge="DEMO-TECH", number=number, place="кабина")
    done = cases.open_by_hand(
        badge="DEMO-TECH", report=MissingReport(kit="K-015", tool_class="brace", text="нет на месте")
    )
    cases.conclude(badge="DEMO-TECH", number=done.number, outcome=Outcome.FOUND, place="полка")
    cases.release(badge="DEMO-QA", number=done.number, statement=SAFE)
    clock.advance(3601)
    window = open_window()
    go(qtbot, window, bench)
    page = window.cases_screen.list_page
    assert [row.property("number") for row in page.rows] == [other.number, number]
    assert "OVERDUE" in page.rows[0].accessibleName()
    assert "OVERDUE" not in page.rows[1].accessibleName()
    assert "searched by" in page.rows[1].accessibleName()
    page.filter_buttons[Filter.ALL].click()
    assert [row.property("number") for row in page.rows] == [other.number, number, done.number]
    page.search_field.setText("014 side")
    assert [row.property("number") for row in page.rows] == [number]
    page.search_field.setText("нет такого")
    assert page.rows == []
    assert page.nothing_text.isVisible()


def test_a_press_opens_the_case_and_escape_leads_back_to_the_list_and_home(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, number: str
) -> None:
    window = open_window()
    go(qtbot, window, bench)
    window.cases_screen.list_page.rows[0].click()
    settle(qtbot, window)
    assert page_of(window) is Page.CASE
    press(qtbot, window, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert page_of(window) is Page.LIST
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.current is window.home_screen


# --- one case


def test_one_case_shows_what_when_who_and_the_kit_as_it_went_out(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, number: str
) -> None:
    window = open_window()
    go(qtbot, window, bench, number=number)
    text = said(window)
    for word in (number, "Side cutters", "K-014", "не вернулись с участка 4", "Соколов Алексей Дмитриевич"):
        assert word in text
    page = window.cases_screen.case_page
    assert page.picture.image is not None
    assert [mark.text for mark in page.picture.marks] == ["Side cutters"], "the box of the tool that is missing"


def test_a_case_that_nobody_knows_leads_to_the_list_and_a_sentence(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, number: str
) -> None:
    window = open_window()
    go(qtbot, window, bench, number="C1999-0001")
    settle(qtbot, window)
    assert page_of(window) is Page.LIST
    assert "C1999-0001" in window.cases_screen.notice.sentence
    assert len(window.cases_screen.list_page.rows) == 1


def test_a_photo_of_the_kit_that_is_gone_says_so(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, number: str
) -> None:
    review = bench.app.review
    assert review is not None
    # What a person counted otherwise is copied in a thread of its own, which would miss it too.
    qtbot.waitUntil(lambda: not review.photos_waiting())
    for path in bench.folder.rglob("*.jpg"):
        path.unlink()
    window = open_window()
    go(qtbot, window, bench, number=number)
    assert window.cases_screen.case_page.picture.image is None
    assert window.cases_screen.case_page.picture.sentence


# --- the whole way, each in their own name


def test_from_the_first_search_to_the_release(qtbot: QtBot, open_window: OpenWindow, bench: Bench, number: str) -> None:
    window = open_window()
    screen = window.cases_screen
    go(qtbot, window, bench, "DEMO-TECH", number)
    assert next_of(window) is Doing.SEARCH
    do(qtbot, window, place="ниша левой стойки", text="ничего нет")
    assert next_of(window) is Doing.OUTCOME, "who searched already does not search the second time"
    assert "somebody else" in said(window)
    screen.bar.main.click()
    assert not screen.step_page.lost_button.isEnabled(), "two people must search before it counts as lost"
    window.sign_out("asked")
    go(qtbot, window, bench, "DEMO-STORE", number)
    assert next_of(window) is Doing.SEARCH
    do(qtbot, window, place="стремянка")
    assert next_of(window) is Doing.OUTCOME
    do(qtbot, window, place="под панелью 141AR", outcome=Outcome.FOUND)
    assert next_of(window) is None, "a storekeeper releases nothing"
    assert not screen.bar.main.isVisible()
    assert "Quality must sign in" in said(window)
    window.sign_out("asked")
    go(qtbot, window, bench, "DEMO-QA", number)
    assert next_of(window) is Doing.RELEASE
    screen.bar.main.click()
    screen.step_page.text_field.setPlainText("коротко")
    assert not screen.bar.main.isEnabled()
    do(qtbot, window, text=SAFE)
    case = bench.app.cases.by_number(number)
    assert case.state is CaseState.RELEASED
    assert [event.badge for event in case.events[1:]] == ["DEMO-TECH", "DEMO-STORE", "DEMO-STORE", "DEMO-QA"]
    assert SAFE in said(window)
    assert screen.presenter.others == (Doing.REOPEN,)


def test_a_photo_is_taken_and_kept_with_the_step(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, number: str
) -> None:
    window = open_window()
    go(qtbot, window, bench, "DEMO-TECH", number)
    screen = window.cases_screen
    screen.bar.main.click()
    snapshot = screen.step_page.snapshot
    settle(qtbot, window)
    assert not snapshot.take_button.isEnabled()
    bench.camera.put(plain_picture(77))
    qtbot.waitUntil(snapshot.take_button.isEnabled)
    snapshot.take_button.click()
    do(qtbot, window, place="кабина")
    (event,) = bench.app.cases.by_number(number).events[1:]
    assert bench.app.cases.photo(event.photo).startswith(b"\xff\xd8")


def test_what_was_entered_is_gone_with_the_next_step(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, number: str
) -> None:
    window = open_window()
    go(qtbot, window, bench, "DEMO-TECH", number)
    screen = window.cases_screen
    screen.other_buttons[Doing.NOTE].click()
    screen.step_page.text_field.setPlainText("заметка")
    press(qtbot, window, Qt.Key.Key_Escape)
    screen.other_buttons[Doing.NOTE].click()
    assert screen.step_page.text_field.toPlainText() == ""
    assert not screen.bar.main.isEnabled()


def test_a_refusal_is_said_where_it_happened(qtbot: QtBot, open_window: OpenWindow, bench: Bench, number: str) -> None:
    window = open_window()
    go(qtbot, window, bench, "DEMO-TECH", number)
    screen = window.cases_screen
    screen.bar.main.click()
    screen.step_page.place_field.setText("кабина")
    bench.app.accounts.set_active(badge="DEMO-TECH", active=False, actor_badge=None)
    screen.bar.main.click()
    settle(qtbot, window)
    assert screen.notice.sentence
    assert screen.step_page.place_field.text() == "кабина", "nothing entered is lost"
    assert len(bench.app.cases.by_number(number).events) == 1


# --- reporting by hand


def test_a_technician_reports_a_tool_of_a_kit(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    go(qtbot, window, bench)
    screen = window.cases_screen
    screen.bar.main.click()
    scan(window, "KIT-RRJ32S-015")
    settle(qtbot, window)
    page = screen.report_page
    assert [made.text() for made in page.tool_buttons][:2] == ["The whole kit", "Slotted screwdriver"]
    assert not screen.bar.main.isEnabled()
    page.tool_buttons[1].click()
    page.text_field.setPlainText("упала в нишу")
    assert page.piece_button.isVisible()
    screen.bar.main.click()
    settle(qtbot, window)
    (row,) = bench.app.cases.open()
    assert (row.case.kind, row.case.kit, row.case.tool_class) == (CaseKind.MISSING, "K-015", "screwdriver_minus")
    assert page_of(window) is Page.CASE
    assert row.case.number in said(window)


def test_an_unknown_kit_is_said_and_nothing_can_be_opened(qtbot: QtBot, open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    go(qtbot, window, bench)
    screen = window.cases_screen
    screen.bar.main.click()
    screen.report_page.kit_field.setText("K-999")
    screen.report_page.find_button.click()
    settle(qtbot, window)
    assert "K-999" in screen.notice.sentence
    assert not screen.bar.main.isEnabled()


def test_who_takes_no_part_in_cases_only_looks(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, number: str
) -> None:
    window = open_window()
    go(qtbot, window, bench, "DEMO-ADMIN")
    screen = window.cases_screen
    assert not screen.bar.main.isVisible()
    screen.list_page.rows[0].click()
    settle(qtbot, window)
    assert not screen.bar.main.isVisible()
    assert not any(made.isVisible() for made in screen.other_buttons.values())


# --- paper


def test_quality_saves_the_report_as_pdf(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, number: str, tmp_path: Path
) -> None:
    window = open_window("ru")
    go(qtbot, window, bench, "DEMO-QA", number)
    screen = window.cases_screen
    assert screen.print_button.isVisible()
    target = tmp_path / "отчёт.pdf"
    screen.presenter.print_to(target)
    settle(qtbot, window)
    assert target.read_bytes().startswith(b"%PDF")
    assert str(target) in screen.notice.sentence
    window.sign_out("asked")
    go(qtbot, window, bench, "DEMO-TECH", number)
    assert not screen.print_button.isVisible()


def test_a_report_that_cannot_be_written_says_so(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, number: str, tmp_path: Path
) -> None:
    window = open_window()
    go(qtbot, window, bench, "DEMO-QA", number)
    window.cases_screen.presenter.print_to(tmp_path / "nowhere" / "report.pdf")
    settle(qtbot, window)
    assert "nowhere" in window.cases_screen.notice.sentence


# --- shape


PAGES = ("list", "case", "case of quality", "outcome", "release", "report")


@pytest.mark.parametrize(("language", "theme"), [("ru", "light"), ("en", "dark")])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_fits(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, number: str, page: str, language: str, theme: str
) -> None:
    window = open_window(language, theme)
    screen = window.cases_screen
    cases = bench.app.cases
    cases.search(badge="DEMO-TECH", number=number, place="ниша левой основной стойки", photo=plain_picture(5))
    if page in ("case of quality", "release"):
        cases.search(badge="DEMO-STORE", number=number, place="кабина")
        cases.conclude(badge="DEMO-TECH", number=number, outcome=Outcome.FOUND, place="под панелью 141AR")
    badge = "DEMO-QA" if page in ("case of quality", "release") else "DEMO-TECH"
    go(qtbot, window, bench, badge, "" if page in ("list", "report") else number)
    if page in ("outcome", "release", "report"):
        screen.bar.main.click()
    if page == "report":
        screen.report_page.scanned("K-015")
        settle(qtbot, window)
        screen.report_page.tool_buttons[1].click()
    settle(qtbot, window)
    lies_whole(qtbot, window)
    assert (window.width(), window.height()) == (1280, 800)
    least = window.shell.theme.metrics.touch
    met = list(touchable(window))
    assert [w.accessibleName() or w.property("text") for w in met if w.width() < least or w.height() < least] == []
    assert all(w.accessibleName() or w.property("text") for w in met)
