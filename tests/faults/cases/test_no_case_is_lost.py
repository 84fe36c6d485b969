"""No path closes a case silently: not an older backup, not another database file, not a kill in between."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.fakes import HandClock
from tests.used_station import CHEAP, make_used_station, parts_of
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.files.case_ledger import FileCaseLedger
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.adapters.station_backup.make import make_backup
from toolroom_desktop.adapters.station_backup.restore import restore_station
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.domain.cases import Case, CaseEventKind, Outcome
from toolroom_desktop.domain.custody import BlockReason, blocks_of_issue
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.tools import ToolState
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.recording import JOURNAL_KEY

from .case_process import BRACE, open_case_and_die, release_and_die

PATIENCE = 60.0
SAFE = "Найден под сиденьем, борт осмотрен."
PIN = "135790"


@contextmanager
def opened(folder: Path, clock: HandClock | None = None) -> Iterator[Records]:
    records = open_records(folder, clock=clock or HandClock(), pin_cost=FAST)
    try:
        yield records
    finally:
        records.close()


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_used_station(tmp_path_factory.mktemp("cases") / "station", kits=3)
    with opened(folder) as records:
        for badge, name, role in (
            ("T-2", "Петров П. П.", Role.TECHNICIAN),
            ("L-1", "Гришин П. А.", Role.SHIFT_LEAD),
            ("Q-1", "Ким С.", Role.QUALITY),
        ):
            records.accounts.add_person(badge=badge, name=name, role=role, pin=PIN, actor_badge=None)
    return folder


@pytest.fixture
def folder(used: Path, tmp_path: Path) -> Path:
    return shutil.copytree(used, tmp_path / "Данные")


@pytest.fixture
def backup(folder: Path, tmp_path: Path) -> Path:
    """A backup from before any case."""
    return backed_up(folder, tmp_path / "backup.zip")


def backed_up(folder: Path, target: Path) -> Path:
    return make_backup(
        parts_of(folder), target, program_version="1", now=HandClock().now(), cost=CHEAP, keyring=lambda: None
    ).path


def restore(backup: Path, folder: Path) -> None:
    now = HandClock().now()
    assert restore_station(backup, folder, agree=lambda _checked, _there: True, now=now, keyring=lambda: None)


def missing(records: Records, kit: str = "K-1", badge: str = "T-1") -> Case:
    return records.cases.open_by_hand(badge=badge, report=replace(BRACE, kit=kit))


def find(records: Records, case: Case) -> Case:
    return records.cases.conclude(badge="T-1", number=case.number, outcome=Outcome.FOUND, place="под сиденьем")


def release(records: Records, case: Case) -> Case:
    find(records, case)
    return records.cases.release(badge="Q-1", number=case.number, statement=SAFE)


def entries(records: Records, kind: str) -> list[dict[str, object]]:
    return records.database.read(
        lambda uow: [dict(entry.payload) for entry in uow.journal.entries() if entry.kind == kind]
    )


def whole(records: Records) -> bool:
    return verify_journal(records.database, key=records.secrets.get_or_create(JOURNAL_KEY)).whole


def state_of_tool(records: Records, case: Case) -> ToolState | None:
    assert case.tool_id is not None
    wanted = case.tool_id
    tool = records.database.read(lambda uow: uow.tools.by_id(wanted))
    return tool.state if tool else None


# --- an older backup takes the records' place


def test_a_case_that_the_backup_does_not_know_is_carried_over_with_its_whole_course(folder: Path, backup: Path) -> None:
    with opened(folder) as records:
        case = missing(records)
        before = records.cases.search(badge="T-2", number=case.number, place="кабина")
    restore(backup, folder)
    with opened(folder) as records:
        (row,) = records.cases.open()
        assert row.case.case_id == case.case_id
        assert row.case.number == case.number
        assert row.case.events[:-1] == before.events
        assert row.case.events[-1].kind is CaseEventKind.CARRIED_OVER
        (entry,) = entries(records, "case_carried_over")
        assert (entry["number"], entry["sealed"], entry["events_known"]) == (case.number, True, 0)
        assert state_of_tool(records, case) is ToolState.LOST
        blocks = records.database.read(
            lambda uow: blocks_of_issue(uow.tools.in_kit("K-1"), uow.cases.open("K-1"), row.case.opened_at.date())
        )
        assert [block.reason for block in blocks] == [BlockReason.CASE_OPEN, BlockReason.TOOL_ABSENT]
        assert whole(records)


def test_without_the_ledger_the_restore_would_have_closed_it(folder: Path, backup: Path) -> None:
    with opened(folder) as records:
        missing(records)
    restore(backup, folder)
    DataFolder(folder).case_ledger.unlink()
    with opened(folder) as records:
        assert records.cases.open() == []


def test_opening_once_more_carries_nothing_over_twice(folder: Path, backup: Path) -> None:
    with opened(folder) as records:
        missing(records)
    restore(backup, folder)
    for _ in range(2):
        with opened(folder) as records:
            (row,) = records.cases.open()
            assert len(row.case.events) == 2
            assert len(entries(records, "case_carried_over")) == 1


def test_a_case_that_was_released_after_the_backup_is_open_again_and_needs_its_release(
    folder: Path, tmp_path: Path
) -> None:
    with opened(folder) as records:
        case = missing(records)
    backup = backed_up(folder, tmp_path / "with the case.zip")
    with opened(folder) as records:
        release(records, case)
    restore(backup, folder)
    with opened(folder) as records:
        (row,) = records.cases.open()
        assert row.case == case


def test_a_case_that_was_reopened_after_the_backup_is_open_there_too(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as records:
        case = missing(records)
        release(records, case)
    backup = backed_up(folder, tmp_path / "released.zip")
    with opened(folder) as records:
        records.cases.reopen(badge="L-1", number=case.number, text="это другой коловорот")
    restore(backup, folder)
    with opened(folder) as records:
        (row,) = records.cases.open()
        assert [event.kind for event in row.case.events][-2:] == [CaseEventKind.REOPENED, CaseEventKind.CARRIED_OVER]
        assert state_of_tool(records, case) is ToolState.LOST


def test_searches_after_the_backup_are_not_lost(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as records:
        case = missing(records)
    backup = backed_up(folder, tmp_path / "with the case.zip")
    with opened(folder) as records:
        records.cases.search(badge="T-2", number=case.number, place="кабина")
    restore(backup, folder)
    with opened(folder) as records:
        (row,) = records.cases.open()
        assert [event.kind for event in row.case.events] == [
            CaseEventKind.OPENED,
            CaseEventKind.SEARCHED,
            CaseEventKind.CARRIED_OVER,
        ]


def test_a_release_in_records_that_went_another_way_does_not_stand_against_a_later_search(
    folder: Path, tmp_path: Path
) -> None:
    with opened(folder) as records:
        case = missing(records)
    other = shutil.copytree(folder, tmp_path / "copy")
    with opened(other) as records:
        release(records, case)
    with opened(folder) as records:
        records.cases.search(badge="T-2", number=case.number, place="кабина")
    # The database file alone is replaced by hand.
    shutil.copy(other / "toolroom.sqlite", folder / "toolroom.sqlite")
    with opened(folder) as records:
        (row,) = records.cases.open()
        assert CaseEventKind.RELEASED in [event.kind for event in row.case.events], "nothing is taken back"
        assert row.case.outcome is None


def test_no_number_is_given_twice_although_the_backup_does_not_know_it(folder: Path, backup: Path) -> None:
    with opened(folder) as records:
        first = missing(records, "K-1")
        release(records, first)
        second = missing(records, "K-2")
        release(records, second)
    restore(backup, folder)
    with opened(folder) as records:
        assert records.cases.open() == []
        assert missing(records).number == "C2026-0003"


def test_a_case_whose_number_the_records_gave_to_another_gets_the_next_one_and_says_so(
    folder: Path, backup: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    restore(backup, elsewhere)
    with opened(elsewhere) as records:
        other = missing(records, "K-2", "T-2")
    with opened(folder) as records:
        case = missing(records, "K-1")
    assert other.number == case.number
    shutil.copy(elsewhere / "toolroom.sqlite", folder / "toolroom.sqlite")
    with opened(folder) as records:
        numbers = {row.case.case_id: row.case for row in records.cases.open()}
        assert numbers[other.case_id].number == "C2026-0001"
        assert (numbers[case.case_id].number, numbers[case.case_id].events[-1].text) == ("C2026-0002", "C2026-0001")


# --- the database file edited by hand


def edited(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "toolroom.sqlite")) as database, database:
        database.execute(statement)


RELEASE = """UPDATE lost_tool_case SET state = 'released', events = json_insert(events, '$[#]', json_set(
    json_extract(events, '$[0]'), '$.kind', 'released', '$.role', 'quality', '$.text', 'forged'))"""


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM lost_tool_case", "UPDATE lost_tool_case SET state = 'released'", RELEASE],
    ids=["deleted", "state changed", "release forged"],
)
def test_a_case_that_somebody_closed_in_the_file_is_open_again_and_the_journal_says_so(
    folder: Path, statement: str
) -> None:
    with opened(folder) as records:
        case = missing(records)
        find(records, case)
    edited(folder, statement)
    with opened(folder) as records:
        (row,) = records.cases.open()
        assert row.case.case_id == case.case_id
        assert row.case.open
        assert len(entries(records, "case_carried_over")) == 1
        assert whole(records)
    with opened(folder) as records:
        assert len(entries(records, "case_carried_over")) == 1


# --- kills between the commit and the ledger, and in the middle of it


def run_until(work: Callable[[Path, int, Connection], None], folder: Path, step: int) -> int:
    """Run `work` in another process, which dies before that step; the steps in all when it came to its end, else -1."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.faults.cases.case_process"])
    told, ours = processes.Pipe(duplex=False)
    process = processes.Process(target=work, args=(folder, step, ours), daemon=True)
    process.start()
    ours.close()
    try:
        made: int = told.recv() if told.poll(PATIENCE) else -1
    except EOFError:
        made = -1
    told.close()
    process.join(PATIENCE)
    assert process.exitcode == (0 if made >= 0 else -signal.SIGKILL)
    process.close()
    return made


