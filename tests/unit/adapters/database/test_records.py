"""What is written through a unit of work comes back the same, and the database holds the rules of the toolroom."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest

from toolroom_desktop.adapters.database.columns import folded
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.domain.errors import BadInput, DatabaseProblem, NotFound, Refused
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.journal import Head, next_entry
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.people import Person, Role
from toolroom_desktop.domain.toolkit import ClassThreshold, Kit, Position, Toolkit
from toolroom_desktop.services import ports

from .samples import KEY, MORNING, TOOLKIT, connection_of, operation, photo_of, record


@pytest.fixture
def far_away_time_zone() -> Iterator[None]:
    """The computer's own time zone is far from the one that the records were made in."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its time zone for one process")
    before = os.environ.get("TZ")
    os.environ["TZ"] = "America/New_York"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_the_database_is_what_the_services_ask_for(database: SqliteDatabase) -> None:
    wanted: ports.Database = database
    assert wanted.read(lambda work: work.site_id) == "station-1"


class TestPeople:
    def test_a_person_comes_back_whole(self, database: SqliteDatabase) -> None:
        locked = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=3)))
        person = Person("DEMO-TECH", "Пётр Щёголев", Role.TECHNICIAN, "$argon2id$", True, 4, locked)
        database.write(lambda work: work.people.add(person))
        assert database.read(lambda work: work.people.by_badge("DEMO-TECH")) == person

    def test_badges_are_the_same_in_small_letters_and_with_blanks_around(self, database: SqliteDatabase) -> None:
        database.write(lambda work: work.people.add(Person("Щ-017", "Анна", Role.QUALITY)))
        found = database.read(lambda work: work.people.by_badge("  щ-017 "))
        assert found is not None
        assert found.badge == "Щ-017"

    def test_a_taken_badge_is_refused_also_in_other_letters(self, database: SqliteDatabase) -> None:
        database.write(lambda work: work.people.add(Person("Щ-017", "Анна", Role.QUALITY)))
        with pytest.raises(BadInput) as refused:
            database.write(lambda work: work.people.add(Person("щ-017", "Олег", Role.TECHNICIAN)))
        assert refused.value.code == "people.badge_taken"
        assert [person.name for person in database.read(lambda work: work.people.all())] == ["Анна"]

    def test_a_change_replaces_the_person(self, database: SqliteDatabase) -> None:
        anna = Person("Q-1", "Анна", Role.QUALITY)
        database.write(lambda work: work.people.add(anna))
        database.write(lambda work: work.people.save(replace(anna, wrong_pins=3, active=False)))
        assert database.read(lambda work: work.people.all()) == [replace(anna, wrong_pins=3, active=False)]

    def test_a_change_of_nobody_is_a_fault_of_the_program(self, database: SqliteDatabase) -> None:
        with pytest.raises(LookupError):
            database.write(lambda work: work.people.save(Person("Q-1", "Анна", Role.QUALITY)))

    def test_everybody_is_listed_by_name(self, database: SqliteDatabase) -> None:
        def add_all(work: ports.UnitOfWork) -> None:
            for badge, name in (("1", "яков"), ("2", "Анна"), ("3", "Ёлкин"), ("4", "Борис")):
                work.people.add(Person(badge, name, Role.TECHNICIAN))

        database.write(add_all)
        assert [p.badge for p in database.read(lambda work: work.people.all())] == ["2", "4", "1", "3"]


def _save_kits(database: SqliteDatabase, *kits: Kit) -> None:
    def command(work: ports.UnitOfWork) -> None:
        work.catalogue.save_toolkit(TOOLKIT)
        for kit in kits:
            work.catalogue.save_kit(kit)

    database.write(command)


