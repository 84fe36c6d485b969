"""What a station takes over from the centre, with a real PostgreSQL: nothing is missed, whatever commits when."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.centre.server import PostgreSql
from tests.centre.stations import Hangar, Station
from tests.faults.sync.conftest import as_administrator, for_stations, hangar_in, new_database
from tests.faults.sync.test_protocol import admin, problem_of
from toolroom_desktop.adapters.central import setup
from toolroom_desktop.adapters.central.administration import Administration
from toolroom_desktop.adapters.central.connect import Server
from toolroom_desktop.adapters.central.reference import Put, ReferenceData
from toolroom_desktop.adapters.central.setup import FUNCTIONS, OWNER, initialise, script
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.services.ports import UnitOfWork
from toolroom_desktop.services.sync.ports import Centre, Change, Known

WRITERS = 4


def named(number: int, **more: object) -> Put:
    """A row of a kind that no program knows."""
    return Put("novelty", f"№ {number}", {"number": number, **more})


def known(station: Station, kind: str = "novelty") -> dict[str, Known]:
    """What the station keeps of that kind."""
    rows = station.database.read(lambda uow: uow.reference.of_kind(kind))
    return {row.change.key: row for row in rows}


def there(hangar: Hangar, kind: str = "novelty") -> dict[str, tuple[int, bool, object]]:
    """What the centre has of that kind."""
    rows = ReferenceData(admin(hangar)).rows(kind, deleted=True)
    return {row.key: (row.version, row.deleted, row.content) for row in rows}


def here(station: Station, kind: str = "novelty") -> dict[str, tuple[int, bool, object]]:
    """The same at the station."""
    return {
        key: (row.change.version, row.change.deleted, row.change.content) for key, row in known(station, kind).items()
    }


def pulled(centre: Centre, cursor: str = "", most: int = 7) -> tuple[list[Change], str]:
    """All pages from a cursor on, and the last cursor."""
    changes: list[Change] = []
    while True:
        page = centre.pull(cursor, most=most)
        changes += page.changes
        cursor = page.cursor
        if not page.more:
            return changes, cursor


class TestWhatIsPulled:
    def test_every_row_arrives_once_and_later_only_what_changed(self, every_hangar: Hangar) -> None:
        station, data = every_hangar.station(), ReferenceData(admin(every_hangar))
        assert data.change([named(number, имя="ключ ¾") for number in range(450)]) == 450
        outcome = station.runner().once()
        assert (outcome.done, outcome.problems) == (True, ())
        assert here(station) == there(every_hangar)
        assert len(here(station)) == 450
        assert data.change([named(number, имя="ключ ¾") for number in range(450)]) == 0, "nothing of it is new"
        data.change([named(3, имя="другой"), Put("novelty", "№ 4", {}, deleted=True)])
        line = station.lines().open(within=30)
        cursor = station.database.read(lambda uow: uow.reference.reach()).cursor
        changes, _ = pulled(line, cursor)
        line.close()
        assert sorted(change.key for change in changes if change.kind == "novelty") == ["№ 3", "№ 4"]
        assert station.runner().once().done
        assert here(station) == there(every_hangar)
        assert known(station)["№ 4"].change.deleted

    def test_a_row_that_changed_many_times_is_told_as_it_is_now(self, hangar: Hangar) -> None:
        station, data = hangar.station(), ReferenceData(admin(hangar))
        for number in range(20):
            data.change([Put("novelty", "one", {"number": number})])
        assert station.runner().once().done
        assert here(station) == {"one": (20, False, {"number": 19})}

    def test_a_page_ends_before_it_gets_too_large_to_be_kept_in_memory(self, hangar: Hangar) -> None:
        station, data = hangar.station(), ReferenceData(admin(hangar))
        data.change([named(number, text="ю" * 200_000) for number in range(6)])
        line = station.lines().open(within=30)
        sizes = []
        cursor, more = "", True
        while more:
            page = line.pull(cursor, most=1000)
            sizes.append(sum(change.kind == "novelty" for change in page.changes))
            cursor, more = page.cursor, page.more
        line.close()
        assert sizes == [2, 2, 2]

    def test_an_idle_round_writes_nothing(self, hangar: Hangar) -> None:
        station, data = hangar.station(), ReferenceData(admin(hangar))
        data.change([named(number) for number in range(3)])
        assert station.runner().once().done
        before = station.database.read(lambda uow: uow.reference.reach())
        head = len(station.hashes())
        assert station.runner().once().done
        assert station.database.read(lambda uow: uow.reference.reach()).cursor == before.cursor
        assert len(station.hashes()) == head

    @pytest.mark.parametrize("cursor", ["nonsense", "0:1:2", f"{'a' * 32}:999999999:999", "x" * 500, "::"])
    def test_a_cursor_that_says_nothing_here_begins_anew(self, hangar: Hangar, cursor: str) -> None:
        ReferenceData(admin(hangar)).change([named(1), named(2)])
        station = hangar.station()
        line = station.lines().open(within=30)
        assert sum(change.kind == "novelty" for change in pulled(line, cursor)[0]) == 2
        line.close()


class TestWhatIsNotYetCommitted:
    """The order of ids is not the order of commits."""

    @pytest.fixture
    def late(self, server: PostgreSql, hangar: Hangar) -> Iterator[Server]:
        assert hangar.stations == []
        connection = as_administrator(server, hangar.address.database)
        yield connection
        connection.close()

    def test_who_began_first_and_commits_last_is_not_missed(self, hangar: Hangar, late: Server) -> None:
        station, data = hangar.station(), ReferenceData(admin(hangar))
        late.run("BEGIN")
        late.run(f"SET LOCAL ROLE {OWNER}")
        late.run("SELECT toolroom.put_reference('novelty', 'late', '{}', false, 'x')")
        data.change([named(1)])
        assert station.runner().once().done
        assert here(station) == {}, "what came after it waits for it"
        assert station.runner().once().done
        assert here(station) == {}, "however often it is asked"
        last = admin(hangar).run("SELECT max(id) FROM toolroom.reference")[0][0]
        late.run("COMMIT")
        assert station.runner().once().done
        assert set(here(station)) == {"late", "№ 1"}
        missed = admin(hangar).run("SELECT key FROM toolroom.reference WHERE id > :last", last=last)
        assert missed == [], "going on by the id alone would never have seen it"

    def test_four_writers_lose_nothing_and_going_on_by_the_id_alone_does(
        self, server: PostgreSql, hangar: Hangar
    ) -> None:
        station = hangar.station()
        line = station.lines().open(within=120)
        naive_line = as_administrator(server, hangar.address.database)
        ended = threading.Event()
        seen: set[str] = set()
        seen_by_id: set[str] = set()
        failures: list[BaseException] = []

        def write(writer: int) -> None:
            chance, pause = random.Random(writer), threading.Event()
            connection = as_administrator(server, hangar.address.database)
            try:
                for turn in range(60):
                    connection.run("BEGIN")
                    connection.run(f"SET LOCAL ROLE {OWNER}")
                    for number in range(chance.randint(1, 4)):
                        key = f"{writer}/{turn}/{number}"
                        connection.run("SELECT toolroom.put_reference('novelty', :key, '{}', false, 'x')", key=key)
                        pause.wait(chance.uniform(0, 0.004))
                    connection.run("COMMIT")
            except BaseException as error:
                failures.append(error)
                raise
            finally:
                connection.close()

        def read(step: Callable[[], bool]) -> None:
            try:
                while not ended.is_set():
                    step()
                step()
            except BaseException as error:
                failures.append(error)
                raise

        cursor, last = "", 0

        def by_pull() -> bool:
            nonlocal cursor
            changes, cursor = pulled(line, cursor, most=50)
            seen.update(change.key for change in changes if change.kind == "novelty")
            return bool(changes)

        def by_id() -> bool:
            nonlocal last
            rows = naive_line.run("SELECT id, key FROM toolroom.reference WHERE id > :last ORDER BY id", last=last)
            seen_by_id.update(str(key) for _, key in rows)
            last = max([last, *(int(number) for number, _ in rows)])
            return bool(rows)

        writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
        readers = [threading.Thread(target=read, args=(step,)) for step in (by_pull, by_id)]
        for thread in (*readers, *writers):
            thread.start()
        for thread in writers:
            thread.join()
        ended.set()
        for thread in readers:
            thread.join()
        line.close()
        naive_line.close()
        assert failures == []
        written = set(there(hangar))
        assert len(written) > 4 * 60
        assert seen == written
        assert written - seen_by_id, "the control must lose rows, or the trial proves nothing"


class TestAnotherCluster:
    def test_rows_of_a_restored_dump_are_told_although_their_transactions_mean_nothing_here(
        self, every_server: PostgreSql, template: Path, tmp_path: Path
    ) -> None:
        for hangar in hangar_in(every_server, template, tmp_path):
            data = ReferenceData(admin(hangar))
            for number in range(300):
                data.change([named(number)])
            station = hangar.station()
            station.write(2)
            assert station.runner().once().done
            old = station.database.read(lambda uow: uow.reference.reach()).cursor
            place = ("-h", every_server.folder, "-p", every_server.port, "-U", "postgres")
            dump = every_server.folder / f"{hangar.address.database}.dump"
            every_server.program("pg_dump", *place, "-Fc", "-f", dump, hangar.address.database)
            data.change([named(7, text="later than the dump")])
            assert station.runner().once().done
            other = PostgreSql(every_server.build)
            try:
                other.start()
                # A younger cluster, whose transactions have far lower numbers.
                database = new_database(other)
                made = as_administrator(other, database)
                initialise(made)
                made.run("DROP SCHEMA toolroom CASCADE")
                made.close()
                place = ("-h", other.folder, "-p", other.port, "-U", "postgres")
                moved = other.folder / "moved.dump"
                moved.write_bytes(dump.read_bytes())
                moved.chmod(0o644)
                role = station.address.user if station.address else ""
                other.sql(f"CREATE ROLE {role} LOGIN IN ROLE toolroom_station")
                other.program("pg_restore", *place, "-d", database, moved)
                there_now = as_administrator(other, database)
                initialise(there_now)
                restored = Hangar(Administration(there_now), for_stations(other, database), template, tmp_path)
                below = "SELECT count(*) FROM toolroom.reference WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())"
                assert there_now.run(below)[0][0] > 0, "as they are they would not be told for a long time"
                name = restored.administration.status()[0].name
                station.enrolled(restored.administration.rotate_password(name), restored.address)
                outcome = station.runner().once()
                assert (outcome.done, problem_of(outcome)) == (True, "")
                assert here(station) == there(restored), "what the centre says wins, also where it is older"
                cursor = station.database.read(lambda uow: uow.reference.reach()).cursor
                assert cursor.split(":")[0] != old.split(":")[0]
                ReferenceData(there_now).change([named(8, text="after it"), named(999)])
                assert station.runner().once().done
                assert here(station) == there(restored)
                assert len(here(station)) == 301
                there_now.close()
            finally:
                other.remove()

    def test_a_disk_of_yesterday_is_read_whole_once_more_within_a_day(self, hangar: Hangar) -> None:
        """Nothing says that it was changed, and its transactions are used a second time."""
        station, data = hangar.station(), ReferenceData(admin(hangar))
        data.change([named(1), named(2)])
        assert station.runner().once().done
        epoch = station.database.read(lambda uow: uow.outbox.memory()).epoch
        reach = station.database.read(lambda uow: uow.reference.reach()).cursor
        data.change([named(3)])
        # A row that lies before the cursor, as it would after transactions that were given out twice.
        admin(hangar).run("UPDATE toolroom.reference SET xid = '3', id = -1 WHERE key = '№ 3'")
        assert station.runner().once().done
        assert "№ 3" not in here(station)
        assert (epoch, reach) != ("", "")
        station.clock.advance(86_401)
        for _ in range(2):
            assert station.runner().once().done
        assert here(station) == there(hangar)


class TestWhatBecomesOfIt:
    def test_an_older_centre_that_knows_no_pull_is_not_asked(self, hangar: Hangar) -> None:
        station = hangar.station()
        station.write(3)
        administrator = admin(hangar)
        administrator.run(f"SET ROLE {OWNER}")
        known = "jsonb_build_array('pull', 'lines')"
        assert known in script(FUNCTIONS[0])
        administrator.script(script(FUNCTIONS[0]).replace(known, "jsonb_build_array()"))
        administrator.run("RESET ROLE")
        administrator.run("REVOKE EXECUTE ON FUNCTION toolroom.pull(jsonb) FROM toolroom_station")
        outcome = station.runner().once()
        assert (outcome.done, outcome.pushed, outcome.problems) == (True, 3, ())

    def test_a_row_that_cannot_be_taken_over_is_put_aside_told_and_tried_again(self, hangar: Hangar) -> None:
        class Picky:
            journaled = True
            refuses = True

            def apply(self, uow: UnitOfWork, change: Change) -> bool:
                if self.refuses and change.content["number"] == 2:
                    raise BadInput("people.badge_taken", badge="2")
                if change.content["number"] == 3:
                    raise KeyError("name")
                return True

        station, picky = hangar.station(), Picky()
        station.appliers = {"novelty": picky}
        ReferenceData(admin(hangar)).change([named(number) for number in range(1, 6)])
        runner = station.runner()
        outcome = runner.once()
        assert (outcome.done, problem_of(outcome), outcome.state.aside) == (True, "reference.aside", 2)
        assert outcome.state.attention
        aside = station.database.read(lambda uow: uow.reference.aside(most=9))
        assert [(one.change.key, one.problem) for one in aside] == [
            ("№ 2", "people.badge_taken"),
            ("№ 3", "reference.unusable"),
        ]
        assert {key for key, one in known(station).items() if one.applied} == {"№ 1", "№ 4", "№ 5"}
        picky.refuses = False
        station.write()
        outcome = runner.once()
        assert (problem_of(outcome), outcome.state.aside) == ("reference.aside", 1)
        assert known(station)["№ 2"].applied

    def test_a_program_that_learns_a_kind_takes_over_what_it_kept_of_it(self, hangar: Hangar) -> None:
        taken: list[str] = []

        class Takes:
            journaled = False

            def apply(self, uow: UnitOfWork, change: Change) -> bool:
                taken.append(change.key)
                return True

        station = hangar.station()
        ReferenceData(admin(hangar)).change([named(1, field_of_tomorrow=[1, 2])])
        assert station.runner().once().done
        assert known(station)["№ 1"].change.content == {"number": 1, "field_of_tomorrow": [1, 2]}
        station.appliers = {"novelty": Takes()}
        assert station.runner().once().done
        assert taken == ["№ 1"]
        assert station.runner().once().done
        assert taken == ["№ 1"]

    def test_the_journal_says_what_was_taken_over_and_the_centre_has_it_at_once(self, hangar: Hangar) -> None:
        class Takes:
            journaled = True

            def apply(self, uow: UnitOfWork, change: Change) -> bool:
                return change.key != "№ 1"

        station = hangar.station()
        station.appliers = {"novelty": Takes()}
        ReferenceData(admin(hangar)).change([named(number) for number in range(4)])
        outcome = station.runner().once()
        assert (outcome.done, outcome.state.pending_operations) == (True, 0)
        entries = station.database.read(lambda uow: list(uow.journal.entries()))
        assert [entry.kind for entry in entries] == ["reference_taken"]
        assert entries[0].payload["changes"] == {"novelty": 3}


def test_an_older_centre_is_brought_up_to_date_with_what_it_has(
    server: PostgreSql, tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = new_database(server)
    made = as_administrator(server, database)
    steps = setup.STEPS
    with monkeypatch.context() as older:
        older.setattr(setup, "STEPS", steps[:1])
        older.setattr(setup, "FUNCTIONS", FUNCTIONS[:1])
        initialise(made)
        site = Administration(made).add_site("Ангар 1")
    assert initialise(made).applied == steps[1:]
    assert initialise(made).applied == ()
    hangar = Hangar(Administration(made), for_stations(server, database), template, tmp_path)
    station = Station.made_of(template, tmp_path / "station", "s-1").enrolled(site, hangar.address)
    hangar.stations.append(station)
    station.write(3)
    ReferenceData(made).change([named(1)])
    assert station.runner().once().pushed == 3
    assert set(here(station)) == {"№ 1"}
    (told,) = known(station, "site").values()
    assert told.change.content == {"name": "Ангар 1", "site_id": "s-1"}
    hangar.close()
    made.close()
