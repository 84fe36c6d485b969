"""Taking pages over, with real records and a centre in memory whose lines break where a test says."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.centre.stations import Station, make_template
from tests.unit.services.test_sync_round import MemoryCentre, breaking
from toolroom_desktop.domain.errors import BadInput, CentreProblem, DatabaseProblem
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.sync.ports import Change, Reach
from toolroom_desktop.services.sync.pull import PAGE_SECONDS, REFERENCE_TAKEN, Puller
from toolroom_desktop.services.sync.round import SyncRound

PULLS = frozenset({"pull"})


class Adds:
    """Makes a person of every row; refuses those that are told."""

    journaled = True

    def __init__(self) -> None:
        self.refused: set[str] = set()
        self.calls: list[str] = []

    def apply(self, uow: UnitOfWork, change: Change) -> bool:
        self.calls.append(change.key)
        if uow.people.by_badge(change.key) is not None:
            return False
        uow.people.add(Person(change.key, "Имя", Role.TECHNICIAN))
        if change.key in self.refused:
            raise BadInput("people.badge_taken", badge=change.key)
        return True


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("template") / "station")


@pytest.fixture
def station(template: Path, tmp_path: Path) -> Iterator[Station]:
    made = Station.made_of(template, tmp_path / "station", "s-1")
    yield made
    made.close()


@pytest.fixture
def adds(station: Station) -> Adds:
    made = Adds()
    station.appliers = {"thing": made}
    return made


@pytest.fixture
def centre(station: Station) -> MemoryCentre:
    return MemoryCentre(station.clock.now(), features=PULLS)


def thing(key: str, version: int = 1) -> Change:
    return Change("thing", key, version, deleted=False, content={"of": version})


def things(count: int, start: int = 0) -> list[Change]:
    return [thing(f"{number:05}") for number in range(start, start + count)]


def badges(station: Station) -> set[str]:
    return station.database.read(lambda uow: {person.badge for person in uow.people.all()})


def reach(station: Station) -> Reach:
    return station.database.read(lambda uow: uow.reference.reach())


def kinds(station: Station) -> list[str]:
    return station.database.read(lambda uow: [entry.kind for entry in uow.journal.entries()])


@pytest.mark.parametrize("moment", ["asked", "done"])
def test_a_pull_that_is_cut_goes_on_where_it_was(
    station: Station, adds: Adds, centre: MemoryCentre, moment: str
) -> None:
    centre.rows = things(450)
    puller = station.puller()
    for cut in range(1, 4):
        centre.breaks = breaking("pull", moment)
        with pytest.raises(CentreProblem):
            puller.run(centre)
        assert len(badges(station)) <= 200 * cut
    centre.breaks = breaking("none", "none")
    puller.run(centre)
    assert len(badges(station)) == 450
    assert len(adds.calls) == 450, "no row was taken twice"
    assert reach(station).cursor == "450"


@pytest.mark.parametrize("which", [1, 2, 3])
def test_whichever_write_is_lost_rows_and_cursor_are_lost_together(
    station: Station, adds: Adds, centre: MemoryCentre, monkeypatch: pytest.MonkeyPatch, which: int
) -> None:
    """The program dies, or the disk is full, between an answer and its commit."""
    centre.rows = things(5)
    database = station.database
    write = database.write
    written = 0

    def dies_before_its_commit(command: object) -> object:
        nonlocal written
        written += 1
        if written != which:
            return write(command)  # type: ignore[arg-type]

        def command_and_death(uow: UnitOfWork) -> None:
            command(uow)  # type: ignore[operator]
            raise DatabaseProblem("database.disk_full", path="x")

        return write(command_and_death)

    monkeypatch.setattr(database, "write", dies_before_its_commit)
    with contextlib.suppress(DatabaseProblem):
        station.puller().run(centre)
    monkeypatch.undo()
    assert (len(badges(station)), reach(station).cursor, kinds(station)) in (
        (0, "", []),
        (5, "5", [REFERENCE_TAKEN]),
    )
    station.puller().run(centre)
    assert (len(badges(station)), reach(station).cursor, kinds(station)) == (5, "5", [REFERENCE_TAKEN])


def test_a_page_that_was_written_although_nobody_heard_of_it_is_not_taken_twice(
    station: Station, adds: Adds, centre: MemoryCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program dies right after the commit."""
    centre.rows = things(5)
    database = station.database
    write = database.write

    def dies_after_its_commit(command: object) -> object:
        write(command)  # type: ignore[arg-type]
        raise DatabaseProblem("database.disk_full", path="x")

    monkeypatch.setattr(database, "write", dies_after_its_commit)
    with pytest.raises(DatabaseProblem):
        station.puller().run(centre)
    monkeypatch.undo()
    assert station.puller().run(centre).changes == 0
    assert (len(badges(station)), len(adds.calls), kinds(station)) == (5, 5, [REFERENCE_TAKEN])


