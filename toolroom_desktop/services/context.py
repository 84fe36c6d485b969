"""What the composition root hands to every front end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from toolroom_desktop.services.accounts import Accounts
from toolroom_desktop.services.all_stations import AllStations
from toolroom_desktop.services.case_report import CaseReports
from toolroom_desktop.services.cases import Cases
from toolroom_desktop.services.catalogue import Catalogue
from toolroom_desktop.services.desk import Desk
from toolroom_desktop.services.enrolling import Enrolling
from toolroom_desktop.services.figure_export import FigureExport
from toolroom_desktop.services.figures import Figures
from toolroom_desktop.services.history import JournalProof
from toolroom_desktop.services.history_export import HistoryExport
from toolroom_desktop.services.history_query import HistoryQueries
from toolroom_desktop.services.inspecting import Inspecting
from toolroom_desktop.services.labels import Labels
from toolroom_desktop.services.live_inspection import LiveInspection, LivePace
from toolroom_desktop.services.live_pipeline import LivePipeline, LiveView
from toolroom_desktop.services.models import Models
from toolroom_desktop.services.operation_input import Plan
from toolroom_desktop.services.operations import Operations
from toolroom_desktop.services.ports import Clock, Database
from toolroom_desktop.services.reminders import Reminders
from toolroom_desktop.services.reports.making import Reports
from toolroom_desktop.services.reports.schedule import ScheduleRunner
from toolroom_desktop.services.review import ReviewKeeper
from toolroom_desktop.services.scanning import Scanning
from toolroom_desktop.services.screen_memory import ScreenMemory
from toolroom_desktop.services.shifts import Shifts
from toolroom_desktop.services.sync.link import CentreLink
from toolroom_desktop.services.sync.runner import SyncRunner
from toolroom_desktop.services.tool_lists import ToolLists
from toolroom_desktop.services.tools import ToolRegister
from toolroom_desktop.services.vision_ports import Camera, Detector, PhotoReader, PictureMeter, other_looks_of
from toolroom_desktop.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class AppContext:
    """The services of a running station. Front ends use these and nothing behind them."""

    accounts: Accounts
    catalogue: Catalogue
    operations: Operations
    cases: Cases
    case_reports: CaseReports
    reports: Reports
    report_schedule: ScheduleRunner | None
    tools: ToolRegister
    tool_lists: ToolLists
    scanning: Scanning
    labels: Labels
    shifts: Shifts
    reminders: Reminders
    desk: Desk
    history: HistoryQueries
    history_export: HistoryExport
    figures: Figures
    figure_export: FigureExport
    journal_proof: JournalProof
    memory: ScreenMemory
    review: ReviewKeeper | None
    centre: CentreLink
    workplace: Workplace
    all_stations: AllStations
    models: Models
    enrolling: Enrolling
    inspecting: Inspecting
    database: Database
    camera: Camera
    detector: Detector
    photos: PhotoReader
    meter: PictureMeter
    clock: Clock
    pace: LivePace
    demo: bool
    app_version: str

    @property
    def sync(self) -> SyncRunner | None:
        """The sync of this station; None where it belongs to no centre."""
        return self.centre.runner

    def live(self, plan: Plan, listener: Callable[[LiveView], None]) -> LivePipeline:
        """A live inspection for a planned operation, ready to be started; `listener` is called in its thread."""
        inspection = LiveInspection(
            plan.expected,
            self.inspecting.thresholds(plan.toolkit),
            self.detector.info.knowledge,
            self.pace,
            other_looks=len(other_looks_of(self.detector)),
        )
        return LivePipeline(self.camera, self.detector, self.meter, self.clock, inspection, listener)

    def close(self) -> None:
        """Stop in order: the camera first, the database last."""
        self.camera.stop()
        self.centre.stop()
        if self.report_schedule is not None:
            self.report_schedule.stop()
        if self.review is not None:
            self.review.close()
        self.all_stations.close()
        self.database.close()
