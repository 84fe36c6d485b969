"""A report that was made: its data in spools, what it is called, who made it, and its hash."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from uuid import UUID

from toolroom_desktop.services.reports.content import About, Column, Row
from toolroom_desktop.services.reports.ports import Spool

Photo = Callable[[str], bytes | None]
"""The bytes of a photo by its SHA-256; None where it is not here (any more)."""


@dataclass(frozen=True, slots=True)
class MadeSection:
    """One table of a report."""

    name: str
    columns: tuple[Column, ...]
    count: int
    spool: Spool

    def rows(self) -> Iterator[Row]:
        """All rows, from the first one."""
        return (json.loads(line) for line in self.spool.lines())


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that was given for what a form says. `entry` is its id in the journal; None where nobody signed."""

    name: str = ""
    badge: str = ""
    at: datetime | None = None
    entry: UUID | None = None


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report. Close it when it is written.

    made_by      the name of whoever asked for it; empty for the station itself
    app_version  of the program that made it
    classes, toolkits  what tool classes and toolkits are called in Russian and English
    signatures   of a form with two fields to sign: those that were given in the program; empty for other reports
    subject      the kit, tool or person that it is about, for people; empty where it is about all
    """

    report_id: UUID
    about: About
    made_at: datetime
    made_by: str
    app_version: str
    data_sha256: str
    sections: tuple[MadeSection, ...]
    photo: Photo
    classes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    toolkits: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    signatures: tuple[Signed, ...] = ()
    subject: str = ""

    @property
    def rows(self) -> int:
        """How many rows all tables have."""
        return sum(section.count for section in self.sections)

    def section(self, name: str) -> MadeSection:
        """The table of that name; KeyError for none."""
        found = [section for section in self.sections if section.name == name]
        if not found:
            raise KeyError(name)
        return found[0]

    def __enter__(self) -> MadeReport:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the data."""
        for section in self.sections:
            section.spool.close()
