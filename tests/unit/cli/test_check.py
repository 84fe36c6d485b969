"""Checking photos: the exit code is the status, the record is whole, and the JSON is what the schema says."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.command_line import PIN, TOOLKIT, CommandLine, toolkit_file
from tests.first_model import FIRST_MODEL
from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.config.paths import resource
from toolroom_desktop.domain import inspection
from toolroom_desktop.services.demo import REFERENCE_TOOLKIT

COMPLETE = resource("demo", "tables", "01_complete.jpg")
# The first model never tells the three screwdrivers apart, so that a person is always asked about them.
UNSURE = ("check", COMPLETE, "--toolkit", TOOLKIT, "--model", FIRST_MODEL)


@pytest.fixture
def small(toolroom: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A station with the toolkits "small" (a brace) and "pair" (a brace and a combination wrench), one kit each."""
    assert toolroom("kits", "import", "--yes", toolkit_file(tmp_path / "a.yaml", "brace")).code == 0
    pair = toolkit_file(tmp_path / "b.yaml", "brace", "combination_wrench", name="pair", kits=("P-1",))
    assert toolroom("kits", "import", "--yes", pair).code == 0
    monkeypatch.setenv("TOOLROOM_PIN", PIN)
    return toolroom


RECORD = ("--record", "--badge", "demo-tech")


def test_a_complete_kit_is_success_and_ends_with_0(small: CommandLine, brace_photo: Path) -> None:
    answer = small("check", brace_photo, "--toolkit", "small")
    assert answer.code == 0
    assert "SUCCESS" in answer.out
    assert "100.0 %" in answer.out


def test_a_missing_tool_is_a_discrepancy_and_ends_with_1(small: CommandLine, brace_photo: Path) -> None:
    answer = small("check", brace_photo, "--toolkit", "pair", "--json")
    assert answer.code == 1
    assert answer.json["status"] == "discrepancy"
    assert answer.json["missing_tools"] == ["combination_wrench"]
    assert answer.json["match_percentage"] == 50.0


def test_what_the_model_cannot_decide_is_a_manual_check_and_ends_with_3(toolroom: CommandLine) -> None:
    answer = toolroom(*UNSURE, language="ru")
    assert answer.code == 3
    assert "РУЧНАЯ ПРОВЕРКА" in answer.out
    for position in REFERENCE_TOOLKIT.positions:
        assert position.name_ru in answer.out
    assert "модель не отличает от похожих" in answer.out


def test_the_look_alikes_are_named_together_with_where_to_look(toolroom: CommandLine) -> None:
    said = {
        "ru": "Похожие: Отвёртка «−» / «+» / на смещённый крест — посмотрите на жала.",
        "en": "Look-alikes: Slotted / Cross / Offset cross screwdriver: look at the tips.",
    }
    for language in LANGUAGES:
        assert said[language] in toolroom(*UNSURE, language=language).out.splitlines()
    result = toolroom(*UNSURE, "--json").json
    names = ["screwdriver_minus", "screwdriver_plus", "screwdriver_offset_cross"]
    assert result["look_alikes"] == [
        {"class_names": names, "look_at_ru": "посмотрите на жала", "look_at_en": "look at the tips"}
    ]
    for position in result["positions"]:
        assert position["look_alikes"] == (names if "look_alike" in position["reasons"] else [])
    assert any(position["look_alikes"] for position in result["positions"])


def test_look_alikes_without_a_word_on_their_difference_are_named_too(toolroom: CommandLine, tmp_path: Path) -> None:
    manifest = json.loads(FIRST_MODEL.read_text(encoding="utf-8"))
    for group in manifest["look_alikes"]:
        del group["look_at_ru"], group["look_at_en"]
    (tmp_path / "silent.json").write_text(json.dumps(manifest), encoding="utf-8")
    (tmp_path / manifest["file"]).write_bytes(FIRST_MODEL.with_suffix(".onnx").read_bytes())
    answer = toolroom("check", COMPLETE, "--toolkit", TOOLKIT, "--model", tmp_path / "silent.json")
    assert "Look-alikes: Slotted / Cross / Offset cross screwdriver. Compare them closely." in answer.out.splitlines()


