"""Reports that are written by themselves: at the end of a shift, at an hour, made up for, never twice, never half."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.fakes import HandClock
from tests.toolroom.desk import desk_of
from tests.unit.services.conftest import PIN
from toolroom_desktop.adapters.files import whole_file
from toolroom_desktop.adapters.files.whole_file import finish_begun
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.reminders import ReminderKind
from toolroom_desktop.services.reports import schedule as module
from toolroom_desktop.services.reports.content import ReportFormat, ReportName
from toolroom_desktop.services.reports.schedule import ReportSchedule, Schedule, ScheduleRunner, ScheduleState
from toolroom_desktop.services.watching import unwatched

# Qt lets an application be made only once in a process, and the windows' tests want theirs.
pytestmark = pytest.mark.usefixtures("qapp")

WANTED = ((ReportName.SHIFT, ReportFormat.PDF), (ReportName.AUDIT, ReportFormat.CSV))


@pytest.fixture
def toolroom(station: Records) -> Records:
    station.accounts.add_person(badge="S-1", name="Морозова Е. В.", role=Role.STOREKEEPER, pin=PIN, actor_badge=None)
    return station


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "Отчёты смен"
    place.mkdir()
    return place


def scheduled(records: Records, folder: Path, at: time | None = None) -> ReportSchedule:
    return ReportSchedule(
        records.reports,
        Schedule(folder, WANTED, at, "ru"),
        Messages("ru").text,
        finish_begun,
        records.reminders.reports,
    )


def work_a_shift(records: Records, clock: HandClock) -> None:
    records.shifts.record(records.shifts.take_stock(badge="S-1"), {})
    clock.advance(3600)
    desk = desk_of(records, PIN)
    desk.take("T-1", "K-1")
    desk.bring("T-1", "K-1")
    clock.advance(7 * 3600)
    records.shifts.record(records.shifts.take_stock(badge="S-1"), {})
    clock.advance(16 * 3600)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_end_of_a_shift_leaves_its_reports_once(toolroom: Records, clock: HandClock, folder: Path) -> None:
    own = scheduled(toolroom, folder)
    assert own.write_due(unwatched) == []
    work_a_shift(toolroom, clock)
    work_a_shift(toolroom, clock)
    site = toolroom.database.site_id[-6:]
    assert len(own.write_due(unwatched)) == 4
    assert names(folder) == [
        f"2026-05-04 19-00 {site} audit.csv",
        f"2026-05-04 19-00 {site} shift.pdf",
        f"2026-05-05 19-00 {site} audit.csv",
        f"2026-05-05 19-00 {site} shift.pdf",
    ]
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert own.write_due(unwatched) == []
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_what_somebody_took_away_is_not_written_again(toolroom: Records, clock: HandClock, folder: Path) -> None:
    work_a_shift(toolroom, clock)
    own = scheduled(toolroom, folder)
    own.write_due(unwatched)
    for path in folder.iterdir():
        path.unlink()
    assert own.write_due(unwatched) == []
    assert names(folder) == []


def test_a_file_that_is_there_already_is_never_replaced(
    toolroom: Records, clock: HandClock, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    work_a_shift(toolroom, clock)
    own = scheduled(toolroom, folder)
    names_due = [due.name for due in own.due()]
    (folder / names_due[0]).write_bytes(b"of another day")
    assert len(own.write_due(unwatched)) == 1
    assert (folder / names_due[0]).read_bytes() == b"of another day"
    assert "stays as it is" in caplog.text
    caplog.clear()


def test_missed_days_are_made_up_for_but_not_for_ever(toolroom: Records, clock: HandClock, folder: Path) -> None:
    for _ in range(20):
        work_a_shift(toolroom, clock)
    assert len(scheduled(toolroom, folder).due()) == 2 * 14


def test_an_hour_of_the_day_ends_a_day_of_24_hours(toolroom: Records, clock: HandClock, folder: Path) -> None:
    own = scheduled(toolroom, folder, time(7, 30))
    due = own.due()
    assert len(due) == 2 * 14
    newest = due[-1]
    # 07:30 at the station is 04:30 UTC; it is 11:00 there now.
    assert newest.period.end == datetime(2026, 5, 4, 4, 30, tzinfo=UTC)
    assert newest.period.end - newest.period.start == timedelta(days=1)
    assert newest.name.startswith("2026-05-04 07-30 ")
    ends = sorted({one.period.end for one in due})
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(ends))
    clock.advance(20 * 3600 + 1800 - 60)
    assert scheduled(toolroom, folder, time(7, 30)).due()[-1].name == newest.name
    clock.advance(60)
    assert scheduled(toolroom, folder, time(7, 30)).due()[-1].name.startswith("2026-05-05 07-30 ")


def test_a_folder_that_cannot_be_written_to_is_said_at_home_and_tried_again(
    toolroom: Records, clock: HandClock, tmp_path: Path
) -> None:
    work_a_shift(toolroom, clock)
    folder = tmp_path / "Не подключена"
    own = scheduled(toolroom, folder)
    own.state.folder = folder
    with pytest.raises(BadInput) as raised:
        own.write_due(unwatched)
    assert raised.value.code == "file.no_folder"
    own.state.problem = raised.value
    (waiting,) = [one for one in toolroom.reminders.of("L-1") if one.kind is ReminderKind.REPORTS_NOT_WRITTEN]
    assert waiting.place == str(folder)
    assert ReminderKind.REPORTS_NOT_WRITTEN not in {one.kind for one in toolroom.reminders.of("T-1")}
    folder.mkdir()
    assert len(own.write_due(unwatched)) == 2


def test_a_power_cut_between_the_journal_and_the_name_is_made_good(
    toolroom: Records, clock: HandClock, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_a_shift(toolroom, clock)
    own = scheduled(toolroom, folder)

    class PowerCut(BaseException):
        """Nothing that comes after it happens."""

    def cut(_self: Path, _target: Path) -> Path:
        raise PowerCut

    monkeypatch.setattr(Path, "replace", cut)
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    with pytest.raises(PowerCut):
        own.write_due(unwatched)
    monkeypatch.undo()
    (left,) = names(folder)
    assert left.endswith(".part")
    content = (folder / left).read_bytes()
    # While somebody may still be writing it, it is left alone.
    own.write_due(unwatched)
    assert left in names(folder)
    monkeypatch.setattr(whole_file, "_SURELY_LEFT_SECONDS", -1.0)
    own.write_due(unwatched)
    assert len(names(folder)) == 2
    assert content in {path.read_bytes() for path in folder.iterdir()}
    (folder / ".toolroom-0123456789ab.part").write_bytes(b"half")
    own.write_due(unwatched)
    assert len(names(folder)) == 2


# --- the thread


@pytest.fixture
def run(toolroom: Records) -> Iterator[Callable[[ReportSchedule], ScheduleRunner]]:
    """Starts the thread, and stops it at the end."""
    started: list[ScheduleRunner] = []

    def start(schedule: ReportSchedule) -> ScheduleRunner:
        runner = ScheduleRunner(schedule, toolroom.database.commits)
        started.append(runner)
        runner.start()
        return runner

    yield start
    for runner in started:
        runner.stop()


class Told(ReportSchedule):
    """Tells when it has looked."""

    looked = threading.Event()

    def write_due(self, watch: Callable[[int, int], None]) -> list[object]:  # type: ignore[override]
        try:
            return list(super().write_due(watch))
        finally:
            Told.looked.set()


def told(own: ReportSchedule) -> ReportSchedule:
    Told.looked.clear()
    return Told(own.reports, own.schedule, own.say, own.tidy, own.state)


def test_the_end_of_a_shift_wakes_it(
    toolroom: Records, clock: HandClock, folder: Path, run: Callable[[ReportSchedule], ScheduleRunner]
) -> None:
    run(told(scheduled(toolroom, folder)))
    assert Told.looked.wait(20)
    assert names(folder) == []
    Told.looked.clear()
    work_a_shift(toolroom, clock)
    assert Told.looked.wait(20)
    assert len([name for name in names(folder) if not name.endswith(".part")]) == 2


def test_a_start_makes_up_for_what_was_missed(
    toolroom: Records, clock: HandClock, folder: Path, run: Callable[[ReportSchedule], ScheduleRunner]
) -> None:
    work_a_shift(toolroom, clock)
    run(told(scheduled(toolroom, folder)))
    assert Told.looked.wait(20)
    assert len(names(folder)) == 2


def test_a_failure_keeps_the_thread_going(
    toolroom: Records,
    clock: HandClock,
    tmp_path: Path,
    run: Callable[[ReportSchedule], ScheduleRunner],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(module, "TRY_AGAIN_SECONDS", 0.0)
    work_a_shift(toolroom, clock)
    folder = tmp_path / "later"
    runner = run(told(scheduled(toolroom, folder)))
    assert Told.looked.wait(20)
    folder.mkdir()
    for _ in range(50):
        Told.looked.clear()
        toolroom.accounts.sign_out(badge="T-1", reason="asked")
        assert Told.looked.wait(20)
        if names(folder):
            break
    runner.stop()
    assert "not written yet" in caplog.text
    caplog.clear()
    assert len([name for name in names(folder) if not name.endswith(".part")]) == 2
    assert runner.state.problem is None


def test_stopping_while_a_report_is_made_leaves_nothing_half(
    toolroom: Records, clock: HandClock, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_a_shift(toolroom, clock)
    monkeypatch.setattr("toolroom_desktop.services.reports.making._WATCH_EVERY", 1)
    own = scheduled(toolroom, folder)
    runner = ScheduleRunner(replace(own, state=ScheduleState()), toolroom.database.commits)
    runner._stopped.set()
    with pytest.raises(BadInput, match=r"report\.cancelled"):
        own.write_due(runner._watch)
    assert names(folder) == []
    assert len(own.write_due(unwatched)) == 2
