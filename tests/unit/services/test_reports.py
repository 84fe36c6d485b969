"""Reports: what stands in them, from one moment, for whom, and how a print is checked."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.fakes import HandClock, plain_picture
from tests.toolroom.desk import Desk, Word, desk_of
from tests.unit.services.conftest import PIN
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.config.messages import LANGUAGES, Language, Messages, sentences
from toolroom_desktop.domain.cases import Outcome
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import Count, OperationType
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.reporting import open_report_checks
from toolroom_desktop.services.later_records import Details
from toolroom_desktop.services.reports.checking import FileState
from toolroom_desktop.services.reports.content import Column, Kind, Period, ReportFormat, ReportName
from toolroom_desktop.services.reports.definitions import DEFINITIONS
from toolroom_desktop.services.reports.made import MadeReport
from toolroom_desktop.services.reports.making import Request, empty

# Qt lets an application be made only once in a process, and the windows' tests want theirs.
pytestmark = pytest.mark.usefixtures("qapp")

MISSING = {("pliers", 2): Count.MISSING}
SUBJECTS: dict[str, dict[str, Any]] = {"kit": {"kit": "K-1"}, "tool": {"tool": "P-2"}}
NASTY = ("=1+1", "+7 913", "-5", "@SUM(A1)", "שלום עולם", "Мастер 🔧👩‍🔧", "ж" * 400)


@pytest.fixture
def toolroom(station: Records, clock: HandClock) -> Records:
    """The station with its tools written down, a storekeeper and an administrator."""
    for badge, name, role in (("S-1", "Морозова Е. В.", Role.STOREKEEPER), ("A-1", "Орлов Д.", Role.ADMINISTRATOR)):
        station.accounts.add_person(badge=badge, name=name, role=role, pin=PIN, actor_badge=None)
    today = clock.now().date()
    tools = (
        Tool("pliers", kit="K-1", unit=1, marking="P-1", calibration_due=today + timedelta(days=5)),
        Tool("pliers", kit="K-1", unit=2, marking="P-2"),
        Tool("brace", kit="K-1", unit=1, marking="B-1", calibration_due=today + timedelta(days=400)),
        Tool("brace", marking="B-9", calibration_due=today - timedelta(days=3)),
    )
    for tool in tools:
        station.tools.add(tool, actor_badge=None)
    return station


@pytest.fixture
def desk(toolroom: Records) -> Desk:
    return desk_of(toolroom, PIN, plain_picture())


def made(records: Records, name: ReportName, period: Period | None = None, **about: str) -> MadeReport:
    return records.reports.make(Request(name, period, **about), badge="L-1")


def rows(report: MadeReport, section: str) -> list[dict[str, Any]]:
    found = report.section(section)
    return [dict(zip((column.name for column in found.columns), row, strict=True)) for row in found.rows()]


def facts(report: MadeReport) -> dict[str, Any]:
    return {str(row["fact"]): row["value"] for row in rows(report, "summary")}


def entries(records: Records, kind: str) -> list[Any]:
    return records.database.read(lambda uow: [entry for entry in uow.journal.entries() if entry.kind == kind])


def written(
    records: Records,
    report: MadeReport,
    path: Path,
    language: Language = "ru",
    badge: str | None = "L-1",
    overwrite: bool = True,
) -> Path:
    format_ = ReportFormat(path.suffix[1:])
    say = Messages(language).text
    records.reports.write(report, path, format_, language=language, say=say, badge=badge, overwrite=overwrite)
    return path


# --- what stands in them


def test_a_day_is_told_with_totals_that_are_those_of_its_tables(
    toolroom: Records, desk: Desk, clock: HandClock
) -> None:
    due = clock.now() + timedelta(hours=1)
    desk.take("T-1", "K-1", work_order="WO-1", aircraft="RA-89001", expected_return=due)
    clock.advance(7200)
    desk.bring("T-1", "K-1", MISSING)
    desk.take("T-1", "K-2")
    with pytest.raises(Refused):
        desk.plan("T-1", OperationType.CHECKOUT, "K-2")
    with made(toolroom, ReportName.SHIFT) as report:
        counted = facts(report)
        operations = rows(report, "operations")
        assert [(row["type"], row["kit"], row["final_status"]) for row in operations] == [
            ("checkout", "K-1", "success"),
            ("checkin", "K-1", "discrepancy"),
            ("checkout", "K-2", "success"),
        ]
        assert operations[0]["work_order"] == "WO-1"
        assert counted["operations"] == len(operations) == 3
        assert counted["operations_checkout"] == 2
        (lacking,) = rows(report, "discrepancies")
        assert (lacking["tool"], lacking["place"], lacking["marking"]) == ("pliers", 2, "P-2")
        assert (lacking["count"], lacking["case"]) == ("missing", rows(report, "cases")[0]["case"])
        assert counted["discrepancies"] == 1
        assert [row["count_state"] for row in rows(report, "counts")] == ["given"]
        assert [row["kit"] for row in rows(report, "kits_out")] == ["K-2"]
        assert (counted["kits_out"], counted["kits_overdue"]) == (1, 0)
        assert [row["case_state"] for row in rows(report, "cases")] == ["open"]
        (refusal,) = rows(report, "refusals")
        assert (refusal["person"], refusal["reason"]) == ("Иванов И. И.", "operation.kit_already_out")


def test_a_past_day_is_told_as_it_was_when_it_ended(toolroom: Records, desk: Desk, clock: HandClock) -> None:
    desk.take("T-1", "K-1", expected_return=clock.now() + timedelta(hours=2))
    clock.advance(86_400)
    desk.bring("T-1", "K-1", MISSING)
    clock.advance(86_400)
    with made(toolroom, ReportName.SHIFT, toolroom.reports.day(2)) as report:
        (out,) = rows(report, "kits_out")
        assert (out["kit"], out["lateness"]) == ("K-1", "overdue")
        assert rows(report, "cases") == []
        assert facts(report)["operations"] == 1
    with made(toolroom, ReportName.SHIFT, toolroom.reports.day(1)) as report:
        assert rows(report, "kits_out") == []
        assert len(rows(report, "cases")) == 1
    with made(toolroom, ReportName.SHIFT) as today:
        assert facts(today)["operations"] == 0
        # A case that is still open belongs to every day until it is released.
        assert facts(today)["cases_open"] == 1
        assert facts(today)["cases_opened"] == 0


def test_days_are_those_of_the_station(toolroom: Records, clock: HandClock) -> None:
    # At the station it is three hours later than UTC.
    assert toolroom.reports.day() == Period(datetime(2026, 5, 3, 21, tzinfo=UTC), datetime(2026, 5, 4, 21, tzinfo=UTC))
    clock.advance(15 * 3600)
    assert toolroom.reports.day().start == datetime(2026, 5, 4, 21, tzinfo=UTC)
    with pytest.raises(BadInput, match=r"report\.period_backwards"):
        toolroom.reports.days(date(2026, 5, 4), date(2026, 5, 3))


def test_who_had_a_kit_and_until_when(toolroom: Records, desk: Desk, clock: HandClock) -> None:
    desk.take("T-1", "K-1")
    clock.advance(3600)
    desk.bring("T-1", "K-1")
    clock.advance(3600)
    desk.take("L-1", "K-1")
    desk.take("T-1", "K-2")
    with made(toolroom, ReportName.WHO_HAD_WHAT, kit="k-1") as report:
        first, second = rows(report, "custody")
        assert (first["badge"], first["ended_by"]) == ("T-1", "checkin")
        assert datetime.fromisoformat(first["until"]) - datetime.fromisoformat(first["since"]) == timedelta(hours=1)
        assert (second["badge"], second["until"]) == ("L-1", None)
    with made(toolroom, ReportName.WHO_HAD_WHAT, person="t-1") as report:
        assert [row["kit"] for row in rows(report, "custody")] == ["K-1", "K-2"]


def test_the_history_of_a_tool_tells_of_every_place_it_was_in(toolroom: Records, desk: Desk, clock: HandClock) -> None:
    desk.take("T-1", "K-1")
    clock.advance(60)
    desk.bring("T-1", "K-1", {("pliers", 1): Count.DAMAGED})
    clock.advance(60)
    with made(toolroom, ReportName.TOOL, tool="P-1") as report:
        assert [row["event"] for row in rows(report, "tool_changes")] == ["tool_added", "tool_changed"]
        changed = rows(report, "tool_changes")[1]
        assert (changed["field"], changed["before"], changed["after"]) == ("state", "serviceable", "unserviceable")
        assert [row["count"] for row in rows(report, "tool_counts")] == ["damaged"]
        assert [row["badge"] for row in rows(report, "custody")] == ["T-1"]
        assert [row["tool_state"] for row in rows(report, "tools")] == ["unserviceable"]
    with pytest.raises(BadInput, match=r"report\.tool_owed"):
        made(toolroom, ReportName.TOOL)
    with pytest.raises(NotFound):
        made(toolroom, ReportName.TOOL, tool="nothing")


def test_the_history_of_a_kit_is_of_all_time(toolroom: Records, desk: Desk, clock: HandClock) -> None:
    desk.take("T-1", "K-1")
    clock.advance(30 * 86_400)
    with made(toolroom, ReportName.KIT, kit="CODE-1") as report:
        assert report.about.kit == "K-1"
        assert len(rows(report, "operations")) == len(rows(report, "custody")) == 1
        assert len(rows(report, "tools")) == 3


def test_the_calibration_list_begins_with_what_is_over(toolroom: Records) -> None:
    with made(toolroom, ReportName.CALIBRATION) as report:
        found = [(row["marking"], row["days_left"], row["calibration"]) for row in rows(report, "calibration")]
        assert found == [("B-9", -3, "expired"), ("P-1", 5, "due"), ("B-1", 400, "good")]
        assert facts(report) == {"calibration_expired": 1, "calibration_due": 1, "calibration_good": 1}
    coming = toolroom.reports.days(date(2026, 5, 4), date(2026, 6, 4))
    with made(toolroom, ReportName.CALIBRATION, coming) as report:
        assert [row["marking"] for row in rows(report, "calibration")] == ["P-1"]


def test_a_lost_tool_is_told_from_the_count_to_the_release(toolroom: Records, desk: Desk, clock: HandClock) -> None:
    desk.take("T-1", "K-1", aircraft="RA-89001")
    desk.bring("T-1", "K-1", MISSING)
    number = toolroom.database.read(lambda uow: uow.cases.open()[0].number)
    for badge in ("T-1", "L-1"):
        toolroom.cases.search(badge=badge, number=number, place="ниша шасси", text="нет")
    toolroom.cases.conclude(badge="L-1", number=number, outcome=Outcome.LOST, text="не найден")
    toolroom.cases.release(badge="Q-1", number=number, statement="Самолёт осмотрен, инструмента на борту нет.")
    clock.advance(3 * 3600)
    with made(toolroom, ReportName.LOST_TOOLS) as report:
        (case,) = rows(report, "cases")
        assert (case["case"], case["searches"], case["outcome"], case["case_state"]) == (number, 2, "lost", "released")
        assert (case["aircraft"], case["released_by"]) == ("RA-89001", "Ким С.")
        assert case["statement"].startswith("Самолёт осмотрен")
        assert [row["marking"] for row in rows(report, "lost")] == ["P-2"]


def test_the_audit_tells_who_came_in_and_what_was_overruled(toolroom: Records, desk: Desk, clock: HandClock) -> None:
    with pytest.raises(Refused):
        toolroom.accounts.sign_in(badge="T-1", pin="000000")
    toolroom.accounts.sign_in(badge="T-1", pin=PIN)
    toolroom.accounts.sign_out(badge="T-1", reason="idle")
    operation = desk.take("T-1", "K-1", {("pliers", 2): Count.MISSING}, words=(Word("L-1"),))
    toolroom.operations.correct(
        badge="L-1", operation_id=operation.operation_id, details=Details(work_order="WO-7"), reason="ошибка ввода"
    )
    with made(toolroom, ReportName.AUDIT) as report:
        assert [(row["event"], row["reason"]) for row in rows(report, "sign_ins")] == [
            ("sign_in_refused", "people.wrong_pin"),
            ("sign_in", ""),
            ("sign_out", "idle"),
        ]
        assert [(row["badge"], row["purpose"], row["subject"]) for row in rows(report, "signatures")] == [
            ("L-1", "override", "K-1")
        ]
        (override,) = rows(report, "overrides")
        assert (override["person"], override["given_reason"]) == ("Смирнова А. В.", "вылет через час")
        (correction,) = rows(report, "corrections")
        assert (correction["field"], correction["before"], correction["after"]) == ("work_order", "", "WO-7")
        assert {row["account_badge"] for row in rows(report, "accounts")} == {"T-1", "L-1", "Q-1", "S-1", "A-1"}


def test_a_handover_form_carries_the_signatures_that_were_given(
    toolroom: Records, desk: Desk, clock: HandClock
) -> None:
    desk.take("T-1", "K-1", expected_return=clock.now() + timedelta(hours=5))
    take = toolroom.shifts.take_stock(badge="S-1")
    second = toolroom.accounts.sign(badge="L-1", pin=PIN, purpose=Purpose.SHIFT, subject=take.subject).signature_id
    toolroom.shifts.record(take, {}, second=second)
    clock.advance(60)
    with made(toolroom, ReportName.HANDOVER) as report:
        giver, receiver = report.signatures
        assert (giver.badge, giver.entry) == ("S-1", take.inventory_id)
        assert (receiver.badge, receiver.entry) == ("L-1", second)
        assert [row["kit"] for row in rows(report, "kits_out")] == ["K-1"]
        assert [row["marking"] for row in rows(report, "calibration")] == ["B-9", "P-1"]


def test_a_form_without_any_shift_has_two_empty_fields(toolroom: Records) -> None:
    with made(toolroom, ReportName.HANDOVER) as report:
        assert [signed.entry for signed in report.signatures] == [None, None]


def test_an_empty_period_says_so_and_knows_the_nearest_day(toolroom: Records, desk: Desk, clock: HandClock) -> None:
    reports = toolroom.reports
    assert reports.nearest(reports.day()) is None
    desk.take("T-1", "K-1")
    happened = reports.day()
    clock.advance(5 * 86_400)
    with made(toolroom, ReportName.DISCREPANCIES) as report:
        assert empty(report)
    assert reports.nearest(reports.day()) == happened
    assert reports.nearest(Period(datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 1, 2, tzinfo=UTC))) == happened
    with made(toolroom, ReportName.SHIFT, happened) as report:
        assert not empty(report)


# --- one moment


def test_a_report_made_while_operations_are_recorded_is_of_one_moment(toolroom: Records, desk: Desk) -> None:
    """Between the tables, and between the rows, somebody goes on working: the report must not see it."""
    desk.take("T-1", "K-1")
    begun, done = threading.Event(), threading.Event()

    def work() -> None:
        begun.wait(10)
        desk.bring("T-1", "K-1", MISSING)
        done.set()

    worker = threading.Thread(target=work)
    worker.start()
    reads = toolroom.database.read

    class Interrupting:
        """The database of the station, at which somebody works as soon as a report has begun to read."""

        def read(self, query: Any) -> Any:
            def interrupted(uow: Any) -> Any:
                uow.operations.recent(limit=1)
                begun.set()
                assert done.wait(10)
                return query(uow)

            return reads(interrupted)

        def __getattr__(self, name: str) -> Any:
            return getattr(toolroom.database, name)

    reports = replace(toolroom.reports, database=Interrupting())
    with reports.make(Request(ReportName.SHIFT), badge="L-1") as report:
        worker.join()
        assert facts(report)["operations"] == len(rows(report, "operations")) == 1
        assert [row["kit"] for row in rows(report, "kits_out")] == ["K-1"]
        assert rows(report, "discrepancies") == rows(report, "cases") == []
    with made(toolroom, ReportName.SHIFT) as report:
        assert facts(report)["operations"] == 2


# --- for whom


def test_only_who_may_export_gets_a_report_and_a_refusal_is_recorded(toolroom: Records) -> None:
    with pytest.raises(Refused):
        toolroom.reports.make(Request(ReportName.SHIFT), badge="T-1")
    refused = entries(toolroom, "refused")[-1].payload
    assert (refused["badge"], refused["command"], refused["subject"]) == ("T-1", "report", "shift")
    for badge in ("L-1", "Q-1", "A-1"):
        toolroom.reports.make(Request(ReportName.SHIFT), badge=badge).close()
    # A storekeeper looks after the tools, and so may have the list of calibrations.
    toolroom.reports.make(Request(ReportName.CALIBRATION), badge="S-1").close()
    with pytest.raises(Refused):
        toolroom.reports.make(Request(ReportName.AUDIT), badge="S-1")


def test_every_report_is_in_the_journal_with_its_hashes(toolroom: Records, desk: Desk, tmp_path: Path) -> None:
    desk.take("T-1", "K-1")
    with made(toolroom, ReportName.SHIFT) as report:
        path = written(toolroom, report, tmp_path / "смена.csv")
    (entry,) = entries(toolroom, "report_made")
    said = entry.payload
    assert (said["report"], said["format"], said["language"], said["by"]) == ("shift", "csv", "ru", "L-1")
    assert said["data_sha256"] == report.data_sha256
    assert said["file"] == "смена.csv"
    assert said["file_sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_that_cannot_be_written_is_in_no_journal(toolroom: Records, tmp_path: Path) -> None:
    with made(toolroom, ReportName.SHIFT) as report, pytest.raises(BadInput, match=r"file\.no_folder"):
        written(toolroom, report, tmp_path / "nowhere" / "shift.pdf")
    assert entries(toolroom, "report_made") == []


@pytest.mark.parametrize("format_", list(ReportFormat))
def test_whoever_stops_it_finds_neither_a_file_nor_an_entry(
    toolroom: Records, desk: Desk, tmp_path: Path, format_: ReportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.take("T-1", "K-1")
    target = tmp_path / f"report.{format_.value}"
    target.write_bytes(b"old")
    for module in ("toolroom_desktop.adapters.files.table_files", "toolroom_desktop.adapters.files.report_files"):
        monkeypatch.setattr(f"{module}._WATCH_EVERY", 1)

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with made(toolroom, ReportName.SHIFT) as report, pytest.raises(KeyboardInterrupt):
        toolroom.reports.write(report, target, format_, language="ru", say=Messages("ru").text, badge="L-1", watch=stop)
    assert target.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == [target.name]
    assert entries(toolroom, "report_made") == []


# --- checking a print


def test_the_hash_is_the_same_in_every_language_and_format(toolroom: Records, desk: Desk, tmp_path: Path) -> None:
    desk.take("T-1", "K-1")
    with made(toolroom, ReportName.SHIFT) as report:
        for language in LANGUAGES:
            for format_ in ReportFormat:
                written(toolroom, report, tmp_path / f"{language}.{format_.value}", language)
    said = [entry.payload["data_sha256"] for entry in entries(toolroom, "report_made")]
    assert said == [report.data_sha256] * 8
    ids = [entry.op_id for entry in entries(toolroom, "report_made")]
    assert len(set(ids)) == 8


@pytest.mark.parametrize("name", list(ReportName))
def test_the_records_give_the_same_hash_again_whatever_is_recorded_later(
    toolroom: Records, desk: Desk, clock: HandClock, tmp_path: Path, name: ReportName
) -> None:
    desk.take("T-1", "K-1", work_order="WO-1")
    clock.advance(60)
    desk.bring("T-1", "K-1", MISSING)
    about = SUBJECTS.get(DEFINITIONS[name].required, {})
    with made(toolroom, name, **about) as report:
        written(toolroom, report, tmp_path / "report.json")
    entry = entries(toolroom, "report_made")[-1]
    checks = open_report_checks(toolroom.reports)
    assert checks.by_code(str(entry.op_id)).same_now
    clock.advance(60)
    desk.take("T-1", "K-2")
    toolroom.accounts.sign_in(badge="T-1", pin=PIN)
    checked = checks.by_code(report.data_sha256.upper())
    assert checked.entry.op_id == entry.op_id
    assert checked.same_now
    assert checked.later == 2


def test_what_is_recorded_later_of_the_same_is_found_out(toolroom: Records, desk: Desk, tmp_path: Path) -> None:
    operation = desk.take("T-1", "K-1", work_order="WO-1")
    with made(toolroom, ReportName.SHIFT) as report:
        written(toolroom, report, tmp_path / "report.json")
    toolroom.operations.correct(
        badge="L-1", operation_id=operation.operation_id, details=Details(work_order="WO-2"), reason="ошибка ввода"
    )
    assert open_report_checks(toolroom.reports).by_code(report.data_sha256).same_now is False


def test_a_file_is_told_from_one_that_was_changed(toolroom: Records, desk: Desk, tmp_path: Path) -> None:
    desk.take("T-1", "K-1")
    checks = open_report_checks(toolroom.reports)
    with made(toolroom, ReportName.SHIFT) as report:
        path = written(toolroom, report, tmp_path / "report.json")
        paper = written(toolroom, report, tmp_path / "report.pdf")
    assert checks.file(path).file is FileState.AS_WRITTEN
    assert checks.file(paper).file is FileState.AS_WRITTEN
    said = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(said), encoding="utf-8")
    assert checks.file(path).file is FileState.SAME_DATA
    said["tables"][2]["rows"][0][4] = "Петров П. П."
    path.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(NotFound, match=r"report\.unknown_file"):
        checks.file(path)
    paper.write_bytes(paper.read_bytes() + b"\n")
    with pytest.raises(NotFound, match=r"report\.unknown_file"):
        checks.file(paper)
    with pytest.raises(NotFound, match=r"report\.unknown"):
        checks.by_code("0" * 64)


# --- bad names, photos that are gone


def test_names_that_look_like_formulas_or_run_the_other_way_break_nothing(
    toolroom: Records, desk: Desk, tmp_path: Path
) -> None:
    for number, name in enumerate(NASTY):
        toolroom.accounts.add_person(badge=f"N-{number}", name=name, role=Role.TECHNICIAN, pin=PIN, actor_badge=None)
        desk.take(f"N-{number}", "K-1", work_order=name[:60])
        desk.bring(f"N-{number}", "K-1")
    with made(toolroom, ReportName.SHIFT) as report:
        for language in LANGUAGES:
            for format_ in ReportFormat:
                path = written(toolroom, report, tmp_path / f"{language}.{format_.value}", language)
                assert path.stat().st_size > 500
    book = load_workbook(tmp_path / "ru.xlsx")
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert set(NASTY) <= {cell.value for cell in cells}
    lines = (tmp_path / "ru.csv").read_text(encoding="utf-8-sig")
    assert ";'=1+1;" in lines
    assert not [part for part in lines.replace("\n", ";").split(";") if part[:1] in "=+@" and part]


def test_a_photo_that_is_gone_leaves_a_sentence_in_its_place(toolroom: Records, desk: Desk, tmp_path: Path) -> None:
    desk.take("T-1", "K-1")
    operation = desk.bring("T-1", "K-1", MISSING)
    assert operation.final_status is Status.DISCREPANCY
    with made(toolroom, ReportName.DISCREPANCIES) as report:
        whole = written(toolroom, report, tmp_path / "whole.pdf").stat().st_size
        for sha256 in {operation.photos.clean, operation.photos.annotated}:
            toolroom.evidence.path(sha256).unlink()
        assert report.photo(operation.photos.clean) is None
        gone = written(toolroom, report, tmp_path / "gone.pdf").stat().st_size
    assert gone != whole


def test_every_word_of_a_report_is_said_in_both_languages(toolroom: Records, desk: Desk, clock: HandClock) -> None:
    """No code of the program may stand where people read."""
    desk.take("T-1", "K-1", {("pliers", 2): Count.MISSING}, words=(Word("L-1"),))
    desk.bring("T-1", "K-1", {("brace", 1): Count.DAMAGED})
    with pytest.raises(Refused):
        desk.plan("Q-1", OperationType.CHECKOUT, "K-2")
    toolroom.shifts.record(toolroom.shifts.take_stock(badge="S-1"), {})
    clock.advance(60)
    words_seen: Counter[str] = Counter()
    for name, definition in DEFINITIONS.items():
        about = SUBJECTS.get(definition.required, {})
        with made(toolroom, name, **about) as report:
            for language in LANGUAGES:
                words = toolroom.reports.words(report, language, Messages(language).text)
                assert words.name(name)
                for column, value in _values(report):
                    assert words.title(column)
                    if column.kind is Kind.WORD and value:
                        words_seen[column.words] += 1
                        code = f"{column.words}{str(value).replace('.', '_').replace('-', '_')}"
                        assert code in sentences(), code
    assert len(words_seen) > 10


def _values(report: MadeReport) -> Iterator[tuple[Column, Any]]:
    for section in report.sections:
        for row in section.rows():
            yield from zip(section.columns, row, strict=True)