needs_kill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
NEVER = 1_000_000


@needs_kill
def test_a_case_whose_ledger_was_never_written_survives_even_a_restore(
    folder: Path, backup: Path, tmp_path: Path
) -> None:
    steps = run_until(open_case_and_die, shutil.copytree(folder, tmp_path / "counted"), NEVER)
    assert steps == 3, "the file, its name, the folder"
    for step in range(steps):
        killed = shutil.copytree(folder, tmp_path / f"killed {step}")
        run_until(open_case_and_die, killed, step)
        written = DataFolder(killed).case_ledger.exists()
        assert written is (step == steps - 1)
        started = shutil.copytree(killed, tmp_path / f"started {step}")
        with opened(started) as records:
            assert len(records.cases.open()) == 1
            assert entries(records, "case_carried_over") == []
        assert len(DataFolder(started).case_ledger.read_bytes().splitlines()) == 2
        # Nothing was started in between: the restore itself looks at what goes.
        restore(backup, killed)
        with opened(killed) as records:
            (row,) = records.cases.open()
            assert row.case.events[-1].kind is CaseEventKind.CARRIED_OVER


@needs_kill
def test_a_release_whose_ledger_was_never_written_stays_a_release(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as records:
        find(records, missing(records))
    for step in range(3):
        killed = shutil.copytree(folder, tmp_path / f"killed {step}")
        run_until(release_and_die, killed, step)
        with opened(killed) as records:
            assert records.cases.open() == []
            assert entries(records, "case_carried_over") == []


# --- a ledger that cannot be trusted


def test_a_damaged_ledger_is_set_aside_rebuilt_from_the_records_and_said(folder: Path) -> None:
    with opened(folder) as records:
        case = missing(records)
    ledger = DataFolder(folder).case_ledger
    ledger.write_bytes(ledger.read_bytes()[:-40])
    with opened(folder) as records:
        assert [row.case for row in records.cases.open()] == [case]
        assert entries(records, "case_ledger_set_aside") == [
            {"file": "open-cases-aside-1.jsonl", "reason": "damaged", "site_id": records.database.site_id}
        ]
    assert (folder / "open-cases-aside-1.jsonl").is_file()
    assert json.loads(ledger.read_text("utf-8").splitlines()[1])["case"]["number"] == case.number


@pytest.mark.parametrize("keep", ["head", "last line"])
def test_a_line_that_was_taken_out_is_noticed(folder: Path, keep: str) -> None:
    with opened(folder) as records:
        missing(records, "K-1")
        missing(records, "K-2")
    ledger = DataFolder(folder).case_ledger
    lines = ledger.read_bytes().splitlines()
    ledger.write_bytes(b"\n".join(lines[:2] if keep == "head" else lines[1:]) + b"\n")
    with opened(folder) as records:
        assert len(records.cases.open()) == 2
        assert len(entries(records, "case_ledger_set_aside")) == 1


def test_what_another_key_sealed_still_keeps_a_case_open(folder: Path, used: Path) -> None:
    with opened(folder) as records:
        case = missing(records)
    ledger = DataFolder(folder).case_ledger
    lines = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]
    lines[1]["seal"] = "0" * 64
    ledger.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n", encoding="utf-8")
    shutil.copy(used / "toolroom.sqlite", folder / "toolroom.sqlite")
    with opened(folder) as records:
        (row,) = records.cases.open()
        assert row.case.number == case.number
        (entry,) = entries(records, "case_carried_over")
        assert entry["sealed"] is False


