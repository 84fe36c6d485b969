"""What somebody with a station's own credentials can do at the centre beyond writing as that station: nothing.

The list in docs/centre.md is this one; a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from tests.centre.server import PostgreSql
from tests.centre.stations import Hangar, Station
from tests.conftest import PROJECT
from tests.faults.sync.conftest import hangar_in
from tests.faults.sync.test_protocol import centre_hashes
from toolroom_desktop.adapters.central.connect import Server, connect
from toolroom_desktop.adapters.central.reference import Put, ReferenceData
from toolroom_desktop.domain.errors import CentreProblem

# What is tried -> SQL; {role} is the thief's own role, {other} that of another station.
ATTEMPTS = {
    "read the journal": "SELECT * FROM toolroom.journal",
    "read a month of it past its parent": "SELECT * FROM toolroom.{month}",
    "read who the stations are": "SELECT * FROM toolroom.site",
    "read the photos under a name that it sets": (
        "SELECT set_config('toolroom.named_file', sha256, true), data FROM toolroom.evidence_chunk"
    ),
    "read the entries of all stations": (
        'SELECT toolroom.entries(CAST(\'{{"site_id": "x", "heads": {{}}}}\' AS jsonb))'
    ),
    "read the journal under a setting of all stations": (
        "SELECT set_config('toolroom.overview', 'on', true), content FROM toolroom.journal"
    ),
    "let itself see all stations": "GRANT toolroom_overview TO {role}",
    "become one that sees all stations": "SET ROLE toolroom_overview",
    "have custody derived past its function": "SELECT toolroom.derive_custody('x', 0, 1)",
    "move how far custody is derived": "UPDATE toolroom.derived_head SET seq = 0",
    "read the photos": "SELECT * FROM toolroom.evidence_chunk",
    "read what was set apart": "SELECT * FROM toolroom.quarantine",
    "read reference data past its function": "SELECT * FROM toolroom.reference",
    "read who changed reference data": "SELECT * FROM toolroom.reference_history",
    "read what stations proposed": "SELECT * FROM toolroom.proposal",
    "change reference data": "UPDATE toolroom.reference SET content = '{{}}'",
    "change reference data by the function": "SELECT toolroom.put_reference('person', 'x', '{{}}', false, 'me')",
    "remove reference data": "DELETE FROM toolroom.reference",
    "rewrite who changed reference data": "UPDATE toolroom.reference_history SET changed_by = 'x'",
    "propose past the journal": (
        "INSERT INTO toolroom.proposal (site_id, site_seq, op_id, kind, key, content, against, proposed_at)"
        " VALUES ('x', 1, gen_random_uuid(), 'person', 'x', '{{}}', 0, now())"
    ),
    "accept a proposal": "UPDATE toolroom.proposal SET state = 'accepted'",
    "have something derived that it never wrote": "SELECT toolroom.derive('x', 1, 'person_added', '{{}}')",
    "move the order of changes": "SELECT setval('toolroom.reference_place', 1)",
    "change an entry": "UPDATE toolroom.journal SET kind = 'nothing'",
    "delete an entry": "DELETE FROM toolroom.journal",
    "delete a photo": "DELETE FROM toolroom.evidence",
    "truncate the journal": "TRUNCATE toolroom.journal",
    "truncate a month of it": "TRUNCATE toolroom.{month}",
    "insert past the functions": "INSERT INTO toolroom.chain_link VALUES ('x', 1, 'y', NULL)",
    "move its own head": "UPDATE toolroom.site_head SET seq = 0",
    "raise its own daily limit": "UPDATE toolroom.site SET daily_bytes = 1e18",
    "drop a table": "DROP TABLE toolroom.journal",
    "drop the schema": "DROP SCHEMA toolroom CASCADE",
    "drop the database": "DROP DATABASE {database}",
    "alter a table": "ALTER TABLE toolroom.journal ADD COLUMN x int",
    "switch the second wall off": "ALTER TABLE toolroom.journal DISABLE ROW LEVEL SECURITY",
    "lock the journal": "DO 'BEGIN LOCK TABLE toolroom.journal IN ACCESS EXCLUSIVE MODE; END'",
    "replace a function": (
        "CREATE OR REPLACE FUNCTION toolroom.push(batch jsonb) RETURNS jsonb LANGUAGE sql AS 'SELECT batch'"
    ),
    "call what is not for stations": "SELECT toolroom.set_apart('x', '{{}}', 'y', true)",
    "check another station's chain": "SELECT toolroom.faults_of_chain('x')",
    "create a table": "CREATE TABLE toolroom.mine (x int)",
    "create a table in public": "CREATE TABLE public.mine (x int)",
    "create a temporary table": "CREATE TEMPORARY TABLE mine (x int)",
    "create a schema": "CREATE SCHEMA mine",
    "create a database": "CREATE DATABASE mine",
    "create a role": "CREATE ROLE mine LOGIN",
    "become the owner": "SET ROLE toolroom_owner",
    "become another station": "SET ROLE {other}",
    "become another station for a session": "SET SESSION AUTHORIZATION {other}",
    "become the superuser": "SET ROLE postgres",
    "make itself a member of the owner": "GRANT toolroom_owner TO {role}",
    "change another station's password": "ALTER ROLE {other} PASSWORD 'mine'",
    "lift its connection limit": "ALTER ROLE {role} CONNECTION LIMIT -1",
    "fill the disk with large objects": "SELECT lo_from_bytea(0, '\\x00')",
    "fill the disk with a large object, piece by piece": "SELECT lo_create(0)",
    "write a file on the server": "COPY (SELECT 1) TO '/tmp/mine'",
    "run a program on the server": "COPY (SELECT 1) TO PROGRAM 'id'",
    "read a file of the server": "SELECT pg_read_file('/etc/passwd')",
    "end another session": "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'",
    "replicate": "SELECT pg_create_physical_replication_slot('mine')",
    "change the server": "ALTER SYSTEM SET fsync = off",
    "load a library": "LOAD 'plpython3u'",
    "lift the limit on temporary files": "SET temp_file_limit = -1",
    "read passwords": "SELECT rolpassword FROM pg_authid",
}


_WRITTEN = {
    "reference": ("INSERT INTO toolroom.reference SELECT 'person', 'x', 1, false, '{}', 'me', now(), 99, '3', 'x'"),
    "reference_history": (
        "INSERT INTO toolroom.reference_history (kind, key, version, deleted, content, changed_by, changed_at)"
        " VALUES ('person', 'x', 1, false, '{}', 'me', now())"
    ),
    "proposal": ATTEMPTS["propose past the journal"].replace("{{}}", "{}"),
    "derived_head": "INSERT INTO toolroom.derived_head (site_id) VALUES ('x')",
    "underived": "INSERT INTO toolroom.underived (site_id, site_seq, kind, reason) VALUES ('x', 1, 'x', 'x')",
}


@pytest.fixture(scope="module")
def robbed(
    every_server: PostgreSql, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Hangar, Station, Station]]:
    """A centre with two stations that wrote; the password of the first was stolen."""
    for hangar in hangar_in(every_server, template, tmp_path_factory.mktemp("robbed")):
        first, second = hangar.station(), hangar.station()
        for station in (first, second):
            station.write(3, photo=station.site_id.encode())
            assert station.runner().once().done
        yield hangar, first, second


@pytest.fixture
def thief(robbed: tuple[Hangar, Station, Station]) -> Iterator[Server]:
    """A connection with the stolen password."""
    address = robbed[1].address
    assert address is not None
    server = connect(address)
    yield server
    server.close()


def _filled(sql: str, hangar: Hangar, station: Station, other: Station) -> str:
    assert station.address is not None
    assert other.address is not None
    rows = hangar.administration._server.run(
        "SELECT relid::regclass::text FROM pg_partition_tree('toolroom.journal') WHERE isleaf ORDER BY 1"
    )
    month = rows[0][0].removeprefix("toolroom.")
    address = station.address
    return sql.format(role=address.user, other=other.address.user, month=month, database=address.database)


@pytest.mark.parametrize("attempt", sorted(ATTEMPTS))
def test_a_stolen_password_cannot(attempt: str, robbed: tuple[Hangar, Station, Station], thief: Server) -> None:
    hangar, first, second = robbed
    before = [centre_hashes(hangar, station) for station in (first, second)]
    with pytest.raises(CentreProblem) as refused:
        thief.run(_filled(ATTEMPTS[attempt], hangar, first, second))
    # Refused for its rights, and not because the attempt is written wrongly.
    assert refused.value.code in ("centre.missing_rights", "centre.failed"), refused.value
    reason = str(refused.value.details["reason"])
    assert re.match(r"42501 |0LP01 |42502 ", reason) or "must be" in reason or "denied" in reason, reason
    assert [centre_hashes(hangar, station) for station in (first, second)] == before


def test_the_same_can_be_done_with_the_rights_for_it(robbed: tuple[Hangar, Station, Station]) -> None:
    """The attempts that read are right as they are written: an administrator's go through."""
    hangar, first, second = robbed
    reading = [name for name, sql in ATTEMPTS.items() if sql.startswith("SELECT * FROM")]
    assert len(reading) == 8
    for name in reading:
        assert hangar.administration._server.run(_filled(ATTEMPTS[name], hangar, first, second)) is not None


