"""What the centre takes, refuses and sets apart, with a real PostgreSQL."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.centre.stations import Hangar, Station, noise
from toolroom_desktop.adapters.central.connect import Server
from toolroom_desktop.domain.errors import CentreProblem
from toolroom_desktop.domain.journal import GENESIS
from toolroom_desktop.services.sync.ports import Centre, Outgoing, Place
from toolroom_desktop.services.sync.runner import SyncOutcome


def problem_of(outcome: SyncOutcome) -> str:
    """The code of the one thing that was wrong; "" where nothing was."""
    assert len(outcome.problems) <= 1
    return outcome.problems[0].code if outcome.problems else ""


def centre_hashes(hangar: Hangar, station: Station) -> list[str]:
    """The chain of that station as the centre's tables hold it."""
    rows = admin(hangar).run(
        "SELECT hash FROM toolroom.journal WHERE site_id = :site ORDER BY site_seq", site=station.site_id
    )
    return [row[0] for row in rows]


def admin(hangar: Hangar) -> Server:
    """The administrator's connection."""
    return hangar.administration._server


def entries(station: Station, after: int = 0) -> list[Outgoing]:
    """What it would send."""
    return station.database.read(lambda uow: uow.outbox.after(after, most=500, most_bytes=1 << 30))


def tampered(station: Station, seq: int, **columns: object) -> None:
    """Change a row of the closed records past the program, guards and all."""
    with closing(sqlite3.connect(station.folder / "toolroom.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER journal_never_changes")
        for name, value in columns.items():
            connection.execute(f"UPDATE journal SET {name} = ? WHERE site_seq = ?", (value, seq))


class TestWhatArrives:
    def test_every_entry_arrives_as_it_was_written_and_is_acknowledged(self, every_hangar: Hangar) -> None:
        station = every_hangar.station()
        station.write(1203)
        outcome = station.runner().once()
        assert (outcome.done, outcome.pushed, outcome.problems) == (True, 1203, ())
        assert outcome.state.pending_operations == 0
        assert centre_hashes(every_hangar, station) == station.hashes()
        assert every_hangar.administration.verify() == (1203, [])
        (status,) = every_hangar.administration.status()
        assert (status.seq, status.pending, status.app_version) == (1203, 0, "test")

    def test_a_second_round_sends_nothing_and_a_later_entry_goes_alone(self, hangar: Hangar) -> None:
        station = hangar.station()
        station.write(3)
        assert station.runner().once().pushed == 3
        assert station.runner().once().pushed == 0
        station.write()
        assert station.runner().once().pushed == 1
        assert centre_hashes(hangar, station) == station.hashes()

    def test_a_push_whose_reply_was_lost_is_taken_once(self, hangar: Hangar) -> None:
        station = hangar.station()
        station.write(5)
        line = station.lines().open(within=30)
        line.hello(now=station.clock.now(), app_version="t", pending=5)
        first = line.push(entries(station))
        again = line.push(entries(station))
        line.close()
        assert first.head == again.head == Place(5, station.hashes()[-1])
        assert (again.quarantined, again.refused) == ((), "")
        assert centre_hashes(hangar, station) == station.hashes()

    def test_a_push_that_overlaps_what_is_known_adds_the_rest(self, hangar: Hangar) -> None:
        station = hangar.station()
        station.write(6)
        line = station.lines().open(within=30)
        line.hello(now=station.clock.now(), app_version="t", pending=6)
        assert line.push(entries(station)[:4]).head.seq == 4
        assert line.push(entries(station, 2)).head.seq == 6
        line.close()
        assert centre_hashes(hangar, station) == station.hashes()

    def test_an_entry_larger_than_a_batch_goes_alone(self, hangar: Hangar) -> None:
        station = hangar.station()
        station.write(2)
        station.write(payload={"note": "ъ" * 1_500_000})
        station.write(2)
        assert station.runner().once().pushed == 5
        assert centre_hashes(hangar, station) == station.hashes()

    @pytest.mark.parametrize("years", [-10, 10, 400])
    def test_a_clock_that_is_wrong_by_years_is_recorded_and_refuses_nothing(self, hangar: Hangar, years: int) -> None:
        station = hangar.station()
        station.clock.advance(years * 365.25 * 86400)
        station.write(2)
        station.clock.set_back(timedelta(days=3000))
        station.write(2)
        outcome = station.runner().once()
        assert (outcome.done, outcome.pushed) == (True, 4)
        assert centre_hashes(hangar, station) == station.hashes()
        (status,) = hangar.administration.status()
        assert status.clock_offset is not None
        assert abs(status.clock_offset - outcome.state.clock_offset) < 60

    def test_photos_arrive_whole_and_are_not_sent_twice(self, every_hangar: Hangar) -> None:
        station, chance = every_hangar.station(), random.Random(1)
        sizes = (1, 4096, 262_144, 262_145, 900_000)
        for size in sizes:
            station.write(photo=noise(chance, size))
        outcome = station.runner().once()
        assert (outcome.done, outcome.files, outcome.state.pending_bytes) == (True, len(sizes), 0)
        for name in station.photos:
            (row,) = admin(every_hangar).run(
                "SELECT string_agg(data, '' ORDER BY at_byte) FROM toolroom.evidence_chunk WHERE sha256 = :name",
                name=name,
            )
            assert bytes(row[0]) == station.store.get(name)
        assert station.runner().once().files == 0
        (status,) = every_hangar.administration.status()
        assert (status.evidence_files, status.evidence_bytes) == (len(sizes), sum(sizes))

    def test_a_photo_goes_on_where_it_was_broken_off(self, hangar: Hangar) -> None:
        station = hangar.station()
        content = noise(random.Random(2), 700_000)
        station.write(photo=content)
        line = station.lines().open(within=30)
        line.hello(now=station.clock.now(), app_version="t", pending=1)
        (file,) = station.database.read(lambda uow: uow.outbox.files("", most=9))
        assert line.put_piece(file, 0, content[:262_144]) == 262_144
        assert line.put_piece(file, 0, content[:262_144]) == 262_144, "what is there already changes nothing"
        assert line.put_piece(file, 500_000, content[500_000:]) == 262_144, "nor does what leaves a hole"
        line.close()
        assert station.runner().once().files == 1
        assert admin(hangar).run("SELECT count(*) FROM toolroom.evidence_chunk")[0][0] == 3

    def test_a_photo_that_cannot_be_read_here_holds_up_no_other(self, hangar: Hangar) -> None:
        station, chance = hangar.station(), random.Random(3)
        for _ in range(3):
            station.write(photo=noise(chance, 1000))
        station.store.path(sorted(station.photos)[0]).write_bytes(b"damaged")
        outcome = station.runner().once()
        assert (outcome.files, problem_of(outcome)) == (2, "evidence.damaged")
        assert outcome.state.pending_files == 1

    def test_bytes_that_do_not_fit_the_name_are_thrown_away_and_the_station_told(self, hangar: Hangar) -> None:
        station = hangar.station()
        content = noise(random.Random(4), 300_000)
        station.write(photo=content)
        line = station.lines().open(within=30)
        line.hello(now=station.clock.now(), app_version="t", pending=1)
        (file,) = station.database.read(lambda uow: uow.outbox.files("", most=9))
        line.put_piece(file, 0, bytes(262_144))
        assert line.put_piece(file, 262_144, content[262_144:]) == 0
        line.close()
        assert station.runner().once().files == 1, "and the right ones are taken afterwards"


class TestWhatIsSetApart:
    @pytest.mark.parametrize(
        ("columns", "reason"),
        [
            ({"payload": '{"note":"somebody else wrote this"}'}, "content"),
            ({"kind": "another_kind"}, "content"),
            ({"payload": "no json at all"}, "content"),
        ],
    )
    def test_an_entry_that_was_changed_here_is_set_apart_and_the_others_go_on(
        self, every_hangar: Hangar, columns: Mapping[str, object], reason: str
    ) -> None:
        station = every_hangar.station()
        station.write(9)
        address = station.address
        station.close()
        tampered(station, 4, **columns)
        opened = Station.opened(station.folder)
        opened.address = address
        every_hangar.stations.append(opened)
        outcome = opened.runner().once()
        assert (outcome.done, outcome.pushed, problem_of(outcome)) == (True, 9, "centre.quarantined")
        assert outcome.state.pending_operations == 0
        assert outcome.state.attention
        (apart,) = every_hangar.administration.quarantine()
        assert (apart.site_seq, apart.reason, apart.in_chain) == (4, reason, True)
        assert len(centre_hashes(every_hangar, opened)) == 8
        assert every_hangar.administration.verify() == (9, [])
        opened.write()
        assert opened.runner().once().pushed == 1
        every_hangar.administration.resolve(apart.number, "нашли")
        assert problem_of(opened.runner().once()) == ""

    def test_a_note_that_postgresql_cannot_hold_is_set_apart_whole(self, hangar: Hangar) -> None:
        station = hangar.station()
        station.write(2)
        station.write(payload={"note": "a\0b"})
        station.write(2)
        outcome = station.runner().once()
        assert (outcome.pushed, problem_of(outcome)) == (5, "centre.quarantined")
        (apart,) = hangar.administration.quarantine()
        assert (apart.site_seq, apart.reason) == (3, "unreadable")
        assert json.loads(apart.content)["payload"] == {"note": "a\0b"}

    def test_an_id_that_another_entry_has_is_set_apart(self, hangar: Hangar) -> None:
        first, second = hangar.station(), hangar.station()
        taken = first.write().op_id
        assert first.runner().once().pushed == 1
        second.write(2)
        second.write(op_id=taken)
        second.write(2)
        outcome = second.runner().once()
        assert (outcome.pushed, problem_of(outcome)) == (5, "centre.quarantined")
        (apart,) = hangar.administration.quarantine()
        assert (apart.site_seq, apart.reason) == (3, "op_id_taken")
        assert centre_hashes(hangar, first) == first.hashes(), "and the first one stays what it was"

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"site_id": "another station"}, "other_site"),
            ({"site_seq": 7}, "sequence"),
            ({"schema_version": 99}, "schema"),
            ({"schema_version": "one"}, "unreadable"),
            ({"op_id": None}, "incomplete"),
            ({"op_id": "no uuid"}, "unreadable"),
            ({"kind": "x" * 65}, "incomplete"),
            ({"wall_at": "yesterday"}, "unreadable"),
        ],
    )
    def test_content_that_is_no_entry_is_set_apart_although_it_hashes_well(
        self, hangar: Hangar, change: dict[str, Any], reason: str
    ) -> None:
        station = hangar.station()
        station.write(3)
        made = forged(entries(station), 1, change)
        line = station.lines().open(within=30)
        line.hello(now=station.clock.now(), app_version="t", pending=3)
        answer = line.push(made)
        line.close()
        assert answer.head == Place(3, made[-1].hash)
        assert [(one.seq, one.reason) for one in answer.quarantined] == [(2, reason)]
        assert len(centre_hashes(hangar, station)) == 2


