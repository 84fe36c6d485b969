"""Materials of the modelled tools and tables, built from shader nodes only (no image is loaded).

Colours are linear RGB; bump distances are metres.  ``bpy`` has no type stubs, so Blender values are ``Any``.
"""

from __future__ import annotations

import importlib
import math
import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Colour = tuple[float, float, float]
WHITE: Colour = (1.0, 1.0, 1.0)
_TABLE = "table_"


@dataclass(frozen=True)
class Look:
    """How a surface answers to light; ``grain`` is the size of its unevenness per metre, 0 for none."""

    colour: Colour
    rough: float
    metal: float = 0.0
    grain: float = 0.0
    uneven: float = 0.0
    bump: float = 0.0


LOOKS: dict[str, Look] = {
    # Not a mirror: the tools are used, and a mirror lying flat shows nothing but the dark hall above it.
    "chrome": Look((0.60, 0.60, 0.62), 0.25, 1.0, 30, 0.05, 0.00001),
    "satin_steel": Look((0.37, 0.36, 0.35), 0.34, 1.0, 45, 0.12, 0.00016),
    "worn_steel": Look((0.22, 0.21, 0.20), 0.36, 1.0, 60, 0.20, 0.00020),
    "phosphate": Look((0.165, 0.152, 0.14), 0.36, 1.0, 60, 0.20, 0.00022),
    "bright_jaw": Look((0.56, 0.54, 0.51), 0.30, 1.0, 50, 0.10, 0.00014),
    "dark_steel": Look((0.10, 0.095, 0.09), 0.36, 1.0, 70, 0.20, 0.00018),
    "tip_black": Look((0.02, 0.02, 0.022), 0.42, 0.6, 200, 0.1),
    "hollow": Look((0.012, 0.012, 0.013), 0.7),
    "rubber_green": Look((0.003, 0.062, 0.026), 0.44, 0.0, 220, 0.10, 0.00010),
    "rubber_black": Look((0.014, 0.013, 0.013), 0.50, 0.0, 220, 0.10, 0.00012),
    "grip_black": Look((0.016, 0.014, 0.014), 0.58, 0.0, 160, 0.12, 0.00016),
    "grip_orange": Look((0.27, 0.055, 0.018), 0.55, 0.0, 160, 0.12, 0.00008),
    "plastic_black": Look((0.017, 0.015, 0.015), 0.34, 0.0, 260, 0.08, 0.00006),
    "plastic_yellow": Look((0.80, 0.50, 0.012), 0.34),
    "plastic_blue": Look((0.012, 0.065, 0.36), 0.32),
    "plastic_white": Look((0.72, 0.72, 0.70), 0.38),
    "plastic_red": Look((0.42, 0.018, 0.014), 0.36),
    "ash_wood": Look((0.50, 0.29, 0.125), 0.50, 0.0, 70, 0.16, 0.00010),
    "table_dark": Look((0.052, 0.054, 0.058), 0.62, 0.0, 900, 0.14, 0.00020),
    "table_green": Look((0.050, 0.105, 0.068), 0.72, 0.0, 1400, 0.18, 0.00025),
    "table_light": Look((0.42, 0.425, 0.42), 0.58, 0.0, 700, 0.06, 0.00012),
    "table_foam": Look((0.046, 0.047, 0.050), 0.92, 0.0, 1600, 0.35, 0.00050),
    "table_wood": Look((0.33, 0.185, 0.088), 0.48, 0.0, 300, 0.10, 0.00012),
}


def material(name: str) -> Any:
    """The named material, made once per Blender file."""
    bpy: Any = importlib.import_module("bpy")
    known = bpy.data.materials.get(name)
    if known is not None:
        return known
    look = LOOKS[name]
    made = bpy.data.materials.new(name)
    tree = made.node_tree
    shader = next(n for n in tree.nodes if n.type == "BSDF_PRINCIPLED")
    shader.inputs["Base Color"].default_value = (*look.colour, 1.0)
    shader.inputs["Roughness"].default_value = look.rough
    shader.inputs["Metallic"].default_value = look.metal
    if look.grain:
        place = tree.nodes.new("ShaderNodeTexCoord")
        noise = _noise(tree, place.outputs["Object"], look.grain, 4.0)
        _spread(tree, noise, shader.inputs["Roughness"], look.rough, look.uneven)
        if look.bump:
            _bump(tree, noise, shader, look.bump)
        # Wood and wide table tops need their own pattern: one even colour of that size reads as a picture defect.
        if name in ("table_wood", "ash_wood"):
            _wood(tree, place.outputs["Object"], shader, look, plank=name == "table_wood")
        elif name.startswith(_TABLE):
            broad = _noise(tree, place.outputs["Object"], 5.0, 3.0)
            fine = _noise(tree, place.outputs["Object"], look.grain, 2.0)
            _tint(tree, broad, fine, shader, look.colour, 0.21)
        if name.startswith(_TABLE):
            _use(tree, place.outputs["Object"], shader, planks=name == "table_wood")
        if look.metal:
            # Hands, oil and years: used steel is never one even grey.
            broad = _noise(tree, place.outputs["Object"], 28.0, 3.0)
            fine = _noise(tree, place.outputs["Object"], 420.0, 4.0)
            _tint(tree, broad, fine, shader, look.colour, 0.10 if name == "chrome" else 0.32)
    return made