@pytest.mark.parametrize(
    "call",
    [
        "SELECT toolroom.push(CAST(:value AS jsonb))",
        "SELECT toolroom.hello(CAST(:value AS jsonb))",
        "SELECT toolroom.verify(CAST(:value AS jsonb))",
        "SELECT toolroom.digest(CAST(:value AS jsonb))",
        "SELECT toolroom.evidence_held(CAST(:value AS jsonb))",
        "SELECT toolroom.pull(CAST(:value AS jsonb))",
        "SELECT toolroom.own_entries(CAST(:value AS jsonb))",
        "SELECT toolroom.own_photos(CAST(:value AS jsonb))",
    ],
)
def test_a_stolen_password_cannot_speak_for_another_station(
    call: str, robbed: tuple[Hangar, Station, Station], thief: Server
) -> None:
    _, _, second = robbed
    with pytest.raises(CentreProblem) as refused:
        thief.run(call, value=f'{{"site_id": "{second.site_id}", "operations": [], "files": []}}')
    assert refused.value.code == "centre.other_station"


def test_somebody_who_is_no_station_can_call_nothing(
    robbed: tuple[Hangar, Station, Station], every_server: PostgreSql
) -> None:
    hangar, first, _ = robbed
    role = f"passer_by_{uuid4().hex[:8]}"
    hangar.administration._server.run(f"CREATE ROLE {role} LOGIN PASSWORD 'known'")
    assert first.address is not None
    with pytest.raises(CentreProblem) as refused:
        connect(replace(first.address, user=role, password="known"))
    assert refused.value.code == "centre.missing_rights", "not even the database is open to everybody"


