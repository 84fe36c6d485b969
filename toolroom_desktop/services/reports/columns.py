"""The columns that several reports share. A share of 0 keeps a column off paper: it is in the files only."""

from __future__ import annotations

from toolroom_desktop.services.reports.content import Column, Kind

AT = Column("at", Kind.MOMENT, 13)
TYPE = Column("type", Kind.WORD, 9, "report.operation.")
KIT = Column("kit", share=8)
TOOLKIT = Column("toolkit", Kind.TOOLKIT, 14)
PERSON = Column("person", share=15)
BADGE = Column("badge", share=0)
AIRCRAFT = Column("aircraft", share=9)
WORK_ORDER = Column("work_order", share=10)
TOOL = Column("tool", Kind.TOOL, 16)
MARKING = Column("marking", share=10)
UNIT = Column("place", Kind.NUMBER, 0)
NOTE = Column("note", share=16)
SEQ = Column("journal_seq", Kind.NUMBER, 7)
FINAL = Column("final_status", Kind.WORD, 11, "report.status.")
MATCH = Column("match", Kind.PERCENT, 7)
STATE = Column("tool_state", Kind.WORD, 10, "tool.state.")
CASE = Column("case", share=9)
REASON = Column("reason", Kind.WORD, 20, "report.reason.")

STATION = Column("station", share=11)
"""Beside what a table says, where it is about all stations."""