def _noise(tree: Any, where: Any, scale: float, detail: float) -> Any:
    """A noise texture's value output."""
    node = tree.nodes.new("ShaderNodeTexNoise")
    node.noise_dimensions = "4D"  # the fourth lets `vary` move the pattern
    node.inputs["Scale"].default_value = scale
    node.inputs["Detail"].default_value = detail
    tree.links.new(where, node.inputs["Vector"])
    return node.outputs[0]


def _spread(tree: Any, value: Any, target: Any, centre: float, width: float) -> None:
    """Map a 0..1 value onto centre +- width / 2 and feed it to a socket."""
    node = tree.nodes.new("ShaderNodeMapRange")
    node.inputs["From Min"].default_value, node.inputs["From Max"].default_value = 0.3, 0.7
    node.inputs["To Min"].default_value = max(0.05, centre - width / 2)
    node.inputs["To Max"].default_value = min(1.0, centre + width / 2)
    tree.links.new(value, node.inputs["Value"])
    tree.links.new(node.outputs["Result"], target)


def _bump(tree: Any, value: Any, shader: Any, distance: float) -> None:
    node = tree.nodes.new("ShaderNodeBump")
    node.inputs["Strength"].default_value = 0.6
    node.inputs["Distance"].default_value = distance
    tree.links.new(value, node.inputs["Height"])
    tree.links.new(node.outputs["Normal"], shader.inputs["Normal"])


def _ramp(tree: Any, value: Any, stops: list[tuple[float, Colour]]) -> Any:
    """A colour ramp's colour output."""
    node = tree.nodes.new("ShaderNodeValToRGB")
    ends = node.color_ramp.elements
    for i, (at, colour) in enumerate(stops):
        element = ends[i] if i < 2 else ends.new(at)
        element.position, element.color = at, (*colour, 1.0)
    tree.links.new(value, node.inputs["Fac"])
    return node.outputs["Color"]


def _scaled(colour: Colour, factor: float) -> Colour:
    return (min(1.0, colour[0] * factor), min(1.0, colour[1] * factor), min(1.0, colour[2] * factor))


def _tint(tree: Any, broad: Any, fine: Any, shader: Any, colour: Colour, depth: float) -> None:
    """Faint clouds of wear plus a fine speckle; ``depth`` is the share by which the colour swings."""
    both = tree.nodes.new("ShaderNodeMath")
    both.operation = "ADD"
    tree.links.new(broad, both.inputs[0])
    tree.links.new(fine, both.inputs[1])
    half = tree.nodes.new("ShaderNodeMath")
    half.operation, half.inputs[1].default_value = "MULTIPLY", 0.5
    tree.links.new(both.outputs[0], half.inputs[0])
    shades = _ramp(tree, half.outputs[0], [(0.30, _scaled(colour, 1 - depth)), (0.70, _scaled(colour, 1 + depth))])
    tree.links.new(shades, shader.inputs["Base Color"])


def _wood(tree: Any, where: Any, shader: Any, look: Look, plank: bool) -> None:
    """Grain along X: broad bands of growth and fine fibres, both stretched a lot along the fibres."""
    stretch = tree.nodes.new("ShaderNodeMapping")
    stretch.inputs["Scale"].default_value = (0.05, 1.0, 1.0)
    tree.links.new(where, stretch.inputs["Vector"])
    bands = _noise(tree, stretch.outputs["Vector"], 26.0 if plank else 200.0, 3.0)
    fibres = _noise(tree, stretch.outputs["Vector"], 420.0 if plank else 900.0, 4.0)
    mixed = tree.nodes.new("ShaderNodeMix")
    mixed.inputs["Factor"].default_value = 0.55
    tree.links.new(bands, mixed.inputs["A"])
    tree.links.new(fibres, mixed.inputs["B"])
    dark, light = _scaled(look.colour, 0.60), _scaled(look.colour, 1.25)
    shades = _ramp(tree, mixed.outputs["Result"], [(0.34, dark), (0.64, light), (0.49, look.colour)])
    tree.links.new(shades, shader.inputs["Base Color"])


