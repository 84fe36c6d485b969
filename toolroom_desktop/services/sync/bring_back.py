"""Bringing a station's own entries back from the centre, where its records were restored from an older backup.

Done only where the journal that is here is a beginning of the centre's, entry for entry: then nothing is merged and
nothing overwritten. Every entry is checked and appended as it was, with the records that follow from it, a batch in one
transaction: whatever ends the work leaves a shorter journal that is whole, and the next try goes on behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from toolroom_desktop.domain.errors import CentreProblem, DatabaseProblem, NotFound, UserFacingError
from toolroom_desktop.domain.journal import JournalEntry, seal_of
from toolroom_desktop.domain.toolkit import Kit, Toolkit
from toolroom_desktop.services.ports import Database, EvidenceStore, UnitOfWork
from toolroom_desktop.services.recording import JOURNAL_KEY, Recorder
from toolroom_desktop.services.reference_content import KIT, TOOLKIT, kit_of, toolkit_of
from toolroom_desktop.services.sync.bring_back_ports import OwnCentre, OwnLines, PhotoThere
from toolroom_desktop.services.sync.own_chain import Seals, bad_entry, checked_entry, first_difference
from toolroom_desktop.services.sync.own_records import CentreCatalogue, OwnRecords, photos_in
from toolroom_desktop.services.sync.ports import OwnPage, Place
from toolroom_desktop.services.sync.pull import begin_again
from toolroom_desktop.services.sync.retention import PHOTOS_DROPPED
from toolroom_desktop.services.watching import Watch, unwatched

MOST_ENTRIES = 100
MOST_CHANGES = 1000
LINE_SECONDS = 120.0
# A line is given up for a new one long before it would be torn down.
RENEW_AFTER_SECONDS = 60.0

BROUGHT_BACK = "entries_brought_back"
_CANNOT_BE = (KeyError, LookupError, TypeError, ValueError, AttributeError, OverflowError, UserFacingError)


@dataclass(frozen=True, slots=True)
class Lacking:
    """What the centre has of this station's journal beyond its own.

    station  the last entry that is here; `centre`: the last that is there
    kinds    how many entries of each kind
    people   badges of those who acted, and `other_pins` of those who had another PIN by then
    models   whether another model was installed meanwhile
    sealed   whether every seal was checked with this station's key; False where an entry was sealed with another one
    """

    station: Place
    centre: Place
    first_at: datetime | None = None
    last_at: datetime | None = None
    kinds: Mapping[str, int] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    other_pins: tuple[str, ...] = ()
    models: bool = False
    sealed: bool = True

    @property
    def count(self) -> int:
        """How many entries."""
        return sum(self.kinds.values())

    @property
    def operations(self) -> int:
        """How many of them are operations."""
        return sum(number for kind, number in self.kinds.items() if kind.startswith("operation."))


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What was done. `photos` are at the centre alone; `photos_lost` are neither here nor there."""

    entries: int
    photos: int
    photos_lost: int


@dataclass(slots=True)
class _Tally:
    entries: int = 0
    photos: int = 0
    lost: int = 0


