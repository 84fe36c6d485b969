"""Evidence files: named by their content, whole or absent, and never trusted unseen."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolroom_desktop.adapters.database.evidence import ORPHAN_AGE, FileEvidenceStore
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.errors import DatabaseProblem, NotFound
from toolroom_desktop.services import ports

PHOTO = b"\xff\xd8 a kit with all its tools \xff\xd9"
SHA = hashlib.sha256(PHOTO).hexdigest()
DAY = ORPHAN_AGE.total_seconds()


class _WallClock:
    """A wall clock that stands where it is put."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> _WallClock:
    return _WallClock(1_800_000_000.0)


@pytest.fixture
def store(data_folder: Path, clock: _WallClock) -> FileEvidenceStore:
    return FileEvidenceStore(data_folder, wall_clock=clock)


def _all_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@given(content=st.binary(max_size=200))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_put_comes_back(store: FileEvidenceStore, content: bytes) -> None:
    asked_for: ports.EvidenceStore = store
    sha256 = asked_for.put(content)
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert asked_for.get(sha256) == content


def test_the_file_lies_under_its_hash(store: FileEvidenceStore, data_folder: Path) -> None:
    store.put(PHOTO)
    expected = data_folder / "evidence" / SHA[:2] / f"{SHA}.jpg"
    assert store.path(SHA) == expected
    assert expected.read_bytes() == PHOTO


def test_the_same_content_is_stored_once(store: FileEvidenceStore, data_folder: Path) -> None:
    assert store.put(PHOTO) == store.put(PHOTO)
    assert _all_files(data_folder) == [f"{SHA}.jpg"]


def test_many_threads_may_put_the_same_content(store: FileEvidenceStore, data_folder: Path) -> None:
    threads = [threading.Thread(target=store.put, args=(PHOTO,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert store.get(SHA) == PHOTO
    assert _all_files(data_folder) == [f"{SHA}.jpg"]


def test_a_missing_file_is_named(store: FileEvidenceStore) -> None:
    with pytest.raises(NotFound) as raised:
        store.get(SHA)
    assert raised.value.code == "evidence.gone"
    assert SHA in Messages("ru").error(raised.value)


@pytest.mark.parametrize("damaged", [b"", PHOTO[:-1], PHOTO + b"\0", bytes([PHOTO[0] ^ 1]) + PHOTO[1:]])
def test_a_changed_file_is_refused_and_put_again_whole(store: FileEvidenceStore, damaged: bytes) -> None:
    store.put(PHOTO)
    store.path(SHA).write_bytes(damaged)
    with pytest.raises(DatabaseProblem) as raised:
        store.get(SHA)
    assert raised.value.code == "evidence.damaged"
    store.put(PHOTO)
    assert store.get(SHA) == PHOTO


@pytest.mark.parametrize("name", ["", "../../secrets", SHA.upper(), SHA[:-1], SHA + "0", f"{SHA}\n"])
def test_only_a_hash_names_a_file(store: FileEvidenceStore, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.path(name)


def test_a_write_that_fails_half_way_leaves_nothing(
    store: FileEvidenceStore, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    (data_folder / "evidence" / SHA[:2]).mkdir(parents=True)
    with pytest.raises(DatabaseProblem) as raised:
        store.put(PHOTO)
    assert raised.value.code == "evidence.disk_full"
    assert _all_files(data_folder) == []


class TestOrphans:
    def test_old_files_that_no_record_names_are_removed(self, store: FileEvidenceStore, clock: _WallClock) -> None:
        kept, orphan = store.put(PHOTO), store.put(b"an operation that was cancelled")
        for sha256 in (kept, orphan):
            os.utime(store.path(sha256), (clock.seconds, clock.seconds))
        clock.seconds += DAY + 1
        assert store.remove_orphans({kept}) == 1
        assert store.get(kept) == PHOTO
        assert not store.path(orphan).exists()

    def test_young_files_may_still_get_their_record(self, store: FileEvidenceStore, clock: _WallClock) -> None:
        store.put(PHOTO)
        os.utime(store.path(SHA), (clock.seconds, clock.seconds))
        clock.seconds += DAY - 1
        assert store.remove_orphans(set()) == 0
        assert store.get(SHA) == PHOTO

    def test_an_orphan_that_is_put_again_counts_as_young(self, store: FileEvidenceStore, clock: _WallClock) -> None:
        store.put(PHOTO)
        os.utime(store.path(SHA), (clock.seconds, clock.seconds))
        clock.seconds += 2 * DAY
        store.put(PHOTO)
        assert store.remove_orphans(set()) == 0

    def test_a_clock_set_back_removes_nothing(self, store: FileEvidenceStore, clock: _WallClock) -> None:
        store.put(PHOTO)
        os.utime(store.path(SHA), (clock.seconds, clock.seconds))
        clock.seconds -= 3650 * DAY
        assert store.remove_orphans(set()) == 0

    def test_the_leavings_of_a_program_that_died_go_and_strange_files_stay(
        self, store: FileEvidenceStore, clock: _WallClock
    ) -> None:
        folder = store.path(SHA).parent
        folder.mkdir(parents=True)
        left_over, strange = folder / f"{SHA}.0123.part", folder / "notes.txt"
        for path in (left_over, strange):
            path.write_bytes(b"half")
            os.utime(path, (clock.seconds, clock.seconds))
        clock.seconds += DAY + 1
        assert store.remove_orphans(set()) == 1
        assert (left_over.exists(), strange.exists()) == (False, True)

    def test_a_store_that_never_kept_anything_has_none(self, store: FileEvidenceStore) -> None:
        assert store.remove_orphans(set()) == 0
