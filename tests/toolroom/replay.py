"""The records once more, made of the journal's payloads alone, and the rules that must hold in any journal.

It shares no code with the services: what it finds must be what the tables say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from toolroom_desktop.domain.journal import JournalEntry
from toolroom_desktop.services.case_json import case_json
from toolroom_desktop.services.consequences import tool_json
from toolroom_desktop.services.ports import UnitOfWork

LACKING = {"missing", "wrong", "piece_missing"}
_TOOL_KINDS = {"tool_added", "tool_changed", "tool_taken_out", "tool_put_in", "tool_swapped", "tools_imported"}
_TOOL_FIELDS = (
    "tool_id",
    "tool_class",
    "kit",
    "unit",
    "part_number",
    "serial_number",
    "marking",
    "calibration_due",
    "state",
    "photo",
    "note",
)


class RuleBrokenError(AssertionError):
    """A rule of the toolroom that the journal breaks."""


def hold(rule: str, holds: bool, **facts: object) -> None:
    """Raise `RuleBrokenError` naming the rule unless it holds."""
    if not holds:
        raise RuleBrokenError(f"{rule}: {facts}")


@dataclass
class Replay:
    """What the journal says up to an entry.

    custody   kit -> the operation's payload since which it is out
    tools     id -> its fields
    cases     id -> the case with its events so far
    lost_by   id of a tool -> the number of the case whose release says that it is lost
    """

    custody: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    tools: dict[str, dict[str, Any]] = field(default_factory=dict)
    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    signatures: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    operations: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    lost_by: dict[str, str] = field(default_factory=dict)
    _noted: Counter[str] = field(default_factory=Counter)

    def take_in(self, entries: Iterable[JournalEntry]) -> Replay:
        """Go on with these entries; raises `RuleBrokenError`."""
        for entry in entries:
            self._one(entry)
        return self

    def _one(self, entry: JournalEntry) -> None:
        said = entry.payload
        if entry.kind == "signature":
            self.signatures[str(entry.op_id)] = said
        elif entry.kind in _TOOL_KINDS:
            for part in [said, said.get("out"), said.get("in"), *said.get("tools", ())]:
                if isinstance(part, Mapping) and "tool_id" in part:
                    self.tools[part["tool_id"]] = {name: part[name] for name in _TOOL_FIELDS}
            if said.get("reason") == "case_released":
                self.lost_by[said["tool_id"]] = said["case"]
        elif entry.kind == "case_opened":
            hold("no case is opened twice", said["case_id"] not in self.cases, number=said["number"])
            numbers = {case["number"] for case in self.cases.values()}
            hold("no two cases have one number", said["number"] not in numbers, number=said["number"])
            self.cases[said["case_id"]] = {**said, "events": list(said["events"])}
            self._noted[said["operation_id"]] += 1
        elif entry.kind.startswith("case_"):
            self._case_event(said)
        elif entry.kind.startswith("operation."):
            self._operation(entry)
        elif entry.kind == "operation_counted":
            self._counted_later(said)
        elif entry.kind == "custody_ended_elsewhere":
            held = self.custody.get(said["kit"])
            hold("what ends elsewhere is what is open", held is not None and held["id"] == said["operation"])
            del self.custody[said["kit"]]
        elif entry.kind == "checkout_joined":
            returned = self.operations[said["operation"]]
            hold("only a return that did not know is joined", returned["checkout_unknown"], kit=said["kit"])
            hold("a return is joined once", returned["closes"] is None, kit=said["kit"])
            self.operations[said["operation"]] = {**returned, "closes": said["checkout"]}

    def _case_event(self, said: Mapping[str, Any]) -> None:
        case, event = self.cases[said["case_id"]], said["event"]
        if said["state"] == "released" and case["state"] != "released":
            hold("only quality releases a case", event["role"] == "quality", case=case["number"], by=event["badge"])
        elif said["state"] != "released" and case["state"] == "released":
            hold("a released case opens only by being reopened", event["kind"] == "reopened", case=case["number"])
        case["events"].append(event)
        case["state"] = said["state"]
        if event["count"] is not None and event["operation_id"] is not None:
            self._noted[event["operation_id"]] += 1

    def open_cases(self, kit: str, *, but_of: str = "") -> list[str]:
        """The numbers of the open cases of a kit, but for those that an operation opened or spoke of itself."""
        return [
            case["number"]
            for case in self.cases.values()
            if case["kit"] == kit and case["state"] != "released" and case["operation_id"] != but_of
        ]

    def _operation(self, entry: JournalEntry) -> None:
        kit, said = entry.payload["kit"], entry.payload["operation"]
        name, type_ = said["id"], entry.payload["operation_type"]
        hold("no operation is recorded twice", name not in self.operations, kit=kit)
        self.operations[name] = said
        before = self.custody.get(kit)
        out = Counter(said["custody"])
        if said["closes"] is not None and said["closes"] not in self.operations:
            hold("what is out here comes back first", before is None, kit=kit)
            hold("nothing stays out that was not", out <= Counter(said["expected"]), kit=kit)
        elif said["closes"] is not None:
            hold("what is closed is what is open", before is not None and before["id"] == said["closes"], kit=kit)
            assert before is not None
            self._conserve(kit, before, said, out)
            del self.custody[kit]
        elif type_ == "checkout":
            hold("a kit is never in two places", before is None, kit=kit)
            hold("no tool goes out that was not there", out <= Counter(said["expected"]), kit=kit)
        else:
            hold("only a checkout hands out what is in", not out, kit=kit, type=type_)
            unknown = said.get("checkout_unknown", False)
            hold("a return of what is in says so", type_ != "checkin" or unknown, kit=kit)
        lacking = sum(position["count"] in LACKING for position in said["counted"])
        hold("every tool that is missing has a case", self._noted[name] >= lacking, kit=kit, lacking=lacking)
        overruled = any(word["purpose"] == "override" for word in said["overrides"])
        if type_ == "checkout" and said["final_status"] == "discrepancy":
            hold("an incomplete kit goes out by a shift lead's word alone", overruled or not out, kit=kit)
        if out:
            self.custody[kit] = said
            if type_ == "checkout":
                self._issued(kit, said)

    def _counted_later(self, said: Mapping[str, Any]) -> None:
        """What came to light afterwards: less is out than was thought, or at a return, a part of it stays out."""
        kit, operation = said["kit"], self.operations[said["operation"]]
        lacking = sum(position["count"] in LACKING for position in said["counted"])
        hold("a count is given once", not operation["counted"], kit=kit)
        hold("every tool that is missing has a case", self._noted[said["operation"]] >= lacking, kit=kit)
        out = Counter(said["custody"])
        hold("nothing comes out by being counted", out <= Counter(operation["expected"]), kit=kit)
        held = self.custody.get(kit)
        hold("a count speaks of the newest operation", held is None or held["id"] == operation["id"], kit=kit)
        counted = {**operation, "counted": said["counted"], "custody": said["custody"]}
        self.operations[said["operation"]] = counted
        self.custody.pop(kit, None)
        if out:
            self.custody[kit] = counted

    @staticmethod
    def _conserve(kit: str, before: Mapping[str, Any], said: Mapping[str, Any], out: Counter[str]) -> None:
        """What was out is afterwards in, out or missed: nothing vanishes, nothing appears."""
        was = Counter(before["custody"])
        hold("a return is compared with what is out", Counter(said["expected"]) == was, kit=kit)
        counted = Counter(position["class_name"] for position in said["counted"])
        hold("every tool that is out is counted, or none", not counted or counted == was, kit=kit)
        kept = Counter(p["class_name"] for p in said["counted"] if p["count"] == "kept")
        hold("what is kept stays out", out >= kept, kit=kit, kept=kept, out=out)
        hold("nothing stays out that was not", out <= was, kit=kit)
        if kept:
            hold("who keeps a part is who had the whole", said["holder"] == before["holder"], kit=kit)

    def _issued(self, kit: str, said: Mapping[str, Any]) -> None:
        blocking = self.open_cases(kit, but_of=said["id"])
        if not blocking:
            return
        roles = {
            self.signatures[word["signature"]]["role"]
            for word in said["overrides"]
            if self.signatures[word["signature"]]["subject"] == said["id"]
        }
        hold("a kit with an open case goes out by quality's word alone", "quality" in roles, kit=kit, cases=blocking)


def tables(uow: UnitOfWork) -> dict[str, Any]:
    """What the tables say of custody, tools and cases, in the words of the journal."""
    return {
        "custody": {
            held.kit: (str(held.operation_id), held.holder_badge, dict(held.custody))
            for held in uow.operations.open_checkouts()
        },
        "tools": {str(tool.tool_id): tool_json(tool) for tool in uow.tools.all()},
        "cases": {str(case.case_id): case_json(case) for case in uow.cases.recent(limit=1_000_000)},
    }


def as_tables(replay: Replay) -> dict[str, Any]:
    """The same of a replay."""
    return {
        "custody": {
            kit: (said["id"], said["holder"]["badge"], said["custody"]) for kit, said in replay.custody.items()
        },
        "tools": replay.tools,
        "cases": replay.cases,
    }


def account_for(replay: Replay) -> None:
    """Every tool is somewhere: a lost one in a case, all others at one place at most; raises `RuleBrokenError`."""
    searched = {case["tool_id"] for case in replay.cases.values()}
    numbers = {case["number"] for case in replay.cases.values()}
    places: Counter[tuple[str, str, int]] = Counter()
    for tool in replay.tools.values():
        if tool["state"] == "lost":
            known = tool["tool_id"] in searched or replay.lost_by.get(tool["tool_id"]) in numbers
            hold("every lost tool has a case", known, tool=tool["marking"], kit=tool["kit"])
        if tool["kit"]:
            places[tool["kit"], tool["tool_class"], tool["unit"]] += 1
    twice = [place for place, count in places.items() if count > 1]
    hold("no two tools lie at one place", not twice, places=twice)
