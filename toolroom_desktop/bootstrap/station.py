"""A whole running station."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from toolroom_desktop import __version__
from toolroom_desktop.adapters.camera.factory import make_camera
from toolroom_desktop.adapters.files.screen_memory import FileScreenMemory
from toolroom_desktop.adapters.files.whole_file import write_whole
from toolroom_desktop.adapters.security.clock import SystemClock
from toolroom_desktop.adapters.security.pins import STATION, Argon2Profile
from toolroom_desktop.adapters.vision.looks import ready_to_look
from toolroom_desktop.adapters.vision.meter import GreyMeter
from toolroom_desktop.adapters.vision.photos import FilePhotoReader
from toolroom_desktop.bootstrap.centre import enrol_as_laid_down, open_all_stations, open_gathered, open_sync
from toolroom_desktop.bootstrap.records import open_records, review_folder, table_files
from toolroom_desktop.bootstrap.vision import DEMO_TABLES, open_enrolling, open_model, open_models
from toolroom_desktop.config.paths import resource
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.reporting import open_schedule
from toolroom_desktop.services.context import AppContext
from toolroom_desktop.services.demo import ensure_demo
from toolroom_desktop.services.desk import Desk
from toolroom_desktop.services.figure_export import FigureExport
from toolroom_desktop.services.figures import Figures
from toolroom_desktop.services.history import JournalProof
from toolroom_desktop.services.history_export import HistoryExport
from toolroom_desktop.services.history_query import HistoryQueries
from toolroom_desktop.services.inspecting import Inspecting
from toolroom_desktop.services.ports import Clock
from toolroom_desktop.services.sync.elsewhere import PHOTO
from toolroom_desktop.services.vision_ports import Camera, Detector
from toolroom_desktop.services.workplace import Workplace


def _no_report(_step: str) -> None:
    """Nobody watches the start."""


def build(
    data_folder: Path,
    settings: Settings,
    *,
    demo: bool = False,
    report: Callable[[str], None] = _no_report,
    detector: Detector | None = None,
    camera: Camera | None = None,
    clock: Clock | None = None,
    pin_cost: Argon2Profile = STATION,
) -> AppContext:
    """A whole station, its camera not started yet.

    demo    make the demo people and kits where they are missing, and show the bundled tables instead of a camera
    report  told what is going on, as one of the codes "start.database", "start.model", "start.camera"

    Blocks for a second or more. Raises `UserFacingError`; nothing stays open then.
    """
    clock = clock or SystemClock()
    given = detector
    # Beside the records: the model's runtime computes outside the interpreter, which waits for the disk and for hashes.
    with ThreadPoolExecutor(1, thread_name_prefix="model") as beside:
        loading = beside.submit(lambda: given or ready_to_look(open_model(settings, data_folder)))
        report("start.database")
        records = open_records(
            data_folder,
            create=True,
            clock=clock,
            pin_cost=pin_cost,
            language=settings.station.language,
            review=review_folder(settings, data_folder) if settings.learning.keep_for_review else None,
            procedures=settings.station_procedures(),
        )
        try:
            records.database.backup_if_due(clock.now())
            known = records.database.read(lambda uow: {sha256 for sha256, _ in uow.evidence.all()})
            known |= records.database.read(lambda uow: {one.sha256 for one in uow.elsewhere.fetched(PHOTO)})
            records.evidence.remove_orphans(known)
            if demo:
                ensure_demo(records.accounts, records.catalogue, records.tools)
            report("start.model")
            detector = loading.result()
            report("start.camera")
            photos = FilePhotoReader()
            source = f"replay:{resource(*DEMO_TABLES)}" if demo else settings.camera.source
            camera = camera or make_camera(
                source,
                photo_reader=photos,
                clock=clock,
                backend=settings.camera.backend,
                width=settings.camera.width,
                height=settings.camera.height,
            )
            enrol_as_laid_down(data_folder)
            workplace = Workplace()
            gathered = open_gathered(records, data_folder)
            centre = open_sync(
                records, data_folder, settings, gathered=gathered, workplace=workplace, running=detector.info
            )
            schedule = open_schedule(
                records.reports, records.database.commits, settings, data_folder, records.reminders.reports
            )
            centre.start()
        except BaseException:
            records.close()
            raise
    if schedule is not None:
        schedule.start()
    return AppContext(
        accounts=records.accounts,
        catalogue=records.catalogue,
        operations=records.operations,
        cases=records.cases,
        case_reports=records.case_reports,
        reports=records.reports,
        report_schedule=schedule,
        tools=records.tools,
        tool_lists=records.tool_lists,
        scanning=records.scanning,
        labels=records.labels,
        shifts=records.shifts,
        reminders=records.reminders,
        desk=Desk(records.reminders, records.database.commits),
        history=HistoryQueries(records.database),
        history_export=HistoryExport(records.database, records.recorder, HistoryQueries(records.database), table_files),
        figures=Figures(records.database, records.clock),
        figure_export=FigureExport(records.database, records.recorder, table_files, write_whole),
        journal_proof=JournalProof(records.database, records.secrets),
        memory=FileScreenMemory(data_folder),
        review=records.review,
        centre=centre,
        workplace=workplace,
        all_stations=open_all_stations(records, gathered),
        models=open_models(records, settings, data_folder),
        enrolling=open_enrolling(records, detector, data_folder),
        inspecting=Inspecting(detector, photos, settings.station_thresholds()),
        database=records.database,
        camera=camera,
        detector=detector,
        photos=photos,
        meter=GreyMeter(),
        clock=clock,
        pace=settings.pace(),
        demo=demo,
        app_version=__version__,
    )
