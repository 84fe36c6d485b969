"""Taking over what the centre says: page by page, each with its cursor in one transaction.

What is equal to what was said before is left alone: an edit made here stays until somebody decides at the centre.
Whatever cannot be taken over is put aside with the reason, holds up nothing, and is tried again with every round.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from toolroom_desktop.domain.errors import CentreProblem, DatabaseProblem, UserFacingError
from toolroom_desktop.services.ports import Clock, Database, UnitOfWork
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.sync.pace import Portion
from toolroom_desktop.services.sync.ports import Centre, Change, Known, Page

REFERENCE_TAKEN = "reference_taken"
MOST_CHANGES = 200
LEAST_CHANGES = 4
# A command at the counter waits for a page that is being written. One that took longer makes the next ones smaller.
PAGE_SECONDS = 0.03
RETRIED_AT_ONCE = 50
# Of what is put aside, so many are named to people; the rest is counted.
MOST_TOLD = 20

Place = tuple[str, str]


class Applier(Protocol):
    """Takes rows of one kind over into the station's own tables, within the transaction of their page."""

    @property
    def journaled(self) -> bool:
        """Whether the journal says that rows of this kind were taken over."""

    def apply(self, uow: UnitOfWork, change: Change, /) -> bool:
        """Make it so here; whether anything changed. Harmless when it is so already.

        Raises `UserFacingError` for what cannot be taken over, and `KeyError`, `TypeError` or `ValueError` for content
        of another form; whatever it wrote is taken back then.
        """


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a round pulled: rows that are new here, or were taken over at last.

    aside  counts all that is put aside by now; `told` are the first of them
    """

    changes: int
    aside: int
    told: tuple[Known, ...] = ()


class Puller:
    """Used by one thread."""

    def __init__(
        self,
        database: Database,
        recorder: Recorder,
        clock: Clock,
        appliers: Mapping[str, Applier],
        *,
        taken: Callable[[frozenset[str]], None] = lambda _kinds: None,
        settle: Callable[[], int] = lambda: 0,
    ) -> None:
        """`appliers` by kind, those first on whose rows others depend.

        `taken` is told, in this thread and after the commit, of which kinds rows were just taken over. `settle` does
        what follows once all is known that the centre knows, and says how many entries it wrote.
        """
        self._database = database
        self._recorder = recorder
        self._clock = clock
        self._appliers = appliers
        self._order = {kind: place for place, kind in enumerate(appliers)}
        self._taken = taken
        self._settle = settle
        self._portion = Portion(MOST_CHANGES, LEAST_CHANGES)
        # Where the journal ended when what is put aside was last tried: what changed since may make room for it.
        self._tried_at = -1

    def begin_again(self) -> None:
        """Have the next round read everything once more: the centre is another one, or was restored."""
        self._database.write(begin_again)

    def run(self, centre: Centre, *, go_on: Callable[[], bool] = lambda: True) -> PullReport:
        """Take over all that is new. `go_on` is asked between pages. Raises `CentreProblem`; what was taken stays."""
        cursor = self._database.read(lambda uow: uow.reference.reach()).cursor
        changes = 0
        more = True
        while more:
            page = self._page(centre, cursor)
            changes += self._take(page, cursor)
            more = page.more and page.cursor != cursor and go_on()
            cursor = page.cursor
        changes += self._try_again(changes)
        if not page.more:
            changes += self._settle()
        aside = self._database.read(lambda uow: (uow.reference.count_aside(), uow.reference.aside(most=MOST_TOLD)))
        return PullReport(changes, aside[0], tuple(aside[1]))

    def _page(self, centre: Centre, cursor: str) -> Page:
        try:
            return centre.pull(cursor, most=self._portion.size)
        except CentreProblem as problem:
            if problem.code == "centre.silent":
                self._portion.failed()
            raise

    def _take(self, page: Page, before: str) -> int:
        """Write a page and its cursor; how many of its rows are new here."""
        places = [(change.kind, change.key) for change in page.changes]
        known = self._database.read(lambda uow: uow.reference.known(places))
        fresh = [
            change
            for change in page.changes
            if (had := known.get((change.kind, change.key))) is None or had.change != change
        ]
        if not fresh and page.cursor == before:
            return 0
        fresh.sort(key=lambda change: self._order.get(change.kind, len(self._order)))
        begun = self._clock.monotonic()

        def write(uow: UnitOfWork) -> frozenset[str]:
            # First all of it, so that one row may ask what the centre says of another one of the same page.
            uow.reference.save([Known(change, applied=False) for change in fresh])
            done = self._apply_all(uow, fresh)
            uow.reference.note_reach(page.cursor, self._clock.now())
            return done

        self._tell(self._database.write(write))
        if fresh and self._clock.monotonic() - begun > PAGE_SECONDS:
            self._portion.failed()
        else:
            self._portion.succeeded()
        return len(fresh)

    def _try_again(self, changes: int) -> int:
        """Once more what is not applied, where something changed that may make room for it, as long as that helps.

        How many rows are applied now.
        """
        helped = 0
        while True:
            head = self._database.read(lambda uow: uow.journal.head().site_seq)
            if not changes and head == self._tried_at:
                return helped
            self._tried_at = head
            changes = self._try_all()
            helped += changes
            if not changes:
                return helped

    def _try_all(self) -> int:
        """Try every row that is not applied; how many of them are now."""
        helped = 0
        after = ("", "")
        while True:
            start = after
            waiting = self._database.read(
                lambda uow, start=start: uow.reference.waiting(self._appliers, start, most=RETRIED_AT_ONCE)  # type: ignore[misc]
            )
            if not waiting:
                return helped
            after = (waiting[-1].change.kind, waiting[-1].change.key)
            changes = [known.change for known in waiting]

            def write(uow: UnitOfWork, changes: list[Change] = changes) -> tuple[frozenset[str], int]:
                done = self._apply_all(uow, changes)
                now = uow.reference.known([(change.kind, change.key) for change in changes])
                return done, sum(known.applied for known in now.values())

            done, applied = self._database.write(write)
            self._tell(done)
            helped += applied

    def _apply_all(self, uow: UnitOfWork, changes: Iterable[Change]) -> frozenset[str]:
        """Apply rows that lie in `uow.reference`, note what became of each; the kinds of which something changed."""
        done: list[Change] = []
        known: list[Known] = []
        for change in changes:
            applier = self._appliers.get(change.kind)
            if applier is None:
                continue
            tried, changed = _tried(uow, applier, change)
            known.append(tried)
            if changed:
                done.append(change)
        uow.reference.save(known)
        told = [change for change in done if self._appliers[change.kind].journaled]
        if told:
            self._recorder.record(uow, REFERENCE_TAKEN, _as_recorded(told))
        return frozenset(change.kind for change in done)

    def _tell(self, kinds: frozenset[str]) -> None:
        if kinds:
            self._taken(kinds)


def begin_again(uow: UnitOfWork) -> None:
    """Forget how far the centre's rows are known, not what is known of them."""
    reach = uow.reference.reach()
    if reach.cursor:
        uow.reference.note_reach("", reach.pulled_at)


def _tried(uow: UnitOfWork, applier: Applier, change: Change) -> tuple[Known, bool]:
    try:
        with uow.attempt():
            changed = applier.apply(uow, change)
    except DatabaseProblem:
        raise
    except UserFacingError as problem:
        return Known(change, applied=False, problem=problem.code, details=plain_details(problem.details)), False
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        details = {"reason": f"{type(error).__name__}: {error}"[:200]}
        return Known(change, applied=False, problem="reference.unusable", details=details), False
    return Known(change, applied=True), changed


def plain_details(details: Mapping[str, object]) -> dict[str, object]:
    """Details of a sentence as they can be kept."""
    return {
        name: value if isinstance(value, str | int | float | bool) or value is None else str(value)
        for name, value in details.items()
    }


def _as_recorded(changes: list[Change]) -> dict[str, object]:
    rows = [[change.kind, change.key, change.version, change.deleted, change.content] for change in changes]
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    counts = Counter(change.kind for change in changes)
    return {
        "changes": dict(sorted(counts.items())),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