class TestTheSecondWall:
    """Should a right be granted by mistake, a station still sees its own rows alone."""

    @pytest.fixture
    def careless(self, robbed: tuple[Hangar, Station, Station]) -> Iterator[None]:
        run = robbed[0].administration._server.run
        run("GRANT ALL ON ALL TABLES IN SCHEMA toolroom TO toolroom_station")
        yield
        run("REVOKE ALL ON ALL TABLES IN SCHEMA toolroom FROM toolroom_station")

    @pytest.mark.parametrize("table", ["journal", "chain_link", "site_head", "evidence", "evidence_chunk", "site"])
    def test_only_its_own_rows_are_seen(
        self, table: str, careless: None, robbed: tuple[Hangar, Station, Station], thief: Server
    ) -> None:
        seen = {row[0] for row in thief.run(f"SELECT site_id FROM toolroom.{table}")}
        assert seen == {robbed[1].site_id}

    @pytest.mark.parametrize("table", ["journal", "chain_link", "site_head", "site"])
    def test_one_that_sees_all_stations_sees_them_through_its_function_alone(
        self, table: str, careless: None, robbed: tuple[Hangar, Station, Station], thief: Server
    ) -> None:
        hangar, first, _ = robbed
        name = next(site.name for site in hangar.administration.status() if site.site_id == first.site_id)
        hangar.administration.allow_overview(name)
        try:
            value = f'{{"site_id": "{first.site_id}", "heads": {{}}}}'
            said = thief.run("SELECT toolroom.entries(CAST(:value AS jsonb))", value=value)[0][0]
            assert len(said["sites"]) == 2
            thief.run("SELECT set_config('toolroom.overview', 'on', false)")
            seen = {row[0] for row in thief.run(f"SELECT site_id FROM toolroom.{table}")}
            assert seen == {first.site_id}
            with pytest.raises(CentreProblem, match="permission denied"):
                thief.run("SELECT toolroom.faults_of_chain('x')")
        finally:
            hangar.administration.deny_overview(name)

    def test_only_its_own_rows_are_changed(
        self, careless: None, robbed: tuple[Hangar, Station, Station], thief: Server
    ) -> None:
        hangar, _, second = robbed
        changed = thief.run("UPDATE toolroom.site_head SET pending = 77 RETURNING site_id")
        assert [row[0] for row in changed] == [robbed[1].site_id]
        with pytest.raises(CentreProblem):
            thief.run(
                "INSERT INTO toolroom.chain_link (site_id, site_seq, hash) VALUES (:site, 99, 'x')",
                site=second.site_id,
            )
        assert hangar.administration.verify()[1] == []

    def test_a_month_of_the_journal_shows_nothing(
        self, careless: None, robbed: tuple[Hangar, Station, Station], thief: Server
    ) -> None:
        hangar, first, second = robbed
        assert thief.run(_filled("SELECT count(*) FROM toolroom.{month}", hangar, first, second))[0][0] == 0

    @pytest.mark.parametrize("table", ["reference", "reference_history", "proposal", "underived"])
    def test_reference_data_is_reached_through_the_functions_alone(
        self, table: str, careless: None, robbed: tuple[Hangar, Station, Station], thief: Server
    ) -> None:
        hangar = robbed[0]
        ReferenceData(hangar.administration._server).change([Put("person", uuid4().hex, {"name": "Анна"})])
        assert thief.run(f"SELECT count(*) FROM toolroom.{table}")[0][0] == 0
        with pytest.raises(CentreProblem, match="row-level security"):
            thief.run(_WRITTEN[table])

    def test_without_it_everything_would_be_seen(
        self, careless: None, robbed: tuple[Hangar, Station, Station], thief: Server
    ) -> None:
        run = robbed[0].administration._server.run
        run("ALTER TABLE toolroom.chain_link DISABLE ROW LEVEL SECURITY")
        try:
            assert len({row[0] for row in thief.run("SELECT site_id FROM toolroom.chain_link")}) == 2
        finally:
            run("ALTER TABLE toolroom.chain_link ENABLE ROW LEVEL SECURITY")