def test_nobody_releases_a_case_by_writing_into_the_ledger(folder: Path) -> None:
    with opened(folder) as records:
        case = missing(records)
        released = release(records, missing(records, "K-2"))
    ledger = DataFolder(folder).case_ledger
    forged = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]
    forged[1]["case"]["state"] = "released"
    forged[1]["case"]["events"].append(
        {**forged[1]["case"]["events"][0], "kind": "released", "text": SAFE, "role": "quality"}
    )
    ledger.write_text("\n".join(json.dumps(line) for line in forged), encoding="utf-8")
    with opened(folder) as records:
        assert [row.case for row in records.cases.open()] == [case]
        assert not records.cases.by_number(released.number).open


def test_the_ledger_of_another_station_is_set_aside_and_opens_nothing_here(folder: Path, tmp_path: Path) -> None:
    other = make_used_station(tmp_path / "other", kits=2)
    with opened(other) as records:
        missing(records)
    shutil.copy(DataFolder(other).case_ledger, DataFolder(folder).case_ledger)
    with opened(folder) as records:
        assert records.cases.open() == []
        (entry,) = entries(records, "case_ledger_set_aside")
        assert entry["reason"] == "other_station"
    with opened(folder) as records:
        assert len(entries(records, "case_ledger_set_aside")) == 1


