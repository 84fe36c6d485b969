"""The models of one data folder: copies that nobody changes, and a small note that says which of them judges.

``models/shelf.json`` is the note; each model lies in a folder of its own, named by the hash of its manifest. What
begins with a dot is the rest of an installation that was cut off, and counts for nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from toolroom_desktop.adapters.database.files import removed_on_failure, replace_durably, sync_folder
from toolroom_desktop.adapters.database.problems import file_problem
from toolroom_desktop.adapters.security.signatures import LARGEST_FILE, TrustedKeys, sign
from toolroom_desktop.adapters.vision.detector import load_detector
from toolroom_desktop.adapters.vision.manifest import ManifestFile, read_manifest_file
from toolroom_desktop.adapters.vision.session import read_model_file
from toolroom_desktop.domain.errors import BadModel
from toolroom_desktop.services.models import Candidate, ModelCard, ModelEntry, ModelFigure, Said, Shelf, Step

NOTE = "shelf.json"
LARGEST_CARD = 1 << 20
"""Bytes of what is written about a model."""

_FORMAT = 1
_ID = re.compile(r"[A-Za-z0-9_.-]{1,60}-[0-9a-f]{16}")


def card_of(described: ManifestFile) -> ModelCard:
    """What people and the journal want to know of a manifest."""
    manifest = described.manifest
    height, width = manifest.input_size
    return ModelCard(
        name=manifest.name,
        version=manifest.version,
        sha256=manifest.sha256,
        manifest_sha256=described.sha256,
        classes=tuple(entry.name for entry in manifest.classes),
        input_size=(height, width),
        figures=tuple(
            ModelFigure(Said(f.measure, f.measure_ru), f.value, Said(f.on, f.on_ru), f.by) for f in manifest.quality
        ),
        limits=tuple(map(Said, manifest.limits, manifest.limits_ru or [""] * len(manifest.limits))),
    )


def manifest_beside(path: Path) -> Path:
    """The manifest that a user meant by naming it or the model file that it lies beside."""
    return path if path.suffix.lower() == ".json" else path.with_suffix(".json")


def card_beside(manifest: Path) -> Path | None:
    """What is written for people about the model of that manifest: NAME.md, else MODEL_CARD.md; None for neither."""
    for path in (manifest.with_suffix(".md"), manifest.with_name("MODEL_CARD.md")):
        try:
            if 0 < path.stat().st_size <= LARGEST_CARD:
                return path
        except OSError:
            continue
    return None


def verify_model(path: Path, keys: TrustedKeys) -> tuple[ModelCard, str, BadModel | None]:
    """Load a model by its manifest; its card, whose trusted key signed it, and what is wrong with the signature.

    Raises `BadModel` for a model that does not load or is not the one that its manifest describes.
    """
    found: list[ManifestFile] = []
    load_detector(manifest_beside(path), check=found.append)
    described = found[0]
    try:
        return card_of(described), signer_of(described, keys), None
    except BadModel as doubt:
        return card_of(described), "", doubt


def signer_of(described: ManifestFile, keys: TrustedKeys) -> str:
    """Whose trusted key signed the manifest; raises `BadModel` for nobody's."""
    return keys.signer(described.canonical, described.signature_path, described.path)


def sign_manifest(path: Path, key: Ed25519PrivateKey) -> Path:
    """Load a model, sign its manifest and return where the signature lies.

    Raises `BadModel` for a model that does not load: nobody should answer for it.
    """
    found: list[ManifestFile] = []
    load_detector(manifest_beside(path), check=found.append)
    described = found[0]
    target = described.signature_path
    unfinished = target.with_name(f".{target.name}.{uuid4().hex}.part")
    try:
        with removed_on_failure(unfinished):
            _write(unfinished, sign(described.canonical, key))
            replace_durably(unfinished, target)
    except OSError as error:
        raise file_problem(error, target, area="model_store") from error
    return target


