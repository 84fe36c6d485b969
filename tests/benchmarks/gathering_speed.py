"""What it costs to take in the records of another station, out of a generated toolroom.

    python -m tests.benchmarks.gathering_speed FOLDER [--entries 20000]

Prints JSON; nothing is asserted. `FOLDER` is read only (python -m tests.toolroom FOLDER makes one); the centre is one
in this process, so that what is measured is checking, writing and deriving, without a network.

per_second  entries taken in by the clock, and by processor time, without the rests between portions
portion     seconds of the clock of a portion of 200 entries: the middle one and the longest
bytes       of the database of all stations, for each operation in it
grown       megabytes by which the process grew between a quarter of the entries and the end (resident, Linux only)
page, desk  milliseconds of a first page of the history and of the desk's data over it, the middle of nine
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.centre.overviews import MemoryOverview, gathering_of
from toolroom_desktop.adapters.database.gathered.store import FOLDER
from toolroom_desktop.adapters.security.pins import FAST
from toolroom_desktop.bootstrap import open_all_stations, open_gathered, open_records
from toolroom_desktop.domain.people import Role
from toolroom_desktop.services.history_rows import HistoryFilter
from toolroom_desktop.services.sync.gathering_ports import EntriesPage
from toolroom_desktop.services.sync.ports import Place


def _resident() -> float:
    """Megabytes of memory that the process has; 0 where nobody says."""
    try:
        text = Path("/proc/self/statm").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(text.split()[1]) * 4096 / 1e6


def _middle(work: Callable[[], object]) -> float:
    took = []
    for _ in range(9):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return round(1000 * statistics.median(took), 2)


def measure(source: Path, entries: int, folder: Path) -> dict[str, object]:
    """Take in the first entries of the toolroom in `source`, into a new station in `folder`."""

    def only_the_first(page: EntriesPage) -> EntriesPage:
        def cut(name: str) -> int:
            return 0 if name == "own" else entries

        sites = [
            replace(
                site,
                head=Place(min(site.head.seq, cut(site.name)), site.head.hash),
                entries=tuple(one for one in site.entries if one.seq <= cut(site.name)),
            )
            for site in page.sites
        ]
        return EntriesPage(
            page.now, tuple(sites), any(site.entries and site.entries[-1].seq < entries for site in sites)
        )

    there = open_records(source, read_only=True)
    own = open_records(folder, create=True, pin_cost=FAST)
    own.accounts.add_person(badge="L-1", name="L", role=Role.SHIFT_LEAD, pin="135790", actor_badge=None)
    gathered = open_gathered(own, folder)
    centre = MemoryOverview({"there": there}, own.clock.now, only_the_first)
    gathering = gathering_of(gathered, own, centre)
    portions: list[float] = []
    quarter = 0.0
    begun, used, last = time.perf_counter(), time.process_time(), time.perf_counter()

    def went_on() -> bool:
        nonlocal last, quarter
        portions.append(time.perf_counter() - last)
        last = time.perf_counter()
        here = gathered.standing()
        if here is not None and not quarter and here.held >= entries // 4:
            quarter = _resident()
        return True

    while gathering.work(went_on, within=3600.0):
        pass
    clock, processor, grown = time.perf_counter() - begun, time.process_time() - used, _resident() - quarter
    here = gathered.standing()
    assert here is not None
    records = open_all_stations(own, gathered).records()
    assert records is not None
    operations = records.history.count(HistoryFilter(), most=10**9).number
    said = {
        "entries": here.held,
        "operations": operations,
        "not_understood": here.not_understood,
        "per_second": {"clock": round(here.held / clock), "processor": round(here.held / processor)},
        "portion": {"middle": round(statistics.median(portions), 3), "longest": round(max(portions), 3)},
        "grown": round(grown, 1),
        "page": _middle(lambda: records.history.page(HistoryFilter())),
        "desk": _middle(lambda: records.desk.look("L-1")),
    }
    gathered.close()
    own.close()
    there.close()
    size = (folder / FOLDER / "toolroom.sqlite").stat().st_size
    return {**said, "bytes": round(size / max(operations, 1))}


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--entries", type=int, default=20_000)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        said = measure(told.folder, told.entries, Path(folder) / "station")
        sys.stdout.write(json.dumps(said, indent=2) + "\n")


if __name__ == "__main__":
    main()
