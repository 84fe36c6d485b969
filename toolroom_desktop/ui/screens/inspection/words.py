"""An inspection in words: what it waits for, what it says of each tool, and its status."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.domain.detection import PictureProblem
from toolroom_desktop.domain.inspection import Extra, Inspection, PositionResult, PositionState, Status, UnsureReason
from toolroom_desktop.domain.thresholds import LookAlikeGroup
from toolroom_desktop.domain.toolkit import Toolkit
from toolroom_desktop.services.live_inspection import LiveState, WaitingFor
from toolroom_desktop.services.naming import own_words, side_by_side
from toolroom_desktop.services.vision_ports import CameraState, ModelInfo
from toolroom_desktop.ui.widgets.checklist import CheckRow
from toolroom_desktop.ui.widgets.marks import Mark, MarkKind
from toolroom_desktop.ui.widgets.parts import Judgement

_MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Names:
    """The tools' names in one language."""

    toolkit: Toolkit
    model: ModelInfo
    language: str

    def of_class(self, tool_class: str) -> str:
        """The toolkit's name of a class, else the model's, else the class itself."""
        position = self.toolkit.position(tool_class)
        if position is not None:
            return position.name(self.language)
        names = self.model.names_ru if self.language == "ru" else self.model.names_en
        return names.get(tool_class, tool_class)

    def of_group(self, group: LookAlikeGroup) -> list[str]:
        """The names of look-alikes, in the kit's order."""
        return [self.of_class(name) for name in group.in_order_of(self.toolkit.expected)]

    def of(self, position: PositionResult) -> str:
        """The name of one tool, numbered where the toolkit has several of its class."""
        name = self.of_class(position.tool_class)
        return f"{name} {position.unit}" if position.of_units > 1 else name


def percent(confidence: float) -> str:
    """A confidence 0..1 in whole percent."""
    return f"{round(100 * confidence)} %"


def counted(inspection: Inspection) -> str:
    """How many of the expected tools were seen."""
    return QCoreApplication.translate("Inspection", "{found} of {expected}").format(
        found=inspection.found_count, expected=len(inspection.positions)
    )


def listed(names: Sequence[str]) -> str:
    """The first few names and how many more there are."""
    if len(names) <= _MOST_NAMED + 1:
        return ", ".join(names)
    more = QCoreApplication.translate("Inspection", "{names} and {count} more")
    return more.format(names=", ".join(names[:_MOST_NAMED]), count=len(names) - _MOST_NAMED)


# --- what it waits for


def picture_advice(problems: Iterable[PictureProblem]) -> str:
    """What to do about a picture that cannot be judged: the first thing first."""
    advice = {
        PictureProblem.COVERED: QCoreApplication.translate("Inspection", "The lens is covered. Uncover it."),
        PictureProblem.DARK: QCoreApplication.translate("Inspection", "It is too dark. Switch the light on."),
        PictureProblem.GLARE: QCoreApplication.translate(
            "Inspection", "The light glares. Turn the lamp aside or move the kit."
        ),
        PictureProblem.BLURRED: QCoreApplication.translate(
            "Inspection", "The picture is blurred. Wipe the lens and focus it."
        ),
        PictureProblem.HEAPED: QCoreApplication.translate(
            "Inspection", "Tools lie on one another. Lay them side by side."
        ),
    }
    found = set(problems)
    return next((sentence for problem, sentence in advice.items() if problem in found), "")


def _table_is_empty(inspection: Inspection | None) -> bool:
    """Whether a picture only lacks edges because nothing lies there."""
    return (
        inspection is not None
        and inspection.picture_problems == {PictureProblem.BLURRED}
        and not inspection.found_count
        and not inspection.extras
    )


