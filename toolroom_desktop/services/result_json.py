"""The result JSON of an inspection or operation, as `docs/result.schema.json` describes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolroom_desktop.domain.detection import Box
from toolroom_desktop.domain.inspection import Inspection
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.domain.thresholds import LookAlikeGroup, Thresholds
from toolroom_desktop.domain.toolkit import Toolkit

RESULT_VERSION = 1


def _box(box: Box | None) -> list[float] | None:
    return None if box is None else [round(side, 1) for side in (box.x1, box.y1, box.x2, box.y2)]


def _classes(group: LookAlikeGroup | None, toolkit: Toolkit) -> list[str]:
    return [] if group is None else list(group.in_order_of(toolkit.expected))


def thresholds_json(thresholds: Thresholds) -> dict[str, Any]:
    """All numbers of the decision as plain JSON."""
    quality = thresholds.quality
    return {
        "review": thresholds.review,
        "accept": thresholds.accept,
        "match_percentage": thresholds.match_percentage,
        "same_object": thresholds.same_object,
        "agreement": thresholds.agreement,
        "quality": {
            "darkest": quality.darkest,
            "least_contrast": quality.least_contrast,
            "least_sharpness": quality.least_sharpness,
            "most_glare": quality.most_glare,
        },
        "per_class": {
            name: {"accept": own.accept, "review": own.review} for name, own in sorted(thresholds.per_class.items())
        },
    }


def inspection_json(inspection: Inspection, toolkit: Toolkit) -> dict[str, Any]:
    """What recognition said, without who, when and for what operation. Boxes are [x1, y1, x2, y2] in pixels."""
    positions = []
    detected = []
    for result in inspection.positions:
        position = toolkit.position(result.tool_class)
        positions.append(
            {
                "class_name": result.tool_class,
                "unit": result.unit,
                "name_ru": position.name("ru") if position else result.tool_class,
                "name_en": position.name("en") if position else result.tool_class,
                "state": result.state.value,
                "found": result.found,
                "confidence": round(result.confidence, 4),
                "reasons": sorted(reason.value for reason in result.reasons),
                "look_alikes": _classes(result.look_alikes, toolkit),
                "box": _box(result.box),
            }
        )
        if result.found:
            detected.append((result.tool_class, result.confidence, result.box))
    detected.extend((extra.tool_class, extra.confidence, extra.box) for extra in inspection.extras)
    return {
        "result_version": RESULT_VERSION,
        "status": inspection.status.value,
        "match_percentage": round(inspection.match_percentage, 2),
        "detected_tools": [
            {"class_name": name, "confidence": round(confidence, 4), "box": _box(box)}
            for name, confidence, box in detected
        ],
        "missing_tools": [p.tool_class for p in inspection.missing],
        "unsure_tools": [p.tool_class for p in inspection.unsure],
        "extra_tools": [e.tool_class for e in inspection.extras],
        "positions": positions,
        "look_alikes": [
            {
                "class_names": _classes(group, toolkit),
                "look_at_ru": group.look_at("ru"),
                "look_at_en": group.look_at("en"),
            }
            for group in inspection.look_alikes
        ],
        "manual_reasons": sorted(reason.value for reason in inspection.manual_reasons),
        "picture_problems": sorted(problem.value for problem in inspection.picture_problems),
        "frames": inspection.frames,
        "image": {"width": inspection.width, "height": inspection.height},
        "thresholds": thresholds_json(inspection.thresholds),
        "model": {"name": inspection.model_name, "sha256": inspection.model_sha256},
        "toolkit": toolkit.name,
    }


def check_json(inspection: Inspection, toolkit: Toolkit, *, operation_type: str, timestamp: str) -> dict[str, Any]:
    """The result of a check that is not recorded: nobody's, of no kit."""
    return {
        **inspection_json(inspection, toolkit),
        "operation_type": operation_type,
        "timestamp": timestamp,
        "user": None,
        "kit": None,
        "operation": None,
    }


def counted_json(operation: Operation) -> list[dict[str, Any]]:
    """A person's word on every tool as plain JSON; empty where nobody counted."""
    return [
        {
            "class_name": c.tool_class,
            "unit": c.unit,
            "count": c.count.value,
            "by_hand": c.by_hand,
            "marking": c.marking,
            "note": c.note,
            "photo": c.photo,
            "tool_id": str(c.tool_id) if c.tool_id else None,
        }
        for c in operation.counted
    ]


def _signatory(badge: str, name: str) -> dict[str, str] | None:
    return {"badge": badge, "name": name} if badge else None


_OF_THE_RECORD = frozenset({"operation_type", "timestamp", "user", "kit", "operation"})
"""What `operation_json` says beside the inspection."""


def result_in(document: Mapping[str, Any]) -> dict[str, Any]:
    """The inspection in the result of a recorded operation, as it was before `operation_json`."""
    return {name: value for name, value in document.items() if name not in _OF_THE_RECORD}


def operation_json(operation: Operation) -> dict[str, Any]:
    """The result of a recorded operation: what recognition said, what a person counted, and who, when and what for."""
    return {
        **operation.result,
        "operation_type": operation.type.value,
        "timestamp": operation.finished_at.isoformat(),
        "user": {"badge": operation.person_badge, "name": operation.person_name},
        "kit": operation.kit,
        "operation": {
            "id": str(operation.operation_id),
            "site_id": operation.site_id,
            "site_seq": operation.site_seq,
            "started_at": operation.started_at.isoformat(),
            "finished_at": operation.finished_at.isoformat(),
            "utc_offset_minutes": operation.utc_offset_minutes,
            "final_status": operation.final_status.value,
            "count_owed": operation.count_owed,
            "counted": counted_json(operation),
            "expected": dict(operation.expected),
            "photos": {"clean": operation.photos.clean, "annotated": operation.photos.annotated},
            "note": operation.note,
            "closes": str(operation.closes) if operation.closes else None,
            "app_version": operation.app_version,
            "giver": _signatory(operation.giver_badge, operation.giver_name),
            "witness": _signatory(operation.witness_badge, operation.witness_name),
            "work_order": operation.work_order,
            "aircraft": operation.aircraft,
            "expected_return": operation.expected_return.isoformat() if operation.expected_return else None,
            "custody": dict(operation.custody),
            "holder": {"badge": operation.holder_badge, "name": operation.holder_name},
            "overrides": [dict(override) for override in operation.overrides],
            "cases": list(operation.cases),
            "later": [dict(entry) for entry in operation.later],
            "checkout_unknown": operation.checkout_unknown,
        },
    }
