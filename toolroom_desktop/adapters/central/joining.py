"""Taking an enrolment file in: the centre is asked before anything is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from toolroom_desktop.adapters.central.enrolment import Enrolment, EnrolmentStore, read_enrolment
from toolroom_desktop.domain.errors import CentreProblem
from toolroom_desktop.services.ports import Clock
from toolroom_desktop.services.sync.link import Joined, Kept
from toolroom_desktop.services.sync.state import needs_a_person

# Somebody stands there and waits.
WITHIN_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class StationEnrolments:
    """The enrolment of one data folder. Fulfils `services.sync.link.Enrolments`."""

    store: EnrolmentStore
    site_id: str
    clock: Clock
    app_version: str

    def exists(self) -> bool:
        """Whether this station belongs to a centre."""
        return self.store.exists()

    def look(self) -> Kept:
        """What is kept."""
        return _kept(self.store.look())

    def join(self, path: Path, *, pending: int) -> Joined:
        """Take an enrolment file in, once the centre let the station in with it; kept nevertheless where it is away."""
        # Loaded here: it brings the driver, which most stations never need.
        from toolroom_desktop.adapters.central.gateway import CentreLines

        enrolment = read_enrolment(path)
        away: CentreProblem | None = None
        lines = CentreLines(lambda: enrolment.address, self.site_id)
        try:
            centre = lines.open(within=WITHIN_SECONDS)
            try:
                centre.hello(now=self.clock.now(), app_version=self.app_version, pending=pending)
            finally:
                centre.close()
        except CentreProblem as problem:
            if needs_a_person(problem):
                raise
            away = problem
        return Joined(_kept(self.store.keep(enrolment)), away)


def _kept(enrolment: Enrolment) -> Kept:
    place: Literal["keyring", "file"] = "keyring" if enrolment.place == "keyring" else "file"
    return Kept(enrolment.site, enrolment.address.shown, place)