@dataclass(frozen=True, slots=True)
class FileModelStore:
    """Fulfils `services.models.ModelStore`.

    folder   of the store; it need not exist
    shipped  manifest of the model that came with the program
    keys     whose signatures count
    """

    folder: Path
    shipped: Path
    keys: TrustedKeys

    def shelf(self) -> Shelf:
        """What is noted; an empty shelf where nothing is."""
        path = self.folder / NOTE
        try:
            content = json.loads(path.read_bytes())
            if content["format"] != _FORMAT:
                raise ValueError("another format")
            way = tuple(_step(step) for step in content["way"])
            let_in = {_checked(model): str(code) for model, code in content["let_in"].items()}
        except FileNotFoundError:
            return Shelf()
        except OSError as error:
            raise file_problem(error, path, area="model_store") from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BadModel("model.shelf_damaged", path=path, reason=str(error)) from error
        return Shelf(way, let_in)

    def note(self, shelf: Shelf) -> None:
        """Replace the note; raises `DatabaseProblem`: model_store.disk_full, .read_only, .disk_error."""
        content = {
            "format": _FORMAT,
            "way": [{**asdict(step), "at": step.at.isoformat()} for step in shelf.way],
            "let_in": shelf.let_in,
        }
        path = self.folder / NOTE
        unfinished = path.with_name(f".{NOTE}.{uuid4().hex}.part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with removed_on_failure(unfinished):
                _write(unfinished, json.dumps(content, ensure_ascii=False, indent=1).encode())
                replace_durably(unfinished, path)
        except OSError as error:
            raise file_problem(error, path, area="model_store") from error

    def judging(self) -> Path:
        """The manifest of the model that judges; raises `BadModel("model.shelf_damaged")`."""
        return self._manifest(self.shelf().active)

    def check(self, described: ManifestFile) -> None:
        """Raise `BadModel` unless the manifest is signed by a trusted key, or was let in without.

        What was let in is known by the hash of its manifest, so another manifest in its place is not.
        """
        try:
            signer_of(described, self.keys)
        except BadModel:
            if not self._let_in(described):
                raise

    def entries(self) -> list[ModelEntry]:
        """The program's own model, then those that were installed, by the order in which they were."""
        shelf = self.shelf()
        known = {None, shelf.active, shelf.former, *self._places()}
        newest = {step.model: step for step in shelf.way}
        in_order = sorted(
            known, key=lambda model: (model is not None, newest[model].at.timestamp() if model in newest else 0)
        )
        return [
            self._entry(
                model,
                active=model == shelf.active,
                former=shelf.has_former and model == shelf.former,
                step=newest.get(model),
            )
            for model in in_order
        ]

    def card(self, model: str | None) -> ModelCard:
        """The card of a model that loads now and may judge."""
        found: list[ManifestFile] = []

        def check(described: ManifestFile) -> None:
            self.check(described)
            found.append(described)

        load_detector(self._manifest(model), check=check)
        return card_of(found[0])

    def find(self, manifest_sha256: str) -> Path | None:
        """Where the manifest with that hash lies; what cannot be read is not the one that is looked for."""
        for model in (*sorted(self._places()), None):
            if model is not None and not model.endswith(manifest_sha256[:16]):
                continue
            try:
                described = read_manifest_file(self._manifest(model))
            except BadModel:
                continue
            if described.sha256 == manifest_sha256:
                return described.path
        return None

    @contextmanager
    def take(self, path: Path) -> Iterator[Candidate]:
        """Copy the model into the store's folder under a name that does not count, and load the copy."""
        described = read_manifest_file(manifest_beside(path))
        model_file = read_model_file(described.model_path)
        self._sweep()
        stage = self.folder / f".{uuid4().hex}.part"
        copy = stage / f"{Path(described.manifest.file).stem}.json"
        try:
            stage.mkdir(parents=True)
            _write(copy, described.canonical)
            _write(stage / described.manifest.file, model_file.content)
            if described.signature_path.exists():
                _write(copy.with_suffix(".sig"), described.signature_path.read_bytes()[:LARGEST_FILE])
            about = card_beside(described.path)
            if about is not None:
                _write(copy.with_suffix(".md"), about.read_bytes())
            sync_folder(stage)
        except OSError as error:
            shutil.rmtree(stage, ignore_errors=True)
            raise file_problem(error, self.folder, area="model_store") from error
        try:
            try:
                card, signer, doubt = verify_model(copy, self.keys)
            except BadModel as error:
                raise _of_the_original(error, stage, path.parent) from error
            doubt = None if doubt is None else _of_the_original(doubt, stage, path.parent)
            name = re.sub(r"[^A-Za-z0-9_.-]", "_", card.name)[:60]
            yield _Staged(f"{name}-{described.sha256[:16]}", card, signer, doubt, stage)
        finally:
            shutil.rmtree(stage, ignore_errors=True)

    def keep(self, candidate: Candidate) -> None:
        """Move the copy to its place; a damaged copy that is there already gives way to it."""
        if not isinstance(candidate, _Staged):
            raise TypeError("only what `take` gave can be kept")
        place = self.folder / candidate.id
        aside = self.folder / f".{uuid4().hex}.old"
        try:
            if place.is_dir() and _contents(place) == _contents(candidate.stage):
                return
            if place.exists():
                place.rename(aside)
            candidate.stage.rename(place)
            sync_folder(self.folder)
        except OSError as error:
            raise file_problem(error, place, area="model_store") from error
        finally:
            if aside.exists() and not place.exists():
                aside.rename(place)
            shutil.rmtree(aside, ignore_errors=True)

    def _sweep(self) -> None:
        """Remove what installations left that were cut off; nobody else installs while this program has the folder."""
        for rest in (*self.folder.glob(".*.part"), *self.folder.glob(".*.old")):
            if rest.is_dir():
                shutil.rmtree(rest, ignore_errors=True)
            else:
                rest.unlink(missing_ok=True)

    def _places(self) -> list[str]:
        if not self.folder.is_dir():
            return []
        return [path.name for path in self.folder.iterdir() if path.is_dir() and _ID.fullmatch(path.name)]

    def _manifest(self, model: str | None) -> Path:
        if model is None:
            return self.shipped
        found = sorted((self.folder / model).glob("*.json"))
        if len(found) != 1:
            raise BadModel("model.installed_gone", path=self.folder / model)
        return found[0]

    def _let_in(self, described: ManifestFile) -> bool:
        own = described.path.parent
        in_place = own.parent == self.folder and own.name.endswith(described.sha256[:16])
        return in_place and own.name in self.shelf().let_in

    def _entry(self, model: str | None, *, active: bool, former: bool, step: Step | None) -> ModelEntry:
        card: ModelCard | None = None
        signer, problem, let_in = "", None, False
        try:
            described = read_manifest_file(self._manifest(model))
            card = card_of(described)
            file = read_model_file(described.model_path)
            if file.sha256 != card.sha256:
                raise BadModel(
                    "model.sha256_differs",
                    path=str(file.path),
                    manifest=str(described.path),
                    found=file.sha256,
                    expected=card.sha256,
                )
            try:
                signer = signer_of(described, self.keys)
            except BadModel:
                let_in = self._let_in(described)
                if not let_in:
                    raise
        except BadModel as error:
            problem = error
        return ModelEntry(model, card, signer, problem, let_in, active, former, step)


@dataclass(frozen=True, slots=True)
class _Staged(Candidate):
    """A candidate that knows where its copy is."""

    stage: Path


def _of_the_original(error: BadModel, stage: Path, folder: Path) -> BadModel:
    """The error with the paths that the user knows: the copy is gone when it is read."""
    details = {
        name: str(value).replace(str(stage), str(folder)) if isinstance(value, str | Path) else value
        for name, value in error.details.items()
    }
    return BadModel(error.code, **details)


def _contents(folder: Path) -> dict[str, str]:
    """The files of a folder by name, each with the SHA-256 of its bytes."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _checked(model: str) -> str:
    if not _ID.fullmatch(model):
        raise ValueError(f"no model id: {model!r}")
    return model


def _step(content: dict[str, Any]) -> Step:
    model = content["model"]
    at = datetime.fromisoformat(content["at"])
    if at.tzinfo is None:
        raise ValueError("a time without its offset")
    return Step(None if model is None else _checked(model), at, str(content["by"]), content.get("from_centre") is True)
