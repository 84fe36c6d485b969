"""`toolroom model export`: trained weights made into a model that a station takes."""

from __future__ import annotations

import argparse
import importlib.util
import re
from datetime import UTC, datetime
from pathlib import Path

from toolroom_desktop.cli.model_making import sign_model
from toolroom_desktop.cli.parsing import Commands, a_path, argument, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput, DatabaseProblem

PHOTO_ENDINGS = frozenset({".jpg", ".jpeg", ".png"})
MOST_PARITY_PHOTOS = 128
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,59}")


def add_export(own: Commands) -> None:
    """Add this command to `toolroom model`."""
    parser = own.add("export", "cli.help.model_export")
    argument(parser, "weights", "cli.help.export_weights", type=a_path)
    option(parser, "--out", "cli.help.export_out", type=a_path, metavar="DIR", required=True)
    option(parser, "--name", "cli.help.export_name", type=_a_name, required=True)
    option(parser, "--model-version", "cli.help.export_version", metavar="TEXT")
    option(parser, "--size", "cli.help.export_size", type=_an_input_size, metavar="WxH|N", required=True)
    option(parser, "--int8", "cli.help.export_int8", action="store_true")
    option(parser, "--classes-from", "cli.help.export_classes", type=a_path, metavar="FILE")
    option(parser, "--opinion", "cli.help.export_opinion", type=a_path, metavar="FILE")
    option(parser, "--photos", "cli.help.export_photos", type=a_path, metavar="DIR")
    option(parser, "--key", "cli.help.signing_key", type=a_path, metavar="FILE")
    parser.set_defaults(run=run_export)


def _a_name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise BadInput("cli.bad_model_name", value=text)
    return text


def _an_input_size(text: str) -> tuple[int, int]:
    """Height and width from "WxH" or one number for both."""
    found = re.fullmatch(r"([1-9]\d{1,3})(?:[xX×х]([1-9]\d{1,3}))?", text.strip())
    if found is None:
        raise BadInput("cli.bad_input_size", value=text)
    return int(found[2] or found[1]), int(found[1])


def _photos(folder: Path | None) -> tuple[Path, ...]:
    """The photos of a folder and those below it, evenly chosen where there are many; the demo tables without one."""
    from toolroom_desktop.bootstrap import DEMO_TABLES
    from toolroom_desktop.config.paths import resource

    place = folder or resource(*DEMO_TABLES)
    found = sorted(path for path in place.rglob("*") if path.suffix.lower() in PHOTO_ENDINGS)
    if not found:
        raise BadInput("cli.no_photos", path=place)
    step = max(1.0, len(found) / MOST_PARITY_PHOTOS)
    return tuple(found[int(index * step)] for index in range(min(len(found), MOST_PARITY_PHOTOS)))


def run_export(arguments: argparse.Namespace, station: Station) -> int:
    """Export, compare with the network, and say what was lost; sign where a key is given."""
    console = station.console
    if any(importlib.util.find_spec(name) is None for name in ("torch", "ultralytics", "onnx", "onnxslim")):
        raise BadInput("model.training_not_installed")
    photos = _photos(arguments.photos)
    from toolroom_desktop.training.learn.export import ClassFile, ExportPlan, export, read_class_file

    plan = ExportPlan(
        weights=arguments.weights,
        out=arguments.out,
        name=arguments.name,
        version=arguments.model_version or f"{datetime.now(UTC):%Y-%m-%d}",
        size=arguments.size,
        classes=read_class_file(arguments.classes_from) if arguments.classes_from else ClassFile(),
        photos=photos,
        int8=arguments.int8,
        opinion=arguments.opinion,
    )
    try:
        done = export(plan, console.remark)
    except OSError as error:
        raise DatabaseProblem(
            "model_store.disk_error", path=arguments.out, reason=error.strerror or str(error)
        ) from error
    console.say(
        "cli.model.exported",
        path=done.manifest,
        photos=done.parity.photos,
        box=f"{done.parity.box:.2g}",
        score=f"{done.parity.score:.2g}",
    )
    if done.int8 is not None and done.loss is not None:
        loss = done.loss
        console.say(
            "cli.model.quantised",
            path=done.int8,
            tools=loss.tools,
            same=loss.same,
            more=loss.more,
            mean=console.number(loss.mean_change, 3),
            largest=console.number(loss.largest_change, 3),
        )
    for manifest in (done.manifest, done.int8):
        if manifest is not None and arguments.key is not None:
            console.say("cli.model.signed", path=sign_model(manifest, arguments.key, console))
    return 0
