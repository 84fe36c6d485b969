"""Things that lie on a table without belonging to the kit, and anything by its name; lengths are millimetres."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolroom_desktop.training.rendered_kit import outlines as o
from toolroom_desktop.training.rendered_kit import shapes as s
from toolroom_desktop.training.rendered_kit.geometry import JAWS, TOOLS


def tape_measure() -> Any:
    """A yellow pocket tape measure with a black belt, its tongue a little way out."""
    case = o.arc((29, -26), 8, -90, 0, 8) + o.arc((9, 6), 28, 0, 90) + o.arc((-8, 6), 28, 90, 180)
    case += o.arc((-28, -26), 8, 180, 270, 8)
    shell = s.plate("shell", case, 36, "plastic_yellow", bevel=3.0)
    belt = o.ribbon(o.points("-37,-24 -37,6 -28,26 -8,34 12,33"), [7, 9, 10, 9, 5])
    parts = [shell, s.plate("belt", belt, 38, "rubber_black", bevel=2.0)]
    parts.append(s.plate("badge", o.circle((0, 2), 20), 37.2, "rubber_black", bevel=0.5))
    parts.append(s.plate("badge_rim", o.circle((0, 2), 16.5), 37.8, "plastic_yellow", bevel=0.5))
    parts.append(s.lettering("words", "5 m", 14, "rubber_black", (0, 2, 18.9)))
    parts.append(s.plate("tongue", o.rectangle(34, -33, 74, -29), 19, "plastic_yellow", bevel=0.3, z=-8))
    parts.append(s.plate("hook", o.rectangle(72, -38, 74, -26), 19, "chrome", bevel=0.3, z=-8))
    return s.assemble("tape_measure", parts)


def hammer() -> Any:
    """A fitter's hammer: a steel head across an ash handle."""

    def haft(t: float) -> tuple[float, float, float]:
        w = 9.0 + 5.0 * min(1.0, t / 0.55) ** 1.5 + (1.2 if t > 0.9 else 0.0)
        return w, w, 8.5 + 3.0 * t

    parts = [s.sweep("haft", [(-132, 0), (150, 0)], haft, ["ash_wood"], roundness=2.6)]
    face = o.points("-58,0 -58,12.5 -56,14 -42,14 -38,11.5 -28,11.5 -22,15 16,15 22,13")
    head = s.lathe("head", [*face, (30, 11), (30, 0)], ["worn_steel"])
    parts.append(s.moved(head, x=-118, y=0, turn=90))

    def peen(t: float) -> tuple[float, float, float]:
        return 12.5, 12.5, 11.0 - 8.5 * t

    parts.append(s.sweep("peen", [(-118, 26), (-118, 62)], peen, ["worn_steel"], roundness=4.0))
    parts.append(s.plate("cheek", o.rectangle(-132, -22, -104, 22, 4), 29, "worn_steel", bevel=3.0))
    return s.assemble("hammer", parts)


def marker_pen() -> Any:
    """A capped permanent marker with a blue body."""
    barrel = s.lathe("barrel", o.points("-68,0 -68,6.5 -66,8 20,8 20,0"), ["plastic_white"])
    band = s.lathe("band", [(14, 0), (14, 8.2), (22, 8.2), (22, 0)], ["rubber_black"])
    tail = s.lathe("tail", o.points("-69,0 -69,6.2 -67,8.2 -56,8.2 -56,0"), ["plastic_blue"])
    cap = s.lathe("cap", o.points("20,0 20,9 58,8.4 66,6.5 68,5.5 68,0"), ["plastic_blue"])
    clip = s.plate("clip", o.rectangle(22, -2.2, 58, 2.2, 1.5), 3, "plastic_blue", bevel=0.5, z=9.6)
    label = s.lettering("words", "PERMANENT", 6, "rubber_black", (-20, 0, 8.0))
    return s.assemble("marker_pen", [barrel, band, tail, cap, clip, label])


FOREIGN: dict[str, Callable[[], Any]] = {"tape_measure": tape_measure, "hammer": hammer, "marker_pen": marker_pen}


def thing_of(name: str, opening: float, roll: float) -> Any:
    """Build a tool or a foreign thing: jaws opened (0 to 1) where it has any, turned about its long axis."""
    made = JAWS[name](opening) if name in JAWS else (TOOLS | FOREIGN)[name]()
    return s.rolled(made, roll)
