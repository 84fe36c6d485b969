"""What ties a station to its centre: sync, files of other stations, the records of all of them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from toolroom_desktop import __version__
from toolroom_desktop.adapters.database.gathered.store import GatheredDatabase
from toolroom_desktop.adapters.database.layout import DataFolder as RecordsFolder
from toolroom_desktop.adapters.database.restored import FolderNote
from toolroom_desktop.adapters.files.incoming import IncomingFolder
from toolroom_desktop.adapters.files.whole_file import write_whole
from toolroom_desktop.bootstrap.records import Records, open_records, table_files
from toolroom_desktop.bootstrap.vision import open_models
from toolroom_desktop.config.from_centre import write_centre_file
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.config.settings import Settings, check_centre_setting
from toolroom_desktop.domain.errors import BadInput, UserFacingError
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.reporting import open_reports
from toolroom_desktop.services.all_stations import GatheredStations, StationsRecords
from toolroom_desktop.services.desk import Desk
from toolroom_desktop.services.figure_export import FigureExport
from toolroom_desktop.services.figures import Figures
from toolroom_desktop.services.history_export import HistoryExport
from toolroom_desktop.services.history_query import HistoryQueries
from toolroom_desktop.services.reference_content import SETTING
from toolroom_desktop.services.reminders import Reminders
from toolroom_desktop.services.sync.appliers import station_appliers
from toolroom_desktop.services.sync.bring_back import BringBack
from toolroom_desktop.services.sync.completing import Completing
from toolroom_desktop.services.sync.elsewhere import elsewhere_appliers
from toolroom_desktop.services.sync.fetch import FileFetcher
from toolroom_desktop.services.sync.gathering import Gathering
from toolroom_desktop.services.sync.link import CentreLink
from toolroom_desktop.services.sync.model_keeper import ModelKeeper
from toolroom_desktop.services.sync.pull import Puller
from toolroom_desktop.services.sync.retention import PhotoRetention
from toolroom_desktop.services.sync.runner import SyncRunner
from toolroom_desktop.services.sync.settle import Settler
from toolroom_desktop.services.vision_ports import ModelInfo
from toolroom_desktop.services.workplace import Workplace

_log = logging.getLogger(__name__)


def open_gathered(records: Records, data_folder: Path) -> GatheredDatabase:
    """Where the records of all stations lie; nothing is opened yet."""
    return GatheredDatabase(data_folder, records.database)


def open_all_stations(records: Records, gathered: GatheredDatabase) -> GatheredStations:
    """The services over the records of all stations."""
    recorder, queries = records.recorder, HistoryQueries(gathered)
    procedures, needs = records.reminders.procedures, (Permission.EXPORT, Permission.SEE_ALL_STATIONS)
    of_all = StationsRecords(
        history=queries,
        history_export=HistoryExport(gathered, recorder, queries, table_files, needs),
        figures=Figures(gathered, records.clock),
        figure_export=FigureExport(gathered, recorder, table_files, write_whole, needs),
        desk=Desk(Reminders(gathered, records.clock, procedures), gathered.commits, (Permission.SEE_ALL_STATIONS,)),
        reports=open_reports(gathered, records.evidence, recorder, records.clock, procedures),
        changes=gathered.commits,
    )
    return GatheredStations(gathered, of_all)


def open_sync(
    records: Records,
    data_folder: Path,
    settings: Settings,
    *,
    gathered: GatheredDatabase | None = None,
    workplace: Workplace | None = None,
    running: ModelInfo | None = None,
) -> CentreLink:
    """The tie of this data folder's station to its centre, not started.

    gathered   into which the records of all stations are brought where this one may see them; None: nowhere
    workplace  where a model of the centre waits until nobody works; None: nobody does
    running    the model that this program has loaded, None where it loads none

    Nothing opens a socket before it is started, nor where the station belongs to no centre. The enrolment is read anew
    for every line, so that a new one counts at once, and one that cannot be read just now keeps no station from
    starting.
    """
    # Loaded here: most stations have no centre.
    from toolroom_desktop.adapters.central.enrolment import EnrolmentStore
    from toolroom_desktop.adapters.central.joining import StationEnrolments

    store = EnrolmentStore(data_folder)
    site_id = records.database.site_id

    def runner() -> SyncRunner:
        from toolroom_desktop.adapters.central.gateway import CentreLines

        def lines() -> CentreLines:
            return CentreLines(lambda: store.load().address, site_id)

        gathering = None
        if gathered is not None:
            gathering = Gathering(gathered, lines(), records.database, records.recorder, records.clock)
        return SyncRunner(
            database=records.database,
            store=records.evidence,
            clock=records.clock,
            operations=lines(),
            evidence=lines(),
            app_version=__version__,
            retention=open_retention(records, settings),
            puller=open_puller(records, data_folder),
            fetcher=open_fetcher(records, data_folder),
            gathering=gathering,
            models=open_model_keeper(records, data_folder, settings, workplace or Workplace(), running),
        )

    enrolments = StationEnrolments(store, site_id, records.clock, __version__)
    return CentreLink(records.database, records.recorder, enrolments, runner)


def open_completing(records: Records, data_folder: Path, *, close: Callable[[], None] = lambda: None) -> Completing:
    """What completes restored records, which were opened `before_centre`; raises `BadInput("enrolment.none")`."""
    from toolroom_desktop.adapters.central.enrolment import EnrolmentStore
    from toolroom_desktop.adapters.central.gateway import CentreLines

    store = EnrolmentStore(data_folder)
    if not store.exists():
        raise BadInput("enrolment.none")
    lines = CentreLines(lambda: store.load().address, records.database.site_id)
    bringing = BringBack(records.database, records.evidence, records.recorder, lines)
    note = FolderNote(RecordsFolder(data_folder.absolute()))
    return Completing(bringing, records.accounts, records.case_keeper, note, close=close)


def complete_restored(data_folder: Path) -> Completing:
    """The same with the records of a data folder, which it opens; raises `DatabaseProblem` besides."""
    records = open_records(data_folder, before_centre=True)
    try:
        return open_completing(records, data_folder, close=records.close)
    except BaseException:
        records.close()
        raise


def open_puller(records: Records, data_folder: Path) -> Puller:
    """What takes over what the centre says."""

    def taken(kinds: frozenset[str]) -> None:
        if SETTING in kinds:
            _keep_centre_settings(records, data_folder)

    # Once at the start, too: the records may be older or newer than the file.
    _keep_centre_settings(records, data_folder)
    appliers = {
        **station_appliers(records.clock, check_centre_setting),
        **elsewhere_appliers(records.recorder, records.clock),
    }
    settler = Settler(records.database, records.recorder, records.clock)
    return Puller(records.database, records.recorder, records.clock, appliers, taken=taken, settle=settler.run)


def open_fetcher(records: Records, data_folder: Path) -> FileFetcher:
    """What brings photos of other stations."""
    incoming = IncomingFolder(data_folder / "incoming")
    return FileFetcher(records.database, records.evidence, incoming, records.clock)


def open_model_keeper(
    records: Records, data_folder: Path, settings: Settings, workplace: Workplace, running: ModelInfo | None = None
) -> ModelKeeper:
    """What brings the model that the centre names, and installs it when nobody works."""
    return ModelKeeper(
        records.database,
        open_models(records, settings, data_folder),
        open_fetcher(records, data_folder),
        IncomingFolder(data_folder / "incoming"),
        records.clock,
        workplace,
        running=running,
        overruled=settings.model.manifest,
    )


def _keep_centre_settings(records: Records, data_folder: Path) -> None:
    """Write down the settings that the centre gives; they hold from the next start on."""
    rows = records.database.read(lambda uow: uow.reference.of_kind(SETTING))
    values = {row.change.key: row.change.content.get("value") for row in rows if row.applied and not row.change.deleted}
    try:
        write_centre_file(DataFolder(data_folder).settings_file, values)
    except OSError as error:
        _log.warning("the settings that the centre gives cannot be written down: %s", error)


def open_retention(records: Records, settings: Settings) -> PhotoRetention:
    """What lets photos go that the centre has, as the settings say."""
    review = records.review
    return PhotoRetention(
        database=records.database,
        store=records.evidence,
        recorder=records.recorder,
        clock=records.clock,
        keep=settings.keep_photos(),
        also_needed=tuple if review is None else review.photos_waiting,
    )


def enrol_as_laid_down(data_folder: Path) -> None:
    """Take in the enrolment that the setup laid down. A bad one keeps no station from starting: doctor tells of it."""
    from toolroom_desktop.adapters.central.enrolment import EnrolmentStore

    try:
        EnrolmentStore(data_folder).take_laid_down()
    except UserFacingError as problem:
        _log.warning("the enrolment of the setup is not taken in: %s", problem)
