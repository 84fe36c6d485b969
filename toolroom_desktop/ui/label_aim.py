"""Which labels another screen asks for, as the subject with which the screen is reached."""

from __future__ import annotations

import json
from dataclasses import dataclass

from toolroom_desktop.services.labels import LabelKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """Labels of that kind: all, those of the tools of a `kit`, or those of the `names` that people type."""

    kind: LabelKind
    names: tuple[str, ...] = ()
    kit: str = ""


def write_aim(wanted: Wanted) -> str:
    """A subject for `Navigator.go`."""
    return json.dumps([wanted.kind.value, list(wanted.names), wanted.kit], ensure_ascii=False)


def read_aim(subject: str) -> Wanted:
    """What `write_aim` wrote."""
    kind, names, kit = json.loads(subject)
    return Wanted(LabelKind(kind), tuple(names), kit)
