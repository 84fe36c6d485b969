"""The layout of the people: the list, the form, the PIN; one at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from toolroom_desktop.config.days import write_day
from toolroom_desktop.domain.marks import Named
from toolroom_desktop.domain.people import MAX_PIN_DIGITS, MIN_PIN_DIGITS, Person
from toolroom_desktop.ui.icons import pixmap
from toolroom_desktop.ui.models.people_table import COLUMNS, PeopleTableModel, PersonRow
from toolroom_desktop.ui.screens.people.form import PersonForm
from toolroom_desktop.ui.screens.people.presenter import Doing, PeoplePresenter, Said
from toolroom_desktop.ui.screens.people.words import account_word
from toolroom_desktop.ui.shell import Screen, Shell
from toolroom_desktop.ui.widgets.action_bar import ActionBar
from toolroom_desktop.ui.widgets.notice import Notice
from toolroom_desktop.ui.widgets.parts import button, label
from toolroom_desktop.ui.widgets.pin_page import PinPage
from toolroom_desktop.ui.words import role_word

# Widths in pixels; the name takes what is left.
_WIDTHS = {"badge": 180, "role": 200, "account": 240, "last_day": 150}


class PeopleScreen(Screen):
    """For administrators: who is known here, and their accounts."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        theme = shell.theme
        self._found: Sequence[Person] = ()
        self._searched = False
        self._title = label("title", self)
        self.search_field = QLineEdit(self)
        self.search_field.setMaxLength(64)
        self.model = PeopleTableModel(self)
        self.table = QTableView(self)
        self.empty_text = label("muted", self, wrap=True)
        self.question = label("strong", self, wrap=True)
        self.notice = Notice(theme, self)
        self.form = PersonForm(theme, self)
        self.pin_page = PinPage(theme, self)
        self.bar = ActionBar(theme, self)
        self.labels_button = button(theme, "plain", "print", self)
        self.unlock_button = button(theme, "plain", "", self)
        self.switch_button = button(theme, "plain", "", self)
        self.pin_button = button(theme, "plain", "", self)
        self.change_button = button(theme, "plain", "", self)
        self._actions = (
            self.labels_button,
            self.unlock_button,
            self.switch_button,
            self.pin_button,
            self.change_button,
        )
        for action in self._actions:
            self.bar.add(action)
        self.presenter = PeoplePresenter(shell, self)
        self._lay_out()
        self._connect()
        self.main_button = self.bar.main
        self.back_button = self.bar.back

    def _lay_out(self) -> None:
        metrics = self._shell.theme.metrics
        self._prepare_table()
        self._search = QWidget(self)
        symbol = QLabel(self._search)
        symbol.setPixmap(pixmap("search", self._shell.theme.palette.muted, metrics.icon + 4))
        search = QHBoxLayout(self._search)
        search.setContentsMargins(0, 0, 0, 0)
        search.setSpacing(metrics.gap)
        search.addWidget(symbol)
        search.addWidget(self.search_field, 1)
        listing = QWidget(self)
        column = QVBoxLayout(listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.gap)
        column.addWidget(self._title)
        column.addWidget(self._search)
        column.addWidget(self.empty_text)
        column.addWidget(self.table, 1)
        column.addWidget(self.question)
        column.addStretch(0)
        self._pages = QStackedWidget(self)
        for page in (listing, self.form, self.pin_page):
            self._pages.addWidget(page)
        content = QVBoxLayout()
        content.setContentsMargins(metrics.margin, metrics.margin, metrics.margin, metrics.gap)
        content.setSpacing(metrics.gap)
        content.addWidget(self._pages, 1)
        content.addWidget(self.notice)
        root = QVBoxLayout(self)
        root.setContentsMargins(0, 0, 0, 0)
        root.setSpacing(0)
        root.addLayout(content, 1)
        root.addWidget(self.bar)

    def _prepare_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(self._shell.theme.metrics.touch)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(COLUMNS):
            if column in _WIDTHS:
                header.resizeSection(place, _WIDTHS[column])
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        self.search_field.textChanged.connect(self.presenter.find)
        self.table.selectionModel().currentRowChanged.connect(self.follow)
        self.form.typed.connect(self.follow)
        self.pin_page.typed.connect(self.follow)
        self.bar.back.clicked.connect(self.presenter.back)
        self.bar.main.clicked.connect(self._go_on)
        self.labels_button.clicked.connect(self._print_labels)
        self.unlock_button.clicked.connect(self._unlock)
        self.switch_button.clicked.connect(self._switch)
        self.pin_button.clicked.connect(self._give_pin)
        self.change_button.clicked.connect(self._change)

    @property
    def chosen(self) -> Person | None:
        """Who is chosen in the list; None for nobody."""
        return self.model.person(self.table.currentIndex().row())

    # --- Screen

    def enter(self) -> None:
        self.search_field.blockSignals(True)
        self.search_field.clear()
        self.search_field.blockSignals(False)
        self.model.show(())
        self.presenter.enter()

    def leave(self) -> None:
        self.presenter.leave()
        self.pin_page.field.clear()

    def aim(self, subject: str) -> None:
        self.presenter.aim(subject)

    @property
    def at_rest(self) -> bool:
        return self.presenter.doing is Doing.LIST

    @property
    def scan_kinds(self) -> frozenset[Named]:
        return frozenset({Named.BADGE})

    def scanned(self, code: str) -> bool:
        if self.presenter.doing is Doing.FORM:
            return self.form.scanned(code)
        if self.presenter.doing is not Doing.LIST:
            return False
        self.search_field.clear()
        self.presenter.find_badge(code)
        return True

    def retranslate(self) -> None:
        self._title.setText(self.tr("People"))
        self.search_field.setPlaceholderText(self.tr("Scan a badge, or type a name or a number"))
        self.search_field.setAccessibleName(self.tr("Search for a person"))
        self.table.setAccessibleName(self.tr("People"))
        self.labels_button.setText(self.tr("Label"))
        self.unlock_button.setText(self.tr("Unlock"))
        self.pin_button.setText(self.tr("New PIN"))
        self.change_button.setText(self.tr("Change"))
        self.model.retranslate()
        self.notice.clear()
        self.form.retranslate(self.presenter.person)
        self.pin_page.retranslate()
        chosen = self.chosen
        self._show_rows()
        if chosen is not None:
            self.choose(chosen.badge)
        self._say_pin()
        self._say_question()
        self.follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from the search field into the list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.search_field.hasFocus():
            self.table.setFocus()
            if not self.table.currentIndex().isValid():
                self.table.selectRow(0)
            return
        super().keyPressEvent(event)

    # --- PeopleView

    def show_people(self, found: Sequence[Person], *, searched: bool) -> None:
        chosen = self.chosen
        self._found, self._searched = found, searched
        self._show_rows()
        if chosen is not None:
            self.choose(chosen.badge)

    def show_doing(self) -> None:
        doing, person = self.presenter.doing, self.presenter.person
        self._pages.setCurrentIndex({Doing.FORM: 1, Doing.PIN: 2}.get(doing, 0))
        self._say_question()
        if doing is Doing.FORM:
            self.form.retranslate(person)
            self.form.show_person(person, self._shell.session.language)
        elif doing is Doing.LIST:
            self.pin_page.field.clear()
            self.search_field.setFocus()
        self._show_list()

    def show_pin_step(self) -> None:
        self._say_pin()
        self.pin_page.ask_for(self._pin_asked())
        self.follow()

    def show_sentence(self, sentence: str) -> None:
        self.notice.say(sentence)

    def show_differ(self) -> None:
        self.notice.say(self.tr("The two PINs differ. Type both again."))

    def show_done(self, said: Said, person: Person, kits_held: Sequence[str]) -> None:
        done = {
            Said.ADDED: self.tr("{name} is added. Give a PIN now, or later with “New PIN”."),
            Said.CHANGED: self.tr("Changed: {name}."),
            Said.PIN_SET: self.tr("{name} signs in with this PIN once and must then choose another one."),
            Said.UNLOCKED: self.tr("{name} can sign in again, with the same PIN."),
            Said.DISABLED: self.tr("{name} cannot sign in any more."),
            Said.ENABLED: self.tr("{name} can sign in again."),
        }[said].format(name=person.name)
        if said is Said.DISABLED and kits_held:
            done = f"{done} {self._stays(kits_held)}"
        self.notice.say(done)

    def choose(self, badge: str) -> None:
        row = self.model.row_of(badge)
        if row >= 0:
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))
        self.follow()

    def follow(self) -> None:
        """What can be pressed follows from what is chosen, typed and under way."""
        presenter, chosen = self.presenter, self.chosen
        listing = presenter.doing is Doing.LIST
        offered = {
            self.labels_button: True,
            self.unlock_button: chosen is not None and presenter.is_locked(chosen),
            self.switch_button: chosen is not None and (not chosen.active or presenter.may_disable(chosen)),
            self.pin_button: chosen is not None and presenter.may_give_pin(chosen),
            self.change_button: chosen is not None,
        }
        for action, possible in offered.items():
            action.setVisible(listing and possible)
            action.setEnabled(not presenter.busy)
        if chosen is not None:
            self.switch_button.setText(self.tr("Disable") if chosen.active else self.tr("Enable"))
        main, possible = {
            Doing.LIST: (self.tr("Add a person"), True),
            Doing.FORM: (self.tr("Save") if presenter.person else self.tr("Add"), self.form.complete),
            Doing.PIN: (
                self.tr("Give this PIN") if presenter.pin_asked_again else self.tr("Continue"),
                presenter.may_take_pin(self.pin_page.field.text()),
            ),
            Doing.DISABLING: (self.tr("Yes, disable"), True),
        }[presenter.doing]
        self.bar.main.setText(self.tr("One moment…") if presenter.busy and not listing else main)
        self.bar.main.setEnabled(possible and (listing or not presenter.busy))
        self.bar.back.setText(
            {Doing.LIST: self.tr("Back"), Doing.PIN: self.tr("Later")}.get(presenter.doing, self.tr("Cancel"))
        )
        self.pin_page.allow(typing=not presenter.busy)

    # --- what is said

    def _show_rows(self) -> None:
        clock, today = self._shell.app.clock, self._shell.app.accounts.today()
        now, language = clock.now(), self._shell.session.language
        self.model.show(
            [
                PersonRow(
                    person,
                    role_word(person.role),
                    account_word(person, now, today),
                    write_day(person.expires_on, language) if person.expires_on else "",
                )
                for person in self._found
            ]
        )
        self.empty_text.setText(self.tr("Nobody matches. Clear the field to see everybody, or add a person."))
        self._show_list()

    def _show_list(self) -> None:
        """The list, unless nobody is in it, or a question stands in its place."""
        listing, nobody = self.presenter.doing is Doing.LIST, not self._found and self._searched
        self._search.setVisible(listing)
        self.empty_text.setVisible(listing and nobody)
        self.table.setVisible(listing and not nobody)

    def _stays(self, kits: Sequence[str]) -> str:
        stays = self.tr(
            "Kits in this person's custody: {kits}. They stay there until they are returned or handed over."
        )
        return stays.format(kits=", ".join(kits))

    def _say_question(self) -> None:
        presenter = self.presenter
        asked = presenter.doing is Doing.DISABLING and presenter.person is not None
        self.question.setVisible(asked)
        if asked and presenter.person is not None:
            question = self.tr("Disable {name}? Nobody can sign in or sign with this badge then.")
            said = question.format(name=presenter.person.name)
            self.question.setText(f"{said}\n{self._stays(presenter.kits_held)}" if presenter.kits_held else said)

    def _say_pin(self) -> None:
        person = self.presenter.person
        self.pin_page.title.setText(self.tr("A new PIN"))
        given = self.tr("{name} signs in with it once and must then choose another one. Tell it to nobody else.")
        self.pin_page.text.setText(given.format(name=person.name) if person is not None else "")
        self.pin_page.asked.setText(self._pin_asked())

    def _pin_asked(self) -> str:
        if self.presenter.pin_asked_again:
            return self.tr("The same PIN again")
        return self.tr("PIN, {least} to {most} digits").format(least=MIN_PIN_DIGITS, most=MAX_PIN_DIGITS)

    # --- what is pressed

    def _go_on(self) -> None:
        presenter = self.presenter
        if presenter.doing is Doing.LIST:
            presenter.add()
        elif presenter.doing is Doing.FORM:
            presenter.save(self.form.form)
        elif presenter.doing is Doing.PIN:
            presenter.take_pin(self.pin_page.field.text())
        else:
            presenter.disable()

    def _print_labels(self) -> None:
        self.presenter.print_labels(self.chosen)

    def _unlock(self) -> None:
        if (person := self.chosen) is not None:
            self.presenter.unlock(person)

    def _switch(self) -> None:
        if (person := self.chosen) is None:
            return
        if person.active:
            self.presenter.ask_to_disable(person)
        else:
            self.presenter.enable(person)

    def _give_pin(self) -> None:
        if (person := self.chosen) is not None:
            self.presenter.give_pin(person)

    def _change(self) -> None:
        if (person := self.chosen) is not None:
            self.presenter.change(person)
