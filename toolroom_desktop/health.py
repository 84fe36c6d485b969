"""The health of a station, for the command line and the windows.

Each check looks and changes nothing, and a failed one keeps no other from looking.
"""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from toolroom_desktop import __version__
from toolroom_desktop.adapters.camera.factory import list_cameras
from toolroom_desktop.adapters.camera.source import parse_source
from toolroom_desktop.adapters.central.enrolment import EnrolmentStore
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.engine import wal_reset_mended
from toolroom_desktop.adapters.database.layout import DataFolder as RecordsFolder
from toolroom_desktop.adapters.database.migrate import SHIPPED, inspect_existing
from toolroom_desktop.adapters.files.case_ledger import FileCaseLedger
from toolroom_desktop.adapters.files.review import LEAST_FREE_BYTES as REVIEW_LEAST_FREE_BYTES
from toolroom_desktop.adapters.security.secrets import StationSecrets
from toolroom_desktop.adapters.vision.detector import UNMANIFESTED
from toolroom_desktop.bootstrap import open_model, open_model_store, review_folder
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.config.settings import Settings, load_settings, policy_in_force
from toolroom_desktop.domain.errors import BadSettings, DatabaseProblem, UserFacingError
from toolroom_desktop.services.case_keeping import lacking_in
from toolroom_desktop.services.doctor import Check, Grade, Progress, failed, no_progress
from toolroom_desktop.services.recording import JOURNAL_KEY
from toolroom_desktop.services.sync.announced import newer_program
from toolroom_desktop.services.sync.centre_model import ModelStage, ModelStanding, model_standing
from toolroom_desktop.services.vision_ports import CameraAnswer

LIBRARIES = ("alembic", "argon2-cffi", "numpy", "onnxruntime", "opencv-python", "PySide6-Essentials", "SQLAlchemy")
LEAST_FREE_BYTES = 1 << 30
# Below this it is worth knowing that old photos need not stay.
ROOM_FOR_PHOTOS_BYTES = 5 << 30
BACKUP_AGE = timedelta(days=2)
CAMERA_SECONDS = 10.0


def examine(data: DataFolder, progress: Progress = no_progress) -> list[Check]:
    """Every check of the station whose data lies in `data`; `progress` is told which one begins."""
    try:
        settings, refused = load_settings(data.settings_file), None
    except BadSettings as error:
        settings, refused = Settings(), error
    standing = _standing(settings, data.root)
    looks: dict[str, Callable[[], Check]] = {
        "program": _program,
        "sqlite": _sqlite,
        "folder": lambda: _folder(data.root),
        "settings": lambda: _settings(data) if refused is None else failed("settings", refused),
        "policy": _policy,
        "database": lambda: _database(data.root),
        "backup": lambda: _backup(data.root),
        "secrets": lambda: _secrets(data.root),
        "cases": lambda: _cases(data.root),
        "centre": lambda: _centre(data.root),
        **({} if standing is None else {"centre_model": lambda: _centre_model(standing)}),
        "model": lambda: _model(settings, data.root),
        "camera": lambda: _cameras(settings),
        "review": lambda: _review(settings, data.root),
        "photos": lambda: _photos(settings, data.root),
        "reports": lambda: _reports(settings, data.root),
        "disk": lambda: _disk(data.root),
    }
    checks = []
    for place, (name, look) in enumerate(looks.items(), start=1):
        progress(name, place, len(looks))
        checks.append(_attempt(name, look))
    return checks


