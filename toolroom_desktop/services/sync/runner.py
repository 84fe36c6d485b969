"""Sync in the background: a thread each for operations, photos and the records of all stations, that never hang."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from toolroom_desktop.domain.errors import CentreProblem, UserFacingError
from toolroom_desktop.services.ports import Clock, Database, EvidenceStore
from toolroom_desktop.services.sync.evidence import EvidenceLane, EvidenceReport
from toolroom_desktop.services.sync.fetch import FileFetcher
from toolroom_desktop.services.sync.gathering import Gathering
from toolroom_desktop.services.sync.gathering_ports import ALL_STATIONS
from toolroom_desktop.services.sync.model_keeper import ModelKeeper
from toolroom_desktop.services.sync.pace import Backoff, Rhythm
from toolroom_desktop.services.sync.ports import Lines
from toolroom_desktop.services.sync.pull import Puller
from toolroom_desktop.services.sync.retention import PhotoRetention
from toolroom_desktop.services.sync.round import RoundReport, SyncRound
from toolroom_desktop.services.sync.state import StateBoard, SyncState, needs_a_person

STOP_SECONDS = 5.0
# Photos that the centre lost and that are here no more are asked for now and then: it may have got them back.
ASK_AGAIN_SECONDS = 3600.0
# So long at most, before each of them, photos wait while a round of operations is under way: on a slow line the two
# would share it. A round that hangs holds them up no longer.
COURTESY_SECONDS = 1.0
# A long round says how far it is so often.
COUNT_SECONDS = 1.0

_log = logging.getLogger(__name__)


class _Loop:
    """A thread that works, waits, and works again: by the clock after success, with a growing wait after failures."""

    def __init__(
        self,
        name: str,
        work: Callable[[], bool],
        failed: Callable[[UserFacingError | None], None],
        rhythm: Rhythm,
    ) -> None:
        """`work` says whether more is waiting; `failed` is told what was wrong, None for a fault of the program."""
        self._work = work
        self._failed = failed
        self._idle = rhythm.idle
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._backoff = Backoff(random.random, rhythm.longest)
        # A name lookup cannot be broken off; a thread that hangs in one must not keep the program.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Work now, not when the wait is over."""
        self._wake.set()

    def end(self) -> None:
        """Ask it to end."""
        self._ended.set()
        self._wake.set()

    @property
    def ending(self) -> bool:
        """Whether it was asked to end."""
        return self._ended.is_set()

    def join(self, seconds: float) -> bool:
        """Wait for its end, at most so long; whether it ended."""
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self.ending:
            self._wake.clear()
            self._wake.wait(self._once())

    def _once(self) -> float:
        """Work once; how many seconds to wait then."""
        try:
            more = self._work()
        except UserFacingError as error:
            if self.ending:
                return 0.0
            self._failed(error)
            return self._backoff.failed()
        except Exception:  # noqa: BLE001 - the last place: nobody watches this thread, and it must not end
            if self.ending:
                return 0.0
            _log.exception("sync failed in a way that nobody foresaw; it is tried again")
            self._failed(None)
            return self._backoff.failed()
        self._backoff.succeeded()
        return 0.0 if more else self._idle


@dataclass(frozen=True, slots=True)
class SyncOutcome:
    """What one call of `SyncRunner.once` did. `done` is False where it did not end well; `problems` say why."""

    done: bool
    pushed: int
    files: int
    problems: tuple[UserFacingError, ...]
    state: SyncState