class TestCatalogue:
    def test_a_toolkit_comes_back_whole(self, database: SqliteDatabase) -> None:
        toolkit = replace(TOOLKIT, thresholds={"pliers": ClassThreshold(0.7, None), "brace": ClassThreshold()})
        database.write(lambda work: work.catalogue.save_toolkit(toolkit))
        assert database.read(lambda work: work.catalogue.toolkit(" rrj/737/32s ")) == toolkit

    def test_saving_again_replaces_the_positions(self, database: SqliteDatabase) -> None:
        smaller = Toolkit("rrj/737/32s", (Position("brace", 3),))
        database.write(lambda work: work.catalogue.save_toolkit(TOOLKIT))
        database.write(lambda work: work.catalogue.save_toolkit(smaller))
        assert database.read(lambda work: work.catalogue.toolkits()) == [smaller]

    def test_kits_are_found_by_number_and_by_code(self, database: SqliteDatabase) -> None:
        kit = Kit("Ящик-Ё1", TOOLKIT.name, "QR:Ж7")
        _save_kits(database, kit)
        scans = ("ящик-ё1", " Ящик-Ё1 ", "qr:ж7")
        assert database.read(lambda work: [work.catalogue.kit(scan) for scan in scans]) == [kit, kit, kit]
        assert database.read(lambda work: work.catalogue.kit("  ")) is None

    def test_a_kit_keeps_its_toolkits_spelling(self, database: SqliteDatabase) -> None:
        database.write(lambda work: work.catalogue.save_toolkit(TOOLKIT))
        database.write(lambda work: work.catalogue.save_kit(Kit("1", "rrj/737/32S")))
        assert [kit.toolkit for kit in database.read(lambda work: work.catalogue.kits())] == [TOOLKIT.name]

    def test_a_kit_of_an_unknown_toolkit_is_refused(self, database: SqliteDatabase) -> None:
        with pytest.raises(NotFound) as refused:
            database.write(lambda work: work.catalogue.save_kit(Kit("1", "A320")))
        assert refused.value.code == "kit.toolkit_unknown"

    @pytest.mark.parametrize(
        "other",
        [
            Kit("2", TOOLKIT.name, "qr-1"),  # the code of the first
            Kit("3", TOOLKIT.name, "1"),  # its number as a code
            Kit("QR-1", TOOLKIT.name),  # its code as a number
        ],
    )
    def test_one_scan_never_means_two_kits(self, database: SqliteDatabase, other: Kit) -> None:
        first = Kit("1", TOOLKIT.name, "QR-1")
        _save_kits(database, first)
        with pytest.raises(BadInput) as refused:
            database.write(lambda work: work.catalogue.save_kit(other))
        assert (refused.value.code, refused.value.details["kit"]) == ("kit.code_taken", "1")

    def test_any_number_of_kits_may_have_no_code(self, database: SqliteDatabase) -> None:
        kits = [Kit(str(number), TOOLKIT.name) for number in range(3)]
        _save_kits(database, *kits)
        assert database.read(lambda work: work.catalogue.kits()) == kits

    def test_a_kit_may_be_saved_again_with_its_own_code(self, database: SqliteDatabase) -> None:
        for code in ("QR-1", "QR-1", "QR-2"):
            _save_kits(database, Kit("1", TOOLKIT.name, code))
        assert database.read(lambda work: work.catalogue.kit("QR-1")) is None

    def test_letters_with_marks_are_the_same_composed_and_apart(self) -> None:
        assert folded("НАБОР Й") == folded("набор и\u0306")


