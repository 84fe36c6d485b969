"""One operation's course as text for people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from toolroom_desktop.cli.console import Console
from toolroom_desktop.domain.cases import Case
from toolroom_desktop.domain.operation import Operation
from toolroom_desktop.services import case_words
from toolroom_desktop.services.course import Course

_INDENT = "  "


class CourseText:
    """Prints a course in the console's language."""

    def __init__(self, console: Console, names: Mapping[str, str]) -> None:
        """`names` are what the tool classes are called."""
        self._console = console
        self._say = console.text
        self._names = names

    def print(self, course: Course) -> None:
        """Print all of it; an entry without an operation and without a case as its content."""
        entry = course.entry
        number, at = entry.site_seq, self._console.moment(entry.wall_at)
        self._console.say("cli.course.entry", number=number, at=at, kind=entry.kind)
        self._console.say("cli.course.hash", hash=entry.hash)
        if course.operation is None and not course.cases:
            self._console.line()
            self._console.line(json.dumps(dict(entry.payload), ensure_ascii=False, indent=2))
            return
        if course.operation is not None:
            self._operation(course, course.operation)
        self._part("signatures", self._signatures(course))
        if course.operation is not None:
            self._part("overrides", self._overrides(course.operation))
            self._part("count", self._count(course.operation))
            self._part("later", self._later(course.operation))
        self._part("tools", self._tools(course))
        self._part("refusals", self._refusals(course))
        self._part("cases", self._cases(course))
        self._part("photos", self._photos(course))

    def _part(self, name: str, lines: Iterator[str]) -> None:
        found = list(lines)
        if found:
            self._console.line()
            self._console.say(f"cli.course.{name}")
            for line in found:
                self._console.line(f"{_INDENT}{line}")

    def _tool(self, tool_class: str) -> str:
        return self._names.get(tool_class, tool_class)

    def _operation(self, course: Course, operation: Operation) -> None:
        say, at = self._console.say, self._console.moment(operation.finished_at)
        self._console.line()
        say(
            "cli.course.operation",
            operation=self._say(f"cli.operation.{operation.type.value}"),
            kit=operation.kit,
            toolkit=operation.toolkit,
            name=operation.person_name,
            badge=operation.person_badge,
            at=at,
        )
        say("cli.course.id", id=operation.operation_id, number=operation.site_seq)
        if course.as_written is False:
            say("cli.course.not_as_written")
        say(
            "cli.course.result",
            recognised=self._say(f"cli.status.{operation.status.value}"),
            match=self._console.number(operation.match_percentage),
            final=self._say(f"cli.status.{operation.final_status.value}"),
        )
        if operation.count_owed:
            say("cli.course.count_owed")
        due = "" if operation.expected_return is None else self._console.moment(operation.expected_return)
        for name, value in (
            ("work_order", operation.work_order),
            ("aircraft", operation.aircraft),
            ("expected_return", due),
        ):
            if value:
                say(f"cli.course.{name}", value=value)
        if operation.note:
            say("cli.course.note", note=operation.note)
        if operation.custody:
            tools = ", ".join(f"{self._tool(name)} {count}" for name, count in operation.custody.items())
            say("cli.course.out", name=operation.holder_name, badge=operation.holder_badge, tools=tools)
        else:
            say("cli.course.nothing_out")
        for name, other in (("closes", course.closes), ("ended_by", course.ended_by)):
            if other is not None:
                say(
                    f"cli.course.{name}",
                    operation=self._say(f"cli.operation.{other.type.value}"),
                    name=other.person_name,
                    at=self._console.moment(other.finished_at),
                    id=other.operation_id,
                )

    def _signatures(self, course: Course) -> Iterator[str]:
        for entry in course.signatures:
            said = entry.payload
            yield self._say(
                "cli.course.signature",
                at=self._console.moment(entry.wall_at),
                name=said["name"],
                badge=said["badge"],
                role=self._say(f"cli.role.{said['role']}").lower(),
                purpose=self._say(f"cli.purpose.{said['purpose']}"),
            )

    def _overrides(self, operation: Operation) -> Iterator[str]:
        for said in operation.overrides:
            what = "; ".join(self._block(block) for block in said.get("overruled", ()))
            yield self._say(
                "cli.course.override",
                what=what or self._say(f"cli.purpose.{said['purpose']}"),
                name=said["name"],
                badge=said["badge"],
                reason=said["reason"],
            )

    def _block(self, block: Mapping[str, Any]) -> str:
        tool = " ".join(part for part in (self._tool(block["class_name"]), block["marking"]) if part)
        return self._say(f"cli.block.{block['reason']}", tool=tool, case=block["case"])

    def _count(self, operation: Operation) -> Iterator[str]:
        for position in operation.counted:
            line = self._say(
                "cli.course.counted_tool",
                tool=self._tool(position.tool_class),
                unit=position.unit,
                count=self._say(f"case_word.count.{position.count.value}"),
            )
            by = "" if position.by_hand else self._say("cli.course.by_recognition")
            yield ", ".join(part for part in (line, by, position.marking, position.note) if part)

    def _later(self, operation: Operation) -> Iterator[str]:
        for word in operation.later:
            at = self._console.moment(datetime.fromisoformat(word["at"]))
            by = {"name": word["by"]["name"], "badge": word["by"]["badge"]}
            if word["kind"] == "counted":
                yield self._say(
                    "cli.course.counted", at=at, final=self._say(f"cli.status.{word['final_status']}"), **by
                )
                continue
            yield self._say("cli.course.corrected", at=at, reason=word["reason"], **by)
            for name, change in word["changes"].items():
                yield _INDENT + self._say(
                    "cli.course.correction",
                    field=self._say(f"cli.course.field_{name}"),
                    before=change["before"] or "—",
                    after=change["after"] or "—",
                )

    def _tools(self, course: Course) -> Iterator[str]:
        for entry in course.tools:
            said = entry.payload
            yield self._say(
                "cli.course.tool",
                number=entry.site_seq,
                tool=" ".join(part for part in (self._tool(said["tool_class"]), said["marking"]) if part),
                before=self._say(f"tool.state.{said['before']}"),
                after=self._say(f"tool.state.{said['state']}"),
            )

    def _refusals(self, course: Course) -> Iterator[str]:
        for entry in course.refusals:
            said = entry.payload
            yield self._say(
                "cli.course.refusal",
                at=self._console.moment(entry.wall_at),
                badge=said["badge"] or "—",
                command=said["command"],
                reason=said["reason"],
            )

    def _cases(self, course: Course) -> Iterator[str]:
        for case in course.cases:
            yield from self._case(case)

    def _case(self, case: Case) -> Iterator[str]:
        say = self._say
        yield f"{case.number}  {case_words.what_is_missing(case, self._tool(case.tool_class), say)}"
        yield _INDENT + case_words.where_it_stands(case, say)
        for event in case.events:
            at, title, who = self._console.moment(event.at), case_words.title_of(event, say), case_words.who(event, say)
            yield f"{_INDENT}{at}  {title}  ({who})"
            for line in case_words.text_of(event, say).splitlines():
                yield f"{_INDENT * 2}{line}"

    def _photos(self, course: Course) -> Iterator[str]:
        for photo in course.photos:
            tool, _, unit = photo.of.rpartition(" ")
            of = f"{self._tool(tool)} {unit}".strip() if tool else self._say(f"cli.course.photo_{photo.of}")
            state = self._say(f"cli.course.photo_{photo.state.value}")
            yield self._say("cli.course.photo", hash=photo.sha256, of=of, state=state)