class BringBack:
    """Looks first, then does it. Used by one thread, while nobody works at the station."""

    def __init__(self, database: Database, store: EvidenceStore, recorder: Recorder, lines: OwnLines) -> None:
        self._database = database
        self._store = store
        self._recorder = recorder
        self._lines = lines

    def look(self, *, watch: Watch = unwatched) -> Lacking:
        """What is lacking here; every entry of it is read and checked, and nothing is written.

        `watch` is told (done, total) in entries, and whatever it raises ends it. Raises `CentreProblem`, besides those
        of the line: "centre.refused_fork" where the two journals part, "centre.own_entry_bad",
        "centre.own_entry_newer", "centre.cannot_bring_back".
        """
        here = self._here()
        first: list[datetime] = []
        last: datetime | None = None
        kinds: Counter[str] = Counter()
        people: set[str] = set()
        pins: set[str] = set()
        there, sealed = here, True
        for page, entries, seals in self._pages(here):
            there = page.head
            for entry in entries:
                first = first or [entry.wall_at]
                last = entry.wall_at
                kinds[entry.kind] += 1
                people |= _who(entry.payload)
                if entry.kind in ("pin_set", "pin_changed"):
                    pins.add(str(entry.payload["badge"]))
            sealed = sealed and seals.holds is True
            watch(sum(kinds.values()), max(page.head.seq - here.seq, 0))
        return Lacking(
            here,
            there,
            first[0] if first else None,
            last,
            dict(sorted(kinds.items())),
            tuple(sorted(people)),
            tuple(sorted(pins)),
            models="model_installed" in kinds or "model_rolled_back" in kinds,
            sealed=sealed,
        )

    def run(self, *, by: str | None, watch: Watch = unwatched) -> BroughtBack:
        """Bring back what is lacking; `by` is the badge of who wants it, None for the station's own command line.

        Whatever ends it, what was brought until then stays, and it may be called once more. Raises what `look` raises,
        and `DatabaseProblem`.
        """
        here = self._here()
        known = self._catalogue()
        done = _Tally()
        for page, entries, _ in self._pages(here):
            if entries:
                self._write(page, entries, known, here, by, done)
            watch(done.entries, max(page.head.seq - here.seq, 0))
        return BroughtBack(done.entries, done.photos, done.lost)

    def abort(self) -> None:
        """Wait for the centre no longer, now or later. May be called from any thread."""
        self._lines.abort()

    # --- what the centre says

    def _here(self) -> Place:
        head = self._database.read(lambda uow: uow.journal.head())
        return Place(head.site_seq, head.hash)

    def _pages(self, here: Place) -> Iterator[tuple[OwnPage, list[JournalEntry], Seals]]:
        """Page after page of what is lacking, checked. The first one is empty where nothing is."""
        site_id = self._database.read(lambda uow: uow.site_id)
        clock = self._recorder.clock
        seals = self._seals(here)
        centre, opened = self._lines.open(within=LINE_SECONDS), clock.monotonic()
        try:
            while True:
                page = centre.own_entries(here.seq, most=MOST_ENTRIES)
                self._refuse_fork(centre, page, here)
                entries: list[JournalEntry] = []
                for said in page.entries:
                    entry = checked_entry(said, here, site_id)
                    seals = seals.after(entry)
                    entries.append(entry)
                    here = Place(entry.site_seq, entry.hash)
                if here.seq > page.head.seq or (here.seq == page.head.seq and here != page.head):
                    if entries:
                        raise bad_entry(here.seq, "head")
                elif not entries and here.seq < page.head.seq:
                    # It says that there are more, and has none.
                    raise bad_entry(here.seq + 1, "sequence")
                yield page, entries, seals
                if here.seq >= page.head.seq:
                    return
                if clock.monotonic() - opened > RENEW_AFTER_SECONDS:
                    centre.close()
                    centre, opened = self._lines.open(within=LINE_SECONDS), clock.monotonic()
        finally:
            centre.close()

    def _seals(self, here: Place) -> Seals:
        """Whether the last entry that is here was sealed with the key of now."""
        key = self._recorder.secrets.get_or_create(JOURNAL_KEY)
        last = self._database.read(lambda uow: next(uow.journal.entries(after_seq=here.seq - 1), None))
        return Seals(key, None if last is None else last.seal == seal_of(last.hash, key))

    def _refuse_fork(self, centre: OwnCentre, page: OwnPage, here: Place) -> None:
        """Refuse where the journal that is here is no beginning of the centre's, and the centre's none of it."""
        upto = min(here.seq, page.head.seq)
        if (page.at == here.hash and here.seq <= page.head.seq) or upto == 0:
            return
        differs = first_difference(self._database, centre, upto)
        if differs is not None:
            raise CentreProblem("centre.refused_fork", seq=differs)

    def _catalogue(self) -> CentreCatalogue:
        """Toolkits and kits that the centre changed since, by which what comes back may go."""
        cursor = self._database.read(lambda uow: uow.reference.reach()).cursor
        toolkits: dict[str, Toolkit] = {}
        kits: dict[str, Kit] = {}
        centre = self._lines.open(within=LINE_SECONDS)
        try:
            more = True
            while more:
                page = centre.pull(cursor, most=MOST_CHANGES)
                for change in page.changes:
                    if change.kind == TOOLKIT and not change.deleted:
                        toolkits[change.key] = toolkit_of(change.content)
                    elif change.kind == KIT and not change.deleted:
                        kits[change.key] = kit_of(change.content)
                more = page.more and page.cursor != cursor
                cursor = page.cursor
        finally:
            centre.close()
        return CentreCatalogue(toolkits, kits)

    # --- what is written here

    def _write(
        self,
        page: OwnPage,
        entries: list[JournalEntry],
        known: CentreCatalogue,
        begun: Place,
        by: str | None,
        done: _Tally,
    ) -> None:
        """A batch with all that follows from it; with the last one also the entry that says it."""
        new, dropped = self._photos_of(entries)
        here = {name: size for name in (*new, *dropped) if (size := self._size_here(name)) is not None}
        there = self._there([*new, *dropped])
        at = self._recorder.clock.now()
        last = entries[-1]

        def write(uow: UnitOfWork) -> None:
            records = OwnRecords(uow, known)
            for entry in entries:
                uow.journal.append(entry)
                try:
                    records.make_of(entry)
                except DatabaseProblem:
                    raise
                except _CANNOT_BE as error:
                    raise CentreProblem(
                        "centre.own_entry_not_made", seq=entry.site_seq, kind=entry.kind, reason=_reason(error)
                    ) from error
            for name in new:
                _note_photo(uow, name, here.get(name), there.get(name), at)
            uow.photos.drop([name for name in dropped if name not in here and _whole(there, name)], at)
            uow.outbox.acknowledge(last.site_seq, at, most=last.site_seq)
            if last.site_seq == page.head.seq:
                payload = {
                    "first": begun.seq + 1,
                    "last": last.site_seq,
                    "entries": last.site_seq - begun.seq,
                    "hash": last.hash,
                    "by": by,
                }
                self._recorder.record(uow, BROUGHT_BACK, payload)
                # What the centre said to these records since their backup, it said to others by now.
                begin_again(uow)
                uow.outbox.remember(replace(uow.outbox.memory(), digest_at=None))

        self._database.write(write)
        done.entries += len(entries)
        away = [name for name in new if name not in here]
        done.photos += sum(_whole(there, name) for name in away)
        done.lost += sum(not _whole(there, name) for name in away)

    def _photos_of(self, entries: Iterable[JournalEntry]) -> tuple[list[str], list[str]]:
        """The photos that entries name and these records do not know, and known ones that had been deleted here."""
        named: set[str] = set()
        dropped: set[str] = set()
        for entry in entries:
            named |= photos_in(entry.payload)
            if entry.kind == PHOTOS_DROPPED:
                dropped |= set(map(str, entry.payload["photos"]))
        known = self._database.read(lambda uow: uow.photos.known(named | dropped))
        return sorted(named - known), sorted(dropped & known)

    def _size_here(self, sha256: str) -> int | None:
        """How many bytes the photo has that lies here; None where it does not, or is damaged."""
        try:
            return len(self._store.get(sha256))
        except (NotFound, DatabaseProblem, ValueError):
            return None

    def _there(self, names: list[str]) -> Mapping[str, PhotoThere]:
        if not names:
            return {}
        centre = self._lines.open(within=LINE_SECONDS)
        try:
            return centre.own_photos(names)
        finally:
            centre.close()


def _whole(there: Mapping[str, PhotoThere], name: str) -> bool:
    return name in there and there[name].whole


def _note_photo(uow: UnitOfWork, name: str, here: int | None, there: PhotoThere | None, at: datetime) -> None:
    # Of one that is neither here nor there nobody knows the size; that it is gone is told like of any other.
    size = here if here is not None else there.size if there is not None else 1
    uow.evidence.add(name, size)
    if there is not None and there.whole:
        uow.outbox.acknowledge_file(name, size, at)
        if here is None:
            uow.photos.drop([name], at)


def _who(payload: Mapping[str, Any]) -> set[str]:
    """The badges of those who did what an entry says."""
    found: set[str] = set()
    user = payload.get("user")
    if isinstance(user, Mapping):
        found.add(str(user.get("badge", "")))
    for name in ("by", "badge"):
        said = payload.get(name)
        found.add(str(said.get("badge", "")) if isinstance(said, Mapping) else str(said or ""))
    return found - {""}


def _reason(error: BaseException) -> str:
    return error.code if isinstance(error, UserFacingError) else f"{type(error).__name__}: {error}"[:200]
