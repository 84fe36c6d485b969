"""Render the demo tables and write their truth file.

Run ``python -m toolroom_desktop.training.rendered_kit.render --out resources/demo/tables`` where ``bpy`` is
installed.  Distances in this module are metres, boxes are pixels of the written picture.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from toolroom_desktop.training.rendered_kit.foreign import FOREIGN
from toolroom_desktop.training.rendered_kit.geometry import TOOLS
from toolroom_desktop.training.rendered_kit.materials import material
from toolroom_desktop.training.rendered_kit.scenes import FIELD_MM, SCENES, Scene
from toolroom_desktop.training.rendered_kit.shapes import blender

CAMERA_HEIGHT = 1.10
QUALITY = 90
TRUTH = "tables.json"


def _area(name: str, at: tuple[float, float, float], size: tuple[float, float], watts: float, warm: float) -> None:
    """A rectangular lamp that looks at the middle of the table; ``warm`` 0 is neutral, 1 is like a bulb."""
    bpy, mathutils = blender(), importlib.import_module("mathutils")
    lamp = bpy.data.lights.new(name, "AREA")
    lamp.shape, lamp.size, lamp.size_y, lamp.energy = "RECTANGLE", size[0], size[1], watts
    lamp.color = (1.0, 1.0 - 0.10 * warm, 1.0 - 0.25 * warm)
    made = bpy.data.objects.new(name, lamp)
    made.location = at
    made.rotation_euler = (-mathutils.Vector(at)).to_track_quat("-Z", "Y").to_euler()
    bpy.context.scene.collection.objects.link(made)


def _hall(brightness: float) -> None:
    """The hall around the table: a grey roof with bright strips, so that polished steel has something to show."""
    bpy = blender()
    world = bpy.data.worlds.new("hall")
    bpy.context.scene.world = world
    tree = world.node_tree
    ground = next(n for n in tree.nodes if n.type == "BACKGROUND")
    where = tree.nodes.new("ShaderNodeTexCoord")
    strips = tree.nodes.new("ShaderNodeTexWave")
    strips.inputs["Scale"].default_value = 1.1
    strips.inputs["Distortion"].default_value = 0.6
    tree.links.new(where.outputs["Generated"], strips.inputs["Vector"])
    ramp = tree.nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].position, ramp.color_ramp.elements[0].color = 0.35, (0.16, 0.165, 0.175, 1)
    ramp.color_ramp.elements[1].position, ramp.color_ramp.elements[1].color = 0.85, (0.92, 0.93, 0.95, 1)
    tree.links.new(strips.outputs["Fac"], ramp.inputs["Fac"])
    tree.links.new(ramp.outputs["Color"], ground.inputs["Color"])
    ground.inputs["Strength"].default_value = brightness


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
    stage = bpy.context.scene
    stage.camera = camera
    stage.render.resolution_x, stage.render.resolution_y, stage.render.resolution_percentage = width, height, 100
    turn = math.radians(scene.light_from)
    key = (1.15 * math.cos(turn), 1.15 * math.sin(turn), 1.7)
    _area("key", key, (1.4, 0.7), 34.0 * scene.light, scene.warm)
    _area("fill", (-0.9 * key[0], -0.9 * key[1], 2.2), (1.6, 1.6), 11.0 * scene.light, 0.0)
    _hall(0.50 * scene.light)
    return camera


def _parts(root: Any) -> list[Any]:
    return [part for part in root.children_recursive if part.type == "MESH"]


def _box(root: Any, camera: Any, width: int, height: int) -> list[float]:
    """Pixel box of a thing: every vertex of it seen through the camera, cut at the picture's edge."""
    bpy, extras = blender(), importlib.import_module("bpy_extras.object_utils")
    seen = [
        extras.world_to_camera_view(bpy.context.scene, camera, part.matrix_world @ v.co)
        for part in _parts(root)
        for v in part.data.vertices
    ]
    xs, ys = [p.x * width for p in seen], [(1 - p.y) * height for p in seen]
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
        root = (TOOLS | FOREIGN)[item.name]()
        # A hand never lays two kits down alike, even when the layout is the same.
        root.location = ((item.x + dice.uniform(-2, 2)) / 1000, (item.y + dice.uniform(-2, 2)) / 1000, 0.0)
        root.rotation_euler = (0.0, 0.0, math.radians(item.angle + dice.uniform(-1.5, 1.5)))
        roots.append((item.name, root))
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
    bpy = blender()
    stage = bpy.context.scene
    stage.render.engine = "CYCLES"
    stage.cycles.device, stage.cycles.samples, stage.cycles.seed = "CPU", samples, scene.seed
    stage.cycles.use_denoising, stage.cycles.denoiser = True, "OPENIMAGEDENOISE"
    stage.cycles.max_bounces, stage.cycles.caustics_reflective = 6, False
    stage.view_settings.view_transform, stage.view_settings.look = "AgX", "AgX - Medium High Contrast"
    stage.view_settings.exposure = scene.exposure
    stage.render.image_settings.file_format = "JPEG"
    stage.render.image_settings.quality = QUALITY
    stage.render.filepath = str(target.resolve())
    bpy.ops.render.render(write_still=True)


def _write_truth(path: Path, fresh: Sequence[dict[str, Any]]) -> None:
    """Merge new entries into the truth file, in the order of the scenes."""
    known: dict[str, Any] = {}
    if path.exists():
        known = {entry["file"]: entry for entry in json.loads(path.read_text("utf-8"))["tables"]}
    known.update({entry["file"]: entry for entry in fresh})
    tables = [known[f"{scene.name}.jpg"] for scene in SCENES if f"{scene.name}.jpg" in known]
    path.write_text(json.dumps({"tables": tables}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures and tables.json")
    parser.add_argument("--only", action="append", help="name of a scene (may be repeated)")
    parser.add_argument("--samples", type=int, default=24, help="Cycles samples per pixel before denoising")
    parser.add_argument("--width", type=int, default=960)
    parser.add_argument("--height", type=int, default=720)
    parser.add_argument("--truth-only", action="store_true", help="write tables.json without rendering")
    args = parser.parse_args(argv)
    chosen = [scene for scene in SCENES if not args.only or scene.name in args.only]
    if not chosen:
        parser.error("no such scene: " + ", ".join(args.only))
    args.out.mkdir(parents=True, exist_ok=True)
    entries: list[dict[str, Any]] = []
    for scene in chosen:
        begun = time.perf_counter()
        entries.append(build(scene, args.width, args.height))
        if not args.truth_only:
            render(scene, args.out / f"{scene.name}.jpg", args.samples)
        print(f"{scene.name}: {time.perf_counter() - begun:.1f} s", flush=True)
        _write_truth(args.out / TRUTH, entries)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
