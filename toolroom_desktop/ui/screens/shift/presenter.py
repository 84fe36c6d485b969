"""What a person says about the kits until the inventory is a record, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from toolroom_desktop.domain.errors import NotFound, UserFacingError
from toolroom_desktop.domain.operation import OperationType
from toolroom_desktop.domain.shifts import KitLine, Owed, Whereabouts
from toolroom_desktop.domain.signing import Signature
from toolroom_desktop.services.shifts import KitNow, KitWord, Recorded, StockTake
from toolroom_desktop.ui.presenter import Presenter
from toolroom_desktop.ui.shell import Shell

MOST_EXPLANATION_CHARACTERS = 300


class Step(StrEnum):
    """How far the inventory is."""

    LIST = "list"
    SIGN = "sign"
    DONE = "done"


class Filter(StrEnum):
    """Which kits the list shows."""

    ALL = "all"
    OUT = "out"
    EXPLAIN = "explain"
    UNSEEN = "unseen"


class ShiftView(Protocol):
    """What the presenter needs of the screen."""

    def show_take(self) -> None:
        """The list, what was said, or the step changed: show the presenter's state."""

    def show_busy(self, busy: bool) -> None: ...
    def show_sentence(self, sentence: str) -> None: ...


class ShiftPresenter(Presenter):
    """Keeps what was said while somebody goes to count a kit or to take one over, until it is signed."""

    def __init__(self, shell: Shell, view: ShiftView) -> None:
        super().__init__(shell)
        self._view = view
        self.take: StockTake | None = None
        self.words: dict[str, KitWord] = {}
        # Asked for many times between two changes of what it is made of.
        self._lines: dict[str, KitLine] | None = None
        self.counting = False
        self.filter = Filter.ALL
        self.search = ""
        self.current: str | None = None
        self.step = Step.LIST
        self.second: Signature | None = None
        self.recorded: Recorded | None = None
        self.saving = False

    # --- coming and going

    def enter(self) -> None:
        """Look up what is where; what was said before stays, unless somebody else said it or of another shift."""
        self.saving = False
        self._view.show_sentence("")
        self._view.show_busy(True)
        badge, shifts = self.shell.badge, self.shell.app.shifts
        self.ask(lambda: shifts.take_stock(badge=badge), self._looked, self._failed)

    def leave(self) -> None:
        """What was said stays; nothing else is wanted any more."""
        self.drop()
        if self.step is not Step.LIST:
            self._begin_anew()

    def _looked(self, take: StockTake) -> None:
        before = self.take
        self._view.show_busy(False)
        if before is None or (before.badge, _shift(before)) != (take.badge, _shift(take)):
            self._begin_anew()
        elif before is not None:
            known = {now.kit.number for now in take.kits}
            same = {now.kit.number: now.recorded for now in before.kits}
            # What was said about a kit holds for as long as it is where it was.
            kept = {now.kit.number for now in take.kits if same.get(now.kit.number) is now.recorded} & known
            self.words = {number: word for number, word in self.words.items() if number in kept}
        self.take = take
        self._lines = None
        self._view.show_take()

    def _begin_anew(self) -> None:
        self.take = None
        self.words = {}
        self._lines = None
        self.counting = False
        self.filter = Filter.ALL
        self.search = ""
        self.current = None
        self.step = Step.LIST
        self.second = None
        self.recorded = None

    # --- what is shown

    @property
    def lines(self) -> dict[str, KitLine]:
        """The inventory as it would be signed, by the kits' numbers."""
        if self._lines is None:
            self._lines = {} if self.take is None else {line.kit: line for line in self.take.lines(self.words)}
        return self._lines

    def owed(self, line: KitLine) -> Owed | None:
        """Why something must still be said about a kit."""
        take = self.take
        return None if take is None else line.owed(self.shell.app.clock.now(), ending=take.ending)

    def question(self, line: KitLine) -> Owed | None:
        """What must be explained about a kit, whether or not it was."""
        take = self.take
        return None if take is None else line.question(self.shell.app.clock.now(), ending=take.ending)

    def shown(self) -> list[tuple[KitNow, KitLine]]:
        """The kits that filter and search let through, as they stand."""
        take, lines = self.take, self.lines
        if take is None:
            return []
        wanted = self.search.strip().casefold()
        found = []
        for now in take.kits:
            line = lines[now.kit.number]
            texts = (now.kit.number, now.kit.code, now.holder, now.toolkit.title_ru, now.toolkit.title_en)
            if self._let_through(line) and any(wanted in text.casefold() for text in texts):
                found.append((now, line))
        return found

    def _let_through(self, line: KitLine) -> bool:
        if self.filter is Filter.OUT:
            return line.recorded is Whereabouts.OUT
        if self.filter is Filter.EXPLAIN:
            return self.question(line) is not None
        if self.filter is Filter.UNSEEN:
            return self._to_tick(line) and not line.ticked
        return True

    @staticmethod
    def _to_tick(line: KitLine) -> bool:
        return line.recorded is not Whereabouts.OUT

    @property
    def out(self) -> int:
        """How many kits are out by the records."""
        return sum(line.recorded is Whereabouts.OUT for line in self.lines.values())

    @property
    def to_explain(self) -> int:
        """About how many kits something must be said still."""
        return sum(self.owed(line) is not None for line in self.lines.values())

    @property
    def ticked(self) -> tuple[int, int]:
        """How many kits of those that are to be seen in the store were, and how many there are."""
        lines = [line for line in self.lines.values() if self._to_tick(line)]
        return sum(line.ticked for line in lines), len(lines)

    @property
    def now(self) -> KitNow | None:
        """The kit that is looked at."""
        take = self.take
        return None if take is None else next((now for now in take.kits if now.kit.number == self.current), None)

    # --- what the person does

    def choose(self, kit: str | None) -> None:
        """Look at that kit."""
        if kit != self.current:
            self.current = kit
            self._view.show_take()

    def find(self, search: str) -> None:
        """Show the kits that match."""
        self.search = search
        self._view.show_take()

    def show_only(self, filter_: Filter) -> None:
        """Show some of the kits."""
        self.filter = filter_
        self._view.show_take()

    def count_one_by_one(self, counting: bool) -> None:
        """Tick kits off one by one, or let the records stand for those that were not."""
        self.counting = counting
        if not counting and self.filter is Filter.UNSEEN:
            self.filter = Filter.ALL
        self._view.show_take()

    def saw(self, kit: str, where: Whereabouts) -> None:
        """A person's word on where a kit is."""
        recorded = self.lines[kit].recorded
        self._say(kit, replace(self._word(kit), seen=None if where is recorded else where, ticked=True))

    def explain(self, kit: str, text: str) -> None:
        """A person's word on why."""
        self._say(kit, replace(self._word(kit), explanation=text[:MOST_EXPLANATION_CHARACTERS]))

    def alike(self, kit: str) -> list[str]:
        """The other kits that owe an explanation for the same reason."""
        lines = self.lines
        reason = self.question(lines[kit])
        return [number for number, line in lines.items() if number != kit and reason and self.owed(line) is reason]

    def explain_alike(self, kit: str) -> None:
        """Say the same about all kits that owe an explanation for the same reason."""
        said = self._word(kit).explanation
        for other in self.alike(kit):
            self.words[other] = replace(self._word(other), explanation=said)
        self._lines = None
        self._view.show_take()

    def scanned(self, code: str) -> None:
        """A kit's label: it was seen here."""
        take = self.take
        if take is None or self.step is not Step.LIST or self.saving:
            return
        now = next((now for now in take.kits if now.answers_to(code)), None)
        if now is None:
            self._view.show_sentence(self.shell.sentence(NotFound("kit.unknown", code=code.strip())))
            return
        self._view.show_sentence("")
        self.counting = True
        self.current = now.kit.number
        self.saw(now.kit.number, Whereabouts.IN)

    def count_kit(self, kit: str) -> None:
        """Count a kit in the store before the camera; what was said so far stays."""
        self._view.show_sentence("")
        self._view.show_busy(True)
        self.begin_operation(OperationType.INVENTORY, kit, self._failed)

    def take_over(self, holder: str) -> None:
        """Take over the kits of somebody, one by one; what was said so far stays."""
        self.shell.navigator.show_kits(OperationType.HANDOVER, holder)

    def go_on(self) -> None:
        """To the signatures; or first to what must be explained."""
        if self.take is None:
            return
        if self.to_explain:
            self.filter, self.search = Filter.EXPLAIN, ""
            lines = self.lines
            self.current = next(kit for kit, line in lines.items() if self.owed(line) is not None)
        else:
            self.step = Step.SIGN
        self._view.show_take()

    def back(self) -> None:
        """From the signatures to the list; from the list home, with nothing recorded."""
        if self.saving:
            return
        if self.step is Step.SIGN:
            self.step = Step.LIST
            self._view.show_take()
            return
        self._begin_anew()
        self.shell.navigator.show_home()

    def done(self) -> None:
        """Home, after the record."""
        self.shell.navigator.show_home()

    def second_signed(self, signature: Signature) -> None:
        """Somebody else signed too."""
        self.second = signature
        self._view.show_take()

    def sign(self) -> None:
        """Make it a record. A second call while the first is under way does nothing."""
        take, words = self.take, dict(self.words)
        if take is None or self.saving:
            return
        second: UUID | None = self.second.signature_id if self.second is not None else None
        shifts = self.shell.app.shifts
        self.saving = True
        self._view.show_sentence("")
        self._view.show_take()
        self.ask(lambda: shifts.record(take, words, second=second), self._saved, self._refused)

    # --- what follows

    def _word(self, kit: str) -> KitWord:
        return self.words.get(kit, KitWord())

    def _say(self, kit: str, word: KitWord) -> None:
        self.words[kit] = word
        self._lines = None
        self._view.show_take()

    def _saved(self, recorded: Recorded) -> None:
        self.saving = False
        self.recorded = recorded
        self.step = Step.DONE
        self._view.show_take()

    def _refused(self, error: UserFacingError) -> None:
        """Look again at what is where: it may have changed. The signature was for the list as it was."""
        sentence = self.shell.sentence(error)
        self.saving = False
        self.step = Step.LIST
        self.second = None
        self.enter()
        self._view.show_sentence(sentence)

    def _failed(self, error: UserFacingError) -> None:
        self._view.show_busy(False)
        self._view.show_sentence(self.shell.sentence(error))


def _shift(take: StockTake) -> UUID | None:
    return take.running.shift_id if take.running is not None else None