def test_what_a_refused_row_wrote_is_taken_back_alone(station: Station, adds: Adds, centre: MemoryCentre) -> None:
    centre.rows = things(5)
    adds.refused = {"00002"}
    report = station.puller().run(centre)
    assert (report.aside, [known.change.key for known in report.told]) == (1, ["00002"])
    assert badges(station) == {"00000", "00001", "00003", "00004"}


def test_what_is_put_aside_is_tried_again_when_something_was_recorded_and_not_before(
    station: Station, adds: Adds, centre: MemoryCentre
) -> None:
    centre.rows = things(3)
    adds.refused = {"00001"}
    puller = station.puller()
    puller.run(centre)
    # Once more for the entry that says what was taken over.
    puller.run(centre)
    tried = len(adds.calls)
    for _ in range(3):
        puller.run(centre)
    assert len(adds.calls) == tried
    adds.refused = set()
    station.write()
    assert puller.run(centre).aside == 0
    assert "00001" in badges(station)


def test_the_journal_says_how_much_of_which_kind_a_page_brought_and_nothing_of_each_row(
    station: Station, adds: Adds, centre: MemoryCentre
) -> None:
    centre.rows = [*things(3), Change("unknown", "x", 1, deleted=False, content={})]
    station.puller().run(centre)
    (entry,) = station.database.read(lambda uow: list(uow.journal.entries()))
    assert entry.payload["changes"] == {"thing": 3}
    assert len(entry.payload["sha256"]) == 64


def test_pages_get_smaller_where_writing_one_takes_long(
    station: Station, adds: Adds, centre: MemoryCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody at the counter waits for a page that is being written."""
    asked: list[int] = []
    pull = centre.pull

    def slow(cursor: str, *, most: int) -> object:
        asked.append(most)
        return pull(cursor, most=most)

    monkeypatch.setattr(centre, "pull", slow)
    centre.rows = things(900)
    write = station.database.write

    def takes_long(command: object) -> object:
        station.clock.advance(PAGE_SECONDS * 2)
        return write(command)  # type: ignore[arg-type]

    monkeypatch.setattr(station.database, "write", takes_long)
    puller = Puller(station.database, station.puller()._recorder, station.clock, {"thing": adds})
    puller.run(centre)
    assert asked[:4] == [200, 100, 50, 25]
    assert min(asked) >= 4
    assert len(badges(station)) == 900


def test_another_centre_is_read_from_the_beginning_and_edits_here_stay(
    station: Station, adds: Adds, centre: MemoryCentre
) -> None:
    centre.rows = things(4)
    lane = SyncRound(station.database, station.clock, "1.0", station.puller())
    assert lane.run(centre).pulled == 4
    calls = len(adds.calls)
    centre.epoch = "epoch 2"
    centre.rows = [thing("00000"), thing("00001", 7), thing("00009")]
    assert lane.run(centre).pulled == 2, "what is said as before is left alone, whatever was made of it here"
    assert sorted(adds.calls[calls:]) == ["00001", "00009"]
    assert reach(station).cursor == "3"


def test_a_centre_without_pull_is_not_asked(station: Station, adds: Adds, centre: MemoryCentre) -> None:
    centre.features = frozenset()
    centre.rows = things(4)
    station.write()
    report = SyncRound(station.database, station.clock, "1.0", station.puller()).run(centre)
    assert (report.pushed, report.pulled) == (1, 0)
    assert "pull" not in centre.calls


def test_a_round_that_has_no_time_left_goes_on_with_the_next(
    station: Station, adds: Adds, centre: MemoryCentre
) -> None:
    centre.rows = things(450)
    puller = station.puller()
    puller.run(centre, go_on=lambda: False)
    assert (len(badges(station)), reach(station).cursor) == (200, "200")
    puller.run(centre)
    assert len(badges(station)) == 450
