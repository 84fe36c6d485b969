"""Making a backup: everything that the station is goes in, the station works on, and what is said is true."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import threading
import zipfile
from pathlib import Path

import pytest

from tests.fakes import HandClock
from tests.used_station import (
    CHEAP,
    PASSPHRASE,
    MemoryKeyring,
    check_out,
    contents,
    into_a_keyring,
    opened,
    parts_of,
)
from toolroom_desktop.adapters.database.migrate import SHIPPED
from toolroom_desktop.adapters.security.keyrings import KeyringUnusable
from toolroom_desktop.adapters.station_backup import make
from toolroom_desktop.adapters.station_backup.archive import is_safe
from toolroom_desktop.adapters.station_backup.make import Made, make_backup
from toolroom_desktop.adapters.station_backup.restore import check_backup
from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.errors import BadInput, DatabaseProblem
from toolroom_desktop.domain.toolkit import Kit

NOON = HandClock().now()
SIDECARS = ("toolroom.sqlite-shm", "toolroom.sqlite-wal")
"""What SQLite makes beside a database whenever somebody reads it."""


def backed_up(station: Path, target: Path, **settings: object) -> Made:
    given: dict[str, object] = {"program_version": "1", "now": NOON, "cost": CHEAP, "keyring": lambda: None}
    return make_backup(parts_of(station), target, **(given | settings))  # type: ignore[arg-type]


def unzipped(target: Path) -> dict[str, str]:
    with zipfile.ZipFile(target) as packed:
        assert packed.testzip() is None
        return {name: hashlib.sha256(packed.read(name)).hexdigest() for name in packed.namelist()}


def photos(station: Path) -> list[Path]:
    return sorted((station / "evidence").rglob("*.jpg"))


def test_everything_that_the_station_is_goes_in_and_nothing_else(station: Path, tmp_path: Path) -> None:
    for name in ("logs", "crashes"):
        (station / name).mkdir()
        (station / name / "some.log").write_text("not part of the station")
    (station / "review" / ".2026-05-04_half.part").mkdir()
    (station / "review" / ".2026-05-04_half.part" / "photo.jpg").write_bytes(b"unfinished")
    (station / "cutouts" / "1.png.part").write_bytes(b"unfinished")
    made = backed_up(station, tmp_path / "backup.zip")
    assert made.complete
    whole = contents(station, without=("logs", "crashes", "backups", "toolroom.lock", "toolroom.sqlite", *SIDECARS))
    expected = {name: sha for name, sha in whole.items() if ".part" not in name}
    assert {name.split("/")[0] for name in expected} == {
        "settings.toml",
        "secrets.json",
        "evidence",
        "models",
        "trusted-keys",
        "cutouts",
        "review",
    }
    found = unzipped(made.path)
    assert found.keys() - expected.keys() == {"toolroom.sqlite", "backup.json"}
    assert {name: found[name] for name in expected} == expected


def test_the_list_in_it_is_for_everybody_to_read(station: Path, tmp_path: Path) -> None:
    made = backed_up(station, tmp_path / "backup.zip")
    with zipfile.ZipFile(made.path) as packed:
        listed = json.loads(packed.read("backup.json"))
    found = unzipped(made.path)
    assert {file["name"]: file["sha256"] for file in listed["files"]} | {"backup.json": found["backup.json"]} == found
    assert (listed["format"], listed["program_version"], listed["schema_revision"]) == (1, "1", SHIPPED.head)
    assert (listed["operations"], listed["evidence"]["named"], listed["keys"]) == (4, 8, "file")
    assert listed["made_at"] == NOON.isoformat().replace("+00:00", "Z")


def test_a_backup_changes_nothing_in_the_station_and_leaves_nothing_behind(station: Path, tmp_path: Path) -> None:
    before = contents(station)
    backed_up(station, tmp_path / "backup.zip")
    assert contents(station, without=SIDECARS) == before
    assert not list(station.glob(".*"))


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no modes")
def test_only_its_owner_reads_a_backup(station: Path, tmp_path: Path) -> None:
    made = backed_up(station, tmp_path / "backup.zip")
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600


def test_while_the_station_records_the_backup_is_one_moment_of_it(station: Path, tmp_path: Path) -> None:
    records = opened(station)
    records.catalogue.take_in([], [Kit(f"L-{n}", "T") for n in range(40)], actor_badge=None)
    go_on, failed = threading.Event(), []

    def work() -> None:
        try:
            for number in range(40):
                check_out(records, f"L-{number}", 100 + number)
                if number == 3:
                    go_on.set()
        except Exception as error:  # noqa: BLE001 - told by the test
            failed.append(error)
        finally:
            go_on.set()

    worker = threading.Thread(target=work)
    worker.start()
    assert go_on.wait(60)
    made = backed_up(station, tmp_path / "backup.zip")
    meanwhile = records.database.read(lambda uow: uow.journal.head().site_seq)
    worker.join(60)
    assert failed == []
    after = records.database.read(lambda uow: uow.journal.head().site_seq)
    records.close()
    state = made.manifest
    assert made.complete
    assert 8 <= state.operations <= 44
    assert state.evidence.named == 2 * state.operations
    assert state.journal.entries <= meanwhile <= after
    assert check_backup(made.path, keyring=lambda: None).seals_checked


def test_a_photo_that_is_gone_and_one_that_was_changed_are_named(station: Path, tmp_path: Path) -> None:
    gone, changed, *_ = photos(station)
    gone.unlink()
    changed.write_bytes(changed.read_bytes()[:-7])
    made = backed_up(station, tmp_path / "backup.zip")
    assert not made.complete
    assert made.manifest.evidence.missing == (gone.stem,)
    assert made.manifest.evidence.damaged == (changed.stem,)
    assert made.manifest.unreadable == ()
    # The changed one goes along as it is.
    name = changed.relative_to(station).as_posix()
    assert unzipped(made.path)[name] == hashlib.sha256(changed.read_bytes()).hexdigest()
    check_backup(made.path, keyring=lambda: None)


def test_a_file_whose_name_not_every_system_takes_is_named_and_left_out(station: Path, tmp_path: Path) -> None:
    strange = station / "review" / "who?.txt"
    strange.write_text("a note")
    made = backed_up(station, tmp_path / "backup.zip")
    assert made.manifest.unreadable == ("review/who?.txt",)
    assert not made.complete


def test_a_journal_that_is_not_whole_is_backed_up_and_told(station: Path, tmp_path: Path) -> None:
    content = json.loads((station / "secrets.json").read_text("utf-8"))
    other = content["fingerprints"].pop("journal")
    del content["keys"]["journal"]
    (station / "secrets.json").write_text(json.dumps(content), encoding="utf-8")
    renewed = opened(station)
    renewed.catalogue.take_in([], [Kit("N-1", "T")], actor_badge=None)
    renewed.close()
    assert json.loads((station / "secrets.json").read_text("utf-8"))["fingerprints"]["journal"] != other
    made = backed_up(station, tmp_path / "backup.zip")
    assert (made.manifest.journal.fault, made.manifest.journal.fault_at) == ("seal", 1)
    assert not made.complete
    # It comes back as it was, and a restore does not take that for damage.
    assert check_backup(made.path, keyring=lambda: None).manifest.journal.fault == "seal"


class TestTarget:
    def test_a_file_that_is_there_is_replaced_only_when_told(self, station: Path, tmp_path: Path) -> None:
        target = tmp_path / "backup.zip"
        target.write_text("somebody's letter")
        with pytest.raises(BadInput, match=r"backup\.exists"):
            backed_up(station, target)
        assert target.read_text() == "somebody's letter"
        assert zipfile.is_zipfile(backed_up(station, target, overwrite=True).path)

    def test_a_file_that_would_be_replaced_stays_until_the_new_one_is_whole(
        self, station: Path, tmp_path: Path
    ) -> None:
        target = tmp_path / "backup.zip"
        target.write_text("the backup of yesterday")

        def fail(done: int, total: int) -> None:
            raise KeyboardInterrupt

        for moment in ("writing", "reading"):
            with pytest.raises(KeyboardInterrupt):
                backed_up(station, target, overwrite=True, **{moment: fail})
            assert target.read_text() == "the backup of yesterday"
            assert not list(tmp_path.glob("*.part"))
        assert not list(station.glob(".backup-*"))

    def test_places_that_cannot_be_are_refused(self, station: Path, tmp_path: Path) -> None:
        for code, target in (
            ("backup.no_folder", tmp_path / "nowhere" / "backup.zip"),
            ("backup.is_a_folder", station),
            ("backup.inside_station", station / "review" / "backup.zip"),
        ):
            with pytest.raises(BadInput) as raised:
                backed_up(station, target)
            assert raised.value.code == code
            assert all(Messages(language).error(raised.value) for language in ("ru", "en"))

    def test_a_folder_without_records_has_nothing_to_back_up(self, tmp_path: Path) -> None:
        with pytest.raises(DatabaseProblem, match=r"database\.not_there"):
            backed_up(tmp_path, tmp_path / "backup.zip")


def test_a_disk_that_swaps_bytes_is_not_called_verified(
    station: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "backup.zip"
    honest = make._read_back

    def swap_and_read(unfinished: Path, *rest: object) -> None:
        content = bytearray(unfinished.read_bytes())
        content[len(content) // 2] ^= 1
        unfinished.write_bytes(content)
        honest(unfinished, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(make, "_read_back", swap_and_read)
    for passphrase in (None, PASSPHRASE):
        with pytest.raises(DatabaseProblem, match=r"backup\.not_as_written"):
            backed_up(station, target, passphrase=passphrase)
        assert list(tmp_path.glob("backup*")) == []


class TestKeys:
    def test_keys_of_a_key_store_stay_out_of_an_open_file(self, station: Path, tmp_path: Path) -> None:
        keyring = into_a_keyring(station)
        made = backed_up(station, tmp_path / "backup.zip", keyring=lambda: keyring)
        assert made.manifest.keys == "left out"
        assert made.complete
        whole = made.path.read_bytes() + b"".join(_members(made.path))
        assert not any(key.encode() in whole for key in keyring.kept.values())

    def test_keys_of_a_key_store_go_into_a_sealed_file(self, station: Path, tmp_path: Path) -> None:
        keyring = into_a_keyring(station)
        made = backed_up(station, tmp_path / "backup.bin", keyring=lambda: keyring, passphrase=PASSPHRASE)
        assert made.manifest.keys == "included"
        assert not zipfile.is_zipfile(made.path)

    def test_a_key_store_that_does_not_answer_is_a_finding(self, station: Path, tmp_path: Path) -> None:
        into_a_keyring(station)

        def locked() -> MemoryKeyring:
            raise KeyringUnusable("locked")

        made = backed_up(station, tmp_path / "backup.bin", keyring=locked, passphrase=PASSPHRASE)
        assert made.manifest.keys == "left out"
        assert made.keys_problem is not None
        assert not made.complete


def _members(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as packed:
        return [packed.read(name) for name in packed.namelist()]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("toolroom.sqlite", True),
        ("evidence/ab/cd.jpg", True),
        ("cutouts/пассатижи/1.png", True),
        ("../evil", False),
        ("evidence/../../evil", False),
        ("/etc/passwd", False),
        ("evidence//x", False),
        ("evidence/./x", False),
        ("C:/evil", False),
        ("evidence\\..\\evil", False),
        ("evidence/a:b", False),
        ("evidence/con", False),
        ("evidence/NUL.jpg", False),
        ("evidence/x.", False),
        ("evidence/x\n", False),
        ("evidence/", False),
        ("logs/toolroom.log", False),
        ("restore.json", False),
        ("", False),
    ],
)
def test_a_backup_holds_only_names_that_stay_inside(name: str, safe: bool) -> None:
    assert is_safe(name) is safe
