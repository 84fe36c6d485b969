"""What a person must explain in an inventory, and which kit nobody can account for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.domain.shifts import Inventory, KitLine, Owed, Shift, Signatory, Whereabouts, ended, started

NOW = datetime(2026, 5, 4, 5, 0, tzinfo=UTC)
KEEPER = Person("S-1", "Морозова Е. В.", Role.STOREKEEPER)
WHERE = st.sampled_from(Whereabouts)
LINES = st.builds(
    KitLine,
    st.just("K-1"),
    WHERE,
    WHERE,
    due=st.one_of(st.none(), st.integers(-48, 48).map(lambda hours: NOW + timedelta(hours=hours))),
    explanation=st.sampled_from(["", "  ", "да", "ночная работа"]),
)


def inventory(*lines: KitLine) -> Inventory:
    return Inventory(NOW, Signatory(KEEPER.badge, KEEPER.name), lines)


@pytest.mark.parametrize(
    ("recorded", "seen", "due", "at_start", "at_end"),
    [
        (Whereabouts.IN, Whereabouts.IN, None, None, None),
        (Whereabouts.NOT_FOUND, Whereabouts.NOT_FOUND, None, None, None),
        (Whereabouts.IN, Whereabouts.NOT_FOUND, None, Owed.DIFFERS, Owed.DIFFERS),
        (Whereabouts.NOT_FOUND, Whereabouts.IN, None, Owed.DIFFERS, Owed.DIFFERS),
        (Whereabouts.OUT, Whereabouts.IN, None, Owed.DIFFERS, Owed.DIFFERS),
        (Whereabouts.OUT, Whereabouts.OUT, None, None, Owed.NO_RETURN),
        (Whereabouts.OUT, Whereabouts.OUT, NOW, None, None),
        (Whereabouts.OUT, Whereabouts.OUT, NOW - timedelta(seconds=1), Owed.OVERDUE, Owed.OVERDUE),
    ],
)
def test_what_must_be_explained(
    recorded: Whereabouts, seen: Whereabouts, due: datetime | None, at_start: Owed | None, at_end: Owed | None
) -> None:
    line = KitLine("K-1", recorded, seen, due=due)
    assert (line.owed(NOW, ending=False), line.owed(NOW, ending=True)) == (at_start, at_end)


@given(LINES)
def test_a_shift_is_signed_exactly_when_nothing_is_owed(line: KitLine) -> None:
    for ending in (False, True):

        def sign(ending: bool = ending) -> None:
            if ending:
                ended(Shift(inventory(line)), inventory(line), ["K-1"], KEEPER)
            else:
                started(None, inventory(line), ["K-1"], KEEPER)

        if line.owed(NOW, ending=ending) is None:
            sign()
        else:
            with pytest.raises(BadInput, match=re.escape("shift.explanation_owed")):
                sign()


@given(LINES)
def test_no_kit_is_lost_without_a_word(line: KitLine) -> None:
    if line.unaccounted:
        assert line.question(NOW, ending=False) is Owed.DIFFERS
    if line.seen is Whereabouts.IN:
        assert not line.unaccounted, "a kit that stands there is accounted for"
    if line.recorded is Whereabouts.IN and line.seen is not Whereabouts.IN:
        assert line.unaccounted, "one that went out without a record is not"


def test_a_kit_is_named_once() -> None:
    line = KitLine("K-1", Whereabouts.IN, Whereabouts.IN)
    with pytest.raises(BadInput, match=re.escape("shift.kit_twice")):
        started(None, inventory(line, replace(line, kit="k-1")), ["K-1"], KEEPER)
