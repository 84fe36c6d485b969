"""The manifest beside a model: what it is, what it can tell apart, and how well.

A manifest is a JSON file of the model's stem (``kit11_first.json`` beside ``kit11_first.onnx``). An unknown key is an
error, so that a misspelt threshold cannot pass for a default.

What is signed, and what is read, are the same *canonical bytes*: the JSON with sorted keys and no blanks. Other line
ends or another layout of the file change nothing; any other value does.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from toolroom_desktop.adapters.database.files import removed_on_failure, replace_durably
from toolroom_desktop.domain.errors import BadModel
from toolroom_desktop.domain.journal import canonical_json
from toolroom_desktop.domain.looks import Look
from toolroom_desktop.domain.sizes import ToolSize
from toolroom_desktop.domain.thresholds import LookAlikeGroup, Thresholds
from toolroom_desktop.domain.toolkit import ClassThreshold

LARGEST_MANIFEST = 1 << 20
"""Bytes."""

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ManifestClass(_Strict):
    """A tool class: its name in the model, and what people call it."""

    name: Text
    ru: Text
    en: Text


class ManifestLookAlikes(_Strict):
    """Classes that the model confuses; `accept` None: it cannot tell them apart at all.

    `look_at_ru` and `look_at_en` say to a person where the difference is, as a request ("look at the tips").
    """

    classes: Annotated[list[str], Field(min_length=2)]
    accept: Share | None
    look_at_ru: str = ""
    look_at_en: str = ""


class ManifestThreshold(_Strict):
    """Thresholds of one class; None keeps the general one."""

    review: Share | None = None
    accept: Share | None = None


class ManifestSize(_Strict):
    """How long a class looks beside the others of its kit, and between which factors on that: see `domain/sizes.py`."""

    usual: Annotated[float, Field(gt=0.0)]
    least: Annotated[float, Field(gt=0.0, lt=1.0)]
    most: Annotated[float, Field(gt=1.0)]


class ManifestThresholds(_Strict):
    """Confidences 0..1: below `review` missing, from `accept` on present."""

    review: Share
    accept: Share
    per_class: dict[str, ManifestThreshold] = {}

    @model_validator(mode="after")
    def _in_order(self) -> ManifestThresholds:
        if self.review > self.accept:
            raise ValueError("review is above accept")
        return self


class Source(_Strict):
    """Something that the model was trained from, with the licence that its makers state."""

    name: Text
    licence: Text


class Figure(_Strict):
    """One measured number with what it was measured on and by whom; the Russian texts may be left out."""

    measure: Text
    value: float
    on: Text
    by: Text
    measure_ru: str = ""
    on_ru: str = ""


class ManifestExport(_Strict):
    """How the model file was made from trained weights, and how far it is from them.

    precision        what the convolutions are computed in
    parity_photos    real photos that weights and model file were compared on
    box_difference   largest difference of a box side, pixels of the model's input
    score_difference largest difference of a confidence, 0..1
    """

    made_with: Text
    opset: Annotated[int, Field(ge=1)]
    precision: Literal["float32", "int8"]
    weights_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    parity_photos: Annotated[int, Field(ge=0)]
    box_difference: Annotated[float, Field(ge=0.0)]
    score_difference: Share


class Manifest(_Strict):
    """A manifest. `input_size` is [height, width] in pixels, `sha256` that of the model file in hex.

    `second_look` are the quarter turns at which look-alikes are looked at once more from near by, `agreeing_looks` the
    ways in which the frame is looked at once more to believe them; `second_opinion` says that the network in the
    model's file is asked about each tool that was found. None: it is not done. A manifest asks for one at most.
    `other_looks` are the ways in which a kit that is almost complete is looked at again; None: it is not.
    `sizes` are those of the kit's tools by class; None: a tool of another size is not told from the kit's own.
    `limits_ru` says the limits in Russian, one by one; None: they are shown as they are.
    """

    name: Text
    version: Text
    file: Annotated[str, Field(pattern=r"^[^/\\:]+\.onnx$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    licence: Text
    classes: Annotated[list[ManifestClass], Field(min_length=1)]
    look_alikes: list[ManifestLookAlikes]
    input_size: Annotated[list[int], Field(min_length=2, max_length=2)]
    thresholds: ManifestThresholds
    training_data: list[Source]
    training: Text
    quality: list[Figure]
    limits: list[Text]
    limits_ru: list[Text] | None = None
    export: ManifestExport | None = None
    second_look: list[Annotated[int, Field(ge=0, le=3)]] | None = None
    agreeing_looks: list[Look] | None = None
    second_opinion: Literal[True] | None = None
    other_looks: list[Look] | None = None
    sizes: dict[str, ManifestSize] | None = None

    @model_validator(mode="after")
    def _names_agree(self) -> Manifest:
        known = [entry.name for entry in self.classes]
        if len(set(known)) != len(known):
            raise ValueError("a class is listed twice")
        named = [name for group in self.look_alikes for name in group.classes]
        if len(set(named)) != len(named):
            raise ValueError("a class is in two look-alike groups")
        unknown = sorted({*named, *self.thresholds.per_class, *(self.sizes or {})} - set(known))
        if unknown:
            raise ValueError(f"unknown class {unknown[0]}")
        if sum(map(bool, (self.second_look, self.agreeing_looks, self.second_opinion))) > 1:
            raise ValueError("second_look, agreeing_looks and second_opinion exclude each other")
        if len(set(self.other_looks or ())) != len(self.other_looks or ()):
            raise ValueError("a look is listed twice")
        if self.limits_ru is not None and len(self.limits_ru) != len(self.limits):
            raise ValueError("limits and limits_ru are not of one number")
        return self

    def groups(self) -> tuple[LookAlikeGroup, ...]:
        """The look-alike groups as the decision wants them."""
        return tuple(
            LookAlikeGroup(frozenset(group.classes), group.accept, group.look_at_ru, group.look_at_en)
            for group in self.look_alikes
        )

    def tool_sizes(self) -> dict[str, ToolSize]:
        """The sizes as the decision wants them; empty where none are known."""
        return {name: ToolSize(size.usual, size.least, size.most) for name, size in (self.sizes or {}).items()}

    def decision_thresholds(self) -> Thresholds:
        """The thresholds as the decision wants them; what the manifest does not say has its default."""
        return Thresholds(
            review=self.thresholds.review,
            accept=self.thresholds.accept,
            per_class={
                name: ClassThreshold(accept=own.accept, review=own.review)
                for name, own in self.thresholds.per_class.items()
            },
        )


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """A manifest as read: `canonical` are the bytes that it was read from and that a signature is over."""

    path: Path
    manifest: Manifest
    canonical: bytes

    @property
    def sha256(self) -> str:
        """SHA-256 of the canonical bytes in hex: the same for the same manifest, however it is laid out."""
        return hashlib.sha256(self.canonical).hexdigest()

    @property
    def model_path(self) -> Path:
        """Where the model lies."""
        return self.path.with_name(self.manifest.file)

    @property
    def signature_path(self) -> Path:
        """Where its detached signature lies, if it has one."""
        return self.path.with_suffix(".sig")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def read_manifest_file(path: Path) -> ManifestFile:
    """Read a manifest with its canonical bytes.

    Raises `BadModel`: model.manifest_missing, model.manifest_not_readable or model.manifest_damaged.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_MANIFEST + 1)
    except FileNotFoundError as error:
        raise BadModel("model.manifest_missing", path=str(path)) from error
    except OSError as error:
        raise BadModel("model.manifest_not_readable", path=str(path), reason=error.strerror or str(error)) from error
    if len(content) > LARGEST_MANIFEST:
        raise BadModel("model.manifest_damaged", path=str(path), where="", reason=f"more than {LARGEST_MANIFEST} bytes")
    try:
        canonical = canonical_json(json.loads(content, object_pairs_hook=_no_key_twice)).encode()
    except (ValueError, RecursionError) as error:
        raise BadModel("model.manifest_damaged", path=str(path), where="", reason=str(error)) from error
    try:
        return ManifestFile(path, Manifest.model_validate_json(canonical), canonical)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadModel("model.manifest_damaged", path=str(path), where=where, reason=first["msg"]) from error


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; raises `BadModel` like `read_manifest_file`."""
    return read_manifest_file(path).manifest


_OPTIONAL = ("export", "second_look", "agreeing_looks", "second_opinion", "other_looks", "sizes", "limits_ru")


def _unsaid(manifest: Manifest) -> set[str]:
    """What older programs do not know is left out where it says nothing."""
    return {name for name in _OPTIONAL if getattr(manifest, name) is None}


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write a manifest as a whole or not at all; a signature that lies beside it holds no more. Raises `OSError`."""
    content = manifest.model_dump(mode="json", exclude=_unsaid(manifest))
    content["quality"] = [{key: value for key, value in figure.items() if value != ""} for figure in content["quality"]]
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}.part")
    with removed_on_failure(unfinished):
        with unfinished.open("x", encoding="utf-8", newline="\n") as file:
            json.dump(content, file, ensure_ascii=False, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        replace_durably(unfinished, path)
