"""One exchange between a station and its centre, written down as JSON: what released stations and centres say.

`python -m tests.centre.freeze FOLDER` makes the files of a new version of the protocol; those of a released one are
never made anew, because stations that say just that are out there.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.centre.server import PostgreSql, builds
from tests.centre.stations import Station, make_template
from tests.faults.sync.conftest import hangar_in
from toolroom_desktop.adapters.central.connect import Deadline, connect
from toolroom_desktop.adapters.central.gateway import PostgreSqlCentre
from toolroom_desktop.adapters.central.reference import Put, ReferenceData
from toolroom_desktop.services.sync.ports import File

SITE = "frozen-1"
PHOTO = b"a photo" * 100
ROWS = (
    Put("person", "а-7", {"badge": "А-7", "name": "Анна", "role": "quality", "active": True, "expires_on": None}),
    Put("kit", "rrj-1", {"number": "RRJ-1", "toolkit": "RRJ", "code": "QR-1"}, deleted=True),
    Put("novelty", "x", {"of": "tomorrow"}),
)
# Made last: what is served to others is what a row names.
NAMING = Put("case", "frozen", {"photo": hashlib.sha256(PHOTO).hexdigest()})


class RecordingServer:
    """A line that writes down what goes over it."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.address = server.address
        self.said: list[tuple[str, dict[str, Any], Any]] = []

    def run(self, sql: str, **values: object) -> Any:
        rows = self._server.run(sql, **values)
        self.said.append((sql, values, answer_of(rows)))
        return rows

    def close(self) -> None:
        self._server.close()


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """A request as JSON: bytes as base64, JSON texts as what they say."""
    if set(values) == {"value"}:
        return dict(json.loads(values["value"]))
    return {
        name: base64.b64encode(value).decode() if isinstance(value, bytes) else value for name, value in values.items()
    }


def answer_of(rows: Sequence[Sequence[Any]]) -> Any:
    """An answer as JSON: the one value of most functions, size and piece of a file."""
    if len(rows[0]) == 2:
        return {"size": rows[0][0], "piece": base64.b64encode(rows[0][1]).decode()}
    return rows[0][0]


def exchange(centre: PostgreSqlCentre, station: Station, name_the_photo: Callable[[], object]) -> None:
    """Everything that a station asks for, once."""
    centre.hello(now=datetime(2026, 5, 4, 8, 0, tzinfo=UTC), app_version="1.0", pending=3)
    chain = station.database.read(lambda uow: uow.outbox.after(0, most=9, most_bytes=1 << 20))
    centre.push(chain)
    centre.pull("", most=200)
    centre.verify()
    centre.digest(after=0, upto=len(chain))
    (file,) = station.database.read(lambda uow: uow.outbox.files("", most=9))
    centre.evidence_held([file.sha256])
    centre.put_piece(File(file.sha256, file.size, 0), 0, PHOTO)
    centre.evidence_held([file.sha256])
    name_the_photo()
    centre.get_piece((NAMING.kind, NAMING.key), file.sha256, 0)


NAMES = (
    "hello",
    "push",
    "pull",
    "verify",
    "digest",
    "evidence_held",
    "evidence_put",
    "evidence_held_after",
    "evidence_get",
)


def frozen(folder: Path) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """(name, request, answer) of an exchange that was written down, in its order; older programs asked for less."""
    for name in NAMES:
        file = folder / f"{name}.json"
        if not file.exists():
            continue
        said = json.loads(file.read_text(encoding="utf-8"))
        yield name, said["request"], said["answer"]


def main() -> None:
    """Write the files."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True)
    server = PostgreSql(builds()[0])
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            template = make_template(Path(folder) / "template")
            for hangar in hangar_in(server, template, Path(folder)):
                station = Station.made_of(template, Path(folder) / "station", SITE)
                hangar.stations.append(station)
                station.enrolled(hangar.administration.add_site("Ангар"), hangar.address)
                reference = ReferenceData(hangar.administration._server)
                reference.change(ROWS)
                station.write(2)
                station.write(photo=PHOTO)
                assert station.address is not None
                line = RecordingServer(connect(station.address))
                centre = PostgreSqlCentre(line, SITE, Deadline(60))  # type: ignore[arg-type]
                exchange(centre, station, lambda: reference.change([NAMING]))  # noqa: B023 - called at once
                line.close()
                for name, (_, request, answer) in zip(NAMES, line.said, strict=True):
                    said = {"request": plain(request), "answer": answer}
                    text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True)
                    (target / f"{name}.json").write_text(f"{text}\n", encoding="utf-8", newline="\n")
    finally:
        server.remove()


if __name__ == "__main__":
    main()
