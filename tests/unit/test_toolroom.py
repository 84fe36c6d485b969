"""The generated toolroom is what it says it is, and a month in it breaks no rule."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from tests.toolroom import store
from tests.toolroom.__main__ import main
from tests.toolroom.bulk import make_bulk
from tests.toolroom.days import PIN
from tests.toolroom.make import make
from tests.toolroom.replay import Replay, account_for, as_tables, tables
from toolroom_desktop.adapters.database.history_writer import HistoryWriter
from toolroom_desktop.adapters.database.hot import driver_of
from toolroom_desktop.adapters.database.unit_of_work import SqlUnitOfWork
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import open_records
from toolroom_desktop.domain.people import Role
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.recording import JOURNAL_KEY
from toolroom_desktop.services.result_json import operation_json

UNTIL = date(2026, 5, 4)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toolroom") / "данные"
    happened = make(folder, seed=7, days=30, size=store.SMALL, until=UNTIL)
    assert happened["stock"] == 60, "twice a day"
    assert happened["checkout"] > 30
    assert not [what for what in happened if what.startswith("refused")], "what people do there is possible"
    return folder


def test_its_journal_is_whole_and_its_records_follow_from_it(made: Path) -> None:
    records = open_records(made, read_only=True)
    try:
        assert verify_journal(records.database, key=records.secrets.get_or_create(JOURNAL_KEY)).whole
        replay = Replay().take_in(records.database.read(lambda uow: list(uow.journal.entries())))
        account_for(replay)
        found = records.database.read(tables)
        for part, said in as_tables(replay).items():
            assert found[part] == said, part
    finally:
        records.close()


def test_everybody_signs_in_with_the_same_pin_and_every_role_is_there(made: Path) -> None:
    records = open_records(made, pin_cost=FAST)
    try:
        people = records.accounts.everyone()
        assert {person.role for person in people} == set(Role)
        assert records.accounts.sign_in(badge=people[0].badge, pin=PIN) == people[0]
    finally:
        records.close()


def test_busy_weeks_that_are_repeated_are_records_like_any_others(tmp_path: Path) -> None:
    folder = tmp_path / "busy"
    happened = make_bulk(folder, seed=5, operations=900, days=40, weeks=1, size=store.SMALL, until=UNTIL)
    assert happened["repeated"] > 300
    records = open_records(folder, read_only=True)
    try:
        assert verify_journal(records.database, key=records.secrets.get_or_create(JOURNAL_KEY)).whole
        entries = records.database.read(lambda uow: list(uow.journal.entries()))
        replay = Replay().take_in(entries)
        account_for(replay)
        found = records.database.read(tables)
        for part, said in as_tables(replay).items():
            assert found[part] == said, part
        known = {made.operation_id: made for made in records.operations.recent(limit=10_000)}
        for entry in entries:
            made = known.pop(entry.op_id, None)
            if made is not None and not made.later:
                assert operation_json(made) == entry.payload, "what is kept is what the services would have kept"
        assert not known
        assert records.database.read(_history) == records.database.read(_history_anew)
    finally:
        records.close()


_HISTORY = ("history", "history_person", "history_finding", "history_day")


def _history(uow: SqlUnitOfWork) -> list[list[object]]:
    driver = driver_of(uow.connection)
    return [driver.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in _HISTORY]


def _history_anew(uow: SqlUnitOfWork) -> list[list[object]]:
    """The same, written by the program into a copy in memory."""
    with closing(sqlite3.connect(":memory:")) as copy:
        driver_of(uow.connection).backup(copy)
        for name in (*_HISTORY, "history_word"):
            copy.execute(f"DELETE FROM {name}")
        copy.execute("INSERT INTO history_text (history_text) VALUES ('delete-all')")
        copy.commit()
        engine = create_engine("sqlite://", creator=lambda: copy, poolclass=StaticPool)
        with engine.connect() as connection:
            writer = HistoryWriter(connection)
            for made in reversed(uow.operations.recent(limit=10_000)):
                writer.add(made)
            again = SqlUnitOfWork(connection, uow.site_id)
            return _history(again)


def test_it_is_as_large_as_it_says() -> None:
    random = Random(1)
    known = store.toolkits(random)
    boxes = store.kits(random, known, store.CUSTOMER)
    tools = store.tools(random, known, boxes, store.CUSTOMER, UNTIL)
    every = [tool for of_kit in tools.values() for tool in of_kit]
    assert (len(known), len(boxes), len(every)) == (12, 500, 7_500)
    assert len({tool.marking for tool in every}) == len(every)
    assert len(store.people(random, store.CUSTOMER)) == 300
    assert known[0].name == "RRJ/737/32S"
    assert sum(known[0].expected.values()) == 11
    assert min(tool.calibration_due for tool in every if tool.calibration_due) > UNTIL


def test_the_same_seed_makes_the_same_course_of_events(tmp_path: Path) -> None:
    first, again, other = (
        make(tmp_path / f"{number}", seed=seed, days=3, size=store.SMALL, until=UNTIL)
        for number, seed in enumerate((1, 1, 2))
    )
    assert first == again
    assert other != first


def test_it_is_made_by_command_and_never_over_records(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order = [str(tmp_path / "made"), "--small", "--days", "2", "--until", "2026-05-04"]
    main(order)
    assert "MB" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(order)
    assert "holds records already" in capsys.readouterr().err
