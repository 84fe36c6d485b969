"""Everything that an operation keeps besides its photos and positions, one line each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import CountedPosition, Operation, OperationType
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.services.course import Course
from toolroom_desktop.ui.operation_words import overruled_words, tools_word
from toolroom_desktop.ui.words import status_word, time_word

_SHORT_HASH = 12


def remark_line(word: CountedPosition) -> str:
    """What was read and noted at one tool; empty for nothing."""
    read = QCoreApplication.translate("Facts", "read: {marking}").format(marking=word.marking) if word.marking else ""
    return " · ".join(part for part in (read, word.note) if part)


def facts_of(operation: Operation, names: Mapping[str, str], language: str, now: datetime) -> list[str]:
    """Who, what for, until when, who signed, what was overruled, and what was said of it later."""
    person = QCoreApplication.translate("Facts", "{name} ({badge})")

    def when(at: datetime) -> str:
        return time_word(at, operation.utc_offset_minutes, now, language)

    def who(name: str, badge: str) -> str:
        return person.format(name=name, badge=badge) if badge else ""

    lines = [
        (QCoreApplication.translate("Facts", "Toolkit"), operation.toolkit),
        (QCoreApplication.translate("Facts", "Person"), who(operation.person_name, operation.person_badge)),
        (
            QCoreApplication.translate("Facts", "Kit with"),
            _holder(operation, who(operation.holder_name, operation.holder_badge)),
        ),
        (QCoreApplication.translate("Facts", "Handed over by"), who(operation.giver_name, operation.giver_badge)),
        (QCoreApplication.translate("Facts", "Count signed by"), who(operation.witness_name, operation.witness_badge)),
        (QCoreApplication.translate("Facts", "Work order"), operation.work_order),
        (QCoreApplication.translate("Facts", "Aircraft"), operation.aircraft),
        (
            QCoreApplication.translate("Facts", "Back by"),
            when(operation.expected_return) if operation.expected_return else "",
        ),
        (QCoreApplication.translate("Facts", "Out after it"), _out(operation, names)),
        (QCoreApplication.translate("Facts", "Cases"), ", ".join(operation.cases)),
    ]
    said = [f"{name}: {value}" for name, value in lines if value]
    said += _overrides(operation, names, language)
    said += [line for entry in operation.later for line in _later(entry, when)]
    model = f"{operation.model_name} · {operation.model_sha256[:_SHORT_HASH]}"
    said += [
        QCoreApplication.translate("Facts", "Record No. {number}").format(number=operation.site_seq),
        QCoreApplication.translate("Facts", "Model: {model}").format(model=model),
        QCoreApplication.translate("Facts", "Operation: {id}").format(id=operation.operation_id),
    ]
    return said


def signature_lines(course: Course, offset_minutes: int, language: str, now: datetime) -> list[str]:
    """Who signed what for it, and what was refused on its way."""

    def when(at: datetime) -> str:
        return time_word(at, offset_minutes, now, language)

    lines = []
    for entry in course.signatures:
        said = entry.payload
        sentence = QCoreApplication.translate("Facts", "Signed, {time}, by {name} ({badge}): {purpose}")
        at = when(datetime.fromisoformat(said["signed_at"]))
        purpose = _purpose_word(Purpose(said["purpose"]))
        lines.append(sentence.format(time=at, name=said["name"], badge=said["badge"], purpose=purpose))
    for entry in course.refusals:
        sentence = QCoreApplication.translate("Facts", "Refused, {time}, to {badge}")
        lines.append(sentence.format(time=when(entry.wall_at), badge=entry.payload.get("badge", "—")))
    return lines


def _purpose_word(purpose: Purpose) -> str:
    return {
        Purpose.GIVER: QCoreApplication.translate("Facts", "hands the kit over"),
        Purpose.HANDS_OVER: QCoreApplication.translate("Facts", "gives the kit on"),
        Purpose.WITNESS: QCoreApplication.translate("Facts", "saw the count"),
        Purpose.OVERRIDE: QCoreApplication.translate("Facts", "lets the kit go out nevertheless"),
        Purpose.OVERRIDE_CASE: QCoreApplication.translate("Facts", "lets the kit go out in spite of a case"),
        Purpose.SHIFT: QCoreApplication.translate("Facts", "takes part in the shift's inventory"),
    }[purpose]


def _holder(operation: Operation, holder: str) -> str:
    same = operation.holder_badge.casefold() == operation.person_badge.casefold()
    return "" if same and operation.type is not OperationType.HANDOVER else holder


def _out(operation: Operation, names: Mapping[str, str]) -> str:
    """What is out where that is not simply the whole kit."""
    whole = dict(operation.custody) == dict(operation.expected)
    return "" if whole or not operation.custody else tools_word(operation.custody, names)


def _overrides(operation: Operation, names: Mapping[str, str], language: str) -> list[str]:
    sentence = QCoreApplication.translate("Facts", "Overruled by {name} ({badge}): {reason}")
    lines: list[str] = []
    for override in operation.overrides:
        lines.append(sentence.format(name=override["name"], badge=override["badge"], reason=override["reason"]))
        lines += [f"  – {line}" for line in overruled_words(override, names, language)]
    return lines


def _later(entry: Mapping[str, Any], when: Any) -> list[str]:
    by, at = entry["by"]["name"], when(datetime.fromisoformat(entry["at"]))
    if entry["kind"] == "counted":
        sentence = QCoreApplication.translate("Facts", "Counted later, {time}, by {name}: {status}")
        line = sentence.format(time=at, name=by, status=status_word(Status(entry["final_status"])))
        return [f"{line}. {entry['note']}" if entry["note"] else line]
    sentence = QCoreApplication.translate("Facts", "Corrected, {time}, by {name}: {reason}")
    lines = [sentence.format(time=at, name=by, reason=entry["reason"])]
    for name, change in entry["changes"].items():
        before, after = _value(change["before"], when), _value(change["after"], when)
        lines.append(f"  – {_detail_word(name)}: {before} → {after}")
    return lines


def _value(value: str | None, when: Any) -> str:
    if not value:
        return "—"
    try:
        return str(when(datetime.fromisoformat(value)))
    except ValueError:
        return value


def _detail_word(name: str) -> str:
    return {
        "work_order": QCoreApplication.translate("Facts", "Work order"),
        "aircraft": QCoreApplication.translate("Facts", "Aircraft"),
        "expected_return": QCoreApplication.translate("Facts", "Back by"),
        "note": QCoreApplication.translate("Facts", "Note"),
    }[name]
