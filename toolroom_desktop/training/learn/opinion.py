"""Training of the network that is asked about each found tool by itself, under a time budget.

It begins with the eyes of the detector beside which it will work: the layers are the same, and they already tell tips
from tips. What it learns anew is to look at one tool as a whole. Clock, checkpoints and files are those of every
training.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
from numpy.typing import NDArray

from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.adapters.vision.pieces import as_input, piece_of
from toolroom_desktop.domain.errors import BadInput, BadModel
from toolroom_desktop.training.compose.dataset import FOREIGN
from toolroom_desktop.training.evaluate.dataset import LabelledPhoto, Split, read_dataset
from toolroom_desktop.training.learn.run import (
    Clock,
    Report,
    Trained,
    TrainingPlan,
    begin,
    keep_state,
    rate_at,
    read_run,
)
from toolroom_desktop.training.learn.torchvision_stand_in import ensure_torchvision

ensure_torchvision()

import torch  # noqa: E402 - after the stand-in
from torch.nn import functional  # noqa: E402
from torch.utils.data import DataLoader  # noqa: E402
from ultralytics import __version__ as ultralytics_version  # noqa: E402
from ultralytics.nn.tasks import ClassificationModel, load_checkpoint  # noqa: E402

from toolroom_desktop.training.learn.halves import halves  # noqa: E402
from toolroom_desktop.training.learn.pieces import Pieces, boxes_of  # noqa: E402

DESCRIPTION = "yolov8n-cls.yaml"
RESUME = "resume.pt"
DECAY = 0.02
SMOOTHING = 0.02
DROPOUT = 0.1
MOST_VALIDATED = 200
"""Scenes of the validation part that are asked about at the end."""


def train_opinion(
    plan: TrainingPlan, out: Path, *, report: Callable[[Report], None], cancelled: Event | None = None
) -> Trained:
    """Train from the plan's weights; everything is written under `out`.

    The scenes name what is no tool of the kit `foreign`, as `toolroom compose --name-foreign` makes them.

    Raises `BadInput`: train.no_foreign_class, train.no_weights, train.already_there, train.disk_full.
    """
    begin(plan, out, lambda: _classes(plan))
    return _run(plan, out, 0.0, 0, None, report, cancelled)


def resume_opinion(out: Path, *, report: Callable[[Report], None], cancelled: Event | None = None) -> Trained:
    """Go on with a run that was stopped or killed; raises `BadInput("train.nothing_to_resume")`."""
    plan, elapsed, images = read_run(out)
    kept = out / "weights" / RESUME
    if not kept.is_file() or elapsed >= plan.minutes * 60:
        raise BadInput("train.nothing_to_resume", path=out)
    return _run(plan, out, elapsed, images, kept, report, cancelled)


def _classes(plan: TrainingPlan) -> tuple[str, ...]:
    """The tool classes in label order; raises `BadInput("train.no_foreign_class")`."""
    from toolroom_desktop.training.dataset_check import describe

    names = describe(Path(plan.dataset)).names
    if names[-1] != FOREIGN or len(names) < 2:
        raise BadInput("train.no_foreign_class", path=plan.dataset)
    return names[:-1]


def _network(weights: str, classes: Sequence[str]) -> ClassificationModel:
    """The network, with the layers of the detector in `weights` that fit; a description gives none."""
    network = ClassificationModel(DESCRIPTION, nc=len(classes) + 1, verbose=False)
    if Path(weights).suffix == ".pt":
        try:
            known, _ = load_checkpoint(weights)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            raise BadModel("model.weights_not_readable", path=weights, reason=reason) from error
        own = network.state_dict()
        fitting = {
            key: value
            for key, value in known.float().state_dict().items()
            if key in own and own[key].shape == value.shape
        }
        network.load_state_dict(fitting, strict=False)
    network.names = dict(enumerate(classes))
    for module in network.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = DROPOUT
    return network


class _Learner:
    """The network with its optimizer and the average of its weights over the last steps."""

    def __init__(self, plan: TrainingPlan, classes: Sequence[str], device: torch.device) -> None:
        self.network = _network(plan.weights, classes).to(device, memory_format=torch.channels_last).train()
        self._still = self.network.model[: plan.freeze]
        self._moving = self.network.model[plan.freeze :]
        self._still.eval().requires_grad_(False)
        self.average = copy.deepcopy(self.network).eval()
        self.steps = 0
        moving = [p for p in self.network.parameters() if p.requires_grad]
        groups = [
            {"params": [p for p in moving if p.ndim > 1], "weight_decay": DECAY},
            {"params": [p for p in moving if p.ndim <= 1], "weight_decay": 0.0},
        ]
        self._optimizer = torch.optim.AdamW(groups, lr=plan.rate)
        self._parameters = moving
        self._halves = halves(device)

    def step(self, pieces: torch.Tensor, indices: torch.Tensor, rate: float) -> float:
        """One batch (n, 3, side, side); returns the loss."""
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        with self._halves:
            with torch.no_grad():
                features = self._still(pieces)
            loss = functional.cross_entropy(self._moving(features), indices, label_smoothing=SMOOTHING)
        self._optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._parameters, 5.0)
        self._optimizer.step()
        self.steps += 1
        self._follow()
        return float(loss.detach())

    def _follow(self) -> None:
        keep = min(0.998, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            pairs = zip(self.average.state_dict().values(), self.network.state_dict().values(), strict=True)
            for slow, fast in pairs:
                if slow.dtype.is_floating_point:
                    slow.mul_(keep).add_(fast, alpha=1 - keep)
                else:
                    slow.copy_(fast)

    def state(self) -> dict[str, Any]:
        """What going on needs."""
        return {
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "steps": self.steps,
        }

    def take(self, state: dict[str, Any]) -> None:
        """Go on from `state`."""
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self._optimizer.load_state_dict(state["optimizer"])
        self.steps = state["steps"]


def save_weights(content: object, path: Path) -> None:
    """Write beside the place and move: a kill in the middle must leave the one before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.part")
    torch.save(content, beside)
    beside.replace(path)


