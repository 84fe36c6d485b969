"""Every setting of a station, declared once: name, type, limits, default and meaning.

The table in docs/settings.md is made of this: `python -m toolroom_desktop.config.settings_guide`.

The file is TOML. Over it goes what the centre gives (from_centre.py), and over that a policy of the machine
(policy.py).

An unknown key or a value of the wrong kind is refused with the key's name, never guessed at: a
threshold that silently fell back to its default would be worse than a program that does not start.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from toolroom_desktop.config.from_centre import may_come_from_centre, nested, read_centre_file
from toolroom_desktop.config.policy import PolicySource, policy_sources
from toolroom_desktop.domain.cases import CaseTimes
from toolroom_desktop.domain.custody import Asked, Procedures, WitnessFor
from toolroom_desktop.domain.errors import BadSettings
from toolroom_desktop.domain.toolkit import ClassThreshold
from toolroom_desktop.services.inspecting import StationThresholds
from toolroom_desktop.services.live_inspection import LivePace
from toolroom_desktop.services.reports.content import ReportFormat, ReportName
from toolroom_desktop.services.reports.definitions import DEFINITIONS
from toolroom_desktop.services.reports.schedule import Schedule

Share = Annotated[float, Field(gt=0.0, le=1.0)]
Seconds = Annotated[float, Field(ge=0.0, le=60.0)]
# Reports that need nobody to say what they are about, each with a format.
_ONE_DAILY = "({})[:]({})".format(
    "|".join(name.value for name, definition in DEFINITIONS.items() if not definition.required),
    "|".join(format_.value for format_ in ReportFormat),
)
_DAILY = f"^{_ONE_DAILY}( {_ONE_DAILY})*$"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class StationSettings(_Section):
    """The station itself."""

    language: Literal["ru", "en"] = Field("ru", description="language of windows and messages")
    theme: Literal["light", "dark"] = Field("light", description="colours of the windows, from the next start on")
    idle_sign_out_seconds: int = Field(180, ge=15, le=3600, description="sign out after so many idle seconds")
    fullscreen: bool = Field(False, description="start over the whole screen")


class CameraSettings(_Section):
    """Where pictures come from."""

    source: str = Field(
        "usb:0", description="where pictures come from: `usb:N`, `rtsp://…`, `http://…` or `replay:PATH`"
    )
    backend: Literal["auto", "msmf", "dshow", "v4l2", "ffmpeg", "gstreamer"] = Field(
        "auto", description="how OpenCV opens the camera; on Windows try `dshow` when opening takes long"
    )
    width: int = Field(1280, ge=160, le=7680, description="wished width in pixels")
    height: int = Field(720, ge=120, le=4320, description="wished height in pixels")


class ModelSettings(_Section):
    """The model that judges."""

    manifest: str = Field(
        "",
        description="manifest of the model that judges; empty: the [installed](models.md) one, else the program's own",
    )
    trusted_keys: str = Field(
        "",
        description="folder of public keys (`.pem`) whose signatures count besides the project's own; empty: "
        "`trusted-keys` in the data folder",
    )
    threads: int = Field(0, ge=0, le=64, description="threads for the model; 0: all cores but one")


class ClassThresholdSettings(_Section):
    """Thresholds of one tool class."""

    accept: Share | None = Field(None, description="`accept` for one tool class")
    review: Share | None = Field(None, description="`review` for one tool class")


class ThresholdSettings(_Section):
    """The decision's thresholds at this station. What is not set comes from the model's manifest."""

    match_percentage: float = Field(
        95.0, ge=1.0, le=100.0, description="match in per cent below which the whole kit is counted by hand"
    )
    review: Share | None = Field(
        None, description="confidence below which a tool counts as missing; not set: as the model's manifest says"
    )
    accept: Share | None = Field(
        None, description="confidence from which a tool counts as present; not set: as the model's manifest says"
    )
    per_class: dict[str, ClassThresholdSettings] = Field(default_factory=dict, description="by tool class")


class InspectionSettings(_Section):
    """How patient a live inspection is."""

    frames: int = Field(5, ge=1, le=30, description="frames judged together")
    moving: float = Field(0.004, gt=0.0, le=1.0, description="share of the picture that counts as movement")
    still_seconds: Seconds = Field(0.6, description="nothing must move for so many seconds before frames count")
    success_seconds: Seconds = Field(0.5, description="a complete kit must hold for so many seconds")
    other_seconds: Seconds = Field(2.0, description="any other decision must hold for so many seconds")


class LearningSettings(_Section):
    """What the station keeps to learn from. Nothing of it leaves the station by itself."""

    keep_for_review: bool = Field(True, description="keep photos that a person judged otherwise than the model")
    review_folder: str = Field("", description="folder for them; empty: `review` in the data folder")
    most_cases: int = Field(1000, ge=1, le=100_000, description="so many photos at most; the oldest go")
    most_megabytes: int = Field(1000, ge=10, le=1_000_000, description="so many megabytes at most; the oldest go")


class ReportSettings(_Section):
    """Reports that the station writes by itself."""

    folder: str = Field("", description="folder for [reports](reports.md) written by themselves; empty: none are")
    daily: str = Field(
        "shift:pdf",
        pattern=_DAILY,
        description="which ones, each with its format: `shift:pdf audit:xlsx`, with blanks between",
    )
    at: str = Field(
        "",
        pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$",
        description="hour at which a day is over, for one set a day; empty: one set at the end of every shift",
    )
    language: Literal["", "ru", "en"] = Field("", description="language of these reports; empty: the station's own")


class SyncSettings(_Section):
    """What the station keeps of what its [centre](centre.md) has."""

    keep_photos_days: int = Field(
        0,
        ge=0,
        le=3650,
        description="photos go here so many days after the centre has them whole, unless something open needs them; "
        "0: all are kept for ever",
    )


class ProcedureSettings(_Section):
    """How the toolroom works at this station."""

    giver_signs: bool = Field(False, description="a storekeeper signs every checkout as the giver")
    work_order: Literal["no", "optional", "required"] = Field("optional", description="asked for at a checkout")
    aircraft: Literal["no", "optional", "required"] = Field(
        "optional", description="the aircraft's registration, asked for at a checkout"
    )
    expected_return: Literal["no", "optional", "required"] = Field(
        "optional", description="until when a kit is out, asked for at a checkout"
    )
    shift_ends: str = Field(
        "08:00 20:00",
        pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]( ([01][0-9]|2[0-3]):[0-5][0-9])*$",
        description="when the shifts end, as local times with blanks between; offered as times of return",
    )
    witness: Literal["none", "discrepancies", "all"] = Field(
        "none", description="which counts by hand a second person signs"
    )
    calibration_days: int = Field(
        14, ge=0, le=365, description="so many days before its end a calibration is listed as due"
    )
    soon_due_minutes: int = Field(
        120, ge=0, le=10_080, description="so many minutes before its return is due a kit is listed"
    )
    case_search_minutes: int = Field(
        60, ge=1, le=10_080, description="a lost-tool case must be searched within so many minutes"
    )
    case_resolve_hours: int = Field(24, ge=1, le=2_160, description="and have an outcome within so many hours")


class Settings(_Section):
    """All settings of a station."""

    station: StationSettings = Field(default_factory=StationSettings)
    camera: CameraSettings = Field(default_factory=CameraSettings)
    model: ModelSettings = Field(default_factory=ModelSettings)
    thresholds: ThresholdSettings = Field(default_factory=ThresholdSettings)
    inspection: InspectionSettings = Field(default_factory=InspectionSettings)
    learning: LearningSettings = Field(default_factory=LearningSettings)
    reports: ReportSettings = Field(default_factory=ReportSettings)
    procedures: ProcedureSettings = Field(default_factory=ProcedureSettings)
    sync: SyncSettings = Field(default_factory=SyncSettings)

    def station_thresholds(self) -> StationThresholds:
        """The thresholds as services take them."""
        own = self.thresholds
        return StationThresholds(
            match_percentage=own.match_percentage,
            review=own.review,
            accept=own.accept,
            per_class={name: ClassThreshold(t.accept, t.review) for name, t in own.per_class.items()},
        )

    def station_procedures(self) -> Procedures:
        """The procedures as services take them."""
        own = self.procedures
        return Procedures(
            giver_signs=own.giver_signs,
            work_order=Asked(own.work_order),
            aircraft=Asked(own.aircraft),
            expected_return=Asked(own.expected_return),
            shift_ends=tuple(time.fromisoformat(end) for end in own.shift_ends.split()),
            witness=WitnessFor(own.witness),
            calibration_days=own.calibration_days,
            soon_due=timedelta(minutes=own.soon_due_minutes),
            case_times=CaseTimes(
                search=timedelta(minutes=own.case_search_minutes), resolve=timedelta(hours=own.case_resolve_hours)
            ),
        )

    def keep_photos(self) -> timedelta | None:
        """How long photos stay after the centre has them; None for ever."""
        return timedelta(days=self.sync.keep_photos_days) if self.sync.keep_photos_days else None

    def report_schedule(self, data_folder: Path) -> Schedule | None:
        """What is written by itself, as services take it; None for nothing. A relative folder is in the data folder."""
        own = self.reports
        if not own.folder.strip():
            return None
        wanted = (one.split(":") for one in own.daily.split())
        return Schedule(
            folder=data_folder.absolute() / own.folder.strip(),
            wanted=tuple((ReportName(name), ReportFormat(format_)) for name, format_ in wanted),
            at=time.fromisoformat(own.at) if own.at else None,
            language=own.language or self.station.language,
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


@dataclass(frozen=True, slots=True)
class Policy:
    """What is set for the whole machine and cannot be changed at the station.

    values  nested as in settings.toml, of the types that the settings have
    places  setting ("camera.source") -> what sets it, for people
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def require_free(self, setting: str) -> None:
        """Raise `BadSettings("settings.locked")` for a setting that the station may not change."""
        if setting in self.places:
            raise BadSettings("settings.locked", key=setting, path=self.places[setting])


