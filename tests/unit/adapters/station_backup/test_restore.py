"""The restore drill, and everything that is no good backup being refused with the station as it was."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tests.fakes import HandClock
from tests.unit.adapters.database.test_migrations import _ADD_A_COLUMN, _later
from tests.used_station import (
    BADGE,
    CAMERA_PASSWORD,
    CHEAP,
    PASSPHRASE,
    PIN,
    LockedKeyring,
    MemoryKeyring,
    check_out,
    contents,
    into_a_keyring,
    make_used_station,
    opened,
    parts_of,
    settings_of,
)
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.exchange import Exchange, exchange, pending_exchange
from toolroom_desktop.adapters.database.layout import DataFolder
from toolroom_desktop.adapters.station_backup.make import make_backup
from toolroom_desktop.adapters.station_backup.restore import Checked, Present, Restored, check_backup, restore_station
from toolroom_desktop.bootstrap import open_model_store
from toolroom_desktop.config.messages import LANGUAGES, Messages
from toolroom_desktop.domain.errors import Refused, UserFacingError
from toolroom_desktop.domain.toolkit import Kit
from toolroom_desktop.services.history import verify_journal
from toolroom_desktop.services.recording import JOURNAL_KEY
from toolroom_desktop.services.review import Review

NOON = HandClock().now()
SIDECARS = ("toolroom.sqlite-shm", "toolroom.sqlite-wal")
"""What SQLite makes beside a database whenever somebody reads it."""


def backed_up(station: Path, target: Path, **settings: object) -> Path:
    given: dict[str, object] = {"program_version": "1", "now": NOON, "cost": CHEAP, "keyring": lambda: None}
    return make_backup(parts_of(station), target, **(given | settings)).path  # type: ignore[arg-type]


def restored(backup: Path, folder: Path, **settings: object) -> Restored | None:
    given: dict[str, object] = {"agree": lambda _checked, _there: True, "now": NOON, "keyring": lambda: None}
    return restore_station(backup, folder, **(given | settings))  # type: ignore[arg-type]


def refusal(work: Callable[[], object]) -> UserFacingError:
    """The error of `work`, which has a sentence in both languages."""
    with pytest.raises(UserFacingError) as raised:
        work()
    assert all(Messages(language).error(raised.value) for language in LANGUAGES)
    return raised.value


@pytest.fixture
def backup(station: Path, tmp_path: Path) -> Path:
    return backed_up(station, tmp_path / "backup.zip")


def _unexpected(error: UserFacingError) -> None:
    raise error


def is_the_same_station(folder: Path, original: Path) -> None:
    """People, operations, photos, journal, model, review and settings, each through the service that uses it."""
    before, records = opened(original), opened(folder)
    try:
        assert records.database.site_id == before.database.site_id
        operations = records.operations.recent()
        assert operations == before.operations.recent()
        assert len(operations) == 4
        for operation in operations:
            for sha256 in (operation.photos.clean, operation.photos.annotated):
                assert records.operations.photo(sha256) == before.operations.photo(sha256)
        found = verify_journal(records.database, key=records.secrets.get_or_create(JOURNAL_KEY))
        assert found.whole
        assert found.seals_checked
        assert records.accounts.sign_in(badge=BADGE, pin=PIN).badge == BADGE
        with pytest.raises(Refused, match=r"people\.wrong_pin"):
            records.accounts.sign_in(badge=BADGE, pin="999999")
        settings = settings_of(folder)
        assert CAMERA_PASSWORD in settings.camera.source
        store = open_model_store(settings, folder)
        assert [entry.active for entry in store.entries()] == [False, True]
        assert store.card(store.shelf().active).name == "small"
        assert records.review is not None
        assert len(list(Review(records.review._folder).cases(_unexpected))) == 4
        records.catalogue.take_in([], [Kit("NEW", "T")], actor_badge=None)
        check_out(records, "NEW", 999)
    finally:
        records.close()
        before.close()


class TestDrill:
    @pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["open", "sealed"])
    def test_the_station_goes_on_in_an_empty_folder_of_a_new_computer(
        self, station: Path, tmp_path: Path, passphrase: str | None
    ) -> None:
        backup = backed_up(station, tmp_path / "backup", passphrase=passphrase)
        new = tmp_path / "новый" / "компьютер"
        assert restored(backup, new, passphrase=passphrase or "") == Restored(None)
        is_the_same_station(new, station)

    def test_what_was_there_is_set_aside_whole_and_works_from_there(self, backup: Path, tmp_path: Path) -> None:
        other = make_used_station(tmp_path / "other", kits=2)
        (other / "logs").mkdir()
        (other / "logs" / "toolroom.log").write_text("of the computer")
        before = contents(other, without=("logs", "toolroom.lock"))
        done = restored(backup, other)
        assert done is not None
        assert done.aside is not None
        assert contents(done.aside, without=SIDECARS) == before
        assert (other / "logs" / "toolroom.log").is_file()
        assert not (other / "backups").exists()
        records = opened(done.aside)
        assert len(records.operations.recent()) == 2
        records.close()

    def test_it_is_told_what_comes_and_what_goes_before_anything_is_touched(self, backup: Path, tmp_path: Path) -> None:
        other = make_used_station(tmp_path / "other", kits=2)
        before = contents(other)
        told: list[tuple[Checked, Present]] = []

        def refuse(checked: Checked, there: Present) -> bool:
            told.append((checked, there))
            return False

        assert restored(backup, other, agree=refuse) is None
        ((checked, there),) = told
        assert (checked.manifest.operations, checked.seals_checked) == (4, True)
        assert there.summary is not None
        assert (there.summary.operations, there.summary.newest) == (2, NOON)
        assert contents(other, without=SIDECARS) == before
        assert not list(other.glob(".*"))

    def test_saying_no_leaves_no_new_folder_behind(self, backup: Path, tmp_path: Path) -> None:
        assert restored(backup, tmp_path / "new", agree=lambda _checked, _there: False) is None
        assert not (tmp_path / "new").exists()

    def test_a_station_whose_records_cannot_be_read_is_set_aside_too(self, backup: Path, station: Path) -> None:
        DataFolder(station).database.write_bytes(b"no database at all")
        told: list[Present] = []

        def agree(_checked: Checked, there: Present) -> bool:
            told.append(there)
            return True

        done = restored(backup, station, agree=agree)
        assert told[0].summary is None
        assert done is not None
        assert done.aside is not None
        assert (done.aside / "toolroom.sqlite").read_bytes() == b"no database at all"

    def test_a_backup_with_an_older_schema_is_brought_up_to_date(self, backup: Path, tmp_path: Path) -> None:
        later = _later(tmp_path, _ADD_A_COLUMN)
        folder = tmp_path / "new"
        restored(backup, folder, migrations=later)
        database = SqliteDatabase.open(folder, create=False, migrations=later)
        assert len(database.read(lambda uow: uow.operations.recent(limit=9))) == 4
        database.close()
        assert len(list(DataFolder(folder).backups.glob("before-upgrade-*"))) == 1

    def test_a_running_station_is_not_touched(self, backup: Path, station: Path) -> None:
        records = opened(station)
        assert refusal(lambda: restored(backup, station)).code == "database.in_use"
        records.close()
        assert not list(station.glob("set-aside-*"))


class TestKeys:
    @pytest.fixture
    def keyring(self, station: Path) -> MemoryKeyring:
        return into_a_keyring(station)

    def test_keys_in_a_sealed_backup_come_into_the_key_store_of_the_new_computer(
        self, station: Path, tmp_path: Path, keyring: MemoryKeyring
    ) -> None:
        backup = backed_up(station, tmp_path / "b", passphrase=PASSPHRASE, keyring=lambda: keyring)
        theirs = MemoryKeyring()
        restored(backup, tmp_path / "new", passphrase=PASSPHRASE, keyring=lambda: theirs)
        assert theirs.kept == keyring.kept
        assert json.loads((tmp_path / "new" / "secrets.json").read_text("utf-8"))["keys"] == {}
        assert not (tmp_path / "new" / "keys.json").exists()

    @pytest.mark.parametrize("store", [lambda: None, LockedKeyring], ids=["none", "locked"])
    def test_where_no_key_store_works_they_come_into_the_file(
        self, station: Path, tmp_path: Path, keyring: MemoryKeyring, store: Callable[[], MemoryKeyring | None]
    ) -> None:
        backup = backed_up(station, tmp_path / "b", passphrase=PASSPHRASE, keyring=lambda: keyring)
        restored(backup, tmp_path / "new", passphrase=PASSPHRASE, keyring=store)
        records = opened(tmp_path / "new")
        assert records.secrets.place == "file"
        assert records.accounts.sign_in(badge=BADGE, pin=PIN).badge == BADGE
        assert verify_journal(records.database, key=records.secrets.get_or_create(JOURNAL_KEY)).whole
        records.close()

    def test_an_open_backup_is_enough_on_the_computer_that_has_the_keys(
        self, station: Path, tmp_path: Path, keyring: MemoryKeyring
    ) -> None:
        backup = backed_up(station, tmp_path / "b", keyring=lambda: keyring)
        assert check_backup(backup, keyring=lambda: keyring).seals_checked
        assert restored(backup, tmp_path / "new", keyring=lambda: keyring) == Restored(None)

    def test_without_the_keys_nothing_happens_until_new_ones_are_wanted(
        self, station: Path, tmp_path: Path, keyring: MemoryKeyring
    ) -> None:
        backup = backed_up(station, tmp_path / "b", keyring=lambda: keyring)
        checked = check_backup(backup, keyring=lambda: None)
        assert (checked.seals_checked, checked.keys_lacking) == (False, True)
        new = tmp_path / "new"
        assert refusal(lambda: restored(backup, new)).code == "restore.keys_lacking"
        assert not new.exists()
        assert restored(backup, new, new_keys=True) == Restored(None, keys_renewed=True)
        records = opened(new)
        with pytest.raises(Refused, match=r"people\.no_pin"):
            records.accounts.sign_in(badge=BADGE, pin=PIN)
        records.accounts.set_pin(badge=BADGE, pin="864209", actor_badge=None)
        assert records.accounts.sign_in(badge=BADGE, pin="864209").badge == BADGE
        found = verify_journal(records.database, key=records.secrets.get_or_create(JOURNAL_KEY))
        assert found.whole
        assert found.sealed_from == checked.manifest.journal.entries + 1
        records.close()

    def test_after_new_keys_what_was_before_cannot_be_rewritten_either(
        self, station: Path, tmp_path: Path, keyring: MemoryKeyring
    ) -> None:
        restored(backed_up(station, tmp_path / "b", keyring=lambda: keyring), tmp_path / "new", new_keys=True)
        records = opened(tmp_path / "new")
        key = records.secrets.get_or_create(JOURNAL_KEY)
        records.close()
        with closing(sqlite3.connect(tmp_path / "new" / "toolroom.sqlite")) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f'DROP TRIGGER "{name}"')
            connection.execute("UPDATE journal SET payload = replace(payload, 'T-1', 'T-2') WHERE site_seq = 1")
            connection.commit()
        database = SqliteDatabase.open_read_only(tmp_path / "new")
        fault = verify_journal(database, key=key).fault
        database.close()
        assert fault is not None
        assert (fault.site_seq, fault.code) == (1, "content")


def rewritten(backup: Path, target: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """A ZIP with every member changed, or left out, by `change`."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            kept = change(name, old.read(name))
            if kept is not None:
                new.writestr(*kept)
    return target


