"""Photos go from the station only when the centre has had them for long enough and nothing open needs them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.centre.stations import Station, make_template
from tests.fakes import HandClock, plain_picture
from tests.toolroom.desk import Desk, desk_of
from tests.unit.services.conftest import PIN
from tests.unit.services.test_sync_round import MemoryCentre
from tests.unit.services.test_sync_runner import QUICK, HandLines
from toolroom_desktop.adapters.database.evidence import FileEvidenceStore
from toolroom_desktop.adapters.station_backup.make import make_backup
from toolroom_desktop.adapters.station_backup.parts import StationParts
from toolroom_desktop.adapters.station_backup.restore import check_backup
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.domain.cases import Outcome
from toolroom_desktop.domain.errors import DatabaseProblem, NotFound
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.course import PhotoState, course_of
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.recording import JOURNAL_KEY
from toolroom_desktop.services.sync.evidence import EvidenceLane
from toolroom_desktop.services.sync.retention import PORTION, REST_SECONDS, PhotoRetention
from toolroom_desktop.services.sync.runner import ASK_AGAIN_SECONDS, SyncRunner
from toolroom_desktop.services.sync.state import Standing, standing_of

KEEP = timedelta(days=30)
MISSING = {("pliers", 2): Count.MISSING}
SAFE = "Инструмент найден в кабине, борт осмотрен."


@dataclass
class Counter:
    """A station with its centre, and the one who looks after its photos."""

    records: Records
    clock: HandClock
    centre: MemoryCentre
    keep: timedelta | None = KEEP
    also_needed: Sequence[str] = ()
    _pictures: int = 0

    @property
    def desk(self) -> Desk:
        """The counter; its camera never sees the same twice."""
        self._pictures += 1
        return desk_of(self.records, PIN, plain_picture(self._pictures * 3))

    def send(self) -> None:
        """Every photo goes to the centre."""
        EvidenceLane(self.records.database, self.records.evidence, self.clock).run(self.centre)

    def retention(self, store: FileEvidenceStore | None = None) -> PhotoRetention:
        return PhotoRetention(
            database=self.records.database,
            store=store or self.records.evidence,
            recorder=self.records.recorder,
            clock=self.clock,
            keep=self.keep,
            also_needed=lambda: self.also_needed,
        )

    def let_go(self) -> int:
        return self.retention().run(lambda: self.centre)

    def age(self, days: float) -> None:
        """So many days pass, for the files too."""
        self.clock.advance(days * 24 * 60 * 60)
        for path in self.records.evidence._folder.glob("??/*.jpg"):
            os.utime(path, (0, 0))

    def here(self, operation: Operation) -> bool:
        """Whether both photos of it lie here."""
        photos = (operation.photos.clean, operation.photos.annotated)
        found = {self.records.evidence.path(sha256).exists() for sha256 in photos}
        assert len(found) == 1
        return found.pop()


@pytest.fixture
def counter(station: Records, clock: HandClock) -> Counter:
    for badge, name, role in (("T-2", "Петров П. П.", Role.TECHNICIAN), ("A-1", "Титов М. О.", Role.ADMINISTRATOR)):
        station.accounts.add_person(badge=badge, name=name, role=role, pin=PIN, actor_badge=None)

    def write_down(uow: UnitOfWork) -> None:
        for name, unit in (("pliers", 1), ("pliers", 2), ("brace", 1)):
            uow.tools.save(Tool(name, kit="K-1", unit=unit, marking=f"{name[0].upper()}-{unit}"))

    station.database.write(write_down)
    return Counter(station, clock, MemoryCentre(clock.now()))


def out_and_back(counter: Counter, kit: str = "K-1") -> tuple[Operation, Operation]:
    return counter.desk.take("T-1", kit), counter.desk.bring("T-1", kit)


def test_a_photo_goes_once_the_centre_has_it_and_the_days_are_over(counter: Counter) -> None:
    out, back = out_and_back(counter)
    counter.send()
    counter.age(29.9)
    assert counter.let_go() == 0
    counter.age(0.2)
    assert counter.let_go() == 4
    assert not counter.here(out) and not counter.here(back)


def test_a_photo_that_the_centre_has_not_stays_whatever_its_age(counter: Counter) -> None:
    out, _ = out_and_back(counter)
    counter.age(400)
    assert counter.let_go() == 0
    counter.send()
    assert counter.let_go() == 0, "the days begin when the centre has it"
    assert counter.here(out)


def test_where_nothing_is_set_every_photo_stays_for_ever(counter: Counter) -> None:
    assert Settings().keep_photos() is None
    out, _ = out_and_back(counter)
    counter.send()
    counter.age(4000)
    counter.keep = Settings().keep_photos()
    assert counter.let_go() == 0
    assert counter.here(out)


def test_the_centre_is_asked_at_that_moment_and_a_photo_that_it_lost_stays(counter: Counter) -> None:
    out, back = out_and_back(counter)
    counter.send()
    counter.age(31)
    lost = counter.centre.files.pop(out.photos.clean)
    counter.centre.files[out.photos.annotated] = lost[:-1]
    counter.let_go()
    assert counter.here(out)
    assert not counter.here(back)


def test_without_a_centre_that_answers_nothing_goes(counter: Counter) -> None:
    def away() -> MemoryCentre:
        raise DatabaseProblem("evidence.gone", path="x", sha256="x")

    out, _ = out_and_back(counter)
    counter.send()
    counter.age(31)
    with pytest.raises(DatabaseProblem):
        counter.retention().run(away)
    assert counter.here(out)


# --- what something open needs


def test_the_photos_of_a_kit_that_is_out_stay_until_it_is_back(counter: Counter) -> None:
    out = counter.desk.take("T-1", "K-1")
    counter.send()
    counter.age(90)
    assert counter.let_go() == 0
    assert counter.here(out)
    back = counter.desk.bring("T-1", "K-1")
    counter.let_go()
    assert not counter.here(out)
    assert counter.here(back), "its own days have just begun"


def test_the_photo_of_the_issue_stays_however_often_a_part_came_back(counter: Counter) -> None:
    out = counter.desk.take("T-1", "K-1")
    part = counter.desk.bring("T-1", "K-1", {("pliers", 1): Count.FOUND, ("pliers", 2): Count.KEPT})
    counter.send()
    counter.age(90)
    assert counter.records.database.read(lambda uow: uow.operations.open_checkout("K-1")) is not None
    assert counter.let_go() == 0
    assert counter.here(out) and counter.here(part)


def test_the_photos_of_a_lost_tool_stay_until_quality_released_it(counter: Counter) -> None:
    records = counter.records
    out = counter.desk.take("T-1", "K-1")
    back = counter.desk.bring("T-1", "K-1", MISSING)
    number = back.cases[0]
    case = records.cases.search(badge="T-1", number=number, place="кабина", photo=plain_picture(250))
    searched = next(event.photo for event in case.events if event.photo)
    counter.send()
    counter.age(90)
    assert counter.let_go() == 0
    assert counter.here(out) and counter.here(back)
    records.cases.conclude(badge="T-1", number=number, outcome=Outcome.FOUND, place="под сиденьем")
    assert counter.let_go() == 0
    records.cases.release(badge="Q-1", number=number, statement=SAFE)
    assert counter.let_go() == 5
    assert not counter.here(out)
    assert not records.evidence.path(searched).exists()


def test_the_photos_of_a_count_that_is_owed_stay(counter: Counter) -> None:
    desk = counter.desk
    out = counter.desk.take("T-1", "K-1")
    plan = desk.plan("T-1", OperationType.CHECKIN, "K-1")
    owed = desk.confirm(plan, MISSING, count_later=True)
    assert owed.count_owed
    counter.send()
    counter.age(90)
    assert counter.let_go() == 0
    assert counter.here(out) and counter.here(owed)


def test_the_picture_of_a_tool_stays_and_the_one_before_it_goes(counter: Counter) -> None:
    records = counter.records
    tool = records.database.read(lambda uow: uow.tools.in_kit("K-1"))[0]
    before = records.tools.set_photo(tool.tool_id, plain_picture(200), actor_badge=None)
    now = records.tools.set_photo(tool.tool_id, plain_picture(210), actor_badge=None)
    counter.send()
    counter.age(90)
    assert counter.let_go() == 1
    assert records.evidence.path(now.photo).exists()
    assert not records.evidence.path(before.photo).exists()


def test_what_the_review_folder_has_not_copied_yet_stays(counter: Counter) -> None:
    out, back = out_and_back(counter)
    counter.send()
    counter.age(90)
    counter.also_needed = (out.photos.clean, out.photos.annotated)
    counter.let_go()
    assert counter.here(out)
    assert not counter.here(back)


def test_what_is_needed_at_the_front_holds_up_nothing_behind_it(counter: Counter) -> None:
    needed = [counter.records.evidence.put(f"needed {number}".encode()) for number in range(2 * PORTION)]

    def note(uow: UnitOfWork, names: Sequence[str]) -> None:
        for sha256 in names:
            uow.evidence.add(sha256, len(counter.records.evidence.get(sha256)))

    counter.records.database.write(lambda uow: note(uow, needed))
    counter.send()
    counter.clock.advance(1)
    free = [counter.records.evidence.put(f"free {number}".encode()) for number in range(2 * PORTION + 7)]
    counter.records.database.write(lambda uow: note(uow, free))
    counter.send()
    counter.age(31)
    counter.also_needed = needed
    assert counter.let_go() == len(free)
    assert all(counter.records.evidence.path(sha256).exists() for sha256 in needed)


def test_whatever_is_recorded_while_a_portion_is_chosen_has_it_chosen_anew(counter: Counter) -> None:
    """A case that was just reopened may need what was just judged free."""
    out, back = out_and_back(counter)
    counter.send()
    counter.age(31)
    asked = 0

    def record_something(call: str, moment: str) -> None:
        nonlocal asked
        if (call, moment) != ("held", "asked"):
            return
        asked += 1
        if asked == 1:
            counter.also_needed = (out.photos.clean, out.photos.annotated)
            counter.records.accounts.sign_out(badge="T-1", reason="asked")

    counter.centre.breaks = record_something
    assert counter.let_go() == 2
    assert counter.here(out)
    assert not counter.here(back)


@given(
    photos=st.lists(
        st.tuples(st.integers(0, 60), st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=12
    ),
    keep=st.integers(1, 50),
)
def test_of_any_photos_those_go_and_only_those_that_may(
    template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    photos: list[tuple[int, bool, bool, bool]],
    keep: int,
) -> None:
    """Each of an age in days, sent or not, needed or not, and still at the centre or not."""
    station = Station.made_of(template, tmp_path_factory.mktemp("s") / "station", "s-1")
    try:
        centre = MemoryCentre(station.clock.now())
        lane = EvidenceLane(station.database, station.store, station.clock)
        names: list[str] = []
        unsent: list[tuple[int, bytes]] = []
        day = 0
        for number, (age, sent, _, _) in sorted(enumerate(photos), key=lambda one: -one[1][0]):
            if day < 60 - age:
                station.clock.advance((60 - age - day) * 86_400)
                day = 60 - age
            content = f"photo {number}".encode()
            if sent:
                station.write(photo=content)
                lane.run(centre)
            else:
                unsent.append((number, content))
        station.clock.advance((60 - day) * 86_400)
        for _, content in unsent:
            station.write(photo=content)
        names = [station.store.put(f"photo {number}".encode()) for number in range(len(photos))]
        for path in station.store._folder.glob("??/*.jpg"):
            os.utime(path, (0, 0))
        for name, (_, _, _, there) in zip(names, photos, strict=True):
            if not there:
                centre.files.pop(name, None)
        needed = [name for name, (_, _, is_needed, _) in zip(names, photos, strict=True) if is_needed]
        retention = PhotoRetention(
            database=station.database,
            store=station.store,
            recorder=station.puller()._recorder,
            clock=station.clock,
            keep=timedelta(days=keep),
            also_needed=lambda: needed,
        )
        retention.run(lambda: centre)
        for name, (age, sent, is_needed, there) in zip(names, photos, strict=True):
            may_go = sent and there and age >= keep and not is_needed
            assert station.store.path(name).exists() is not may_go
            assert (station.database.read(lambda uow, n=name: uow.photos.dropped(n)) is not None) is may_go  # type: ignore[misc]
    finally:
        station.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("template") / "station")


# --- what is said of a photo that went


@pytest.fixture
def gone(counter: Counter) -> Operation:
    """A checkout whose photos lie at the centre alone."""
    out, _ = out_and_back(counter)
    counter.send()
    counter.age(31)
    counter.let_go()
    assert not counter.here(out)
    return out


def test_the_history_says_that_it_is_at_the_centre_and_since_when(counter: Counter, gone: Operation) -> None:
    with pytest.raises(NotFound) as said:
        counter.records.operations.photo(gone.photos.clean)
    assert said.value.code == "evidence.at_centre"
    assert said.value.details["since"] == counter.clock.now() - timedelta(days=31)
    course = course_of(counter.records.database, counter.records.evidence, str(gone.operation_id))
    assert [photo.state for photo in course.photos] == [PhotoState.AT_CENTRE] * 2
    assert course.whole


def test_a_photo_that_should_be_here_and_is_not_stays_a_fault(counter: Counter) -> None:
    out, _ = out_and_back(counter)
    counter.send()
    counter.records.evidence.path(out.photos.clean).unlink()
    with pytest.raises(NotFound, match=r"evidence\.gone"):
        counter.records.operations.photo(out.photos.clean)
    assert not course_of(counter.records.database, counter.records.evidence, str(out.operation_id)).whole


def test_the_journal_says_which_photos_went_and_stays_whole(counter: Counter, gone: Operation) -> None:
    records = counter.records
    entries = records.database.read(lambda uow: [e for e in uow.journal.entries() if e.kind == "photos_dropped"])
    assert gone.photos.clean in entries[0].payload["photos"]
    assert verify_journal(records.database, key=records.secrets.get_or_create(JOURNAL_KEY)).whole


def test_a_backup_holds_no_photo_that_is_at_the_centre_and_says_so(
    counter: Counter, gone: Operation, tmp_path: Path
) -> None:
    counter.desk.take("T-2", "K-2")
    root = counter.records.database.health().path.parent
    made = make_backup(
        StationParts.of(DataFolder(root), Settings()),
        tmp_path / "backup.zip",
        program_version="1",
        now=counter.clock.now(),
    )
    assert made.complete
    evidence = made.manifest.evidence
    assert (evidence.named, evidence.at_centre, evidence.missing) == (2, 4, ())
    assert check_backup(made.path).manifest.evidence.at_centre == 4


def test_a_photo_that_is_put_once_more_lies_here_again(counter: Counter, gone: Operation) -> None:
    records = counter.records
    content = counter.centre.files[gone.photos.clean]
    assert records.evidence.put(content) == gone.photos.clean
    records.database.write(lambda uow: uow.evidence.add(gone.photos.clean, len(content)))
    assert records.operations.photo(gone.photos.clean) == content
    assert gone.photos.clean in {sha256 for sha256, _ in records.database.read(lambda uow: list(uow.evidence.all()))}


def test_a_photo_that_was_just_put_anew_is_not_deleted_under_its_record(counter: Counter) -> None:
    """Its content is written before its record is: in between it looks like one that may go."""
    out, _ = out_and_back(counter)
    counter.send()
    counter.age(31)
    path = counter.records.evidence.path(out.photos.clean)
    counter.records.evidence.put(path.read_bytes())
    counter.let_go()
    assert path.exists()


# --- a program that dies in between


class Killed(BaseException):
    """The program ends here."""


class DyingStore(FileEvidenceStore):
    """Dies when it is to delete the photo of that number."""

    def __init__(self, folder: Path, at: int) -> None:
        super().__init__(folder)
        self._left = at

    def remove(self, sha256: str) -> bool:
        self._left -= 1
        if self._left < 0:
            raise Killed
        return super().remove(sha256)


@pytest.mark.parametrize("at", range(4))
def test_a_program_that_dies_between_mark_and_deletion_finishes_at_its_next_start(counter: Counter, at: int) -> None:
    out, back = out_and_back(counter)
    counter.send()
    counter.age(31)
    records = counter.records
    root = records.database.health().path.parent
    with pytest.raises(Killed):
        counter.retention(DyingStore(root, at)).run(lambda: counter.centre)
    files = list(records.evidence._folder.glob("??/*.jpg"))
    assert len(files) == 4 - at, "some were marked and lie here still"
    known = records.database.read(lambda uow: {sha256 for sha256, _ in uow.evidence.all()})
    assert records.evidence.remove_orphans(known) == 4 - at
    for operation in (out, back):
        assert course_of(records.database, records.evidence, str(operation.operation_id)).whole


@pytest.mark.expects_log
def test_a_file_that_cannot_be_deleted_just_now_goes_later(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    out_and_back(counter)
    counter.send()
    counter.age(31)
    store = counter.records.evidence

    def held(_sha256: str) -> bool:
        raise DatabaseProblem("evidence.read_only", path="x", reason="in use")

    with monkeypatch.context() as patched:
        patched.setattr(store, "remove", held)
        assert counter.let_go() == 4
    assert "could not be deleted" in caplog.text
    known = counter.records.database.read(lambda uow: {sha256 for sha256, _ in uow.evidence.all()})
    assert store.remove_orphans(known) == 4


# --- in the background of sync


@pytest.fixture
def lines(counter: Counter) -> HandLines:
    return HandLines(counter.centre)


def runner_of(counter: Counter, lines: HandLines, retention: PhotoRetention | None = None) -> SyncRunner:
    return SyncRunner(
        database=counter.records.database,
        store=counter.records.evidence,
        clock=counter.clock,
        operations=lines,
        evidence=lines,
        app_version="1.0",
        rhythm=QUICK,
        retention=retention or counter.retention(),
    )


def test_a_round_lets_them_go_by_itself(counter: Counter, lines: HandLines) -> None:
    out, _ = out_and_back(counter)
    runner = runner_of(counter, lines)
    assert runner.once().done
    assert counter.here(out)
    counter.age(31)
    assert runner.once().done
    assert not counter.here(out)


def test_a_look_that_found_nothing_more_is_not_repeated_at_once(counter: Counter) -> None:
    opened = 0

    def line() -> MemoryCentre:
        nonlocal opened
        opened += 1
        return counter.centre

    out_and_back(counter)
    counter.send()
    retention = counter.retention()
    assert retention.run(line) == 0
    assert opened == 0, "nothing may go, so nobody is asked"
    counter.age(31)
    counter.clock._monotonic = 1000.0 + REST_SECONDS - 1
    assert retention.run(line) == 0
    assert retention.run(line, at_once=True) == 4
    assert opened == 1


def test_what_the_centre_lost_is_said_to_a_person_and_holds_up_nothing(
    counter: Counter, lines: HandLines, gone: Operation
) -> None:
    files = dict(counter.centre.files)
    counter.centre.files.clear()
    counter.centre.epoch = "restored"
    runner = runner_of(counter, lines)
    runner.once()
    outcome = runner.once()
    assert outcome.done
    assert [problem.code for problem in outcome.problems] == ["centre.photos_lost"]
    state = runner.state
    assert (state.photos_lost, state.pending_files, state.evidence_problem) == (4, 0, "centre.photos_lost")
    assert standing_of(state) is Standing.ATTENTION
    with pytest.raises(NotFound, match=r"evidence\.lost_at_centre"):
        counter.records.operations.photo(gone.photos.clean)
    assert not course_of(counter.records.database, counter.records.evidence, str(gone.operation_id)).whole
    later = counter.desk.take("T-2", "K-2")
    assert runner.once().files == 2, "what is here goes"
    assert later.photos.clean in counter.centre.files
    counter.centre.files.update(files)
    assert runner.once().problems == ()
    assert standing_of(runner.state) is Standing.SYNCED
    assert course_of(counter.records.database, counter.records.evidence, str(gone.operation_id)).whole


def test_for_photos_that_are_lost_the_centre_is_not_asked_in_every_round(
    counter: Counter, lines: HandLines, gone: Operation
) -> None:
    assert not counter.here(gone)
    counter.centre.files.clear()
    counter.centre.epoch = "restored"
    runner = runner_of(counter, lines)
    runner.once()
    runner._photos()
    asked = counter.centre.calls.count("held")
    for _ in range(20):
        assert runner._photos() is False
    assert counter.centre.calls.count("held") == asked
    assert runner.state.photos_lost == 4
    counter.clock.advance(ASK_AGAIN_SECONDS)
    runner._photos()
    assert counter.centre.calls.count("held") == asked + 1
    runner.now()
    runner._photos()
    assert counter.centre.calls.count("held") == asked + 2, "whoever asks for it is answered"
