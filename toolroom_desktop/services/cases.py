"""Lost-tool cases: what is being searched for, its whole course, and the commands that move it on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from toolroom_desktop.domain import cases as rules
from toolroom_desktop.domain.cases import Case, CaseKind, CaseTimes, Outcome
from toolroom_desktop.domain.elsewhere import CaseElsewhere
from toolroom_desktop.domain.errors import BadInput, NotFound, Refused
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.people import Permission, Person
from toolroom_desktop.domain.toolkit import Toolkit
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.case_opening import MissingReport, report_missing
from toolroom_desktop.services.consequences import advanced_case, changed_tool, written_down
from toolroom_desktop.services.photos import read_photo
from toolroom_desktop.services.ports import Clock, Database, EvidenceStore, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import refusals_recorded
from toolroom_desktop.services.vision_ports import EvidencePainter, Picture
from toolroom_desktop.services.whereabouts import known_operation

_Step = Callable[[Case, Person, datetime, str], Case]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list. `due_at` is until when its next step must be done; None once it is released."""

    case: Case
    due_at: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class CaseCourse:
    """One case with all that belongs to it.

    operation  what found it out; None where somebody reported it by hand, or where these records do not know it
    checkout   the operation since which the kit was out then; None where it was in
    toolkit, tool  as recorded now
    """

    case: Case
    due_at: datetime | None
    overdue: bool
    operation: Operation | None
    checkout: Operation | None
    toolkit: Toolkit | None
    tool: Tool | None

    def name(self, language: str) -> str:
        """What the missing tool is called; empty for a whole kit."""
        return tool_name(self.case, self.toolkit, language)


def tool_name(case: Case, toolkit: Toolkit | None, language: str) -> str:
    """What the missing tool of a case is called; the class where its toolkit does not name it, "" for a whole kit."""
    positions = () if toolkit is None else toolkit.positions
    return next((p.name(language) for p in positions if p.tool_class == case.tool_class), case.tool_class)


def in_order(rows: Sequence[CaseRow]) -> list[CaseRow]:
    """Open cases before released ones; of the open ones those that are overdue first, and the oldest first."""
    return sorted(
        rows,
        key=lambda row: (
            not row.case.open,
            not row.overdue,
            row.case.began_at.timestamp() * (1 if row.case.open else -1),
            row.case.number,
        ),
    )


