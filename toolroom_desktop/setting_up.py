"""Composition of what setting up needs: before the station runs, and while it does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from toolroom_desktop.adapters.camera.factory import list_cameras, make_camera
from toolroom_desktop.adapters.database.create import refuse_successor
from toolroom_desktop.adapters.database.database import SqliteDatabase
from toolroom_desktop.adapters.database.layout import DataFolder as RecordsFolder
from toolroom_desktop.adapters.security.clock import SystemClock
from toolroom_desktop.adapters.security.pins import STATION, Argon2Profile
from toolroom_desktop.adapters.vision.looks import ready_to_look
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.bootstrap import demo_picture, open_model, open_model_store, open_records
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.config.settings import load_settings
from toolroom_desktop.domain.errors import DatabaseProblem
from toolroom_desktop.services.accounts import Accounts
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.services.station_setup import ModelOnTrial, StationSetup
from toolroom_desktop.services.vision_ports import Camera, FoundCamera

CAMERA_SECONDS = 10.0


def wants_first_start(data: DataFolder) -> bool:
    """Whether nothing was ever recorded in that data folder, nor is there a trace of lost records.

    What cannot be read is no reason to begin afresh: the usual start says what is wrong. Raises `BadSettings`.
    """
    load_settings(data.settings_file)
    try:
        folder = RecordsFolder(data.root.absolute())
        if not folder.database.exists():
            refuse_successor(folder)
            return not folder.exchange.exists()  # a restore that was cut short is finished by the usual start
        database = SqliteDatabase.open_read_only(data.root)
    except DatabaseProblem:
        return False
    try:
        return database.read(lambda uow: uow.journal.head().site_seq == 0)
    finally:
        database.close()


def station_setup(
    data: DataFolder, app: AppContext | None = None, *, pin_cost: Argon2Profile = STATION
) -> StationSetup:
    """Setting up the station whose data lies in `data`; `app` is that station where it runs already.

    The settings are read anew for each command: setting up changes them.
    """

    @contextmanager
    def opened(create: bool) -> Iterator[Accounts]:
        records = open_records(data.root, create=create, read_only=not create, pin_cost=pin_cost)
        try:
            yield records.accounts
        finally:
            records.close()

    def rest() -> None:
        # A camera that the station itself keeps warm would look like one that another program uses.
        if app is not None:
            app.camera.stop()

    def find() -> tuple[FoundCamera, ...]:
        rest()
        return list_cameras(within=CAMERA_SECONDS, backend=load_settings(data.settings_file).camera.backend)

    def open_camera(source: str) -> Camera:
        rest()
        wishes = load_settings(data.settings_file).camera
        camera = make_camera(
            source,
            photo_reader=FilePhotoReader(),
            clock=SystemClock(),
            backend=wishes.backend,
            width=wishes.width,
            height=wishes.height,
        )
        camera.start()
        return camera

    def load_model() -> ModelOnTrial:
        settings = load_settings(data.settings_file)
        detector = ready_to_look(open_model(settings, data.root))
        if settings.model.manifest:
            return ModelOnTrial(detector, "", named=True)
        judging = next(entry for entry in open_model_store(settings, data.root).entries() if entry.active)
        return ModelOnTrial(detector, judging.signer, named=False)

    return StationSetup(
        accounts=opened if app is None else lambda _create: nullcontext(app.accounts),
        find_cameras=find,
        open_camera=open_camera,
        load_model=load_model,
        demo_picture=demo_picture,
    )
