"""Every report, declared once: what it asks for, who may have it, and which tables it is made of, in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from toolroom_desktop.domain.errors import NotFound
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.shifts import inventory_of
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.reports import audit_tables as audit
from toolroom_desktop.services.reports import columns, tables
from toolroom_desktop.services.reports.content import ReportName, Row, Section
from toolroom_desktop.services.reports.source import Source
from toolroom_desktop.services.shifts import ENDED, STARTED

SUMMARY = "summary"
"""The table of single numbers; a report in which every other one is empty is empty."""

OF_A_STATION = frozenset(
    {
        "shifts",
        "operations",
        "discrepancies",
        "counts",
        "refusals",
        "overrides",
        "kits_out",
        "cases",
        "custody",
        "sign_ins",
        "signatures",
        "corrections",
        "accounts",
        "exports",
    }
)
"""Tables whose rows say which station recorded them, where the report is about all."""


class Asks(StrEnum):
    """How a report is about a period."""

    PERIOD = "period"  # of a period, today where nobody says which
    ALL = "all"  # of all time where nobody says which period


@dataclass(frozen=True, slots=True)
class Definition:
    """One report.

    sections   the names of its tables, in their order
    subjects   what it can be about besides the period: "kit", "person", "tool"
    required   the one of them without which it cannot be made; empty for none
    landscape  whether its tables are wide
    permissions  any one of them is enough
    signed     whether two people sign it
    """

    name: ReportName
    build: Callable[[Source], Iterator[Section]]
    sections: tuple[str, ...]
    asks: Asks = Asks.PERIOD
    subjects: tuple[str, ...] = ()
    required: str = ""
    landscape: bool = True
    permissions: tuple[Permission, ...] = (Permission.EXPORT,)
    signed: bool = False

    @property
    def by_period(self) -> bool:
        """Whether it is of today where nobody says which period; else it is of all time then."""
        return self.asks is Asks.PERIOD


def _facts(counts: Mapping[str, int], *names: str) -> Section:
    rows: list[Row] = [(name, counts.get(name, 0)) for name in names]
    return Section(SUMMARY, columns.FACTS, rows)


def _shift(source: Source) -> Iterator[Section]:
    counts: Counter[str] = Counter()
    cases = list(source.cases())
    out = list(tables.out_at_the_end(source))
    inventories = source.uow.reports.entries((STARTED, ENDED), source.within)
    yield Section("shifts", columns.SHIFTS, tables.shift_inventories(source, inventories))
    yield Section("operations", columns.OPERATIONS, tables.operations(source, counts))
    yield Section("discrepancies", columns.DISCREPANCIES, tables.discrepancies(source))
    yield Section("counts", columns.COUNTS, tables.counts_by_hand(source, counts))
    yield Section("refusals", columns.REFUSALS, tables.counted(audit.refusals(source), counts, "refusals"))
    yield Section("overrides", columns.OVERRIDES, tables.counted(tables.overrides(source), counts, "overrides"))
    yield Section("kits_out", columns.OUT, out)
    yield Section("cases", columns.CASES, tables.cases(source, cases))
    counts["kits_out"] = len(out)
    counts["kits_overdue"] = sum(row[6] == "overdue" for row in out)
    counts["cases_opened"] = sum(case.opened_at >= source.within.start for case in cases)
    counts["cases_open"] = sum(case.open for case in cases)
    yield _facts(
        counts,
        "operations",
        "operations_checkout",
        "operations_checkin",
        "operations_handover",
        "operations_inventory",
        "discrepancies",
        "counts",
        "counts_owed",
        "refusals",
        "overrides",
        "kits_out",
        "kits_overdue",
        "cases_opened",
        "cases_open",
    )


def _kit(source: Source) -> Iterator[Section]:
    kit, counts = source.about.kit, Counter[str]()
    cases = [case for case in source.cases() if case.kit.casefold() == kit.casefold()]
    yield Section("tools", columns.TOOLS, tables.tools(source.uow.tools.in_kit(kit)))
    yield Section("operations", columns.OPERATIONS, tables.operations(source, counts, kit=kit))
    spans = source.uow.reports.custody(source.within, kit=kit)
    yield Section("custody", columns.CUSTODY, tables.custody(source, spans))
    yield Section("discrepancies", columns.DISCREPANCIES, tables.discrepancies(source, kit=kit))
    yield Section(
        "overrides", columns.OVERRIDES, tables.counted(tables.overrides(source, kit=kit), counts, "overrides")
    )
    yield Section("cases", columns.CASES, tables.cases(source, cases))
    counts["cases"] = len(cases)
    yield _facts(counts, "operations", "operations_checkout", "discrepancies", "overrides", "cases")


def tool_of(source: Source) -> Tool:
    """The tool that a report is about; raises `NotFound("tool.unknown")`."""
    tool = source.tool(UUID(source.about.tool))
    if tool is None:
        raise NotFound("tool.unknown", code=source.about.tool)
    return tool


def _tool(source: Source) -> Iterator[Section]:
    tool = tool_of(source)
    records = audit.tool_records(source, tool)
    cases = [case for case in source.cases() if case.tool_id == tool.tool_id]
    yield Section("tools", columns.TOOLS, tables.tools([tool]))
    yield Section("tool_changes", columns.TOOL_CHANGES, audit.tool_changes(source, records))
    yield Section("tool_counts", columns.TOOL_COUNTS, audit.tool_counts(source, tool, records))
    yield Section("custody", columns.CUSTODY, tables.custody(source, audit.tool_custody(source, tool, records)))
    yield Section("cases", columns.CASES, tables.cases(source, cases))


def _who_had_what(source: Source) -> Iterator[Section]:
    spans = source.uow.reports.custody(source.within, kit=source.about.kit, person=source.about.person)
    yield Section("custody", columns.CUSTODY, tables.custody(source, spans))


def _discrepancies(source: Source) -> Iterator[Section]:
    rows = tables.discrepancies(source, kit=source.about.kit)
    yield Section("discrepancies", columns.DISCREPANCIES, rows)


def _lost_tools(source: Source) -> Iterator[Section]:
    kit = source.about.kit.casefold()
    cases = [case for case in source.cases() if not kit or case.kit.casefold() == kit]
    lost = [tool for tool in source.uow.tools.not_serviceable() if tool.state is ToolState.LOST]
    yield Section("cases", columns.CASES, tables.cases(source, cases))
    yield Section("lost", columns.TOOLS, tables.tools(tool for tool in lost if not kit or tool.kit.casefold() == kit))
    counts = Counter(
        cases_opened=sum(case.opened_at >= source.within.start for case in cases),
        cases_open=sum(case.open for case in cases),
        cases_released=sum(not case.open for case in cases),
    )
    yield _facts(counts, "cases_opened", "cases_open", "cases_released")


def _calibration(source: Source) -> Iterator[Section]:
    gone = (ToolState.LOST, ToolState.RETIRED)
    found = [tool for tool in source.uow.tools.all() if tool.calibration_due is not None and tool.state not in gone]
    period = source.about.period
    if period is not None:
        first, last = source.day_of(period.start), source.last_day
        found = [tool for tool in found if tool.calibration_due and first <= tool.calibration_due <= last]
    found.sort(key=lambda tool: (str(tool.calibration_due), tool.kit.casefold(), tool.tool_class, tool.unit))
    counts: Counter[str] = Counter()

    def rows() -> Iterator[Row]:
        for row in tables.calibrations(source, found):
            counts[f"calibration_{row[2]}"] += 1
            yield row

    yield Section("calibration", columns.CALIBRATION, rows())
    yield _facts(counts, "calibration_expired", "calibration_due", "calibration_good")


def _audit(source: Source) -> Iterator[Section]:
    counts: Counter[str] = Counter()

    def counted_(rows: Iterator[Row], name: str) -> Iterator[Row]:
        return tables.counted(rows, counts, name)

    def signed_in(rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            counts[f"event_{row[2]}"] += 1
            yield row

    yield Section("sign_ins", columns.SIGN_INS, signed_in(audit.sign_ins(source)))
    yield Section("refusals", columns.REFUSALS, counted_(audit.refusals(source), "refusals"))
    yield Section("signatures", columns.SIGNATURES, counted_(audit.signatures(source), "signatures"))
    yield Section("overrides", columns.OVERRIDES, counted_(tables.overrides(source), "overrides"))
    yield Section("corrections", columns.CORRECTIONS, counted_(audit.corrections(source), "corrections"))
    yield Section("accounts", columns.ACCOUNTS, counted_(audit.accounts(source), "accounts"))
    yield Section("exports", columns.EXPORTS, counted_(audit.exports(source), "exports"))
    yield _facts(
        counts,
        "event_sign_in",
        "event_sign_in_refused",
        "refusals",
        "signatures",
        "overrides",
        "corrections",
        "accounts",
        "exports",
    )


def newest_inventory(source: Source) -> JournalEntry | None:
    """The entry of the newest inventory of a shift up to the end of the period; None for none."""
    return source.uow.reports.newest_entry((STARTED, ENDED), source.within)


def _handover(source: Source) -> Iterator[Section]:
    counts: Counter[str] = Counter()
    newest = newest_inventory(source)
    cases = [case for case in source.cases() if case.open]
    out = list(tables.out_at_the_end(source))
    owed = list(tables.counts_owed(source))
    soon = [tool for tool in source.uow.tools.all() if tool.calibration_due is not None]
    soon.sort(key=lambda tool: (str(tool.calibration_due), tool.kit.casefold(), tool.unit))
    due = [row for row in tables.calibrations(source, soon) if row[2] != "good" and row[9] not in ("lost", "retired")]
    lines = () if newest is None else tables.inventory_lines(inventory_of(newest.payload["inventory"]))
    yield Section("shifts", columns.SHIFTS, tables.shift_inventories(source, [] if newest is None else [newest]))
    yield Section("inventory", columns.INVENTORY, lines)
    yield Section("kits_out", columns.OUT, out)
    yield Section("cases", columns.CASES, tables.cases(source, cases))
    yield Section("counts", columns.COUNTS, owed)
    yield Section("calibration", columns.CALIBRATION, due)
    counts.update(
        kits_out=len(out),
        kits_overdue=sum(row[6] == "overdue" for row in out),
        cases_open=len(cases),
        counts_owed=len(owed),
        calibration_due=len(due),
    )
    yield _facts(counts, "kits_out", "kits_overdue", "cases_open", "counts_owed", "calibration_due")


DEFINITIONS: Mapping[ReportName, Definition] = {
    one.name: one
    for one in (
        Definition(
            ReportName.SHIFT,
            _shift,
            (
                SUMMARY,
                "shifts",
                "operations",
                "discrepancies",
                "counts",
                "refusals",
                "overrides",
                "kits_out",
                "cases",
            ),
        ),
        Definition(
            ReportName.HANDOVER,
            _handover,
            (SUMMARY, "shifts", "inventory", "kits_out", "cases", "counts", "calibration"),
            signed=True,
        ),
        Definition(
            ReportName.KIT,
            _kit,
            (SUMMARY, "tools", "custody", "operations", "discrepancies", "overrides", "cases"),
            Asks.ALL,
            ("kit",),
            "kit",
        ),
        Definition(
            ReportName.TOOL,
            _tool,
            ("tools", "tool_changes", "tool_counts", "custody", "cases"),
            Asks.ALL,
            ("tool",),
            "tool",
        ),
        Definition(ReportName.WHO_HAD_WHAT, _who_had_what, ("custody",), subjects=("kit", "person")),
        Definition(ReportName.DISCREPANCIES, _discrepancies, ("discrepancies",), subjects=("kit",)),
        Definition(ReportName.LOST_TOOLS, _lost_tools, (SUMMARY, "cases", "lost"), subjects=("kit",)),
        Definition(
            ReportName.CALIBRATION,
            _calibration,
            (SUMMARY, "calibration"),
            Asks.ALL,
            permissions=(Permission.EXPORT, Permission.CHANGE_TOOLS),
        ),
        Definition(
            ReportName.AUDIT,
            _audit,
            (
                SUMMARY,
                "sign_ins",
                "refusals",
                "signatures",
                "overrides",
                "corrections",
                "accounts",
                "exports",
            ),
        ),
    )
}
