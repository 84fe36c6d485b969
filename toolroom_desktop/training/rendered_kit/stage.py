"""Lamps and the hall around the table, shared by the demo tables and the cut-outs; lengths in metres."""

from __future__ import annotations

import importlib
import math
from typing import Any

from toolroom_desktop.training.rendered_kit.shapes import blender

Colour = tuple[float, float, float]


def bulb(warm: float) -> Colour:
    """Linear RGB of a lamp: 0 is neutral, 1 like a bulb, negative values like a cold fluorescent tube."""
    if warm >= 0:
        return (1.0, 1.0 - 0.10 * warm, 1.0 - 0.25 * warm)
    return (1.0 + 0.22 * warm, 1.0 + 0.06 * warm, 1.0)


def lamp(name: str, at: tuple[float, float, float], size: tuple[float, float], watts: float, warm: float) -> None:
    """A rectangular lamp that looks at the middle of the table."""
    bpy, mathutils = blender(), importlib.import_module("mathutils")
    light = bpy.data.lights.new(name, "AREA")
    light.shape, light.size, light.size_y, light.energy = "RECTANGLE", size[0], size[1], watts
    light.color = bulb(warm)
    made = bpy.data.objects.new(name, light)
    made.location = at
    made.rotation_euler = (-mathutils.Vector(at)).to_track_quat("-Z", "Y").to_euler()
    bpy.context.scene.collection.objects.link(made)


def hall(brightness: float, turn: float = 0.0, strips_per_metre: float = 1.1) -> None:
    """A grey roof with bright strips, turned by ``turn`` degrees, so that polished steel has something to show."""
    bpy = blender()
    world = bpy.data.worlds.new("hall")
    bpy.context.scene.world = world
    tree = world.node_tree
    ground = next(n for n in tree.nodes if n.type == "BACKGROUND")
    where = tree.nodes.new("ShaderNodeTexCoord")
    place = tree.nodes.new("ShaderNodeMapping")
    place.inputs["Rotation"].default_value = (0.0, 0.0, math.radians(turn))
    tree.links.new(where.outputs["Generated"], place.inputs["Vector"])
    strips = tree.nodes.new("ShaderNodeTexWave")
    strips.inputs["Scale"].default_value = strips_per_metre
    strips.inputs["Distortion"].default_value = 0.6
    tree.links.new(place.outputs["Vector"], strips.inputs["Vector"])
    ramp = tree.nodes.new("ShaderNodeValToRGB")
    ramp.color_ramp.elements[0].position, ramp.color_ramp.elements[0].color = 0.35, (0.16, 0.165, 0.175, 1)
    ramp.color_ramp.elements[1].position, ramp.color_ramp.elements[1].color = 0.85, (0.92, 0.93, 0.95, 1)
    tree.links.new(strips.outputs["Fac"], ramp.inputs["Fac"])
    tree.links.new(ramp.outputs["Color"], ground.inputs["Color"])
    ground.inputs["Strength"].default_value = brightness
    # The default map of this pattern costs more time than a whole small picture.
    world.cycles.sampling_method, world.cycles.sample_map_resolution = "MANUAL", 256


def cycles(samples: int, seed: int, exposure: float) -> Any:
    """Set the renderer up (CPU, denoised) and return the Blender scene."""
    stage = blender().context.scene
    stage.render.engine = "CYCLES"
    stage.cycles.device, stage.cycles.samples, stage.cycles.seed = "CPU", samples, seed
    stage.cycles.use_denoising, stage.cycles.denoiser = True, "OPENIMAGEDENOISE"
    stage.cycles.denoising_quality = "BALANCED"
    stage.cycles.max_bounces, stage.cycles.caustics_reflective = 6, False
    stage.view_settings.view_transform, stage.view_settings.look = "AgX", "AgX - Medium High Contrast"
    stage.view_settings.exposure = exposure
    return stage


def vertices_seen(parts: list[Any], camera: Any, width: int, height: int) -> list[tuple[float, float]]:
    """Every vertex of the parts as (x, y) pixels of a picture seen through the camera, y downwards."""
    # `bpy_extras.object_utils.world_to_camera_view` gives the same, at half a second for one tool.
    eye, lens = camera.matrix_world.inverted(), camera.data
    gain = lens.lens / lens.sensor_width * width
    seen = [eye @ part.matrix_world @ v.co for part in parts for v in part.data.vertices]
    return [(width / 2 - gain * p.x / p.z, height / 2 + gain * p.y / p.z) for p in seen]
