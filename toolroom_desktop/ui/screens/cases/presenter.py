"""Cases at the windows: which are shown, what may be done with the one looked at, and the commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtGui import QImage

from toolroom_desktop.config.messages import Messages
from toolroom_desktop.domain.cases import Case, CaseStep, Outcome
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.toolkit import Toolkit
from toolroom_desktop.printing.files import write_whole
from toolroom_desktop.services.case_opening import MissingReport
from toolroom_desktop.services.case_report import box_of_tool
from toolroom_desktop.services.cases import CaseCourse, CaseRow, tool_name
from toolroom_desktop.services.catalogue import KitRow
from toolroom_desktop.services.vision_ports import Picture
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Shell

T = TypeVar("T")
MOST_SHOWN = 30


class Page(StrEnum):
    """What the screen shows."""

    LIST = "list"
    CASE = "case"
    STEP = "step"
    REPORT = "report"


class Filter(StrEnum):
    """Which cases the list shows."""

    OPEN = "open"
    ALL = "all"


class Doing(StrEnum):
    """What somebody may do with a case."""

    SEARCH = "search"
    NOTE = "note"
    OUTCOME = "outcome"
    RELEASE = "release"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Said:
    """What is entered at a step."""

    place: str = ""
    text: str = ""
    outcome: Outcome | None = None
    photo: Picture | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A case of the list with the name of its tool.

    station  the name of the other station whose case it is; "" for one of this station
    """

    row: CaseRow
    name: str
    station: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The case looked at. `photo` is the kit as it went out or as the tool was missed; None where there is none."""

    course: CaseCourse
    photo: QImage | None
    box: tuple[float, float, float, float] | None


class CasesView(Protocol):
    """What the presenter needs of the screen."""

    def show_page(self) -> None:
        """The presenter's page, or what is on it, is another one."""

    def show_sentence(self, sentence: str) -> None: ...
    def show_busy(self, busy: bool) -> None: ...


