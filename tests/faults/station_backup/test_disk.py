"""A disk without room for a backup or a restore: said before anything is written, or nothing of it stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import HandClock
from tests.used_station import CHEAP, PASSPHRASE, contents, make_used_station, opened, parts_of
from toolroom_desktop.adapters.station_backup.make import Made, make_backup
from toolroom_desktop.adapters.station_backup.restore import restore_station
from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.domain.errors import DatabaseProblem

NOON = HandClock().now()
SHORT_LIVED = ("toolroom.sqlite-shm", "toolroom.sqlite-wal", "toolroom.lock")


@pytest.fixture(scope="module")
def used_station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_used_station(tmp_path_factory.mktemp("used") / "station")


def backed_up(station: Path, target: Path, **settings: object) -> Made:
    given: dict[str, object] = {"program_version": "1", "now": NOON, "cost": CHEAP, "keyring": lambda: None}
    return make_backup(parts_of(station), target, **(given | settings))  # type: ignore[arg-type]


def fill(disk: Path, *, leaving: int) -> Path:
    """Put a file on the disk that leaves so many bytes."""
    film = disk / "somebody's film"
    film.write_bytes(bytes(shutil.disk_usage(disk).free - leaving))
    return film


def problem(work: Callable[[], object]) -> DatabaseProblem:
    with pytest.raises(DatabaseProblem) as raised:
        work()
    assert all(Messages(language).error(raised.value) for language in LANGUAGES)
    return raised.value


def filling(disk: Path) -> Callable[[int, int], None]:
    """Somebody else takes all the room as soon as the work has begun."""

    def report(_done: int, _total: int) -> None:
        if not (disk / "somebody's film").exists():
            fill(disk, leaving=0)

    return report


def test_a_backup_that_would_not_fit_is_refused_before_it_is_begun(used_station: Path, small_disk: Path) -> None:
    film = fill(small_disk, leaving=1_100_000)
    told: list[int] = []
    refusal = problem(
        lambda: backed_up(used_station, small_disk / "backup.zip", writing=lambda done, _total: told.append(done))
    )
    assert (refusal.code, refusal.details["path"], refusal.details["free_mib"]) == ("backup.no_room", small_disk, 1)
    assert told == []
    assert list(small_disk.iterdir()) == [film]
    film.unlink()
    assert backed_up(used_station, small_disk / "backup.zip").complete


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["open", "sealed"])
def test_a_disk_that_fills_up_meanwhile_keeps_no_half_backup(
    used_station: Path, small_disk: Path, passphrase: str | None
) -> None:
    target = small_disk / "backup.zip"
    refusal = problem(lambda: backed_up(used_station, target, writing=filling(small_disk), passphrase=passphrase))
    assert refusal.code == "backup.disk_full"
    assert [path.name for path in small_disk.iterdir()] == ["somebody's film"]


def test_a_station_on_a_full_disk_says_that_the_copy_of_its_records_needs_room(
    used_station: Path, small_disk: Path, tmp_path: Path
) -> None:
    station = shutil.copytree(used_station, small_disk / "station")
    fill(small_disk, leaving=1_000_000)
    assert problem(lambda: backed_up(station, tmp_path / "backup.zip")).code == "backup.no_room"
    assert list(tmp_path.glob("backup*")) == []
    assert not list(station.glob(".*"))


def test_a_restore_that_finds_no_room_leaves_the_station_as_it_was(
    used_station: Path, small_disk: Path, tmp_path: Path
) -> None:
    backup = backed_up(used_station, tmp_path / "backup.zip").path
    station = shutil.copytree(used_station, small_disk / "station")
    before = contents(station, without=SHORT_LIVED)

    def restore(report: Callable[[int, int], None] = lambda _done, _total: None) -> object:
        return restore_station(
            backup, station, agree=lambda _checked, _there: True, now=NOON, report=report, keyring=lambda: None
        )

    film = fill(small_disk, leaving=1_100_000)
    assert problem(restore).code == "restore.no_room"
    film.unlink()
    assert problem(lambda: restore(filling(small_disk))).code == "restore.disk_full"
    assert contents(station, without=SHORT_LIVED) == before
    assert not list(station.glob(".*"))
    film.unlink()
    assert restore() is not None
    records = opened(station)
    assert len(records.operations.recent()) == 4
    records.close()
