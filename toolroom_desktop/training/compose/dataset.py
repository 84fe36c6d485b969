"""A dataset of composed scenes in YOLO format: the same seed makes the same scenes, and a broken run goes on."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path
from threading import Event

import numpy as np
import yaml

from toolroom_desktop.adapters.files.cutouts import write_atomically
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.training.compose.camera import photograph
from toolroom_desktop.training.compose.pixels import Pixels
from toolroom_desktop.training.compose.scene import Label, Mixture, make_scene
from toolroom_desktop.training.compose.things import Things

RECIPE = "dataset.json"
CONTACT = "contact.jpg"
FORMAT = 1
FOREIGN = "foreign"
"""What foreign things are called where they have labels."""
CONTACT_SCENES = 24
_VALIDATION_SEED = 1_000_003
"""Added to the seed for the validation scenes, so that more training scenes never become validation scenes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make: counts of scenes, their size in pixels, and the seed that fixes all of it."""

    scenes: int
    validation: int
    width: int = 1024
    height: int = 768
    seed: int = 1
    mixture: Mixture = field(default_factory=Mixture)

    def jobs(self) -> Iterator[tuple[str, int]]:
        """Every scene as (split, number)."""
        yield from (("train", number) for number in range(self.scenes))
        yield from (("val", number) for number in range(self.validation))


def compose_one(things: Things, plan: Plan, split: str, number: int) -> tuple[bytes, str]:
    """One scene as JPEG bytes and its label file's text; the same for the same arguments on every machine and run."""
    seed = plan.seed + (_VALIDATION_SEED if split == "val" else 0)
    dice = np.random.default_rng([seed, number])
    picture, labels, _kind = make_scene(things, plan.mixture, plan.width, plan.height, dice)
    quality = int(dice.integers(70, 97))
    done, coded = cv2.imencode(".jpg", photograph(picture, dice), [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise RuntimeError("the scene could not be coded as JPEG")
    return coded.tobytes(), "".join(_line(label, plan.width, plan.height) for label in labels)


def _line(label: Label, width: int, height: int) -> str:
    if label.outline:
        return f"{label.index} " + " ".join(f"{x / width:.5f} {y / height:.5f}" for x, y in label.outline) + "\n"
    x1, y1, x2, y2 = label.box
    centre = ((x1 + x2) / 2 / width, (y1 + y2) / 2 / height, (x2 - x1) / width, (y2 - y1) / height)
    return f"{label.index} " + " ".join(f"{value:.6f}" for value in centre) + "\n"


def recipe_of(things: Things, plan: Plan) -> dict[str, object]:
    """Everything that the scenes depend on: two datasets with the same recipe are the same."""
    used = hashlib.sha256()
    for thing in sorted(
        (t for group in (*things.tools.values(), things.foreign) for t in group), key=lambda t: str(t.path)
    ):
        paint = "" if thing.paint is None else f" {thing.paint.hue} {thing.paint.value}"
        used.update(f"{thing.tool_class} {thing.source} {thing.length:.5f} {thing.path.name}{paint}\n".encode())
    mixture = asdict(plan.mixture)
    for choice in ("name_foreign", "apart"):
        if not mixture[choice]:
            del mixture[choice]  # scenes that were begun before there was a choice go on
    return {
        "format": FORMAT,
        "seed": plan.seed,
        "size": [plan.width, plan.height],
        "mixture": mixture,
        "classes": list(things.classes),
        "cutouts": {name: len(of_class) for name, of_class in things.tools.items()},
        "foreign_cutouts": len(things.foreign),
        "tables": [path.name for path in things.tables],
        "cutouts_sha256": used.hexdigest(),
    }


def names_of(things: Things, plan: Plan) -> tuple[str, ...]:
    """The class names in label order."""
    return (*things.classes, FOREIGN) if plan.mixture.name_foreign else things.classes


_work: tuple[Things, Plan, Path] | None = None


def _begin(things: Things, plan: Plan, out: Path) -> None:
    global _work  # noqa: PLW0603 - a worker process serves one dataset; handing this over with every scene costs more
    cv2.setNumThreads(1)
    _work = (things, plan, out)


def _compose_and_write(job: tuple[str, int]) -> None:
    assert _work is not None
    things, plan, out = _work
    split, number = job
    name = f"{number:06d}"
    photo, labels = compose_one(things, plan, split, number)
    write_atomically(out / "labels" / split / f"{name}.txt", labels.encode())
    # The picture comes last: where it is, its labels are.
    write_atomically(out / "images" / split / f"{name}.jpg", photo)


def _prepare(things: Things, plan: Plan, out: Path) -> None:
    recipe = recipe_of(things, plan)
    path = out / RECIPE
    if path.exists():
        there = json.loads(path.read_text("utf-8"))
        if {key: there.get(key) for key in recipe} != json.loads(json.dumps(recipe)):
            raise BadInput("compose.other_recipe", path=out)
    elif out.exists() and any(out.iterdir()):
        raise BadInput("compose.folder_not_empty", path=out)
    for kind in ("images", "labels"):
        for split in ("train", "val"):
            (out / kind / split).mkdir(parents=True, exist_ok=True)
    write_atomically(path, json.dumps(recipe, ensure_ascii=False, indent=1).encode())
    content = {"train": "images/train", "val": "images/val", "names": list(names_of(things, plan))}
    write_atomically(out / "data.yaml", yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode())


def compose(
    things: Things,
    plan: Plan,
    out: Path,
    *,
    processes: int,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Event | None = None,
) -> int:
    """Make the scenes that are not there yet; returns how many were made.

    A run that was stopped, or that found the disk full, goes on where it was. Raises
    `BadInput("compose.other_recipe")` for a folder with scenes of another recipe,
    `BadInput("compose.folder_not_empty")`, `BadInput("compose.disk_full")`.
    """
    try:
        _prepare(things, plan, out)
        jobs = [(s, n) for s, n in plan.jobs() if not (out / "images" / s / f"{n:06d}.jpg").exists()]
        total = plan.scenes + plan.validation
        made = total - len(jobs)
        # Spawned, not forked: the parent may hold threads of its own, and Windows knows nothing else.
        pool = ProcessPoolExecutor(
            processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(things, plan, out)
        )
        try:
            for _ in pool.map(_compose_and_write, jobs, chunksize=4):
                made += 1
                if progress is not None:
                    progress(made, total)
                if cancelled is not None and cancelled.is_set():
                    break
        finally:
            pool.shutdown(cancel_futures=True)
        write_atomically(out / CONTACT, contact_sheet(out, names_of(things, plan)))
    except OSError as error:
        raise BadInput("compose.disk_full", path=out, reason=error.strerror or str(error)) from error
    return made - (total - len(jobs))


_COLOURS = ((60, 60, 255), (60, 220, 60), (255, 120, 60), (0, 220, 255), (255, 60, 255), (255, 255, 60))


def _with_boxes(picture: Pixels, labels: str, classes: tuple[str, ...]) -> Pixels:
    height, width = picture.shape[:2]
    for line in labels.splitlines():
        index, *numbers = line.split()
        at = np.array([float(v) for v in numbers]).reshape(-1, 2) * (width, height)
        colour = _COLOURS[int(index) % len(_COLOURS)]
        if len(at) == 2:  # a box: its centre, its size
            at = np.array([at[0] - at[1] / 2, at[0] + at[1] / 2])
            cv2.rectangle(picture, at[0].astype(int).tolist(), at[1].astype(int).tolist(), colour, 2)
        else:
            cv2.polylines(picture, [at.astype(np.int32)], True, colour, 1, cv2.LINE_AA)
        start = at.min(0).astype(int).tolist()
        cv2.putText(picture, classes[int(index)], (start[0] + 2, start[1] + 14), 0, 0.5, colour, 1, cv2.LINE_AA)
    return picture


def contact_sheet(out: Path, classes: tuple[str, ...]) -> bytes:
    """The first scenes with their labels drawn in, on one JPEG to look at."""
    tiles: list[Pixels] = []
    for path in sorted((out / "images" / "train").glob("*.jpg"))[:CONTACT_SCENES]:
        picture = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            continue
        labels = (out / "labels" / "train" / f"{path.stem}.txt").read_text("utf-8")
        drawn = _with_boxes(np.asarray(picture, np.uint8), labels, classes)
        tiles.append(np.asarray(cv2.resize(drawn, (480, 360), interpolation=cv2.INTER_AREA), np.uint8))
    if not tiles:
        tiles = [np.full((360, 480, 3), 255, np.uint8)]
    while len(tiles) % 4:
        tiles.append(np.full((360, 480, 3), 255, np.uint8))
    sheet = np.vstack([np.hstack(tiles[row : row + 4]) for row in range(0, len(tiles), 4)])
    _, coded = cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, 85])
    return coded.tobytes()


def class_counts(out: Path, split: str) -> Counter[int]:
    """How many labels of each class index a split holds."""
    return Counter(
        int(line.split()[0])
        for path in (out / "labels" / split).glob("*.txt")
        for line in path.read_text("utf-8").splitlines()
    )