class TestNoGoodBackup:
    """Each is refused by --check and by a restore, and the station stays as it was, to the byte."""

    @pytest.fixture
    def refused(self, station: Path) -> Callable[..., UserFacingError]:
        before = contents(station, without=(*SIDECARS, "toolroom.lock"))

        def look(backup: Path, **more: object) -> UserFacingError:
            first = refusal(lambda: check_backup(backup, keyring=lambda: None, **more))  # type: ignore[arg-type]
            second = refusal(lambda: restored(backup, station, **more))
            assert (first.code, first.details.keys()) == (second.code, second.details.keys())
            after = contents(station, without=(*SIDECARS, "toolroom.lock"))
            assert after == before
            assert not list(station.glob(".*"))
            return second

        return look

    def test_a_damaged_byte_in_any_of_its_files(
        self, backup: Path, tmp_path: Path, refused: Callable[..., UserFacingError]
    ) -> None:
        whole, bad = backup.read_bytes(), tmp_path / "bad.zip"
        with zipfile.ZipFile(backup) as packed:
            members = packed.infolist()
        for member in members:
            content = bytearray(whole)
            content[member.header_offset + 30 + len(member.filename.encode()) + member.compress_size // 2] ^= 0xFF
            bad.write_bytes(content)
            assert refused(bad).code == "restore.damaged", member.filename

    def test_a_file_that_was_exchanged_for_another_of_the_same_length(
        self, backup: Path, tmp_path: Path, refused: Callable[..., UserFacingError]
    ) -> None:
        with zipfile.ZipFile(backup) as packed:
            settings = packed.read("settings.toml")
        changes = {"settings.toml": settings.replace(b"10.0.0.8", b"10.6.6.6")}
        error = refused(rewritten(backup, tmp_path / "bad.zip", partial(_exchanged, changes)))
        assert (error.code, error.details["what"]) == ("restore.damaged", "settings.toml")

    def test_a_damaged_byte_between_its_files_is_found_or_changes_nothing(self, backup: Path, tmp_path: Path) -> None:
        """A ZIP has bytes that mean nothing, such as the time of a file."""
        whole, bad = backup.read_bytes(), tmp_path / "bad.zip"
        with zipfile.ZipFile(backup) as packed:
            directory = packed.start_dir
        found = 0
        for place in (*range(44), *range(directory, len(whole), 7)):
            content = bytearray(whole)
            content[place] ^= 0x55
            bad.write_bytes(content)
            try:
                check_backup(bad, keyring=lambda: None)
            except UserFacingError as error:
                assert error.code in ("restore.damaged", "restore.not_a_backup", "restore.unsafe_name"), place
                found += 1
        assert found > 100

    def test_a_file_that_was_cut_off(
        self, backup: Path, tmp_path: Path, refused: Callable[..., UserFacingError]
    ) -> None:
        whole, bad = backup.read_bytes(), tmp_path / "bad.zip"
        for length in (len(whole) - 1, len(whole) // 2, 1000, 10):
            bad.write_bytes(whole[:length])
            assert refused(bad).code == "restore.damaged"

    def test_a_sealed_file_that_was_damaged_or_cut_off_or_opened_with_another_passphrase(
        self, station: Path, tmp_path: Path, refused: Callable[..., UserFacingError]
    ) -> None:
        backup = backed_up(station, tmp_path / "sealed", passphrase=PASSPHRASE)
        assert refused(backup, passphrase="something else").code == "restore.wrong_passphrase"
        whole, bad = backup.read_bytes(), tmp_path / "bad"
        for content in (whole[:-1], whole[: len(whole) // 2], whole[:-100] + b"\0" + whole[-99:], whole[:60]):
            bad.write_bytes(content)
            assert refused(bad, passphrase=PASSPHRASE).code == "restore.damaged"

    def test_a_foreign_file(self, tmp_path: Path, refused: Callable[..., UserFacingError]) -> None:
        foreign = tmp_path / "foreign.zip"
        with zipfile.ZipFile(foreign, "w") as packed:
            packed.writestr("letter.txt", "dear")
        assert refused(foreign).code == "restore.not_a_backup"
        foreign.write_bytes(b"")
        assert refused(foreign).code == "restore.not_a_backup"
        assert refused(tmp_path / "nothing.zip").code == "restore.missing"
        assert refused(tmp_path).code == "restore.unreadable"

    def test_a_list_that_is_no_list(
        self, backup: Path, tmp_path: Path, refused: Callable[..., UserFacingError]
    ) -> None:
        for bad_list in (b"", b"[]", b"{}", b'{"format": 1, "program_version": "1"}', b'{"format": "x"}', b"\xff"):
            lists = {"backup.json": bad_list}
            bad = rewritten(backup, tmp_path / "bad.zip", partial(_exchanged, lists))
            assert refused(bad).code == "restore.damaged"

    def test_a_file_that_is_missing_one_too_many_and_one_listed_twice(
        self, backup: Path, tmp_path: Path, refused: Callable[..., UserFacingError]
    ) -> None:
        bad = tmp_path / "bad.zip"
        assert refused(rewritten(backup, bad, lambda n, c: None if n == "settings.toml" else (n, c))).code == (
            "restore.damaged"
        )
        rewritten(backup, bad, lambda n, c: (n, c))
        with zipfile.ZipFile(bad, "a") as packed:
            packed.writestr("review/one more", "?")
        assert refused(bad).code == "restore.damaged"

        def twice(name: str, content: bytes) -> tuple[str, bytes]:
            if name != "backup.json":
                return name, content
            listed = json.loads(content)
            listed["files"].append({**listed["files"][0], "name": listed["files"][0]["name"]})
            return name, json.dumps(listed).encode()

        assert refused(rewritten(backup, bad, twice)).code == "restore.damaged"

    @pytest.mark.parametrize("name", ["../evil.txt", "/tmp/evil.txt", "review/../../evil.txt", "logs/evil.txt"])
    def test_names_that_lead_outside(
        self, backup: Path, tmp_path: Path, name: str, refused: Callable[..., UserFacingError]
    ) -> None:
        bad = rewritten(backup, tmp_path / "bad.zip", lambda n, c: (n, c))
        with zipfile.ZipFile(bad, "a") as packed:
            packed.writestr(name, "evil")
        error = refused(bad)
        assert (error.code, error.details["name"]) == ("restore.unsafe_name", name)
        assert not list(tmp_path.rglob("evil.txt"))

    def test_a_newer_format_and_a_newer_schema(
        self, backup: Path, station: Path, tmp_path: Path, refused: Callable[..., UserFacingError]
    ) -> None:
        def newer(name: str, content: bytes) -> tuple[str, bytes]:
            if name != "backup.json":
                return name, content
            return name, json.dumps({**json.loads(content), "format": 2, "program_version": "9.1"}).encode()

        error = refused(rewritten(backup, tmp_path / "bad.zip", newer))
        assert (error.code, error.details["version"]) == ("restore.newer_format", "9.1")
        later = _later(tmp_path, _ADD_A_COLUMN)
        new = tmp_path / "new"
        restored(backup, new, migrations=later)
        shutil.copy(new / "toolroom.sqlite", tmp_path / "newer.sqlite")
        error = refused(with_database(backup, tmp_path / "bad.zip", tmp_path / "newer.sqlite"))
        assert (error.code, error.details["found"]) == ("restore.newer_schema", later.head)

    def test_records_that_were_tampered_with_before_the_list_was_written_anew(
        self, backup: Path, station: Path, tmp_path: Path, refused: Callable[..., UserFacingError]
    ) -> None:
        forged = tmp_path / "forged.sqlite"
        shutil.copy(station / "toolroom.sqlite", forged)
        with closing(sqlite3.connect(forged)) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f'DROP TRIGGER "{name}"')
            connection.execute("DELETE FROM journal WHERE site_seq = 3")
            connection.commit()
        assert refused(with_database(backup, tmp_path / "bad.zip", forged)).code == "restore.journal_broken"
        forged.write_bytes(b"SQLite format 3\0" + b"nothing" * 1000)
        assert refused(with_database(backup, tmp_path / "bad.zip", forged)).code == "restore.records_damaged"

    def test_a_photo_that_was_taken_out_of_the_list_too(
        self, backup: Path, tmp_path: Path, refused: Callable[..., UserFacingError]
    ) -> None:
        with zipfile.ZipFile(backup) as packed:
            photo = next(name for name in packed.namelist() if name.startswith("evidence/"))

        def without(name: str, content: bytes) -> tuple[str, bytes] | None:
            if name == photo:
                return None
            if name != "backup.json":
                return name, content
            listed = json.loads(content)
            listed["files"] = [file for file in listed["files"] if file["name"] != photo]
            return name, json.dumps(listed).encode()

        error = refused(rewritten(backup, tmp_path / "bad.zip", without))
        assert error.code == "restore.damaged"
        assert Path(photo).stem in str(error.details["what"])


def _exchanged(contents: dict[str, bytes], name: str, content: bytes) -> tuple[str, bytes]:
    return name, contents.get(name, content)


def with_database(backup: Path, target: Path, database: Path) -> Path:
    """The backup with another database, as somebody makes it who knows the format."""
    content = database.read_bytes()

    def change(name: str, old: bytes) -> tuple[str, bytes]:
        if name == "toolroom.sqlite":
            return name, content
        if name != "backup.json":
            return name, old
        listed = json.loads(old)
        for file in listed["files"]:
            if file["name"] == "toolroom.sqlite":
                file.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
        return name, json.dumps(listed).encode()

    return rewritten(backup, target, change)


class TestExchangeThatFails:
    def test_when_a_move_fails_everything_is_moved_back(
        self, backup: Path, station: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = contents(station, without=("toolroom.lock",))
        honest, moves = Path.rename, [0]

        def rename(path: Path, target: Path) -> Path:
            moves[0] += 1
            if moves[0] == 9:
                raise PermissionError(13, "in use by a viewer", str(path))
            return honest(path, target)

        monkeypatch.setattr(Path, "rename", rename)
        assert refusal(lambda: restored(backup, station)).code == "restore.read_only"
        assert moves[0] > 9
        assert contents(station, without=("toolroom.lock",)) == before
        assert pending_exchange(DataFolder(station)) is None
        assert not list(station.glob(".*"))

    def test_a_log_that_a_late_reader_left_is_not_played_over_the_new_records(self, tmp_path: Path) -> None:
        (tmp_path / "staging").mkdir()
        for name, content in (("staging/toolroom.sqlite", "new"), ("toolroom.sqlite", "old")):
            (tmp_path / name).write_text(content)
        for ending in ("-wal", "-shm"):
            (tmp_path / f"toolroom.sqlite{ending}").write_text("of the old one")
        names = ("toolroom.sqlite",)
        exchange(DataFolder(tmp_path), Exchange("staging", "aside", leaving=names, coming=names, backup=""))
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["toolroom.sqlite"]
        assert (tmp_path / "toolroom.sqlite").read_text() == "new"
        assert sorted(path.name for path in (tmp_path / "aside").iterdir()) == [
            "toolroom.sqlite",
            "toolroom.sqlite-shm",
            "toolroom.sqlite-wal",
        ]

    def test_a_note_that_cannot_be_read_stops_everybody(self, backup: Path, station: Path) -> None:
        before = contents(station, without=("toolroom.lock",))
        for note in (
            "",
            "{}",
            '{"format": 2}',
            json.dumps({"format": 1, "staging": "../x", "aside": "a", "leaving": [], "coming": [], "backup": ""}),
        ):
            (station / "restore.json").write_text(note, encoding="utf-8")
            for work in (
                lambda: restored(backup, station),
                lambda: SqliteDatabase.open(station),
                lambda: SqliteDatabase.open_read_only(station),
            ):
                assert refusal(work).code == "restore.note_damaged"
        (station / "restore.json").unlink()
        assert contents(station, without=("toolroom.lock",)) == before
