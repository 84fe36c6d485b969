"""`toolroom train`: train a network on a dataset, within a time budget."""

from __future__ import annotations

import argparse
import importlib.util
import signal
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from toolroom_desktop.cli.parsing import Commands, a_count, a_number, a_path, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.config.paths import models_folder
from toolroom_desktop.domain.errors import BadInput

if TYPE_CHECKING:
    from toolroom_desktop.training.learn.run import Report, Trained

LONGEST = 7 * 24 * 60
"""Minutes."""
RATE, OPINION_RATE = 0.01, 0.0012
"""Usual highest learning rates of a detector and of the network of the second opinion."""
START_WEIGHTS = "start_tools.pt"
"""In the models that ship: a network that knows tools in general, but no kit."""


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("train", "cli.help.train")
    option(parser, "--dataset", "cli.help.train_dataset", type=a_path, metavar="DIR")
    option(parser, "--weights", "cli.help.train_weights", type=a_path, metavar="FILE")
    option(parser, "--out", "cli.help.train_out", type=a_path, required=True, metavar="DIR")
    option(parser, "--minutes", "cli.help.train_minutes", type=a_number, default=40.0, metavar="N")
    option(parser, "--size", "cli.help.train_size", type=a_count(2048), default=512, metavar="PIXELS")
    option(parser, "--batch", "cli.help.train_batch", type=a_count(512), default=16, metavar="N")
    option(parser, "--rate", "cli.help.train_rate", type=a_number, metavar="RATE")
    option(parser, "--device", "cli.help.train_device", default="", metavar="cpu|0")
    option(parser, "--threads", "cli.help.train_threads", type=a_count(256), metavar="N")
    option(parser, "--seed", "cli.help.seed", type=a_count(999_999_999), default=1, metavar="N")
    option(parser, "--freeze", "cli.help.train_freeze", type=a_count(22), metavar="LAYERS")
    option(parser, "--opinion", "cli.help.train_opinion", action="store_true")
    option(parser, "--resume", "cli.help.train_resume", action="store_true")
    parser.set_defaults(run=run)


def needs_training() -> None:
    """Raises `BadInput("train.not_installed")` where the extra `train` is missing."""
    if importlib.util.find_spec("ultralytics") is None or importlib.util.find_spec("torch") is None:
        raise BadInput("train.not_installed")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


class _Teller:
    """Says what a run promises as soon as its pace is known, then how far it is."""

    def __init__(self, station: Station) -> None:
        self._console = station.console
        self._told = 0

    def __call__(self, report: Report) -> None:
        console = self._console
        left = max(0.0, report.budget - report.elapsed)
        self._told += 1
        if self._told == 2:  # the first batches warm up and say little about the pace
            whole = report.images + int(left / report.seconds_per_image)
            console.remark(
                "cli.train.estimate",
                pace=round(1000 * report.seconds_per_image),
                left=_clock(left),
                images=whole,
            )
        console.remark(
            "cli.train.progress",
            percent=round(100 * report.elapsed / report.budget),
            images=report.images,
            loss=console.number(report.loss, 2),
            pace=round(1000 * report.seconds_per_image),
            left=_clock(left),
        )


def _ways(opinion: bool) -> tuple[Callable[..., Trained], Callable[..., Trained]]:
    """How a run of this kind is begun, and how it goes on."""
    if opinion:
        from toolroom_desktop.training.learn.opinion import resume_opinion, train_opinion

        return train_opinion, resume_opinion
    from toolroom_desktop.training.learn.train import resume, train

    return train, resume


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Train or go on; Ctrl+C writes a checkpoint first."""
    needs_training()
    if not 0 < arguments.minutes <= LONGEST:
        raise BadInput("train.bad_minutes", value=arguments.minutes, most=LONGEST)
    if not arguments.resume and arguments.dataset is None:
        raise BadInput("train.what")
    if not arguments.resume:
        from toolroom_desktop.training.dataset_check import check_dataset

        station.console.remark("cli.train.checking", path=arguments.dataset)
        check_dataset(arguments.dataset)
    station.console.remark("cli.train.loading")
    from toolroom_desktop.training.learn.run import TrainingPlan, read_run

    cancelled, teller = Event(), _Teller(station)
    before = signal.signal(signal.SIGINT, lambda *_: cancelled.set())
    try:
        if arguments.resume:
            _, resume = _ways(read_run(arguments.out)[0].opinion)
            result = resume(arguments.out, report=teller, cancelled=cancelled)
        else:
            train, _ = _ways(arguments.opinion)
            plan = TrainingPlan(
                dataset=str(arguments.dataset.resolve()),
                weights=str((arguments.weights or models_folder() / START_WEIGHTS).resolve()),
                minutes=arguments.minutes,
                size=arguments.size,
                batch=arguments.batch,
                rate=arguments.rate or (OPINION_RATE if arguments.opinion else RATE),
                device=arguments.device,
                threads=arguments.threads or 0,
                seed=arguments.seed,
                freeze=arguments.freeze or 0,
                opinion=arguments.opinion,
            )
            result = train(plan, arguments.out, report=teller, cancelled=cancelled)
    finally:
        signal.signal(signal.SIGINT, before)
    if result.precision is not None:
        map50, map50_95 = (station.console.number(value, 3) for value in result.precision)
        station.console.say("cli.train.precision", map50=map50, map50_95=map50_95)
    if result.named is not None:
        station.console.say("cli.train.named", percent=station.console.number(100 * result.named, 1))
    code = "cli.train.done" if result.finished else "cli.train.paused"
    station.console.say(
        code, weights=result.weights, images=result.images, minutes=round(result.elapsed / 60), out=arguments.out
    )
    return 0