@dataclass(frozen=True, slots=True)
class Cases:
    """Commands and queries about lost-tool cases.

    Commands raise `Refused`, which is recorded, `NotFound` and `BadInput`; nothing but the refusal is recorded then.
    """

    database: Database
    evidence: EvidenceStore
    painter: EvidencePainter
    recorder: Recorder
    clock: Clock
    times: CaseTimes = field(default_factory=CaseTimes)

    # --- queries

    def open(self, *, kit: str | None = None) -> list[CaseRow]:
        """The cases that quality has not released, of one kit or of all: overdue first, then the oldest."""
        return self._rows(self.database.read(lambda uow: uow.cases.open(kit)))

    def recent(self, *, limit: int = 200) -> list[CaseRow]:
        """All open cases, as `open`, and after them the newest released ones, at most `limit` in all but the open."""

        def query(uow: UnitOfWork) -> list[Case]:
            still_open = uow.cases.open()
            released = [case for case in uow.cases.recent(limit=limit) if not case.open]
            return [*still_open, *released]

        return self._rows(self.database.read(query))

    def elsewhere(self, *, kit: str | None = None) -> list[CaseElsewhere]:
        """The open cases of other stations, of one kit or of all, the oldest first. Nothing of them is done here."""
        return self.database.read(lambda uow: uow.elsewhere.cases(kit))

    def overdue(self, now: datetime) -> list[CaseRow]:
        """The open cases whose next step should have been done, the oldest first."""
        cases = self.database.read(lambda uow: uow.cases.open())
        return [row for row in self._rows(cases, now) if row.overdue]

    def by_number(self, number: str) -> Case:
        """One case; raises `NotFound("case.unknown")`."""
        return self.database.read(lambda uow: _known(uow, number))

    def course(self, number: str) -> CaseCourse:
        """One case with all that belongs to it; raises `NotFound("case.unknown")`."""

        def query(uow: UnitOfWork) -> CaseCourse:
            case = _known(uow, number)
            operation = uow.operations.by_id(case.operation_id)
            since = operation.closes if operation else case.events[0].operation_id
            held = known_operation(uow, since)
            tool = None if case.tool_id is None else uow.tools.by_id(case.tool_id)
            toolkit = uow.catalogue.toolkit(case.toolkit) if case.toolkit else None
            row = self._row(case, self.clock.now())
            return CaseCourse(case, row.due_at, row.overdue, operation, held, toolkit, tool)

        return self.database.read(query)

    def photo(self, sha256: str) -> bytes:
        """A photo of a case or of its operation as JPEG bytes; raises `NotFound`, `DatabaseProblem`."""
        return read_photo(self.database, self.evidence, sha256)

    # --- commands

    def open_by_hand(self, *, badge: str, report: MissingReport) -> Case:
        """Open a case outside of any operation, or note the report in the case that is open already.

        Raises besides `BadInput("case.text_empty")`, and `Refused("case.tool_not_in_use")` for a tool that is lost,
        retired or in repair anyway.
        """
        stored = self._stored(report.photo)

        def commit(uow: UnitOfWork) -> Case:
            person = person_known(uow, badge)
            person.require(Permission.SEARCH_CASES)
            if not report.text.strip():
                raise BadInput("case.text_empty")
            if stored is not None:
                uow.evidence.add(*stored)
            return report_missing(uow, self.recorder, person, self.clock.now(), report, stored[0] if stored else "")

        with refusals_recorded(
            self.database, self.recorder, badge=badge, command="case_open", subject=report.kit.strip()
        ):
            return self.database.write(commit)

    def search(self, *, badge: str, number: str, place: str, text: str = "", photo: Picture | None = None) -> Case:
        """Record a search; the second one counts when it is another person's."""
        return self._move_on(
            "case_search",
            badge,
            number,
            lambda case, by, at, sha: rules.searched(case, by, at, place=place, text=text, photo=sha),
            photo,
        )

    def note(self, *, badge: str, number: str, text: str, photo: Picture | None = None) -> Case:
        """Record a remark."""
        return self._move_on(
            "case_note",
            badge,
            number,
            lambda case, by, at, sha: rules.noted(case, by, at, text=text, photo=sha),
            photo,
        )

    def conclude(
        self,
        *,
        badge: str,
        number: str,
        outcome: Outcome,
        place: str = "",
        text: str = "",
        photo: Picture | None = None,
    ) -> Case:
        """Record how the search ended: found, with the place, or lost, after two people searched."""
        return self._move_on(
            "case_conclude",
            badge,
            number,
            lambda case, by, at, sha: rules.concluded(case, by, at, outcome=outcome, place=place, text=text, photo=sha),
            photo,
        )

    def release(self, *, badge: str, number: str, statement: str) -> Case:
        """Close the case in the name of quality.

        A tool that was found is serviceable again in its place, or unserviceable where it is broken; one that was lost
        stays lost until it is swapped, and with a lost kit all its tools are.
        """
        return self._move_on(
            "case_release",
            badge,
            number,
            lambda case, by, at, _: rules.released(case, by, at, statement=statement),
            after=self._settle,
        )

    def reopen(self, *, badge: str, number: str, text: str) -> Case:
        """Search once more, although the case was released; the tool is out of service again."""
        return self._move_on(
            "case_reopen",
            badge,
            number,
            lambda case, by, at, _: rules.reopened(case, by, at, text=text),
            after=self._miss_again,
        )

    # --- what the commands are made of

    def _rows(self, cases: Sequence[Case], now: datetime | None = None) -> list[CaseRow]:
        moment = now or self.clock.now()
        return in_order([self._row(case, moment) for case in cases])

    def _row(self, case: Case, now: datetime) -> CaseRow:
        return CaseRow(case, case.due_at(self.times), case.overdue(now, self.times))

    def _stored(self, photo: Picture | None) -> tuple[str, int] | None:
        if photo is None:
            return None
        content = self.painter.clean(photo)
        return self.evidence.put(content), len(content)

    def _move_on(
        self,
        command: str,
        badge: str,
        number: str,
        step: _Step,
        photo: Picture | None = None,
        after: Callable[[UnitOfWork, Case, Person], None] | None = None,
    ) -> Case:
        stored = self._stored(photo)

        def commit(uow: UnitOfWork) -> Case:
            person = person_known(uow, badge)
            case = step(_known(uow, number), person, self.clock.now(), stored[0] if stored else "")
            if stored is not None:
                uow.evidence.add(*stored)
            advanced_case(uow, self.recorder, case)
            if after is not None:
                after(uow, case, person)
            return case

        with refusals_recorded(self.database, self.recorder, badge=badge, command=command, subject=number.strip()):
            return self.database.write(commit)

    def _settle(self, uow: UnitOfWork, case: Case, by: Person) -> None:
        """What the release does to the tools."""
        why = {"reason": "case_released", "case": case.number}
        if case.kind is CaseKind.KIT_MISSING:
            if case.outcome is Outcome.LOST:
                self._lose_kit(uow, case, by)
            return
        tool = None if case.tool_id is None else uow.tools.by_id(case.tool_id)
        if tool is None or case.kind is CaseKind.PIECE_MISSING:
            return
        if case.outcome is Outcome.LOST:
            state = ToolState.LOST
        elif tool.state is ToolState.LOST:
            state = ToolState.UNSERVICEABLE if case.broken else ToolState.SERVICEABLE
        else:
            return
        if state is not tool.state:
            changed_tool(uow, self.recorder, tool, state, by=by.badge, **why)

    def _lose_kit(self, uow: UnitOfWork, case: Case, by: Person) -> None:
        why = {"reason": "case_released", "case": case.number}
        toolkit = uow.catalogue.toolkit(case.toolkit)
        for tool_class, quantity in (toolkit.expected if toolkit else {}).items():
            empty = sum(known == tool_class for known, _ in uow.tools.empty_places(case.kit))
            recorded = sum(tool.tool_class == tool_class for tool in uow.tools.in_kit(case.kit))
            for _ in range(quantity - recorded - empty):
                uow.tools.save(written_down(uow, case.kit, tool_class))
        for tool in uow.tools.in_kit(case.kit):
            if tool.state not in (ToolState.LOST, ToolState.RETIRED):
                changed_tool(uow, self.recorder, tool, ToolState.LOST, by=by.badge, **why)

    def _miss_again(self, uow: UnitOfWork, case: Case, by: Person) -> None:
        if case.tool_id is None:
            return
        for other in uow.cases.open():
            if other.tool_id == case.tool_id and other.case_id != case.case_id:
                raise Refused("case.another_open", case=case.number, other=other.number)
        tool = uow.tools.by_id(case.tool_id)
        if tool is not None and tool.state is ToolState.SERVICEABLE:
            state = ToolState.UNSERVICEABLE if case.kind is CaseKind.PIECE_MISSING else ToolState.LOST
            why = {"reason": "case_reopened", "case": case.number}
            changed_tool(uow, self.recorder, tool, state, by=by.badge, **why)


def _known(uow: UnitOfWork, number: str) -> Case:
    case = uow.cases.by_number(number)
    if case is None:
        raise NotFound("case.unknown", number=number.strip())
    return case