def test_look_alikes_that_are_small_in_the_picture_ask_for_a_nearer_camera(
    toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "They are small in the picture: bring the camera nearer."
    assert said not in toolroom(*UNSURE).out.splitlines()
    monkeypatch.setattr(inspection, "NEAR_ENOUGH", 0.9)  # as if the picture were that much wider
    assert said in toolroom(*UNSURE).out.splitlines()


def test_a_toolkit_is_found_whatever_the_case_of_its_name(small: CommandLine, brace_photo: Path) -> None:
    assert small("check", brace_photo, "--toolkit", "SMALL").code == 0


def test_several_photos_count_as_frames_of_one_scene(small: CommandLine, brace_photo: Path) -> None:
    empty = resource("demo", "tables", "13_empty_table.jpg")
    once = small("check", brace_photo, brace_photo, "--toolkit", "small", "--json")
    assert (once.code, once.json["frames"]) == (0, 2)
    mixed = small("check", brace_photo, brace_photo, empty, "--toolkit", "small", "--json")
    assert (mixed.code, mixed.json["frames"]) == (3, 3)
    assert "frames_disagree" in mixed.json["manual_reasons"]


def test_the_threshold_is_shown_and_kept_in_the_result(small: CommandLine, brace_photo: Path) -> None:
    answer = small("check", brace_photo, "--toolkit", "pair", "--threshold", "42,5", "--json")
    assert answer.json["thresholds"]["match_percentage"] == 42.5
    text = small("check", brace_photo, "--toolkit", "pair", "--threshold", "40")
    assert "40.0 %" in text.out
    assert "count by hand: Combination" not in text.out  # the toolkit of the file has no names
    assert "count by hand: combination_wrench" in text.out


def test_json_stands_alone_on_standard_output(small: CommandLine, brace_photo: Path) -> None:
    answer = small("check", brace_photo, "--toolkit", "small", "--kit", "S-1", *RECORD, "--json")
    result = json.loads(answer.out)
    assert result["operation_type"] == "checkout"
    assert result["user"] == {"badge": "DEMO-TECH", "name": "Соколов Алексей Дмитриевич"}
    assert result["kit"] == "S-1"
    assert result["operation"]["final_status"] == "success"
    assert "Recorded" in answer.err


def test_a_recorded_check_is_in_the_history_with_its_photos(small: CommandLine, brace_photo: Path) -> None:
    answer = small("check", brace_photo, "--toolkit", "small", *RECORD, "--json")
    assert answer.code == 0
    assert "S-1" in answer.err  # the only kit that it can be is named
    assert small("history", "--json").json == [answer.json]
    photos = answer.json["operation"]["photos"]
    for sha256 in photos.values():
        assert (small.data / "evidence" / sha256[:2] / f"{sha256}.jpg").is_file()
    kit = next(row for row in small("kits", "list", "--json").json if row["kit"] == "S-1")
    assert kit["holder"] == {"badge": "DEMO-TECH", "name": "Соколов Алексей Дмитриевич"}
    assert small("journal", "verify").code == 0
    shown = small("journal", "show", answer.json["operation"]["id"], "--json")
    assert shown.json["payload"] == answer.json
    assert small("journal", "show", shown.json["site_seq"], "--json").json == shown.json


def test_a_count_that_is_owed_is_said_and_stays_owed(small: CommandLine, brace_photo: Path) -> None:
    answer = small("check", brace_photo, "--toolkit", "pair", *RECORD)
    assert answer.code == 1
    assert "count by hand is still owed" in answer.err
    (record,) = small("history", "--json").json
    assert (record["status"], record["operation"]["final_status"]) == ("discrepancy", "manual_check")
    assert record["operation"]["count_owed"] is True
    assert "count owed" in small("history").out


def test_a_checkin_closes_the_checkout(small: CommandLine, brace_photo: Path) -> None:
    out = small("check", brace_photo, "--toolkit", "small", *RECORD, "--json").json
    back = small("check", brace_photo, "--toolkit", "small", "--operation", "checkin", *RECORD, "--json")
    assert back.code == 0
    assert back.json["operation"]["closes"] == out["operation"]["id"]
    assert all(row["holder"] is None for row in small("kits", "list", "--json").json)


def test_a_checkin_that_is_not_recorded_compares_with_what_was_checked_out(
    small: CommandLine, brace_photo: Path, tmp_path: Path
) -> None:
    small("check", brace_photo, "--toolkit", "small", *RECORD)
    # The toolkit grows while the kit is out: what must come back is what went out.
    assert small("kits", "import", "--yes", toolkit_file(tmp_path / "c.yaml", "brace", "pliers")).code == 0
    at_checkin = small("check", brace_photo, "--toolkit", "small", "--operation", "checkin", "--json")
    assert (at_checkin.code, [p["class_name"] for p in at_checkin.json["positions"]]) == (0, ["brace"])
    assert "S-1" in at_checkin.err


def test_a_checkin_without_any_kit_out_compares_with_the_list_and_says_so(
    small: CommandLine, brace_photo: Path
) -> None:
    answer = small("check", brace_photo, "--toolkit", "small", "--operation", "checkin")
    assert answer.code == 0
    assert Messages("en").text("cli.check.compared_with_toolkit", toolkit="small") in answer.err


def test_a_class_that_the_model_lacks_is_named_and_never_passes(
    toolroom: CommandLine, brace_photo: Path, tmp_path: Path
) -> None:
    assert toolroom("kits", "import", "--yes", toolkit_file(tmp_path / "a.yaml", "brace", "torque_wrench")).code == 0
    for language in LANGUAGES:
        answer = toolroom("check", brace_photo, "--toolkit", "small", language=language)
        assert answer.code == 3
        assert "torque_wrench" in answer.err
    result = toolroom("check", brace_photo, "--toolkit", "small", "--json").json
    assert "not_known_to_model" in result["manual_reasons"]


def test_a_kit_that_is_out_is_not_issued_again(small: CommandLine, brace_photo: Path) -> None:
    (first,) = [small("check", brace_photo, "--toolkit", "small", *RECORD)]
    assert first.code == 0
    for again in (RECORD, ()):
        answer = small("check", brace_photo, "--toolkit", "small", "--kit", "S-1", *again)
        assert (answer.code, answer.out) == (2, "")
        assert "already out" in answer.err
    small.refused("cli.no_kit_in", "check", brace_photo, "--toolkit", "small", *RECORD, toolkit="small")
    assert len(small("history", "--json").json) == 1


def test_a_kit_that_is_in_is_not_returned(small: CommandLine, brace_photo: Path) -> None:
    checkin = ("check", brace_photo, "--toolkit", "small", "--operation", "checkin")
    small.refused("operation.kit_not_out", *checkin, "--kit", "S-1", kit="S-1")
    small.refused("operation.kit_not_out", *checkin, "--kit", "S-1", *RECORD, kit="S-1")
    small.refused("cli.no_kit_out", *checkin, *RECORD, toolkit="small")


def test_what_a_record_needs_is_asked_for_by_name(small: CommandLine, brace_photo: Path) -> None:
    check = ("check", brace_photo, "--toolkit", TOOLKIT)
    small.refused("cli.badge_needed", *check, "--record")
    small.refused("cli.only_with_record", *check, "--badge", "DEMO-TECH", option="--badge")
    small.refused("cli.kit_needed", *check, *RECORD, kits="K-014, K-015")
    other = {"kit": "S-1", "toolkit": TOOLKIT, "other": "small"}
    small.refused("cli.kit_of_another_toolkit", *check, *RECORD, "--kit", "s-1", **other)
    small.refused("kit.unknown", *check, *RECORD, "--kit", "K-999", code="K-999")


def test_a_kit_answers_to_its_scanner_code(small: CommandLine, brace_photo: Path) -> None:
    answer = small("check", brace_photo, "--toolkit", TOOLKIT, "--kit", "kit-rrj32s-015", *RECORD, "--json")
    assert answer.json["kit"] == "K-015"


def test_wrong_pins_are_refused_and_counted(
    small: CommandLine, brace_photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOOLROOM_PIN", "111111")
    small.refused("people.wrong_pin", "check", brace_photo, "--toolkit", "small", *RECORD)
    third = small("check", brace_photo, "--toolkit", "small", *RECORD)
    assert third.code == 2
    assert Messages("en").text("people.wait", seconds=2) in third.err
    assert small("history", "--json").json == []


def test_whoever_may_not_operate_and_whoever_is_disabled_records_nothing(small: CommandLine, brace_photo: Path) -> None:
    check = ("check", brace_photo, "--toolkit", "small", "--record", "--badge")
    name = "Лаптева Ирина Сергеевна"
    small.refused("people.not_permitted", *check, "DEMO-QA", name=name)
    assert small("users", "disable", "demo-tech").code == 0
    small.refused("people.disabled", *check, "DEMO-TECH", name="Соколов Алексей Дмитриевич")
    small.refused("people.unknown_badge", *check, "NOBODY", badge="NOBODY")
    assert small("history", "--json").json == []


def test_a_pin_is_never_waited_for_without_a_terminal(
    small: CommandLine, brace_photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TOOLROOM_PIN")
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    check = ("check", brace_photo, "--toolkit", "small", *RECORD)
    small.refused("cli.pin_needs_terminal", *check, variable="TOOLROOM_PIN")


def test_a_photo_that_cannot_be_read_leaves_no_half_operation(small: CommandLine, tmp_path: Path) -> None:
    gone = tmp_path / "нет такого.jpg"
    small.refused("photo.missing", "check", gone, "--toolkit", "small", *RECORD, path=str(gone))
    assert small("history", "--json").json == []
    assert not (small.data / "evidence").exists()


def test_every_sign_in_of_the_command_line_ends_with_a_sign_out(small: CommandLine, brace_photo: Path) -> None:
    small("check", brace_photo, "--toolkit", "small", *RECORD)
    last = small("journal", "verify", "--json").json["entries"]
    kinds = [small("journal", "show", number, "--json").json["kind"] for number in range(last - 2, last + 1)]
    assert kinds == ["sign_in", "operation.checkout", "sign_out"]