class TestOperations:
    def test_an_operation_comes_back_whole(self, database: SqliteDatabase) -> None:
        made = database.write(record)
        assert database.read(lambda work: work.operations.by_id(made.operation_id)) == made

    def test_times_come_back_in_utc_whatever_the_computers_zone(
        self, database: SqliteDatabase, far_away_time_zone: None
    ) -> None:
        made = database.write(record)
        found = database.read(lambda work: work.operations.by_id(made.operation_id))
        entry = database.read(lambda work: work.journal.by_id(made.operation_id))
        assert found is not None
        assert entry is not None
        assert found.started_at.tzinfo is UTC
        assert found.started_at == MORNING + timedelta(minutes=1)
        assert entry.wall_at == found.finished_at

    def test_a_time_without_a_zone_is_a_fault_of_the_program(self, database: SqliteDatabase) -> None:
        anna = Person("Q-1", "Анна", Role.QUALITY, locked_until=datetime(2026, 3, 2))  # noqa: DTZ001
        with pytest.raises(Exception, match="time zone"):
            database.write(lambda work: work.people.add(anna))
        assert database.read(lambda work: work.people.all()) == []

    def test_a_kit_is_out_only_once(self, database: SqliteDatabase) -> None:
        first = database.write(lambda work: record(work, kit="Ящик-1"))
        with pytest.raises(Refused) as refused:
            database.write(lambda work: record(work, kit="ЯЩИК-1", badge="OTHER"))
        assert refused.value.code == "operation.kit_already_out"
        assert refused.value.details["since"] == first.finished_at
        assert database.read(lambda work: work.journal.head()).site_seq == 1

    def test_a_checkin_closes_the_checkout(self, database: SqliteDatabase) -> None:
        out = database.write(record)
        assert database.read(lambda work: work.operations.open_checkout("32s-01")) == out
        database.write(lambda work: record(work, OperationType.CHECKIN, closes=out.operation_id))
        assert database.read(lambda work: work.operations.open_checkout("32S-01")) is None
        again = database.write(record)
        assert database.read(lambda work: work.operations.open_checkouts()) == [again]

    def test_a_checkout_is_closed_only_once(self, database: SqliteDatabase) -> None:
        out = database.write(record)
        database.write(lambda work: record(work, OperationType.CHECKIN, closes=out.operation_id))
        with pytest.raises(Refused) as refused:
            database.write(lambda work: record(work, OperationType.CHECKIN, closes=out.operation_id))
        assert refused.value.code == "operation.kit_not_out"
        assert database.read(lambda work: len(work.operations.recent(limit=10))) == 2

    def test_a_checkin_cannot_close_another_kits_checkout(self, database: SqliteDatabase) -> None:
        out = database.write(record)
        with pytest.raises(Refused):
            database.write(lambda work: record(work, OperationType.CHECKIN, kit="32S-02", closes=out.operation_id))
        assert database.read(lambda work: work.operations.open_checkouts()) == [out]

    def test_what_a_person_holds_is_listed_oldest_first(self, database: SqliteDatabase) -> None:
        mine = [database.write(partial(record, kit=kit, badge="Щ-1")) for kit in ("B", "A", "C")]
        database.write(lambda work: record(work, kit="D", badge="OTHER"))
        database.write(lambda work: record(work, OperationType.CHECKIN, kit="A", closes=mine[1].operation_id))
        held = database.read(lambda work: work.operations.held_by("щ-1"))
        assert held == [mine[0], mine[2]]

    def test_recent_operations_come_in_pages_newest_first(self, database: SqliteDatabase) -> None:
        for number in range(7):
            database.write(partial(record, kit=f"kit {number}"))
        first = database.read(lambda work: work.operations.recent(limit=3))
        second = database.read(lambda work: work.operations.recent(limit=3, before_seq=first[-1].site_seq))
        assert [o.site_seq for o in first + second] == [7, 6, 5, 4, 3, 2]

    def test_an_operation_is_found_by_either_photo(self, database: SqliteDatabase) -> None:
        made = database.write(record)
        photos = (made.photos.clean, made.photos.annotated)
        assert database.read(lambda work: [work.operations.by_photo(photo) for photo in photos]) == [made, made]
        assert database.read(lambda work: work.operations.by_photo(photo_of(9, "clean"))) is None

    def test_an_operation_without_its_journal_entry_cannot_be_committed(self, database: SqliteDatabase) -> None:
        def forget_the_journal(work: ports.UnitOfWork) -> None:
            made = operation(1)
            for photo in (made.photos.clean, made.photos.annotated):
                work.evidence.add(photo, 1)
            work.operations.add(made)

        with pytest.raises(Exception, match="FOREIGN KEY"):
            database.write(forget_the_journal)
        assert database.read(lambda work: work.operations.recent(limit=1)) == []
        assert database.write(record).site_seq == 1

    def test_an_operation_whose_photos_nobody_noted_cannot_be_committed(self, database: SqliteDatabase) -> None:
        def forget_the_photos(work: ports.UnitOfWork) -> None:
            made = operation(1)
            work.journal.append(
                next_entry(Head(), op_id=uuid7(), site_id="station-1", wall_at=MORNING, kind="k", payload={}, key=KEY)
            )
            work.operations.add(made)

        with pytest.raises(Exception, match="FOREIGN KEY"):
            database.write(forget_the_photos)
        assert database.read(lambda work: work.journal.head()) == Head()


class TestEvidenceNotes:
    def test_the_same_photo_is_noted_once(self, database: SqliteDatabase) -> None:
        for _ in range(2):
            database.write(lambda work: work.evidence.add(photo_of(1, "clean"), 10))
        assert database.read(lambda work: list(work.evidence.all())) == [(photo_of(1, "clean"), 10)]

    def test_all_notes_are_listed_over_page_bounds(self, database: SqliteDatabase) -> None:
        photos = {photo_of(number, "clean") for number in range(1203)}

        def note_all(work: ports.UnitOfWork) -> None:
            for photo in photos:
                work.evidence.add(photo, 1)

        database.write(note_all)
        assert [sha for sha, _ in database.read(lambda work: list(work.evidence.all()))] == sorted(photos)


def test_a_journal_that_lost_its_end_takes_no_more_entries(database: SqliteDatabase) -> None:
    database.write(record)

    def move_the_head_back(work: ports.UnitOfWork) -> None:
        connection_of(work).exec_driver_sql("UPDATE journal_head SET site_seq = 0, hash = ?", (Head().hash,))

    database.write(move_the_head_back)
    with pytest.raises(DatabaseProblem) as refused:
        database.write(lambda work: record(work, kit="other"))
    assert refused.value.code == "database.journal_broken"
