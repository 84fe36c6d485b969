"""A person's count with what was read, noted and photographed at single tools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.operation import Count, CountedPosition, OperationType, complete_count
from toolroom_desktop.services.operation_input import Confirmation, Evidence
from toolroom_desktop.services.ports import EvidenceStore


@dataclass(frozen=True, slots=True)
class Counted:
    """Every position with its final word; `sizes` are the photos of single tools, on disk, with their bytes."""

    positions: tuple[CountedPosition, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)


def refuse_half_count(confirmation: Confirmation) -> None:
    """Raise `BadInput` where a return of what is not known to be out leaves open what came back."""
    if confirmation.count_later:
        raise BadInput("operation.unknown_needs_count")
    if Count.KEPT in confirmation.answers.values():
        raise BadInput("operation.unknown_keeps_nothing")


def take_count(type_: OperationType, evidence: Evidence, confirmation: Confirmation, store: EvidenceStore) -> Counted:
    """The count of an operation. Photos of single tools are put into the evidence; without a record they are orphans.

    Whoever says something about a tool has looked at it: a remark on one that was not asked for counts it as found.
    Raises `BadInput` while an answer is owed or where one is not possible, and `DatabaseProblem` for a full disk.
    """
    answers = dict(confirmation.answers)
    owed = sorted(evidence.to_count - set(answers))
    if owed and not confirmation.count_later:
        raise BadInput("operation.count_owed", count=len(owed), tool_class=owed[0][0])
    if type_ is not OperationType.CHECKIN and Count.KEPT in answers.values():
        raise BadInput("operation.kept_only_at_checkin")
    if confirmation.count_later:
        return Counted()
    for key in confirmation.remarks:
        answers.setdefault(key, Count.FOUND)
    positions: list[CountedPosition] = []
    sizes: dict[str, int] = {}
    for position in complete_count(evidence.inspection, answers):
        remark = confirmation.remarks.get((position.tool_class, position.unit))
        if remark is None:
            positions.append(position)
            continue
        photo = "" if remark.photo is None else store.put(remark.photo)
        if remark.photo is not None:
            sizes[photo] = len(remark.photo)
        positions.append(replace(position, marking=remark.marking.strip(), note=remark.note.strip(), photo=photo))
    return Counted(tuple(positions), sizes)