class TestLimits:
    def test_a_station_has_eight_connections(self, robbed: tuple[Hangar, Station, Station]) -> None:
        address = robbed[1].address
        assert address is not None
        opened = [connect(address) for _ in range(8)]
        try:
            with pytest.raises(CentreProblem) as refused:
                connect(address)
            assert refused.value.code == "centre.busy"
        finally:
            for server in opened:
                server.close()

    def test_a_statement_and_a_transaction_have_an_end(self, thief: Server) -> None:
        shown = {name: thief.run(f"SHOW {name}")[0][0] for name in ("statement_timeout", "idle_session_timeout")}
        assert shown == {"statement_timeout": "1min", "idle_session_timeout": "20s"}
        assert thief.run("SHOW idle_in_transaction_session_timeout")[0][0] == "10s"
        assert thief.run("SHOW temp_file_limit")[0][0] == "64MB"

    def test_sorting_the_disk_full_is_refused(self, thief: Server) -> None:
        thief.run("SET work_mem = '64kB'")
        with pytest.raises(CentreProblem, match="temp_file_limit"):
            thief.run(
                "SELECT count(*) FROM (SELECT g FROM generate_series(1, 8000000) AS g ORDER BY md5(g::text)) AS s"
            )

    def test_a_function_is_not_fooled_by_a_search_path(
        self, thief: Server, robbed: tuple[Hangar, Station, Station]
    ) -> None:
        thief.run("SET search_path = pg_temp, public")
        said = thief.run(
            "SELECT toolroom.verify(CAST(:value AS jsonb))", value=f'{{"site_id": "{robbed[1].site_id}"}}'
        )[0][0]
        assert said["head"]["seq"] == 3


def test_the_guide_lists_what_is_tried_here() -> None:
    guide = (PROJECT / "docs" / "centre.md").read_text(encoding="utf-8")
    listed = " ".join(guide.split("<!-- attempts -->")[1].split()).rstrip(".")
    assert listed.split("; ") == sorted(ATTEMPTS)