class CasesPresenter(Presenter):
    """`listed` is None until the list is there; `shown` is the case looked at, `doing` the step being entered."""

    def __init__(self, shell: Shell, view: CasesView) -> None:
        super().__init__(shell)
        self._view = view
        self._aimed = ""
        self._all: Sequence[Listed] | None = None
        self.page = Page.LIST
        self.filter = Filter.OPEN
        self.search = ""
        self.shown: Shown | None = None
        self.doing: Doing | None = None
        self.kit: KitRow | None = None

    # --- coming and going

    def aim(self, number: str) -> None:
        """Show that case first; "" for the list."""
        self._aimed = number

    def enter(self) -> None:
        """Begin with the list, or with the case that was aimed at."""
        aimed, self._aimed = self._aimed, ""
        self._all, self.shown, self.doing, self.kit = None, None, None, None
        self.page, self.filter, self.search = Page.LIST, Filter.OPEN, ""
        self._view.show_sentence("")
        self._view.show_page()
        if aimed:
            self.open(aimed)
        else:
            self.load()

    def leave(self) -> None:
        """Nothing is wanted any more."""
        self.drop()

    def back(self) -> None:
        """One page back; from the list to home."""
        self._view.show_sentence("")
        if self.page is Page.LIST:
            self.shell.navigator.show_home()
        elif self.page is Page.STEP:
            self._go(Page.CASE)
        else:
            self.shown = None
            self._go(Page.LIST)
            self.load()

    # --- the list

    @property
    def listed(self) -> Sequence[Listed] | None:
        """The cases that filter and search leave, at most `MOST_SHOWN`; None while they are being read."""
        return None if self._all is None else self._found[:MOST_SHOWN]

    @property
    def not_shown(self) -> int:
        """How many more there are."""
        return max(0, len(self._found) - MOST_SHOWN)

    @property
    def _found(self) -> list[Listed]:
        words = self.search.casefold().split()
        return [
            one
            for one in self._all or ()
            if (one.row.case.open or self.filter is Filter.ALL) and all(word in _text(one) for word in words)
        ]

    @property
    def any_open(self) -> bool:
        """Whether a case is open at all."""
        return any(one.row.case.open for one in self._all or ())

    @property
    def any(self) -> bool:
        """Whether there ever was a case."""
        return bool(self._all)

    @property
    def may_report(self) -> bool:
        """Whether whoever is signed in may report a tool missing."""
        return self._may(Permission.SEARCH_CASES)

    def load(self) -> None:
        """Read the cases."""
        app, language = self.shell.app, self.shell.session.language

        def read() -> list[Listed]:
            toolkits = {toolkit.name: toolkit for toolkit in app.catalogue.toolkits()}
            own = [
                Listed(row, tool_name(row.case, toolkits.get(row.case.toolkit), language)) for row in app.cases.recent()
            ]
            still_open = sum(one.row.case.open for one in own)
            elsewhere = [
                Listed(
                    CaseRow(one.case, None, overdue=False),
                    tool_name(one.case, toolkits.get(one.case.toolkit), language),
                    one.station,
                )
                for one in app.cases.elsewhere()
            ]
            return [*own[:still_open], *elsewhere, *own[still_open:]]

        self._wait(read, self._loaded)

    def choose_filter(self, chosen: Filter) -> None:
        """Show the open ones, or all."""
        self.filter = chosen
        self._view.show_page()

    def find(self, text: str) -> None:
        """Show those in which all words of `text` occur."""
        self.search = text.strip()
        self._view.show_page()

    def _loaded(self, found: list[Listed]) -> None:
        self._all = found
        self._view.show_page()

    # --- one case

    def open(self, number: str) -> None:
        """Look at a case."""
        app = self.shell.app

        def read() -> Shown:
            course = app.cases.course(number)
            for operation in (course.checkout, course.operation):
                if operation is not None and operation.photos.clean:
                    try:
                        image = QImage.fromData(app.cases.photo(operation.photos.clean))
                    except UserFacingError:
                        continue
                    if not image.isNull():
                        return Shown(course, image, box_of_tool(operation, course.case))
            return Shown(course, None, None)

        self._wait(read, self._opened, self._not_opened)

    def say_elsewhere(self, number: str, station: str) -> None:
        """A case of another station was pressed: say where it is worked on."""
        say = Messages(self.shell.session.language).text
        self._view.show_sentence(say("case.elsewhere", case=number, station=station))

    def photo(self, sha256: str, done: Callable[[QImage], None]) -> None:
        """Read a photo of the case's course."""
        cases = self.shell.app.cases
        self._wait(lambda: QImage.fromData(cases.photo(sha256)), done)

    @property
    def main(self) -> Doing | None:
        """What is to be done next by whoever is signed in; None where it is somebody else's turn."""
        case = self._case
        if case is None:
            return None
        wanted = {
            CaseStep.SEARCH: Doing.SEARCH,
            CaseStep.SECOND_SEARCH: Doing.OUTCOME if self.has_searched else Doing.SEARCH,
            CaseStep.OUTCOME: Doing.OUTCOME,
            CaseStep.RELEASE: Doing.RELEASE,
        }.get(case.next_step)
        return wanted if wanted in self._permitted else None

    @property
    def others(self) -> tuple[Doing, ...]:
        """What else may be done."""
        return tuple(doing for doing in self._permitted if doing is not self.main)

    @property
    def has_searched(self) -> bool:
        """Whether whoever is signed in has searched in this case already."""
        case, badge = self._case, self.shell.badge.casefold()
        return case is not None and any(event.badge.casefold() == badge for event in case.searches)

    @property
    def may_print(self) -> bool:
        """Whether whoever is signed in may take records out of the station."""
        return self._may(Permission.EXPORT)

    @property
    def _case(self) -> Case | None:
        return self.shown.course.case if self.shown is not None else None

    @property
    def _permitted(self) -> tuple[Doing, ...]:
        case = self._case
        if case is None:
            return ()
        if not case.open:
            return (Doing.REOPEN,) if self._may(Permission.REOPEN_CASES) else ()
        found: list[Doing] = []
        if self._may(Permission.SEARCH_CASES):
            found += [Doing.NOTE, Doing.SEARCH, Doing.OUTCOME]
        if case.next_step is CaseStep.RELEASE and self._may(Permission.RELEASE_CASES):
            found.append(Doing.RELEASE)
        return tuple(found)

    def _opened(self, shown: Shown) -> None:
        self.shown = shown
        self._go(Page.CASE)

    def _not_opened(self, error: UserFacingError) -> None:
        self._failed(error)
        if self._all is None:
            self.load()

    # --- the next step

    def begin(self, doing: Doing) -> None:
        """Enter that step."""
        self.doing = doing
        self._view.show_sentence("")
        self._go(Page.STEP)

    def record(self, said: Said) -> None:
        """Record the step that is being entered."""
        case, doing = self._case, self.doing
        if case is None or doing is None:
            return
        cases, badge, number = self.shell.app.cases, self.shell.badge, case.number

        def command() -> Case:
            match doing:
                case Doing.SEARCH:
                    return cases.search(badge=badge, number=number, place=said.place, text=said.text, photo=said.photo)
                case Doing.NOTE:
                    return cases.note(badge=badge, number=number, text=said.text, photo=said.photo)
                case Doing.OUTCOME:
                    outcome = said.outcome or Outcome.FOUND
                    return cases.conclude(
                        badge=badge,
                        number=number,
                        outcome=outcome,
                        place=said.place,
                        text=said.text,
                        photo=said.photo,
                    )
                case Doing.RELEASE:
                    return cases.release(badge=badge, number=number, statement=said.text)
                case Doing.REOPEN:
                    return cases.reopen(badge=badge, number=number, text=said.text)

        self._wait(command, lambda recorded: self.open(recorded.number))

    # --- reporting by hand

    def begin_report(self) -> None:
        """Report something missing."""
        self.kit = None
        self._view.show_sentence("")
        self._go(Page.REPORT)

    def find_kit(self, scanned: str) -> None:
        """The kit that it is missing from."""
        if scanned.strip():
            catalogue = self.shell.app.catalogue
            self._wait(lambda: catalogue.kit_by_scan(scanned), self._kit_found, self._no_kit)

    def report(self, said: MissingReport) -> None:
        """Open the case."""
        cases, badge = self.shell.app.cases, self.shell.badge
        self._wait(lambda: cases.open_by_hand(badge=badge, report=said), lambda case: self.open(case.number))

    def toolkit(self) -> Toolkit | None:
        """Of the kit that was named for a report."""
        return self.kit.toolkit if self.kit is not None else None

    def _kit_found(self, kit: KitRow) -> None:
        self.kit = kit
        self._view.show_sentence("")
        self._view.show_page()

    def _no_kit(self, error: UserFacingError) -> None:
        self.kit = None
        self._view.show_page()
        self._failed(error)

    # --- paper

    def print_to(self, path: Path) -> None:
        """Write the report of the case as PDF; an existing file was agreed to by the dialog."""
        case = self._case
        if case is None:
            return
        reports, badge, language = self.shell.app.case_reports, self.shell.badge, self.shell.session.language
        number = case.number

        def write() -> Path:
            made = reports.report(badge=badge, number=number, language=language, say=Messages(language).text)
            return write_whole(path, made.pdf, overwrite=True)

        self._wait(write, self._printed)

    def _printed(self, path: Path) -> None:
        self._view.show_sentence(Messages(self.shell.session.language).text("document.saved", path=path))

    # --- what all of it shares

    def _may(self, permission: Permission) -> bool:
        person = self.shell.session.person
        return person is not None and person.may(permission)

    def _go(self, page: Page) -> None:
        self.page = page
        self._view.show_page()

    def _wait(
        self,
        function: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[UserFacingError], None] | None = None,
    ) -> None:
        def finished(value: T) -> None:
            self._view.show_busy(self.busy)
            done(value)

        def refused(error: UserFacingError) -> None:
            self._view.show_busy(self.busy)
            (failed or self._failed)(error)

        self.ask(function, finished, refused)
        self._view.show_busy(True)

    def _failed(self, error: UserFacingError) -> None:
        self._view.show_sentence(self.shell.sentence(error))


def _text(one: Listed) -> str:
    """All words that a search looks at."""
    case = one.row.case
    said = (case.number, one.name, case.tool_class, case.marking, case.kit, case.holder_name, case.aircraft)
    return " ".join((*said, case.work_order, one.station)).casefold()
