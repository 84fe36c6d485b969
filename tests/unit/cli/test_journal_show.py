"""`toolroom journal show`: the whole course of one operation, and what does not fit it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.command_line import CommandLine, tamper
from tests.fakes import HandClock, plain_picture
from tests.toolroom.desk import Word, desk_of
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import open_records
from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.domain.cases import Outcome
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.later_records import Details, details_of
from toolroom_desktop.services.operation_input import Remark

PIN = "135790"


@dataclass(frozen=True)
class Told:
    """What was done at the station in `folder`."""

    folder: Path
    out: Operation
    back: Operation
    case: str


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A kit went out in spite of a broken tool, and came back with a piece missing, which was found and released."""
    folder = tmp_path_factory.mktemp("told") / "станция"
    clock = HandClock()
    records = open_records(folder, create=True, clock=clock, pin_cost=FAST)
    try:
        for badge, name, role in (
            ("T-1", "Иванов И. И.", Role.TECHNICIAN),
            ("T-2", "Петров П. П.", Role.TECHNICIAN),
            ("L-1", "Смирнова А. В.", Role.SHIFT_LEAD),
            ("Q-1", "Ким С.", Role.QUALITY),
        ):
            records.accounts.add_person(badge=badge, name=name, role=role, pin=PIN, actor_badge=None)
        positions = (Position("pliers", 2, "Пассатижи", "Pliers"), Position("brace", 1, "Коловорот", "Brace"))
        records.catalogue.take_in([Toolkit("T", positions)], [Kit("K-1", "T")], actor_badge=None)
        for number in (1, 2):
            records.tools.add(Tool("pliers", kit="K-1", unit=number, marking=f"ПЛ-{number}"), actor_badge=None)
        brace = records.tools.add(Tool("brace", kit="K-1", unit=1, marking="КВ-7"), actor_badge=None)
        pliers = records.tools.by_scan("ПЛ-2")
        records.tools.set_state(pliers.tool_id, ToolState.UNSERVICEABLE, reason="люфт", actor_badge=None)
        desk = desk_of(records, PIN, plain_picture())
        out = desk.take(
            "T-1", "K-1", words=(Word("L-1", reason="вылет через час"),), work_order="НЗ-7", aircraft="89001"
        )
        clock.advance(600)
        plan = desk.plan("T-2", OperationType.CHECKIN, "K-1")
        piece = Remark(note="нет стопора", photo=b"\xff\xd8 a photo of the brace")
        counts = {("brace", 1): Count.PIECE_MISSING}
        back = desk.confirm(plan, counts, witness="L-1", remarks={("brace", 1): piece})
        (number_,) = back.cases
        clock.advance(600)
        records.cases.conclude(badge="T-1", number=number_, outcome=Outcome.FOUND, place="под сиденьем")
        clock.advance(600)
        records.cases.release(badge="Q-1", number=number_, statement="Стопор найден и приложен к инструменту.")
        new = details_of(back)
        details = Details("НЗ-8", new.aircraft, new.expected_return, new.note)
        records.operations.correct(
            badge="L-1", operation_id=back.operation_id, details=details, reason="ошибка в номере"
        )
        assert brace.tool_id
        clock.advance(timedelta(hours=1).total_seconds())
    finally:
        records.close()
    return Told(folder, out, back, number_)


@pytest.fixture
def toolroom(told: Told, tmp_path: Path) -> CommandLine:
    return CommandLine(Path(shutil.copytree(told.folder, tmp_path / "данные")))


def section(text: str, title: str) -> str:
    """The lines under a title."""
    found = re.search(rf"^{re.escape(title)}\n((?:  .*\n?)+)", text, re.MULTILINE)
    assert found, (title, text)
    return found[1]


def test_an_issue_is_shown_with_who_let_it_go_out_and_how_its_custody_ended(toolroom: CommandLine, told: Told) -> None:
    answer = toolroom("journal", "show", told.out.operation_id)
    assert answer.code == 0
    assert "Checkout: kit K-1 (T), Иванов И. И. (T-1)" in answer.out
    assert "Work order: НЗ-7" in answer.out
    assert "Afterwards out with Иванов И. И. (T-1): Pliers 1, Brace 1" in answer.out
    assert "This custody ended with: Checkin, Петров П. П., 2026-05-04" in answer.out
    assert str(told.back.operation_id) in answer.out
    assert "Смирнова А. В. (L-1), shift lead: lets the kit go out" in section(answer.out, "Signatures")
    assert section(answer.out, "Goes out nevertheless").strip() == (
        "Pliers ПЛ-2 is unserviceable: Смирнова А. В. (L-1), “вылет через час”"
    )