def forged(chain: list[Outgoing], place: int, change: Mapping[str, Any]) -> list[Outgoing]:
    """The chain with another content at one place, hashed anew from there on."""
    import hashlib

    made: list[Outgoing] = []
    prev = chain[0].prev
    for number, entry in enumerate(chain):
        content = entry.content
        if number == place:
            content = json.dumps({**json.loads(content), **change}, ensure_ascii=False)
        hashed = hashlib.sha256(f"{prev}\n{content}".encode()).hexdigest()
        made.append(replace(entry, prev=prev, hash=hashed, content=content))
        prev = hashed
    return made


class TestWhatIsRefused:
    @pytest.fixture
    def line(self, hangar: Hangar) -> tuple[Hangar, Station, Centre]:
        station = hangar.station()
        station.write(6)
        line = station.lines().open(within=30)
        line.hello(now=station.clock.now(), app_version="t", pending=6)
        return hangar, station, line

    def test_a_gap_is_refused_and_what_lies_before_it_is_kept(self, line: tuple[Hangar, Station, Centre]) -> None:
        hangar, station, centre = line
        chain = entries(station)
        answer = centre.push([chain[0], chain[1], chain[4], chain[5]])
        assert (answer.head.seq, answer.refused, answer.refused_seq) == (2, "gap", 5)
        assert centre.push(chain).head.seq == 6
        centre.close()
        assert centre_hashes(hangar, station) == station.hashes()

    def test_a_chain_that_says_something_else_is_refused_and_shown(self, line: tuple[Hangar, Station, Centre]) -> None:
        hangar, station, centre = line
        chain = entries(station)
        centre.push(chain[:4])
        other = forged(chain, 2, {"payload": {"note": "another story"}})
        for _ in range(2):
            answer = centre.push(other)
            assert (answer.head, answer.refused, answer.refused_seq) == (Place(4, chain[3].hash), "fork", 3)
        centre.close()
        (apart,) = hangar.administration.quarantine()
        assert (apart.site_seq, apart.reason, apart.in_chain) == (3, "fork", False)
        assert centre_hashes(hangar, station) == station.hashes()[:4]
        assert hangar.administration.verify() == (4, [])

    def test_a_branch_off_the_head_is_refused_and_shown(self, line: tuple[Hangar, Station, Centre]) -> None:
        hangar, station, centre = line
        chain = entries(station)
        centre.push(chain[:3])
        answer = centre.push([replace(chain[3], prev="f" * 64)])
        centre.close()
        assert (answer.head.seq, answer.refused) == (3, "fork")
        assert [apart.reason for apart in hangar.administration.quarantine()] == ["fork"]

    @pytest.mark.parametrize(
        "change", [{"hash": "short"}, {"prev": "g" * 64}, {"seq": 0}, {"seq": -1}, {"hash": "A" * 64}]
    )
    def test_an_operation_without_a_place_in_the_chain_is_refused_whole(
        self, line: tuple[Hangar, Station, Centre], change: dict[str, Any]
    ) -> None:
        hangar, station, centre = line
        chain = entries(station)
        with pytest.raises(CentreProblem, match=r"centre\.failed"):
            centre.push([chain[0], replace(chain[1], **change)])
        centre.close()
        assert centre_hashes(hangar, station) == []

    def test_more_than_a_batch_is_refused(self, line: tuple[Hangar, Station, Centre]) -> None:
        _, station, centre = line
        chain = entries(station)
        with pytest.raises(CentreProblem):
            centre.push(chain * 84)
        with pytest.raises(CentreProblem):
            centre.push([replace(entry, content="x" * 900_000) for entry in chain])
        centre.close()


