"""What the register of tools shows, and what is done about it, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from toolroom_desktop.domain.errors import NotFound, UserFacingError
from toolroom_desktop.domain.marks import Named
from toolroom_desktop.domain.people import Permission
from toolroom_desktop.domain.register import Place
from toolroom_desktop.domain.tools import Tool, ToolState
from toolroom_desktop.services.labels import MAY_PRINT, LabelKind
from toolroom_desktop.services.scanning import Meaning
from toolroom_desktop.services.tool_import import ImportPlan
from toolroom_desktop.services.tool_input import ToolData
from toolroom_desktop.services.vision_ports import Picture
from toolroom_desktop.services.watching import Stoppable
from toolroom_desktop.ui.label_aim import Wanted, write_aim
from toolroom_desktop.ui.models.shelf_list import ShelfKind
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.screens.tools.doing import Doing, Found, Shown, ToolsView
from toolroom_desktop.ui.shell import Place as Screen
from toolroom_desktop.ui.shell import Shell


class ToolsPresenter(Presenter):
    """Decides what the register of tools shows."""

    def __init__(self, shell: Shell, view: ToolsView) -> None:
        super().__init__(shell)
        self._view = view
        self._search_ticket = self._shelf_ticket = 0
        self._watch = Stoppable()
        self._found = Found((), ())
        self.doing = Doing.LIST
        self.search = ""
        self.shown: Shown | None = None
        self.tool: Tool | None = None
        self.place: Place | None = None  # the place without a tool that it is about
        self.plan: ImportPlan | None = None
        self.waiting = False
        self._aim = ""

    def aim(self, subject: str) -> None:
        """Show that kit or tool first."""
        self._aim = subject

    @property
    def aimed(self) -> bool:
        """Whether something is to be shown first."""
        return bool(self._aim)

    def enter(self) -> None:
        """Begin with everything."""
        self.shown = self.tool = self.place = self.plan = None
        self.waiting = False
        self._go(Doing.LIST)
        self.find("")
        if self._aim:
            self.scanned(self._aim)
            self._aim = ""

    def leave(self) -> None:
        """Nothing is wanted any more; an import that runs is stopped, and has taken nothing in."""
        self._watch.stop()
        self.drop()

    # --- who may

    def _may(self, *permissions: Permission) -> bool:
        person = self.shell.session.person
        return person is not None and any(person.may(permission) for permission in permissions)

    @property
    def may_change(self) -> bool:
        """Whether this person moves tools and sets their state."""
        return self._may(Permission.CHANGE_TOOLS)

    @property
    def may_edit(self) -> bool:
        """Whether this person enters data about tools."""
        return self._may(Permission.CHANGE_TOOLS, Permission.MANAGE_CATALOGUE)

    @property
    def may_add(self) -> bool:
        """Whether this person writes tools down and takes lists in."""
        return self._may(Permission.MANAGE_CATALOGUE)

    @property
    def may_export(self) -> bool:
        """Whether this person takes lists out."""
        return self._may(Permission.EXPORT, Permission.CHANGE_TOOLS)

    @property
    def may_print_labels(self) -> bool:
        """Whether this person prints labels."""
        return self._may(*MAY_PRINT[LabelKind.TOOLS])

    # --- looking

    def find(self, text: str) -> None:
        """Show the kits and tools that match; what an earlier search may still bring is not shown any more."""
        self.search = text
        self.forget(self._search_ticket)
        app = self.shell.app

        def look() -> Found:
            return Found(app.catalogue.kits(text), app.tools.find(text) if text.strip() else ())

        self._search_ticket = self.ask(look, self._search_done, self._failed)

    def _search_done(self, found: Found) -> None:
        self._found = found
        self._view.show_found(found)

    def show_kit(self, number: str) -> None:
        """Show what the places of that kit hold."""
        tools = self.shell.app.tools

        def look() -> Shown:
            kit = tools.in_kit(number)
            return Shown(ShelfKind.KIT, kit.places, kit)

        self._look(look)

    def show_list(self, kind: ShelfKind) -> None:
        """Show one of the lists that cross the kits."""
        app = self.shell.app
        days = app.operations.procedures.calibration_days
        if kind is ShelfKind.FOUND:
            self.forget(self._shelf_ticket)
            self._shelf_found(self._crossing(kind, self._found.tools))
            return
        lists: dict[ShelfKind, Callable[[], list[Tool]]] = {
            ShelfKind.SPARE: app.tools.spare,
            ShelfKind.DUE: lambda: app.tools.calibrations_due(days),
            ShelfKind.UNFIT: app.tools.not_serviceable,
        }
        find = lists[kind]
        self._look(lambda: self._crossing(kind, find()))

    @staticmethod
    def _crossing(kind: ShelfKind, tools: Sequence[Tool]) -> Shown:
        return Shown(kind, [Place(tool.tool_class, tool.unit, tool) for tool in tools])

    def _look(self, look: Callable[[], Shown]) -> None:
        self.forget(self._shelf_ticket)
        self._shelf_ticket = self.ask(look, self._shelf_found, self._failed)

    def _shelf_found(self, shown: Shown) -> None:
        self.shown = shown
        self._view.show_shelf(shown)

    def _again(self) -> None:
        """The same list once more, after something changed."""
        if self.shown is None:
            return
        if self.shown.kit is not None:
            self.show_kit(self.shown.kit.kit.number)
        elif self.shown.kind is ShelfKind.FOUND:
            self.find(self.search)
        else:
            self.show_list(self.shown.kind)

    def scanned(self, code: str) -> None:
        """A kit's label or a tool's marking: go right there."""
        if self.waiting or self.doing not in (Doing.LIST, Doing.TOOL):
            return
        scanning = self.shell.app.scanning

        def found(meanings: tuple[Meaning, ...]) -> None:
            if len(meanings) == 1:
                self._scan_found(meanings[0])
            else:
                self.shell.navigator.follow_scan(code, lambda: self._failed(NotFound("tool.unknown", code=code)))

        self._view.show_sentence("")
        self.ask(lambda: scanning.meanings(code, (Named.KIT, Named.TOOL)), found, self._failed)

    def _scan_found(self, meaning: Meaning) -> None:
        tool = meaning.tool
        if tool is not None:
            if tool.kit:
                self.show_kit(tool.kit)
            self.open(tool)
        else:
            self._go(Doing.LIST)
            self.show_kit(meaning.subject)

    def open(self, tool: Tool) -> None:
        """Show all about one tool."""
        self.tool = tool
        self._go(Doing.TOOL)
        tools = self.shell.app.tools
        self.ask(lambda: tools.history(tool.tool_id), self._view.show_history, self._failed)
        if tool.photo:
            self.ask(lambda: tools.photo(tool), self._view.show_photo, self._failed)

    # --- what can be done

    def begin(self, doing: Doing, place: Place | None = None) -> None:
        """Go to a page about the tool, or about a place without one."""
        if place is not None:
            self.tool, self.place = None, place
        elif doing is not Doing.IMPORT:
            self.place = None
        self._go(doing)
        if doing is Doing.PLACE:
            tool_class = self.place.tool_class if self.place else self.tool.tool_class if self.tool else ""
            tools = self.shell.app.tools
            today = tools.today()

            def fit() -> list[Tool]:
                return [
                    tool
                    for tool in tools.spare()
                    if tool.tool_class == tool_class
                    and tool.state is ToolState.SERVICEABLE
                    and not tool.calibration_expired(today)
                ]

            self.ask(fit, self._view.show_spare, self._failed)

    def print_labels(self) -> None:
        """Labels of the tool that is shown, else of the kit's tools, else of all kits."""
        tool = self.tool if self.doing is Doing.TOOL else None
        kit = self.shown.kit.kit.number if self.shown is not None and self.shown.kit is not None else ""
        if tool is not None and tool.marking:
            wanted = Wanted(LabelKind.TOOLS, (tool.marking,))
        elif kit:
            wanted = Wanted(LabelKind.TOOLS, kit=kit)
        else:
            wanted = Wanted(LabelKind.KITS)
        self.shell.navigator.go(Screen.LABELS, write_aim(wanted))

    def back(self) -> None:
        """One step back; from the list home."""
        if self.doing is Doing.IMPORT and self.waiting:
            self._watch.stop()
        elif self.doing is Doing.LIST:
            self.shell.navigator.show_home()
        elif self.doing in (Doing.TOOL, Doing.IMPORT) or self.tool is None:
            self._go(Doing.LIST)
        else:
            self._go(Doing.TOOL)

    def save_data(self, data: ToolData) -> None:
        """Enter the data of the tool, or write one down at the place."""
        tools, badge, tool, place = self.shell.app.tools, self.shell.badge, self.tool, self.place
        if tool is not None:
            self._do(lambda: tools.change(tool.tool_id, data, actor_badge=badge))
        elif place is not None and self.shown is not None and self.shown.kit is not None:
            kit = self.shown.kit.kit.number
            self._do(lambda: tools.add(data.on(Tool(place.tool_class, kit, place.unit)), actor_badge=badge))

    def save_state(self, state: ToolState, reason: str) -> None:
        """Put the tool into that state."""
        tools, badge, tool = self.shell.app.tools, self.shell.badge, self.tool
        if tool is not None:
            self._do(lambda: tools.set_state(tool.tool_id, state, reason=reason, actor_badge=badge))

    def save_place(self, by: Tool | None, data: ToolData, reason: str) -> None:
        """Put a spare tool, or without one a new tool with that data, into the place."""
        tools, badge, out, place = self.shell.app.tools, self.shell.badge, self.tool, self.place
        if out is not None:
            self._do(
                lambda: tools.swap(
                    out.tool_id, by.tool_id if by else data.on(Tool(out.tool_class)), reason=reason, actor_badge=badge
                )[1]
            )
        elif place is not None and self.shown is not None and self.shown.kit is not None:
            kit = self.shown.kit.kit.number
            self._do(
                lambda: tools.put_in(
                    by.tool_id if by else data.on(Tool(place.tool_class)),
                    kit,
                    unit=place.unit,
                    reason=reason,
                    actor_badge=badge,
                )
            )

    def take_out(self, reason: str) -> None:
        """Make the tool a spare one."""
        tools, badge, tool = self.shell.app.tools, self.shell.badge, self.tool
        if tool is not None:
            self._do(lambda: tools.take_out(tool.tool_id, reason=reason, actor_badge=badge))

    def take_photo(self, picture: Picture) -> None:
        """Keep that picture of the tool."""
        tools, badge, tool = self.shell.app.tools, self.shell.badge, self.tool
        if tool is not None:
            self._do(lambda: tools.set_photo(tool.tool_id, picture, actor_badge=badge))

    def _do(self, work: Callable[[], Tool]) -> None:
        self._wait(True)
        self._view.show_sentence("")
        self.ask(work, self._done, self._failed)

    def _done(self, tool: Tool) -> None:
        self._wait(False)
        self.place = None
        self.open(tool)
        self._again()

    # --- lists

    def read_list(self, path: Path) -> None:
        """Look at what that file would change."""
        lists = self.shell.app.tool_lists
        self._watch = watch = Stoppable(self._view.show_progress)
        self.plan = None
        self._go(Doing.IMPORT)
        self._wait(True)
        self.ask(lambda: lists.read(path, watch=watch), self._read, self._list_failed)

    def take_in(self) -> None:
        """Take in what was looked at."""
        plan, lists, badge = self.plan, self.shell.app.tool_lists, self.shell.badge
        if plan is None or plan.problems or self.waiting:
            return
        self._watch = watch = Stoppable(self._view.show_progress)
        self._wait(True)
        self.ask(lambda: lists.apply(plan, actor_badge=badge, watch=watch), self._taken_in, self._list_failed)

    def write_list(self, path: Path) -> None:
        """Write all tools to that file."""
        lists, badge, language = self.shell.app.tool_lists, self.shell.badge, self.shell.session.language
        self._wait(True)
        self.ask(
            lambda: lists.write(path, language=language, actor_badge=badge),
            lambda count: self._written(path, count),
            self._failed,
        )

    def _read(self, plan: ImportPlan) -> None:
        self.plan = plan
        self._wait(False)
        self._view.show_plan(plan)

    def _taken_in(self, plan: ImportPlan) -> None:
        self._wait(False)
        self._go(Doing.LIST)
        self._view.show_taken_in(plan)
        self.find(self.search)
        self._again()

    def _written(self, path: Path, count: int) -> None:
        self._wait(False)
        self._view.show_written(path, count)

    def _list_failed(self, error: UserFacingError) -> None:
        self._wait(False)
        self._go(Doing.LIST)
        self._view.show_sentence(self.shell.sentence(error))

    # --- what all share

    def today(self) -> date:
        """The station's own day."""
        return self.shell.app.tools.today()

    def latest_picture(self) -> Picture | None:
        """The camera's newest frame."""
        return self.shell.app.camera.latest()

    def _wait(self, waiting: bool) -> None:
        self.waiting = waiting
        self._view.show_busy(waiting)

    def _go(self, doing: Doing) -> None:
        self.doing = doing
        self._view.show_sentence("")
        self._view.show_doing()

    def _failed(self, error: UserFacingError) -> None:
        self._wait(False)
        self._view.show_sentence(self.shell.sentence(error))
