"""With what somebody comes to the history: a kit, a search, or something that was scanned there."""

from __future__ import annotations

import json

from toolroom_desktop.domain.marks import Named
from toolroom_desktop.services.history_search import Search, search_of
from toolroom_desktop.services.scanning import Meaning

_KIT = "kit:"


def aimed_at(subject: str) -> Search | None:
    """The search that a subject asks for: "kit:" and a number, or a search as JSON; None for anything else."""
    if subject.startswith(_KIT):
        return Search().having("kit", subject.removeprefix(_KIT))
    return search_of(json.loads(subject)) if subject.startswith("{") else None


def narrowed(search: Search, meaning: Meaning) -> Search:
    """The search, only for the kit, the person or the tool that was scanned."""
    if meaning.kind is Named.KIT:
        return search.having("kit", meaning.subject)
    if meaning.kind is Named.BADGE:
        return search.having("person", meaning.subject, meaning.name)
    if meaning.tool is not None:
        return search.having("marking", meaning.tool.marking or meaning.tool.serial_number)
    return search
