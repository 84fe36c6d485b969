"""Which report, of when and about what; its preview, its files, its way to the printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum, auto
from pathlib import Path
from typing import Protocol

from PySide6.QtGui import QImage

from toolroom_desktop.config.messages import Language, Messages
from toolroom_desktop.domain.errors import BadInput, UserFacingError
from toolroom_desktop.printing.report_pages import ReportPages
from toolroom_desktop.services.reports.content import Period, ReportFormat, ReportName
from toolroom_desktop.services.reports.definitions import DEFINITIONS, Definition
from toolroom_desktop.services.reports.making import Request, WrittenReport, empty
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.screens.reports.choices import MONTH_DAYS, WEEK_DAYS, Choice, When
from toolroom_desktop.ui.screens.reports.job import Job, Prepared
from toolroom_desktop.ui.shell import Shell
from toolroom_desktop.ui.stations import Shown

_CANCELLED = "report.cancelled"
# What is signed is this station's shift, and tools are calibrated by one register for all of them.
_OF_THIS_STATION = (ReportName.HANDOVER, ReportName.CALIBRATION)
PREVIEW_PIXELS = 1400
"""The width of a page's picture: sharp enough to read, also enlarged."""


class Doing(Enum):
    """What the screen is at."""

    NOTHING = auto()
    MAKING = auto()
    SAVING = auto()
    PRINTING = auto()


class ReportsView(Protocol):
    """What the presenter needs of the screen."""

    def show_reports(self, names: Sequence[ReportName]) -> None:
        """The reports that whoever is signed in may have."""

    def show_choice(self) -> None:
        """Follow `choice`, `doing` and `prepared`."""

    def show_progress(self, done: int, total: int) -> None:
        """So many of so many are done; 0 of 0 while that is not known. Called in any thread."""

    def show_page(self, picture: QImage) -> None:
        """The page that `page` says."""

    def show_sentence(self, sentence: str) -> None: ...
    def print_prepared(self, prepared: Prepared) -> None:
        """Put it on paper: it has its number now."""


