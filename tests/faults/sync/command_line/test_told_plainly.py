"""Every way in which the centre fails at the command line is told plainly."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.centre.certificates import Authority
from tests.centre.server import PostgreSql
from tests.command_line import CommandLine
from tests.faults.sync.command_line.other_servers import closes, http, listening, mysql, ssh, without_tls
from tests.faults.sync.command_line.steps import changed, entries_of
from tests.faults.sync.conftest import new_database
from toolroom_desktop.adapters.central.enrolment import EnrolmentStore

# SCRAM without the binding to the channel, behind which somebody could stand between the two.
_SCRAM_UNBOUND = b"R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0"


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
            (mysql, "centre.not_postgresql"),
            (http, "centre.not_postgresql"),
            (ssh, "centre.no_tls"),
            (without_tls, "centre.no_tls"),
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
        with listening(closes) as port:
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
