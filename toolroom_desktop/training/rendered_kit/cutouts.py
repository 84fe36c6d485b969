"""Render every thing from many directions as RGBA cut-outs into a cut-out store.

A table lies under the thing, so that its light falls back as it would, but the camera does not see it.  A run that
was stopped goes on where it was: pictures that are there are kept.  Lengths are metres, pixels those of the picture.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from toolroom_desktop.training.rendered_kit import stage
from toolroom_desktop.training.rendered_kit.foreign import thing_of
from toolroom_desktop.training.rendered_kit.geometry import TOOLS
from toolroom_desktop.training.rendered_kit.materials import material, vary
from toolroom_desktop.training.rendered_kit.scenes import FIELD_MM
from toolroom_desktop.training.rendered_kit.shapes import blender
from toolroom_desktop.training.rendered_kit.titles import TITLES
from toolroom_desktop.training.rendered_kit.views import View, usual_count, views_of

STORE = "cutouts.json"
SIDE_MM = 620.0
"""Width and height of what the camera could see; only the part with the thing in it is rendered."""
MARGIN = 4
WRITE_EVERY = 20
"""Pictures after which the list is written, so that a store can be used while it still grows."""


def _camera(view: View, side: int) -> Any:
    """A camera above the thing that sees one square of ``SIDE_MM`` in the table plane as ``side`` pixels."""
    bpy, mathutils = blender(), importlib.import_module("mathutils")
    lens = bpy.data.cameras.new("camera")
    lens.sensor_fit, lens.sensor_width = "HORIZONTAL", 36.0
    lens.lens = 36.0 * view.distance / (SIDE_MM / 1000)
    camera = bpy.data.objects.new("camera", lens)
    tilt, azimuth = math.radians(view.tilt), math.radians(view.azimuth)
    flat = math.sin(tilt)
    at = mathutils.Vector((flat * math.cos(azimuth), flat * math.sin(azimuth), math.cos(tilt))) * view.distance
    # The long axis of the thing stays level in the picture: the smallest box, the fewest pixels to render.
    back, level = at.normalized(), mathutils.Vector((1.0, 0.0, 0.0))
    level = (level - back * level.dot(back)).normalized()
    camera.matrix_world = mathutils.Matrix((level, back.cross(level), back)).transposed().to_4x4()
    camera.location = at
    bpy.context.scene.collection.objects.link(camera)
    bpy.context.scene.camera = camera
    render = bpy.context.scene.render
    render.resolution_x = render.resolution_y = side
    render.resolution_percentage = 100
    return camera


def _crop(parts: list[Any], camera: Any, side: int) -> None:
    """Let the renderer draw only the box around the parts plus a margin."""
    seen = stage.vertices_seen(parts, camera, side, side)
    xs, ys = [x for x, _ in seen], [y for _, y in seen]
    left, right = max(0, math.floor(min(xs)) - MARGIN), min(side, math.ceil(max(xs)) + MARGIN)
    top, bottom = max(0, math.floor(min(ys)) - MARGIN), min(side, math.ceil(max(ys)) + MARGIN)
    render = blender().context.scene.render
    render.use_border, render.use_crop_to_border = True, True
    render.border_min_x, render.border_max_x = left / side, right / side
    render.border_min_y, render.border_max_y = 1 - bottom / side, 1 - top / side


def draw(view: View, target: Path, px_per_mm: float, samples: int) -> None:
    """Render one view into a PNG file."""
    bpy = blender()
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.mesh.primitive_plane_add(size=4.0)
    table = bpy.context.object
    table.data.materials.append(material(view.table))
    table.visible_camera = False
    thing = thing_of(view.name, view.opening, view.roll)
    vary(random.Random(view.seed))  # noqa: S311 - a picture, not a secret
    turn = math.radians(view.light_from)
    key = (1.15 * math.cos(turn), 1.15 * math.sin(turn), view.light_height)
    stage.lamp("key", key, (view.softness, view.softness * 0.6), 34.0 * view.light, view.warm)
    stage.lamp("fill", (-0.9 * key[0], -0.9 * key[1], 2.2), (1.6, 1.6), 34.0 * view.light * view.fill, 0.0)
    stage.hall(view.hall * view.light, view.azimuth)
    side = round(SIDE_MM * px_per_mm)
    camera = _camera(view, side)
    bpy.context.view_layer.update()
    _crop([part for part in thing.children_recursive if part.type == "MESH"], camera, side)
    scene = stage.cycles(samples, view.seed, view.exposure)
    scene.render.film_transparent = True
    settings = scene.render.image_settings
    settings.file_format, settings.color_mode, settings.color_depth, settings.compression = "PNG", "RGBA", "8", 90
    # A half-written picture must never look like a finished one.
    fresh = target.with_name(f".{target.stem}.part.png")
    scene.render.filepath = str(fresh.resolve())
    bpy.ops.render.render(write_still=True)
    fresh.replace(target)


def _entry(folder: Path, view: View, frame: tuple[int, int]) -> dict[str, Any]:
    return {
        "file": view.file,
        "class_name": view.name if view.name in TOOLS else None,
        "sha256": hashlib.sha256((folder / view.file).read_bytes()).hexdigest(),
        "source": f"rendered {view.name} {view.number}",
        "frame": list(frame),
        "split": view.split,
    }


def _entries(folder: Path, plan: Sequence[View], frame: tuple[int, int]) -> list[dict[str, Any]]:
    return [_entry(folder, view, frame) for view in plan if (folder / view.file).exists()]


def _write_store(folder: Path, entries: Sequence[dict[str, Any]]) -> None:
    classes = [{"name": name, "ru": TITLES[name][0], "en": TITLES[name][1]} for name in TOOLS]
    store = {"format": 1, "classes": classes, "cutouts": list(entries), "backgrounds": []}
    fresh = folder / f".{STORE}.part"
    fresh.write_text(json.dumps(store, ensure_ascii=False, indent=1) + "\n", "utf-8")
    fresh.replace(folder / STORE)


def write_cutouts(folder: Path, names: Sequence[str], views: int, px_per_mm: float, samples: int) -> int:
    """Render what is missing of the plan and write the store; returns the number of cut-outs in it.

    ``views`` per ordinary thing, ``px_per_mm`` pixels per millimetre of table, ``samples`` per pixel.
    """
    plan = [view for name in names for view in views_of(name, usual_count(name, views))]
    frame = (round(FIELD_MM[0] * px_per_mm), round(FIELD_MM[1] * px_per_mm))
    missing = [view for view in plan if not (folder / view.file).exists()]
    # View by view, not thing by thing: a run that is stopped early leaves a store that has everything in it.
    missing.sort(key=lambda v: v.number / usual_count(v.name, views))
    for done, view in enumerate(missing, start=1):
        begun = time.perf_counter()
        (folder / view.file).parent.mkdir(parents=True, exist_ok=True)
        draw(view, folder / view.file, px_per_mm, samples)
        print(f"{done} of {len(missing)}: {view.file}, {time.perf_counter() - begun:.1f} s", flush=True)
        if done % WRITE_EVERY == 0:
            _write_store(folder, _entries(folder, plan, frame))
    entries = _entries(folder, plan, frame)
    _write_store(folder, entries)
    return len(entries)
