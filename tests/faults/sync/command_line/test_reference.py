"""Reference data at the command line: an administrator of the centre, and stations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.centre.server import PostgreSql
from tests.command_line import TOOLKIT, CommandLine
from tests.faults.sync.conftest import new_database

PEOPLE = "Табельный номер;ФИО;Роль;Действует до\nА-7;Анна Смирнова;кладовщик;2031-01-31\nБ-2;Борис;quality;\n"
TOOLKITS = """toolkits:
- name: LINE
  title_ru: Линейный
  positions:
  - class: pliers
    quantity: 2
    name_ru: Пассатижи
  kits:
  - number: L-1
    code: QR-L-1
"""
TOOLS = "class;kit;place;marking\npliers;L-1;1;Т-1\npliers;L-1;2;Т-2\npliers;;;Т-3\n"


@pytest.fixture
def centre(
    tls_server: PostgreSql, station: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CommandLine]:
    """The administrator's command line; the station belongs to the centre."""
    monkeypatch.setenv("TOOLROOM_CENTRE_DSN", tls_server.dsn_of(new_database(tls_server)))
    made = CommandLine(tmp_path / "administrator")
    (tmp_path / "ca.pem").write_text(tls_server.authority.pem)
    assert made("central", "init").code == 0
    yield made


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "списки"
    folder.mkdir()
    (folder / "люди.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "наборы.yaml").write_text(TOOLKITS, encoding="utf-8")
    (folder / "инструменты.csv").write_text(TOOLS, encoding="utf-8")
    return folder


def rows(centre: CommandLine, kind: str) -> list[str]:
    """The keys of that kind."""
    return [row["key"] for row in centre("central", "reference", "list", "--kind", kind, "--json").json]


def enrol(centre: CommandLine, station: CommandLine, folder: Path) -> None:
    """Let the station belong to the centre."""
    way = ("--host", "localhost", "--ca", folder / "ca.pem", "--out", folder / "1.json")
    assert centre("central", "add-site", "Ангар 1", *way).code == 0
    assert station("enrol-site", folder / "1.json").code == 0


class TestImport:
    def test_a_folder_of_lists_is_shown_first_and_then_taken_in_whole(self, centre: CommandLine, lists: Path) -> None:
        shown = centre("central", "import", lists, "--dry-run")
        assert (shown.code, "New: 7, changed: 0, unchanged: 0" in shown.out) == (0, True), shown
        assert "Анна Смирнова (А-7)" in shown.out
        assert centre("central", "import", lists).code == 2, "nobody is there to be asked"
        assert rows(centre, "person") == []
        taken = centre("central", "import", lists, "--yes", language="ru")
        assert (taken.code, "Принято: 7" in taken.out) == (0, True), taken
        assert rows(centre, "person") == ["а-7", "б-2"]
        assert (rows(centre, "toolkit"), rows(centre, "kit"), len(rows(centre, "tool"))) == (["line"], ["l-1"], 3)
        again = centre("central", "import", lists, "--yes")
        assert "New: 0, changed: 0, unchanged: 7" in again.out

    def test_a_list_with_errors_is_named_by_row_and_column_and_nothing_of_the_folder_is_taken_in(
        self, centre: CommandLine, lists: Path
    ) -> None:
        people = PEOPLE + "В-3;;admiral;завтра\nА-7;Анна;quality;\n"
        (lists / "люди.csv").write_text(people, encoding="utf-8")
        (lists / "инструменты.csv").write_text(TOOLS + "pliers;L-1;3;Т-4\npliers;;;Т-1\n", encoding="utf-8")
        refused = centre("central", "import", lists, "--yes")
        assert refused.code == 2
        said = refused.err.splitlines()
        assert any(line.startswith("люди.csv: Row 4, column role: ") for line in said), said
        assert any(line.startswith("люди.csv: Row 4, column expires_on: ") for line in said)
        assert any(line.startswith("люди.csv: Row 5, column badge: ") for line in said)
        assert any(line.startswith("инструменты.csv: Row 5, column place: ") for line in said), said
        assert any(line.startswith("инструменты.csv: Row 6, ") for line in said)
        assert rows(centre, "toolkit") == []

    def test_what_does_not_fit_the_rest_is_refused(self, centre: CommandLine, lists: Path, tmp_path: Path) -> None:
        assert centre("central", "import", lists, "--yes").code == 0
        other = tmp_path / "другой.yaml"
        other.write_text(TOOLKITS.replace("LINE", "BASE").replace("number: L-1", "number: B-1"), encoding="utf-8")
        refused = centre("central", "import", other, "--yes")
        assert (refused.code, "QR-L-1" in refused.err or "qr-l-1" in refused.err) == (2, True), refused
        assert rows(centre, "toolkit") == ["line"]
        refused = centre("central", "reference", "remove", "toolkit", "line")
        assert refused.code == 2

    def test_a_station_gives_its_whole_register(self, centre: CommandLine, station: CommandLine) -> None:
        taken = centre("central", "import", "--from-station", station.data, "--yes")
        assert taken.code == 0, taken
        people = station("users", "list", "--json").json
        assert sorted(rows(centre, "person")) == sorted(person["badge"].casefold() for person in people)
        assert len(rows(centre, "kit")) == len(station("kits", "list", "--json").json)
        shown = centre("central", "reference", "show", "person", people[0]["badge"].casefold()).json
        assert set(shown["content"]) == {"badge", "name", "role", "active", "expires_on"}, "no PIN comes here"
        assert "unchanged" in centre("central", "import", "--from-station", station.data, "--dry-run").out

    def test_one_source_at_a_time(self, centre: CommandLine, lists: Path) -> None:
        centre.refused("reference.one_source", "central", "import")
        centre.refused("reference.one_source", "central", "import", lists, "--from-station", lists)

    @pytest.mark.parametrize("name", ["люди.xlsx", "люди.csv"])
    def test_a_damaged_file_is_refused(self, centre: CommandLine, tmp_path: Path, name: str) -> None:
        damaged = tmp_path / name
        damaged.write_bytes(b"\x00\xff\xfe not a list \x00")
        assert centre("central", "import", damaged, "--yes").code == 2
        empty = tmp_path / "пустая"
        empty.mkdir()
        centre.refused("import.no_lists", "central", "import", empty, path=empty)


def test_from_a_list_to_a_station_and_back(
    centre: CommandLine, station: CommandLine, lists: Path, tmp_path: Path
) -> None:
    enrol(centre, station, tmp_path)
    assert station("sync", "--once").code == 0
    assert centre("central", "proposals", "--json").code == 1, "the demonstration's people and kits are proposed"
    before = len(centre("central", "proposals", "--json").json)
    assert f"wait for a decision: {before}." in centre("central", "status").err
    assert centre("central", "reference", "underived").code == 0
    assert before > 5
    listed = centre("central", "proposals", "--site", "Ангар 1", language="ru")
    assert (listed.code, "в центре нет" in listed.out) == (1, True)
    accepted = centre("central", "proposals", "--accept-all", "--site", "Ангар 1")
    assert (accepted.code, f"Accepted: {before}, rejected: 0." in accepted.out) == (0, True), accepted
    nothing = centre("central", "proposals")
    assert (nothing.code, "No station proposes anything." in nothing.out) == (0, True)
    assert TOOLKIT.casefold() in rows(centre, "toolkit")
    assert centre("central", "import", lists, "--yes").code == 0
    assert station("sync", "--once").code == 0
    assert {"А-7", "Б-2"} <= {person["badge"] for person in station("users", "list", "--json").json}
    # A change here is decided there.
    assert station("users", "change", "А-7", "--name", "Анна Иванова").code == 0
    assert station("sync", "--once").code == 0
    (proposal,) = centre("central", "proposals", "--json").json
    assert (proposal["present"]["name"], proposal["proposed"]["name"]) == ("Анна Смирнова", "Анна Иванова")
    assert centre("central", "proposals", "--reject", proposal["number"]).code == 0
    assert station("sync", "--once").code == 0
    assert "Анна Смирнова" in station("users", "list").out
    history = centre("central", "reference", "history", "person", "а-7")
    assert (history.code, "Анна Смирнова" in history.out) == (0, True)
    centre.refused("reference.no_proposal", "central", "proposals", "--accept", 999, number=999)
    centre.refused("reference.unknown", "central", "reference", "show", "person", "никто")


def test_a_setting_of_the_centre_is_told_with_its_origin(
    centre: CommandLine, station: CommandLine, tmp_path: Path
) -> None:
    enrol(centre, station, tmp_path)
    assert station("settings", "set", "procedures.calibration_days", "5").code == 0
    assert centre("central", "set-setting", "procedures.calibration_days", "30").code == 0
    assert centre("central", "set-setting", "procedures.giver_signs", "true").code == 0
    centre.refused("settings.not_of_centre", "central", "set-setting", "camera.source", "usb:1", key="camera.source")
    assert centre("central", "set-setting", "procedures.calibration_days", "9999").code == 2
    centre.refused("reference.value_or_remove", "central", "set-setting", "procedures.giver_signs")
    assert station("sync", "--once").code == 0
    lines = station("settings", "show").out.splitlines()
    assert "procedures.calibration_days = 30  # given by the centre" in lines
    assert "procedures.giver_signs = True  # given by the centre" in lines
    assert "procedures.witness = none" in lines
    station.refused(
        "settings.given_by_centre", "settings", "set", "procedures.giver_signs", "false", key="procedures.giver_signs"
    )
    assert centre("central", "set-setting", "procedures.calibration_days", "--remove").code == 0
    assert station("sync", "--once").code == 0
    assert "procedures.calibration_days = 5  # of settings.toml" in station("settings", "show").out.splitlines()


def test_a_newer_program_is_heard_of_from_the_centre_alone(
    centre: CommandLine, station: CommandLine, tmp_path: Path
) -> None:
    def newer() -> object:
        (check,) = [check for check in station("doctor", "--json").json["checks"] if check["name"] == "centre"]
        # The password lies in a file here, and that is said beside it.
        assert (check["password_in"], "Let nobody else read" in check["sentence"]) == ("file", True)
        assert (check["newer_program"] is not None) == ("The centre asks for version 999.0.0" in check["sentence"])
        return check["newer_program"]

    enrol(centre, station, tmp_path)
    centre.refused("reference.bad_version", "central", "announce-program", "новая", version="новая")
    centre.refused("reference.version_or_remove", "central", "announce-program")
    heard = []
    for announced in (("0.0.1",), ("999.0.0",), ("--remove",)):
        assert centre("central", "announce-program", *announced).code == 0
        assert station("sync", "--once").code == 0
        heard.append(newer())
    assert heard == [None, "999.0.0", None]


def test_what_cannot_be_taken_over_is_named_with_its_reason(
    centre: CommandLine, station: CommandLine, lists: Path, tmp_path: Path
) -> None:
    enrol(centre, station, tmp_path)
    (kit, *_) = station("kits", "list", "--json").json
    (lists / "наборы.yaml").write_text(TOOLKITS.replace("QR-L-1", kit["code"]), encoding="utf-8")
    assert centre("central", "import", lists, "--yes").code == 0
    answer = station("sync", "--once")
    assert answer.code == 1, answer
    assert "Not taken over: kit L-1. " in answer.err
    assert kit["kit"] in answer.err
    told = station("sync", "--once", "--json").json["set_aside"]
    assert told["count"] == len(told["first"]) == 3, "the kit, and the tools that lie in it"
    assert {"kind": "kit", "key": "l-1", "code": "kit.code_taken"}.items() <= told["first"][0].items()
