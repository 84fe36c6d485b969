"""A station that was in use: people, kits, operations with photos, a model, keys, cut-outs, cases for review.

Everything is made through the services, as the windows and the command line do.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np

from tests.fakes import HandClock, frame_of, model_info
from tests.released_models import make_signer, release
from toolroom_desktop.adapters.files.cutouts import write_atomically
from toolroom_desktop.adapters.security.keyrings import KeyringUnusable
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.adapters.security.secrets import FILE_NAME
from toolroom_desktop.adapters.station_backup.encrypt import Cost
from toolroom_desktop.adapters.station_backup.parts import StationParts
from toolroom_desktop.bootstrap import Records, open_models, open_records, review_folder
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.config.settings import Settings, load_settings
from toolroom_desktop.domain.inspection import inspect
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.domain.people import Role
from toolroom_desktop.domain.thresholds import Thresholds
from toolroom_desktop.domain.toolkit import Kit, Position, Toolkit
from toolroom_desktop.services.operation_input import Confirmation, Evidence
from toolroom_desktop.services.vision_ports import Picture

PIN = "135790"
NAME = "Щёголев Пётр Ильич"
BADGE = "T-1"
PASSPHRASE = "четыре слова без смысла"
CAMERA_PASSWORD = "Pa55word"
CHEAP = Cost(log_n=4)
"""scrypt that takes no time: what a passphrase costs is no matter of these tests."""
SETTINGS = f"""# rtsp://old:{CAMERA_PASSWORD}@10.0.0.7/1
[station]
language = "en"

[camera]
source = "rtsp://operator:{CAMERA_PASSWORD}@10.0.0.8/1"
"""

_MODEL = model_info("pliers", "brace").knowledge
_SEEN = frame_of(("pliers", 0.9))


class MemoryKeyring:
    """A key store that works."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def set(self, service: str, name: str, value: str) -> None:
        self.kept[service, name] = value


class LockedKeyring(MemoryKeyring):
    """A key store that keeps nothing."""

    def set(self, service: str, name: str, value: str) -> None:
        raise KeyringUnusable("locked")


def opened(folder: Path) -> Records:
    """The records of a data folder, with its review folder."""
    return open_records(folder, clock=HandClock(), pin_cost=FAST, review=review_folder(settings_of(folder), folder))


def settings_of(folder: Path) -> Settings:
    """What its settings say."""
    return load_settings(DataFolder(folder).settings_file)


def parts_of(folder: Path) -> StationParts:
    """The parts of the station in a data folder."""
    return StationParts.of(DataFolder(folder), settings_of(folder))


def photo(number: int) -> Picture:
    """A picture of noise, another one for every number."""
    noise = np.random.default_rng(number).integers(0, 256, (72, 96, 3), np.uint8)
    return Picture(noise, number, 0.0)


def check_out(records: Records, kit: str, number: int) -> Operation:
    """Issue a kit with photos of its own; the person finds what the model missed."""
    plan = records.operations.plan(badge=BADGE, type_=OperationType.CHECKOUT, kit=kit)
    evidence = Evidence(photo(number), inspect(plan.expected, [_SEEN], Thresholds(), _MODEL))
    answers = {("pliers", 1): Count.FOUND, ("brace", 1): Count.FOUND}
    return records.operations.record(plan, evidence, Confirmation(answers=answers, note="в ангаре"))


def make_used_station(folder: Path, *, kits: int = 4) -> Path:
    """A closed data folder with as many operations as kits, and something in every part."""
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    records = open_records(
        folder, create=True, clock=HandClock(), pin_cost=FAST, review=review_folder(settings_of(folder), folder)
    )
    try:
        records.accounts.add_person(badge=BADGE, name=NAME, role=Role.TECHNICIAN, pin=PIN, actor_badge=None)
        toolkit = Toolkit("T", (Position("pliers", 1, "Пассатижи", "Pliers"), Position("brace", 1, "Ключ", "Brace")))
        records.catalogue.take_in([toolkit], [Kit(f"K-{n}", "T") for n in range(kits)], actor_badge=None)
        for number in range(kits):
            check_out(records, f"K-{number}", number)
        signer = make_signer(folder.with_name(f"{folder.name} keys"))
        data = DataFolder(folder)
        data.trusted_keys.mkdir()
        for key in signer.trusted.iterdir():
            (data.trusted_keys / key.name).write_bytes(key.read_bytes())
        model = release(folder.with_name(f"{folder.name} model"), "small", signer)
        open_models(records, settings_of(folder), folder).install(model, actor_badge=None, accept_uncovered=True)
        write_atomically(data.cutouts / "пассатижи" / "1.png", b"\x89PNG not really")
        records.database.backup_if_due(records.clock.now())
    finally:
        records.close()
    return folder


def into_a_keyring(folder: Path) -> MemoryKeyring:
    """Move the keys of a station out of its file into a key store."""
    keyring, path = MemoryKeyring(), folder / FILE_NAME
    content = json.loads(path.read_text("utf-8"))
    for name, key in content["keys"].items():
        keyring.set(content["service"], name, key)
    path.write_text(json.dumps({**content, "place": "keyring", "keys": {}}), encoding="utf-8")
    return keyring


def contents(folder: Path, *, without: tuple[str, ...] = ()) -> dict[str, str]:
    """SHA-256 of every file below, by its path; those whose first part is in `without` are left out."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in without
    }
