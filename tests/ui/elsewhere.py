"""What a station learns of another one, without a centre between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from tests.fakes import HandClock
from tests.ui.station import Bench, open_bench, record
from toolroom_desktop.domain.journal import HybridTime
from toolroom_desktop.domain.operation import Operation, OperationType
from toolroom_desktop.services.case_json import case_json
from toolroom_desktop.services.recording import Recorder
from toolroom_desktop.services.result_json import operation_json
from toolroom_desktop.services.sync.elsewhere import elsewhere_appliers
from toolroom_desktop.services.sync.ports import Change
from toolroom_desktop.ui.main_window import MainWindow

STATION = "Ангар Б"


class NoSecrets:
    place = "file"

    def get_or_create(self, name: str) -> bytes:
        del name
        return b"k" * 32


@contextmanager
def another_station(folder: Path, clock: HandClock) -> Iterator[Bench]:
    """A second demo station."""
    made = open_bench(folder, clock)
    try:
        yield made
    finally:
        made.app.close()


def told(bench: Bench, kind: str, key: UUID, content: Mapping[str, object], *, deleted: bool = False) -> None:
    """The centre says that."""
    applier = elsewhere_appliers(Recorder(bench.app.clock, NoSecrets()), bench.app.clock)[kind]
    change = Change(kind, str(key), 1, deleted, content)
    bench.app.database.write(lambda uow: applier.apply(uow, change))


def issued_elsewhere(
    bench: Bench, other: Bench, kit: str = "K-014", badge: str = "DEMO-TECH", *, photos: bool = True
) -> Operation:
    """The other station hands the kit out, and this one learns of it, with its photos or before they came."""
    taken = record(other.app, OperationType.CHECKOUT, kit, badge=badge)
    taken = replace(taken, site_id="another-station")
    content = {
        "site_id": taken.site_id,
        "station": STATION,
        "hlc": str(HybridTime(int(taken.finished_at.timestamp() * 1000))),
        "payload": operation_json(taken),
    }
    told(bench, "custody", taken.operation_id, content)
    if photos:
        for sha256 in (taken.photos.clean, taken.photos.annotated):
            content_of = other.app.operations.photo(sha256)
            assert bench.app.operations.evidence.put(content_of) == sha256
            size = len(content_of)
            bench.app.database.write(
                lambda uow, sha256=sha256, size=size: uow.elsewhere.note_held(sha256, size, size)  # type: ignore[misc]
            )
    return taken


def searched_elsewhere(bench: Bench, other: Bench) -> str:
    """The number of the oldest open case of the other station, of which this one learns."""
    case = replace(other.app.cases.open()[-1].case, site_id="another-station")
    told(bench, "case", case.case_id, {"site_id": case.site_id, "station": STATION, "case": case_json(case)})
    return case.number


def one_of_several(window: MainWindow) -> None:
    """The station belongs to a centre."""
    app = window.shell.app
    window.shell.app = replace(app, operations=replace(app.operations, has_centre=lambda: True))
