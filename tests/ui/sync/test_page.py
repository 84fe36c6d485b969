"""How sync stands, on a page with what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.fakes import HandClock
from tests.ui.conftest import OpenWindow
from tests.ui.fitting import lies_whole
from tests.ui.station import Bench
from tests.ui.steps import sign_in
from tests.ui.sync.centre import HandEnrolments, synced, texts, told
from tests.unit.services.test_sync_runner import HandLines
from toolroom_desktop.config.messages import LANGUAGES, sentences
from toolroom_desktop.services.sync.ports import Change, Known
from toolroom_desktop.ui.screens.sync.words import sentences_of
from toolroom_desktop.ui.shell import Place


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