class TestTwoOfTheSame:
    def test_a_second_station_with_the_same_enrolment_is_refused(self, hangar: Hangar) -> None:
        first = hangar.station()
        first.write()
        assert first.runner().once().pushed == 1
        second = Station.made_of(hangar.template, hangar.folder / "second", str(UUID(int=5)))
        hangar.stations.append(second)
        second.address = first.address
        second.write()
        outcome = second.runner().once()
        assert (outcome.done, problem_of(outcome)) == (False, "centre.other_station")
        assert outcome.state.attention
        assert outcome.state.pending_operations == 1

    def test_a_station_with_two_enrolments_is_refused(self, hangar: Hangar) -> None:
        station = hangar.station()
        assert station.runner().once().done
        station.enrolled(hangar.administration.add_site("вторая"), hangar.address)
        assert problem_of(station.runner().once()) == "centre.enrolled_twice"

    def test_a_copied_data_folder_is_found_as_soon_as_both_wrote(self, hangar: Hangar) -> None:
        first = hangar.station()
        first.write(3)
        assert first.runner().once().pushed == 3
        address = first.address
        first.close()
        shutil.copytree(first.folder, hangar.folder / "copy")
        original, copy = Station.opened(first.folder), Station.opened(hangar.folder / "copy")
        hangar.stations += [original, copy]
        original.address = copy.address = address
        original.write(2)
        copy.write(2)
        assert original.runner().once().pushed == 2
        outcome = copy.runner().once()
        assert (outcome.done, problem_of(outcome)) == (False, "centre.refused_fork")
        assert outcome.state.pending_operations == 2, "nothing of it is taken for sent"
        assert [apart.reason for apart in hangar.administration.quarantine()] == ["fork"]
        assert centre_hashes(hangar, original) == original.hashes()

    def test_records_restored_from_an_older_backup_are_found_before_anything_is_sent(self, hangar: Hangar) -> None:
        station = hangar.station()
        station.write(3)
        address = station.address
        station.close()
        shutil.copytree(station.folder, hangar.folder / "yesterday")
        today = Station.opened(station.folder)
        yesterday = Station.opened(hangar.folder / "yesterday")
        hangar.stations += [today, yesterday]
        today.address = yesterday.address = address
        today.write(4)
        assert today.runner().once().pushed == 7
        assert problem_of(yesterday.runner().once()) == "centre.station_behind"
        yesterday.write(6)
        assert problem_of(yesterday.runner().once()) == "centre.refused_fork"
        assert centre_hashes(hangar, today) == today.hashes()


