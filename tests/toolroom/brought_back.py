"""Any course of events at a station that is restored from a backup of any moment and gets the rest back.

Whatever people did, the tables must then say what they said before the restore, row by row.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis.stateful import rule, run_state_machine_as_test

from tests.fakes import HandClock
from tests.toolroom.course import AnyCourse, limits_of, template
from toolroom_desktop.adapters.database.backup import copy_database
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import open_records
from toolroom_desktop.domain.journal import canonical_json
from toolroom_desktop.services.ports import Database
from toolroom_desktop.services.sync.bring_back import BROUGHT_BACK, BringBack
from toolroom_desktop.services.sync.bring_back_ports import PhotoThere
from toolroom_desktop.services.sync.ports import Change, Outgoing, OwnPage, Page, Place

# What a restore may change: what the centre acknowledged and was asked, in which words texts are kept, and of PINs.
_NOT_RECORDS = {
    "sync_state",
    "evidence",
    "journal",
    "journal_head",
    "journal_sample",
    "operation_words",
    "alembic_version",
}
_NOT_OF_THE_JOURNAL = {"person": {"pin_hash", "wrong_pins", "locked_until", "must_change_pin"}}


@dataclass
class MemoryCentre:
    """A centre that has a station's journal. Fulfils `OwnCentre` and `OwnLines`."""

    entries: list[Outgoing]
    photos: Mapping[str, PhotoThere] = field(default_factory=dict)
    rows: Sequence[Change] = ()

    @classmethod
    def of(cls, database: Database) -> MemoryCentre:
        """One to which everything of these records went."""
        head = database.read(lambda uow: uow.journal.head().site_seq)
        return cls(database.read(lambda uow: uow.outbox.after(0, most=head, most_bytes=1 << 40)))

    def open(self, *, within: float) -> MemoryCentre:
        del within
        return self

    def abort(self) -> None:
        pass

    def own_entries(self, after: int, *, most: int) -> OwnPage:
        head = Place(self.entries[-1].seq, self.entries[-1].hash)
        at = self.entries[after - 1].hash if 0 < after <= len(self.entries) else ""
        return OwnPage(head, at if after else "0" * 64, tuple(self.entries[after : after + most]))

    def own_photos(self, names: Sequence[str]) -> Mapping[str, PhotoThere]:
        return {name: self.photos[name] for name in names if name in self.photos}

    def pull(self, cursor: str, *, most: int) -> Page:
        del cursor, most
        return Page(tuple(self.rows), "all", more=False)

    def close(self) -> None:
        pass


def rows_of(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of records, but for what no journal says."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with closing(sqlite3.connect(database)) as connection:
        words = {
            f"@{number}": said for number, said in connection.execute("SELECT words_id, words FROM operation_words")
        }
        master = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        for (name,) in connection.execute(master).fetchall():
            if name in _NOT_RECORDS or "_fts" in name or "_text_" in name:
                continue
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            wanted = [one for one in columns if one not in _NOT_OF_THE_JOURNAL.get(name, ())]
            rows = connection.execute(f"SELECT {', '.join(wanted)} FROM {name}").fetchall()
            said = [tuple(words.get(value, value) if name == "operation" else value for value in row) for row in rows]
            found[name] = sorted((tuple(map(_plain, row)) for row in said), key=repr)
    return found


def assert_same(now: Mapping[str, list[tuple[Any, ...]]], before: Mapping[str, list[tuple[Any, ...]]]) -> None:
    """Every table has the rows that it had."""
    assert now.keys() == before.keys()
    for name, rows in before.items():
        lost, strange = (
            [row for row in one if row not in other] for one, other in ((rows, now[name]), (now[name], rows))
        )
        assert not (lost or strange), f"{name}: {lost} became {strange}"
        assert len(rows) == len(now[name]), name


def _plain(value: Any) -> Any:
    """Lists of words and steps with their names sorted, a match in hundredths of a per cent: as an entry says them."""
    if isinstance(value, float):
        return round(value, 2)
    return canonical_json(json.loads(value)) if isinstance(value, str) and value.startswith('[{"') else value


class BroughtBackCourse(AnyCourse):
    """A course with backups; at its end the station is restored from each, and brings the rest back."""

    def __init__(self) -> None:
        super().__init__()
        self.backups: list[Path] = []
        self.back_up()

    @rule()
    def back_up(self) -> None:
        if len(self.backups) < 3:
            folder = self.folder / f"backup {len(self.backups)}"
            shutil.copytree(template(), folder)
            (folder / "toolroom.sqlite").unlink()
            complaint = copy_database(self.folder / "station" / "toolroom.sqlite", folder / "toolroom.sqlite")
            assert not complaint
            self.backups.append(folder)

    def teardown(self) -> None:
        try:
            centre = MemoryCentre.of(self.records.database)
            before = rows_of(self.folder / "station" / "toolroom.sqlite")
            entries = self.entries()
            for folder in self.backups:
                self.bring_back(folder, centre)
                assert_same(rows_of(folder / "toolroom.sqlite"), before)
            assert entries == self.entries()
        finally:
            super().teardown()

    def bring_back(self, folder: Path, centre: MemoryCentre) -> None:
        (folder / "open-cases.jsonl").unlink(missing_ok=True)
        records = open_records(folder, clock=HandClock(), pin_cost=FAST, before_centre=True)
        try:
            bringing = BringBack(records.database, records.evidence, records.recorder, centre)
            lacking = bringing.look()
            assert lacking.sealed
            done = bringing.run(by=None)
            assert done.entries == lacking.count
            theirs = records.database.read(lambda uow: list(uow.journal.entries()))
            ours = self.entries()
            assert theirs[: len(ours)] == ours, "each entry is what it was, seal and all"
            assert [entry.kind for entry in theirs[len(ours) :]] == [BROUGHT_BACK] * bool(lacking.count)
        finally:
            records.close()


def run(courses: int, *, derandomize: bool = False) -> None:
    """So many of them."""
    run_state_machine_as_test(BroughtBackCourse, settings=limits_of(courses, derandomize=derandomize))
