"""Every setting of a station, declared once: name, type, limits, default and meaning.

The file is TOML. An unknown key or a value of the wrong kind is refused with the key's name, never guessed at: a
threshold that silently fell back to its default would be worse than a program that does not start.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from toolroom_desktop.domain.errors import BadSettings
from toolroom_desktop.domain.toolkit import ClassThreshold
from toolroom_desktop.services.inspecting import StationThresholds
from toolroom_desktop.services.live_inspection import LivePace

Share = Annotated[float, Field(gt=0.0, le=1.0)]
Seconds = Annotated[float, Field(ge=0.0, le=60.0)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class StationSettings(_Section):
    """The station itself."""

    language: Literal["ru", "en"] = Field("ru", description="Language of the windows and messages")
    theme: Literal["light", "dark"] = Field("light", description="Colours of the windows")
    idle_sign_out_seconds: int = Field(180, ge=15, le=3600, description="Sign out after so many idle seconds")
    fullscreen: bool = Field(False, description="Start over the whole screen")


class CameraSettings(_Section):
    """Where pictures come from."""

    source: str = Field("usb:0", description="usb:N, rtsp://… or http://…, or replay:PATH")
    backend: Literal["auto", "msmf", "dshow", "v4l2", "ffmpeg", "gstreamer"] = Field(
        "auto", description="How OpenCV opens the camera; on Windows try dshow when opening takes long"
    )
    width: int = Field(1280, ge=160, le=7680, description="Wished width in pixels")
    height: int = Field(720, ge=120, le=4320, description="Wished height in pixels")


class ModelSettings(_Section):
    """The model that judges."""

    manifest: str = Field("", description="Manifest of the model; empty: the installed one, else the program's own")
    trusted_keys: str = Field(
        "", description="Folder of public keys whose signatures count; empty: trusted-keys in the data folder"
    )
    threads: int = Field(0, ge=0, le=64, description="Threads for the model; 0: all cores but one")


class ClassThresholdSettings(_Section):
    """Thresholds of one tool class."""

    accept: Share | None = None
    review: Share | None = None


class ThresholdSettings(_Section):
    """The decision's thresholds at this station. What is not set comes from the model's manifest."""

    match_percentage: float = Field(95.0, ge=1.0, le=100.0, description="Below it the whole kit is counted, %")
    review: Share | None = Field(None, description="Confidence below which a tool counts as missing")
    accept: Share | None = Field(None, description="Confidence from which a tool counts as present")
    per_class: dict[str, ClassThresholdSettings] = Field(default_factory=dict, description="By tool class")


class InspectionSettings(_Section):
    """How patient a live inspection is."""

    frames: int = Field(5, ge=1, le=30, description="Frames judged together")
    moving: float = Field(0.004, gt=0.0, le=1.0, description="Share of the picture that counts as movement")
    still_seconds: Seconds = Field(0.6, description="Nothing must move for so long before frames count")
    success_seconds: Seconds = Field(0.5, description="A complete kit must hold for so long")
    other_seconds: Seconds = Field(2.0, description="Any other decision must hold for so long")


class LearningSettings(_Section):
    """What the station keeps to learn from. Nothing of it leaves the station by itself."""

    keep_for_review: bool = Field(True, description="Keep photos that a person judged otherwise than the model")
    review_folder: str = Field("", description="Where; empty: review in the data folder")
    most_cases: int = Field(1000, ge=1, le=100_000, description="So many photos at most; the oldest go")
    most_megabytes: int = Field(1000, ge=10, le=1_000_000, description="So much room at most; the oldest go")


class Settings(_Section):
    """All settings of a station."""

    station: StationSettings = Field(default_factory=StationSettings)
    camera: CameraSettings = Field(default_factory=CameraSettings)
    model: ModelSettings = Field(default_factory=ModelSettings)
    thresholds: ThresholdSettings = Field(default_factory=ThresholdSettings)
    inspection: InspectionSettings = Field(default_factory=InspectionSettings)
    learning: LearningSettings = Field(default_factory=LearningSettings)

    def station_thresholds(self) -> StationThresholds:
        """The thresholds as services take them."""
        own = self.thresholds
        return StationThresholds(
            match_percentage=own.match_percentage,
            review=own.review,
            accept=own.accept,
            per_class={name: ClassThreshold(t.accept, t.review) for name, t in own.per_class.items()},
        )

    def pace(self) -> LivePace:
        """The patience of a live inspection as services take it."""
        own = self.inspection
        return LivePace(
            frames=own.frames,
            moving=own.moving,
            still_seconds=own.still_seconds,
            success_seconds=own.success_seconds,
            other_seconds=own.other_seconds,
        )


def _refusal(path: Path, error: ValidationError) -> BadSettings:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return BadSettings("settings.unknown_key", path=str(path), key=key)
    return BadSettings("settings.bad_value", path=str(path), key=key, value=first["input"])


def load_settings(path: Path) -> Settings:
    """The settings in `path`, or the defaults where there is no file.

    Raises `BadSettings`: "settings.not_toml" with the line, "settings.unknown_key", "settings.bad_value",
    "settings.unreadable".
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError:
        raise BadSettings("settings.not_toml", path=str(path), reason="UTF-8") from None
    except OSError as error:
        raise BadSettings("settings.unreadable", path=str(path), reason=str(error)) from error
    try:
        return Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadSettings("settings.not_toml", path=str(path), reason=str(error)) from error
    except ValidationError as error:
        raise _refusal(path, error) from error


def save_setting(path: Path, section: str, key: str, value: bool | int | float | str) -> Settings:
    """Change one value in the file, keeping its comments and order, and return the settings that now hold.

    The value is validated before anything is written, and the file is replaced as a whole.
    """
    current = load_settings(path)
    try:
        changed = Settings.model_validate(
            {**current.model_dump(), section: {**current.model_dump()[section], key: value}}
        )
    except ValidationError as error:
        raise _refusal(path, error) from error
    document = tomlkit.parse(path.read_text(encoding="utf-8-sig")) if path.exists() else tomlkit.document()
    if section not in document:
        document[section] = tomlkit.table()
    document[section][key] = value
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    except OSError as error:
        raise BadSettings("settings.not_writable", path=str(path), reason=str(error)) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(tomlkit.dumps(document))
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise BadSettings("settings.not_writable", path=str(path), reason=str(error)) from error
    return changed