def test_before_the_first_entry_the_head_is_the_one_of_an_empty_chain(hangar: Hangar) -> None:
    line = hangar.station().lines().open(within=30)
    station = hangar.stations[0]
    welcome = line.hello(now=station.clock.now(), app_version="t", pending=0)
    line.close()
    assert welcome.head == Place(0, GENESIS)


def test_enough_is_enough_for_one_day(hangar: Hangar) -> None:
    station = Station.made_of(hangar.template, hangar.folder / "greedy", "greedy")
    hangar.stations.append(station)
    station.enrolled(hangar.administration.add_site("жадная", daily_bytes=100_000), hangar.address)
    for _ in range(4):
        station.write(payload={"note": "ж" * 20_000})
        outcome = station.runner().once()
    assert (outcome.done, problem_of(outcome), outcome.state.attention) == (False, "centre.too_much_today", False)
    sent = len(centre_hashes(hangar, station))
    assert 0 < sent < 4
    admin(hangar).run("UPDATE toolroom.site_head SET spent_on = current_date - 1")
    assert station.runner().once().pushed == 4 - sent, "the next day it goes on"


def test_a_photo_counts_towards_the_day_too(hangar: Hangar, tmp_path: Path) -> None:
    station = Station.made_of(hangar.template, tmp_path / "greedy", "greedy 2")
    hangar.stations.append(station)
    station.enrolled(hangar.administration.add_site("жадная 2", daily_bytes=400_000), hangar.address)
    station.write(photo=noise(random.Random(5), 600_000))
    assert problem_of(station.runner().once()) == "centre.too_much_today"
