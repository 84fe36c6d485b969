"""What every training leaves behind and goes by: its plan, its clock, and the files that let it go on."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from toolroom_desktop.domain.errors import BadInput

STATE = "state.json"
PLAN = "plan.json"
KNOWN_DESCRIPTIONS = ("yolov8n.yaml", "yolov8s.yaml")
"""ultralytics' own descriptions of networks that know nothing yet."""
WARM_UP = 0.02
"""Share of the time in which the learning rate rises."""
LAST_RATE = 0.01
"""Learning rate at the end, as a share of the highest."""


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """A training run.

    minutes  time budget, validation at the end not counted
    size     longer side of the network's input in pixels; scenes of one shape are trained at their own shape
    rate     the highest learning rate (SGD)
    weights  a .pt file, or the name of one of ultralytics' own .yaml descriptions for a network that knows nothing yet
    seed     fixes order and augmentation
    save_every  seconds between two checkpoints
    freeze   the first so many layers stay as they are: what they see is general, and most of the time goes there
    opinion  the network of the second opinion is trained: it learns the tools of the scenes one by one
    """

    dataset: str
    weights: str
    minutes: float
    size: int = 512
    batch: int = 16
    rate: float = 0.01
    device: str = ""
    threads: int = 0
    seed: int = 1
    save_every: float = 120.0
    freeze: int = 0
    opinion: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """How far a run is: time used of the budget in seconds, images seen, seconds per image lately, and the loss."""

    elapsed: float
    budget: float
    images: int
    seconds_per_image: float
    loss: float


@dataclass(frozen=True, slots=True)
class Trained:
    """What a run left: the checkpoint with the averaged weights, how much was seen, and how well it does on the
    validation scenes, None for a run that is only stopped: a detector's mAP50 and mAP50-95 (0..1), or the share 0..1 of
    the single tools that the network of the second opinion names rightly.
    """

    weights: Path
    images: int
    elapsed: float
    finished: bool
    precision: tuple[float, float] | None = None
    named: float | None = None


def rate_at(used: float) -> float:
    """Learning rate as a share of the highest when `used` (0..1) of the time is gone: a rise, then half a cosine."""
    if used < WARM_UP:
        return max(0.02, used / WARM_UP)
    along = min(1.0, (used - WARM_UP) / (1.0 - WARM_UP))
    return LAST_RATE + (1.0 - LAST_RATE) * 0.5 * (1.0 + math.cos(math.pi * along))


class Clock:
    """Time used by a run over all its sittings, without the time in which it lay still."""

    def __init__(self, used: float) -> None:
        self._before = used
        self._since: float | None = None

    def start(self) -> None:
        self._since = time.monotonic()

    @property
    def used(self) -> float:
        return self._before + (0.0 if self._since is None else time.monotonic() - self._since)


def write_json(path: Path, content: object) -> None:
    """Write a file as a whole or not at all."""
    beside = path.with_name(path.name + ".part")
    beside.write_text(json.dumps(content, indent=1), "utf-8")
    beside.replace(path)


def begin(plan: TrainingPlan, out: Path, prepare: Callable[[], object]) -> None:
    """Prepare a new run and write its plan: what could not be prepared was never begun.

    Raises `BadInput`: train.already_there, train.no_weights, and what `prepare` raises.
    """
    if (out / PLAN).exists():
        raise BadInput("train.already_there", path=out)
    if not Path(plan.weights).is_file() and Path(plan.weights).name not in KNOWN_DESCRIPTIONS:
        raise BadInput("train.no_weights", path=plan.weights)
    out.mkdir(parents=True, exist_ok=True)
    prepare()
    write_json(out / PLAN, asdict(plan))


def keep_state(out: Path, elapsed: float, images: int) -> None:
    """Note how much of its time a run has used, in seconds, and how many images it saw."""
    write_json(out / STATE, {"elapsed": elapsed, "images": images})


def read_run(out: Path) -> tuple[TrainingPlan, float, int]:
    """Plan, used seconds and seen images of a run; raises `BadInput("train.nothing_to_resume")`."""
    try:
        plan = TrainingPlan(**json.loads((out / PLAN).read_text("utf-8")))
        state = json.loads((out / STATE).read_text("utf-8"))
        return plan, float(state["elapsed"]), int(state["images"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BadInput("train.nothing_to_resume", path=out) from error
