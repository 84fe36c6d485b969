"""The centre is restored, tampered with, full, stopped, older or newer: found, said, and healed where it can be."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.centre.server import PostgreSql
from tests.centre.stations import Hangar, Station, noise
from tests.faults.sync.conftest import as_administrator, hangar_in
from tests.faults.sync.test_protocol import admin, centre_hashes, entries, forged, problem_of
from toolroom_desktop.adapters.central.administration import Administration
from toolroom_desktop.adapters.central.setup import STEPS, initialise
from toolroom_desktop.domain.errors import CentreProblem


def photos_there(hangar: Hangar, station: Station) -> set[str]:
    """The photos that the centre holds whole."""
    rows = admin(hangar).run(
        "SELECT sha256 FROM toolroom.evidence WHERE site_id = :site AND complete_at IS NOT NULL", site=station.site_id
    )
    return {row[0] for row in rows}


class TestRestored:
    def test_after_a_restore_of_an_older_dump_everything_comes_back(
        self, server: PostgreSql, template: Path, tmp_path: Path
    ) -> None:
        for hangar in hangar_in(server, template, tmp_path):
            station, chance = hangar.station(), random.Random(1)
            station.write(5, photo=noise(chance, 5000))
            assert station.runner().once().done
            assert station.address is not None
            database = station.address.database
            dump = server.folder / f"{database}.dump"
            place = ("-h", server.folder, "-p", server.port, "-U", "postgres")
            server.program("pg_dump", *place, "-Fc", "-f", dump, database)
            station.write(700, photo=noise(chance, 300_000))
            assert station.runner().once().done
            admin(hangar).close()
            server.sql(f"DROP DATABASE {database} WITH (FORCE)")
            server.sql(f"CREATE DATABASE {database}")
            server.program("pg_restore", *place, "-d", database, dump)
            hangar.administration = Administration(as_administrator(server, database))
            assert len(centre_hashes(hangar, station)) == 5
            outcome = station.runner().once()
            assert (outcome.done, outcome.pushed, outcome.files) == (True, 700, 1)
            assert centre_hashes(hangar, station) == station.hashes()
            assert photos_there(hangar, station) == set(station.photos)
            assert hangar.administration.verify() == (705, [])
            assert admin(hangar).run("SELECT count(*) FROM toolroom.quarantine")[0][0] == 0

    def test_what_a_disk_of_yesterday_lost_comes_back_although_nothing_says_that_it_was_changed(
        self, hangar: Hangar
    ) -> None:
        station, chance = hangar.station(), random.Random(2)
        station.write(4, photo=noise(chance, 4000))
        assert station.runner().once().done
        tables = ("journal", "chain_link", "site_head", "evidence_head", "evidence", "evidence_chunk")
        for table in tables:
            admin(hangar).run(f"CREATE TEMPORARY TABLE old_{table} AS SELECT * FROM toolroom.{table}")
        station.write(3, photo=noise(chance, 4001))
        assert station.runner().once().done
        admin(hangar).run(f"TRUNCATE {', '.join(f'toolroom.{table}' for table in tables)}")
        for table in tables:
            admin(hangar).run(f"INSERT INTO toolroom.{table} SELECT * FROM old_{table}")
        outcome = station.runner().once()
        assert (outcome.done, outcome.pushed, outcome.files) == (True, 3, 1)
        assert centre_hashes(hangar, station) == station.hashes()
        assert photos_there(hangar, station) == set(station.photos)

    def test_photos_that_the_centre_lost_are_sent_again(self, hangar: Hangar) -> None:
        station = hangar.station()
        station.write(photo=noise(random.Random(3), 4000))
        assert station.runner().once().files == 1
        admin(hangar).run("TRUNCATE toolroom.evidence, toolroom.evidence_chunk")
        admin(hangar).run("UPDATE toolroom.evidence_head SET files = 0, bytes = 0")
        assert station.runner().once().files == 1
        assert photos_there(hangar, station) == set(station.photos)


class TestTamperedWith:
    @pytest.fixture
    def filled(self, hangar: Hangar) -> tuple[Hangar, Station]:
        station = hangar.station()
        station.write(6)
        assert station.runner().once().pushed == 6
        return hangar, station

    @pytest.mark.parametrize(
        ("sql", "fault"),
        [
            (
                "UPDATE toolroom.journal SET content = replace(content, 'ангаре', 'цехе') WHERE site_seq = 3",
                (3, "content"),
            ),
            ("DELETE FROM toolroom.journal WHERE site_seq = 3", (3, "gone")),
            ("DELETE FROM toolroom.chain_link WHERE site_seq = 3", (3, "link")),
            ("DELETE FROM toolroom.journal WHERE site_seq = 6", (6, "gone")),
            ("UPDATE toolroom.journal SET hash = repeat('a', 64) WHERE site_seq = 3", (3, "link")),
            ("UPDATE toolroom.site_head SET seq = 5", (5, "head")),
            ("UPDATE toolroom.chain_link SET hash = repeat('b', 64) WHERE site_seq = 6", (6, "head")),
        ],
    )
    def test_central_verify_finds_it(self, filled: tuple[Hangar, Station], sql: str, fault: tuple[int, str]) -> None:
        hangar, _ = filled
        assert hangar.administration.verify() == (6, [])
        admin(hangar).run(sql)
        _, faults = hangar.administration.verify()
        assert fault in [(found.site_seq, found.code) for found in faults]

    def test_entries_cut_off_at_the_end_everywhere_come_back_from_the_station(
        self, filled: tuple[Hangar, Station]
    ) -> None:
        hangar, station = filled
        admin(hangar).run("DELETE FROM toolroom.journal WHERE site_seq > 4")
        admin(hangar).run("DELETE FROM toolroom.chain_link WHERE site_seq > 4")
        admin(hangar).run(
            "UPDATE toolroom.site_head SET seq = 4, hash = (SELECT hash FROM toolroom.chain_link WHERE site_seq = 4)"
        )
        assert hangar.administration.verify() == (4, []), "the centre by itself cannot see it"
        assert station.runner().once().pushed == 2
        assert centre_hashes(hangar, station) == station.hashes()

    def test_a_history_that_was_written_and_hashed_anew_is_found_by_the_station(
        self, filled: tuple[Hangar, Station]
    ) -> None:
        hangar, station = filled
        for entry in forged(entries(station), 2, {"payload": {"note": "another story"}}):
            admin(hangar).run(
                "UPDATE toolroom.journal SET content = :content, prev_hash = :prev, hash = :hash WHERE site_seq = :seq",
                content=entry.content,
                prev=entry.prev,
                hash=entry.hash,
                seq=entry.seq,
            )
            admin(hangar).run(
                "UPDATE toolroom.chain_link SET hash = :hash WHERE site_seq = :seq", hash=entry.hash, seq=entry.seq
            )
            admin(hangar).run("UPDATE toolroom.site_head SET hash = :hash", hash=entry.hash)
        assert hangar.administration.verify() == (6, []), "the centre by itself cannot see it"
        assert problem_of(station.runner().once()) == "centre.refused_fork"

    def test_a_row_that_is_gone_in_the_middle_is_found_by_the_station_within_a_day(
        self, filled: tuple[Hangar, Station]
    ) -> None:
        hangar, station = filled
        admin(hangar).run("DELETE FROM toolroom.journal WHERE site_seq = 2")
        assert problem_of(station.runner().once()) == "", "heads and counts alone do not show it"
        station.clock.advance(86_401)
        outcome = station.runner().once()
        assert (problem_of(outcome), outcome.state.attention) == ("centre.history_differs", True)
        assert outcome.problems[0].details == {"first": 1, "last": 6}


class TestNotItself:
    def test_a_centre_of_another_generation_is_named_and_nothing_is_sent(self, hangar: Hangar) -> None:
        station = hangar.station()
        station.write(2)
        run = admin(hangar).run
        was = run("SELECT prosrc FROM pg_proc WHERE proname = 'accepted_schemas'")[0][0]
        for schemas, problem in (("0, 0", "centre.too_old"), ("2, 4", "centre.too_new")):
            run(
                "CREATE OR REPLACE FUNCTION toolroom.accepted_schemas(OUT lowest integer, OUT highest integer)"
                f" LANGUAGE sql IMMUTABLE AS 'SELECT {schemas}'"
            )
            outcome = station.runner().once()
            assert (problem_of(outcome), outcome.state.pending_operations) == (problem, 2)
        assert was.strip() == "SELECT 1, 1"
        initialise(admin(hangar))
        assert station.runner().once().pushed == 2, "after the update everything goes"

    def test_an_administrator_is_told_that_the_centre_is_newer_or_older(
        self, hangar: Hangar, server: PostgreSql
    ) -> None:
        run = admin(hangar).run
        run("INSERT INTO toolroom.schema_step (name) VALUES ('0099_future')")
        with pytest.raises(CentreProblem, match=r"newer_schema"):
            Administration(admin(hangar))
        with pytest.raises(CentreProblem, match=r"newer_schema"):
            initialise(admin(hangar))
        run("DELETE FROM toolroom.schema_step")
        with pytest.raises(CentreProblem, match=r"older_schema"):
            Administration(admin(hangar))
        for step in STEPS:
            run("INSERT INTO toolroom.schema_step (name) VALUES (:name)", name=step)
        Administration(admin(hangar))

    def test_a_set_up_that_fails_half_way_leaves_nothing(
        self, server: PostgreSql, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        database = f"half_{server.sql('SELECT count(*) FROM pg_database')}"
        server.sql(f"CREATE DATABASE {database}")
        connection = as_administrator(server, database)
        from toolroom_desktop.adapters.central import setup

        monkeypatch.setattr(setup, "script", lambda name: "SELECT 1; SELECT no_such_thing")
        with pytest.raises(CentreProblem):
            initialise(connection)
        assert connection.run("SELECT to_regnamespace('toolroom') IS NULL")[0][0]
        monkeypatch.undo()
        assert initialise(connection).applied == STEPS
        connection.close()

    @pytest.mark.parametrize("months", [2, 25])
    def test_a_month_that_nobody_prepared_is_made_when_the_first_entry_comes(self, hangar: Hangar, months: int) -> None:
        run = admin(hangar).run
        made = "SELECT count(*) FROM pg_partition_tree('toolroom.journal') WHERE isleaf"
        before = run(made)[0][0]
        run("SELECT toolroom.ensure_month(now() + make_interval(months => :months))", months=months)
        run("SELECT toolroom.ensure_month(now() + make_interval(months => :months))", months=months)
        assert run(made)[0][0] == before + 1


class TestAway:
    @pytest.fixture
    def own_server(self) -> Iterator[PostgreSql]:
        from tests.centre.server import builds

        server = PostgreSql(builds()[0])
        try:
            server.start()
            yield server
        finally:
            server.remove()

    def test_a_server_that_died_is_said_and_what_waited_goes_when_it_is_back(
        self, own_server: PostgreSql, template: Path, tmp_path: Path
    ) -> None:
        for hangar in hangar_in(own_server, template, tmp_path):
            station = hangar.station()
            station.write(3)
            assert station.runner().once().pushed == 3
            admin(hangar).close()
            own_server.stop(at_once=True)
            station.write(4)
            outcome = station.runner().once()
            assert (problem_of(outcome), outcome.state.attention) == ("centre.nobody_listens", False)
            own_server.start()
            assert station.runner().once().pushed == 4
            assert station.address is not None
            hangar.administration = Administration(as_administrator(own_server, station.address.database))
            assert centre_hashes(hangar, station) == station.hashes()

    def test_a_removed_site_is_let_in_no_more_and_what_it_sent_stays(self, hangar: Hangar) -> None:
        station = hangar.station("Ангар 7")
        station.write(2)
        assert station.runner().once().done
        hangar.administration.remove_site("ангар 7")
        station.write()
        outcome = station.runner().once()
        assert problem_of(outcome) in ("centre.wrong_password", "centre.not_let_in")
        assert outcome.state.attention
        assert len(centre_hashes(hangar, station)) == 2
        (status,) = hangar.administration.status()
        assert (status.removed, status.seq) == (True, 2)
        station.enrolled(hangar.administration.add_site("Ангар 7"), hangar.address)
        assert station.runner().once().pushed == 1, "with a new enrolment it goes on where it was"

    def test_an_old_password_is_worth_nothing_after_a_rotation(self, hangar: Hangar) -> None:
        station = hangar.station("Ангар 8")
        assert station.runner().once().done
        line = station.lines().open(within=30)
        site = hangar.administration.rotate_password("Ангар 8")
        with pytest.raises(CentreProblem):
            line.verify()
        line.close()
        assert problem_of(station.runner().once()) == "centre.wrong_password"
        assert station.enrolled(site, hangar.address).runner().once().done
