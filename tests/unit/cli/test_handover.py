"""`toolroom handover`: both sign, and nothing passes on that was not counted."""

from __future__ import annotations

import pytest

from tests.command_line import PIN, CommandLine
from tests.unit.cli.test_result_schema import VALIDATOR
from tests.unit.cli.test_shift import hand_out


@pytest.fixture(autouse=True)
def _pins(toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLROOM_PIN", PIN)
    monkeypatch.setenv("TOOLROOM_GIVER_PIN", PIN)
    hand_out(toolroom)


def holder(toolroom: CommandLine) -> str:
    return str(toolroom("shift", "show", "--json").json["kits"][0]["holder_badge"])


def test_a_kit_passes_on_with_both_signatures(toolroom: CommandLine) -> None:
    own = ("handover", "KIT-RRJ32S-014", "--badge", "DEMO-LEAD", "--from", "DEMO-TECH", "--all-found")
    done = toolroom(*own, "--aircraft", "RA-89001", "--json")
    assert done.code == 0, done
    assert (done.json["operation_type"], done.json["kit"]) == ("handover", "K-014")
    assert holder(toolroom) == "DEMO-LEAD"
    toolroom.refused("operation.holds_it_already", *own)


def test_the_result_of_a_count_without_a_camera_fits_the_schema(toolroom: CommandLine) -> None:
    done = toolroom("handover", "K-014", "--badge", "DEMO-LEAD", "--from", "DEMO-STORE", "--all-found", "--json")
    VALIDATOR.validate(done.json)


def test_nothing_passes_on_uncounted_or_by_the_wrong_hand(
    toolroom: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    toolroom.refused("cli.handover.count_first", "handover", "K-014", "--badge", "DEMO-LEAD", "--from", "DEMO-TECH")
    to_lead = ("handover", "K-014", "--badge", "DEMO-LEAD", "--all-found")
    toolroom.refused("signature.same_person", *to_lead, "--from", "DEMO-LEAD")
    toolroom.refused("people.not_permitted", *to_lead, "--from", "DEMO-QA")
    monkeypatch.setenv("TOOLROOM_GIVER_PIN", "999999")
    assert toolroom(*to_lead, "--from", "DEMO-TECH").code == 2
    assert holder(toolroom) == "DEMO-TECH"
