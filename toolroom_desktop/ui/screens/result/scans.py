"""A code from the scanner while tools are counted: it finds the tool, or says where that tool belongs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.marks import Named
from toolroom_desktop.domain.operation import Count
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.operation_input import Remark
from toolroom_desktop.services.positions import tool_named, tools_meant
from toolroom_desktop.services.scanning import Meaning
from toolroom_desktop.ui.screens.result.presenter import Key, ResultPresenter


@dataclass(frozen=True, slots=True)
class Found:
    """A tool of this kit was scanned at that position; `again` where it was counted by a scan before."""

    key: Key
    tool: Tool
    again: bool = False


@dataclass(frozen=True, slots=True)
class Strange:
    """A tool was scanned that does not belong here; `key` is the position in whose place it may lie."""

    tool: Tool
    key: Key | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """No tool of that marking is recorded; `key` is the position at which it was noted, if there is one.

    `belongs` are the markings of what should lie there, where they are recorded.
    """

    code: str
    key: Key | None
    belongs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoTool:
    """The label of something else was scanned."""

    meaning: Meaning


Outcome = Found | Strange | Unknown | NoTool


class ScannedTools:
    """Turns scans into answers; `tell` says what came of one."""

    def __init__(
        self, presenter: ResultPresenter, tell: Callable[[Outcome], None], failed: Callable[[UserFacingError], None]
    ) -> None:
        self._presenter = presenter
        self._tell = tell
        self._failed = failed

    def scanned(self, code: str) -> None:
        """A code was scanned on the page of the count."""
        presenter = self._presenter
        if presenter.plan is None or presenter.saving:
            return
        tool = tool_named(presenter.plan.tools, code)
        if tool is not None and self._keys_of(tool.tool_class):
            self._found(tool)
            return
        scanning = presenter.shell.app.scanning
        kinds = (Named.TOOL, Named.KIT, Named.BADGE)
        presenter.ask(
            lambda: scanning.meanings(code, kinds), lambda meanings: self._known(meanings, code), self._failed
        )

    def _known(self, meanings: tuple[Meaning, ...], code: str) -> None:
        tools = [one.tool for one in meanings if one.tool is not None]
        if meanings and not tools:
            self._tell(NoTool(meanings[0]))
        else:
            self._elsewhere(tools[0] if tools else None, code)

    def _keys_of(self, tool_class: str) -> list[Key]:
        evidence = self._presenter.evidence
        positions = evidence.inspection.positions if evidence is not None else ()
        return [(p.tool_class, p.unit) for p in positions if p.tool_class == tool_class]

    def _key_for(self, tool: Tool) -> Key:
        """The position that means this very tool, else the first of its class that nobody has answered."""
        presenter = self._presenter
        keys = self._keys_of(tool.tool_class)
        if presenter.evidence is not None and presenter.plan is not None:
            for position in presenter.evidence.inspection.positions:
                if tools_meant(presenter.plan.tools, position) == (tool,):
                    return (position.tool_class, position.unit)
        return next((key for key in keys if key not in presenter.answers), keys[0])

    def _found(self, tool: Tool) -> None:
        presenter = self._presenter
        for key, remark in presenter.remarks.items():
            if key[0] == tool.tool_class and tool.answers_to(remark.marking):
                self._tell(Found(key, tool, again=True))
                return
        key = self._key_for(tool)
        self._note(key, tool.marking or tool.serial_number)
        presenter.answer(key, Count.FOUND)
        self._tell(Found(key, tool))

    def _elsewhere(self, known: Tool | None, code: str) -> None:
        presenter = self._presenter
        if presenter.plan is None or presenter.saving:
            return
        if known is None:
            key = presenter.current
            marked = () if key is None else self._markings_at(key)
            if key is not None:
                self._note(key, code)
                if marked:
                    presenter.doubt(key)
            self._tell(Unknown(code, key, marked))
            return
        keys = self._keys_of(known.tool_class)
        key = presenter.current if presenter.current in keys else next(iter(keys), None)
        if key is not None:
            self._note(key, code)
            presenter.doubt(key)
        self._tell(Strange(known, key))

    def _markings_at(self, key: Key) -> tuple[str, ...]:
        evidence, plan = self._presenter.evidence, self._presenter.plan
        if evidence is None or plan is None:
            return ()
        for position in evidence.inspection.positions:
            if (position.tool_class, position.unit) == key:
                return tuple(tool.marking for tool in tools_meant(plan.tools, position) if tool.marking)
        return ()

    def _note(self, key: Key, marking: str) -> None:
        presenter = self._presenter
        presenter.remark(key, replace(presenter.remarks.get(key, Remark()), marking=marking))
