"""The layout of the register: kits and lists with their tools, and a page for whatever is done with one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.marks import Named
from toolroom_desktop.domain.register import Place
from toolroom_desktop.domain.tools import Tool
from toolroom_desktop.services.tool_import import ImportPlan, RowKind
from toolroom_desktop.services.tool_records import ToolRecord
from toolroom_desktop.ui.models.tool_table import ToolTableWords
from toolroom_desktop.ui.screens.inspection.live import LiveControl
from toolroom_desktop.ui.screens.tools.doing import Doing, Found, Shown
from toolroom_desktop.ui.screens.tools.import_page import ImportPage
from toolroom_desktop.ui.screens.tools.list_page import ListPage
from toolroom_desktop.ui.screens.tools.pages import DataPage, OutPage, PhotoPage, PlacePage, StatePage
from toolroom_desktop.ui.screens.tools.presenter import ToolsPresenter
from toolroom_desktop.ui.screens.tools.tool_page import ToolPage
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.tool_words import title_of
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button


class ToolsScreen(Screen):
    """Which tool lies where, what is due, and what is done about it."""

    _progress = Signal(int, int)
    keeps_marks = True

    def __init__(self, shell: Shell, live: LiveControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._live = live
        theme = shell.theme
        self.presenter = ToolsPresenter(shell, self)
        self.list_page = ListPage(shell, self.words, self)
        self.tool_page = ToolPage(shell, self)
        self.data_page = DataPage(shell, self)
        self.state_page = StatePage(shell, self)
        self.place_page = PlacePage(shell, self)
        self.out_page = OutPage(shell, self)
        self.photo_page = PhotoPage(shell, self)
        self.import_page = ImportPage(shell, self)
        self._pages: dict[Doing, QWidget] = {
            Doing.LIST: self.list_page,
            Doing.TOOL: self.tool_page,
            Doing.FORM: self.data_page,
            Doing.STATE: self.state_page,
            Doing.PLACE: self.place_page,
            Doing.OUT: self.out_page,
            Doing.PHOTO: self.photo_page,
            Doing.IMPORT: self.import_page,
        }
        self._stack = QStackedWidget(self)
        self.notice = Notice(theme, self)
        self.bar = ActionBar(theme, self)
        self.import_button = button(theme, "plain", "", self)
        self.export_button = button(theme, "plain", "", self)
        self.labels_button = button(theme, "plain", "print", self)
        self.put_button = button(theme, "plain", "", self)
        self.photo_button = button(theme, "plain", "photo", self)
        self.out_button = button(theme, "plain", "", self)
        self.state_button = button(theme, "plain", "", self)
        self.swap_button = button(theme, "plain", "", self)
        self._lay_out()
        self._connect()
        self.main_button = self.bar.main
        self.back_button = self.bar.back

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        for page in self._pages.values():
            self._stack.addWidget(page)
        for action in (
            self.import_button,
            self.export_button,
            self.labels_button,
            self.put_button,
            self.photo_button,
            self.out_button,
            self.state_button,
            self.swap_button,
        ):
            self.bar.add(action)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addWidget(self._stack, 1)
        content.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)

    def _connect(self) -> None:
        presenter = self.presenter
        self._progress.connect(self.import_page.show_progress)
        self.list_page.searched.connect(presenter.find)
        self.list_page.kit_chosen.connect(presenter.show_kit)
        self.list_page.list_chosen.connect(presenter.show_list)
        self.list_page.table.selectionModel().currentRowChanged.connect(self.follow)
        self.list_page.table.doubleClicked.connect(self._opened)
        for page in (self.state_page, self.place_page, self.out_page, self.photo_page):
            page.typed.connect(self.follow)
        self.bar.back.clicked.connect(presenter.back)
        self.bar.main.clicked.connect(self._go_on)
        self.import_button.clicked.connect(self._choose_list)
        self.export_button.clicked.connect(self._choose_target)
        self.labels_button.clicked.connect(self._print_labels)
        self.put_button.clicked.connect(self._put_in)
        self.photo_button.clicked.connect(lambda: presenter.begin(Doing.PHOTO))
        self.out_button.clicked.connect(lambda: presenter.begin(Doing.OUT))
        self.state_button.clicked.connect(lambda: presenter.begin(Doing.STATE))
        self.swap_button.clicked.connect(lambda: presenter.begin(Doing.PLACE))

    def words(self) -> ToolTableWords:
        """What must be known to speak about tools."""
        return ToolTableWords(
            self._shell.session.language,
            self.list_page.names,
            self.presenter.today(),
            self._shell.app.operations.procedures.calibration_days,
        )

    # --- Screen

    def aim(self, subject: str) -> None:
        self.presenter.aim(subject)

    def enter(self) -> None:
        self.list_page.begin(aimed=self.presenter.aimed)
        self.presenter.enter()

    def leave(self) -> None:
        self._let_go_of_camera()
        self.presenter.leave()

    @property
    def at_rest(self) -> bool:
        return self.presenter.doing in (Doing.LIST, Doing.TOOL)

    @property
    def scan_kinds(self) -> frozenset[Named]:
        return frozenset({Named.KIT, Named.TOOL}) if self.at_rest else frozenset()

    def scanned(self, code: str) -> bool:
        if self.presenter.doing in (Doing.LIST, Doing.TOOL):
            self.presenter.scanned(code)
            return True
        return False

    def retranslate(self) -> None:
        self.import_button.setText(self.tr("Import"))
        self.export_button.setText(self.tr("Export"))
        self.labels_button.setText(self.tr("Labels"))
        self.put_button.setText(self.tr("Put a tool in"))
        self.photo_button.setText(self.tr("Photo"))
        self.out_button.setText(self.tr("Take out"))
        self.state_button.setText(self.tr("State"))
        self.swap_button.setText(self.tr("Swap"))
        self.list_page.retranslate()
        for page in (self.data_page, self.state_page, self.place_page, self.out_page):
            page.retranslate()
        self.notice.retranslate()
        self.notice.clear()
        if self.presenter.doing is Doing.TOOL and self.presenter.tool is not None:
            self.presenter.open(self.presenter.tool)
        else:
            self.show_doing()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from the field into the list; the space bar takes a photo."""
        if self.presenter.doing is Doing.LIST and self.list_page.take_key(event):
            return
        if event.key() == Qt.Key.Key_Space and self.presenter.doing is Doing.PHOTO and self.bar.main.isEnabled():
            self.bar.main.click()
            return
        super().keyPressEvent(event)

    # --- ToolsView

    def show_found(self, found: Found) -> None:
        self.list_page.show_found(found)

    def show_shelf(self, shown: Shown) -> None:
        self.list_page.show_shelf(shown)
        self.follow()

    def show_doing(self) -> None:
        presenter = self.presenter
        self._stack.setCurrentWidget(self._pages[presenter.doing])
        if presenter.doing is Doing.PHOTO:
            self._live.hold()
            self._holding = True
            self.photo_page.keep_keyboard()
        else:
            self._let_go_of_camera()
        name = title_of(presenter.tool) if presenter.tool is not None else ""
        if presenter.doing is Doing.TOOL and presenter.tool is not None:
            self.tool_page.show_tool(presenter.tool, self.words())
        elif presenter.doing is Doing.FORM:
            title = self.tr("Data of {tool}") if presenter.tool else self.tr("Write a tool down: {tool}")
            self.data_page.begin(presenter.tool, title.format(tool=name or self._place_name()))
        elif presenter.doing is Doing.STATE and presenter.tool is not None:
            self.state_page.begin(presenter.tool, self.tr("What state is {tool} in now?").format(tool=name))
        elif presenter.doing is Doing.PLACE:
            title = self.tr("What takes the place of {tool}?") if presenter.tool else self.tr("Which {tool} goes in?")
            self.place_page.begin(title.format(tool=name or self._place_name()), reason_owed=presenter.tool is not None)
        elif presenter.doing is Doing.OUT:
            self.out_page.begin(self.tr("Why does {tool} leave its kit?").format(tool=name))
        elif presenter.doing is Doing.PHOTO:
            self.photo_page.title.setText(self.tr("Lay {tool} before the camera").format(tool=name))
        elif presenter.doing is Doing.IMPORT:
            self.import_page.begin()
        self.bar.back.setText(self.tr("Stop") if presenter.doing is Doing.IMPORT else self.tr("Back"))
        self.bar.main.setText(self._main_text())
        self.follow()

    _holding = False

    def _let_go_of_camera(self) -> None:
        if self._holding:
            self._holding = False
            self._live.release()

    def _place_name(self) -> str:
        place = self.presenter.place
        return self.words().class_name(place.tool_class) if place is not None else ""

    def show_history(self, records: Sequence[ToolRecord]) -> None:
        self.tool_page.show_history(records)

    def show_photo(self, content: bytes) -> None:
        self.tool_page.show_photo(content)

    def show_spare(self, tools: Sequence[Tool]) -> None:
        self.place_page.show_spare(tools, self.words())
        self.follow()

    def show_plan(self, plan: ImportPlan) -> None:
        self.import_page.show_plan(plan)
        self.bar.back.setText(self.tr("Back"))
        self.follow()

    def show_progress(self, done: int, total: int) -> None:
        """Called in whatever thread does the work."""
        self._progress.emit(done, total)

    def show_taken_in(self, plan: ImportPlan) -> None:
        changed = len(plan.of_kind(RowKind.NEW)) + len(plan.of_kind(RowKind.CHANGED))
        self.notice.say(self.tr("%n tool(s) taken in from the list.", None, changed))

    def show_written(self, path: Path, count: int) -> None:
        self.notice.say(self.tr("%n tool(s) written to {path}", None, count).format(path=path.name))

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    def show_busy(self, busy: bool) -> None:
        self.import_page.show_busy(busy)
        self.follow()

    # --- what follows

    def follow(self) -> None:
        """Show what can be pressed now."""
        presenter, doing = self.presenter, self.presenter.doing
        tool, idle = presenter.tool, not presenter.waiting
        place = self.list_page.chosen if doing is Doing.LIST else None
        of_kit = doing is Doing.TOOL and tool is not None and bool(tool.kit)
        vacant = place is not None and place.tool is None
        shown = {
            self.import_button: doing is Doing.LIST and presenter.may_add,
            self.export_button: doing is Doing.LIST and presenter.may_export,
            self.labels_button: doing in (Doing.LIST, Doing.TOOL) and presenter.may_print_labels,
            self.put_button: vacant and presenter.may_change and presenter.may_add,
            self.photo_button: doing is Doing.TOOL and presenter.may_edit,
            self.out_button: of_kit and presenter.may_change,
            self.state_button: doing is Doing.TOOL and presenter.may_change,
            self.swap_button: of_kit and presenter.may_change,
        }
        for action, visible in shown.items():
            action.setVisible(visible)
            action.setEnabled(idle)
        self.bar.main.setText(self._main_text())
        self.bar.main.setEnabled(idle and self._main_possible(place))

    def _main_text(self) -> str:
        if self.presenter.doing is Doing.LIST:
            place = self.list_page.chosen
            if place is not None and place.tool is None:
                return self.tr("Write down") if self.presenter.may_add and not place.empty else self.tr("Put a tool in")
            return self.tr("Open")
        return {
            Doing.TOOL: self.tr("Edit"),
            Doing.FORM: self.tr("Save"),
            Doing.STATE: self.tr("Record"),
            Doing.PLACE: self.tr("Swap") if self.presenter.tool is not None else self.tr("Put in"),
            Doing.OUT: self.tr("Take out"),
            Doing.PHOTO: self.tr("Photograph"),
            Doing.IMPORT: self.tr("Take in"),
        }[self.presenter.doing]

    def _main_possible(self, place: Place | None) -> bool:
        presenter = self.presenter
        match presenter.doing:
            case Doing.LIST:
                if place is None:
                    return False
                return place.tool is not None or presenter.may_change or (presenter.may_add and not place.empty)
            case Doing.TOOL:
                return presenter.may_edit
            case Doing.STATE:
                return self.state_page.complete
            case Doing.PLACE:
                return self.place_page.complete
            case Doing.OUT:
                return self.out_page.complete
            case Doing.PHOTO:
                return presenter.latest_picture() is not None
            case Doing.IMPORT:
                plan = presenter.plan
                return plan is not None and not plan.problems and len(plan.of_kind(RowKind.UNCHANGED)) < len(plan.rows)
            case _:
                return True

    def _opened(self, _index: QModelIndex) -> None:
        self._go_on()

    def _put_in(self) -> None:
        place = self.list_page.chosen
        if place is not None and place.tool is None:
            self.presenter.begin(Doing.PLACE, place)

    def _go_on(self) -> None:
        presenter = self.presenter
        try:
            match presenter.doing:
                case Doing.LIST:
                    self._open_chosen()
                case Doing.TOOL:
                    presenter.begin(Doing.FORM)
                case Doing.FORM:
                    presenter.save_data(self.data_page.form.data())
                case Doing.STATE if self.state_page.state is not None:
                    presenter.save_state(self.state_page.state, self.state_page.reason.reason)
                case Doing.PLACE:
                    data = self.place_page.form.data()
                    presenter.save_place(self.place_page.chosen, data, self.place_page.reason.reason)
                case Doing.OUT:
                    presenter.take_out(self.out_page.reason.reason)
                case Doing.PHOTO:
                    picture = presenter.latest_picture()
                    if picture is not None:
                        presenter.take_photo(picture)
                case Doing.IMPORT:
                    presenter.take_in()
        except UserFacingError as error:
            # What was typed is no day.
            self.show_sentence(self._shell.sentence(error))

    def _open_chosen(self) -> None:
        place = self.list_page.chosen
        if place is None:
            return
        if place.tool is not None:
            self.presenter.open(place.tool)
        else:
            write_down = self.presenter.may_add and not place.empty
            self.presenter.begin(Doing.FORM if write_down else Doing.PLACE, place)

    def _print_labels(self) -> None:
        self.presenter.print_labels()

    def _choose_list(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import tools"), "", self._kinds())
        if name:
            self.presenter.read_list(Path(name))

    def _choose_target(self) -> None:
        name, chosen = QFileDialog.getSaveFileName(self, self.tr("Export tools"), "tools.xlsx", self._kinds())
        if name:
            path = Path(name)
            if path.suffix.casefold() not in (".xlsx", ".csv"):
                path = path.with_name(path.name + (".csv" if "csv" in chosen else ".xlsx"))
            self.presenter.write_list(path)

    def _kinds(self) -> str:
        return self.tr("Lists (*.xlsx *.csv);;Excel (*.xlsx);;CSV (*.csv)")
