"""The history of operations as it is asked for and shown: filters, rows, pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.operation import OperationType

T = TypeVar("T")


class Finding(StrEnum):
    """What an operation says of one tool, where it says more than that the tool is there.

    A person's count has the last word. Recognition alone says missing, unsure and extra.
    """

    MISSING = "missing"
    DAMAGED = "damaged"
    PIECE_MISSING = "piece_missing"
    WRONG = "wrong"
    KEPT = "kept"  # stayed out at the return of a part
    EXTRA = "extra"  # lay there and does not belong to the kit
    UNSURE = "unsure"  # recognition could not tell
    OVERLOOKED = "overlooked"  # recognition missed it, a person found it
    READ = "read"  # there, and a person read its marking or wrote a remark


class Part(StrEnum):
    """As what a person took part in an operation."""

    DID = "did"
    GAVE = "gave"
    WITNESSED = "witnessed"
    HOLDS = "holds"  # the kit is in their custody after it, or was until then


class Order(StrEnum):
    """Which end of the history comes first: the order in which the station recorded, whatever its clock said."""

    NEWEST_FIRST = "newest_first"
    OLDEST_FIRST = "oldest_first"


class Choice(StrEnum):
    """What a filter can be chosen from."""

    PERSON = "person"
    KIT = "kit"
    TOOLKIT = "toolkit"
    TOOL_CLASS = "tool_class"
    AIRCRAFT = "aircraft"
    WORK_ORDER = "work_order"
    MODEL = "model"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What is asked for: everything that is set must hold. The case of names, numbers and badges does not matter.

    since, before   when the operation was finished: since <= finished < before, aware; whoever asks chooses local days
    person          a badge, or a whole name
    parts           as what that person took part; empty: as anything
    types, statuses, final_statuses  one of these; empty: any
    tool_class, marking, findings    of one and the same thing that was said of a tool: see `Finding`
    with_case       whether the operation opened a lost-tool case
    count_owed      whether its count is still owed
    counted         whether a person counted by hand
    overridden      whether somebody let the kit go out nevertheless
    first_pass      whether recognition found all at once: raw status success, nobody counted
    model           name or SHA-256 of a model
    site            site_id of the station
    text            words, all of which must occur in kit, toolkit, names, badges, aircraft, work order, note, case
                    numbers or markings; the beginning of a word is enough from two letters on
    """

    since: datetime | None = None
    before: datetime | None = None
    person: str = ""
    parts: frozenset[Part] = frozenset()
    kit: str = ""
    toolkit: str = ""
    tool_class: str = ""
    marking: str = ""
    findings: frozenset[Finding] = frozenset()
    aircraft: str = ""
    work_order: str = ""
    types: frozenset[OperationType] = frozenset()
    statuses: frozenset[Status] = frozenset()
    final_statuses: frozenset[Status] = frozenset()
    with_case: bool | None = None
    count_owed: bool | None = None
    counted: bool | None = None
    overridden: bool | None = None
    first_pass: bool | None = None
    model: str = ""
    site: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody by badge and name as they were recorded; both empty for nobody."""

    badge: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was said of a tool. `marking` is empty where nobody knows it."""

    finding: Finding
    tool_class: str
    unit: int
    marking: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One operation as a table shows it. Times are aware, in UTC.

    utc_offset_minutes  of the station when it happened
    holder              in whose custody the kit is after it or, where `leaves_out` is False, was until then
    leaves_out          whether something is out after it
    findings            in the order of the count; empty after a clean success
    photos_here         whether its photos lie at this station; False where it has none or the centre alone has them
    has_photos          whether it was recorded with photos
    """

    operation_id: UUID
    site_id: str
    site_seq: int
    type: OperationType
    started_at: datetime
    finished_at: datetime
    utc_offset_minutes: int
    kit: str
    toolkit: str
    person: Who
    giver: Who
    witness: Who
    holder: Who
    leaves_out: bool
    aircraft: str
    work_order: str
    expected_return: datetime | None
    status: Status
    final_status: Status
    match_percentage: float
    findings: tuple[Found, ...]
    cases: tuple[str, ...]
    note: str
    model: str
    model_sha256: str
    count_owed: bool
    counted: bool
    overridden: bool
    has_photos: bool
    photos_here: bool

    def tools(self, *findings: Finding) -> tuple[str, ...]:
        """The classes of which one of these was said, one for each tool."""
        return tuple(found.tool_class for found in self.findings if found.finding in findings)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the history: the rows after that operation in the chosen order, or with `back` those before it."""

    site_seq: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Rows in the chosen order, and from where it goes on; None where there are no more."""

    rows: tuple[HistoryRow, ...]
    previous: Position | None = None
    next: Position | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are; with `more` at least so many."""

    number: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """One of the values that a filter can be chosen from: what is put into the filter, and what people call it."""

    value: str
    title: str = ""


class HistoryRepository(Protocol):
    """The history by filters. Every question goes by an index, whatever it asks for."""

    def page(
        self, wanted: HistoryFilter, *, order: Order = Order.NEWEST_FIRST, at: Position | None = None, limit: int
    ) -> HistoryPage:
        """At most `limit` rows, from the beginning or from `at`."""

    def around(
        self, wanted: HistoryFilter, operation_id: UUID, *, order: Order = Order.NEWEST_FIRST, limit: int
    ) -> HistoryPage | None:
        """The page with that operation in its middle; None where the filter leaves it out."""

    def row(self, operation_id: UUID) -> HistoryRow | None:
        """One operation."""

    def count(self, wanted: HistoryFilter, *, most: int) -> Counted:
        """How many there are, counted up to `most`."""

    def rows(self, wanted: HistoryFilter, *, order: Order = Order.NEWEST_FIRST) -> Iterator[HistoryRow]:
        """All of them, page by page: memory does not grow with their number."""

    def choices(self, choice: Choice, text: str = "", *, limit: int) -> list[Known]:
        """Values that occur in the history and contain `text`, by title; those that begin with it come first."""


Consumer = Callable[[Iterator[HistoryRow]], T]
"""What is done with all rows, one after the other; it must use up what it needs before it returns."""
