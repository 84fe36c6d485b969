"""Training of a YOLOv8 network with ultralytics under a time budget.

The learning rate follows the share of the time that is used up, not the count of epochs: a short run ends with the
small steps that make boxes tight, whatever the machine's speed. Every few minutes a checkpoint is written together with
how much of the time is used, so that a stopped or killed run goes on where it was.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import yaml

from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.training.dataset_check import describe
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
from ultralytics.data import build_yolo_dataset  # noqa: E402
from ultralytics.engine import trainer as ultralytics_trainer  # noqa: E402
from ultralytics.models.yolo.detect import DetectionTrainer  # noqa: E402
from ultralytics.utils import LOGGER  # noqa: E402
from ultralytics.utils.torch_utils import strip_optimizer, unwrap_model  # noqa: E402

from toolroom_desktop.training.learn.halves import halves, halves_are_faster  # noqa: E402

DATA = "data.yaml"
NEVER = 100_000
"""Epochs that no run reaches: time ends it."""


class _TimedTrainer(DetectionTrainer):  # type: ignore[misc]
    """ultralytics' trainer, at the scenes' own shape; a run that is only stopped stays one that can go on."""

    finished = False

    def build_dataset(self, img_path: str, mode: str = "train", batch: int | None = None) -> Any:
        stride = max(int(unwrap_model(self.model).stride.max()), 32)
        return build_yolo_dataset(self.args, img_path, batch, self.data, mode=mode, rect=True, stride=stride)

    def validate(self) -> Any:
        return super().validate() if self.finished else (self.metrics, self.fitness)

    def save_model(self) -> bool:
        """Write the checkpoint beside its place first: a kill in the middle must leave the one before."""
        place: Path = self.wdir / "last.pt"
        self.last = place.with_name(f"{place.name}.part")
        try:
            saved = bool(super().save_model())
            if saved:
                self.last.replace(place)
        finally:
            self.last = place
        return saved

    def read_results_csv(self) -> dict[str, Any]:
        """Nothing of ultralytics' table of epochs goes into the checkpoint: a run of ours ends by the clock."""
        return {}

    def final_eval(self) -> None:
        """Leave one checkpoint: without the optimizer where the time is used up, whole where the run goes on."""
        if self.finished:
            strip_optimizer(self.last)
        self.best.unlink(missing_ok=True)


TRUSTED_WITH_HALVES = (8, 0)
"""CUDA compute capability from which half precision is used: some older cards answer it with a loss of NaN."""


def _half_precision_holds(model: torch.nn.Module) -> bool:
    """Whether half precision may be used; ultralytics' own check fetches another network to try it, and we never do."""
    device = next(model.parameters()).device
    return device.type == "cuda" and tuple(torch.cuda.get_device_capability(device)) >= TRUSTED_WITH_HALVES


ultralytics_trainer.check_amp = _half_precision_holds

_of_ultralytics = ultralytics_trainer.autocast


def _autocast(enabled: bool | torch.dtype, device: str = "cuda") -> Any:
    """ultralytics' context, but for a processor that has instructions for half precision: it asks for cards only."""
    return halves(torch.device(device)) if device == "cpu" else _of_ultralytics(enabled, device=device)


ultralytics_trainer.autocast = _autocast


def _workers() -> int:
    """Processes that read and change pictures: a graphics card is fed by all cores, a processor needs them itself."""
    cores = os.cpu_count() or 1
    return min(16, max(2, cores - 1)) if torch.cuda.is_available() else min(4, cores)


def _overrides(plan: TrainingPlan, out: Path) -> dict[str, Any]:
    return {
        "model": Path(plan.weights).name if Path(plan.weights).suffix == ".yaml" else plan.weights,
        "data": str(out / DATA),
        "imgsz": plan.size,
        "batch": plan.batch,
        "nbs": plan.batch,
        "epochs": NEVER,
        "patience": NEVER,
        "project": str(out.parent.resolve()),
        "name": out.name,
        "exist_ok": True,
        "device": plan.device or ("0" if torch.cuda.is_available() else "cpu"),
        "seed": plan.seed,
        "freeze": plan.freeze or None,
        "optimizer": "SGD",
        "lr0": plan.rate,
        "warmup_epochs": 0,
        "val": False,
        "plots": False,
        "amp": torch.cuda.is_available(),
        "workers": _workers(),
        # The composer has already turned, scaled and lit everything; what is left is cheap.
        "mosaic": 0.0,
        "fliplr": 0.5,
        "flipud": 0.5,
        "translate": 0.05,
        "scale": 0.15,
        "hsv_h": 0.012,
        "hsv_s": 0.4,
        "hsv_v": 0.25,
        "erasing": 0.0,
    }


