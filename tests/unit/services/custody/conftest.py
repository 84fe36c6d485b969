"""A station with people, kits and tools whose custody is tested."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.fakes import HandClock
from tests.toolroom.desk import Desk, desk_of
from tests.unit.services.conftest import PIN
from tests.unit.services.custody.steps import (
    SetProcedures,
    save,
)
from toolroom_desktop.bootstrap import Records
from toolroom_desktop.domain.custody import Procedures
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.tools import Tool


@pytest.fixture
def station(station: Records, clock: HandClock) -> Records:
    """The station with its tools written down, a storekeeper and a second technician."""
    for badge, name, role in (("T-2", "Петров П. П.", Role.TECHNICIAN), ("S-1", "Морозова Е. В.", Role.STOREKEEPER)):
        station.accounts.add_person(badge=badge, name=name, role=role, pin=PIN, actor_badge=None)
    due = (clock.now() + timedelta(days=30)).date()
    tools = (
        Tool("pliers", kit="K-1", unit=1, marking="P-1"),
        Tool("pliers", kit="K-1", unit=2, marking="P-2"),
        Tool("brace", kit="K-1", unit=1, marking="B-1", calibration_due=due),
    )
    station.database.write(lambda uow: save(uow, *tools))
    return station


@pytest.fixture
def desk(station: Records) -> Desk:
    return desk_of(station, PIN)


@pytest.fixture
def with_procedures(station: Records) -> SetProcedures:
    """The desk of the same station under other settings."""

    def changed(procedures: Procedures) -> Desk:
        return replace(desk_of(station, PIN), operations=replace(station.operations, procedures=procedures))

    return changed