def _attempt(name: str, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except UserFacingError as error:
        return failed(name, error)


def _version_of(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "?"


def _program() -> Check:
    libraries = {name: _version_of(name) for name in LIBRARIES}
    facts = {"version": __version__, "python": platform.python_version(), "system": platform.platform()}
    listed = ", ".join(f"{name} {number}" for name, number in libraries.items())
    details: dict[str, object] = {**facts, "libraries": listed}
    return Check("program", Grade.GOOD, "cli.doctor.program", details, {**facts, "libraries": libraries})


def _sqlite() -> Check:
    mended = wal_reset_mended()
    facts = {"version": sqlite3.sqlite_version, "wal_reset_mended": mended}
    code = "cli.doctor.sqlite" if mended else "cli.doctor.sqlite_single_writer"
    grade = Grade.GOOD if mended else Grade.NOTE
    return Check("sqlite", grade, code, {"version": sqlite3.sqlite_version}, facts)


def _folder(root: Path) -> Check:
    facts = {"path": str(root.absolute())}
    if not root.is_dir():
        return Check("folder", Grade.BAD, "cli.doctor.folder_missing", {"path": root.absolute()}, facts)
    if not os.access(root, os.W_OK | os.X_OK):
        return Check("folder", Grade.BAD, "cli.doctor.folder_read_only", {"path": root.absolute()}, facts)
    return Check("folder", Grade.GOOD, "cli.doctor.folder", {"path": root.absolute()}, facts)


def _settings(data: DataFolder) -> Check:
    there = data.settings_file.is_file()
    code = "cli.doctor.settings" if there else "cli.doctor.settings_default"
    facts = {"path": str(data.settings_file.absolute()), "exists": there}
    return Check("settings", Grade.GOOD, code, {"path": data.settings_file.absolute()}, facts)


def _policy() -> Check:
    policy = policy_in_force()
    names, places = sorted(policy.places), sorted(set(policy.places.values()))
    facts = {"places": places, "settings": {name: policy.places[name] for name in names}}
    if not names:
        return Check("policy", Grade.GOOD, "cli.doctor.policy_none", {}, facts)
    details: dict[str, object] = {"places": ", ".join(places), "names": ", ".join(names)}
    return Check("policy", Grade.GOOD, "cli.doctor.policy", details, facts)


def _database(root: Path) -> Check:
    database = SqliteDatabase.open_read_only(root)
    try:
        inspect_existing(RecordsFolder(root.absolute()), SHIPPED, check_pages=True)
        health = database.health()
        entries = database.read(lambda uow: uow.journal.head().site_seq)
        site_id = database.site_id
    finally:
        database.close()
    facts = {
        "path": str(health.path),
        "site_id": site_id,
        "revision": health.revision,
        "size_bytes": health.size_bytes,
        "journal_entries": entries,
        "quick_check": "ok",
    }
    details: dict[str, object] = {
        "path": health.path,
        "revision": health.revision,
        "entries": entries,
        "kib": health.size_bytes >> 10,
    }
    return Check("database", Grade.GOOD, "cli.doctor.database", details, facts)


def _backup(root: Path) -> Check:
    database = SqliteDatabase.open_read_only(root)
    try:
        newest = database.health().newest_backup
    finally:
        database.close()
    if newest is None:
        return Check("backup", Grade.NOTE, "cli.doctor.backup_none", {}, {"newest": None})
    made_at = datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    late = datetime.now(UTC) - made_at > BACKUP_AGE
    details: dict[str, object] = {"path": newest, "at": made_at}
    facts = {"newest": str(newest), "made_at": made_at.isoformat()}
    code = "cli.doctor.backup_old" if late else "cli.doctor.backup"
    return Check("backup", Grade.NOTE if late else Grade.GOOD, code, details, facts)


def _secrets(root: Path) -> Check:
    place = StationSecrets(root, may_create=lambda: False).place
    if place == "file":
        return Check("secrets", Grade.NOTE, "cli.doctor.secrets_file", {}, {"place": place})
    return Check("secrets", Grade.GOOD, "cli.doctor.secrets_keyring", {}, {"place": place})


def _cases(root: Path) -> Check:
    """The ledger of open cases against the records."""
    secrets = StationSecrets(root, may_create=lambda: False)
    ledger = FileCaseLedger(root, lambda: secrets.get_or_create(JOURNAL_KEY))
    found = ledger.read()
    database = SqliteDatabase.open_read_only(root)
    try:
        open_now, lacking, site_id = database.read(
            lambda uow: (uow.cases.open(), lacking_in(uow, found), database.site_id)
        )
    finally:
        database.close()
    aside = ledger.aside()
    facts = {"open": len(open_now), "ledger": found.problem or "good", "lacking": len(lacking), "aside": aside}
    details: dict[str, object] = {"count": len(open_now), "path": RecordsFolder(root.absolute()).case_ledger}
    if found.site_id not in ("", site_id):
        return Check("cases", Grade.NOTE, "cli.doctor.cases_of_another", details, facts)
    if found.problem in ("damaged", "unreadable"):
        return Check("cases", Grade.BAD, f"cli.doctor.cases_{found.problem}", details, facts)
    if lacking:
        numbers = ", ".join(case.number for case in lacking)
        return Check("cases", Grade.NOTE, "cli.doctor.cases_lacking", {**details, "numbers": numbers}, facts)
    if open_now != list(found.cases):
        return Check("cases", Grade.NOTE, "cli.doctor.cases_behind", details, facts)
    if aside:
        return Check("cases", Grade.NOTE, "cli.doctor.cases_aside", {**details, "files": ", ".join(aside)}, facts)
    return Check("cases", Grade.GOOD, "cli.doctor.cases", details, facts)


def _centre(root: Path) -> Check:
    """The centre as this station knows it. Nothing is sent: `toolroom sync --once` tries it."""
    store = EnrolmentStore(root)
    if store.laid_down.exists():
        found: dict[str, object] = {"path": store.laid_down}
        return Check("centre", Grade.NOTE, "cli.doctor.centre_laid_down", found, {"enrolled": False})
    if not store.exists():
        return Check("centre", Grade.GOOD, "cli.doctor.centre_none", {}, {"enrolled": False})
    kept = store.look()
    database = SqliteDatabase.open_read_only(root)
    try:
        memory = database.read(lambda uow: uow.outbox.memory())
        waiting = database.read(lambda uow: uow.outbox.waiting())
        newer = database.read(lambda uow: newer_program(uow, __version__))
    finally:
        database.close()
    facts = {
        "enrolled": True,
        "newer_program": newer or None,
        "server": kept.address.shown,
        "site": kept.site,
        "password_in": kept.place,
        "last_success": memory.last_success.isoformat() if memory.last_success else None,
        "waiting": {"operations": waiting.operations, "photos": waiting.files, "bytes": waiting.bytes},
    }
    details: dict[str, object] = {
        "server": kept.address.shown,
        "site": kept.site,
        "operations": waiting.operations,
        "photos": waiting.files,
    }
    if newer:
        details |= {"version": newer, "own": __version__}
        # What the password's place asks for is not left out for it.
        code = "cli.doctor.centre_file_newer_program" if kept.place == "file" else "cli.doctor.centre_newer_program"
        return Check("centre", Grade.NOTE, code, details, facts)
    if kept.place == "file":
        return Check("centre", Grade.NOTE, "cli.doctor.centre_file", details, facts)
    return Check("centre", Grade.GOOD, "cli.doctor.centre", details, facts)


def _standing(settings: Settings, root: Path) -> ModelStanding | None:
    """The model that the centre names; None where it names none, or the records cannot tell."""
    try:
        database = SqliteDatabase.open_read_only(root)
    except UserFacingError:
        return None
    try:
        active = open_model_store(settings, root).shelf().active
        return database.read(lambda uow: model_standing(uow, active=active, overruled=settings.model.manifest))
    except UserFacingError:
        return None
    finally:
        database.close()


def _centre_model(standing: ModelStanding) -> Check:
    """How far the model is that the centre names."""
    facts = {
        "model": standing.name,
        "version": standing.version,
        "stage": standing.stage.value,
        "held": standing.held,
        "size": standing.size,
    }
    grade = Grade.GOOD if standing.stage is ModelStage.JUDGES else Grade.NOTE
    return Check("centre_model", grade, standing.code, standing.said, facts)


def _model(settings: Settings, data_folder: Path) -> Check:
    info = open_model(settings, data_folder).info
    known = info.knowledge
    height, width = info.input_size
    verified = info.version != UNMANIFESTED
    facts = {
        "model": known.name,
        "version": info.version,
        "sha256": known.sha256,
        "classes": sorted(known.classes),
        "input_size": [height, width],
        "verified": verified,
    }
    details: dict[str, object] = {
        "model": known.name,
        "version": info.version,
        "sha256": known.sha256,
        "classes": len(known.classes),
    }
    if verified:
        return Check("model", Grade.GOOD, "cli.doctor.model", details, facts)
    return Check("model", Grade.NOTE, "cli.doctor.model_unverified", details, facts)


def _cameras(settings: Settings) -> Check:
    source = str(parse_source(settings.camera.source))  # shown without its password
    found = list_cameras(within=CAMERA_SECONDS, backend=settings.camera.backend)
    working = [camera.source for camera in found if camera.answer is CameraAnswer.FRAMES]
    facts = {
        "source": source,
        "found": [{"source": camera.source, "answer": camera.answer.value} for camera in found],
    }
    details: dict[str, object] = {"source": source, "found": ", ".join(working) or "—"}
    if source in working:
        return Check("camera", Grade.GOOD, "cli.doctor.camera", details, facts)
    # Photos, the demo feed and network cameras need no USB camera.
    return Check("camera", Grade.NOTE, "cli.doctor.camera_other", details, facts)


def _review(settings: Settings, data_folder: Path) -> Check:
    """The folder of what the counter teaches. Nothing about it is bad: operations are recorded without it."""
    folder = review_folder(settings, data_folder)
    place = folder.place
    facts: dict[str, object] = {"path": str(place), "keeps": settings.learning.keep_for_review}
    details: dict[str, object] = {"path": place}
    if not settings.learning.keep_for_review:
        return Check("review", Grade.GOOD, "cli.doctor.review_off", details, facts)
    try:
        waiting = len(folder.names())
    except DatabaseProblem as error:
        return Check("review", Grade.NOTE, error.code, error.details, {**facts, "problem": error.code})
    ground = _nearest_existing(place)
    writable = os.access(ground, os.W_OK | os.X_OK)
    free = shutil.disk_usage(ground).free
    facts |= {"waiting": waiting, "writable": writable}
    details |= {"waiting": waiting, "least_mib": REVIEW_LEAST_FREE_BYTES >> 20}
    if not writable:
        return Check("review", Grade.NOTE, "cli.doctor.review_read_only", details, facts)
    if free < REVIEW_LEAST_FREE_BYTES:
        return Check("review", Grade.NOTE, "cli.doctor.review_disk_low", details, facts)
    code = "cli.doctor.review" if place.is_dir() else "cli.doctor.review_new"
    return Check("review", Grade.GOOD, code, details, facts)


def _reports(settings: Settings, data_folder: Path) -> Check:
    """The folder of reports that are written by themselves. The station works without it."""
    schedule = settings.report_schedule(data_folder)
    if schedule is None:
        return Check("reports", Grade.GOOD, "cli.doctor.reports_off", {}, {"folder": None})
    folder = schedule.folder
    facts: dict[str, object] = {"folder": str(folder), "reports": settings.reports.daily}
    details: dict[str, object] = {"path": folder, "reports": settings.reports.daily}
    if not folder.is_dir():
        return Check("reports", Grade.NOTE, "cli.doctor.reports_missing", details, {**facts, "writable": False})
    writable = os.access(folder, os.W_OK | os.X_OK)
    code = "cli.doctor.reports" if writable else "cli.doctor.reports_read_only"
    return Check("reports", Grade.GOOD if writable else Grade.NOTE, code, details, {**facts, "writable": writable})


def _photos(settings: Settings, root: Path) -> Check:
    """Where the evidence photos lie. What went to the centre on purpose is no fault."""
    database = SqliteDatabase.open_read_only(root)
    try:
        photos = database.read(lambda uow: uow.photos.figures())
    finally:
        database.close()
    days = settings.sync.keep_photos_days
    enrolled = EnrolmentStore(root).exists()
    free = shutil.disk_usage(_nearest_existing(root)).free
    facts = {
        "here": photos.here,
        "here_bytes": photos.here_bytes,
        "at_the_centre_alone": photos.dropped,
        "not_known_to_be_there": photos.doubtful,
        "keep_days": days,
    }
    details: dict[str, object] = {
        "count": photos.here,
        "mib": photos.here_bytes >> 20,
        "dropped": photos.dropped,
        "doubtful": photos.doubtful,
        "days": days,
        "free_mib": free >> 20,
    }
    if photos.doubtful:
        return Check("photos", Grade.NOTE, "cli.doctor.photos_doubtful", details, facts)
    if days and not enrolled:
        return Check("photos", Grade.NOTE, "cli.doctor.photos_no_centre", details, facts)
    if enrolled and not days and free < ROOM_FOR_PHOTOS_BYTES:
        return Check("photos", Grade.NOTE, "cli.doctor.photos_room", details, facts)
    return Check("photos", Grade.GOOD, "cli.doctor.photos_days" if days else "cli.doctor.photos", details, facts)


def _nearest_existing(place: Path) -> Path:
    """The folder itself, or the one in which it would be made."""
    place = place.absolute()
    while not place.exists():
        place = place.parent
    return place


def _disk(root: Path) -> Check:
    free = shutil.disk_usage(_nearest_existing(root)).free
    details: dict[str, object] = {"free_mib": free >> 20, "least_mib": LEAST_FREE_BYTES >> 20}
    if free < LEAST_FREE_BYTES:
        return Check("disk", Grade.BAD, "cli.doctor.disk_low", details, {"free_bytes": free})
    return Check("disk", Grade.GOOD, "cli.doctor.disk", details, {"free_bytes": free})
