"""A station that was restored from an older backup, and the centre that has the rest of its journal."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from tests.centre.rooms import PIN, Room, meet, rooms_of
from tests.centre.stations import Hangar
from tests.fakes import plain_picture
from tests.faults.sync.bring_back_process import BATCH, bring_back_until_killed
from tests.faults.sync.test_protocol import admin
from tests.toolroom.brought_back import assert_same, rows_of
from toolroom_desktop.adapters.central.gateway import CentreLines, PostgreSqlCentre
from toolroom_desktop.adapters.central.reference import Put, ReferenceData
from toolroom_desktop.adapters.central.setup import initialise
from toolroom_desktop.adapters.database.backup import copy_database
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.domain.errors import CentreProblem, NotFound
from toolroom_desktop.domain.operation import Count
from toolroom_desktop.domain.people import PersonChange, Role
from toolroom_desktop.domain.toolkit import Kit
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.recording import JOURNAL_KEY
from toolroom_desktop.services.reference_content import kit_content, tool_content
from toolroom_desktop.services.sync import bring_back
from toolroom_desktop.services.sync.bring_back import BROUGHT_BACK, BringBack
from toolroom_desktop.services.sync.retention import PHOTOS_DROPPED

MISSING = {("pliers", 2): Count.MISSING}


@pytest.fixture
def rooms(hangar: Hangar, tmp_path: Path) -> Iterator[list[Room]]:
    made = rooms_of(hangar, tmp_path)
    yield made
    for room in made:
        room.close()


@pytest.fixture
def a(rooms: list[Room]) -> Room:
    return rooms[0]


@pytest.fixture
def b(rooms: list[Room]) -> Room:
    return rooms[1]


def backed_up(room: Room, folder: Path) -> Path:
    """The data folder as it is now, in another place."""
    shutil.copytree(room.folder, folder, ignore=shutil.ignore_patterns("toolroom.*"))
    assert not copy_database(room.folder / "toolroom.sqlite", folder / "toolroom.sqlite")
    # The ledger of open cases is not exchanged by a restore: it is as new as the station was.
    return folder


def restored(room: Room, folder: Path) -> Path:
    """Put a backup in the place of the station; where it lies now."""
    room.close()
    ledger = room.folder / "open-cases.jsonl"
    if ledger.exists():
        shutil.copy(ledger, folder)
    return folder


@contextmanager
def before_centre(room: Room, folder: Path) -> Iterator[Records]:
    """The restored records, before anything is written."""
    records = open_records(folder, clock=room.clock, pin_cost=FAST, before_centre=True)
    try:
        yield records
    finally:
        records.close()


def bringing(room: Room, records: Records) -> BringBack:
    """What brings the rest back."""
    lines = CentreLines(lambda: room.address, records.database.site_id)
    return BringBack(records.database, records.evidence, records.recorder, lines)


def again(room: Room, folder: Path) -> Room:
    """The room over the restored records."""
    return Room.opened(room.name, folder, room.address, room.clock)


def hashes(records: Records) -> list[str]:
    return records.database.read(lambda uow: uow.outbox.hashes(0, uow.journal.head().site_seq))


def work_on(room: Room) -> None:
    """A morning at the counter, with everything that leaves a record, and photos of its own."""
    room.desk = replace(room.desk, picture=plain_picture(222))
    room.desk.take("T-1", "K-1", work_order="WO-7", aircraft="RA-89001")
    room.desk.bring("T-1", "K-1", MISSING, witness="S-1")
    number = room.records.cases.open()[0].case.number
    room.records.cases.search(badge="T-1", number=number, place="кабина")
    room.desk.take("T-2", "K-2")
    room.records.accounts.add_person(badge="T-9", name="Новикова А.", role=Role.TECHNICIAN, pin=PIN, actor_badge=None)
    room.records.accounts.change_person(badge="T-1", change=PersonChange(name="Иванов-Петров И."), actor_badge=None)
    room.records.catalogue.take_in([], [Kit("K-9", "T", "CODE-9")], actor_badge=None)
    tool = Tool("brace", kit="K-9", unit=1, marking="K-9-b1", calibration_due=date(2031, 1, 2))
    room.records.tools.add(tool, actor_badge=None)
    room.records.tools.set_state(tool.tool_id, ToolState.UNSERVICEABLE, reason="затуплен", actor_badge=None)


def test_what_the_centre_has_beyond_a_backup_comes_back_entry_for_entry(a: Room, tmp_path: Path) -> None:
    a.desk.take("T-1", "K-1")
    a.desk.bring("T-1", "K-1")
    a.sync()
    backup = backed_up(a, tmp_path / "backup")
    begun = len(hashes(a.records))
    work_on(a)
    a.sync()
    before, journal = rows_of(a.folder / "toolroom.sqlite"), hashes(a.records)
    issued = a.records.operations.recent(limit=1)[0]
    folder = restored(a, backup)
    with before_centre(a, folder) as records:
        lacking = bringing(a, records).look()
        assert (lacking.station.seq, lacking.centre.seq, lacking.count) == (begun, len(journal), len(journal) - begun)
        assert (lacking.operations, lacking.kinds["operation.checkin"], lacking.sealed) == (3, 1, True)
        assert {"T-1", "T-2"} <= set(lacking.people)
        assert hashes(records) == journal[:begun], "looking writes nothing"
        done = bringing(a, records).run(by=None)
        assert (done.entries, done.photos_lost) == (lacking.count, 0)
        assert hashes(records)[:-1] == journal
        assert_same(rows_of(folder / "toolroom.sqlite"), before)
        assert verify_journal(records.database, key=records.secrets.get_or_create(JOURNAL_KEY)).whole
        assert bringing(a, records).look().count == 0
        records.case_keeper.reconcile()
    room = again(a, folder)
    assert room.said("case_carried_over") == [], "the ledger knows nothing that is lacking"
    (said,) = room.said(BROUGHT_BACK)
    assert (said["first"], said["last"], said["hash"]) == (begun + 1, len(journal), journal[-1])
    assert room.sync().pushed == 1
    assert room.records.database.read(lambda uow: uow.outbox.waiting()).operations == 0
    with pytest.raises(NotFound, match="at_centre"):
        room.records.operations.photo(issued.photos.clean)
    assert room.records.database.read(lambda uow: uow.photos.dropped(issued.photos.clean)) is not None
    room.desk.bring("T-2", "K-2")
    assert room.sync().pushed > 0
    room.close()


def test_photos_that_lie_here_stay_here_and_those_that_are_nowhere_are_told(a: Room, tmp_path: Path) -> None:
    a.sync()
    backup = backed_up(a, tmp_path / "backup")
    taken = a.desk.take("T-1", "K-1")
    a.sync()
    here, gone = taken.photos.clean, taken.photos.annotated
    photo = a.records.evidence.path(here)
    copied = backup / photo.relative_to(a.folder)
    copied.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(photo, copied)
    folder = restored(a, backup)
    with before_centre(a, folder) as records, closing_line(a) as line:
        assert line.own_photos([gone])[gone].whole
        done = without_photo(bringing(a, records), gone).run(by=None)
        assert (done.photos, done.photos_lost) == (0, 1)
        assert records.operations.photo(here)
        with pytest.raises(NotFound, match="gone"):
            records.operations.photo(gone)


def test_a_photo_that_had_gone_from_the_station_since_is_at_the_centre(a: Room, tmp_path: Path) -> None:
    taken = a.desk.take("T-1", "K-1")
    a.sync()
    backup = backed_up(a, tmp_path / "backup")
    gone = taken.photos.clean
    payload = {"photos": [gone], "bytes": 1}
    a.records.database.write(lambda uow: a.records.recorder.record(uow, PHOTOS_DROPPED, payload))
    a.sync()
    # The records alone were restored: beside them lie the photos of today.
    (backup / a.records.evidence.path(gone).relative_to(a.folder)).unlink()
    folder = restored(a, backup)
    with before_centre(a, folder) as records:
        with pytest.raises(NotFound, match="gone"):
            records.operations.photo(gone)
        bringing(a, records).run(by=None)
        with pytest.raises(NotFound, match="at_centre"):
            records.operations.photo(gone)
        assert records.operations.photo(taken.photos.annotated)


@contextmanager
def closing_line(room: Room) -> Iterator[PostgreSqlCentre]:
    """A line of that room to its centre."""
    line = CentreLines(lambda: room.address, room.site_id).open(within=30)
    try:
        yield line
    finally:
        line.close()


def without_photo(bringing_: BringBack, gone: str) -> BringBack:
    """As if the centre had never got that photo."""
    lines = bringing_._lines

    class Poorer:
        def open(self, *, within: float) -> PostgreSqlCentre:
            line = lines.open(within=within)
            assert isinstance(line, PostgreSqlCentre)
            all_of_them = line.own_photos
            line.own_photos = lambda names: all_of_them([name for name in names if name != gone])  # type: ignore[method-assign]
            return line

        def abort(self) -> None:
            lines.abort()

    bringing_._lines = Poorer()
    return bringing_


class TestForks:
    def test_a_single_entry_after_the_restore_is_a_fork_and_named(self, a: Room, tmp_path: Path) -> None:
        a.sync()
        backup = backed_up(a, tmp_path / "backup")
        begun = len(hashes(a.records))
        a.desk.take("T-1", "K-1")
        a.sync()
        folder = restored(a, backup)
        room = again(a, folder)
        assert room.runner().once().problems[0].code == "centre.station_behind", "nothing is written yet"
        room.records.accounts.sign_in(badge="S-1", pin=PIN)
        (problem,) = room.runner().once().problems
        assert (problem.code, problem.details["seq"]) == ("centre.refused_fork", begun + 1)
        before = rows_of(folder / "toolroom.sqlite"), hashes(room.records)
        for wanted in (bringing(room, room.records).look, lambda: bringing(room, room.records).run(by=None)):
            with pytest.raises(CentreProblem) as refused:
                wanted()
            assert (refused.value.code, refused.value.details["seq"]) == ("centre.refused_fork", begun + 1)
        assert (rows_of(folder / "toolroom.sqlite"), hashes(room.records)) == before
        room.close()

    def test_it_is_named_too_where_more_was_written_here_than_the_centre_has(self, a: Room, tmp_path: Path) -> None:
        a.sync()
        backup = backed_up(a, tmp_path / "backup")
        begun = len(hashes(a.records))
        a.records.accounts.sign_in(badge="S-1", pin=PIN)
        a.sync()
        room = again(a, restored(a, backup))
        for _ in range(3):
            room.records.accounts.sign_in(badge="S-1", pin=PIN)
        (problem,) = room.runner().once().problems
        assert (problem.code, problem.details["seq"]) == ("centre.refused_fork", begun + 1)
        room.close()


class TestWhatTheCentreSays:
    """It is believed in nothing that does not hold, and then nothing is written."""

    @pytest.fixture
    def behind(self, a: Room, tmp_path: Path) -> Path:
        a.sync()
        backup = backed_up(a, tmp_path / "backup")
        work_on(a)
        a.sync()
        return restored(a, backup)

    @pytest.mark.parametrize(
        ("changed", "fault"),
        [
            ("UPDATE toolroom.journal SET content = replace(content, 'RA-89001', 'RA-89002')", "content"),
            ("DELETE FROM toolroom.journal", "sequence"),
            ("UPDATE toolroom.journal SET prev_hash = repeat('a', 64)", "link"),
            ("UPDATE toolroom.journal SET seal = repeat('a', 64)", "seal"),
        ],
    )
    def test_an_entry_that_was_changed_there(
        self, hangar: Hangar, a: Room, behind: Path, changed: str, fault: str
    ) -> None:
        server = admin(hangar)
        of_checkout = (
            "SELECT max(site_seq) FROM toolroom.journal"
            " WHERE site_id = :own AND kind = 'operation.checkout' AND content LIKE '%\"WO-7\"%'"
        )
        seq = server.run(of_checkout, own=a.site_id)[0][0]
        server.run(f"{changed} WHERE site_id = :own AND site_seq = :seq", own=a.site_id, seq=seq)
        with before_centre(a, behind) as records:
            before = rows_of(behind / "toolroom.sqlite"), hashes(records)
            with pytest.raises(CentreProblem) as refused:
                bringing(a, records).look()
            said = (refused.value.code, refused.value.details)
            assert said == ("centre.own_entry_bad", {"seq": seq, "fault": fault})
            assert (rows_of(behind / "toolroom.sqlite"), hashes(records)) == before

    def test_a_whole_history_that_was_hashed_anew_has_no_seal_of_this_station(
        self, hangar: Hangar, a: Room, behind: Path
    ) -> None:
        """The last entry made into another one, with its hash and the head: only the seal tells."""
        server = admin(hangar)
        seq = server.run("SELECT seq FROM toolroom.site_head WHERE site_id = :own", own=a.site_id)[0][0]
        place = "WHERE site_id = :own AND site_seq = :seq"
        for said in (
            "content = replace(content, 'unserviceable', 'lost')",
            "hash = encode(sha256(convert_to(prev_hash || E'\\n' || content, 'UTF8')), 'hex')",
        ):
            server.run(f"UPDATE toolroom.journal SET {said} {place}", own=a.site_id, seq=seq)
        new = server.run(f"SELECT hash FROM toolroom.journal {place}", own=a.site_id, seq=seq)[0][0]
        server.run(f"UPDATE toolroom.chain_link SET hash = :new {place}", new=new, own=a.site_id, seq=seq)
        server.run("UPDATE toolroom.site_head SET hash = :new WHERE site_id = :own", new=new, own=a.site_id)
        with before_centre(a, behind) as records:
            with pytest.raises(CentreProblem) as refused:
                bringing(a, records).look()
            assert refused.value.details == {"seq": seq, "fault": "seal"}

    def test_an_entry_of_a_newer_program_is_left_to_that(self, hangar: Hangar, a: Room, tmp_path: Path) -> None:
        a.sync()
        backup = backed_up(a, tmp_path / "backup")
        a.records.database.write(lambda uow: a.records.recorder.record(uow, "tool_teleported", {"where": "там"}))
        a.sync()
        folder = restored(a, backup)
        with before_centre(a, folder) as records:
            before = hashes(records)
            with pytest.raises(CentreProblem) as refused:
                bringing(a, records).look()
            assert (refused.value.code, refused.value.details["kind"]) == ("centre.own_entry_newer", "tool_teleported")
            assert hashes(records) == before

    def test_a_centre_of_an_older_program_says_what_to_do(self, hangar: Hangar, a: Room, behind: Path) -> None:
        server = admin(hangar)
        server.run("DROP FUNCTION toolroom.own_entries(jsonb)")
        with before_centre(a, behind) as records:
            with pytest.raises(CentreProblem) as refused:
                bringing(a, records).look()
            assert refused.value.code == "centre.cannot_bring_back"
        # Else its opening would carry the open case over, which is an entry.
        (behind / "open-cases.jsonl").unlink()
        room = again(a, behind)
        assert room.runner().once().problems[0].code == "centre.station_behind", "as before"
        room.close()
        initialise(server)
        with before_centre(a, behind) as records:
            assert bringing(a, records).look().count > 0


def test_whoever_is_killed_in_between_has_a_shorter_journal_that_is_whole_and_goes_on(a: Room, tmp_path: Path) -> None:
    a.sync()
    backup = backed_up(a, tmp_path / "backup")
    for _ in range(3):
        work_on_again(a)
    a.sync()
    before, journal = rows_of(a.folder / "toolroom.sqlite"), hashes(a.records)
    folder = restored(a, backup)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.faults.sync.bring_back_process"])
    here = 0
    for entries in (BATCH + 2, 1, 2 * BATCH):
        process = processes.Process(target=bring_back_until_killed, args=(folder, a.address, entries))
        process.start()
        process.join()
        assert process.exitcode == -9
        with before_centre(a, folder) as records:
            known = hashes(records)
            assert journal[: len(known)] == known
            assert len(known) >= here
            here = len(known)
            assert verify_journal(records.database, key=records.secrets.get_or_create(JOURNAL_KEY)).whole
            operations = {said.operation_id for said in records.operations.recent(limit=1000)}
            entries_ = records.database.read(lambda uow: list(uow.journal.entries()))
            assert operations == {said.op_id for said in entries_ if said.kind.startswith("operation.")}
    assert 0 < here < len(journal)
    with before_centre(a, folder) as records:
        assert bringing(a, records).run(by=None).entries == len(journal) - here
        assert hashes(records)[:-1] == journal
        assert_same(rows_of(folder / "toolroom.sqlite"), before)


def work_on_again(room: Room) -> None:
    """A kit out and in, with a tool missing the second time."""
    room.desk.take("T-1", "K-1")
    room.desk.bring("T-1", "K-1")
    room.desk.take("T-2", "K-2")
    room.desk.bring("T-2", "K-2")
    room.records.accounts.sign_in(badge="S-1", pin=PIN)


def test_whoever_stops_it_goes_on_with_the_next_try(a: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bring_back, "MOST_ENTRIES", BATCH)
    a.sync()
    backup = backed_up(a, tmp_path / "backup")
    work_on(a)
    a.sync()
    before, journal = rows_of(a.folder / "toolroom.sqlite"), hashes(a.records)
    folder = restored(a, backup)

    def stop(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with before_centre(a, folder) as records:
        begun = len(hashes(records))
        with pytest.raises(KeyboardInterrupt):
            bringing(a, records).run(by=None, watch=stop)
        assert len(hashes(records)) == begun + BATCH
        bringing(a, records).run(by=None)
        assert hashes(records)[:-1] == journal
        assert_same(rows_of(folder / "toolroom.sqlite"), before)


class TestBesideOthers:
    def test_what_ended_at_another_station_meanwhile_is_over_everywhere(self, a: Room, b: Room, tmp_path: Path) -> None:
        meet([a, b])
        backup = backed_up(a, tmp_path / "backup")
        a.desk.take("T-1", "K-1")
        b.desk.take("T-2", "K-2")
        meet([a, b])
        b.desk.bring("T-1", "K-1")
        a.desk.bring("T-2", "K-2")
        a.desk.take("T-1", "K-2")
        meet([a, b])
        assert a.out("K-1") == {}
        out = a.out("K-2")
        folder = restored(a, backup)
        with before_centre(a, folder) as records:
            bringing(a, records).run(by=None)
            records.case_keeper.reconcile()
        room = again(a, folder)
        assert room.out("K-2") == out, "known before anything else is asked for"
        meet([room, b])
        for one in (room, b):
            assert (one.out("K-1"), one.out("K-2")) == ({}, out)
            assert one.records.cases.open() == []
        assert len(room.said("custody_ended_elsewhere")) == 1, "it is noted once"
        assert room.records.database.read(lambda uow: uow.elsewhere.out()) == []
        room.close()

    def test_tools_in_a_kit_that_only_the_centre_had_given_have_their_place(
        self, hangar: Hangar, a: Room, tmp_path: Path
    ) -> None:
        a.sync()
        backup = backed_up(a, tmp_path / "backup")
        reference = ReferenceData(admin(hangar))
        reference.change([Put("kit", "k-7", kit_content(Kit("K-7", "T", "CODE-7")))])
        known = Tool("brace", marking="из центра", tool_id=UUID(int=77))
        reference.change([Put("tool", str(known.tool_id), tool_content(known))])
        a.sync()
        a.records.tools.add(Tool("pliers", kit="K-7", unit=1, marking="своя"), actor_badge=None)
        a.records.tools.put_in(known.tool_id, "K-7", actor_badge=None)
        a.sync()
        before = rows_of(a.folder / "toolroom.sqlite")
        folder = restored(a, backup)
        with before_centre(a, folder) as records:
            bringing(a, records).run(by=None)
            records.case_keeper.reconcile()
        room = again(a, folder)
        room.sync()
        after = rows_of(folder / "toolroom.sqlite")
        for name in ("tool", "kit", "toolkit", "toolkit_position", "empty_place", "person"):
            assert after[name] == before[name], name
        room.close()


class TestPins:
    """They never leave a station: what is here of them may be what somebody gave up."""

    def test_who_got_another_one_needs_a_new_one_and_an_administrator_keeps_a_way_in(
        self, a: Room, tmp_path: Path
    ) -> None:
        accounts = a.records.accounts
        accounts.add_person(badge="A-1", name="Титов М.", role=Role.ADMINISTRATOR, pin=PIN, actor_badge=None)
        a.sync()
        backup = backed_up(a, tmp_path / "backup")
        for badge in ("T-1", "A-1"):
            accounts.change_pin(badge=badge, old_pin=PIN, new_pin="864209")
        a.sync()
        folder = restored(a, backup)
        with before_centre(a, folder) as records:
            assert bringing(a, records).look().other_pins == ("A-1", "T-1")
            bringing(a, records).run(by=None)
            people = {person.badge: person for person in records.accounts.everyone()}
            assert people["T-1"].pin_hash == ""
            assert people["A-1"].pin_hash
            assert people["A-1"].must_change_pin
            assert people["T-2"].pin_hash
            assert not people["T-2"].must_change_pin


def test_nobody_reads_the_entries_of_another_station(a: Room, b: Room) -> None:
    meet([a, b])
    with closing_line(a) as line:
        own = line.own_entries(0, most=1000)
        assert [entry.hash for entry in own.entries] == hashes(a.records)
        line._site_id = b.site_id
        for ask in (lambda: line.own_entries(0, most=10), lambda: line.own_photos(["a" * 64])):
            with pytest.raises(CentreProblem) as refused:
                ask()
            assert refused.value.code == "centre.other_station"


def test_a_page_has_an_end_and_an_entry_that_is_larger_comes_alone(a: Room) -> None:
    for _ in range(3):
        a.records.database.write(lambda uow: a.records.recorder.record(uow, "refused", {"subject": "ж" * 400_000}))
    last = len(hashes(a.records))
    a.sync()
    with closing_line(a) as line:
        assert len(line.own_entries(last - 3, most=10).entries) == 1
        assert line.own_entries(last, most=10).entries == ()
        assert line.own_entries(last + 5, most=10).at == ""
        assert line.own_entries(last, most=0).at == hashes(a.records)[-1]
