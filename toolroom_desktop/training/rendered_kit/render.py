"""Render the demo tables and write their truth file.

Run ``nox -s render -- tables --out resources/demo/tables``.
Distances in this module are metres, boxes are pixels of the written picture.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from toolroom_desktop.training.rendered_kit import stage
from toolroom_desktop.training.rendered_kit.foreign import FOREIGN, thing_of
from toolroom_desktop.training.rendered_kit.geometry import TOOLS
from toolroom_desktop.training.rendered_kit.invented import invented
from toolroom_desktop.training.rendered_kit.materials import material, vary
from toolroom_desktop.training.rendered_kit.scenes import FIELD_MM, SCENES, Scene
from toolroom_desktop.training.rendered_kit.shapes import blender
from toolroom_desktop.training.rendered_kit.views import resting_roll

CAMERA_HEIGHT = 1.10
QUALITY = 90
TRUTH = "tables.json"


def _stage(scene: Scene, width: int, height: int) -> Any:
    """Table, camera and light of one scene; returns the camera."""
    bpy = blender()
    bpy.ops.mesh.primitive_plane_add(size=4.0)
    bpy.context.object.data.materials.append(material(scene.table))
    lens = bpy.data.cameras.new("camera")
    lens.sensor_fit, lens.sensor_width = "HORIZONTAL", 36.0
    lens.lens = 36.0 * CAMERA_HEIGHT / (FIELD_MM[0] / 1000)
    camera = bpy.data.objects.new("camera", lens)
    camera.location = (0.0, 0.0, CAMERA_HEIGHT)
    bpy.context.scene.collection.objects.link(camera)
    bpy.context.scene.camera = camera
    size = bpy.context.scene.render
    size.resolution_x, size.resolution_y, size.resolution_percentage = width, height, 100
    turn = math.radians(scene.light_from)
    key = (1.15 * math.cos(turn), 1.15 * math.sin(turn), 1.7)
    stage.lamp("key", key, (1.4, 0.7), 34.0 * scene.light, scene.warm)
    stage.lamp("fill", (-0.9 * key[0], -0.9 * key[1], 2.2), (1.6, 1.6), 11.0 * scene.light, 0.0)
    stage.hall(0.50 * scene.light)
    return camera


def _box(root: Any, camera: Any, width: int, height: int) -> list[float]:
    """Pixel box of a thing: every vertex of it seen through the camera, cut at the picture's edge."""
    seen = stage.vertices_seen([p for p in root.children_recursive if p.type == "MESH"], camera, width, height)
    xs, ys = [x for x, _ in seen], [y for _, y in seen]
    box = (max(0.0, min(xs)), max(0.0, min(ys)), min(float(width), max(xs)), min(float(height), max(ys)))
    return [round(v, 1) for v in box]


def build(scene: Scene, width: int, height: int) -> dict[str, Any]:
    """Fill the empty Blender file with a scene; returns the scene's entry of the truth file."""
    bpy = blender()
    bpy.ops.wm.read_factory_settings(use_empty=True)
    camera = _stage(scene, width, height)
    dice = random.Random(scene.seed)  # noqa: S311 - a layout, not a secret
    roots: list[tuple[str, Any]] = []
    for item in scene.items:
        opening = dice.triangular(0.0, 0.6, 0.15) if item.opening is None else item.opening
        free = resting_roll(item.name, dice.random(), other_side=dice.random() < 0.3)
        root = thing_of(item.name, opening, free if item.roll is None else item.roll)
        # A hand never lays two kits down alike, even when the layout is the same.
        root.location = ((item.x + dice.uniform(-2, 2)) / 1000, (item.y + dice.uniform(-2, 2)) / 1000, 0.0)
        root.rotation_euler = (0.0, 0.0, math.radians(item.angle + dice.uniform(-1.5, 1.5)))
        roots.append((item.name, root))
    # Fresh dice for the table of another scene: that one has nothing on it which its dice fell for before.
    vary(dice, None if scene.table_seed is None else random.Random(scene.table_seed))  # noqa: S311 - a table's wear
    bpy.context.view_layer.update()
    counted = Counter(name for name, _ in roots if name in TOOLS)
    return {
        "file": f"{scene.name}.jpg",
        "title_en": scene.title_en,
        "title_ru": scene.title_ru,
        "tools": {name: counted[name] for name in TOOLS if counted[name]},
        "foreign": [name for name, _ in roots if name in FOREIGN],
        "boxes": [{"class_name": name, "box": _box(root, camera, width, height)} for name, root in roots],
    }


def render(scene: Scene, target: Path, samples: int) -> None:
    """Render what :func:`build` has built into a JPEG file."""
    drawn = stage.cycles(samples, scene.seed, scene.exposure).render
    drawn.image_settings.file_format, drawn.image_settings.quality = "JPEG", QUALITY
    drawn.filepath = str(target.resolve())
    blender().ops.render.render(write_still=True)


def _write_truth(path: Path, fresh: Sequence[dict[str, Any]]) -> None:
    """Merge new entries into the truth file, in the order of the names."""
    known: dict[str, Any] = {}
    if path.exists():
        known = {entry["file"]: entry for entry in json.loads(path.read_text("utf-8"))["tables"]}
    known.update({entry["file"]: entry for entry in fresh})
    tables = [known[file] for file in sorted(known)]
    path.write_text(json.dumps({"tables": tables}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command ``tables``."""
    _add_common(parser)
    parser.add_argument("--only", action="append", choices=[s.name for s in SCENES], help="a scene (may be repeated)")


def add_invented_options(parser: argparse.ArgumentParser) -> None:
    """The options of the command ``invented``."""
    _add_common(parser)
    parser.add_argument("--seed", type=int, default=1, help="another seed, other tables")
    parser.add_argument("--first", type=int, default=1, help="number of the first table")
    parser.add_argument("--count", type=int, default=12, help="how many")


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures and tables.json")
    parser.add_argument("--samples", type=int, default=24, help="Cycles samples per pixel before denoising")
    parser.add_argument("--width", type=int, default=960)
    parser.add_argument("--height", type=int, default=720)
    parser.add_argument("--truth-only", action="store_true", help="write tables.json without rendering")


def run(args: argparse.Namespace) -> int:
    """Render the chosen tables; returns the exit code."""
    chosen = [scene for scene in SCENES if not args.only or scene.name in args.only]
    return _render_all(iter(chosen), args)


def run_invented(args: argparse.Namespace) -> int:
    """Render invented tables; returns the exit code."""
    return _render_all((invented(args.seed, number) for number in range(args.first, args.first + args.count)), args)


def _render_all(scenes: Iterator[Scene], args: argparse.Namespace) -> int:
    args.out.mkdir(parents=True, exist_ok=True)
    entries: list[dict[str, Any]] = []
    for scene in scenes:
        begun = time.perf_counter()
        entries.append(build(scene, args.width, args.height))
        if not args.truth_only:
            render(scene, args.out / f"{scene.name}.jpg", args.samples)
        print(f"{scene.name}: {time.perf_counter() - begun:.1f} s", flush=True)
        _write_truth(args.out / TRUTH, entries)
    return 0
