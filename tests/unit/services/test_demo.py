"""The demonstration's people, kits and tools: there for a newcomer, and never in anybody's way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.toolkit import Kit, Position
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.demo import (
    DEMO_KITS,
    DEMO_PEOPLE,
    DEMO_PIN,
    REFERENCE_TOOLKIT,
    demo_tools,
    ensure_demo,
)


def bring(records: Records) -> tuple[str, ...]:
    return ensure_demo(records.accounts, records.catalogue, records.tools).added


def test_the_demo_kits_are_whole_and_one_calibration_is_due_soon(records: Records) -> None:
    bring(records)
    for kit in DEMO_KITS:
        places = records.tools.in_kit(kit.number).places
        assert all(place.tool is not None and place.tool.marking and place.tool.serial_number for place in places)
    (due,) = records.tools.calibrations_due(14)
    assert due.kit == "K-015" and not due.calibration_expired(records.tools.today())
    assert due.calibration_due == records.tools.today() + timedelta(days=9)
    assert {tool.tool_class for tool in records.tools.spare()} == {"side_cutters", "safety_wire_pliers"}


def test_everybody_of_the_demonstration_signs_in_with_the_pin_that_everybody_is_told(records: Records) -> None:
    bring(records)
    signed_in = [records.accounts.sign_in(badge=person.badge, pin=DEMO_PIN) for person in DEMO_PEOPLE]
    assert [(person.badge, person.role, person.must_change_pin) for person in signed_in] == [
        (person.badge, person.role, False) for person in DEMO_PEOPLE
    ]
    journal = records.database.read(lambda uow: [str(entry.payload) for entry in uow.journal.entries()])
    assert not [payload for payload in journal if DEMO_PIN in payload or "argon2" in payload]
    # One of the costly hashes is made for all of them, or the first start takes half a second longer.
    assert len({person.pin_hash for person in signed_in}) == 1


def test_bringing_them_again_changes_nothing(records: Records) -> None:
    bring(records)
    head = records.database.read(lambda uow: uow.journal.head())
    tools = records.tools.everything()
    assert bring(records) == ()
    assert records.database.read(lambda uow: uow.journal.head()) == head
    assert records.tools.everything() == tools


def test_kits_that_are_there_already_get_no_tools(records: Records) -> None:
    records.catalogue.take_in([REFERENCE_TOOLKIT], [Kit("K-014", REFERENCE_TOOLKIT.name)], actor_badge=None)
    bring(records)
    assert [place.tool for place in records.tools.in_kit("K-014").places] == [None] * 11
    assert all(place.tool for place in records.tools.in_kit("K-015").places)


def test_a_toolkit_and_markings_of_ones_own_stay_as_they_are(records: Records) -> None:
    own = replace(REFERENCE_TOOLKIT, positions=(Position("pliers"), Position("brace")))
    records.catalogue.take_in([own], [], actor_badge=None)
    taken = records.tools.add(Tool("pliers", marking=demo_tools(records.tools.today())[3].marking), actor_badge=None)
    bring(records)
    assert records.catalogue.toolkit(own.name) == own
    assert records.tools.by_scan(taken.marking) == taken
    assert {tool.tool_class for tool in records.tools.everything()} == {"pliers", "brace"}
