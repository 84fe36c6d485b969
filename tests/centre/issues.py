"""Entries as large as those of real operations, made without a counter: issues and returns, in turns, of 300 kits."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from tests.fakes import frame_of, model_info
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.inspection import inspect
from toolroom_desktop.domain.journal import next_entry
from toolroom_desktop.domain.operation import OperationType, Photos
from toolroom_desktop.domain.thresholds import Thresholds
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.services.drafting import StoredPhotos, draft_of
from toolroom_desktop.services.operation_input import Confirmation, Evidence, Plan
from toolroom_desktop.services.ports import Clock, UnitOfWork
from toolroom_desktop.services.result_json import operation_json

KITS = 300


class Issues:
    """Appends to one journal, remembering what is out. The operations themselves are saved nowhere else."""

    def __init__(self, clock: Clock, key: bytes, prefix: str = "К") -> None:
        """`prefix` begins the numbers of the kits: stations that write the same ones would issue them twice."""
        self._clock = clock
        self._key = key
        self._prefix = prefix
        self._out: dict[str, UUID] = {}
        self._written = 0
        self._expected = {f"tool_{number}": 1 for number in range(11)}
        toolkit = Toolkit("T", tuple(Position(name, 1, name, name) for name in self._expected))
        frame = frame_of(*((name, 0.95) for name in self._expected))
        inspection = inspect(self._expected, [frame], Thresholds(), model_info(*self._expected).knowledge)
        kit = Kit(f"{prefix}-014", "T")
        plan = Plan(OperationType.CHECKOUT, kit, toolkit, self._expected, "T-1", "Иванов И. И.", clock.now())
        photos = StoredPhotos(Photos("a" * 64, "b" * 64), {})
        evidence = Evidence(None, inspection)
        self._draft = draft_of(plan, evidence, Confirmation({}), (), photos, clock=clock, app_version="bench")

    def append(self, uow: UnitOfWork, count: int) -> None:
        """So many further entries."""
        for _ in range(count):
            kit, name = f"{self._prefix}-{self._written % KITS:03d}", uuid7()
            self._written += 1
            closes = self._out.pop(kit, None)
            if closes is None:
                self._out[kit] = name
            operation = replace(
                self._draft,
                operation_id=name,
                kit=kit,
                site_id=uow.site_id,
                type=OperationType.CHECKIN if closes else OperationType.CHECKOUT,
                closes=closes,
                custody={} if closes else self._expected,
            )
            entry = next_entry(
                uow.journal.head(),
                op_id=name,
                site_id=uow.site_id,
                wall_at=self._clock.now(),
                kind=f"operation.{operation.type.value}",
                payload=operation_json(operation),
                key=self._key,
            )
            uow.journal.append(entry)
