"""An operation read back from its result JSON, as another station recorded it (docs/result.schema.json)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import Count, CountedPosition, Operation, OperationType, Photos

_OF_THE_OPERATION = frozenset({"operation_type", "timestamp", "user", "kit", "operation"})


def operation_of(document: Mapping[str, Any]) -> Operation:
    """The inverse of `operation_json`; raises `KeyError`, `TypeError` or `ValueError` for anything else.

    A document of which only the essentials were kept gives an operation with an empty `result`.
    """
    said = document["operation"]
    model = document.get("model") or {}
    due = said["expected_return"]
    giver, witness = said["giver"] or {}, said["witness"] or {}
    return Operation(
        operation_id=UUID(said["id"]),
        site_id=str(said["site_id"]),
        site_seq=int(said["site_seq"]),
        type=OperationType(document["operation_type"]),
        toolkit=str(document["toolkit"]),
        kit=str(document["kit"]),
        person_badge=str(document["user"]["badge"]),
        person_name=str(document["user"]["name"]),
        started_at=_aware(said["started_at"]),
        finished_at=_aware(said["finished_at"]),
        utc_offset_minutes=int(said["utc_offset_minutes"]),
        status=Status(document["status"]),
        final_status=Status(said["final_status"]),
        match_percentage=float(document["match_percentage"]),
        result={name: value for name, value in document.items() if name not in _OF_THE_OPERATION},
        expected=quantities_of(said["expected"]),
        counted=counted_of(said["counted"]),
        photos=Photos(str(said["photos"]["clean"]), str(said["photos"]["annotated"])),
        model_name=str(model.get("name", "")),
        model_sha256=str(model.get("sha256", "")),
        app_version=str(said["app_version"]),
        note=str(said["note"]),
        closes=UUID(said["closes"]) if said["closes"] else None,
        giver_badge=str(giver.get("badge", "")),
        giver_name=str(giver.get("name", "")),
        witness_badge=str(witness.get("badge", "")),
        witness_name=str(witness.get("name", "")),
        work_order=str(said["work_order"]),
        aircraft=str(said["aircraft"]),
        expected_return=_aware(due) if due else None,
        custody=quantities_of(said["custody"]),
        holder_badge=str(said["holder"]["badge"]),
        holder_name=str(said["holder"]["name"]),
        overrides=tuple(dict(word) for word in said["overrides"]),
        cases=tuple(str(number) for number in said["cases"]),
        later=tuple(dict(entry) for entry in said["later"]),
        checkout_unknown=bool(said.get("checkout_unknown", False)),
    )


def counted_of(said: Iterable[Mapping[str, Any]]) -> tuple[CountedPosition, ...]:
    """The inverse of `counted_json`; raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    return tuple(_position(position) for position in said)


def _position(said: Mapping[str, Any]) -> CountedPosition:
    return CountedPosition(
        tool_class=str(said["class_name"]),
        unit=int(said["unit"]),
        count=Count(said["count"]),
        by_hand=bool(said["by_hand"]),
        marking=str(said["marking"]),
        note=str(said["note"]),
        photo=str(said["photo"]),
        tool_id=UUID(said["tool_id"]) if said["tool_id"] else None,
    )


def quantities_of(said: Mapping[str, Any]) -> dict[str, int]:
    """How many of each tool class; raises `TypeError` or `ValueError` for anything else."""
    made = {str(name): int(quantity) for name, quantity in said.items()}
    if any(quantity < 1 for quantity in made.values()):
        raise ValueError("a quantity that is none")
    return made


def _aware(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time without a time zone")
    return at