def _describe(plan: TrainingPlan, out: Path) -> None:
    """Write the dataset's description with its absolute place: ultralytics would seek a relative one elsewhere."""
    told = describe(Path(plan.dataset).resolve())
    content = {"train": str(told.train), "val": str(told.val), "names": list(told.names)}
    (out / DATA).write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def train(
    plan: TrainingPlan, out: Path, *, report: Callable[[Report], None], cancelled: Event | None = None
) -> Trained:
    """Train from the plan's weights; everything is written under `out`.

    Raises `BadInput`: dataset.no_description, train.no_weights, train.already_there, train.disk_full.
    """
    begin(plan, out, lambda: _describe(plan, out))
    return _run(plan, out, 0.0, 0, None, report, cancelled)


def resume(out: Path, *, report: Callable[[Report], None], cancelled: Event | None = None) -> Trained:
    """Go on with a run that was stopped or killed; raises `BadInput("train.nothing_to_resume")`."""
    plan, elapsed, images = read_run(out)
    last = out / "weights" / "last.pt"
    if not last.is_file() or elapsed >= plan.minutes * 60:
        raise BadInput("train.nothing_to_resume", path=out)
    return _run(plan, out, elapsed, images, last, report, cancelled)


def _run(
    plan: TrainingPlan,
    out: Path,
    elapsed: float,
    images: int,
    checkpoint: Path | None,
    report: Callable[[Report], None],
    cancelled: Event | None,
) -> Trained:
    LOGGER.setLevel("WARNING")
    overrides = _overrides(plan, out)
    if checkpoint is not None:
        overrides["resume"] = str(checkpoint)
    trainer = _TimedTrainer(overrides=overrides)
    clock, budget = Clock(elapsed), plan.minutes * 60
    seen, saved_at, lately = images, clock.used, (clock.used, images)

    def start(current: Any) -> None:
        # ultralytics leaves one thread on machines with two cores.
        torch.set_num_threads(plan.threads or os.cpu_count() or 1)
        if halves_are_faster(current.device):
            # The order of the numbers in which a processor's instructions for half precision take them.
            current.model.to(memory_format=torch.channels_last)
        clock.start()

    def before(current: Any) -> None:
        share = rate_at(clock.used / budget)
        for group in current.optimizer.param_groups:
            group["lr"] = group["initial_lr"] * share

    def save(current: Any) -> None:
        nonlocal saved_at
        current.save_model()
        keep_state(out, clock.used, seen)
        saved_at = clock.used

    def after(current: Any) -> None:
        nonlocal seen, lately
        seen += plan.batch
        used = clock.used
        if clock.used - lately[0] > 10 or lately[1] == images:
            pace = (used - lately[0]) / max(1, seen - lately[1])
            report(Report(used, budget, seen, pace, float(current.loss.detach())))
            lately = (used, seen)
        if used - saved_at > plan.save_every:
            save(current)
        current.finished = used >= budget
        if current.finished or (cancelled is not None and cancelled.is_set()):
            current.stop = True  # it saves once more after the batch

    trainer.add_callback("on_train_start", start)
    trainer.add_callback("on_train_batch_start", before)
    trainer.add_callback("on_train_batch_end", after)
    try:
        trainer.train()
    except OSError as error:
        raise BadInput("train.disk_full", path=out, reason=error.strerror or str(error)) from error
    keep_state(out, clock.used, seen)
    found = trainer.metrics or {}
    precision = (float(found["metrics/mAP50(B)"]), float(found["metrics/mAP50-95(B)"])) if trainer.finished else None
    return Trained(out / "weights" / "last.pt", seen, clock.used, trainer.finished, precision)
