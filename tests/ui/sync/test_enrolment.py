"""How a station gets a centre."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.station import Bench
from tests.ui.steps import sign_in
from tests.ui.sync.centre import HandEnrolments, synced, texts, told
from tests.unit.services.test_sync_runner import HandLines
from toolroom_desktop.domain.errors import BadInput, CentreProblem
from toolroom_desktop.ui.main_window import MainWindow
from toolroom_desktop.ui.screens.home.ways import Way
from toolroom_desktop.ui.shell import Place


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