class ReportsPresenter(Presenter):
    """Makes a report anew whenever something else is chosen.

    choice    what is chosen; None while no report is
    language  of the report
    prepared  the report that is shown; None while there is none
    page      which of its pages, from 0
    nearest   the nearest day with operations, where the report is empty
    """

    def __init__(self, shell: Shell, view: ReportsView) -> None:
        super().__init__(shell)
        self._view = view
        self._job: Job | None = None
        self.shown: Shown = shell.stations.shown
        self.choice: Choice | None = None
        self.language: Language = "ru"
        self.prepared: Prepared | None = None
        self.page = 0
        self.doing = Doing.NOTHING
        self.nearest: Period | None = None
        self.folder = Path.home()

    # --- the screen

    def enter(self) -> None:
        """Offer the reports that this person may have of the records of the present choice."""
        self._stop()
        self.drop()
        self.shown = self.shell.stations.shown
        self.language = self.shell.session.language
        self.choice = None
        person = self.shell.session.person
        names = [
            name
            for name, definition in DEFINITIONS.items()
            if person is not None and any(person.may(permission) for permission in definition.permissions)
            if not (self.shown.everywhere and name in _OF_THIS_STATION)
        ]
        self._view.show_sentence("")
        self._view.show_reports(names)
        self._view.show_choice()

    def leave(self) -> None:
        """Nothing is wanted any more."""
        self._stop()
        self.drop()
        self.choice = None

    def back(self) -> None:
        """Stop what is under way, else back to the choice of reports, else home."""
        if self.doing is not Doing.NOTHING:
            self.cancel()
        elif self.choice is not None:
            self._stop()
            self.choice = None
            self._view.show_sentence("")
            self._view.show_choice()
        else:
            self.shell.navigator.show_home()

    def cancel(self) -> None:
        """Stop what is under way. What is prepared already stays."""
        making = self.doing is Doing.MAKING
        if self._job is not None:
            self._job.stop()
            self._job = None
        self.drop()
        self.doing = Doing.NOTHING
        if making:
            self._close()
        self._view.show_sentence(Messages(self.shell.session.language).text(_CANCELLED))
        self._view.show_choice()

    # --- choosing

    @property
    def definition(self) -> Definition | None:
        """Of the report that is chosen."""
        return None if self.choice is None else DEFINITIONS[self.choice.report]

    @property
    def ready(self) -> bool:
        """Whether all is said that the report needs."""
        choice, definition = self.choice, self.definition
        if choice is None or definition is None:
            return False
        if choice.when is When.DAYS and choice.first is None:
            return False
        return not definition.required or bool(choice.subjects.get(definition.required, "").strip())

    def choose(self, name: ReportName) -> None:
        """That report, of the time that is asked for most."""
        when = When.TODAY if DEFINITIONS[name].by_period else When.ALL
        self.choice = Choice(name, when)
        self._changed()

    def choose_time(self, when: When, first: date | None = None, last: date | None = None) -> None:
        """Of that time; `first` and `last` are days, both counted in, for days of one's own."""
        if self.choice is not None:
            self.choice = replace(self.choice, when=when, first=first, last=last)
            self._changed()

    def choose_subject(self, subject: str, text: str) -> None:
        """About that kit, person or tool; empty for all."""
        if self.choice is not None and self.choice.subjects.get(subject, "") != text.strip():
            self.choice = replace(self.choice, subjects={**self.choice.subjects, subject: text.strip()})
            self._changed()

    def choose_format(self, format_: ReportFormat) -> None:
        """To be saved in that format; the preview is always that of paper."""
        if self.choice is not None:
            self.choice = replace(self.choice, format=format_)
            self._view.show_choice()

    def choose_language(self, language: Language) -> None:
        """In that language."""
        if language != self.language:
            self.language = language
            self._changed()

    def go_to_nearest(self) -> None:
        """The nearest day on which something happened."""
        nearest = self.nearest
        if nearest is not None:
            day = self._local_day(nearest)
            self.choose_time(When.DAYS, day, day)

    def _local_day(self, period: Period) -> date:
        offset = self.shell.app.clock.local_offset_minutes(period.start)
        return (period.start + timedelta(minutes=offset)).date()

    @property
    def nearest_day(self) -> date | None:
        """The day that `go_to_nearest` leads to; None for none."""
        return None if self.nearest is None else self._local_day(self.nearest)

    # --- making

    def _changed(self) -> None:
        self._stop()
        self.drop()
        self.doing = Doing.NOTHING
        self._view.show_sentence("")
        if self.ready:
            self._make()
        self._view.show_choice()

    def _make(self) -> None:
        choice = self.choice
        if choice is None:
            return
        self._job = job = Job(self._view.show_progress)
        self.doing = Doing.MAKING
        reports, badge, language = self.shown.records.reports, self.shell.badge, self.language

        def make() -> tuple[QImage, Period | None]:
            period = self._period(choice)
            request = Request(choice.report, period, **dict(choice.subjects))
            report = reports.make(request, badge=badge, watch=job.watch)
            try:
                words = reports.words(report, language, Messages(language).text)
                pages = ReportPages(report, words, job.watch)
                picture = pages.picture(0, PREVIEW_PIXELS)
                asked = report.about.period
                nearest = reports.nearest(asked) if empty(report) and asked is not None else None
            except BaseException:
                report.close()
                raise
            job.leave(Prepared(report, words, pages))
            return picture, nearest

        self.ask(make, self._made, self._failed)

    def _period(self, choice: Choice) -> Period | None:
        """The time that was chosen; blocks for a moment."""
        reports = self.shown.records.reports
        match choice.when:
            case When.ALL:
                return None
            case When.SHIFT:
                shift = reports.running_shift()
                if shift is None:
                    raise BadInput("report.no_shift")
                return shift
            case When.YESTERDAY:
                return reports.day(1)
            case When.WEEK:
                return reports.last_days(WEEK_DAYS)
            case When.MONTH:
                return reports.last_days(MONTH_DAYS)
            case When.DAYS if choice.first is not None:
                return reports.days(choice.first, choice.last or choice.first)
        return reports.day()

    def _made(self, made: tuple[QImage, Period | None]) -> None:
        picture, self.nearest = made
        job, self._job = self._job, None
        self.prepared = None if job is None else job.take()
        self.doing, self.page = Doing.NOTHING, 0
        self._view.show_choice()
        self._view.show_page(picture)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all happened in what is shown."""
        return self.prepared is not None and empty(self.prepared.report)

    # --- looking

    def turn(self, pages: int) -> None:
        """So many pages on, or back."""
        prepared = self.prepared
        if prepared is None or not 0 <= self.page + pages < prepared.pages.count:
            return
        self.page += pages
        index = self.page

        def paint() -> QImage | None:
            return prepared.picture(index, PREVIEW_PIXELS)

        self.ask(paint, lambda picture: self._painted(index, picture), self._failed)
        self._view.show_choice()

    def _painted(self, index: int, picture: QImage | None) -> None:
        if picture is not None and index == self.page:
            self._view.show_page(picture)

    # --- saving

    def file_name(self) -> str:
        """What the file may be called."""
        choice, prepared = self.choice, self.prepared
        if choice is None or prepared is None:
            return ""
        about = prepared.report.about
        at = about.as_of if about.period is None else about.period.start
        day = (at + timedelta(minutes=self.shell.app.clock.local_offset_minutes(at))).date()
        title = prepared.words.name(choice.report)
        if self.shown.everywhere:
            title += f" {Messages(self.language).text('stations.all')}"
        subject = "".join(sign if sign.isalnum() or sign in " -_" else " " for sign in prepared.report.subject)
        return " ".join(f"{day.isoformat()} {title} {subject}".split()) + f".{choice.format.value}"

    def save(self, path: Path) -> None:
        """Write the report; that an existing file is replaced was agreed to by the dialog."""
        choice, prepared = self.choice, self.prepared
        if choice is None or prepared is None or self.doing is not Doing.NOTHING:
            return
        self.folder = path.parent
        if not path.suffix:
            path = path.with_suffix(f".{choice.format.value}")
        self._job = job = Job(self._view.show_progress)
        reports, badge, language = self.shown.records.reports, self.shell.badge, self.language

        def write() -> WrittenReport:
            with prepared.held():
                return reports.write(
                    prepared.report,
                    path,
                    choice.format,
                    language=language,
                    say=Messages(language).text,
                    badge=badge,
                    watch=job.watch,
                )

        self._begin(Doing.SAVING, write, self._saved)

    def _saved(self, written: WrittenReport) -> None:
        self._job, self.doing = None, Doing.NOTHING
        say = Messages(self.shell.session.language).text
        self._view.show_sentence(say("document.saved", path=written.path))
        self._view.show_choice()

    # --- printing

    def print_now(self) -> None:
        """Give the report the number that its paper has, and hand its pages over to be printed."""
        prepared = self.prepared
        if prepared is None or self.doing is not Doing.NOTHING:
            return
        self._job = job = Job(self._view.show_progress)
        reports, badge, language = self.shown.records.reports, self.shell.badge, self.language

        def number() -> Prepared:
            with prepared.held():
                own = reports.printed(prepared.report, language=language, badge=badge)
                return Prepared(own, prepared.words, ReportPages(own, prepared.words, job.watch))

        self._begin(Doing.PRINTING, number, self._view.print_prepared)

    def printed(self) -> None:
        """It is on its way to the printer."""
        self._job, self.doing = None, Doing.NOTHING
        self._view.show_sentence(Messages(self.shell.session.language).text("report.printed"))
        self._view.show_choice()

    def not_printed(self) -> None:
        """The printer did not take it."""
        self._job, self.doing = None, Doing.NOTHING
        self._failed(BadInput("report.not_printed"))

    # --- what all of it shares

    def _begin(self, doing: Doing, function: Callable[[], object], done: Callable[..., None]) -> None:
        self.doing = doing
        self._view.show_sentence("")
        self._view.show_choice()
        self.ask(function, done, self._failed)

    def _failed(self, error: UserFacingError) -> None:
        self._job, self.doing = None, Doing.NOTHING
        self._view.show_sentence(self.shell.sentence(error))
        self._view.show_choice()
        self.shell.stations.look()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._job = None
        self.doing = Doing.NOTHING
        self._close()

    def _close(self) -> None:
        prepared, self.prepared, self.nearest, self.page = self.prepared, None, None, 0
        if prepared is not None:
            prepared.close()
