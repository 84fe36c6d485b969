"""`toolroom evaluate`: how often a model would wrongly call a kit complete, and the usual figures beside it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from toolroom_desktop.adapters.files.toolkits import read_toolkits
from toolroom_desktop.cli.parsing import Commands, a_count, a_path, argument, option, split_names
from toolroom_desktop.cli.progress import Progress
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.domain.toolkit import Toolkit

if TYPE_CHECKING:
    from toolroom_desktop.services.vision_ports import Detector
    from toolroom_desktop.training.evaluate.choose import Choice
    from toolroom_desktop.training.evaluate.measure import Measured, Stage, Task
    from toolroom_desktop.training.evaluate.report import Report
    from toolroom_desktop.training.evaluate.words import Words

TRIALS = 600
MOST_TRIALS = 1_000_000
MOST_FRAMES = 9
ALL_PHOTOS = "all"
SPLITS = ("train", "val", "all")
FALSE_PASS = 1
INTERRUPTED = 130


def add(commands: Commands) -> None:
    """Add the sub-command."""
    parser = commands.add("evaluate", "evaluate.help.evaluate")
    argument(parser, "model", "evaluate.help.model", type=a_path)
    argument(parser, "dataset", "evaluate.help.dataset", type=a_path)
    option(parser, "--toolkit", "evaluate.help.toolkit", type=a_path, metavar="FILE")
    option(parser, "--split", "evaluate.help.split", choices=SPLITS, default="val")
    option(parser, "--trials", "evaluate.help.trials", type=a_count(MOST_TRIALS), default=TRIALS, metavar="N")
    option(parser, "--seed", "evaluate.help.seed", type=a_count(999_999_999), default=1, metavar="N")
    option(parser, "--frames", "evaluate.help.frames", type=a_count(MOST_FRAMES), default=1, metavar="N")
    option(parser, "--kit-photos", "evaluate.help.kit_photos", action="append", default=[], metavar="all|NAME")
    option(parser, "--foreign", "evaluate.help.foreign", type=a_path, metavar="DIR")
    option(parser, "--foreign-without", "evaluate.help.foreign_without", action="append", default=[], metavar="CLASS")
    option(parser, "--second-look", "evaluate.help.second_look", action="store_true")
    option(parser, "--agreeing-looks", "evaluate.help.agreeing_looks", action="store_true")
    option(parser, "--first-look-only", "evaluate.help.first_look_only", action="store_true")
    option(parser, "--choose-thresholds", "evaluate.help.choose", action="store_true")
    option(parser, "--strict", "evaluate.help.strict", action="store_true")
    option(parser, "--no-sizes", "evaluate.help.no_sizes", action="store_true")
    option(parser, "--out", "evaluate.help.out", type=a_path, metavar="DIR")
    option(parser, "--json", "cli.help.json", action="store_true")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, station: Station) -> int:
    """Measure, report, and on request write the thresholds; 1 where a false pass was found."""
    from toolroom_desktop.training.evaluate.files import prepare_folder, write_reports
    from toolroom_desktop.training.evaluate.manifest_update import manifest_of, write_choice
    from toolroom_desktop.training.evaluate.measure import free_threads
    from toolroom_desktop.training.evaluate.report import build_report, report_json
    from toolroom_desktop.training.evaluate.text_report import text_report

    console = station.console
    for alone in ("strict", "no_sizes"):
        if getattr(arguments, alone) and not arguments.choose_thresholds:
            raise BadInput("evaluate.strict_alone", option="--" + alone.replace("_", "-"))
    # What could spoil the end is found out before the long way there.
    manifest = manifest_of(arguments.model) if arguments.choose_thresholds else None
    toolkit = _toolkit(arguments.toolkit)
    threads = free_threads()
    task, words = _task(arguments, station, toolkit, threads)
    if manifest is not None and not task.kit_photos:
        raise BadInput("evaluate.nothing_to_choose_from", path=arguments.dataset)
    if arguments.out is not None:
        prepare_folder(arguments.out)
    measured = _measured(task, station)
    thresholds = task.detector.info.thresholds.overridden_by(toolkit.thresholds if toolkit else {})
    report = build_report(
        task,
        measured,
        names=list(task.detector.info.names_en),
        choose=manifest is not None and not measured.partial,
        threads=threads,
        thresholds=thresholds,
        strict=arguments.strict,
        sized=not arguments.no_sizes,
    )
    if arguments.out is not None:
        write_reports(arguments.out, report, words)
    if arguments.json:
        console.json(report_json(report))
    else:
        console.line(text_report(report, words).rstrip("\n"))
    if arguments.out is not None:
        console.remark("evaluate.written", path=arguments.out)
    if manifest is not None:
        _keep(report, manifest, station, write_choice)
    if measured.partial:
        return INTERRUPTED
    return FALSE_PASS if report.false_passes else 0


def _keep(report: Report, manifest: Path, station: Station, write: Callable[[Path, Choice, Report], None]) -> None:
    """Put the choice into the manifest, unless it would not keep its promise."""
    choice = report.choice
    if choice is None or choice.false_passes.count:
        station.console.remark("evaluate.not_chosen", path=manifest)
        return
    write(manifest, choice, report)
    station.console.remark("evaluate.kept", path=manifest)


def _toolkit(path: Path | None) -> Toolkit | None:
    if path is None:
        return None
    toolkits = read_toolkits(path).toolkits
    if len(toolkits) != 1:
        raise BadInput("evaluate.one_toolkit", path=path, count=len(toolkits))
    return toolkits[0]


def _detector(arguments: argparse.Namespace, confidence: float, threads: int) -> Detector:
    from toolroom_desktop.adapters.vision.agreeing_looks import AgreeingLooks
    from toolroom_desktop.adapters.vision.detector import load_model
    from toolroom_desktop.adapters.vision.looks import ready_to_look
    from toolroom_desktop.adapters.vision.second_look import SecondLook

    detector = load_model(arguments.model, confidence=confidence, threads=threads)
    if arguments.first_look_only:
        return detector
    if arguments.agreeing_looks:
        return AgreeingLooks(detector)
    return SecondLook(detector) if arguments.second_look else ready_to_look(detector)


def _task(arguments: argparse.Namespace, station: Station, toolkit: Toolkit | None, threads: int) -> tuple[Task, Words]:
    from toolroom_desktop.training.evaluate.dataset import Split, check_classes, kit_photos, read_dataset
    from toolroom_desktop.training.evaluate.foreign import CutoutThings, ForeignThings, ShapeThings
    from toolroom_desktop.training.evaluate.measure import BOX_CONFIDENCE, TRIAL_CONFIDENCE, Task
    from toolroom_desktop.training.evaluate.words import Words

    dataset = read_dataset(arguments.dataset, Split(arguments.split))
    detector = _detector(arguments, TRIAL_CONFIDENCE, threads)
    info = detector.info
    expected = toolkit.expected if toolkit else dict.fromkeys(info.names_en, 1)
    check_classes(dataset, expected, info.knowledge.classes, info.knowledge.name)
    named = [name for name in arguments.kit_photos if name != ALL_PHOTOS]
    foreign: ForeignThings = (
        ShapeThings([photo.path for photo in dataset.photos])
        if arguments.foreign is None
        else CutoutThings(arguments.foreign, {*expected, *split_names(arguments.foreign_without)})
    )
    task = Task(
        boxes=_detector(arguments, BOX_CONFIDENCE, threads),
        detector=detector,
        dataset=dataset,
        expected=expected,
        kit_photos=kit_photos(dataset, expected, named),
        foreign=foreign,
        trials=arguments.trials,
        seed=arguments.seed,
        frames=arguments.frames,
    )
    language = station.console.language
    names = dict(info.names_ru if language == "ru" else info.names_en)
    if toolkit is not None:
        names |= {position.tool_class: position.name(language) for position in toolkit.positions}
    return task, Words(station.console.messages, names)


def _measured(task: Task, station: Station) -> Measured:
    from toolroom_desktop.training.evaluate.measure import Stage, measure

    with ExitStack() as lines:
        shown: dict[Stage, Progress] = {}

        def progress(stage: Stage, done: int, total: int) -> None:
            if stage not in shown:
                lines.close()
                code = "evaluate.progress_photos" if stage is Stage.PHOTOS else "evaluate.progress_trials"
                shown[stage] = lines.enter_context(Progress(station.console, code))
            shown[stage](done, total)

        return measure(task, progress)
