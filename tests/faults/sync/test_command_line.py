"""An administrator and a station at the command line, with TLS and SCRAM as in use; and every way in which it fails."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import ssl
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.centre.certificates import Authority
from tests.centre.server import PostgreSql
from tests.centre.stations import waits
from tests.command_line import Answer, CommandLine, copy_of, make_demo_station
from tests.faults.sync.conftest import new_database
from toolroom_desktop.adapters.central.enrolment import EnrolmentStore, read_enrolment, write_enrolment
from toolroom_desktop.config.messages import LANGUAGES

SITE = "Ангар № 1"


@pytest.fixture(scope="session")
def demo_station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, copied for every test."""
    return make_demo_station(tmp_path_factory.mktemp("demo") / "station")


@pytest.fixture
def station(demo_station: Path, tmp_path: Path) -> CommandLine:
    """The command line over a demo station of its own."""
    return CommandLine(copy_of(demo_station, tmp_path / "данные"))


@pytest.fixture
def dsn(tls_server: PostgreSql, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database."""
    told = tls_server.dsn_of(new_database(tls_server))
    monkeypatch.setenv("TOOLROOM_CENTRE_DSN", told)
    return told


@pytest.fixture
def ca(tls_server: PostgreSql, tmp_path: Path) -> Path:
    """The authority that vouches for the server."""
    path = tmp_path / "ca.pem"
    path.write_text(tls_server.authority.pem)
    return path


@pytest.fixture
def enrolment(station: CommandLine, dsn: str, ca: Path, tmp_path: Path) -> Path:
    """An enrolment file for the station."""
    path = tmp_path / "станция.json"
    assert station("central", "init").code == 0
    added = station("central", "add-site", SITE, "--host", "localhost", "--ca", ca, "--out", path)
    assert added.code == 0, added
    return path


def entries_of(station: CommandLine) -> int:
    """How long its journal is."""
    return int(station("journal", "verify", "--json").json["entries"])


def changed(path: Path, target: Path, **fields: object) -> Path:
    """An enrolment file like another one, but whole."""
    said = read_enrolment(path)
    write_enrolment(target, said.site, replace(said.address, **fields))  # type: ignore[arg-type]
    return target


def test_from_an_empty_database_to_a_journal_that_is_verified_there(
    station: CommandLine, enrolment: Path, tmp_path: Path
) -> None:
    again = station("central", "init")
    assert (again.code, "anew" in again.out) == (0, True), "it may be run again"
    enrolled = station("enrol-site", enrolment)
    assert (enrolled.code, SITE in enrolled.out) == (0, True), enrolled
    assert station("enrol-site", enrolment).code == 0, "it may be run again"
    answer = station("sync", "--once", "--json")
    assert answer.code == 0, answer
    assert (answer.json["pushed"], answer.json["pending"]["operations"], answer.json["problems"]) == (
        entries_of(station),
        0,
        [],
    )
    assert "0 entries" in station("sync", "--once").out
    (site,) = station("central", "status", "--json").json
    assert (site["site"], site["pending"], site["head"]["seq"], site["removed"]) == (
        SITE,
        0,
        entries_of(station),
        False,
    )
    assert SITE in station("central", "status", language="ru").out
    verified = station("central", "verify", "--json")
    assert (verified.code, verified.json) == (0, {"whole": True, "entries": entries_of(station), "faults": []})
    assert station("central", "quarantine").code == 0
    new = tmp_path / "новый.json"
    assert station("central", "rotate-password", SITE, "--host", "localhost", "--out", new).code == 0
    assert station("sync", "--once").code == 2
    assert station("central", "remove-site", SITE).code == 0
    station.refused("centre.site_was_removed", "central", "remove-site", SITE, site=SITE)
    station.refused("centre.site_unknown", "central", "remove-site", "никакая", site="никакая")


def test_the_password_lies_in_a_file_that_only_its_owner_reads_and_doctor_says_so(
    station: CommandLine, enrolment: Path
) -> None:
    assert stat.S_IMODE(enrolment.stat().st_mode) == 0o600
    enrolled = station("enrol-site", enrolment)
    assert "key store" in enrolled.err
    kept = station.data / "centre.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert read_enrolment(enrolment).address.password in kept.read_text("utf-8")
    checks = {check["name"]: check for check in station("doctor", "--json").json["checks"]}
    assert (checks["centre"]["grade"], checks["centre"]["password_in"]) == ("note", "file")
    assert checks["centre"]["waiting"]["operations"] == entries_of(station)
    for said in (station("doctor"), station("sync", "--once")):
        assert read_enrolment(enrolment).address.password not in said.out + said.err


def test_without_once_it_syncs_until_it_is_interrupted(
    station: CommandLine, enrolment: Path, tls_server: PostgreSql, dsn: str
) -> None:
    assert station("enrol-site", enrolment).code == 0
    written = entries_of(station)
    database = dsn.split("@/")[1].split("?")[0]

    command = [sys.executable, "-m", "toolroom_desktop.cli", "--data", str(station.data), "--language", "en", "sync"]
    # A program that was begun in the background of a shell ignores Ctrl+C, and so would what it begins.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    signal.signal(signal.SIGINT, before)
    try:
        assert waits(lambda: tls_server.sql("SELECT max(seq) FROM toolroom.site_head", database) == str(written))
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert f"Waiting for the centre: {written} entries" in out
    # Ctrl+C may come between the centre's commit and the note of it here: what is pushed again is not taken twice.
    assert station("sync", "--once", "--json").json["pending"]["operations"] == 0
    assert tls_server.sql("SELECT max(seq) FROM toolroom.site_head", database) == str(written)


def test_a_chain_that_was_changed_at_the_centre_is_named(
    station: CommandLine, enrolment: Path, tls_server: PostgreSql, dsn: str
) -> None:
    assert station("enrol-site", enrolment).code == 0
    assert station("sync", "--once").code == 0
    database = dsn.split("@/")[1].split("?")[0]
    tls_server.sql("UPDATE toolroom.journal SET content = content || ' ' WHERE site_seq = 2", database)
    for language in LANGUAGES:
        answer = station("central", "verify", language=language)
        assert (answer.code, f"{SITE}," in answer.out) == (1, True)
    assert station("central", "verify", "--json").json["faults"] == [{"site": SITE, "site_seq": 2, "code": "content"}]


def test_what_was_set_apart_is_listed_shown_and_resolved(station: CommandLine, enrolment: Path) -> None:
    assert station("enrol-site", enrolment).code == 0
    written = entries_of(station)
    with closing(sqlite3.connect(station.data / "toolroom.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER journal_never_changes")
        connection.execute("UPDATE journal SET kind = 'forged' WHERE site_seq = 3")
    synced = station("sync", "--once", "--json")
    assert (synced.code, synced.json["quarantined"], synced.json["pushed"]) == (1, 1, written)
    assert [problem["code"] for problem in synced.json["problems"]] == ["centre.quarantined"]
    listed = station("central", "quarantine", "--json")
    (apart,) = listed.json
    assert (listed.code, apart["reason"], apart["site_seq"]) == (1, "content", 3)
    assert '"kind":"forged"' in station("central", "quarantine", "--show", apart["number"]).json["content"]
    station.refused("centre.note_needed", "central", "quarantine", "--resolve", apart["number"])
    assert station("central", "status").code == 1
    assert station("central", "quarantine", "--resolve", apart["number"], "--note", "опечатка").code == 0
    assert (station("central", "quarantine").code, station("central", "status").code) == (0, 0)
    assert station("central", "quarantine", "--all", "--json").json[0]["note"] == "опечатка"
    station.refused("centre.quarantine_unknown", "central", "quarantine", "--resolve", 99, "--note", "x", number=99)


@contextmanager
def listening(behave: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server of some other kind; its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                caller, _ = listener.accept()
            except OSError:
                return
            with caller:
                try:
                    behave(caller)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, name="other server")
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def _mysql(caller: socket.socket) -> None:
    caller.sendall(b"J\0\0\0\n8.0.36\0")
    caller.recv(100)


def _ssh(caller: socket.socket) -> None:
    caller.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")
    caller.recv(100)


def _http(caller: socket.socket) -> None:
    caller.recv(100)
    caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def _without_tls(caller: socket.socket) -> None:
    caller.recv(8)
    caller.sendall(b"N")


# SCRAM without the binding to the channel, behind which somebody could stand between the two.
_SCRAM_UNBOUND = b"R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0"


def _closes(caller: socket.socket) -> None:
    caller.recv(8)


class TestWhatIsToldPlainly:
    """Nothing is kept of an enrolment that cannot work; the station's records are what they were."""

    @pytest.fixture(autouse=True)
    def _nothing_is_kept(self, station: CommandLine) -> Iterator[None]:
        yield
        assert not EnrolmentStore(station.data).exists()

    def test_a_wrong_password(self, station: CommandLine, enrolment: Path, tmp_path: Path) -> None:
        wrong = changed(enrolment, tmp_path / "wrong.json", password="guessed")
        station.refused("centre.wrong_password", "enrol-site", wrong)

    def test_an_unknown_role(self, station: CommandLine, enrolment: Path, tmp_path: Path) -> None:
        wrong = changed(enrolment, tmp_path / "wrong.json", user="toolroom_site_nobody")
        station.refused("centre.wrong_password", "enrol-site", wrong)

    def test_a_database_that_is_not_there(self, station: CommandLine, enrolment: Path, tmp_path: Path) -> None:
        wrong = changed(enrolment, tmp_path / "wrong.json", database="nowhere")
        station.refused("centre.no_database", "enrol-site", wrong, database="nowhere")

    def test_another_authority(self, station: CommandLine, enrolment: Path, tmp_path: Path) -> None:
        wrong = changed(enrolment, tmp_path / "wrong.json", ca=Authority().pem)
        station.refused("centre.unknown_authority", "enrol-site", wrong)

    def test_the_authorities_of_the_system(self, station: CommandLine, enrolment: Path, tmp_path: Path) -> None:
        wrong = changed(enrolment, tmp_path / "wrong.json", ca="")
        station.refused("centre.unknown_authority", "enrol-site", wrong)

    def test_a_certificate_for_another_name(
        self, station: CommandLine, enrolment: Path, tmp_path: Path, tls_server: PostgreSql
    ) -> None:
        self._with_certificate(tls_server, "elsewhere.example")
        try:
            station.refused("centre.other_host", "enrol-site", enrolment, host="localhost")
        finally:
            self._with_certificate(tls_server, "localhost", "127.0.0.1")

    def test_a_certificate_that_has_run_out(
        self, station: CommandLine, enrolment: Path, tls_server: PostgreSql
    ) -> None:
        self._with_certificate(tls_server, "localhost", days=-3)
        try:
            station.refused("centre.certificate_expired", "enrol-site", enrolment)
        finally:
            self._with_certificate(tls_server, "localhost", "127.0.0.1")

    @staticmethod
    def _with_certificate(server: PostgreSql, *names: str, days: int = 100) -> None:
        server.show(server.authority.server(*names, days=days))

    def test_a_database_that_is_no_centre(
        self, station: CommandLine, enrolment: Path, tmp_path: Path, tls_server: PostgreSql
    ) -> None:
        other = new_database(tls_server)
        wrong = changed(enrolment, tmp_path / "wrong.json", database=other)
        station.refused("centre.not_a_centre", "enrol-site", wrong, database=other)
        with_dsn = ("--dsn", tls_server.dsn_of(other))
        station.refused("centre.not_a_centre", "central", "status", *with_dsn, database=other)

    @pytest.mark.parametrize(
        ("behave", "sentence"),
        [
            (_mysql, "centre.not_postgresql"),
            (_http, "centre.not_postgresql"),
            (_ssh, "centre.no_tls"),
            (_without_tls, "centre.no_tls"),
        ],
    )
    def test_a_server_of_another_product(
        self,
        station: CommandLine,
        enrolment: Path,
        tmp_path: Path,
        behave: Callable[[socket.socket], None],
        sentence: str,
    ) -> None:
        with listening(behave) as port:
            wrong = changed(enrolment, tmp_path / "wrong.json", port=port)
            station.refused(sentence, "enrol-site", wrong)

    def test_a_server_that_wants_the_password_in_the_clear(
        self, station: CommandLine, enrolment: Path, tls_server: PostgreSql
    ) -> None:
        rules = tls_server.data / "pg_hba.conf"
        before = rules.read_text()
        rules.write_text(before.replace("scram-sha-256", "password"))
        tls_server.reload()
        try:
            station.refused("centre.asks_for_password", "enrol-site", enrolment)
        finally:
            rules.write_text(before)
            tls_server.reload()

    @pytest.mark.parametrize("asks", [b"R\0\0\0\x08\0\0\0\3", b"R\0\0\0\x0c\0\0\0\5salt", _SCRAM_UNBOUND])
    def test_a_false_centre_with_the_right_certificate_is_told_nothing(
        self, station: CommandLine, enrolment: Path, tmp_path: Path, tls_server: PostgreSql, asks: bytes
    ) -> None:
        issued = tls_server.authority.server("localhost")
        shown = tmp_path / "shown.pem"
        shown.write_bytes(issued.certificate + issued.key)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(shown)
        heard: list[bytes] = []

        def behave(caller: socket.socket) -> None:
            caller.recv(8)
            caller.sendall(b"S")
            with context.wrap_socket(caller, server_side=True) as line:
                line.recv(1000)
                line.sendall(asks)
                heard.append(line.recv(1000))

        with listening(behave) as port:
            lying = changed(enrolment, tmp_path / "lying.json", port=port)
            station.refused("centre.asks_for_password", "enrol-site", lying)
        assert set(heard) <= {b"", b"X\0\0\0\4"}, "a goodbye at most"

    def test_a_server_that_lets_everybody_in(
        self, station: CommandLine, enrolment: Path, tls_server: PostgreSql
    ) -> None:
        rules = tls_server.data / "pg_hba.conf"
        before = rules.read_text()
        rules.write_text(before.replace("scram-sha-256", "trust"))
        tls_server.reload()
        try:
            station.refused("centre.asks_for_password", "enrol-site", enrolment)
        finally:
            rules.write_text(before)
            tls_server.reload()

    def test_a_computer_that_is_not_let_in(self, station: CommandLine, enrolment: Path, tls_server: PostgreSql) -> None:
        rules = tls_server.data / "pg_hba.conf"
        before = rules.read_text()
        rules.write_text(before.replace("127.0.0.1/32 scram-sha-256", "10.9.8.7/32 scram-sha-256"))
        tls_server.reload()
        try:
            station.refused("centre.not_let_in", "enrol-site", enrolment)
        finally:
            rules.write_text(before)
            tls_server.reload()

    @pytest.mark.parametrize(
        "damage",
        [
            lambda text: text[: len(text) // 2],
            lambda text: text.replace("localhost", "localhosd"),
            lambda text: "",
            lambda text: "[]",
            lambda text: '{"format": "another"}',
            lambda text: "\0" * 100,
            lambda text: text.replace('"check"', '"chek"'),
        ],
    )
    def test_a_damaged_enrolment_file(
        self, station: CommandLine, enrolment: Path, tmp_path: Path, damage: Callable[[str], str]
    ) -> None:
        path = tmp_path / "damaged.json"
        path.write_text(damage(enrolment.read_text("utf-8")), encoding="utf-8")
        station.refused("enrolment.damaged", "enrol-site", path, path=path)

    def test_an_enrolment_that_would_go_through_the_network_in_the_open(
        self, station: CommandLine, enrolment: Path, tmp_path: Path
    ) -> None:
        open_line = changed(enrolment, tmp_path / "open.json", host="centre.example", tls=False)
        station.refused("enrolment.damaged", "enrol-site", open_line)

    def test_an_enrolment_file_that_is_not_there_or_is_of_a_newer_program(
        self, station: CommandLine, enrolment: Path, tmp_path: Path
    ) -> None:
        station.refused("enrolment.missing", "enrol-site", tmp_path / "none.json")
        newer = tmp_path / "newer.json"
        newer.write_text(json.dumps({**json.loads(enrolment.read_text("utf-8")), "version": 2}))
        station.refused("enrolment.newer", "enrol-site", newer)

    def test_a_station_that_belongs_to_no_centre(self, station: CommandLine) -> None:
        station.refused("enrolment.none", "sync", "--once")


class TestACentreThatIsAway:
    """What heals by itself keeps no station from being enrolled."""

    @pytest.mark.parametrize("away", ["unknown host", "nobody listens", "closes"])
    def test_the_enrolment_is_kept_and_the_reason_said(
        self, station: CommandLine, enrolment: Path, tmp_path: Path, away: str
    ) -> None:
        with listening(_closes) as port:
            fields: dict[str, dict[str, object]] = {
                "unknown host": {"host": "centre.invalid"},
                "nobody listens": {"port": 1},
                "closes": {"port": port},
            }
            enrolled = station("enrol-site", changed(enrolment, tmp_path / "away.json", **fields[away]))
            assert enrolled.code == 0, enrolled
            assert "could not be tried" in enrolled.err
            said = station("sync", "--once", "--json")
        assert said.code == 2
        assert said.json["pending"]["operations"] == entries_of(station)
        (problem,) = said.json["problems"]
        assert problem["code"] in ("centre.unknown_host", "centre.nobody_listens", "centre.silent")

    def test_a_damaged_note_of_the_enrolment_keeps_the_station_working(
        self, station: CommandLine, enrolment: Path
    ) -> None:
        assert station("enrol-site", enrolment).code == 0
        (station.data / "centre.json").write_text("{", encoding="utf-8")
        said = station("sync", "--once", "--json")
        assert (said.code, said.json["problems"][0]["code"]) == (2, "enrolment.kept_damaged")
        checks = {check["name"]: check for check in station("doctor", "--json").json["checks"]}
        assert checks["centre"]["problem"] == "enrolment.kept_damaged"
        assert station("kits", "list").code == 0


class TestAdministration:
    def test_missing_rights_are_said_and_nothing_is_made(self, station: CommandLine, tls_server: PostgreSql) -> None:
        database = new_database(tls_server)
        tls_server.sql("CREATE ROLE small LOGIN PASSWORD 'small'" if not _has_role(tls_server) else "SELECT 1")
        dsn = tls_server.dsn_of(database).replace("postgres@", "small@")
        station.refused("centre.missing_rights", "central", "init", "--dsn", dsn)
        assert tls_server.sql("SELECT to_regnamespace('toolroom') IS NULL", database) == "t"

    def test_the_owner_of_a_database_who_may_make_roles_is_enough(
        self, station: CommandLine, every_server: PostgreSql, ca: Path, tmp_path: Path
    ) -> None:
        database = new_database(every_server)
        owner = f"owner_of_{database}"
        every_server.sql(f"CREATE ROLE {owner} LOGIN CREATEROLE")
        every_server.sql(f"ALTER DATABASE {database} OWNER TO {owner}")
        # Roles are the server's: those that a superuser made belong to somebody else.
        leftover = every_server.sql("SELECT string_agg(rolname, ',') FROM pg_roles WHERE rolname ~ '^toolroom_(o|st)'")
        for role in filter(None, leftover.split(",")):
            every_server.sql(f"GRANT {role} TO {owner} WITH ADMIN OPTION")
        dsn = every_server.dsn_of(database).replace("postgres@", f"{owner}@")
        made = station("central", "init", "--dsn", dsn)
        assert (made.code, "superuser" in made.err) == (0, True), made
        path = tmp_path / "e.json"
        host = ("--host", "localhost", "--ca", ca) if every_server.build.tls else ("--host", "localhost")
        added = station("central", "add-site", SITE, "--dsn", dsn, *host, "--out", path)
        assert added.code == 0, added
        assert station("central", "status", "--dsn", dsn).code == 0
        assert station("central", "verify", "--dsn", dsn).code == 0
        path.unlink()
        assert station("central", "rotate-password", SITE, "--dsn", dsn, *host, "--out", path).code == 0
        assert station("central", "remove-site", SITE, "--dsn", dsn).code == 0

    def test_a_name_that_is_taken(self, station: CommandLine, enrolment: Path, tmp_path: Path) -> None:
        out = ("--host", "localhost", "--out", tmp_path / "second.json")
        station.refused("centre.site_taken", "central", "add-site", SITE.upper(), *out, site=SITE.upper())
        assert not (tmp_path / "second.json").exists()

    def test_a_file_that_is_there_is_not_overwritten(self, station: CommandLine, enrolment: Path) -> None:
        out = ("--host", "localhost", "--out", enrolment)
        station.refused("enrolment.exists", "central", "add-site", "другая", *out)
        assert [site["site"] for site in station("central", "status", "--json").json] == [SITE]

    def test_stations_need_a_host(self, station: CommandLine, dsn: str, tmp_path: Path) -> None:
        station.refused("centre.host_needed", "central", "add-site", SITE, "--out", tmp_path / "x.json")

    @pytest.mark.parametrize(
        ("dsn", "sentence"),
        [
            ("mysql://u@h/d", "centre.bad_dsn"),
            ("postgresql://h/d", "centre.bad_dsn"),
            ("postgresql://u@h/", "centre.bad_dsn"),
            ("postgresql://u@h:port/d", "centre.bad_dsn"),
            ("postgresql://u@h/d?sslkey=x", "centre.dsn_option"),
            ("postgresql://u@centre.example/d?sslmode=disable", "centre.sslmode"),
            ("postgresql://u@centre.example/d?sslmode=require", "centre.sslmode"),
            ("postgresql://u@h/d?sslrootcert=/nowhere.pem", "centre.no_ca_file"),
        ],
    )
    def test_a_dsn_that_cannot_be_meant(self, station: CommandLine, dsn: str, sentence: str) -> None:
        station.refused(sentence, "central", "status", "--dsn", dsn)

    def test_a_file_that_is_no_certificate_of_an_authority(self, station: CommandLine, tmp_path: Path) -> None:
        """Also one that begins like it: else it would look as if the server had no TLS."""
        whole = Authority().pem
        request = whole.replace("CERTIFICATE", "CERTIFICATE REQUEST")
        contents = ("", "BEGIN CERTIFICATE", whole[: len(whole) // 2], request)
        path = tmp_path / "ca.pem"
        for content in contents:
            path.write_text(content)
            dsn = f"postgresql://u@centre.example/d?sslrootcert={path}"
            station.refused("centre.no_ca_file", "central", "status", "--dsn", dsn, path=path)

    def test_an_administrator_is_told_what_an_administrator_mends(
        self, station: CommandLine, dsn: str, tls_server: PostgreSql, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        user, host = "toolroom_admin", "centre.example"
        monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
        lonely = f"postgresql://{user}@{host}/d"
        station.refused("centre.password_needs_terminal", "central", "status", "--dsn", lonely)
        tls_server.sql("DO $$ BEGIN CREATE ROLE guest LOGIN PASSWORD 'right'; EXCEPTION WHEN OTHERS THEN END $$")
        database = dsn.partition("?")[0].rpartition("/")[2]
        where = f"localhost:{tls_server.port}/{database}"
        ca = tls_server.folder / "admin-ca.pem"
        ca.write_text(tls_server.authority.pem)
        monkeypatch.setenv("TOOLROOM_CENTRE_PASSWORD", "wrong")
        trusting = f"postgresql://guest@{where}?sslrootcert={ca}"
        station.refused("centre.wrong_admin_password", "central", "status", "--dsn", trusting, user="guest")
        doubting = f"postgresql://guest@{where}"
        station.refused("centre.unknown_authority_of_dsn", "central", "status", "--dsn", doubting)

    def test_no_dsn_at_all(self, station: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("TOOLROOM_CENTRE_DSN", raising=False)
        station.refused("centre.no_dsn", "central", "status")

    def test_no_site_yet(self, station: CommandLine, dsn: str) -> None:
        assert station("central", "init").code == 0
        answer: Answer = station("central", "status")
        assert (answer.code, "no site" in answer.out) == (0, True)


def _has_role(server: PostgreSql) -> bool:
    return server.sql("SELECT count(*) FROM pg_roles WHERE rolname = 'small'") == "1"


def test_a_station_that_belongs_to_a_centre_is_still_one_after_a_restore(
    station: CommandLine, enrolment: Path, tmp_path: Path
) -> None:
    """A backup holds neither the enrolment nor its password; what the computer has of them stays."""
    assert station("enrol-site", enrolment).code == 0
    backup = tmp_path / "копия.zip"
    assert station("backup", backup).code == 0
    assert read_enrolment(enrolment).address.password.encode() not in backup.read_bytes()
    assert station("restore", backup, "--yes").code == 0
    assert EnrolmentStore(station.data).load().site == SITE
    waiting = station("sync", "--once")
    assert waiting.code == 2, "the centre is asked first for what the backup lacks"
    assert "--bring-back" in waiting.err
    assert station("sync", "--bring-back", "--yes").code == 0
    assert station("sync", "--once").code == 0
