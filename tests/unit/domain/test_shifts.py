"""Shifts: every kit is looked at, every difference explained, and one shift runs at a time."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from toolroom_desktop.domain.errors import BadInput, Refused
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.domain.shifts import (
    Inventory,
    KitLine,
    Shift,
    Signatory,
    Whereabouts,
    ended,
    shift_document,
    shift_of,
    started,
)

NOW = datetime(2026, 5, 4, 5, 0, tzinfo=UTC)
KEEPER = Person("S-1", "Морозова Е. В.", Role.STOREKEEPER)
KITS = ("K-1", "K-2")
IN = KitLine("K-1", Whereabouts.IN, Whereabouts.IN)
OUT = KitLine("K-2", Whereabouts.OUT, Whereabouts.OUT, holder="Иванов И. И.", due=NOW + timedelta(hours=1))


def inventory(*lines: KitLine) -> Inventory:
    return Inventory(NOW, Signatory(KEEPER.badge, KEEPER.name), lines or (IN, OUT))


def test_a_shift_begins_and_ends_with_an_inventory() -> None:
    shift = started(None, inventory(), KITS, KEEPER)
    assert (shift.started_at, shift.started_by.badge, shift.ended_at) == (NOW, "S-1", None)
    over = ended(shift, replace(inventory(), at=NOW + timedelta(minutes=59)), KITS, KEEPER)
    assert (over.shift_id, over.start, over.ended_at) == (shift.shift_id, shift.start, NOW + timedelta(minutes=59))


def test_one_shift_runs_at_a_time() -> None:
    shift = started(None, inventory(), KITS, KEEPER)
    with pytest.raises(Refused, match=re.escape("shift.runs_already")):
        started(shift, inventory(), KITS, KEEPER)
    with pytest.raises(Refused, match=re.escape("shift.none_runs")):
        ended(None, inventory(), KITS, KEEPER)


@pytest.mark.parametrize("role", [Role.TECHNICIAN, Role.QUALITY, Role.ADMINISTRATOR])
def test_a_storekeeper_or_a_shift_lead_runs_it(role: Role) -> None:
    other = Person("X-1", "Кто-то", role)
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        started(None, inventory(), KITS, other)
    with pytest.raises(Refused, match=re.escape("people.not_permitted")):
        ended(Shift(inventory()), inventory(), KITS, other)


def test_every_kit_is_looked_at() -> None:
    with pytest.raises(BadInput, match=re.escape("shift.kit_not_looked_at")) as refusal:
        started(None, inventory(IN), KITS, KEEPER)
    assert refusal.value.details["kit"] == "K-2"
    with pytest.raises(BadInput, match=re.escape("shift.kit_not_looked_at")):
        ended(Shift(inventory()), inventory(OUT), KITS, KEEPER)
    started(None, inventory(replace(IN, kit="k-1"), OUT), KITS, KEEPER)


@pytest.mark.parametrize(
    "line",
    [
        replace(IN, seen=Whereabouts.NOT_FOUND),
        replace(IN, seen=Whereabouts.OUT),
        replace(OUT, seen=Whereabouts.IN, kit="K-1"),
        replace(OUT, due=NOW - timedelta(minutes=1), kit="K-1"),  # as recorded, but overdue
    ],
)
def test_what_is_otherwise_than_recorded_or_overdue_is_explained(line: KitLine) -> None:
    for said in ("", "  ", "да"):
        with pytest.raises(BadInput, match=re.escape("shift.explanation_owed")):
            started(None, inventory(replace(line, explanation=said), OUT), KITS, KEEPER)
    explained = replace(line, explanation="на борту 89001, продлено до утра")
    started(None, inventory(explained, OUT), KITS, KEEPER)


def test_a_shift_comes_back_from_its_document_as_it_was() -> None:
    second = Signatory("S-2", "Ким С.")
    shift = ended(Shift(inventory()), replace(inventory(), second=second), KITS, KEEPER)
    for one in (shift, Shift(inventory())):
        assert shift_of(json.loads(json.dumps(shift_document(one)))) == one