def _device(plan: TrainingPlan) -> torch.device:
    name = plan.device or ("0" if torch.cuda.is_available() else "cpu")
    return torch.device(f"cuda:{name}" if name.isdigit() else name)


def _run(
    plan: TrainingPlan,
    out: Path,
    elapsed: float,
    images: int,
    kept: Path | None,
    report: Callable[[Report], None],
    cancelled: Event | None,
) -> Trained:
    classes = _classes(plan)
    device = _device(plan)
    torch.manual_seed(plan.seed)
    # A processor learns on all its cores; one process beside it cuts the pieces.
    torch.set_num_threads(plan.threads or os.cpu_count() or 1)
    learner = _Learner(plan, classes, device)
    if kept is not None:
        learner.take(torch.load(kept, map_location=device, weights_only=True))
    photos = read_dataset(Path(plan.dataset), Split.TRAIN).photos
    # What was shown before a pause does not come in the same order again.
    pieces = Pieces(photos, classes, plan.size, plan.seed + images)
    workers = min(8, max(1, (os.cpu_count() or 1) - 1))
    # Spawned, not forked: a fork of a process with threads may wait for ever for a lock that one of them held.
    loader = DataLoader(pieces, plan.batch, num_workers=workers, prefetch_factor=4, multiprocessing_context="spawn")
    weights = out / "weights" / "last.pt"
    clock, budget, seen = Clock(elapsed), plan.minutes * 60, images
    saved_at, lately, finished = elapsed, (elapsed, images), False

    def save() -> None:
        save_weights(learner.state(), out / "weights" / RESUME)
        keep_state(out, clock.used, seen)

    clock.start()
    try:
        for shown, indices in loader:
            rate = plan.rate * rate_at(clock.used / budget)
            batch = shown.to(device, memory_format=torch.channels_last)
            loss = learner.step(batch, indices.to(device), rate)
            seen += len(indices)
            used = clock.used
            if lately[1] == images:
                lately = (used, seen)  # the first batch waits for the first pieces and says nothing about the pace
            elif used - lately[0] > 10:
                pace = (used - lately[0]) / max(1, seen - lately[1])
                report(Report(used, budget, seen, pace, loss))
                lately = (used, seen)
            finished = used >= budget
            if finished or (cancelled is not None and cancelled.is_set()):
                break
            if used - saved_at > plan.save_every:
                save()
                saved_at = used
        used = clock.used
        save()
        network = learner.average.float().cpu()
        told = {"imgsz": plan.size, "batch": plan.batch, "lr0": plan.rate, "optimizer": "AdamW", "seed": plan.seed}
        save_weights({"model": network, "train_args": told, "version": ultralytics_version}, weights)
    except OSError as error:
        raise BadInput("train.disk_full", path=out, reason=error.strerror or str(error)) from error
    if not finished:
        return Trained(weights, seen, used, finished)
    (out / "weights" / RESUME).unlink(missing_ok=True)
    right = named_rightly(network, classes, read_dataset(Path(plan.dataset), Split.VAL).photos, plan.size)
    return Trained(weights, seen, used, finished, named=right)


def shares_of(network: ClassificationModel, pieces: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the network answers to pieces (n, 3, side, side): (n, classes + 1), rows add up to 1."""
    with torch.inference_mode():
        output = network(torch.from_numpy(pieces))
    result: NDArray[np.float32] = (output[0] if isinstance(output, tuple) else output).numpy()
    return result


def named_rightly(
    network: ClassificationModel, classes: Sequence[str], photos: Sequence[LabelledPhoto], side: int
) -> float:
    """Share of the labelled boxes of scenes that the network names rightly, `foreign` among them."""
    network.eval()
    right = boxes = 0
    for photo in photos[:MOST_VALIDATED]:
        scene = cv2.imdecode(np.fromfile(photo.path, np.uint8), cv2.IMREAD_COLOR)
        if scene is None:
            continue
        pixels = np.asarray(scene, np.uint8)
        known = boxes_of(photo, classes, pixels.shape[1], pixels.shape[0])
        if known:
            answers = shares_of(network, as_input([piece_of(pixels, label.box, side) for label in known]))
            right += sum(int(index) == label.index for index, label in zip(answers.argmax(1), known, strict=True))
            boxes += len(known)
    return right / boxes if boxes else 0.0
