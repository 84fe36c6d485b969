"""The centre's administration at the command line, and what it refuses."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.centre.certificates import Authority
from tests.centre.server import PostgreSql
from tests.command_line import Answer, CommandLine
from tests.faults.sync.command_line.steps import SITE
from tests.faults.sync.conftest import new_database


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
