"""How sync stands, in the top bar for everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.fitting import lies_whole, outside
from tests.ui.station import Bench
from tests.ui.steps import press, sign_in
from tests.ui.sync.centre import on_screen, synced, told
from toolroom_desktop.config.messages import LANGUAGES
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.sync.state import PASSING, Standing, SyncState, standing_of


def test_a_station_without_a_centre_shows_no_indicator(open_window: OpenWindow, bench: Bench) -> None:
    window = open_window()
    sign_in(window, bench.app)
    assert not window.sync_indicator.isVisible()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Synced\n10:57", "1516 pending\nsince 10:57", "Offline\nsince 10:57", "Centre: needs\nattention"]),
        ("ru", ["Передано\n10:57", "Ждёт: 1516\nс 10:57", "Нет связи\nс 10:57", "Центр: нужен\nчеловек"]),
    ],
)
def test_the_indicator_says_how_sync_stands_in_words_and_an_icon(
    open_window: OpenWindow, bench: Bench, clock: HandClock, language: str, words: list[str]
) -> None:
    window = open_window(language)
    states = [
        synced(clock),
        synced(clock, pending_operations=1204, pending_files=312),
        synced(clock, problem="centre.nobody_listens", details={"server": "c:5432"}, pending_operations=1),
        synced(clock, problem="centre.wrong_password", details={"server": "c:5432"}, attention=True),
    ]
    assert [told(window, state) for state in states] == words
    icons = set()
    for state in states:
        told(window, state)
        icons.add(window.sync_indicator.icon().pixmap(28, 28).cacheKey())
        assert window.sync_indicator.isVisible()
        assert window.sync_indicator.accessibleName() == window.sync_indicator.text().replace("\n", " ")
    assert len(icons) == 4


def test_offline_since_another_day_says_the_date(open_window: OpenWindow, bench: Bench, clock: HandClock) -> None:
    window = open_window("ru")
    state = SyncState(last_success=clock.now() - timedelta(days=2), problem="centre.silent", details={"server": "c"})
    assert told(window, state) == "Нет связи\nс 02.05.2026"
    window.use_language("en")
    assert window.sync_indicator.text() == "Offline\nsince 2026-05-02"


def test_a_station_that_never_synced_says_since_when_it_tries(
    open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    window = open_window()
    assert told(window, SyncState()) == "Not synced yet"
    state = SyncState(problem="centre.unknown_host", details={"host": "c"}, failing_since=clock.now())
    assert told(window, state) == "Offline\nsince 11:00"


def test_what_is_said_of_a_time_changes_with_the_day_and_no_new_state(
    open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    window = open_window()
    assert told(window, synced(clock)) == "Synced\n10:57"
    clock.advance(24 * 60 * 60)
    window.sync_watch._timer.timeout.emit()
    assert window.sync_indicator.text() == "Synced\n2026-05-04"


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing.SYNCED),
        ({"pending_operations": 1}, Standing.PENDING),
        ({"pending_files": 1}, Standing.PENDING),
        ({"problem": "centre.too_much_today"}, Standing.PENDING),
        ({"evidence_problem": "centre.silent", "pending_files": 2}, Standing.PENDING),
        ({"evidence_problem": "centre.evidence_refused"}, Standing.ATTENTION),
        ({"evidence_problem": "evidence.gone"}, Standing.ATTENTION),
        ({"quarantined": 1, "problem": "centre.silent"}, Standing.ATTENTION),
        ({"photos_lost": 1}, Standing.ATTENTION),
        ({"aside": 1, "problem": "centre.silent"}, Standing.ATTENTION),
        ({"attention": True, "problem": "centre.fault"}, Standing.ATTENTION),
    ],
)
def test_the_worst_of_what_is_known_is_shown(changes: dict[str, object], standing: Standing) -> None:
    assert standing_of(synced(HandClock(), **changes)) is standing


@pytest.mark.parametrize("code", sorted(PASSING - {"centre.too_much_today"}))
def test_what_heals_by_itself_is_offline_and_calls_nobody(code: str) -> None:
    assert standing_of(synced(HandClock(), problem=code)) is Standing.OFFLINE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("standing", ["offline", "attention", "pending"])
def test_it_fits_beside_an_operation_with_long_names(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock, language: str, standing: str
) -> None:
    long = Toolkit("Набор для замены колёс и тормозов основных стоек шасси Boeing 737 NG", REFERENCE_TOOLKIT.positions)
    bench.app.catalogue.take_in([long], [Kit("К-ОЧЕНЬ-ДЛИННЫЙ-014", long.name)], actor_badge=None)
    window = open_window(language)
    sign_in(window, bench.app)
    state = {
        "offline": synced(clock, last_success=clock.now() - timedelta(days=9), problem="centre.silent"),
        "attention": synced(clock, attention=True, problem="centre.fault"),
        "pending": synced(clock, pending_operations=123_456),
    }[standing]
    told(window, state)
    window.show_inspection(
        bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="К-ОЧЕНЬ-ДЛИННЫЙ-014")
    )
    qtbot.waitUntil(lambda: not window.work.busy)
    lies_whole(qtbot, window.top_bar)
    assert outside(window) == []
    assert window.width() == 1280


def test_it_leads_to_the_page_from_home_only_and_whoever_works_here(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    window = open_window()
    told(window, synced(clock))
    QTest.mouseClick(window.sync_indicator, Qt.MouseButton.LeftButton)
    assert on_screen(window) == "SignInScreen", "nobody works here"
    sign_in(window, bench.app, "DEMO-TECH")
    plan = bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014")
    window.show_inspection(plan)
    QTest.mouseClick(window.sync_indicator, Qt.MouseButton.LeftButton)
    assert on_screen(window) == "InspectionScreen", "an operation goes on"
    assert window.sync_indicator.focusPolicy() is Qt.FocusPolicy.NoFocus
    window.show_home()
    QTest.mouseClick(window.sync_indicator, Qt.MouseButton.LeftButton)
    assert on_screen(window) == "SyncScreen"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert on_screen(window) == "HomeScreen"


def test_a_network_that_goes_never_opens_a_window_nor_leaves_an_operation(
    open_window: OpenWindow, bench: Bench, clock: HandClock
) -> None:
    window = open_window()
    sign_in(window, bench.app)
    window.show_inspection(bench.app.operations.plan(badge="DEMO-TECH", type_=OperationType.CHECKOUT, kit="K-014"))
    told(window, synced(clock, problem="centre.wrong_password", attention=True, details={"server": "c"}))
    assert window.current is window.inspection_screen
    assert window.findChildren(QDialog) == []
    assert window.notice.sentence == ""