class SyncRunner:
    """Owned by the composition root: started when the station is, stopped before the database closes."""

    def __init__(
        self,
        *,
        database: Database,
        store: EvidenceStore,
        clock: Clock,
        operations: Lines,
        evidence: Lines,
        app_version: str,
        rhythm: Rhythm | None = None,
        retention: PhotoRetention | None = None,
        puller: Puller | None = None,
        fetcher: FileFetcher | None = None,
        gathering: Gathering | None = None,
        models: ModelKeeper | None = None,
    ) -> None:
        """Two separate ways of opening lines, so that stopping one tears down its own.

        `gathering` brings the records of all stations, on a line of its own; None brings none.

        `puller` takes over what the centre says; None pulls nothing. `retention` lets photos go that the centre has;
        None keeps all of them. `fetcher` brings photos of other stations; None brings none. `models` brings the model
        that the centre names; None brings none.
        """
        self._rhythm = rhythm or Rhythm()
        self._database = database
        self._clock = clock
        self._lines = (operations, evidence)
        self._round = SyncRound(database, clock, app_version, puller)
        self._lane = EvidenceLane(database, store, clock)
        self._retention = retention
        self._fetcher = fetcher
        self._gathering = gathering
        self._models = models
        # When the centre was last asked for photos that it had lost, in seconds of the monotonic clock.
        self._lost_asked: float | None = None
        self._counted = clock.monotonic()
        self._operations_rest = threading.Event()
        self._operations_rest.set()
        self._board = StateBoard()
        self._loops = [
            _Loop("sync", self._operations, self._operations_failed, self._rhythm),
            _Loop("sync evidence", self._photos, self._photos_failed, self._rhythm),
        ]
        if gathering is not None:
            self._loops.append(_Loop("sync all stations", self._gather, self._gather_failed, self._rhythm))

    @property
    def state(self) -> SyncState:
        """How it is."""
        return self._board.state

    def follow(self, listener: Callable[[SyncState], None], *, present: bool = False) -> None:
        """Have `listener` called with every new state, in the thread that changed it; it must return at once.

        Where `present`, it is called with the state of now first.
        """
        self._board.follow(listener, present=present)

    def unfollow(self, listener: Callable[[SyncState], None]) -> None:
        """Call it no more."""
        self._board.unfollow(listener)

    def start(self) -> None:
        """Begin, and return at once."""
        memory = self._database.read(lambda uow: uow.outbox.memory())
        self._board.change(last_success=memory.last_success)
        self.recount()
        for loop in self._loops:
            loop.start()

    def now(self) -> None:
        """Do not wait any longer."""
        self._lost_asked = None
        if self._models is not None:
            self._models.again()
        for loop in self._loops:
            loop.wake()

    def recount(self) -> None:
        """Count anew what waits."""
        waiting = self._database.read(lambda uow: uow.outbox.waiting())
        self._counted = self._clock.monotonic()
        self._board.change(
            pending_operations=waiting.operations, pending_files=waiting.files, pending_bytes=waiting.bytes
        )

    def stop(self) -> None:
        """Tear down what is open and end, within `STOP_SECONDS`. May be called twice, and without a start."""
        for loop in self._loops:
            loop.end()
        for lines in self._lines:
            lines.abort()
        if self._gathering is not None:
            self._gathering.abort()
        for loop in self._loops:
            if not loop.join(STOP_SECONDS):
                _log.error("a thread of sync did not end in time; it ends with the program")

    def once(self) -> SyncOutcome:
        """Both lanes once, in the calling thread, for a runner that was not started."""
        problems: list[UserFacingError] = []
        pushed = files = 0
        done = False
        try:
            more = True
            while more:
                report, more = self._one_round(self._until(lambda: False))
                pushed += report.pushed
            if report.open_quarantine:
                problems.append(CentreProblem("centre.quarantined", count=report.open_quarantine))
            if report.aside:
                problems.append(CentreProblem("reference.aside", count=report.aside))
            more = True
            while more:
                sent, more = self._one_lane(self._until(lambda: False))
                files += sent.files
            problems += [problem for problem in (sent.unreadable, _photos_lost(sent.lost)) if problem is not None]
            while self._fetch(self._until(lambda: False)):
                pass
            self._let_photos_go(lambda: True)
            model = self.state.model
            if model is not None and model.problem is not None:
                problems.append(model.problem)
            done = True
        except UserFacingError as error:
            self._operations_failed(error)
            problems.append(error)
        if done:
            # What of others could not be brought is no fault of this station's own exchange.
            try:
                while self._gathered(lambda: True):
                    pass
            except UserFacingError as error:
                problems.append(error)
        return SyncOutcome(done, pushed, files, tuple(problems), self.state)

    def _operations(self) -> bool:
        report, more = self._one_round(self._until(lambda: self._loops[0].ending))
        # Where the centre lost photos, or names a model, the other lane has work.
        if report.again:
            self._lost_asked = None
        if report.again or report.pulled:
            self._loops[1].wake()
        return more

    @contextmanager
    def operations_first(self) -> Iterator[None]:
        """Meanwhile the photos' lane steps aside between two photos."""
        self._operations_rest.clear()
        try:
            yield
        finally:
            self._operations_rest.set()

    def _one_round(self, go_on: Callable[[], bool]) -> tuple[RoundReport, bool]:
        """A round, and whether more waits."""
        self._board.change(working=True)
        with self.operations_first():
            centre = self._lines[0].open(within=self._rhythm.within)
            try:
                report = self._round.run(centre, go_on=go_on)
            finally:
                centre.close()
        self._tell(report)
        if self._gathering is not None:
            self._gathering.hear(allowed=ALL_STATIONS in report.features)
            # What others recorded is looked for as often as what this station recorded is told.
            self._loops[2].wake()
        return report, self.state.pending_operations > 0 and report.pushed > 0

    def _photos(self) -> bool:
        go_on = self._behind_operations()
        waiting = self._database.read(lambda uow: uow.outbox.waiting())
        to_send = False
        if waiting.files or (waiting.doubtful and self._lost_asked_long_ago()):
            to_send = self._one_lane(go_on)[1]
        elif not waiting.doubtful:
            self._board.change(evidence_problem="", evidence_details={}, photos_lost=0)
        # In time of its own: the photo of a kit that comes back here, or a model, waits for no month of own photos.
        go_on = self._behind_operations()
        try:
            to_fetch = self._fetch(go_on)
        except UserFacingError as problem:
            if not to_send or self._loops[1].ending:
                raise
            # What cannot be brought slows nothing down that still has to go.
            self._photos_failed(problem)
            return True
        self._let_photos_go(go_on)
        return to_send or to_fetch

    def _behind_operations(self) -> Callable[[], bool]:
        """True while the photos' lane has time for more; asked, it lets a round of operations end first."""
        there_is_time = self._until(lambda: self._loops[1].ending)

        def go_on() -> bool:
            self._operations_rest.wait(COURTESY_SECONDS)
            return there_is_time()

        return go_on

    def _lost_asked_long_ago(self) -> bool:
        return self._lost_asked is None or self._clock.monotonic() - self._lost_asked >= ASK_AGAIN_SECONDS

    def _one_lane(self, go_on: Callable[[], bool]) -> tuple[EvidenceReport, bool]:
        """The photos' lane, and whether more wait."""
        self._board.change(working_photos=True)
        centre = self._lines[1].open(within=self._rhythm.within)
        try:
            report = self._lane.run(centre, go_on=go_on)
        finally:
            centre.close()
        self._lost_asked = self._clock.monotonic()
        self.recount()
        problem = report.unreadable or _photos_lost(report.lost)
        self._board.change(
            working_photos=False,
            evidence_problem="" if problem is None else problem.code,
            evidence_details={} if problem is None else problem.details,
            photos_lost=report.lost,
        )
        return report, self.state.pending_files > 0 and report.files > 0

    def _fetch(self, go_on: Callable[[], bool]) -> bool:
        """Bring photos of other stations and the centre's model, and let go of what nobody needs any more.

        Whether more of the model is to come.
        """
        fetcher, models = self._fetcher, self._models
        more = False
        if fetcher is not None:
            fetcher.tidy()
        if models is not None:
            models.tidy()
        photos = fetcher is not None and fetcher.anything
        parts = models is not None and models.anything
        if photos or parts:
            centre = self._lines[1].open(within=self._rhythm.within)
            try:
                if fetcher is not None and photos:
                    fetcher.run(centre, go_on=go_on)
                if models is not None and parts:
                    more = models.fetch(centre, go_on=go_on, told=self._tell_model)
            finally:
                centre.close()
        if models is not None:
            models.install()
            self._tell_model()
        return more

    def _tell_model(self) -> None:
        if self._models is not None:
            self._board.change(model=self._models.standing())

    def _gather(self) -> bool:
        return self._gathered(self._until(lambda: self._loops[2].ending))

    def _gathered(self, go_on: Callable[[], bool]) -> bool:
        """Bring the records of all stations as far as there is time; whether more wait."""
        return self._gathering is not None and self._gathering.work(go_on, within=self._rhythm.within)

    def _gather_failed(self, error: UserFacingError | None) -> None:
        """Where the network is away the other lanes say so, and how old the records are is said beside them."""
        if error is not None:
            _log.info("the records of all stations could not be brought: %s", error)

    def _let_photos_go(self, go_on: Callable[[], bool], *, at_once: bool = False) -> int:
        if self._retention is None:
            return 0
        within = self._rhythm.within
        return self._retention.run(lambda: self._lines[1].open(within=within), go_on=go_on, at_once=at_once)

    def _until(self, ending: Callable[[], bool]) -> Callable[[], bool]:
        """True while there is time for more in this round. Being asked, it also counts anew what still waits."""
        end = self._clock.monotonic() + self._rhythm.work

        def go_on() -> bool:
            now = self._clock.monotonic()
            if now - self._counted >= COUNT_SECONDS:
                self.recount()
            return not ending() and now < end

        return go_on

    def _tell(self, report: RoundReport) -> None:
        self.recount()
        problem, count = "", 0
        if report.open_quarantine:
            problem, count = "centre.quarantined", report.open_quarantine
        elif report.aside:
            problem, count = "reference.aside", report.aside
        self._board.change(
            working=False,
            problem=problem,
            details={"count": count} if problem else {},
            attention=bool(problem),
            quarantined=report.open_quarantine,
            aside=report.aside,
            aside_told=report.told,
            clock_offset=report.clock_offset,
            last_success=report.at,
            failing_since=None,
            rounds=self.state.rounds + 1,
        )

    def _operations_failed(self, error: UserFacingError | None) -> None:
        self._board.change(
            working=False,
            problem="centre.fault" if error is None else error.code,
            details={} if error is None else error.details,
            attention=error is None or needs_a_person(error),
            failing_since=self.state.failing_since or self._clock.now(),
            rounds=self.state.rounds + 1,
        )
        # Where even the count fails, what is wrong was said already.
        with suppress(UserFacingError):
            self.recount()

    def _photos_failed(self, error: UserFacingError | None) -> None:
        self._board.change(
            working_photos=False,
            evidence_problem="centre.fault" if error is None else error.code,
            evidence_details={} if error is None else error.details,
        )


def _photos_lost(count: int) -> UserFacingError | None:
    return CentreProblem("centre.photos_lost", count=count) if count else None
