"""A review folder as the beginning of a YOLO dataset.

    OUT/data.yaml, dataset.json, contact.jpg, to_draw.txt
    OUT/images/{train,val}, OUT/labels/{train,val}                          photos that can teach as they are
    OUT/unfinished/images/{train,val}, OUT/unfinished/labels/{train,val}    photos that a person must finish

What lacks a box must not be trained from: a tool without one is taught to be background. Therefore such photos lie
apart, in the same shape, so that `unfinished/images` and `unfinished/labels` are moved over the others when drawn.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from toolroom_desktop.adapters.database.problems import file_problem
from toolroom_desktop.adapters.opencv import cv2
from toolroom_desktop.domain.errors import BadInput
from toolroom_desktop.services.review import TO_DRAW, UNFINISHED, DatasetPhoto, RelativeBox, ReviewCase, ReviewDataset

SHEET_PHOTOS = 24
_TILE = (480, 360)  # width, height
_CERTAIN, _TO_LOOK_AT = (60, 200, 60), (0, 150, 255)  # blue, green, red

Pixels = NDArray[np.uint8]


def write_dataset(
    out: Path,
    dataset: ReviewDataset,
    photo_of: Callable[[ReviewCase], bytes],
    *,
    to_draw: str,
    provenance: Mapping[str, Any],
) -> None:
    """Write the whole dataset; `out` must not be there or be empty, and is made only when all of it is written.

    `to_draw` is the list for a person. Raises `BadInput("review.out_not_empty")` and `DatabaseProblem` with
    `review.disk_full`, `review.read_only` or `review.disk_error`, leaving nothing behind.
    """
    out = out.absolute()
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise BadInput("review.out_not_empty", path=out)
        out.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        try:
            _fill(making, dataset, photo_of, to_draw, provenance)
            making.chmod(0o755)  # mkdtemp makes it for its owner alone
            if out.exists():
                out.rmdir()
            making.rename(out)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
    except OSError as error:
        raise file_problem(error, out, area="review") from error


def _fill(
    folder: Path,
    dataset: ReviewDataset,
    photo_of: Callable[[ReviewCase], bytes],
    to_draw: str,
    provenance: Mapping[str, Any],
) -> None:
    index_of = {position.tool_class: index for index, position in enumerate(dataset.classes)}
    for part in (folder, folder / UNFINISHED):
        for kind in ("images", "labels"):
            for split in ("train", "val"):
                (part / kind / split).mkdir(parents=True)
    for photo in dataset.photos:
        part = folder if photo.finished else folder / UNFINISHED
        lines = "".join(_line(index_of[box.tool_class], box) for box in photo.case.relative_boxes())
        _write(part / "labels" / photo.split / f"{photo.case.name}.txt", lines.encode())
        _write(part / "images" / photo.split / f"{photo.case.name}.jpg", photo_of(photo.case))
    content = {
        "path": ".",
        "train": "images/train",
        "val": "images/val",
        "names": [position.tool_class for position in dataset.classes],
    }
    _write(folder / "data.yaml", yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode())
    _write(folder / "dataset.json", json.dumps(provenance, ensure_ascii=False, indent=1).encode())
    _write(folder / TO_DRAW, to_draw.encode("utf-8-sig"))
    _write(folder / "contact.jpg", _contact_sheet(dataset, photo_of))


def _line(index: int, box: RelativeBox) -> str:
    return f"{index} {box.x:.6f} {box.y:.6f} {box.width:.6f} {box.height:.6f}\n"


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _contact_sheet(dataset: ReviewDataset, photo_of: Callable[[ReviewCase], bytes]) -> bytes:
    """The first photos with their boxes on one JPEG: green where they are certain, amber where a person must look."""
    width, height = _TILE
    tiles = [_tile(photo, photo_of(photo.case)) for photo in dataset.photos[:SHEET_PHOTOS]]
    across = min(4, len(tiles))
    while len(tiles) % across:
        tiles.append(np.full((height, width, 3), 255, np.uint8))
    sheet = np.vstack([np.hstack(tiles[row : row + across]) for row in range(0, len(tiles), across)])
    done, coded = cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, 85])
    if not done:
        raise RuntimeError("the contact sheet could not be encoded as JPEG")
    return coded.tobytes()


def _tile(photo: DatasetPhoto, content: bytes) -> Pixels:
    width, height = _TILE
    tile = np.full((height, width, 3), 255, np.uint8)
    decoded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    if decoded is None:
        return tile
    scale = min(width / decoded.shape[1], height / decoded.shape[0])
    size = (max(1, round(decoded.shape[1] * scale)), max(1, round(decoded.shape[0] * scale)))
    small = cv2.resize(decoded, size, interpolation=cv2.INTER_AREA)
    colour = _CERTAIN if photo.finished else _TO_LOOK_AT
    for box in photo.case.relative_boxes():
        corner = (round((box.x - box.width / 2) * size[0]), round((box.y - box.height / 2) * size[1]))
        opposite = (round((box.x + box.width / 2) * size[0]), round((box.y + box.height / 2) * size[1]))
        cv2.rectangle(small, corner, opposite, colour, 2)
        cv2.putText(small, box.tool_class, (corner[0] + 2, corner[1] + 13), 0, 0.42, colour, 1, cv2.LINE_AA)
    tile[: size[1], : size[0]] = small
    return tile
