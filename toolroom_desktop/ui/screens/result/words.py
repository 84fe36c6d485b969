"""A count by hand in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.domain.inspection import Inspection, PositionResult, PositionState, Status
from toolroom_desktop.domain.operation import LACKING, Count, OperationType
from toolroom_desktop.domain.signing import Purpose
from toolroom_desktop.domain.thresholds import LookAlikeGroup
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.operation_input import Plan, Remark
from toolroom_desktop.services.positions import tools_meant
from toolroom_desktop.ui.block_words import who_may
from toolroom_desktop.ui.screens.inspection.words import (
    Names,
    StatusWords,
    listed,
    look_alikes_sentence,
    percent,
    reason_words,
)
from toolroom_desktop.ui.screens.result.presenter import ResultPresenter
from toolroom_desktop.ui.words import short_name


def count_answers(plan: Plan | None) -> tuple[Count, ...]:
    """The answers that can be given, in the order of their keys from 1: only a return leaves anything out.

    Nothing stays out where nobody knows what went out.
    """
    keeps = plan is not None and plan.type is OperationType.CHECKIN and not plan.checkout_unknown
    return tuple(count for count in Count if keeps or count is not Count.KEPT)


def count_answer(count: Count) -> str:
    """An answer on its button: the shortest word that says it."""
    return {
        Count.FOUND: QCoreApplication.translate("Result", "there"),
        Count.MISSING: QCoreApplication.translate("Result", "missing"),
        Count.DAMAGED: QCoreApplication.translate("Result", "damaged"),
        Count.PIECE_MISSING: QCoreApplication.translate("Result", "piece missing"),
        Count.WRONG: QCoreApplication.translate("Result", "wrong one"),
        Count.KEPT: QCoreApplication.translate("Result", "stays out"),
    }[count]


def station_word(position: PositionResult, names: Names, *, at_checkin: bool) -> str:
    """What the station saw of one tool, and at a checkin how that differs from the checkout."""
    if position.state is PositionState.MISSING:
        if at_checkin:
            return QCoreApplication.translate("Result", "there at checkout, not seen now")
        return QCoreApplication.translate("Result", "not seen")
    seen = QCoreApplication.translate("Result", "seen: {figure}").format(figure=percent(position.confidence))
    if position.state is PositionState.PRESENT:
        return seen
    return f"{reason_words(position, names)} · {percent(position.confidence)}"


def marking_words(tools: Sequence[Tool], position: PositionResult) -> str:
    """What is engraved on the tool that belongs there; all that it can be where that is not certain."""
    markings = [tool.marking for tool in tools_meant(tools, position) if tool.marking]
    if not markings:
        return ""
    return QCoreApplication.translate("Result", "marking {marking}").format(marking=" / ".join(markings))


def remark_words(remark: Remark | None) -> str:
    """What was said of one tool besides its count; empty for nothing."""
    if remark is None:
        return ""
    parts = []
    if remark.marking.strip():
        parts.append(QCoreApplication.translate("Result", "read: {marking}").format(marking=remark.marking.strip()))
    if remark.note.strip():
        parts.append(remark.note.strip())
    if remark.photo is not None:
        parts.append(QCoreApplication.translate("Result", "photo"))
    return " · ".join(parts)


def custody_words(plan: Plan) -> str:
    """Where the kit was handed out and who brings it; empty where that needs no word."""
    if plan.checkout_unknown:
        return QCoreApplication.translate(
            "Result",
            "This station does not know that the kit is out. It is counted against its whole list; the checkout is "
            "added when it is known.",
        )
    said = [brought_by_another(plan)]
    if plan.station:
        said.append(QCoreApplication.translate("Result", "Handed out by {station}").format(station=plan.station))
    return " · ".join(part for part in said if part)


def brought_by_another(plan: Plan) -> str:
    """That somebody else than the holder brings a kit back, or takes it over; empty where nobody else does."""
    held = plan.checkout
    if held is None or held.holder_badge.casefold() == plan.person_badge.casefold():
        return ""
    if plan.type is OperationType.HANDOVER:
        sentence = QCoreApplication.translate("Result", "With {holder} · taken over by {person}")
    else:
        sentence = QCoreApplication.translate("Result", "With {holder} · brought back by {person}")
    return sentence.format(holder=short_name(held.holder_name), person=short_name(plan.person_name))


def missing_already(plan: Plan, names: Names) -> list[str]:
    """The tools that the kit lacked at the checkout already, so that nobody is asked for them now."""
    if plan.checkout is None:
        return []
    lacking: list[str] = []
    if plan.checkout.type is OperationType.CHECKIN:
        return []  # a part came back; the rest was not missing
    for tool_class, quantity in plan.checkout.expected.items():
        lacking.extend([names.of_class(tool_class)] * (quantity - plan.expected.get(tool_class, 0)))
    return lacking


def outcome_words(presenter: ResultPresenter, inspection: Inspection, names: Names) -> StatusWords:
    """What will be recorded, as far as the answers go."""
    final = presenter.final
    about = _abouts(presenter.answers, inspection, names, extras_remain=bool(presenter.extras_remain))
    if final is None:
        word = QCoreApplication.translate("Result", "{answered} of {questions}").format(
            answered=presenter.answered, questions=presenter.questions
        )
        hint = look_alikes_sentence(_look_alikes_left(presenter), names)
        return StatusWords("", "", word, about or QCoreApplication.translate("Result", "Count by hand"), hint=hint)
    if final is Status.SUCCESS:
        return StatusWords("ok", "present", QCoreApplication.translate("Result", "KIT COMPLETE"))
    hint = issue_words(presenter)
    gone = any(count in LACKING for count in presenter.answers.values())
    if gone:
        return StatusWords("bad", "missing", QCoreApplication.translate("Result", "NOT COMPLETE"), about, hint=hint)
    kept = presenter.answers.values()
    if not presenter.extras_remain and set(kept) <= {Count.FOUND, Count.KEPT}:
        return StatusWords("look", "kept", QCoreApplication.translate("Result", "IN PART"), about, hint=hint)
    return StatusWords("look", "unsure", QCoreApplication.translate("Result", "DISCREPANCY"), about, hint=hint)


def issue_words(presenter: ResultPresenter) -> str:
    """Whether an incomplete kit goes out all the same, and what stays with its holder; empty otherwise."""
    plan, issue = presenter.plan, presenter.signatures.issue
    if plan is None:
        return ""
    if presenter.stays:
        return QCoreApplication.translate(
            "Result", "The kit stays here. With a signature of: {roles} it goes out."
        ).format(roles=who_may(Purpose.OVERRIDE))
    if presenter.incomplete_issue and issue is not None:
        sentence = QCoreApplication.translate("Result", "It goes out nevertheless, signed by {name}")
        return sentence.format(name=short_name(issue[1].name))
    if Count.KEPT in presenter.answers.values():
        held = plan.checkout or plan.counts
        sentence = QCoreApplication.translate("Result", "What stays out remains with {holder}")
        return sentence.format(holder=short_name(held.holder_name if held is not None else plan.person_name))
    return ""


def _look_alikes_left(presenter: ResultPresenter) -> tuple[LookAlikeGroup, ...]:
    """The groups of which a tool is still to be answered: the line goes when it is no longer needed."""
    left = (p.look_alikes for p in presenter.owed if (p.tool_class, p.unit) not in presenter.answers)
    return tuple(dict.fromkeys(group for group in left if group is not None))


def _abouts(
    answers: Mapping[tuple[str, int], Count], inspection: Inspection, names: Names, *, extras_remain: bool
) -> str:
    sentences = {
        Count.MISSING: QCoreApplication.translate("Result", "missing: {names}"),
        Count.WRONG: QCoreApplication.translate("Result", "wrong: {names}"),
        Count.PIECE_MISSING: QCoreApplication.translate("Result", "a piece is missing: {names}"),
        Count.DAMAGED: QCoreApplication.translate("Result", "damaged: {names}"),
        Count.KEPT: QCoreApplication.translate("Result", "stays out: {names}"),
    }
    parts: list[str] = []
    for count, sentence in sentences.items():
        said = [names.of(p) for p in inspection.positions if answers.get((p.tool_class, p.unit)) is count]
        if said:
            parts.append(sentence.format(names=listed(said)))
    if extras_remain:
        extras = [names.of_class(extra.tool_class) for extra in inspection.extras]
        parts.append(QCoreApplication.translate("Result", "extra: {names}").format(names=listed(extras)))
    return "; ".join(parts)