def policy_in_force(sources: Sequence[PolicySource] | None = None) -> Policy:
    """The policy of this machine, or of `sources` (the strongest last); empty where nothing is set.

    Raises `BadSettings`: "policy.unknown_key", "policy.bad_value", and what `policy_sources` raises.
    """
    values: dict[str, Any] = {}
    places: dict[str, str] = {}
    for source in policy_sources() if sources is None else sources:
        try:
            # A place without numbers and truth values is read by what the setting is declared to be.
            said = Settings.model_validate(source.values, strict=not source.loose)
        except ValidationError as error:
            raise _refusal(source.place, error, area="policy") from error
        own = said.model_dump(exclude_unset=True)
        values = _over(values, own)
        places |= dict.fromkeys(_names(own), source.place)
    return Policy(values, places)


def _over(under: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """`under` with `values` laid over it, section by section."""
    merged = dict(under)
    for name, value in values.items():
        below = merged.get(name)
        merged[name] = (
            _over(below if isinstance(below, Mapping) else {}, value) if isinstance(value, Mapping) else value
        )
    return merged


def _names(values: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The settings in nested values, "section.setting"."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _names(value, f"{before}{name}.")
        else:
            yield before + name


def _refusal(
    place: Path | str, error: ValidationError, *, area: Literal["settings", "policy"] = "settings"
) -> BadSettings:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return BadSettings(f"{area}.unknown_key", path=str(place), key=key)
    return BadSettings(f"{area}.bad_value", path=str(place), key=key, value=first["input"])


def load_settings(path: Path, policy: Policy | None = None) -> Settings:
    """The settings in `path` (the defaults where there is none), over them the centre's, and over these the policy.

    The policy is by default the machine's.

    Raises `BadSettings`: "settings.not_toml" with the line, "settings.unknown_key", "settings.bad_value",
    "settings.unreadable", and what `policy_in_force` raises.
    """
    values = _values_in(path)
    try:
        Settings.model_validate(values)
    except ValidationError as error:
        raise _refusal(path, error) from error
    given = nested(centre_settings(path))
    return Settings.model_validate(
        _over(_over(values, given), (policy_in_force() if policy is None else policy).values)
    )


def centre_settings(path: Path) -> dict[str, Any]:
    """What the centre gives to the station whose own settings lie in `path`, by "section.setting".

    What this program does not know, or cannot hold, is passed over: the centre may be newer, and says so elsewhere.
    """
    return {key: value for key, value in read_centre_file(path).items() if _can_hold(key, value)}


def _can_hold(key: str, value: object) -> bool:
    try:
        check_centre_setting(key, value)
    except BadSettings:
        return False
    return True


def check_centre_setting(key: str, value: object) -> None:
    """Raise `BadSettings` unless the centre may give that value.

    "settings.not_of_centre", "settings.unknown_key", "settings.bad_value".
    """
    if not may_come_from_centre(key):
        raise BadSettings("settings.not_of_centre", key=key)
    try:
        Settings.model_validate(nested({key: value}))
    except ValidationError as error:
        raise _refusal("centre", error) from error


class Origin(StrEnum):
    """Who said what a setting is."""

    POLICY = "policy"
    CENTRE = "centre"
    FILE = "file"
    DEFAULT = "default"


def origins(path: Path, policy: Policy | None = None) -> dict[str, Origin]:
    """Who said it, for every setting that is not as the program has it by itself. Raises `BadSettings`."""
    found = dict.fromkeys(_names(_values_in(path)), Origin.FILE)
    found |= dict.fromkeys(centre_settings(path), Origin.CENTRE)
    return found | dict.fromkeys((policy_in_force() if policy is None else policy).places, Origin.POLICY)


def _values_in(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        raise BadSettings("settings.not_toml", path=str(path), reason="UTF-8") from None
    except OSError as error:
        raise BadSettings("settings.unreadable", path=str(path), reason=str(error)) from error
    except tomllib.TOMLDecodeError as error:
        raise BadSettings("settings.not_toml", path=str(path), reason=str(error)) from error


def save_setting(path: Path, section: str, key: str, value: bool | int | float | str) -> Settings:
    """Change one value in the file, keeping its comments and order, and return the settings that now hold.

    The value is validated before anything is written, and the file is replaced as a whole. Raises `BadSettings`:
    "settings.locked" for one that the policy sets, "settings.given_by_centre" for one that the centre gives,
    "settings.not_writable", and what `load_settings` raises.
    """
    policy = policy_in_force()
    policy.require_free(f"{section}.{key}")
    if f"{section}.{key}" in centre_settings(path):
        raise BadSettings("settings.given_by_centre", key=f"{section}.{key}")
    current = load_settings(path, policy)
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
