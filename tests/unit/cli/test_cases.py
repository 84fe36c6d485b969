"""Lost-tool cases on the command line: a whole course from the report to the print, and who may not."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.command_line import PIN, CommandLine
from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.config.messages import LANGUAGES, Language

SAFE = "Бокорезы найдены под панелью, борт осмотрен."


@pytest.fixture
def pin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLROOM_PIN", PIN)


@pytest.fixture
def case(toolroom: CommandLine, pin: None) -> str:
    """A case that a technician opened by hand."""
    opened = toolroom(
        "cases", "open", "--kit", "K-014", "--tool", "side_cutters", "--text", "не вернулись",
        "--aircraft", "RA-89001", "--badge", "DEMO-TECH", "--json",
    )  # fmt: skip
    assert opened.code == 0, opened.err
    number: str = opened.json["number"]
    return number


def entries(toolroom: CommandLine, kind: str) -> list[dict[str, object]]:
    records: Records = open_records(toolroom.data, read_only=True)
    try:
        return records.database.read(
            lambda uow: [dict(entry.payload) for entry in uow.journal.entries() if entry.kind == kind]
        )
    finally:
        records.close()


def make_older(uow: SqlUnitOfWork, number: str) -> None:
    """As if it had been recorded five minutes ago: a test waits for nothing."""
    case = uow.cases.by_number(number)
    assert case is not None
    now, before = (case.events[0].at - timedelta(minutes=minutes) for minutes in (0, 5))
    uow.connection.execute(
        text("UPDATE lost_tool_case SET events = replace(events, :now, :before)"),
        {"now": now.isoformat(timespec="microseconds"), "before": before.isoformat(timespec="microseconds")},
    )


def moved(toolroom: CommandLine, step: str, number: str, badge: str, *more: object) -> int:
    answer = toolroom("cases", step, number, "--badge", badge, *more)
    assert "Traceback" not in answer.err
    return answer.code


def test_a_station_without_cases_says_so(toolroom: CommandLine) -> None:
    for language, said in (("en", "No case is open."), ("ru", "Открытых случаев нет.")):
        answer = toolroom("cases", "list", language="ru" if language == "ru" else "en")
        assert (answer.code, answer.out.strip()) == (0, said)
    assert toolroom("cases", "list", "--json").json == []


def test_a_case_goes_its_whole_way(toolroom: CommandLine, case: str, brace_photo: Path) -> None:
    assert moved(toolroom, "search", case, "DEMO-TECH", "--place", "кабина", "--photo", brace_photo) == 0
    assert moved(toolroom, "search", case, "DEMO-STORE", "--place", "стремянка", "--text", "ничего") == 0
    assert moved(toolroom, "note", case, "DEMO-LEAD", "--text", "звонили экипажу") == 0
    assert moved(toolroom, "conclude", case, "DEMO-TECH", "--outcome", "found", "--place", "под панелью") == 0
    assert moved(toolroom, "release", case, "DEMO-QA", "--statement", SAFE) == 0
    assert toolroom("cases", "list").out.strip() == "No case is open."
    shown = toolroom("cases", "show", case.lower()).out
    for said in ("Released by quality.", "кабина", "звонили экипажу", "Found: под панелью", SAFE, "RA-89001"):
        assert said in shown
    (row,) = toolroom("cases", "list", "--all", "--json").json
    assert (row["number"], row["state"], row["next"]) == (case, "released", "nothing")
    assert moved(toolroom, "reopen", case, "DEMO-LEAD", "--text", "это другие бокорезы") == 0
    assert [row["state"] for row in toolroom("cases", "list", "--json").json] == ["open"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_names_tool_kit_and_next_step(toolroom: CommandLine, case: str, language: Language) -> None:
    answer = toolroom("cases", "list", language=language)
    assert answer.code == 0
    for said in (case, "K-014", {"en": "Side cutters", "ru": "Бокорезы"}[language]):
        assert said in answer.out


def test_an_overdue_case_is_marked_and_ends_with_1(toolroom: CommandLine, case: str) -> None:
    toolroom("settings", "set", "procedures.case_search_minutes", "1")
    records = open_records(toolroom.data)
    try:
        records.database.write(lambda uow: make_older(uow, case))
    finally:
        records.close()
    answer = toolroom("cases", "list")
    assert answer.code == 1
    assert "overdue since" in answer.out


def test_who_may_not_is_refused_and_the_journal_says_so(toolroom: CommandLine, case: str) -> None:
    moved(toolroom, "conclude", case, "DEMO-TECH", "--outcome", "found", "--place", "под панелью")
    toolroom.refused("people.not_permitted", "cases", "release", case, "--statement", SAFE, "--badge", "DEMO-LEAD")
    tried = [(entry["badge"], entry["command"], entry["subject"]) for entry in entries(toolroom, "refused")]
    assert tried == [("DEMO-LEAD", "case_release", case)] * 2
    assert toolroom("cases", "list", "--json").json[0]["state"] == "awaits_release"


def test_mistakes_are_sentences(toolroom: CommandLine, case: str, tmp_path: Path) -> None:
    by = ("--badge", "DEMO-TECH")
    toolroom.refused("case.unknown", "cases", "show", "C1999-0001")
    toolroom.refused("case.place_empty", "cases", "search", case, "--place", " ", *by)
    toolroom.refused("case.second_search_owed", "cases", "conclude", case, "--outcome", "lost", *by)
    toolroom.refused("cli.not_one_of", "cases", "conclude", case, "--outcome", "maybe", *by)
    toolroom.refused("photo.missing", "cases", "note", case, "--text", "x", "--photo", tmp_path / "no.jpg", *by)
    toolroom.refused("case.tool_not_in_kit", "cases", "open", "--kit", "K-014", "--tool", "hammer", "--text", "x", *by)
    toolroom.refused("kit.unknown", "cases", "open", "--kit", "K-999", "--text", "x", *by)
    quality = ("--badge", "DEMO-QA")
    toolroom.refused("case.outcome_owed", "cases", "release", case, "--statement", SAFE, *quality)


def test_without_a_pin_nothing_happens(toolroom: CommandLine, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLROOM_PIN", "999999")
    toolroom.refused("people.wrong_pin", "cases", "note", case, "--text", "x", "--badge", "DEMO-TECH")
    assert len(toolroom("cases", "show", case, "--json").json["events"]) == 1


@pytest.mark.usefixtures("qapp")
class TestReport:
    def test_it_is_a_pdf_whose_hash_is_in_the_journal(self, toolroom: CommandLine, case: str, tmp_path: Path) -> None:
        target = tmp_path / "отчёт о случае.pdf"
        answer = toolroom("cases", "report", case, "--out", target, "--badge", "DEMO-QA")
        assert answer.code == 0, answer.err
        assert target.read_bytes().startswith(b"%PDF")
        (entry,) = entries(toolroom, "report_exported")
        sha256 = toolroom("cases", "show", case, "--json").json["data_sha256"]
        assert (entry["subject"], entry["by"], entry["data_sha256"]) == (case, "DEMO-QA", sha256)
        assert sha256 in answer.out
        assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []

    def test_a_file_that_is_there_stays_unless_it_may_be_replaced(
        self, toolroom: CommandLine, case: str, tmp_path: Path
    ) -> None:
        target = tmp_path / "report.pdf"
        target.write_text("mine", encoding="utf-8")
        command = ("cases", "report", case, "--out", target, "--badge", "DEMO-QA")
        toolroom.refused("document.there_already", *command)
        assert target.read_text(encoding="utf-8") == "mine"
        assert toolroom(*command, "--overwrite").code == 0
        assert target.read_bytes().startswith(b"%PDF")

    def test_a_folder_that_is_not_there_is_a_sentence(self, toolroom: CommandLine, case: str, tmp_path: Path) -> None:
        target = tmp_path / "nowhere" / "report.pdf"
        toolroom.refused("document.not_written", "cases", "report", case, "--out", target, "--badge", "DEMO-QA")

    def test_who_may_not_take_records_out_does_not(self, toolroom: CommandLine, case: str, tmp_path: Path) -> None:
        target = tmp_path / "report.pdf"
        toolroom.refused("people.not_permitted", "cases", "report", case, "--out", target, "--badge", "DEMO-TECH")
        assert not target.exists()
        assert entries(toolroom, "report_exported") == []
        assert {entry["command"] for entry in entries(toolroom, "refused")} == {"case_report"}


class TestDoctor:
    """The doctor looks after the list of open cases beside the records."""

    def check(self, toolroom: CommandLine) -> dict[str, object]:
        checks = {check["name"]: check for check in toolroom("doctor", "--json").json["checks"]}
        found: dict[str, object] = checks["cases"]
        return found

    def test_all_is_well_with_and_without_cases(self, toolroom: CommandLine, pin: None) -> None:
        assert (self.check(toolroom)["grade"], self.check(toolroom)["open"]) == ("good", 0)
        toolroom("cases", "open", "--kit", "K-014", "--text", "нет на полке", "--badge", "DEMO-TECH")
        assert (self.check(toolroom)["grade"], self.check(toolroom)["open"]) == ("good", 1)

    @pytest.mark.usefixtures("case")
    def test_a_damaged_list_is_bad_until_the_next_start_and_then_noted(self, toolroom: CommandLine) -> None:
        ledger = toolroom.data / "open-cases.jsonl"
        ledger.write_bytes(ledger.read_bytes().replace("не вернулись".encode(), "не вернулись?".encode()))
        found = self.check(toolroom)
        assert (found["grade"], found["ledger"]) == ("bad", "damaged")
        assert toolroom("doctor").code == 1
        open_records(toolroom.data).close()
        found = self.check(toolroom)
        assert (found["grade"], found["aside"]) == ("note", ["open-cases-aside-1.jsonl"])

    @pytest.mark.usefixtures("case")
    def test_a_list_that_is_missing_or_knows_more_than_the_records_is_noted(
        self, toolroom: CommandLine, demo_station: Path
    ) -> None:
        ledger = toolroom.data / "open-cases.jsonl"
        content = ledger.read_bytes()
        ledger.unlink()
        assert self.check(toolroom)["grade"] == "note"
        ledger.write_bytes(content)
        shutil.copy(demo_station / "toolroom.sqlite", toolroom.data / "toolroom.sqlite")
        found = self.check(toolroom)
        assert (found["grade"], found["lacking"]) == ("note", 1)

    @pytest.mark.usefixtures("case")
    def test_a_list_of_another_station_is_noted(self, toolroom: CommandLine, tmp_path: Path) -> None:
        other = CommandLine(tmp_path / "other")
        assert other("init", "--demo").code == 0
        shutil.copy(toolroom.data / "open-cases.jsonl", other.data / "open-cases.jsonl")
        assert self.check(other)["grade"] == "note"
        open_records(other.data).close()
        assert (self.check(other)["open"], self.check(other)["aside"]) == (0, ["open-cases-aside-1.jsonl"])
