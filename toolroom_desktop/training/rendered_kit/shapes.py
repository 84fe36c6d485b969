"""Solids for the modelled tools, as Blender objects.

All lengths are millimetres; :func:`assemble` scales a finished tool to metres.  The long axis of a tool is X, the
table is the XY plane, Z points up to the camera.  ``bpy`` has no type stubs, so Blender objects are ``Any``.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from toolroom_desktop.training.rendered_kit.materials import material
from toolroom_desktop.training.rendered_kit.outlines import Point, normals, resampled

Pick = Callable[[float, float], int]
Section = Callable[[float], tuple[float, float, float]]
Vertex = tuple[float, float, float]


def blender() -> Any:
    """The ``bpy`` module, imported only when a shape is really built."""
    return importlib.import_module("bpy")


def _object(name: str, mesh: Any, sharp: float) -> Any:
    """Link a finished mesh to the scene, smooth except at edges sharper than ``sharp`` degrees."""
    bpy, bmesh = blender(), importlib.import_module("bmesh")
    work = bmesh.new()
    work.from_mesh(mesh)
    # Booleans and the bump of the materials both need normals that look outwards.
    bmesh.ops.remove_doubles(work, verts=work.verts, dist=1e-4)
    bmesh.ops.recalc_face_normals(work, faces=work.faces)
    work.to_mesh(mesh)
    work.free()
    mesh.polygons.foreach_set("use_smooth", [True] * len(mesh.polygons))
    mesh.set_sharp_from_angle(angle=math.radians(sharp))
    mesh.update()
    made = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(made)
    return made


def _from_rings(
    name: str, rings: Sequence[Sequence[Vertex]], mats: Sequence[str], indices: Sequence[int], sharp: float
) -> Any:
    """A tube of rings of equal count with flat caps; ``indices`` has one material number per side face."""
    n = len(rings[0])
    verts = [v for ring in rings for v in ring]
    faces: list[tuple[int, ...]] = []
    for i in range(len(rings) - 1):
        for k in range(n):
            a, b = i * n + k, i * n + (k + 1) % n
            faces.append((a, b, b + n, a + n))
    last = (len(rings) - 1) * n
    faces += [tuple(range(n - 1, -1, -1)), tuple(range(last, last + n))]
    mesh = blender().data.meshes.new(name)
    mesh.from_pydata(verts, [], faces)
    for m in mats:
        mesh.materials.append(material(m))
    mesh.polygons.foreach_set("material_index", [*indices, indices[0], indices[-1]])
    return _object(name, mesh, sharp)


def lathe(
    name: str,
    profile: Sequence[Point],
    mats: Sequence[str],
    pick: Pick | None = None,
    segments: int = 64,
    radius: Callable[[float, float], float] | None = None,
    sharp: float = 30.0,
) -> Any:
    """A body turned about the X axis.

    ``profile`` holds (x, radius); ``pick(x, angle)`` names the material of a face (angle in degrees, 90 is up);
    ``radius(x, angle)`` multiplies the radius, which gives flutes and crosses.
    """
    turn = [360.0 * (k + 0.5) / segments for k in range(segments)]
    rings: list[list[Vertex]] = []
    for x, r in profile:
        ring: list[Vertex] = []
        for a in turn:
            own = max(r, 1e-3) * (radius(x, a) if radius else 1.0)
            ring.append((x, own * math.cos(math.radians(a)), own * math.sin(math.radians(a))))
        rings.append(ring)
    indices = [
        pick((p[0] + q[0]) / 2, (turn[k] + 180.0 / segments) % 360) if pick else 0
        for p, q in pairwise(profile)
        for k in range(segments)
    ]
    return _from_rings(name, rings, mats, indices, sharp)


def sweep(
    name: str,
    path: Sequence[Point],
    section: Section,
    mats: Sequence[str],
    pick: Pick | None = None,
    count: int = 90,
    segments: int = 40,
    roundness: float = 2.0,
    height: Callable[[float], float] | None = None,
) -> Any:
    """A body drawn along a path in the table plane.

    ``section(t)`` gives (half width to the left, half width to the right, half height) for t in 0..1;
    ``roundness`` 2 is an ellipse, more is boxier; ``height(t)`` lifts the centre line; ``pick(t, angle)`` names
    the material of a face (0 degrees is the left of the path, 90 is up).
    """
    line = resampled(path, count)
    rings: list[list[Vertex]] = []
    for i, (p, n) in enumerate(zip(line, normals(line), strict=True)):
        t = i / (count - 1)
        left, right, half = section(t)
        lift = height(t) if height else 0.0
        ring: list[Vertex] = []
        for k in range(segments):
            a = 2 * math.pi * (k + 0.5) / segments
            c, s = math.cos(a), math.sin(a)
            side = math.copysign(abs(c) ** (2 / roundness), c) * (left if c > 0 else right)
            ring.append(
                (p[0] + n[0] * side, p[1] + n[1] * side, lift + math.copysign(abs(s) ** (2 / roundness), s) * half)
            )
        rings.append(ring)
    indices = [
        pick((i + 0.5) / (count - 1), 360.0 * (k + 1) / segments % 360) if pick else 0
        for i in range(count - 1)
        for k in range(segments)
    ]
    return _from_rings(name, rings, mats, indices, 40.0)


def rod(name: str, path: Sequence[Point], radius: float, mat: str, count: int = 120) -> Any:
    """A round bar bent along a path."""
    return sweep(name, path, lambda _t: (radius, radius, radius), [mat], count=count)


def plate(
    name: str,
    outline: Sequence[Point],
    thickness: float,
    mat: str,
    holes: Sequence[Sequence[Point]] = (),
    bevel: float = 0.8,
    z: float = 0.0,
) -> Any:
    """A flat plate with rounded edges, centred on height ``z``; ``holes`` go right through."""
    bpy = blender()
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions, curve.fill_mode = "2D", "BOTH"
    for ring in (outline, *holes):
        spline = curve.splines.new("POLY")
        spline.points.add(len(ring) - 1)
        spline.points.foreach_set("co", [c for x, y in ring for c in (x, y, 0.0, 1.0)])
        spline.use_cyclic_u = True
    # The bevel of a curve grows outwards; the offset brings the outline back to the asked size.
    curve.extrude, curve.bevel_depth, curve.offset = max(thickness / 2 - bevel, 0.01), bevel, -bevel
    curve.bevel_resolution = 2
    drawn = bpy.data.objects.new(name, curve)
    bpy.context.scene.collection.objects.link(drawn)
    mesh = bpy.data.meshes.new_from_object(drawn.evaluated_get(bpy.context.evaluated_depsgraph_get()))
    bpy.data.objects.remove(drawn)
    mesh.materials.clear()
    mesh.materials.append(material(mat))
    for v in mesh.vertices:
        v.co.z += z
    return _object(name, mesh, 35.0)


def lettering(name: str, text: str, size: float, mat: str, at: Vertex, below: bool = False) -> Any:
    """Raised letters, ``size`` millimetres high, on the height ``at[2]``; ``below``: read from under the tool."""
    bpy = blender()
    font = bpy.data.curves.new(name, "FONT")
    font.body, font.size, font.extrude = text, size, 0.25
    font.align_x, font.align_y = "CENTER", "CENTER"
    drawn = bpy.data.objects.new(name, font)
    bpy.context.scene.collection.objects.link(drawn)
    mesh = bpy.data.meshes.new_from_object(drawn.evaluated_get(bpy.context.evaluated_depsgraph_get()))
    bpy.data.objects.remove(drawn)
    mesh.materials.clear()
    mesh.materials.append(material(mat))
    made = _object(name, mesh, 35.0)
    made.location, made.rotation_euler = at, (math.pi if below else 0.0, 0.0, 0.0)
    return made


def carved(body: Any, cutter: Any) -> Any:
    """``body`` with ``cutter`` taken out of it; the cutter is used up."""
    bpy = blender()
    change = body.modifiers.new("carve", "BOOLEAN")
    change.operation, change.object, change.solver = "DIFFERENCE", cutter, "EXACT"
    graph = bpy.context.evaluated_depsgraph_get()
    mesh = bpy.data.meshes.new_from_object(body.evaluated_get(graph))
    body.modifiers.clear()
    body.data = mesh
    mesh.set_sharp_from_angle(angle=math.radians(35.0))
    bpy.data.objects.remove(cutter)
    return body


def moved(part: Any, x: float = 0.0, y: float = 0.0, z: float = 0.0, turn: float = 0.0) -> Any:
    """``part`` turned about Z by ``turn`` degrees and shifted; returned for chaining."""
    part.location = (x, y, z)
    part.rotation_euler = (0.0, 0.0, math.radians(turn))
    return part


def assemble(name: str, parts: Sequence[Any], tilt: float = 0.0) -> Any:
    """One tool in metres, lying on the table: parts joined under an empty, centred, lowest point at height 0.

    ``tilt`` (degrees about Y) lets a tool with a thick handle rest on its thin end as it does in reality.
    """
    bpy, mathutils = blender(), importlib.import_module("mathutils")
    bpy.context.view_layer.update()
    lean = mathutils.Matrix.Rotation(math.radians(tilt), 4, "Y")
    for part in parts:
        part.data.transform(lean @ part.matrix_world)
        part.matrix_world = mathutils.Matrix.Identity(4)
    spots = [v.co for part in parts for v in part.data.vertices]
    low, high = [min(v[i] for v in spots) for i in range(3)], [max(v[i] for v in spots) for i in range(3)]
    home = mathutils.Matrix.Translation((-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -low[2]))
    root = bpy.data.objects.new(name, None)
    bpy.context.scene.collection.objects.link(root)
    for part in parts:
        part.data.transform(mathutils.Matrix.Scale(0.001, 4) @ home)
        part.parent = root
    root["tilt"] = tilt
    return root


def rolled(root: Any, angle: float) -> Any:
    """An assembled tool turned about its own long axis by ``angle`` degrees, resting on the table again."""
    mathutils = importlib.import_module("mathutils")
    lean = mathutils.Matrix.Rotation(math.radians(root["tilt"]), 4, "Y")
    turn = lean @ mathutils.Matrix.Rotation(math.radians(angle), 4, "X") @ lean.inverted()
    parts = list(root.children)
    for part in parts:
        part.data.transform(turn)
    spots = [v.co for part in parts for v in part.data.vertices]
    low, high = [min(v[i] for v in spots) for i in range(3)], [max(v[i] for v in spots) for i in range(3)]
    home = mathutils.Matrix.Translation((-(low[0] + high[0]) / 2, -(low[1] + high[1]) / 2, -low[2]))
    for part in parts:
        part.data.transform(home)
    return root
