"""What an operation led to, line by line: for the confirmation and for the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from toolroom_desktop.domain.custody import Block, BlockReason
from toolroom_desktop.domain.operation import Count, Operation, OperationType
from toolroom_desktop.services.vision_ports import ModelInfo
from toolroom_desktop.ui.block_words import block_sentence
from toolroom_desktop.ui.words import short_name


def class_names(operation: Operation, model: ModelInfo, language: str) -> dict[str, str]:
    """What the classes of an operation are called: by the model's names, over them the record's own."""
    names = dict(model.names_ru if language == "ru" else model.names_en)
    names.update({p["class_name"]: str(p[f"name_{language}"]) for p in operation.result.get("positions", ())})
    return names


def tools_word(tools: Mapping[str, int], names: Mapping[str, str]) -> str:
    """Tools by name, with their number where there are several of one class."""
    return ", ".join(
        names.get(name, name) if number == 1 else f"{names.get(name, name)} × {number}"
        for name, number in tools.items()
    )


def overruled_words(override: Mapping[str, Any], names: Mapping[str, str], language: str) -> list[str]:
    """What somebody overruled, one line each."""
    blocks = [
        Block(
            BlockReason(said["reason"]),
            said["class_name"],
            said["marking"],
            date.fromisoformat(said["due"]) if said["due"] else None,
            said["case"],
            said.get("station", ""),
        )
        for said in override.get("overruled", ())
    ]
    return [block_sentence(block, lambda name: names.get(name, name), language) for block in blocks]


def in_part(operation: Operation) -> bool:
    """Whether this was a return of which nothing is wrong but that a part stays out."""
    counts = {position.count for position in operation.counted}
    return operation.type is OperationType.CHECKIN and Count.KEPT in counts and counts <= {Count.FOUND, Count.KEPT}


def outcome_lines(operation: Operation, names: Mapping[str, str]) -> list[str]:
    """What followed from it, line by line; empty where nothing is worth a word. `names` are those of the classes."""
    holder = short_name(operation.holder_name)
    lines: list[str] = []
    if operation.stayed:
        sentence = QCoreApplication.translate("Outcome", "Kit {kit} stays in the toolroom: it is not complete.")
        lines.append(sentence.format(kit=operation.kit))
    elif operation.type is OperationType.CHECKOUT and operation.overrides:
        lines.append(QCoreApplication.translate("Outcome", "Issued nevertheless, signed by:"))
        lines += [f"{short_name(override['name'])}: {override['reason']}" for override in operation.overrides]
    if operation.type is OperationType.CHECKIN and operation.custody:
        sentence = QCoreApplication.translate("Outcome", "Stays out with {holder}: {tools}.")
        lines.append(sentence.format(holder=holder, tools=tools_word(operation.custody, names)))
    by_another = operation.holder_badge.casefold() != operation.person_badge.casefold()
    if operation.type is OperationType.CHECKIN and operation.holder_badge and by_another:
        sentence = QCoreApplication.translate("Outcome", "Was with {holder} · brought back by {person}")
        lines.append(sentence.format(person=short_name(operation.person_name), holder=holder))
    if operation.checkout_unknown and operation.closes is None:
        lines.append(
            QCoreApplication.translate("Outcome", "Not known here to be out; its checkout is added by itself.")
        )
    elif operation.checkout_unknown:
        lines.append(QCoreApplication.translate("Outcome", "Not known here to be out; its checkout was added since."))
    if operation.cases:
        sentence = QCoreApplication.translate("Outcome", "Lost-tool case opened: {cases}. Begin the search now.")
        lines.append(sentence.format(cases=", ".join(operation.cases)))
    if operation.count_owed:
        lines.append(QCoreApplication.translate("Outcome", "The count by hand is still owed."))
    return lines
