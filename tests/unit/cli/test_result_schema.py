"""The documented schema fits what the station really says, and nothing that is broken."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.command_line import PIN, TOOLKIT, CommandLine, copy_of, toolkit_file
from tests.first_model import FIRST_MODEL
from toolroom_desktop.config.paths import program_root, resource
from toolroom_desktop.domain.detection import PictureProblem
from toolroom_desktop.domain.inspection import ManualReason, PositionState, Status, UnsureReason
from toolroom_desktop.domain.operation import Count, OperationType

SCHEMA: dict[str, Any] = json.loads((program_root() / "docs" / "result.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
Result = dict[str, Any]


@pytest.fixture(scope="module")
def station(demo_station: Path, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """One station for all results."""
    return CommandLine(copy_of(demo_station, tmp_path_factory.mktemp("results") / "station"))


@pytest.fixture(scope="module")
def results(
    station: CommandLine, brace_photo: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Result]]:
    """Real results: a check by an unsure model, a recorded success and discrepancy, and the checkin of the success."""
    tmp_path, toolroom = tmp_path_factory.mktemp("toolkits"), station
    toolroom("kits", "import", "--yes", toolkit_file(tmp_path / "a.yaml", "brace"))
    toolroom(
        "kits", "import", "--yes", toolkit_file(tmp_path / "b.yaml", "brace", "pliers", name="pair", kits=("P-1",))
    )
    record = ("--record", "--badge", "DEMO-TECH", "--json")
    unsure = ("check", resource("demo", "tables", "01_complete.jpg"), "--toolkit", TOOLKIT, "--model", FIRST_MODEL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOOLROOM_PIN", PIN)
        yield {
            "check": toolroom(*unsure, "--json").json,
            "success": toolroom("check", brace_photo, "--toolkit", "small", *record).json,
            "discrepancy": toolroom("check", brace_photo, "--toolkit", "pair", *record).json,
            "checkin": toolroom("check", brace_photo, "--toolkit", "small", "--operation", "checkin", *record).json,
        }


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert VALIDATOR.is_valid({}) is False


def test_what_the_station_says_fits(results: dict[str, Result], station: CommandLine) -> None:
    assert [results[name]["status"] for name in results] == ["manual_check", "success", "discrepancy", "success"]
    for result in results.values():
        VALIDATOR.validate(result)
    history = station("history", "--json").json
    assert len(history) == 3
    for result in history:
        VALIDATOR.validate(result)


def test_a_count_by_hand_fits(results: dict[str, Result]) -> None:
    counted = copy.deepcopy(results["discrepancy"])
    unsaid = {"marking": "", "note": "", "photo": ""}
    counted["operation"] |= {
        "final_status": "discrepancy",
        "count_owed": False,
        "counted": [
            {"class_name": "brace", "unit": 1, "count": "found", "by_hand": False} | unsaid,
            {"class_name": "pliers", "unit": 1, "count": "missing", "by_hand": True} | unsaid,
        ],
    }
    VALIDATOR.validate(counted)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda r: r.pop("status"),
        lambda r: r.pop("thresholds"),
        lambda r: r.update(status="fine"),
        lambda r: r.update(match_percentage=101),
        lambda r: r.update(result_version=2),
        lambda r: r.update(surprise=1),
        lambda r: r.update(missing_tools=["brace"]),
        lambda r: r.update(manual_reasons=["unsure_position"]),
        lambda r: r["positions"][0].update(state="missing"),
        lambda r: r["positions"][0].update(confidence=1.5),
        lambda r: r["detected_tools"][0].update(box=[1, 2, 3]),
        lambda r: r["model"].update(sha256="4" * 63),
        lambda r: r.update(timestamp="yesterday"),
        lambda r: r.update(user=None),
        lambda r: r.update(kit=None),
        lambda r: r.update(operation=None),
        lambda r: r["operation"].update(final_status="perhaps"),
        lambda r: r["operation"].update(id="not-a-uuid"),
        lambda r: r["operation"]["photos"].pop("annotated"),
        lambda r: r["operation"].update(expected={"brace": 0}),
        lambda r: r["operation"].update(counted=[{"class_name": "brace", "unit": 1, "count": "gone", "by_hand": True}]),
    ],
)
def test_what_is_broken_does_not_fit(results: dict[str, Result], spoil: Callable[[Result], object]) -> None:
    result = copy.deepcopy(results["success"])
    VALIDATOR.validate(result)
    spoil(result)
    with pytest.raises(ValidationError):
        VALIDATOR.validate(result)


def test_the_schema_names_every_word_of_the_domain_and_no_other() -> None:
    definitions, properties = SCHEMA["$defs"], SCHEMA["properties"]
    position = definitions["position"]["properties"]
    counted = definitions["operation"]["properties"]["counted"]["items"]["properties"]
    for listed, words in (
        (definitions["status"], Status),
        (properties["operation_type"], OperationType),
        (properties["manual_reasons"]["items"], ManualReason),
        (properties["picture_problems"]["items"], PictureProblem),
        (position["state"], PositionState),
        (position["reasons"]["items"], UnsureReason),
        (counted["count"], Count),
    ):
        assert set(listed["enum"]) == {word.value for word in words}
