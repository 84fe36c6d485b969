"""How sync stands: in the top bar for everybody, on a page with what is wrong, and how a station gets a centre."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.fitting import lies_whole, outside
from tests.ui.station import Bench, record, seen
from tests.ui.steps import press, sign_in
from tests.unit.services.test_sync_round import MemoryCentre
from tests.unit.services.test_sync_runner import HandLines
from toolroom_desktop.config.messages import LANGUAGES, sentences
from toolroom_desktop.domain.errors import BadInput, CentreProblem
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT
from toolroom_desktop.services.sync.link import Joined, Kept
from toolroom_desktop.services.sync.pace import Rhythm
from toolroom_desktop.services.sync.ports import Change, Known
from toolroom_desktop.services.sync.runner import SyncRunner
from toolroom_desktop.services.sync.state import PASSING, Standing, SyncState, standing_of
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.home.ways import Way
from toolroom_desktop.ui.screens.sync.words import sentences_of
from toolroom_desktop.ui.shell import Place

KEPT = Kept("Ангар 1", "centre.example:5432/toolroom", "keyring")


class HandEnrolments:
    """`Enrolments` that the test speaks for."""

    def __init__(self) -> None:
        self.kept: Kept | None = None
        self.damaged = False
        self.refusal: BadInput | CentreProblem | None = None
        self.away: CentreProblem | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.taken: list[Path] = []

    def exists(self) -> bool:
        return self.kept is not None or self.damaged

    def look(self) -> Kept:
        if self.kept is None:
            raise CentreProblem("enrolment.kept_damaged", path="C:/Toolroom/centre.json")
        return self.kept

    def join(self, path: Path, *, pending: int) -> Joined:
        self.gate.wait(30)
        if self.refusal is not None:
            raise self.refusal
        self.taken.append(path)
        self.kept = KEPT
        return Joined(KEPT, self.away)


@pytest.fixture
def enrolments(bench: Bench) -> HandEnrolments:
    made = HandEnrolments()
    bench.app.centre._enrolments = made
    return made


@pytest.fixture
def lines(bench: Bench, clock: HandClock) -> HandLines:
    """The way to a centre in memory; sync with it works at every wake, and otherwise waits for a quarter of an hour."""
    lines = HandLines(MemoryCentre(clock.now()))

    def runner() -> SyncRunner:
        return SyncRunner(
            database=bench.app.database,
            store=bench.app.operations.evidence,
            clock=clock,
            operations=lines,
            evidence=lines,
            app_version="1.0",
            rhythm=Rhythm(idle=900, longest=900),
        )

    bench.app.centre._make_runner = runner
    return lines


@pytest.fixture
def enrolled(enrolments: HandEnrolments, lines: HandLines) -> Iterator[HandLines]:
    """The station belongs to a centre; its sync begins with `bench.app.centre.start`."""
    enrolments.kept = KEPT
    yield lines


def synced(clock: HandClock, **changes: object) -> SyncState:
    return replace(SyncState(last_success=clock.now() - timedelta(minutes=3), rounds=1), **changes)  # type: ignore[arg-type]


def told(window: MainWindow, state: SyncState) -> str:
    """The indicator after a thread of sync said that."""
    window.sync_watch._take(state)
    return window.sync_indicator.text()


def texts(window: MainWindow) -> list[str]:
    return [one.text() for one in window.sync_screen.findChildren(QLabel) if one.isVisible() and one.text()]


def on_screen(window: MainWindow) -> str:
    return type(window.current).__name__


# --- the indicator


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


# --- the page


def test_the_page_says_what_waits_where_and_since_when(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolled: HandLines, clock: HandClock
) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-LEAD")
    told(
        window,
        synced(
            clock,
            pending_operations=12,
            pending_files=3,
            pending_bytes=1_250_000,
            last_success=clock.now() - timedelta(hours=3),
            clock_offset=-42.4,
            problem="centre.nobody_listens",
            details={"server": "centre.example:5432"},
        ),
    )
    window.go(Place.SYNC)
    qtbot.waitUntil(lambda: "centre.example:5432/toolroom" in texts(window))
    said = texts(window)
    assert "The centre cannot be reached, since 08:00" in said
    assert any("Nobody answers at centre.example:5432" in text and "Go on working" in text for text in said)
    for name, value in (
        ("Entries that wait", "12"),
        ("Photos that wait", "3 (1.2 MB)"),
        ("Last success", "08:00 · 3 h ago"),
        ("Clock of this station", "42 s behind the centre's. Set it right."),
        ("This station there", "Ангар 1"),
        ("Password", "in this computer's key store"),
    ):
        assert said[said.index(name) + 1] == value, name
    assert not window.sync_screen.enrol_button.isVisible(), "only an administrator takes enrolments in"


def test_a_small_difference_of_the_clocks_is_not_said(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolled: HandLines, clock: HandClock
) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-LEAD")
    told(window, synced(clock, clock_offset=4.0))
    window.go(Place.SYNC)
    qtbot.waitUntil(lambda: "Address" in texts(window))
    assert "Clock of this station" not in texts(window)


def details_for(code: str) -> dict[str, object]:
    """Something for every place that the sentence has."""
    from toolroom_desktop.config.messages import placeholders

    return {name: f"<{name}>" for name in placeholders(sentences()[code]["en"])}


CODES = sorted(code for code in sentences() if code.startswith("centre.") and code.count(".") == 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_of_the_centre_is_said_as_the_command_line_says_it(language: str, clock: HandClock) -> None:
    assert len(CODES) > 60
    for code in CODES:
        state = synced(clock, problem=code, details=details_for(code))
        expected = sentences()[code][language].format(**details_for(code))
        assert expected in sentences_of(state, language)  # type: ignore[arg-type]


def test_what_is_wrong_with_entries_and_with_photos_is_said_each_once(clock: HandClock) -> None:
    lost = synced(
        clock,
        problem="centre.silent",
        details={"server": "c"},
        quarantined=2,
        aside=3,
        evidence_problem="centre.photos_lost",
        evidence_details={"count": 7},
        photos_lost=7,
    )
    said = sentences_of(lost, "en")
    assert len(said) == 4
    assert "set 2 entries of this station apart" in said[1]
    assert said[2] == sentences()["reference.aside"]["en"].format(count=3)
    assert "has lost 7 photos" in said[3]
    away = synced(clock, problem="centre.silent", details={"server": "c"}, evidence_problem="centre.silent")
    assert sum("was cut or says nothing" in one for one in sentences_of(away, "en")) == 1


def test_the_page_asks_for_a_person_in_amber_with_all_that_is_wrong(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolled: HandLines, clock: HandClock
) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-ADMIN")
    told(window, synced(clock, quarantined=2, problem="centre.quarantined", details={"count": 2}, attention=True))
    window.go(Place.SYNC)
    screen = window.sync_screen
    assert screen.panel.property("judgement") == "look"
    assert screen.standing.text() == "Somebody must look at this"
    assert "toolroom central quarantine" in screen.sentence.text()
    told(window, synced(clock))
    assert screen.panel.property("judgement") == ""
    assert screen.standing.text() == "Everything recorded here is at the centre"
    assert not screen.sentence.isVisible()


def test_the_page_names_what_cannot_be_taken_over_from_the_centre_with_its_reason(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolled: HandLines, clock: HandClock
) -> None:
    change = Change("kit", "rrj-1", 3, deleted=False, content={"number": "RRJ-1", "toolkit": "RRJ", "code": "QR-1"})
    aside = Known(change, applied=False, problem="kit.code_taken", details={"code": "QR-1", "kit": "OWN-7"})
    window = open_window()
    sign_in(window, bench.app, "DEMO-ADMIN")
    state = synced(clock, aside=1, problem="reference.aside", details={"count": 1}, attention=True, aside_told=(aside,))
    told(window, state)
    window.go(Place.SYNC)
    screen = window.sync_screen
    assert screen.standing.text() == "Somebody must look at this"
    assert "cannot be taken over at this station: 1" in screen.sentence.text()
    texts = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
    assert "Not taken over from the centre" in texts
    assert "RRJ-1" in texts
    assert any("OWN-7" in text for text in texts)
    told(window, synced(clock))
    assert "RRJ-1" not in [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]


def test_an_enrolment_that_cannot_be_read_is_said(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolments: HandEnrolments, clock: HandClock
) -> None:
    enrolments.damaged = True
    window = open_window()
    sign_in(window, bench.app, "DEMO-ADMIN")
    told(window, synced(clock, problem="enrolment.kept_damaged", details={"path": "C:/centre.json"}, attention=True))
    window.go(Place.SYNC)
    qtbot.waitUntil(lambda: any("C:/Toolroom/centre.json" in text for text in texts(window)))
    assert "C:/centre.json" in window.sync_screen.sentence.text()


@pytest.mark.parametrize(("language", "theme"), [("ru", "light"), ("en", "dark")])
@pytest.mark.parametrize("what", ["none", "none for a technician", "synced", "everything wrong", "syncing"])
def test_the_page_fits(
    qtbot: QtBot,
    open_window: OpenWindow,
    bench: Bench,
    enrolled: HandLines,
    clock: HandClock,
    language: str,
    theme: str,
    what: str,
) -> None:
    window = open_window(language, theme)
    sign_in(window, bench.app, "DEMO-TECH" if "technician" in what else "DEMO-ADMIN")
    if what == "synced":
        told(window, synced(clock))
    elif what == "everything wrong":
        wrong = synced(clock, problem="centre.station_behind", details={"centre": 812, "station": 400}, attention=True)
        told(
            window,
            replace(
                wrong,
                quarantined=3,
                aside=3,
                photos_lost=7,
                evidence_problem="evidence.damaged",
                evidence_details={"path": "C:/ProgramData/Toolroom Desktop/evidence/ab/" + "ab" * 32 + ".jpg"},
                clock_offset=3600.0,
            ),
        )
    window.go(Place.SYNC)
    qtbot.waitUntil(lambda: not window.work.busy)
    if what == "syncing":
        bench.app.centre.start()
        qtbot.waitUntil(lambda: window.sync_watch.state is not None and window.sync_watch.state.rounds > 0)
        enrolled.hanging = True
        window.sync_screen.bar.main.click()
        assert window.sync_screen.progress.isVisible()
    lies_whole(qtbot, window)
    assert (window.width(), window.height()) == (1280, 800)


# --- sync now


def test_sync_now_does_not_wait_and_says_when_it_is_done(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolled: HandLines
) -> None:
    enrolled.failure = CentreProblem("centre.nobody_listens", server="centre.example:5432")
    bench.app.centre.start()
    window = open_window()
    qtbot.waitUntil(lambda: window.sync_indicator.text().startswith("Offline"))
    sign_in(window, bench.app, "DEMO-TECH")
    window.go(Place.SYNC)
    screen = window.sync_screen
    qtbot.waitUntil(lambda: not window.work.busy)
    assert screen.bar.main.text() == "Sync now"
    enrolled.failure = None
    waiting = enrolled.gate
    waiting.clear()
    screen.bar.main.click()
    assert screen.progress.isVisible()
    assert not screen.bar.main.isEnabled()
    assert "Syncing… You may go on working meanwhile." in texts(window)
    waiting.set()
    qtbot.waitUntil(lambda: not screen.progress.isVisible())
    qtbot.waitUntil(lambda: screen.standing.text() == "Everything recorded here is at the centre")
    assert screen.bar.main.isEnabled()
    assert window.sync_indicator.text().startswith("Synced")


def test_sync_now_that_fails_says_why_at_once(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolled: HandLines
) -> None:
    bench.app.centre.start()
    window = open_window()
    qtbot.waitUntil(lambda: window.sync_indicator.text().startswith("Synced"))
    sign_in(window, bench.app, "DEMO-LEAD")
    window.go(Place.SYNC)
    enrolled.failure = CentreProblem("centre.wrong_password", server="c", database="d", reason="r")
    window.sync_screen.bar.main.click()
    qtbot.waitUntil(lambda: not window.sync_screen.progress.isVisible())
    assert "toolroom central rotate-password" in window.sync_screen.sentence.text()
    assert window.sync_indicator.text() == "Centre: needs\nattention"


def test_the_bar_follows_what_is_left(
    open_window: OpenWindow, bench: Bench, enrolled: HandLines, clock: HandClock
) -> None:
    window = open_window()
    sign_in(window, bench.app, "DEMO-LEAD")
    bench.app.centre.start()
    enrolled.hanging = True
    told(window, synced(clock, pending_operations=400, pending_bytes=1000, pending_files=2))
    window.go(Place.SYNC)
    presenter = window.sync_screen.presenter
    presenter.sync_now()
    assert presenter.progress == 0.0
    told(window, synced(clock, working=True, pending_operations=100, pending_bytes=1000, pending_files=2))
    assert presenter.progress == pytest.approx(0.375)
    told(window, synced(clock, working=True, pending_operations=0, pending_bytes=500, pending_files=1))
    assert presenter.progress == pytest.approx(0.75)
    told(window, synced(clock, rounds=2, working_photos=True, pending_bytes=100, pending_files=1))
    assert presenter.syncing, "photos are still going"
    told(window, synced(clock, rounds=2))
    assert not presenter.syncing


def test_the_page_that_was_left_no_longer_waits(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolled: HandLines
) -> None:
    bench.app.centre.start()
    window = open_window()
    sign_in(window, bench.app, "DEMO-LEAD")
    qtbot.waitUntil(lambda: window.sync_watch.state is not None and window.sync_watch.state.rounds > 0)
    window.go(Place.SYNC)
    enrolled.hanging = True
    window.sync_screen.bar.main.click()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.current is window.home_screen
    window.go(Place.SYNC)
    assert not window.sync_screen.progress.isVisible()


# --- an operation is counted at once


def test_an_operation_that_was_just_saved_counts_as_pending(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolled: HandLines
) -> None:
    bench.app.centre.start()
    window = open_window()
    qtbot.waitUntil(lambda: window.sync_indicator.text().startswith("Synced"))
    sign_in(window, bench.app)
    operation = record(bench.app, OperationType.CHECKOUT, frame=seen(REFERENCE_TOOLKIT), counts={"brace": Count.FOUND})
    window.show_saved(operation)
    qtbot.waitUntil(lambda: "pending" in window.sync_indicator.text())


# --- enrolment


def choose(window: MainWindow, path: Path) -> None:
    dialog = window.sync_screen.findChild(QFileDialog)
    assert dialog is not None
    dialog.selectFile(str(path))
    dialog.accept()


def open_page(qtbot: QtBot, window: MainWindow, bench: Bench) -> None:
    """As an administrator does, from home."""
    sign_in(window, bench.app, "DEMO-ADMIN")
    window.home_screen.tiles[Way.SYNC].click()
    qtbot.waitUntil(lambda: not window.work.busy)


def test_the_page_of_a_station_without_a_centre_says_how_it_gets_one(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench
) -> None:
    window = open_window()
    open_page(qtbot, window, bench)
    screen = window.sync_screen
    assert screen.standing.text() == "This station belongs to no centre"
    assert "toolroom central add-site" in screen.sentence.text()
    assert screen.bar.main.text() == "Choose the enrolment file"
    sign_in(window, bench.app, "DEMO-LEAD")
    window.go(Place.SYNC)
    assert not screen.bar.main.isVisible()
    assert "An administrator of this station" in screen.sentence.text()


def test_an_administrator_takes_the_enrolment_in_and_it_counts_at_once(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolments: HandEnrolments, lines: HandLines, tmp_path: Path
) -> None:
    file = tmp_path / "ангар-1.json"
    file.write_text("{}", encoding="utf-8")
    window = open_window()
    open_page(qtbot, window, bench)
    assert not window.sync_indicator.isVisible()
    enrolments.gate.clear()
    window.sync_screen.bar.main.click()
    choose(window, file)
    assert "Asking the centre whether it lets this station in…" in texts(window)
    assert not window.sync_screen.bar.main.isEnabled()
    enrolments.gate.set()
    qtbot.waitUntil(lambda: window.sync_indicator.text().startswith("Synced"))
    qtbot.waitUntil(lambda: "centre.example:5432/toolroom" in texts(window))
    assert enrolments.taken == [file]
    said = window.sync_screen.notice.sentence
    assert "as Ангар 1" in said and f"Delete {file} now" in said
    (entry,) = bench.app.database.read(
        lambda uow: [entry for entry in uow.journal.entries() if entry.kind == "centre_joined"]
    )
    assert entry.payload == {
        "by": "DEMO-ADMIN",
        "site": "Ангар 1",
        "server": "centre.example:5432/toolroom",
        "password_in": "keyring",
    }


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (BadInput("enrolment.damaged", path="D:/x.json"), "D:/x.json is no enrolment file"),
        (BadInput("enrolment.newer", path="D:/x.json"), "Update this station"),
        (CentreProblem("centre.other_station"), "belongs to another station already"),
    ],
)
def test_a_file_that_is_none_or_that_the_centre_refuses_is_said(
    qtbot: QtBot,
    open_window: OpenWindow,
    bench: Bench,
    enrolments: HandEnrolments,
    refusal: BadInput | CentreProblem,
    sentence: str,
) -> None:
    window = open_window()
    open_page(qtbot, window, bench)
    enrolments.refusal = refusal
    window.sync_screen.presenter.enrol(Path("D:/x.json"))
    qtbot.waitUntil(lambda: sentence in window.sync_screen.notice.sentence)
    assert bench.app.sync is None
    assert window.sync_screen.bar.main.isEnabled()


def test_a_centre_that_is_away_is_joined_nevertheless_and_that_is_said(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolments: HandEnrolments, lines: HandLines
) -> None:
    lines.failure = enrolments.away = CentreProblem("centre.unknown_host", host="centre.example")
    window = open_window()
    open_page(qtbot, window, bench)
    window.sync_screen.presenter.enrol(Path("D:/x.json"))
    qtbot.waitUntil(lambda: "It could not be tried now" in window.sync_screen.notice.sentence)
    qtbot.waitUntil(lambda: window.sync_indicator.text() == "Offline\nsince 11:00")


def test_another_enrolment_file_counts_at_once_too(
    qtbot: QtBot, open_window: OpenWindow, bench: Bench, enrolments: HandEnrolments, enrolled: HandLines
) -> None:
    enrolled.failure = CentreProblem("centre.wrong_password", server="c", database="d", reason="r")
    bench.app.centre.start()
    window = open_window()
    qtbot.waitUntil(lambda: window.sync_indicator.text() == "Centre: needs\nattention")
    open_page(qtbot, window, bench)
    enrolled.failure = None
    runner = bench.app.sync
    assert window.sync_screen.enrol_button.isVisible()
    window.sync_screen.presenter.enrol(Path("D:/new.json"))
    qtbot.waitUntil(lambda: window.sync_indicator.text().startswith("Synced"))
    assert bench.app.sync is runner


def test_nobody_but_an_administrator_enrols_a_station(
    open_window: OpenWindow, bench: Bench, enrolments: HandEnrolments
) -> None:
    from toolroom_desktop.domain.errors import Refused

    with pytest.raises(Refused):
        bench.app.centre.enrol(Path("D:/x.json"), actor_badge="DEMO-LEAD")
    assert enrolments.taken == []
    (entry,) = bench.app.database.read(
        lambda uow: [entry for entry in uow.journal.entries() if entry.kind == "refused"]
    )
    assert (entry.payload["badge"], entry.payload["command"]) == ("DEMO-LEAD", "enrol_centre")


def test_before_anybody_signs_in_a_station_that_is_behind_says_that_its_entries_can_come_back(
    open_window: OpenWindow, bench: Bench, enrolled: HandLines, clock: HandClock
) -> None:
    window = open_window("en")
    details = {"centre": 812, "station": 400}
    told(window, synced(clock, problem="centre.station_behind", details=details, attention=True))
    assert window.notice.sentence == "", "an older centre cannot tell"
    can = {**details, "can_come_back": True}
    told(window, synced(clock, problem="centre.station_behind", details=can, attention=True))
    assert "--bring-back" in window.notice.sentence
    window.notice.clear()
    sign_in(window, bench.app, "DEMO-TECH")
    told(window, synced(clock, problem="centre.station_behind", details=can, attention=True))
    assert window.notice.sentence == "", "it is too late, and the page of the centre says what there is to say"
