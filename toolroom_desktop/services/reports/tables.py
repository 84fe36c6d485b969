"""The tables of reports: each a generator of rows over one snapshot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from toolroom_desktop.domain.cases import Case, CaseEventKind
from toolroom_desktop.domain.inspection import Status
from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.domain.operation import Count, CountedPosition, Operation
from toolroom_desktop.domain.shifts import Inventory, Whereabouts, inventory_of
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.reports.content import Row, day_or_none, moment, moment_or_none
from toolroom_desktop.services.reports.ports import CustodySpan, Only
from toolroom_desktop.services.reports.source import Source

_NOT_COUNTED = "not_counted"
_EXTRA = "extra"
_GOOD = (Count.FOUND, Count.KEPT)


def counted(rows: Iterable[Row], counts: Counter[str], name: str) -> Iterator[Row]:
    """The rows, counted as they pass."""
    for row in rows:
        counts[name] += 1
        yield row


# --- operations


def operations(source: Source, counts: Counter[str], *, kit: str = "") -> Iterator[Row]:
    """Operations; `counts` learns how many there were of each type."""
    for operation in source.uow.reports.operations(source.within, kit=kit):
        counts[f"operations_{operation.type.value}"] += 1
        counts["operations"] += 1
        if operation.final_status is Status.DISCREPANCY:
            counts["discrepancies"] += 1
        yield (
            moment(operation.finished_at),
            operation.type.value,
            operation.kit,
            operation.toolkit,
            operation.person_name,
            operation.person_badge,
            operation.giver_name,
            operation.witness_name,
            operation.aircraft,
            operation.work_order,
            moment_or_none(operation.expected_return),
            operation.status.value,
            operation.final_status.value,
            round(operation.match_percentage, 2),
            operation.note,
            operation.site_seq,
            str(operation.operation_id),
            *source.station(operation.site_id),
        )


def counts_by_hand(source: Source, counts: Counter[str]) -> Iterator[Row]:
    """Operations that a person counted, or still has to."""
    for operation in source.uow.reports.operations(source.within, only=Only.COUNTED):
        counts["counts"] += 1
        counts["counts_owed"] += operation.count_owed
        yield _count_row(source, operation)


def counts_owed(source: Source) -> Iterator[Row]:
    """Operations whose count is still owed, whenever they were."""
    return (_count_row(source, operation) for operation in source.uow.operations.counts_owed())


def _count_row(source: Source, operation: Operation) -> Row:
    state = "owed" if operation.count_owed else "given"
    if any(entry["kind"] == "counted" for entry in operation.later):
        state = "later"
    return (
        moment(operation.finished_at),
        operation.type.value,
        operation.kit,
        operation.person_name,
        operation.witness_name,
        state,
        sum(position.by_hand for position in operation.counted),
        sum(position.count not in _GOOD for position in operation.counted),
        operation.final_status.value,
        str(operation.operation_id),
        *source.station(operation.site_id),
    )


def discrepancies(source: Source, *, kit: str = "") -> Iterator[Row]:
    """Every tool of which an operation said that it is not as it should be."""
    found = source.uow.reports.operations(source.within, kit=kit, only=Only.DISCREPANT, with_result=True)
    for operation in found:
        for tool_class, unit, marking, count, note in _lacking(source, operation):
            yield (
                moment(operation.finished_at),
                operation.type.value,
                operation.kit,
                operation.person_name,
                operation.person_badge,
                tool_class,
                unit,
                marking,
                count,
                note or operation.note,
                ", ".join(operation.cases),
                round(operation.match_percentage, 2),
                operation.photos.clean or None,
                operation.photos.annotated or None,
                str(operation.operation_id),
                *source.station(operation.site_id),
            )


def _lacking(source: Source, operation: Operation) -> Iterator[tuple[str, int | None, str, str, str]]:
    """(class, unit, marking, what is the matter, note) of each tool that is not as it should be."""
    if operation.counted:
        for position in operation.counted:
            if position.count is not Count.FOUND:
                marking = _marking(source, position)
                yield position.tool_class, position.unit, marking, position.count.value, position.note
        said = any(position.count is not Count.FOUND for position in operation.counted)
        if said or operation.final_status is not Status.DISCREPANCY:
            return
    else:
        for seen in operation.result.get("positions", ()):
            if seen["state"] != "present":
                yield seen["class_name"], seen["unit"], "", _NOT_COUNTED, ""
    for extra in operation.result.get("extra_tools", ()):
        yield extra, None, "", _EXTRA, ""


def _marking(source: Source, position: CountedPosition) -> str:
    if position.marking or position.tool_id is None:
        return position.marking
    tool = source.tool(position.tool_id)
    return "" if tool is None else tool.marking


def overrides(source: Source, *, kit: str = "") -> Iterator[Row]:
    """Who let a kit go out in spite of what: one row for each thing that spoke against it."""
    for operation in source.uow.reports.operations(source.within, kit=kit, only=Only.OVERRIDDEN):
        for override in operation.overrides:
            blocks: Sequence[Mapping[str, str]] = override["overruled"] or ({},)
            for block in blocks:
                yield (
                    moment(operation.finished_at),
                    operation.kit,
                    override["name"],
                    override["badge"],
                    override["purpose"],
                    block.get("reason", ""),
                    block.get("class_name", ""),
                    block.get("case", ""),
                    override["reason"],
                    override["signature"],
                    *source.station(operation.site_id),
                )


# --- custody


def custody(source: Source, spans: Iterable[CustodySpan]) -> Iterator[Row]:
    """Who had what, from when until when."""
    for span in spans:
        yield (
            span.kit,
            span.toolkit,
            span.holder_name,
            span.holder_badge,
            moment(span.since),
            moment_or_none(span.due),
            moment_or_none(span.until),
            None if span.ended_by is None else span.ended_by.value,
            span.ended_by_name,
            span.aircraft,
            span.work_order,
            *source.station(span.site_id),
        )


def out_at_the_end(source: Source) -> Iterator[Row]:
    """The kits that were out when the period ended."""
    for span in source.uow.reports.out_at(source.end, source.about.journal_seq):
        late = span.due is not None and span.due < source.end
        yield (
            span.kit,
            span.toolkit,
            span.holder_name,
            span.holder_badge,
            moment(span.since),
            moment_or_none(span.due),
            "overdue" if late else ("in_time" if span.due else "no_due"),
            span.aircraft,
            span.work_order,
            *source.station(span.site_id),
        )


# --- cases


def cases(source: Source, found: Iterable[Case]) -> Iterator[Row]:
    """Lost-tool cases as they stood at the end of the period."""
    for case in found:
        searches = [event for event in case.events if event.kind is CaseEventKind.SEARCHED]
        released = None if case.open else [e for e in case.events if e.kind is CaseEventKind.RELEASED][-1]
        over = source.end if released is None else released.at
        yield (
            case.number,
            case.kind.value,
            case.kit,
            case.tool_class,
            case.marking,
            moment(case.opened_at),
            case.found_out_at,
            case.holder_name,
            case.holder_badge,
            case.aircraft,
            case.work_order,
            len(searches),
            None if case.outcome is None else case.outcome.value,
            case.state.value,
            int((over - case.opened_at).total_seconds() // 3600),
            None if released is None else moment(released.at),
            "" if released is None else released.name,
            "" if released is None else released.text,
            *source.station(case.site_id),
        )


# --- tools


def tools(found: Iterable[Tool]) -> Iterator[Row]:
    """Tools as they are written down now."""
    for tool in found:
        yield (
            tool.kit,
            tool.tool_class,
            tool.unit or None,
            tool.marking,
            tool.part_number,
            tool.serial_number,
            day_or_none(tool.calibration_due),
            tool.state.value,
            tool.note,
        )


def calibrations(source: Source, found: Iterable[Tool]) -> Iterator[Row]:
    """Tools with the end of their calibration."""
    held = {one.kit.casefold(): one.holder_name for one in source.uow.operations.kits_out()}
    for tool in found:
        if tool.calibration_due is None:
            continue
        left = (tool.calibration_due - source.today).days
        state = "expired" if left < 0 else ("due" if left <= source.about.calibration_days else "good")
        yield (
            day_or_none(tool.calibration_due),
            left,
            state,
            tool.tool_class,
            tool.marking,
            tool.part_number,
            tool.serial_number,
            tool.kit,
            tool.unit or None,
            tool.state.value,
            held.get(tool.kit.casefold(), "") if tool.kit else "",
            tool.note,
        )


# --- shifts


def shift_inventories(source: Source, found: Iterable[JournalEntry]) -> Iterator[Row]:
    """Starts and ends of shifts, with who signed."""
    for entry in found:
        inventory = inventory_of(entry.payload["inventory"])
        yield (
            entry.kind,
            moment(inventory.at),
            inventory.by.name,
            "" if inventory.second is None else inventory.second.name,
            len(inventory.lines),
            sum(bool(line.explanation) for line in inventory.lines),
            str(entry.payload.get("second_signature") or ""),
            *source.station(entry.site_id),
        )


def inventory_lines(inventory: Inventory) -> Iterator[Row]:
    """What an inventory says of each kit that is not simply where it belongs."""
    for line in inventory.lines:
        if line.recorded is Whereabouts.IN and line.seen is line.recorded and not line.explanation:
            continue
        yield (
            line.kit,
            line.recorded.value,
            line.seen.value,
            line.holder,
            moment_or_none(line.due),
            line.explanation,
        )
