"""Make the toolroom in a data folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from tests.fakes import plain_picture
from tests.toolroom import store
from tests.toolroom.days import PIN, Desks, HandsOfTime, Year
from tests.toolroom.within import WithinTransaction
from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.adapters.vision.painter import JpegPainter
from toolroom_desktop.bootstrap import Records, open_records
from toolroom_desktop.domain.inspection import Inspection
from toolroom_desktop.domain.people import Person
from toolroom_desktop.services.tool_records import TOOLS_IMPORTED, change_json
from toolroom_desktop.services.vision_ports import Picture

OPERATIONS_A_DAY = 60.0


class OnePhoto:
    """`EvidencePainter` that paints once."""

    def __init__(self) -> None:
        self.picture = plain_picture()
        self._jpeg = JpegPainter().clean(self.picture)

    def clean(self, picture: Picture) -> bytes:
        return self._jpeg

    def annotated(self, picture: Picture, inspection: Inspection, names: dict[str, str]) -> bytes:
        return self._jpeg


def no_report(_: date) -> None:
    """Nobody watches."""


def make(
    folder: Path,
    *,
    seed: int,
    days: int,
    size: store.Size = store.CUSTOMER,
    until: date,
    report: Callable[[date], None] = no_report,
) -> Counter[str]:
    """Make a data folder whose last day is `until`; what happened, counted. `report` hears of every day done."""
    random = Random(seed)
    first = until - timedelta(days=days - 1)
    clock = HandsOfTime(datetime.combine(first, time(1), UTC))
    records = open_records(folder, create=True, clock=clock, pin_cost=FAST)
    try:
        year = Year(random, clock, *stock_up(records, random, size, first), OPERATIONS_A_DAY * size.kits / 500)
        photo = OnePhoto()
        for day in (first + timedelta(days=number) for number in range(days)):

            def one_day(uow: SqlUnitOfWork, day: date = day) -> None:
                year.day(day, Desks.of(records, WithinTransaction(uow), photo, photo.picture))

            records.database.write(one_day)
            report(day)
    finally:
        records.close()
    return year.happened


def stock_up(records: Records, random: Random, size: store.Size, first: date) -> tuple[list[Person], list[str]]:
    """People, toolkits, kits and tools, each in one transaction."""
    people = store.people(random, size)
    known = store.toolkits(random)
    boxes = store.kits(random, known, size)
    tools = store.tools(random, known, boxes, size, first)

    def hire(uow: SqlUnitOfWork) -> None:
        accounts = replace(records.accounts, database=WithinTransaction(uow))
        for person in people:
            accounts.add_person(badge=person.badge, name=person.name, role=person.role, pin=PIN, actor_badge=None)

    def stock(uow: SqlUnitOfWork) -> None:
        for toolkit in known:
            uow.catalogue.save_toolkit(toolkit)
        for box in boxes:
            uow.catalogue.save_kit(box)
        catalogue = {"toolkits": [asdict(t) for t in known], "kits": [asdict(k) for k in boxes], "by": None}
        records.recorder.record(uow, "catalogue_changed", catalogue)
        for of_kit in tools.values():
            for tool in of_kit:
                uow.tools.save(tool)
            parts = [change_json(None, tool) for tool in of_kit]
            records.recorder.record(uow, TOOLS_IMPORTED, {"tools": parts, "by": None})

    records.database.write(hire)
    records.database.write(stock)
    return people, [box.number for box in boxes]
