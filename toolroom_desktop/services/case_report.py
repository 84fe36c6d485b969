"""The report of a case: everything that is on record about it, with its photos, to be signed and filed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from toolroom_desktop.domain.cases import Case
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.ids import uuid7
from toolroom_desktop.domain.journal import canonical_json
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.people import Permission, Person
from toolroom_desktop.services import case_words as words
from toolroom_desktop.services.accounts import person_known
from toolroom_desktop.services.case_json import case_json
from toolroom_desktop.services.cases import CaseCourse, Cases
from toolroom_desktop.services.doctor import Sentences
from toolroom_desktop.services.documents import (
    Block,
    Document,
    DocumentPrinter,
    Facts,
    Heading,
    Paragraph,
    Photo,
    Photos,
    SignatureLines,
    Table,
)
from toolroom_desktop.services.ports import Clock, Database, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.refusals import refusals_recorded

EXPORTED = "report_exported"
_SHOWN_OF_A_HASH = 16


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report as a PDF file, and what the journal says of it."""

    report_id: UUID
    data_sha256: str
    pdf: bytes


def data_sha256(case: Case) -> str:
    """SHA-256 of all that a case's report says, to check a print against the records."""
    return hashlib.sha256(canonical_json(case_json(case)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class CaseReports:
    """Makes reports of cases; each is in the journal before anybody has it."""

    database: Database
    cases: Cases
    recorder: Recorder
    clock: Clock
    make_printer: Callable[[], DocumentPrinter]
    app_version: str

    def report(self, *, badge: str, number: str, language: str, say: Sentences) -> MadeReport:
        """The report of a case in a language, whose sentences `say` knows.

        Takes a second or more. Raises `Refused` without the permission to export, which is recorded, and `NotFound`.
        """
        command = "case_report"
        with refusals_recorded(self.database, self.recorder, badge=badge, command=command, subject=number.strip()):
            by = self.database.read(lambda uow: _may_export(uow, badge))
            course = self.cases.course(number)
            report_id, sha256 = uuid7(), data_sha256(course.case)
            draft = _Draft(course, self._photo, language, say, self.clock, self.app_version)
            pdf = self.make_printer().pdf(draft.document(report_id, sha256, by))

            def record(uow: UnitOfWork) -> None:
                payload = {
                    "report": "case",
                    "subject": course.case.number,
                    "language": language,
                    "by": _may_export(uow, badge).badge,
                    "data_sha256": sha256,
                    "file_sha256": hashlib.sha256(pdf).hexdigest(),
                }
                self.recorder.record(uow, EXPORTED, payload, op_id=report_id)

            self.database.write(record)
        return MadeReport(report_id, sha256, pdf)

    def _photo(self, sha256: str) -> bytes | None:
        try:
            return self.cases.photo(sha256)
        except UserFacingError:
            # Gone or damaged: the report says so in its place.
            return None


def _may_export(uow: UnitOfWork, badge: str) -> Person:
    person = person_known(uow, badge)
    person.require(Permission.EXPORT)
    return person


@dataclass(frozen=True, slots=True)
class _Draft:
    course: CaseCourse
    photo: Callable[[str], bytes | None]
    language: str
    say: Sentences
    clock: Clock
    app_version: str

    def document(self, report_id: UUID, sha256: str, by: Person) -> Document:
        case, say = self.course.case, self.say
        now = self.clock.now()
        offset = self.clock.local_offset_minutes(now)
        zone = f"UTC{'+' if offset >= 0 else '−'}{abs(offset) // 60}" + (
            f":{abs(offset) % 60:02d}" if offset % 60 else ""
        )
        made = say("document.made", at=self._at(now), zone=zone, name=by.name, station=case.site_id)
        return Document(
            title=say("document.case.title", number=case.number),
            subtitle=made,
            blocks=tuple(self._blocks()),
            footer=(
                say("document.report", id=report_id, version=self.app_version),
                say("document.hash", sha256=sha256),
            ),
            page=say("document.page", page="{page}", pages="{pages}"),
        )

    def _blocks(self) -> list[Block]:
        case, say = self.course.case, self.say
        state = words.where_it_stands(case, say)
        step = words.next_step(case, say)
        blocks: list[Block] = [
            Paragraph(words.what_is_missing(case, self.course.name(self.language), say), strong=True),
            Paragraph(state if not case.open else f"{state} {step}", strong=True),
            Heading(say("document.case.facts")),
            self._facts(),
            Heading(say("document.case.course")),
            self._events(),
        ]
        photos = self._photos()
        if photos:
            blocks += [Heading(say("document.case.photos")), Photos(tuple(photos))]
        blocks += [
            Heading(say("document.case.signatures")),
            SignatureLines(
                tuple(_begun_large(say(f"cli.role.{role}")) for role in ("quality", "shift_lead")),
                (say("document.name"), say("document.signature"), say("document.date")),
            ),
        ]
        return blocks

    def _facts(self) -> Facts:
        case, say, tool = self.course.case, self.say, self.course.tool
        toolkit = self.course.toolkit
        held = self.course.checkout
        rows = (
            ("kit", " · ".join(part for part in (case.kit, toolkit.title(self.language) if toolkit else "") if part)),
            ("marking", case.marking),
            ("part_number", tool.part_number if tool else ""),
            ("serial_number", tool.serial_number if tool else ""),
            ("place", str(case.unit) if toolkit and toolkit.expected.get(case.tool_class, 0) > 1 else ""),
            ("found_out", f"{words.found_out_at(case, say)}, {self._at(case.opened_at)}"),
            ("found_out_by", words.who(case.events[0], say)),
            ("holder", f"{case.holder_name} ({case.holder_badge})" if case.holder_badge else ""),
            ("out_since", self._at(held.finished_at) if held else ""),
            ("aircraft", case.aircraft),
            ("work_order", case.work_order),
            ("operation", str(case.operation_id)),
        )
        return Facts(tuple((say(f"document.case.fact.{name}"), value) for name, value in rows))

    def _events(self) -> Table:
        say = self.say
        rows = []
        for place, event in enumerate(self.course.case.events, start=1):
            said = [words.title_of(event, say), words.text_of(event, say)]
            if event.photo:
                said.append(say("document.case.see_photo", number=self._photo_numbers()[event.photo]))
            text = "\n".join(part for part in said if part)
            rows.append((str(place), self._at(event.at), words.who(event, say), text))
        titles = tuple(say(f"document.case.column.{name}") for name in ("number", "when", "who", "what"))
        return Table(titles, tuple(rows), (6, 16, 28, 50))

    def _photo_numbers(self) -> dict[str, int]:
        """Every photo of the report by its hash, with its number."""
        shown = [sha256 for sha256, _, _ in self._wanted()]
        return {sha256: number for number, sha256 in enumerate(dict.fromkeys(shown), start=1)}

    def _wanted(self) -> list[tuple[str, str, tuple[float, float, float, float] | None]]:
        """(hash, what it shows, box) of every photo, the first ones first."""
        course, say = self.course, self.say
        found: list[tuple[str, str, tuple[float, float, float, float] | None]] = []
        for held, code in (
            (course.checkout, "document.case.photo.checkout"),
            (course.operation, "document.case.photo.operation"),
        ):
            if held is not None and held.photos.clean:
                at = words.found_out_at(course.case, say) if held is course.operation else ""
                text = say(code, at=self._at(held.finished_at), what=at)
                found.append((held.photos.clean, text, box_of_tool(held, course.case)))
        for event in course.case.events:
            if event.photo:
                text = say("document.case.photo.step", what=words.title_of(event, say), at=self._at(event.at))
                found.append((event.photo, text, None))
        return found

    def _photos(self) -> list[Photo]:
        made: dict[str, Photo] = {}
        numbers = self._photo_numbers()
        for sha256, text, box in self._wanted():
            if sha256 in made:
                continue
            caption = self.say(
                "document.case.photo.caption", number=numbers[sha256], what=text, sha256=sha256[:_SHOWN_OF_A_HASH]
            )
            gone = self.say("document.case.photo.gone", number=numbers[sha256])
            made[sha256] = Photo(self.photo(sha256), caption, gone, box)
        return list(made.values())

    def _at(self, at: datetime) -> str:
        return words.moment(at, self.clock.local_offset_minutes, self.language)


def _begun_large(text: str) -> str:
    return text[:1].upper() + text[1:]


def box_of_tool(operation: Operation, case: Case) -> tuple[float, float, float, float] | None:
    """Where recognition saw the tool of a case, (x1, y1, x2, y2) in pixels of the photo; None for nowhere."""
    boxes = [
        position.get("box")
        for position in operation.result.get("positions", ())
        if position["class_name"] == case.tool_class and position.get("box")
    ]
    if not boxes:
        return None
    x1, y1, x2, y2 = boxes[min(case.unit, len(boxes)) - 1]
    return (x1, y1, x2, y2)
