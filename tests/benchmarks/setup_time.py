"""How long the setup file takes under Wine: a silent install, and an upgrade of a station with a gigabyte of data.

Run with ``.nox/package/bin/python -m tests.benchmarks.setup_time`` after ``nox -s package``; prints JSON in seconds.
Nothing is asserted: the figures belong to the machine and to Wine. The gigabyte is taken away again.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from hashlib import sha256

from installer.places import usual_places
from installer.wine import Wine
from tests.package.test_data_upgrade import MORE_OPERATIONS, older_records, schema_of
from tests.package.workstation import Workstation
from toolroom_desktop.adapters.database.backup import copy_database
from toolroom_desktop.adapters.database.migrate import SHIPPED

PHOTOS, PHOTO_BYTES = 8_200, 120_000


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.monotonic()
    work()
    return round(time.monotonic() - begun, 1)


def lay_photos(station: Workstation) -> None:
    """Evidence as the station keeps it: one file each, named by its SHA-256, in folders by its first two digits."""
    for _ in range(PHOTOS):
        content = os.urandom(PHOTO_BYTES)
        name = sha256(content).hexdigest()
        folder = station.data / "evidence" / name[:2]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.jpg").write_bytes(content)


def main() -> None:
    """Measure and print."""
    places = usual_places()
    station = Workstation(Wine(places.wine_prefix), places)
    station.clear()
    try:
        report: dict[str, object] = {"unit": "s", "load": [round(load, 1) for load in os.getloadavg()]}
        station.wine.run(["cmd", "/c", "exit"])  # what Wine needs for itself
        report["setup_file_mb"] = round(places.setup_file.stat().st_size / 1e6)
        report["install"] = seconds(lambda: station.setup_at_work(places.setup_file))
        assert station.whole(), station.logs()
        station.clear()

        station.setup(places.older_setup_file)
        database = older_records(station, MORE_OPERATIONS)
        lay_photos(station)
        files = [path for path in station.data.rglob("*") if path.is_file()]
        report["data_mb"] = round(sum(path.stat().st_size for path in files) / 1e6)
        report["records_mb"] = round(database.stat().st_size / 1e6)
        report["copy_of_the_records"] = seconds(lambda: copy_database(database, station.data / "copy.sqlite"))
        station.wine.run(["cmd", "/c", "exit"])
        report["upgrade"] = seconds(lambda: station.setup_at_work(places.setup_file))
        assert schema_of(database) == SHIPPED.head, station.logs()
        assert station.whole(), station.logs()
    finally:
        station.clear()
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
