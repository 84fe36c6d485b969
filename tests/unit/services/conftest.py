"""Services over a real database in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import HandClock
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit

PIN = "135790"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def records(tmp_path: Path, clock: HandClock) -> Iterator[Records]:
    opened = open_records(tmp_path / "данные станции", create=True, clock=clock, pin_cost=FAST)
    yield opened
    opened.close()


@pytest.fixture
def station(records: Records) -> Records:
    """A station with a technician, a shift lead, a quality inspector and one kit."""
    people = (
        ("T-1", "Иванов И. И.", Role.TECHNICIAN),
        ("L-1", "Смирнова А. В.", Role.SHIFT_LEAD),
        ("Q-1", "Ким С.", Role.QUALITY),
    )
    for badge, name, role in people:
        records.accounts.add_person(badge=badge, name=name, role=role, pin=PIN, actor_badge=None)
    toolkit = Toolkit("T", (Position("pliers", 2, "Пассатижи", "Pliers"), Position("brace", 1, "Коловорот", "Brace")))
    records.catalogue.take_in([toolkit], [Kit("K-1", "T", "CODE-1"), Kit("K-2", "T")], actor_badge=None)
    return records
