"""The steps that only ask or say something: language, purpose, administrator, end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from toolroom_desktop.config.messages import Language
from toolroom_desktop.config.settings import Settings, save_setting
from toolroom_desktop.domain.errors import UserFacingError
from toolroom_desktop.domain.people import Person, check_pin_form
from toolroom_desktop.ui.care import AnsweredBy
from toolroom_desktop.ui.screens.setup.step import Flow, Outcome, Step
from toolroom_desktop.ui.shell import Surroundings


class LanguageStep(Step):
    """In which language the station speaks. What is chosen holds at once and is saved."""

    def __init__(self, surroundings: Surroundings, flow: Flow) -> None:
        super().__init__(surroundings, flow)
        self.answered = AnsweredBy.NOBODY

    def enter(self) -> None:
        self.ask(self.flow.case.answered, lambda answered: self._answered(answered.language), self.failed)

    def choose(self, language: Language) -> None:
        """Speak it."""
        if language != self.surroundings.session.language:
            self.flow.host.use_language(language)
        if self.answered is AnsweredBy.POLICY:
            self.flow.changed()
        else:
            self._save(self._kept)

    def go_on(self) -> None:
        if self.answered is AnsweredBy.POLICY:
            self.done()  # there is nothing to save
        else:
            self._save(self._saved)

    def _save(self, done: Callable[[Settings], None]) -> None:
        path, language = self.flow.case.settings_path, self.surroundings.session.language
        self.problem = None
        self.working = True
        self.flow.changed()
        self.ask(lambda: save_setting(path, "station", "language", language), done, self.failed)

    def _kept(self, _settings: Settings) -> None:
        self.outcome = Outcome.DONE
        self.working = False
        self.flow.changed()

    def _answered(self, by: AnsweredBy) -> None:
        self.answered = by
        self.flow.changed()

    def _saved(self, _settings: Settings) -> None:
        self.done()


class PurposeStep(Step):
    """Real work, or the demonstration with records of its own. A station that runs is one of them already."""

    def __init__(self, surroundings: Surroundings, flow: Flow) -> None:
        super().__init__(surroundings, flow)
        self.demonstration = False

    def begin(self) -> None:
        super().begin()
        self.demonstration = self.flow.case.demo

    @property
    def fixed(self) -> bool:
        """Whether there is nothing to choose."""
        return self.flow.case.running

    def choose(self, *, demonstration: bool) -> None:
        """Which of the two the main button begins."""
        if not self.fixed:
            self.demonstration = demonstration
        self.flow.changed()

    def go_on(self) -> None:
        if self.demonstration and not self.fixed:
            self.flow.host.start_demonstration()
        else:
            self.done()


class Field(StrEnum):
    """What an administrator must be given."""

    BADGE = "badge"
    NAME = "name"
    PIN = "pin"
    AGAIN = "again"


class AdministratorStep(Step):
    """Who may add people, kits and models. Without one nobody can."""

    warns = True

    def __init__(self, surroundings: Surroundings, flow: Flow) -> None:
        super().__init__(surroundings, flow)
        self.known: Sequence[Person] = ()
        self.another = False
        self.missing: Field | None = None
        self.pins_differ = False

    def begin(self) -> None:
        super().begin()
        self.known = ()
        self._forget()

    def enter(self) -> None:
        self._forget()
        self.working = True
        self.ask(self.flow.case.setup.administrators, self._looked_up, self.failed)

    @property
    def asks(self) -> bool:
        """Whether somebody is being added."""
        return self.another or not self.known

    @property
    def can_add_another(self) -> bool:
        """Only somebody who is signed in may add people once there are some."""
        return bool(self.known) and not self.another and self.flow.case.badge is not None

    def add_another(self) -> None:
        """Ask for one more."""
        if self.can_add_another:
            self.another = True
            self.flow.changed()

    def add(self, badge: str, name: str, pin: str, again: str) -> None:
        """Add the administrator, or say what is missing."""
        if self.working:
            return
        self._forget(keep_form=True)
        if not badge.strip():
            self.missing = Field.BADGE
        elif not name.strip():
            self.missing = Field.NAME
        elif not self._well_formed(pin):
            self.missing = Field.PIN
        elif not again:
            self.missing = Field.AGAIN
        elif pin != again:
            self.missing, self.pins_differ = Field.PIN, True
        if self.missing is not None:
            self.flow.changed()
            return
        setup, actor = self.flow.case.setup, self.flow.case.badge
        self.working = True
        self.flow.changed()
        self.ask(
            lambda: setup.add_administrator(badge=badge, name=name, pin=pin, actor_badge=actor),
            self._added,
            self.failed,
        )

    def _well_formed(self, pin: str) -> bool:
        try:
            check_pin_form(pin)
        except UserFacingError as error:
            self.problem = error
            return False
        return True

    def _forget(self, *, keep_form: bool = False) -> None:
        self.problem = None
        self.missing, self.pins_differ = None, False
        self.another = self.another and keep_form

    def _looked_up(self, known: Sequence[Person]) -> None:
        self.known = known
        self.working = False
        if known:
            self.outcome = Outcome.DONE
        self.flow.changed()

    def _added(self, person: Person) -> None:
        self.known = [*self.known, person]
        self.another = False
        self.done()


class FinishStep(Step):
    """What is set up, and what was left for later."""

    @property
    def can_skip(self) -> bool:
        return False

    def go_on(self) -> None:
        self.flow.host.finish_setup()