FACTS = (Column("fact", Kind.WORD, 40, "report.fact."), Column("value", Kind.ANY, 60))
OPERATIONS = (
    AT,
    TYPE,
    KIT,
    Column("toolkit", Kind.TOOLKIT, 0),
    PERSON,
    BADGE,
    Column("giver", share=0),
    Column("witness", share=12),
    AIRCRAFT,
    WORK_ORDER,
    Column("due", Kind.MOMENT, 13),
    Column("recognised", Kind.WORD, 0, "report.status."),
    FINAL,
    MATCH,
    NOTE,
    SEQ,
    Column("operation", share=0),
)
COUNTS = (
    AT,
    TYPE,
    KIT,
    PERSON,
    Column("witness", share=13),
    Column("count_state", Kind.WORD, 12, "report.count_state."),
    Column("by_hand", Kind.NUMBER, 9),
    Column("not_found", Kind.NUMBER, 9),
    FINAL,
    Column("operation", share=0),
)
DISCREPANCIES = (
    AT,
    TYPE,
    KIT,
    PERSON,
    BADGE,
    TOOL,
    UNIT,
    MARKING,
    Column("count", Kind.WORD, 12, "report.count."),
    Column("note", share=14),
    CASE,
    MATCH,
    Column("photo", Kind.PHOTO, 0),
    Column("photo_annotated", Kind.PHOTO, 0),
    Column("operation", share=0),
)
REFUSALS = (
    AT,
    SEQ,
    PERSON,
    BADGE,
    Column("command", Kind.WORD, 16, "report.command."),
    Column("subject", share=14),
    REASON,
)
OVERRIDES = (
    AT,
    KIT,
    PERSON,
    BADGE,
    Column("purpose", Kind.WORD, 14, "report.purpose."),
    Column("overruled", Kind.WORD, 14, "report.block."),
    TOOL,
    CASE,
    Column("given_reason", share=20),
    Column("signature", share=0),
)
CUSTODY = (
    KIT,
    Column("toolkit", Kind.TOOLKIT, 14),
    Column("holder", share=15),
    BADGE,
    Column("since", Kind.MOMENT, 13),
    Column("due", Kind.MOMENT, 13),
    Column("until", Kind.MOMENT, 13),
    Column("ended_by", Kind.WORD, 9, "report.operation."),
    Column("ended_by_name", share=13),
    AIRCRAFT,
    WORK_ORDER,
)
OUT = (
    KIT,
    Column("toolkit", Kind.TOOLKIT, 18),
    Column("holder", share=16),
    BADGE,
    Column("since", Kind.MOMENT, 13),
    Column("due", Kind.MOMENT, 13),
    Column("lateness", Kind.WORD, 10, "report.lateness."),
    AIRCRAFT,
    WORK_ORDER,
)
CASES = (
    Column("case", share=10),
    Column("case_kind", Kind.WORD, 12, "report.case_kind."),
    Column("kit", share=8),
    TOOL,
    MARKING,
    Column("opened", Kind.MOMENT, 13),
    Column("found_out_at", Kind.WORD, 10, "report.found_out."),
    Column("holder", share=14),
    BADGE,
    AIRCRAFT,
    WORK_ORDER,
    Column("searches", Kind.NUMBER, 7),
    Column("outcome", Kind.WORD, 9, "report.outcome."),
    Column("case_state", Kind.WORD, 12, "report.case_state."),
    Column("age_hours", Kind.NUMBER, 7),
    Column("released", Kind.MOMENT, 13),
    Column("released_by", share=12),
    Column("statement", share=0),
)
TOOLS = (
    KIT,
    TOOL,
    UNIT,
    MARKING,
    Column("part_number", share=11),
    Column("serial_number", share=11),
    Column("calibration_due", Kind.DAY, 11),
    STATE,
    NOTE,
)
CALIBRATION = (
    Column("calibration_due", Kind.DAY, 10),
    Column("days_left", Kind.NUMBER, 9),
    Column("calibration", Kind.WORD, 10, "report.calibration."),
    TOOL,
    MARKING,
    Column("part_number", share=10),
    Column("serial_number", share=10),
    KIT,
    UNIT,
    STATE,
    Column("holder", share=14),
    NOTE,
)
TOOL_CHANGES = (
    AT,
    SEQ,
    Column("event", Kind.WORD, 15, "report.event."),
    PERSON,
    BADGE,
    Column("field", Kind.WORD, 12, "report.field."),
    Column("before", share=13),
    Column("after", share=13),
    Column("given_reason", share=18),
    CASE,
)
TOOL_COUNTS = (
    AT,
    TYPE,
    KIT,
    PERSON,
    Column("count", Kind.WORD, 12, "report.count."),
    Column("note", share=20),
    Column("operation", share=0),
)
SIGN_INS = (AT, SEQ, Column("event", Kind.WORD, 14, "report.event."), PERSON, Column("badge", share=10), REASON)
SIGNATURES = (
    AT,
    SEQ,
    PERSON,
    Column("badge", share=9),
    Column("role", Kind.WORD, 12, "cli.role."),
    Column("purpose", Kind.WORD, 16, "report.purpose."),
    Column("subject", share=14),
    Column("signature", share=22),
)
CORRECTIONS = (
    AT,
    SEQ,
    PERSON,
    BADGE,
    KIT,
    Column("event", Kind.WORD, 12, "report.event."),
    Column("field", Kind.WORD, 12, "report.field."),
    Column("before", share=13),
    Column("after", share=13),
    Column("given_reason", share=18),
    Column("operation", share=0),
)
ACCOUNTS = (
    AT,
    SEQ,
    Column("event", Kind.WORD, 14, "report.event."),
    Column("account", share=14),
    Column("account_badge", share=9),
    Column("by", share=14),
    Column("field", Kind.WORD, 11, "report.field."),
    Column("before", share=12),
    Column("after", share=12),
)
EXPORTS = (
    AT,
    SEQ,
    Column("event", Kind.WORD, 14, "report.event."),
    Column("by", share=14),
    Column("what", share=12),
    Column("subject", share=16),
    Column("sha256", share=22),
)
SHIFTS = (
    Column("event", Kind.WORD, 14, "report.event."),
    AT,
    Column("by", share=18),
    Column("second", share=18),
    Column("kits_counted", Kind.NUMBER, 10),
    Column("explained", Kind.NUMBER, 10),
    Column("signature", share=26),
)
INVENTORY = (
    KIT,
    Column("recorded", Kind.WORD, 11, "report.whereabouts."),
    Column("seen", Kind.WORD, 11, "report.whereabouts."),
    Column("holder", share=18),
    Column("due", Kind.MOMENT, 13),
    Column("explanation", share=30),
)