def waiting_sentence(state: LiveState, camera: CameraState, frames_wanted: int) -> str:
    """One line: what the inspection waits for."""
    inspection = state.inspection
    match state.waiting_for:
        case WaitingFor.CAMERA:
            if camera in (CameraState.OFF, CameraState.OPENING):
                return QCoreApplication.translate("Inspection", "The camera is starting…")
            if camera is CameraState.LIVE:
                return QCoreApplication.translate("Inspection", "Waiting for the picture…")
            return QCoreApplication.translate("Inspection", "There is no picture from the camera.")
        case WaitingFor.HANDS:
            return QCoreApplication.translate("Inspection", "Take your hands away from the table.")
        case WaitingFor.STILLNESS:
            return QCoreApplication.translate("Inspection", "Keep everything still…")
        case WaitingFor.PICTURE if not _table_is_empty(inspection):
            return picture_advice(inspection.picture_problems if inspection is not None else ())
        case WaitingFor.TOOLS | WaitingFor.PICTURE:
            return QCoreApplication.translate("Inspection", "Lay the tools on the table, side by side.")
        case WaitingFor.FRAMES:
            return QCoreApplication.translate("Inspection", "Looking: picture {number} of {count}").format(
                number=min(frames_wanted, (inspection.frames if inspection is not None else 0) + 1),
                count=frames_wanted,
            )
        case WaitingFor.AGREEMENT:
            return QCoreApplication.translate("Inspection", "Making sure that nothing changes…")
        case WaitingFor.NOTHING if inspection is not None and inspection.look_alikes_too_small:
            return QCoreApplication.translate(
                "Inspection", "Look-alikes are small in this picture: bring the camera nearer."
            )
        case WaitingFor.NOTHING:
            return QCoreApplication.translate("Inspection", "The decision stands.")


# --- the status


@dataclass(frozen=True, slots=True)
class StatusWords:
    """What a banner shows. `hint` says where to look, under what the status is about."""

    judgement: Judgement
    symbol: str
    word: str
    about: str = ""
    figures: str = ""
    hint: str = ""


def _abouts(parts: Iterable[tuple[str, Sequence[str]]]) -> str:
    """The first thing that there is to say by name; of the others, which the list shows, only how many there are."""
    said: list[str] = []
    for sentence, names in parts:
        if names:
            said.append(sentence.format(names=len(names) if said else listed(names)))
    return "; ".join(said)


def look_alikes_sentence(groups: Iterable[LookAlikeGroup], names: Names) -> str:
    """One line a group: what looks alike, and where the difference is. Empty for no group."""
    lines: list[str] = []
    for group in groups:
        look_at = group.look_at(names.language) or QCoreApplication.translate("Inspection", "compare them closely")
        sentence = QCoreApplication.translate("Inspection", "Look-alikes: {names}: {look_at}")
        lines.append(sentence.format(names=side_by_side(names.of_group(group)), look_at=look_at))
    return "\n".join(lines)


def status_words(inspection: Inspection, names: Names) -> StatusWords:
    """The decision that stands."""
    missing = [names.of(position) for position in inspection.missing]
    # Look-alikes have a line of their own.
    unsure = [names.of(position) for position in inspection.unsure if position.look_alikes is None]
    extras = [names.of_class(extra.tool_class) for extra in inspection.extras]
    figures = f"{counted(inspection)}  ·  {round(inspection.match_percentage)} %"
    extra_part = (QCoreApplication.translate("Inspection", "extra: {names}"), extras)
    if inspection.status is Status.SUCCESS:
        word = QCoreApplication.translate("Inspection", "KIT COMPLETE")
        return StatusWords("ok", "present", word, "", figures)
    if inspection.status is Status.MANUAL_CHECK:
        about = _abouts(
            (
                (QCoreApplication.translate("Inspection", "missing: {names}"), missing),
                (QCoreApplication.translate("Inspection", "unsure: {names}"), unsure),
                extra_part,
            )
        )
        word = QCoreApplication.translate("Inspection", "CHECK BY HAND")
        hint = look_alikes_sentence(inspection.look_alikes, names)
        return StatusWords("look", "unsure", word, about or picture_advice(inspection.picture_problems), figures, hint)
    if missing:
        word = QCoreApplication.translate("Inspection", "MISSING")
        about = _abouts((("{names}", missing), extra_part))
        return StatusWords("bad", "missing", word, about, figures)
    word = QCoreApplication.translate("Inspection", "TAKE AWAY")
    return StatusWords("look", "extra", word, listed(extras), figures)


def interim_words(inspection: Inspection | None) -> StatusWords:
    """What was seen so far, without any judgement."""
    looking = QCoreApplication.translate("Inspection", "Looking…")
    if inspection is None:
        return StatusWords("", "", looking)
    return StatusWords("", "", counted(inspection), looking)


# --- tool by tool