def _use(tree: Any, where: Any, shader: Any, planks: bool) -> None:
    """What years of work leave on a table top: old spots of oil, fine scratches, and seams where it has planks."""
    shades = shader.inputs["Base Color"].links[0].from_socket
    spots = _ramp(tree, _noise(tree, where, 7.0, 2.0), [(0.60, _scaled(WHITE, 1.0)), (0.72, _scaled(WHITE, 0.72))])
    shades = _multiplied(tree, shades, spots)
    for turn, along in ((25.0, 1.2), (100.0, 0.8)):
        place = tree.nodes.new("ShaderNodeMapping")
        place.inputs["Rotation"].default_value = (0.0, 0.0, math.radians(turn))
        place.inputs["Scale"].default_value = (along, 60.0, 1.0)
        tree.links.new(where, place.inputs["Vector"])
        level = _noise(tree, place.outputs["Vector"], 1.0, 1.0)
        # A thin band of the values is a thin line on the table.
        lines = [(0.698, WHITE), (0.704, _scaled(WHITE, 0.70)), (0.710, WHITE)]
        shades = _multiplied(tree, shades, _ramp(tree, level, lines))
    if planks:
        seams = tree.nodes.new("ShaderNodeTexBrick")
        tree.links.new(where, seams.inputs["Vector"])
        for face, grey in (("Color1", 1.0), ("Color2", 0.84), ("Mortar", 0.22)):
            seams.inputs[face].default_value = (grey, grey, grey, 1.0)
        settings = {"Scale": 1.0, "Mortar Size": 0.0009, "Brick Width": 1.6, "Row Height": 0.14, "Bias": 0.0}
        for socket, value in settings.items():
            seams.inputs[socket].default_value = value
        shades = _multiplied(tree, shades, seams.outputs["Color"])
    tree.links.new(shades, shader.inputs["Base Color"])


def _multiplied(tree: Any, colour: Any, by: Any) -> Any:
    """The product of two colour outputs."""
    node = tree.nodes.new("ShaderNodeMix")
    node.data_type, node.blend_type = "RGBA", "MULTIPLY"
    node.inputs[0].default_value = 1.0
    tree.links.new(colour, node.inputs[6])
    tree.links.new(by, node.inputs[7])
    return node.outputs[2]


def vary(dice: random.Random, table_dice: random.Random | None = None) -> None:
    """Make every material of the file a little lighter or darker, duller or shinier: no two tools wear alike.

    ``table_dice`` are dice of its own for the table, which then comes out the same whatever lies on it.
    """
    bpy: Any = importlib.import_module("bpy")
    made = sorted(bpy.data.materials, key=lambda m: m.name)
    if table_dice is None:
        _vary(made, dice)
        return
    _vary([m for m in made if m.name.startswith(_TABLE)], table_dice)
    _vary([m for m in made if not m.name.startswith(_TABLE)], dice)


def _vary(materials: Iterable[Any], dice: random.Random) -> None:
    whole, pattern = dice.uniform(0.75, 1.25), dice.uniform(0.0, 100.0)
    for made in materials:
        # The table is given by its name: it may fade, but dark must not become light.
        level = (1.0 if made.name.startswith(_TABLE) else whole) * dice.uniform(0.85, 1.18)
        tint = [level * dice.uniform(0.95, 1.05) for _ in range(3)]
        dull = dice.uniform(0.8, 1.35)
        for node in made.node_tree.nodes:
            if node.type == "TEX_NOISE":
                node.inputs["W"].default_value = pattern
            elif node.type == "VALTORGB":
                for stop in node.color_ramp.elements:
                    stop.color = _tinted(stop.color, tint)
            elif node.type == "MAP_RANGE":
                for end in ("To Min", "To Max"):
                    node.inputs[end].default_value = min(1.0, node.inputs[end].default_value * dull)
            elif node.type == "BSDF_PRINCIPLED":
                base, rough = node.inputs["Base Color"], node.inputs["Roughness"]
                base.default_value = _tinted(base.default_value, tint)
                rough.default_value = min(1.0, rough.default_value * dull)


def _tinted(colour: Any, tint: list[float]) -> tuple[float, ...]:
    return (*(min(1.0, c * t) for c, t in zip(colour, tint, strict=False)), 1.0)
