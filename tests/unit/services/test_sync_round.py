"""One round, over real records and a centre in memory whose lines break where a test says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.centre.stations import Station, make_template, noise
from toolroom_desktop.domain.errors import CentreProblem, DatabaseProblem
from toolroom_desktop.domain.journal import GENESIS
from toolroom_desktop.services.sync.evidence import EvidenceLane
from toolroom_desktop.services.sync.ports import (
    Change,
    Digest,
    File,
    Held,
    Outgoing,
    OwnPage,
    Page,
    Place,
    Poisoned,
    PushAnswer,
    Welcome,
)
from toolroom_desktop.services.sync.round import RoundReport, SyncRound


@dataclass
class MemoryCentre:
    """Fulfils `Centre`. `breaks` is asked before and after every call, and may raise."""

    now: datetime
    epoch: str = "epoch 1"
    schemas: tuple[int, int] = (1, 1)
    chain: list[Outgoing] = field(default_factory=list)
    poison: set[int] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    rows: list[Change] = field(default_factory=list)
    features: frozenset[str] = frozenset()
    calls: list[str] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    breaks: Callable[[str, str], None] = lambda _call, _moment: None

    def head(self) -> Place:
        return Place(self.chain[-1].seq, self.chain[-1].hash) if self.chain else Place(0, GENESIS)

    def hello(self, *, now: datetime, app_version: str, pending: int) -> Welcome:
        self._on("hello")
        return Welcome(self.epoch, self.now, 1, self.schemas, self.head(), self.features)

    def push(self, entries: Sequence[Outgoing]) -> PushAnswer:
        self._on("push")
        self.batches.append(len(entries))
        poisoned = []
        for entry in entries:
            if entry.seq <= len(self.chain):
                if self.chain[entry.seq - 1].hash != entry.hash:
                    return PushAnswer(self.head(), (), "fork", entry.seq)
                continue
            assert (entry.seq, entry.prev) == (self.head().seq + 1, self.head().hash)
            self.chain.append(entry)
            if entry.seq in self.poison:
                poisoned.append(Poisoned(entry.seq, "content"))
        self.breaks("push", "done")
        return PushAnswer(self.head(), tuple(poisoned))

    def pull(self, cursor: str, *, most: int) -> Page:
        self._on("pull")
        start = int(cursor or 0)
        page = self.rows[start : start + most]
        end = start + len(page)
        self.breaks("pull", "done")
        return Page(tuple(page), str(end) if end else "", end < len(self.rows))

    def verify(self) -> Held:
        self._on("verify")
        return Held(self.head(), len(self.poison), len(self.files), sum(map(len, self.files.values())))

    def digest(self, *, after: int, upto: int) -> Digest:
        self._on("digest")
        hashes = [entry.hash for entry in self.chain[after:upto]]
        return Digest(upto, len(hashes), hashlib.sha256("\n".join(hashes).encode()).hexdigest())

    def own_entries(self, after: int, *, most: int) -> OwnPage:
        self._on("own")
        at = self.chain[after - 1].hash if 0 < after <= len(self.chain) else ""
        return OwnPage(self.head(), at if after else GENESIS, tuple(self.chain[after : after + most]))

    def evidence_held(self, names: Sequence[str]) -> Mapping[str, int]:
        self._on("held")
        return {name: len(self.files[name]) for name in names if name in self.files}

    def put_piece(self, file: File, start: int, piece: bytes) -> int:
        self._on("put")
        held = self.files.get(file.sha256, b"")
        if start == len(held):
            self.files[file.sha256] = held + piece
        self.breaks("put", "done")
        return len(self.files[file.sha256])

    def get_piece(self, named_by: tuple[str, str], sha256: str, start: int) -> tuple[int, bytes] | None:
        del named_by, sha256, start
        return None

    def close(self) -> None:
        self.calls.append("close")

    def _on(self, call: str) -> None:
        self.calls.append(call)
        self.breaks(call, "asked")


def breaking(call: str, moment: str, times: int = 1) -> Callable[[str, str], None]:
    """The line breaks so often at that moment of that call."""
    left = [times]

    def breaks(at: str, when: str) -> None:
        if (at, when) == (call, moment) and left[0]:
            left[0] -= 1
            raise CentreProblem("centre.silent", server="x")

    return breaks


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_template(tmp_path_factory.mktemp("template") / "station")


@pytest.fixture
def station(template: Path, tmp_path: Path) -> Iterator[Station]:
    made = Station.made_of(template, tmp_path / "station", "s-1")
    yield made
    made.close()


@pytest.fixture
def centre(station: Station) -> MemoryCentre:
    return MemoryCentre(station.clock.now())


@pytest.fixture
def lane(station: Station) -> SyncRound:
    return SyncRound(station.database, station.clock, "1.0")


def waiting(station: Station) -> int:
    return station.database.read(lambda uow: uow.outbox.waiting()).operations


def arrived(centre: MemoryCentre) -> list[str]:
    return [entry.hash for entry in centre.chain]


def test_a_round_says_hello_pushes_all_and_verifies(station: Station, centre: MemoryCentre, lane: SyncRound) -> None:
    station.write(1100)
    report = lane.run(centre)
    assert centre.calls == ["hello", "push", "push", "push", "verify", "digest"]
    assert centre.batches == [500, 500, 100]
    assert (report.pushed, report.compared, waiting(station)) == (1100, 1100, 0)
    assert arrived(centre) == station.hashes()


def test_nothing_counts_as_acknowledged_before_the_reply(
    station: Station, centre: MemoryCentre, lane: SyncRound
) -> None:
    station.write(5)
    centre.breaks = breaking("push", "asked")
    with pytest.raises(CentreProblem):
        lane.run(centre)
    assert (waiting(station), centre.chain) == (5, [])


def test_a_reply_that_was_lost_is_made_up_for_by_the_next_hello(
    station: Station, centre: MemoryCentre, lane: SyncRound
) -> None:
    station.write(5)
    centre.breaks = breaking("push", "done")
    with pytest.raises(CentreProblem):
        lane.run(centre)
    assert waiting(station) == 5
    assert lane.run(centre).pushed == 0
    assert waiting(station) == 0
    assert arrived(centre) == station.hashes()


def test_a_line_on_which_a_batch_is_too_much_gets_smaller_ones(
    station: Station, centre: MemoryCentre, lane: SyncRound
) -> None:
    station.write(700)
    centre.breaks = breaking("push", "asked", times=4)
    for _ in range(4):
        with pytest.raises(CentreProblem):
            lane.run(centre)
    lane.run(centre)
    assert centre.batches[:4] == [31, 62, 124, 248]
    assert waiting(station) == 0


def test_a_refusal_does_not_make_batches_smaller(station: Station, centre: MemoryCentre, lane: SyncRound) -> None:
    station.write(500)

    def refuse(call: str, moment: str) -> None:
        if (call, moment) == ("push", "asked"):
            raise CentreProblem("centre.busy", server="x", reason="y")

    centre.breaks = refuse
    with pytest.raises(CentreProblem):
        lane.run(centre)
    centre.breaks = breaking("none", "none")
    lane.run(centre)
    assert centre.batches == [500]


def test_poison_is_acknowledged_and_reported(station: Station, centre: MemoryCentre, lane: SyncRound) -> None:
    station.write(4)
    centre.poison = {2}
    report = lane.run(centre)
    assert (report.quarantined, report.open_quarantine, waiting(station)) == ((Poisoned(2, "content"),), 1, 0)


def test_a_round_that_is_asked_to_end_keeps_what_it_did(
    station: Station, centre: MemoryCentre, lane: SyncRound
) -> None:
    station.write(1200)
    answers = iter((True, True, False))
    report = lane.run(centre, go_on=lambda: next(answers))
    assert (report.pushed, waiting(station)) == (1000, 200)
    assert centre.calls[-2:] == ["verify", "digest"]


def test_a_centre_that_was_put_back_gets_everything_after_its_head_again(
    station: Station, centre: MemoryCentre, lane: SyncRound
) -> None:
    station.write(6)
    lane.run(centre)
    del centre.chain[2:]
    centre.epoch = "epoch 2"
    centre.breaks = breaking("push", "asked")
    with pytest.raises(CentreProblem):
        lane.run(centre)
    assert waiting(station) == 4, "what the centre has no more waits again"
    report: RoundReport = lane.run(centre)
    assert (report.pushed, waiting(station)) == (4, 0)
    assert arrived(centre) == station.hashes()


def test_a_centre_that_knows_more_than_the_station_is_refused(
    station: Station, centre: MemoryCentre, lane: SyncRound
) -> None:
    station.write(3)
    lane.run(centre)
    centre.chain.append(Outgoing(4, centre.head().hash, "f" * 64, "0" * 64, "{}"))
    with pytest.raises(CentreProblem) as refused:
        lane.run(centre)
    said = {"centre": 4, "station": 3, "can_come_back": True}
    assert (refused.value.code, refused.value.details) == ("centre.station_behind", said)


def test_a_centre_of_an_older_program_cannot_tell_where_two_journals_part(
    station: Station, centre: MemoryCentre, lane: SyncRound
) -> None:
    station.write(3)
    lane.run(centre)
    centre.chain.append(Outgoing(4, centre.head().hash, "f" * 64, "0" * 64, "{}"))

    def unknown(call: str, _moment: str) -> None:
        if call == "own":
            raise CentreProblem("centre.cannot_bring_back", server="x")

    centre.breaks = unknown
    with pytest.raises(CentreProblem) as refused:
        lane.run(centre)
    assert (refused.value.code, refused.value.details) == ("centre.station_behind", {"centre": 4, "station": 3})


def test_where_the_station_is_behind_and_wrote_on_the_first_other_entry_is_named(
    station: Station, centre: MemoryCentre, lane: SyncRound
) -> None:
    station.write(9)
    lane.run(centre)
    own = centre.chain[5:]
    centre.chain = [*centre.chain[:5], *(replace(entry, hash=f"{entry.seq:064x}") for entry in own)]
    centre.chain.append(Outgoing(10, centre.head().hash, "f" * 64, "0" * 64, "{}"))
    with pytest.raises(CentreProblem) as refused:
        lane.run(centre)
    assert (refused.value.code, refused.value.details) == ("centre.refused_fork", {"seq": 6})


def test_a_fork_is_handed_in_and_refused(station: Station, centre: MemoryCentre, lane: SyncRound) -> None:
    station.write(3)
    centre.chain = [Outgoing(1, GENESIS, "f" * 64, "0" * 64, "{}")]
    with pytest.raises(CentreProblem, match=r"refused_fork"):
        lane.run(centre)
    assert centre.batches == [1]
    assert (len(centre.chain), waiting(station)) == (1, 3)


def test_the_whole_chain_is_compared_once_a_day_and_after_every_change_of_the_centre(
    station: Station, centre: MemoryCentre, lane: SyncRound
) -> None:
    station.write(6000)
    lane.run(centre)
    assert centre.calls.count("digest") == 2, "in stretches"
    lane.run(centre)
    assert centre.calls.count("digest") == 2
    station.clock.advance(timedelta(days=1).total_seconds())
    lane.run(centre)
    assert centre.calls.count("digest") == 4
    centre.epoch = "epoch 2"
    lane.run(centre)
    assert centre.calls.count("digest") == 6
    station.clock.set_back(timedelta(days=1000))
    lane.run(centre)
    assert centre.calls.count("digest") == 8, "a clock that went back does not put it off for years"


def test_a_chain_that_is_too_long_for_one_round_is_compared_in_several(
    station: Station, centre: MemoryCentre, lane: SyncRound
) -> None:
    station.write(12_000)
    lane.run(centre)
    station.clock.advance(100_000)
    compared = [lane.run(centre, go_on=lambda: False).compared for _ in range(4)]
    assert compared == [5000, 5000, 2000, 0]


def test_a_difference_is_named_by_its_stretch(station: Station, centre: MemoryCentre, lane: SyncRound) -> None:
    station.write(5500)
    lane.run(centre)
    station.clock.advance(100_000)
    middle = centre.chain[5200]
    centre.chain[5200] = Outgoing(middle.seq, middle.prev, "e" * 64, middle.seal, middle.content)
    with pytest.raises(CentreProblem) as refused:
        lane.run(centre)
    assert (refused.value.code, refused.value.details) == ("centre.history_differs", {"first": 5001, "last": 5500})


@pytest.mark.parametrize(("schemas", "code"), [((0, 0), "centre.too_old"), ((2, 9), "centre.too_new")])
def test_a_centre_of_another_generation_gets_nothing(
    station: Station, centre: MemoryCentre, lane: SyncRound, schemas: tuple[int, int], code: str
) -> None:
    station.write(2)
    centre.schemas = schemas
    with pytest.raises(CentreProblem) as refused:
        lane.run(centre)
    assert (refused.value.code, waiting(station), centre.batches) == (code, 2, [])


def test_a_clock_that_is_wrong_is_told(station: Station, centre: MemoryCentre, lane: SyncRound) -> None:
    station.clock.advance(3600)
    assert lane.run(centre).clock_offset == 3600


class TestPhotos:
    @pytest.fixture
    def photos(self, station: Station) -> list[bytes]:
        import random

        chance = random.Random(7)
        contents = [noise(chance, size) for size in (10, 300_000, 700_000)]
        for content in contents:
            station.write(photo=content)
        return contents

    def test_every_photo_goes_in_pieces(self, station: Station, centre: MemoryCentre, photos: list[bytes]) -> None:
        report = EvidenceLane(station.database, station.store, station.clock).run(centre)
        assert (report.files, report.bytes, report.unreadable) == (3, 1_000_010, None)
        assert sorted(centre.files.values()) == sorted(photos)
        assert centre.calls.count("put") == 1 + 2 + 3
        assert station.database.read(lambda uow: uow.outbox.waiting()).files == 0

    @pytest.mark.parametrize("moment", ["asked", "done"])
    def test_a_photo_goes_on_at_the_byte_that_is_held(
        self, station: Station, centre: MemoryCentre, photos: list[bytes], moment: str
    ) -> None:
        lane = EvidenceLane(station.database, station.store, station.clock)
        for _ in range(3):
            centre.breaks = breaking("put", moment)
            try:
                lane.run(centre)
            except CentreProblem:
                continue
        centre.breaks = breaking("none", "none")
        lane.run(centre)
        assert sorted(centre.files.values()) == sorted(photos)
        assert station.database.read(lambda uow: uow.outbox.waiting()).files == 0

    def test_a_photo_that_is_gone_here_is_told_and_the_others_go(
        self, station: Station, centre: MemoryCentre, photos: list[bytes]
    ) -> None:
        gone = sorted(station.photos)[0]
        station.store.path(gone).unlink()
        report = EvidenceLane(station.database, station.store, station.clock).run(centre)
        assert (report.files, report.unreadable_files) == (2, 1)
        assert report.unreadable is not None
        assert report.unreadable.code == "evidence.gone"
        assert set(centre.files) == set(station.photos) - {gone}

    def test_a_photo_that_the_centre_does_not_take_is_told_instead_of_sent_for_ever(
        self, station: Station, centre: MemoryCentre, photos: list[bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(centre, "put_piece", lambda file, start, piece: 0)
        with pytest.raises(CentreProblem, match=r"evidence_refused"):
            EvidenceLane(station.database, station.store, station.clock).run(centre)

    def test_photos_that_the_centre_lost_wait_again_after_the_next_round(
        self, station: Station, centre: MemoryCentre, photos: list[bytes], lane: SyncRound
    ) -> None:
        photo_lane = EvidenceLane(station.database, station.store, station.clock)
        photo_lane.run(centre)
        assert lane.run(centre).again == 0
        centre.files.popitem()
        assert lane.run(centre).again == 3
        assert photo_lane.run(centre).files == 1, "the others are there, which the centre says"
        assert sorted(centre.files.values()) == sorted(photos)

    def test_a_fault_of_the_own_disk_is_no_fault_of_the_centre(
        self, station: Station, centre: MemoryCentre, photos: list[bytes]
    ) -> None:
        for name in station.photos:
            station.store.path(name).write_bytes(b"damaged")
        report = EvidenceLane(station.database, station.store, station.clock).run(centre)
        assert isinstance(report.unreadable, DatabaseProblem)
        assert (report.files, report.unreadable_files) == (0, 3)
