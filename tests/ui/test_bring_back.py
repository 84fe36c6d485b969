"""The page before the start of a restored station, on which an administrator brings back what the centre has."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.toolroom.brought_back import MemoryCentre
from tests.ui.first_start.workbench import Workbench
from tests.ui.fitting import lies_whole
from tests.ui.programs import programs
from tests.ui.steps import STATION_MS, press
from toolroom_desktop.adapters.central.address import ServerAddress
from toolroom_desktop.adapters.central.enrolment import Enrolment, EnrolmentStore
from toolroom_desktop.adapters.database.backup import copy_database
from toolroom_desktop.adapters.database.layout import DataFolder as RecordsFolder
from toolroom_desktop.adapters.database.restored import FolderNote
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.config.messages import Language
from toolroom_desktop.domain.errors import CentreProblem
from toolroom_desktop.domain.people import Role
from toolroom_desktop.services.sync import bring_back
from toolroom_desktop.services.sync.bring_back import BROUGHT_BACK, BringBack
from toolroom_desktop.services.sync.completing import Completing
from toolroom_desktop.services.sync.ports import OwnPage
from toolroom_desktop.ui.app import Station
from toolroom_desktop.ui.screens.bring_back import BringBackScreen
from toolroom_desktop.ui.screens.bring_back.presenter import Stage

PIN = "482615"
LATER = 9
"""Entries after the backup."""


@dataclass
class GatedCentre(MemoryCentre):
    """Hands out a page only when the gate is open."""

    gate: threading.Event = field(default_factory=threading.Event)
    torn: bool = False

    def abort(self) -> None:
        self.torn = True
        self.gate.set()

    def own_entries(self, after: int, *, most: int) -> OwnPage:
        assert self.gate.wait(20)
        if self.torn:
            raise CentreProblem("centre.silent", server="x")
        return super().own_entries(after, most=most)


@dataclass
class Restored:
    """A data folder whose records were restored, and the centre that has the rest."""

    folder: Path
    centre: GatedCentre
    backup: int

    def open(self) -> Records:
        return open_records(self.folder, pin_cost=FAST, before_centre=True)

    def complete(self) -> Completing:
        """As the program opens it, but for the centre."""
        records = self.open()
        bringing = BringBack(records.database, records.evidence, records.recorder, self.centre)
        note = FolderNote(RecordsFolder(self.folder))
        return Completing(bringing, records.accounts, records.case_keeper, note, close=records.close)

    def kinds(self) -> list[str]:
        """The journal, by kinds."""
        records = open_records(self.folder, read_only=True, pin_cost=FAST)
        try:
            return [entry.kind for entry in records.database.read(lambda uow: list(uow.journal.entries()))]
        finally:
            records.close()


@pytest.fixture
def restored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Restored:
    """A station with an administrator and a technician, restored from a backup that lacks nine entries."""
    monkeypatch.setattr(bring_back, "MOST_ENTRIES", 4)
    folder = tmp_path / "станция"
    records = open_records(folder, create=True, pin_cost=FAST)
    for badge, role in (("ADM-1", Role.ADMINISTRATOR), ("T-1", Role.TECHNICIAN)):
        records.accounts.add_person(badge=badge, name=f"Имя {badge}", role=role, pin=PIN, actor_badge=None)
    copy = tmp_path / "копия.sqlite"
    assert not copy_database(folder / "toolroom.sqlite", copy)
    begun = records.database.read(lambda uow: uow.journal.head().site_seq)
    for number in range(LATER):
        records.accounts.add_person(badge=f"T-{number + 10}", name="Имя", role=Role.TECHNICIAN, actor_badge=None)
    centre = GatedCentre(MemoryCentre.of(records.database).entries)
    centre.gate.set()
    records.close()
    for left in folder.glob("toolroom.sqlite*"):
        left.unlink()
    shutil.copy(copy, folder / "toolroom.sqlite")
    # Nobody listens there: sync says so, and nothing waits for it.
    EnrolmentStore(folder).keep(Enrolment("Ангар", ServerAddress("127.0.0.1", 1, "t", "r", "p", ca="", tls=False)))
    FolderNote(RecordsFolder(folder)).write()
    return Restored(folder, centre, begun)


Begin = Callable[..., Station]


@pytest.fixture
def begin(qtbot: QtBot, restored: Restored) -> Iterator[Begin]:
    """Starts the program and, after the test, sees it end."""
    with programs(qtbot) as running:

        def begin_(language: Language = "en") -> Station:
            start = Workbench(restored.folder).start(language=language)
            assert start.care is not None
            care = replace(start.care, complete=restored.complete)
            return running.start(
                Station(start.build, start.settings, start.settings_path, crash_folder=start.crash_folder, care=care)
            )

        yield begin_
        restored.centre.gate.set()


def page_of(qtbot: QtBot, station: Station, stage: Stage) -> BringBackScreen:
    """The page, once it is at that stage."""
    qtbot.waitUntil(lambda: station.plain_window is not None, timeout=STATION_MS)
    assert station.plain_window is not None
    screen = station.plain_window.screen_shown
    assert isinstance(screen, BringBackScreen)
    wait_for(qtbot, screen, stage)
    return screen


def wait_for(qtbot: QtBot, screen: BringBackScreen, stage: Stage) -> None:
    qtbot.waitUntil(lambda: screen.presenter.stage is stage and not screen.presenter.busy)


def sign(screen: BringBackScreen, badge: str, pin: str = PIN) -> None:
    screen.badge.setText(badge)
    screen.pin.setText(pin)
    screen.bar.main.click()


def test_a_restored_station_asks_first_and_starts_when_all_is_back(
    qtbot: QtBot, begin: Begin, restored: Restored
) -> None:
    station = begin()
    screen = page_of(qtbot, station, Stage.LACKING)
    assert f"{LATER} entries" in screen.said.text()
    assert not screen.bar.main.isEnabled(), "somebody has to say who it is"
    before = restored.kinds()
    for badge, pin, code in (("ADM-1", "111111", "PIN"), ("T-1", PIN, "Имя T-1"), ("NOBODY", PIN, "NOBODY")):
        sign(screen, badge, pin)
        qtbot.waitUntil(lambda: not screen.presenter.busy)
        assert code in screen.notice.sentence
        assert restored.kinds() == before, "a refusal is no entry before the others are back"
    sign(screen, "adm-1")
    wait_for(qtbot, screen, Stage.DONE)
    assert f"{LATER} entries were brought back" in screen.said.text()
    press(qtbot, screen, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: station.window is not None, timeout=STATION_MS)
    assert station.plain_window is None
    kinds = restored.kinds()
    assert kinds[restored.backup :] == [*["person_added"] * LATER, BROUGHT_BACK, "refused", "refused", "refused"]
    assert not FolderNote(RecordsFolder(restored.folder)).waits()


def test_it_can_be_stopped_and_goes_on_where_it_was(qtbot: QtBot, begin: Begin, restored: Restored) -> None:
    station = begin("ru")
    screen = page_of(qtbot, station, Stage.LACKING)
    asked = 0
    hand_out = MemoryCentre.own_entries

    def slowly(after: int, *, most: int) -> OwnPage:
        nonlocal asked
        asked += 1
        assert restored.centre.gate.wait(20)
        if asked == 1:
            # Shut before the first page is told of: whoever sees it and opens the gate opens it for the second.
            restored.centre.gate.clear()
        return hand_out(restored.centre, after, most=most)

    restored.centre.own_entries = slowly  # type: ignore[method-assign]
    sign(screen, "ADM-1")
    qtbot.waitUntil(lambda: screen.presenter.stage is Stage.BRINGING and screen.presenter.progress == (4, LATER))
    assert (screen.progress.value(), screen.progress.maximum(), screen.who.isVisible()) == (4, LATER, False)
    screen.stop_button.click()
    restored.centre.gate.set()
    wait_for(qtbot, screen, Stage.FAILED)
    assert "Остановлено" in screen.said.text()
    assert "--go-without" in screen.said.text()
    assert 4 <= len(restored.kinds()) - restored.backup < LATER
    assert FolderNote(RecordsFolder(restored.folder)).waits(), "nobody starts it in between"
    screen.bar.main.click()
    wait_for(qtbot, screen, Stage.LACKING)
    sign(screen, "ADM-1")
    wait_for(qtbot, screen, Stage.DONE)
    assert restored.kinds()[restored.backup :] == [*["person_added"] * LATER, BROUGHT_BACK]


def test_where_nothing_is_lacking_it_says_so_and_starts(qtbot: QtBot, begin: Begin, restored: Restored) -> None:
    del restored.centre.entries[restored.backup :]
    screen = page_of(qtbot, begin(), Stage.DONE)
    assert "Nothing is lacking" in screen.said.text()
    assert not FolderNote(RecordsFolder(restored.folder)).waits()


def test_a_fork_is_said_and_the_station_can_be_opened_again(qtbot: QtBot, begin: Begin, restored: Restored) -> None:
    records = restored.open()
    records.accounts.sign_in(badge="T-1", pin=PIN)
    records.close()
    station = begin()
    screen = page_of(qtbot, station, Stage.FAILED)
    assert f"At entry {restored.backup + 1} " in screen.said.text()
    assert "toolroom backup" in screen.said.text()
    assert not screen.who.isVisible()
    screen.bar.main.click()
    qtbot.waitUntil(lambda: station.window is not None, timeout=STATION_MS)
    assert "entries_brought_back" not in restored.kinds()


def test_whoever_closes_it_while_the_centre_is_silent_leaves_everything_as_it_was(
    qtbot: QtBot, begin: Begin, restored: Restored
) -> None:
    restored.centre.gate.clear()
    before = restored.kinds()
    station = begin()
    screen = page_of_any(qtbot, station)
    assert screen.presenter.stage is Stage.LOOKING
    qtbot.waitUntil(lambda: screen.presenter._completing is not None)
    screen.bar.back.click()
    assert restored.centre.torn, "nobody waits for it"
    qtbot.waitUntil(lambda: station.plain_window is None)
    assert restored.kinds() == before
    assert FolderNote(RecordsFolder(restored.folder)).waits()


def page_of_any(qtbot: QtBot, station: Station) -> BringBackScreen:
    qtbot.waitUntil(lambda: station.plain_window is not None, timeout=STATION_MS)
    assert station.plain_window is not None
    assert isinstance(station.plain_window.screen_shown, BringBackScreen)
    return station.plain_window.screen_shown


@pytest.mark.parametrize("language", ["ru", "en"])
def test_all_of_it_is_seen_in_the_least_room(qtbot: QtBot, begin: Begin, language: Language) -> None:
    station = begin(language)
    screen = page_of(qtbot, station, Stage.LACKING)
    window = station.plain_window
    assert window is not None
    window.showNormal()
    window.resize(1280, 800)
    lies_whole(qtbot, screen)
    assert window.width() == 1280
