"""Power cuts in the middle of custody leave nothing half."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes import HandClock, plain_picture
from tests.toolroom.desk import desk_of, look, whole_count
from tests.unit.services.conftest import PIN
from tests.unit.services.custody.steps import (
    MISSING,
    holder,
    length,
)
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.operation_input import Confirmation
from toolroom_desktop.services.recording import JOURNAL_KEY


class PowerCutError(BaseException):
    """The moment at which everything stops: nothing of the program handles it."""


@pytest.fixture
def reopened(tmp_path: Path, clock: HandClock) -> Iterator[Callable[[Records], Records]]:
    """The station after the power came back."""
    opened: list[Records] = []

    def reopen(before: Records) -> Records:
        before.close()
        opened.append(open_records(tmp_path / "данные станции", clock=clock, pin_cost=FAST))
        return opened[-1]

    yield reopen
    for records in opened:
        records.close()


@pytest.mark.parametrize("step", ["journal", "evidence", "tools", "cases", "operations"])
def test_a_power_cut_between_the_photo_and_the_record_leaves_nothing_half(
    station: Records,
    clock: HandClock,
    reopened: Callable[[Records], Records],
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    desk = desk_of(station, PIN, plain_picture())
    desk.take("T-1", "K-1")
    photos = len(list(station.evidence.path("0" * 64).parents[1].rglob("*.jpg")))
    before = (length(station), holder(station), station.database.read(lambda uow: uow.tools.all()))
    # Another picture than at the checkout, so that the photos are new ones.
    desk = desk_of(station, PIN, plain_picture(90))
    plan = desk.plan("T-1", OperationType.CHECKIN, "K-1")
    evidence = look(plan, MISSING, desk.picture)
    answers = Confirmation(answers=whole_count(plan, MISSING))

    def cut(*_: object, **__: object) -> None:
        raise PowerCutError

    name = {"journal": "append", "evidence": "add", "operations": "add", "tools": "save", "cases": "save"}[step]
    repositories = station.database.read(lambda uow: type(getattr(uow, step)))
    with monkeypatch.context() as until_then:
        until_then.setattr(repositories, name, cut)
        with pytest.raises(PowerCutError):
            desk.operations.record(plan, evidence, answers)
    again = reopened(station)
    assert (length(again), holder(again), again.database.read(lambda uow: uow.tools.all())) == before
    assert again.database.read(lambda uow: uow.cases.open()) == []
    assert len(list(again.evidence.path("0" * 64).parents[1].rglob("*.jpg"))) > photos, "the photos were there first"
    known = again.database.read(lambda uow: {sha256 for sha256, _ in uow.evidence.all()})
    assert again.evidence.remove_orphans(known) == 0, "they may yet be waiting for their record"
    done = desk_of(again, PIN, plain_picture(90)).bring("T-1", "K-1", MISSING)
    assert len(done.cases) == 1
    assert verify_journal(again.database, key=again.secrets.get_or_create(JOURNAL_KEY)).whole


def test_a_power_cut_in_the_middle_of_the_photos_leaves_no_record(
    station: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(station, PIN, plain_picture())
    put = type(station.evidence).put
    told: list[bytes] = []

    def cut(store: object, content: bytes) -> str:
        told.append(content)
        if len(told) == 2:
            raise PowerCutError
        return put(store, content)  # type: ignore[arg-type]

    before = length(station)
    plan = desk.plan("T-1", OperationType.CHECKOUT, "K-1")
    with monkeypatch.context() as until_then:
        until_then.setattr(type(station.evidence), "put", cut)
        with pytest.raises(PowerCutError):
            desk.confirm(plan)
    assert (length(station), holder(station), station.operations.recent()) == (before, None, [])
    desk.confirm(plan)
    assert holder(station) == ("T-1", {"pliers": 2, "brace": 1}), "the same plan can still be recorded"