def test_a_head_that_names_another_station_hides_no_case_of_this_one(folder: Path, used: Path) -> None:
    with opened(folder) as records:
        case = missing(records)
    ledger = DataFolder(folder).case_ledger
    head, line = ledger.read_text("utf-8").splitlines()
    ledger.write_text("\n".join((json.dumps({**json.loads(head), "site_id": "another"}), line)), encoding="utf-8")
    shutil.copy(used / "toolroom.sqlite", folder / "toolroom.sqlite")
    with opened(folder) as records:
        assert [row.case.case_id for row in records.cases.open()] == [case.case_id]


@pytest.mark.parametrize("content", [b"", b"\n", b"[]", b"\xff\xfe", b"{" * 100_000, b'{"format": 2}\n{"case": 1}\n'])
def test_nonsense_in_its_place_keeps_the_station_from_nothing(folder: Path, content: bytes) -> None:
    with opened(folder) as records:
        missing(records)
    DataFolder(folder).case_ledger.write_bytes(content)
    with opened(folder) as records:
        assert len(records.cases.open()) == 1
        assert whole(records)


@pytest.mark.expects_log
def test_a_ledger_that_cannot_be_written_does_not_undo_what_is_on_record(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DatabaseProblem("cases.disk_full", path=folder)

    with opened(folder) as records:
        with monkeypatch.context() as patched:
            patched.setattr(FileCaseLedger, "write", full)
            case = missing(records)
        assert not DataFolder(folder).case_ledger.exists()
        records.cases.search(badge="T-2", number=case.number, place="кабина")
    assert b"\xd0" in DataFolder(folder).case_ledger.read_bytes(), "the next step writes all of it"


def test_a_case_long_open_is_as_old_after_it_was_carried_over(folder: Path, backup: Path) -> None:
    clock = HandClock()
    with opened(folder, clock) as records:
        missing(records)
    restore(backup, folder)
    clock.advance(timedelta(days=2).total_seconds())
    with opened(folder, clock) as records:
        (row,) = records.cases.open()
        assert row.overdue
