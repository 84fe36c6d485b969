"""Stations that take models from a centre: toolrooms with a place where somebody works or not, and models to name."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from tests.centre.rooms import Room
from tests.centre.stations import Hangar
from tests.first_model import FIRST_MODEL
from tests.released_models import Signer
from toolroom_desktop.adapters.central.gateway import CentreLines
from toolroom_desktop.adapters.central.model_files import read_for_centre
from toolroom_desktop.adapters.central.models import CentreModels
from toolroom_desktop.adapters.security.signatures import TrustedKeys, read_key
from toolroom_desktop.adapters.vision.model_store import sign_manifest
from toolroom_desktop.bootstrap import open_fetcher, open_model_keeper, open_models, open_puller
from toolroom_desktop.config.paths import DataFolder
from toolroom_desktop.config.settings import Settings
from toolroom_desktop.services.models import Models
from toolroom_desktop.services.ports import Clock
from toolroom_desktop.services.sync.centre_model import ModelStanding
from toolroom_desktop.services.sync.model_keeper import ModelKeeper
from toolroom_desktop.services.sync.pace import Rhythm
from toolroom_desktop.services.sync.runner import SyncOutcome, SyncRunner
from toolroom_desktop.services.workplace import Workplace


@dataclass
class ModelRoom:
    """A toolroom whose sync brings models. Every call of `sync` is a program of its own, as it were."""

    room: Room
    settings: Settings = field(default_factory=Settings)
    workplace: Workplace = field(default_factory=Workplace)

    def trust(self, signer: Signer) -> ModelRoom:
        """From now on this station trusts that key."""
        folder = DataFolder(self.room.folder).trusted_keys
        folder.mkdir(parents=True, exist_ok=True)
        for public in signer.trusted.glob("*.pem"):
            shutil.copy(public, folder)
        return self

    @property
    def models(self) -> Models:
        """Its models."""
        return open_models(self.room.records, self.settings, self.room.folder)

    @property
    def judging(self) -> str:
        """Which model judges from the next start on."""
        (active,) = [entry for entry in self.models.entries() if entry.active]
        assert active.card is not None
        return f"{active.card.name} {active.card.version}"

    def keeper(self) -> ModelKeeper:
        """What brings models, as a program that starts has it."""
        return open_model_keeper(self.room.records, self.room.folder, self.settings, self.workplace)

    def runner(
        self, keeper: ModelKeeper | None = None, *, clock: Clock | None = None, rhythm: Rhythm | None = None
    ) -> SyncRunner:
        """Its sync, not started; with the room's clock and the usual rhythm where no others are given."""
        room = self.room
        return SyncRunner(
            database=room.records.database,
            store=room.records.evidence,
            clock=clock or room.clock,
            rhythm=rhythm,
            operations=CentreLines(lambda: room.address, room.site_id),
            evidence=CentreLines(lambda: room.address, room.site_id),
            app_version="test",
            puller=open_puller(room.records, room.folder),
            fetcher=open_fetcher(room.records, room.folder),
            models=keeper or self.keeper(),
        )

    def sync(self, keeper: ModelKeeper | None = None) -> SyncOutcome:
        """One round of both lanes."""
        return self.runner(keeper).once()

    @property
    def standing(self) -> ModelStanding:
        """How far the model is that the centre names."""
        found = self.keeper().standing()
        assert found is not None
        return found

    @property
    def stage(self) -> str:
        """The same in a word."""
        return self.standing.stage.value

    @property
    def incoming(self) -> list[str]:
        """What lies here of files that are on their way."""
        folder = self.room.folder / "incoming"
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def real_release(folder: Path, signer: Signer, version: str) -> Path:
    """The tests' real model, 12.7 MB, released under another version and signed by somebody; its manifest."""
    folder.mkdir(parents=True)
    shutil.copy(FIRST_MODEL.with_suffix(".onnx"), folder)
    manifest = json.loads(FIRST_MODEL.read_text("utf-8"))
    path = folder / FIRST_MODEL.name
    path.write_text(json.dumps(manifest | {"version": version}, ensure_ascii=False), encoding="utf-8")
    sign_manifest(path, read_key(signer.key))
    return path


def centre_models(hangar: Hangar) -> CentreModels:
    """The models of that centre, as its administrator has them."""
    return CentreModels(hangar.administration._server)


def name_model(hangar: Hangar, manifest: Path, signer: Signer, *, accept_uncovered: bool = False) -> int:
    """Have the centre name that model; how many bytes were sent."""
    released = read_for_centre(manifest, TrustedKeys((signer.trusted,)), accept_uncovered=accept_uncovered)
    return centre_models(hangar).add(released)