def similar_to(position: PositionResult, names: Names) -> str:
    """Which tools this one could not be told apart from: words that its own name has are not said again."""
    if position.look_alikes is None:
        return ""
    classes = position.look_alikes.in_order_of(names.toolkit.expected)
    _, own, _ = own_words([names.of_class(name) for name in classes])
    others = [name for tool_class, name in zip(classes, own, strict=True) if tool_class != position.tool_class]
    return QCoreApplication.translate("Inspection", "looks like {names}").format(names=" / ".join(others))


def reason_words(position: PositionResult, names: Names) -> str:
    """Why a tool is unsure."""
    words = {
        UnsureReason.NOT_KNOWN_TO_MODEL: QCoreApplication.translate("Inspection", "unknown to the model"),
        UnsureReason.LOOK_ALIKE: similar_to(position, names),
        UnsureReason.TWO_LABELS: QCoreApplication.translate("Inspection", "could be two tools"),
        UnsureReason.FRAMES_DISAGREE: QCoreApplication.translate("Inspection", "not seen every time"),
        UnsureReason.OTHER_SIZE: QCoreApplication.translate("Inspection", "not the usual size"),
        UnsureReason.LOW_CONFIDENCE: QCoreApplication.translate("Inspection", "hard to see"),
    }
    shown = set(position.reasons)
    # A row has room for one reason: what a person can check best.
    if UnsureReason.OTHER_SIZE in shown:
        shown -= {UnsureReason.LOOK_ALIKE, UnsureReason.TWO_LABELS, UnsureReason.LOW_CONFIDENCE}
    if UnsureReason.LOOK_ALIKE in shown:
        shown.discard(UnsureReason.TWO_LABELS)
    return ", ".join(word for reason, word in words.items() if reason in shown)


def key_of(position: PositionResult) -> Hashable:
    """Ties a tool's row to its mark."""
    return (position.tool_class, position.unit)


def extra_key(number: int, extra: Extra) -> Hashable:
    """Ties an extra's row to its mark."""
    return ("extra", number, extra.tool_class)


def _rank(position: PositionResult) -> int:
    return {PositionState.MISSING: 0, PositionState.UNSURE: 1, PositionState.PRESENT: 3}[position.state]


def check_rows(inspection: Inspection, names: Names, *, settled: bool) -> list[CheckRow]:
    """A row for every tool and extra.

    Until the decision stands nothing is called missing and the order is the toolkit's; then what matters comes first.
    """
    complete = settled and inspection.status is Status.SUCCESS
    ranked: list[tuple[int, CheckRow]] = []
    for position in inspection.positions:
        key, name = key_of(position), names.of(position)
        figure = percent(position.confidence) if position.found else "—"
        if position.state is PositionState.PRESENT:
            row = CheckRow(key, "present", name, "", figure, "ok" if complete else "")
        elif position.state is PositionState.UNSURE:
            row = CheckRow(key, "unsure", name, reason_words(position, names), figure, "look")
        elif settled:
            row = CheckRow(key, "missing", name, QCoreApplication.translate("Inspection", "missing"), "—", "bad")
        else:
            row = CheckRow(key, "waiting", name, QCoreApplication.translate("Inspection", "not seen yet"), "—")
        ranked.append((_rank(position) if settled else 0, row))
    for number, extra in enumerate(inspection.extras):
        name = QCoreApplication.translate("Inspection", "extra: {name}").format(name=names.of_class(extra.tool_class))
        row = CheckRow(extra_key(number, extra), "extra", name, "", percent(extra.confidence), "look")
        ranked.append((2, row))
    return [row for _, row in sorted(ranked, key=lambda pair: pair[0])]


def marks_of(inspection: Inspection, names: Names, *, settled: bool) -> list[Mark]:
    """A mark for everything that was seen; only what is unsure carries a number."""
    complete = settled and inspection.status is Status.SUCCESS
    marks: list[Mark] = []
    for position in inspection.positions:
        if position.box is None or not position.found:
            continue
        if position.state is PositionState.UNSURE:
            figure = percent(position.confidence)
            marks.append(Mark(key_of(position), position.box, names.of(position), MarkKind.UNSURE, figure))
        else:
            kind = MarkKind.COMPLETE if complete else MarkKind.SEEN
            marks.append(Mark(key_of(position), position.box, names.of(position), kind))
    for number, extra in enumerate(inspection.extras):
        marks.append(Mark(extra_key(number, extra), extra.box, names.of_class(extra.tool_class), MarkKind.EXTRA))
    return marks
