"""`toolroom review`: what a person judged otherwise than the model, as a list and as the beginning of a dataset."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from toolroom_desktop import __version__
from toolroom_desktop.cli.console import Console
from toolroom_desktop.cli.parsing import Commands, a_path, option
from toolroom_desktop.cli.station import Station
from toolroom_desktop.domain.review import Difference, LeftToDo
from toolroom_desktop.services.review import TO_DRAW, UNFINISHED, DatasetPhoto, Review, ReviewCase, ReviewDataset


def add(commands: Commands) -> None:
    """Add the sub-command with its own ones."""
    own = Commands(commands.add("review", "cli.help.review"))
    listing = own.add("list", "cli.help.review_list")
    option(listing, "--json", "cli.help.json", action="store_true")
    listing.set_defaults(run=run_list)
    export = own.add("export", "cli.help.review_export")
    option(export, "--out", "cli.help.review_out", type=a_path, required=True, metavar="FOLDER")
    export.set_defaults(run=run_export)


def _review(station: Station) -> Review:
    from toolroom_desktop.bootstrap import review_folder

    return Review(review_folder(station.settings(), station.data.root))


def run_list(arguments: argparse.Namespace, station: Station) -> int:
    """Print the cases, oldest first. Works while the station runs."""
    review, console = _review(station), station.console
    cases = list(review.cases(console.error))
    if not station.settings().learning.keep_for_review:
        console.remark("cli.review.off")
    if arguments.json:
        console.json([{"name": case.name, **case.document} for case in cases])
    elif cases:
        _print(console, cases)
        console.say("cli.review.total", count=len(cases), path=review.folder.place)
    else:
        console.say("cli.review.none", path=review.folder.place)
    return 0


def _print(console: Console, cases: list[ReviewCase]) -> None:
    columns = ("time", "operation", "kit", "person", "model", "difference", "case")
    rows = [
        (
            console.moment(case.finished_at),
            console.text(f"cli.operation.{case.result['operation_type']}"),
            case.kit,
            case.person,
            case.model[0],
            _difference(console, case),
            case.name,
        )
        for case in cases
    ]
    console.table([console.text(f"cli.column.{name}") for name in columns], rows)


def _difference(console: Console, case: ReviewCase) -> str:
    """What the model got wrong first, then where it was unsure."""
    parts: list[str] = []
    for kind in Difference:
        names = [
            case.tool_name(tool.seen.tool_class, console.language) for tool in case.differing if tool.difference is kind
        ]
        if names:
            parts.append(console.text(f"cli.review.difference.{kind.value}", names=", ".join(names)))
    return "; ".join(parts)


def run_export(arguments: argparse.Namespace, station: Station) -> int:
    """Write the dataset. Works while the station runs."""
    # Loaded here: it brings OpenCV, which --help does not need.
    from toolroom_desktop.adapters.files.review_dataset import write_dataset

    review, console = _review(station), station.console
    dataset = review.dataset(console.error)
    write_dataset(
        arguments.out,
        dataset,
        review.photo,
        to_draw=_to_draw(console, dataset),
        provenance=_provenance(dataset),
    )
    ready = Counter(photo.split for photo in dataset.photos if photo.finished)
    unfinished = sum(not photo.finished for photo in dataset.photos)
    console.say(
        "cli.review.exported",
        path=arguments.out,
        finished=ready.total(),
        train=ready["train"],
        val=ready["val"],
        unfinished=unfinished,
    )
    if unfinished:
        console.say("cli.review.read_the_list", path=arguments.out / TO_DRAW)
    return 0


def _place(console: Console, left: LeftToDo) -> str:
    if left.box is None:
        return ""
    sides = {"x1": left.box.x1, "y1": left.box.y1, "x2": left.box.x2, "y2": left.box.y2}
    return " " + console.text("cli.review.to_draw.place", **{name: round(value) for name, value in sides.items()})


def _to_draw(console: Console, dataset: ReviewDataset) -> str:
    """The list for whoever finishes the photos."""
    lines = [console.text("cli.review.to_draw.title"), ""]
    unfinished = [photo for photo in dataset.photos if not photo.finished]
    if not unfinished:
        return "\n".join((*lines, console.text("cli.review.to_draw.nothing"), ""))
    lines += [console.text("cli.review.to_draw.how"), ""]
    for index, position in enumerate(dataset.classes):
        lines.append(f"{index:3}  {position.tool_class}  {position.name(console.language)}")
    for photo in unfinished:
        lines += ["", f"{UNFINISHED}/images/{photo.split}/{photo.case.name}.jpg"]
        for left in photo.case.labels.left:
            name = f"{photo.case.tool_name(left.tool_class, console.language)} ({left.tool_class})"
            details = {"name": name, "place": _place(console, left)}
            lines.append(f"  - {console.text(f'cli.review.to_draw.{left.task.value}', **details)}")
    return "\n".join((*lines, ""))


def _provenance(dataset: ReviewDataset) -> dict[str, Any]:
    """Where the photos come from. Names of people stay in the review folder."""
    return {
        "format": 1,
        "made_by": "toolroom review export",
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "app_version": __version__,
        "classes": [{"name": p.tool_class, "ru": p.name_ru, "en": p.name_en} for p in dataset.classes],
        "photos": [_photo(photo) for photo in dataset.photos],
    }


def _photo(photo: DatasetPhoto) -> dict[str, Any]:
    case = photo.case
    name, sha256 = case.model
    return {
        "file": f"{'' if photo.finished else f'{UNFINISHED}/'}images/{photo.split}/{case.name}.jpg",
        "sha256": case.photo_sha256,
        "operation": case.result["operation"]["id"],
        "finished_at": case.finished_at.isoformat(),
        "toolkit": case.result["toolkit"],
        "kit": case.kit,
        "model": {"name": name, "sha256": sha256},
        "left_to_do": [{"task": left.task.value, "class_name": left.tool_class} for left in case.labels.left],
    }