def test_a_return_is_shown_with_count_case_tools_correction_and_every_photo(toolroom: CommandLine, told: Told) -> None:
    answer = toolroom("journal", "show", told.back.operation_id)
    assert answer.code == 0
    assert "Ends the custody that began with: Checkout, Иванов И. И." in answer.out
    assert "Afterwards nothing of it is out." in answer.out
    assert "Brace 1: broken, a piece missing, нет стопора" in section(answer.out, "Count")
    assert "witnessed the count" in section(answer.out, "Signatures")
    assert "Brace КВ-7, serviceable → unserviceable" in section(answer.out, "Tools changed")
    later = section(answer.out, "Said of it later")
    assert "correction, “ошибка в номере”" in later
    assert "work order: НЗ-7 → НЗ-8" in later
    cases = section(answer.out, "Lost-tool cases")
    for said in (told.case, "под сиденьем", "Стопор найден и приложен к инструменту.", "Ким С., quality (Q-1)"):
        assert said in cases
    photos = section(answer.out, "Photos").splitlines()
    assert [line.split()[0] for line in photos][:2] == [told.back.photos.clean, told.back.photos.annotated]
    assert len(photos) == 4, "the brace's own photo is shown with the count and with the case"
    assert all(line.endswith("there, fits its hash") for line in photos)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_said_in_both_languages(toolroom: CommandLine, told: Told, language: str) -> None:
    answer = toolroom("journal", "show", told.back.operation_id, language="ru" if language == "ru" else "en")
    messages = Messages("ru" if language == "ru" else "en")
    for title in ("signatures", "count", "later", "tools", "cases", "photos"):
        assert f"\n{messages.text(f'cli.course.{title}')}\n" in answer.out
    assert ("Коловорот" in answer.out) == (language == "ru")


def test_a_case_is_found_by_its_number_and_its_operation_by_any_entry_about_it(
    toolroom: CommandLine, told: Told
) -> None:
    by_case = toolroom("journal", "show", told.case.lower(), "--json").json
    assert by_case["kind"] == "case_opened"
    whole = toolroom("journal", "show", told.back.operation_id, "--json").json
    assert by_case["course"] == whole["course"]
    number = whole["site_seq"]
    assert toolroom("journal", "show", number, "--json").json == whole
    correction = toolroom("journal", "verify", "--json").json["entries"]
    shown = toolroom("journal", "show", correction, "--json").json
    assert (shown["kind"], shown["course"]) == ("operation_corrected", whole["course"])


def test_the_json_says_what_the_text_says(toolroom: CommandLine, told: Told) -> None:
    course = toolroom("journal", "show", told.out.operation_id, "--json").json["course"]
    assert course["as_written"] is True
    assert course["closes"] is None
    assert course["ended_by"]["id"] == str(told.back.operation_id)
    assert [entry["payload"]["badge"] for entry in course["signatures"]] == ["L-1"]
    assert {photo["state"] for photo in course["photos"]} == {"whole"}
    back = toolroom("journal", "show", told.back.operation_id, "--json").json["course"]
    assert back["closes"]["id"] == str(told.out.operation_id)
    assert back["as_written"] is None, "later records changed it"
    assert [word["kind"] for word in back["later"]] == ["corrected"]
    assert [event["kind"] for event in back["cases"][0]["events"]] == ["opened", "outcome", "released"]


def test_an_entry_that_is_no_operation_is_shown_as_it_is(toolroom: CommandLine) -> None:
    answer = toolroom("journal", "show", "1")
    assert answer.code == 0
    assert "Entry 1 of the journal" in answer.out
    assert '"badge": "T-1"' in answer.out


Harm = Callable[[Path], object]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda path: path.unlink(), "NOT there"),
        (lambda path: path.write_bytes(b"\xff\xd8 another"), "there, but does NOT fit its hash or cannot be read"),
    ],
)
def test_a_photo_that_is_gone_or_exchanged_is_named(toolroom: CommandLine, told: Told, harm: Harm, said: str) -> None:
    sha256 = told.back.photos.annotated
    harm(toolroom.data / "evidence" / sha256[:2] / f"{sha256}.jpg")
    answer = toolroom("journal", "show", told.back.operation_id)
    assert answer.code == 1
    assert f"{sha256}  the table with marks: {said}" in answer.out
    assert answer.out.count("there, fits its hash") == 3


def test_a_record_that_was_changed_behind_the_journal_s_back_is_told(toolroom: CommandLine, told: Told) -> None:
    tamper(toolroom.data, f"UPDATE operation SET aircraft = '89002' WHERE operation_id = '{told.out.operation_id}'")
    assert toolroom("journal", "verify").code == 0, "the journal itself is whole"
    answer = toolroom("journal", "show", told.out.operation_id)
    assert answer.code == 1
    assert Messages("en").text("cli.course.not_as_written") in answer.out


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("case_released", "Q-1", "T-1"),
        ("tool_changed", '"state":"unserviceable"', '"state":"serviceable"'),
        ("signature", '"role":"shift_lead"', '"role":"quality"'),
        ("operation_corrected", "НЗ-8", "НЗ-9"),
        ("case_opened", "T-1", "T-2"),
        ("tool_added", "КВ-7", "КВ-9"),
    ],
)
def test_an_edit_of_any_kind_of_entry_is_named_by_its_number(
    toolroom: CommandLine, kind: str, old: str, new: str
) -> None:
    number = toolroom("journal", "verify", "--json").json["entries"]
    while (shown := toolroom("journal", "show", number, "--json").json)["kind"] != kind:
        number -= 1
    change = f"UPDATE journal SET payload = replace(payload, '{old}', '{new}') WHERE site_seq = {shown['site_seq']}"
    tamper(toolroom.data, change)
    report = toolroom("journal", "verify", "--json")
    assert report.code == 1
    assert report.json["fault"] == {"site_seq": shown["site_seq"], "code": "content"}


def test_purposes_and_reasons_have_words(toolroom: CommandLine) -> None:
    for purpose in Purpose:
        assert Messages("en").text(f"cli.purpose.{purpose.value}")
    toolroom.refused("journal.unknown_entry", "journal", "show", "C2026-0999", id="C2026-0999")
